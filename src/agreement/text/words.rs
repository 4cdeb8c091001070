//! How the states of a text, its kinds, changes and refusals are said to people (woorden).

use i18n_embed_fl::fl;

use super::diff::ChangeKind;
use super::markdown::Fault;
use super::{Lack, PrivacyRole, Scope, TextKind, TextRefusal, TextState, TextVerb};
use crate::text::Lang;

impl TextKind {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TextKind::Dialogue => fl!(t, "agreement-kind-dialogue"),
            TextKind::Framework => fl!(t, "agreement-kind-framework"),
            TextKind::Domain => fl!(t, "agreement-kind-domain"),
            TextKind::Requirements => fl!(t, "agreement-kind-requirements"),
            TextKind::Tariffs => fl!(t, "agreement-kind-tariffs"),
            TextKind::Privacy => fl!(t, "agreement-kind-privacy"),
            TextKind::Annex => fl!(t, "agreement-kind-annex"),
        }
    }
}

impl PrivacyRole {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            PrivacyRole::Processor => fl!(t, "agreement-privacy-processor"),
            PrivacyRole::Joint => fl!(t, "agreement-privacy-joint"),
            PrivacyRole::Independent => fl!(t, "agreement-privacy-independent"),
        }
    }
}

impl Scope {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Scope::All => fl!(t, "agreement-scope-all"),
            Scope::Individual => fl!(t, "agreement-scope-individual"),
            Scope::Generic => fl!(t, "agreement-scope-generic"),
        }
    }
}

impl TextState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TextState::Draft => fl!(t, "agreement-text-draft"),
            TextState::Consultation => fl!(t, "agreement-text-consultation"),
            TextState::Established => fl!(t, "agreement-text-established"),
        }
    }
}

impl TextVerb {
    /// What was done, as a line of the history.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TextVerb::Make => fl!(t, "agreement-text-verb-make"),
            TextVerb::Edit => fl!(t, "agreement-text-verb-edit"),
            TextVerb::ReadIn => fl!(t, "agreement-text-verb-read-in"),
            TextVerb::Consult => fl!(t, "agreement-text-verb-consult"),
            TextVerb::TakeBack => fl!(t, "agreement-text-verb-take-back"),
            TextVerb::Amend => fl!(t, "agreement-text-verb-amend"),
            TextVerb::Establish => fl!(t, "agreement-text-verb-establish"),
        }
    }
}

impl ChangeKind {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ChangeKind::Same => fl!(t, "agreement-change-same"),
            ChangeKind::Changed => fl!(t, "agreement-change-changed"),
            ChangeKind::New => fl!(t, "agreement-change-new"),
            ChangeKind::Dropped => fl!(t, "agreement-change-dropped"),
            ChangeKind::Renumbered => fl!(t, "agreement-change-renumbered"),
        }
    }
}

impl Fault {
    /// What cannot stand in an article, and what to do about it.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Fault::Html => fl!(t, "agreement-body-html"),
            Fault::Heading => fl!(t, "agreement-body-heading"),
            Fault::Image => fl!(t, "agreement-body-image"),
            Fault::Code => fl!(t, "agreement-body-code"),
            Fault::Quote => fl!(t, "agreement-body-quote"),
            Fault::Rule => fl!(t, "agreement-body-rule"),
            Fault::Link => fl!(t, "agreement-body-link"),
            Fault::Table => fl!(t, "agreement-body-table"),
        }
    }

    /// The same, with the line it stands on.
    pub fn at_line(self, lang: Lang, line: usize) -> String {
        fl!(lang.texts(), "agreement-body-line", line = line, fault = self.in_words(lang))
    }
}

impl Lack {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Lack::Articles => fl!(t, "agreement-lack-articles"),
            Lack::Words => fl!(t, "agreement-lack-words"),
            Lack::Numbers => fl!(t, "agreement-lack-numbers"),
            Lack::Days => fl!(t, "agreement-lack-days"),
            Lack::Explanation => fl!(t, "agreement-lack-explanation"),
            Lack::Changes => fl!(t, "agreement-lack-changes"),
            Lack::Minutes => fl!(t, "agreement-lack-minutes"),
        }
    }
}

impl TextRefusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TextRefusal::NotFound => fl!(t, "agreement-text-refused-not-found"),
            TextRefusal::NotYours => fl!(t, "agreement-text-refused-role"),
            TextRefusal::NotNow(state) => fl!(t, "agreement-text-refused-state", state = state.in_words(lang)),
            TextRefusal::Incomplete(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| lack.in_words(lang)).collect();
                fl!(t, "agreement-text-refused-incomplete", lacks = lacks.join(", "))
            }
            TextRefusal::ReasonMissing => fl!(t, "agreement-text-refused-reason"),
            TextRefusal::AnotherIsOpen(number) => fl!(t, "agreement-text-refused-open", number = (*number)),
            TextRefusal::BeginsTooEarly(day) => {
                fl!(t, "agreement-text-refused-early", day = lang.day(*day))
            }
            TextRefusal::TermTooShort(least) => {
                let (rule, day) = (least.rule.in_words(lang), lang.day(least.due));
                fl!(t, "agreement-text-refused-short", rule = rule, day = day)
            }
            TextRefusal::NumberWrong => fl!(t, "agreement-page-number-wrong"),
            TextRefusal::FourEyes => fl!(t, "agreement-text-refused-four-eyes"),
            TextRefusal::CodeTaken => fl!(t, "agreement-text-refused-code"),
            TextRefusal::NoSuchArticle => fl!(t, "agreement-text-refused-article"),
            TextRefusal::HoldsBsn => fl!(t, "agreement-text-refused-bsn"),
            TextRefusal::ChangedMeanwhile { by, .. } => {
                fl!(t, "agreement-text-refused-meanwhile", by = by.as_str())
            }
        }
    }
}
