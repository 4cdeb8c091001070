//! The annex "Producten en tarieven" of an offer: what the catalogue says of every product on the first day. It is written
//! down when it is offered and signed with the text; a tariff that changes later does not change what was signed.

use chrono::NaiveDate;
use diesel::QueryResult;
use diesel::result::Error as QueryError;
use serde::{Deserialize, Serialize};

use super::offering::Candidate;
use crate::actor::Actor;
use crate::agreement;
use crate::agreement::text::{AgreementText, TextKind, TextVersion};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::money::Cents;
use crate::procedure::catalogue;
use crate::procedure::product::{Instalment, Pricing, Unit, Vat, tariff_on};
use crate::procedure::store as products;
use crate::text::Bilingual;

/// What stands in the annex, and by what it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffAnnex {
    /// As it is kept: JSON.
    pub written: String,
    /// Over what is kept.
    pub digest: Sha256Hex,
    /// The day on which these tariffs hold.
    pub on: NaiveDate,
    /// In the order of the codes.
    pub lines: Vec<TariffLine>,
}

/// One product (regel van de bijlage).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TariffLine {
    pub product: i64,
    pub code: String,
    pub name: Bilingual,
    pub unit: Unit,
    /// Not known of a product that nobody described.
    pub pricing: Option<Pricing>,
    pub instalments: Vec<Instalment>,
    pub vat: Option<Vat>,
    /// Of one unit, without VAT; none while no tariff holds on the day.
    pub amount: Option<Cents>,
}

/// What is kept. A part that is added later begins a next kind of sheet: what was signed stays as it was hashed.
#[derive(Serialize, Deserialize)]
struct Sheet {
    on: NaiveDate,
    lines: Vec<TariffLine>,
}

impl TariffAnnex {
    pub fn of(on: NaiveDate, lines: Vec<TariffLine>) -> Result<TariffAnnex, serde_json::Error> {
        TariffAnnex::read(serde_json::to_string(&Sheet { on, lines })?)
    }

    pub fn read(written: String) -> Result<TariffAnnex, serde_json::Error> {
        let Sheet { on, lines } = serde_json::from_str(&written)?;
        Ok(TariffAnnex { digest: Sha256Hex::of(written.as_bytes()), written, on, lines })
    }

    /// The lines of these products, where they are only some of the annex: of who changes his agreement, and keeps what he
    /// delivers.
    pub fn only(&self, products: &[i64]) -> Vec<&TariffLine> {
        let mine: Vec<&TariffLine> = self.lines.iter().filter(|line| products.contains(&line.product)).collect();
        if mine.len() == self.lines.len() { Vec::new() } else { mine }
    }
}

/// Draws it up for what is offered, and for what the providers deliver whose agreement it changes. None when no products are
/// offered, or when the text has an annex of its own for them.
pub(super) fn draw_up(
    conn: &mut Conn,
    actor: &Actor,
    documents: &[(AgreementText, TextVersion)],
    offered: &[i64],
    chosen: &[Candidate],
    on: NaiveDate,
) -> QueryResult<Option<TariffAnnex>> {
    let has_own = documents.iter().any(|(text, _)| text.kind == TextKind::Tariffs);
    if offered.is_empty() || has_own {
        return Ok(None);
    }
    let mut wanted = offered.to_vec();
    let follows: Vec<i64> = chosen.iter().filter_map(|one| one.follows).collect();
    wanted.extend(agreement::store::products_of(conn, actor, &follows)?.into_values().flatten());
    let described = catalogue::in_force(conn, actor, on)?;
    let lines = products::catalogue(conn, actor)?.into_iter().filter(|one| wanted.contains(&one.id)).map(|one| {
        let known = described.iter().find(|known| known.product.code == one.code).map(|known| &known.product);
        TariffLine {
            product: one.id,
            amount: tariff_on(&one.tariffs, &one.code, on).map(|tariff| tariff.amount),
            pricing: known.map(|known| known.pricing),
            instalments: known.map(|known| known.instalments.clone()).unwrap_or_default(),
            vat: known.and_then(|known| known.vat),
            code: one.code,
            name: one.name,
            unit: one.unit,
        }
    });
    let drawn = TariffAnnex::of(on, lines.collect());
    drawn.map(Some).map_err(|cause| QueryError::SerializationError(cause.into()))
}

/// An invented annex, for tests and to look at.
pub fn sample() -> TariffAnnex {
    let line = |product: i64, code: &str, nl: &str, en: &str, amount: Option<i64>| TariffLine {
        product,
        code: code.to_owned(),
        name: Bilingual { nl: nl.to_owned(), en: en.to_owned() },
        unit: Unit::Hour,
        pricing: Some(Pricing::PerUnit),
        instalments: Vec::new(),
        vat: None,
        amount: amount.map(Cents),
    };
    let lines = vec![
        line(1, "JC", "Jobcoaching", "Job coaching", Some(6_255)),
        line(2, "TR", "Training werkfit", "Work fitness training", None),
    ];
    TariffAnnex::of("2027-01-01".parse().expect("a day"), lines).expect("a sheet can be written down")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_tariff_is_another_annex_and_the_same_one_reads_back_as_it_was_written() {
        let annex = sample();
        assert_eq!(TariffAnnex::read(annex.written.clone()).unwrap(), annex);
        let mut lines = annex.lines.clone();
        lines[0].amount = Some(Cents(6_256));
        assert_ne!(TariffAnnex::of(annex.on, lines).unwrap().digest, annex.digest);
    }

    #[test]
    fn who_delivers_all_of_it_needs_no_list_of_his_own() {
        let annex = sample();
        assert!(annex.only(&[1, 2, 3]).is_empty());
        let codes = |products: &[i64]| annex.only(products).iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes(&[2]), ["TR"]);
    }
}
