//! What stands beside the indicators: duties, exclusions, costs, what expires, VOGs, complaints and open actions.

use i18n_embed_fl::fl;

use crate::money::Cents;
use crate::text::Lang;

use super::super::document::{Amount, Block, Cell, Chart, Column, Fact, Figure, Level, Row, Table};
use super::super::written;
use super::{Costs, CountLine, Material};

pub fn chapters(material: &Material, lang: Lang) -> Vec<Block> {
    let mut blocks = duties(material, lang);
    blocks.extend(exclusions(material, lang));
    blocks.extend(costs(material, lang));
    blocks.extend(expiring(material, lang));
    blocks.extend(vogs(material, lang));
    blocks.extend(complaints(material, lang));
    blocks.extend(actions(material, lang));
    blocks
}

fn duties(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let rows = material.duties.iter().map(|duty| {
        let share = match duty.share.denominator {
            0 => fl!(texts, "report-none"),
            _ => written::share(duty.share, lang),
        };
        Row::of(vec![
            Cell::text(&duty.key),
            Cell::text(duty.name.pick(lang)),
            Cell::text(share),
            Cell::text(written::percentage(duty.share, None, lang)),
        ])
    });
    vec![
        Block::Heading(Level::H2, fl!(texts, "report-duties")),
        Block::text(fl!(texts, "report-duties-intro")),
        Block::Table(Table {
            caption: fl!(texts, "report-duties-caption"),
            summary: fl!(texts, "report-duties-summary"),
            columns: vec![
                Column::text(fl!(texts, "report-number")),
                Column::text(fl!(texts, "report-duty")),
                Column::number(fl!(texts, "report-duty-done")),
                Column::number(fl!(texts, "report-result")),
            ],
            row_header: 1,
            rows: rows.collect(),
        }),
    ]
}

fn exclusions(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let table = || Table {
        caption: fl!(texts, "report-exclusions-caption"),
        summary: fl!(texts, "report-exclusions-summary"),
        columns: vec![
            Column::text(fl!(texts, "report-code")),
            Column::text(fl!(texts, "report-meaning")),
            Column::number(fl!(texts, "report-count")),
        ],
        row_header: 0,
        rows: material.exclusions.iter().map(|line| count_row(line, true, lang)).collect(),
    };
    let heading = fl!(texts, "report-exclusions");
    or_sentence(heading, material.exclusions.is_empty(), fl!(texts, "report-no-exclusions"), table)
}

fn costs(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let table = || cost_table(material, lang);
    let heading = fl!(texts, "report-costs");
    let mut blocks = or_sentence(heading, material.costs.products.is_empty(), fl!(texts, "report-no-costs"), table);
    if material.costs.months.iter().any(|(_, amount)| *amount != Cents(0)) {
        blocks.push(Block::Figure(cost_figure(material, lang)));
    }
    blocks
}

fn cost_table(material: &Material, lang: Lang) -> Table {
    let texts = lang.texts();
    let money = |amount| Cell::text(written::money(amount, lang));
    let row = |name: &str, months: [Cents; 3], before: Cents| {
        let quarter: Cents = months.into_iter().sum();
        let mut cells = vec![Cell::text(name)];
        cells.extend(months.map(money));
        cells.extend([money(quarter), money(before), money(quarter - before)]);
        Row::of(cells)
    };
    let Costs { products, .. } = &material.costs;
    let mut rows: Vec<Row> =
        products.iter().map(|product| row(product.name.pick(lang), product.months, product.previous_quarter)).collect();
    let months = [0, 1, 2].map(|month| products.iter().map(|product| product.months[month]).sum());
    let before = products.iter().map(|product| product.previous_quarter).sum();
    rows.push(Row { total: true, ..row(&fl!(texts, "report-total"), months, before) });

    let first = material.quarter.first_day();
    let mut columns = vec![Column::text(fl!(texts, "report-product"))];
    columns.extend([0, 1, 2].map(|month| {
        let day = first + chrono::Months::new(month);
        Column::number(written::month(day, lang))
    }));
    columns.extend([
        Column::number(fl!(texts, "report-this-quarter")),
        Column::number(fl!(texts, "report-previous-quarter")),
        Column::number(fl!(texts, "report-difference")),
    ]);
    Table {
        caption: fl!(texts, "report-costs-caption"),
        summary: fl!(texts, "report-costs-summary"),
        columns,
        row_header: 0,
        rows,
    }
}

fn cost_figure(material: &Material, lang: Lang) -> Figure {
    let texts = lang.texts();
    let mut alt = fl!(texts, "report-months-alt");
    let amounts = material.costs.months.iter().map(|(day, amount)| {
        let shown = written::euros(*amount, lang);
        let month = format!("{} {}", written::month(*day, lang), day.format("%Y"));
        alt.push(' ');
        alt.push_str(&fl!(texts, "report-months-alt-row", month = month, amount = shown.clone()));
        Amount { label: written::month(*day, lang), amount: *amount, shown, current: material.quarter.contains(*day) }
    });
    let chart = Chart::Columns(amounts.collect());
    Figure { title: fl!(texts, "report-months-title"), sentence: fl!(texts, "report-months-sentence"), alt, chart }
}

fn expiring(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let table = || Table {
        caption: fl!(texts, "report-expiring-caption"),
        summary: fl!(texts, "report-expiring-summary"),
        columns: vec![Column::text(fl!(texts, "report-what")), Column::number(fl!(texts, "report-expires-on"))],
        row_header: 0,
        rows: material
            .expiring
            .iter()
            .map(|line| Row::of(vec![Cell::text(line.what.pick(lang)), Cell::text(written::short_date(line.on, lang))]))
            .collect(),
    };
    let heading = fl!(texts, "report-expiring");
    or_sentence(heading, material.expiring.is_empty(), fl!(texts, "report-no-expiring"), table)
}

fn vogs(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let count = |name: String, count: u32| Fact::new(name, count.to_string());
    vec![
        Block::Heading(Level::H2, fl!(texts, "report-vogs")),
        Block::Facts(vec![
            count(fl!(texts, "report-vog-persons"), material.vogs.persons),
            count(fl!(texts, "report-vog-valid"), material.vogs.valid),
            count(fl!(texts, "report-vog-renew"), material.vogs.to_renew),
        ]),
    ]
}

fn complaints(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let table = || Table {
        caption: fl!(texts, "report-complaints-caption"),
        summary: fl!(texts, "report-complaints-summary"),
        columns: vec![Column::text(fl!(texts, "report-category")), Column::number(fl!(texts, "report-count"))],
        row_header: 0,
        rows: material.complaints.iter().map(|line| count_row(line, false, lang)).collect(),
    };
    let heading = fl!(texts, "report-complaints");
    or_sentence(heading, material.complaints.is_empty(), fl!(texts, "report-no-complaints"), table)
}

fn actions(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let rows = || {
        let rows = material.actions.iter().map(|action| {
            let due = written::short_date(action.due_on, lang);
            Row::of(vec![Cell::text(&action.what), Cell::text(&action.owner), Cell::text(due)])
        });
        rows.collect()
    };
    let table = || Table {
        caption: fl!(texts, "report-actions-caption"),
        summary: fl!(texts, "report-actions-summary"),
        columns: vec![
            Column::text(fl!(texts, "report-action")),
            Column::text(fl!(texts, "report-owner")),
            Column::number(fl!(texts, "report-due-on")),
        ],
        row_header: 0,
        rows: rows(),
    };
    let heading = fl!(texts, "report-actions");
    or_sentence(heading, material.actions.is_empty(), fl!(texts, "report-no-actions"), table)
}

fn count_row(line: &CountLine, with_code: bool, lang: Lang) -> Row {
    let code = with_code.then(|| Cell::text(&line.code));
    let rest = [Cell::text(line.meaning.pick(lang)), Cell::text(line.count.to_string())];
    Row::of(code.into_iter().chain(rest).collect())
}

/// A heading with its table, or with a sentence that says there is nothing: an empty table leaves one in doubt.
fn or_sentence(heading: String, empty: bool, sentence: String, table: impl Fn() -> Table) -> Vec<Block> {
    let body = if empty { Block::text(sentence) } else { Block::Table(table()) };
    vec![Block::Heading(Level::H2, heading), body]
}
