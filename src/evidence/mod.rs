//! Evidence (bewijsstuk): a file that a provider owns once and shows to many. It belongs to the provider, not to a
//! municipality: each municipality judges what was shown to it, at its own receipt date.
//!
//! Who may see it: the provider's own people see all of it. A municipality sees a version only when it was shown to it.
//! What was shown stands in a table of a later chapter (`dossier`), so this chapter cannot look there. The later chapter
//! looks first, filtered on its own tenant, and hands in what it found as [`Shown`]; `store::open_shown` then gives that
//! one version of that one provider, and nothing can be asked here by a municipality without such a proof.

pub mod apart;
pub mod check;
pub mod intake;
pub mod scan;
pub mod signed;
pub mod store;
pub mod web;

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

use crate::ids::Sha256Hex;

/// A piece of evidence with its versions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub id: i64,
    pub key: Key,
    pub provider_id: i64,
    /// What the provider calls it: `Polis aansprakelijkheid 2027`.
    pub title: String,
    /// In UTC.
    pub created_at: NaiveDateTime,
    /// The provider shows it to nobody new any more (ingetrokken).
    pub withdrawn_at: Option<NaiveDateTime>,
    pub versions: Vec<Version>,
}

/// One file. It is never changed; a newer file is a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub evidence_id: i64,
    pub key: Key,
    pub provider_id: i64,
    /// Counts from one.
    pub number: i64,
    pub file: Sha256Hex,
    /// The name the user gave the file: a label for people, never a path.
    pub label: String,
    pub media_type: MediaType,
    /// In bytes.
    pub size: i64,
    /// Of a PDF.
    pub pages: Option<i64>,
    /// In UTC.
    pub received_at: NaiveDateTime,
    pub received_by: String,
    pub dates: Dates,
    pub state: VersionState,
    pub flags: Vec<Flag>,
}

/// The days of a document, as far as the provider told them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates {
    /// The date on the document.
    pub document: Option<NaiveDate>,
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it counts.
    pub valid_until: Option<NaiveDate>,
}

codes! {
    /// What is known of a file (status bewijsstuk), from its receipt to its scan.
    pub enum VersionState {
        /// It passed the checks of the house; no virus scanner is configured (ontvangen).
        Received = "received",
        /// The virus scanner found nothing (gescand, schoon).
        Clean = "clean",
        /// The virus scanner found something: blocked for everybody (gescand, besmet).
        Infected = "infected",
        /// The virus scanner has not looked yet: nobody gets it before (wacht op scan).
        WaitsForScan = "waits_for_scan",
    }
}

impl Version {
    /// What the name of the file ends on, in capitals: `PDF`. Two pieces may be called the same.
    pub fn ending(&self) -> String {
        self.label.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_uppercase())
    }
}

impl Evidence {
    /// Another of these pieces that holds the very same file and is not withdrawn.
    pub fn twin<'a>(&self, pieces: &'a [Evidence]) -> Option<&'a Evidence> {
        let file = &self.newest()?.file;
        let same = |one: &&Evidence| one.id != self.id && one.newest().is_some_and(|newest| newest.file == *file);
        pieces.iter().filter(|one| one.withdrawn_at.is_none()).find(same)
    }
}

impl VersionState {
    /// Whether the file may leave the house.
    pub fn may_be_opened(self) -> bool {
        matches!(self, VersionState::Received | VersionState::Clean)
    }
}

codes! {
    /// The kinds of file that are taken in.
    pub enum MediaType {
        Pdf = "pdf",
        Jpeg = "jpeg",
        Png = "png",
        Docx = "docx",
        Xlsx = "xlsx",
        Csv = "csv",
    }
}

impl MediaType {
    /// As the header `Content-Type` writes it.
    pub fn content_type(self) -> &'static str {
        match self {
            MediaType::Pdf => "application/pdf",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            MediaType::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            MediaType::Csv => "text/csv",
        }
    }
}

codes! {
    /// What to look at before the file is used; none of these refuses it.
    pub enum Flag {
        /// The name of the file holds a number that may be a citizen service number (BSN): of files that came before such
        /// names were refused.
        BsnInName = "bsn_in_name",
        /// A number in the file may be a BSN; its owner looked and says that it is none.
        BsnInside = "bsn_inside",
        /// The document holds links to other sites.
        LinksOut = "links_out",
        /// The CSV holds cells that a spreadsheet computes.
        Formulas = "formulas",
    }
}

/// A random name for addresses: 128 bits in hexadecimal. It tells nothing and cannot be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// What stood in an address; anything that is not of the right form is no key.
    pub fn read(written: &str) -> Option<Key> {
        let fits = written.len() == 32 && written.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Key(written.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The word of a later chapter that it found, in its own tenant, that this version was shown to the one who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shown {
    pub provider_id: i64,
    pub version_id: i64,
}

impl Evidence {
    /// The newest version; a piece of evidence has at least one once it was handed in.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.first()
    }
}

impl Version {
    /// Whether it counts on this day, as far as its dates tell: without a last day it does.
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.dates.valid_from.is_none_or(|from| from <= day) && self.dates.valid_until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_was_found_good_leaves_the_house() {
        let open: Vec<_> = VersionState::ALL.iter().filter(|state| state.may_be_opened()).collect();
        assert_eq!(open, [&VersionState::Received, &VersionState::Clean]);
    }

    #[test]
    fn a_key_is_32_hexadecimals_and_nothing_else() {
        assert!(Key::read(&"0f".repeat(16)).is_some());
        for written in ["", "../../etc/passwd", &"g".repeat(32), &"A".repeat(32), &"a".repeat(33)] {
            assert_eq!(Key::read(written), None, "{written:?} was read");
        }
    }
}
