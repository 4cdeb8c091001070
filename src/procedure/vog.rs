//! What a procedure says of the VOG (verklaring omtrent het gedrag): the screening codes, which codes fit which
//! work, and the terms. The people and their VOGs are in `staff`.

use serde::{Deserialize, Serialize};

use super::{Domain, Validity};
use crate::text::Bilingual;

codes! {
    /// A VOG carries either general function aspects or one specific screening profile.
    pub enum VogKind {
        Aspect = "aspect",
        Profile = "profile",
    }
}

/// A screening code. It is known by its kind and its number together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogCode {
    pub kind: VogKind,
    pub code: String,
    pub name: Bilingual,
    /// The code of a risk area (risicogebied); aspects only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Domains of work in which it is commonly asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual_in: Vec<Domain>,
    pub valid: Validity,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogArea {
    pub code: String,
    pub name: Bilingual,
}

/// Which VOG fits a kind of work: every code of at least one set is on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogRequirement {
    pub code: String,
    pub name: Bilingual,
    pub valid: Validity,
    pub any_of: Vec<Vec<VogCodeRef>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogCodeRef {
    pub kind: VogKind,
    pub code: String,
}

/// The terms of the VOG register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogTerms {
    pub valid: Validity,
    pub max_age_at_start_months: u32,
    /// For who already worked with clients when the agreement began.
    pub max_age_existing_staff_months: u32,
    pub renew_after_months: u32,
    /// So many days before the end a warning.
    pub warn_days: Vec<u32>,
    /// A new VOG asked for on suspicion is due after so many days.
    pub suspicion_due_days: u32,
    pub check_policy: CheckPolicy,
    /// Working with clients while the VOG is still on its way.
    pub allow_pending: bool,
    pub retention_after_leaving_months: u32,
}

codes! {
    /// Who checks the VOGs.
    pub enum CheckPolicy {
        /// The provider records, the municipality asks for samples.
        ProviderRecordsSample = "provider_records_sample",
        MunicipalityValidatesAll = "municipality_validates_all",
    }
}
