//! The product catalogue (productenboek) of Noordermeer: what is bought in, for which profile, and at what tariff.
//! The products are those of the Startdocument; the amounts are invented.

use chrono::NaiveDate;

use crate::calendar::add_days;
use crate::demo::{Pricing, Product, Tariff};
use crate::money::{Cents, Hundredths};

/// The whole catalogue, with a new tariff every January from `first_year` to `last_year`.
pub fn catalogue(first_year: i32, last_year: i32) -> Vec<Product> {
    SHELF.iter().map(|article| article.product(first_year, last_year)).collect()
}

impl Product {
    /// The tariff valid on that day; the first one also counts for days before it.
    pub fn tariff(&self, day: NaiveDate) -> Cents {
        let valid = |tariff: &&Tariff| tariff.valid_from <= day;
        self.tariffs.iter().rev().find(valid).unwrap_or(&self.tariffs[0]).amount
    }
}

struct Article {
    code: &'static str,
    nl: &'static str,
    en: &'static str,
    profiles: &'static [&'static str],
    /// The code and the Dutch word.
    unit: (&'static str, &'static str),
    pricing: Pricing,
    /// In whole units.
    at_most: i64,
    /// In whole euros, in the first year.
    euros: i64,
}

impl Article {
    fn product(&self, first_year: i32, last_year: i32) -> Product {
        let january = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first of January");
        let mut amount = Cents(self.euros * 100);
        let mut tariffs = Vec::new();
        for year in first_year..=last_year {
            let valid_until = (year < last_year).then(|| add_days(january(year + 1), -1));
            tariffs.push(Tariff { valid_from: january(year), valid_until, amount });
            amount = indexed(amount, year);
        }
        Product {
            code: self.code,
            name_nl: self.nl,
            name_en: self.en,
            profiles: self.profiles,
            unit: self.unit.0,
            unit_nl: self.unit.1,
            pricing: self.pricing,
            max_quantity: Hundredths(self.at_most * 100),
            tariffs,
        }
    }
}

/// "Indexatie jaarlijks": between 3.2% and 4.4%, on whole five cents.
fn indexed(amount: Cents, year: i32) -> Cents {
    let per_mille = 1032 + i64::from(year % 4) * 4;
    Cents((amount.0 * per_mille + 2500) / 5000 * 5)
}

#[rustfmt::skip]
const SHELF: &[Article] = &[
    Article { code: "RE-P1-JH", nl: "Jobhunting en jobcoaching", en: "Job hunting and coaching", profiles: &["P1"], unit: ("trajectory", "traject"), pricing: Pricing::Instalments, at_most: 1, euros: 760 },
    Article { code: "RE-P1-ST", nl: "Sollicitatietraining en netwerken", en: "Application training and networking", profiles: &["P1"], unit: ("trajectory", "traject"), pricing: Pricing::FixedPerTrajectory, at_most: 1, euros: 395 },
    Article { code: "RE-P2-JC", nl: "Jobcoaching", en: "Job coaching", profiles: &["P2"], unit: ("hour", "uur"), pricing: Pricing::PerUnit, at_most: 40, euros: 68 },
    Article { code: "RE-P2-PW", nl: "Verhogen psychische weerbaarheid", en: "Mental resilience", profiles: &["P2", "P3", "P4"], unit: ("hour", "uur"), pricing: Pricing::PerUnit, at_most: 40, euros: 74 },
    Article { code: "RE-P2-PS", nl: "Pré-startfase", en: "Pre-start phase", profiles: &["P2"], unit: ("trajectory", "traject"), pricing: Pricing::Instalments, at_most: 1, euros: 1150 },
    Article { code: "RE-P2-LW", nl: "Loonwaardemeting", en: "Wage value measurement", profiles: &["P2", "P3"], unit: ("report", "rapport"), pricing: Pricing::FixedPerTrajectory, at_most: 1, euros: 585 },
    Article { code: "RE-P2-AD", nl: "Medisch advies en arbeidsdeskundig oordeel", en: "Medical and occupational advice", profiles: &["P2", "P3"], unit: ("report", "rapport"), pricing: Pricing::FixedPerTrajectory, at_most: 1, euros: 890 },
    Article { code: "RE-P3-ZR", nl: "Begeleiden en vergroten zelfredzaamheid", en: "Guidance to self-reliance", profiles: &["P3", "P4"], unit: ("month", "maand"), pricing: Pricing::PerUnit, at_most: 36, euros: 92 },
    Article { code: "RE-P3-TS", nl: "Taalstage", en: "Language traineeship", profiles: &["P3", "P4"], unit: ("month", "maand"), pricing: Pricing::PerUnit, at_most: 24, euros: 108 },
    Article { code: "RE-P3-PO", nl: "Persoonlijke ontwikkeling", en: "Personal development", profiles: &["P3", "P4"], unit: ("hour", "uur"), pricing: Pricing::PerUnit, at_most: 40, euros: 62 },
    Article { code: "RE-P4-LA", nl: "Leren accepteren", en: "Learning to accept", profiles: &["P4"], unit: ("hour", "uur"), pricing: Pricing::PerUnit, at_most: 40, euros: 76 },
    Article { code: "RE-P4-TL", nl: "Toeleiding", en: "Leading up to activities", profiles: &["P4"], unit: ("month", "maand"), pricing: Pricing::PerUnit, at_most: 36, euros: 58 },
    Article { code: "RE-P5-BW", nl: "Beschut werk, plaatsing", en: "Sheltered work, placement", profiles: &["P5"], unit: ("placement", "plaatsing"), pricing: Pricing::FixedPerTrajectory, at_most: 1, euros: 1150 },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_january_has_a_higher_tariff_that_follows_the_old_one() {
        for product in catalogue(2023, 2026) {
            assert_eq!(product.tariffs.len(), 4);
            for pair in product.tariffs.windows(2) {
                assert!(pair[0].amount < pair[1].amount);
                assert_eq!(pair[0].valid_until, Some(add_days(pair[1].valid_from, -1)));
            }
            assert_eq!(product.tariffs[3].valid_until, None);
        }
    }
}
