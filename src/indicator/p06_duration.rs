//! Indicator 6: trajectories no longer than needed.

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_days;
use crate::facts::{PermittedExtension, QuarterFacts, Trajectory};
use crate::trajectory::EndReason;

/// "De aanbieder heeft de plicht om trajecten zo kort als nodig is aan te bieden"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 6).
///
/// Counted are the trajectories that ended in the quarter within their term, or whose term ended in it. Dropping out
/// (uitval) before the term says nothing about duration and leaves both counts. A permitted extension still counts as
/// late, unless the setting says otherwise: the target of 80 % leaves the room, and duty 6b stands beside it.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(6);
    for trajectory in &facts.trajectories {
        let Some(term) = term(trajectory) else {
            continue;
        };
        let event = trajectory.ended_on.map_or(term, |ended| ended.min(term));
        if !facts.quarter.contains(event) {
            continue;
        }
        let within_term = shown_by(trajectory.ended_on, term);
        if within_term && trajectory.end_reason == Some(EndReason::Dropout) {
            tally.leave_out(trajectory, "dropout");
            continue;
        }
        let permitted = match facts.settings.k6_permitted_extension {
            PermittedExtension::Late => false,
            PermittedExtension::Within => shown_by(trajectory.extension_permitted_on, term),
        };
        tally.count_trajectory(trajectory, within_term || permitted);
    }
    tally.finding(&facts.settings)
}

/// The agreed end of the term, moved by the days of suspension (opschorting).
pub(super) fn term(trajectory: &Trajectory) -> Option<NaiveDate> {
    trajectory.term_ends_on.map(|ends_on| add_days(ends_on, trajectory.suspended_days.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::Outcome;
    use crate::indicator::sample::{outcomes, with};

    fn outcome(quarter: &str, told: Value) -> Vec<Outcome> {
        outcomes(&judge(&with(quarter, &[told])))
    }

    #[test]
    fn suspension_moves_the_term_and_the_end_decides_the_quarter() {
        let suspended = json!({"term_ends_on": "2026-06-30", "suspended_days": 14, "ended_on": "2026-07-10"});
        assert_eq!(outcome("2026-Q3", suspended.clone()), [Outcome::Met]);
        assert_eq!(outcome("2026-Q2", suspended), []);
    }

    #[test]
    fn ended_on_the_last_day_is_within_the_term_and_a_day_later_is_not() {
        let ended = |day: &str| json!({"term_ends_on": "2026-08-31", "ended_on": day});
        assert_eq!(outcome("2026-Q3", ended("2026-08-31")), [Outcome::Met]);
        assert_eq!(outcome("2026-Q3", ended("2026-09-01")), [Outcome::Missed]);
    }

    #[test]
    fn what_goes_on_after_its_term_counts_when_the_term_ends() {
        let late = json!({"term_ends_on": "2026-09-30", "ended_on": "2026-10-15"});
        assert_eq!(outcome("2026-Q3", late.clone()), [Outcome::Missed]);
        assert_eq!(outcome("2026-Q4", late), []);
        assert_eq!(outcome("2026-Q3", json!({"term_ends_on": "2026-09-30"})), [Outcome::Missed]);
    }

    #[test]
    fn without_a_term_there_is_no_case() {
        assert_eq!(outcome("2026-Q3", json!({"ended_on": "2026-08-01"})), []);
    }

    #[test]
    fn dropping_out_in_time_leaves_both_counts_before_any_code() {
        let dropout = json!({
            "term_ends_on": "2026-12-31", "ended_on": "2026-08-01", "end_reason": "dropout",
            "exclusions": [{"code": "N1", "accepted": true}]
        });
        let finding = judge(&with("2026-Q3", &[dropout]));
        assert_eq!(finding.cases[0].code.as_deref(), Some("dropout"));
        assert_eq!((finding.denominator, finding.strict_denominator), (0, 0));
    }

    #[test]
    fn dropping_out_after_the_term_is_late_all_the_same() {
        let late = json!({"term_ends_on": "2026-08-01", "ended_on": "2026-08-02", "end_reason": "dropout"});
        assert_eq!(outcome("2026-Q3", late), [Outcome::Missed]);
    }

    #[test]
    fn a_reason_accepted_for_plans_does_not_work_here() {
        let ill = json!({"term_ends_on": "2026-08-01", "exclusions": [{"code": "R2", "accepted": true}]});
        assert_eq!(outcome("2026-Q3", ill), [Outcome::Missed]);
    }

    #[test]
    fn a_permitted_extension_is_late_unless_the_setting_says_within() {
        let permitted = |day: &str| json!({"term_ends_on": "2026-08-31", "extension_permitted_on": day});
        let mut facts = with("2026-Q3", &[permitted("2026-08-31"), permitted("2026-09-01")]);
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed, Outcome::Missed]);
        facts.settings.k6_permitted_extension = PermittedExtension::Within;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met, Outcome::Missed]);
    }
}
