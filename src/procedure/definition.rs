//! What a procedure says of each performance indicator (prestatie-indicator): its texts, its target and whether
//! the municipality steers by it. How an indicator is counted is code, in `indicator`.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::Validity;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorDefinition {
    /// 1 to 10, in the order of the Startdocument.
    pub number: u8,
    pub short: Bilingual,
    pub text: Bilingual,
    /// What is counted, in words.
    pub measure: Bilingual,
    pub target: Target,
    /// True: leads to action (sturen). False: information only (volgen).
    pub steer: bool,
    pub valid: Validity,
}

impl IndicatorDefinition {
    /// As in `PI01`.
    pub fn code(&self) -> String {
        format!("PI{:02}", self.number)
    }
}

/// In whole percents; none is monitored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub pct: Option<u32>,
    pub kind: TargetKind,
}

codes! {
    /// The weight of a target.
    pub enum TargetKind {
        /// What is agreed.
        Norm = "norm",
        /// What is aimed for.
        Aim = "streefwaarde",
        /// Followed without a target.
        Monitored = "monitoren",
    }
}

/// A step on the participation ladder (participatieladder), 1 to 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LadderStep {
    pub step: u8,
    pub name: Bilingual,
    pub valid: Validity,
}

/// An indicator as `indicators.yaml` writes it, its texts side by side.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenIndicator {
    id: String,
    short_nl: String,
    short_en: String,
    nl: String,
    en: String,
    measure_nl: String,
    measure_en: String,
    target: Target,
    steer: bool,
    valid: Option<Validity>,
}

impl WrittenIndicator {
    pub(super) fn read_all<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IndicatorDefinition>, D::Error> {
        let written = Vec::<WrittenIndicator>::deserialize(from)?;
        written.into_iter().map(|one| one.define().map_err(serde::de::Error::custom)).collect()
    }

    fn define(self) -> Result<IndicatorDefinition, String> {
        let number = self.id.strip_prefix("PI").and_then(|digits| digits.parse().ok());
        let number =
            number.filter(|number| (1..=99).contains(number)).ok_or(format!("{:?} is not like PI01", self.id))?;
        Ok(IndicatorDefinition {
            number,
            short: Bilingual { nl: self.short_nl, en: self.short_en },
            text: Bilingual { nl: self.nl, en: self.en },
            measure: Bilingual { nl: self.measure_nl, en: self.measure_en },
            target: self.target,
            steer: self.steer,
            valid: self.valid.unwrap_or_else(since_the_startdocument),
        })
    }
}

/// The ten indicators were laid down in the Startdocument of 2019.
fn since_the_startdocument() -> Validity {
    let first = NaiveDate::from_ymd_opt(2019, 1, 1).expect("a day of the calendar");
    Validity::new(first, None).expect("no end, so none before the beginning")
}
