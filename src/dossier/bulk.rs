//! One verdict on one criterion of many applications (in één keer beoordelen): never a refusal, and all of it or nothing.

use chrono::{NaiveDate, NaiveDateTime};

use super::review::{CriterionRow, NewVerdict, definition, find, looked_at, may_judge_now, write};
use super::showing::of_applications;
use super::store::{Fault, all};
use super::{ApplicationNumber, CriterionResult, Refusal, ends, eyes};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;

/// A criterion of one application that was ticked, with the version that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticked {
    pub criterion_id: i64,
    pub seen: i32,
    /// The last day on which `met` holds: each has evidence of its own.
    pub holds_until: Option<NaiveDate>,
}

/// Gives every ticked criterion the same verdict, each with a record of its own; answers how many. When one of them was
/// changed meanwhile nothing is written, and the refusal names the applications.
pub fn judge(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    ticked: &[Ticked],
    result: CriterionResult,
    reason: &str,
) -> Result<usize, Fault> {
    if result == CriterionResult::NotMet {
        return Err(Refusal::NeverInBulk.into());
    }
    if ticked.is_empty() {
        return Err(Refusal::NothingAsked.into());
    }
    let today = wall_clock(now).date();
    let applications = all(conn, actor, &[])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let shown = of_applications(conn, actor, &ids)?;
    let mut rows = Vec::with_capacity(ticked.len());
    let mut changed: Vec<ApplicationNumber> = Vec::new();
    let mut code: Option<String> = None;
    for one in ticked {
        let Some(row) = find(conn, actor, one.criterion_id)? else { return Err(Refusal::NotFound.into()) };
        if code.get_or_insert_with(|| row.code.clone()) != &row.code {
            return Err(Refusal::NotFound.into());
        }
        let Some(found) = applications.iter().find(|application| application.id == row.application_id) else {
            return Err(Refusal::NotFound.into());
        };
        if row.version != one.seen {
            changed.push(found.number);
            continue;
        }
        eyes::without_interest(conn, actor, today, row.provider_id)?;
        let definition = definition(conn, actor, &row)?;
        let new = NewVerdict { result, reason, holds_until: one.holds_until };
        let next = may_judge_now(actor, found, &row, &definition, &new)?;
        let evidence = ends::of_evidence(&definition, looked_at(&row, &shown), today);
        let new = NewVerdict { holds_until: ends::settle(&new, evidence, today)?, ..new };
        if !rows.iter().any(|(known, ..): &(CriterionRow, _, _, _)| known.id == row.id) {
            rows.push((row, found, next, new));
        }
    }
    if !changed.is_empty() {
        return Err(Refusal::SomeChanged(changed).into());
    }
    for (row, found, next, new) in &rows {
        write(conn, actor, now, found, row, *next, new, &shown)?;
    }
    let object = format!("criterion/{}", code.unwrap_or_default());
    let detail = rows.len().to_string();
    let act = Act { action: "criterion.judge_many", object: &object, result: result.as_str(), detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(rows.len())
}
