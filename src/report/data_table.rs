//! The figures behind a drawing as a table: whoever cannot see the drawing reads the same.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::document::{Cell, Chart, Column, Figure, Row, Table};

pub fn data_table(figure: &Figure, lang: Lang) -> Table {
    let texts = lang.texts();
    let percent = |tenths: Option<u32>| match tenths {
        Some(tenths) => format!("{}%", tenths / 10),
        None => fl!(texts, "report-no-target"),
    };
    let (columns, rows): (Vec<Column>, Vec<Row>) = match &figure.chart {
        Chart::Bars(bars) => (
            vec![
                Column::text(fl!(texts, "report-indicator")),
                Column::number(fl!(texts, "report-result")),
                Column::number(fl!(texts, "report-target")),
            ],
            bars.iter()
                .map(|bar| vec![Cell::text(&bar.label), Cell::text(&bar.shown), Cell::text(percent(bar.target))])
                .map(Row::of)
                .collect(),
        ),
        Chart::Trend(trend) => {
            let mut columns = vec![Column::text(fl!(texts, "report-indicator"))];
            columns.extend(trend.periods.iter().map(Column::number));
            let rows = trend.series.iter().map(|series| {
                let mut cells = vec![Cell::text(&series.label)];
                cells.extend(series.shown.iter().map(Cell::text));
                Row::of(cells)
            });
            (columns, rows.collect())
        }
        Chart::Columns(amounts) => (
            vec![Column::text(fl!(texts, "report-month-column")), Column::number(fl!(texts, "report-amount"))],
            amounts.iter().map(|a| Row::of(vec![Cell::text(&a.label), Cell::text(&a.shown)])).collect(),
        ),
    };
    Table { caption: figure.title.clone(), summary: String::new(), columns, row_header: 0, rows }
}
