//! Duties (plichten) shown beside the indicators, without a verdict. Exclusions of any kind play no part in them.

use super::Duty;
use super::p06_duration::term;
use super::tally::shown_by;
use crate::calendar::add_days;
use crate::facts::{QuarterFacts, Trajectory};
use crate::trajectory::Achieved;

/// `1b`, `6b` and `6c`, in this order.
pub(super) fn duties(facts: &QuarterFacts) -> Vec<Duty> {
    let duty = |key: &str, of: fn(&Trajectory, &QuarterFacts) -> Option<bool>| {
        let mut duty = Duty { key: key.to_owned(), numerator: 0, denominator: 0 };
        for met in facts.trajectories.iter().filter_map(|trajectory| of(trajectory, facts)) {
            duty.numerator += u32::from(met);
            duty.denominator += 1;
        }
        duty
    };
    vec![duty("1b", has_plan), duty("6b", extension_permitted), duty("6c", reason_recorded)]
}

/// 1b: everyone who should have a plan by the last day of the quarter, whichever quarter the three weeks ended in.
fn has_plan(trajectory: &Trajectory, facts: &QuarterFacts) -> Option<bool> {
    let last_day = facts.quarter.last_day();
    let referred_long_ago = add_days(trajectory.referred_on, facts.settings.k1_days.into()) < last_day;
    let ended = shown_by(trajectory.ended_on, last_day);
    (referred_long_ago && !ended).then(|| shown_by(trajectory.plan_agreed_on, last_day))
}

/// 6b: a term that ended in the quarter while the trajectory went on, with an extension permitted in time.
fn extension_permitted(trajectory: &Trajectory, facts: &QuarterFacts) -> Option<bool> {
    let term = term(trajectory)?;
    let went_on = !shown_by(trajectory.ended_on, term);
    (facts.quarter.contains(term) && went_on).then(|| shown_by(trajectory.extension_permitted_on, term))
}

/// 6c: ended in the quarter with part or none of the results, with the reason recorded.
fn reason_recorded(trajectory: &Trajectory, facts: &QuarterFacts) -> Option<bool> {
    let fell_short = matches!(trajectory.results_achieved, Some(Achieved::Part | Achieved::None));
    let ended_now = trajectory.ended_on.is_some_and(|ended| facts.quarter.contains(ended));
    (ended_now && fell_short).then_some(trajectory.reason_recorded)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::with;

    /// Numerator and denominator of a duty in the third quarter of 2026.
    fn counted(key: &str, trajectories: &[Value]) -> (u32, u32) {
        let duties = duties(&with("2026-Q3", trajectories));
        let duty = duties.iter().find(|duty| duty.key == key).unwrap();
        (duty.numerator, duty.denominator)
    }

    #[test]
    fn a_plan_is_expected_more_than_twenty_one_days_after_referral() {
        assert_eq!(counted("1b", &[json!({"referred_on": "2026-09-08"})]), (0, 1));
        assert_eq!(counted("1b", &[json!({"referred_on": "2026-09-09"})]), (0, 0));
        assert_eq!(counted("1b", &[json!({"referred_on": "2024-01-01", "plan_agreed_on": "2026-09-30"})]), (1, 1));
        assert_eq!(counted("1b", &[json!({"referred_on": "2024-01-01", "plan_agreed_on": "2026-10-01"})]), (0, 1));
    }

    #[test]
    fn who_ended_by_the_last_day_needs_no_plan() {
        assert_eq!(counted("1b", &[json!({"ended_on": "2026-09-30"})]), (0, 0));
        assert_eq!(counted("1b", &[json!({"ended_on": "2026-10-01"})]), (0, 1));
    }

    #[test]
    fn the_days_of_indicator_1_are_the_days_of_1b() {
        let mut facts = with("2026-Q3", &[json!({"referred_on": "2026-09-08"})]);
        facts.settings.k1_days = 22;
        assert_eq!(duties(&facts)[0].denominator, 0);
    }

    #[test]
    fn an_extension_is_permitted_on_or_before_the_term_with_suspension() {
        let permitted =
            |day: &str| json!({"term_ends_on": "2026-06-30", "suspended_days": 14, "extension_permitted_on": day});
        assert_eq!(counted("6b", &[permitted("2026-07-14")]), (1, 1));
        assert_eq!(counted("6b", &[permitted("2026-07-15")]), (0, 1));
    }

    #[test]
    fn who_ended_within_the_term_needed_no_extension() {
        let ended = |day: &str| json!({"term_ends_on": "2026-07-14", "ended_on": day});
        assert_eq!(counted("6b", &[ended("2026-07-14")]), (0, 0));
        assert_eq!(counted("6b", &[ended("2026-07-15")]), (0, 1));
    }

    #[test]
    fn results_that_fell_short_have_a_reason() {
        let ended = |results: Value, recorded: bool| json!({"ended_on": "2026-08-01", "results_achieved": results, "reason_recorded": recorded});
        let trajectories = [
            ended(json!("part"), true),
            ended(json!("none"), false),
            ended(json!("all"), false),
            ended(Value::Null, false),
        ];
        assert_eq!(counted("6c", &trajectories), (1, 2));
    }

    #[test]
    fn exclusions_play_no_part() {
        let dropout = json!({
            "term_ends_on": "2026-08-01", "ended_on": "2026-08-01", "end_reason": "dropout", "results_achieved": "none",
            "exclusions": [{"code": "N1", "accepted": true}]
        });
        assert_eq!(counted("6c", &[dropout]), (0, 1));
    }
}
