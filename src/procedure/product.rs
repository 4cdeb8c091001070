//! The product catalogue (productenboek) and its tariffs (tarieven).

use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};

use super::{Domain, Validity};
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::text::{Bilingual, Lang};

/// Something a provider delivers and charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The municipality's own code, as it stands in the statements.
    pub code: String,
    pub name: Bilingual,
    pub domain: Domain,
    /// Codes of the client profiles it is meant for.
    pub profiles: Vec<String>,
    pub unit: Unit,
    pub pricing: Pricing,
    /// When which part is paid; only for payment in instalments (termijnen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<Instalment>,
    /// Never guessed: none while nobody filled it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<Vat>,
    /// At most this much per trajectory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<Hundredths>,
    /// A trajectory lasts at most so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_months: Option<u32>,
    /// The steps of the participation ladder it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Steps>,
    /// The one provider that delivers it, where there is only one (exclusief).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_by: Option<Kvk>,
    /// So many trajectories at the same time, of all providers together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// So much in a calendar year, of all providers together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly: Option<Hundredths>,
    /// The contact person agrees beforehand.
    pub requires_approval: bool,
    /// The trajectory plan holds agreed results (resultaatsafspraken); a measurement or an advice has none.
    pub delivers_results: bool,
    pub valid: Validity,
}

impl Product {
    /// Whether another than this provider delivers it alone.
    pub fn is_closed_to(&self, kvk: &Kvk) -> bool {
        self.only_by.as_ref().is_some_and(|only| only != kvk)
    }
}

/// What comes on top of a tariff (btw).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Vat {
    Exempt,
    Percent(u32),
}

/// From this step of the ladder to that one, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    pub from: u8,
    pub to: u8,
}

codes! {
    /// What a quantity counts (eenheid).
    pub enum Unit {
        Minute = "minute",
        Hour = "hour",
        /// Dagdeel
        HalfDay = "half_day",
        Day = "day",
        Week = "week",
        Month = "month",
        Trajectory = "trajectory",
        Piece = "piece",
        Placement = "placement",
        Report = "report",
    }
}

impl Unit {
    /// The word in a statement and on screen: `uur`, `hour`.
    pub fn word(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Unit::Minute => fl!(t, "procedure-unit-minute"),
            Unit::Hour => fl!(t, "procedure-unit-hour"),
            Unit::HalfDay => fl!(t, "procedure-unit-half-day"),
            Unit::Day => fl!(t, "procedure-unit-day"),
            Unit::Week => fl!(t, "procedure-unit-week"),
            Unit::Month => fl!(t, "procedure-unit-month"),
            Unit::Trajectory => fl!(t, "procedure-unit-trajectory"),
            Unit::Piece => fl!(t, "procedure-unit-piece"),
            Unit::Placement => fl!(t, "procedure-unit-placement"),
            Unit::Report => fl!(t, "procedure-unit-report"),
        }
    }
}

codes! {
    /// How a product is paid (bekostiging).
    pub enum Pricing {
        PerUnit = "per_unit",
        FixedPerTrajectory = "fixed_per_trajectory",
        Instalments = "instalments",
        ResultBonus = "result_bonus",
        BatchPrepaid = "batch_prepaid",
        ActualCostWithCap = "actual_cost_with_cap",
    }
}

impl Pricing {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Pricing::PerUnit => fl!(t, "catalogue-pricing-per-unit"),
            Pricing::FixedPerTrajectory => fl!(t, "catalogue-pricing-fixed"),
            Pricing::Instalments => fl!(t, "catalogue-pricing-instalments"),
            Pricing::ResultBonus => fl!(t, "catalogue-pricing-bonus"),
            Pricing::BatchPrepaid => fl!(t, "catalogue-pricing-batch"),
            Pricing::ActualCostWithCap => fl!(t, "catalogue-pricing-actual"),
        }
    }
}

impl Vat {
    pub fn in_words(self, lang: Lang) -> String {
        match self {
            Vat::Exempt => fl!(lang.texts(), "catalogue-vat-exempt"),
            Vat::Percent(pct) => fl!(lang.texts(), "catalogue-vat-percent", pct = pct),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitName {
    pub code: Unit,
    pub name: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricingModel {
    pub code: Pricing,
    pub name: Bilingual,
    /// When which part is paid; only for payment in instalments (termijnen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<Instalment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    pub pct: u32,
    pub at: Bilingual,
}

/// The price of one unit of a product in a period, without VAT. Prices belong to a procedure; none are shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    pub product: String,
    pub amount: Cents,
    pub valid: Validity,
}

/// The tariff of a product on the first day of what is charged ("het tarief dat geldt op van").
pub fn tariff_on<'a>(tariffs: &'a [Tariff], product: &str, day: NaiveDate) -> Option<&'a Tariff> {
    tariffs.iter().find(|tariff| tariff.product == product && tariff.valid.covers(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tariff(product: &str, amount: i64, from: &str, until: Option<&str>) -> Tariff {
        let valid = Validity::new(from.parse().unwrap(), until.map(|day| day.parse().unwrap())).unwrap();
        Tariff { product: product.to_owned(), amount: Cents(amount), valid }
    }

    #[test]
    fn a_line_has_the_tariff_of_its_first_day() {
        let tariffs = [
            tariff("JC", 6_000, "2025-01-01", Some("2025-12-31")),
            tariff("JC", 6_255, "2026-01-01", None),
            tariff("JH", 100_000, "2025-01-01", None),
        ];
        let on = |product, day: &str| tariff_on(&tariffs, product, day.parse().unwrap()).map(|found| found.amount);
        assert_eq!(on("JC", "2025-12-31"), Some(Cents(6_000)));
        assert_eq!(on("JC", "2026-01-01"), Some(Cents(6_255)));
        assert_eq!(on("JC", "2024-12-31"), None);
        assert_eq!(on("XX", "2026-01-01"), None);
    }
}
