//! Days on which people of an office do things (werkdagen), and the hours at which they send a file.

use chrono::{NaiveDate, NaiveDateTime};

use crate::calendar::{add_days, add_working_days, is_working_day};
use crate::demo::random::Random;

pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    add_working_days(add_days(day, -1), 1)
}

pub fn working_day_until(day: NaiveDate) -> NaiveDate {
    let mut reached = day;
    while !is_working_day(reached) {
        reached = add_days(reached, -1);
    }
    reached
}

/// A working day in the span, both ends included. A span of five days or more always holds one; when a shorter
/// span holds none, it is the last one before the span.
pub fn some_working_day(random: &mut Random, from: NaiveDate, until: NaiveDate) -> NaiveDate {
    let drawn = working_day_from(add_days(from, random.between(0, (until - from).num_days().max(0))));
    if drawn <= until { drawn } else { working_day_until(until) }
}

/// Between half past eight and a quarter past five.
pub fn in_office_hours(random: &mut Random, day: NaiveDate) -> NaiveDateTime {
    let minutes = random.between(8 * 60 + 30, 17 * 60 + 15) as u32;
    at(day, minutes / 60, minutes % 60)
}

pub fn at(day: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, minute, 0).expect("an hour and minute of the day")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn nothing_happens_at_easter() {
        let mut random = Random::new(1);
        for _ in 0..50 {
            let drawn = some_working_day(&mut random, day("2026-04-02"), day("2026-04-07"));
            assert!([day("2026-04-02"), day("2026-04-07")].contains(&drawn));
        }
        assert_eq!(some_working_day(&mut random, day("2026-04-04"), day("2026-04-05")), day("2026-04-02"));
    }
}
