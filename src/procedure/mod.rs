//! The admission procedure (toelatingsprocedure, "Open House") and what it lays down for everyone: criteria,
//! indicators, client profiles, products with their tariffs, and the rules of the VOG.
//!
//! All of it is data with dates, so that an old quarter is judged by what held then. `defaults` holds what a new
//! installation starts with.

pub mod admission;
pub mod batches;
pub mod catalogue;
pub mod criteria;
pub mod criterion;
mod criterion_words;
pub mod defaults;
pub mod definition;
pub mod indexation;
pub mod outages;
pub mod product;
pub mod profile;
pub mod standard_texts;
pub mod store;
pub mod terms;
pub mod vog;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days on which a piece of domain data holds (geldig), both ends included; open when `until` is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenValidity")]
pub struct Validity {
    from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
}

/// A validity that would end before it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndsBeforeItBegins(pub NaiveDate, pub NaiveDate);

impl Validity {
    pub fn new(from: NaiveDate, until: Option<NaiveDate>) -> Result<Validity, EndsBeforeItBegins> {
        match until {
            Some(until) if until < from => Err(EndsBeforeItBegins(from, until)),
            _ => Ok(Validity { from, until }),
        }
    }

    pub fn from(self) -> NaiveDate {
        self.from
    }

    pub fn until(self) -> Option<NaiveDate> {
        self.until
    }

    pub fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// True when some day lies in both.
    pub fn overlaps(self, other: Validity) -> bool {
        self.until.is_none_or(|until| other.from <= until) && other.until.is_none_or(|until| self.from <= until)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenValidity {
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl TryFrom<WrittenValidity> for Validity {
    type Error = EndsBeforeItBegins;

    fn try_from(written: WrittenValidity) -> Result<Validity, EndsBeforeItBegins> {
        Validity::new(written.from, written.until)
    }
}

impl std::fmt::Display for EndsBeforeItBegins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "valid from {} but only until {}", self.0, self.1)
    }
}

impl std::error::Error for EndsBeforeItBegins {}

codes! {
    /// A domain of local social policy (domein), each with its own law.
    pub enum Domain {
        /// Participatiewet
        Pw = "pw",
        /// Wet maatschappelijke ondersteuning
        Wmo = "wmo",
        /// Jeugdwet
        Jeugd = "jeugd",
    }
}

/// A municipality that a set of domain data comes from. `cbs` is its number at Statistics Netherlands, where known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cbs: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn validity(from: &str, until: &str) -> Validity {
        Validity::new(day(from), Some(day(until))).unwrap()
    }

    #[test]
    fn both_ends_are_covered() {
        let year = validity("2026-01-01", "2026-12-31");
        assert!(year.covers(day("2026-01-01")) && year.covers(day("2026-12-31")));
        assert!(!year.covers(day("2025-12-31")) && !year.covers(day("2027-01-01")));
    }

    #[test]
    fn without_an_end_every_later_day_is_covered() {
        let open = Validity::new(day("2026-01-01"), None).unwrap();
        assert!(open.covers(day("2999-12-31")));
    }

    #[test]
    fn an_end_before_the_beginning_is_refused() {
        assert!(Validity::new(day("2026-01-02"), Some(day("2026-01-01"))).is_err());
        let refusal = serde_json::from_str::<Validity>(r#"{"from":"2026-01-02","until":"2026-01-01"}"#).unwrap_err();
        assert!(refusal.to_string().contains("valid from 2026-01-02 but only until 2026-01-01"));
    }

    #[test]
    fn neighbours_do_not_overlap() {
        let (first, second) = (validity("2026-01-01", "2026-06-30"), validity("2026-07-01", "2026-12-31"));
        assert!(!first.overlaps(second) && !second.overlaps(first));
        assert!(first.overlaps(validity("2026-06-30", "2026-12-31")));
    }
}
