//! The settings of counting (instellingen): the points the Startdocument leaves open. Their names are those of
//! the settings table. `overrides.rs` reads and writes them.

use chrono::{Months, NaiveDate};
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::calendar::add_days;
use crate::staff::ProfessionalKind;
use crate::text::Lang;

/// How one procedure counts. One value belongs to one version of the definitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", default)]
pub struct Settings {
    /// Which definitions these are: a name and a version, printed in every finding.
    pub definitions: String,
    #[serde(rename = "k1.days")]
    pub k1_days: u32,
    #[serde(rename = "k1.boundary")]
    pub k1_boundary: Boundary,
    #[serde(rename = "k2.agree_within_days")]
    pub k2_agree_within_days: u32,
    #[serde(rename = "k3.inform_within_days")]
    pub k3_inform_within_days: u32,
    #[serde(rename = "k3.grace_days")]
    pub k3_grace_days: u32,
    #[serde(rename = "k5.include")]
    pub k5_include: Vec<ProfessionalKind>,
    #[serde(rename = "k6.permitted_extension")]
    pub k6_permitted_extension: PermittedExtension,
    #[serde(rename = "k7.report_within_working_days")]
    pub k7_report_within_working_days: u32,
    #[serde(rename = "k8.months")]
    pub k8_months: u32,
    #[serde(rename = "k8.outflow")]
    pub k8_outflow: OutflowRule,
    #[serde(rename = "k9.clock")]
    pub k9_clock: Clock,
    #[serde(rename = "k9.months")]
    pub k9_months: u32,
    /// Fills the due dates of both statements in the facts; judging uses the dates themselves.
    #[serde(rename = "k10.due_days")]
    pub k10_due_days: u32,
    #[serde(rename = "k10.repair_days")]
    pub k10_repair_days: u32,
    #[serde(rename = "attention.points")]
    pub attention_points: u32,
    #[serde(rename = "small.indicative_below")]
    pub small_indicative_below: u32,
    #[serde(rename = "small.small_below")]
    pub small_small_below: u32,
    #[serde(flatten)]
    pub targets: Targets,
}

codes! {
    /// Whether the last day of the three weeks still counts as in time.
    pub enum Boundary {
        Inclusive = "inclusive",
        /// The plan must be there before that day ("< 3 weken").
        Strict = "strict",
    }
}

codes! {
    /// What a permitted extension (toestemming voor verlenging) means for indicator 6.
    pub enum PermittedExtension {
        /// It still counts as late.
        Late = "late",
        /// Permitted on or before the term: met.
        Within = "within",
    }
}

codes! {
    /// What counts as outflow for indicator 8.
    pub enum OutflowRule {
        BenefitEndedThroughWork = "benefit_ended_through_work",
        BenefitEndedWorkStudyOrOwnFirm = "benefit_ended_work_study_or_own_firm",
        PaidWorkStarted = "paid_work_started",
    }
}

codes! {
    /// The day from which the six months of indicator 9 run.
    pub enum Clock {
        Latest = "latest",
        Indication = "indication",
        Referral = "referral",
    }
}

/// The target per indicator in whole percents; none means monitored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets(pub(super) [Option<u32>; 10]);

impl Targets {
    /// `indicator` runs from 1 to 10; another number has no target.
    pub fn of(&self, indicator: u8) -> Option<u32> {
        let place = usize::from(indicator).checked_sub(1)?;
        self.0.get(place).copied().flatten()
    }

    pub fn set(&mut self, indicator: u8, target: Option<u32>) {
        if let Some(place) = usize::from(indicator).checked_sub(1).and_then(|i| self.0.get_mut(i)) {
            *place = target;
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        use ProfessionalKind::{Employee, Intern, SelfEmployed, Temp};
        Settings {
            definitions: "weststellingwerf-2019/1".to_owned(),
            k1_days: 21,
            k1_boundary: Boundary::Inclusive,
            k2_agree_within_days: 14,
            k3_inform_within_days: 7,
            k3_grace_days: 0,
            k5_include: vec![Employee, SelfEmployed, Temp, Intern],
            k6_permitted_extension: PermittedExtension::Late,
            k7_report_within_working_days: 10,
            k8_months: 4,
            k8_outflow: OutflowRule::BenefitEndedThroughWork,
            k9_clock: Clock::Latest,
            k9_months: 6,
            k10_due_days: 28,
            k10_repair_days: 14,
            attention_points: 5,
            small_indicative_below: 5,
            small_small_below: 10,
            targets: Targets::default(),
        }
    }
}

impl Default for Targets {
    fn default() -> Targets {
        let [norm, monitored] = [Some(100), None];
        Targets([norm, norm, Some(80), norm, norm, Some(80), norm, Some(70), monitored, norm])
    }
}

impl Settings {
    /// The longest term between a date of a trajectory and the deadline that follows from it, counted back from a day.
    pub(super) fn reach_back(&self, day: NaiveDate) -> NaiveDate {
        let days = self.k1_days.max(self.k2_agree_within_days).max(self.k3_inform_within_days);
        let months = Months::new(self.k8_months.max(self.k9_months));
        add_days(day.checked_sub_months(months).unwrap_or(NaiveDate::MIN), -i64::from(days))
    }
}

/// What the setting with this name is about, in words.
pub fn setting_words(lang: Lang, name: &str) -> String {
    let t = lang.texts();
    match name {
        "definitions" => fl!(t, "facts-setting-definitions"),
        "k1.days" => fl!(t, "facts-setting-k1-days"),
        "k1.boundary" => fl!(t, "facts-setting-k1-boundary"),
        "k2.agree_within_days" => fl!(t, "facts-setting-k2-agree-within-days"),
        "k3.inform_within_days" => fl!(t, "facts-setting-k3-inform-within-days"),
        "k3.grace_days" => fl!(t, "facts-setting-k3-grace-days"),
        "k5.include" => fl!(t, "facts-setting-k5-include"),
        "k6.permitted_extension" => fl!(t, "facts-setting-k6-permitted-extension"),
        "k7.report_within_working_days" => fl!(t, "facts-setting-k7-report-within-working-days"),
        "k8.months" => fl!(t, "facts-setting-k8-months"),
        "k8.outflow" => fl!(t, "facts-setting-k8-outflow"),
        "k9.clock" => fl!(t, "facts-setting-k9-clock"),
        "k9.months" => fl!(t, "facts-setting-k9-months"),
        "k10.due_days" => fl!(t, "facts-setting-k10-due-days"),
        "k10.repair_days" => fl!(t, "facts-setting-k10-repair-days"),
        "attention.points" => fl!(t, "facts-setting-attention-points"),
        "small.indicative_below" => fl!(t, "facts-setting-small-indicative-below"),
        "small.small_below" => fl!(t, "facts-setting-small-small-below"),
        other => match other.strip_prefix("targets.") {
            Some(number) => fl!(t, "facts-setting-target", number = number),
            None => other.to_owned(),
        },
    }
}

/// The value of a setting, in words where it is a choice.
pub fn setting_value_words(lang: Lang, value: &Value) -> String {
    let t = lang.texts();
    match value {
        Value::Null => fl!(t, "facts-setting-none"),
        Value::Array(items) => items.iter().map(|one| setting_value_words(lang, one)).collect::<Vec<_>>().join(", "),
        Value::String(word) => match word.as_str() {
            "inclusive" => fl!(t, "facts-setting-inclusive"),
            "strict" => fl!(t, "facts-setting-strict"),
            "late" => fl!(t, "facts-setting-late"),
            "within" => fl!(t, "facts-setting-within"),
            "benefit_ended_through_work" => fl!(t, "facts-setting-through-work"),
            "benefit_ended_work_study_or_own_firm" => fl!(t, "facts-setting-work-study-firm"),
            "paid_work_started" => fl!(t, "facts-setting-paid-work"),
            "latest" => fl!(t, "facts-setting-latest"),
            "indication" => fl!(t, "facts-setting-indication"),
            "referral" => fl!(t, "facts-setting-referral"),
            "employee" => fl!(t, "facts-setting-employee"),
            "self_employed" => fl!(t, "facts-setting-self-employed"),
            "temp" => fl!(t, "facts-setting-temp"),
            "intern" => fl!(t, "facts-setting-intern"),
            "volunteer" => fl!(t, "facts-setting-volunteer"),
            other => other.to_owned(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_words() {
        for (name, _) in Settings::default().entries() {
            for lang in Lang::ALL {
                assert_ne!(setting_words(*lang, &name), name);
            }
        }
    }
}
