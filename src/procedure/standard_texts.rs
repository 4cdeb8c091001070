//! Standard texts (standaardteksten): what an assessor can put into the reason of a verdict instead of typing it again. Per
//! criterion and for all of them together, as versions with their first day; each municipality has its own.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use serde::{Deserialize, Serialize};

use super::Validity;
use super::defaults::defaults;
use super::store::{DefinitionKind, from_json, in_force, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::definition;

/// The texts of one criterion, or of [`ALL`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardTexts {
    pub code: String,
    pub valid: Validity,
    /// In Dutch alone: the reason stands in a letter, whose Dutch counts.
    pub texts: Vec<String>,
}

/// In the place of a code: the texts that are offered at every criterion.
pub const ALL: &str = "alle";

/// So many may stand in one list, and so long may one be.
pub const MOST: usize = 12;
pub const LONGEST: usize = 500;

/// What is offered at one criterion on a day: its own texts first.
pub fn for_criterion(conn: &mut Conn, actor: &Actor, on: NaiveDate, code: &str) -> QueryResult<Vec<String>> {
    let mut all = known(conn, actor, on)?;
    all.retain(|one| one.code == code || one.code == ALL);
    all.sort_by_key(|one| one.code == ALL);
    Ok(all.into_iter().flat_map(|one| one.texts).collect())
}

/// Those of one code on a day, as they are edited.
pub fn of_code(conn: &mut Conn, actor: &Actor, on: NaiveDate, code: &str) -> QueryResult<Vec<String>> {
    let all = known(conn, actor, on)?;
    Ok(all.into_iter().find(|one| one.code == code).map(|one| one.texts).unwrap_or_default())
}

/// A municipality that was set up before there were any has those of a new installation, until it writes its own.
fn known(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<StandardTexts>> {
    let rows = in_force(conn, actor, DefinitionKind::StandardTexts, on)?;
    let mut all: Vec<StandardTexts> = rows.iter().map(|row| from_json(&row.body)).collect::<QueryResult<_>>()?;
    for shipped in &defaults().standard_texts {
        if !all.iter().any(|one| one.code == shipped.code) {
            all.push(shipped.clone());
        }
    }
    Ok(all)
}

/// Every version of one code: its first day and the number of its texts, the newest first.
pub fn versions(conn: &mut Conn, actor: &Actor, code: &str) -> QueryResult<Vec<(NaiveDate, StandardTexts)>> {
    let rows: Vec<(NaiveDate, String)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::StandardTexts)))
        .filter(definition::code.eq(code))
        .order(definition::valid_from.desc())
        .select((definition::valid_from, definition::body))
        .load(conn)?;
    rows.into_iter().map(|(from, body)| Ok((from, from_json(&body)?))).collect()
}

/// Why texts are not saved.
#[derive(Debug)]
pub enum NotSaved {
    NotYours,
    /// A version begins later: the new one has to begin on that day or after it.
    BeginsTooEarly(NaiveDate),
    Trouble(QueryError),
}

impl From<QueryError> for NotSaved {
    fn from(cause: QueryError) -> NotSaved {
        NotSaved::Trouble(cause)
    }
}

/// Puts texts in force from a day on. A version that begins on that very day is written anew: no verdict hangs on it.
pub fn save(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &StandardTexts) -> Result<(), NotSaved> {
    if !matches!(actor.role(), Role::ContractManager | Role::FunctionalAdmin) {
        return Err(NotSaved::NotYours);
    }
    let from = new.valid.from();
    match versions(conn, actor, &new.code)?.first().map(|(newest, _)| *newest) {
        Some(newest) if newest > from => return Err(NotSaved::BeginsTooEarly(newest)),
        Some(newest) if newest == from => {
            let body = serde_json::to_string(new).map_err(|fault| QueryError::SerializationError(fault.into()))?;
            let of = definition::municipality_id.eq(actor.tenant()).and(definition::code.eq(&new.code));
            diesel::update(definition::table)
                .filter(of.and(definition::kind.eq(DefinitionKind::StandardTexts)))
                .filter(definition::valid_from.eq(from))
                .set(definition::body.eq(body))
                .execute(conn)?;
        }
        _ => store(conn, actor, DefinitionKind::StandardTexts, &new.code, new.valid, new)?,
    }
    let object = format!("standard-texts/{}", new.code);
    let detail = format!("{} texts from {from}", new.texts.len());
    audit::record(
        conn,
        actor,
        now,
        Act { action: "standard_texts.save", object: &object, result: "done", detail: &detail },
    )?;
    Ok(())
}
