//! A day as the judging in bulk reads it. Diesel reads a day on SQLite through a general parser of dates; this one
//! reads the ten bytes `2026-09-30`, which counts when a million rows are judged. Everywhere else a day is a `NaiveDate`.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::sql_types::Date;

use crate::db::MultiBackend;

/// A day that is only read, never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
pub struct Day(pub NaiveDate);

impl FromSql<Date, MultiBackend> for Day {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Day, Date>()
    }
}

#[cfg(feature = "sqlite")]
impl FromSql<Date, diesel::sqlite::Sqlite> for Day {
    fn from_sql(mut value: <diesel::sqlite::Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let written = value.read_text();
        read_day(written.as_bytes()).map(Day).ok_or_else(|| format!("{written:?} is not a day").into())
    }
}

#[cfg(feature = "postgres")]
impl FromSql<Date, diesel::pg::Pg> for Day {
    fn from_sql(value: <diesel::pg::Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <NaiveDate as FromSql<Date, diesel::pg::Pg>>::from_sql(value).map(Day)
    }
}

/// Reads `YYYY-MM-DD`.
#[cfg(feature = "sqlite")]
fn read_day(written: &[u8]) -> Option<NaiveDate> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = written else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    let year = i32::try_from(number(&[y0, y1, y2, y3])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m0, m1])?, number(&[d0, d1])?)
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_back_what_was_written() {
        for written in ["2026-09-30", "2024-02-29", "1999-12-31"] {
            assert_eq!(read_day(written.as_bytes()).unwrap().to_string(), written);
        }
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for written in ["", "2026-9-30", "2026-02-30", "30-09-2026", "2026-09-30T10:00", "20a6-09-30"] {
            assert!(read_day(written.as_bytes()).is_none(), "{written:?} was read");
        }
    }
}
