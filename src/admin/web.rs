//! What the pages of the administrator hold: the mail here, its texts and everything else in files of their own.

mod amounts;
pub mod criteria;
pub mod criteria_handlers;
pub mod criterion_form;
pub mod criterion_words;
pub mod document_handlers;
mod entries;
pub mod handlers;
pub mod office_sample;
pub mod outage_form;
pub mod outage_handlers;
pub mod outages;
pub mod procedure_edit;
pub mod procedure_edit_sample;
pub mod procedure_form;
pub mod procedure_handlers;
pub mod procedure_sample;
pub mod procedure_state;
pub mod procedure_state_handlers;
pub mod procedure_writing;
pub mod procedures;
pub mod sample;
pub mod standard_text_handlers;
pub mod standard_texts;
pub mod product_acts;
pub mod product_form;
pub mod product_handlers;
pub mod product_sample;
pub mod product_words;
pub mod product_writing;
pub mod products;
pub mod matrix;
mod tabs;
pub mod text_handlers;
pub mod texts;

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use self::tabs::{AdminTabs, Place};
use crate::mail::sending::Destination;
use crate::mail::{MailKind, MailState};
use crate::page::{Frame, Status, Tone};
use crate::text::Lang;

/// GET `/beheer/mail`: how the mail does.
#[derive(Template)]
#[template(path = "admin/mail.html")]
pub struct MailPage {
    pub frame: Frame,
    /// Whether the reader may change anything.
    pub manages: bool,
    /// Where mail goes; none when no mail server is set.
    pub destination: Option<Destination>,
    pub from: Option<String>,
    pub contact: String,
    pub health: HealthFigures,
    /// Bounced or given up, the newest first.
    pub stranded: Vec<MailRow>,
    /// All mails of this page, the newest first.
    pub rows: Vec<MailRow>,
    /// The address of the page with older mails.
    pub older: Option<String>,
    /// Whether this is the page with the newest.
    pub newest: bool,
}

/// The counts on top; moments on the Dutch wall clock.
#[derive(Debug, Clone, Default)]
pub struct HealthFigures {
    pub waiting: i64,
    pub waits_since: Option<NaiveDateTime>,
    pub stranded: i64,
    pub sent: i64,
    pub last_trouble: Option<String>,
}

/// A mail in a list.
#[derive(Debug, Clone)]
pub struct MailRow {
    pub id: i64,
    pub subject: String,
    pub to: String,
    pub state: MailState,
    pub posted_at: NaiveDateTime,
}

impl MailRow {
    fn status(&self, lang: Lang) -> Status {
        status(lang, self.state)
    }
}

impl MailPage {
    /// Mail that nobody sends is what the reader must see first.
    fn is_stuck(&self) -> bool {
        self.destination.is_none()
    }

    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Mail }
    }

    fn way(&self) -> String {
        let t = self.frame.t();
        match &self.destination {
            None => fl!(t, "admin-not-set"),
            Some(Destination::Server(server)) => server.clone(),
            Some(Destination::Folder(folder)) => fl!(t, "admin-folder", folder = folder.as_str()),
        }
    }
}

/// GET `/beheer/mail/{id}`: one mail and how it fared.
#[derive(Template)]
#[template(path = "admin/one-mail.html")]
pub struct OneMailPage {
    pub frame: Frame,
    pub manages: bool,
    pub id: i64,
    pub kind: MailKind,
    pub state: MailState,
    pub to_name: String,
    pub to_email: String,
    pub subject: String,
    /// The whole text, without a link that lets somebody in.
    pub text: String,
    pub language: Lang,
    pub posted_at: NaiveDateTime,
    pub attempts: i64,
    /// While it waits: the next attempt.
    pub next_at: Option<NaiveDateTime>,
    pub ended_at: Option<NaiveDateTime>,
    /// What the mail server said last; empty as long as it was not tried.
    pub answer: String,
    /// Whether it is also kept as a message in the portal.
    pub in_portal: bool,
    /// Whether this installation lays mail down instead of sending it.
    pub laid_down: bool,
}

impl OneMailPage {
    fn status(&self) -> Status {
        status(self.frame.lang, self.state)
    }

    fn about(&self) -> &str {
        self.kind.definition().about.in_lang(self.frame.lang)
    }

    fn may_send_again(&self) -> bool {
        self.manages && !self.kind.definition().secret && matches!(self.state, MailState::Bounced | MailState::GivenUp)
    }

    /// What its state means for the reader.
    fn advice(&self) -> String {
        let t = self.frame.t();
        match self.state {
            MailState::Waiting => fl!(t, "admin-advice-waiting"),
            MailState::Sent if self.laid_down => fl!(t, "admin-advice-laid-down"),
            MailState::Sent => fl!(t, "admin-advice-sent"),
            MailState::Bounced | MailState::GivenUp if self.kind.definition().secret => fl!(t, "admin-advice-secret"),
            MailState::Bounced => fl!(t, "admin-advice-bounced"),
            MailState::GivenUp => fl!(t, "admin-advice-given-up"),
        }
    }
}

/// A state as shape, word and colour.
pub fn status(lang: Lang, state: MailState) -> Status {
    let t = lang.texts();
    match state {
        MailState::Waiting => Status::new(Tone::Wait, fl!(t, "admin-state-waiting")),
        MailState::Sent => Status::new(Tone::Ok, fl!(t, "admin-state-sent")).plain(),
        MailState::Bounced => Status::new(Tone::Bad, fl!(t, "admin-state-bounced")),
        MailState::GivenUp => Status::new(Tone::Bad, fl!(t, "admin-state-given-up")),
    }
}
