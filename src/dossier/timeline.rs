//! The history of a dossier (tijdlijn), newest first: every step, every verdict, what was asked and came during the
//! agreement and what expired, and who did it in what role. A provider
//! reads what concerns it; what the municipality says among its own people stays there.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::review::{CriterionRow, Verdict, rows, verdicts};
use super::showing::{self, ShownEvidence};
use super::store::find_by_id;
use super::{ApplicationState, CriterionResult, Verb};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::schema::{application_history, successor_request};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// In UTC.
    pub at: NaiveDateTime,
    pub by: String,
    pub role: Role,
    pub what: What,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Step {
        verb: Verb,
        from: Option<ApplicationState>,
        to: ApplicationState,
        receipt: Option<String>,
    },
    /// `replaced`: another one came after it.
    Verdict {
        code: String,
        result: CriterionResult,
        replaced: bool,
    },
    /// Evidence came in after the application itself.
    Evidence {
        code: String,
    },
    /// The provider was asked for the successor of evidence that ends on this day.
    SuccessorAsked {
        code: String,
        until: NaiveDate,
    },
    /// The verdict ended with its evidence, and nothing had taken its place.
    Expired {
        code: String,
    },
}

#[derive(Queryable)]
struct Row {
    verb: Verb,
    from: Option<ApplicationState>,
    to: ApplicationState,
    at: NaiveDateTime,
    by: String,
    role: Role,
    reason: String,
    receipt: Option<String>,
}

/// The events of one application, the newest first; none when it is not the actor's to see.
pub fn of(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<Event>> {
    if find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    let mut events = written(conn, actor, application_id)?;
    if actor.own_provider().is_none() {
        let codes = rows(conn, actor, &[application_id])?;
        let mut verdicts = verdicts(conn, actor, &[application_id])?;
        for row in &codes {
            let all = verdicts.remove(&row.id).unwrap_or_default();
            events.extend(expired(actor, row, &all));
            for (after, one) in all.into_iter().enumerate() {
                let what = What::Verdict { code: row.code.clone(), result: one.result, replaced: after > 0 };
                events.push(Event { at: one.judged_at, by: one.judged_by, role: one.role, what, reason: one.reason });
            }
        }
        let shown = showing::of_application(conn, actor, application_id)?;
        let came = evidence(&events, &shown);
        events.extend(came);
        events.extend(successors(conn, actor, &codes)?);
    }
    // Steps of one moment stay in the order in which they were written.
    events.sort_by_key(|event| event.at);
    events.reverse();
    Ok(events)
}

/// Its steps from state to state alone, the oldest first; none when it is not the actor's to see.
pub fn steps(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<Event>> {
    if find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    written(conn, actor, application_id)
}

/// The steps as they were written down. A provider does not read what the municipality says among its own people.
fn written(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<Event>> {
    let provider = actor.own_provider().is_some();
    let steps: Vec<Row> = application_history::table
        .filter(application_history::municipality_id.eq(actor.tenant()))
        .filter(application_history::application_id.eq(application_id))
        .order(application_history::id)
        .select((
            application_history::verb,
            application_history::from_state,
            application_history::to_state,
            application_history::at,
            application_history::actor,
            application_history::role,
            application_history::reason,
            application_history::receipt,
        ))
        .load(conn)?;
    let event = |row: Row| {
        let what = What::Step { verb: row.verb, from: row.from, to: row.to, receipt: row.receipt };
        Event { at: row.at, by: row.by, role: row.role, what, reason: row.reason }
    };
    let told = |row: &Row| !provider || !matches!(row.verb, Verb::Advise | Verb::SendBack);
    Ok(steps.into_iter().filter(told).map(event).collect())
}

/// The program found that a verdict was over: at the moment at which it wrote so down, or, where something came since, at
/// which that came. `all` is every verdict on the criterion, the newest first.
fn expired(actor: &Actor, row: &CriterionRow, all: &[Verdict]) -> Vec<Event> {
    let next = |at: usize| match at.checked_sub(1) {
        Some(newer) => all[newer].judged_at,
        None => row.changed_at,
    };
    let over = |(at, one): (usize, &Verdict)| {
        let at = Some(next(at)).filter(|next| one.holds_until.is_some_and(|until| until < wall_clock(*next).date()))?;
        let what = What::Expired { code: row.code.clone() };
        Some(by_itself(actor, at, what))
    };
    all.iter().enumerate().filter_map(over).collect()
}

/// What came in after the application itself, per criterion and moment: with a supplement at the moment of that, during
/// the agreement when it was shown.
fn evidence(events: &[Event], shown: &[ShownEvidence]) -> Vec<Event> {
    let handed_in = |wanted: Verb| {
        let is_it = move |event: &&Event| matches!(event.what, What::Step { verb, .. } if verb == wanted);
        events.iter().filter(is_it).collect::<Vec<_>>()
    };
    let (first, supplements) = (handed_in(Verb::Submit), handed_in(Verb::HandInSupplement));
    let came = |one: &ShownEvidence| {
        let received = one.received_on?;
        // What was shown before the application was handed in came with it.
        first.iter().find(|step| step.at < one.shown_at)?;
        let what = What::Evidence { code: one.code.clone() };
        let with = supplements.iter().find(|step| one.shown_at <= step.at && wall_clock(step.at).date() == received);
        let (at, by, role) = match with {
            Some(step) => (step.at, step.by.clone(), step.role),
            // During the agreement only the provider's own people show evidence.
            None => (one.shown_at, one.shown_by.clone(), Role::ProviderUser),
        };
        Some(Event { at, by, role, what, reason: String::new() })
    };
    let mut came: Vec<Event> = shown.iter().filter_map(came).collect();
    came.dedup_by(|one, other| (&one.what, one.at) == (&other.what, other.at));
    came
}

/// What was asked of the provider before its evidence ended.
fn successors(conn: &mut Conn, actor: &Actor, criteria: &[CriterionRow]) -> QueryResult<Vec<Event>> {
    let ids: Vec<i64> = criteria.iter().map(|row| row.id).collect();
    let asked: Vec<(i64, NaiveDate, NaiveDateTime)> = successor_request::table
        .filter(successor_request::municipality_id.eq(actor.tenant()))
        .filter(successor_request::criterion_id.eq_any(ids))
        .order(successor_request::id)
        .select((successor_request::criterion_id, successor_request::holds_until, successor_request::asked_at))
        .load(conn)?;
    let event = |(id, until, at): (i64, NaiveDate, NaiveDateTime)| {
        let code = criteria.iter().find(|row| row.id == id)?.code.clone();
        let what = What::SuccessorAsked { code, until };
        Some(by_itself(actor, at, what))
    };
    Ok(asked.into_iter().filter_map(event).collect())
}

fn by_itself(actor: &Actor, at: NaiveDateTime, what: What) -> Event {
    let system = Actor::system(actor.tenant());
    Event { at, by: system.name().to_owned(), role: system.role(), what, reason: String::new() }
}
