//! The box to sign in (ondertekenen), beside every tab of a text that was offered to the reader's own provider: how far it
//! is, until when it can be signed, and the way to the page on which that is done.

use askama::Template;
use askama::filters::HtmlSafe;
use diesel::QueryResult;
use i18n_embed_fl::fl;

use super::reading::{Around, Door};
use crate::actor::Actor;
use crate::agreement::offer::store::{Wanted, parties};
use crate::agreement::offer::{Party, PartyState, provider_path};
use crate::agreement::text::AgreementText;
use crate::agreement::text::store::version;
use crate::db::Conn;
use crate::page::{Frame, Status, Tone};

/// It draws itself: `{{ self.beside() }}`, and nothing at all when there is nothing to sign.
#[derive(Template)]
#[template(path = "agreement/beside.html")]
pub struct Beside<'a> {
    pub frame: &'a Frame,
    pub around: &'a Around,
}

impl HtmlSafe for Beside<'_> {}

/// What of this text, or of the text it is an annex to, still waits for somebody; for a provider alone. With the number of
/// the version that was offered.
pub fn offered(conn: &mut Conn, actor: &Actor, door: &Door, text: &AgreementText) -> QueryResult<Option<(i32, Party)>> {
    let Some(own) = actor.own_provider().filter(|_| *door == Door::Mine) else { return Ok(None) };
    let signed = text.annex_to.unwrap_or(text.id);
    let open = parties(conn, actor, Wanted::Provider(own))?
        .into_iter()
        .find(|(offer, party)| offer.text_id == signed && party.state.is_open());
    let Some((offer, party)) = open else { return Ok(None) };
    Ok(version(conn, actor, offer.version_id)?.map(|(_, version)| (version.number, party)))
}

impl Beside<'_> {
    fn status(&self, party: &Party) -> Status {
        let tone = if party.state == PartyState::Offered { Tone::Todo } else { Tone::Wait };
        Status::new(tone, party.state.in_words(self.frame.lang, party.kind))
    }

    fn words(&self, number: &i32, party: &Party) -> String {
        let state = if party.state == PartyState::Offered { "open" } else { "waits" };
        let (number, day) = (*number, self.frame.lang.day(party.term.due));
        fl!(self.frame.t(), "offer-box-text", state = state, number = number, day = day)
    }

    /// Address and words of the button.
    fn button(&self, party: &Party) -> (String, String) {
        let words = match party.state {
            PartyState::Offered => fl!(self.frame.t(), "offer-box-button"),
            _ => fl!(self.frame.t(), "offer-box-look"),
        };
        (provider_path(party.id), words)
    }
}
