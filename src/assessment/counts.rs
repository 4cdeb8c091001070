//! Counts beside the indicators, taken from the frozen facts and findings: VOGs, what expires, and how many cases left
//! the count. No names.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::add_days;
use crate::facts::{Agreement, Complaints, Professional};
use crate::indicator::Findings;
use crate::quarter::Quarter;
use crate::trajectory::ExclusionCode;

/// "Wat binnen 90 dagen verloopt", counted from the last day of the quarter.
pub const EXPIRES_WITHIN_DAYS: i64 = 90;

/// How it stands with the VOGs of persons with client contact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Vogs {
    pub persons: u32,
    /// With a valid VOG on the last day of the quarter, or on their own last day if that came first.
    pub valid: u32,
    /// Of these, whose VOG ends within 90 days while they still work there.
    pub to_renew: u32,
}

pub fn vogs(quarter: Quarter, professionals: &[Professional]) -> Vogs {
    let last_day = quarter.last_day();
    let soon = add_days(last_day, EXPIRES_WITHIN_DAYS);
    let mut counts = Vogs::default();
    for person in professionals.iter().filter(|person| person.client_contact) {
        let seen_on = person.active_until.map_or(last_day, |until| until.min(last_day));
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

/// Something that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiring {
    /// The complaints procedure (klachtenregeling) must be shown anew.
    ComplaintsProcedure,
    /// The agreement itself.
    Agreement,
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
