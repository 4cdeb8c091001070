//! Answering: the procedures, one with its documents and questions, and publishing answers to everybody at once.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::frame;
use super::procedures::{AnswersCheckPage, DocumentTyped, ProcedurePage, ProcedureRow, ProceduresPage, QuestionRow};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::admission::questions::Question;
use crate::procedure::admission::store::{self, Fault};
use crate::procedure::admission::{Procedure, ProcedureRefusal, documents, questions};

/// GET `/beheer/procedures`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who).await)
}

async fn show_list(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let rows = house::read(&who.house, move |conn| {
        let mut rows = Vec::new();
        for one in store::all(conn, &actor)? {
            let asked = questions::all(conn, &actor, one.id)?;
            let holds = documents::all(conn, &actor, one.id)?;
            let holds =
                holds.iter().filter(|one| one.valid_from <= today && one.valid_until.is_none_or(|last| today <= last));
            rows.push(ProcedureRow {
                name: one.details.name.in_lang(lang).to_owned(),
                state: one.state,
                entry: one.details.entry.in_words(lang),
                documents: holds.count(),
                unanswered: asked.iter().filter(|one| one.answer.is_none()).count(),
                unpublished: asked.iter().filter(|one| waits(one)).count(),
                code: one.details.code,
            });
        }
        Ok(rows)
    })
    .await?;
    Ok(answer(StatusCode::OK, &ProceduresPage { frame, manages: may_publish(&who.actor()), rows }))
}

/// An answer that nobody outside reads yet.
fn waits(one: &Question) -> bool {
    one.answer.is_some() && one.published_at.is_none()
}

/// What was just done.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    klaar: String,
}

/// GET `/beheer/procedures/{code}`
pub async fn procedure(who: Insider, code: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, &code, &query.klaar).await)
}

async fn show(who: &Insider, code: &str, done: &str) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    let done = match done {
        "gemaakt" => Some(fl!(t, "admin-procedure-made")),
        "veranderd" => Some(fl!(t, "admin-procedure-changed")),
        "antwoord" => Some(fl!(t, "admin-question-saved")),
        "gepubliceerd" => Some(fl!(t, "admin-answers-published")),
        "document" => Some(fl!(t, "admin-document-published")),
        "einde" => Some(fl!(t, "admin-document-ended")),
        _ => None,
    };
    Ok(answer(StatusCode::OK, &ProcedurePage { done, ..page(who, code).await? }))
}

/// The page as it stands, nothing typed and nothing wrong.
pub(super) async fn page(who: &Insider, code: &str) -> Result<ProcedurePage, Turn> {
    let frame = below(who, code)?;
    let (actor, written, today) = (who.actor(), code.to_owned(), who.house.today());
    let (procedure, asked, documents) = house::read(&who.house, move |conn| {
        let procedure = find(conn, &actor, &written)?;
        let asked = questions::all(conn, &actor, procedure.id)?;
        let documents = documents::all(conn, &actor, procedure.id)?;
        Ok((procedure, asked, documents))
    })
    .await?;
    let typed = DocumentTyped { first_day: today.to_string(), ..DocumentTyped::default() };
    Ok(ProcedurePage {
        frame,
        manages: may_publish(&who.actor()),
        procedure,
        today,
        questions: asked.into_iter().map(QuestionRow::of).collect(),
        documents,
        typed,
        errors: FormErrors::default(),
        done: None,
    })
}

fn below(who: &Insider, code: &str) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-tab-procedures"), "/beheer/procedures");
    Ok(Frame { here: format!("/beheer/procedures/{code}"), ..frame })
}

/// The procedure with this code, of the actor's own municipality.
pub(super) fn find(conn: &mut Conn, actor: &Actor, code: &str) -> Result<Procedure, Turn> {
    let found = store::all(conn, actor)?.into_iter().find(|one| one.details.code == code);
    found.ok_or(Turn::NotFound)
}

/// Answers and documents are the contract manager's; the administrator looks.
pub(super) fn may_publish(actor: &Actor) -> bool {
    actor.role() == Role::ContractManager
}

/// What the pages do not show a button for, and what is gone meanwhile.
pub(super) fn refused(fault: Fault) -> Turn {
    match fault {
        Fault::Refused(ProcedureRefusal::NotYours) => Turn::NotAllowed,
        Fault::Refused(_) => Turn::NotFound,
        Fault::Trouble(cause) => cause.into(),
    }
}

/// An answer as it was typed; the field carries the number of its question.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct AnswerForm {
    #[validate(length(max = 4000))]
    antwoord: String,
}

/// POST `/beheer/procedures/{code}/vragen/{vraag}`: the answer is kept; nobody outside reads it yet.
pub async fn answer_question(who: Insider, at: Path<(String, i64)>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    let (code, id) = at.into_inner();
    let typed = form.into_inner().into_iter().find(|(name, _)| *name == format!("antwoord-{id}"));
    let form = AnswerForm { antwoord: typed.map_or(String::new(), |(_, typed)| typed.replace("\r\n", "\n")) };
    who.answer(keep_answer(&who, &code, id, form).await)
}

async fn keep_answer(who: &Insider, code: &str, id: i64, form: AnswerForm) -> Result<HttpResponse, Turn> {
    let mut page = page(who, code).await?;
    if !page.manages {
        return Err(Turn::NotAllowed);
    }
    let Some(row) = page.questions.iter_mut().find(|one| one.id == id) else { return Err(Turn::NotFound) };
    if row.published_at.is_some() {
        return Err(Turn::Conflict { by: row.answered_by.clone(), back: page.frame.here });
    }
    let t = who.lang.texts();
    let told = match () {
        () if form.antwoord.trim().is_empty() => Some(fl!(t, "admin-text-empty")),
        () if form.validate().is_err() => Some(fl!(t, "admin-text-long", count = 4000)),
        () => None,
    };
    if let Some(told) = told {
        row.answer = form.antwoord;
        page.errors.fields.push((format!("antwoord-{id}"), told));
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| questions::answer(conn, &actor, now, id, &form.antwoord).map_err(refused))
        .await?;
    Ok(see_other(&format!("/beheer/procedures/{code}?klaar=antwoord")))
}

/// GET `/beheer/procedures/{code}/vragen/publiceren`
pub async fn check_answers(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show_waiting(&who, &code, FormErrors::default()).await)
}

async fn show_waiting(who: &Insider, code: &str, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let frame = below(who, code)?;
    if !may_publish(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    let frame = frame.crumb(code, format!("/beheer/procedures/{code}"));
    let frame = Frame { here: format!("/beheer/procedures/{code}/vragen/publiceren"), ..frame };
    let (actor, written) = (who.actor(), code.to_owned());
    let waiting = house::read(&who.house, move |conn| {
        let procedure = find(conn, &actor, &written)?;
        Ok(waiting(questions::all(conn, &actor, procedure.id)?))
    })
    .await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let seen = mark(&waiting);
    let waiting = waiting.into_iter().map(QuestionRow::of).collect();
    Ok(answer(status, &AnswersCheckPage { frame, code: code.to_owned(), waiting, seen, errors }))
}

fn waiting(all: Vec<Question>) -> Vec<Question> {
    let mut waiting: Vec<Question> = all.into_iter().filter(waits).collect();
    waiting.sort_by_key(|one| one.id);
    waiting
}

/// The answers as they were looked at: an answer that is rewritten, or one that comes to it, gives another mark.
fn mark(waiting: &[Question]) -> String {
    let one = |one: &Question| {
        let at = one.answered_at.map_or(0, |at| at.and_utc().timestamp_micros());
        format!("{}-{at}", one.id)
    };
    waiting.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[derive(Debug, Deserialize, Validate)]
pub struct SeenForm {
    #[validate(length(max = 20_000))]
    gezien: String,
}

/// POST `/beheer/procedures/{code}/vragen/publiceren`: everything that was looked at, at this one moment.
pub async fn publish_answers(who: Insider, code: Path<String>, form: Form<SeenForm>) -> HttpResponse {
    who.answer(publish(&who, &code, form.into_inner()).await)
}

async fn publish(who: &Insider, code: &str, form: SeenForm) -> Result<HttpResponse, Turn> {
    below(who, code)?;
    if !may_publish(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, written) = (who.actor(), who.house.now(), code.to_owned());
    let published = house::write(&who.house, move |conn| {
        let procedure = find(conn, &actor, &written)?;
        if mark(&waiting(questions::all(conn, &actor, procedure.id)?)) != form.gezien {
            return Ok(false);
        }
        questions::publish(conn, &actor, now, procedure.id).map_err(refused)?;
        Ok(true)
    })
    .await?;
    if published {
        return Ok(see_other(&format!("/beheer/procedures/{code}?klaar=gepubliceerd")));
    }
    let whole = vec![fl!(who.lang.texts(), "admin-answers-changed")];
    show_waiting(who, code, FormErrors { whole, ..FormErrors::default() }).await
}
