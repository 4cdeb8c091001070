//! The annex: what every indicator counts, the settings it was counted with, and the hash to check it all by.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::super::document::{Block, Cell, Column, Fact, Level, Row, Table};
use super::{Coverage, IndicatorLine, Material, SettingLine};

pub fn chapter(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let mut blocks = vec![
        Block::Heading(Level::H2, fl!(texts, "report-annex")),
        Block::Table(definitions(&material.indicators, lang)),
    ];
    if material.settings.iter().any(SettingLine::differs) {
        blocks.push(Block::Heading(Level::H3, fl!(texts, "report-settings")));
        blocks.push(Block::text(fl!(texts, "report-settings-different")));
        blocks.push(Block::Table(settings(&material.settings, lang)));
    }
    blocks.push(Block::Heading(Level::H3, fl!(texts, "report-frozen")));
    blocks.push(Block::text(fl!(texts, "report-frozen-intro")));
    blocks.push(Block::text(covers(material, lang)));
    blocks.push(Block::Facts(frozen(material, lang)));
    blocks
}

/// What the hash covers, and of which day the rest is.
pub(super) fn covers(material: &Material, lang: Lang) -> String {
    let (texts, date) = (lang.texts(), |day| lang.day(day));
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
            Cell::text(format!("{}. {}", line.number, line.name.pick(lang))),
            Cell::text(line.definition.pick(lang)),
        ])
    };
    Table {
        caption: fl!(texts, "report-definitions-caption"),
        summary: fl!(texts, "report-definitions-summary"),
        columns: vec![Column::text(fl!(texts, "report-indicator")), Column::text(fl!(texts, "report-definition"))],
        row_header: 0,
        rows: lines.iter().map(row).collect(),
    }
}

/// Only what differs from the default is listed: the version of the definitions stands for the rest.
fn settings(lines: &[SettingLine], lang: Lang) -> Table {
    let texts = lang.texts();
    let rows = lines.iter().filter(|line| line.differs()).map(|line| {
        let meaning = Cell::text(line.meaning.pick(lang)).below(&line.key);
        Row::of(vec![meaning, Cell::strong(line.used.pick(lang)), Cell::text(line.default.pick(lang))])
    });
    Table {
        caption: fl!(texts, "report-settings-caption"),
        summary: fl!(texts, "report-settings-summary"),
        columns: vec![
            Column::text(fl!(texts, "report-setting")),
            Column::text(fl!(texts, "report-used")),
            Column::text(fl!(texts, "report-default")),
        ],
        row_header: 0,
        rows: rows.collect(),
    }
}

/// What it takes to compute the report again.
fn frozen(material: &Material, lang: Lang) -> Vec<Fact> {
    let texts = lang.texts();
    let mut facts = vec![
        Fact::new(fl!(texts, "report-document-id"), material.id()),
        Fact::new(fl!(texts, "report-engine"), &material.engine_version),
    ];
    let version = material.settings.iter().find(|line| line.key == "definitions");
    facts.extend(version.map(|line| Fact::new(line.meaning.pick(lang), line.used.pick(lang))));
    if !material.settings.iter().any(SettingLine::differs) {
        facts.push(Fact::new(fl!(texts, "report-settings"), fl!(texts, "report-settings-same")));
    }
    let digest = material.sha256.clone().unwrap_or_else(|| fl!(texts, "report-not-frozen"));
    facts.push(Fact::new(fl!(texts, "report-sha256"), digest));
    facts
}
