//! Client surveys (cliëntenonderzoek): the municipality asks clients, the provider cooperates (indicator 4).

pub mod store;

use chrono::NaiveDate;

/// A survey among clients, with the day on which cooperation is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSurvey {
    pub survey_ref: String,
    pub due_on: NaiveDate,
}
