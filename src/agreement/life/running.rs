//! What is done to an agreement that goes on: a client stop (cliëntenstop) by either side, and an extension (verlenging).
//! Each is one transaction with its history, its audit line and its mail.

use chrono::{NaiveDate, NaiveDateTime};

use super::mails::{self, About, Decided, Received};
use super::store::{Carried, Fault, Step, all, looked_at, step};
use super::{Event, Ground, LifeRefusal, LifeState, LifeVerb, Warning};
use crate::actor::Actor;
use crate::agreement;
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::procedure::outages;
use crate::procedure::store::terms;

/// "By municipality: at once on clear signs of fraud, bad quality or unsafety", with a reason.
#[allow(clippy::too_many_arguments)]
pub fn stop_clients(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    ground: Option<Ground>,
    reason: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.stop_clients(actor.role(), reason)?;
    let ground = of_the_list(ground, Ground::OF_STOP)?;
    no_bsn(reason)?;
    let remedy = super::dissolving::remedy(conn, actor, found.provider_id)?;
    let done =
        Step { ground: Some(ground), effective_on: Some(today), remedy, ..Step::of(LifeVerb::StopClients, to, reason) };
    let carried = Carried { stopped_from: Some(today), asked_stop_from: None, ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::decided(conn, actor, now, &found, Decided::Stopped)?;
    Ok(event)
}

/// "By provider: 14 days ahead and written consent": it asks, and nothing stops yet.
#[allow(clippy::too_many_arguments)]
pub fn ask_stop(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    first: NaiveDate,
    reason: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let earliest = earliest_stop(conn, actor, today)?;
    found.state.ask_stop(actor.role(), reason, first, earliest)?;
    if found.asked_stop_from.is_some() {
        return Err(LifeRefusal::StopAlreadyAsked.into());
    }
    no_bsn(reason)?;
    let done = Step { effective_on: Some(first), ..Step::of(LifeVerb::AskStop, found.state, reason) };
    let carried = Carried { asked_stop_from: Some(first), ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::received(conn, actor, now, &found, Received::StopRequest)?;
    Ok(event)
}

/// The first day that is far enough ahead for a client stop by the provider.
pub fn earliest_stop(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> diesel::QueryResult<NaiveDate> {
    let rule = terms(conn, actor, today)?.life.stop_ahead;
    Ok(rule.begin(today, &outages::days(conn, actor)?).due)
}

/// The written consent of the contract manager: the stop begins on the day that was asked.
pub fn agree_stop(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    words: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let (to, asked) = found.state.agree_stop(actor.role(), found.asked_stop_from)?;
    no_bsn(words)?;
    // Who answers after the day that was asked does not stop clients who came meanwhile.
    let first = asked.max(today);
    let done = Step { effective_on: Some(first), ..Step::of(LifeVerb::AgreeStop, to, words) };
    let carried = Carried { stopped_from: Some(first), asked_stop_from: None, ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::decided(conn, actor, now, &found, Decided::Stopped)?;
    Ok(event)
}

pub fn refuse_stop(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    seen: i32,
    reason: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.refuse_stop(actor.role(), found.asked_stop_from, reason)?;
    no_bsn(reason)?;
    let remedy = super::dissolving::remedy(conn, actor, found.provider_id)?;
    let done = Step { effective_on: found.asked_stop_from, remedy, ..Step::of(LifeVerb::RefuseStop, to, reason) };
    let carried = Carried { asked_stop_from: None, ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::decided(conn, actor, now, &found, Decided::StopRefused)?;
    Ok(event)
}

/// New clients can come again, from today.
pub fn lift_stop(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    reason: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.lift_stop(actor.role(), reason)?;
    no_bsn(reason)?;
    let done = Step { effective_on: Some(today), ..Step::of(LifeVerb::LiftStop, to, reason) };
    let carried = Carried { stopped_from: None, ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::decided(conn, actor, now, &found, Decided::StopLifted)?;
    Ok(event)
}

/// Extends until a later day; told later than the term says it is done all the same, with a warning that is recorded.
#[allow(clippy::too_many_arguments)]
pub fn extend(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    until: NaiveDate,
    words: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.extend(actor.role(), actor.account_id(), found.ends_on(), until)?;
    no_bsn(words)?;
    let months = terms(conn, actor, today)?.life.extension_months;
    let done = Step {
        effective_on: Some(until),
        before: found.ends_on(),
        warning: found.told_late(today, months).then_some(Warning::ToldLate),
        ..Step::of(LifeVerb::Extend, to, words)
    };
    let event = step(conn, actor, now, &found, &done, Carried::as_before(&found))?;
    if let Some(newest) = found.accessions.last() {
        agreement::store::run_on_until(conn, actor, newest, until)?;
    }
    mails::last_day(conn, actor, now, &found, until, About::Extended)?;
    Ok(event)
}

/// An indexation was established (row 17): everybody whose agreement still runs on its first day is told the new tariffs.
/// Answers how many that are.
pub fn new_tariffs(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    from: NaiveDate,
    tariffs: &str,
) -> Result<usize, Fault> {
    use LifeState::{Active, ClientStop, Notice, Signed};
    let mut runs = all(conn, actor, &[Signed, Active, ClientStop, Notice])?;
    runs.retain(|found| found.ends_on().is_none_or(|last| last >= from));
    for found in &runs {
        let to = found.state.next(LifeVerb::NewTariffs, actor.role())?;
        let done = Step { effective_on: Some(from), ..Step::of(LifeVerb::NewTariffs, to, tariffs) };
        step(conn, actor, now, found, &done, Carried::as_before(found))?;
        mails::decided(conn, actor, now, found, Decided::NewTariffs)?;
    }
    Ok(runs.len())
}

pub(super) fn of_the_list(ground: Option<Ground>, list: &[Ground]) -> Result<Ground, LifeRefusal> {
    ground.filter(|one| list.contains(one)).ok_or(LifeRefusal::GroundMissing)
}

pub(super) fn no_bsn(words: &str) -> Result<(), LifeRefusal> {
    if holds_bsn(words) { Err(LifeRefusal::HoldsBsn) } else { Ok(()) }
}
