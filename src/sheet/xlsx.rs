//! Reading an XLSX workbook that was found safe: cell by cell, so that one cell in the far corner costs one cell.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::AssertUnwindSafe;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};
use chrono::{NaiveDate, NaiveDateTime};

use super::open::Refusal;
use super::{Cell, MAX_ROWS, MAX_SHEETS, Row, Sheet};
use crate::written::composed;

/// Many cells may point at one long shared text; read out, all texts together take no more than this.
const MAX_TEXT: usize = 64 * 1024 * 1024;
/// Of all sheets together, empty ones included.
const MAX_CELLS: usize = 5_000_000;
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// A malformed workbook may make the reader panic; to the sender it is damaged.
pub(super) fn read(bytes: &[u8], merged: bool) -> Result<Vec<Sheet>, Refusal> {
    std::panic::catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, merged))).unwrap_or(Err(Refusal::Damaged))
}

fn read_sheets(bytes: &[u8], merged: bool) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > MAX_SHEETS {
        return Err(Refusal::TooManySheets);
    }
    let mut budget = Budget { cells: MAX_CELLS, text: MAX_TEXT };
    let mut sheets = Vec::new();
    for sheet in metadata.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let merged = merged && !book.merge_cells_by_sheet_name(&sheet.name).map_err(refusal)?.is_empty();
        let rows = read_rows(&mut book, &sheet.name, &mut budget)?;
        let hidden = sheet.visible != SheetVisible::Visible;
        sheets.push(Sheet { name: sheet.name, hidden, merged, rows });
    }
    Ok(sheets)
}

/// What is left of the memory that one workbook may take.
struct Budget {
    cells: usize,
    text: usize,
}

fn read_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, budget: &mut Budget) -> Result<Vec<Row>, Refusal> {
    let mut rows: BTreeMap<u32, Vec<(u16, Cell)>> = BTreeMap::new();
    let mut cells = book.worksheet_cells_reader(name).map_err(refusal)?;
    while let Some(found) = cells.next_cell_with_formula_metadata().map_err(refusal)? {
        budget.cells = budget.cells.checked_sub(1).ok_or(Refusal::TooLarge)?;
        let (row, column) = found.pos;
        if row >= LAST_ROW || column >= LAST_COLUMN {
            return Err(Refusal::Damaged);
        }
        let without_result = found.formula.as_ref().map(formula).filter(|_| found.value == DataRef::Empty);
        let Some(cell) = without_result.or_else(|| cell(&found.value)).filter(|cell| !cell.is_blank()) else {
            continue;
        };
        if let Cell::Text(text) | Cell::Formula(text) = &cell {
            budget.text = budget.text.checked_sub(text.len()).ok_or(Refusal::TooLarge)?;
        }
        rows.entry(row + 1).or_default().push((column as u16, cell));
        // The heading is not counted.
        if rows.len() > MAX_ROWS + 1 {
            return Err(Refusal::TooManyRows { sheet: name.to_owned() });
        }
    }
    let sorted = |(number, mut cells): (u32, Vec<(u16, Cell)>)| {
        cells.sort_by_key(|(column, _)| *column);
        Row { number, cells }
    };
    Ok(rows.into_iter().map(sorted).collect())
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(number) => Cell::Error(number.to_string()),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(composed(text)),
        DataRef::SharedString(text) => Cell::Text(composed(text)),
        DataRef::Bool(answer) => Cell::Bool(*answer),
        DataRef::DateTime(moment) => date_or_time(moment),
        DataRef::DateTimeIso(text) => text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Date),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    })
}

/// So much of a formula is shown.
const FORMULA_SHOWN: usize = 60;

/// Formulas are never computed here: what they come to is for the program that wrote the file to say.
fn formula(metadata: &XlsxFormulaMetadata) -> Cell {
    let text = match metadata {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        // The text stands with the first cell of the group.
        _ => "…",
    };
    Cell::Formula(format!("={}", text.chars().take(FORMULA_SHOWN).collect::<String>()))
}

/// A time without a date (`1:30`) is no date: it becomes the text that the owner sees.
fn date_or_time(moment: &ExcelDateTime) -> Cell {
    if moment.is_duration() || moment.as_f64() < 1.0 {
        let minutes = (moment.as_f64() * 24.0 * 60.0).round();
        return Cell::Text(format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs()));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let moment: Option<NaiveDateTime> = date.and_then(|d| d.and_hms_opt(hour.into(), minute.into(), second.into()));
    // 29 February 1900 exists in spreadsheets only.
    moment.map_or_else(|| Cell::Text(format!("{day:02}-{month:02}-{year}")), Cell::Date)
}

fn refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged,
    }
}
