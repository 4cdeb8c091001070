//! Sheet `Medewerkers`: one row per VOG; a person with two VOGs has two rows.

use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::{StaffLine, VogLine};

pub const STAFF_KINDS: &[(&str, &str)] = &[
    ("medewerker", "employee"),
    ("zzp", "self_employed"),
    ("uitzendkracht", "temp"),
    ("stagiair", "intern"),
    ("vrijwilliger", "volunteer"),
];

pub const VOG_KINDS: &[(&str, &str)] = &[("aspect", "aspect"), ("profiel", "profile")];

impl Line for StaffLine {
    const TABLE: &'static Table = &Table {
        name: "Medewerkers",
        texts: "statement-column-medewerkers",
        columns: &[
            Column::required("personeelsnummer", Kind::Text(40), "M-07"),
            Column::required("functiegroep", Kind::Choice(STAFF_KINDS), "medewerker"),
            Column::required("klantcontact", Kind::YesNo, "ja"),
            Column::required("in_dienst_op", Kind::Date, "01-03-2026"),
            Column::optional("uit_dienst_op", Kind::Date, ""),
            Column::optional("vog_datum", Kind::Date, "10-02-2026"),
            Column::optional("vog_soort", Kind::Choice(VOG_KINDS), "aspect"),
            Column::optional("vog_codes", Kind::Codes, "12;85"),
            Column::optional("vog_gecontroleerd_op", Kind::Date, "01-03-2026"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<StaffLine> {
        let staff_ref = row.text("personeelsnummer");
        let kind = row.choice("functiegroep");
        let client_contact = row.yes_no("klantcontact");
        let active_from = row.date("in_dienst_op");
        let active_until = row.date("uit_dienst_op");
        let vog = read_vog(row);
        row.without_fault()?;
        Some(StaffLine {
            row: row.number(),
            staff_ref: staff_ref?,
            kind: kind?,
            client_contact: client_contact?,
            active_from: active_from?,
            active_until,
            vog,
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("personeelsnummer", &self.staff_ref);
        row.put_choice("functiegroep", Some(self.kind.as_str()));
        row.put("klantcontact", self.client_contact);
        row.put("in_dienst_op", self.active_from);
        row.put("uit_dienst_op", self.active_until);
        if let Some(vog) = &self.vog {
            row.put("vog_datum", vog.date);
            row.put_choice("vog_soort", Some(vog.kind.as_str()));
            row.put("vog_codes", vog.codes.join(";").as_str());
            row.put("vog_gecontroleerd_op", vog.checked_on);
        }
    }
}

/// A VOG is its date, its kind and its codes. Who fills in one of the four cells fills in those three.
fn read_vog(row: &mut RowReader<'_>) -> Option<VogLine> {
    let filled = ["vog_datum", "vog_soort", "vog_codes", "vog_gecontroleerd_op"].iter().any(|c| row.is_filled(c));
    if !filled {
        return None;
    }
    row.require("vog_datum");
    row.require("vog_soort");
    row.require("vog_codes");
    let date = row.date("vog_datum");
    let kind = row.choice("vog_soort");
    let codes = row.codes("vog_codes");
    let checked_on = row.date("vog_gecontroleerd_op");
    Some(VogLine { date: date?, kind: kind?, codes: codes?, checked_on })
}
