//! What Noordermeer lays down of its products, beside their tariffs (productenboek van de voorbeeldgemeente): for whom they
//! are, how they are paid, what limits them, what was paid in advance, and what each provider offers.

use std::collections::HashMap;

use anyhow::Context;
use chrono::NaiveDateTime;

use crate::actor::Actor;
use crate::agreement::assortment;
use crate::calendar::{add_days, add_months};
use crate::db::Conn;
use crate::demo::{self, Municipality};
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::procedure::batches::{self, Batch};
use crate::procedure::catalogue;
use crate::procedure::defaults::defaults;
use crate::procedure::product::{Pricing, Product, Steps, Vat};
use crate::procedure::{Domain, Validity};
use crate::text::Bilingual;

/// Job application training is bought in batches.
const PREPAID: &str = "RE-P1-ST";
/// So many for each who delivers it, so many months after the first quarter began.
const BATCHES: [(u32, i64, u32, &str); 4] = [
    (1042, 50, 0, "Groep van 50, met nazorg"),
    (1011, 15, 0, "Groep van 15"),
    (1032, 10, 0, "Groep van 10"),
    (1032, 4, 12, "Aanvulling op de groep van 10"),
];
/// Sheltered work is delivered by one provider alone from the day after the last quarter.
const SHELTERED: &str = "RE-P5-BW";
const SHELTERED_BY: u32 = 1038;
const SHELTERED_PLACES: u32 = 12;
/// What a provider offers since shortly that its agreement does not hold yet.
const BEYOND: (u32, &str) = (1042, "RE-P3-PO");

/// All of it. `products` and `providers` are the ids of what was founded, by code and by KvK number.
pub(super) fn lay_down(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    town: &Municipality,
    products: &HashMap<&str, i64>,
    providers: &HashMap<&Kvk, i64>,
) -> anyhow::Result<()> {
    let begun = Validity::new(town.procedure.active_from, None)?;
    let since = town.quarters.first().map_or(town.procedure.active_from, |quarter| quarter.first_day());
    let last = town.quarters.last().map_or(since, |quarter| quarter.last_day());
    let after = add_days(last, 1);
    let numbered = |number: u32| town.providers.iter().find(|one| one.number == number);
    for invented in &town.products {
        let first = described(invented, begun)?;
        catalogue::lay_down(conn, actor, &first)?;
        if invented.code == SHELTERED {
            let only_by = numbered(SHELTERED_BY).map(|one| one.kvk.clone());
            let valid = Validity::new(after, None)?;
            catalogue::lay_down(conn, actor, &Product { only_by, places: Some(SHELTERED_PLACES), valid, ..first })?;
        }
    }
    let prepaid = town.products.iter().find(|one| one.code == PREPAID).context("the catalogue has it")?;
    for (number, count, months, reason) in BATCHES {
        let Some(provider_id) = numbered(number).and_then(|one| providers.get(&one.kvk)) else { continue };
        let bought_on = add_months(since, months);
        let batch = Batch {
            product_id: products[PREPAID],
            provider_id: *provider_id,
            bought_on,
            quantity: Hundredths(count * 100),
            paid: Some(Cents(prepaid.tariff(bought_on).0 * count)),
            reason: reason.to_owned(),
            noted_at: now,
            noted_by: actor.name().to_owned(),
        };
        batches::lay_down(conn, actor, &batch)?;
    }
    for one in town.providers.iter().filter(|one| one.agreement.active_until.is_none()) {
        let Some(id) = providers.get(&one.kvk) else { continue };
        for code in &one.products {
            offered(conn, actor, now, town, products, (*id, code), one.agreement.active_from)?;
        }
        if one.number == BEYOND.0 {
            offered(conn, actor, now, town, products, (*id, BEYOND.1), after)?;
        }
    }
    Ok(())
}

fn offered(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    town: &Municipality,
    products: &HashMap<&str, i64>,
    (provider_id, code): (i64, &str),
    from: chrono::NaiveDate,
) -> anyhow::Result<()> {
    let product =
        town.products.iter().find(|one| one.code == code).context("a firm offers what is in the catalogue")?;
    let profiles: Vec<String> = product.profiles.iter().map(|one| (*one).to_owned()).collect();
    assortment::lay_down(conn, actor, now, from, provider_id, products[code], &profiles)?;
    Ok(())
}

fn described(invented: &demo::Product, valid: Validity) -> anyhow::Result<Product> {
    let pricing = match (invented.code, invented.pricing) {
        (PREPAID, _) => Pricing::BatchPrepaid,
        (_, demo::Pricing::PerUnit) => Pricing::PerUnit,
        (_, demo::Pricing::FixedPerTrajectory) => Pricing::FixedPerTrajectory,
        (_, demo::Pricing::Instalments) => Pricing::Instalments,
    };
    let usual = defaults().catalogue.pricing_models.iter().find(|one| one.code == pricing);
    let scheme = defaults().active_scheme();
    let steps = scheme.profiles.iter().filter(|one| invented.profiles.contains(&one.code.as_str()));
    let steps: Vec<u8> = steps.flat_map(|one| one.ladder.iter().copied()).collect();
    let ladder = steps.iter().min().zip(steps.iter().max()).map(|(from, to)| Steps { from: *from, to: *to });
    let measures = invented.unit == "report";
    Ok(Product {
        code: invented.code.to_owned(),
        name: Bilingual { nl: invented.name_nl.to_owned(), en: invented.name_en.to_owned() },
        domain: Domain::Pw,
        profiles: invented.profiles.iter().map(|one| (*one).to_owned()).collect(),
        unit: invented.unit.parse()?,
        pricing,
        instalments: usual.map(|one| one.instalments.clone()).unwrap_or_default(),
        vat: Some(if measures { Vat::Exempt } else { Vat::Percent(21) }),
        max_quantity: Some(invented.max_quantity),
        max_months: (invented.unit == "month").then_some(36),
        ladder,
        only_by: None,
        places: (invented.code == "RE-P3-TS").then_some(20),
        yearly: (invented.code == "RE-P2-LW").then_some(Hundredths(1_200)),
        requires_approval: true,
        delivers_results: !measures,
        valid,
    })
}
