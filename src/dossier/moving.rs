//! Table `application_criterion`: a criterion begins (is frozen with an application) and moves on without a verdict.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::review::CriterionRow;
use super::store::Fault;
use super::{Application, CriterionState};
use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::application_criterion;

/// A criterion as it is asked of one application, before there is a row.
pub(super) struct Asked<'a> {
    pub definition_id: i64,
    pub code: &'a str,
    pub handed_in: bool,
}

/// Freezes a criterion with an application, on the day of submission.
pub(super) fn freeze(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    found: &Application,
    asked: &Asked<'_>,
) -> QueryResult<i64> {
    let state = if asked.handed_in { CriterionState::HandedIn } else { CriterionState::Open };
    diesel::insert_into(application_criterion::table)
        .values((
            application_criterion::municipality_id.eq(actor.tenant()),
            application_criterion::provider_id.eq(found.provider_id),
            application_criterion::application_id.eq(found.id),
            application_criterion::definition_id.eq(asked.definition_id),
            application_criterion::code.eq(asked.code),
            application_criterion::state.eq(state),
            application_criterion::version.eq(1),
            application_criterion::changed_at.eq(now),
            application_criterion::changed_by.eq(actor.name()),
            application_criterion::waits_since.eq(asked.handed_in.then_some(today)),
        ))
        .returning(application_criterion::id)
        .get_result(conn)
}

/// Evidence came in: the criterion waits to be judged, again perhaps.
pub(super) fn hand_in_criterion(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    row: &CriterionRow,
) -> Result<(), Fault> {
    let next = row.state.hand_in()?;
    move_criterion(conn, actor, now, row, next, Some(today))?;
    Ok(())
}

/// A new state without a verdict.
pub(super) fn move_criterion(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    row: &CriterionRow,
    next: CriterionState,
    waits_since: Option<NaiveDate>,
) -> QueryResult<()> {
    diesel::update(application_criterion::table.find(row.id))
        .set((
            application_criterion::state.eq(next),
            application_criterion::version.eq(row.version + 1),
            application_criterion::changed_at.eq(now),
            application_criterion::changed_by.eq(actor.name()),
            application_criterion::waits_since.eq(waits_since),
        ))
        .execute(conn)?;
    Ok(())
}
