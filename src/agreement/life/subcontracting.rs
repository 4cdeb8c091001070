//! Subcontractors (onderaannemers), table `subcontractor`: "consent before use, except solo self-employed; must be in
//! Handelsregister" (procedure.md 1.3). Asked, agreed or refused with a reason, and ended.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::mails::{self, Decided};
use super::store::{Fault, find};
use super::{Life, LifeRefusal};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::{Kvk, holds_bsn};
use crate::schema::subcontractor;

codes! {
    /// Where a subcontractor stands; the Dutch word of the status model behind each.
    pub enum SubState {
        /// aangevraagd
        Asked = "asked",
        /// akkoord
        Agreed = "agreed",
        /// geweigerd
        Refused = "refused",
        /// beeindigd
        Ended = "ended",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = subcontractor)]
pub struct Subcontractor {
    pub id: i64,
    pub name: String,
    pub kvk: String,
    /// Solo self-employed (zzp): no consent is needed.
    pub solo: bool,
    /// The codes of the products, with commas between.
    pub products: String,
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    pub state: SubState,
    pub asked_at: NaiveDateTime,
    pub asked_by: String,
    pub answered_at: Option<NaiveDateTime>,
    pub answered_by: Option<String>,
    pub reason: String,
}

/// What the provider tells of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubcontractor {
    pub name: String,
    pub kvk: Kvk,
    pub solo: bool,
    pub products: Vec<String>,
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    /// The provider looked: it is in the trade register.
    pub registered: bool,
}

/// The subcontractors under an agreement, by name.
pub fn of(conn: &mut Conn, actor: &Actor, found: &Life) -> QueryResult<Vec<Subcontractor>> {
    if !actor.may_see(found.provider_id) {
        return Ok(Vec::new());
    }
    subcontractor::table
        .filter(subcontractor::municipality_id.eq(actor.tenant()).and(subcontractor::life_id.eq(found.id)))
        .order((subcontractor::name, subcontractor::id))
        .select(Subcontractor::as_select())
        .load(conn)
}

/// How many requests wait for an answer, per agreement.
pub fn waiting(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<(i64, NaiveDateTime)>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    subcontractor::table
        .filter(subcontractor::municipality_id.eq(actor.tenant()).and(subcontractor::state.eq(SubState::Asked)))
        .order(subcontractor::id)
        .select((subcontractor::life_id, subcontractor::asked_at))
        .load(conn)
}

/// The provider asks for consent; for a solo self-employed one it only tells.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    new: &NewSubcontractor,
) -> Result<SubState, Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    let refusal = match () {
        () if !may_ask(actor.role()) => Some(LifeRefusal::NotYours),
        () if !found.state.runs() => Some(LifeRefusal::NotNow(found.state)),
        () if new.name.trim().is_empty() || new.products.is_empty() => Some(LifeRefusal::Incomplete),
        () if !new.registered => Some(LifeRefusal::NotRegistered),
        () if new.last_day.is_some_and(|last| last < new.first_day) => Some(LifeRefusal::EndBeforeBeginning),
        () if holds_bsn(&new.name) => Some(LifeRefusal::HoldsBsn),
        () => None,
    };
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    let state = if new.solo { SubState::Agreed } else { SubState::Asked };
    diesel::insert_into(subcontractor::table)
        .values((
            subcontractor::municipality_id.eq(actor.tenant()),
            subcontractor::provider_id.eq(found.provider_id),
            subcontractor::life_id.eq(found.id),
            subcontractor::name.eq(new.name.trim()),
            subcontractor::kvk.eq(new.kvk.as_str()),
            subcontractor::solo.eq(new.solo),
            subcontractor::products.eq(new.products.join(", ")),
            subcontractor::first_day.eq(new.first_day),
            subcontractor::last_day.eq(new.last_day),
            subcontractor::state.eq(state),
            subcontractor::asked_at.eq(now),
            subcontractor::asked_by.eq(actor.name()),
            subcontractor::reason.eq(""),
        ))
        .execute(conn)?;
    said(conn, actor, now, &found, "subcontractor.ask", state, new.kvk.as_str())?;
    Ok(state)
}

/// What is answered to a request, or what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    Agreed,
    Refused(&'a str),
    /// It works no more from after this day.
    Ended(NaiveDate),
}

/// The contract manager agrees or refuses; either side says that it has ended.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    sub_id: i64,
    answer: Answer<'_>,
) -> Result<(), Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    let manager = actor.role() == Role::ContractManager;
    let may = manager || matches!(answer, Answer::Ended(_)) && may_ask(actor.role());
    if !may {
        return Err(LifeRefusal::NotYours.into());
    }
    let all = of(conn, actor, &found)?;
    let one = all.iter().find(|one| one.id == sub_id).ok_or(LifeRefusal::NoSuchLine)?;
    let (to, reason, last) = match (answer, one.state) {
        (Answer::Agreed, SubState::Asked) => (SubState::Agreed, "", one.last_day),
        (Answer::Refused(reason), SubState::Asked) => (SubState::Refused, reason.trim(), one.last_day),
        (Answer::Ended(day), SubState::Agreed) if day >= one.first_day => (SubState::Ended, "", Some(day)),
        (Answer::Ended(_), SubState::Agreed) => return Err(LifeRefusal::EndBeforeBeginning.into()),
        // Somebody answered meanwhile.
        _ => return Err(LifeRefusal::NoSuchLine.into()),
    };
    if to == SubState::Refused && reason.is_empty() {
        return Err(LifeRefusal::ReasonMissing.into());
    }
    super::running::no_bsn(reason)?;
    let row = subcontractor::municipality_id.eq(actor.tenant()).and(subcontractor::id.eq(sub_id));
    let row = diesel::update(subcontractor::table.filter(row));
    match to {
        SubState::Ended => row
            .set((
                subcontractor::state.eq(to),
                subcontractor::last_day.eq(last),
                subcontractor::ended_at.eq(now),
                subcontractor::ended_by.eq(actor.name()),
            ))
            .execute(conn)?,
        _ => row
            .set((
                subcontractor::state.eq(to),
                subcontractor::reason.eq(reason),
                subcontractor::answered_at.eq(now),
                subcontractor::answered_by.eq(actor.name()),
            ))
            .execute(conn)?,
    };
    said(conn, actor, now, &found, "subcontractor.answer", to, &one.kvk)?;
    if to != SubState::Ended {
        mails::decided(conn, actor, now, &found, Decided::Subcontractor)?;
    }
    Ok(())
}

/// The provider's people who may bind it.
pub fn may_ask(role: Role) -> bool {
    matches!(role, Role::ProviderAdmin | Role::ProviderSignatory)
}

fn said(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    action: &'static str,
    to: SubState,
    kvk: &str,
) -> QueryResult<()> {
    let object = format!("agreement/{}/subcontractor/{kvk}", found.number);
    audit::record(conn, actor, now, Act { action, object: &object, result: to.as_str(), detail: "" })
}
