//! The ten performance indicators (prestatie-indicatoren): what a finding is. Each rule has a page of its own.

use serde::{Deserialize, Serialize};

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
