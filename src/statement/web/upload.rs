//! Handing in a statement (opgave indienen): choose a file, then a receipt, or every fault of it at once.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::StatementState;
use crate::page::{Field, FormErrors, Frame, ProviderLink, Tab};
use crate::quarter::Quarter;

/// How many faults are shown; the marked file holds them all.
pub const FAULTS_SHOWN: usize = 200;

/// GET and POST `/aanbieders/{nr}/kwartalen/{k}/opgave`. The form posts `sleutel`, one or more `bestand`
/// and, when lines stated before may be dropped, `vervallen`; the second
/// button posts `sleutel` and `bewaard` to `…/opgave/goede-regels`.
#[derive(Template)]
#[template(path = "statement/upload.html")]
pub struct UploadPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub due_on: NaiveDate,
    pub state: StatementState,
    pub errors: FormErrors,
    /// Makes a second press of the button do nothing (idempotency key).
    pub key: String,
    /// The user ticked that lines stated before may be dropped.
    pub drop_earlier: bool,
    pub answer: Option<Answer>,
    /// The quarter was set final: nothing can be handed in any more.
    pub closed: Option<Closed>,
}

/// A quarter that is closed (vastgesteld).
#[derive(Debug, Clone)]
pub struct Closed {
    pub since: NaiveDateTime,
    /// Of the newest file of which something was taken.
    pub receipt: Option<Receipt>,
}

/// What came of the file that was just sent.
#[derive(Debug, Clone)]
pub enum Answer {
    Accepted(Receipt),
    Refused(Refusal),
}

/// The receipt (ontvangstbevestiging).
#[derive(Debug, Clone)]
pub struct Receipt {
    pub number: String,
    pub at: NaiveDateTime,
    pub files: Vec<String>,
    /// Of the file as it was received, in hexadecimal.
    pub sha256: String,
    /// What was read: the sheet, and how many rows. Known just after receipt only.
    pub counts: Vec<(String, u32)>,
    pub nil_return: bool,
    /// Rows that were sent back, and the address of the file with the marked cells.
    pub sent_back: Option<(u32, String)>,
    pub warnings: Vec<Remark>,
}

/// Nothing was stored: these are the reasons.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub files: Vec<String>,
    /// At most [`FAULTS_SHOWN`] of them.
    pub faults: Vec<Remark>,
    pub fault_count: u32,
    pub good_rows: u32,
    pub refused_rows: u32,
    /// The SHA-256 of the kept file, when its good rows may be taken.
    pub take_good: Option<String>,
    /// The address of the same file with the refused cells marked.
    pub marked: Option<String>,
    pub warnings: Vec<Remark>,
}

/// A fault or a warning at its place, in the language of the page.
#[derive(Debug, Clone, Default)]
pub struct Remark {
    pub sheet: String,
    /// As the spreadsheet counts, the heading being row 1.
    pub row: Option<u32>,
    pub column: Option<String>,
    pub found: String,
    /// What is expected, or what to look at.
    pub text: String,
}

impl UploadPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "statement-title", quarter = self.frame.lang.quarter(self.quarter))
    }

    fn path(&self) -> String {
        format!("{}/opgave", self.provider.quarter_path(self.quarter))
    }

    fn quarter_path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    /// Whether the page reports a problem, which then comes first in its title.
    fn has_problem(&self) -> bool {
        !self.errors.is_empty() || matches!(self.answer, Some(Answer::Refused(_)))
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.answer {
            Some(Answer::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    fn receipt(&self) -> Option<&Receipt> {
        match &self.answer {
            Some(Answer::Accepted(receipt)) => Some(receipt),
            _ => None,
        }
    }

    fn file_field(&self) -> Field<'_> {
        let t = self.frame.t();
        Field {
            id: "bestand",
            kind: "file",
            label: fl!(t, "statement-file"),
            hint: Some(fl!(t, "statement-file-hint")),
            error: self.errors.at("bestand"),
            error_word: fl!(t, "page-error-word"),
            accept: ".xlsx,.zip,.csv",
            many: true,
            ..Field::default()
        }
    }

    fn warnings(&self) -> &[Remark] {
        match &self.answer {
            Some(Answer::Accepted(receipt)) => &receipt.warnings,
            Some(Answer::Refused(refusal)) => &refusal.warnings,
            None => &[],
        }
    }
}

impl Refusal {
    fn all_shown(&self) -> bool {
        self.faults.len() as u64 == u64::from(self.fault_count)
    }
}

impl Remark {
    /// `Kosten, rij 12, bedrag`.
    fn place(&self, frame: &Frame) -> String {
        let t = frame.t();
        let sheet = self.sheet.as_str();
        match (self.row, self.column.as_deref()) {
            (Some(row), Some(column)) => fl!(t, "statement-place-cell", sheet = sheet, row = row, column = column),
            (Some(row), None) => fl!(t, "statement-place-row", sheet = sheet, row = row),
            (None, Some(column)) => fl!(t, "statement-place-column", sheet = sheet, column = column),
            (None, None) => sheet.to_owned(),
        }
    }
}
