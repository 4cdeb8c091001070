//! Tables `application` and `application_history`: looking an application up, and every step from state to state.
//!
//! A municipality does not see a draft of a provider: it is the provider's until it is handed in. A draft on paper is the
//! municipality's own.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{Application, ApplicationNumber, ApplicationState, Channel, Refusal, TermKind, Verb};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::procedure::outages;
use crate::schema::{application, application_history};
use crate::term::TermRule;

/// Why nothing was done: the office says no, or the house is broken. A refusal comes before the first write.
#[derive(Debug)]
pub enum Fault {
    Refused(Refusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// The application with this number, if the actor may see it; what is not his does not exist.
pub fn find(conn: &mut Conn, actor: &Actor, number: ApplicationNumber) -> QueryResult<Option<Application>> {
    let mine = application::year.eq(number.year).and(application::sequence.eq(number.sequence));
    let row: Option<Row> = visible(actor).filter(mine).select(Row::as_select()).first(conn).optional()?;
    Ok(with_terms(conn, actor, row.into_iter().collect())?.pop())
}

pub fn find_by_id(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Application>> {
    let row: Option<Row> =
        visible(actor).filter(application::id.eq(id)).select(Row::as_select()).first(conn).optional()?;
    Ok(with_terms(conn, actor, row.into_iter().collect())?.pop())
}

/// Every application that the actor may see in these states, the oldest first; all states when none is named.
pub fn all(conn: &mut Conn, actor: &Actor, states: &[ApplicationState]) -> QueryResult<Vec<Application>> {
    let states = if states.is_empty() { ApplicationState::ALL } else { states };
    let rows: Vec<Row> = visible(actor)
        .filter(application::state.eq_any(states.to_vec()))
        .order((application::year, application::sequence))
        .select(Row::as_select())
        .load(conn)?;
    with_terms(conn, actor, rows)
}

/// The applications of one provider, the newest first.
pub fn of_provider(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Vec<Application>> {
    let rows: Vec<Row> = visible(actor)
        .filter(application::provider_id.eq(provider_id))
        .order((application::year.desc(), application::sequence.desc()))
        .select(Row::as_select())
        .load(conn)?;
    with_terms(conn, actor, rows)
}

/// The application, when it is the actor's to see and still the version that was looked at.
pub fn looked_at(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<Application, Fault> {
    let Some(found) = find_by_id(conn, actor, id)? else { return Err(Refusal::NotFound.into()) };
    if found.version != seen {
        let (by, at, current) = (found.changed_by, found.changed_at, found.version);
        return Err(Refusal::ChangedMeanwhile { by, at, current }.into());
    }
    Ok(found)
}

/// One step from state to state, to be written down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move<'a> {
    pub verb: Verb,
    pub to: ApplicationState,
    pub reason: &'a str,
    /// The digest of the receipt, where something was handed in.
    pub receipt: Option<&'a str>,
    /// The term that runs from now on.
    pub term: Option<(TermKind, TermRule, NaiveDate)>,
}

/// Writes the new state, its line in the history and its line in the audit. The next version is answered.
pub(super) fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    step: &Move<'_>,
) -> QueryResult<i32> {
    let version = found.version + 1;
    diesel::update(application::table.find(found.id))
        .set((
            application::state.eq(step.to),
            application::version.eq(version),
            application::changed_at.eq(now),
            application::changed_by.eq(actor.name()),
            application::term.eq(step.term.map(|(kind, ..)| kind)),
            application::term_rule.eq(step.term.map(|(_, rule, _)| rule.to_string())),
            application::term_start.eq(step.term.map(|(.., start)| start)),
        ))
        .execute(conn)?;
    record(conn, actor, now, found, Some(found.state), step)?;
    Ok(version)
}

pub(super) fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    from: Option<ApplicationState>,
    step: &Move<'_>,
) -> QueryResult<()> {
    diesel::insert_into(application_history::table)
        .values((
            application_history::municipality_id.eq(actor.tenant()),
            application_history::provider_id.eq(found.provider_id),
            application_history::application_id.eq(found.id),
            application_history::verb.eq(step.verb),
            application_history::from_state.eq(from),
            application_history::to_state.eq(step.to),
            application_history::at.eq(now),
            application_history::actor.eq(actor.name()),
            application_history::account_id.eq(actor.account_id()),
            application_history::role.eq(actor.role()),
            application_history::reason.eq(step.reason.trim()),
            application_history::receipt.eq(step.receipt),
        ))
        .execute(conn)?;
    let object = format!("application/{}", found.number);
    let detail = step.receipt.unwrap_or_default();
    let act = Act { action: action(step.verb), object: &object, result: step.to.as_str(), detail };
    audit::record(conn, actor, now, act)
}

fn action(verb: Verb) -> &'static str {
    match verb {
        Verb::Start => "application.start",
        Verb::Submit => "application.submit",
        Verb::TakeUp => "application.take_up",
        Verb::AskSupplement => "application.ask_supplement",
        Verb::HandInSupplement => "application.hand_in_supplement",
        Verb::SetAside => "application.set_aside",
        Verb::Advise => "application.advise",
        Verb::SendBack => "application.send_back",
        Verb::Admit => "application.admit",
        Verb::Refuse => "application.refuse",
        Verb::CloseRefusal => "application.close_refusal",
        Verb::NoteCase => "application.note_case",
        Verb::Reopen => "application.reopen",
        Verb::LoseCase => "application.lose_case",
        Verb::Withdraw => "application.withdraw",
        Verb::Lapse => "application.lapse",
    }
}

/// What the actor may see: of his municipality, of his provider when he is a provider's person, and no other's draft.
pub(super) fn visible<'a>(actor: &Actor) -> application::BoxedQuery<'a, crate::db::MultiBackend> {
    let mine = application::table.filter(application::municipality_id.eq(actor.tenant())).into_boxed();
    match actor.own_provider() {
        Some(own) => mine.filter(application::provider_id.eq(own)),
        None => mine.filter(application::state.ne(ApplicationState::Draft).or(application::channel.eq(Channel::Paper))),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = application)]
pub(super) struct Row {
    id: i64,
    provider_id: i64,
    procedure_id: i64,
    year: i32,
    sequence: i32,
    channel: Channel,
    state: ApplicationState,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    started_at: NaiveDateTime,
    submitted_at: Option<NaiveDateTime>,
    received_on: Option<NaiveDate>,
    term: Option<TermKind>,
    term_rule: Option<String>,
    term_start: Option<NaiveDate>,
    previous_id: Option<i64>,
}

/// The rows with their terms computed: one look at the outages for all of them.
pub(super) fn with_terms(conn: &mut Conn, actor: &Actor, rows: Vec<Row>) -> QueryResult<Vec<Application>> {
    let down = match rows.iter().any(|row| row.term.is_some()) {
        true => outages::days(conn, actor)?,
        false => Vec::new(),
    };
    rows.into_iter()
        .map(|row| {
            let term = match row.term.zip(row.term_rule).zip(row.term_start) {
                Some(((kind, rule), start)) => Some((kind, read_rule(&rule)?.begin(start, &down))),
                None => None,
            };
            Ok(Application {
                id: row.id,
                number: ApplicationNumber { year: row.year, sequence: row.sequence },
                provider_id: row.provider_id,
                procedure_id: row.procedure_id,
                channel: row.channel,
                state: row.state,
                version: row.version,
                changed_at: row.changed_at,
                changed_by: row.changed_by,
                started_at: row.started_at,
                submitted_at: row.submitted_at,
                received_on: row.received_on,
                term,
                previous: row.previous_id,
            })
        })
        .collect()
}

/// The table holds good rules only; anything else is trouble to be told.
pub(super) fn read_rule(written: &str) -> QueryResult<TermRule> {
    written.parse().map_err(|fault| QueryError::DeserializationError(Box::new(fault)))
}
