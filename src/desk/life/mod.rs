//! The pages of an agreement that runs (looptijd), for both sides: how it stands and what happened, what can be done now,
//! the clients to hand over, the subcontractors and the letters. What may be done is decided by the verbs of
//! `agreement::life`; these pages show it and pass its refusals on in words.

pub mod act;
pub mod acting;
pub mod letters;
pub mod overview;
pub mod page;
pub mod sample;
pub mod signal;
pub mod subcontractors;
pub mod transfer;

use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::agreement::life::mails::{office_path, provider_path};
use crate::agreement::life::store::{self, Fault};
use crate::agreement::life::{Life, LifeRefusal, LifeState};
use crate::db::Conn;
use crate::house::Turn;
use crate::page::{FormErrors, Frame, ProviderLink, Section, Status, Tone};
use crate::provider::{self, Provider, number_in};
use crate::text::Lang;

/// Whose door it is: each side has its own addresses, and the other's are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Office,
    Provider,
}

/// What an address names: at the office the provider too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    pub door: Door,
    /// The provider's key in an address of the office.
    pub nr: Option<String>,
    pub id: i64,
}

impl At {
    pub fn office((nr, id): (String, i64)) -> At {
        At { door: Door::Office, nr: Some(nr), id }
    }

    pub fn provider(id: i64) -> At {
        At { door: Door::Provider, nr: None, id }
    }
}

/// An agreement within reach, with whose it is.
#[derive(Debug, Clone)]
pub struct Reached {
    pub door: Door,
    pub life: Life,
    pub provider: Provider,
}

/// What is not there and what is not his are the same; within the municipality it is for who may read dossiers.
pub fn reach(conn: &mut Conn, actor: &Actor, at: &At) -> Result<Reached, Turn> {
    let found = store::find(conn, actor, at.id)?;
    let found = found.filter(|_| (at.door == Door::Provider) == actor.own_provider().is_some());
    let life = found.ok_or(Turn::NotFound)?;
    let provider = provider::store::find_by_id(conn, actor, life.provider_id)?.ok_or(Turn::NotFound)?;
    if at.nr.as_deref().is_some_and(|nr| number_in(nr) != Some(provider.number)) {
        return Err(Turn::NotFound);
    }
    match at.door == Door::Provider || actor.may_read_dossiers() {
        true => Ok(Reached { door: at.door, life, provider }),
        false => Err(Turn::NotAllowed),
    }
}

impl Reached {
    /// The page of the agreement on this side.
    pub fn path(&self) -> String {
        path_of(self.door, &self.provider, self.life.id)
    }

    pub fn link(&self) -> ProviderLink {
        crate::desk::web::handlers::link(&self.provider)
    }

    /// The frame of the page of the agreement itself.
    pub fn frame(&self, who: &Insider) -> Frame {
        match self.door {
            Door::Office => who.frame_within(&self.link()),
            Door::Provider => who.frame(Some(Section::Mine)).crumb(fl!(who.lang.texts(), "page-menu-mine"), "/mijn"),
        }
    }

    /// The frame of a page below it.
    pub fn frame_below(&self, who: &Insider, here: &str) -> Frame {
        let title = fl!(who.lang.texts(), "life-title", number = self.life.number.as_str());
        let frame = self.frame(who).crumb(title, self.path());
        Frame { here: format!("{}/{here}", self.path()), ..frame }
    }
}

pub fn path_of(door: Door, provider: &Provider, life_id: i64) -> String {
    match door {
        Door::Office => office_path(&provider.path(), life_id),
        Door::Provider => provider_path(life_id),
    }
}

/// The state of an agreement as shape, word and colour.
pub fn status_of(lang: Lang, state: LifeState) -> Status {
    let word = state.in_words(lang);
    match state {
        LifeState::Signed => Status::new(Tone::Wait, word),
        LifeState::Active => Status::new(Tone::Ok, word),
        LifeState::ClientStop | LifeState::Notice => Status::new(Tone::Warn, word),
        LifeState::Ended => Status::new(Tone::Idle, word),
        LifeState::Dissolved => Status::new(Tone::Bad, word),
    }
}

/// A refusal is told on the page; only what is not there, not his, or broken ends the request.
pub fn told<T>(done: Result<T, Fault>, back: &str) -> Result<Result<T, LifeRefusal>, Turn> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
        Err(Fault::Refused(LifeRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(LifeRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(LifeRefusal::ChangedMeanwhile { by })) => {
            Err(Turn::Conflict { by: Some(by), back: back.to_owned() })
        }
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
    }
}

/// A field of a form, and which refusals belong at it.
pub type Field = (&'static str, fn(&LifeRefusal) -> bool);

/// A refusal at the field that it is about, or above the form.
pub fn errors_of(lang: Lang, refusal: &LifeRefusal, fields: &[Field]) -> FormErrors {
    let words = refusal.in_words(lang);
    match fields.iter().find(|(_, is)| is(refusal)) {
        Some((field, _)) => FormErrors { fields: vec![((*field).to_owned(), words)], whole: Vec::new() },
        None => FormErrors { fields: Vec::new(), whole: vec![words] },
    }
}
