//! A letter about an agreement that runs (brief over de looptijd): one for each act of its history that the provider must
//! read on paper, made from that line of the history and nothing else.

mod compose;
pub mod gather;
pub mod sample;
pub mod shelf;

use chrono::{DateTime, FixedOffset, NaiveDate};
use i18n_embed_fl::fl;

pub use compose::compose;

use super::{Addressee, Protection};
use crate::actor::Role;
use crate::agreement::life::{Event, Ground, LifeVerb};
use crate::procedure::admission::Contact;
use crate::term::Term;
use crate::text::Lang;

codes! {
    /// What it tells (soort brief); the word stands in our reference.
    pub enum LifeLetterKind {
        ClientStop = "clientenstop",
        StopAgreed = "clientenstop-akkoord",
        StopRefused = "clientenstop-geweigerd",
        StopLifted = "clientenstop-opgeheven",
        NoticeConfirmed = "opzegging-bevestigd",
        Terminated = "opzegging",
        Intention = "voornemen",
        IntentionDropped = "voornemen-ingetrokken",
        Dissolved = "ontbinding",
        Extended = "verlenging",
        /// Half a year before the end.
        EndsSoon = "einde-nadert",
        Ended = "einde",
        StopAsked = "clientenstop-ontvangen",
        ViewsReceived = "zienswijze-ontvangen",
        /// The provider stops with one client.
        DeliveryStop = "begeleiding-stopt",
        /// After an indexation.
        NewTariffs = "tarieven",
    }
}

impl LifeLetterKind {
    /// The letter that an act brings with it; none where nothing is written.
    pub fn of(verb: LifeVerb) -> Option<LifeLetterKind> {
        Some(match verb {
            LifeVerb::StopClients => LifeLetterKind::ClientStop,
            LifeVerb::AgreeStop => LifeLetterKind::StopAgreed,
            LifeVerb::RefuseStop => LifeLetterKind::StopRefused,
            LifeVerb::LiftStop => LifeLetterKind::StopLifted,
            LifeVerb::GiveNotice => LifeLetterKind::NoticeConfirmed,
            LifeVerb::Terminate => LifeLetterKind::Terminated,
            LifeVerb::Intend => LifeLetterKind::Intention,
            LifeVerb::DropIntention => LifeLetterKind::IntentionDropped,
            LifeVerb::Dissolve | LifeVerb::DissolveAtOnce => LifeLetterKind::Dissolved,
            LifeVerb::Extend => LifeLetterKind::Extended,
            LifeVerb::Warn => LifeLetterKind::EndsSoon,
            LifeVerb::End => LifeLetterKind::Ended,
            LifeVerb::AskStop => LifeLetterKind::StopAsked,
            LifeVerb::StateViews => LifeLetterKind::ViewsReceived,
            LifeVerb::StopDelivery => LifeLetterKind::DeliveryStop,
            LifeVerb::NewTariffs => LifeLetterKind::NewTariffs,
            LifeVerb::Accede | LifeVerb::Revise | LifeVerb::Begin | LifeVerb::Replace => return None,
        })
    }

    /// What the letter is about, in one line.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            LifeLetterKind::ClientStop => fl!(t, "report-life-client-stop"),
            LifeLetterKind::StopAgreed => fl!(t, "report-life-stop-agreed"),
            LifeLetterKind::StopRefused => fl!(t, "report-life-stop-refused"),
            LifeLetterKind::StopLifted => fl!(t, "report-life-stop-lifted"),
            LifeLetterKind::NoticeConfirmed => fl!(t, "report-life-notice-confirmed"),
            LifeLetterKind::Terminated => fl!(t, "report-life-terminated"),
            LifeLetterKind::Intention => fl!(t, "report-life-intention"),
            LifeLetterKind::IntentionDropped => fl!(t, "report-life-intention-dropped"),
            LifeLetterKind::Dissolved => fl!(t, "report-life-dissolved"),
            LifeLetterKind::Extended => fl!(t, "report-life-extended"),
            LifeLetterKind::EndsSoon => fl!(t, "report-life-ends-soon"),
            LifeLetterKind::Ended => fl!(t, "report-life-ended"),
            LifeLetterKind::StopAsked => fl!(t, "report-life-stop-asked"),
            LifeLetterKind::ViewsReceived => fl!(t, "report-life-views-received"),
            LifeLetterKind::DeliveryStop => fl!(t, "report-life-delivery-stop"),
            LifeLetterKind::NewTariffs => fl!(t, "report-life-new-tariffs"),
        }
    }
}

/// Everything that stands in it, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeLetter {
    pub kind: LifeLetterKind,
    /// The number of the agreement, and of the line in its history.
    pub agreement: String,
    pub sequence: i32,
    pub sent_at: DateTime<FixedOffset>,
    /// The name of the municipality without the word.
    pub municipality: String,
    pub contact: Contact,
    pub addressee: Addressee,
    /// Where the addressee finds the letter as a page.
    pub page_url: String,
    /// The day it was done.
    pub day: NaiveDate,
    pub ground: Option<Ground>,
    pub reason: String,
    /// The one client it is about, by case number.
    pub case_ref: String,
    /// The provider gave no answer to a change.
    pub unanswered: bool,
    /// The day that counts: when a stop begins, or the last day of the agreement.
    pub effective_on: Option<NaiveDate>,
    /// The term that led to that day, or that begins.
    pub term: Option<Term>,
    /// Nobody was heard first.
    pub urgent: bool,
    pub protection: Option<Protection>,
    /// In what function it was done, when somebody of the municipality did it.
    pub signed_by: Option<Role>,
}

impl LifeLetter {
    /// Our reference (ons kenmerk): `2026-014-opzegging-3`.
    pub fn reference(&self) -> String {
        format!("{}-{}-{}", self.agreement, self.kind, self.sequence)
    }
}

/// The lines of a history to which a letter belongs, the newest first.
pub fn letters(events: &[Event]) -> Vec<(&Event, LifeLetterKind)> {
    events.iter().rev().filter_map(|event| Some((event, LifeLetterKind::of(event.verb)?))).collect()
}

#[cfg(test)]
mod tests;
