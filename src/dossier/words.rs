//! How states, verbs and refusals are said to people (woorden).

use i18n_embed_fl::fl;

use super::timeline::What;
use super::{ApplicationState, CriterionResult, CriterionState, Missing, Part, Refusal, TermKind, Verb};
use crate::text::Lang;

impl ApplicationState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ApplicationState::Draft => fl!(t, "dossier-state-draft"),
            ApplicationState::Submitted => fl!(t, "dossier-state-submitted"),
            ApplicationState::UnderReview => fl!(t, "dossier-state-under-review"),
            ApplicationState::SupplementAsked => fl!(t, "dossier-state-supplement-asked"),
            ApplicationState::Advised => fl!(t, "dossier-state-advised"),
            ApplicationState::Admitted => fl!(t, "dossier-state-admitted"),
            ApplicationState::Refused => fl!(t, "dossier-state-refused"),
            ApplicationState::RefusalFinal => fl!(t, "dossier-state-refusal-final"),
            ApplicationState::InCourt => fl!(t, "dossier-state-in-court"),
            ApplicationState::SetAside => fl!(t, "dossier-state-set-aside"),
            ApplicationState::Withdrawn => fl!(t, "dossier-state-withdrawn"),
            ApplicationState::Lapsed => fl!(t, "dossier-state-lapsed"),
        }
    }
}

impl CriterionState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            CriterionState::Open => fl!(t, "dossier-criterion-open"),
            CriterionState::HandedIn => fl!(t, "dossier-criterion-handed-in"),
            CriterionState::UnderReview => fl!(t, "dossier-criterion-under-review"),
            CriterionState::Met => fl!(t, "dossier-criterion-met"),
            CriterionState::NotMet => fl!(t, "dossier-criterion-not-met"),
            CriterionState::RepairAsked => fl!(t, "dossier-criterion-repair-asked"),
            CriterionState::NotApplicable => fl!(t, "dossier-criterion-not-applicable"),
            CriterionState::Expiring => fl!(t, "dossier-criterion-expiring"),
            CriterionState::Expired => fl!(t, "dossier-criterion-expired"),
        }
    }
}

impl CriterionResult {
    /// The state that this result leads to says it in the same words.
    pub fn in_words(self, lang: Lang) -> String {
        let state = match self {
            CriterionResult::Met => CriterionState::Met,
            CriterionResult::NotMet => CriterionState::NotMet,
            CriterionResult::RepairAsked => CriterionState::RepairAsked,
            CriterionResult::NotApplicable => CriterionState::NotApplicable,
        };
        state.in_words(lang)
    }
}

impl Verb {
    /// What was done, as a title in the timeline.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Verb::Start => fl!(t, "dossier-verb-start"),
            Verb::Submit => fl!(t, "dossier-verb-submit"),
            Verb::TakeUp => fl!(t, "dossier-verb-take-up"),
            Verb::AskSupplement => fl!(t, "dossier-verb-ask-supplement"),
            Verb::HandInSupplement => fl!(t, "dossier-verb-hand-in-supplement"),
            Verb::SetAside => fl!(t, "dossier-verb-set-aside"),
            Verb::Advise => fl!(t, "dossier-verb-advise"),
            Verb::SendBack => fl!(t, "dossier-verb-send-back"),
            Verb::Admit => fl!(t, "dossier-verb-admit"),
            Verb::Refuse => fl!(t, "dossier-verb-refuse"),
            Verb::CloseRefusal => fl!(t, "dossier-verb-close-refusal"),
            Verb::NoteCase => fl!(t, "dossier-verb-note-case"),
            Verb::Reopen => fl!(t, "dossier-verb-reopen"),
            Verb::LoseCase => fl!(t, "dossier-verb-lose-case"),
            Verb::Withdraw => fl!(t, "dossier-verb-withdraw"),
            Verb::Lapse => fl!(t, "dossier-verb-lapse"),
        }
    }
}

impl What {
    /// What happened, as a title in the history; a criterion by its code.
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            What::Step { verb, .. } => verb.in_words(lang),
            What::Verdict { code, result, replaced } => {
                let result = result.in_words(lang);
                match replaced {
                    true => fl!(t, "dossier-event-verdict-replaced", code = code.as_str(), result = result),
                    false => fl!(t, "dossier-event-verdict", code = code.as_str(), result = result),
                }
            }
            What::Evidence { code } => fl!(t, "dossier-event-evidence", code = code.as_str()),
            What::SuccessorAsked { code, until } => {
                fl!(t, "dossier-event-successor", code = code.as_str(), day = lang.day(*until))
            }
            What::Expired { code } => fl!(t, "dossier-event-expired", code = code.as_str()),
        }
    }
}

impl TermKind {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TermKind::Completeness => fl!(t, "dossier-term-completeness"),
            TermKind::Supplement => fl!(t, "dossier-term-supplement"),
            TermKind::Assessment => fl!(t, "dossier-term-assessment"),
            TermKind::LegalProtection => fl!(t, "dossier-term-legal-protection"),
            TermKind::BeforeStart => fl!(t, "dossier-term-before-start"),
        }
    }
}

impl Part {
    /// A step by its name; a criterion by its code, as its name is data.
    pub fn in_words(&self, lang: Lang) -> String {
        match self {
            Part::Criterion(code) => code.clone(),
            Part::Step(step) => step.in_words(lang),
        }
    }
}

impl Missing {
    pub fn part(&self) -> Part {
        match self {
            Missing::Field(step, _) => Part::Step(*step),
            Missing::Criterion(code) => Part::Criterion(code.clone()),
        }
    }
}

impl Refusal {
    pub fn in_words(&self, lang: Lang) -> String {
        self.in_words_with(lang, &|code| code.to_owned())
    }

    /// The same where the names of the criteria are known: nobody knows them by their codes.
    pub fn in_words_with(&self, lang: Lang, named: &dyn Fn(&str) -> String) -> String {
        let t = lang.texts();
        let listed = |codes: &[String]| codes.iter().map(|code| named(code)).collect::<Vec<_>>().join(", ");
        let part_named = |part: &Part| match part {
            Part::Criterion(code) => named(code),
            Part::Step(step) => step.in_words(lang),
        };
        match self {
            Refusal::NotFound => fl!(t, "dossier-refused-not-found"),
            Refusal::NotYours => fl!(t, "dossier-refused-role"),
            Refusal::NotNow(state) => fl!(t, "dossier-refused-state", state = state.in_words(lang)),
            Refusal::CriterionNotNow(state) => fl!(t, "dossier-refused-criterion", state = state.in_words(lang)),
            Refusal::NoAccount => fl!(t, "dossier-refused-account"),
            Refusal::OwnAdvice => fl!(t, "dossier-refused-own-advice"),
            Refusal::OwnVerdict => fl!(t, "dossier-refused-own-verdict"),
            Refusal::OwnInterest(months) => fl!(t, "dossier-refused-own-interest", months = (*months)),
            Refusal::EndInPast(day) => fl!(t, "dossier-refused-end-in-past", day = lang.day(*day)),
            Refusal::BeyondEvidence(day) => fl!(t, "dossier-refused-beyond-evidence", day = lang.day(*day)),
            Refusal::Incomplete(missing) => {
                let mut parts: Vec<Part> = missing.iter().map(Missing::part).collect();
                parts.sort();
                parts.dedup();
                let parts: Vec<String> = parts.iter().map(part_named).collect();
                fl!(t, "dossier-refused-incomplete", parts = parts.join(", "))
            }
            Refusal::NothingAsked => fl!(t, "dossier-refused-nothing-asked"),
            Refusal::NeverAsked => fl!(t, "dossier-refused-never-asked"),
            Refusal::ReasonMissing => fl!(t, "dossier-refused-reason"),
            Refusal::TermOver(day) => fl!(t, "dossier-refused-term-over", day = lang.day(*day)),
            Refusal::TermRuns(day) => fl!(t, "dossier-refused-term-runs", day = lang.day(*day)),
            Refusal::Unjudged(codes) => fl!(t, "dossier-refused-unjudged", codes = listed(codes)),
            Refusal::NotAllMet(codes) => fl!(t, "dossier-refused-not-met", codes = listed(codes)),
            Refusal::NotRepairable => fl!(t, "dossier-refused-not-repairable"),
            Refusal::ClosedToEntry => fl!(t, "dossier-refused-closed"),
            Refusal::AlreadyApplied(number) => {
                fl!(t, "dossier-refused-already", number = number.to_string())
            }
            Refusal::KnownOrganisation => fl!(t, "dossier-refused-known"),
            Refusal::NotAsked(part) => fl!(t, "dossier-refused-not-asked", part = part_named(part)),
            Refusal::EvidenceNotUsable => fl!(t, "dossier-refused-evidence"),
            Refusal::NeverInBulk => fl!(t, "dossier-refused-bulk"),
            Refusal::ChangedMeanwhile { by, .. } => fl!(t, "dossier-refused-changed", by = by.as_str()),
            Refusal::SomeChanged(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                fl!(t, "dossier-refused-some-changed", numbers = numbers.join(", "))
            }
        }
    }
}
