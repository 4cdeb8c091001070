//! Table `procedure_document`: what is published with a procedure (documenten), each with the days on which it holds.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::ProcedureRefusal;
use super::store::{Fault, find};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::schema::{procedure, procedure_document};

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ProcedureDocument {
    pub id: i64,
    pub procedure_id: i64,
    pub title_nl: String,
    pub title_en: String,
    /// Stored in `Files` before the row is written.
    pub file: Sha256Hex,
    pub file_name: String,
    /// In bytes.
    pub size: i64,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub added_at: NaiveDateTime,
    pub added_by: String,
}

/// A document to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument<'a> {
    pub procedure_id: i64,
    pub title_nl: &'a str,
    pub title_en: &'a str,
    pub file: &'a Sha256Hex,
    pub file_name: &'a str,
    pub size: i64,
    pub valid_from: NaiveDate,
}

pub fn add(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &NewDocument<'_>) -> Result<i64, Fault> {
    allowed(actor)?;
    let Some(procedure) = find(conn, actor, new.procedure_id)? else { return Err(ProcedureRefusal::NotFound.into()) };
    let id: i64 = diesel::insert_into(procedure_document::table)
        .values((
            procedure_document::municipality_id.eq(actor.tenant()),
            procedure_document::procedure_id.eq(new.procedure_id),
            procedure_document::title_nl.eq(new.title_nl),
            procedure_document::title_en.eq(new.title_en),
            procedure_document::file_digest.eq(new.file),
            procedure_document::file_name.eq(new.file_name),
            procedure_document::size.eq(new.size),
            procedure_document::valid_from.eq(new.valid_from),
            procedure_document::added_at.eq(now),
            procedure_document::added_by.eq(actor.name()),
        ))
        .returning(procedure_document::id)
        .get_result(conn)?;
    let object = format!("procedure/{}/document/{id}", procedure.details.code);
    let act = Act { action: "procedure.document", object: &object, result: "added", detail: new.file.as_str() };
    audit::record(conn, actor, now, act)?;
    Ok(id)
}

/// From the day after `last` it no longer holds; it stays in the list of what held before.
pub fn end(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, last: NaiveDate) -> Result<(), Fault> {
    allowed(actor)?;
    let mine = procedure_document::id.eq(id).and(procedure_document::municipality_id.eq(actor.tenant()));
    let ended = diesel::update(procedure_document::table)
        .filter(mine.and(procedure_document::valid_until.is_null()).and(procedure_document::valid_from.le(last)))
        .set(procedure_document::valid_until.eq(last))
        .execute(conn)?;
    if ended == 0 {
        return Err(ProcedureRefusal::NotFound.into());
    }
    let object = format!("procedure/document/{id}");
    let act = Act { action: "procedure.document", object: &object, result: "ended", detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// The documents of a published procedure that hold on a day, for everybody.
pub fn in_force(conn: &mut Conn, procedure_id: i64, on: NaiveDate) -> QueryResult<Vec<ProcedureDocument>> {
    procedure_document::table
        .inner_join(procedure::table.on(procedure::id.eq(procedure_document::procedure_id)))
        .filter(procedure_document::procedure_id.eq(procedure_id))
        .filter(procedure::state.ne(super::ProcedureState::Draft))
        .filter(procedure_document::valid_from.le(on))
        .filter(procedure_document::valid_until.is_null().or(procedure_document::valid_until.ge(on)))
        .order((procedure_document::valid_from, procedure_document::id))
        .select(COLUMNS)
        .load(conn)
}

/// All documents of one's own procedure, also of a draft and what no longer holds.
pub fn all(conn: &mut Conn, actor: &Actor, procedure_id: i64) -> QueryResult<Vec<ProcedureDocument>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    procedure_document::table
        .filter(procedure_document::municipality_id.eq(actor.tenant()))
        .filter(procedure_document::procedure_id.eq(procedure_id))
        .order((procedure_document::valid_from, procedure_document::id))
        .select(COLUMNS)
        .load(conn)
}

fn allowed(actor: &Actor) -> Result<(), Fault> {
    match actor.role() {
        Role::ContractManager | Role::System => Ok(()),
        _ => Err(ProcedureRefusal::NotYours.into()),
    }
}

type Columns = (
    procedure_document::id,
    procedure_document::procedure_id,
    procedure_document::title_nl,
    procedure_document::title_en,
    procedure_document::file_digest,
    procedure_document::file_name,
    procedure_document::size,
    procedure_document::valid_from,
    procedure_document::valid_until,
    procedure_document::added_at,
    procedure_document::added_by,
);

const COLUMNS: Columns = (
    procedure_document::id,
    procedure_document::procedure_id,
    procedure_document::title_nl,
    procedure_document::title_en,
    procedure_document::file_digest,
    procedure_document::file_name,
    procedure_document::size,
    procedure_document::valid_from,
    procedure_document::valid_until,
    procedure_document::added_at,
    procedure_document::added_by,
);
