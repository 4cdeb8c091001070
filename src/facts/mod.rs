//! The facts of one provider in one quarter (kwartaalfeiten): all that judging needs, laid on the table as plain
//! data. The same document travels as JSON; an assessment freezes it and keeps its hash.

mod fault;
pub mod due;
pub mod gather;
mod node;
mod overrides;
mod read;
mod sense;
mod settings;
mod shape;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::client::BenefitEndReason;
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::staff::{ProfessionalKind, VogPeriod};
use crate::trajectory::{Achieved, EndReason, ExclusionCode, FeedbackMoment};

pub use fault::{Expected, Fault, FaultKind};
pub use read::read;
pub use settings::{
    Boundary, Clock, OutflowRule, PermittedExtension, Settings, Targets, setting_value_words, setting_words,
};

/// What stands in `format`, the first field of the document. Another shape of the document gets another number.
pub const FORMAT: &str = "openhouse-quarter-facts/1";

/// One provider, one quarter. Lists keep their order: findings name their cases in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "openhouse-quarter-facts/1")]
pub struct QuarterFacts {
    pub quarter: Quarter,
    pub provider: Provider,
    /// Written as only what differs from the defaults.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Settings::are_default")]
    pub settings: Settings,
    pub agreement: Agreement,
    pub trajectories: Vec<Trajectory>,
    pub professionals: Vec<Professional>,
    pub surveys: Vec<Survey>,
    pub complaints: Complaints,
    pub cost_statement: CostStatement,
}

impl QuarterFacts {
    /// The one written form: fields in the order of the types, absent ones left out, a line feed at the end. Equal
    /// facts give equal bytes, so that a hash over them means something.
    pub fn to_json(&self) -> String {
        let mut written = serde_json::to_string_pretty(self).expect("facts hold only texts, numbers and lists");
        written.push('\n');
        written
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    pub kvk: Kvk,
    pub name: String,
}

/// The days on which the provider's agreement is in force, both ends included; no end means still in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub active_from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_until: Option<NaiveDate>,
}

impl Agreement {
    /// "Actief op een dag van het kwartaal": one day is enough.
    pub fn is_active_in(&self, quarter: Quarter) -> bool {
        let until = self.active_until.unwrap_or(NaiveDate::MAX).min(quarter.last_day());
        self.active_from.max(quarter.first_day()) <= until
    }
}

/// One trajectory. A date that is missing means "niet aangetoond".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trajectory {
    pub case_ref: String,
    /// The client profile at referral: `P1` to `P5`, or a code of another scheme.
    pub profile: String,
    pub referred_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_agreed_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default")]
    pub agreed_results: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_agreed_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default")]
    pub coach_involved: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coach_agreed_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_informed_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<FeedbackMoment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_ends_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default")]
    pub suspended_days: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_permitted_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_reason: Option<EndReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_achieved: Option<Achieved>,
    #[serde(default, deserialize_with = "or_default")]
    pub reason_recorded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_started_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefit_ended_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benefit_end_reason: Option<BenefitEndReason>,
    /// The municipality confirmed the outflow (uitstroom bevestigd).
    #[serde(default, deserialize_with = "or_default")]
    pub outflow_confirmed: bool,
    /// The day of the indication for sheltered work (indicatie beschut werk).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indication_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_available_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default")]
    pub waiting_list_days: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "or_default")]
    pub placement_confirmed: bool,
    /// Step on the participation ladder (participatieladder), 1 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ladder_start: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ladder_now: Option<u8>,
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Exclusion>,
}

/// A proposal to leave a trajectory out of a count (uitzondering). Only an accepted one works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    pub code: ExclusionCode,
    /// 1 to 10; none means every indicator for which the code works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<u8>,
    pub accepted: bool,
}

/// A person who works for the provider, with the periods in which a fitting VOG counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Professional {
    #[serde(rename = "ref")]
    pub staff_ref: String,
    pub kind: ProfessionalKind,
    pub client_contact: bool,
    pub active_from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_until: Option<NaiveDate>,
    pub vogs: Vec<VogPeriod>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    #[serde(rename = "ref")]
    pub survey_ref: String,
    pub due_on: NaiveDate,
    pub had_active_clients: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cooperated_on: Option<NaiveDate>,
}

/// How complaints are arranged, and the complaints themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure_valid_until: Option<NaiveDate>,
    pub adviser_named: bool,
    pub statement_due_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement_received_on: Option<NaiveDate>,
    pub items: Vec<Complaint>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    #[serde(rename = "ref")]
    pub complaint_ref: String,
    pub received_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported_on: Option<NaiveDate>,
}

/// The quarterly cost statement (kostenoverzicht). `complete` is the judgement on the first submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostStatement {
    pub due_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_on: Option<NaiveDate>,
    pub complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired_on: Option<NaiveDate>,
}

/// "A field marked ? may be missing or null": both give the default.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
