//! Table `procedure_question`: questions and answers (vragen en antwoorden). Who asked is seen by the municipality alone;
//! the answers are published to everybody at once, at one moment: nobody knows earlier than another.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::store::{Fault, find};
use super::{ProcedureRefusal, ProcedureState};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{procedure, procedure_question};

/// A question as the municipality sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Question {
    pub id: i64,
    pub asked_at: NaiveDateTime,
    pub asked_by: String,
    pub question: String,
    pub answer: Option<String>,
    pub answered_at: Option<NaiveDateTime>,
    pub answered_by: Option<String>,
    pub published_at: Option<NaiveDateTime>,
    /// The words as they were asked, once staff wrote them anew.
    pub asked_words: Option<String>,
    /// When it was taken away, by whom and why: from then on nobody outside reads it.
    pub removed_at: Option<NaiveDateTime>,
    pub removed_by: Option<String>,
    pub removed_reason: Option<String>,
}

/// A question with its answer as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Answered {
    pub question: String,
    pub answer: String,
    pub published_at: NaiveDateTime,
}

/// Somebody with an account asks.
pub fn ask(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, procedure_id: i64, words: &str) -> Result<i64, Fault> {
    if words.trim().is_empty() {
        return Err(ProcedureRefusal::ReasonMissing.into());
    }
    let Some(procedure) = find(conn, actor, procedure_id)? else { return Err(ProcedureRefusal::NotFound.into()) };
    let id: i64 = diesel::insert_into(procedure_question::table)
        .values((
            procedure_question::municipality_id.eq(actor.tenant()),
            procedure_question::procedure_id.eq(procedure_id),
            procedure_question::asked_at.eq(now),
            procedure_question::asked_by.eq(actor.name()),
            procedure_question::asked_account.eq(actor.account_id()),
            procedure_question::question.eq(words.trim()),
        ))
        .returning(procedure_question::id)
        .get_result(conn)?;
    let object = format!("procedure/{}/question/{id}", procedure.details.code);
    audit::record(conn, actor, now, Act { action: "procedure.ask", object: &object, result: "done", detail: "" })?;
    Ok(id)
}

/// Writes the answer; nobody outside reads it before it is published, and until then it may be rewritten.
pub fn answer(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, words: &str) -> Result<(), Fault> {
    allowed(actor)?;
    if words.trim().is_empty() {
        return Err(ProcedureRefusal::ReasonMissing.into());
    }
    let mine = procedure_question::id.eq(id).and(procedure_question::municipality_id.eq(actor.tenant()));
    let answered = diesel::update(procedure_question::table)
        .filter(mine.and(procedure_question::published_at.is_null()).and(procedure_question::removed_at.is_null()))
        .set((
            procedure_question::answer.eq(words.trim()),
            procedure_question::answered_at.eq(now),
            procedure_question::answered_by.eq(actor.name()),
        ))
        .execute(conn)?;
    if answered == 0 {
        return Err(ProcedureRefusal::NotFound.into());
    }
    let object = format!("procedure/question/{id}");
    audit::record(conn, actor, now, Act { action: "procedure.answer", object: &object, result: "done", detail: "" })?;
    Ok(())
}

/// Writes the question in other words before everybody reads it: without a name, or more clearly. The first words are kept.
pub fn reword(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, words: &str) -> Result<(), Fault> {
    allowed(actor)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(ProcedureRefusal::ReasonMissing.into());
    }
    let mine = procedure_question::id.eq(id).and(procedure_question::municipality_id.eq(actor.tenant()));
    let known: Option<(String, Option<String>)> = procedure_question::table
        .filter(mine.and(procedure_question::published_at.is_null()).and(procedure_question::removed_at.is_null()))
        .select((procedure_question::question, procedure_question::asked_words))
        .first(conn)
        .optional()?;
    let Some((question, asked_words)) = known else { return Err(ProcedureRefusal::NotFound.into()) };
    if question == words {
        return Ok(());
    }
    let asked_words = asked_words.unwrap_or(question);
    diesel::update(procedure_question::table.find(id))
        .set((procedure_question::question.eq(words), procedure_question::asked_words.eq(asked_words)))
        .execute(conn)?;
    let object = format!("procedure/question/{id}");
    audit::record(conn, actor, now, Act { action: "procedure.reword", object: &object, result: "done", detail: "" })?;
    Ok(())
}

/// Takes a question away with a reason, published or not: a name stands in it, or it is no question about the procedure.
pub fn remove(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, reason: &str) -> Result<(), Fault> {
    allowed(actor)?;
    if reason.trim().is_empty() {
        return Err(ProcedureRefusal::ReasonMissing.into());
    }
    let mine = procedure_question::id.eq(id).and(procedure_question::municipality_id.eq(actor.tenant()));
    let removed = diesel::update(procedure_question::table)
        .filter(mine.and(procedure_question::removed_at.is_null()))
        .set((
            procedure_question::removed_at.eq(now),
            procedure_question::removed_by.eq(actor.name()),
            procedure_question::removed_reason.eq(reason.trim()),
        ))
        .execute(conn)?;
    if removed == 0 {
        return Err(ProcedureRefusal::NotFound.into());
    }
    let object = format!("procedure/question/{id}");
    let act = Act { action: "procedure.remove_question", object: &object, result: "done", detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// Publishes every answer that waits, all at this moment; answers how many.
pub fn publish(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, procedure_id: i64) -> Result<usize, Fault> {
    allowed(actor)?;
    let Some(procedure) = find(conn, actor, procedure_id)? else { return Err(ProcedureRefusal::NotFound.into()) };
    let mine = procedure_question::municipality_id.eq(actor.tenant());
    let published = diesel::update(procedure_question::table)
        .filter(mine.and(procedure_question::procedure_id.eq(procedure_id)))
        .filter(procedure_question::answer.is_not_null().and(procedure_question::published_at.is_null()))
        .filter(procedure_question::removed_at.is_null())
        .set(procedure_question::published_at.eq(now))
        .execute(conn)?;
    let object = format!("procedure/{}/questions", procedure.details.code);
    let detail = published.to_string();
    let act = Act { action: "procedure.publish_answers", object: &object, result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(published)
}

/// Every question, for the municipality alone: without an answer first, then the newest.
pub fn all(conn: &mut Conn, actor: &Actor, procedure_id: i64) -> QueryResult<Vec<Question>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let mut found: Vec<Question> = procedure_question::table
        .filter(procedure_question::municipality_id.eq(actor.tenant()))
        .filter(procedure_question::procedure_id.eq(procedure_id))
        .order(procedure_question::id.desc())
        .select((
            procedure_question::id,
            procedure_question::asked_at,
            procedure_question::asked_by,
            procedure_question::question,
            procedure_question::answer,
            procedure_question::answered_at,
            procedure_question::answered_by,
            procedure_question::published_at,
            procedure_question::asked_words,
            procedure_question::removed_at,
            procedure_question::removed_by,
            procedure_question::removed_reason,
        ))
        .load(conn)?;
    found.sort_by_key(|one| (one.removed_at.is_some(), one.answer.is_some()));
    Ok(found)
}

/// What everybody may read of a published procedure, the newest first.
pub fn published(conn: &mut Conn, procedure_id: i64) -> QueryResult<Vec<Answered>> {
    procedure_question::table
        .inner_join(procedure::table.on(procedure::id.eq(procedure_question::procedure_id)))
        .filter(procedure_question::procedure_id.eq(procedure_id))
        .filter(procedure::state.ne(ProcedureState::Draft))
        .filter(procedure_question::published_at.is_not_null().and(procedure_question::removed_at.is_null()))
        .order((procedure_question::published_at.desc(), procedure_question::id))
        .select((
            procedure_question::question,
            procedure_question::answer.assume_not_null(),
            procedure_question::published_at.assume_not_null(),
        ))
        .load(conn)
}

fn allowed(actor: &Actor) -> Result<(), Fault> {
    match actor.role() {
        Role::ContractManager | Role::System => Ok(()),
        _ => Err(ProcedureRefusal::NotYours.into()),
    }
}
