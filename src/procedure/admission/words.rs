//! How the states of a procedure and its refusals are said to people (woorden).

use i18n_embed_fl::fl;

use super::{Entry, Gap, ProcedureRefusal, ProcedureState, ProcedureVerb, Remedy};
use crate::text::Lang;

impl ProcedureState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ProcedureState::Draft => fl!(t, "procedure-state-draft"),
            ProcedureState::Published => fl!(t, "procedure-state-published"),
            ProcedureState::Open => fl!(t, "procedure-state-open"),
            ProcedureState::Paused => fl!(t, "procedure-state-paused"),
            ProcedureState::Closed => fl!(t, "procedure-state-closed"),
            ProcedureState::Ended => fl!(t, "procedure-state-ended"),
        }
    }
}

impl ProcedureVerb {
    /// What was done, as a line in the history.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ProcedureVerb::Make => fl!(t, "procedure-verb-make"),
            ProcedureVerb::Edit => fl!(t, "procedure-verb-edit"),
            ProcedureVerb::Propose => fl!(t, "procedure-verb-propose"),
            ProcedureVerb::Publish => fl!(t, "procedure-verb-publish"),
            ProcedureVerb::Open => fl!(t, "procedure-verb-open"),
            ProcedureVerb::Pause => fl!(t, "procedure-verb-pause"),
            ProcedureVerb::Resume => fl!(t, "procedure-verb-resume"),
            ProcedureVerb::Close => fl!(t, "procedure-verb-close"),
            ProcedureVerb::End => fl!(t, "procedure-verb-end"),
        }
    }
}

impl Entry {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Entry::Continuous => fl!(t, "procedure-entry-continuous"),
            Entry::Fixed => fl!(t, "procedure-entry-fixed"),
            Entry::AtStart => fl!(t, "procedure-entry-at-start"),
        }
    }
}

impl Remedy {
    /// As it stands in a mail after "Dan kunt u tot en met … ": texts A, B and C of mails.md.
    pub fn in_words(self, lang: Lang, court: &str) -> String {
        let t = lang.texts();
        match self {
            Remedy::Court => fl!(t, "procedure-remedy-court", court = court),
            Remedy::Objection => fl!(t, "procedure-remedy-objection"),
            Remedy::Complaint => fl!(t, "procedure-remedy-complaint"),
        }
    }
}

impl Gap {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Gap::Code => fl!(t, "procedure-gap-code"),
            Gap::Name => fl!(t, "procedure-gap-name"),
            Gap::Intro => fl!(t, "procedure-gap-intro"),
            Gap::Contact => fl!(t, "procedure-gap-contact"),
            Gap::Court => fl!(t, "procedure-gap-court"),
            Gap::Days => fl!(t, "procedure-gap-days"),
            Gap::Criteria => fl!(t, "procedure-gap-criteria"),
        }
    }
}

impl ProcedureRefusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ProcedureRefusal::NotFound => fl!(t, "procedure-refused-not-found"),
            ProcedureRefusal::NotYours => fl!(t, "procedure-refused-role"),
            ProcedureRefusal::NotNow(state) => fl!(t, "procedure-refused-state", state = state.in_words(lang)),
            ProcedureRefusal::Incomplete(gaps) => {
                let gaps: Vec<String> = gaps.iter().map(|gap| gap.in_words(lang)).collect();
                fl!(t, "procedure-refused-incomplete", gaps = gaps.join(", "))
            }
            ProcedureRefusal::NotProposed => fl!(t, "procedure-refused-not-proposed"),
            ProcedureRefusal::FourEyes => fl!(t, "procedure-refused-four-eyes"),
            ProcedureRefusal::ReasonMissing => fl!(t, "procedure-refused-reason"),
            ProcedureRefusal::TooEarly(day) => fl!(t, "procedure-refused-early", day = lang.day(*day)),
            ProcedureRefusal::NoEnd => fl!(t, "procedure-refused-no-end"),
            ProcedureRefusal::AgreementsRun(count) => fl!(t, "procedure-refused-agreements", count = (*count)),
            ProcedureRefusal::CodeTaken => fl!(t, "procedure-refused-code"),
            ProcedureRefusal::Announced => fl!(t, "procedure-refused-announced"),
            ProcedureRefusal::ChangedMeanwhile { by, .. } => {
                fl!(t, "procedure-refused-changed", by = by.as_str())
            }
        }
    }
}
