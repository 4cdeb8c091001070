//! The ten performance indicators (prestatie-indicatoren): judging is ten pure functions from facts to findings.
//! Each rule has a page of its own. There is no total and no ranking.

mod also;
mod exclusions;
mod p01_plan;
mod p02_results;
mod p03_contact;
mod p04_survey;
mod p05_vog;
mod p06_duration;
mod p07_complaints;
mod p08_outflow;
mod p09_sheltered_work;
mod p10_costs;
mod percentage;
mod tally;
mod verdict;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::facts::{self, Provider, QuarterFacts, Trajectory};
use crate::quarter::Quarter;
use crate::text::Lang;

pub use crate::facts::Settings;
pub use percentage::Percentage;

/// One rule one file; the place in the list is the number of the indicator.
const RULES: [fn(&QuarterFacts) -> Finding; 10] = [
    p01_plan::judge,
    p02_results::judge,
    p03_contact::judge,
    p04_survey::judge,
    p05_vog::judge,
    p06_duration::judge,
    p07_complaints::judge,
    p08_outflow::judge,
    p09_sheltered_work::judge,
    p10_costs::judge,
];

/// The program that judged, as printed in the findings.
pub const ENGINE: &str = concat!("openhouse ", env!("CARGO_PKG_VERSION"));

/// The same facts give the same findings, byte for byte: no clock, no database, no network.
pub fn judge(facts: &QuarterFacts) -> Findings {
    Findings {
        quarter: facts.quarter,
        provider: facts.provider.clone(),
        engine: ENGINE.to_owned(),
        definitions: facts.settings.definitions.clone(),
        findings: RULES.iter().map(|rule| rule(facts)).collect(),
        also: also::duties(facts),
    }
}

/// `openhouse judge`: the text of a QuarterFacts document in, the text of a Findings document out, or every
/// reason why it is refused.
pub fn judge_document(bytes: &[u8], lang: Lang) -> Result<String, Vec<String>> {
    match facts::read(bytes) {
        Ok(facts) => Ok(judge(&facts).to_json()),
        Err(faults) => Err(faults.iter().map(|fault| fault.message(lang)).collect()),
    }
}

/// What the ten indicators say about one provider in one quarter, with what is needed to compute it again. The
/// settings used stand in the facts, which are frozen beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "openhouse-findings/1")]
pub struct Findings {
    pub quarter: Quarter,
    pub provider: Provider,
    pub engine: String,
    pub definitions: String,
    /// Ten, in the order of their numbers.
    pub findings: Vec<Finding>,
    pub also: Vec<Duty>,
}

impl Findings {
    /// Not one case and not one duty: the agreement was not in force, and nothing is left over from it.
    pub fn are_empty(&self) -> bool {
        self.findings.iter().all(|finding| finding.cases.is_empty())
            && self.also.iter().all(|duty| duty.denominator == 0)
    }

    /// The one written form, with a line feed at the end; equal findings give equal bytes.
    pub fn to_json(&self) -> String {
        let mut written = serde_json::to_string_pretty(self).expect("findings hold only texts, numbers and lists");
        written.push('\n');
        written
    }
}

/// The day by which a trajectory's case must be met for indicators 1, 2, 6, 8 and 9; none when it has no such case.
pub fn deadline(trajectory: &Trajectory, settings: &Settings, indicator: u8) -> Option<NaiveDate> {
    match indicator {
        1 => Some(p01_plan::due(trajectory, settings)),
        2 => p02_results::due(trajectory, settings),
        6 => p06_duration::term(trajectory),
        8 => Some(p08_outflow::due(trajectory, settings)),
        9 => p09_sheltered_work::due(trajectory, settings),
        _ => None,
    }
}

/// The duties towards the contact person that indicator 3 counts: the day each is due, and the day it was done.
pub fn contact_duties(
    trajectory: &Trajectory,
    settings: &Settings,
) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> {
    p03_contact::duties(trajectory, settings.k3_inform_within_days).map(|duty| (duty.due_on, duty.done_on))
}

codes! {
    /// What a finding comes to. The system proposes it; a person decides.
    pub enum Verdict {
        /// Gehaald
        Met = "met",
        /// Aandachtspunt
        Attention = "attention",
        /// Niet gehaald
        Missed = "missed",
        /// Niet van toepassing: the denominator is nought
        NotApplicable = "not_applicable",
        /// Monitoren: no target is set
        Monitored = "monitored",
    }
}

codes! {
    /// A warning that a figure rests on few cases.
    pub enum Label {
        /// Denominator 1 to 4
        Indicative = "indicative",
        /// Denominator 5 to 9
        Small = "small",
    }
}

codes! {
    /// What became of one case.
    pub enum Outcome {
        Met = "met",
        Missed = "missed",
        Excluded = "excluded",
    }
}

/// One case behind a figure. A finding names all of its cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    #[serde(rename = "ref")]
    pub case_ref: String,
    pub outcome: Outcome,
    /// Why the case left the count: an exclusion code, `ended_before_due` or `dropout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What an excluded case would have been; only for a case excluded by an N or R code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strict_outcome: Option<Outcome>,
}

/// What one indicator says about one provider in one quarter (bevinding).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// 1 to 10.
    pub indicator: u8,
    /// Net: excluded cases left out. The verdict rests on these two.
    pub numerator: u32,
    pub denominator: u32,
    /// Strict: exclusion codes ignored.
    pub strict_numerator: u32,
    pub strict_denominator: u32,
    /// In whole percents; none means monitored.
    pub target_pct: Option<u32>,
    pub verdict: Verdict,
    pub label: Option<Label>,
    /// In the order of the facts.
    pub cases: Vec<Case>,
}

/// A duty shown beside the indicators, without a verdict: `1b`, `6b`, `6c`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub key: String,
    pub numerator: u32,
    pub denominator: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::FORMAT;

    #[test]
    fn the_findings_stand_in_the_order_of_their_numbers() {
        let findings = judge(&sample::facts("2026-Q3"));
        let numbers: Vec<u8> = findings.findings.iter().map(|finding| finding.indicator).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        let keys: Vec<&str> = findings.also.iter().map(|duty| duty.key.as_str()).collect();
        assert_eq!(keys, ["1b", "6b", "6c"]);
    }

    #[test]
    fn a_document_goes_in_and_a_document_comes_out() {
        let facts = sample::facts("2026-Q3");
        let written = judge_document(facts.to_json().as_bytes(), Lang::Nl).unwrap();
        assert_eq!(written, judge(&facts).to_json());
        assert_eq!(serde_json::from_str::<Findings>(&written).unwrap(), judge(&facts));
        let head = "{\n  \"format\": \"openhouse-findings/1\",\n  \"quarter\": \"2026-Q3\",\n  \"provider\": {";
        assert!(written.starts_with(head), "{written}");
        assert!(written.contains("\"engine\": \"openhouse "));
        assert!(written.contains("\"definitions\": \"weststellingwerf-2019/1\""));
    }

    #[test]
    fn a_refused_document_gives_every_message_in_the_language_asked_for() {
        let document = format!(r#"{{"format": "{FORMAT}", "quarter": "2026-Q9"}}"#);
        let messages = judge_document(document.as_bytes(), Lang::En).unwrap_err();
        assert_eq!(messages[0], "quarter: expected a quarter, as 2026-Q3, found \"2026-Q9\".");
        assert_eq!(messages.len(), 8);
    }

    #[test]
    fn the_definitions_of_the_settings_are_named() {
        let mut facts = sample::facts("2026-Q3");
        facts.settings.definitions = "noordermeer-2026/2".to_owned();
        assert_eq!(judge(&facts).definitions, "noordermeer-2026/2");
    }
}
