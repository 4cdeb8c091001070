//! Indicator 4: taking part in client surveys (cliëntenonderzoek).

use super::Finding;
use super::tally::{Tally, shown_by};
use crate::facts::QuarterFacts;

/// "De aanbieder werkt aantoonbaar en waarneembaar mee aan het cliënten onderzoek"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 4).
///
/// Counted are the surveys due in the quarter for which the provider had clients. The dates of the agreement play
/// no part: who had clients then, takes part.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let mut tally = Tally::new(4);
    for survey in &facts.surveys {
        if survey.had_active_clients && facts.quarter.contains(survey.due_on) {
            tally.count(&survey.survey_ref, shown_by(survey.cooperated_on, survey.due_on));
        }
    }
    tally.finding(&facts.settings)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{self, from, outcomes};
    use crate::indicator::{Outcome, Verdict};

    fn finding(cooperated_on: Value, had_active_clients: bool, due_on: &str) -> Finding {
        let mut facts = sample::facts("2026-Q3");
        facts.agreement = from(json!({"active_from": "2020-01-01", "active_until": "2020-12-31"}));
        facts.surveys = from(json!([{
            "ref": "O1", "due_on": due_on, "had_active_clients": had_active_clients, "cooperated_on": cooperated_on
        }]));
        judge(&facts)
    }

    #[test]
    fn cooperation_on_the_last_day_is_in_time_even_when_the_agreement_has_ended() {
        assert_eq!(outcomes(&finding(json!("2026-09-30"), true, "2026-09-30")), [Outcome::Met]);
    }

    #[test]
    fn cooperation_a_day_late_or_never_falls_short() {
        assert_eq!(outcomes(&finding(json!("2026-09-02"), true, "2026-09-01")), [Outcome::Missed]);
        assert_eq!(outcomes(&finding(Value::Null, true, "2026-09-01")), [Outcome::Missed]);
    }

    #[test]
    fn without_clients_or_outside_the_quarter_there_is_no_case() {
        assert_eq!(finding(Value::Null, false, "2026-09-01").verdict, Verdict::NotApplicable);
        assert_eq!(finding(Value::Null, true, "2026-10-01").verdict, Verdict::NotApplicable);
    }

    #[test]
    fn one_survey_gets_no_label() {
        assert_eq!(finding(Value::Null, true, "2026-09-01").label, None);
    }
}
