//! Tables `agreement_life` and `life_event`: looking an agreement up, and every step of its life.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{Event, Ground, Intention, Life, LifeRefusal, LifeState, LifeVerb, Warning};
use crate::actor::{Actor, Role};
use crate::agreement::{self, Accession};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::admission::Remedy;
use crate::procedure::outages;
use crate::schema::{agreement_life, life_event};
use crate::term::TermRule;

/// Why nothing was done: the agreement says no, or the house is broken. A refusal comes before the first write.
#[derive(Debug)]
pub enum Fault {
    Refused(LifeRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<LifeRefusal> for Fault {
    fn from(refusal: LifeRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// The agreement, if the actor may see it; what is not his does not exist.
pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Life>> {
    let row: Option<Row> =
        visible(actor).filter(agreement_life::id.eq(id)).select(Row::as_select()).first(conn).optional()?;
    Ok(whole(conn, actor, row.into_iter().collect())?.pop())
}

/// The agreements of one provider, the newest first.
pub fn of_provider(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Vec<Life>> {
    let mine = visible(actor).filter(agreement_life::provider_id.eq(provider_id));
    let rows: Vec<Row> = mine.order(agreement_life::id.desc()).select(Row::as_select()).load(conn)?;
    let mut found = whole(conn, actor, rows)?;
    // What runs comes before what ended.
    found.sort_by_key(|one| !one.state.runs());
    Ok(found)
}

/// Every agreement in these states that the actor may see; all states when none is named.
pub fn all(conn: &mut Conn, actor: &Actor, states: &[LifeState]) -> QueryResult<Vec<Life>> {
    let states = if states.is_empty() { LifeState::ALL } else { states };
    let rows: Vec<Row> = visible(actor)
        .filter(agreement_life::state.eq_any(states.to_vec()))
        .order(agreement_life::id)
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, actor, rows)
}

/// The agreement, when it is the actor's to see and still the version that was looked at.
pub fn looked_at(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<Life, Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    if found.version != seen {
        return Err(LifeRefusal::ChangedMeanwhile { by: found.changed_by }.into());
    }
    Ok(found)
}

/// The history of an agreement, the oldest first; none when it is not the actor's to see.
pub fn events(conn: &mut Conn, actor: &Actor, life_id: i64) -> QueryResult<Vec<Event>> {
    let mut query = life_event::table
        .filter(life_event::municipality_id.eq(actor.tenant()).and(life_event::life_id.eq(life_id)))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(life_event::provider_id.eq(own));
    }
    let rows: Vec<EventRow> = query.order(life_event::sequence).select(EventRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// One step, to be written down.
#[derive(Debug, Clone)]
pub(super) struct Step<'a> {
    pub verb: LifeVerb,
    pub to: LifeState,
    pub ground: Option<Ground>,
    pub reason: &'a str,
    /// The one client it is about, by case number.
    pub case_ref: &'a str,
    pub effective_on: Option<NaiveDate>,
    pub before: Option<NaiveDate>,
    pub rule: Option<TermRule>,
    pub remedy: Option<(Remedy, String)>,
    pub warning: Option<Warning>,
}

impl<'a> Step<'a> {
    pub fn of(verb: LifeVerb, to: LifeState, reason: &'a str) -> Step<'a> {
        let (ground, effective_on, before, rule) = (None, None, None, None);
        Step { verb, to, ground, reason, case_ref: "", effective_on, before, rule, remedy: None, warning: None }
    }
}

/// What an agreement carries along after a step; the rest stands in its history.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carried {
    pub stopped_from: Option<NaiveDate>,
    pub asked_stop_from: Option<NaiveDate>,
    pub heard: Option<(TermRule, NaiveDate, Option<i64>)>,
    pub warned_for: Option<NaiveDate>,
}

impl Carried {
    pub fn as_before(found: &Life) -> Carried {
        let heard = found.intention.map(|one| (one.views.rule, one.views.start, one.account_id));
        let Life { stopped_from, asked_stop_from, warned_for, .. } = *found;
        Carried { stopped_from, asked_stop_from, heard, warned_for }
    }
}

/// Writes the new state, its line in the history and its line in the audit. Of two at once the second finds that the
/// version it looked at is gone.
pub(super) fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    step: &Step<'_>,
    carried: Carried,
) -> Result<Event, Fault> {
    let mine = agreement_life::municipality_id.eq(actor.tenant()).and(agreement_life::id.eq(found.id));
    let written = diesel::update(agreement_life::table.filter(mine.and(agreement_life::version.eq(found.version))))
        .set((
            agreement_life::state.eq(step.to),
            agreement_life::version.eq(found.version + 1),
            agreement_life::changed_at.eq(now),
            agreement_life::changed_by.eq(actor.name()),
            agreement_life::stopped_from.eq(carried.stopped_from),
            agreement_life::asked_stop_from.eq(carried.asked_stop_from),
            agreement_life::heard_rule.eq(carried.heard.map(|(rule, ..)| rule.to_string())),
            agreement_life::heard_from.eq(carried.heard.map(|(_, from, _)| from)),
            agreement_life::intended_account.eq(carried.heard.and_then(|(.., account)| account)),
            agreement_life::warned_for.eq(carried.warned_for),
        ))
        .execute(conn)?;
    if written == 0 {
        return Err(LifeRefusal::ChangedMeanwhile { by: found.changed_by.clone() }.into());
    }
    Ok(record(conn, actor, now, (found.id, found.provider_id, &found.number), Some(found.state), step)?)
}

pub(super) fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    (life_id, provider_id, number): (i64, i64, &str),
    from: Option<LifeState>,
    step: &Step<'_>,
) -> QueryResult<Event> {
    let last: Option<i32> = life_event::table
        .filter(life_event::municipality_id.eq(actor.tenant()).and(life_event::life_id.eq(life_id)))
        .select(diesel::dsl::max(life_event::sequence))
        .first(conn)?;
    let id: i64 = diesel::insert_into(life_event::table)
        .values((
            life_event::municipality_id.eq(actor.tenant()),
            life_event::provider_id.eq(provider_id),
            life_event::life_id.eq(life_id),
            life_event::sequence.eq(last.unwrap_or(0) + 1),
            life_event::verb.eq(step.verb),
            life_event::from_state.eq(from),
            life_event::to_state.eq(step.to),
            life_event::at.eq(now),
            life_event::day.eq(wall_clock(now).date()),
            life_event::actor.eq(actor.name()),
            life_event::account_id.eq(actor.account_id()),
            life_event::role.eq(actor.role()),
            (
                life_event::ground.eq(step.ground),
                life_event::reason.eq(step.reason.trim()),
                life_event::case_ref.eq(step.case_ref),
                life_event::effective_on.eq(step.effective_on),
                life_event::before_on.eq(step.before),
                life_event::term_rule.eq(step.rule.map(|rule| rule.to_string())),
                life_event::remedy.eq(step.remedy.as_ref().map(|(remedy, _)| *remedy)),
                life_event::court.eq(step.remedy.as_ref().map(|(_, court)| court.as_str())),
                life_event::warning.eq(step.warning),
            ),
        ))
        .returning(life_event::id)
        .get_result(conn)?;
    let object = format!("agreement/{number}");
    let detail = step.effective_on.map(|day| day.to_string()).unwrap_or_default();
    let act = Act { action: action(step.verb), object: &object, result: step.to.as_str(), detail: &detail };
    audit::record(conn, actor, now, act)?;
    let row: EventRow = life_event::table.find(id).select(EventRow::as_select()).first(conn)?;
    Ok(Event::from(row))
}

fn action(verb: LifeVerb) -> &'static str {
    match verb {
        LifeVerb::Accede => "agreement.begin_life",
        LifeVerb::Revise => "agreement.revise_life",
        LifeVerb::Begin => "agreement.begin",
        LifeVerb::Replace => "agreement.replace",
        LifeVerb::StopClients => "agreement.stop_clients",
        LifeVerb::AskStop => "agreement.ask_stop",
        LifeVerb::AgreeStop => "agreement.agree_stop",
        LifeVerb::RefuseStop => "agreement.refuse_stop",
        LifeVerb::LiftStop => "agreement.lift_stop",
        LifeVerb::GiveNotice => "agreement.give_notice",
        LifeVerb::Terminate => "agreement.terminate",
        LifeVerb::Intend => "agreement.intend_to_dissolve",
        LifeVerb::StateViews => "agreement.state_views",
        LifeVerb::DropIntention => "agreement.drop_intention",
        LifeVerb::Dissolve => "agreement.dissolve",
        LifeVerb::DissolveAtOnce => "agreement.dissolve_at_once",
        LifeVerb::StopDelivery => "agreement.stop_delivery",
        LifeVerb::NewTariffs => "agreement.new_tariffs",
        LifeVerb::Warn => "agreement.warn",
        LifeVerb::Extend => "agreement.extend",
        LifeVerb::End => "agreement.end",
    }
}

fn visible<'a>(actor: &Actor) -> agreement_life::BoxedQuery<'a, crate::db::MultiBackend> {
    let mine = agreement_life::table.filter(agreement_life::municipality_id.eq(actor.tenant())).into_boxed();
    match actor.own_provider() {
        Some(own) => mine.filter(agreement_life::provider_id.eq(own)),
        None => mine,
    }
}

fn whole(conn: &mut Conn, actor: &Actor, rows: Vec<Row>) -> QueryResult<Vec<Life>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let providers: Vec<i64> = rows.iter().map(|row| row.provider_id).collect();
    let mut versions: HashMap<(i64, String), Vec<Accession>> = HashMap::new();
    for one in agreement::store::of(conn, actor, &providers)? {
        versions.entry((one.provider_id, one.number.clone())).or_default().push(one);
    }
    let down = outages::days(conn, actor)?;
    let life = |row: Row| {
        let mut accessions = versions.remove(&(row.provider_id, row.number.clone())).unwrap_or_default();
        accessions.sort_by_key(|one| one.version);
        let heard = row.heard_rule.zip(row.heard_from);
        Life {
            id: row.id,
            provider_id: row.provider_id,
            number: row.number,
            state: row.state,
            version: row.version,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
            stopped_from: row.stopped_from,
            asked_stop_from: row.asked_stop_from,
            intention: heard.map(|(rule, from): (TermRule, NaiveDate)| Intention {
                views: rule.begin(from, &down),
                account_id: row.intended_account,
            }),
            warned_for: row.warned_for,
            accessions,
        }
    };
    Ok(rows.into_iter().map(life).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = agreement_life)]
struct Row {
    id: i64,
    provider_id: i64,
    number: String,
    state: LifeState,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    stopped_from: Option<NaiveDate>,
    asked_stop_from: Option<NaiveDate>,
    heard_rule: Option<TermRule>,
    heard_from: Option<NaiveDate>,
    intended_account: Option<i64>,
    warned_for: Option<NaiveDate>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = life_event)]
struct EventRow {
    id: i64,
    sequence: i32,
    verb: LifeVerb,
    to_state: LifeState,
    at: NaiveDateTime,
    day: NaiveDate,
    actor: String,
    role: Role,
    ground: Option<Ground>,
    reason: String,
    case_ref: String,
    effective_on: Option<NaiveDate>,
    before_on: Option<NaiveDate>,
    term_rule: Option<TermRule>,
    remedy: Option<Remedy>,
    court: Option<String>,
    warning: Option<Warning>,
}

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Event {
        Event {
            id: row.id,
            sequence: row.sequence,
            verb: row.verb,
            to: row.to_state,
            at: row.at,
            day: row.day,
            actor: row.actor,
            role: row.role,
            ground: row.ground,
            reason: row.reason,
            case_ref: row.case_ref,
            effective_on: row.effective_on,
            before: row.before_on,
            rule: row.term_rule,
            remedy: row.remedy.zip(row.court),
            warning: row.warning,
        }
    }
}
