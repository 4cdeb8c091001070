//! Counts beside the indicators, taken from the frozen facts and findings: VOGs, what expires, and how many cases left
//! the count. No names.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::add_days;
use crate::facts::{Agreement, Complaints, Professional, Settings};
use crate::indicator::Findings;
use crate::quarter::Quarter;
use crate::trajectory::ExclusionCode;

/// "Wat binnen 90 dagen verloopt", counted from the last day of the quarter.
pub const EXPIRES_WITHIN_DAYS: i64 = 90;

/// How it stands with the VOGs of the persons that indicator 5 counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vogs {
    pub persons: u32,
    /// With a valid VOG on the last day of the quarter, or on their own last day if that came first.
    pub valid: u32,
    /// Of these, whose VOG ends within 90 days while they still work there.
    pub to_renew: u32,
}

/// "Persons with client contact active on at least one day of the quarter that lies within the agreement's dates;
/// volunteers by setting, default not" (indicators.md, indicator 5): the same persons, so that the card and the indicator
/// are about the same people.
pub fn vogs(quarter: Quarter, settings: &Settings, agreement: &Agreement, professionals: &[Professional]) -> Vogs {
    let first = quarter.first_day().max(agreement.active_from);
    let last = quarter.last_day().min(agreement.active_until.unwrap_or(NaiveDate::MAX));
    let soon = add_days(quarter.last_day(), EXPIRES_WITHIN_DAYS);
    let mut counts = Vogs::default();
    for person in professionals.iter().filter(|one| one.client_contact && settings.k5_include.contains(&one.kind)) {
        let seen_on = person.active_until.map_or(last, |until| until.min(last));
        if first.max(person.active_from) > seen_on {
            continue;
        }
        counts.persons += 1;
        if person.vogs.iter().any(|vog| vog.covers(seen_on)) {
            counts.valid += 1;
            let ends = person.vogs.iter().map(|vog| vog.valid_until).max().unwrap_or(NaiveDate::MAX);
            let stays = person.active_until.is_none_or(|until| until > ends);
            counts.to_renew += u32::from(stays && ends <= soon);
        }
    }
    counts
}

codes! {
    /// Something that ends.
    pub enum Expiring {
        /// The complaints procedure (klachtenregeling) must be shown anew.
        ComplaintsProcedure = "complaints_procedure",
        /// The agreement itself.
        Agreement = "agreement",
    }
}

/// What ends within 90 days of the last day of the quarter, soonest first.
pub fn expiring(quarter: Quarter, agreement: &Agreement, complaints: &Complaints) -> Vec<(NaiveDate, Expiring)> {
    let last_day = quarter.last_day();
    let ends = [
        (complaints.procedure_valid_until, Expiring::ComplaintsProcedure),
        (agreement.active_until, Expiring::Agreement),
    ];
    let soon = |day: &NaiveDate| *day > last_day && *day <= add_days(last_day, EXPIRES_WITHIN_DAYS);
    let mut expiring: Vec<_> = ends.into_iter().filter_map(|(day, what)| Some((day.filter(soon)?, what))).collect();
    expiring.sort_by_key(|(day, _)| *day);
    expiring
}

/// How many cases left the count, per code and in the order of the codes. A trajectory that left several indicators for
/// one reason counts once.
pub fn exclusions(findings: &Findings) -> BTreeMap<ExclusionCode, u32> {
    let mut cases: BTreeMap<ExclusionCode, Vec<&str>> = BTreeMap::new();
    for case in findings.findings.iter().flat_map(|finding| &finding.cases) {
        if let Some(code) = case.code.as_deref().and_then(|code| code.parse().ok()) {
            cases.entry(code).or_default().push(&case.case_ref);
        }
    }
    cases
        .into_iter()
        .map(|(code, mut refs)| {
            refs.sort_unstable();
            refs.dedup();
            (code, refs.len() as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::{ProfessionalKind, VogPeriod};

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn person(kind: ProfessionalKind, from: &str, until: Option<&str>) -> Professional {
        Professional {
            staff_ref: from.to_owned(),
            kind,
            client_contact: true,
            active_from: day(from),
            active_until: until.map(day),
            vogs: vec![VogPeriod { valid_from: day("2024-01-01"), valid_until: day("2026-12-01") }],
        }
    }

    #[test]
    fn the_card_counts_the_persons_that_indicator_5_counts() {
        let quarter = "2026-Q3".parse().unwrap();
        let agreement = Agreement { active_from: day("2026-08-01"), active_until: None };
        let people = [
            person(ProfessionalKind::Employee, "2025-01-01", None),
            person(ProfessionalKind::Volunteer, "2025-01-02", None),
            person(ProfessionalKind::Temp, "2025-01-03", Some("2026-07-31")),
        ];
        let counted = vogs(quarter, &Settings::default(), &agreement, &people);
        assert_eq!(counted, Vogs { persons: 1, valid: 1, to_renew: 1 });
        let with_volunteers = Settings::read(br#"{"k5.include": ["employee", "volunteer"]}"#).unwrap();
        assert_eq!(vogs(quarter, &with_volunteers, &agreement, &people).persons, 2);
    }
}
