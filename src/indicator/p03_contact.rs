//! Indicator 3: working with the municipal contact person (contactpersoon gemeente).

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_days;
use crate::facts::{QuarterFacts, Trajectory};

/// "De aanbieder werkt samen met de contactpersoon gemeente"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 3).
///
/// A trajectory with duties due in the quarter is one case; all of them must be done in time. A duty that fell due
/// after the trajectory ended has lapsed.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(3);
    for trajectory in &facts.trajectories {
        let stands = |due: NaiveDate| trajectory.ended_on.is_none_or(|ended| due <= ended);
        let mut due_now = duties(trajectory, facts.settings.k3_inform_within_days)
            .filter(|duty| facts.quarter.contains(duty.due_on) && stands(duty.due_on))
            .peekable();
        if due_now.peek().is_some() {
            // The grace is for comparing; it moves no duty to another quarter.
            let grace = i64::from(facts.settings.k3_grace_days);
            let all_in_time = due_now.all(|duty| shown_by(duty.done_on, add_days(duty.due_on, grace)));
            tally.count_trajectory(trajectory, all_in_time);
        }
    }
    tally.finding(&facts.settings)
}

pub(super) struct Duty {
    pub due_on: NaiveDate,
    pub done_on: Option<NaiveDate>,
}

/// Telling the contact person of the plan, and each agreed moment of feedback.
pub(super) fn duties(trajectory: &Trajectory, inform_within_days: u32) -> impl Iterator<Item = Duty> {
    let telling = trajectory.plan_agreed_on.map(|plan_agreed_on| Duty {
        due_on: add_days(plan_agreed_on, inform_within_days.into()),
        done_on: trajectory.contact_informed_on,
    });
    let feedback = trajectory.feedback.iter().map(|moment| Duty { due_on: moment.due_on, done_on: moment.done_on });
    telling.into_iter().chain(feedback)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{outcomes, with};
    use crate::indicator::{Outcome, Verdict};

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&judge(&with("2026-Q3", &[told])))
    }

    #[test]
    fn telling_the_contact_person_on_the_seventh_day_is_in_time() {
        let told = |day: &str| json!({"plan_agreed_on": "2026-07-01", "contact_informed_on": day});
        assert_eq!(outcome(told("2026-07-08")), [Outcome::Met]);
        assert_eq!(outcome(told("2026-07-09")), [Outcome::Missed]);
        assert_eq!(outcome(json!({"plan_agreed_on": "2026-07-01"})), [Outcome::Missed]);
    }

    #[test]
    fn two_feedback_moments_of_which_one_a_day_late_is_not_met() {
        let moments = json!({"feedback": [
            {"due_on": "2026-08-01", "done_on": "2026-08-01"}, {"due_on": "2026-09-01", "done_on": "2026-09-02"}
        ]});
        assert_eq!(outcome(moments), [Outcome::Missed]);
    }

    #[test]
    fn a_late_duty_of_another_quarter_plays_no_part() {
        let moments = json!({"feedback": [
            {"due_on": "2026-08-01", "done_on": "2026-08-01"}, {"due_on": "2026-10-01", "done_on": null}
        ]});
        assert_eq!(outcome(moments), [Outcome::Met]);
    }

    #[test]
    fn a_trajectory_without_a_duty_in_the_quarter_is_no_case() {
        assert_eq!(outcome(json!({"plan_agreed_on": "2026-06-01"})), []);
        assert_eq!(outcome(json!({})), []);
    }

    #[test]
    fn feedback_without_a_plan_is_a_duty_all_the_same() {
        assert_eq!(outcome(json!({"feedback": [{"due_on": "2026-08-01"}]})), [Outcome::Missed]);
    }

    #[test]
    fn a_duty_due_after_the_end_lapses_and_one_on_the_last_day_does_not() {
        let ended = |day: &str| json!({"feedback": [{"due_on": "2026-08-01"}], "ended_on": day});
        assert_eq!(outcome(ended("2026-07-31")), []);
        assert_eq!(outcome(ended("2026-08-01")), [Outcome::Missed]);
    }

    #[test]
    fn eight_of_ten_is_met_and_three_of_four_deserves_attention() {
        let verdict = |good: usize, all: usize| {
            let mut cases = vec![json!({"feedback": [{"due_on": "2026-08-01", "done_on": "2026-08-01"}]}); good];
            cases.resize(all, json!({"feedback": [{"due_on": "2026-08-01"}]}));
            judge(&with("2026-Q3", &cases)).verdict
        };
        assert_eq!(
            (verdict(8, 10), verdict(3, 4), verdict(7, 10)),
            (Verdict::Met, Verdict::Attention, Verdict::Missed)
        );
    }

    #[test]
    fn grace_helps_both_duties_and_moves_no_quarter() {
        let told_late = json!({"plan_agreed_on": "2026-07-01", "contact_informed_on": "2026-07-10"});
        let feedback_late = json!({"feedback": [{"due_on": "2026-09-30", "done_on": "2026-10-02"}]});
        let later = json!({"feedback": [{"due_on": "2026-09-30", "done_on": "2026-10-03"}]});
        let mut facts = with("2026-Q3", &[told_late, feedback_late, later]);
        facts.settings.k3_grace_days = 2;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met, Outcome::Met, Outcome::Missed]);
    }

    #[test]
    fn another_number_of_days_for_telling_leaves_feedback_alone() {
        let told = json!({"plan_agreed_on": "2026-07-01", "contact_informed_on": "2026-07-08"});
        let feedback = json!({"feedback": [{"due_on": "2026-08-01", "done_on": "2026-08-01"}]});
        let mut facts = with("2026-Q3", &[told, feedback]);
        facts.settings.k3_inform_within_days = 6;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed, Outcome::Met]);
    }
}
