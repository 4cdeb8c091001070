//! The overview of a provider's person (overzicht) and his messages (berichten).

pub mod agreement_handlers;
pub mod criterion;
pub mod criterion_handlers;
pub mod criterion_upload;
pub mod dossier;
pub mod everything;
pub mod handing_in;
pub mod handing_in_handlers;
pub mod handlers;
pub mod listing;
pub mod listing_handlers;
pub mod reach;
pub mod sample;
pub mod step;
pub mod step_fields;
pub mod step_handlers;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::calendar::wall_clock;
use crate::dossier::{Application, ApplicationState};
use crate::mail::inbox::Message;
use crate::mine::signing::Task;
use crate::page::{Frame, Moment, ProviderLink, Status, Tone};
use crate::procedure::admission::Procedure;
use crate::quarter::Quarter;
use crate::text::Lang;

/// GET `/mijn`
#[derive(Template)]
#[template(path = "mine/home.html")]
pub struct HomePage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub today: NaiveDate,
    /// The newest first, each with the name of its procedure.
    pub applications: Vec<(Application, String)>,
    /// What can be applied for now.
    pub open: Vec<Procedure>,
    /// The newest few.
    pub messages: Vec<Message>,
    /// This person may take everything home.
    pub administrator: bool,
    /// How many requests for access wait for this person.
    pub requests: usize,
    /// Provisional quarters on which one can react, and until when.
    pub hearings: Vec<(Quarter, NaiveDate)>,
    /// What was offered to sign.
    pub tasks: Vec<Task>,
    /// It has an agreement, so it states quarters.
    pub has_agreement: bool,
}

impl HomePage {
    fn reaction_path(&self, quarter: &Quarter) -> String {
        format!("{}/reactie", self.provider.quarter_path(*quarter))
    }
}

/// GET `/mijn/berichten`
#[derive(Template)]
#[template(path = "mine/messages.html")]
pub struct MessagesPage {
    pub frame: Frame,
    pub messages: Vec<Message>,
}

/// GET `/mijn/berichten/{id}`
#[derive(Template)]
#[template(path = "mine/message.html")]
pub struct MessagePage {
    pub frame: Frame,
    pub message: Message,
}

impl Message {
    fn moment(&self, frame: &Frame) -> Moment {
        frame.moment(&wall_clock(self.at))
    }

    fn paragraphs(&self) -> Vec<&str> {
        self.body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

/// Where an application of one's own stands.
pub fn path(application: &Application) -> String {
    format!("/mijn/aanmeldingen/{}", application.number)
}

/// Whose turn it is, as the provider sees it.
pub fn status(lang: Lang, state: &ApplicationState) -> Status {
    use ApplicationState::*;
    let tone = match *state {
        Draft => Tone::Todo,
        SupplementAsked => Tone::Warn,
        Submitted | UnderReview | Advised | InCourt => Tone::Wait,
        Admitted => Tone::Ok,
        Refused | RefusalFinal => Tone::Bad,
        SetAside | Withdrawn | Lapsed => Tone::Idle,
    };
    Status::new(tone, own_words(lang, *state))
}

/// The municipality at work looks the same from outside, whoever of it is.
pub fn told_state(state: ApplicationState) -> ApplicationState {
    match state {
        ApplicationState::Advised => ApplicationState::UnderReview,
        other => other,
    }
}

fn own_words(lang: Lang, state: ApplicationState) -> String {
    match told_state(state) {
        ApplicationState::Draft => fl!(lang.texts(), "mine-state-draft"),
        other => other.in_words(lang),
    }
}
