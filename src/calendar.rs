//! Days and terms (termijnen): months that keep their day number, and the working days of the
//! Algemene termijnenwet.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::Europe::Amsterdam;

/// "Maanden houden hun dagnummer": 31 October + 4 months is 28 or 29 February; 28 February + 4 months is 28 June.
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// So many months back; what has no such day is the last of its month.
pub fn sub_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// Weeks are blocks of seven days; a negative count goes back.
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = match u64::try_from(days) {
        Ok(forward) => day.checked_add_days(Days::new(forward)),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())),
    };
    moved.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

/// The `count`-th working day (werkdag) after `day`; the day itself is not counted.
pub fn add_working_days(day: NaiveDate, count: u32) -> NaiveDate {
    let mut reached = day;
    for _ in 0..count {
        reached = add_days(reached, 1);
        while !is_working_day(reached) && reached < NaiveDate::MAX {
            reached = add_days(reached, 1);
        }
    }
    reached
}

pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_public_holiday(day)
}

/// A moment in UTC as the clock on a Dutch wall shows it: what is received at 23:30 UTC on 31 March belongs to 1 April.
pub fn wall_clock(utc: NaiveDateTime) -> NaiveDateTime {
    Amsterdam.from_utc_datetime(&utc).naive_local()
}

/// A moment of the Dutch wall clock in UTC. Of the two moments that an autumn night repeats it is the first; one that a
/// spring night leaves out is taken an hour later.
pub fn utc(wall_clock: NaiveDateTime) -> NaiveDateTime {
    let moment = Amsterdam.from_local_datetime(&wall_clock).earliest();
    let moment = moment.or_else(|| Amsterdam.from_local_datetime(&(wall_clock + TimeDelta::hours(1))).earliest());
    moment.map_or(wall_clock, |moment| moment.naive_utc())
}

/// "Algemeen erkende feestdagen": Algemene termijnenwet, article 3, with Good Friday and Liberation Day
/// (5 May, every year) as the law treats them alike.
pub fn is_public_holiday(day: NaiveDate) -> bool {
    let from_easter = (day - easter_sunday(day.year())).num_days();
    matches!(from_easter, GOOD_FRIDAY | EASTER_MONDAY | ASCENSION_DAY | WHIT_MONDAY)
        || matches!((day.month(), day.day()), (1, 1) | (5, 5) | (12, 25) | (12, 26))
        || is_kings_day(day)
}

const GOOD_FRIDAY: i64 = -2;
const EASTER_MONDAY: i64 = 1;
const ASCENSION_DAY: i64 = 39;
const WHIT_MONDAY: i64 = 50;

/// Koningsdag: 27 April, and 26 April in a year in which the 27th is a Sunday.
fn is_kings_day(day: NaiveDate) -> bool {
    match (day.month(), day.day()) {
        (4, 27) => day.weekday() != Weekday::Sun,
        (4, 26) => day.weekday() == Weekday::Sat,
        _ => false,
    }
}

/// Easter by the Gregorian computus (the anonymous algorithm of 1876).
fn easter_sunday(year: i32) -> NaiveDate {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let (leap_centuries, century_left) = (century / 4, century % 4);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - moon + 15) % 30;
    let (leaps, years_left) = (of_century / 4, of_century % 4);
    let to_sunday = (32 + 2 * century_left + 2 * leaps - epact - years_left) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let march_based = epact + to_sunday - 7 * late + 114;
    let (month, day) = (march_based / 31, march_based % 31 + 1);
    NaiveDate::from_ymd_opt(year, month as u32, day as u32).expect("Easter is in March or April")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn months_keep_the_day_number_and_clamp() {
        assert_eq!(add_months(day("2025-10-31"), 4), day("2026-02-28"));
        assert_eq!(add_months(day("2023-10-31"), 4), day("2024-02-29"));
        assert_eq!(add_months(day("2026-02-28"), 4), day("2026-06-28"));
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, date) in [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")] {
            assert_eq!(easter_sunday(year), day(date));
        }
    }

    #[test]
    fn the_holidays_of_2026_are_no_working_days() {
        for date in [
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-04-27",
            "2026-05-05",
            "2026-05-14",
            "2026-05-25",
            "2026-12-25",
        ] {
            assert!(!is_working_day(day(date)), "{date}");
        }
        assert!(is_working_day(day("2026-12-24")));
    }

    #[test]
    fn kings_day_moves_to_saturday_when_the_27th_is_a_sunday() {
        assert!(is_public_holiday(day("2025-04-26")));
        assert!(!is_public_holiday(day("2025-04-27")));
        assert!(is_public_holiday(day("2026-04-27")));
    }

    #[test]
    fn a_moment_belongs_to_the_day_of_the_dutch_clock() {
        let moment = |written: &str| written.parse::<NaiveDateTime>().unwrap();
        assert_eq!(wall_clock(moment("2026-03-31T22:30:00")), moment("2026-04-01T00:30:00"));
        assert_eq!(wall_clock(moment("2026-12-31T22:30:00")), moment("2026-12-31T23:30:00"));
        assert_eq!(utc(moment("2026-04-01T00:30:00")), moment("2026-03-31T22:30:00"));
        assert_eq!(utc(moment("2026-03-29T02:30:00")), moment("2026-03-29T01:30:00"));
    }

    #[test]
    fn the_day_of_receipt_is_not_counted() {
        assert_eq!(add_working_days(day("2026-11-02"), 10), day("2026-11-16"));
        assert_eq!(add_working_days(day("2026-10-31"), 1), day("2026-11-02"));
    }
}
