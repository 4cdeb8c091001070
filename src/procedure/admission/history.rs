//! Table `procedure_history`: what was done to a procedure, by whom (geschiedenis).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{ProcedureState, ProcedureVerb};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::procedure_history;

/// What was done to a procedure, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Event {
    pub verb: ProcedureVerb,
    pub from: Option<ProcedureState>,
    pub to: ProcedureState,
    pub at: NaiveDateTime,
    pub actor: String,
    pub role: Role,
    pub reason: String,
}

/// What was done to it, for the municipality's own people.
pub fn of(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<Event>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    procedure_history::table
        .filter(procedure_history::municipality_id.eq(actor.tenant()).and(procedure_history::procedure_id.eq(id)))
        .order(procedure_history::id.desc())
        .select((
            procedure_history::verb,
            procedure_history::from_state,
            procedure_history::to_state,
            procedure_history::at,
            procedure_history::actor,
            procedure_history::role,
            procedure_history::reason,
        ))
        .load(conn)
}

pub(super) struct Step<'a> {
    pub id: i64,
    pub code: &'a str,
    pub verb: ProcedureVerb,
    pub from: Option<ProcedureState>,
    pub to: ProcedureState,
    pub reason: &'a str,
}

pub(super) fn record(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, step: &Step<'_>) -> QueryResult<()> {
    diesel::insert_into(procedure_history::table)
        .values((
            procedure_history::municipality_id.eq(actor.tenant()),
            procedure_history::procedure_id.eq(step.id),
            procedure_history::verb.eq(step.verb),
            procedure_history::from_state.eq(step.from),
            procedure_history::to_state.eq(step.to),
            procedure_history::at.eq(now),
            procedure_history::actor.eq(actor.name()),
            procedure_history::account_id.eq(actor.account_id()),
            procedure_history::role.eq(actor.role()),
            procedure_history::reason.eq(step.reason),
        ))
        .execute(conn)?;
    let object = format!("procedure/{}", step.code);
    let act = Act { action: "procedure.act", object: &object, result: step.to.as_str(), detail: step.verb.as_str() };
    audit::record(conn, actor, now, act)
}
