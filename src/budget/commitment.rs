//! What a trajectory that runs is still going to cost (verplicht), month by month.
//!
//! "Verplicht is per lopend traject: het tarief dat in die maand geldt × wat nog geleverd wordt tot en met de maand van de
//! einddatum. Aannames: (1) er komt geen verlenging; (2) een traject dat na zijn einddatum doorloopt, loopt tot en met deze
//! maand; (3) wat in uren of stuks gaat, wordt tot zijn maximum geleverd, gelijk over de maanden verdeeld; (4) termijnen vallen
//! gelijk verdeeld tussen start en einde; (5) een resultaatbonus telt pas als het resultaat er is, en een vooraf betaalde
//! partij is al betaald; (6) bij werkelijke kosten telt het plafond; (7) na het laatste bekende tarief blijft dat tarief
//! gelden." (rule of this project; the models are those of procedure.md 1.4)

use chrono::{Datelike, NaiveDate};

use super::month_of;
use crate::calendar::{add_days, add_months};
use crate::money::{Cents, Hundredths};
use crate::procedure::product::{Pricing, Product, Tariff, Unit};
use crate::quarter::Quarter;

/// A trajectory that runs, as far as money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    pub started_on: NaiveDate,
    /// With the days of suspension; none when no term was agreed.
    pub term_ends_on: Option<NaiveDate>,
    /// Of all its lines, whatever became of them.
    pub charged: Hundredths,
    /// The last day that a line covers.
    pub charged_until: Option<NaiveDate>,
}

/// What is to come in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The first day of the month.
    pub month: NaiveDate,
    pub quantity: Hundredths,
    pub tariff: Cents,
    pub amount: Cents,
}

/// One whole unit.
const ONE: i64 = 100;

/// Everything that is still to come, in the order of the months; none when it cannot be computed: there is no tariff, or
/// nobody laid down how much is delivered at most.
pub fn due(running: &Running, product: &Product, tariffs: &[Tariff], today: NaiveDate) -> Option<Vec<Due>> {
    let most = product.max_quantity.map(|most| most.0);
    let left = |most: i64| (most - running.charged.0).max(0);
    let quantities = match (product.pricing, product.unit) {
        (Pricing::ResultBonus | Pricing::BatchPrepaid, _) => Vec::new(),
        (Pricing::FixedPerTrajectory, _) => vec![(month_of(today), left(ONE))],
        (Pricing::Instalments, _) => instalments(running, product, today)?,
        (Pricing::PerUnit, Unit::Month) => by_month(&window(running, product, today)?, most.map(left)),
        (Pricing::PerUnit, Unit::Week) => {
            let months = window(running, product, today)?;
            let weeks = weeks(running, &months, today) * ONE;
            spread(&months, most.map_or(weeks, |most| left(most).min(weeks)))
        }
        (Pricing::ActualCostWithCap, _) => spread(&window(running, product, today)?, left(most.unwrap_or(ONE))),
        (Pricing::PerUnit, _) => spread(&window(running, product, today)?, left(most?)),
    };
    let priced = |(month, quantity): (NaiveDate, i64)| {
        let (quantity, tariff) = (Hundredths(quantity), tariff_in(tariffs, month)?);
        Some(Due { month, quantity, tariff, amount: quantity.times(tariff) })
    };
    quantities.into_iter().filter(|(_, quantity)| *quantity > 0).map(priced).collect()
}

/// The tariff of a month: that of its first day; after the last one that is known, the last, and before the first, the first.
fn tariff_in(tariffs: &[Tariff], month: NaiveDate) -> Option<Cents> {
    let valid = tariffs.iter().find(|one| one.valid.covers(month));
    let begun = tariffs.iter().filter(|one| one.valid.from() <= month).max_by_key(|one| one.valid.from());
    let first = tariffs.iter().min_by_key(|one| one.valid.from());
    valid.or(begun).or(first).map(|one| one.amount)
}

/// The months in which there is still something to charge. What was delivered before the quarter that came before this one was
/// charged by now, or is not charged any more.
fn window(running: &Running, product: &Product, today: NaiveDate) -> Option<Vec<NaiveDate>> {
    let after = running.charged_until.map(|until| add_months(month_of(until), 1));
    let first = after.unwrap_or(month_of(running.started_on)).max(Quarter::of(today).previous().first_day());
    let last = last_month(running, product, today)?;
    Some((0..240).map(|ahead| add_months(first, ahead)).take_while(|month| *month <= last).collect())
}

/// The month in which it ends: as agreed, or after the most that the product lasts.
fn last_month(running: &Running, product: &Product, today: NaiveDate) -> Option<NaiveDate> {
    let longest = product.max_months.map(|months| add_days(add_months(running.started_on, months), -1));
    let end = running.term_ends_on.or(longest)?;
    Some(month_of(end).max(month_of(today)))
}

/// One unit a month, as long as there is something left.
fn by_month(months: &[NaiveDate], left: Option<i64>) -> Vec<(NaiveDate, i64)> {
    let mut left = left.unwrap_or(i64::MAX);
    let mut take = || {
        let unit = ONE.min(left);
        left -= unit;
        unit
    };
    months.iter().map(|month| (*month, take())).collect()
}

/// Evenly over the months, and not one hundredth more or less than the whole.
fn spread(months: &[NaiveDate], whole: i64) -> Vec<(NaiveDate, i64)> {
    let count = months.len() as i64;
    let part = |place: i64| whole * (place + 1) / count - whole * place / count;
    (0i64..).zip(months).map(|(place, month)| (*month, part(place))).collect()
}

/// The weeks, a begun one for a whole, from the day after the last line until the end.
fn weeks(running: &Running, months: &[NaiveDate], today: NaiveDate) -> i64 {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return 0 };
    let from = running.charged_until.map_or(running.started_on, |until| add_days(until, 1)).max(*first);
    let until = running.term_ends_on.filter(|end| *end >= today).unwrap_or(add_days(add_months(*last, 1), -1));
    ((until - from).num_days() + 7).max(0) / 7
}

/// The parts that were not charged yet, each at its moment: the first at the start, the last at the end.
fn instalments(running: &Running, product: &Product, today: NaiveDate) -> Option<Vec<(NaiveDate, i64)>> {
    let (first, last) = (month_of(running.started_on), last_month(running, product, today)?);
    let length = i64::from(last.year() - first.year()) * 12 + i64::from(last.month()) - i64::from(first.month());
    let steps = (product.instalments.len() as i64 - 1).max(1);
    let mut reached = 0;
    let part = |(place, one): (i64, &crate::procedure::product::Instalment)| {
        reached += i64::from(one.pct);
        let open = (reached - running.charged.0.max(0)).clamp(0, i64::from(one.pct));
        let ahead = u32::try_from(length * place / steps).unwrap_or(0);
        (add_months(first, ahead).max(month_of(today)), open)
    };
    Some((0i64..).zip(&product.instalments).map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::Validity;
    use crate::procedure::defaults::defaults;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn product(pricing: Pricing, unit: Unit, most: Option<i64>) -> Product {
        let usual = defaults().catalogue.pricing_models.iter().find(|one| one.code == pricing).unwrap();
        let known = defaults().catalogue.products[0].clone();
        let instalments = usual.instalments.clone();
        Product { pricing, unit, max_quantity: most.map(Hundredths), max_months: None, instalments, ..known }
    }

    /// € 100 until the end of 2026, € 110 from then on.
    fn tariffs() -> Vec<Tariff> {
        let tariff = |cents, from: &str, until: Option<&str>| Tariff {
            product: "X".into(),
            amount: Cents(cents),
            valid: Validity::new(day(from), until.map(day)).unwrap(),
        };
        vec![tariff(10_000, "2026-01-01", Some("2026-12-31")), tariff(11_000, "2027-01-01", None)]
    }

    fn running(charged: i64, until: Option<&str>) -> Running {
        Running {
            started_on: day("2026-09-15"),
            term_ends_on: Some(day("2027-02-10")),
            charged: Hundredths(charged),
            charged_until: until.map(day),
        }
    }

    fn amounts(running: &Running, product: &Product) -> Vec<(String, i64)> {
        let due = due(running, product, &tariffs(), day("2026-11-02")).expect("it can be computed");
        due.iter().map(|one| (one.month.format("%Y-%m").to_string(), one.amount.0)).collect()
    }

    fn named(all: &[(&str, i64)]) -> Vec<(String, i64)> {
        all.iter().map(|(month, cents)| ((*month).to_owned(), *cents)).collect()
    }

    #[test]
    fn a_month_costs_the_tariff_of_that_month_until_the_month_of_the_end() {
        let found = amounts(&running(100, Some("2026-09-30")), &product(Pricing::PerUnit, Unit::Month, None));
        let expected =
            [("2026-10", 10_000), ("2026-11", 10_000), ("2026-12", 10_000), ("2027-01", 11_000), ("2027-02", 11_000)];
        assert_eq!(found, named(&expected));
    }

    #[test]
    fn never_more_is_to_come_than_the_maximum_leaves() {
        let found = amounts(&running(100, Some("2026-09-30")), &product(Pricing::PerUnit, Unit::Month, Some(350)));
        assert_eq!(found, named(&[("2026-10", 10_000), ("2026-11", 10_000), ("2026-12", 5_000)]));
        assert!(
            amounts(&running(400, Some("2026-10-31")), &product(Pricing::PerUnit, Unit::Hour, Some(400))).is_empty()
        );
    }

    #[test]
    fn hours_that_are_left_are_spread_evenly_and_none_is_lost() {
        let hours = product(Pricing::PerUnit, Unit::Hour, Some(1_000));
        let all = due(&running(300, Some("2026-10-31")), &hours, &tariffs(), day("2026-11-02")).unwrap();
        let quantities: Vec<i64> = all.iter().map(|one| one.quantity.0).collect();
        assert_eq!((quantities.len(), quantities.iter().sum::<i64>()), (4, 700));
        let unlimited = product(Pricing::PerUnit, Unit::Hour, None);
        assert_eq!(due(&running(0, None), &unlimited, &tariffs(), day("2026-11-02")), None, "nobody knows how many");
    }

    #[test]
    fn weeks_are_counted_from_the_last_line_to_the_end() {
        let weeks = product(Pricing::PerUnit, Unit::Week, None);
        let running = Running { term_ends_on: Some(day("2026-11-14")), ..running(400, Some("2026-10-31")) };
        assert_eq!(amounts(&running, &weeks), named(&[("2026-11", 20_000)]));
    }

    #[test]
    fn a_fixed_price_is_due_once() {
        let fixed = product(Pricing::FixedPerTrajectory, Unit::Trajectory, Some(100));
        assert_eq!(amounts(&running(0, None), &fixed), named(&[("2026-11", 10_000)]));
        assert!(amounts(&running(100, Some("2026-09-20")), &fixed).is_empty());
    }

    #[test]
    fn instalments_that_were_not_charged_come_at_their_moment() {
        let parts = product(Pricing::Instalments, Unit::Trajectory, Some(100));
        let expected = [("2026-11", 4_000), ("2027-02", 2_200)];
        assert_eq!(amounts(&running(40, Some("2026-09-30")), &parts), named(&expected));
        assert_eq!(amounts(&running(80, Some("2026-10-31")), &parts), named(&[("2027-02", 2_200)]));
    }

    #[test]
    fn a_bonus_and_a_batch_commit_nothing_and_real_costs_their_ceiling() {
        for pricing in [Pricing::ResultBonus, Pricing::BatchPrepaid] {
            assert!(amounts(&running(0, None), &product(pricing, Unit::Piece, Some(500))).is_empty(), "{pricing}");
        }
        let real = product(Pricing::ActualCostWithCap, Unit::Piece, None);
        let expected = [("2026-12", 1_300), ("2027-01", 1_430), ("2027-02", 1_540)];
        assert_eq!(amounts(&running(60, Some("2026-11-30")), &real), named(&expected));
    }

    #[test]
    fn who_runs_on_after_the_end_runs_until_this_month() {
        let running = Running { term_ends_on: Some(day("2026-10-05")), ..running(100, Some("2026-10-31")) };
        let months = product(Pricing::PerUnit, Unit::Month, None);
        assert_eq!(amounts(&running, &months), named(&[("2026-11", 10_000)]));
    }

    #[test]
    fn what_was_never_charged_counts_from_the_quarter_before_this_one() {
        let sleeping = Running { started_on: day("2025-01-10"), ..running(0, None) };
        let months = product(Pricing::PerUnit, Unit::Month, None);
        assert_eq!(amounts(&sleeping, &months).first(), Some(&("2026-07".to_owned(), 10_000)));
    }

    #[test]
    fn without_a_tariff_or_an_end_nothing_is_guessed() {
        let months = product(Pricing::PerUnit, Unit::Month, None);
        assert_eq!(due(&running(0, None), &months, &[], day("2026-11-02")), None);
        let endless = Running { term_ends_on: None, ..running(0, None) };
        assert_eq!(due(&endless, &months, &tariffs(), day("2026-11-02")), None);
        let two_months = Product { max_months: Some(3), ..months };
        assert_eq!(amounts(&endless, &two_months).last().unwrap().0, "2026-12");
    }
}
