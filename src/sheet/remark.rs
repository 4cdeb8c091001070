//! What is said about a cell (fouten en waarschuwingen): where it stands, what was found and what is expected, in
//! one sentence that its owner can act on.

use i18n_embed_fl::fl;

use super::parse::is_invisible;
use crate::text::Lang;

/// A remark about one place in the file. A fault carries a problem, a warning a concern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark<W> {
    pub place: Place,
    /// What stands there, shortened; empty when nothing does, or when it may not be repeated.
    pub found: String,
    pub what: W,
}

/// Names as the owner of the file spells them.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    pub sheet: String,
    pub row: Option<u32>,
    /// The name of the column, or its letters when it has none.
    pub column: Option<String>,
}

/// What is expected, or what looks odd: one or two sentences.
pub trait Wording {
    fn wording(&self, lang: Lang) -> String;
}

/// Characters of a value that a message repeats.
const SHOWN: usize = 60;

impl<W> Remark<W> {
    pub fn new(place: Place, found: &str, what: impl Into<W>) -> Remark<W> {
        let mut found: String = found.chars().map(|c| if is_invisible(c) { '\u{fffd}' } else { c }).collect();
        if let Some((end, _)) = found.char_indices().nth(SHOWN) {
            found.truncate(end);
            found.push('…');
        }
        Remark { place, found, what: what.into() }
    }

    pub fn into<V: From<W>>(self) -> Remark<V> {
        Remark { place: self.place, found: self.found, what: self.what.into() }
    }
}

impl<W: Wording> Remark<W> {
    /// `Blad Kosten, rij 14, kolom tarief: hier staat "45,00 euro". Vul een bedrag in, bijvoorbeeld 45,00.`
    pub fn message(&self, lang: Lang) -> String {
        let place = self.place.words(lang);
        let wording = self.what.wording(lang);
        match self.found.is_empty() {
            true => format!("{place}: {wording}"),
            false => {
                let found = fl!(lang.texts(), "sheet-found", found = self.found.as_str());
                format!("{place}: {found} {wording}")
            }
        }
    }
}

impl Place {
    pub fn sheet(sheet: &str) -> Place {
        Place { sheet: sheet.to_owned(), row: None, column: None }
    }

    pub fn row(sheet: &str, row: u32) -> Place {
        Place { row: Some(row), ..Place::sheet(sheet) }
    }

    pub fn cell(sheet: &str, row: u32, column: &str) -> Place {
        Place { column: Some(column.to_owned()), ..Place::row(sheet, row) }
    }

    pub fn words(&self, lang: Lang) -> String {
        let mut words = fl!(lang.texts(), "sheet-place-sheet", sheet = self.sheet.as_str());
        if let Some(row) = self.row {
            words.push_str(", ");
            words.push_str(&fl!(lang.texts(), "sheet-place-row", row = row.to_string()));
        }
        if let Some(column) = &self.column {
            words.push_str(", ");
            words.push_str(&fl!(lang.texts(), "sheet-place-column", column = column.as_str()));
        }
        words
    }
}

/// Why a cell or a heading is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Missing,
    /// A citizen service number. It is never repeated in the message.
    HoldsBsn,
    HoldsInvisible,
    TooLong {
        max: usize,
    },
    FormulaError,
    FormulaWithoutResult,
    NotADate,
    TwoDigitYear,
    NoSuchDay,
    YearOutOfRange,
    NumberForDate,
    TextBecameDate,
    TextBecameNumber,
    NotAnAmount,
    NotAQuantity,
    /// `1.234`: a thousand, or one and a bit?
    AmbiguousNumber {
        large: String,
        small: String,
    },
    TooManyDecimals,
    NumberTooLarge,
    NotWhole {
        min: u32,
        max: u32,
    },
    NotYesNo,
    NotOnList {
        words: String,
    },
    NotAnEmail,
    NotAKvk,
    NotAQuarter,
    QuarterBecameDate,
    NotCodes,
    ColumnMissing,
    ColumnTwice,
    SheetTwice,
    /// No sheet is called so, and one of ours that is called almost so is not there.
    SheetMisspelt {
        name: String,
    },
    HeadingElsewhere {
        row: u32,
    },
    NoHeading,
}

impl Wording for Problem {
    fn wording(&self, lang: Lang) -> String {
        let texts = lang.texts();
        match self {
            Problem::Missing => fl!(texts, "sheet-missing"),
            Problem::HoldsBsn => fl!(texts, "sheet-holds-bsn"),
            Problem::HoldsInvisible => fl!(texts, "sheet-holds-invisible"),
            Problem::TooLong { max } => fl!(texts, "sheet-too-long", max = max.to_string()),
            Problem::FormulaError => fl!(texts, "sheet-formula-error"),
            Problem::FormulaWithoutResult => fl!(texts, "sheet-formula-without-result"),
            Problem::NotADate => fl!(texts, "sheet-not-a-date"),
            Problem::TwoDigitYear => fl!(texts, "sheet-two-digit-year"),
            Problem::NoSuchDay => fl!(texts, "sheet-no-such-day"),
            Problem::YearOutOfRange => fl!(texts, "sheet-year-out-of-range"),
            Problem::NumberForDate => fl!(texts, "sheet-number-for-date"),
            Problem::TextBecameDate => fl!(texts, "sheet-text-became-date"),
            Problem::TextBecameNumber => fl!(texts, "sheet-text-became-number"),
            Problem::NotAnAmount => fl!(texts, "sheet-not-an-amount"),
            Problem::NotAQuantity => fl!(texts, "sheet-not-a-quantity"),
            Problem::AmbiguousNumber { large, small } => {
                fl!(texts, "sheet-ambiguous-number", large = large.as_str(), small = small.as_str())
            }
            Problem::TooManyDecimals => fl!(texts, "sheet-too-many-decimals"),
            Problem::NumberTooLarge => fl!(texts, "sheet-number-too-large"),
            Problem::NotWhole { min, max } => {
                fl!(texts, "sheet-not-whole", min = min.to_string(), max = max.to_string())
            }
            Problem::NotYesNo => fl!(texts, "sheet-not-yes-no"),
            Problem::NotOnList { words } => fl!(texts, "sheet-not-on-list", words = words.as_str()),
            Problem::NotAnEmail => fl!(texts, "sheet-not-an-email"),
            Problem::NotAKvk => fl!(texts, "sheet-not-a-kvk"),
            Problem::NotAQuarter => fl!(texts, "sheet-not-a-quarter"),
            Problem::QuarterBecameDate => fl!(texts, "sheet-quarter-became-date"),
            Problem::NotCodes => fl!(texts, "sheet-not-codes"),
            Problem::ColumnMissing => fl!(texts, "sheet-column-missing"),
            Problem::ColumnTwice => fl!(texts, "sheet-column-twice"),
            Problem::SheetMisspelt { name } => fl!(texts, "sheet-misspelt-sheet", name = name.as_str()),
            Problem::SheetTwice => fl!(texts, "sheet-sheet-twice"),
            Problem::HeadingElsewhere { row } => fl!(texts, "sheet-heading-elsewhere", row = row.to_string()),
            Problem::NoHeading => fl!(texts, "sheet-no-heading"),
        }
    }
}

/// What is read, or passed over, with a word of warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// `nearest` is a name we do know that looks like it.
    UnknownColumn {
        nearest: Option<String>,
    },
    UnknownSheet,
    HiddenSheet,
    MergedCells,
    FileIgnored,
}

impl Wording for Concern {
    fn wording(&self, lang: Lang) -> String {
        let texts = lang.texts();
        match self {
            Concern::UnknownColumn { nearest: None } => fl!(texts, "sheet-unknown-column"),
            Concern::UnknownColumn { nearest: Some(name) } => {
                fl!(texts, "sheet-unknown-column-near", name = name.as_str())
            }
            Concern::UnknownSheet => fl!(texts, "sheet-unknown-sheet"),
            Concern::HiddenSheet => fl!(texts, "sheet-hidden-sheet"),
            Concern::MergedCells => fl!(texts, "sheet-merged-cells"),
            Concern::FileIgnored => fl!(texts, "sheet-file-ignored"),
        }
    }
}
