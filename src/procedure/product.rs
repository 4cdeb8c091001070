//! The product catalogue (productenboek) and its tariffs (tarieven).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Domain, Validity};
use crate::money::Cents;
use crate::text::Bilingual;

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
    /// The contact person agrees beforehand.
    pub requires_approval: bool,
    /// The trajectory plan holds agreed results (resultaatsafspraken); a measurement or an advice has none.
    pub delivers_results: bool,
    pub valid: Validity,
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
