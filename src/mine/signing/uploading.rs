//! Answering: a file that was signed elsewhere comes in. It goes through the gate of all evidence first; then its signature
//! is read, in a process of its own, and the municipality looks at it.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path};
use i18n_embed_fl::fl;

use super::handlers::{frame, known_position, own, undeclared};
use super::{SignedFilePage, Typed};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::offer::uploading::{self, HandIn};
use crate::agreement::offer::{OfferRefusal, PartyState, provider_path};
use crate::desk::accession::{errors_of, or_refusal};
use crate::evidence::intake::{self, Purpose, Sent, Target};
use crate::evidence::store::find_version;
use crate::evidence::{Dates, MediaType, apart};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer};
use crate::text::Lang;

/// What came in with the file: the key of the form, what was on the page, and what its sender declares.
#[derive(Debug, Clone, Default)]
struct Form {
    key: String,
    seen: String,
    typed: Typed,
    day: String,
}

impl Form {
    fn read(sent: &Sent) -> Result<Form, Turn> {
        let (key, said) = (sent.field("sleutel").to_owned(), |name: &str| sent.field(name).to_owned());
        if !(16..=80).contains(&key.len()) {
            return Err(Turn::BadRequest);
        }
        let (read, authorised) = (!said("gelezen").is_empty(), !said("bevoegd").is_empty());
        let typed = Typed { read, authorised, position: said("functie"), code: String::new() };
        Ok(Form { key, seen: said("gezien"), typed, day: said("datum") })
    }

    /// Everything that is missing, each at its field.
    fn lacking(&self, lang: Lang) -> Vec<(String, String)> {
        let mut fields = undeclared(lang, &self.typed);
        if read_day(&self.day).is_none() {
            fields.push(("datum".to_owned(), OfferRefusal::DayMissing.in_words(lang)));
        }
        fields
    }
}

/// GET `/mijn/overeenkomst/{id}/getekend-bestand`
pub async fn form(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, id.into_inner(), StatusCode::OK, Form::default(), FormErrors::default()).await)
}

async fn show(
    who: &Insider,
    id: i64,
    status: StatusCode,
    form: Form,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let (offered, position) = house::read(&who.house, move |conn| {
        let offered = own(conn, &actor, id)?;
        let position = known_position(conn, &actor, &offered)?;
        Ok((offered, position))
    })
    .await?;
    if who.person().role != Role::ProviderSignatory {
        return Err(Turn::NotAllowed);
    }
    if offered.party.state != PartyState::Offered && errors.is_empty() {
        return Ok(see_other(&provider_path(id)));
    }
    let key = match form.key {
        key if key.is_empty() => Token::new()?.as_str()[..32].to_owned(),
        key => key,
    };
    let typed = match form.typed.position.as_str() {
        "" if errors.is_empty() => Typed { position, ..form.typed },
        _ => form.typed,
    };
    let frame = frame(who, format!("/mijn/overeenkomst/{id}/getekend-bestand"))
        .crumb(offered.title(who.lang).to_owned(), provider_path(id));
    let (name, day) = (who.person().name.clone(), form.day);
    Ok(answer(status, &SignedFilePage { frame, errors, offered, key, name, typed, day }))
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
    let form = Form::read(&sent)?;
    let (actor, today, asked) = (who.actor(), who.house.today(), form.seen.clone());
    let may = house::read(&who.house, move |conn| or_refusal(uploading::may_hand_in(conn, &actor, today, id, &asked)))
        .await?;
    if let Err(refusal) = may {
        return refused(who, id, form, &refusal).await;
    }
    let mut fields = form.lacking(who.lang);
    if !fields.is_empty() {
        if sent.files.is_empty() {
            fields.push(("bestand".to_owned(), fl!(who.lang.texts(), "evidence-choose")));
        }
        return show(who, id, StatusCode::BAD_REQUEST, form, FormErrors { fields, ..FormErrors::default() }).await;
    }
    let title = fl!(who.lang.texts(), "offer-file-name", title = offered.title(who.lang));
    match stored(who, sent, offered.party.provider_id, title, &form.key).await? {
        Ok(version) => hand_in(who, id, form, version).await,
        Err(said) => {
            let errors = FormErrors { fields: vec![("bestand".to_owned(), said)], ..FormErrors::default() };
            show(who, id, StatusCode::BAD_REQUEST, form, errors).await
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
async fn hand_in(who: &Insider, id: i64, form: Form, version: i64) -> Result<HttpResponse, Turn> {
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
        return show(who, id, StatusCode::BAD_REQUEST, form, errors).await;
    };
    let (actor, now, today, said) = (who.actor(), who.house.now(), who.house.today(), form.clone());
    let done = house::write(&who.house, move |conn| {
        let new = HandIn {
            seen: &said.seen,
            read: said.typed.read,
            authorised: said.typed.authorised,
            position: &said.typed.position,
            signed_on: read_day(&said.day),
            version_id: version,
            found: &found,
        };
        or_refusal(uploading::hand_in(conn, &actor, now, today, id, &new))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&provider_path(id))),
        Err(refusal) => refused(who, id, form, &refusal).await,
    }
}

async fn refused(who: &Insider, id: i64, form: Form, refusal: &OfferRefusal) -> Result<HttpResponse, Turn> {
    let (status, errors) = errors_of(who.lang, refusal);
    show(who, id, status, form, errors).await
}
