//! The decisions of the college of mayor and aldermen (register van collegebesluiten): number, date, subject, what was decided and
//! where it is published. A line that was entered wrongly gets a next version; the earlier ones stay to be read.

pub mod store;

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::holds_bsn;
use crate::written::plain;

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The register's own number for it; the same through all versions.
    pub entry: i32,
    pub version: i32,
    pub told: Told,
    /// Why it was entered anew; empty for a first version.
    pub reason: String,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
}

/// What is told of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// As the college numbers it.
    pub number: String,
    pub decided_on: NaiveDate,
    pub subject: String,
    pub decided: String,
    pub procedure_id: Option<i64>,
    /// The version of an agreement that it establishes.
    pub text_version_id: Option<i64>,
    /// The day from which the criteria hold that it is about.
    pub criteria_from: Option<NaiveDate>,
    /// Where it is published; empty when it is not.
    pub link: String,
}

/// Why a decision is not noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    NotYours,
    ReasonMissing,
    /// Number, subject or what was decided is missing.
    Incomplete,
    InTheFuture,
    /// Another line of the register has this number.
    NumberTaken(i32),
    /// The address is not one of the web.
    LinkWrong,
    /// A number in it may be somebody's citizen service number.
    HoldsBsn,
    /// The procedure, the text or the criteria are not there.
    Unknown,
    ChangedMeanwhile(String),
    /// Nothing in it is different.
    Same,
}

impl Told {
    /// What is wrong with it by itself, if anything.
    pub fn refusal(&self, today: NaiveDate) -> Option<Refusal> {
        let texts = [&self.number, &self.subject, &self.decided];
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Some(Refusal::Incomplete);
        }
        if texts.iter().any(|text| holds_bsn(text)) {
            return Some(Refusal::HoldsBsn);
        }
        if self.decided_on > today {
            return Some(Refusal::InTheFuture);
        }
        (!self.link.is_empty() && !is_web_address(&self.link)).then_some(Refusal::LinkWrong)
    }
}

impl Decision {
    /// Whether every word that was searched for stands in it, whatever its accents and capitals.
    pub fn holds(&self, search: &str) -> bool {
        let told = &self.told;
        let text = plain(&format!("{} {} {}", told.number, told.subject, told.decided));
        plain(search).split_whitespace().all(|word| text.contains(word))
    }
}

/// An address of the web that a browser opens, and nothing else: what is typed in becomes a link.
pub fn is_web_address(typed: &str) -> bool {
    let Some(rest) = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    host.contains('.') && !host.starts_with('.') && !host.contains('@') && typed.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        Told {
            number: "B&W 2026-114".into(),
            decided_on: "2026-06-09".parse().unwrap(),
            subject: "Startdocument re-integratie".into(),
            decided: "Het college stelt het startdocument vast.".into(),
            procedure_id: None,
            text_version_id: None,
            criteria_from: None,
            link: "https://www.voorbeeld.example/besluiten/2026-114".into(),
        }
    }

    #[test]
    fn a_decision_has_a_number_a_subject_and_words_and_was_taken() {
        let today = "2026-11-02".parse().unwrap();
        assert_eq!(told().refusal(today), None);
        assert_eq!(Told { link: String::new(), ..told() }.refusal(today), None);
        assert_eq!(Told { subject: " ".into(), ..told() }.refusal(today), Some(Refusal::Incomplete));
        assert_eq!(Told { decided: "Over 111222333.".into(), ..told() }.refusal(today), Some(Refusal::HoldsBsn));
        let tomorrow = Told { decided_on: "2026-11-03".parse().unwrap(), ..told() };
        assert_eq!(tomorrow.refusal(today), Some(Refusal::InTheFuture));
    }

    #[test]
    fn only_an_address_of_the_web_becomes_a_link() {
        for good in ["https://voorbeeld.example", "http://www.voorbeeld.example/a?b=c#d"] {
            assert!(is_web_address(good), "{good}");
        }
        let bad = [
            "javascript:alert(1)",
            "https://",
            "voorbeeld.example",
            "https://a b.example",
            "https://x@y.example",
            "https://voorbeeld.example/\"onclick",
            "data:text/html,x",
            "https://localhost",
        ];
        for bad in bad {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_search_finds_words_in_any_order_without_capitals_and_accents() {
        let at = "2026-06-10T09:00:00".parse().unwrap();
        let told = Told { subject: "Cliëntprofielen en eisen".into(), ..told() };
        let one = Decision { entry: 1, version: 1, told, reason: String::new(), noted_at: at, noted_by: "M.".into() };
        assert!(one.holds("") && one.holds("eisen CLIENTPROFIELEN") && one.holds("2026-114"));
        assert!(!one.holds("eisen jeugd"));
    }
}
