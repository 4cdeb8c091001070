//! The audit: an append-only line for every act, written in the same transaction as the act, each line chained to the
//! one before it by a hash. It holds the six fields that BIO2 asks: action, object, result, origin, actor and time.

pub mod head;

use chrono::{NaiveDateTime, SubsecRound};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::audit_event;

/// One act, before it is written down.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The verb: `statement.receive`, `assessment.finalise`.
    pub action: &'static str,
    /// What it was done to: `provider/1042/quarter/2026-Q3`. Never a client's name.
    pub object: &'a str,
    /// `done`, or the reason why it was refused.
    pub result: &'a str,
    pub detail: &'a str,
}

/// Writes the line. `now` is UTC.
pub fn record(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, act: Act<'_>) -> QueryResult<()> {
    let previous_hash: Option<String> =
        audit_event::table.order(audit_event::id.desc()).select(audit_event::hash).first(conn).optional()?;
    let mut line = Line {
        municipality_id: actor.municipality_id(),
        at: now.trunc_subsecs(3),
        actor: actor.name().to_owned(),
        role: actor.role().as_str().to_owned(),
        origin: actor.origin().to_owned(),
        action: act.action.to_owned(),
        object: act.object.to_owned(),
        result: act.result.to_owned(),
        detail: act.detail.to_owned(),
        previous_hash: previous_hash.unwrap_or_else(|| BEFORE_THE_FIRST.to_owned()),
        hash: String::new(),
    };
    line.hash = line.computed_hash();
    diesel::insert_into(audit_event::table).values(&line).execute(conn)?;
    Ok(())
}

/// The number of the newest line; 0 before the first. As long as it stays the same, nothing was done.
pub fn newest(conn: &mut Conn) -> QueryResult<i64> {
    let id: Option<i64> =
        audit_event::table.order(audit_event::id.desc()).select(audit_event::id).first(conn).optional()?;
    Ok(id.unwrap_or(0))
}

/// What the lines alone tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Every line follows the one before it. Whether these are all the lines there were, the signed head tells.
    Whole { lines: u64, head: String },
    /// The line with this number does not follow from the one before it, or was changed.
    Broken { id: i64 },
}

/// Computes the whole chain again, line by line.
pub fn verify(conn: &mut Conn) -> QueryResult<Chain> {
    Ok(walk(conn, 0)?.0)
}

/// The same, and the hash of the line with this number, counted from one.
fn walk(conn: &mut Conn, number: u64) -> QueryResult<(Chain, Option<String>)> {
    let mut head = BEFORE_THE_FIRST.to_owned();
    let (mut lines, mut at_number) = (0, None);
    let mut after = 0;
    loop {
        let page: Vec<(i64, Line)> = audit_event::table
            .filter(audit_event::id.gt(after))
            .order(audit_event::id)
            .limit(1000)
            .select((audit_event::id, Line::as_select()))
            .load(conn)?;
        let Some((last, _)) = page.last() else { return Ok((Chain::Whole { lines, head }, at_number)) };
        after = *last;
        for (id, line) in page {
            if line.previous_hash != head || line.hash != line.computed_hash() {
                return Ok((Chain::Broken { id }, None));
            }
            head = line.hash;
            lines += 1;
            if lines == number {
                at_number = Some(head.clone());
            }
        }
    }
}

const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = audit_event)]
struct Line {
    municipality_id: Option<i64>,
    at: NaiveDateTime,
    actor: String,
    role: String,
    origin: String,
    action: String,
    object: String,
    result: String,
    detail: String,
    previous_hash: String,
    hash: String,
}

impl Line {
    /// SHA-256 over every field with its length before it, so that no two lines can read the same.
    fn computed_hash(&self) -> String {
        let municipality = self.municipality_id.map(|id| id.to_string()).unwrap_or_default();
        let at = self.at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let fields = [
            &self.previous_hash,
            &municipality,
            &at,
            &self.actor,
            &self.role,
            &self.origin,
            &self.action,
            &self.object,
            &self.result,
            &self.detail,
        ];
        let mut hasher = Sha256::new();
        for field in fields {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
