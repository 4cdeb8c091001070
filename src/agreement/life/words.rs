//! How the states of an agreement, its verbs, grounds and refusals are said to people (woorden).

use i18n_embed_fl::fl;

use super::subcontracting::SubState;
use super::{Ground, LifeRefusal, LifeState, LifeVerb, VersionStanding, Warning};
use crate::text::Lang;

impl LifeState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            LifeState::Signed => fl!(t, "life-state-signed"),
            LifeState::Active => fl!(t, "life-state-active"),
            LifeState::ClientStop => fl!(t, "life-state-client-stop"),
            LifeState::Notice => fl!(t, "life-state-notice"),
            LifeState::Ended => fl!(t, "life-state-ended"),
            LifeState::Dissolved => fl!(t, "life-state-dissolved"),
        }
    }
}

impl LifeVerb {
    /// What was done, as a line of the history.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            LifeVerb::Accede => fl!(t, "life-verb-accede"),
            LifeVerb::Revise => fl!(t, "life-verb-revise"),
            LifeVerb::Begin => fl!(t, "life-verb-begin"),
            LifeVerb::Replace => fl!(t, "life-verb-replace"),
            LifeVerb::StopClients => fl!(t, "life-verb-stop-clients"),
            LifeVerb::AskStop => fl!(t, "life-verb-ask-stop"),
            LifeVerb::AgreeStop => fl!(t, "life-verb-agree-stop"),
            LifeVerb::RefuseStop => fl!(t, "life-verb-refuse-stop"),
            LifeVerb::LiftStop => fl!(t, "life-verb-lift-stop"),
            LifeVerb::GiveNotice => fl!(t, "life-verb-give-notice"),
            LifeVerb::Terminate => fl!(t, "life-verb-terminate"),
            LifeVerb::Intend => fl!(t, "life-verb-intend"),
            LifeVerb::StateViews => fl!(t, "life-verb-state-views"),
            LifeVerb::DropIntention => fl!(t, "life-verb-drop-intention"),
            LifeVerb::Dissolve => fl!(t, "life-verb-dissolve"),
            LifeVerb::DissolveAtOnce => fl!(t, "life-verb-dissolve-at-once"),
            LifeVerb::StopDelivery => fl!(t, "life-verb-stop-delivery"),
            LifeVerb::NewTariffs => fl!(t, "life-verb-new-tariffs"),
            LifeVerb::Warn => fl!(t, "life-verb-warn"),
            LifeVerb::Extend => fl!(t, "life-verb-extend"),
            LifeVerb::End => fl!(t, "life-verb-end"),
        }
    }
}

impl Ground {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Ground::SignsOfFraud => fl!(t, "life-ground-signs-of-fraud"),
            Ground::SignsOfBadQuality => fl!(t, "life-ground-signs-of-bad-quality"),
            Ground::SignsOfUnsafety => fl!(t, "life-ground-signs-of-unsafety"),
            Ground::Leaving => fl!(t, "life-ground-leaving"),
            Ground::InsufficientUse => fl!(t, "life-ground-insufficient-use"),
            Ground::ForcedChange => fl!(t, "life-ground-forced-change"),
            Ground::RefusedChange => fl!(t, "life-ground-refused-change"),
            Ground::ExclusionGround => fl!(t, "life-ground-exclusion"),
            Ground::NoDelivery => fl!(t, "life-ground-no-delivery"),
            Ground::RepairNotDone => fl!(t, "life-ground-repair-not-done"),
            Ground::QualityFailure => fl!(t, "life-ground-quality-failure"),
            Ground::ProvenFraud => fl!(t, "life-ground-proven-fraud"),
            Ground::NegativeBibob => fl!(t, "life-ground-negative-bibob"),
            Ground::AdministrativeFine => fl!(t, "life-ground-administrative-fine"),
        }
    }
}

impl Warning {
    pub fn in_words(self, lang: Lang) -> String {
        match self {
            Warning::ToldLate => fl!(lang.texts(), "life-warning-told-late"),
            Warning::NotHeard => fl!(lang.texts(), "life-warning-not-heard"),
        }
    }
}

impl VersionStanding {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            VersionStanding::Ahead => fl!(t, "life-version-ahead"),
            VersionStanding::Active => fl!(t, "life-version-active"),
            VersionStanding::Replaced => fl!(t, "life-version-replaced"),
            VersionStanding::Ended => fl!(t, "life-version-ended"),
        }
    }
}

impl SubState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            SubState::Asked => fl!(t, "life-sub-asked"),
            SubState::Agreed => fl!(t, "life-sub-agreed"),
            SubState::Refused => fl!(t, "life-sub-refused"),
            SubState::Ended => fl!(t, "life-sub-ended"),
        }
    }
}

impl LifeRefusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            LifeRefusal::NotFound => fl!(t, "life-refused-not-found"),
            LifeRefusal::NotYours => fl!(t, "life-refused-role"),
            LifeRefusal::NotNow(state) => fl!(t, "life-refused-state", state = state.in_words(lang)),
            LifeRefusal::ReasonMissing => fl!(t, "life-refused-reason"),
            LifeRefusal::GroundMissing => fl!(t, "life-refused-ground"),
            LifeRefusal::NoAccount => fl!(t, "life-refused-account"),
            LifeRefusal::FourEyes => fl!(t, "life-refused-four-eyes"),
            LifeRefusal::StopTooSoon(day) => fl!(t, "life-refused-stop-too-soon", day = lang.day(*day)),
            LifeRefusal::DeliveryTooSoon(day) => fl!(t, "life-refused-delivery-too-soon", day = lang.day(*day)),
            LifeRefusal::NoSuchCase => fl!(t, "life-refused-no-case"),
            LifeRefusal::StopAlreadyAsked => fl!(t, "life-refused-stop-asked"),
            LifeRefusal::NoStopAsked => fl!(t, "life-refused-no-stop-asked"),
            LifeRefusal::IntentionOpen => fl!(t, "life-refused-intention-open"),
            LifeRefusal::NoIntention => fl!(t, "life-refused-no-intention"),
            LifeRefusal::ViewsRun(day) => fl!(t, "life-refused-views-run", day = lang.day(*day)),
            LifeRefusal::ViewsOver(day) => fl!(t, "life-refused-views-over", day = lang.day(*day)),
            LifeRefusal::WasUsed(Some(day)) => fl!(t, "life-refused-was-used", day = lang.day(*day)),
            LifeRefusal::WasUsed(None) => fl!(t, "life-refused-never-begun"),
            LifeRefusal::Spared => fl!(t, "life-refused-spared"),
            LifeRefusal::NoEnd => fl!(t, "life-refused-no-end"),
            LifeRefusal::NotLater(day) => fl!(t, "life-refused-not-later", day = lang.day(*day)),
            LifeRefusal::DayNotReached(day) => fl!(t, "life-refused-day-not-reached", day = lang.day(*day)),
            LifeRefusal::Unexplained(cases) => {
                fl!(t, "life-refused-unexplained", count = cases.len(), cases = cases.join(", "))
            }
            LifeRefusal::ClientsLeft(count) => fl!(t, "life-refused-clients-left", count = count),
            LifeRefusal::NoSuchLine => fl!(t, "life-refused-line"),
            LifeRefusal::HalfSettled => fl!(t, "life-refused-half-settled"),
            LifeRefusal::InTheFuture(day) => fl!(t, "life-refused-future", day = lang.day(*day)),
            LifeRefusal::ListClosed => fl!(t, "life-refused-list-closed"),
            LifeRefusal::NoList => fl!(t, "life-refused-no-list"),
            LifeRefusal::NotRegistered => fl!(t, "life-refused-not-registered"),
            LifeRefusal::Incomplete => fl!(t, "life-refused-incomplete"),
            LifeRefusal::EndBeforeBeginning => fl!(t, "life-refused-end-before-beginning"),
            LifeRefusal::HoldsBsn => fl!(t, "life-refused-bsn"),
            LifeRefusal::ChangedMeanwhile { by } => fl!(t, "life-refused-changed", by = by.as_str()),
        }
    }
}
