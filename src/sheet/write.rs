//! Writing a workbook: dates as dates, numbers as numbers, and text as text, so that nothing becomes a formula.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::row::RowReader;
use super::table::{Column, Kind, Table};
use crate::money::{Cents, Hundredths};

/// What goes into one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Empty,
    Text(String),
    Date(NaiveDate),
    /// Written with two decimals.
    Hundredths(i64),
    Whole(u32),
    /// Written as `ja` or `nee`.
    YesNo(bool),
}

/// A line that knows its own sheet: how it is read from a row, and how it is written back.
pub trait Line: Sized {
    const TABLE: &'static Table;

    /// None when the row is refused; then the row holds the faults.
    fn read(row: &mut RowReader<'_>) -> Option<Self>;

    fn write(&self, row: &mut RowWriter);
}

/// One row under construction: values go to their column by name.
pub struct RowWriter {
    table: &'static Table,
    values: Vec<Value>,
}

impl RowWriter {
    fn new(table: &'static Table) -> RowWriter {
        RowWriter { table, values: vec![Value::Empty; table.columns.len()] }
    }

    pub fn put(&mut self, column: &str, value: impl Into<Value>) {
        self.values[self.table.position(column)] = value.into();
    }

    /// Puts the Dutch word of a code.
    pub fn put_choice(&mut self, column: &str, code: Option<&str>) {
        let position = self.table.position(column);
        let Kind::Choice(words) = self.table.columns[position].kind else {
            panic!("column {column} has no list of words");
        };
        let word = words.iter().find(|(_, of)| Some(*of) == code).map(|(word, _)| *word);
        self.values[position] = word.into();
    }
}

/// Adds one sheet with a heading and a row per line. `also` may put what the line itself does not carry.
pub fn add_sheet<L: Line>(
    workbook: &mut Workbook,
    lines: &[L],
    also: impl Fn(&L, &mut RowWriter),
) -> Result<(), XlsxError> {
    let formats = Formats::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(L::TABLE.name)?;
    write_heading(sheet, L::TABLE, &formats)?;
    for (index, line) in lines.iter().enumerate() {
        let mut row = RowWriter::new(L::TABLE);
        line.write(&mut row);
        also(line, &mut row);
        for (column, value) in row.values.iter().enumerate() {
            write_value(sheet, index as u32 + 1, column as u16, value, &formats)?;
        }
    }
    Ok(())
}

/// The heading of a table: bold, frozen, and a column wide enough to read.
pub(super) fn write_heading(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    for (position, column) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, position as u16, column.name, formats.heading(column))?;
        sheet.set_column_width(position as u16, (column.name.len() + 3).max(12) as f64)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// How cells look. Built once per workbook.
pub(super) struct Formats {
    heading: Format,
    required: Format,
    pub date: Format,
    pub amount: Format,
    pub text: Format,
}

impl Formats {
    pub fn new() -> Formats {
        let heading = Format::new().set_bold().set_align(FormatAlign::Top);
        Formats {
            required: heading.clone().set_background_color(0xDCE9F5),
            heading,
            date: Format::new().set_num_format("dd-mm-yyyy"),
            amount: Format::new().set_num_format("#,##0.00"),
            text: Format::new().set_num_format("@"),
        }
    }

    /// The heading of a list that goes out only.
    pub fn plain_heading(&self) -> &Format {
        &self.heading
    }

    fn heading(&self, column: &Column) -> &Format {
        if column.required { &self.required } else { &self.heading }
    }
}

pub(super) fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => return Ok(()),
        Value::Text(text) => sheet.write_string_with_format(row, column, fitting(text), &formats.text)?,
        Value::Date(day) => match excel_day(*day) {
            Some(date) => sheet.write_datetime_with_format(row, column, date, &formats.date)?,
            None => sheet.write_string(row, column, day.to_string())?,
        },
        Value::Hundredths(number) => {
            sheet.write_number_with_format(row, column, *number as f64 / 100.0, &formats.amount)?
        }
        Value::Whole(number) => sheet.write_number(row, column, *number)?,
        Value::YesNo(answer) => sheet.write_string(row, column, if *answer { "ja" } else { "nee" })?,
    };
    Ok(())
}

/// None before 1900, where a spreadsheet has no days.
pub(super) fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}

/// "Ten hoogste 32.767 tekens": what one cell can hold.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(32_767) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(text[..end].to_owned()),
    }
}

/// A text for a CSV cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or
/// a carriage return gets an apostrophe before it. Not for numbers that we wrote ourselves.
pub fn neutral(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Value {
        Value::Date(day)
    }
}

impl From<Cents> for Value {
    fn from(amount: Cents) -> Value {
        Value::Hundredths(amount.0)
    }
}

impl From<Hundredths> for Value {
    fn from(quantity: Hundredths) -> Value {
        Value::Hundredths(quantity.0)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Whole(number)
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Value {
        Value::YesNo(answer)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_made_harmless() {
        for text in ["=1+1", "+31 6", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        assert_eq!(neutral("Jobcoaching = fijn"), "Jobcoaching = fijn");
    }
}
