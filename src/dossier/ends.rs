//! Until when a verdict holds (einddatum van een oordeel): never until a day that is over, and for longer than the evidence
//! only with a reason. Without a day of its own it holds as long as the evidence does.

use chrono::NaiveDate;

use super::holds::{evidence_holds, last_day};
use super::review::NewVerdict;
use super::showing::ShownEvidence;
use super::{CriterionResult, Refusal};
use crate::procedure::criterion::Criterion;

/// The last day of the evidence that was handed in for this criterion; none when it has no end. A version that was
/// replaced does not count.
pub fn of_evidence<'a>(
    definition: &Criterion,
    shown: impl Iterator<Item = &'a ShownEvidence>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let shown: Vec<ShownEvidence> = shown.cloned().collect();
    let rule = &definition.evidence_valid;
    let holds = |one: &ShownEvidence| {
        let received = one.received_on?;
        Some(evidence_holds(rule, one.document_date, one.valid_until, received, today, None))
    };
    last_day(shown.iter().filter(|one| !one.is_replaced(&shown)).filter_map(holds))
}

/// The last day of a verdict, when it may be given so; of what is not met there is none.
pub fn settle(
    new: &NewVerdict<'_>,
    evidence: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Refusal> {
    if new.result != CriterionResult::Met {
        return Ok(None);
    }
    let explained = !new.reason.trim().is_empty();
    match (new.holds_until, evidence) {
        (Some(day), _) if day < today => Err(Refusal::EndInPast(day)),
        (Some(day), Some(end)) if end < day && !explained => Err(Refusal::BeyondEvidence(end)),
        (Some(day), _) => Ok(Some(day)),
        (None, Some(end)) if today <= end => Ok(Some(end)),
        (None, Some(end)) if !explained => Err(Refusal::BeyondEvidence(end)),
        (None, _) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn a_verdict_holds_no_longer_than_its_evidence_unless_it_says_why() {
        let today = day("2026-11-20");
        let settled = |until: &str, reason: &str, evidence: &str| {
            let read = |written: &str| (!written.is_empty()).then(|| day(written));
            let new = NewVerdict { result: CriterionResult::Met, reason, holds_until: read(until) };
            settle(&new, read(evidence), today)
        };
        assert_eq!(settled("2026-11-19", "Gezien.", ""), Err(Refusal::EndInPast(day("2026-11-19"))));
        assert_eq!(settled("2026-11-20", "", "2026-12-01"), Ok(Some(today)));
        assert_eq!(settled("2029-11-20", "", "2026-11-23"), Err(Refusal::BeyondEvidence(day("2026-11-23"))));
        assert_eq!(settled("2029-11-20", "Verlengd per brief.", "2026-11-23"), Ok(Some(day("2029-11-20"))));
        assert_eq!(settled("", "", "2026-11-23"), Ok(Some(day("2026-11-23"))), "the evidence's own end");
        assert_eq!(settled("", "", "2026-11-01"), Err(Refusal::BeyondEvidence(day("2026-11-01"))), "it ended");
        assert_eq!(settled("", "Nagekeken in het register.", "2026-11-01"), Ok(None));
        assert_eq!(settled("2029-11-20", "", ""), Ok(Some(day("2029-11-20"))), "without an end nothing is beyond it");
    }

    #[test]
    fn what_is_not_met_has_no_end() {
        for result in [CriterionResult::NotMet, CriterionResult::RepairAsked, CriterionResult::NotApplicable] {
            let new = NewVerdict { result, reason: "Ontbreekt.", holds_until: Some(day("2020-01-01")) };
            assert_eq!(settle(&new, None, day("2026-11-20")), Ok(None));
        }
    }
}
