//! Complaints of clients (klachten): the provider records them and reports them to the municipality (indicator 7). No
//! client data stands here, only that there was one, when, and of what kind.

pub mod store;

use chrono::NaiveDate;

/// A complaint as the provider reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub complaint_ref: String,
    pub received_on: NaiveDate,
    pub reported_on: Option<NaiveDate>,
    pub category: String,
    pub handled_on: Option<NaiveDate>,
    pub outcome: String,
}

/// What the provider has arranged: a complaints procedure (klachtenregeling) and a confidential adviser
/// (vertrouwenspersoon).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrangement {
    pub procedure_valid_until: Option<NaiveDate>,
    pub adviser_named: bool,
}
