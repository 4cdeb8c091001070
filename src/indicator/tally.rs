//! Counting (tellen): the cases come first, the figures are their sum. So a finding always adds up.

use chrono::NaiveDate;

use super::exclusions::applying;
use super::verdict::{label, verdict};
use super::{Case, Finding, Outcome};
use crate::facts::{Settings, Trajectory};

/// The cases of one indicator, in the order of the facts.
pub(super) struct Tally {
    indicator: u8,
    cases: Vec<Case>,
}

impl Tally {
    pub fn new(indicator: u8) -> Tally {
        Tally { indicator, cases: Vec::new() }
    }

    pub fn count(&mut self, case_ref: &str, met: bool) {
        let case = Case { case_ref: case_ref.to_owned(), outcome: outcome(met), code: None, strict_outcome: None };
        self.cases.push(case);
    }

    /// A trajectory with an accepted code leaves the net count and stays in the strict one.
    pub fn count_trajectory(&mut self, trajectory: &Trajectory, met: bool) {
        match applying(trajectory, self.indicator) {
            None => self.count(&trajectory.case_ref, met),
            Some(code) => self.cases.push(Case {
                case_ref: trajectory.case_ref.clone(),
                outcome: Outcome::Excluded,
                code: Some(code.as_str().to_owned()),
                strict_outcome: Some(outcome(met)),
            }),
        }
    }

    /// Excluded by the rule itself: out of both counts, whatever codes there are.
    pub fn leave_out(&mut self, trajectory: &Trajectory, because: &str) {
        self.cases.push(Case {
            case_ref: trajectory.case_ref.clone(),
            outcome: Outcome::Excluded,
            code: Some(because.to_owned()),
            strict_outcome: None,
        });
    }

    pub fn finding(self, settings: &Settings) -> Finding {
        let (numerator, denominator) = sum(self.cases.iter().map(|case| case.outcome));
        let strictly = |case: &Case| case.strict_outcome.unwrap_or(case.outcome);
        let (strict_numerator, strict_denominator) = sum(self.cases.iter().map(strictly));
        Finding {
            indicator: self.indicator,
            numerator,
            denominator,
            strict_numerator,
            strict_denominator,
            target_pct: settings.targets.of(self.indicator),
            verdict: verdict(self.indicator, numerator, denominator, settings),
            label: label(self.indicator, denominator, settings),
            cases: self.cases,
        }
    }
}

fn outcome(met: bool) -> Outcome {
    if met { Outcome::Met } else { Outcome::Missed }
}

/// Numerator and denominator of these outcomes.
fn sum(outcomes: impl Iterator<Item = Outcome>) -> (u32, u32) {
    outcomes.fold((0, 0), |(met, all), outcome| match outcome {
        Outcome::Met => (met + 1, all + 1),
        Outcome::Missed => (met, all + 1),
        Outcome::Excluded => (met, all),
    })
}

/// "Een datum die ontbreekt, is niet aangetoond": every indicator says "kan aantonen". There is no lower bound.
pub(super) fn shown_by(date: Option<NaiveDate>, due: NaiveDate) -> bool {
    date.is_some_and(|date| date <= due)
}
