//! The sheets of the register (werkbladen): per sheet its columns, and how a line is read and written.

use super::{AgreementLine, ContactLine, ProductLine, ProviderLine, RegisteredLine, TariffLine};
use crate::sheet::{Column, Kind, Line, RowReader, RowWriter, Table};
use crate::statement::{STAFF_KINDS, StaffLine, VOG_KINDS};

/// In the order in which they stand in the workbook.
pub const TABLES: [&Table; 5] =
    [ProviderLine::TABLE, ProductLine::TABLE, TariffLine::TABLE, AgreementLine::TABLE, ContactLine::TABLE];

const UNITS: &[(&str, &str)] = &[
    ("minuut", "minute"),
    ("uur", "hour"),
    ("dagdeel", "half_day"),
    ("dag", "day"),
    ("week", "week"),
    ("maand", "month"),
    ("traject", "trajectory"),
    ("stuk", "piece"),
    ("plaatsing", "placement"),
    ("rapport", "report"),
];

impl Line for ProviderLine {
    const TABLE: &'static Table = &Table {
        name: "Aanbieders",
        texts: "register-column-aanbieders",
        columns: &[
            Column::required("kvk", Kind::Kvk, "12345678"),
            Column::required("naam", Kind::Text(200), "Stichting Werkpad Noord"),
            Column::optional("aanbiedernummer", Kind::Whole(1, 999_999), "1042"),
            Column::optional("klachtenregeling_tot_en_met", Kind::Date, "31-12-2027"),
            Column::optional("vertrouwenspersoon", Kind::YesNo, "ja"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ProviderLine> {
        let kvk = row.kvk("kvk");
        let name = row.text("naam");
        let number = row.whole("aanbiedernummer");
        let procedure_valid_until = row.date("klachtenregeling_tot_en_met");
        let adviser_named = row.yes_no("vertrouwenspersoon");
        row.without_fault()?;
        Some(ProviderLine { row: row.number(), kvk: kvk?, name: name?, number, procedure_valid_until, adviser_named })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("kvk", self.kvk.as_str());
        row.put("naam", &self.name);
        row.put("aanbiedernummer", self.number);
        row.put("klachtenregeling_tot_en_met", self.procedure_valid_until);
        row.put("vertrouwenspersoon", self.adviser_named);
    }
}

impl Line for ProductLine {
    const TABLE: &'static Table = &Table {
        name: "Producten",
        texts: "register-column-producten",
        columns: &[
            Column::required("code", Kind::Text(40), "JC"),
            Column::required("naam_nl", Kind::Text(200), "Jobcoaching"),
            Column::required("naam_en", Kind::Text(200), "Job coaching"),
            Column::required("eenheid", Kind::Choice(UNITS), "uur"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ProductLine> {
        let code = row.text("code");
        let name_nl = row.text("naam_nl");
        let name_en = row.text("naam_en");
        let unit = row.choice("eenheid");
        row.without_fault()?;
        Some(ProductLine { row: row.number(), code: code?, name_nl: name_nl?, name_en: name_en?, unit: unit? })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("code", &self.code);
        row.put("naam_nl", &self.name_nl);
        row.put("naam_en", &self.name_en);
        row.put_choice("eenheid", Some(self.unit.as_str()));
    }
}

impl Line for TariffLine {
    const TABLE: &'static Table = &Table {
        name: "Tarieven",
        texts: "register-column-tarieven",
        columns: &[
            Column::required("product", Kind::Text(40), "JC"),
            Column::required("tarief", Kind::Amount, "62,55"),
            Column::required("geldig_vanaf", Kind::Date, "01-01-2026"),
            Column::optional("geldig_tot_en_met", Kind::Date, "31-12-2026"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<TariffLine> {
        let product = row.text("product");
        let amount = row.amount("tarief");
        let valid_from = row.date("geldig_vanaf");
        let valid_until = row.date("geldig_tot_en_met");
        row.without_fault()?;
        let row = row.number();
        Some(TariffLine { row, product: product?, amount: amount?, valid_from: valid_from?, valid_until })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("product", &self.product);
        row.put("tarief", self.amount);
        row.put("geldig_vanaf", self.valid_from);
        row.put("geldig_tot_en_met", self.valid_until);
    }
}

impl Line for AgreementLine {
    const TABLE: &'static Table = &Table {
        name: "Overeenkomsten",
        texts: "register-column-overeenkomsten",
        columns: &[
            Column::required("overeenkomstnummer", Kind::Text(40), "OH-2026-014"),
            Column::required("versie", Kind::Whole(1, 999), "1"),
            Column::required("kvk", Kind::Kvk, "12345678"),
            Column::required("actief_vanaf", Kind::Date, "01-01-2026"),
            Column::optional("actief_tot_en_met", Kind::Date, "31-12-2027"),
            Column::required("producten", Kind::Text(2_000), "JC;JH"),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<AgreementLine> {
        let number = row.text("overeenkomstnummer");
        let version = row.whole("versie");
        let kvk = row.kvk("kvk");
        let active_from = row.date("actief_vanaf");
        let active_until = row.date("actief_tot_en_met");
        let products = row.text("producten");
        row.without_fault()?;
        Some(AgreementLine {
            row: row.number(),
            number: number?,
            version: version?,
            kvk: kvk?,
            active_from: active_from?,
            active_until,
            products: apart(&products?),
        })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("overeenkomstnummer", &self.number);
        row.put("versie", self.version);
        row.put("kvk", self.kvk.as_str());
        row.put("actief_vanaf", self.active_from);
        row.put("actief_tot_en_met", self.active_until);
        row.put("producten", self.products.join(";").as_str());
    }
}

/// `JC; JH` is two codes. A comma may be part of a code, so it does not part them.
fn apart(written: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in written.split(';').map(str::trim).filter(|code| !code.is_empty()) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

impl Line for ContactLine {
    const TABLE: &'static Table = &Table {
        name: "Contactpersonen",
        texts: "register-column-contactpersonen",
        columns: &[
            Column::required("email", Kind::Email, "a.jansen@noordermeer.example"),
            Column::required("naam", Kind::Text(200), "A. Jansen"),
            Column::required("actief_vanaf", Kind::Date, "01-01-2026"),
            Column::optional("actief_tot_en_met", Kind::Date, ""),
        ],
    };

    fn read(row: &mut RowReader<'_>) -> Option<ContactLine> {
        let email = row.email("email");
        let name = row.text("naam");
        let active_from = row.date("actief_vanaf");
        let active_until = row.date("actief_tot_en_met");
        row.without_fault()?;
        Some(ContactLine { row: row.number(), email: email?, name: name?, active_from: active_from?, active_until })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("email", &self.email);
        row.put("naam", &self.name);
        row.put("actief_vanaf", self.active_from);
        row.put("actief_tot_en_met", self.active_until);
    }
}

impl Line for RegisteredLine {
    /// The columns of a provider's own statement of his staff, with the provider before them.
    const TABLE: &'static Table = &Table {
        name: "VOG-register",
        texts: "register-column-vogregister",
        columns: &[
            Column::required("kvk", Kind::Kvk, "12345678"),
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

    fn read(row: &mut RowReader<'_>) -> Option<RegisteredLine> {
        let kvk = row.kvk("kvk");
        let staff = StaffLine::read(row);
        row.without_fault()?;
        Some(RegisteredLine { kvk: kvk?, staff: staff? })
    }

    fn write(&self, row: &mut RowWriter) {
        row.put("kvk", self.kvk.as_str());
        self.staff.write(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::product::Unit;
    use crate::text::Lang;

    #[test]
    fn every_column_is_explained_in_both_languages() {
        for table in TABLES.iter().chain(&[RegisteredLine::TABLE]) {
            for column in table.columns {
                for lang in Lang::ALL {
                    let key = format!("{}-{}", table.texts, column.name);
                    assert!(lang.texts().has(&key), "{key} is missing in {lang}");
                }
            }
        }
    }

    #[test]
    fn a_unit_is_written_as_in_a_statement() {
        let words: Vec<(String, &str)> = Unit::ALL.iter().map(|unit| (unit.word(Lang::Nl), unit.as_str())).collect();
        assert_eq!(words, UNITS.iter().map(|(word, code)| ((*word).to_owned(), *code)).collect::<Vec<_>>());
    }

    #[test]
    fn products_stand_apart_by_a_semicolon_each_once() {
        assert_eq!(apart(" JC;Taal, basis ;; JC"), ["JC", "Taal, basis"]);
    }
}
