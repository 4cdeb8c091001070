//! Answering: a document of a procedure that is added, ended or given out.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Form, Path};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use validator::Validate;

use super::procedure_handlers::{find, page, refused};
use super::procedures::DocumentTyped;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::evidence::VersionState;
use crate::evidence::intake::{self, Sent};
use crate::evidence::store::NewVersion;
use crate::evidence::web::serve;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer};
use crate::procedure::admission::documents::{self, NewDocument};
use crate::text::Lang;

/// What was typed beside the file.
#[derive(Debug, Clone, Validate)]
struct DocumentForm {
    #[validate(length(min = 1, max = 120))]
    titel_nl: String,
    #[validate(length(min = 1, max = 120))]
    titel_en: String,
    #[validate(length(max = 20))]
    vanaf: String,
}

impl DocumentForm {
    fn of(sent: &Sent) -> DocumentForm {
        let field = |name: &str| sent.field(name).to_owned();
        DocumentForm { titel_nl: field("titel_nl"), titel_en: field("titel_en"), vanaf: field("vanaf") }
    }

    /// The first day, or what is wrong at which field. A document never holds on a day that is over.
    fn read(&self, lang: Lang, today: NaiveDate) -> Result<NaiveDate, FormErrors> {
        let t = lang.texts();
        let faults = self.validate().err();
        let wrong = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
        let mut errors = FormErrors::default();
        for (field, typed) in [("titel_nl", &self.titel_nl), ("titel_en", &self.titel_en)] {
            if typed.is_empty() {
                errors.fields.push((field.to_owned(), fl!(t, "admin-document-title-missing")));
            } else if wrong(field) {
                errors.fields.push((field.to_owned(), fl!(t, "admin-text-long", count = 120)));
            }
        }
        let first_day = read_day(&self.vanaf).filter(|day| *day >= today);
        if first_day.is_none() {
            errors.fields.push(("vanaf".to_owned(), fl!(t, "admin-document-first-day-wrong")));
        }
        first_day.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// POST `/beheer/procedures/{code}/documenten`
pub async fn add(who: Insider, code: Path<String>, parts: Multipart) -> HttpResponse {
    who.answer(take_in(&who, &code, parts).await)
}

async fn take_in(who: &Insider, code: &str, parts: Multipart) -> Result<HttpResponse, Turn> {
    // Before a byte of the file is read: who may not publish here sends it in vain.
    let mut shown = page(who, code).await?;
    if !shown.manages {
        return Err(Turn::NotAllowed);
    }
    let t = who.lang.texts();
    let mut sent = intake::collect(&who.house, parts, "bestand").await?;
    let form = DocumentForm::of(&sent);
    let read = form.read(who.lang, who.house.today());
    let mut errors = read.as_ref().err().cloned().unwrap_or_default();
    let file = sent.files.pop().filter(|_| sent.files.is_empty());
    if file.is_none() {
        errors.fields.insert(0, ("bestand".to_owned(), fl!(t, "admin-document-file-missing")));
    }
    let mut kept: Option<NewVersion> = None;
    if let Some(file) = file.filter(|_| errors.is_empty()) {
        match intake::take_loose(&who.house, file).await? {
            Ok(version) if version.state == VersionState::WaitsForScan => {
                errors.fields.push(("bestand".to_owned(), fl!(t, "admin-document-not-scanned")));
            }
            Ok(version) => kept = Some(version),
            Err(refusal) => errors.fields.push(("bestand".to_owned(), refusal.message(who.lang))),
        }
    }
    let (Ok(first_day), Some(kept)) = (read, kept) else {
        shown.typed =
            DocumentTyped { title_nl: form.titel_nl, title_en: form.titel_en, first_day: form.vanaf, last_day: None };
        shown.errors = errors;
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &shown));
    };
    let (actor, now, procedure_id) = (who.actor(), who.house.now(), shown.procedure.id);
    house::write(&who.house, move |conn| {
        let new = NewDocument {
            procedure_id,
            title_nl: &form.titel_nl,
            title_en: &form.titel_en,
            file: &kept.file,
            file_name: &kept.label,
            size: kept.size,
            valid_from: first_day,
        };
        // A second press of the button finds the same file under the same title.
        let all = documents::all(conn, &actor, procedure_id)?;
        if all.iter().any(|one| one.file == kept.file && one.title_nl == form.titel_nl && one.valid_from == first_day) {
            return Ok(());
        }
        documents::add(conn, &actor, now, &new).map(drop).map_err(refused)
    })
    .await?;
    Ok(see_other(&format!("/beheer/procedures/{code}?klaar=document")))
}

/// POST `/beheer/procedures/{code}/documenten/{id}/einde`
pub async fn end(who: Insider, at: Path<(String, i64)>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    let (code, id) = at.into_inner();
    let typed = form.into_inner().into_iter().find(|(name, _)| *name == format!("laatste-{id}"));
    who.answer(take_out(&who, &code, id, typed.map_or(String::new(), |(_, typed)| typed)).await)
}

async fn take_out(who: &Insider, code: &str, id: i64, typed: String) -> Result<HttpResponse, Turn> {
    let mut shown = page(who, code).await?;
    if !shown.manages {
        return Err(Turn::NotAllowed);
    }
    let Some(document) = shown.documents.iter().find(|one| one.id == id && one.valid_until.is_none()) else {
        return Err(Turn::NotFound);
    };
    // The day before yesterday it held, and everybody could read that: what was is not rewritten.
    let earliest = document.valid_from.max(who.house.today());
    let Some(last) = read_day(&typed).filter(|day| *day >= earliest) else {
        let told = fl!(who.lang.texts(), "admin-document-last-day-wrong", day = who.lang.day(earliest));
        shown.errors.fields.push((format!("laatste-{id}"), told));
        shown.typed.last_day = Some((id, typed));
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &shown));
    };
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| documents::end(conn, &actor, now, id, last).map_err(refused)).await?;
    Ok(see_other(&format!("/beheer/procedures/{code}?klaar=einde")))
}

/// GET `/beheer/procedures/{code}/documenten/{id}`: the file, to be saved.
pub async fn give(who: Insider, at: Path<(String, i64)>) -> HttpResponse {
    let (code, id) = at.into_inner();
    who.answer(give_out(&who, code, id).await)
}

async fn give_out(who: &Insider, code: String, id: i64) -> Result<HttpResponse, Turn> {
    super::handlers::frame(who)?;
    let actor = who.actor();
    let found = house::read(&who.house, move |conn| {
        let procedure = find(conn, &actor, &code)?;
        let all = documents::all(conn, &actor, procedure.id)?;
        all.into_iter().find(|one| one.id == id).ok_or(Turn::NotFound)
    })
    .await?;
    let (house, file) = (who.house.clone(), found.file.clone());
    let bytes = web::block(move || house.files.get(&file)).await??;
    Ok(serve::to_save(&found.file_name, "application/octet-stream", bytes))
}
