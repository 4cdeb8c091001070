//! The municipality's own goals (doelen): what it wants to see change among people with a benefit, with a
//! baseline and the days on which it looks. The defaults hold one municipality's goals as an example.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::procedure::{Origin, Validity};
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub code: String,
    pub name: Bilingual,
    pub valid: Validity,
    /// The figures that are followed, by name.
    pub series: Vec<String>,
    /// The first series when the goal was set.
    pub baseline: u32,
    /// What is measured with, where it is not a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Bilingual>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<Bilingual>,
    pub checks: Vec<Check>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

/// When is looked, and what should then hold: a comparison between series, in whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    Once {
        day: NaiveDate,
        rule: String,
    },
    /// On every day of a period, both ends included.
    Throughout {
        from: NaiveDate,
        until: NaiveDate,
        rule: String,
    },
    /// Every year on one day (`MM-DD`), for the first time on or after `from`.
    Yearly {
        day: String,
        from: NaiveDate,
        rule: String,
    },
}

impl Check {
    pub fn rule(&self) -> &str {
        match self {
            Check::Once { rule, .. } | Check::Throughout { rule, .. } | Check::Yearly { rule, .. } => rule,
        }
    }
}

/// The people with a benefit when the goals were set, counted along several lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    pub municipality: Origin,
    /// `YYYY-MM`
    pub measured: String,
    pub total: u32,
    pub by_scheme: BTreeMap<String, u32>,
    pub by_sex: BTreeMap<String, u32>,
    pub by_age: BTreeMap<String, u32>,
    pub by_living: BTreeMap<String, u32>,
    pub by_duration_years: BTreeMap<String, u32>,
    pub end_of_relationship: BTreeMap<String, u32>,
    pub obstacle: BTreeMap<String, u32>,
    pub budget_cents: BTreeMap<String, i64>,
}

/// A word a rule may use beside the names of series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleWord {
    pub code: String,
    pub name: Bilingual,
}

/// `municipal-goals.yaml`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalSet {
    pub words: Vec<RuleWord>,
    pub baseline: Baseline,
    pub goals: Vec<Goal>,
}

/// The goals that ship, as an example to start from.
pub fn example() -> GoalSet {
    serde_saphyr::from_str(include_str!("../../defaults/municipal-goals.yaml"))
        .expect("the embedded goals are well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_adds_up_along_every_line() {
        let baseline = example().baseline;
        let lines = [
            &baseline.by_scheme,
            &baseline.by_sex,
            &baseline.by_age,
            &baseline.by_living,
            &baseline.by_duration_years,
            &baseline.obstacle,
        ];
        for line in lines {
            assert_eq!(line.values().sum::<u32>(), baseline.total, "{line:?}");
        }
    }

    #[test]
    fn a_rule_speaks_only_of_known_series_and_words() {
        let set = example();
        let words: Vec<&str> = set.words.iter().map(|word| word.code.as_str()).collect();
        for goal in &set.goals {
            assert!(!goal.checks.is_empty(), "{} is never looked at", goal.code);
            for check in &goal.checks {
                let names = check.rule().split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                for name in names.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
                    let known = words.contains(&name) || goal.series.iter().any(|series| series == name);
                    assert!(known, "{} speaks of {name:?}", goal.code);
                }
            }
        }
    }

    #[test]
    fn five_goals_have_codes_of_their_own_and_both_languages() {
        let codes: Vec<String> = example().goals.into_iter().map(|goal| goal.code).collect();
        assert_eq!(codes, ["D1", "D2", "D3", "D4", "D5"]);
        for goal in example().goals {
            let texts = [Some(goal.name), goal.instrument, goal.note].into_iter().flatten().chain(goal.domains);
            for text in texts {
                assert!(!text.nl.is_empty() && !text.en.is_empty() && text.nl != text.en, "{text:?}");
            }
        }
    }
}
