//! Table `college_decision`: rows are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{Decision, Refusal, Told};
use crate::actor::{Actor, Role};
use crate::agreement::text::store as texts;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::procedure::{admission, criteria};
use crate::schema::college_decision;

/// Why nothing was done: the office says no, or the house is broken.
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

/// The register as it holds: of every line its newest version, the newest decision first. A provider has none here.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Decision>> {
    let mut newest: Vec<Decision> = Vec::new();
    for one in every(conn, actor)? {
        match newest.iter_mut().find(|known| known.entry == one.entry) {
            Some(known) => *known = one,
            None => newest.push(one),
        }
    }
    newest.sort_by_key(|one| std::cmp::Reverse((one.told.decided_on, one.entry)));
    Ok(newest)
}

/// One line in all its versions, the newest first; empty when it is not there.
pub fn versions(conn: &mut Conn, actor: &Actor, entry: i32) -> QueryResult<Vec<Decision>> {
    let mut own: Vec<Decision> = every(conn, actor)?.into_iter().filter(|one| one.entry == entry).collect();
    own.reverse();
    Ok(own)
}

/// Notes a decision, and answers its number in the register.
pub fn note(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate, told: &Told) -> Result<i32, Fault> {
    let known = allowed(conn, actor, today, None, told)?;
    let entry = known.iter().map(|one| one.entry).max().unwrap_or(0) + 1;
    insert(conn, actor, now, (entry, 1), told, "")?;
    Ok(entry)
}

/// Enters a decision anew under its own number, with the reason.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    (entry, seen): (i32, i32),
    told: &Told,
    reason: &str,
) -> Result<(), Fault> {
    let known = allowed(conn, actor, today, Some(entry), told)?;
    let Some(newest) = known.iter().find(|one| one.entry == entry) else { return Err(Refusal::NotFound.into()) };
    if newest.version != seen {
        return Err(Refusal::ChangedMeanwhile(newest.noted_by.clone()).into());
    }
    if newest.told == *told {
        return Err(Refusal::Same.into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    Ok(insert(conn, actor, now, (entry, seen + 1), told, reason.trim())?)
}

/// The register, when this may be noted in it. What it belongs to is looked up as the actor: what is not his is not there.
fn allowed(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    own: Option<i32>,
    told: &Told,
) -> Result<Vec<Decision>, Fault> {
    if !may_note(actor) {
        return Err(Refusal::NotYours.into());
    }
    if let Some(refusal) = told.refusal(today) {
        return Err(refusal.into());
    }
    let known = all(conn, actor)?;
    let same = |one: &&Decision| one.told.number == told.number && Some(one.entry) != own;
    if let Some(other) = known.iter().find(same) {
        return Err(Refusal::NumberTaken(other.entry).into());
    }
    let no_procedure = match told.procedure_id {
        Some(id) => admission::store::find(conn, actor, id)?.is_none(),
        None => false,
    };
    let no_text = match told.text_version_id {
        Some(id) => texts::version(conn, actor, id)?.is_none(),
        None => false,
    };
    let no_criteria = match told.criteria_from {
        Some(day) => !criteria::days(conn, actor)?.contains(&day),
        None => false,
    };
    if no_procedure || no_text || no_criteria {
        return Err(Refusal::Unknown.into());
    }
    Ok(known)
}

/// Only the contract manager keeps the register; the others read it.
pub fn may_note(actor: &Actor) -> bool {
    matches!(actor.role(), Role::ContractManager | Role::System)
}

fn insert(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    (entry, version): (i32, i32),
    told: &Told,
    reason: &str,
) -> QueryResult<()> {
    diesel::insert_into(college_decision::table)
        .values((
            college_decision::municipality_id.eq(actor.tenant()),
            (college_decision::entry.eq(entry), college_decision::version.eq(version)),
            college_decision::number.eq(&told.number),
            college_decision::decided_on.eq(told.decided_on),
            college_decision::subject.eq(&told.subject),
            college_decision::decided.eq(&told.decided),
            college_decision::procedure_id.eq(told.procedure_id),
            college_decision::text_version_id.eq(told.text_version_id),
            college_decision::criteria_from.eq(told.criteria_from),
            college_decision::link.eq(&told.link),
            college_decision::reason.eq(reason),
            (college_decision::noted_at.eq(now), college_decision::noted_by.eq(actor.name())),
            college_decision::account_id.eq(actor.account_id()),
        ))
        .execute(conn)?;
    let object = format!("college_decision/{entry}/version/{version}");
    let action = if version == 1 { "college_decision.note" } else { "college_decision.correct" };
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail: &told.number })
}

/// Every version of every line, the oldest first.
fn every(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Decision>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = college_decision::table
        .filter(college_decision::municipality_id.eq(actor.tenant()))
        .order((college_decision::entry, college_decision::version))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Decision::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = college_decision)]
struct Row {
    entry: i32,
    version: i32,
    number: String,
    decided_on: NaiveDate,
    subject: String,
    decided: String,
    procedure_id: Option<i64>,
    text_version_id: Option<i64>,
    criteria_from: Option<NaiveDate>,
    link: String,
    reason: String,
    noted_at: NaiveDateTime,
    noted_by: String,
}

impl From<Row> for Decision {
    fn from(row: Row) -> Decision {
        Decision {
            entry: row.entry,
            version: row.version,
            told: Told {
                number: row.number,
                decided_on: row.decided_on,
                subject: row.subject,
                decided: row.decided,
                procedure_id: row.procedure_id,
                text_version_id: row.text_version_id,
                criteria_from: row.criteria_from,
                link: row.link,
            },
            reason: row.reason,
            noted_at: row.noted_at,
            noted_by: row.noted_by,
        }
    }
}
