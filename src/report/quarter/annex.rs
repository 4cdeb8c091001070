//! The annex: what every indicator counts, the settings it was counted with, and the hash to check it all by.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::super::document::{Block, Cell, Column, Fact, Level, Row, Table, Tone};
use super::super::written;
use super::{Coverage, IndicatorLine, Material, SettingLine};

pub fn chapter(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let differs = material.settings.iter().any(SettingLine::differs);
    let intro =
        if differs { fl!(texts, "report-settings-intro-different") } else { fl!(texts, "report-settings-intro-same") };
    vec![
        Block::NewPage,
        Block::Heading(Level::H2, fl!(texts, "report-annex")),
        Block::Heading(Level::H3, fl!(texts, "report-definitions")),
        Block::Table(definitions(&material.indicators, lang)),
        Block::Heading(Level::H3, fl!(texts, "report-settings")),
        Block::text(intro),
        Block::Table(settings(&material.settings, lang)),
        Block::Heading(Level::H3, fl!(texts, "report-frozen")),
        Block::text(fl!(texts, "report-frozen-intro")),
        Block::text(covers(material, lang)),
        Block::Facts(vec![
            Fact::new(fl!(texts, "report-document-id"), material.id()),
            Fact::new(fl!(texts, "report-engine"), &material.engine_version),
            Fact::new(
                fl!(texts, "report-sha256"),
                material.sha256.clone().unwrap_or_else(|| fl!(texts, "report-not-frozen")),
            ),
        ]),
    ]
}

/// What the hash covers, and of which day the rest is.
pub(super) fn covers(material: &Material, lang: Lang) -> String {
    let (texts, date) = (lang.texts(), |day| written::date(day, lang));
    match material.coverage {
        Coverage::Whole => fl!(texts, "report-covers-whole"),
        Coverage::Quarter { rest_as_of } => fl!(texts, "report-covers-quarter", date = date(rest_as_of)),
        Coverage::Findings { rest_as_of } => fl!(texts, "report-covers-findings", date = date(rest_as_of)),
    }
}

fn definitions(lines: &[IndicatorLine], lang: Lang) -> Table {
    let texts = lang.texts();
    let row = |line: &IndicatorLine| {
        Row::of(vec![
            Cell::text(line.number.to_string()),
            Cell::text(line.name.pick(lang)),
            Cell::text(line.definition.pick(lang)),
        ])
    };
    Table {
        caption: fl!(texts, "report-definitions-caption"),
        summary: fl!(texts, "report-definitions-summary"),
        columns: vec![
            Column::number(fl!(texts, "report-number")),
            Column::text(fl!(texts, "report-indicator")),
            Column::text(fl!(texts, "report-definition")),
        ],
        row_header: 1,
        rows: lines.iter().map(row).collect(),
    }
}

fn settings(lines: &[SettingLine], lang: Lang) -> Table {
    let texts = lang.texts();
    let row = |line: &SettingLine| {
        let compared = match line.differs() {
            true => Cell::status(Tone::Watch, false, fl!(texts, "report-different")),
            false => Cell::text(fl!(texts, "report-same")),
        };
        let meaning = Cell::text(line.meaning.pick(lang)).below(&line.key);
        Row::of(vec![meaning, Cell::text(line.used.pick(lang)), Cell::text(line.default.pick(lang)), compared])
    };
    Table {
        caption: fl!(texts, "report-settings-caption"),
        summary: fl!(texts, "report-settings-summary"),
        columns: vec![
            Column::text(fl!(texts, "report-setting")),
            Column::text(fl!(texts, "report-used")),
            Column::text(fl!(texts, "report-default")),
            Column::text(fl!(texts, "report-compared")),
        ],
        row_header: 0,
        rows: lines.iter().map(row).collect(),
    }
}
