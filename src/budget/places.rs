//! Batches that were paid in advance with what is drawn from them (partijen), places that are taken, what is delivered of a yearly
//! number, and table `waiting_place`: who waits for a place, by the day of the indication (wachtlijst).

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::store::Fault;
use super::{Refusal, days_of, may_write};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::client;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::procedure::batches::{all, bought};
use crate::procedure::catalogue;
use crate::procedure::store::product_ids;
use crate::schema::{client as clients, trajectory, waiting_place};
use crate::statement::used;
use crate::trajectory::running;

/// What one provider sold in advance of one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    pub product_id: i64,
    pub provider_id: i64,
    pub since: NaiveDate,
    pub bought: Hundredths,
    pub paid: Cents,
    pub drawn: Hundredths,
}

/// A product with places or a yearly number (taakstelling).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    pub product_id: i64,
    pub code: String,
    pub places: Option<u32>,
    pub taken: i64,
    pub yearly: Option<Hundredths>,
    pub delivered: Hundredths,
}

/// Somebody who waits, or waited in this year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// None when the provider states it of a trajectory: then it is put right there.
    pub id: Option<i64>,
    pub product_id: i64,
    /// The municipality's own number.
    pub client_ref: String,
    pub indication_on: NaiveDate,
    pub placed_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    pub reason: String,
}

impl Waits {
    pub fn is_waiting(&self) -> bool {
        self.placed_on.is_none() && self.left_on.is_none()
    }
}

/// Everything bought in advance, in the order of product and provider.
pub fn batches(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Drawn>> {
    if !actor.may_see_money() {
        return Ok(Vec::new());
    }
    let taken = used::drawn(conn, actor)?;
    let drawn = |product_id, provider_id| {
        let own = taken.iter().find(|one| (one.product_id, one.provider_id) == (product_id, provider_id));
        own.map_or(Hundredths(0), |one| one.quantity)
    };
    let sum = |one: crate::procedure::batches::Bought| Drawn {
        product_id: one.product_id,
        provider_id: one.provider_id,
        since: one.since,
        bought: one.quantity,
        paid: one.paid,
        drawn: drawn(one.product_id, one.provider_id),
    };
    Ok(bought(&all(conn, actor)?).into_iter().map(sum).collect())
}

/// The products that have places or a yearly number on a day, with what is taken on that day and delivered in its year.
pub fn limited(conn: &mut Conn, actor: &Actor, year: i32, on: NaiveDate) -> QueryResult<Vec<Limited>> {
    let Some((first, last)) = days_of(year).filter(|_| actor.may_see_money()) else { return Ok(Vec::new()) };
    let (ids, taken) = (product_ids(conn, actor)?, running::taken(conn, actor, on)?);
    let delivered = used::between(conn, actor, first, last)?;
    let limited = |one: catalogue::ProductVersion| {
        let product = one.product;
        let id = *ids.get(&product.code).filter(|_| product.places.is_some() || product.yearly.is_some())?;
        let places = taken.iter().filter(|one| one.product_id == id).map(|one| one.places).sum();
        let quantity = delivered.iter().filter(|one| one.product_id == id).map(|one| one.quantity.0).sum();
        Some(Limited {
            product_id: id,
            code: product.code,
            places: product.places,
            taken: places,
            yearly: product.yearly,
            delivered: Hundredths(quantity),
        })
    };
    Ok(catalogue::in_force(conn, actor, on)?.into_iter().filter_map(limited).collect())
}

/// The waiting list, by product and day of indication; who was placed or left before this year is not on it any more. What the
/// municipality notes goes before what a provider states of the same client and product.
pub fn waiting(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<Vec<Waits>> {
    let Some((first, _)) = days_of(year).filter(|_| actor.may_see_money()) else { return Ok(Vec::new()) };
    type Noted = (i64, i64, String, NaiveDate, Option<NaiveDate>, Option<NaiveDate>, String);
    let noted: Vec<Noted> = waiting_place::table
        .inner_join(clients::table.on(clients::id.eq(waiting_place::client_id)))
        .filter(waiting_place::municipality_id.eq(actor.tenant()))
        .select((
            waiting_place::id,
            waiting_place::product_id,
            clients::client_ref,
            waiting_place::indication_on,
            waiting_place::placed_on,
            waiting_place::left_on,
            waiting_place::reason,
        ))
        .load(conn)?;
    let read = |(id, product_id, client_ref, indication_on, placed_on, left_on, reason): Noted| Waits {
        id: Some(id),
        product_id,
        client_ref,
        indication_on,
        placed_on,
        left_on,
        reason,
    };
    let mut found: Vec<Waits> = noted.into_iter().map(read).collect();
    type Stated = (i64, String, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);
    let stated: Vec<Stated> = trajectory::table
        .inner_join(clients::table.on(clients::id.eq(trajectory::client_id)))
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::indication_on.is_not_null()))
        .filter(trajectory::placed_on.is_null().or(trajectory::placed_on.ge(first)))
        .select((
            trajectory::product_id,
            clients::client_ref,
            trajectory::indication_on,
            trajectory::placed_on,
            trajectory::ended_on,
        ))
        .load(conn)?;
    for (product_id, client_ref, indication_on, placed_on, ended_on) in stated {
        let known = found.iter().any(|one| one.product_id == product_id && one.client_ref == client_ref);
        let Some(indication_on) = indication_on.filter(|_| !known) else { continue };
        // A trajectory that ended without a place ends the waiting.
        let left_on = ended_on.filter(|_| placed_on.is_none());
        let reason = String::new();
        found.push(Waits { id: None, product_id, client_ref, indication_on, placed_on, left_on, reason });
    }
    found.retain(|one| one.placed_on.or(one.left_on).is_none_or(|day| day >= first));
    found.sort_by(|a, b| {
        (a.product_id, a.indication_on, &a.client_ref).cmp(&(b.product_id, b.indication_on, &b.client_ref))
    });
    Ok(found)
}

/// Puts a client of the municipality on the list.
pub fn join(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    product_id: i64,
    client_ref: &str,
    indication_on: NaiveDate,
) -> Result<i64, Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    let own: HashMap<String, i64> = product_ids(conn, actor)?;
    if !own.values().any(|id| *id == product_id) {
        return Err(Refusal::NotFound.into());
    }
    let client_ref = client_ref.trim();
    if client_ref.is_empty() {
        return Err(Refusal::TextMissing.into());
    }
    if indication_on > today {
        return Err(Refusal::DayWrong.into());
    }
    let client_id = client::store::enrol(conn, actor, std::iter::once(client_ref))?[client_ref];
    let waits: i64 = waiting_place::table
        .filter(waiting_place::municipality_id.eq(actor.tenant()).and(waiting_place::client_id.eq(client_id)))
        .filter(waiting_place::product_id.eq(product_id))
        .filter(waiting_place::placed_on.is_null().and(waiting_place::left_on.is_null()))
        .count()
        .get_result(conn)?;
    if waits > 0 {
        return Err(Refusal::AlreadyWaits.into());
    }
    let id: i64 = diesel::insert_into(waiting_place::table)
        .values((
            (waiting_place::municipality_id.eq(actor.tenant()), waiting_place::product_id.eq(product_id)),
            (waiting_place::client_id.eq(client_id), waiting_place::indication_on.eq(indication_on)),
            waiting_place::reason.eq(""),
            (waiting_place::noted_at.eq(now), waiting_place::noted_by.eq(actor.name())),
        ))
        .returning(waiting_place::id)
        .get_result(conn)?;
    let object = format!("waiting_place/{id}");
    audit::record(conn, actor, now, Act { action: "waiting.join", object: &object, result: "done", detail: "" })?;
    Ok(id)
}

/// How the waiting ends: with a place, or without one and with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    Placed(NaiveDate),
    Left(NaiveDate, String),
}

/// Takes somebody who waits off the list. Who is off it already stays as noted.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    ending: &Ending,
) -> Result<(), Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    let own =
        waiting_place::table.filter(waiting_place::municipality_id.eq(actor.tenant()).and(waiting_place::id.eq(id)));
    let found: Option<(NaiveDate, Option<NaiveDate>, Option<NaiveDate>, String)> = own
        .select((
            waiting_place::indication_on,
            waiting_place::placed_on,
            waiting_place::left_on,
            waiting_place::noted_by,
        ))
        .first(conn)
        .optional()?;
    let (indication_on, placed_on, left_on, noted_by) = found.ok_or(Refusal::NotFound)?;
    if placed_on.is_some() || left_on.is_some() {
        return Err(Refusal::ChangedMeanwhile(noted_by).into());
    }
    let (action, day, reason) = match ending {
        Ending::Placed(day) => ("waiting.place", *day, ""),
        Ending::Left(_, reason) if reason.trim().is_empty() => return Err(Refusal::ReasonMissing.into()),
        Ending::Left(day, reason) => ("waiting.leave", *day, reason.trim()),
    };
    if day < indication_on || day > today {
        return Err(Refusal::DayWrong.into());
    }
    let placed = matches!(ending, Ending::Placed(_));
    diesel::update(waiting_place::table.find(id))
        .set((
            waiting_place::placed_on.eq(placed.then_some(day)),
            waiting_place::left_on.eq((!placed).then_some(day)),
            waiting_place::reason.eq(reason),
            (waiting_place::noted_at.eq(now), waiting_place::noted_by.eq(actor.name())),
        ))
        .execute(conn)?;
    let (object, detail) = (format!("waiting_place/{id}"), day.to_string());
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail: &detail })?;
    Ok(())
}
