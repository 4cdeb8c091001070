//! Indicator 2: agreed results (resultaatsafspraken) in the plan, with everyone's agreement.

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_days;
use crate::facts::{QuarterFacts, Settings, Trajectory};

/// "In het plan staan resultaatsafspraken, afgestemd met client en, indien van toepassing, met een activeringscoach
/// of vlechtwerker" (Startdocument Weststellingwerf, hoofdstuk 7, indicator 2).
///
/// Counted are the plans whose fourteen days for agreement end in the quarter, ended trajectories too.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(2);
    for trajectory in &facts.trajectories {
        let Some(due) = due(trajectory, &facts.settings) else {
            continue;
        };
        if !facts.quarter.contains(due) {
            continue;
        }
        let coach_agrees = !trajectory.coach_involved || shown_by(trajectory.coach_agreed_on, due);
        let client_agrees = shown_by(trajectory.client_agreed_on, due);
        tally.count_trajectory(trajectory, trajectory.agreed_results > 0 && client_agrees && coach_agrees);
    }
    tally.finding(&facts.settings)
}

/// Fourteen days after the plan was agreed; none without a plan.
pub(super) fn due(trajectory: &Trajectory, settings: &Settings) -> Option<NaiveDate> {
    trajectory.plan_agreed_on.map(|agreed_on| add_days(agreed_on, settings.k2_agree_within_days.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::Outcome;
    use crate::indicator::sample::{outcomes, with};

    /// A plan of 1 July 2026, in order but for what is told.
    fn plan(told: Value) -> Value {
        let mut plan = json!({"plan_agreed_on": "2026-07-01", "agreed_results": 1, "client_agreed_on": "2026-07-15"});
        for (name, value) in told.as_object().unwrap() {
            plan[name] = value.clone();
        }
        plan
    }

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&judge(&with("2026-Q3", &[plan(told)])))
    }

    #[test]
    fn one_result_and_the_clients_agreement_on_the_last_day_are_enough() {
        assert_eq!(outcome(json!({})), [Outcome::Met]);
    }

    #[test]
    fn agreement_a_day_late_falls_short() {
        assert_eq!(outcome(json!({"client_agreed_on": "2026-07-16"})), [Outcome::Missed]);
        assert_eq!(outcome(json!({"client_agreed_on": null})), [Outcome::Missed]);
    }

    #[test]
    fn a_plan_without_results_falls_short() {
        assert_eq!(outcome(json!({"agreed_results": 0})), [Outcome::Missed]);
    }

    #[test]
    fn a_coach_who_is_involved_agrees_too() {
        assert_eq!(outcome(json!({"coach_involved": true})), [Outcome::Missed]);
        assert_eq!(outcome(json!({"coach_involved": true, "coach_agreed_on": "2026-07-16"})), [Outcome::Missed]);
        assert_eq!(outcome(json!({"coach_involved": true, "coach_agreed_on": "2026-07-15"})), [Outcome::Met]);
        assert_eq!(outcome(json!({"coach_involved": false, "coach_agreed_on": "2026-07-16"})), [Outcome::Met]);
    }

    #[test]
    fn a_plan_counts_in_the_quarter_in_which_its_fourteen_days_end() {
        let late_in_the_quarter = [plan(json!({"plan_agreed_on": "2026-09-17"}))];
        assert_eq!(outcomes(&judge(&with("2026-Q3", &late_in_the_quarter))), []);
        assert_eq!(outcomes(&judge(&with("2026-Q4", &late_in_the_quarter))), [Outcome::Met]);
    }

    #[test]
    fn the_end_of_the_trajectory_plays_no_part() {
        assert_eq!(outcome(json!({"ended_on": "2026-07-02"})), [Outcome::Met]);
    }

    #[test]
    fn another_number_of_days_moves_the_day() {
        let mut facts = with("2026-Q3", &[plan(json!({}))]);
        facts.settings.k2_agree_within_days = 13;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed]);
    }
}
