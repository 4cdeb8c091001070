//! The sender's own file back, with the refused cells marked (gemarkeerd bestand): red, a note with the message, and a
//! sheet `Fouten` that lists them all.

use std::collections::{BTreeMap, BTreeSet};

use i18n_embed_fl::fl;
use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook, Worksheet, XlsxError};

use super::heading::position;
use super::open::{Refusal, Source, open};
use super::parse::name_key;
use super::remark::{Remark, Wording};
use super::write::{excel_day, fitting};
use super::{Cell, Sheet};
use crate::text::Lang;

/// The sheet with the list. One that came with the file is from an earlier round, and is replaced.
const LIST: &str = "Fouten";

/// Always a workbook, also when CSV came in. Every sheet, column and value of the file stands in it: dates as dates,
/// text as text, formulas as their last value.
pub fn mark<W: Wording>(source: Source<'_>, faults: &[Remark<W>], lang: Lang) -> Result<Vec<u8>, Refusal> {
    let original = open(source)?;
    let sheets: Vec<&Sheet> = original.sheets.iter().filter(|sheet| name_key(&sheet.name) != name_key(LIST)).collect();
    Ok(write(&sheets, faults, lang).expect("names and texts were made to fit before they were written"))
}

fn write<W: Wording>(sheets: &[&Sheet], faults: &[Remark<W>], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    write_list(workbook.add_worksheet(), faults, lang)?;
    let mut taken = BTreeSet::from([LIST.to_lowercase()]);
    for sheet in sheets {
        let mut marks: BTreeMap<(u32, u16), Vec<String>> = BTreeMap::new();
        for fault in faults.iter().filter(|fault| name_key(&fault.place.sheet) == name_key(&sheet.name)) {
            if let Some(place) = position(sheet, &fault.place) {
                marks.entry(place).or_default().push(fault.what.wording(lang));
            }
        }
        let page = workbook.add_worksheet();
        page.set_name(valid_name(&sheet.name, &mut taken))?;
        page.set_hidden(sheet.hidden);
        write_sheet(page, sheet, &marks, &looks)?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(
    page: &mut Worksheet,
    sheet: &Sheet,
    marks: &BTreeMap<(u32, u16), Vec<String>>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let width = sheet.rows.first().and_then(|row| row.cells.last()).map_or(0, |(column, _)| *column);
    page.set_column_range_width(0, width, 16)?;
    page.set_freeze_panes(1, 0)?;
    for row in &sheet.rows {
        for (column, cell) in &row.cells {
            let marked = marks.contains_key(&(row.number, *column));
            write_cell(page, row.number - 1, *column, cell, if marked { &looks.marked } else { &looks.plain })?;
        }
    }
    for ((row, column), messages) in marks {
        let found = sheet.rows.binary_search_by_key(row, |r| r.number);
        if !found.is_ok_and(|index| sheet.rows[index].cell(*column).is_some()) {
            page.write_blank(row - 1, *column, &looks.marked.text)?;
        }
        let note = Note::new(fitting(&messages.join("\n"))).add_author_prefix(false).set_width(320).set_height(110);
        page.insert_note(row - 1, *column, &note)?;
    }
    Ok(())
}

/// Never as a formula, whatever the text begins with.
fn write_cell(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, look: &Look) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) | Cell::Formula(text) | Cell::Error(text) => {
            page.write_string_with_format(row, column, fitting(text), &look.text)?;
        }
        Cell::Number(number) => {
            page.write_number_with_format(row, column, *number, &look.number)?;
        }
        Cell::Bool(answer) => {
            page.write_boolean_with_format(row, column, *answer, &look.number)?;
        }
        Cell::Date(moment) => {
            let midnight = moment.time() == chrono::NaiveTime::MIN;
            let date: Option<ExcelDateTime> = excel_day(moment.date());
            match date.filter(|_| midnight) {
                Some(date) => page.write_datetime_with_format(row, column, date, &look.date)?,
                None => page.write_string_with_format(row, column, moment.to_string(), &look.text)?,
            };
        }
    }
    Ok(())
}

fn write_list<W: Wording>(page: &mut Worksheet, faults: &[Remark<W>], lang: Lang) -> Result<(), XlsxError> {
    let texts = lang.texts();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    page.set_name(LIST)?;
    let headings = [
        fl!(texts, "sheet-list-sheet"),
        fl!(texts, "sheet-list-row"),
        fl!(texts, "sheet-list-column"),
        fl!(texts, "sheet-list-found"),
        fl!(texts, "sheet-list-message"),
    ];
    for (column, heading) in headings.iter().enumerate() {
        page.write_string_with_format(0, column as u16, heading, &bold)?;
    }
    for (column, width) in [18, 8, 24, 30, 90].into_iter().enumerate() {
        page.set_column_width(column as u16, width)?;
    }
    page.set_freeze_panes(1, 0)?;
    for (index, fault) in faults.iter().enumerate() {
        let row = index as u32 + 1;
        page.write_string(row, 0, fitting(&fault.place.sheet))?;
        if let Some(number) = fault.place.row {
            page.write_number(row, 1, number)?;
        }
        page.write_string(row, 2, fitting(fault.place.column.as_deref().unwrap_or_default()))?;
        page.write_string(row, 3, &fault.found)?;
        page.write_string_with_format(row, 4, fitting(&fault.what.wording(lang)), &wrapped)?;
    }
    Ok(())
}

/// A name a spreadsheet accepts: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end, and not used before.
fn valid_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { '_' } else { c }).take(26).collect();
    let plain = if plain.trim().is_empty() { "Blad".to_owned() } else { plain };
    let mut unique = plain.clone();
    let mut count = 1;
    while !taken.insert(unique.to_lowercase()) {
        count += 1;
        unique = format!("{plain} {count}");
    }
    unique
}

struct Looks {
    plain: Look,
    marked: Look,
}

struct Look {
    text: Format,
    number: Format,
    date: Format,
}

impl Looks {
    fn new() -> Looks {
        let red = Format::new().set_background_color(0xFFC7CE).set_font_color(0x9C0006);
        Looks { plain: Look::on(Format::new()), marked: Look::on(red) }
    }
}

impl Look {
    fn on(base: Format) -> Look {
        Look { text: base.clone().set_num_format("@"), date: base.clone().set_num_format("dd-mm-yyyy"), number: base }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_a_name_that_a_spreadsheet_accepts() {
        let mut taken = BTreeSet::new();
        for name in ["Kosten", "kosten", "a/b", "", "'x'", &"lang ".repeat(20), &"lang ".repeat(20)] {
            let valid = valid_name(name, &mut taken);
            assert!(Worksheet::new().set_name(&valid).is_ok(), "{valid:?}");
        }
        assert_eq!(taken.len(), 7);
    }
}
