//! What is done to a board (planning bijhouden). A write of `planning_board` or `planning_activity` never goes without its line in
//! `planning_step`.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::store::{Became, board, find};
use super::{Activity, Phase, Plan, PlanRefusal, PlanVerb};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::procedure::admission;
use crate::schema::{planning_activity, planning_board, planning_step};

/// Why nothing was done: the office says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(PlanRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<PlanRefusal> for Fault {
    fn from(refusal: PlanRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// Lays the board of a procedure out from a month, with these activities on it.
pub fn lay_out(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    procedure_id: i64,
    from: NaiveDate,
    plans: &[Plan],
) -> Result<(), Fault> {
    may_plan(actor)?;
    if admission::store::find(conn, actor, procedure_id)?.is_none() {
        return Err(PlanRefusal::NotFound.into());
    }
    if board(conn, actor, procedure_id)?.is_some() {
        return Err(PlanRefusal::AlreadyLaidOut.into());
    }
    if let Some(refusal) = plans.iter().find_map(Plan::refusal) {
        return Err(refusal.into());
    }
    diesel::insert_into(planning_board::table)
        .values((
            planning_board::municipality_id.eq(actor.tenant()),
            planning_board::procedure_id.eq(procedure_id),
            planning_board::starts_on.eq(first_of(from)),
            planning_board::version.eq(1),
            planning_board::changed_at.eq(now),
            planning_board::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    record(conn, actor, now, procedure_id, PlanVerb::LayOut, None, "")?;
    for plan in plans {
        insert(conn, actor, now, procedure_id, plan)?;
    }
    Ok(())
}

/// Moves the first month, and every activity with it.
pub fn shift(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    procedure_id: i64,
    seen: i32,
    from: NaiveDate,
    reason: &str,
) -> Result<(), Fault> {
    may_plan(actor)?;
    let Some(known) = board(conn, actor, procedure_id)? else { return Err(PlanRefusal::NotFound.into()) };
    if known.version != seen {
        return Err(PlanRefusal::ChangedMeanwhile(known.changed_by).into());
    }
    with_reason(reason)?;
    diesel::update(planning_board::table)
        .filter(planning_board::municipality_id.eq(actor.tenant()).and(planning_board::procedure_id.eq(procedure_id)))
        .set((
            planning_board::starts_on.eq(first_of(from)),
            planning_board::version.eq(seen + 1),
            planning_board::changed_at.eq(now),
            planning_board::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    record(conn, actor, now, procedure_id, PlanVerb::Shift, None, reason)?;
    Ok(())
}

/// Puts another activity on the board, and answers its id.
pub fn add(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, procedure_id: i64, plan: &Plan) -> Result<i64, Fault> {
    may_plan(actor)?;
    if board(conn, actor, procedure_id)?.is_none() {
        return Err(PlanRefusal::NotFound.into());
    }
    match plan.refusal() {
        Some(refusal) => Err(refusal.into()),
        None => Ok(insert(conn, actor, now, procedure_id, plan)?),
    }
}

fn insert(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, procedure_id: i64, plan: &Plan) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(planning_activity::table)
        .values((
            planning_activity::municipality_id.eq(actor.tenant()),
            planning_activity::procedure_id.eq(procedure_id),
            columns(plan),
            planning_activity::dropped.eq(false),
            planning_activity::version.eq(1),
            planning_activity::changed_at.eq(now),
            planning_activity::changed_by.eq(actor.name()),
        ))
        .returning(planning_activity::id)
        .get_result(conn)?;
    let became = Became { plan: plan.clone(), delivered_on: None };
    record(conn, actor, now, procedure_id, PlanVerb::Add, Some((id, &became)), "")?;
    Ok(id)
}

/// Which activity is changed, and as which version it was looked at.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub procedure_id: i64,
    pub id: i64,
    pub version: i32,
}

/// Moves or renames an activity.
pub fn change(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, seen: Seen, plan: &Plan) -> Result<(), Fault> {
    let known = looked_at(conn, actor, seen)?;
    if known.is_over() {
        return Err(PlanRefusal::Over.into());
    }
    if let Some(refusal) = plan.refusal() {
        return Err(refusal.into());
    }
    let Some(verb) = known.plan.verb_towards(plan) else { return Ok(()) };
    keep(conn, actor, now, Activity { plan: plan.clone(), ..known }, verb, "")
}

/// The deliverable is there since this day.
pub fn deliver(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    seen: Seen,
    on: NaiveDate,
) -> Result<(), Fault> {
    let known = looked_at(conn, actor, seen)?;
    if known.is_over() {
        return Err(PlanRefusal::Over.into());
    }
    if on > today {
        return Err(PlanRefusal::InTheFuture.into());
    }
    let delivered = Some((on, actor.name().to_owned()));
    keep(conn, actor, now, Activity { delivered, ..known }, PlanVerb::Deliver, "")
}

/// It was not there after all.
pub fn take_back(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, seen: Seen, reason: &str) -> Result<(), Fault> {
    let known = looked_at(conn, actor, seen)?;
    if known.delivered.is_none() {
        return Err(PlanRefusal::Over.into());
    }
    with_reason(reason)?;
    keep(conn, actor, now, Activity { delivered: None, ..known }, PlanVerb::TakeBack, reason)
}

/// Drops an activity with the reason, or takes it up again.
pub fn set_dropped(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    seen: Seen,
    dropped: bool,
    reason: &str,
) -> Result<(), Fault> {
    let known = looked_at(conn, actor, seen)?;
    if known.dropped == dropped || known.delivered.is_some() {
        return Err(PlanRefusal::Over.into());
    }
    with_reason(reason)?;
    let verb = if dropped { PlanVerb::Drop } else { PlanVerb::Restore };
    keep(conn, actor, now, Activity { dropped, ..known }, verb, reason)
}

/// The activity, when it is still the version that was looked at.
fn looked_at(conn: &mut Conn, actor: &Actor, seen: Seen) -> Result<Activity, Fault> {
    may_plan(actor)?;
    let found = find(conn, actor, seen.procedure_id, seen.id)?.ok_or(PlanRefusal::NotFound)?;
    match found.version == seen.version {
        true => Ok(found),
        false => Err(PlanRefusal::ChangedMeanwhile(found.changed_by).into()),
    }
}

fn keep(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    next: Activity,
    verb: PlanVerb,
    reason: &str,
) -> Result<(), Fault> {
    let (on, by) = next.delivered.clone().unzip();
    diesel::update(planning_activity::table)
        .filter(planning_activity::municipality_id.eq(actor.tenant()).and(planning_activity::id.eq(next.id)))
        .set((
            columns(&next.plan),
            planning_activity::delivered_on.eq(on),
            planning_activity::delivered_by.eq(by),
            planning_activity::dropped.eq(next.dropped),
            planning_activity::version.eq(next.version + 1),
            planning_activity::changed_at.eq(now),
            planning_activity::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    let became = Became { plan: next.plan, delivered_on: on };
    Ok(record(conn, actor, now, next.procedure_id, verb, Some((next.id, &became)), reason)?)
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    procedure_id: i64,
    verb: PlanVerb,
    about: Option<(i64, &Became)>,
    reason: &str,
) -> QueryResult<()> {
    let starts_on = board(conn, actor, procedure_id)?.map(|one| one.starts_on).ok_or(QueryError::NotFound)?;
    let body = about.map_or(Ok(String::new()), |(_, became)| serde_json::to_string(became));
    let id = about.map(|(id, _)| id);
    diesel::insert_into(planning_step::table)
        .values((
            planning_step::municipality_id.eq(actor.tenant()),
            planning_step::procedure_id.eq(procedure_id),
            planning_step::activity_id.eq(id),
            planning_step::verb.eq(verb),
            planning_step::at.eq(now),
            planning_step::actor.eq(actor.name()),
            planning_step::account_id.eq(actor.account_id()),
            planning_step::role.eq(actor.role()),
            planning_step::reason.eq(reason.trim()),
            planning_step::starts_on.eq(starts_on),
            planning_step::body.eq(body.map_err(|fault| QueryError::SerializationError(fault.into()))?),
        ))
        .execute(conn)?;
    let object = match id {
        Some(id) => format!("planning/{procedure_id}/activity/{id}"),
        None => format!("planning/{procedure_id}"),
    };
    audit::record(conn, actor, now, Act { action: verb.action(), object: &object, result: "done", detail: "" })
}

/// Only the contract manager plans; the others look.
pub fn may_plan(actor: &Actor) -> Result<(), PlanRefusal> {
    match actor.role() {
        Role::ContractManager | Role::System => Ok(()),
        _ => Err(PlanRefusal::NotYours),
    }
}

fn with_reason(reason: &str) -> Result<(), PlanRefusal> {
    if reason.trim().is_empty() { Err(PlanRefusal::ReasonMissing) } else { Ok(()) }
}

/// A board begins on the first day of a month.
fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = planning_activity)]
struct Columns<'a> {
    phase: Phase,
    name_nl: &'a str,
    name_en: &'a str,
    deliverable_nl: &'a str,
    deliverable_en: &'a str,
    first_month: i32,
    last_month: i32,
}

fn columns(plan: &Plan) -> Columns<'_> {
    Columns {
        phase: plan.phase,
        name_nl: &plan.name.nl,
        name_en: &plan.name.en,
        deliverable_nl: &plan.deliverable.nl,
        deliverable_en: &plan.deliverable.en,
        first_month: plan.first_month,
        last_month: plan.last_month,
    }
}
