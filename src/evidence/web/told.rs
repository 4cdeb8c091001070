//! What the script of the form with files is told (antwoord aan het script): of each file whether it was stored, in words.
//! It asks for JSON and sends one file at a time; without script the same form is answered with a page.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use i18n_embed_fl::fl;
use serde::Serialize;

use crate::evidence::check::Refusal;
use crate::evidence::intake::Outcome;
use crate::page::FormErrors;
use crate::text::Lang;

#[derive(Debug, Default, Serialize)]
struct Told {
    files: Vec<ToldFile>,
    errors: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ToldFile {
    name: String,
    stored: bool,
    message: String,
    /// It may be sent again when its owner says that he looked.
    look: bool,
}

/// Whether the script of a page asks.
pub fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// What became of the files.
pub fn outcomes(lang: Lang, outcomes: &[Outcome]) -> HttpResponse {
    let file = |outcome: &Outcome| ToldFile {
        name: outcome.label.clone(),
        stored: outcome.result.is_ok(),
        look: outcome.result == Err(Refusal::BsnInside),
        message: match outcome.result {
            Ok(_) => fl!(lang.texts(), "evidence-stored"),
            Err(refusal) => refusal.message(lang),
        },
    };
    let all_stored = outcomes.iter().all(|outcome| outcome.result.is_ok());
    let status = if all_stored { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    HttpResponse::build(status).json(Told { files: outcomes.iter().map(file).collect(), errors: Vec::new() })
}

/// What is wrong with the rest of the form.
pub fn errors(errors: FormErrors) -> HttpResponse {
    let texts = errors.whole.into_iter().chain(errors.fields.into_iter().map(|(_, text)| text));
    HttpResponse::BadRequest().json(Told { errors: texts.collect(), ..Told::default() })
}
