//! Indicator 10: the quarterly cost statement (kostenoverzicht per kwartaal).

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_days;
use crate::facts::{CostStatement, QuarterFacts};

/// "Aanbieder kan per kwartaal aantonen welke kosten in rekening worden gebracht"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 10).
///
/// One case, for a provider whose agreement was active on a day of the quarter.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(10);
    if facts.agreement.is_active_in(facts.quarter) {
        let statement = &facts.cost_statement;
        let in_time = shown_by(statement.received_on, statement.due_on);
        let repair_days = facts.settings.k10_repair_days;
        tally.count("statement", in_time && (statement.complete || repaired(statement, repair_days)));
    }
    tally.finding(&facts.settings)
}

/// Returned as incomplete, and repaired within the days given (herstel).
fn repaired(statement: &CostStatement, repair_days: u32) -> bool {
    let returned = |day| shown_by(statement.repaired_on, add_days(day, repair_days.into()));
    statement.returned_on.is_some_and(returned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{self, from, outcomes};
    use crate::indicator::{Outcome, Verdict};

    /// The third quarter of 2026, received complete on the last day, but for what is told.
    fn facts(told: Value) -> QuarterFacts {
        let mut statement = json!({"due_on": "2026-10-28", "received_on": "2026-10-28", "complete": true});
        for (name, value) in told.as_object().unwrap() {
            statement[name] = value.clone();
        }
        let mut facts = sample::facts("2026-Q3");
        facts.cost_statement = from(statement);
        facts
    }

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&judge(&facts(told)))
    }

    #[test]
    fn complete_on_the_last_day_is_met_whatever_came_after() {
        assert_eq!(outcome(json!({})), [Outcome::Met]);
        assert_eq!(outcome(json!({"returned_on": "2026-11-01"})), [Outcome::Met]);
    }

    #[test]
    fn a_day_late_or_not_at_all_falls_short() {
        assert_eq!(outcome(json!({"received_on": "2026-10-29"})), [Outcome::Missed]);
        assert_eq!(outcome(json!({"received_on": null})), [Outcome::Missed]);
    }

    #[test]
    fn repaired_on_the_fourteenth_day_is_met_and_a_day_later_is_not() {
        let repaired = |day: &str| json!({"complete": false, "returned_on": "2026-11-01", "repaired_on": day});
        assert_eq!(outcome(repaired("2026-11-15")), [Outcome::Met]);
        assert_eq!(outcome(repaired("2026-11-16")), [Outcome::Missed]);
    }

    #[test]
    fn a_repair_does_not_mend_lateness_and_needs_a_return() {
        let late = json!({
            "received_on": "2026-10-29", "complete": false, "returned_on": "2026-11-01", "repaired_on": "2026-11-02"
        });
        assert_eq!(outcome(late), [Outcome::Missed]);
        assert_eq!(outcome(json!({"complete": false, "repaired_on": "2026-11-02"})), [Outcome::Missed]);
        assert_eq!(outcome(json!({"complete": false, "returned_on": "2026-11-01"})), [Outcome::Missed]);
    }

    #[test]
    fn without_an_active_agreement_there_is_nothing_to_state() {
        let mut facts = facts(json!({"received_on": null}));
        facts.agreement = from(json!({"active_from": "2026-10-01"}));
        assert_eq!(judge(&facts).verdict, Verdict::NotApplicable);
        facts.agreement = from(json!({"active_from": "2026-09-30"}));
        assert_eq!((judge(&facts).verdict, judge(&facts).label), (Verdict::Missed, None));
    }

    #[test]
    fn another_number_of_days_for_repair_moves_the_day() {
        let mut facts = facts(json!({"complete": false, "returned_on": "2026-11-01", "repaired_on": "2026-11-15"}));
        facts.settings.k10_repair_days = 13;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Missed]);
    }

    #[test]
    fn the_due_date_of_the_facts_decides_and_not_the_setting_that_filled_it() {
        let mut facts = facts(json!({}));
        facts.settings.k10_due_days = 1;
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met]);
    }
}
