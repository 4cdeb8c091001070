//! Answering: files come in for one criterion (bewijs sturen). They become evidence of the provider first, through the same
//! gate as everywhere, and then are shown for the criterion; what the gate refused is told with its reason.

use actix_multipart::Multipart;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use i18n_embed_fl::fl;

use super::criterion_handlers::{Known, known, show};
use super::reach::told;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::dossier::{Refusal, showing};
use crate::evidence::intake::{self, Outcome, Purpose, Target};
use crate::evidence::web::form::Typed;
use crate::evidence::web::{FormPart, told as to_script};
use crate::house::{self, Turn};
use crate::page::FormErrors;

/// POST `/mijn/aanmeldingen/{nr}/eisen/{code}/bestanden`
pub async fn receive(who: Insider, at: Path<(String, String)>, request: HttpRequest, parts: Multipart) -> HttpResponse {
    let (nr, code) = at.into_inner();
    who.answer(take_in(&who, nr, code, &request, parts).await)
}

async fn take_in(
    who: &Insider,
    nr: String,
    code: String,
    request: &HttpRequest,
    parts: Multipart,
) -> Result<HttpResponse, Turn> {
    // Before a byte of a file is read: what is not open now is sent in vain.
    let before = known(who, nr.clone(), code.clone()).await?;
    let back = format!("{}/eisen/{code}", super::path(&before.case.application));
    if !before.takes_files() {
        return Err(Turn::Conflict { by: None, back });
    }
    let sent = intake::collect(&who.house, parts, "bestand").await?;
    let typed = Typed::of(&sent);
    let read = typed.read(who.lang);
    let mut errors = read.as_ref().err().cloned().unwrap_or_default();
    if sent.files.is_empty() {
        errors.fields.insert(0, ("bestand".to_owned(), fl!(who.lang.texts(), "evidence-choose")));
    }
    let dates = match read {
        Ok(dates) if errors.is_empty() => dates,
        _ => return refuse(who, before, request, FormPart { typed, errors, ..FormPart::default() }),
    };
    let target =
        Target::New { title: typed.title.clone(), of_many: sent.files.len() > 1 || sent.field("meer") == "ja" };
    let provider_id = before.case.application.provider_id;
    let purpose = Purpose { provider_id, target, dates, key: typed.key.clone() };
    let outcomes = intake::take(&who.house, &who.actor(), sent.files, purpose).await?;
    let shown = show_stored(who, before.case.application.id, &code, &outcomes, &back).await?;
    let all_stored = outcomes.iter().all(|outcome| outcome.result.is_ok());
    if let Err(refusal) = shown {
        // The files are the provider's own by now and stand among his evidence; only the criterion did not take them.
        let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
        let after = known(who, nr, code).await?;
        return refuse(who, after, request, FormPart { typed, errors, ..FormPart::default() });
    }
    if to_script::wants_json(request) {
        return Ok(to_script::outcomes(who.lang, &outcomes));
    }
    if all_stored {
        return Ok(see_other(&format!("{back}?ontvangen={}", outcomes.len())));
    }
    let after = known(who, nr, code).await?;
    let outcomes = outcomes.into_iter().map(|outcome| (outcome.label, outcome.result.err())).collect();
    show(who, after, None, FormPart { typed, outcomes, ..FormPart::default() })
}

/// What was stored is shown for the criterion; a file that was sent before and is shown already changes nothing.
async fn show_stored(
    who: &Insider,
    application: i64,
    code: &str,
    outcomes: &[Outcome],
    back: &str,
) -> Result<Result<(), Refusal>, Turn> {
    let versions: Vec<i64> = outcomes.iter().filter_map(|outcome| outcome.result.ok()).collect();
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let (code, back) = (code.to_owned(), back.to_owned());
    house::write(&who.house, move |conn| {
        for version in versions {
            if let Err(refusal) = told(showing::show(conn, &actor, now, today, application, &code, version), &back)? {
                return Ok(Err(refusal));
            }
        }
        Ok(Ok(()))
    })
    .await
}

fn refuse(who: &Insider, known: Known, request: &HttpRequest, form: FormPart) -> Result<HttpResponse, Turn> {
    match to_script::wants_json(request) {
        true => Ok(to_script::errors(form.errors)),
        false => show(who, known, None, form),
    }
}
