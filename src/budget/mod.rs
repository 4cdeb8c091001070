//! The municipality's money (begroting): what there is in a year from each source of funds, what is spent, committed and left.
//! Everything in whole cents. Clients stand here under their number alone.

pub mod alarm;
pub mod approval;
pub mod commitment;
pub mod count;
pub mod export;
pub mod figures;
pub mod gather;
pub mod lines;
pub mod places;
pub mod store;
pub mod web;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::actor::{Actor, Role};
use crate::money::Cents;

/// What there is from one source in one year (budget van een financieringsbron), as its newest version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    pub source_id: i64,
    pub source: String,
    pub year: i32,
    /// Counts up with every change.
    pub version: i32,
    pub amount: Cents,
    /// The ids of the products that it pays; no product is paid by two sources in one year.
    pub products: Vec<i64>,
    pub reason: String,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
}

/// Other costs beside trajectories (overige kosten).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub id: i64,
    pub source_id: i64,
    /// The first day of the month.
    pub month: NaiveDate,
    /// What kind of costs it is (kostensoort), in the municipality's own words.
    pub category: String,
    pub description: String,
    pub amount: Cents,
    /// The booking that this one takes back.
    pub takes_back: Option<i64>,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
}

codes! {
    /// How a cost line stands with the municipality.
    pub enum LineState {
        /// Goedgekeurd: finance approved it, as it stands.
        Approved = "approved",
        /// Niet bevestigd: nobody approved it yet. It is never counted as approved.
        Open = "open",
    }
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotYours,
    NotFound,
    NameMissing,
    /// Another source has this name.
    NameTaken,
    /// Below nought, or not within what an account holds.
    AmountWrong,
    /// A month outside the year of the page.
    MonthWrong,
    ReasonMissing,
    TextMissing,
    /// Another source pays this product in the same year, by its name.
    ProductTaken(String),
    /// Nothing differs from what stands there.
    Same,
    AlreadyTakenBack,
    /// A day that lies before another that it follows, or that has not come.
    DayWrong,
    /// The client waits for this product already.
    AlreadyWaits,
    ChangedMeanwhile(String),
}

/// Who types budgets and bookings, and counts anew.
pub fn may_write(actor: &Actor) -> bool {
    matches!(actor.role(), Role::Finance | Role::ContractManager | Role::System)
}

/// "Checks and pays": only finance approves a line for payment.
pub fn may_approve(actor: &Actor) -> bool {
    matches!(actor.role(), Role::Finance | Role::System)
}

/// The first day of the month of a day.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first and the last day of a year; none for a year that no budget has.
pub fn days_of(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let days = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
    (2000..=2100).contains(&year).then_some(days)
}

/// So much of a whole, in percent, without what lies behind the comma: the alarm never rings early.
pub fn percent(part: Cents, whole: Cents) -> Option<i64> {
    let share = i128::from(part.0) * 100;
    (whole.0 > 0).then(|| i64::try_from(share.div_euclid(i128::from(whole.0))).unwrap_or(i64::MAX))
}

/// An amount for each of so many, half a cent upwards; none when there is nobody.
pub fn average(amount: Cents, count: i64) -> Option<Cents> {
    (count > 0).then(|| {
        let half = i128::from(amount.0) * 2 + i128::from(count);
        Cents(i64::try_from(half.div_euclid(i128::from(count) * 2)).unwrap_or(i64::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_reached_when_it_is_whole() {
        assert_eq!(percent(Cents(6_999), Cents(10_000)), Some(69));
        assert_eq!(percent(Cents(7_000), Cents(10_000)), Some(70));
        assert_eq!(percent(Cents(7_000), Cents(0)), None);
    }

    #[test]
    fn an_average_goes_half_a_cent_up_and_has_somebody_to_be_of() {
        assert_eq!(average(Cents(1_001), 2), Some(Cents(501)));
        assert_eq!(average(Cents(1_000), 3), Some(Cents(333)));
        assert_eq!(average(Cents(1_000), 0), None);
    }

    #[test]
    fn who_pays_and_who_manages_write_and_only_who_pays_approves() {
        let of = |role| Actor::of_municipality("A", role, 1, "test");
        for role in Role::ALL.iter().copied().filter(|role| *role != Role::System) {
            let writes = matches!(role, Role::Finance | Role::ContractManager);
            let looks = writes || matches!(role, Role::DecisionMaker | Role::Auditor);
            let approves = role == Role::Finance;
            assert_eq!(
                (of(role).may_see_money(), may_write(&of(role)), may_approve(&of(role))),
                (looks, writes, approves),
                "{role}"
            );
        }
    }
}
