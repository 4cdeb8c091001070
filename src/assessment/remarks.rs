//! Tables `remark` and `open_action`: what both sides said of a quarter, and what was promised.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::RemarkKind;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::quarter::Quarter;
use crate::schema::{open_action, remark};

/// A line of reason, a reaction to one indicator of one quarter, or the answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Remark {
    /// Nought for a new one.
    pub id: i64,
    pub provider_id: i64,
    pub indicator: i64,
    pub kind: RemarkKind,
    pub body: String,
    pub author: String,
    /// In UTC.
    pub written_at: NaiveDateTime,
    /// The hearing in which it was said; none for what was said outside one.
    pub hearing_id: Option<i64>,
    /// The reaction that it is the answer to.
    pub answers: Option<i64>,
}

/// Writes down what was said, and gives its id.
pub fn remark(conn: &mut Conn, actor: &Actor, quarter: Quarter, new: &Remark) -> QueryResult<i64> {
    let id = diesel::insert_into(remark::table)
        .values((
            remark::municipality_id.eq(actor.tenant()),
            remark::provider_id.eq(new.provider_id),
            remark::quarter.eq(quarter.to_string()),
            remark::indicator.eq(new.indicator),
            remark::kind.eq(new.kind),
            remark::body.eq(&new.body),
            remark::author.eq(&new.author),
            remark::written_at.eq(new.written_at),
            remark::hearing_id.eq(new.hearing_id),
            remark::answers_id.eq(new.answers),
        ))
        .returning(remark::id)
        .get_result(conn)?;
    let object = format!("provider/{}/quarter/{quarter}/indicator/{}", new.provider_id, new.indicator);
    let act = Act { action: "assessment.remark", object: &object, result: new.kind.as_str(), detail: "" };
    audit::record(conn, actor, new.written_at, act)?;
    Ok(id)
}

/// The remarks on a quarter of these providers, oldest first.
pub fn remarks(conn: &mut Conn, actor: &Actor, providers: &[i64], quarter: Quarter) -> QueryResult<Vec<Remark>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    remark::table
        .filter(remark::municipality_id.eq(actor.tenant()).and(remark::quarter.eq(quarter.to_string())))
        .filter(remark::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .order((remark::provider_id, remark::indicator, remark::id))
        .select((
            remark::id,
            remark::provider_id,
            remark::indicator,
            remark::kind,
            remark::body,
            remark::author,
            remark::written_at,
            remark::hearing_id,
            remark::answers_id,
        ))
        .load(conn)
}

/// Something somebody promised to do, with the day before which (openstaande actie).
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OpenAction {
    pub provider_id: i64,
    pub body: String,
    pub owner: String,
    pub due_on: NaiveDate,
}

pub fn open_action(conn: &mut Conn, actor: &Actor, quarter: Quarter, new: &OpenAction) -> QueryResult<()> {
    diesel::insert_into(open_action::table)
        .values((
            open_action::municipality_id.eq(actor.tenant()),
            open_action::provider_id.eq(new.provider_id),
            open_action::quarter.eq(quarter.to_string()),
            open_action::body.eq(&new.body),
            open_action::owner.eq(&new.owner),
            open_action::due_on.eq(new.due_on),
        ))
        .execute(conn)?;
    Ok(())
}

/// What these providers still have open from this quarter or an earlier one, soonest first.
pub fn open_actions(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    quarter: Quarter,
) -> QueryResult<Vec<OpenAction>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    open_action::table
        .filter(open_action::municipality_id.eq(actor.tenant()).and(open_action::done_on.is_null()))
        .filter(open_action::quarter.le(quarter.to_string()))
        .filter(open_action::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .order((open_action::provider_id, open_action::due_on, open_action::id))
        .select((open_action::provider_id, open_action::body, open_action::owner, open_action::due_on))
        .load(conn)
}
