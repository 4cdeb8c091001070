//! What a provider tells of itself in the public register (registergegevens): where it works, in which languages, and how long
//! somebody waits. It types that itself; nobody checks or ranks it.

pub mod languages;
pub mod store;

use chrono::{Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    pub locations: Vec<Location>,
    /// Codes of [`languages`].
    pub languages: Vec<String>,
    /// An address of the web; may be empty.
    pub website: String,
    pub waiting: Option<Waiting>,
}

/// A place where somebody can go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    pub name: String,
    pub street: String,
    pub postcode: String,
    pub place: String,
    /// Reachable and accessible for clients with a disability.
    pub accessible: bool,
}

/// How many weeks somebody waits before he is helped, and when the provider said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    pub weeks: u32,
    pub told_on: NaiveDate,
}

/// A listing as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub listing: Listing,
    /// Counts up with every change.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
}

/// So many months a waiting time is taken for what it says; after that the register tells that it is old.
pub const FRESH_MONTHS: u32 = 3;

impl Waiting {
    pub fn is_old(self, today: NaiveDate) -> bool {
        self.told_on.checked_add_months(Months::new(FRESH_MONTHS)).is_some_and(|until| until < today)
    }

    /// What is told today after what was told before: the day stays when nobody says that it still holds.
    pub fn told_again(before: Option<Waiting>, weeks: u32, still: bool, today: NaiveDate) -> Waiting {
        match before {
            Some(before) if before.weeks == weeks && !still => before,
            _ => Waiting { weeks, told_on: today },
        }
    }
}

/// A website as an address that a browser opens: `www.voorbeeld.example` becomes `https://www.voorbeeld.example`. None for what is no
/// website.
pub fn web_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let whole = match typed.split_once("://") {
        Some(("http" | "https", _)) => typed.to_owned(),
        Some(_) => return None,
        None => format!("https://{typed}"),
    };
    let host = whole.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let of_host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let parts = host.split('.').all(|part| !part.is_empty());
    let signs = whole.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c));
    (parts && host.contains('.') && host.chars().all(of_host) && signs).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn a_waiting_time_is_old_after_three_months() {
        let waiting = Waiting { weeks: 4, told_on: day("2026-08-02") };
        assert!(!waiting.is_old(day("2026-11-02")));
        assert!(waiting.is_old(day("2026-11-03")));
    }

    #[test]
    fn the_day_of_a_waiting_time_is_the_day_on_which_it_was_said() {
        let (before, today) = (Waiting { weeks: 4, told_on: day("2026-08-02") }, day("2026-11-02"));
        assert_eq!(Waiting::told_again(Some(before), 4, false, today), before);
        assert_eq!(Waiting::told_again(Some(before), 4, true, today), Waiting { weeks: 4, told_on: today });
        assert_eq!(Waiting::told_again(Some(before), 5, false, today), Waiting { weeks: 5, told_on: today });
        assert_eq!(Waiting::told_again(None, 0, false, today), Waiting { weeks: 0, told_on: today });
    }

    #[test]
    fn a_website_becomes_a_link_and_nothing_else_does() {
        assert_eq!(web_address("www.voorbeeld.example").as_deref(), Some("https://www.voorbeeld.example"));
        assert_eq!(web_address("http://voorbeeld.example/a").as_deref(), Some("http://voorbeeld.example/a"));
        for bad in [
            "",
            "geen",
            "javascript:alert(1)",
            "ftp://voorbeeld.example",
            "a b.example",
            "x@voorbeeld.example",
            "https://.example",
            "https://voorbeeld.example/\"x",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }
}
