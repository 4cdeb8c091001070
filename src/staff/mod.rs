//! The people of a provider who work with clients, and the VOG register (Verklaring Omtrent het Gedrag).
//! A VOG is a snapshot: what is kept is that one was shown, its date and its codes. No file is kept.

pub mod store;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::add_months;
pub use crate::procedure::vog::VogKind;
use crate::procedure::vog::{VogRequirement, VogTerms};

codes! {
    /// The group a professional belongs to (functiegroep).
    pub enum ProfessionalKind {
        Employee = "employee",
        SelfEmployed = "self_employed",
        Temp = "temp",
        Intern = "intern",
        Volunteer = "volunteer",
    }
}

/// What was seen of one VOG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vog {
    /// The date that stands on the VOG (datum op de VOG).
    pub date: NaiveDate,
    pub kind: VogKind,
    pub codes: Vec<String>,
    pub checked_on: Option<NaiveDate>,
}

/// The terms of the VOG rules, in months, and the codes that fit: settings of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VogRules {
    /// "Bij de start is die hoogstens 3 maanden oud."
    pub max_age_at_start_months: u32,
    /// For who already worked with clients when the agreement began.
    pub max_age_existing_staff_months: u32,
    /// "Na 3 jaar komt er een nieuwe."
    pub renew_after_months: u32,
    /// The codes fit when every code of at least one set is on the person's VOG.
    pub fitting: Vec<Vec<(VogKind, String)>>,
}

impl Default for VogRules {
    fn default() -> VogRules {
        let aspect = |code: &str| (VogKind::Aspect, code.to_owned());
        let profile = |code: &str| (VogKind::Profile, code.to_owned());
        VogRules {
            max_age_at_start_months: 3,
            max_age_existing_staff_months: 36,
            renew_after_months: 36,
            fitting: vec![vec![aspect("85"), aspect("12")], vec![profile("45")], vec![profile("75")]],
        }
    }
}

/// Why a VOG does not count for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VogRefusal {
    /// Older at the start of the client work than the rules allow.
    TooOldAtStart,
    /// The codes do not fit work with clients (niet passend).
    CodesDoNotFit,
}

/// The days on which a VOG counts, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VogPeriod {
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
}

impl VogPeriod {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_until
    }
}

impl VogRules {
    /// The rules as a procedure lays them down for one kind of work.
    pub fn of(terms: &VogTerms, requirement: &VogRequirement) -> VogRules {
        let fitting = requirement.any_of.iter();
        VogRules {
            max_age_at_start_months: terms.max_age_at_start_months,
            max_age_existing_staff_months: terms.max_age_existing_staff_months,
            renew_after_months: terms.renew_after_months,
            fitting: fitting.map(|set| set.iter().map(|one| (one.kind, one.code.clone())).collect()).collect(),
        }
    }

    /// "De VOG telt vanaf de datum op de VOG, 36 maanden lang; bij de start van het werk met cliënten is hij
    /// hoogstens 3 maanden oud, of hoogstens 36 maanden voor wie al werkte toen de overeenkomst begon"
    /// (quarter-statement.md). A VOG dated after the start is a renewal, or late; either way it counts from its date.
    pub fn period(&self, vog: &Vog, started_on: NaiveDate, agreement_from: NaiveDate) -> Result<VogPeriod, VogRefusal> {
        let (reference, max_age) = match started_on < agreement_from {
            true => (agreement_from, self.max_age_existing_staff_months),
            false => (started_on, self.max_age_at_start_months),
        };
        if add_months(vog.date, max_age) < reference {
            return Err(VogRefusal::TooOldAtStart);
        }
        let carries = |(kind, code): &(VogKind, String)| *kind == vog.kind && vog.codes.contains(code);
        if !self.fitting.is_empty() && !self.fitting.iter().any(|set| set.iter().all(carries)) {
            return Err(VogRefusal::CodesDoNotFit);
        }
        Ok(VogPeriod { valid_from: vog.date, valid_until: add_months(vog.date, self.renew_after_months) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn vog(date: &str, codes: &[&str]) -> Vog {
        let codes = codes.iter().map(|c| c.to_string()).collect();
        Vog { date: day(date), kind: VogKind::Aspect, codes, checked_on: None }
    }

    #[test]
    fn a_vog_counts_for_thirty_six_months_both_ends_included() {
        let period = VogRules::default()
            .period(&vog("2023-06-15", &["85", "12"]), day("2023-07-01"), day("2023-01-01"))
            .unwrap();
        assert!(period.covers(day("2023-06-15")) && period.covers(day("2026-06-15")));
        assert!(!period.covers(day("2026-06-16")));
    }

    #[test]
    fn a_newcomer_shows_one_of_at_most_three_months() {
        let rules = VogRules::default();
        let start = day("2026-07-01");
        assert!(rules.period(&vog("2026-04-01", &["85", "12"]), start, day("2026-01-01")).is_ok());
        let older = rules.period(&vog("2026-03-31", &["85", "12"]), start, day("2026-01-01"));
        assert_eq!(older, Err(VogRefusal::TooOldAtStart));
    }

    #[test]
    fn who_already_worked_may_show_one_of_thirty_six_months() {
        let rules = VogRules::default();
        assert!(rules.period(&vog("2023-01-01", &["85", "12"]), day("2020-05-01"), day("2026-01-01")).is_ok());
        assert!(rules.period(&vog("2022-12-31", &["85", "12"]), day("2020-05-01"), day("2026-01-01")).is_err());
    }

    #[test]
    fn the_rules_that_ship_are_the_default_rules() {
        let vog = &crate::procedure::defaults::defaults().vog;
        let clients = vog.requirements.iter().find(|requirement| requirement.code == "client_contact").unwrap();
        assert_eq!(VogRules::of(&vog.terms, clients), VogRules::default());
    }

    #[test]
    fn the_codes_must_fit() {
        let only_care = VogRules::default().period(&vog("2026-06-01", &["85"]), day("2026-07-01"), day("2026-01-01"));
        assert_eq!(only_care, Err(VogRefusal::CodesDoNotFit));
    }
}
