//! Answering: a letter on screen and as PDF, for the municipality's people and for the applicant's own.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::PaperPage;
use crate::account::entrance::Insider;
use crate::dossier::mails::{applicant_path, office_path};
use crate::dossier::{self, Application, ApplicationNumber};
use crate::house::{self, Turn};
use crate::page::answer;
use crate::report::letter::gather::{Sender, written};
use crate::report::letter::store::Shelved;
use crate::report::letter::{Written, meant, shelf};
use crate::report::shelf::Shelf;
use crate::text::Lang;

/// In which language the paper is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct PaperQuery {
    pub taal: Option<Lang>,
}

/// The number of an application and the kind of letter, as a path names them.
pub type LetterPath = Path<(String, String)>;

/// Whose door it is: each side has its own addresses, and the other's are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Office,
    Applicant,
}

impl Door {
    fn opens_for(self, who: &Insider) -> bool {
        (self == Door::Applicant) == who.actor().own_provider().is_some()
    }

    /// The page of the application on this side.
    pub fn path(self, number: ApplicationNumber) -> String {
        match self {
            Door::Office => office_path(number),
            Door::Applicant => applicant_path(number),
        }
    }
}

/// The application behind a number in a path, for who comes in by the right door.
pub async fn application(who: &Insider, door: Door, number: &str) -> Result<Application, Turn> {
    let number = ApplicationNumber::read(number).filter(|_| door.opens_for(who)).ok_or(Turn::NotFound)?;
    let actor = who.actor();
    house::read(&who.house, move |conn| {
        let found = dossier::store::find(conn, &actor, number)?.ok_or(Turn::NotFound)?;
        // Within the municipality a letter is for who may read the dossier that it is from.
        match door == Door::Applicant || actor.may_read_dossiers() {
            true => Ok(found),
            false => Err(Turn::NotAllowed),
        }
    })
    .await
}

/// GET `/aanmeldingen/{nr}/brieven/{soort}`
pub async fn of_office(who: Insider, path: LetterPath, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(show(&who, Door::Office, path.into_inner(), query.taal).await)
}

/// GET `/mijn/aanmeldingen/{nr}/brieven/{soort}`
pub async fn of_applicant(who: Insider, path: LetterPath, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(show(&who, Door::Applicant, path.into_inner(), query.taal).await)
}

/// GET `/aanmeldingen/{nr}/brieven/{soort}.pdf`
pub async fn pdf_of_office(who: Insider, path: LetterPath, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(send(&who, Door::Office, path.into_inner(), query.taal).await)
}

/// GET `/mijn/aanmeldingen/{nr}/brieven/{soort}.pdf`
pub async fn pdf_of_applicant(who: Insider, path: LetterPath, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(send(&who, Door::Applicant, path.into_inner(), query.taal).await)
}

async fn show(who: &Insider, door: Door, path: (String, String), lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let application = application(who, door, &path.0).await?;
    let language = lang.unwrap_or(Lang::Nl);
    let (letter, shelved) = find(who, &application, &path.1, language).await?;
    let house = who.house.clone();
    let bytes = web::block(move || shelf::bytes(&house.files, &shelved.page)).await??;
    let html = String::from_utf8(bytes)?;
    let reference = format!("{}-{}", application.number, letter.path());
    let at_home = door.path(application.number);
    let page = PaperPage {
        frame: who.frame_under_list().crumb(application.number.to_string(), at_home.as_str()),
        title: fl!(who.lang.texts(), "report-letter-title", reference = reference),
        path: format!("{at_home}/brieven/{}", letter.path()),
        language,
        html,
    };
    Ok(answer(StatusCode::OK, &page))
}

async fn send(who: &Insider, door: Door, path: (String, String), lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let application = application(who, door, &path.0).await?;
    let (letter, shelved) = find(who, &application, &path.1, lang.unwrap_or(Lang::Nl)).await?;
    let house = who.house.clone();
    let bytes = web::block(move || shelf::bytes(&house.files, &shelved.pdf)).await??;
    Ok(pdf_file(&format!("{}-{}", application.number, letter.path()), bytes))
}

/// A PDF to be kept, under this name without its extension.
pub fn pdf_file(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}

/// The letter that the path means, made now when nobody opened it before.
async fn find(who: &Insider, found: &Application, path: &str, lang: Lang) -> Result<(Written, Shelved), Turn> {
    let (house, actor, now, found, path) =
        (who.house.clone(), who.actor(), who.house.now(), found.clone(), path.to_owned());
    let municipality = who.person().municipality.clone();
    web::block(move || {
        let all = house.db.read(|conn| written(conn, &actor, found.id))?;
        let letter = meant(&all, &path).ok_or(Turn::NotFound)?;
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        let shelved = shelf::shelved(Shelf::of(&house), &actor, now, sender, &found, letter, lang)?;
        Ok((letter, shelved.ok_or(Turn::NotFound)?))
    })
    .await?
}
