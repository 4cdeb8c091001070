//! The register that visitors read (register van toegelaten aanbieders): who was admitted, and who delivers under an
//! agreement that runs, also when it was agreed to before there were applications here. Alphabetical, nothing that ranks.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::db::Conn;
use crate::dossier::register::{self, Admitted};
use crate::procedure::store as procedure;
use crate::provider::{self, Provider};
use crate::text::Lang;

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub kvk: String,
    pub website: String,
    /// The names of what it delivers.
    pub products: Vec<String>,
    /// Codes of client profiles.
    pub profiles: Vec<String>,
    /// The day of the admission, or the first day of the agreement.
    pub since: NaiveDate,
}

/// Everybody who may deliver in this municipality today. Eight queries, whatever their number.
pub fn of(conn: &mut Conn, municipality_id: i64, today: NaiveDate, lang: Lang) -> QueryResult<Vec<Listed>> {
    let house = Actor::system(municipality_id);
    let providers = provider::store::all(conn, &house)?;
    let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
    let admitted = register::of(conn, &house)?;
    let accessions = agreement::store::of(conn, &house, &ids)?;
    let running: Vec<&Accession> = accessions.iter().filter(|one| one.covers(today)).collect();
    let running_ids: Vec<i64> = running.iter().map(|one| one.id).collect();
    let allowed = agreement::store::products_of(conn, &house, &running_ids)?;
    let by_code: HashMap<String, String> = procedure::catalogue(conn, &house)?
        .into_iter()
        .map(|one| (one.code, one.name.in_lang(lang).to_owned()))
        .collect();
    let by_id = procedure::product_names(conn, &house)?;
    let mut listed = Vec::new();
    for one in &providers {
        let own: Vec<&Admitted> = admitted.iter().filter(|row| row.provider_id == one.id).collect();
        let agreed: Vec<&&Accession> = running.iter().filter(|row| row.provider_id == one.id).collect();
        if !own.is_empty() {
            listed.extend(own.into_iter().map(|row| of_admitted(row, &by_code)));
        } else if !agreed.is_empty() {
            let codes = agreed.iter().flat_map(|row| allowed.get(&row.id).into_iter().flatten());
            let mut products: Vec<String> =
                codes.filter_map(|id| by_id.get(id)).map(|name| name.in_lang(lang).to_owned()).collect();
            products.sort();
            products.dedup();
            // From the first version on: a newer text of the same agreement is no new admission.
            let first = accessions.iter().filter(|row| row.provider_id == one.id).map(|row| row.active_from).min();
            listed.push(of_agreement(one, products, first.unwrap_or(today)));
        }
    }
    Ok(listed)
}

fn of_admitted(row: &Admitted, names: &HashMap<String, String>) -> Listed {
    Listed {
        name: row.name.clone(),
        kvk: row.kvk.clone(),
        website: row.website.clone(),
        products: row.products.iter().map(|code| names.get(code).unwrap_or(code).clone()).collect(),
        profiles: row.profiles.clone(),
        since: row.admitted_on,
    }
}

fn of_agreement(one: &Provider, products: Vec<String>, since: NaiveDate) -> Listed {
    Listed {
        name: one.name.clone(),
        kvk: one.kvk.to_string(),
        website: String::new(),
        products,
        profiles: Vec::new(),
        since,
    }
}
