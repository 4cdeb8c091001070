//! The dossier report (dossierrapport): one application with its criteria, how it went and what was decided, before anybody
//! draws it. "Per criterion: result, evidence kind, date of document, received on, valid until, judged by (role, not name)
//! on date, reason when not met; history of decisions; agreement versions accepted." (procedure.md 1.7)

pub mod gather;
pub mod sample;
pub mod web;

mod compose;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

pub use compose::compose;

use crate::actor::Role;
use crate::dossier::timeline::What;
use crate::dossier::told::{Names, Versions};
use crate::dossier::{ApplicationNumber, ApplicationState, CriterionState};
use crate::ids::Kvk;
use crate::procedure::admission::Remedy;
use crate::procedure::criterion::EvidenceKind;
use crate::text::Bilingual;

/// Everything that stands in the report, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub municipality: String,
    pub provider: String,
    pub kvk: Kvk,
    pub application: ApplicationNumber,
    pub procedure: Bilingual,
    pub state: ApplicationState,
    pub received_on: Option<NaiveDate>,
    pub made_on: DateTime<FixedOffset>,
    pub page_url: String,
    /// What the applicant filled in, with what a supplement changed, and the names of what it applies for.
    pub told: Versions,
    pub names: Names,
    pub criteria: Vec<CriterionLine>,
    /// The oldest first.
    pub steps: Vec<StepLine>,
    pub refusals: Vec<RefusalLine>,
    pub agreements: Vec<AgreementLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionLine {
    pub code: String,
    pub name: Bilingual,
    pub state: CriterionState,
    pub kind: EvidenceKind,
    /// The newest piece that the verdict is about; without a verdict the newest that was received. Others before it.
    pub evidence: Option<EvidenceLine>,
    pub others: usize,
    /// The day on which a piece came that the verdict does not know yet.
    pub newer: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    /// When on the wall, and in what role.
    pub judged: Option<(NaiveDateTime, Role)>,
    /// Of the last verdict, when that is not that it meets.
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceLine {
    pub dated: Option<NaiveDate>,
    pub received_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// On the wall.
    pub at: NaiveDateTime,
    pub what: What,
    pub role: Role,
    pub words: String,
}

/// What can be done against a refusal, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalLine {
    pub decided_on: NaiveDate,
    pub remedy: Remedy,
    pub court: String,
    pub due: Option<NaiveDate>,
}

/// A version of the agreement that the provider acceded to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    pub number: String,
    pub version: i32,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}
