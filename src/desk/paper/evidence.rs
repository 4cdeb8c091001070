//! Answering: scanned paper as evidence for a criterion, and taking it back before it is handed in.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use validator::Validate;

use super::handlers::{page, refused};
use super::{PaperPage, PapersTyped, path};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::dossier::showing;
use crate::evidence::Dates;
use crate::evidence::intake::{self, Purpose, Sent, Target};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer};
use crate::procedure::criterion::Criterion;
use crate::text::Lang;

/// What was typed beside the files.
#[derive(Debug, Clone, Validate)]
struct PapersForm {
    #[validate(length(min = 1, max = 10))]
    eis: String,
    #[validate(length(max = 120))]
    titel: String,
    #[validate(length(max = 20))]
    documentdatum: String,
    #[validate(length(max = 20))]
    geldig_tot: String,
    #[validate(length(min = 1, max = 80))]
    sleutel: String,
}

impl PapersForm {
    fn of(sent: &Sent) -> PapersForm {
        let field = |name: &str| sent.field(name).to_owned();
        PapersForm {
            eis: field("eis"),
            titel: field("titel"),
            documentdatum: field("documentdatum"),
            geldig_tot: field("geldig_tot"),
            sleutel: field("sleutel"),
        }
    }

    /// The dates on the document, or what is wrong at which field.
    fn read(&self, lang: Lang, asked: &[Criterion]) -> Result<Dates, FormErrors> {
        let t = lang.texts();
        let faults = self.validate().err();
        let wrong = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
        let mut errors = FormErrors::default();
        if !asked.iter().any(|one| one.code == self.eis) {
            errors.fields.push(("eis".to_owned(), fl!(t, "admin-choose")));
        }
        if wrong("titel") || self.titel.chars().any(char::is_control) {
            errors.fields.push(("titel".to_owned(), fl!(t, "admin-text-long", count = 120)));
        }
        let mut day = |field: &str, typed: &str| -> Option<NaiveDate> {
            let read = read_day(typed);
            if read.is_none() && !typed.is_empty() {
                errors.fields.push((field.to_owned(), fl!(t, "admin-day-wrong")));
            }
            read
        };
        let (document, valid_until) = (day("documentdatum", &self.documentdatum), day("geldig_tot", &self.geldig_tot));
        if document.zip(valid_until).is_some_and(|(document, last)| last < document) {
            errors.fields.push(("geldig_tot".to_owned(), fl!(t, "desk-paper-ends-before")));
        }
        match errors.is_empty() {
            true => Ok(Dates { document, valid_from: None, valid_until }),
            false => Err(errors),
        }
    }

    fn typed(self) -> PapersTyped {
        PapersTyped { criterion: self.eis, title: self.titel, dated: self.documentdatum, valid_until: self.geldig_tot }
    }
}

/// POST `/papier/{nr}/bewijs`
pub async fn receive(who: Insider, nr: Path<String>, parts: Multipart) -> HttpResponse {
    who.answer(take_in(&who, &nr, parts).await)
}

async fn take_in(who: &Insider, nr: &str, parts: Multipart) -> Result<HttpResponse, Turn> {
    // Before a byte of a file is read: who may not enter paper sends it in vain.
    let shown = page(who, nr).await?;
    let sent = intake::collect(&who.house, parts, "bestand").await?;
    let form = PapersForm::of(&sent);
    if form.sleutel.is_empty() || form.sleutel.chars().count() > 80 {
        return Err(Turn::BadRequest);
    }
    let read = form.read(who.lang, &shown.asked);
    let mut errors = read.as_ref().err().cloned().unwrap_or_default();
    if sent.files.is_empty() {
        errors.fields.push(("bestand".to_owned(), fl!(who.lang.texts(), "desk-paper-file-missing")));
    }
    let dates = match read {
        Ok(dates) if errors.is_empty() => dates,
        _ => return Ok(refuse(shown, form, errors)),
    };
    let target = Target::New { title: form.titel.clone(), of_many: sent.files.len() > 1 };
    let purpose = Purpose { provider_id: shown.provider.id, target, dates, key: form.sleutel.clone() };
    let outcomes = intake::take(&who.house, &who.actor(), sent.files, purpose).await?;
    let stored: Vec<i64> = outcomes.iter().filter_map(|one| one.result.ok()).collect();
    let (actor, now, today, code) = (who.actor(), who.house.now(), who.house.today(), form.eis.clone());
    let id = shown.application.id;
    house::write(&who.house, move |conn| {
        for version in stored {
            showing::show(conn, &actor, now, today, id, &code, version).map_err(refused)?;
        }
        Ok(())
    })
    .await?;
    let refusals: Vec<String> = outcomes
        .into_iter()
        .filter_map(|one| one.result.err().map(|refusal| format!("{}: {}", one.label, refusal.message(who.lang))))
        .collect();
    if refusals.is_empty() {
        return Ok(see_other(&format!("{}?klaar=bewijs", path(&shown.application))));
    }
    // The page again, now with what was taken of it.
    let errors = FormErrors { fields: vec![("bestand".to_owned(), refusals.join(" "))], whole: Vec::new() };
    Ok(refuse(page(who, nr).await?, form, errors))
}

fn refuse(shown: PaperPage, form: PapersForm, errors: FormErrors) -> HttpResponse {
    answer(StatusCode::UNPROCESSABLE_ENTITY, &PaperPage { papers: form.typed(), errors, ..shown })
}

/// POST `/papier/{nr}/bewijs/{id}/terug`
pub async fn take_back(who: Insider, at: Path<(String, i64)>) -> HttpResponse {
    let (nr, id) = at.into_inner();
    who.answer(carry_out_back(&who, &nr, id).await)
}

async fn carry_out_back(who: &Insider, nr: &str, id: i64) -> Result<HttpResponse, Turn> {
    let shown = page(who, nr).await?;
    if !shown.shown.iter().any(|one| one.id == id) {
        return Err(Turn::NotFound);
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| showing::take_back(conn, &actor, now, id).map_err(refused)).await?;
    Ok(see_other(&format!("{}?klaar=terug", path(&shown.application))))
}
