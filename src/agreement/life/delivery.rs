//! One client less (stop van de begeleiding van één klant, procedure.md 1.2 row 25): "1 month notice" by the provider, with a
//! reason. The agreement itself goes on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;

use super::mails::{self, Received};
use super::running::no_bsn;
use super::store::{Carried, Fault, Step, looked_at, step};
use super::{Event, LifeRefusal, LifeVerb};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::term::Term;

/// `case_ref` is one of `cases`, the clients who are with the provider; `last` is the last day of the delivery.
#[allow(clippy::too_many_arguments)]
pub fn stop_delivery(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    case_ref: &str,
    last: NaiveDate,
    reason: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let term = term(conn, actor, today)?;
    found.state.stop_delivery(actor.role(), reason, last, term.due)?;
    if !cases.iter().any(|one| one == case_ref) {
        return Err(LifeRefusal::NoSuchCase.into());
    }
    no_bsn(reason)?;
    let said = Step::of(LifeVerb::StopDelivery, found.state, reason);
    let said = Step { case_ref, effective_on: Some(last), rule: Some(term.rule), ..said };
    let event = step(conn, actor, now, &found, &said, Carried::as_before(&found))?;
    mails::received(conn, actor, now, &found, Received::DeliveryStop)?;
    mails::delivery_stops(conn, actor, now, &found, last)?;
    Ok(event)
}

/// The notice that begins today.
pub fn term(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Term> {
    let rule = terms(conn, actor, today)?.life.delivery_stop;
    Ok(rule.begin(today, &outages::days(conn, actor)?))
}
