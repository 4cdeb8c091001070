//! Leaving (opzegging, uittreden): notice by the provider or by the municipality, with the last day computed from the terms
//! in force. The clients who are with the provider go on a list to be handed over.

use chrono::{NaiveDate, NaiveDateTime};

use super::mails::{self, About};
use super::running::{no_bsn, of_the_list};
use super::store::{Carried, Fault, Step, looked_at, step};
use super::{Event, Ground, Life, LifeRefusal, LifeState, LifeVerb, transfer};
use crate::actor::{Actor, Role};
use crate::agreement;
use crate::calendar::add_months;
use crate::db::Conn;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::term::{Term, TermRule};

/// Notice by the provider. `cases` are the clients who are with it, by case number.
#[allow(clippy::too_many_arguments)]
pub fn give_notice(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    words: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.give_notice(actor.role())?;
    no_bsn(words)?;
    let (rule, last) = last_day(conn, actor, today, &found, Ground::Leaving)?;
    let said = Step { ground: Some(Ground::Leaving), rule: Some(rule), ..Step::of(LifeVerb::GiveNotice, to, words) };
    let event = leave(conn, actor, now, &found, said, last, cases)?;
    mails::notice(conn, actor, now, &found, today, last)?;
    Ok(event)
}

/// What a person says of a provider without clients: neither is a fact of this house.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weighed {
    /// The last day on which it had a client; today while there are any.
    pub last_client: Option<NaiveDate>,
    /// "not when scarce/unique or client satisfaction ≥ 8.5": somebody looked, and neither is so.
    pub not_spared: bool,
}

/// Notice by the municipality: because of insufficient use (row 24), or of a forced change (row 16).
#[allow(clippy::too_many_arguments)]
pub fn terminate(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    ground: Option<Ground>,
    weighed: Weighed,
    reason: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.terminate(actor.role(), actor.account_id(), reason)?;
    let ground = of_the_list(ground, Ground::OF_NOTICE)?;
    no_bsn(reason)?;
    if ground == Ground::InsufficientUse {
        unused(conn, actor, today, &found, weighed)?;
    }
    let (rule, last) = last_day(conn, actor, today, &found, ground)?;
    let remedy = super::dissolving::remedy(conn, actor, found.provider_id)?;
    let said = Step { ground: Some(ground), rule: Some(rule), remedy, ..Step::of(LifeVerb::Terminate, to, reason) };
    let event = leave(conn, actor, now, &found, said, last, cases)?;
    mails::last_day(conn, actor, now, &found, last, About::Terminated)?;
    Ok(event)
}

/// "Refusal without good reason counts as notice until the start date of the change" (row 15): the agreement ends on
/// `last`, the day before the change begins. By who refused, or by the program when the term to answer is over.
#[allow(clippy::too_many_arguments)]
pub fn refuse_change(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    last: NaiveDate,
    words: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let Some(found) = super::store::find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    let to = match actor.role() {
        Role::System => LifeVerb::GiveNotice.leads(found.state).ok_or(LifeRefusal::NotNow(found.state))?,
        role => found.state.give_notice(role)?,
    };
    no_bsn(words)?;
    let last = found.ends_on().into_iter().chain([last]).min().unwrap_or(last);
    let said = Step { ground: Some(Ground::RefusedChange), ..Step::of(LifeVerb::GiveNotice, to, words) };
    let event = leave(conn, actor, now, &found, said, last, cases)?;
    match actor.role() {
        // Who said nothing sent no notice either.
        Role::System => mails::last_day(conn, actor, now, &found, last, About::Unanswered)?,
        _ => mails::notice(conn, actor, now, &found, today, last)?,
    }
    Ok(event)
}

/// The last day of an agreement that is given notice of today, with the rule behind it: never later than it would have
/// been anyhow.
pub fn last_day(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    found: &Life,
    ground: Ground,
) -> diesel::QueryResult<(TermRule, NaiveDate)> {
    let term = term_of(conn, actor, today, ground)?;
    Ok((term.rule, found.ends_on().into_iter().chain([term.due]).min().unwrap_or(term.due)))
}

/// The term of a notice on this ground that begins today.
pub fn term_of(conn: &mut Conn, actor: &Actor, today: NaiveDate, ground: Ground) -> diesel::QueryResult<Term> {
    let terms = terms(conn, actor, today)?.life;
    let rule = match ground {
        Ground::InsufficientUse => terms.notice_unused,
        Ground::ForcedChange => terms.notice_forced,
        _ => terms.notice_provider,
    };
    Ok(rule.begin(today, &outages::days(conn, actor)?))
}

/// "After 12 months": of the agreement, and without a client.
fn unused(conn: &mut Conn, actor: &Actor, today: NaiveDate, found: &Life, weighed: Weighed) -> Result<(), Fault> {
    let months = terms(conn, actor, today)?.sleeping_months;
    let since = weighed.last_client.into_iter().chain(found.begins_on()).max();
    if since.is_none_or(|day| add_months(day, months) > today) {
        return Err(LifeRefusal::WasUsed(since).into());
    }
    if weighed.not_spared { Ok(()) } else { Err(LifeRefusal::Spared.into()) }
}

/// What every way of leaving does: the step, the last day of every version, and the list of clients.
fn leave(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    said: Step<'_>,
    last: NaiveDate,
    cases: &[String],
) -> Result<Event, Fault> {
    debug_assert_eq!(said.to, LifeState::Notice);
    let said = Step { effective_on: Some(last), before: found.ends_on(), ..said };
    // Whoever leaves asks for nothing more; a stop that holds goes on.
    let carried = Carried { asked_stop_from: None, ..Carried::as_before(found) };
    let event = step(conn, actor, now, found, &said, carried)?;
    if let Some(newest) = found.accessions.last() {
        agreement::store::end_on(conn, actor, newest, last)?;
    }
    transfer::draw_up(conn, actor, now, found, cases)?;
    Ok(event)
}
