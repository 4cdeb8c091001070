//! Confirmation of cost lines (bevestiging van kostenregels): the contact person of a client says of each line that was
//! charged for him whether it is right. "Geen antwoord van de contactpersoon: de regel blijft niet bevestigd, nooit
//! stilzwijgend goedgekeurd" (procedure.md 1.5).

pub mod lines;
pub mod reminder;
pub mod store;

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Role};
use crate::client::Channel;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::text::Lang;

codes! {
    /// What can be said of a line. Of a line of which nobody said anything there is none: it is "niet bevestigd".
    pub enum Word {
        /// Klopt
        Confirmed = "confirmed",
        /// Klopt niet
        Contested = "contested",
        /// Aantal of bedrag is anders
        Corrected = "corrected",
    }
}

/// What is said of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub word: Word,
    /// What it should have been; only of a correction.
    pub quantity: Option<Hundredths>,
    pub amount: Option<Cents>,
    /// Empty when it is right.
    pub reason: String,
}

/// What was said of a line, by whom, when and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub id: i64,
    pub answer: Answer,
    /// In UTC.
    pub at: NaiveDateTime,
    pub by: String,
    pub channel: Channel,
}

/// A line as it was charged, and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargedLine {
    pub provider_id: i64,
    /// The provider's own line number.
    pub line: String,
    pub trajectory_id: i64,
    pub case_ref: String,
    pub client_ref: String,
    /// Whose client it is: the municipality's own list decides; without a word there, the provider's statement.
    pub contact_id: i64,
    pub product_id: i64,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub unit: String,
    pub quantity: Hundredths,
    pub tariff: Cents,
    pub amount: Cents,
    pub corrects: Option<String>,
    pub said: Option<Said>,
    /// Something was said of this line as it read before a later statement. It counts no more.
    pub lapsed: bool,
}

/// No reason is longer.
pub const LONGEST_REASON: usize = 500;

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    ReasonMissing,
    ReasonTooLong,
    /// A correction that says neither another quantity nor another amount.
    NothingCorrected,
}

impl Answer {
    pub fn confirmed() -> Answer {
        Answer { word: Word::Confirmed, quantity: None, amount: None, reason: String::new() }
    }

    /// "Betwisten en verbeteren met een reden": what is wrong must be told, or the provider can do nothing with it.
    pub fn fault(&self, line: &ChargedLine) -> Option<Fault> {
        let other = self.quantity.is_some_and(|said| said != line.quantity)
            || self.amount.is_some_and(|said| said != line.amount);
        match self.word {
            Word::Confirmed => None,
            Word::Corrected if !other => Some(Fault::NothingCorrected),
            _ if self.reason.is_empty() => Some(Fault::ReasonMissing),
            _ if self.reason.chars().count() > LONGEST_REASON => Some(Fault::ReasonTooLong),
            _ => None,
        }
    }
}

impl ChargedLine {
    /// What this line says, as one value: a line that was stated again and reads the same is the same line.
    pub fn about(&self, quarter: Quarter) -> String {
        let parts = [
            self.provider_id.to_string(),
            quarter.to_string(),
            self.line.clone(),
            self.trajectory_id.to_string(),
            self.product_id.to_string(),
            self.from.to_string(),
            self.until.to_string(),
            self.unit.clone(),
            self.quantity.0.to_string(),
            self.tariff.0.to_string(),
            self.amount.0.to_string(),
            self.corrects.clone().unwrap_or_default(),
        ];
        let hash = Sha256::digest(parts.join("\u{1f}"));
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    pub fn word(&self) -> Option<Word> {
        self.said.as_ref().map(|said| said.answer.word)
    }
}

/// Why what somebody says of lines is not taken. Nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// These lines are not there as they were looked at: a new statement came in, or somebody said something meanwhile.
    Changed(Vec<String>),
    /// The quarter was set final for this provider.
    Closed { provider_id: i64 },
    /// Of this line, and why.
    Faulty { about: String, fault: Fault },
}

/// How many lines stand in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: usize,
    pub confirmed: usize,
    pub contested: usize,
    pub corrected: usize,
}

impl Tally {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a ChargedLine>) -> Tally {
        lines.into_iter().fold(Tally::default(), |mut tally, line| {
            tally.lines += 1;
            match line.word() {
                Some(Word::Confirmed) => tally.confirmed += 1,
                Some(Word::Contested) => tally.contested += 1,
                Some(Word::Corrected) => tally.corrected += 1,
                None => {}
            }
            tally
        })
    }

    /// Not confirmed, for nobody said anything.
    pub fn waiting(&self) -> usize {
        self.lines - self.confirmed - self.contested - self.corrected
    }
}

/// Only a contact person confirms; whose clients they are, the look-up tells.
pub fn may_confirm(actor: &Actor) -> bool {
    actor.role() == Role::ContactPerson
}

pub fn word_in(lang: Lang, word: Option<Word>) -> String {
    let t = lang.texts();
    match word {
        Some(Word::Confirmed) => fl!(t, "confirmation-word-confirmed"),
        Some(Word::Contested) => fl!(t, "confirmation-word-contested"),
        Some(Word::Corrected) => fl!(t, "confirmation-word-corrected"),
        None => fl!(t, "confirmation-word-none"),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn line() -> ChargedLine {
        ChargedLine {
            provider_id: 1,
            line: "12".into(),
            trajectory_id: 3,
            case_ref: "WN-26-014".into(),
            client_ref: "N-20114".into(),
            contact_id: 2,
            product_id: 4,
            from: "2026-08-01".parse().unwrap(),
            until: "2026-08-31".parse().unwrap(),
            unit: "uur".into(),
            quantity: Hundredths(300),
            tariff: Cents(6_255),
            amount: Cents(18_765),
            corrects: None,
            said: None,
            lapsed: false,
        }
    }

    fn quarter() -> Quarter {
        "2026-3".parse().unwrap()
    }

    #[test]
    fn who_contests_or_corrects_says_why() {
        let contested = Answer { word: Word::Contested, ..Answer::confirmed() };
        assert_eq!(contested.fault(&line()), Some(Fault::ReasonMissing));
        assert_eq!(Answer { reason: "Niet geweest".into(), ..contested }.fault(&line()), None);
        let corrected = Answer { word: Word::Corrected, quantity: Some(Hundredths(200)), ..Answer::confirmed() };
        assert_eq!(corrected.fault(&line()), Some(Fault::ReasonMissing));
        assert_eq!(Answer::confirmed().fault(&line()), None);
    }

    #[test]
    fn a_correction_to_what_was_charged_corrects_nothing() {
        let same = Answer {
            word: Word::Corrected,
            quantity: Some(Hundredths(300)),
            amount: Some(Cents(18_765)),
            reason: "Anders".into(),
        };
        assert_eq!(same.fault(&line()), Some(Fault::NothingCorrected));
        assert_eq!(Answer { amount: Some(Cents(12_510)), ..same }.fault(&line()), None);
    }

    #[test]
    fn a_line_that_reads_the_same_is_the_same_and_one_cent_makes_it_another() {
        let about = line().about(quarter());
        assert_eq!(about.len(), 32);
        assert_eq!(ChargedLine { contact_id: 9, ..line() }.about(quarter()), about);
        assert_ne!(ChargedLine { amount: Cents(18_766), ..line() }.about(quarter()), about);
        assert_ne!(line().about(quarter().next()), about);
    }

    #[test]
    fn a_line_without_a_word_waits_and_is_counted_as_nothing_else() {
        let said = |word| Said {
            id: 1,
            answer: Answer { word, ..Answer::confirmed() },
            at: "2026-10-12T09:00:00".parse().unwrap(),
            by: "A. Jansen".into(),
            channel: Channel::Screen,
        };
        let lines = [
            line(),
            ChargedLine { said: Some(said(Word::Confirmed)), ..line() },
            ChargedLine { said: Some(said(Word::Contested)), ..line() },
        ];
        let tally = Tally::of(&lines);
        assert_eq!((tally.lines, tally.confirmed, tally.contested, tally.corrected), (3, 1, 1, 0));
        assert_eq!(tally.waiting(), 1);
    }
}
