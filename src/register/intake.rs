//! Taking a register in: what is new is added, what is known is brought up to date, and what is not named stays. A row
//! that does not fit what is known is a fault, and with one fault nothing is taken.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::checks::at;
use super::{AgreementLine, ContactLine, Fault, Problem, ProductLine, ProviderLine, Register, TariffLine};
use crate::actor::Actor;
use crate::agreement::Accession;
use crate::audit::{self, Act};
use crate::client::MunicipalContact;
use crate::complaint::Arrangement;
use crate::db::Conn;
use crate::procedure::Validity;
use crate::procedure::product::Tariff;
use crate::procedure::store::OfferedProduct;
use crate::schema::cost_line;
use crate::sheet::shown_date;
use crate::text::{Bilingual, Lang};
use crate::{agreement, client, complaint, procedure, provider};

/// What does not fit, or a broken house.
#[derive(Debug)]
pub enum Fate {
    Refused(Vec<Fault>),
    Trouble(diesel::result::Error),
}

impl From<diesel::result::Error> for Fate {
    fn from(cause: diesel::result::Error) -> Fate {
        Fate::Trouble(cause)
    }
}

/// Takes everything in, or nothing.
pub fn take(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, told: &Register) -> Result<(), Fate> {
    let mut faults = Vec::new();
    for line in &told.providers {
        take_provider(conn, actor, now, line, &mut faults)?;
    }
    for line in &told.products {
        take_product(conn, actor, line, &mut faults)?;
    }
    take_tariffs(conn, actor, &told.tariffs, &mut faults)?;
    for line in &told.agreements {
        take_agreement(conn, actor, now, line, &mut faults)?;
    }
    for line in &told.contacts {
        take_contact(conn, actor, line)?;
    }
    if !faults.is_empty() {
        return Err(Fate::Refused(faults));
    }
    let detail = format!(
        "providers {}, products {}, tariffs {}, agreements {}, contacts {}",
        told.providers.len(),
        told.products.len(),
        told.tariffs.len(),
        told.agreements.len(),
        told.contacts.len()
    );
    let act = Act { action: "register.take", object: "register", result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

fn take_provider(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    line: &ProviderLine,
    faults: &mut Vec<Fault>,
) -> QueryResult<()> {
    let mut fault = |column, found: &str, problem| faults.push(at::<ProviderLine>(line.row, column, found, problem));
    let number = line.number.map(i64::from);
    let holder = match number {
        Some(number) => provider::store::find(conn, actor, number)?.filter(|holder| holder.kvk != line.kvk),
        None => None,
    };
    if let (Some(holder), Some(number)) = (holder, number) {
        fault("aanbiedernummer", &number.to_string(), Problem::NumberTaken { name: holder.name });
        return Ok(());
    }
    // The organisation itself is shared with other municipalities; one of them does not rename it for the others.
    let elsewhere = provider::store::name_elsewhere(conn, actor, &line.kvk)?;
    if let Some(name) = elsewhere.filter(|name| *name != line.name) {
        fault("naam", &line.name, Problem::OtherName { name });
        return Ok(());
    }
    let known = provider::store::find_by_kvk(conn, actor, &line.kvk)?;
    let id = match known {
        Some(known) => {
            if let Some(other) = number.filter(|number| *number != known.number) {
                fault("aanbiedernummer", &other.to_string(), Problem::OtherNumber { number: known.number.to_string() });
                return Ok(());
            }
            if known.name != line.name {
                provider::store::rename(conn, actor, now, &known, &line.name)?;
            }
            known.id
        }
        None => {
            let number = match number {
                Some(number) => number,
                None => provider::store::free_number(conn, actor)?,
            };
            provider::store::register(conn, actor, now, &line.kvk, &line.name, number)?.id
        }
    };
    if line.procedure_valid_until.is_some() || line.adviser_named.is_some() {
        let known = complaint::store::arrangement(conn, actor, id)?;
        let arrangement = Arrangement {
            procedure_valid_until: line.procedure_valid_until.or(known.procedure_valid_until),
            adviser_named: line.adviser_named.unwrap_or(known.adviser_named),
        };
        complaint::store::arrange(conn, actor, id, &arrangement)?;
    }
    Ok(())
}

fn take_product(conn: &mut Conn, actor: &Actor, line: &ProductLine, faults: &mut Vec<Fault>) -> QueryResult<()> {
    let new = OfferedProduct {
        id: 0,
        code: line.code.clone(),
        name: Bilingual { nl: line.name_nl.clone(), en: line.name_en.clone() },
        unit: line.unit,
        tariffs: Vec::new(),
    };
    let known = procedure::store::catalogue(conn, actor)?.into_iter().find(|known| known.code == line.code);
    match known {
        // An amount that was charged by the hour would be read as one by the month.
        Some(known) if known.unit != line.unit && was_charged(conn, actor, known.id)? => {
            let problem = Problem::UnitInUse { unit: known.unit.word(Lang::Nl) };
            faults.push(at::<ProductLine>(line.row, "eenheid", &line.unit.word(Lang::Nl), problem));
        }
        Some(known) => procedure::store::change_product(conn, actor, known.id, &new)?,
        None => _ = procedure::store::add_product(conn, actor, &new)?,
    }
    Ok(())
}

fn was_charged(conn: &mut Conn, actor: &Actor, product_id: i64) -> QueryResult<bool> {
    let lines = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::product_id.eq(product_id)));
    diesel::select(diesel::dsl::exists(lines)).get_result(conn)
}

/// The prices of every product that is named, those that are known and those that come in laid beside each other.
fn take_tariffs(conn: &mut Conn, actor: &Actor, lines: &[TariffLine], faults: &mut Vec<Fault>) -> QueryResult<()> {
    let catalogue = procedure::store::catalogue(conn, actor)?;
    let mut by_product: HashMap<&str, Vec<&TariffLine>> = HashMap::new();
    for line in lines {
        match catalogue.iter().any(|product| product.code == line.product) {
            true => by_product.entry(&line.product).or_default().push(line),
            false => {
                let problem = Problem::UnknownProduct { code: line.product.clone() };
                faults.push(at::<TariffLine>(line.row, "product", "", problem));
            }
        }
    }
    for product in &catalogue {
        let Some(stated) = by_product.get(product.code.as_str()) else { continue };
        match laid_out(product, stated) {
            Ok(tariffs) => procedure::store::price(conn, actor, product.id, &tariffs)?,
            Err(fault) => faults.push(*fault),
        }
    }
    Ok(())
}

/// "Leeg: tot een volgend tarief begint": a price without an end ends on the day before the next begins.
fn laid_out(product: &OfferedProduct, stated: &[&TariffLine]) -> Result<Vec<Tariff>, Box<Fault>> {
    let known = product.tariffs.iter().filter(|known| !stated.iter().any(|new| new.valid_from == known.valid.from()));
    let known = known.map(|known| (known.valid.from(), known.valid.until(), known.amount, None));
    let stated = stated.iter().map(|new| (new.valid_from, new.valid_until, new.amount, Some(new.row)));
    let mut prices: Vec<(NaiveDate, Option<NaiveDate>, _, Option<u32>)> = known.chain(stated).collect();
    prices.sort_by_key(|price| price.0);
    let mut tariffs = Vec::with_capacity(prices.len());
    for (place, &(from, until, amount, row)) in prices.iter().enumerate() {
        let next = prices.get(place + 1);
        let until = until.or_else(|| next.and_then(|next| next.0.pred_opt()));
        if let (Some(next), Some(last)) = (next, until)
            && last >= next.0
        {
            let ((from, until), row) = match next.3 {
                Some(row) => ((from, Some(last)), row),
                None => ((next.0, next.1), row.unwrap_or_default()),
            };
            let period = format!("{} – {}", shown_date(from), until.map(shown_date).unwrap_or_default());
            let problem = Problem::TariffsOverlap { period };
            return Err(Box::new(at::<TariffLine>(row, "geldig_vanaf", &product.code, problem)));
        }
        if let Ok(valid) = Validity::new(from, until) {
            tariffs.push(Tariff { product: product.code.clone(), amount, valid });
        }
    }
    Ok(tariffs)
}

fn take_agreement(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    line: &AgreementLine,
    faults: &mut Vec<Fault>,
) -> QueryResult<()> {
    let mut fault = |column, found: &str, problem| faults.push(at::<AgreementLine>(line.row, column, found, problem));
    let ids = procedure::store::product_ids(conn, actor)?;
    let unknown: Vec<&String> = line.products.iter().filter(|code| !ids.contains_key(*code)).collect();
    for code in &unknown {
        fault("producten", "", Problem::UnknownProduct { code: (*code).clone() });
    }
    let Some(provider) = provider::store::find_by_kvk(conn, actor, &line.kvk)? else {
        fault("kvk", line.kvk.as_str(), Problem::UnknownProvider);
        return Ok(());
    };
    // An agreement stays with who signed it, through all its versions.
    let versions = agreement::store::numbered(conn, actor, &line.number)?;
    if let Some(other) = versions.iter().find(|known| known.provider_id != provider.id) {
        let holder = provider::store::find_by_id(conn, actor, other.provider_id)?;
        let name = holder.map(|holder| holder.name).unwrap_or_default();
        fault("overeenkomstnummer", &line.number, Problem::OtherHolder { name });
        return Ok(());
    }
    if !unknown.is_empty() {
        return Ok(());
    }
    let version = i32::try_from(line.version).expect("the sheet holds three digits at most");
    let known = versions.iter().find(|known| known.version == version);
    let stated = Accession {
        id: known.map_or(0, |known| known.id),
        provider_id: provider.id,
        number: line.number.clone(),
        version,
        active_from: line.active_from,
        active_until: line.active_until,
    };
    let products: Vec<i64> = line.products.iter().filter_map(|code| ids.get(code).copied()).collect();
    match known {
        Some(_) => agreement::store::revise(conn, actor, now, &stated, &products),
        None => agreement::store::accede(conn, actor, now, &stated, &products).map(|_| ()),
    }
}

fn take_contact(conn: &mut Conn, actor: &Actor, line: &ContactLine) -> QueryResult<()> {
    let stated = MunicipalContact {
        email: line.email.clone(),
        name: line.name.clone(),
        active_from: line.active_from,
        active_until: line.active_until,
    };
    match client::store::contacts(conn, actor)?.iter().any(|(_, known)| known.email == line.email) {
        true => client::store::change_contact(conn, actor, &stated),
        false => client::store::add_contact(conn, actor, &stated),
    }
}
