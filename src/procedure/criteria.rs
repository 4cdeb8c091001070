//! The criteria as they are kept (eisen met hun versies): each version a definition with its days. A change is a new
//! version; the one before it ends on the day before.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::criterion::Criterion;
use super::store::{DefinitionKind, from_json, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::definition;

/// A version of a criterion with the id under which it is frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionVersion {
    pub id: i64,
    pub criterion: Criterion,
}

/// The criteria that hold on a day, active or not, in the order of their codes.
pub fn in_force(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<CriterionVersion>> {
    of_municipality(conn, actor.tenant(), on)
}

/// The same for the public pages, which have no actor: of the municipality of a published procedure.
pub fn of_municipality(conn: &mut Conn, municipality_id: i64, on: NaiveDate) -> QueryResult<Vec<CriterionVersion>> {
    let rows: Vec<(i64, String)> = definition::table
        .filter(definition::municipality_id.eq(municipality_id).and(definition::kind.eq(DefinitionKind::Criterion)))
        .filter(definition::valid_from.le(on))
        .filter(definition::valid_until.is_null().or(definition::valid_until.ge(on)))
        .order(definition::code)
        .select((definition::id, definition::body))
        .load(conn)?;
    rows.into_iter().map(|(id, body)| Ok(CriterionVersion { id, criterion: from_json(&body)? })).collect()
}

/// Versions by their ids, as they were frozen with an application.
pub fn by_id(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> QueryResult<HashMap<i64, Criterion>> {
    let rows: Vec<(i64, String)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .filter(definition::id.eq_any(ids))
        .select((definition::id, definition::body))
        .load(conn)?;
    rows.into_iter().map(|(id, body)| Ok((id, from_json(&body)?))).collect()
}

/// Every version of one criterion with its days, the newest first.
pub fn versions(
    conn: &mut Conn,
    actor: &Actor,
    code: &str,
) -> QueryResult<Vec<(CriterionVersion, NaiveDate, Option<NaiveDate>)>> {
    let rows: Vec<(i64, String, NaiveDate, Option<NaiveDate>)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .filter(definition::code.eq(code))
        .order(definition::valid_from.desc())
        .select((definition::id, definition::body, definition::valid_from, definition::valid_until))
        .load(conn)?;
    let version = |(id, body, from, until): (i64, String, NaiveDate, Option<NaiveDate>)| {
        Ok((CriterionVersion { id, criterion: from_json(&body)? }, from, until))
    };
    rows.into_iter().map(version).collect()
}

/// The versions that begin after a day, the soonest first.
pub fn coming(conn: &mut Conn, actor: &Actor, after: NaiveDate) -> QueryResult<Vec<CriterionVersion>> {
    let rows: Vec<(i64, String)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .filter(definition::valid_from.gt(after))
        .order((definition::valid_from, definition::code))
        .select((definition::id, definition::body))
        .load(conn)?;
    rows.into_iter().map(|(id, body)| Ok(CriterionVersion { id, criterion: from_json(&body)? })).collect()
}

/// The days from which a version of any criterion holds, the newest first: each is another set of criteria.
pub fn days(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<NaiveDate>> {
    definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .order(definition::valid_from.desc())
        .select(definition::valid_from)
        .distinct()
        .load(conn)
}

/// The code for a criterion that is new: after `M24` comes `M25`. A code is never used again for something else.
pub fn next_code(conn: &mut Conn, actor: &Actor) -> QueryResult<String> {
    let codes: Vec<String> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .select(definition::code)
        .load(conn)?;
    let highest = codes.iter().filter_map(|code| code.strip_prefix('M')?.parse::<u32>().ok()).max().unwrap_or(0);
    Ok(format!("M{:02}", highest + 1))
}

/// Why a new version of a criterion is not published.
#[derive(Debug)]
pub enum NotPublished {
    NotYours,
    /// A version begins on that day or later: the new one has to begin after it.
    BeginsTooEarly(NaiveDate),
    Trouble(QueryError),
}

impl From<QueryError> for NotPublished {
    fn from(cause: QueryError) -> NotPublished {
        NotPublished::Trouble(cause)
    }
}

/// Puts a new version in force from the first day of its validity, and answers its id.
pub fn publish(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, criterion: &Criterion) -> Result<i64, NotPublished> {
    if !matches!(actor.role(), Role::ContractManager | Role::FunctionalAdmin) {
        return Err(NotPublished::NotYours);
    }
    let newest = versions(conn, actor, &criterion.code)?.into_iter().next();
    if let Some((_, from, _)) = newest
        && from >= criterion.valid.from()
    {
        return Err(NotPublished::BeginsTooEarly(from));
    }
    store(conn, actor, DefinitionKind::Criterion, &criterion.code, criterion.valid, criterion)?;
    let id: i64 = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Criterion)))
        .filter(definition::code.eq(&criterion.code).and(definition::valid_from.eq(criterion.valid.from())))
        .select(definition::id)
        .first(conn)?;
    let object = format!("criterion/{}", criterion.code);
    let detail = criterion.valid.from().to_string();
    let act = Act { action: "criterion.publish", object: &object, result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(id)
}
