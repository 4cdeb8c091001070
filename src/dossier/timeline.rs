//! The history of a dossier (tijdlijn), newest first: every step, every verdict, and who did it in what role. A provider
//! reads what concerns it; what the municipality says among its own people stays there.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::review::{rows, verdicts};
use super::store::find_by_id;
use super::{ApplicationState, CriterionResult, Verb};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::schema::application_history;

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
    Step { verb: Verb, from: Option<ApplicationState>, to: ApplicationState, receipt: Option<String> },
    Verdict { code: String, result: CriterionResult },
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
    let mut events: Vec<Event> = steps
        .into_iter()
        .filter(|row| !provider || !matches!(row.verb, Verb::Advise | Verb::SendBack))
        .map(|row| {
            let what = What::Step { verb: row.verb, from: row.from, to: row.to, receipt: row.receipt };
            Event { at: row.at, by: row.by, role: row.role, what, reason: row.reason }
        })
        .collect();
    if !provider {
        let codes = rows(conn, actor, &[application_id])?;
        let mut verdicts = verdicts(conn, actor, &[application_id])?;
        for row in codes {
            for one in verdicts.remove(&row.id).unwrap_or_default() {
                let what = What::Verdict { code: row.code.clone(), result: one.result };
                events.push(Event { at: one.judged_at, by: one.judged_by, role: one.role, what, reason: one.reason });
            }
        }
    }
    // Steps of one moment stay in the order in which they were written.
    events.sort_by_key(|event| event.at);
    events.reverse();
    Ok(events)
}
