//! A letter (brief) about an application: who wrote what to whom, before anybody draws it. Short sentences, active, "u";
//! whatever it tells was decided earlier and is carried here.

pub mod gather;
pub mod life;
pub mod sample;
pub mod shelf;
pub mod store;
pub mod web;

mod compose;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

pub use compose::compose;

use crate::dossier::form::Form;
use crate::dossier::receipt::ReceiptKind;
use crate::dossier::{ApplicationNumber, Part};
use crate::procedure::admission::{Contact, Remedy};
use crate::term::Term;
use crate::text::{Bilingual, Lang};

codes! {
    /// What a letter tells (soort brief).
    pub enum LetterKind {
        /// Of an application or a supplement (ontvangst).
        Receipt = "receipt",
        /// aanvulling
        Supplement = "supplement",
        /// toelating
        Admission = "admission",
        /// afwijzing
        Refusal = "refusal",
        /// buiten behandeling
        SetAside = "set_aside",
        /// intrekking
        Withdrawal = "withdrawal",
    }
}

impl LetterKind {
    /// As it stands in an address and in our reference.
    pub fn path(self) -> &'static str {
        match self {
            LetterKind::Receipt => "ontvangst",
            LetterKind::Supplement => "aanvulling",
            LetterKind::Admission => "toelating",
            LetterKind::Refusal => "afwijzing",
            LetterKind::SetAside => "buiten-behandeling",
            LetterKind::Withdrawal => "intrekking",
        }
    }

    /// Whether it is a decision of the municipality (besluit), which goes out under its seal.
    pub fn decides(self) -> bool {
        matches!(self, LetterKind::Admission | LetterKind::Refusal | LetterKind::SetAside)
    }

    pub fn in_words(self, lang: Lang) -> String {
        use i18n_embed_fl::fl;
        let t = lang.texts();
        match self {
            LetterKind::Receipt => fl!(t, "report-letter-kind-receipt"),
            LetterKind::Supplement => fl!(t, "report-letter-kind-supplement"),
            LetterKind::Admission => fl!(t, "report-letter-kind-admission"),
            LetterKind::Refusal => fl!(t, "report-letter-kind-refusal"),
            LetterKind::SetAside => fl!(t, "report-letter-kind-set-aside"),
            LetterKind::Withdrawal => fl!(t, "report-letter-kind-withdrawal"),
        }
    }
}

/// One letter of an application: of its kind the first, the second and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub kind: LetterKind,
    /// Counts from one.
    pub number: i32,
    /// When that was done of which it tells, in UTC.
    pub at: NaiveDateTime,
}

impl Written {
    /// The word in its address: `aanvulling-2`.
    pub fn path(&self) -> String {
        format!("{}-{}", self.kind.path(), self.number)
    }
}

/// The letter that an address means: `aanvulling-2` the second of its kind, `aanvulling` the newest.
pub fn meant(all: &[Written], path: &str) -> Option<Written> {
    let newest = || all.iter().rev().find(|one| one.kind.path() == path);
    all.iter().find(|one| one.path() == path).or_else(newest).copied()
}

/// Everything that stands in a letter, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub application: ApplicationNumber,
    pub written: Written,
    /// The same moment on the wall, from which the letter has its date.
    pub sent_at: DateTime<FixedOffset>,
    /// The name of the municipality without the word.
    pub municipality: String,
    pub contact: Contact,
    pub procedure: Bilingual,
    pub addressee: Addressee,
    /// Where the addressee finds the letter as a page.
    pub page_url: String,
    pub message: Message,
}

impl Letter {
    /// Our reference (ons kenmerk): `2026-0014-afwijzing-1`.
    pub fn reference(&self) -> String {
        format!("{}-{}", self.application, self.written.path())
    }
}

/// To whom it goes. What the applicant did not tell is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    pub organisation: String,
    pub person: String,
    pub street: String,
    /// Postcode and place.
    pub place: String,
}

/// What the letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Received {
        what: ReceiptKind,
        receipt: String,
        /// SHA-256 of what was handed in.
        digest: String,
        /// The day that counts: of paper the one on which it came.
        received_on: NaiveDate,
        /// In which the municipality answers.
        answer: Term,
        /// As it was handed in: who signs, and what was declared, stand in the letter too.
        form: Form,
    },
    SupplementAsked {
        words: String,
        asked: Vec<Asked>,
        term: Term,
    },
    Admitted {
        words: String,
        /// What was asked before the start on that day, and until when.
        before_start: Vec<Bilingual>,
        term: Term,
    },
    Refused {
        reason: String,
        not_met: Vec<NotMet>,
        remedy: Protection,
    },
    SetAside {
        reason: String,
        /// What was asked in vain: when, and until when.
        asked: Option<(NaiveDate, NaiveDate)>,
        remedy: Protection,
    },
    Withdrawn,
}

/// A part that is asked for, in the words of the assessor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub part: Part,
    /// Of a criterion.
    pub name: Option<Bilingual>,
    pub words: String,
}

/// A criterion that is not met, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotMet {
    pub code: String,
    pub name: Bilingual,
    pub reason: String,
}

/// What can be done against a decision (rechtsbescherming), and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    pub remedy: Remedy,
    /// The court that remedy A names.
    pub court: String,
    pub term: Term,
}
