//! Sheet `Terugkoppelingen`: the agreed moments of feedback to the municipal contact person.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::FeedbackLine;

impl Line for FeedbackLine {
    const TABLE: &'static Table = &Table {
        name: "Terugkoppelingen",
        texts: "statement-column-terugkoppelingen",
        columns: &[
            Column::required("dossiernummer", Kind::Text(40), "D-2026-014"),
            Column::required("afgesproken_op", Kind::Date, "01-09-2026"),
            Column::optional("gedaan_op", Kind::Date, "31-08-2026"),
            Column::optional("wijze", Kind::Text(100), "telefonisch"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<FeedbackLine> {
        let case_ref = row.text("dossiernummer");
        let due_on = row.date("afgesproken_op");
        let done_on = row.date("gedaan_op");
        let manner = row.text("wijze");
        row.without_fault()?;
        Some(FeedbackLine {
            row: row.number(),
            case_ref: case_ref?,
            due_on: due_on?,
            done_on,
            manner: manner.unwrap_or_default(),
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("dossiernummer", &self.case_ref);
        row.put("afgesproken_op", self.due_on);
        row.put("gedaan_op", self.done_on);
        row.put("wijze", &self.manner);
    }
}
