//! Indicator 9: placement in sheltered work (beschut werk) within six months. Monitored: no target is set.

use chrono::NaiveDate;

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::{add_days, add_months};
use crate::facts::{Clock, QuarterFacts, Settings, Trajectory};

/// "Cliënten met beschutwerken moeten binnen 6 maanden worden geplaatst op een passende werkplek"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 9).
///
/// Counted are the trajectories with an indication whose six months end in the quarter. The days on the waiting
/// list move that day.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(9);
    for trajectory in &facts.trajectories {
        let Some(due) = due(trajectory, &facts.settings) else {
            continue;
        };
        if facts.quarter.contains(due) {
            let placed = trajectory.placement_confirmed && shown_by(trajectory.placed_on, due);
            tally.count_trajectory(trajectory, placed);
        }
    }
    tally.finding(&facts.settings)
}

/// First the months, then the days of the waiting list: the order makes a difference at the end of a month.
pub(super) fn due(trajectory: &Trajectory, settings: &Settings) -> Option<NaiveDate> {
    let indication_on = trajectory.indication_on?;
    let clock = match settings.k9_clock {
        Clock::Indication => indication_on,
        Clock::Referral => trajectory.referred_on,
        Clock::Latest => {
            let either = indication_on.max(trajectory.referred_on);
            trajectory.capacity_available_on.map_or(either, |capacity| capacity.max(either))
        }
    };
    Some(add_days(add_months(clock, settings.k9_months), trajectory.waiting_list_days.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{outcomes, with};
    use crate::indicator::{Label, Outcome, Verdict};

    /// An indication of 15 January 2026 and a confirmed placement on the last day, but for what is told.
    fn client(told: Value) -> Value {
        let mut client = json!({
            "referred_on": "2026-01-02", "indication_on": "2026-01-15", "placed_on": "2026-07-15",
            "placement_confirmed": true
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
    fn placed_on_the_last_day_is_met_and_stays_monitored() {
        let finding = judge(&with("2026-Q3", &[client(json!({}))]));
        assert_eq!((outcomes(&finding), finding.target_pct), (vec![Outcome::Met], None));
        assert_eq!((finding.verdict, finding.label), (Verdict::Monitored, Some(Label::Indicative)));
    }

    #[test]
    fn a_day_late_unconfirmed_or_not_placed_falls_short() {
        for told in
            [json!({"placed_on": "2026-07-16"}), json!({"placement_confirmed": false}), json!({"placed_on": null})]
        {
            assert_eq!(outcome(told.clone()), [Outcome::Missed], "{told}");
        }
    }

    #[test]
    fn without_an_indication_there_is_no_case() {
        assert_eq!(outcome(json!({"indication_on": null})), []);
    }

    #[test]
    fn the_clock_runs_from_the_latest_of_the_three_days() {
        assert_eq!(outcome(json!({"referred_on": "2026-02-15", "placed_on": "2026-08-15"})), [Outcome::Met]);
        assert_eq!(outcome(json!({"capacity_available_on": "2026-03-15", "placed_on": "2026-09-15"})), [Outcome::Met]);
        assert_eq!(
            outcome(json!({"capacity_available_on": "2025-12-01", "placed_on": "2026-07-16"})),
            [Outcome::Missed]
        );
    }

    #[test]
    fn days_on_the_waiting_list_are_added_after_the_months() {
        assert_eq!(outcome(json!({"waiting_list_days": 10, "placed_on": "2026-07-25"})), [Outcome::Met]);
        let end_of_month = json!({"indication_on": "2026-08-30", "waiting_list_days": 1, "placed_on": "2027-03-01"});
        assert_eq!(outcomes(&judge(&with("2027-Q1", &[client(end_of_month)]))), [Outcome::Met]);
        assert_eq!(outcome(json!({"waiting_list_days": 78})), []);
    }

    #[test]
    fn another_clock_takes_that_date_alone() {
        let told =
            json!({"referred_on": "2026-02-15", "capacity_available_on": "2026-03-15", "placed_on": "2026-08-01"});
        let mut facts = with("2026-Q3", &[client(told)]);
        let mut by = |clock: Clock| {
            facts.settings.k9_clock = clock;
            outcomes(&judge(&facts))
        };
        assert_eq!(by(Clock::Latest), [Outcome::Met]);
        assert_eq!(by(Clock::Referral), [Outcome::Met]);
        assert_eq!(by(Clock::Indication), [Outcome::Missed]);
    }

    #[test]
    fn another_number_of_months_moves_the_day() {
        let mut facts = with("2026-Q3", &[client(json!({"placed_on": "2026-08-15"}))]);
        facts.settings.k9_months = 7;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met]);
    }
}
