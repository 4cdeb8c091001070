//! Answering: a file that was signed elsewhere comes in. It goes through the gate of all evidence first; then its signature
//! is read, in a process of its own, and the municipality looks at it.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};
use i18n_embed_fl::fl;

use super::SignedFilePage;
use super::handlers::{frame, own};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::offer::{OfferRefusal, PartyState, provider_path, uploading};
use crate::desk::accession::{errors_of, or_refusal};
use crate::evidence::intake::{self, Purpose, Sent, Target};
use crate::evidence::store::find_version;
use crate::evidence::{Dates, MediaType, apart};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};

/// GET `/mijn/overeenkomst/{id}/getekend-bestand`
pub async fn form(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, id.into_inner(), StatusCode::OK, None, FormErrors::default()).await)
}

async fn show(
    who: &Insider,
    id: i64,
    status: StatusCode,
    key: Option<String>,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let offered = house::read(&who.house, move |conn| own(conn, &actor, id)).await?;
    if who.person().role != Role::ProviderSignatory {
        return Err(Turn::NotAllowed);
    }
    if offered.party.state != PartyState::Offered && errors.is_empty() {
        return Ok(see_other(&provider_path(id)));
    }
    let key = match key {
        Some(key) => key,
        None => Token::new()?.as_str()[..32].to_owned(),
    };
    let frame = frame(who, format!("/mijn/overeenkomst/{id}/getekend-bestand"))
        .crumb(offered.title(who.lang).to_owned(), provider_path(id));
    Ok(answer(status, &SignedFilePage { frame, errors, offered, key }))
}

/// POST `/mijn/overeenkomst/{id}/getekend-bestand`
pub async fn receive(who: Insider, id: Path<i64>, parts: Multipart) -> HttpResponse {
    who.answer(take_in(&who, id.into_inner(), parts).await)
}

async fn take_in(who: &Insider, id: i64, parts: Multipart) -> Result<HttpResponse, Turn> {
    // Before a byte of the file is read: what cannot come in now is sent in vain.
    let actor = who.actor();
    let offered = house::read(&who.house, move |conn| own(conn, &actor, id)).await?;
    if who.person().role != Role::ProviderSignatory {
        return Err(Turn::NotAllowed);
    }
    let sent = intake::collect(&who.house, parts, "bestand").await?;
    let key = sent.field("sleutel").to_owned();
    if !(16..=80).contains(&key.len()) {
        return Err(Turn::BadRequest);
    }
    let seen = sent.field("gezien").to_owned();
    let (actor, today, asked) = (who.actor(), who.house.today(), seen.clone());
    let may = house::read(&who.house, move |conn| or_refusal(uploading::may_hand_in(conn, &actor, today, id, &asked)))
        .await?;
    if let Err(refusal) = may {
        return refused(who, id, key, &refusal).await;
    }
    let title = fl!(who.lang.texts(), "offer-file-name", title = offered.title(who.lang));
    match stored(who, sent, offered.party.provider_id, title, &key).await? {
        Ok(version) => hand_in(who, id, key, seen, version).await,
        Err(said) => {
            let errors = FormErrors { fields: vec![("bestand".to_owned(), said)], ..FormErrors::default() };
            show(who, id, StatusCode::BAD_REQUEST, Some(key), errors).await
        }
    }
}

/// The file among the provider's evidence, or why it is not taken in.
async fn stored(
    who: &Insider,
    sent: Sent,
    provider_id: i64,
    title: String,
    key: &str,
) -> Result<Result<i64, String>, Turn> {
    let t = who.lang.texts();
    let is_pdf = |label: &str| label.to_lowercase().ends_with(".pdf");
    match sent.files.as_slice() {
        [] => return Ok(Err(fl!(t, "evidence-choose"))),
        [one] if !is_pdf(&one.label) => return Ok(Err(fl!(t, "offer-file-no-pdf"))),
        [_] => {}
        _ => return Ok(Err(fl!(t, "offer-file-one"))),
    }
    let purpose = Purpose {
        provider_id,
        target: Target::New { title, of_many: false },
        dates: Dates::default(),
        key: key.to_owned(),
    };
    let outcomes = intake::take(&who.house, &who.actor(), sent.files, purpose).await?;
    Ok(match outcomes.into_iter().next().map(|outcome| outcome.result) {
        Some(Ok(version)) => Ok(version),
        Some(Err(refusal)) => Err(refusal.message(who.lang)),
        None => Err(fl!(t, "evidence-choose")),
    })
}

/// Reads the signature and hands the file in.
async fn hand_in(who: &Insider, id: i64, key: String, seen: String, version: i64) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let file = house::read(&who.house, move |conn| find_version(conn, &actor, version)?.ok_or(Turn::NotFound)).await?;
    let house = who.house.clone();
    let found = match file.media_type {
        MediaType::Pdf => web::block(move || apart::signatures(&house.uploads, &house.files, &file.file)).await??,
        _ => None,
    };
    let Some(found) = found else {
        let said = fl!(who.lang.texts(), "offer-file-not-read");
        let errors = FormErrors { fields: vec![("bestand".to_owned(), said)], ..FormErrors::default() };
        return show(who, id, StatusCode::BAD_REQUEST, Some(key), errors).await;
    };
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let done = house::write(&who.house, move |conn| {
        or_refusal(uploading::hand_in(conn, &actor, now, today, id, &seen, version, &found))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&provider_path(id))),
        Err(refusal) => refused(who, id, key, &refusal).await,
    }
}

async fn refused(who: &Insider, id: i64, key: String, refusal: &OfferRefusal) -> Result<HttpResponse, Turn> {
    let (status, errors) = errors_of(who.lang, refusal);
    show(who, id, status, Some(key), errors).await
}
