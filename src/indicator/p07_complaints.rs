//! Indicator 7: complaints (klachten) registered and reported.

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::calendar::add_working_days;
use crate::facts::QuarterFacts;

/// "De aanbieder registreert en meldt aan gemeente klachten van cliënten"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 7).
///
/// Three elements, for a provider whose agreement was active on a day of the quarter: a procedure that is valid on the
/// last day of the quarter, a confidential adviser, and a statement in time (a nil return counts) together with every
/// complaint reported within ten working days. A complaint belongs to the quarter in which its tenth day falls.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(7);
    if facts.agreement.is_active_in(facts.quarter) {
        let complaints = &facts.complaints;
        let last_day = facts.quarter.last_day();
        tally.count("procedure", complaints.procedure_valid_until.is_some_and(|until| last_day <= until));
        tally.count("adviser", complaints.adviser_named);
        let received = shown_by(complaints.statement_received_on, complaints.statement_due_on);
        tally.count("statement", received && complaints_reported(facts));
    }
    tally.finding(&facts.settings)
}

fn complaints_reported(facts: &QuarterFacts) -> bool {
    facts.complaints.items.iter().all(|complaint| {
        let due = add_working_days(complaint.received_on, facts.settings.k7_report_within_working_days);
        !facts.quarter.contains(due) || shown_by(complaint.reported_on, due)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{self, from, outcomes};
    use crate::indicator::{Outcome, Verdict};

    use Outcome::{Met, Missed};

    /// The third quarter of 2026, in order but for what is told.
    fn facts(told: Value) -> QuarterFacts {
        let mut complaints = json!({
            "procedure_valid_until": "2026-09-30", "adviser_named": true,
            "statement_due_on": "2026-10-28", "statement_received_on": "2026-10-28", "items": []
        });
        for (name, value) in told.as_object().unwrap() {
            complaints[name] = value.clone();
        }
        let mut facts = sample::facts("2026-Q3");
        facts.complaints = from(complaints);
        facts
    }

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&judge(&facts(told)))
    }

    #[test]
    fn a_nil_return_in_time_with_everything_arranged_is_met() {
        let finding = judge(&facts(json!({})));
        let names: Vec<&str> = finding.cases.iter().map(|case| case.case_ref.as_str()).collect();
        assert_eq!(names, ["procedure", "adviser", "statement"]);
        assert_eq!((finding.verdict, finding.label), (Verdict::Met, None));
    }

    #[test]
    fn the_procedure_is_valid_on_the_last_day_of_the_quarter() {
        assert_eq!(outcome(json!({"procedure_valid_until": "2026-09-29"})), [Missed, Met, Met]);
        assert_eq!(outcome(json!({"procedure_valid_until": null})), [Missed, Met, Met]);
    }

    #[test]
    fn an_adviser_is_named() {
        assert_eq!(outcome(json!({"adviser_named": false})), [Met, Missed, Met]);
    }

    #[test]
    fn a_statement_a_day_late_or_missing_falls_short() {
        assert_eq!(outcome(json!({"statement_received_on": "2026-10-29"})), [Met, Met, Missed]);
        assert_eq!(outcome(json!({"statement_received_on": null})), [Met, Met, Missed]);
    }

    #[test]
    fn a_complaint_is_reported_on_its_tenth_working_day_at_the_latest() {
        let complaint =
            |reported: Value| json!({"items": [{"ref": "K1", "received_on": "2026-08-03", "reported_on": reported}]});
        assert_eq!(outcome(complaint(json!("2026-08-17"))), [Met, Met, Met]);
        assert_eq!(outcome(complaint(json!("2026-08-18"))), [Met, Met, Missed]);
        assert_eq!(outcome(complaint(Value::Null)), [Met, Met, Missed]);
    }

    #[test]
    fn a_complaint_belongs_to_the_quarter_of_its_tenth_day() {
        let items = json!({"items": [
            {"ref": "K1", "received_on": "2026-06-01"}, {"ref": "K2", "received_on": "2026-09-17"}
        ]});
        assert_eq!(outcome(items), [Met, Met, Met]);
    }

    #[test]
    fn one_day_of_an_active_agreement_asks_for_all_three() {
        let mut facts = facts(json!({"procedure_valid_until": "2026-09-29"}));
        facts.agreement = from(json!({"active_from": "2020-01-01", "active_until": "2026-07-01"}));
        assert_eq!(outcomes(&judge(&facts)), [Missed, Met, Met]);
        facts.agreement = from(json!({"active_from": "2020-01-01", "active_until": "2026-06-30"}));
        assert_eq!(judge(&facts).verdict, Verdict::NotApplicable);
    }

    #[test]
    fn another_number_of_working_days_moves_the_day() {
        let mut facts =
            facts(json!({"items": [{"ref": "K1", "received_on": "2026-08-03", "reported_on": "2026-08-17"}]}));
        facts.settings.k7_report_within_working_days = 9;
        assert_eq!(outcomes(&judge(&facts)), [Met, Met, Missed]);
    }
}
