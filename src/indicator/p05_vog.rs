//! Indicator 5: professionals with a certificate of conduct (VOG).

use chrono::NaiveDate;

use super::Finding;
use super::tally::Tally;
use crate::calendar::add_days;
use crate::facts::QuarterFacts;
use crate::staff::VogPeriod;

/// "De aanbieder heeft professionals in dienst met een VOG"
/// (Startdocument Weststellingwerf, hoofdstuk 7, indicator 5).
///
/// Counted is everyone with client contact who was active on a day of the quarter within the agreement's dates. Each
/// such day must lie in the period of a valid VOG; different days may lie in different ones.
pub(super) fn judge(facts: &QuarterFacts) -> Finding {
    let agreed_until = facts.agreement.active_until.unwrap_or(NaiveDate::MAX);
    let first = facts.quarter.first_day().max(facts.agreement.active_from);
    let last = facts.quarter.last_day().min(agreed_until);
    let mut tally = Tally::new(5);
    for person in &facts.professionals {
        let from = first.max(person.active_from);
        let until = last.min(person.active_until.unwrap_or(NaiveDate::MAX));
        if person.client_contact && facts.settings.k5_include.contains(&person.kind) && from <= until {
            tally.count(&person.staff_ref, cover(&person.vogs, from, until));
        }
    }
    tally.finding(&facts.settings)
}

/// Whether every day from `from` to `until` lies in one of the periods, both ends included.
fn cover(vogs: &[VogPeriod], from: NaiveDate, until: NaiveDate) -> bool {
    let mut day = from;
    while day <= until {
        let reached = vogs.iter().filter(|vog| vog.covers(day)).map(|vog| vog.valid_until).max();
        match reached {
            Some(reached) => day = add_days(reached, 1),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::indicator::sample::{self, from, outcomes};
    use crate::indicator::{Outcome, Verdict};
    use crate::staff::ProfessionalKind;

    /// Someone who works with clients all the time, but for what is told.
    fn person(told: Value) -> Value {
        let mut person = json!({
            "ref": "M1", "kind": "employee", "client_contact": true, "active_from": "2020-01-01",
            "vogs": [{"valid_from": "2025-01-01", "valid_until": "2028-01-01"}]
        });
        for (name, value) in told.as_object().unwrap() {
            person[name] = value.clone();
        }
        person
    }

    fn finding(people: Vec<Value>) -> Finding {
        let mut facts = sample::facts("2026-Q3");
        facts.professionals = from(Value::Array(people));
        judge(&facts)
    }

    fn outcome(told: Value) -> Vec<Outcome> {
        outcomes(&finding(vec![person(told)]))
    }

    #[test]
    fn every_day_lies_in_a_vog_both_ends_included() {
        assert_eq!(outcome(json!({})), [Outcome::Met]);
        let just = json!({"vogs": [{"valid_from": "2026-07-01", "valid_until": "2026-09-30"}]});
        assert_eq!(outcome(just), [Outcome::Met]);
    }

    #[test]
    fn one_day_without_a_vog_falls_short() {
        for (from, until) in [("2026-07-02", "2026-09-30"), ("2026-07-01", "2026-09-29")] {
            let short = json!({"vogs": [{"valid_from": from, "valid_until": until}]});
            assert_eq!(outcome(short), [Outcome::Missed]);
        }
        assert_eq!(outcome(json!({"vogs": []})), [Outcome::Missed]);
    }

    #[test]
    fn two_vogs_may_share_the_quarter_in_any_order_but_not_leave_a_day_open() {
        let first = json!({"valid_from": "2023-08-15", "valid_until": "2026-08-15"});
        let next = |from: &str| json!({"valid_from": from, "valid_until": "2029-08-15"});
        assert_eq!(outcome(json!({"vogs": [next("2026-08-16"), first]})), [Outcome::Met]);
        assert_eq!(outcome(json!({"vogs": [first, next("2026-08-17")]})), [Outcome::Missed]);
    }

    #[test]
    fn only_days_of_work_within_the_agreement_need_one() {
        let part = json!({"valid_from": "2026-08-01", "valid_until": "2026-08-31"});
        let worked = json!({"active_from": "2026-08-01", "active_until": "2026-08-31", "vogs": [part]});
        assert_eq!(outcome(worked), [Outcome::Met]);
        let mut facts = sample::facts("2026-Q3");
        facts.agreement = from(json!({"active_from": "2026-08-01", "active_until": "2026-08-31"}));
        facts.professionals = from(json!([person(json!({"vogs": [part]}))]));
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met]);
        facts.agreement = from(json!({"active_from": "2026-10-01"}));
        assert_eq!(judge(&facts).verdict, Verdict::NotApplicable);
    }

    #[test]
    fn who_sees_no_clients_or_was_not_there_is_no_case() {
        assert_eq!(outcome(json!({"client_contact": false, "vogs": []})), []);
        assert_eq!(outcome(json!({"active_until": "2026-06-30", "vogs": []})), []);
        assert_eq!(outcome(json!({"active_from": "2026-10-01", "vogs": []})), []);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_covers_nothing() {
        assert_eq!(
            outcome(json!({"vogs": [{"valid_from": "2028-01-01", "valid_until": "2025-01-01"}]})),
            [Outcome::Missed]
        );
    }

    #[test]
    fn eleven_of_twelve_is_missed() {
        let mut people = vec![person(json!({})); 11];
        people.push(person(json!({"vogs": []})));
        assert_eq!(finding(people).verdict, Verdict::Missed);
    }

    #[test]
    fn volunteers_count_only_when_the_setting_says_so() {
        let volunteer = person(json!({"kind": "volunteer"}));
        assert_eq!(outcomes(&finding(vec![volunteer.clone()])), []);
        let mut facts = sample::facts("2026-Q3");
        facts.professionals = from(json!([volunteer, person(json!({}))]));
        facts.settings.k5_include = vec![ProfessionalKind::Volunteer];
        assert_eq!(outcomes(&judge(&facts)), [Outcome::Met]);
    }
}
