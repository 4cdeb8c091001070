//! Answering: the list, one piece, files that come in, and files that go out. For the provider's own people alone.

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::form::Typed;
use super::{EvidencePage, FormPart, PiecePage, path, serve, told};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::evidence::intake::{self, Purpose, Target};
use crate::evidence::{Evidence, Key, Version, store};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, ProviderLink, Section, answer_with_script};
use crate::provider::{self, number_in};

/// What the address says after files came in.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct After {
    #[serde(default)]
    #[validate(range(max = 1000))]
    ontvangen: u32,
}

impl After {
    pub fn received(&self) -> u32 {
        if self.validate().is_ok() { self.ontvangen } else { 0 }
    }
}

/// What a page needs first: the provider, and the piece when the address names one.
struct Known {
    provider_id: i64,
    link: ProviderLink,
    pieces: Vec<Evidence>,
    piece: Option<Evidence>,
}

async fn known(who: &Insider, nr: String, stuk: Option<String>) -> Result<Known, Turn> {
    let actor = who.actor();
    house::read(&who.house, move |conn| {
        let number = number_in(&nr).ok_or(Turn::NotFound)?;
        let provider = provider::store::find(conn, &actor, number)?.ok_or(Turn::NotFound)?;
        if actor.own_provider() != Some(provider.id) {
            return Err(Turn::NotAllowed);
        }
        let mut pieces = store::of_provider(conn, &actor)?;
        let piece = match stuk {
            None => None,
            Some(key) => {
                let place = Key::read(&key).and_then(|key| pieces.iter().position(|piece| piece.key == key));
                Some(pieces.swap_remove(place.ok_or(Turn::NotFound)?))
            }
        };
        let link = ProviderLink { key: provider.path(), name: provider.name };
        Ok(Known { provider_id: provider.id, link, pieces, piece })
    })
    .await
}

fn show(who: &Insider, known: Known, form: FormPart, received: u32, status: StatusCode) -> Result<HttpResponse, Turn> {
    let frame: Frame = who.frame(Some(Section::Evidence)).crumb(known.link.name.clone(), known.link.path());
    let form = FormPart { key: Token::new()?.as_str()[..32].to_owned(), ..form };
    let (provider, today) = (known.link, who.house.today());
    Ok(match known.piece {
        None => {
            let frame = Frame { here: path(&provider), ..frame };
            answer_with_script(status, &EvidencePage { frame, provider, today, pieces: known.pieces, form, received })
        }
        Some(piece) => {
            let here = format!("{}/{}", path(&provider), piece.key);
            let frame = Frame { here, ..frame }.crumb(fl!(who.lang.texts(), "evidence-title"), path(&provider));
            answer_with_script(status, &PiecePage { frame, provider, today, piece, form, received })
        }
    })
}

/// GET `/aanbieders/{nr}/bewijsstukken`
pub async fn list(who: Insider, nr: Path<String>, after: Query<After>) -> HttpResponse {
    who.answer(show_list(&who, nr.into_inner(), None, &after).await)
}

/// GET `/aanbieders/{nr}/bewijsstukken/{stuk}`
pub async fn piece(who: Insider, at: Path<(String, String)>, after: Query<After>) -> HttpResponse {
    let (nr, stuk) = at.into_inner();
    who.answer(show_list(&who, nr, Some(stuk), &after).await)
}

async fn show_list(who: &Insider, nr: String, stuk: Option<String>, after: &After) -> Result<HttpResponse, Turn> {
    show(who, known(who, nr, stuk).await?, FormPart::default(), after.received(), StatusCode::OK)
}

/// POST `/aanbieders/{nr}/bewijsstukken`: every file becomes a piece.
pub async fn receive(who: Insider, nr: Path<String>, request: HttpRequest, parts: Multipart) -> HttpResponse {
    who.answer(take_in(&who, nr.into_inner(), None, &request, parts).await)
}

/// POST `/aanbieders/{nr}/bewijsstukken/{stuk}`: one file becomes the newest version.
pub async fn receive_version(
    who: Insider,
    at: Path<(String, String)>,
    request: HttpRequest,
    parts: Multipart,
) -> HttpResponse {
    let (nr, stuk) = at.into_inner();
    who.answer(take_in(&who, nr, Some(stuk), &request, parts).await)
}

async fn take_in(
    who: &Insider,
    nr: String,
    stuk: Option<String>,
    request: &HttpRequest,
    parts: Multipart,
) -> Result<HttpResponse, Turn> {
    // Before a byte of a file is read: who may not hand in here sends it in vain.
    let before = known(who, nr.clone(), stuk.clone()).await?;
    let sent = intake::collect(&who.house, parts, "bestand").await?;
    let typed = Typed::of(&sent);
    let one_at_most = before.piece.is_some();
    let read = typed.read(who.lang);
    let mut errors = read.as_ref().err().cloned().unwrap_or_default();
    if sent.files.is_empty() || (one_at_most && sent.files.len() > 1) {
        let text = match one_at_most {
            true => fl!(who.lang.texts(), "evidence-choose-one"),
            false => fl!(who.lang.texts(), "evidence-choose"),
        };
        errors.fields.insert(0, ("bestand".to_owned(), text));
    }
    let dates = match read {
        Ok(dates) if errors.is_empty() => dates,
        _ => return refuse(who, before, request, typed, errors),
    };
    let target = match &before.piece {
        Some(piece) => Target::Version { evidence_id: piece.id },
        None => {
            let of_many = sent.files.len() > 1 || sent.field("meer") == "ja";
            Target::New { title: typed.title.clone(), of_many }
        }
    };
    let purpose = Purpose { provider_id: before.provider_id, target, dates, key: typed.key.clone() };
    let outcomes = intake::take(&who.house, &who.actor(), sent.files, purpose).await?;
    let all_stored = outcomes.iter().all(|outcome| outcome.result.is_ok());
    if told::wants_json(request) {
        return Ok(told::outcomes(who.lang, &outcomes));
    }
    if all_stored {
        let here = format!("{}?ontvangen={}", request.path(), outcomes.len());
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, here)).finish());
    }
    // The list again, now with what was stored of it.
    let after = known(who, nr, stuk).await?;
    let outcomes = outcomes.into_iter().map(|outcome| (outcome.label, outcome.result.err())).collect();
    let form = FormPart { typed, outcomes, ..FormPart::default() };
    show(who, after, form, 0, StatusCode::UNPROCESSABLE_ENTITY)
}

fn refuse(
    who: &Insider,
    known: Known,
    request: &HttpRequest,
    typed: Typed,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    if told::wants_json(request) {
        return Ok(told::errors(errors));
    }
    show(who, known, FormPart { typed, errors, ..FormPart::default() }, 0, StatusCode::BAD_REQUEST)
}

/// POST `/aanbieders/{nr}/bewijsstukken/{stuk}/intrekken`
pub async fn withdraw(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (nr, stuk) = at.into_inner();
    who.answer(take_back(&who, nr, stuk).await)
}

async fn take_back(who: &Insider, nr: String, stuk: String) -> Result<HttpResponse, Turn> {
    let known = known(who, nr, Some(stuk)).await?;
    let piece = known.piece.ok_or(Turn::NotFound)?;
    // A second press finds it withdrawn already.
    if piece.withdrawn_at.is_none() {
        let (actor, now) = (who.actor(), who.house.now());
        house::write(&who.house, move |conn| Ok(store::withdraw(conn, &actor, now, piece.id)?)).await?;
    }
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, path(&known.link))).finish())
}

/// GET `/aanbieders/{nr}/bewijs/{versie}/bestand`
pub async fn file(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (nr, versie) = at.into_inner();
    who.answer(give(&who, nr, versie, None).await)
}

/// GET `/aanbieders/{nr}/bewijs/{versie}/paginas/{n}`
pub async fn page(who: Insider, at: Path<(String, String, u32)>) -> HttpResponse {
    let (nr, versie, number) = at.into_inner();
    who.answer(give(&who, nr, versie, Some(number)).await)
}

async fn give(who: &Insider, nr: String, versie: String, page: Option<u32>) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let version: Version = house::read(&who.house, move |conn| {
        let number = number_in(&nr).ok_or(Turn::NotFound)?;
        let provider = provider::store::find(conn, &actor, number)?.ok_or(Turn::NotFound)?;
        let key = Key::read(&versie).ok_or(Turn::NotFound)?;
        let version = store::find_version_by_key(conn, &actor, &key)?;
        version.filter(|version| version.provider_id == provider.id).ok_or(Turn::NotFound)
    })
    .await?;
    match page {
        None => serve::attachment(&who.house, &version).await,
        Some(number) => serve::page(&who.house, &version, number).await,
    }
}
