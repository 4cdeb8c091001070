//! Spreadsheets (rekenbladen): what comes in as a workbook, a ZIP or a folder of CSV files, and goes out as a
//! workbook. Knows cells, headings and the many ways to write a date or an amount; knows nothing of our work.
//!
//! Forgiving in form, strict in content: names may be spelled with capitals, spaces or accents and columns may stand
//! in any order, but a value is never guessed.

mod csv;
mod export;
mod heading;
#[cfg(test)]
mod hostile;
mod lines;
mod mark;
mod open;
mod parse;
mod remark;
mod row;
mod safe;
mod table;
mod template;
mod write;
mod xlsx;

use chrono::NaiveDateTime;

pub use self::export::Export;
pub use self::heading::{Found, lay_out};
pub use self::lines::{Lines, read_lines};
pub use self::mark::mark;
pub use self::open::{Refusal, Source, open};
pub use self::parse::{name_key, shown_date, shown_hundredths};
pub use self::remark::{Concern, Place, Problem, Remark, Wording};
pub use self::row::RowReader;
pub use self::table::{Column, Kind, Table};
pub use self::template::{Choice, Lists, template};
pub use self::write::{Line, RowWriter, Value, add_sheet, neutral};

/// "Een bestand is hoogstens 25 MB" (security.md).
pub const MAX_FILE: usize = 25 * 1024 * 1024;
/// "Hoogstens 1000 bestanden in een ZIP" (security.md).
pub const MAX_ENTRIES: usize = 1_000;
/// What a file may come to when it is unpacked, all its parts together.
pub const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
/// "Hoogstens 100 keer zo groot na uitpakken" (security.md).
pub const MAX_RATIO: u64 = 100;
/// Rows with something in them, per sheet.
pub const MAX_ROWS: usize = 20_000;
/// More sheets than anybody uses; every sheet costs a pass over its part.
pub const MAX_SHEETS: usize = 30;

/// A workbook as it was read: only the cells that hold something.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// Files in the ZIP or folder that are not CSV.
    pub ignored_files: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub merged: bool,
    /// In order, each with at least one cell.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As the spreadsheet numbers it: the first row is 1.
    pub number: u32,
    /// In order of column, the first column being 0.
    pub cells: Vec<(u16, Cell)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Bool(bool),
    Date(NaiveDateTime),
    /// A formula of which the program that wrote the file stored no result: `=B2*C2`. It is not empty to its owner.
    Formula(String),
    /// A formula that failed, such as `#N/B`.
    Error(String),
}

impl Row {
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        self.cells.iter().find(|(position, _)| *position == column).map(|(_, cell)| cell)
    }
}

impl Cell {
    /// The cell as its owner sees it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string().replace('.', ","),
            Cell::Bool(true) => "WAAR".to_owned(),
            Cell::Bool(false) => "ONWAAR".to_owned(),
            Cell::Date(moment) => shown_date(moment.date()),
            Cell::Formula(text) | Cell::Error(text) => text.clone(),
        }
    }

    /// A text of nothing but blanks is an empty cell to its owner.
    fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.chars().all(char::is_whitespace))
    }
}

/// The letters of a column: 0 is A, 26 is AA.
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
