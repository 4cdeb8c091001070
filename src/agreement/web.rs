//! The pages of the texts (overeenkomsten op het scherm): to read them, and for the office to write, show and establish
//! them. A provider and a visitor read by doors of their own: [`reading::Door`].

pub mod acting;
pub mod acting_handlers;
pub mod article;
pub mod article_handlers;
pub mod draft;
pub mod draft_handlers;
pub mod list;
pub mod list_handlers;
pub mod assortment;
pub mod assortment_handlers;
pub mod assortment_sample;
pub mod pages;
pub mod reading;
pub mod reading_handlers;
pub mod reading_in;
pub mod reading_in_handlers;
pub mod sample;
pub mod shown;
pub mod signing;

use actix_web::http::StatusCode;
use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::actor::{Actor, Role};
use crate::agreement::text::store::{self, Fault};
use crate::agreement::text::{AgreementText, TextRefusal, TextState, TextVersion};
use crate::db::Conn;
use crate::house::Turn;
use crate::page::{FormErrors, Frame, Section, Status, Tone};
use crate::text::Lang;

/// The first character of a text that paper cannot show. The press stands later in the house than these pages: the table
/// of addresses brings it along.
#[derive(Debug, Clone, Copy)]
pub struct Printable(pub fn(&str) -> Option<char>);

/// The frame of a page of the office, for who may read dossiers.
pub fn frame(who: &Insider) -> Result<Frame, Turn> {
    if who.actor().own_provider().is_some() {
        return Err(Turn::NotFound);
    }
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    Ok(who.frame(Some(Section::Agreements)))
}

/// The same below the list.
pub fn frame_below(who: &Insider) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "page-menu-agreements"), "/overeenkomsten");
    Ok(Frame { here: who.here.clone(), ..frame })
}

/// The same below the page of a version.
pub fn frame_within(who: &Insider, text: &AgreementText, version: &TextVersion) -> Result<Frame, Turn> {
    let t = who.lang.texts();
    let name =
        format!("{}, {}", text.title.in_lang(who.lang), fl!(t, "agreement-page-version", number = version.number));
    Ok(frame_below(who)?.crumb(name, reading::Door::Office.version(&text.code, version.number)))
}

/// Only the contract manager writes.
pub fn writes(actor: &Actor) -> Result<(), Turn> {
    if actor.role() == Role::ContractManager { Ok(()) } else { Err(Turn::NotAllowed) }
}

/// A version by its address, for somebody of the municipality.
pub fn version_at(
    conn: &mut Conn,
    actor: &Actor,
    code: &str,
    number: i32,
) -> Result<(AgreementText, TextVersion), Turn> {
    let text = store::find(conn, actor, code)?.ok_or(Turn::NotFound)?;
    let versions = store::versions(conn, actor, &[text.id])?;
    let version = versions.into_iter().find(|one| one.number == number).ok_or(Turn::NotFound)?;
    Ok((text, version))
}

/// A refusal comes before the first write, so what is answered with it commits nothing; trouble ends the request.
pub fn or_refusal<T>(result: Result<T, Fault>) -> Result<Result<T, TextRefusal>, Turn> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(TextRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(TextRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// A refusal as it is told on a page with a form: `words` is the field in which something is written.
pub fn errors_of(lang: Lang, refusal: &TextRefusal, words: &str) -> (StatusCode, FormErrors) {
    let said = refusal.in_words(lang);
    match refusal {
        TextRefusal::ReasonMissing | TextRefusal::HoldsBsn | TextRefusal::CodeTaken | TextRefusal::TermTooShort(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, FormErrors { fields: vec![(words.to_owned(), said)], whole: vec![] })
        }
        _ => (StatusCode::CONFLICT, FormErrors { fields: vec![], whole: vec![said] }),
    }
}

/// The state of a version as shape, word and colour.
pub fn status(lang: Lang, state: TextState) -> Status {
    let tone = match state {
        TextState::Draft => Tone::Todo,
        TextState::Consultation => Tone::Wait,
        TextState::Established => Tone::Ok,
    };
    Status::new(tone, state.in_words(lang))
}
