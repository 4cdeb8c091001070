//! Finding the tables in a workbook by their names, and the columns by the names in the first row.

use super::parse::name_key;
use super::remark::{Concern, Place, Problem, Remark};
use super::table::Table;
use super::{Cell, Row, Sheet, Workbook, column_letters};
use crate::ids::holds_bsn;

/// A table that was found, and where each of its columns stands.
pub struct Found<'a> {
    pub table: &'static Table,
    pub sheet: &'a Sheet,
    /// In the order of the table's columns.
    pub(super) at: Vec<Option<u16>>,
}

impl Found<'_> {
    /// The rows under the heading.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sheet.rows.iter().filter(|row| row.number > 1)
    }

    /// What stands in the first column of the table, by which people know the row; empty when nothing does.
    pub fn key(&self, row: &Row) -> String {
        let cell = self.at.first().copied().flatten().and_then(|position| row.cell(position));
        cell.map(|cell| cell.shown().trim().to_owned()).unwrap_or_default()
    }
}

/// Lays the sheets on the table. `aside` are names of sheets that may be there and are not read. A citizen service
/// number is refused wherever it stands, also in sheets and columns that are not read.
pub fn lay_out<'a>(
    book: &'a Workbook,
    tables: &[&'static Table],
    aside: &[&str],
    faults: &mut Vec<Remark<Problem>>,
    warnings: &mut Vec<Remark<Concern>>,
) -> Vec<Found<'a>> {
    let mut all_found: Vec<Found<'a>> = Vec::new();
    for file in &book.ignored_files {
        warnings.push(Remark::new(Place::sheet(file), "", Concern::FileIgnored));
    }
    for sheet in &book.sheets {
        if aside.iter().any(|name| name_key(name) == name_key(&sheet.name)) {
            refuse_bsn(sheet, &[], faults);
            continue;
        }
        let place = Place::sheet(&sheet.name);
        let Some(table) = tables.iter().find(|table| name_key(table.name) == name_key(&sheet.name)) else {
            let nearest = nearest(&sheet.name, tables.iter().map(|table| table.name));
            // A slip of the finger in its name must not leave a whole sheet unread.
            let missing = |name: &String| !book.sheets.iter().any(|other| name_key(&other.name) == name_key(name));
            match nearest.filter(missing) {
                Some(name) => faults.push(Remark::new(place, "", Problem::SheetMisspelt { name })),
                None => warnings.push(Remark::new(place, "", Concern::UnknownSheet)),
            }
            refuse_bsn(sheet, &[], faults);
            continue;
        };
        if sheet.hidden {
            warnings.push(Remark::new(place.clone(), "", Concern::HiddenSheet));
        }
        if sheet.merged {
            warnings.push(Remark::new(place.clone(), "", Concern::MergedCells));
        }
        if all_found.iter().any(|found| std::ptr::eq(found.table, *table)) {
            faults.push(Remark::new(place, "", Problem::SheetTwice));
            continue;
        }
        let Some(at) = read_heading(sheet, table, faults, warnings) else { continue };
        let found = Found { table, sheet, at };
        let read: Vec<u16> = found.at.iter().flatten().copied().collect();
        refuse_bsn(sheet, &read, faults);
        all_found.push(found);
    }
    all_found
}

/// None for a sheet without anything in it, or without a heading in row 1.
fn read_heading(
    sheet: &Sheet,
    table: &'static Table,
    faults: &mut Vec<Remark<Problem>>,
    warnings: &mut Vec<Remark<Concern>>,
) -> Option<Vec<Option<u16>>> {
    let first = sheet.rows.first()?;
    if first.number != 1 || known_columns(first, table) == 0 {
        let place = Place::row(&sheet.name, 1);
        let heading = sheet.rows.iter().take(20).find(|row| known_columns(row, table) >= 2);
        let problem = heading.map_or(Problem::NoHeading, |row| Problem::HeadingElsewhere { row: row.number });
        faults.push(Remark::new(place, "", problem));
        return None;
    }
    let mut at = vec![None; table.columns.len()];
    for (position, cell) in &first.cells {
        let name = cell.shown();
        match table.columns.iter().position(|column| name_key(column.name) == name_key(&name)) {
            Some(column) if at[column].is_some() => {
                faults.push(Remark::new(Place::cell(&sheet.name, 1, &name), "", Problem::ColumnTwice));
            }
            Some(column) => at[column] = Some(*position),
            None => {
                let missing = table.columns.iter().map(|column| column.name);
                let concern = Concern::UnknownColumn { nearest: nearest(&name, missing) };
                let place = Place::cell(&sheet.name, 1, &column_name(sheet, *position));
                warnings.push(Remark::new(place, "", concern));
            }
        }
    }
    for (column, position) in table.columns.iter().zip(&at) {
        if column.required && position.is_none() {
            faults.push(Remark::new(Place::cell(&sheet.name, 1, column.name), "", Problem::ColumnMissing));
        }
    }
    Some(at)
}

fn known_columns(row: &Row, table: &Table) -> usize {
    let known = |cell: &Cell| {
        let key = name_key(&cell.shown());
        table.columns.iter().any(|column| name_key(column.name) == key)
    };
    row.cells.iter().filter(|(_, cell)| known(cell)).count()
}

/// "Een getal van negen cijfers dat de elfproef doorstaat wordt geweigerd" (quarter-statement.md). `read` are the
/// columns that are looked at cell by cell later on.
fn refuse_bsn(sheet: &Sheet, read: &[u16], faults: &mut Vec<Remark<Problem>>) {
    for row in &sheet.rows {
        for (position, cell) in &row.cells {
            let suspect = matches!(cell, Cell::Text(_) | Cell::Number(_)) && holds_bsn(&cell.shown());
            if suspect && (row.number == 1 || !read.contains(position)) {
                let place = Place::cell(&sheet.name, row.number, &column_name(sheet, *position));
                faults.push(Remark::new(place, "", Problem::HoldsBsn));
            }
        }
    }
}

/// The name in the heading, or the letters of a column without one. A heading that holds a citizen service number is not
/// repeated either.
fn column_name(sheet: &Sheet, position: u16) -> String {
    let heading = sheet.rows.first().filter(|row| row.number == 1).and_then(|row| row.cell(position));
    match heading.map(Cell::shown) {
        Some(name) if !holds_bsn(&name) => name.trim().to_owned(),
        _ => column_letters(position),
    }
}

/// A known name at most two slips of the finger away.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let typed = name_key(typed);
    let distance = |name: &&str| strsim::levenshtein(&name_key(name), &typed);
    known.min_by_key(distance).filter(|name| distance(name) <= 2 && typed.len() > 3).map(str::to_owned)
}

/// The cell of a place, for marking it: the position of the column, or the first cell when the place is a whole row.
pub(super) fn position(sheet: &Sheet, place: &Place) -> Option<(u32, u16)> {
    let row = place.row?;
    let Some(name) = &place.column else { return Some((row, 0)) };
    let heading = sheet.rows.first().filter(|first| first.number == 1)?;
    let named = heading.cells.iter().find(|(_, cell)| name_key(&cell.shown()) == name_key(name));
    let lettered = || (0..=16_383).find(|column| column_letters(*column) == *name);
    named.map(|(column, _)| *column).or_else(lettered).map(|column| (row, column))
}
