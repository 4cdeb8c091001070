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
use crate::ids::holds_bsn;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::admission::questions::Question;
use crate::procedure::admission::store::{self, Fault};
use crate::procedure::admission::{Procedure, ProcedureRefusal, documents, questions};
use crate::text::Lang;

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
                unanswered: asked.iter().filter(|one| one.answer.is_none() && one.removed_at.is_none()).count(),
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
    one.answer.is_some() && one.published_at.is_none() && one.removed_at.is_none()
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
        "status" => Some(fl!(t, "admin-state-done")),
        "antwoord" => Some(fl!(t, "admin-question-saved")),
        "weggehaald" => Some(fl!(t, "admin-question-gone")),
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

/// A question with its answer as they were typed; the fields carry the number of the question.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct AnswerForm {
    /// The question in other words; none where the form has no field for it.
    #[validate(length(max = 2000))]
    vraag: Option<String>,
    #[validate(length(max = 4000))]
    antwoord: String,
    /// Why it is taken away; none when it is answered.
    #[validate(length(max = 1000))]
    reden: Option<String>,
}

impl AnswerForm {
    fn read(id: i64, pairs: Vec<(String, String)>) -> AnswerForm {
        let find = |wanted: String| {
            let found = pairs.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, typed)| typed.replace("\r\n", "\n"))
        };
        let removes = find("actie".to_owned()).is_some_and(|actie| actie == "weghalen");
        AnswerForm {
            vraag: find(format!("vraag-{id}-woorden")),
            antwoord: find(format!("antwoord-{id}")).unwrap_or_default(),
            reden: removes.then(|| find(format!("reden-{id}")).unwrap_or_default()),
        }
    }

    /// What is wrong, each at its field.
    fn errors(&self, lang: Lang, id: i64) -> Vec<(String, String)> {
        let (t, faults) = (lang.texts(), self.validate().err());
        let long = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
        if let Some(reason) = &self.reden {
            let said = match reason.trim().is_empty() {
                true => Some(fl!(t, "admin-text-empty")),
                false => long("reden").then(|| fl!(t, "admin-text-long", count = 1000)),
            };
            return said.map(|said| (format!("reden-{id}"), said)).into_iter().collect();
        }
        let mut errors = Vec::new();
        let mut say = |field: String, said: String| errors.push((field, said));
        match &self.vraag {
            Some(words) if words.trim().is_empty() => {
                say(format!("vraag-{id}-woorden"), fl!(t, "admin-text-empty"));
            }
            Some(words) if holds_bsn(words) => say(format!("vraag-{id}-woorden"), fl!(t, "admin-question-bsn")),
            _ if long("vraag") => say(format!("vraag-{id}-woorden"), fl!(t, "admin-text-long", count = 2000)),
            _ => {}
        }
        if self.antwoord.trim().is_empty() {
            say(format!("antwoord-{id}"), fl!(t, "admin-text-empty"));
        } else if holds_bsn(&self.antwoord) {
            say(format!("antwoord-{id}"), fl!(t, "admin-question-bsn"));
        } else if long("antwoord") {
            say(format!("antwoord-{id}"), fl!(t, "admin-text-long", count = 4000));
        }
        errors
    }
}

/// POST `/beheer/procedures/{code}/vragen/{vraag}`: the answer is kept, perhaps with other words for the question; nobody
/// outside reads it yet. Or the question is taken away.
pub async fn answer_question(who: Insider, at: Path<(String, i64)>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    let (code, id) = at.into_inner();
    who.answer(keep_answer(&who, &code, id, AnswerForm::read(id, form.into_inner())).await)
}

async fn keep_answer(who: &Insider, code: &str, id: i64, form: AnswerForm) -> Result<HttpResponse, Turn> {
    let mut page = page(who, code).await?;
    if !page.manages {
        return Err(Turn::NotAllowed);
    }
    let Some(row) = page.questions.iter_mut().find(|one| one.id == id) else { return Err(Turn::NotFound) };
    if row.removed.is_some() || (row.published_at.is_some() && form.reden.is_none()) {
        return Err(Turn::Conflict { by: row.answered_by.clone(), back: page.frame.here });
    }
    let errors = form.errors(who.lang, id);
    if !errors.is_empty() {
        match form.reden {
            Some(reason) => row.reason = reason,
            None => {
                row.question = form.vraag.unwrap_or_else(|| row.question.clone());
                row.answer = form.antwoord;
            }
        }
        page.errors.fields = errors;
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (actor, now) = (who.actor(), who.house.now());
    let done = if form.reden.is_some() { "weggehaald" } else { "antwoord" };
    house::write(&who.house, move |conn| {
        if let Some(reason) = &form.reden {
            return questions::remove(conn, &actor, now, id, reason).map_err(refused);
        }
        if let Some(words) = &form.vraag {
            questions::reword(conn, &actor, now, id, words).map_err(refused)?;
        }
        questions::answer(conn, &actor, now, id, &form.antwoord).map_err(refused)
    })
    .await?;
    Ok(see_other(&format!("/beheer/procedures/{code}?klaar={done}")))
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
