//! What stands beside the indicators: duties, exclusions, costs, what expires, VOGs, complaints and open actions.

use i18n_embed_fl::fl;

use crate::money::Cents;
use crate::text::Lang;

use super::super::document::{Amount, Block, Cell, Chart, Column, Fact, Figure, Row, Table};
use super::section::Section;
use super::{Costs, CountLine, Material};

pub fn sections(material: &Material, lang: Lang) -> Vec<Section> {
    vec![
        duties(material, lang),
        exclusions(material, lang),
        costs(material, lang),
        expiring(material, lang),
        vogs(material, lang),
        complaints(material, lang),
        actions(material, lang),
    ]
}

fn duties(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    if material.duties.iter().all(|duty| duty.share.without_cases()) {
        return Section::Nothing(fl!(texts, "report-no-duties"));
    }
    let rows = material.duties.iter().map(|duty| {
        Row::of(vec![
            Cell::text(&duty.key),
            Cell::text(duty.name.pick(lang)),
            Cell::text(duty.share.counted(lang)),
            Cell::text(duty.share.percentage(None, lang)),
        ])
    });
    let table = Table {
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
    };
    Section::headed(fl!(texts, "report-duties"), [Block::Table(table)])
}

fn exclusions(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let table = Table {
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
    Section::table(fl!(texts, "report-exclusions"), table, fl!(texts, "report-no-exclusions"))
}

fn costs(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let mut blocks = Vec::new();
    if !material.costs.products.is_empty() {
        blocks.push(Block::Table(cost_table(material, lang)));
    }
    if material.costs.months.iter().any(|(_, amount)| *amount != Cents(0)) {
        blocks.push(Block::Figure(cost_figure(material, lang)));
    }
    match blocks.is_empty() {
        true => Section::Nothing(fl!(texts, "report-no-costs")),
        false => Section::headed(fl!(texts, "report-costs"), blocks),
    }
}

fn cost_table(material: &Material, lang: Lang) -> Table {
    let texts = lang.texts();
    let money = |amount| Cell::text(lang.money(amount));
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
        Column::number(lang.month(day))
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
        let shown = lang.euros(*amount);
        let month = format!("{} {}", lang.month(*day), day.format("%Y"));
        alt.push(' ');
        alt.push_str(&fl!(texts, "report-months-alt-row", month = month, amount = shown.clone()));
        Amount { label: lang.month(*day).to_owned(), amount: *amount, shown, current: material.quarter.contains(*day) }
    });
    let chart = Chart::Columns(amounts.collect());
    Figure { title: fl!(texts, "report-months-title"), sentence: fl!(texts, "report-months-sentence"), alt, chart }
}

fn expiring(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let rows = material
        .expiring
        .iter()
        .map(|line| Row::of(vec![Cell::text(line.what.pick(lang)), Cell::text(lang.day_in_table(line.on))]));
    let table = Table {
        caption: fl!(texts, "report-expiring-caption"),
        summary: fl!(texts, "report-expiring-summary"),
        columns: vec![Column::text(fl!(texts, "report-what")), Column::number(fl!(texts, "report-expires-on"))],
        row_header: 0,
        rows: rows.collect(),
    };
    Section::table(fl!(texts, "report-expiring"), table, fl!(texts, "report-no-expiring"))
}

fn vogs(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    if material.vogs.persons == 0 {
        return Section::Nothing(fl!(texts, "report-no-vogs"));
    }
    let count = |name: String, count: u32| Fact::new(name, count.to_string());
    let facts = vec![
        count(fl!(texts, "report-vog-persons"), material.vogs.persons),
        count(fl!(texts, "report-vog-valid"), material.vogs.valid),
        count(fl!(texts, "report-vog-renew"), material.vogs.to_renew),
    ];
    Section::headed(fl!(texts, "report-vogs"), [Block::Facts(facts)])
}

fn complaints(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let table = Table {
        caption: fl!(texts, "report-complaints-caption"),
        summary: fl!(texts, "report-complaints-summary"),
        columns: vec![Column::text(fl!(texts, "report-category")), Column::number(fl!(texts, "report-count"))],
        row_header: 0,
        rows: material.complaints.iter().map(|line| count_row(line, false, lang)).collect(),
    };
    Section::table(fl!(texts, "report-complaints"), table, fl!(texts, "report-no-complaints"))
}

fn actions(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let rows = material.actions.iter().map(|action| {
        let due = lang.day_in_table(action.due_on);
        Row::of(vec![Cell::text(&action.what), Cell::text(&action.owner), Cell::text(due)])
    });
    let table = Table {
        caption: fl!(texts, "report-actions-caption"),
        summary: fl!(texts, "report-actions-summary"),
        columns: vec![
            Column::text(fl!(texts, "report-action")),
            Column::text(fl!(texts, "report-owner")),
            Column::number(fl!(texts, "report-due-on")),
        ],
        row_header: 0,
        rows: rows.collect(),
    };
    Section::table(fl!(texts, "report-actions"), table, fl!(texts, "report-no-actions"))
}

fn count_row(line: &CountLine, with_code: bool, lang: Lang) -> Row {
    let code = with_code.then(|| Cell::text(&line.code));
    let rest = [Cell::text(line.meaning.pick(lang)), Cell::text(line.count.to_string())];
    Row::of(code.into_iter().chain(rest).collect())
}
