//! Each setting changes what it should and nothing else: all vectors are judged with and without it, and the
//! indicators and duties that differ are compared with those the settings table names.

use std::collections::BTreeSet;

use openhouse::facts::{QuarterFacts, Settings, read};
use openhouse::indicator::{Duty, Finding, Findings, judge};

use crate::vectors::facts_files;

/// What a setting is set to, and the findings and duties that may and must differ.
const TABLE: &[(&str, &[&str])] = &[
    (r#"{"k1.days": 14}"#, &["1", "1b"]),
    (r#"{"k1.boundary": "strict"}"#, &["1"]),
    (r#"{"k2.agree_within_days": 7}"#, &["2"]),
    (r#"{"k3.inform_within_days": 3}"#, &["3"]),
    (r#"{"k3.grace_days": 2}"#, &["3"]),
    (r#"{"k5.include": ["employee", "volunteer"]}"#, &["5"]),
    (r#"{"k6.permitted_extension": "within"}"#, &["6"]),
    (r#"{"k7.report_within_working_days": 5}"#, &["7"]),
    (r#"{"k8.months": 3}"#, &["8"]),
    (r#"{"k8.outflow": "benefit_ended_work_study_or_own_firm"}"#, &["8"]),
    (r#"{"k8.outflow": "paid_work_started"}"#, &["8"]),
    (r#"{"k9.clock": "indication"}"#, &["9"]),
    (r#"{"k9.clock": "referral"}"#, &["9"]),
    (r#"{"k9.months": 5}"#, &["9"]),
    // Fills the due dates when facts are gathered; judging uses the dates.
    (r#"{"k10.due_days": 14}"#, &[]),
    (r#"{"k10.repair_days": 0}"#, &["10"]),
    (r#"{"targets.1": 50}"#, &["1"]),
    (r#"{"targets.2": 50}"#, &["2"]),
    (r#"{"targets.3": 50}"#, &["3"]),
    (r#"{"targets.4": 50}"#, &["4"]),
    (r#"{"targets.5": 50}"#, &["5"]),
    (r#"{"targets.6": 50}"#, &["6"]),
    (r#"{"targets.7": 50}"#, &["7"]),
    (r#"{"targets.8": 50}"#, &["8"]),
    (r#"{"targets.9": 50}"#, &["9"]),
    (r#"{"targets.10": null}"#, &["10"]),
    (r#"{"attention.points": 20}"#, &["3", "6", "8"]),
    (r#"{"small.indicative_below": 3}"#, &["1", "2", "3", "5", "6", "8", "9"]),
    (r#"{"small.small_below": 5}"#, &["1", "2", "3", "5", "6", "8", "9"]),
    (r#"{"definitions": "noordermeer-2026/2"}"#, &["definitions"]),
];

#[test]
fn each_setting_changes_what_it_should_and_nothing_else() {
    let facts: Vec<QuarterFacts> = facts_files().iter().map(|file| facts(file)).collect();
    for (written, expected) in TABLE {
        let settings = Settings::read(written.as_bytes()).expect("the table holds settings");
        assert_eq!(settings.to_json(), written.replace(": ", ":").replace(", ", ","));
        let mut changed = BTreeSet::new();
        for facts in &facts {
            let set = QuarterFacts { settings: settings.clone(), ..facts.clone() };
            changed.extend(differing(&judge(facts), &judge(&set)));
        }
        let expected: BTreeSet<String> = expected.iter().map(|key| key.to_string()).collect();
        assert_eq!(changed, expected, "with {written}");
    }
}

#[test]
fn the_table_leaves_no_setting_out() {
    for (name, _) in Settings::default().entries() {
        assert!(
            TABLE.iter().any(|(written, _)| written.contains(&format!("\"{name}\""))),
            "{name} is not in the table"
        );
    }
}

#[test]
fn targets_and_labels_change_no_count() {
    for written in [r#"{"targets.3": 10}"#, r#"{"attention.points": 50}"#, r#"{"small.small_below": 50}"#] {
        let settings = Settings::read(written.as_bytes()).expect("these are settings");
        for file in facts_files() {
            let facts = facts(&file);
            let set = QuarterFacts { settings: settings.clone(), ..facts.clone() };
            let counts = |findings: Findings| findings.findings.into_iter().map(|f| f.cases).collect::<Vec<_>>();
            assert_eq!(counts(judge(&facts)), counts(judge(&set)), "with {written}");
        }
    }
}

fn facts(file: &std::path::Path) -> QuarterFacts {
    read(&std::fs::read(file).expect("a vector can be read")).expect("a vector is well formed")
}

fn differing(before: &Findings, after: &Findings) -> Vec<String> {
    let findings = before.findings.iter().zip(&after.findings).filter(|(a, b)| a != b);
    let duties = before.also.iter().zip(&after.also).filter(|(a, b)| a != b);
    let definitions = (before.definitions != after.definitions).then(|| "definitions".to_owned());
    let number = |(finding, _): (&Finding, &Finding)| finding.indicator.to_string();
    let key = |(duty, _): (&Duty, &Duty)| duty.key.clone();
    findings.map(number).chain(duties.map(key)).chain(definitions).collect()
}
