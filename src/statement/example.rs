//! A statement to test with: the examples of the template, one row a sheet, of which a test changes what it is about.

use rust_xlsxwriter::Workbook;

use super::sheets::TABLES;
use super::{Fault, Reading, read};
use crate::sheet::Source;
use crate::text::Lang;

pub(super) struct Example {
    pub sheets: Vec<(String, Vec<Vec<String>>)>,
}

impl Example {
    pub fn new() -> Example {
        let rows = |columns: &[crate::sheet::Column]| {
            let heading = columns.iter().map(|column| column.name.to_owned()).collect();
            let example = columns.iter().map(|column| column.example.to_owned()).collect();
            vec![heading, example]
        };
        Example { sheets: TABLES.iter().map(|table| (table.name.to_owned(), rows(table.columns))).collect() }
    }

    /// Without a single line, as a template is before it is filled in.
    pub fn empty() -> Example {
        let mut example = Example::new();
        for (_, rows) in &mut example.sheets[1..] {
            rows.truncate(1);
        }
        example
    }

    pub fn sheet(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        &mut self.sheets.iter_mut().find(|(sheet, _)| sheet == name).unwrap().1
    }

    /// Changes a cell of the first row under the heading.
    pub fn with(self, sheet: &str, column: &str, value: &str) -> Example {
        self.with_at(sheet, 2, column, value)
    }

    pub fn with_at(mut self, sheet: &str, row: usize, column: &str, value: &str) -> Example {
        let rows = self.sheet(sheet);
        let position = rows[0].iter().position(|name| name == column).unwrap();
        rows[row - 1][position] = value.to_owned();
        self
    }

    /// Adds a copy of the row above it.
    pub fn again(mut self, sheet: &str) -> Example {
        let rows = self.sheet(sheet);
        rows.push(rows.last().unwrap().clone());
        self
    }

    pub fn csv(&self, delimiter: char) -> Vec<(String, Vec<u8>)> {
        let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string());
        let text = |rows: &Vec<Vec<String>>| rows.iter().map(line).collect::<Vec<_>>().join("\r\n");
        self.sheets.iter().map(|(name, rows)| (format!("{name}.csv"), text(rows).into_bytes())).collect()
    }

    /// Every cell a text.
    pub fn xlsx(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for (name, rows) in &self.sheets {
            let page = workbook.add_worksheet();
            page.set_name(name).unwrap();
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    page.write_string(row as u32, column as u16, cell).unwrap();
                }
            }
        }
        workbook.save_to_buffer().unwrap()
    }

    pub fn read(&self) -> Reading {
        read(Source::Folder(&self.csv(';'))).unwrap()
    }

    /// The messages in Dutch.
    pub fn faults(&self) -> Vec<String> {
        messages(&self.read().faults)
    }

    pub fn warnings(&self) -> Vec<String> {
        self.read().warnings.iter().map(|warning| warning.message(Lang::Nl)).collect()
    }
}

pub(super) fn messages(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| fault.message(Lang::Nl)).collect()
}
