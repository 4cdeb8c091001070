//! The life of an agreement (looptijd van een overeenkomst): from the day it is signed until it has ended. One row per
//! agreement across its versions, with a history to which is only added.
//!
//! Dry pages: this one (the nouns), `state` (the verbs), `words`. On the tables: `store` (to look up, and every step), `making` (how it
//! begins), `running` (client stop and extension), `leaving` (notice), `dissolving` (heard first), `calendar` (what the days do), `cases` (who is with a provider), `delivery` (one client less),
//! `transfer` (the list of clients to hand over), `subcontracting`, `mails`.

pub mod calendar;
pub mod cases;
pub mod delivery;
pub mod dissolving;
pub mod leaving;
pub mod mails;
pub(in crate::agreement) mod making;
pub mod running;
mod state;
pub mod store;
pub mod subcontracting;
pub mod transfer;
mod words;

use chrono::{NaiveDate, NaiveDateTime};

pub use state::{Heard, LifeRefusal, LifeState, LifeVerb};

use super::Accession;
use crate::actor::Role;
use crate::calendar::add_months;
use crate::procedure::admission::Remedy;
use crate::term::{Term, TermRule};

/// One agreement of one provider, across its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub id: i64,
    pub provider_id: i64,
    /// As printed: `2026-014`.
    pub number: String,
    pub state: LifeState,
    /// Counts up with every act; what was looked at is sent along with the next act.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// The first day on which no new client comes.
    pub stopped_from: Option<NaiveDate>,
    /// The day from which the provider asked for a client stop, as long as nobody answered.
    pub asked_stop_from: Option<NaiveDate>,
    /// The intention to dissolve on which nobody decided yet.
    pub intention: Option<Intention>,
    /// The last day of which the provider was warned.
    pub warned_for: Option<NaiveDate>,
    /// Every version that was acceded to, the oldest first.
    pub accessions: Vec<Accession>,
}

/// An intention to dissolve (voornemen): in which term the provider gives its views, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intention {
    pub views: Term,
    pub account_id: Option<i64>,
}

impl Life {
    pub fn begins_on(&self) -> Option<NaiveDate> {
        self.accessions.iter().map(|one| one.active_from).min()
    }

    /// The last day, by the newest version; none while no end is known.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.accessions.last().and_then(|one| one.active_until)
    }

    /// The version that holds on this day; before the first that one, after the last that.
    pub fn version_on(&self, day: NaiveDate) -> Option<&Accession> {
        let begun = self.accessions.iter().rfind(|one| one.active_from <= day);
        begun.or_else(|| self.accessions.first())
    }

    /// The term in which an extension is told late: so many months before the end.
    pub fn told_late(&self, today: NaiveDate, months: u32) -> bool {
        self.ends_on().is_some_and(|last| add_months(today, months) > last)
    }
}

/// How one version stands (vervangen, actief): the status model keeps it per accession.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionStanding {
    Ahead,
    Active,
    /// A newer version is active (vervangen).
    Replaced,
    Ended,
}

impl Life {
    pub fn standing(&self, version: &Accession, today: NaiveDate) -> VersionStanding {
        let newer = self.accessions.iter().any(|one| one.version > version.version && one.active_from <= today);
        match () {
            () if newer => VersionStanding::Replaced,
            () if version.active_from > today => VersionStanding::Ahead,
            () if version.covers(today) => VersionStanding::Active,
            () => VersionStanding::Ended,
        }
    }
}

codes! {
    /// On what an act rests (grond): closed lists, one for a client stop, one for a notice and one for a dissolution.
    pub enum Ground {
        /// "at once on clear signs of fraud, bad quality or unsafety" (procedure.md 1.2, row 20)
        SignsOfFraud = "signs_of_fraud",
        SignsOfBadQuality = "signs_of_bad_quality",
        SignsOfUnsafety = "signs_of_unsafety",
        /// The provider leaves (uittreden, row 19).
        Leaving = "leaving",
        /// Row 24
        InsufficientUse = "insufficient_use",
        /// A new law (row 16).
        ForcedChange = "forced_change",
        /// "refusal without good reason counts as notice until the start date of the change" (row 15)
        RefusedChange = "refused_change",
        /// Row 23: exclusion ground, or no longer meets the requirements.
        ExclusionGround = "exclusion_ground",
        NoDelivery = "no_delivery",
        RepairNotDone = "repair_not_done",
        QualityFailure = "quality_failure",
        ProvenFraud = "proven_fraud",
        NegativeBibob = "negative_bibob",
        AdministrativeFine = "administrative_fine",
    }
}

impl Ground {
    pub const OF_STOP: &'static [Ground] = &[Ground::SignsOfFraud, Ground::SignsOfBadQuality, Ground::SignsOfUnsafety];
    /// What the municipality can give notice on.
    pub const OF_NOTICE: &'static [Ground] = &[Ground::InsufficientUse, Ground::ForcedChange];
    pub const OF_DISSOLUTION: &'static [Ground] = &[
        Ground::ExclusionGround,
        Ground::NoDelivery,
        Ground::RepairNotDone,
        Ground::QualityFailure,
        Ground::ProvenFraud,
        Ground::NegativeBibob,
        Ground::AdministrativeFine,
    ];
}

codes! {
    /// What was not as it should be, shown and recorded all the same.
    pub enum Warning {
        /// An extension that the provider hears of later than the term says.
        ToldLate = "told_late",
        /// Dissolved without being heard first, because it was urgent.
        NotHeard = "not_heard",
    }
}

/// A line of the history, to which a letter may belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: i64,
    /// Counts from one.
    pub sequence: i32,
    pub verb: LifeVerb,
    pub to: LifeState,
    pub at: NaiveDateTime,
    pub day: NaiveDate,
    pub actor: String,
    pub role: Role,
    pub ground: Option<Ground>,
    pub reason: String,
    /// The one client it is about, by case number; empty when it is about none.
    pub case_ref: String,
    /// Of a client stop its first day, of an end the last day, of an extension the new last day.
    pub effective_on: Option<NaiveDate>,
    /// The last day as it was before.
    pub before: Option<NaiveDate>,
    /// The rule by which the day was computed, or of the term that began.
    pub rule: Option<TermRule>,
    pub remedy: Option<(Remedy, String)>,
    pub warning: Option<Warning>,
}
