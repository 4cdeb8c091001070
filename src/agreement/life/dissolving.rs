//! Dissolution (ontbinding): an intention with its ground, the views of the provider, and a decision by somebody else; or,
//! when it is urgent, a decision at once with the reason why nobody was heard.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::mails::{self, About, Decided, Received};
use super::running::{no_bsn, of_the_list};
use super::store::{Carried, Fault, Step, events, looked_at, step};
use super::{Event, Ground, Heard, Life, LifeVerb, Warning, transfer};
use crate::actor::Actor;
use crate::agreement;
use crate::db::Conn;
use crate::dossier;
use crate::procedure::admission::{self, Procedure, Remedy};
use crate::procedure::outages;
use crate::procedure::store::terms;

/// The intention, with a ground of the closed list; the term for the views begins today.
#[allow(clippy::too_many_arguments)]
pub fn intend(
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
    let to = found.state.intend(actor.role(), actor.account_id(), found.intention.is_some(), reason)?;
    let ground = of_the_list(ground, Ground::OF_DISSOLUTION)?;
    no_bsn(reason)?;
    let rule = terms(conn, actor, today)?.life.views;
    let due = rule.begin(today, &outages::days(conn, actor)?).due;
    let done = Step {
        ground: Some(ground),
        effective_on: Some(due),
        rule: Some(rule),
        ..Step::of(LifeVerb::Intend, to, reason)
    };
    let carried = Carried { heard: Some((rule, today, actor.account_id())), ..Carried::as_before(&found) };
    let event = step(conn, actor, now, &found, &done, carried)?;
    mails::intention(conn, actor, now, &found, due)?;
    Ok(event)
}

/// What the provider says to it (zienswijze), as long as the term runs.
pub fn state_views(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    words: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    found.state.state_views(actor.role(), found.intention.map(|one| one.views), today, words)?;
    no_bsn(words)?;
    let done = Step::of(LifeVerb::StateViews, found.state, words);
    let event = step(conn, actor, now, &found, &done, Carried::as_before(&found))?;
    mails::received(conn, actor, now, &found, Received::Views)?;
    Ok(event)
}

/// The intention is given up: nothing changes.
pub fn drop_intention(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    seen: i32,
    reason: &str,
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.drop_intention(actor.role(), found.intention.is_some(), reason)?;
    no_bsn(reason)?;
    let done = Step::of(LifeVerb::DropIntention, to, reason);
    let event = step(conn, actor, now, &found, &done, Carried { heard: None, ..Carried::as_before(&found) })?;
    mails::decided(conn, actor, now, &found, Decided::IntentionDropped)?;
    Ok(event)
}

/// Dissolves after hearing, on the ground of the intention. The last day is today.
#[allow(clippy::too_many_arguments)]
pub fn dissolve(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    reason: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let intended = open_intention(conn, actor, &found)?;
    let heard = found.intention.map(|one| Heard {
        views: one.views,
        stated: intended.as_ref().is_some_and(|(_, views)| !views.is_empty()),
        intended_by: one.account_id,
    });
    let to = found.state.dissolve(actor.role(), actor.account_id(), heard, today, reason)?;
    no_bsn(reason)?;
    let ground = intended.and_then(|(intention, _)| intention.ground);
    let done = Step { ground, ..Step::of(LifeVerb::Dissolve, to, reason) };
    end_now(conn, actor, now, today, &found, done, cases)
}

/// "Unless urgent": dissolves today without hearing first, with the reason why it could not wait.
#[allow(clippy::too_many_arguments)]
pub fn dissolve_at_once(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    ground: Option<Ground>,
    reason: &str,
    cases: &[String],
) -> Result<Event, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.dissolve_at_once(actor.role(), actor.account_id(), reason)?;
    let ground = Some(of_the_list(ground, Ground::OF_DISSOLUTION)?);
    no_bsn(reason)?;
    let warning = Some(Warning::NotHeard);
    let done = Step { ground, warning, ..Step::of(LifeVerb::DissolveAtOnce, to, reason) };
    end_now(conn, actor, now, today, &found, done, cases)
}

fn end_now(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    found: &Life,
    done: Step<'_>,
    cases: &[String],
) -> Result<Event, Fault> {
    let last = found.ends_on().into_iter().chain([today]).min().unwrap_or(today);
    let remedy = remedy(conn, actor, found.provider_id)?;
    let done = Step { effective_on: Some(last), before: found.ends_on(), remedy, ..done };
    let carried = Carried { asked_stop_from: None, heard: None, ..Carried::as_before(found) };
    let event = step(conn, actor, now, found, &done, carried)?;
    if let Some(newest) = found.accessions.last() {
        agreement::store::end_on(conn, actor, newest, last)?;
    }
    transfer::draw_up(conn, actor, now, found, cases)?;
    mails::last_day(conn, actor, now, found, last, About::Dissolved)?;
    Ok(event)
}

/// The intention on which nobody decided yet, and the views since.
pub fn open_intention(conn: &mut Conn, actor: &Actor, found: &Life) -> QueryResult<Option<(Event, Vec<Event>)>> {
    if found.intention.is_none() {
        return Ok(None);
    }
    let all = events(conn, actor, found.id)?;
    let Some(at) = all.iter().rposition(|one| one.verb == LifeVerb::Intend) else { return Ok(None) };
    let views = all[at..].iter().filter(|one| one.verb == LifeVerb::StateViews).cloned().collect();
    Ok(Some((all[at].clone(), views)))
}

/// The procedure by which the provider came in, or else the municipality's newest: it names the contact person and the
/// remedy.
pub fn procedure(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Option<Procedure>> {
    let house = Actor::system(actor.tenant());
    let applied = dossier::store::of_provider(conn, &house, provider_id)?;
    let all = admission::store::all(conn, &house)?;
    let own = applied.first().and_then(|one| all.iter().find(|procedure| procedure.id == one.procedure_id));
    Ok(own.or(all.last()).cloned())
}

/// What can be done against a decision of today.
pub(super) fn remedy(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Option<(Remedy, String)>> {
    Ok(procedure(conn, actor, provider_id)?.map(|one| (one.details.remedy, one.details.court)))
}
