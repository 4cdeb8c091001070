//! Sheet `Opgave`: whose statement it is, and about which quarter. One row.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::Head;

/// "toelichting (≤ 2.000 tekens)" (quarter-statement.md).
const NOTE_LENGTH: usize = 2_000;

impl Line for Head {
    const TABLE: &'static Table = &Table {
        name: "Opgave",
        texts: "statement-column-opgave",
        columns: &[
            Column::required("kvk", Kind::Kvk, "12345678"),
            Column::required("kwartaal", Kind::Quarter, "2026-Q3"),
            Column::optional("nulopgave", Kind::YesNo, "nee"),
            Column::optional("toelichting", Kind::LongText(NOTE_LENGTH), "In augustus lag het werk twee weken stil."),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<Head> {
        let kvk = row.kvk("kvk");
        let quarter = row.quarter("kwartaal");
        let nil_return = row.yes_no("nulopgave");
        let note = row.text("toelichting");
        row.without_fault()?;
        Some(Head {
            kvk: kvk?,
            quarter: quarter?,
            nil_return: nil_return.unwrap_or(false),
            note: note.unwrap_or_default(),
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("kvk", self.kvk.as_str());
        row.put("kwartaal", self.quarter.to_string().as_str());
        row.put("nulopgave", self.nil_return);
        row.put("toelichting", &self.note);
    }
}
