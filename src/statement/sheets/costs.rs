//! Sheet `Kosten`: the cost lines.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::CostLine;

impl Line for CostLine {
    const TABLE: &'static Table = &Table {
        name: "Kosten",
        texts: "statement-column-kosten",
        columns: &[
            Column::required("regel", Kind::Text(40), "1"),
            Column::required("dossiernummer", Kind::Text(40), "D-2026-014"),
            Column::required("contactpersoon", Kind::Email, "a.jansen@noordermeer.example"),
            Column::required("product", Kind::Text(60), "RE-JC"),
            Column::required("van", Kind::Date, "01-08-2026"),
            Column::required("tot", Kind::Date, "31-08-2026"),
            Column::required("eenheid", Kind::Text(40), "uur"),
            Column::required("aantal", Kind::Quantity, "1,5"),
            Column::required("tarief", Kind::Amount, "62,55"),
            Column::required("bedrag", Kind::Amount, "93,83"),
            Column::optional("btw", Kind::Amount, "19,70"),
            Column::optional("factuurnummer", Kind::Text(60), "F-2026-101"),
            Column::optional("corrigeert_regel", Kind::Text(40), ""),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<CostLine> {
        let line = row.text("regel");
        let case_ref = row.text("dossiernummer");
        let contact = row.email("contactpersoon");
        let product = row.text("product");
        let from = row.date("van");
        let until = row.date("tot");
        let unit = row.text("eenheid");
        let quantity = row.quantity("aantal");
        let tariff = row.amount("tarief");
        let amount = row.amount("bedrag");
        let vat = row.amount("btw");
        let invoice = row.text("factuurnummer");
        let corrects = row.text("corrigeert_regel");
        row.without_fault()?;
        Some(CostLine {
            row: row.number(),
            line: line?,
            case_ref: case_ref?,
            contact: contact?,
            product: product?,
            from: from?,
            until: until?,
            unit: unit?,
            quantity: quantity?,
            tariff: tariff?,
            amount: amount?,
            vat,
            invoice: invoice.unwrap_or_default(),
            corrects,
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("regel", &self.line);
        row.put("dossiernummer", &self.case_ref);
        row.put("contactpersoon", &self.contact);
        row.put("product", &self.product);
        row.put("van", self.from);
        row.put("tot", self.until);
        row.put("eenheid", &self.unit);
        row.put("aantal", self.quantity);
        row.put("tarief", self.tariff);
        row.put("bedrag", self.amount);
        row.put("btw", self.vat);
        row.put("factuurnummer", &self.invoice);
        row.put("corrigeert_regel", self.corrects.as_ref());
    }
}
