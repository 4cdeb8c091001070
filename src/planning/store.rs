//! Tables `planning_board`, `planning_activity` and `planning_step` as they are read (planning lezen). What is done to them stands in
//! [`super::acting`].

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use serde::{Deserialize, Serialize};

use super::{Activity, Board, Phase, Plan, PlanVerb};
use crate::actor::Actor;
use crate::calendar::add_days;
use crate::db::Conn;
use crate::procedure::admission::{self, Procedure, ProcedureState};
use crate::schema::{planning_activity, planning_board, planning_step};
use crate::text::Bilingual;

/// A line of the history, with what stood there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub activity_id: Option<i64>,
    pub verb: PlanVerb,
    pub at: NaiveDateTime,
    pub by: String,
    pub reason: String,
    pub starts_on: NaiveDate,
    /// None where it was done to the whole board.
    pub became: Option<Became>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    pub plan: Plan,
    pub delivered_on: Option<NaiveDate>,
}

/// An activity that is due soon, or was.
#[derive(Debug, Clone)]
pub struct Due {
    pub procedure: Procedure,
    pub board: Board,
    pub activity: Activity,
}

/// The board of a procedure; none while it was not laid out. It is the municipality's own: a provider has none.
pub fn board(conn: &mut Conn, actor: &Actor, procedure_id: i64) -> QueryResult<Option<Board>> {
    Ok(boards(conn, actor)?.into_iter().find(|one| one.procedure_id == procedure_id))
}

pub fn boards(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Board>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, NaiveDate, i32, NaiveDateTime, String)> = planning_board::table
        .filter(planning_board::municipality_id.eq(actor.tenant()))
        .select((
            planning_board::procedure_id,
            planning_board::starts_on,
            planning_board::version,
            planning_board::changed_at,
            planning_board::changed_by,
        ))
        .load(conn)?;
    let board = |(procedure_id, starts_on, version, changed_at, changed_by)| Board {
        procedure_id,
        starts_on,
        version,
        changed_at,
        changed_by,
    };
    Ok(rows.into_iter().map(board).collect())
}

/// The activities of these procedures, dropped ones too: phase by phase, in the order of their months.
pub fn activities(conn: &mut Conn, actor: &Actor, procedures: &[i64]) -> QueryResult<Vec<Activity>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = planning_activity::table
        .filter(planning_activity::municipality_id.eq(actor.tenant()))
        .filter(planning_activity::procedure_id.eq_any(procedures.to_vec()))
        .select(Row::as_select())
        .load(conn)?;
    let mut found: Vec<Activity> = rows.into_iter().map(Activity::from).collect();
    found.sort_by_key(|one| (one.procedure_id, one.plan.phase, one.plan.first_month, one.plan.last_month, one.id));
    Ok(found)
}

pub fn find(conn: &mut Conn, actor: &Actor, procedure_id: i64, id: i64) -> QueryResult<Option<Activity>> {
    Ok(activities(conn, actor, &[procedure_id])?.into_iter().find(|one| one.id == id))
}

/// Everything that was done to the board of a procedure, the newest first.
pub fn steps(conn: &mut Conn, actor: &Actor, procedure_id: i64) -> QueryResult<Vec<Step>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    type Line = (Option<i64>, PlanVerb, NaiveDateTime, String, String, NaiveDate, String);
    let rows: Vec<Line> = planning_step::table
        .filter(planning_step::municipality_id.eq(actor.tenant()).and(planning_step::procedure_id.eq(procedure_id)))
        .order(planning_step::id.desc())
        .select((
            planning_step::activity_id,
            planning_step::verb,
            planning_step::at,
            planning_step::actor,
            planning_step::reason,
            planning_step::starts_on,
            planning_step::body,
        ))
        .load(conn)?;
    let step = |(activity_id, verb, at, by, reason, starts_on, body): Line| {
        let read =
            |body: &str| serde_json::from_str(body).map_err(|fault| QueryError::DeserializationError(fault.into()));
        let became = if activity_id.is_some() { Some(read(&body)?) } else { None };
        Ok(Step { activity_id, verb, at, by, reason, starts_on, became })
    };
    rows.into_iter().map(step).collect()
}

/// So many days ahead an activity that is due is told of in the work queue.
pub const NEAR_DAYS: i64 = 31;

/// What was to be delivered by now and was not, and what is to be within a month; the soonest first. What belongs to a
/// procedure that ended is left alone.
pub fn near(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Vec<Due>> {
    let boards = boards(conn, actor)?;
    let ids: Vec<i64> = boards.iter().map(|one| one.procedure_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let procedures = admission::store::all(conn, actor)?;
    let mut near = Vec::new();
    for activity in activities(conn, actor, &ids)? {
        let Some(board) = boards.iter().find(|one| one.procedure_id == activity.procedure_id) else { continue };
        let Some(procedure) = procedures.iter().find(|one| one.id == activity.procedure_id) else { continue };
        let ended = procedure.state == ProcedureState::Ended;
        if !ended && !activity.is_over() && activity.due(board) <= add_days(today, NEAR_DAYS) {
            near.push(Due { procedure: procedure.clone(), board: board.clone(), activity });
        }
    }
    near.sort_by_key(|one| (one.activity.due(&one.board), one.activity.id));
    Ok(near)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = planning_activity)]
struct Row {
    id: i64,
    procedure_id: i64,
    phase: Phase,
    name_nl: String,
    name_en: String,
    deliverable_nl: String,
    deliverable_en: String,
    first_month: i32,
    last_month: i32,
    delivered_on: Option<NaiveDate>,
    delivered_by: Option<String>,
    dropped: bool,
    version: i32,
    changed_by: String,
}

impl From<Row> for Activity {
    fn from(row: Row) -> Activity {
        Activity {
            id: row.id,
            procedure_id: row.procedure_id,
            plan: Plan {
                phase: row.phase,
                name: Bilingual { nl: row.name_nl, en: row.name_en },
                deliverable: Bilingual { nl: row.deliverable_nl, en: row.deliverable_en },
                first_month: row.first_month,
                last_month: row.last_month,
            },
            delivered: row.delivered_on.zip(row.delivered_by),
            dropped: row.dropped,
            version: row.version,
            changed_by: row.changed_by,
        }
    }
}
