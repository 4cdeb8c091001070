//! The quarterly statement (kwartaalopgave): what a provider hands in about one quarter. These are its
//! parsed rows; nothing that could not be parsed gets this far.

mod checks;
#[cfg(test)]
mod example;
mod good_rows;
#[cfg(test)]
mod marked;
mod municipal;
mod odd;
mod read;
mod remark;
mod repeats;
mod sheets;
mod template;
mod write;
pub mod charged;
pub mod context;
pub mod intake;
mod known;
mod limits;
pub mod municipal_intake;
pub mod store;
mod submission;
pub mod used;
pub mod web;

use chrono::NaiveDate;

pub use self::checks::{
    CheckContext, ContactTerm, EarlierLine, KnownTrajectory, Model, Prepaid, ProductTerm, Shared, TariffTerm, Term,
    checks,
};
pub use self::good_rows::{GoodRows, send_back};
pub use self::municipal::{
    ExclusionLine, ListedClientLine, Municipal, MunicipalReading, OutflowLine, PlacementLine, SurveyLine,
    municipal_template, read_municipal, write_municipal,
};
pub use self::read::{Reading, read};
pub use self::remark::{Concern, Fault, Problem, Stands, Warning};
pub(crate) use self::sheets::ASIDE;
pub(crate) use self::sheets::staff::{STAFF_KINDS, VOG_KINDS};
pub use self::template::{TemplateData, template};
pub use self::write::{Retyped, write_workbook, write_workbook_retyped};
use crate::client::names::ClientName;
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::staff::{ProfessionalKind, VogKind};
use crate::trajectory::{Achieved, EndReason};

/// A whole statement as it was read. `row` in every line is the row of the spreadsheet it came from, the
/// heading being row 1, so that a later check can still point at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub head: Head,
    pub trajectories: Vec<TrajectoryLine>,
    pub feedback: Vec<FeedbackLine>,
    pub staff: Vec<StaffLine>,
    pub complaints: Vec<ComplaintLine>,
    pub costs: Vec<CostLine>,
}

/// Sheet `Opgave`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub kvk: Kvk,
    pub quarter: Quarter,
    /// Nil return (nulopgave): the provider states that there was nothing to state.
    pub nil_return: bool,
    /// Free text, at most 2,000 characters.
    pub note: String,
}

/// Sheet `Trajecten`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrajectoryLine {
    pub row: u32,
    pub case_ref: String,
    pub client_ref: String,
    /// Sealed before it is written down; it goes into no workbook of ours.
    pub client_name: Option<ClientName>,
    /// The e-mail address of the municipal contact person, in lower case.
    pub contact: String,
    pub profile: String,
    pub product: String,
    pub referred_on: NaiveDate,
    pub started_on: Option<NaiveDate>,
    pub plan_agreed_on: Option<NaiveDate>,
    pub agreed_results: u32,
    pub client_agreed_on: Option<NaiveDate>,
    pub coach_involved: bool,
    pub coach_agreed_on: Option<NaiveDate>,
    pub contact_informed_on: Option<NaiveDate>,
    pub term_ends_on: Option<NaiveDate>,
    pub suspended_days: u32,
    pub extension_permitted_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    pub results_achieved: Option<Achieved>,
    pub reason_recorded: bool,
    pub work_started_on: Option<NaiveDate>,
    /// In hundredths of an hour.
    pub hours_per_week: Option<Hundredths>,
    pub indication_on: Option<NaiveDate>,
    pub capacity_available_on: Option<NaiveDate>,
    pub placed_on: Option<NaiveDate>,
    /// Step on the participation ladder (participatieladder), 1 to 6.
    pub ladder_start: Option<u8>,
    pub ladder_now: Option<u8>,
}

/// Sheet `Terugkoppelingen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackLine {
    pub row: u32,
    pub case_ref: String,
    pub due_on: NaiveDate,
    pub done_on: Option<NaiveDate>,
    pub manner: String,
}

/// Sheet `Medewerkers`: one line per VOG; a person with two VOGs has two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    pub row: u32,
    pub staff_ref: String,
    pub kind: ProfessionalKind,
    pub client_contact: bool,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
    pub vog: Option<VogLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VogLine {
    pub date: NaiveDate,
    pub kind: VogKind,
    pub codes: Vec<String>,
    pub checked_on: Option<NaiveDate>,
}

/// Sheet `Klachten`. No client data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintLine {
    pub row: u32,
    pub complaint_ref: String,
    pub received_on: NaiveDate,
    pub reported_on: Option<NaiveDate>,
    pub category: String,
    pub handled_on: Option<NaiveDate>,
    pub outcome: String,
}

/// Sheet `Kosten`: what is charged, per client and per municipal contact person (indicator 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostLine {
    pub row: u32,
    /// The provider's own line number (regel), unique within the statement.
    pub line: String,
    pub case_ref: String,
    pub contact: String,
    pub product: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub unit: String,
    pub quantity: Hundredths,
    pub tariff: Cents,
    pub amount: Cents,
    pub vat: Option<Cents>,
    pub invoice: String,
    /// A negative line names the line it corrects (corrigeert_regel).
    pub corrects: Option<String>,
}
