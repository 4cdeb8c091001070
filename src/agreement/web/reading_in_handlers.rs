//! Answering: a Word document that is read in, first to look at and then for good; and the text as a Word document.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data, Form};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::draft_handlers::{Draft, writing_table};
use super::reading::Door;
use super::reading_handlers::VersionPath;
use super::reading_in::{FoundIn, ReadInPage};
use super::{Printable, errors_of, frame_within, or_refusal, version_at};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::agreement::docx::{self, Found, Refusal};
use crate::agreement::text::{markdown, store, writing};
use crate::evidence::VersionState;
use crate::evidence::check::Refusal as FileRefusal;
use crate::evidence::intake::collect;
use crate::evidence::scan;
use crate::house::waiting::{Holder, Waiting};
use crate::house::{self, Turn};
use crate::ids::Sha256Hex;
use crate::page::{FormErrors, Frame, answer};
use crate::text::Lang;

/// Yes to what was found in a document.
#[derive(Debug, Deserialize, Validate)]
pub struct YesForm {
    versie: i32,
    #[validate(length(equal = 64))]
    bestand: String,
}

fn draw(
    who: &Insider,
    draft: Draft,
    found: Option<FoundIn>,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let path = Door::Office.version(&draft.text.code, draft.version.number);
    let frame = frame_within(who, &draft.text, &draft.version)?;
    let frame = frame.crumb(fl!(who.lang.texts(), "agreement-page-act-write"), format!("{path}/schrijven"));
    let frame = Frame { here: format!("{path}/inlezen"), ..frame };
    let Draft { text, version, articles, .. } = draft;
    Ok(answer(status, &ReadInPage { frame, text, version, standing: articles.len(), found, errors }))
}

/// GET `/overeenkomsten/{code}/versies/{n}/inlezen`
pub async fn form(who: Insider, path: VersionPath) -> HttpResponse {
    who.answer(show(&who, path.into_inner()).await)
}

async fn show(who: &Insider, path: (String, i32)) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    draw(who, draft, None, FormErrors::default(), StatusCode::OK)
}

/// POST `/overeenkomsten/{code}/versies/{n}/inlezen`: what is in the document; nothing is stored.
pub async fn look(who: Insider, path: VersionPath, printable: Data<Printable>, parts: Multipart) -> HttpResponse {
    who.answer(look_in(&who, path.into_inner(), &printable, parts).await)
}

async fn look_in(
    who: &Insider,
    path: (String, i32),
    printable: &Printable,
    parts: Multipart,
) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    let Some(account) = who.actor().account_id() else { return Err(Turn::NotAllowed) };
    let refused = |draft: Draft, said: String| {
        let errors = FormErrors { fields: vec![("bestand".to_owned(), said)], whole: Vec::new() };
        draw(who, draft, None, errors, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let t = who.lang.texts();
    let Some(file) = collect(&who.house, parts, "bestand").await?.files.into_iter().next() else {
        return refused(draft, fl!(t, "agreement-page-read-in-none"));
    };
    let quarantine = match file.content {
        Ok(quarantine) => quarantine,
        Err(FileRefusal::TooLarge) => return refused(draft, Refusal::TooLarge.in_words(who.lang)),
        Err(_) => return refused(draft, Refusal::Damaged.in_words(who.lang)),
    };
    let house = who.house.clone();
    let (bytes, state, found) = web::block(move || {
        use std::io::Read;
        let mut bytes = Vec::new();
        quarantine.reader()?.read_to_end(&mut bytes)?;
        let state = scan::look(&house.uploads.scan, &bytes, scan::AT_THE_SCREEN);
        let found = docx::read(&bytes);
        Ok::<_, anyhow::Error>((bytes, state, found))
    })
    .await??;
    match state {
        VersionState::Infected => return refused(draft, fl!(t, "agreement-page-read-in-virus")),
        VersionState::WaitsForScan => return refused(draft, fl!(t, "agreement-page-read-in-unscanned")),
        _ => {}
    }
    let found = match found {
        Ok(found) => found,
        Err(refusal) => return refused(draft, refusal.in_words(who.lang)),
    };
    let digest = Sha256Hex::of(&bytes);
    let (holder, since) = (Holder::Account(account), who.house.now());
    let (name, faults) = (file.label, faults(who.lang, printable, &found));
    who.house.waiting.admit(Waiting { holder, digest: digest.clone(), name: name.clone(), bytes, since });
    let found = FoundIn { name, digest: digest.as_str().to_owned(), found, faults };
    draw(who, draft, Some(found), FormErrors::default(), StatusCode::OK)
}

/// What is wrong with the articles that were found. They can be read in all the same, and mended then.
fn faults(lang: Lang, printable: &Printable, found: &Found) -> Vec<String> {
    let t = lang.texts();
    let mut told = Vec::new();
    for one in &found.articles {
        if let Some(odd) = (printable.0)(&one.heading).or((printable.0)(&one.body)) {
            let number = one.number.as_str();
            told.push(fl!(t, "agreement-page-read-in-odd", number = number, sign = odd.to_string()));
        }
        if !markdown::faults(&one.body).is_empty() {
            told.push(fl!(t, "agreement-page-article-faulty", number = one.number.as_str()));
        }
    }
    told
}

/// POST `/overeenkomsten/{code}/versies/{n}/inlezen/overnemen`
pub async fn take(who: Insider, path: VersionPath, form: Form<YesForm>) -> HttpResponse {
    who.answer(take_over(&who, path.into_inner(), &form).await)
}

async fn take_over(who: &Insider, path: (String, i32), form: &YesForm) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    let digest: Sha256Hex = form.bestand.parse().map_err(|_| Turn::BadRequest)?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let account = who.actor().account_id().ok_or(Turn::NotAllowed)?;
    let waiting = who.house.waiting.find(Holder::Account(account), &digest, who.house.now());
    let Some(file) = waiting else {
        let said = fl!(who.lang.texts(), "agreement-page-read-in-gone");
        let errors = FormErrors { fields: vec![("bestand".to_owned(), said)], whole: Vec::new() };
        return draw(who, draft, None, errors, StatusCode::CONFLICT);
    };
    let found = web::block(move || docx::read(&file.bytes)).await?;
    let Ok(found) = found else { return Err(Turn::BadRequest) };
    let (actor, now, id, seen) = (who.actor(), who.house.now(), draft.version.id, form.versie);
    let done = house::write(&who.house, move |conn| {
        or_refusal(writing::read_in(conn, &actor, now, id, seen, &found.articles))
    });
    match done.await? {
        Ok(()) => {
            let path = Door::Office.version(&draft.text.code, draft.version.number);
            Ok(see_other(&format!("{path}/schrijven?gedaan=ingelezen")))
        }
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "bestand");
            draw(who, draft, None, errors, status)
        }
    }
}

/// GET `/overeenkomsten/{code}/versies/{n}.docx`
pub async fn download(who: Insider, path: VersionPath) -> HttpResponse {
    who.answer(send(&who, path.into_inner()).await)
}

async fn send(who: &Insider, (code, number): (String, i32)) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let actor = who.actor();
    let (text, version, articles) = house::read(&who.house, move |conn| {
        let (text, version) = version_at(conn, &actor, &code, number)?;
        let articles = store::articles(conn, &actor, version.id)?;
        Ok((text, version, articles))
    })
    .await?;
    let name = format!("{}-versie-{}", text.code, version.number);
    let bytes = web::block(move || docx::write(&text, version.number, &articles)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.docx\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}
