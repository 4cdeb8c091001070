//! A term (termijn): so many days from a start, on one calendar for everybody. Every term can say its last day, the rule
//! it follows and the day it began on, in words.

use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};

use crate::calendar::{add_days, add_months, add_working_days, is_working_day};
use crate::text::Lang;

/// A term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub rule: TermRule,
    /// The day that set it off; it is not counted itself.
    pub start: NaiveDate,
    /// The last day (uiterlijk); it belongs to the term.
    pub due: NaiveDate,
    /// By how many days an outage of the channel made it longer (storing).
    pub extended: u32,
    /// The day on which it would have ended, when nobody works on that day: it goes on to the next working day.
    pub moved_from: Option<NaiveDate>,
}

/// How a term is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, diesel::deserialize::FromSqlRow)]
#[serde(deny_unknown_fields)]
pub struct TermRule {
    pub count: u32,
    pub unit: TermUnit,
    pub end: TermEnd,
}

codes! {
    /// What a term is counted in.
    pub enum TermUnit {
        WorkingDays = "working_days",
        CalendarDays = "calendar_days",
        Weeks = "weeks",
        /// They keep their day number.
        Months = "months",
    }
}

codes! {
    /// Where a term ends that would end on a day on which nobody works.
    pub enum TermEnd {
        /// On that day.
        Stays = "stays",
        /// "Een in een wet gestelde termijn die op een zaterdag, zondag of algemeen erkende feestdag eindigt, wordt
        /// verlengd tot en met de eerstvolgende dag die niet een zaterdag, zondag of algemeen erkende feestdag is."
        /// (Algemene termijnenwet, article 1)
        NextWorkingDay = "next_working_day",
    }
}

impl TermRule {
    /// The term that begins on `start`. `outages` are the days on which the channel was down, in any order: every such
    /// day inside the term makes it a day longer, also when it lies in the days that were added. Only then the end moves,
    /// once, off a day on which nobody works; and off a day on which the channel was down.
    pub fn begin(self, start: NaiveDate, outages: &[NaiveDate]) -> Term {
        let mut down = outages.to_vec();
        down.sort_unstable();
        down.dedup();
        let (mut counted, mut extended) = (self.after(start, self.count), 0);
        for day in &down {
            let costs_a_day = self.unit != TermUnit::WorkingDays || is_working_day(*day);
            if start < *day && *day <= counted && costs_a_day {
                extended += 1;
                counted = match self.unit {
                    TermUnit::WorkingDays => add_working_days(counted, 1),
                    TermUnit::CalendarDays | TermUnit::Weeks | TermUnit::Months => add_days(counted, 1),
                };
            }
        }
        if self.end == TermEnd::Stays || is_working_day(counted) {
            return Term { rule: self, start, due: counted, extended, moved_from: None };
        }
        let mut due = add_working_days(counted, 1);
        while down.contains(&due) {
            extended += 1;
            due = add_working_days(due, 1);
        }
        Term { rule: self, start, due, extended, moved_from: Some(counted) }
    }

    fn after(self, start: NaiveDate, count: u32) -> NaiveDate {
        match self.unit {
            TermUnit::WorkingDays => add_working_days(start, count),
            TermUnit::CalendarDays => add_days(start, i64::from(count)),
            TermUnit::Weeks => add_days(start, 7 * i64::from(count)),
            TermUnit::Months => add_months(start, count),
        }
    }
}

impl TermRule {
    /// How long it is: `5 werkdagen`.
    pub fn in_words(self, lang: Lang) -> String {
        let (t, count) = (lang.texts(), self.count);
        match self.unit {
            TermUnit::WorkingDays => fl!(t, "term-rule-working-days", count = count),
            TermUnit::CalendarDays => fl!(t, "term-rule-calendar-days", count = count),
            TermUnit::Weeks => fl!(t, "term-rule-weeks", count = count),
            TermUnit::Months => fl!(t, "term-rule-months", count = count),
        }
    }
}

impl Term {
    /// How many days are left; nought on the last day, less when it is over.
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        (self.due - today).num_days()
    }

    pub fn is_over(&self, today: NaiveDate) -> bool {
        today > self.due
    }

    /// `nog 3 dagen`, `vandaag`, `2 dagen te laat`.
    pub fn left_in_words(&self, lang: Lang, today: NaiveDate) -> String {
        let days = self.days_left(today);
        match days {
            0 => fl!(lang.texts(), "term-today"),
            1.. => fl!(lang.texts(), "term-left", days = days),
            _ => fl!(lang.texts(), "term-over", days = (-days)),
        }
    }

    /// The rule and the start, and why the last day is another than the days alone say: `20 dagen na 23 november 2026,
    /// 1 dag langer door een storing; 14 december 2026 is geen werkdag, dus geldt de eerstvolgende werkdag`.
    pub fn rule_in_words(&self, lang: Lang) -> String {
        let (count, start) = (self.rule.count, lang.day(self.start));
        let rule = match self.rule.unit {
            TermUnit::WorkingDays => fl!(lang.texts(), "term-working-days", count = count, start = start),
            TermUnit::CalendarDays => fl!(lang.texts(), "term-calendar-days", count = count, start = start),
            TermUnit::Weeks => fl!(lang.texts(), "term-weeks", count = count, start = start),
            TermUnit::Months => fl!(lang.texts(), "term-months", count = count, start = start),
        };
        let rule = match self.extended {
            0 => rule,
            days => fl!(lang.texts(), "term-extended", rule = rule, days = days),
        };
        match self.moved_from {
            None => rule,
            Some(day) => fl!(lang.texts(), "term-moved", rule = rule, day = lang.day(day)),
        }
    }

    /// The last day, for who is told nothing else: `14 december 2026 (want 13 december 2026 is geen werkdag)`.
    pub fn due_in_words(&self, lang: Lang) -> String {
        let due = lang.day(self.due);
        match self.moved_from {
            None => due,
            Some(day) => fl!(lang.texts(), "term-due-moved", due = due, day = lang.day(day)),
        }
    }
}

impl std::fmt::Display for TermRule {
    /// As it is kept with what it holds for: `14 calendar_days next_working_day`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.count, self.unit, self.end)
    }
}

/// Not written as a rule is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotATermRule(pub String);

impl std::fmt::Display for NotATermRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is not the rule of a term", self.0)
    }
}

impl std::error::Error for NotATermRule {}

impl std::str::FromStr for TermRule {
    type Err = NotATermRule;

    fn from_str(written: &str) -> Result<TermRule, NotATermRule> {
        let mut words = written.split(' ');
        let rule = match (words.next(), words.next(), words.next(), words.next()) {
            (Some(count), Some(unit), Some(end), None) => {
                count.parse().ok().zip(unit.parse().ok()).zip(end.parse().ok())
            }
            _ => None,
        };
        match rule {
            Some(((count, unit), end)) => Ok(TermRule { count, unit, end }),
            None => Err(NotATermRule(written.to_owned())),
        }
    }
}

impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for TermRule
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
    use proptest::prelude::*;

    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn rule(written: &str) -> TermRule {
        written.parse().unwrap()
    }

    #[test]
    fn a_repair_term_that_ends_at_a_weekend_or_on_a_holiday_moves_on() {
        let repair = rule("14 calendar_days next_working_day");
        assert_eq!(repair.begin(day("2026-11-18"), &[]).due, day("2026-12-02"));
        assert_eq!(repair.begin(day("2026-11-07"), &[]).due, day("2026-11-23"), "from Saturday to Monday");
        assert_eq!(repair.begin(day("2026-12-11"), &[]).due, day("2026-12-28"), "over Christmas and the weekend");
        let stays = rule("14 calendar_days stays");
        assert_eq!(stays.begin(day("2026-11-07"), &[]).due, day("2026-11-21"));
    }

    #[test]
    fn working_days_step_over_holidays() {
        let five = rule("5 working_days next_working_day");
        assert_eq!(five.begin(day("2026-04-01"), &[]).due, day("2026-04-10"), "Good Friday and Easter Monday");
        assert_eq!(rule("6 weeks next_working_day").begin(day("2026-04-13"), &[]).due, day("2026-05-26"));
    }

    #[test]
    fn months_keep_their_day_number() {
        let three = rule("3 months stays");
        assert_eq!(three.begin(day("2026-11-23"), &[]).due, day("2027-02-23"));
        assert_eq!(three.begin(day("2026-11-30"), &[]).due, day("2027-02-28"));
        assert_eq!(three.begin(day("2026-11-23"), &[]).rule_in_words(Lang::Nl), "3 maanden na 23 november 2026");
    }

    #[test]
    fn an_outage_makes_a_term_longer_by_the_days_it_took() {
        let repair = rule("14 calendar_days next_working_day");
        let start = day("2026-11-18");
        let one = repair.begin(start, &[day("2026-12-02")]);
        assert_eq!((one.due, one.extended), (day("2026-12-03"), 1));
        let in_what_was_added = repair.begin(start, &[day("2026-12-02"), day("2026-12-03")]);
        assert_eq!((in_what_was_added.due, in_what_was_added.extended), (day("2026-12-04"), 2));
        let outside = repair.begin(start, &[start, day("2026-12-03")]);
        assert_eq!((outside.due, outside.extended), (day("2026-12-02"), 0));
        let five = rule("5 working_days stays").begin(start, &[day("2026-11-21")]);
        assert_eq!(five.extended, 0, "nobody counts on a Saturday");
    }

    #[test]
    fn an_outage_over_a_weekend_costs_its_own_days_and_the_end_moves_once() {
        let repair = rule("14 calendar_days next_working_day");
        let down: Vec<NaiveDate> = (20..=23).map(|on| NaiveDate::from_ymd_opt(2026, 11, on).unwrap()).collect();
        let inside = repair.begin(day("2026-11-16"), &down);
        assert_eq!((inside.due, inside.extended), (day("2026-12-04"), 4), "14 days and 4, from Monday to Friday");
        let to_weekend = repair.begin(day("2026-11-17"), &down);
        assert_eq!((to_weekend.due, to_weekend.extended), (day("2026-12-07"), 4), "Saturday 5 December moves once");
        assert_eq!(to_weekend.moved_from, Some(day("2026-12-05")));
    }

    #[test]
    fn a_term_never_ends_on_a_day_on_which_the_channel_was_down() {
        let repair = rule("14 calendar_days next_working_day");
        let end = repair.begin(day("2026-11-07"), &[day("2026-11-23")]);
        assert_eq!((end.due, end.extended), (day("2026-11-24"), 1), "Saturday, so Monday, which was down");
    }

    #[test]
    fn a_last_day_that_moved_says_why() {
        let protection = rule("20 calendar_days next_working_day").begin(day("2026-11-23"), &[]);
        assert_eq!(protection.due, day("2026-12-14"));
        assert_eq!(
            protection.rule_in_words(Lang::Nl),
            "20 dagen na 23 november 2026; 13 december 2026 is geen werkdag, dus geldt de eerstvolgende werkdag"
        );
        let plain = rule("14 calendar_days next_working_day").begin(day("2026-11-18"), &[]);
        assert_eq!(plain.rule_in_words(Lang::Nl), "14 dagen na 18 november 2026");
        assert_eq!(plain.due_in_words(Lang::Nl), "2 december 2026");
        assert_eq!(protection.due_in_words(Lang::Nl), "14 december 2026 (want 13 december 2026 is geen werkdag)");
    }

    #[test]
    fn a_term_says_itself_in_words() {
        let term = rule("5 working_days next_working_day").begin(day("2026-11-18"), &[day("2026-11-19")]);
        assert_eq!(term.due, day("2026-11-26"));
        assert_eq!(term.rule_in_words(Lang::Nl), "5 werkdagen na 18 november 2026, 1 dag langer door een storing");
        assert_eq!(term.left_in_words(Lang::Nl, day("2026-11-23")), "nog 3 dagen");
        assert_eq!(term.left_in_words(Lang::Nl, day("2026-11-25")), "nog 1 dag");
        assert_eq!(term.left_in_words(Lang::Nl, day("2026-11-26")), "vandaag");
        assert_eq!(term.left_in_words(Lang::Nl, day("2026-11-28")), "2 dagen te laat");
        assert_eq!(term.left_in_words(Lang::En, day("2026-11-27")), "1 day late");
        assert!(term.is_over(day("2026-11-27")) && !term.is_over(day("2026-11-26")));
    }

    #[test]
    fn what_is_not_a_rule_is_refused() {
        for written in ["", "14", "14 days stays", "-1 weeks stays", "14 weeks stays more"] {
            assert!(written.parse::<TermRule>().is_err(), "{written:?}");
        }
    }

    fn any_rule() -> impl Strategy<Value = TermRule> {
        let unit = prop::sample::select(TermUnit::ALL);
        let end = prop::sample::select(TermEnd::ALL);
        (0u32..60, unit, end).prop_map(|(count, unit, end)| TermRule { count, unit, end })
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0i64..4000).prop_map(|days| add_days(day("2024-01-01"), days))
    }

    proptest! {
        #[test]
        fn a_rule_reads_back(rule in any_rule()) {
            prop_assert_eq!(rule.to_string().parse::<TermRule>().unwrap(), rule);
        }

        #[test]
        fn a_later_start_never_ends_earlier_and_an_outage_never_shortens(
            rule in any_rule(), start in any_day(), later in 0i64..20, down in prop::collection::vec(0i64..90, 0..6),
        ) {
            let outages: Vec<NaiveDate> = down.iter().map(|days| add_days(start, *days)).collect();
            let (plain, longer) = (rule.begin(start, &[]), rule.begin(start, &outages));
            prop_assert!(plain.due >= start && longer.due >= plain.due);
            prop_assert!(rule.begin(add_days(start, later), &[]).due >= plain.due);
            if rule.end == TermEnd::NextWorkingDay {
                prop_assert!(rule.unit == TermUnit::WorkingDays || is_working_day(longer.due));
            }
        }
    }
}
