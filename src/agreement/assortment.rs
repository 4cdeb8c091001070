//! Table `offered_product`: what a provider says it offers of the catalogue (assortiment), and for which client profiles.
//! The agreement follows: what is offered comes into it when the contract manager takes it over. What is offered no more
//! stays in it, for trajectories that run are finished.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::store::{allow, of as accessions_of, products_of};
use super::{Accession, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::schema::offered_product;

/// A product that a provider offers, from when until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub id: i64,
    pub provider_id: i64,
    pub product_id: i64,
    /// Codes of client profiles.
    pub profiles: Vec<String>,
    pub from: NaiveDate,
    /// The last day; none while it is offered.
    pub until: Option<NaiveDate>,
}

impl Offered {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Everything that was and is offered here, in the order of provider, product and day. A provider's person gets only his own.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Offered>> {
    let rows: Vec<(i64, i64, i64, String, NaiveDate, Option<NaiveDate>)> = offered_product::table
        .filter(offered_product::municipality_id.eq(actor.tenant()))
        .order((
            offered_product::provider_id,
            offered_product::product_id,
            offered_product::from_on,
            offered_product::id,
        ))
        .select((
            offered_product::id,
            offered_product::provider_id,
            offered_product::product_id,
            offered_product::profiles,
            offered_product::from_on,
            offered_product::until_on,
        ))
        .load(conn)?;
    let read = |(id, provider_id, product_id, profiles, from, until): (i64, i64, i64, String, _, _)| Offered {
        id,
        provider_id,
        product_id,
        profiles: profiles.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        from,
        until,
    };
    Ok(rows.into_iter().map(read).filter(|one| actor.may_see(one.provider_id)).collect())
}

/// What one provider offers on a day.
pub fn on(conn: &mut Conn, actor: &Actor, provider_id: i64, day: NaiveDate) -> QueryResult<Vec<Offered>> {
    let mut all = all(conn, actor)?;
    all.retain(|one| one.provider_id == provider_id && one.covers(day));
    Ok(all)
}

/// Why an offer is not taken down, or not taken over.
#[derive(Debug)]
pub enum NotStated {
    NotYours,
    /// There is no agreement that runs or is to begin.
    NoAgreement,
    Trouble(QueryError),
}

impl From<QueryError> for NotStated {
    fn from(cause: QueryError) -> NotStated {
        NotStated::Trouble(cause)
    }
}

/// Who says what a provider offers: those who look after it and sign for it.
pub fn may_state(actor: &Actor, provider_id: i64) -> bool {
    actor.own_provider() == Some(provider_id) && matches!(actor.role(), Role::ProviderAdmin | Role::ProviderSignatory)
}

/// Puts this in the place of what the provider offers today: products with their profiles. What is no longer offered ends on
/// the day before. Answers whether anything changed.
pub fn state(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    provider_id: i64,
    wanted: &[(i64, Vec<String>)],
) -> Result<bool, NotStated> {
    if !may_state(actor, provider_id) {
        return Err(NotStated::NotYours);
    }
    let known = on(conn, actor, provider_id, today)?;
    let stays = |one: &Offered| wanted.iter().any(|(id, profiles)| *id == one.product_id && *profiles == one.profiles);
    let (ended, begun) = (
        known.iter().filter(|one| !stays(one)).collect::<Vec<_>>(),
        wanted
            .iter()
            .filter(|(id, profiles)| !known.iter().any(|one| one.product_id == *id && one.profiles == *profiles)),
    );
    let begun: Vec<_> = begun.cloned().collect();
    if ended.is_empty() && begun.is_empty() {
        return Ok(false);
    }
    for one in &ended {
        // What began today was never offered for a day.
        match one.from == today {
            true => diesel::delete(offered_product::table.find(one.id)).execute(conn)?,
            false => diesel::update(offered_product::table.find(one.id))
                .set(offered_product::until_on.eq(add_days(today, -1)))
                .execute(conn)?,
        };
    }
    for (product_id, profiles) in &begun {
        lay_down(conn, actor, now, today, provider_id, *product_id, profiles)?;
    }
    let object = format!("provider/{provider_id}/offer");
    let detail = format!("{} begun, {} ended", begun.len(), ended.len());
    audit::record(conn, actor, now, Act { action: "offer.state", object: &object, result: "done", detail: &detail })?;
    Ok(true)
}

/// An offer from a day on, without a person behind it, as at setting up.
pub fn lay_down(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    from: NaiveDate,
    provider_id: i64,
    product_id: i64,
    profiles: &[String],
) -> QueryResult<()> {
    diesel::insert_into(offered_product::table)
        .values((
            offered_product::municipality_id.eq(actor.tenant()),
            offered_product::provider_id.eq(provider_id),
            offered_product::product_id.eq(product_id),
            offered_product::profiles.eq(profiles.join(" ")),
            offered_product::from_on.eq(from),
            offered_product::stated_at.eq(now),
            offered_product::stated_by.eq(actor.name()),
        ))
        .execute(conn)?;
    Ok(())
}

/// The accession that counts from today on: the newest that runs or is to begin.
pub fn standing(conn: &mut Conn, actor: &Actor, provider_id: i64, today: NaiveDate) -> QueryResult<Option<Accession>> {
    let all = accessions_of(conn, actor, &[provider_id])?;
    Ok(all.into_iter().rfind(|one| one.active_until.is_none_or(|last| last >= today)))
}

/// What is offered today and not in the agreement yet.
pub fn beyond(conn: &mut Conn, actor: &Actor, provider_id: i64, today: NaiveDate) -> QueryResult<Vec<i64>> {
    let Some(accession) = standing(conn, actor, provider_id, today)? else { return Ok(Vec::new()) };
    let agreed = store::products(conn, actor, accession.id)?;
    let offered = on(conn, actor, provider_id, today)?.into_iter().map(|one| one.product_id);
    Ok(offered.filter(|id| !agreed.contains(id)).collect())
}

/// Lets the agreement follow the offer: these products come into every accession that runs or is to begin, as far as they
/// are offered today. Answers how many came in.
pub fn follow(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    provider_id: i64,
    products: &[i64],
) -> Result<usize, NotStated> {
    if actor.role() != Role::ContractManager {
        return Err(NotStated::NotYours);
    }
    let mut standing = accessions_of(conn, actor, &[provider_id])?;
    standing.retain(|one| one.active_until.is_none_or(|last| last >= today));
    if standing.is_empty() {
        return Err(NotStated::NoAgreement);
    }
    let offered: Vec<i64> = on(conn, actor, provider_id, today)?.into_iter().map(|one| one.product_id).collect();
    let ids: Vec<i64> = standing.iter().map(|one| one.id).collect();
    let agreed = products_of(conn, actor, &ids)?;
    let mut came = 0;
    for accession in &standing {
        let has = agreed.get(&accession.id).map(Vec::as_slice).unwrap_or_default();
        let new: Vec<i64> = products.iter().copied().filter(|id| offered.contains(id) && !has.contains(id)).collect();
        if new.is_empty() {
            continue;
        }
        allow(conn, actor, accession.id, &new)?;
        came += new.len();
        let object = format!("agreement/{}/version/{}", accession.number, accession.version);
        let detail = format!("{} products", new.len());
        let act = Act { action: "agreement.follow_offer", object: &object, result: "done", detail: &detail };
        audit::record(conn, actor, now, act)?;
    }
    Ok(came)
}
