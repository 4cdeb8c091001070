//! Indicator 1: a trajectory plan (trajectplan) within three weeks of referral.

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_days;
use crate::facts::{Boundary, QuarterFacts, Settings, Trajectory};

/// "Iedere client in traject heeft een trajectplan (< 3 weken na aanmelding)"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 1).
///
/// Counted are the trajectories whose three weeks end in the quarter; the twenty-first day itself is in time, unless
/// the boundary is set to strict. A trajectory that ended by then without any plan needed none any more.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let settings = &facts.settings;
    let mut tally = Tally::new(1);
    for trajectory in &facts.trajectories {
        let due = due(trajectory, settings);
        if !facts.quarter.contains(due) {
            continue;
        }
        if trajectory.plan_agreed_on.is_none() && shown_by(trajectory.ended_on, due) {
            tally.leave_out(trajectory, "ended_before_due");
            continue;
        }
        let last_day_in_time = match settings.k1_boundary {
            Boundary::Inclusive => due,
            Boundary::Strict => add_days(due, -1),
        };
        tally.count_trajectory(trajectory, shown_by(trajectory.plan_agreed_on, last_day_in_time));
    }
    tally.finding(settings)
}

/// "Binnen 3 weken na aanmelding": the 21st day itself.
pub(super) fn due(trajectory: &Trajectory, settings: &Settings) -> NaiveDate {
    add_days(trajectory.referred_on, settings.k1_days.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::indicator::sample::{outcomes, with};
    use crate::indicator::{Outcome, Verdict};

    #[test]
    fn a_plan_on_the_twenty_first_day_is_in_time() {
        let plans = [json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-31"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &plans))), [Outcome::Met]);
    }

    #[test]
    fn plan_a_day_late_falls_short() {
        let plans = [json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-02-01"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &plans))), [Outcome::Missed]);
    }

    #[test]
    fn a_case_counts_in_the_quarter_in_which_its_three_weeks_end() {
        let plans = [json!({"referred_on": "2025-12-15", "plan_agreed_on": "2026-01-04"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &plans))), [Outcome::Met]);
        assert_eq!(outcomes(&judge(&with("2025-Q4", &plans))), []);
    }

    #[test]
    fn without_a_plan_the_case_is_not_shown() {
        assert_eq!(outcomes(&judge(&with("2026-Q1", &[json!({"referred_on": "2026-01-10"})]))), [Outcome::Missed]);
    }

    #[test]
    fn a_plan_before_the_referral_counts_as_in_time() {
        let plans = [json!({"referred_on": "2026-01-10", "plan_agreed_on": "2025-01-01"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &plans))), [Outcome::Met]);
    }

    #[test]
    fn ended_by_the_day_without_a_plan_leaves_both_counts_before_any_code() {
        let ended = json!({
            "referred_on": "2026-01-10", "ended_on": "2026-01-31", "exclusions": [{"code": "N1", "accepted": true}]
        });
        let finding = judge(&with("2026-Q1", &[ended]));
        assert_eq!(finding.cases[0].code.as_deref(), Some("ended_before_due"));
        assert_eq!((finding.denominator, finding.strict_denominator), (0, 0));
        assert_eq!(finding.verdict, Verdict::NotApplicable);
    }

    #[test]
    fn ended_with_a_late_plan_is_counted() {
        let late = [json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-02-05", "ended_on": "2026-01-31"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &late))), [Outcome::Missed]);
    }

    #[test]
    fn ended_a_day_later_without_a_plan_is_missed() {
        let ended = [json!({"referred_on": "2026-01-10", "ended_on": "2026-02-01"})];
        assert_eq!(outcomes(&judge(&with("2026-Q1", &ended))), [Outcome::Missed]);
    }

    #[test]
    fn an_accepted_code_takes_the_case_out_of_the_net_count_only() {
        let ill = json!({"referred_on": "2026-01-10", "exclusions": [{"code": "R2", "accepted": true}]});
        let good = json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-20"});
        let finding = judge(&with("2026-Q1", &[ill, good]));
        assert_eq!((finding.numerator, finding.denominator), (1, 1));
        assert_eq!((finding.strict_numerator, finding.strict_denominator), (1, 2));
        assert_eq!(finding.cases[0].strict_outcome, Some(Outcome::Missed));
    }

    #[test]
    fn nineteen_of_twenty_deserves_attention_and_eighteen_is_missed() {
        let of_twenty = |good: usize| {
            let mut plans = vec![json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-31"}); good];
            plans.resize(20, json!({"referred_on": "2026-01-10"}));
            judge(&with("2026-Q1", &plans)).verdict
        };
        assert_eq!((of_twenty(19), of_twenty(18)), (Verdict::Attention, Verdict::Missed));
    }

    #[test]
    fn the_strict_boundary_asks_for_the_day_before_and_moves_no_case_to_another_quarter() {
        let on_the_day = json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-31"});
        let day_before = json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-30"});
        let due_on_first_day = json!({"referred_on": "2025-12-11", "plan_agreed_on": "2025-12-31"});
        let mut facts = with("2026-Q1", &[on_the_day, day_before, due_on_first_day]);
        facts.settings.k1_boundary = Boundary::Strict;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed, Outcome::Met, Outcome::Met]);
    }

    #[test]
    fn another_number_of_days_moves_the_day() {
        let plans = [json!({"referred_on": "2026-01-10", "plan_agreed_on": "2026-01-31"})];
        let mut facts = with("2026-Q1", &plans);
        facts.settings.k1_days = 20;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed]);
    }
}
