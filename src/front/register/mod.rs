//! The register that visitors read (register van toegelaten aanbieders): who was admitted, and who delivers under an
//! agreement that runs, also when it was agreed to before there were applications here. What a provider tells of itself stands
//! beside it. No names of people, and nothing that ranks.

pub mod open_data;
pub mod search;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement::assortment::{self, Offered};
use crate::agreement::{self, Accession, life};
use crate::db::Conn;
use crate::dossier::register::{self, Admitted};
use crate::procedure::store as procedure;
use crate::provider::listing::{self, Listing};
use crate::provider::{self, Provider};
use crate::text::Bilingual;

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub kvk: String,
    /// Its products, by their code.
    pub products: BTreeMap<String, Bilingual>,
    /// Of those the ones it says it offers today (assortiment); none where it said nothing.
    pub offered: Option<BTreeMap<String, Bilingual>>,
    /// Codes of client profiles.
    pub profiles: Vec<String>,
    /// The day of the first admission, or the first day of the agreement.
    pub since: NaiveDate,
    /// It takes no new clients from this day (cliëntenstop), under any agreement that runs.
    pub stopped_from: Option<NaiveDate>,
    /// What it tells of itself; where it told nothing, only the website of its application.
    pub told: Listing,
}

/// What a visitor can choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// In alphabetical order.
    pub rows: Vec<Listed>,
    /// The names of the client profiles in use, by their code.
    pub profiles: BTreeMap<String, Bilingual>,
}

/// Everybody who may deliver in this municipality today. A handful of queries, whatever their number.
pub fn of(conn: &mut Conn, municipality_id: i64, today: NaiveDate) -> QueryResult<Register> {
    let house = Actor::system(municipality_id);
    let providers = provider::store::all(conn, &house)?;
    let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
    let admitted = register::of(conn, &house)?;
    let accessions = agreement::store::of(conn, &house, &ids)?;
    let running: Vec<&Accession> = accessions.iter().filter(|one| one.covers(today)).collect();
    let running_ids: Vec<i64> = running.iter().map(|one| one.id).collect();
    let allowed = agreement::store::products_of(conn, &house, &running_ids)?;
    let catalogue = procedure::catalogue(conn, &house)?;
    let by_code: HashMap<&str, &Bilingual> = catalogue.iter().map(|one| (one.code.as_str(), &one.name)).collect();
    let by_id: HashMap<i64, (&str, &Bilingual)> =
        catalogue.iter().map(|one| (one.id, (one.code.as_str(), &one.name))).collect();
    let stated = assortment::all(conn, &house)?;
    let mut told = listing::store::all(conn, &house)?;
    let lives = life::store::all(conn, &house, &[])?;
    let mut rows = Vec::new();
    for one in &providers {
        let own: Vec<&Admitted> = admitted.iter().filter(|row| row.provider_id == one.id).collect();
        let agreed: Vec<&&Accession> = running.iter().filter(|row| row.provider_id == one.id).collect();
        let mut line = if !own.is_empty() {
            of_admitted(one, &own, &by_code)
        } else if !agreed.is_empty() {
            let ids = agreed.iter().flat_map(|row| allowed.get(&row.id).into_iter().flatten());
            let named = ids.filter_map(|id| by_id.get(id)).map(|(code, name)| ((*code).to_owned(), (*name).clone()));
            // From the first version on: a newer text of the same agreement is no new admission.
            let first = accessions.iter().filter(|row| row.provider_id == one.id).map(|row| row.active_from).min();
            line(one, named.collect(), first.unwrap_or(today))
        } else {
            continue;
        };
        let said: Vec<&Offered> = stated.iter().filter(|row| row.provider_id == one.id).collect();
        if !said.is_empty() {
            let now = said.iter().filter(|row| row.covers(today)).filter_map(|row| by_id.get(&row.product_id));
            let now = now.filter(|(code, _)| line.products.contains_key(*code));
            line.offered = Some(now.map(|(code, name)| ((*code).to_owned(), (*name).clone())).collect());
        }
        if let Some(kept) = told.remove(&one.id) {
            line.told = kept.listing;
        }
        let runs = lives.iter().filter(|life| life.provider_id == one.id && life.state.runs());
        line.stopped_from = stop_of(runs.map(|life| life.stopped_from), today);
        rows.push(line);
    }
    let scheme = procedure::active_scheme(conn, &house, today)?;
    let selectable = scheme.iter().flat_map(|scheme| scheme.selectable());
    let profiles = selectable.map(|one| (one.code.clone(), one.name.clone())).collect();
    Ok(Register { rows, profiles })
}

/// From which day nobody new comes: only when every agreement that runs says so.
fn stop_of(stops: impl Iterator<Item = Option<NaiveDate>>, today: NaiveDate) -> Option<NaiveDate> {
    let stops: Option<Vec<NaiveDate>> = stops.map(|from| from.filter(|from| *from <= today)).collect();
    stops?.into_iter().max()
}

/// One line for a provider, however many procedures admitted it.
fn of_admitted(one: &Provider, own: &[&Admitted], names: &HashMap<&str, &Bilingual>) -> Listed {
    let codes = own.iter().flat_map(|row| &row.products);
    let named = |code: &String| {
        let unknown = || Bilingual { nl: code.clone(), en: code.clone() };
        (code.clone(), names.get(code.as_str()).map_or_else(unknown, |name| (*name).clone()))
    };
    let since = own.iter().map(|row| row.admitted_on).min().unwrap_or_default();
    let mut listed = line(one, codes.map(named).collect(), since);
    listed.profiles = own.iter().flat_map(|row| row.profiles.clone()).collect();
    listed.profiles.sort();
    listed.profiles.dedup();
    let website = own.iter().map(|row| row.website.trim()).find(|website| !website.is_empty());
    listed.told.website = website.and_then(listing::web_address).unwrap_or_default();
    listed
}

fn line(one: &Provider, products: BTreeMap<String, Bilingual>, since: NaiveDate) -> Listed {
    Listed {
        name: one.name.clone(),
        kvk: one.kvk.to_string(),
        products,
        offered: None,
        profiles: Vec::new(),
        since,
        stopped_from: None,
        told: Listing::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_new_comes_only_when_every_agreement_that_runs_says_so() {
        let day = |written: &str| written.parse::<NaiveDate>().expect("a day");
        let (today, before, later) = (day("2026-11-23"), Some(day("2026-11-01")), Some(day("2026-12-01")));
        let of = |stops: &[Option<NaiveDate>]| stop_of(stops.iter().copied(), today);
        assert_eq!((of(&[before]), of(&[before, None]), of(&[later])), (before, None, None));
        assert_eq!((of(&[]), of(&[before, Some(today)])), (None, Some(today)));
    }
}
