//! Indicator 8: outflow (uitstroom) of profile 1 within four months.

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_months;
use crate::client::BenefitEndReason;
use crate::facts::{OutflowRule, QuarterFacts, Settings, Trajectory};

/// "70% van de cliënten (profiel 1) stroom binnen 4 maanden uit"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 8).
///
/// Counted are the trajectories with profile P1 at referral whose four months end in the quarter, also when the
/// trajectory ended early. The municipality's confirmation may come later than the day itself.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(8);
    for trajectory in &facts.trajectories {
        if trajectory.profile != "P1" {
            continue;
        }
        let due = due(trajectory, &facts.settings);
        if facts.quarter.contains(due) {
            tally.count_trajectory(trajectory, flowed_out(trajectory, due, facts.settings.k8_outflow));
        }
    }
    tally.finding(&facts.settings)
}

/// "Binnen 4 maanden" after referral.
pub(super) fn due(trajectory: &Trajectory, settings: &Settings) -> NaiveDate {
    add_months(trajectory.referred_on, settings.k8_months)
}

fn flowed_out(trajectory: &Trajectory, due: NaiveDate, rule: OutflowRule) -> bool {
    use BenefitEndReason::{OwnFirm, Study, Work};
    let reason_counts = match rule {
        OutflowRule::PaidWorkStarted => return shown_by(trajectory.work_started_on, due),
        OutflowRule::BenefitEndedThroughWork => trajectory.benefit_end_reason == Some(Work),
        OutflowRule::BenefitEndedWorkStudyOrOwnFirm => {
            matches!(trajectory.benefit_end_reason, Some(Work | Study | OwnFirm))
        }
    };
    reason_counts && trajectory.outflow_confirmed && shown_by(trajectory.benefit_ended_on, due)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{outcomes, with};
    use crate::indicator::{Label, Outcome, Verdict};

    /// Referred on 15 March 2026 with profile P1 and out through work on the last day, but for what is told.
    fn client(told: Value) -> Value {
        let mut client = json!({
            "profile": "P1", "referred_on": "2026-03-15", "benefit_ended_on": "2026-07-15",
            "benefit_end_reason": "work", "outflow_confirmed": true
        });
        for (name, value) in told.as_object().unwrap() {
            client[name] = value.clone();
        }
        client
    }

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&judge(&with("2026-Q3", &[client(told)])))
    }

    #[test]
    fn out_through_work_on_the_last_day_is_met() {
        assert_eq!(outcome(json!({})), [Outcome::Met]);
    }

    #[test]
    fn a_day_late_unconfirmed_or_for_another_reason_falls_short() {
        for told in [
            json!({"benefit_ended_on": "2026-07-16"}),
            json!({"benefit_ended_on": null}),
            json!({"outflow_confirmed": false}),
            json!({"benefit_end_reason": "study"}),
            json!({"benefit_end_reason": null}),
        ] {
            assert_eq!(outcome(told.clone()), [Outcome::Missed], "{told}");
        }
    }

    #[test]
    fn other_profiles_are_no_case() {
        assert_eq!(outcome(json!({"profile": "P2"})), []);
    }

    #[test]
    fn the_last_of_october_plus_four_months_counts_in_the_first_quarter() {
        let referred = [client(json!({"referred_on": "2025-10-31"}))];
        let finding = judge(&with("2026-Q1", &referred));
        assert_eq!(finding.denominator, 1);
        assert_eq!(judge(&with("2026-Q2", &referred)).denominator, 0);
    }

    #[test]
    fn an_early_end_of_the_trajectory_does_not_remove_the_case() {
        assert_eq!(outcome(json!({"ended_on": "2026-04-01", "benefit_ended_on": null})), [Outcome::Missed]);
    }

    #[test]
    fn seven_of_ten_is_met_six_is_not_and_two_of_three_deserves_attention() {
        let of = |good: usize, all: usize| {
            let mut clients = vec![client(json!({})); good];
            clients.resize(all, client(json!({"outflow_confirmed": false})));
            judge(&with("2026-Q3", &clients))
        };
        assert_eq!((of(7, 10).verdict, of(6, 10).verdict), (Verdict::Met, Verdict::Missed));
        assert_eq!((of(2, 3).verdict, of(2, 3).label), (Verdict::Attention, Some(Label::Indicative)));
        assert_eq!(of(2, 3).shown_percentage().unwrap().0, 667);
    }

    #[test]
    fn study_and_an_own_firm_count_when_the_setting_says_so_and_confirmation_stays_needed() {
        let reason = |reason: &str| client(json!({"benefit_end_reason": reason}));
        let unconfirmed = client(json!({"benefit_end_reason": "study", "outflow_confirmed": false}));
        let mut facts =
            with("2026-Q3", &[reason("work"), reason("study"), reason("own_firm"), reason("other"), unconfirmed]);
        facts.settings.k8_outflow = OutflowRule::BenefitEndedWorkStudyOrOwnFirm;
        use Outcome::{Met, Missed};
        assert_eq!(outcomes(&judge(&facts)), [Met, Met, Met, Missed, Missed]);
    }

    #[test]
    fn paid_work_counts_without_confirmation_when_the_setting_says_so() {
        let working = |day: &str| client(json!({"work_started_on": day, "outflow_confirmed": false}));
        let mut facts = with("2026-Q3", &[working("2026-07-15"), working("2026-07-16"), client(json!({}))]);
        facts.settings.k8_outflow = OutflowRule::PaidWorkStarted;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met, Outcome::Missed, Outcome::Missed]);
    }

    #[test]
    fn another_number_of_months_moves_the_day_and_the_quarter() {
        let mut facts = with("2026-Q3", &[client(json!({"benefit_ended_on": "2026-08-15"}))]);
        facts.settings.k8_months = 5;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met]);
        facts.settings.k8_months = 7;
        assert_eq!(outcomes(&judge(&facts)), []);
    }
}
