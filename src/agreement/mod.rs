//! The agreement (deelovereenkomst): one text for all, in versions (`text`), offered and signed (`offer`), and what is
//! active: which provider acceded to which version, from when until when, which products it may deliver, and how it goes on
//! from there (`life`).

pub mod docx;
pub mod assortment;
pub mod life;
pub mod offer;
pub mod store;
pub mod text;
pub mod web;

use chrono::NaiveDate;

use crate::calendar::add_days;
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

/// The days on which an agreement runs, both ends included; no end means still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Running {
    fn of(accession: &Accession) -> Running {
        Running { from: accession.active_from, until: accession.active_until }
    }

    pub fn is_active_in(&self, quarter: Quarter) -> bool {
        self.from <= quarter.last_day() && self.until.is_none_or(|last| last >= quarter.first_day())
    }

    /// Whether the other begins while this runs, or on the day after.
    fn runs_on_into(&self, other: &Running) -> bool {
        self.until.is_none_or(|last| other.from <= add_days(last, 1))
    }
}

/// One provider's agreement as it ran in the quarter: the accessions with a day in it, together with those that ran on into
/// them or that they run on into, for a new version carries the agreement on. What ended earlier, or begins later after a
/// pause, plays no part; only when none has a day in the quarter, it is the last one that ended before.
pub fn running_in(quarter: Quarter, accessions: &[Accession]) -> Option<Running> {
    let mut terms: Vec<Running> = accessions
        .iter()
        .map(|one| Running { until: end_of(one, accessions), ..Running::of(one) })
        .filter(|term| term.until.is_none_or(|last| last >= term.from))
        .collect();
    terms.sort_by_key(|term| term.from);
    let mut runs: Vec<Running> = Vec::new();
    for term in terms {
        match runs.last_mut().filter(|run| run.runs_on_into(&term)) {
            Some(run) => run.until = run.until.zip(term.until).map(|(one, other)| one.max(other)),
            None => runs.push(term),
        }
    }
    runs.retain(|run| run.from <= quarter.last_day());
    let active = runs.iter().filter(|run| run.is_active_in(quarter)).copied();
    let whole = active.reduce(|first, last| Running { from: first.from, until: last.until });
    whole.or_else(|| runs.last().copied())
}

/// Its own last day, or the day before the next version of the same agreement takes its place.
fn end_of(accession: &Accession, all: &[Accession]) -> Option<NaiveDate> {
    let next = all.iter().filter(|one| one.number == accession.number && one.version > accession.version);
    let replaced = next.map(|one| add_days(one.active_from, -1)).min();
    accession.active_until.into_iter().chain(replaced).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn accession(number: &str, version: i32, from: &str, until: Option<&str>) -> Accession {
        let (active_from, active_until) = (day(from), until.map(day));
        Accession { id: 0, provider_id: 1, number: number.to_owned(), version, active_from, active_until }
    }

    fn in_q3(accessions: &[Accession]) -> Option<(String, Option<String>)> {
        let running = running_in("2026-Q3".parse().unwrap(), accessions)?;
        Some((running.from.to_string(), running.until.map(|last| last.to_string())))
    }

    #[test]
    fn an_agreement_that_ended_plays_no_part_in_the_one_that_runs() {
        let ended = accession("A", 1, "2020-01-01", Some("2024-12-31"));
        let runs = accession("B", 1, "2026-08-01", None);
        assert_eq!(in_q3(&[ended.clone(), runs]), Some(("2026-08-01".to_owned(), None)));
        let both = accession("B", 1, "2026-01-01", Some("2026-09-30"));
        assert_eq!(in_q3(&[ended, both]), Some(("2026-01-01".to_owned(), Some("2026-09-30".to_owned()))));
    }

    #[test]
    fn what_begins_after_the_quarter_does_not_open_it() {
        let ended = accession("A", 1, "2024-01-01", Some("2026-08-31"));
        let later = accession("B", 1, "2026-11-01", None);
        assert_eq!(in_q3(&[ended, later]), Some(("2024-01-01".to_owned(), Some("2026-08-31".to_owned()))));
    }

    #[test]
    fn a_new_version_carries_the_agreement_on_and_ends_the_old_one() {
        let first = accession("A", 1, "2024-01-01", None);
        let second = accession("A", 2, "2026-01-01", Some("2026-08-31"));
        assert_eq!(in_q3(&[first, second]), Some(("2024-01-01".to_owned(), Some("2026-08-31".to_owned()))));
    }

    #[test]
    fn a_version_that_begins_after_the_quarter_carries_the_agreement_on() {
        let first = accession("A", 1, "2024-01-01", Some("2026-12-31"));
        let second = accession("A", 2, "2027-01-01", None);
        assert_eq!(in_q3(&[first.clone(), second]), Some(("2024-01-01".to_owned(), None)));
        let ends = accession("A", 2, "2027-01-01", Some("2027-03-31"));
        assert_eq!(in_q3(&[first, ends]), Some(("2024-01-01".to_owned(), Some("2027-03-31".to_owned()))));
    }

    #[test]
    fn who_left_is_known_by_his_last_agreement() {
        let first = accession("A", 1, "2020-01-01", Some("2022-12-31"));
        let last = accession("B", 1, "2024-01-01", Some("2026-06-30"));
        assert_eq!(in_q3(&[first, last]), Some(("2024-01-01".to_owned(), Some("2026-06-30".to_owned()))));
        assert_eq!(in_q3(&[]), None);
    }
}
