//! Money in whole cents and quantities in hundredths: sums that never drift.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

/// An amount (bedrag) in euro cents, without VAT unless its name says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::BigInt)]
pub struct Cents(pub i64);

/// A quantity (aantal) in hundredths of its unit: 1.5 hours is `Hundredths(150)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::BigInt)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// "Bedrag = aantal × tarief in centen, per regel half naar boven afgerond" (quarter-statement.md).
    /// A negative quantity mirrors its positive, so that a correction cancels its line to the cent.
    pub fn times(self, tariff: Cents) -> Cents {
        let product = i128::from(self.0) * i128::from(tariff.0);
        let rounded = (product.abs() + 50) / 100 * product.signum();
        Cents(i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0.saturating_sub(other.0))
    }
}

impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(-self.0)
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents(0), Add::add)
    }
}

/// The Dutch written form with a no-break space: `€ 1.234,56`, negative `€ -12,50`.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "€\u{a0}{sign}{},{:02}", thousands(cents / 100, '.'), cents % 100)
    }
}

/// Whole numbers in groups of three: `1.234.567`.
pub fn thousands(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

macro_rules! stored_as_bigint {
    ($name:ident) => {
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            DB: diesel::backend::Backend,
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            DB: diesel::backend::Backend,
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                i64::from_sql(value).map($name)
            }
        }
    };
}

stored_as_bigint!(Cents);
stored_as_bigint!(Hundredths);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_goes_up_and_a_correction_cancels() {
        assert_eq!(Hundredths(150).times(Cents(6255)), Cents(9383));
        assert_eq!(Hundredths(-150).times(Cents(6255)), Cents(-9383));
        assert_eq!(Hundredths(33).times(Cents(1)), Cents(0));
    }

    #[test]
    fn amounts_are_written_the_dutch_way() {
        assert_eq!(Cents(123_456).to_string(), "€\u{a0}1.234,56");
        assert_eq!(Cents(-1250).to_string(), "€\u{a0}-12,50");
        assert_eq!(Cents(100_000_000).to_string(), "€\u{a0}1.000.000,00");
    }
}
