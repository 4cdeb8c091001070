//! A list as a file to take along (lijst als bestand): CSV and XLSX of the same rows. Nothing in it becomes a formula.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::write::{Formats, Value, neutral, write_value};

/// Headings, and under them rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The name of the sheet in a workbook: at most 31 characters.
    pub name: &'static str,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

impl Export {
    /// UTF-8 with its mark at the start and semicolons, as a spreadsheet here opens it; a cell with a semicolon, a quote or a
    /// line break stands between quotes.
    pub fn csv(&self) -> Vec<u8> {
        let mut text = String::from("\u{feff}");
        let headings = self.headings.iter().map(|one| neutral(one).into_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(written).collect());
        for cells in std::iter::once(headings).chain(rows) {
            let cells: Vec<String> = cells;
            text.push_str(&cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";"));
            text.push_str("\r\n");
        }
        text.into_bytes()
    }

    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let (mut workbook, formats) = (Workbook::new(), Formats::new());
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        for (column, heading) in (0u16..).zip(&self.headings) {
            sheet.write_string_with_format(0, column, heading.as_str(), formats.plain_heading())?;
            sheet.set_column_width(column, (heading.chars().count() + 3).max(14) as f64)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        for (line, row) in (1u32..).zip(&self.rows) {
            for (column, value) in (0u16..).zip(row) {
                write_value(sheet, line, column, value, &formats)?;
            }
        }
        workbook.save_to_buffer()
    }
}

/// What stands in a cell of the CSV: days as 2026-11-02, and what people typed never as a formula.
fn written(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => neutral(text).into_owned(),
        Value::Date(day) => day.to_string(),
        Value::Hundredths(number) => {
            format!("{}{},{:02}", if *number < 0 { "-" } else { "" }, number.abs() / 100, number.abs() % 100)
        }
        Value::Whole(number) => number.to_string(),
        Value::YesNo(answer) => if *answer { "ja" } else { "nee" }.to_owned(),
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([';', '"', '\n', '\r', ',']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};
    use chrono::NaiveDate;

    use super::*;

    fn list() -> Export {
        let day: NaiveDate = "2026-11-02".parse().unwrap();
        Export {
            name: "lijst",
            headings: vec!["naam".into(), "dag".into(), "aantal".into()],
            rows: vec![
                vec![Value::Text("=HYPERLINK(\"https://boos.example\")".into()), Value::Date(day), Value::Whole(3)],
                vec![Value::Text("Werk; en \"meer\"".into()), Value::Empty, Value::YesNo(true)],
            ],
        }
    }

    #[test]
    fn a_csv_holds_no_formula_and_quotes_what_would_break_a_row() {
        let csv = String::from_utf8(list().csv()).unwrap();
        let expected = "\u{feff}naam;dag;aantal\r\n\
            \"'=HYPERLINK(\"\"https://boos.example\"\")\";2026-11-02;3\r\n\
            \"Werk; en \"\"meer\"\"\";;ja\r\n";
        assert_eq!(csv, expected);
    }

    #[test]
    fn every_start_of_a_formula_is_made_harmless() {
        for start in ["=1", "+1", "-1", "@x", "\tx", "\rx"] {
            let rows = vec![vec![Value::Text(start.into())]];
            let csv = String::from_utf8(Export { name: "x", headings: vec!["a".into()], rows }.csv()).unwrap();
            let cell = csv.lines().nth(1).unwrap().trim_start_matches('"');
            assert!(cell.starts_with('\''), "{start:?} gives {cell:?}");
        }
    }

    #[test]
    fn a_workbook_holds_text_as_text_and_days_as_days() {
        let bytes = list().xlsx().unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("lijst").unwrap();
        assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("=HYPERLINK(\"https://boos.example\")".into())));
        assert!(matches!(sheet.get_value((1, 1)), Some(Data::DateTime(_))));
        assert!(book.worksheet_formula("lijst").unwrap().is_empty());
    }
}
