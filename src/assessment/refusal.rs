//! Why something is not done with a quarter (weigering), in words that say what to do.

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use crate::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is none, or it is not the actor's to see.
    NotFound,
    /// Only the contract manager judges, and only the provider itself reacts.
    NotYours,
    /// He has a role with this provider, or had one in so many months (eigen belang).
    OwnInterest(u32),
    /// Somebody set it final already: when, in UTC, and who.
    AlreadyFinal(NaiveDateTime, String),
    /// Meanwhile there is another version than the one that was looked at.
    Superseded {
        current: i32,
    },
    /// It was not put before the provider yet, or not as it stands now.
    NotHeard,
    /// It was put before the provider, as it stands now.
    AlreadyHeard,
    /// The provider can still react until this day.
    HearingRuns(NaiveDate),
    /// The provider does not react any more: its term is over, or it said that it has no remarks.
    HearingOver,
    /// So many reactions have no answer.
    Unanswered(usize),
    /// Somebody answered this reaction already.
    AlreadyAnswered(String),
    /// It takes the place of a final version, and nobody said why.
    CorrectionUnexplained,
    /// Only what is final is corrected.
    NotFinal,
    WordsMissing,
    /// A number in it may be somebody's citizen service number.
    HoldsBsn,
    /// A piece that is not on the provider's own shelf, or cannot be opened.
    NoSuchPiece,
    /// It says what stands there already.
    SameVerdict,
}

impl Refusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Refusal::OwnInterest(months) => fl!(t, "dossier-refused-own-interest", months = (*months)),
            Refusal::NotHeard => fl!(t, "hearing-refused-not-heard"),
            Refusal::AlreadyHeard => fl!(t, "hearing-refused-already"),
            Refusal::HearingRuns(until) => fl!(t, "hearing-refused-runs", day = lang.day(*until)),
            Refusal::HearingOver => fl!(t, "hearing-refused-over"),
            Refusal::Unanswered(count) => fl!(t, "hearing-refused-unanswered", count = (*count)),
            Refusal::AlreadyAnswered(by) => fl!(t, "hearing-refused-answered", name = by.as_str()),
            Refusal::CorrectionUnexplained => fl!(t, "hearing-refused-unexplained"),
            Refusal::NotFinal => fl!(t, "hearing-refused-not-final"),
            Refusal::WordsMissing => fl!(t, "hearing-refused-words"),
            Refusal::HoldsBsn => fl!(t, "hearing-refused-bsn"),
            Refusal::NoSuchPiece => fl!(t, "hearing-refused-piece"),
            Refusal::SameVerdict => fl!(t, "hearing-refused-same"),
            // What can be mended by looking again; the rest has pages of its own.
            _ => fl!(t, "assessment-superseded"),
        }
    }
}
