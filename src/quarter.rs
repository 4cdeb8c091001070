//! A calendar quarter (kwartaal): the period over which a provider states and is judged.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A quarter of a year between 1900 and 2999, written `2026-Q3`. In URLs and in Dutch forms it is `2026-3`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Quarter {
    year: i32,
    number: u32,
}

/// What was typed is not a quarter; expected is `2026-Q3` or `2026-3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAQuarter(pub String);

impl Quarter {
    /// No quarter comes before this one.
    pub const EARLIEST: Quarter = Quarter { year: 1900, number: 1 };

    /// `number` runs from 1 to 4, `year` from 1900 to 2999.
    pub fn new(year: i32, number: u32) -> Option<Quarter> {
        ((1900..=2999).contains(&year) && (1..=4).contains(&number)).then_some(Quarter { year, number })
    }

    pub fn of(day: NaiveDate) -> Quarter {
        Quarter { year: day.year(), number: day.month0() / 3 + 1 }
    }

    pub fn year(self) -> i32 {
        self.year
    }

    pub fn number(self) -> u32 {
        self.number
    }

    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1).expect("every quarter has a first day")
    }

    pub fn last_day(self) -> NaiveDate {
        self.next().first_day() - Days::new(1)
    }

    /// Both ends included ("geteld in het kwartaal").
    pub fn contains(self, day: NaiveDate) -> bool {
        Quarter::of(day) == self
    }

    pub fn next(self) -> Quarter {
        match self.number {
            4 => Quarter { year: self.year + 1, number: 1 },
            n => Quarter { year: self.year, number: n + 1 },
        }
    }

    pub fn previous(self) -> Quarter {
        match self.number {
            1 => Quarter { year: self.year - 1, number: 4 },
            n => Quarter { year: self.year, number: n - 1 },
        }
    }

    /// The `count` quarters that end with this one, oldest first.
    pub fn run_up(self, count: usize) -> Vec<Quarter> {
        let mut quarters: Vec<Quarter> =
            std::iter::successors(Some(self), |q| Some(q.previous())).take(count).collect();
        quarters.reverse();
        quarters
    }

    /// The form for URLs: `2026-3`.
    pub fn path(self) -> String {
        format!("{}-{}", self.year, self.number)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = NotAQuarter;

    fn from_str(written: &str) -> Result<Quarter, NotAQuarter> {
        let refuse = || NotAQuarter(written.to_owned());
        let (year, number) = written.split_once('-').ok_or_else(refuse)?;
        let number = number.strip_prefix(['Q', 'q']).unwrap_or(number);
        let digits = |s: &str, count: usize| s.len() == count && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return Err(refuse());
        }
        let year = year.parse().map_err(|_| refuse())?;
        let number = number.parse().map_err(|_| refuse())?;
        Quarter::new(year, number).ok_or_else(refuse)
    }
}

impl fmt::Display for NotAQuarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a quarter; expected is 2026-Q3 or 2026-3", self.0)
    }
}

impl std::error::Error for NotAQuarter {}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for Quarter
where
    DB: diesel::backend::Backend,
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(String::from_sql(value)?.parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(written: &str) -> Quarter {
        written.parse().unwrap()
    }

    #[test]
    fn both_ends_belong_to_the_quarter() {
        let third = quarter("2026-Q3");
        assert_eq!(third.first_day().to_string(), "2026-07-01");
        assert_eq!(third.last_day().to_string(), "2026-09-30");
        assert!(third.contains(third.first_day()) && third.contains(third.last_day()));
        assert!(!third.contains(third.last_day() + Days::new(1)));
    }

    #[test]
    fn the_year_turns_after_the_fourth() {
        assert_eq!(quarter("2026-4").next(), quarter("2027-1"));
        assert_eq!(quarter("2026-1").previous(), quarter("2025-4"));
    }

    #[test]
    fn a_run_up_ends_with_the_quarter_itself() {
        let run = quarter("2026-2").run_up(3);
        assert_eq!(run, [quarter("2025-4"), quarter("2026-1"), quarter("2026-2")]);
    }

    #[test]
    fn what_is_not_a_quarter_is_refused() {
        for written in ["", "2026", "2026-Q5", "2026-0", "26-3", "2026-03", "2026 Q3", "+026-3", "2026-Q", "9999-1"] {
            assert!(written.parse::<Quarter>().is_err(), "{written:?} was accepted");
        }
    }
}
