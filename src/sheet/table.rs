//! A table as data (kolommen van een werkblad): the one list of columns that reader, writer and template share.

use crate::text::Lang;

/// One sheet of a workbook that we know.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// The Dutch name of the sheet, and of the CSV file.
    pub name: &'static str,
    /// The explanation of a column stands under the text key `<texts>-<column>`.
    pub texts: &'static str,
    /// The first column is the one by which people know a row.
    pub columns: &'static [Column],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The Dutch name, as it stands in the heading.
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
    /// One value as a person would type it; empty where an example would mislead.
    pub example: &'static str,
}

/// What a cell of the column must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many characters.
    Text(usize),
    /// May hold line breaks.
    LongText(usize),
    Email,
    Kvk,
    Quarter,
    Date,
    /// Euros with at most two decimals; kept in cents.
    Amount,
    /// A number with at most two decimals; kept in hundredths.
    Quantity,
    /// A whole number, both ends included.
    Whole(u32, u32),
    YesNo,
    /// The Dutch word in the cell, and the code it stands for.
    Choice(&'static [(&'static str, &'static str)]),
    /// One or more codes of two digits, with a semicolon between them.
    Codes,
}

impl Table {
    pub fn position(&self, column: &str) -> usize {
        let found = self.columns.iter().position(|c| c.name == column);
        found.unwrap_or_else(|| panic!("sheet {} has no column {column}", self.name))
    }

    pub fn explanation(&self, column: &Column, lang: Lang) -> String {
        lang.texts().get(&format!("{}-{}", self.texts, column.name))
    }
}

impl Column {
    pub const fn required(name: &'static str, kind: Kind, example: &'static str) -> Column {
        Column { name, required: true, kind, example }
    }

    pub const fn optional(name: &'static str, kind: Kind, example: &'static str) -> Column {
        Column { name, required: false, kind, example }
    }
}
