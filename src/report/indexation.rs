//! The proposal of an indexation on paper and as a workbook (indexeringsvoorstel): per product the old tariff, the formula
//! and the new amount, to lay before the table. The system proposes and a person decides; that stands on it.

use chrono::{DateTime, FixedOffset};
use i18n_embed_fl::fl;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::check::printable;
use super::document::{Block, Cell, Column, Document, Fact, Identity, Level, Note, Row, Running, Table, Tone};
use crate::money::Cents;
use crate::procedure::indexation::{IndexState, Indexation};
use crate::text::Lang;

/// Puts the proposal together, as it is now.
pub fn compose(found: &Indexation, municipality: &str, made_on: DateTime<FixedOffset>, lang: Lang) -> Document {
    let t = lang.texts();
    let title = fl!(t, "indexation-title", day = lang.day(found.valid_from));
    let from = fl!(t, "report-letter-municipality", name = municipality);
    let state = match &found.established {
        Some((_, by)) => fl!(t, "indexation-established-by", name = by.as_str()),
        None => fl!(t, "indexation-proposed"),
    };
    let row = |line: &crate::procedure::indexation::IndexLine| {
        let name = format!("{} {}", line.code, line.name.in_lang(lang));
        Row::of(vec![
            Cell::strong(printable(&name)).below(printable(&line.reason)),
            Cell::text(lang.money(line.old)),
            Cell::text(lang.money(line.computed)),
            Cell::text(lang.money(line.new)),
        ])
    };
    let table = Table {
        caption: fl!(t, "indexation-lines"),
        summary: fl!(t, "indexation-summary"),
        columns: vec![
            Column::text(fl!(t, "indexation-product")),
            Column::number(fl!(t, "indexation-old")),
            Column::number(fl!(t, "indexation-computed")),
            Column::number(fl!(t, "indexation-new")),
        ],
        row_header: 0,
        rows: found.lines.iter().map(row).collect(),
    };
    Document {
        identity: Identity { id: format!("indexering-{}-{lang}", found.valid_from), author: from.clone(), made_on },
        lang,
        title: title.clone(),
        header: Running::new(from, lang.day(made_on.date_naive())),
        footer: Running::new(title.clone(), state.clone()),
        blocks: vec![
            Block::Heading(Level::H1, title),
            Block::Note(Note {
                tone: Tone::Watch,
                title: fl!(t, "indexation-note-title"),
                text: fl!(t, "indexation-note"),
            }),
            Block::Facts(vec![
                Fact::new(fl!(t, "indexation-from"), lang.day(found.valid_from)),
                Fact::new(fl!(t, "indexation-state"), state),
                Fact::new(fl!(t, "indexation-made-by"), printable(&found.made_by)),
                Fact::new(fl!(t, "indexation-formula"), printable(&found.method.in_words(lang))),
            ]),
            Block::Table(table),
        ],
    }
}

/// The same as a workbook. Texts are written as texts, so that nothing becomes a formula.
pub fn workbook(found: &Indexation, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let t = lang.texts();
    let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(fl!(t, "indexation-sheet"))?;
    let headings = [
        fl!(t, "indexation-code"),
        fl!(t, "indexation-product"),
        fl!(t, "indexation-old"),
        fl!(t, "indexation-formula"),
        fl!(t, "indexation-computed"),
        fl!(t, "indexation-new"),
        fl!(t, "indexation-reason"),
    ];
    for (column, heading) in headings.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, heading, &bold)?;
        sheet.set_column_width(column as u16, 18.0)?;
    }
    let formula = found.method.in_words(lang);
    for (place, line) in found.lines.iter().enumerate() {
        let row = place as u32 + 1;
        sheet.write_string(row, 0, &line.code)?;
        sheet.write_string(row, 1, line.name.in_lang(lang))?;
        sheet.write_string(row, 3, &formula)?;
        sheet.write_string(row, 6, &line.reason)?;
        for (column, amount) in [(2, line.old), (4, line.computed), (5, line.new)] {
            sheet.write_number_with_format(row, column, euros(amount), &money)?;
        }
    }
    let last = found.lines.len() as u32 + 2;
    sheet.write_string(last, 0, fl!(t, "indexation-note"))?;
    if found.state == IndexState::Established {
        sheet.write_string(last + 1, 0, fl!(t, "indexation-established"))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    book.save_to_buffer()
}

fn euros(amount: Cents) -> f64 {
    amount.0 as f64 / 100.0
}
