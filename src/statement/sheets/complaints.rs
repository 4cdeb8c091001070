//! Sheet `Klachten`: complaints, without client data.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::ComplaintLine;

impl Line for ComplaintLine {
    const TABLE: &'static Table = &Table {
        name: "Klachten",
        texts: "statement-column-klachten",
        columns: &[
            Column::required("klachtnummer", Kind::Text(40), "K-2026-03"),
            Column::required("ontvangen_op", Kind::Date, "17-08-2026"),
            Column::optional("gemeld_op", Kind::Date, "18-08-2026"),
            Column::optional("soort", Kind::Text(100), "bejegening"),
            Column::optional("afgehandeld_op", Kind::Date, "07-09-2026"),
            Column::optional("uitkomst", Kind::Text(200), "gesprek gevoerd, klacht opgelost"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ComplaintLine> {
        let complaint_ref = row.text("klachtnummer");
        let received_on = row.date("ontvangen_op");
        let reported_on = row.date("gemeld_op");
        let category = row.text("soort");
        let handled_on = row.date("afgehandeld_op");
        let outcome = row.text("uitkomst");
        row.without_fault()?;
        Some(ComplaintLine {
            row: row.number(),
            complaint_ref: complaint_ref?,
            received_on: received_on?,
            reported_on,
            category: category.unwrap_or_default(),
            handled_on,
            outcome: outcome.unwrap_or_default(),
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("klachtnummer", &self.complaint_ref);
        row.put("ontvangen_op", self.received_on);
        row.put("gemeld_op", self.reported_on);
        row.put("soort", &self.category);
        row.put("afgehandeld_op", self.handled_on);
        row.put("uitkomst", &self.outcome);
    }
}
