//! The agreement (deelovereenkomst) as far as it tells what is active: which provider acceded to which version, from
//! when until when, and which products it may deliver.

pub mod store;

use chrono::NaiveDate;

use crate::quarter::Quarter;

/// A provider's accession (toetreding) to one version of the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accession {
    pub id: i64,
    pub provider_id: i64,
    /// As printed: `2026-014`.
    pub number: String,
    pub version: i32,
    pub active_from: NaiveDate,
    /// The last day; none while no end is known.
    pub active_until: Option<NaiveDate>,
}

impl Accession {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.active_from <= day && self.active_until.is_none_or(|last| day <= last)
    }

    /// "Actief op een dag van het kwartaal": one day is enough.
    pub fn is_active_in(&self, quarter: Quarter) -> bool {
        self.active_from <= quarter.last_day() && self.active_until.is_none_or(|last| last >= quarter.first_day())
    }
}

/// Whether there was an agreement on any day of the quarter, under whichever version.
pub fn any_active_in(accessions: &[Accession], quarter: Quarter) -> bool {
    accessions.iter().any(|accession| accession.is_active_in(quarter))
}
