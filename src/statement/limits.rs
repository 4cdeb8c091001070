//! What the catalogue lays down and how much of it is taken (bekostiging en grenzen), gathered for the checks at the counter.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::checks::{Model, Prepaid, Shared, Term};
use super::used;
use crate::actor::Actor;
use crate::db::Conn;
use crate::money::Hundredths;
use crate::procedure::product::Pricing;
use crate::procedure::store::OfferedProduct;
use crate::procedure::{batches, catalogue};
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::schema::cost_line;
use crate::trajectory::running;

/// For one provider and one quarter.
pub(super) struct Limits {
    pub models: Vec<Model>,
    pub shared: Vec<Shared>,
    pub prepaid: Vec<Prepaid>,
}

/// `products` is the whole catalogue with its ids.
pub(super) fn load(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    quarter: Quarter,
    products: &[OfferedProduct],
) -> QueryResult<Limits> {
    let codes: HashMap<i64, &str> = products.iter().map(|one| (one.id, one.code.as_str())).collect();
    let versions = catalogue::everything(conn, actor)?;
    let models: Vec<Model> = versions
        .iter()
        .map(|one| Model {
            product: one.product.code.clone(),
            term: Term { from: one.from, until: one.until },
            reserved: one.product.is_closed_to(&provider.kvk),
            up_to: one.product.pricing == Pricing::ActualCostWithCap,
            most: one.product.max_quantity,
            places: one.product.places,
            yearly: one.product.yearly,
        })
        .collect();
    let limited =
        |code: &str| models.iter().any(|one| one.product == code && (one.places.is_some() || one.yearly.is_some()));
    let limited: Vec<i64> = products.iter().filter(|one| limited(&one.code)).map(|one| one.id).collect();
    let shared = match limited.is_empty() {
        true => Vec::new(),
        false => taken(conn, actor, provider, quarter, &limited, &codes)?,
    };
    let own = batches::all(conn, actor)?.into_iter().filter(|one| one.provider_id == provider.id).collect::<Vec<_>>();
    let named = |sum: batches::Bought| {
        let product = (*codes.get(&sum.product_id)?).to_owned();
        Some(Prepaid { product, since: sum.since, bought: sum.quantity })
    };
    let prepaid = batches::bought(&own).into_iter().filter_map(named).collect();
    Ok(Limits { models, shared, prepaid })
}

fn taken(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    quarter: Quarter,
    products: &[i64],
    codes: &HashMap<i64, &str>,
) -> QueryResult<Vec<Shared>> {
    let last_day = quarter.last_day();
    let (first, last) = year_of(last_day);
    let places = running::taken(conn, actor, last_day)?;
    let own = running::of_products(conn, actor, products, last_day)?;
    let delivered = used::between(conn, actor, first, last)?;
    // The lines of this statement as they stood before take no part: this one is put in their place.
    let before: Vec<(i64, NaiveDate, Hundredths)> = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::provider_id.eq(provider.id)))
        .filter(cost_line::quarter.eq(quarter.to_string()).and(cost_line::product_id.eq_any(products.to_vec())))
        .select((cost_line::product_id, cost_line::from_on, cost_line::quantity))
        .load(conn)?;
    let shared = |id: &i64| {
        let elsewhere = places.iter().filter(|one| one.product_id == *id && one.provider_id != provider.id);
        let elsewhere: i64 = elsewhere.map(|one| one.places).sum();
        let all: i64 = delivered.iter().filter(|one| one.product_id == *id).map(|one| one.quantity.0).sum();
        let stood = before.iter().filter(|(of, day, _)| of == id && (first..=last).contains(day));
        let stood: i64 = stood.map(|(_, _, quantity)| quantity.0).sum();
        let own = own.iter().filter(|one| one.product_id == *id && one.provider_id == provider.id);
        Some(Shared {
            product: (*codes.get(id)?).to_owned(),
            places_elsewhere: usize::try_from(elsewhere).unwrap_or(0),
            own: own.map(|one| one.case_ref.clone()).collect(),
            delivered: Hundredths(all - stood),
        })
    };
    Ok(products.iter().filter_map(shared).collect())
}

/// The calendar year of a day.
fn year_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
    (first, NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day))
}
