//! The pages of the quarterly statement (kwartaalopgave): how it stands, and in a file of its own handing it in.

pub mod sample;
pub mod upload;

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::agreement::Accession;
use crate::page::{Status, Tone};
use crate::quarter::Quarter;
use crate::text::Lang;

/// Where the statement of one quarter stands, seen from its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementState {
    Received {
        on: NaiveDate,
    },
    ReceivedLate {
        on: NaiveDate,
    },
    /// Not in yet; the due date lies ahead.
    Expected {
        due_on: NaiveDate,
    },
    /// Not in, and the due date is past.
    Overdue {
        due_on: NaiveDate,
    },
    /// There was no agreement in the quarter, so nothing has to come.
    NotNeeded,
    /// The same, because the agreement began on this day, after the quarter.
    BeforeAgreement {
        began: NaiveDate,
    },
}

impl StatementState {
    /// The same, for a provider with these agreements: nothing is due for a quarter in which none ran on any day.
    pub fn under<'a>(
        self,
        accessions: impl Iterator<Item = &'a Accession> + Clone,
        quarter: Quarter,
    ) -> StatementState {
        if self.is_in() || accessions.clone().any(|one| one.is_active_in(quarter)) {
            return self;
        }
        match accessions.map(|one| one.active_from).min().filter(|began| *began > quarter.last_day()) {
            Some(began) => StatementState::BeforeAgreement { began },
            None => StatementState::NotNeeded,
        }
    }

    /// Nothing has to come for this quarter.
    pub fn is_not_due(self) -> bool {
        matches!(self, StatementState::NotNeeded | StatementState::BeforeAgreement { .. })
    }

    pub fn of(today: NaiveDate, due_on: NaiveDate, received_on: Option<NaiveDate>) -> StatementState {
        match received_on {
            Some(on) if on <= due_on => StatementState::Received { on },
            Some(on) => StatementState::ReceivedLate { on },
            None if today <= due_on => StatementState::Expected { due_on },
            None => StatementState::Overdue { due_on },
        }
    }

    pub fn is_in(self) -> bool {
        matches!(self, StatementState::Received { .. } | StatementState::ReceivedLate { .. })
    }

    /// In a table.
    pub fn status(self, lang: Lang) -> Status {
        let t = lang.texts();
        let day = |day| lang.day_in_table(day);
        match self {
            StatementState::Received { on } => {
                Status::new(Tone::Ok, fl!(t, "statement-received", day = day(on))).plain()
            }
            StatementState::ReceivedLate { on } => {
                Status::new(Tone::Warn, fl!(t, "statement-late", day = day(on))).plain()
            }
            StatementState::Expected { due_on } => {
                Status::new(Tone::Wait, fl!(t, "statement-expected", day = day(due_on))).plain()
            }
            StatementState::NotNeeded => Status::new(Tone::Idle, fl!(t, "statement-not-needed")).plain(),
            StatementState::BeforeAgreement { began } => {
                Status::new(Tone::Idle, fl!(t, "statement-before-agreement", day = day(began))).plain()
            }
            StatementState::Overdue { due_on } => {
                Status::new(Tone::Bad, fl!(t, "statement-overdue", day = day(due_on))).plain()
            }
        }
    }

    /// In a line of running text.
    pub fn sentence(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            StatementState::Received { on } => fl!(t, "statement-line-received", day = lang.day(on)),
            StatementState::ReceivedLate { on } => fl!(t, "statement-line-late", day = lang.day(on)),
            StatementState::Expected { due_on } => fl!(t, "statement-line-expected", day = lang.day(due_on)),
            StatementState::NotNeeded => fl!(t, "statement-line-not-needed"),
            StatementState::BeforeAgreement { began } => {
                fl!(t, "statement-before-agreement", day = lang.day(began))
            }
            StatementState::Overdue { due_on } => fl!(t, "statement-line-overdue", day = lang.day(due_on)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn on_the_due_date_is_in_time() {
        let due = day("2026-10-28");
        let on_due = StatementState::of(day("2026-11-22"), due, Some(due));
        assert_eq!(on_due, StatementState::Received { on: due });
        let late = StatementState::of(day("2026-11-22"), due, Some(day("2026-10-29")));
        assert_eq!(late, StatementState::ReceivedLate { on: day("2026-10-29") });
    }

    #[test]
    fn what_is_not_in_is_expected_until_its_due_date_and_overdue_after() {
        let due = day("2026-10-28");
        assert_eq!(StatementState::of(due, due, None), StatementState::Expected { due_on: due });
        assert_eq!(StatementState::of(day("2026-10-29"), due, None), StatementState::Overdue { due_on: due });
    }

    #[test]
    fn nothing_is_due_for_a_quarter_before_the_agreement_began() {
        let from = |active_from: &str, active_until: Option<&str>| Accession {
            id: 1,
            provider_id: 1,
            number: "2026-001".to_owned(),
            version: 1,
            active_from: day(active_from),
            active_until: active_until.map(day),
        };
        let quarter: Quarter = "2026-Q3".parse().unwrap();
        let overdue = StatementState::Overdue { due_on: day("2026-10-28") };
        let under = |one: &Accession| overdue.under(std::iter::once(one), quarter);
        let began = day("2026-10-01");
        assert_eq!(under(&from("2026-10-01", None)), StatementState::BeforeAgreement { began });
        assert_eq!(under(&from("2026-09-30", None)), overdue);
        assert_eq!(under(&from("2025-01-01", Some("2026-06-30"))), StatementState::NotNeeded);
        assert_eq!(overdue.under([].iter(), quarter), StatementState::NotNeeded, "there never was one");
        let said = StatementState::BeforeAgreement { began }.sentence(Lang::Nl);
        assert_eq!(said, "Niet van toepassing: de overeenkomst loopt vanaf 1 oktober 2026");
    }
}
