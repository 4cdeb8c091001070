//! The municipality's own sheets: `Uitstroom`, `Plaatsingen`, `Uitsluitingen`, `Onderzoeken` and `Clienten`.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::{ExclusionLine, ListedClientLine, OutflowLine, PlacementLine, SurveyLine};

const BENEFIT_END_REASONS: &[(&str, &str)] =
    &[("werk", "work"), ("opleiding", "study"), ("eigen_bedrijf", "own_firm"), ("anders", "other")];

const EXCLUSION_CODES: &[(&str, &str)] = &[
    ("N1", "N1"),
    ("N2", "N2"),
    ("N3", "N3"),
    ("N4", "N4"),
    ("N5", "N5"),
    ("N6", "N6"),
    ("R1", "R1"),
    ("R2", "R2"),
    ("R3", "R3"),
    ("R4", "R4"),
    ("R5", "R5"),
    ("R6", "R6"),
];

impl Line for OutflowLine {
    const TABLE: &'static Table = &Table {
        name: "Uitstroom",
        texts: "statement-column-uitstroom",
        columns: &[
            Column::required("clientnummer", Kind::Text(40), "C-4711"),
            Column::required("uitkering_beeindigd_op", Kind::Date, "30-09-2026"),
            Column::required("reden", Kind::Choice(BENEFIT_END_REASONS), "werk"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<OutflowLine> {
        let client_ref = row.text("clientnummer");
        let benefit_ended_on = row.date("uitkering_beeindigd_op");
        let reason = row.choice("reden");
        row.without_fault()?;
        let row = row.number();
        Some(OutflowLine { row, client_ref: client_ref?, benefit_ended_on: benefit_ended_on?, reason: reason? })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("clientnummer", &self.client_ref);
        row.put("uitkering_beeindigd_op", self.benefit_ended_on);
        row.put_choice("reden", Some(self.reason.as_str()));
    }
}

impl Line for PlacementLine {
    const TABLE: &'static Table = &Table {
        name: "Plaatsingen",
        texts: "statement-column-plaatsingen",
        columns: &[
            Column::required("clientnummer", Kind::Text(40), "C-4711"),
            Column::required("bevestigd", Kind::YesNo, "ja"),
            Column::optional("wachtlijst_dagen", Kind::Whole(0, 3_650), "14"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<PlacementLine> {
        let client_ref = row.text("clientnummer");
        let confirmed = row.yes_no("bevestigd");
        let waiting_list_days = row.whole("wachtlijst_dagen").unwrap_or(0);
        row.without_fault()?;
        Some(PlacementLine { row: row.number(), client_ref: client_ref?, confirmed: confirmed?, waiting_list_days })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("clientnummer", &self.client_ref);
        row.put("bevestigd", self.confirmed);
        row.put("wachtlijst_dagen", self.waiting_list_days);
    }
}

impl Line for ExclusionLine {
    const TABLE: &'static Table = &Table {
        name: "Uitsluitingen",
        texts: "statement-column-uitsluitingen",
        columns: &[
            Column::required("dossiernummer", Kind::Text(40), "D-2026-014"),
            Column::optional("indicator", Kind::Whole(1, 10), "5"),
            Column::required("code", Kind::Choice(EXCLUSION_CODES), "R2"),
            Column::required("akkoord", Kind::YesNo, "ja"),
            Column::required("reden", Kind::Text(500), "opname van zes weken"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ExclusionLine> {
        let case_ref = row.text("dossiernummer");
        let indicator = row.step("indicator");
        let code = row.choice("code");
        let agreed = row.yes_no("akkoord");
        let reason = row.text("reden");
        row.without_fault()?;
        let row = row.number();
        Some(ExclusionLine { row, case_ref: case_ref?, indicator, code: code?, agreed: agreed?, reason: reason? })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("dossiernummer", &self.case_ref);
        row.put("indicator", self.indicator.map(u32::from));
        row.put_choice("code", Some(self.code.as_str()));
        row.put("akkoord", self.agreed);
        row.put("reden", &self.reason);
    }
}

impl Line for SurveyLine {
    const TABLE: &'static Table = &Table {
        name: "Onderzoeken",
        texts: "statement-column-onderzoeken",
        columns: &[
            Column::required("onderzoek", Kind::Text(100), "Cliëntervaring 2026"),
            Column::required("uiterlijk_op", Kind::Date, "30-09-2026"),
            Column::required("kvk", Kind::Kvk, "12345678"),
            Column::optional("meegewerkt_op", Kind::Date, "15-09-2026"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<SurveyLine> {
        let survey = row.text("onderzoek");
        let due_on = row.date("uiterlijk_op");
        let kvk = row.kvk("kvk");
        let took_part_on = row.date("meegewerkt_op");
        row.without_fault()?;
        Some(SurveyLine { row: row.number(), survey: survey?, due_on: due_on?, kvk: kvk?, took_part_on })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("onderzoek", &self.survey);
        row.put("uiterlijk_op", self.due_on);
        row.put("kvk", self.kvk.as_str());
        row.put("meegewerkt_op", self.took_part_on);
    }
}

impl Line for ListedClientLine {
    const TABLE: &'static Table = &Table {
        name: "Clienten",
        texts: "statement-column-clienten",
        columns: &[
            Column::required("clientnummer", Kind::Text(40), "C-4711"),
            Column::required("contactpersoon", Kind::Email, "a.jansen@noordermeer.example"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ListedClientLine> {
        let client_ref = row.text("clientnummer");
        let contact = row.email("contactpersoon");
        row.without_fault()?;
        Some(ListedClientLine { row: row.number(), client_ref: client_ref?, contact: contact? })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("clientnummer", &self.client_ref);
        row.put("contactpersoon", &self.contact);
    }
}
