//! How a criterion is said to people (woorden): when it is asked, where it comes from, how long its evidence counts.

use i18n_embed_fl::fl;

use super::criterion::{AskMoment, Source, ValidityRule};
use crate::text::Lang;

impl AskMoment {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            AskMoment::AtApplication => fl!(t, "procedure-ask-at-application"),
            AskMoment::OnRequest => fl!(t, "procedure-ask-on-request"),
            AskMoment::BeforeStart => fl!(t, "procedure-ask-before-start"),
            AskMoment::Periodic => fl!(t, "procedure-ask-periodic"),
        }
    }
}

impl Source {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Source::NationalStandard => fl!(t, "procedure-source-national-standard"),
            Source::UsualPractice => fl!(t, "procedure-source-usual-practice"),
            Source::Startdocument => fl!(t, "procedure-source-startdocument"),
            Source::CaseLaw => fl!(t, "procedure-source-case-law"),
            Source::LocalPolicy => fl!(t, "procedure-source-local-policy"),
            Source::Proposal => fl!(t, "procedure-source-proposal"),
        }
    }
}

impl ValidityRule {
    /// How old or how long, for who looks for the right document.
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ValidityRule::ReceivedWithin { months } => fl!(t, "procedure-holds-received-within", months = (*months)),
            ValidityRule::WholeTerm { .. } => fl!(t, "procedure-holds-whole-term"),
            ValidityRule::PerApplication {} => fl!(t, "procedure-holds-per-application"),
            ValidityRule::PerVersion {} => fl!(t, "procedure-holds-per-version"),
            ValidityRule::UntilItsDate { .. } => fl!(t, "procedure-holds-until-its-date"),
            ValidityRule::Months { months } => fl!(t, "procedure-holds-months", months = (*months)),
            ValidityRule::Vog {} => fl!(t, "procedure-holds-vog"),
        }
    }
}
