//! Reading the document strictly: all faults at once, or facts that judging can rely on.

use super::QuarterFacts;
use super::fault::{Fault, FaultKind};
use super::node::Node;
use super::sense;
use super::shape::{DOCUMENT, Path, check};

/// Reads one QuarterFacts document. Refused with every fault in it: those of the shape in the order of the document, then
/// what contradicts itself.
pub fn read(bytes: &[u8]) -> Result<QuarterFacts, Vec<Fault>> {
    let node = Node::parse(bytes).map_err(|kind| vec![Fault::whole(kind)])?;
    let mut faults = Vec::new();
    check(&node, &DOCUMENT, Path::Document, &mut faults);
    sense::check(&node, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    serde_json::from_value(node.value()).map_err(|e| {
        let detail = e.to_string();
        vec![Fault::whole(FaultKind::Unreadable { detail })]
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::{Value, json};

    use super::*;
    use crate::facts::{FORMAT, Settings};
    use crate::text::Lang;

    /// A document in which every field is filled in.
    fn filled() -> Value {
        json!({
            "format": FORMAT,
            "quarter": "2026-Q3",
            "provider": {"kvk": "12345678", "name": "Voorbeeld BV"},
            "settings": {"k1.days": 14, "targets.9": 60},
            "agreement": {"active_from": "2026-01-01", "active_until": "2027-12-31"},
            "trajectories": [{
                "case_ref": "T1", "profile": "P1", "referred_on": "2026-06-20",
                "plan_agreed_on": "2026-07-01", "agreed_results": 2, "client_agreed_on": "2026-07-02",
                "coach_involved": true, "coach_agreed_on": "2026-07-03", "contact_informed_on": "2026-07-04",
                "feedback": [{"due_on": "2026-08-01", "done_on": "2026-07-30"}],
                "term_ends_on": "2026-12-31", "suspended_days": 7, "extension_permitted_on": "2026-12-01",
                "ended_on": "2026-09-01", "end_reason": "work", "results_achieved": "all", "reason_recorded": true,
                "work_started_on": "2026-08-15", "benefit_ended_on": "2026-08-20", "benefit_end_reason": "work",
                "outflow_confirmed": true, "indication_on": "2026-06-01", "capacity_available_on": "2026-06-15",
                "waiting_list_days": 3, "placed_on": "2026-08-01", "placement_confirmed": true,
                "ladder_start": 3, "ladder_now": 5,
                "exclusions": [{"code": "N1", "indicator": 3, "accepted": false}]
            }],
            "professionals": [{
                "ref": "M1", "kind": "employee", "client_contact": true, "active_from": "2026-01-01",
                "active_until": "2026-12-31", "vogs": [{"valid_from": "2025-01-01", "valid_until": "2028-01-01"}]
            }],
            "surveys": [{"ref": "O1", "due_on": "2026-09-01", "had_active_clients": true, "cooperated_on": "2026-08-01"}],
            "complaints": {
                "procedure_valid_until": "2027-01-01", "adviser_named": true, "statement_due_on": "2026-10-28",
                "statement_received_on": "2026-10-20",
                "items": [{"ref": "K1", "received_on": "2026-08-03", "reported_on": "2026-08-05"}]
            },
            "cost_statement": {
                "due_on": "2026-10-28", "received_on": "2026-10-20", "complete": false,
                "returned_on": "2026-10-25", "repaired_on": "2026-11-01"
            }
        })
    }

    /// What remains when everything optional is left out.
    fn bare() -> Value {
        json!({
            "format": FORMAT, "quarter": "2026-Q3", "provider": {"kvk": "12345678", "name": "Voorbeeld BV"},
            "agreement": {"active_from": "2026-01-01"},
            "trajectories": [{"case_ref": "T1", "profile": "P1", "referred_on": "2026-06-20"}],
            "professionals": [], "surveys": [],
            "complaints": {"adviser_named": true, "statement_due_on": "2026-10-28", "items": []},
            "cost_statement": {"due_on": "2026-10-28", "complete": true}
        })
    }

    fn read_value(document: &Value) -> Result<QuarterFacts, Vec<Fault>> {
        read(document.to_string().as_bytes())
    }

    fn messages(document: &Value) -> Vec<String> {
        read_value(document).unwrap_err().iter().map(|fault| fault.message(Lang::Nl)).collect()
    }

    #[test]
    fn every_field_comes_back_as_it_was_written() {
        let facts = read_value(&filled()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&facts.to_json()).unwrap(), filled());
    }

    #[test]
    fn equal_facts_give_equal_bytes_however_they_were_laid_out() {
        let facts = read_value(&filled()).unwrap();
        let written = facts.to_json();
        assert_eq!(read(written.as_bytes()).unwrap(), facts);
        let Value::Object(fields) = filled() else { unreachable!("a document is an object") };
        let backwards = Value::Object(fields.into_iter().rev().collect());
        assert_eq!(read_value(&backwards).unwrap().to_json(), written);
        assert!(written.starts_with("{\n  \"format\": \"openhouse-quarter-facts/1\",\n  \"quarter\": \"2026-Q3\","));
    }

    #[test]
    fn what_is_optional_may_be_missing_or_null() {
        let without = read_value(&bare()).unwrap();
        assert_eq!(without.trajectories[0].agreed_results, 0);
        assert_eq!(without.settings, Settings::default());
        let mut with_nulls = bare();
        with_nulls["settings"] = Value::Null;
        let filled = filled();
        for (name, value) in filled["trajectories"][0].as_object().unwrap() {
            let place = &mut with_nulls["trajectories"][0][name];
            if place.is_null() {
                assert!(!value.is_null());
                *place = Value::Null;
            }
        }
        assert_eq!(read_value(&with_nulls).unwrap(), without);
    }

    #[test]
    fn every_required_field_is_missed() {
        let mut paths: Vec<String> = read(b"{}").unwrap_err().into_iter().map(|fault| fault.path).collect();
        paths.sort();
        let mut known: Vec<String> = bare().as_object().unwrap().keys().cloned().collect();
        known.sort();
        assert_eq!(paths, known);
    }

    #[test]
    fn all_faults_are_named_at_once_with_their_path() {
        let mut document = filled();
        document["quarter"] = json!("2026-Q5");
        document["provider"]["kvk"] = json!("1234567");
        document["trajectories"][0]["referred_on"] = json!("2026-02-30");
        document["trajectories"][0]["plan_agreed_on"] = json!("1-7-2026");
        document["trajectories"][0]["ladder_now"] = json!(7);
        document["trajectories"][0]["exclusions"][0]["code"] = json!("X1");
        document["trajectories"][0]["coach_involved"] = json!("ja");
        document["trajectories"][0]["reffered"] = json!("2026-06-20");
        document["professionals"] = json!({});
        document["surveys"][0].as_object_mut().unwrap().remove("ref");
        document["settings"] = json!({"k1": {"day": 14}, "targets.8": 101});
        let expected = [
            "quarter: hier hoort een kwartaal, als 2026-Q3. Er staat \"2026-Q5\".",
            "provider.kvk: hier hoort een KvK-nummer van acht cijfers. Er staat \"1234567\".",
            "settings.k1.day: dit veld is niet bekend. Bedoelt u k1.days?",
            "settings.targets.8: hier hoort een heel getal van 0 tot en met 100, of null. Er staat 101.",
            "trajectories[0].referred_on: hier hoort een datum die bestaat, als JJJJ-MM-DD. Er staat \"2026-02-30\".",
            "trajectories[0].plan_agreed_on: hier hoort een datum die bestaat, als JJJJ-MM-DD. Er staat \"1-7-2026\".",
            "trajectories[0].coach_involved: hier hoort true of false. Er staat \"ja\".",
            "trajectories[0].ladder_now: hier hoort een heel getal van 1 tot en met 6. Er staat 7.",
            "trajectories[0].exclusions[0].code: hier hoort een van deze codes: N1, N2, N3, N4, N5, N6, R1, R2, R3, R4, R5, R6. Er staat \"X1\".",
            "trajectories[0].reffered: dit veld is niet bekend. Bedoelt u referred_on?",
            "professionals: hier hoort een lijst […]. Er staat {…}.",
            "surveys[0].ref: dit veld moet ingevuld zijn.",
        ];
        assert_eq!(messages(&document), expected);
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused() {
        for number in [json!(-1), json!(1.5), json!(36_526), json!(u64::MAX), json!(1e300), json!("3")] {
            let mut document = bare();
            document["trajectories"][0]["suspended_days"] = number.clone();
            assert_eq!(read_value(&document).unwrap_err().len(), 1, "{number} was accepted");
        }
    }

    #[test]
    fn dates_are_written_in_full_and_exist() {
        for date in ["2026-7-1", "2026-07-01T00:00", "2025-02-29", "+2026-7-01", "20260701", "", "2026/07/01"] {
            let mut document = bare();
            document["trajectories"][0]["referred_on"] = json!(date);
            assert_eq!(read_value(&document).unwrap_err()[0].path, "trajectories[0].referred_on", "{date:?}");
        }
    }

    #[test]
    fn a_field_that_stands_there_twice_is_refused() {
        let doubled = bare().to_string().replacen("\"surveys\":[]", "\"surveys\":[],\"surveys\":[]", 1);
        let faults = read(doubled.as_bytes()).unwrap_err();
        assert_eq!(faults, [Fault { path: "surveys".into(), kind: FaultKind::Duplicate }]);
    }

    #[test]
    fn what_is_no_document_at_all_gets_one_message() {
        for bytes in [&b""[..], b"{", b"[]", b"\"tekst\"", b"\xff\xff", b"PK\x03\x04", b"[1e999]"] {
            assert_eq!(read(bytes).unwrap_err().len(), 1, "{bytes:?}");
        }
        let written = filled().to_string();
        let faults = read(&written.as_bytes()[..written.len() / 2]).unwrap_err();
        assert_eq!(faults, [Fault::whole(FaultKind::Truncated)]);
    }

    #[test]
    fn ten_thousand_faults_are_named_in_a_moment() {
        let mut document = bare();
        let wrong = json!({"case_ref": 1, "profiel": "P1", "referred_on": "gisteren"});
        document["trajectories"] = Value::Array(vec![wrong; 5_000]);
        let started = Instant::now();
        assert_eq!(messages(&document).len(), 20_000);
        assert!(started.elapsed() < Duration::from_secs(2), "it took {:?}", started.elapsed());
    }
}
