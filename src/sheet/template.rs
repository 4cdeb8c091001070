//! The template (sjabloon): one sheet per table with the headings, their explanations as notes, drop-downs, and a
//! sheet `Uitleg` with an example of every column.

use std::collections::BTreeMap;

use i18n_embed_fl::fl;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError};

use super::table::{Column, Kind, Table};
use super::write::{Formats, Value, fitting, write_heading, write_value};
use super::{MAX_ROWS, column_letters};
use crate::text::Lang;

/// What may be chosen in a column, by the name of the column.
pub type Lists = BTreeMap<&'static str, Vec<Choice>>;

/// One value of a list, and what it stands for when the value itself does not say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub meaning: Option<String>,
}

impl From<String> for Choice {
    fn from(value: String) -> Choice {
        Choice { value, meaning: None }
    }
}

/// The hidden sheet that the drop-downs of `Lists` point to.
const LISTS: &str = "Lijsten";

/// `first_row` are the values that are known beforehand: they go into the first row of the first table.
pub fn template(
    tables: &[&Table],
    lists: &Lists,
    first_row: &[(&str, Value)],
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    for (index, table) in tables.iter().enumerate() {
        let page = workbook.add_worksheet();
        page.set_name(table.name)?;
        write_heading(page, table, &formats)?;
        for (position, column) in table.columns.iter().enumerate() {
            prepare_column(page, position as u16, column, lists, &formats)?;
            let note = Note::new(fitting(&note(table, column, lists, lang)));
            page.insert_note(0, position as u16, &note.add_author_prefix(false).set_width(300).set_height(120))?;
        }
        if index == 0 {
            for (column, value) in first_row {
                write_value(page, 1, table.position(column) as u16, value, &formats)?;
            }
        }
    }
    write_explanation(workbook.add_worksheet(), tables, lists, lang)?;
    write_lists(workbook.add_worksheet(), lists)?;
    workbook.save_to_buffer()
}

/// A column of text is text beforehand, so that the spreadsheet makes no date of `2026-3`.
fn prepare_column(
    page: &mut Worksheet,
    position: u16,
    column: &Column,
    lists: &Lists,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match column.kind {
        Kind::Date => page.set_column_format(position, &formats.date)?,
        Kind::Amount | Kind::Quantity => page.set_column_format(position, &formats.amount)?,
        Kind::Whole(..) | Kind::YesNo => page,
        _ => page.set_column_format(position, &formats.text)?,
    };
    let list = lists.iter().position(|(name, values)| *name == column.name && !values.is_empty());
    let choices = match (column.kind, list) {
        (Kind::YesNo, _) => DataValidation::new().allow_list_strings(&["ja", "nee"])?,
        (Kind::Choice(words), _) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            DataValidation::new().allow_list_strings(&words)?
        }
        (_, Some(list)) => {
            let letters = column_letters(list as u16);
            let rows = lists[column.name].len();
            DataValidation::new().allow_list_formula(Formula::new(format!("={LISTS}!${letters}$1:${letters}${rows}")))
        }
        _ => return Ok(()),
    };
    page.add_data_validation(1, position, MAX_ROWS as u32, position, &choices)?;
    Ok(())
}

/// The first of the column's own list, for that is a value that will be taken; otherwise an invented one.
fn example<'a>(column: &Column, lists: &'a Lists) -> &'a str {
    lists.get(column.name).and_then(|list| list.first()).map_or(column.example, |choice| choice.value.as_str())
}

/// The explanation of a column, and under it what the values of its list stand for.
fn explanation(table: &Table, column: &Column, lists: &Lists, lang: Lang) -> String {
    let meaning = |choice: &Choice| choice.meaning.as_ref().map(|meaning| format!("\n{}: {meaning}", choice.value));
    let meanings: String = lists.get(column.name).into_iter().flatten().filter_map(meaning).collect();
    table.explanation(column, lang) + &meanings
}

fn note(table: &Table, column: &Column, lists: &Lists, lang: Lang) -> String {
    let texts = lang.texts();
    let mut note = table.explanation(column, lang);
    if column.required {
        note = format!("{}\n{note}", fl!(texts, "sheet-note-required"));
    }
    let example = example(column, lists);
    if !example.is_empty() {
        note = format!("{note}\n{}", fl!(texts, "sheet-note-example", example = example));
    }
    note
}

fn write_explanation(page: &mut Worksheet, tables: &[&Table], lists: &Lists, lang: Lang) -> Result<(), XlsxError> {
    let texts = lang.texts();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name("Uitleg")?;
    page.write_string_with_format(0, 0, fl!(texts, "sheet-explain-how"), &bold)?;
    let headings = [
        fl!(texts, "sheet-list-sheet"),
        fl!(texts, "sheet-list-column"),
        fl!(texts, "sheet-explain-required"),
        fl!(texts, "sheet-explain-explanation"),
        fl!(texts, "sheet-explain-example"),
    ];
    for (column, heading) in headings.iter().enumerate() {
        page.write_string_with_format(1, column as u16, heading, &bold)?;
    }
    for (column, width) in [18, 30, 11, 80, 40].into_iter().enumerate() {
        page.set_column_width(column as u16, width)?;
    }
    page.set_freeze_panes(2, 0)?;
    let columns = tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    for (index, (table, column)) in columns.enumerate() {
        let row = index as u32 + 2;
        page.write_string_with_format(row, 0, table.name, &wrapped)?;
        page.write_string_with_format(row, 1, column.name, &wrapped)?;
        page.write_string_with_format(row, 2, if column.required { "ja" } else { "nee" }, &wrapped)?;
        page.write_string_with_format(row, 3, fitting(&explanation(table, column, lists, lang)), &wrapped)?;
        page.write_string_with_format(row, 4, fitting(example(column, lists)), &wrapped)?;
    }
    Ok(())
}

fn write_lists(page: &mut Worksheet, lists: &Lists) -> Result<(), XlsxError> {
    page.set_name(LISTS)?;
    page.set_hidden(true);
    for (column, values) in lists.values().enumerate() {
        for (row, choice) in values.iter().enumerate() {
            page.write_string(row as u32, column as u16, fitting(&choice.value))?;
        }
    }
    Ok(())
}
