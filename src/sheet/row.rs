//! One row, read cell by cell: every method gives the value, or nothing when the cell is empty or refused. All
//! faults of a row are gathered, so nobody repairs them one at a time.

use std::str::FromStr;

use chrono::NaiveDate;
use validator::ValidateEmail;

use super::heading::Found;
use super::parse::{self, name_key};
use super::remark::{Place, Problem, Remark};
use super::table::Kind;
use super::{Cell, Row};
use crate::ids::{Kvk, holds_bsn};
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;

pub struct RowReader<'a> {
    found: &'a Found<'a>,
    row: &'a Row,
    faults: Vec<Remark<Problem>>,
}

impl<'a> RowReader<'a> {
    pub fn new(found: &'a Found<'a>, row: &'a Row) -> RowReader<'a> {
        RowReader { found, row, faults: Vec::new() }
    }

    pub fn number(&self) -> u32 {
        self.row.number
    }

    pub fn into_faults(self) -> Vec<Remark<Problem>> {
        self.faults
    }

    /// None as soon as one cell of the row was refused: a row is taken whole or not at all.
    pub fn without_fault(&self) -> Option<()> {
        self.faults.is_empty().then_some(())
    }

    pub fn text(&mut self, column: &str) -> Option<String> {
        let (max, line_breaks) = match self.kind(column) {
            Kind::Text(max) => (max, false),
            Kind::LongText(max) => (max, true),
            other => panic!("column {column} holds {other:?}, no text"),
        };
        self.read(column, |cell| {
            let text = parse::clean(&as_text(cell)?, line_breaks)?;
            match text.chars().count() > max {
                true => Err(Problem::TooLong { max }),
                false => Ok(text),
            }
        })
    }

    /// In lower case: people write addresses in many ways, and mail goes to one box.
    pub fn email(&mut self, column: &str) -> Option<String> {
        self.read(column, |cell| {
            let address = parse::clean(&as_text(cell)?, false)?.to_lowercase();
            if address.validate_email() { Ok(address) } else { Err(Problem::NotAnEmail) }
        })
    }

    /// A spreadsheet takes the nought from the head of a number; eight digits are a KvK number's form, so it is put back.
    pub fn kvk(&mut self, column: &str) -> Option<Kvk> {
        self.read(column, |cell| {
            let digits = match cell {
                Cell::Number(number) if number.fract() == 0.0 && (1e6..1e8).contains(number) => format!("{number:08}"),
                other => parse::clean(&as_text(other)?, false)?,
            };
            digits.parse().map_err(|_| Problem::NotAKvk)
        })
    }

    pub fn quarter(&mut self, column: &str) -> Option<Quarter> {
        self.read(column, |cell| match cell {
            Cell::Date(_) => Err(Problem::QuarterBecameDate),
            other => other.shown().trim().parse().map_err(|_| Problem::NotAQuarter),
        })
    }

    pub fn date(&mut self, column: &str) -> Option<NaiveDate> {
        self.read(column, |cell| match cell {
            Cell::Date(moment) => parse::plausible(moment.date()),
            Cell::Text(text) => parse::date(text),
            Cell::Number(_) => Err(Problem::NumberForDate),
            Cell::Bool(_) | Cell::Formula(_) | Cell::Error(_) => Err(Problem::NotADate),
        })
    }

    pub fn amount(&mut self, column: &str) -> Option<Cents> {
        self.read(column, |cell| hundredths(cell, Problem::NotAnAmount).map(Cents))
    }

    pub fn quantity(&mut self, column: &str) -> Option<Hundredths> {
        self.read(column, |cell| hundredths(cell, Problem::NotAQuantity).map(Hundredths))
    }

    pub fn whole(&mut self, column: &str) -> Option<u32> {
        let Kind::Whole(min, max) = self.kind(column) else { panic!("column {column} holds no whole number") };
        self.read(column, |cell| {
            let number = match cell {
                Cell::Number(number) if number.fract() == 0.0 && (0.0..=f64::from(max)).contains(number) => {
                    Some(*number as u32)
                }
                Cell::Text(text) if text.trim().bytes().all(|b| b.is_ascii_digit()) => text.trim().parse().ok(),
                _ => None,
            };
            number.filter(|number| (min..=max).contains(number)).ok_or(Problem::NotWhole { min, max })
        })
    }

    /// A whole number that fits a byte.
    pub fn step(&mut self, column: &str) -> Option<u8> {
        self.whole(column).and_then(|number| u8::try_from(number).ok())
    }

    pub fn yes_no(&mut self, column: &str) -> Option<bool> {
        self.read(column, |cell| match cell {
            Cell::Bool(answer) => Ok(*answer),
            other => parse::yes_no(&other.shown()).ok_or(Problem::NotYesNo),
        })
    }

    pub fn choice<T: FromStr>(&mut self, column: &str) -> Option<T> {
        let Kind::Choice(words) = self.kind(column) else { panic!("column {column} has no list of words") };
        self.read(column, |cell| {
            let typed = name_key(&cell.shown());
            let code = words.iter().find(|(word, _)| name_key(word) == typed).map(|(_, code)| *code);
            code.and_then(|code| code.parse().ok()).ok_or_else(|| {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Problem::NotOnList { words: words.join(", ") }
            })
        })
    }

    /// `45` or `12;85`. A spreadsheet takes the nought from `01`; a code has two digits, so it is put back.
    pub fn codes(&mut self, column: &str) -> Option<Vec<String>> {
        self.read(column, |cell| {
            let text = match cell {
                Cell::Number(number) if number.fract() == 0.0 && (0.0..100.0).contains(number) => {
                    format!("{number:02}")
                }
                Cell::Text(text) => text.clone(),
                _ => return Err(Problem::NotCodes),
            };
            let codes: Vec<String> =
                text.split([';', ',', ' ', '+']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
            let well_formed = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit());
            if !codes.is_empty() && codes.iter().all(well_formed) { Ok(codes) } else { Err(Problem::NotCodes) }
        })
    }

    pub fn is_filled(&self, column: &str) -> bool {
        self.cell(column).is_some()
    }

    /// A column that is required because of what stands in another.
    pub fn require(&mut self, column: &str) {
        if !self.is_filled(column) {
            self.refuse(column, "", Problem::Missing);
        }
    }

    fn read<T>(&mut self, column: &str, parse: impl FnOnce(&Cell) -> Result<T, Problem>) -> Option<T> {
        let Some(cell) = self.cell(column) else {
            let position = self.found.table.position(column);
            // Without the whole column the fault is the heading's, and was told there.
            if self.found.table.columns[position].required && self.found.at[position].is_some() {
                self.refuse(column, "", Problem::Missing);
            }
            return None;
        };
        let problem = match (cell, self.kind(column)) {
            (Cell::Error(_), _) => Problem::FormulaError,
            (Cell::Formula(text), _) if holds_bsn(text) => Problem::HoldsBsn,
            (Cell::Formula(_), _) => Problem::FormulaWithoutResult,
            (cell, Kind::Text(_) | Kind::LongText(_) | Kind::Email) if holds_bsn(&cell.shown()) => Problem::HoldsBsn,
            (cell, _) => match parse(cell) {
                Ok(value) => return Some(value),
                Err(_) if holds_bsn(&cell.shown()) => Problem::HoldsBsn,
                Err(problem) => problem,
            },
        };
        let found = if problem == Problem::HoldsBsn { String::new() } else { cell.shown() };
        self.refuse(column, &found, problem);
        None
    }

    fn refuse(&mut self, column: &str, found: &str, problem: Problem) {
        let place = Place::cell(&self.found.sheet.name, self.row.number, column);
        self.faults.push(Remark::new(place, found, problem));
    }

    fn cell(&self, column: &str) -> Option<&'a Cell> {
        self.row.cell(self.found.at[self.found.table.position(column)]?)
    }

    fn kind(&self, column: &str) -> Kind {
        self.found.table.columns[self.found.table.position(column)].kind
    }
}

/// A number in a text cell is taken as its digits, if the spreadsheet kept them all.
fn as_text(cell: &Cell) -> Result<String, Problem> {
    match cell {
        Cell::Text(text) => Ok(text.clone()),
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Ok(format!("{number:.0}")),
        Cell::Number(_) => Err(Problem::TextBecameNumber),
        Cell::Date(_) => Err(Problem::TextBecameDate),
        Cell::Bool(_) | Cell::Formula(_) | Cell::Error(_) => Ok(cell.shown()),
    }
}

fn hundredths(cell: &Cell, not_a_number: Problem) -> Result<i64, Problem> {
    match cell {
        Cell::Number(number) => parse::hundredths_of(*number),
        Cell::Text(text) => parse::hundredths(&text.replace(['\u{a0}', '\u{202f}'], " "), not_a_number),
        Cell::Date(_) | Cell::Bool(_) | Cell::Formula(_) | Cell::Error(_) => Err(not_a_number),
    }
}
