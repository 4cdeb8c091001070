//! What the days do to an agreement (kalender): it begins, its provider is warned half a year before its end (E26), and it
//! ends when its last day is over and its clients were handed over. Part of the daily round.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::mails::{self, About};
use super::store::{Carried, Fault, Step, all, step};
use super::{Life, LifeState, LifeVerb, transfer};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::store::terms;

/// What the round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turned {
    pub begun: usize,
    pub warned: usize,
    pub ended: usize,
}

/// Follows the calendar. `cases` are the clients who are with each provider, by case number.
pub fn follow(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    cases: &HashMap<i64, Vec<String>>,
) -> Result<Turned, Fault> {
    use LifeState::{Active, ClientStop, Notice, Signed};
    let months = terms(conn, system, today)?.life.extension_months;
    let mut turned = Turned::default();
    for found in all(conn, system, &[Signed, Active, ClientStop, Notice])? {
        if found.state == Signed {
            if found.begins_on().is_some_and(|day| day <= today) {
                let to = found.state.next(LifeVerb::Begin, system.role())?;
                let begun = Step { effective_on: found.begins_on(), ..Step::of(LifeVerb::Begin, to, "") };
                step(conn, system, now, &found, &begun, Carried::as_before(&found))?;
                turned.begun += 1;
            }
            continue;
        }
        let Some(last) = found.ends_on() else { continue };
        let with_provider = cases.get(&found.provider_id).map_or(&[][..], Vec::as_slice);
        if last < today {
            turned.ended += usize::from(end(conn, system, now, today, &found, with_provider)?);
        } else if found.state == Active && found.warned_for != Some(last) && found.told_late(today, months) {
            let warned = Step { effective_on: Some(last), ..Step::of(LifeVerb::Warn, found.state, "") };
            let carried = Carried { warned_for: Some(last), ..Carried::as_before(&found) };
            step(conn, system, now, &found, &warned, carried)?;
            mails::last_day(conn, system, now, &found, last, About::Warning)?;
            turned.warned += 1;
        }
    }
    Ok(turned)
}

/// Ends it; where clients are left it stays as it is, with the list that says who.
fn end(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    found: &Life,
    cases: &[String],
) -> Result<bool, Fault> {
    let list = transfer::of(conn, system, found)?;
    let left = transfer::left(list.as_ref(), cases);
    if left > 0 {
        transfer::draw_up(conn, system, now, found, cases)?;
        return Ok(false);
    }
    let to = found.state.end(system.role(), found.ends_on(), today, left)?;
    let done = Step { effective_on: found.ends_on(), ..Step::of(LifeVerb::End, to, "") };
    let carried = Carried { asked_stop_from: None, heard: None, ..Carried::as_before(found) };
    step(conn, system, now, found, &done, carried)?;
    if let Some(last) = found.ends_on() {
        mails::last_day(conn, system, now, found, last, About::Ended)?;
    }
    Ok(true)
}
