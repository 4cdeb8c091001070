//! What finance takes along (uitvoer): the lines of a period that were approved, and the same as reference data for an invoice in
//! UBL: a row with the fields that a line of such an invoice holds (Peppol BIS Billing 3.0, EN 16931). Both end with the control sum.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use i18n_embed_fl::fl;

use super::LineState;
use super::gather::{Shelf, shelf};
use super::lines::{Line, Wanted, list};
use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::db::Conn;
use crate::money::Cents;
use crate::procedure::product::{Unit, Vat};
use crate::provider::{self, Provider};
use crate::sheet::{Export, Value};
use crate::text::Lang;

/// More lines than this do not go into one file: a spreadsheet holds no more, and a period can be shorter.
pub const MOST_LINES: i64 = 200_000;

/// The lines of a period that were approved, with what they point to.
pub struct Taken {
    pub lines: Vec<Line>,
    providers: HashMap<i64, Provider>,
    accessions: Vec<Accession>,
    shelf: Shelf,
}

/// Gathers what was approved of these days, from every provider or from one.
pub fn gather(
    conn: &mut Conn,
    actor: &Actor,
    days: (NaiveDate, NaiveDate),
    provider: Option<i64>,
) -> QueryResult<Taken> {
    let wanted = Wanted { days, product: None, provider, profile: None, state: Some(LineState::Approved) };
    let lines = list(conn, actor, &wanted, 0, MOST_LINES)?;
    let providers = provider::store::all(conn, actor)?;
    let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
    let accessions = agreement::store::of(conn, actor, &ids)?;
    let providers = providers.into_iter().map(|one| (one.id, one)).collect();
    Ok(Taken { lines, providers, accessions, shelf: shelf(conn, actor)? })
}

impl Taken {
    /// "Controlesom": the sum of the amounts without VAT.
    pub fn control_sum(&self) -> Cents {
        self.lines.iter().map(|one| one.amount).sum()
    }

    /// The number of the agreement that held on the first day of a line.
    fn agreement(&self, line: &Line) -> &str {
        let covers = |one: &&Accession| one.provider_id == line.provider_id && one.covers(line.from);
        self.accessions.iter().rfind(covers).map_or("", |one| one.number.as_str())
    }

    fn code(&self, line: &Line) -> &str {
        self.shelf.product(line.product_id).map_or("", |one| one.code.as_str())
    }

    fn product_name(&self, line: &Line, lang: Lang) -> &str {
        self.shelf.product(line.product_id).map_or("", |one| one.name.in_lang(lang))
    }

    /// Never guessed: none while nobody filled it in.
    fn vat(&self, line: &Line) -> Option<Vat> {
        self.shelf.version(self.code(line), line.from)?.product.vat
    }

    fn unit(&self, line: &Line) -> &'static str {
        self.shelf.product(line.product_id).map_or("", |one| unit_code(one.unit))
    }

    /// The list for people.
    pub fn as_list(&self, lang: Lang) -> Export {
        let t = lang.texts();
        let headings = vec![
            fl!(t, "budget-provider"),
            fl!(t, "budget-kvk"),
            fl!(t, "budget-quarter"),
            fl!(t, "budget-line"),
            fl!(t, "budget-case"),
            fl!(t, "budget-client"),
            fl!(t, "budget-contact"),
            fl!(t, "budget-product"),
            fl!(t, "budget-profile"),
            fl!(t, "budget-from"),
            fl!(t, "budget-until"),
            fl!(t, "budget-unit"),
            fl!(t, "budget-quantity"),
            fl!(t, "budget-tariff"),
            fl!(t, "budget-amount"),
            fl!(t, "budget-vat"),
            fl!(t, "budget-invoice"),
        ];
        let row = |one: &Line| {
            let provider = self.providers.get(&one.provider_id);
            vec![
                Value::from(provider.map_or("", |found| found.name.as_str())),
                Value::from(provider.map_or("", |found| found.kvk.as_str())),
                Value::from(&one.quarter),
                Value::from(&one.line),
                Value::from(&one.case_ref),
                Value::from(&one.client_ref),
                Value::from(&one.contact),
                Value::from(self.code(one)),
                Value::from(&one.profile),
                Value::from(one.from),
                Value::from(one.until),
                Value::from(&one.unit),
                Value::Hundredths(one.quantity.0),
                Value::Hundredths(one.tariff.0),
                Value::Hundredths(one.amount.0),
                one.vat.map_or(Value::Empty, |vat| Value::Hundredths(vat.0)),
                Value::from(&one.invoice),
            ]
        };
        let rows = self.lines.iter().map(row).chain([self.sum_row(headings.len(), 14)]).collect();
        Export { name: "regels", headings, rows }
    }

    /// The reference data of invoice lines. No client stands in it: an invoice is no place for one.
    pub fn as_reference(&self, lang: Lang) -> Export {
        let headings: Vec<String> = UBL.iter().map(|name| (*name).to_owned()).collect();
        let row = |one: &Line| {
            let provider = self.providers.get(&one.provider_id);
            let (category, percent) = category(self.vat(one));
            vec![
                Value::from(&one.invoice),
                Value::from(&format!("{}-{}", one.quarter, one.line)),
                Value::from(provider.map_or("", |found| found.kvk.as_str())),
                // ISO 6523 code of the Handelsregister.
                Value::from("0106"),
                Value::from(provider.map_or("", |found| found.name.as_str())),
                Value::from(one.from),
                Value::from(one.until),
                Value::from(self.code(one)),
                Value::from(self.product_name(one, lang)),
                Value::Hundredths(one.quantity.0),
                Value::from(self.unit(one)),
                Value::Hundredths(one.tariff.0),
                Value::Hundredths(one.amount.0),
                Value::from("EUR"),
                Value::from(category),
                percent.map_or(Value::Empty, Value::Whole),
                one.vat.map_or(Value::Empty, |vat| Value::Hundredths(vat.0)),
                Value::from(self.agreement(one)),
                Value::from(&one.contact),
            ]
        };
        let rows = self.lines.iter().map(row).chain([self.sum_row(UBL.len(), 12)]).collect();
        Export { name: "ubl", headings, rows }
    }

    /// The last row: how many lines, and what they come to.
    fn sum_row(&self, width: usize, place: usize) -> Vec<Value> {
        let mut row = vec![Value::Empty; width];
        row[0] = Value::from("CONTROLESOM");
        row[1] = Value::from(u32::try_from(self.lines.len()).unwrap_or(u32::MAX));
        row[place] = Value::Hundredths(self.control_sum().0);
        row
    }
}

/// The elements of UBL 2.1 that the columns fill, as a program that makes invoices knows them.
const UBL: [&str; 19] = [
    "Invoice/ID",
    "InvoiceLine/ID",
    "AccountingSupplierParty/CompanyID",
    "AccountingSupplierParty/CompanyID@schemeID",
    "AccountingSupplierParty/RegistrationName",
    "InvoicePeriod/StartDate",
    "InvoicePeriod/EndDate",
    "Item/SellersItemIdentification/ID",
    "Item/Name",
    "InvoicedQuantity",
    "InvoicedQuantity@unitCode",
    "Price/PriceAmount",
    "LineExtensionAmount",
    "LineExtensionAmount@currencyID",
    "ClassifiedTaxCategory/ID",
    "ClassifiedTaxCategory/Percent",
    "TaxTotal/TaxAmount",
    "OrderReference/ID",
    "BuyerReference",
];

/// The VAT category (UNCL 5305) and its percentage; empty while the catalogue does not tell.
fn category(vat: Option<Vat>) -> (&'static str, Option<u32>) {
    match vat {
        Some(Vat::Exempt) => ("E", Some(0)),
        Some(Vat::Percent(0)) => ("Z", Some(0)),
        Some(Vat::Percent(percent)) => ("S", Some(percent)),
        None => ("", None),
    }
}

/// The unit in UN/ECE recommendation 20: what has no code of its own is "one".
fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "MIN",
        Unit::Hour => "HUR",
        Unit::Day => "DAY",
        Unit::Week => "WEE",
        Unit::Month => "MON",
        Unit::HalfDay | Unit::Trajectory | Unit::Piece | Unit::Placement | Unit::Report => "C62",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vat_that_nobody_filled_in_is_not_guessed() {
        assert_eq!(category(None), ("", None));
        assert_eq!(category(Some(Vat::Exempt)), ("E", Some(0)));
        assert_eq!(category(Some(Vat::Percent(21))), ("S", Some(21)));
    }
}
