//! Answering: the catalogue of a day, and one product with all that is known of it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::frame;
use super::product_acts::{BatchForm, TariffForm};
use super::product_form::Around;
use super::product_words::lines;
use super::products::{BatchRow, ProductPage, ProductRow, ProductsPage, ProviderUse, UseOfAll};
use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::agreement::{self, assortment};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::ids::Kvk;
use crate::money::Hundredths;
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::batches::{self, Batch};
use crate::procedure::catalogue::{self, ProductVersion};
use crate::procedure::product::Product;
use crate::procedure::store::{OfferedProduct, active_scheme, catalogue as products};
use crate::provider::{self, Provider};
use crate::statement::used;
use crate::text::Lang;
use crate::trajectory::running;

pub const LIST: &str = "/beheer/producten";

/// The place in the address of a product that has no code yet.
pub const NEW: &str = "nieuw";

/// Of which day, and what was just published.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DayQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    pub op: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub gepubliceerd: String,
}

/// GET `/beheer/producten`
pub async fn list(who: Insider, query: Query<DayQuery>) -> HttpResponse {
    who.answer(show_list(&who, query.into_inner()).await)
}

async fn show_list(who: &Insider, query: DayQuery) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let mut errors = FormErrors::default();
    let typed = if query.op.is_empty() { who.house.today().to_string() } else { query.op };
    let on = read_day(&typed).unwrap_or_else(|| {
        errors.fields.push(("op".to_owned(), fl!(who.lang.texts(), "admin-day-wrong")));
        who.house.today()
    });
    let actor = who.actor();
    let (versions, known, providers) = house::read(&who.house, move |conn| {
        let versions = catalogue::everything(conn, &actor)?;
        Ok((versions, products(conn, &actor)?, provider::store::all(conn, &actor)?))
    })
    .await?;
    let described = |code: &str| versions.iter().any(|one| one.product.code == code);
    let undescribed: Vec<(String, String)> = known
        .iter()
        .filter(|one| !described(&one.code))
        .map(|one| (one.code.clone(), one.name.in_lang(who.lang).to_owned()))
        .collect();
    let holds = versions.iter().filter(|one| one.covers(on));
    let rows: Vec<ProductRow> = holds.map(|one| row(who.lang, one, &known, &providers, on)).collect();
    let is_known = described(&query.gepubliceerd);
    let published = Some(query.gepubliceerd).filter(|_| is_known);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(status, &ProductsPage { frame, on, typed, errors, rows, undescribed, published }))
}

fn row(
    lang: Lang,
    one: &ProductVersion,
    known: &[OfferedProduct],
    providers: &[Provider],
    on: NaiveDate,
) -> ProductRow {
    let (product, t) = (&one.product, lang.texts());
    let tariffs = known.iter().find(|known| known.code == product.code).map(|known| known.tariffs.as_slice());
    let tariff = tariffs.unwrap_or_default().iter().find(|tariff| tariff.valid.covers(on)).map(|tariff| tariff.amount);
    let only = product.only_by.as_ref().map(|kvk| fl!(t, "catalogue-only-named", name = name_of(kvk, providers)));
    let places = product.places.map(|count| fl!(t, "catalogue-places-count", count = count));
    let yearly = product
        .yearly
        .map(|most| fl!(t, "catalogue-yearly-count", most = lang.quantity(most), unit = product.unit.word(lang)));
    ProductRow {
        code: product.code.clone(),
        name: product.name.in_lang(lang).to_owned(),
        unit: product.unit.word(lang),
        pricing: product.pricing.in_words(lang),
        tariff,
        profiles: product.profiles.join(", "),
        limits: [only, places, yearly].into_iter().flatten().collect(),
    }
}

/// The name of the provider with this KvK number, or the number itself.
pub fn name_of(kvk: &Kvk, providers: &[Provider]) -> String {
    providers.iter().find(|one| one.kvk == *kvk).map_or_else(|| kvk.to_string(), |one| one.name.clone())
}

/// Everything that the pages of one product need.
pub struct Known {
    pub row: Option<OfferedProduct>,
    /// The newest first.
    pub versions: Vec<ProductVersion>,
    pub providers: Vec<Provider>,
    pub around: Around,
}

impl Known {
    /// What is not there is not found; a product that is new has nothing yet.
    pub fn load(conn: &mut Conn, actor: &Actor, code: &str, today: NaiveDate) -> Result<Known, Turn> {
        let all = products(conn, actor)?;
        let codes = all.iter().map(|one| one.code.clone()).collect();
        let row = all.into_iter().find(|one| one.code == code);
        if row.is_none() && code != NEW {
            return Err(Turn::NotFound);
        }
        let versions = catalogue::versions(conn, actor, code)?;
        let providers = provider::store::all(conn, actor)?;
        let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
        let accessions = agreement::store::of(conn, actor, &ids)?;
        let stands = |id: i64| {
            accessions.iter().any(|one| one.provider_id == id && one.active_until.is_none_or(|last| last >= today))
        };
        let mut named: Vec<(Kvk, String)> =
            providers.iter().filter(|one| stands(one.id)).map(|one| (one.kvk.clone(), one.name.clone())).collect();
        named.sort_by_key(|one| one.1.to_lowercase());
        let scheme = active_scheme(conn, actor, today)?;
        let profiles = scheme.iter().flat_map(|one| one.selectable()).map(|one| one.code.clone()).collect();
        let after = versions.first().map_or(today, |one| one.from.max(today));
        let around = Around { profiles, providers: named, codes, earliest: add_days(after, 1) };
        Ok(Known { row, versions, providers, around })
    }

    /// The version that a new one is written from.
    pub fn newest(&self) -> Option<&Product> {
        self.versions.first().map(|one| &one.product)
    }

    pub fn seen(&self) -> i64 {
        self.versions.first().map_or(0, |one| one.id)
    }
}

/// Whether something was just written down.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 5))]
    klaar: String,
}

/// GET `/beheer/producten/{code}`
pub async fn product(who: Insider, code: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    let done = query.validate().is_ok() && query.klaar == "ja";
    let shown =
        show_product(&who, &code, TariffForm::default(), BatchForm::default(), FormErrors::default(), done).await;
    who.answer(shown)
}

/// The frame of a page below the list.
pub fn below(who: &Insider, here: String) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "catalogue-tab"), LIST);
    Ok(Frame { here, ..frame })
}

pub async fn show_product(
    who: &Insider,
    code: &str,
    tariff: TariffForm,
    batch: BatchForm,
    errors: FormErrors,
    done: bool,
) -> Result<HttpResponse, Turn> {
    let frame = below(who, format!("{LIST}/{code}"))?;
    let (actor, today, lang, wanted) = (who.actor(), who.house.today(), who.lang, code.to_owned());
    let (known, row, found) = house::read(&who.house, move |conn| {
        let known = Known::load(conn, &actor, &wanted, today)?;
        let row = known.row.clone().ok_or(Turn::NotFound)?;
        let found = Found::load(conn, &actor, row.id, today)?;
        Ok((known, row, found))
    })
    .await?;
    let holds = known.versions.iter().find(|one| one.covers(today)).or(known.versions.first());
    let named = |kvk: &Kvk| name_of(kvk, &known.providers);
    let all = |of: fn(&ProviderUse) -> i64| found.uses.values().map(of).sum::<i64>();
    let use_of_all = UseOfAll {
        year: today.year(),
        taken: all(|one| one.taken),
        places: holds.and_then(|one| one.product.places),
        delivered: Hundredths(all(|one| one.delivered.0)),
        yearly: holds.and_then(|one| one.product.yearly),
        amount: found.uses.values().map(|one| one.amount).sum(),
    };
    let of_provider = |one: &Provider| {
        let usage = found.uses.get(&one.id)?.clone();
        Some(ProviderUse { name: one.name.clone(), path: format!("/aanbieders/{}", one.path()), ..usage })
    };
    let mut providers: Vec<ProviderUse> = known.providers.iter().filter_map(of_provider).collect();
    providers.sort_by_key(|one| one.name.to_lowercase());
    let batch_row = |one: &Batch| BatchRow {
        provider: known
            .providers
            .iter()
            .find(|of| of.id == one.provider_id)
            .map(|of| of.name.clone())
            .unwrap_or_default(),
        bought_on: one.bought_on,
        quantity: one.quantity,
        paid: one.paid,
        reason: one.reason.clone(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ProductPage {
        frame,
        code: row.code.clone(),
        name: row.name.in_lang(lang).to_owned(),
        holds: holds.map(|one| (one.from, shown(lines(lang, &one.product, named)))),
        unit: row.unit.word(lang),
        tariffs: row.tariffs.iter().rev().map(|one| (one.amount, one.valid.from(), one.valid.until())).collect(),
        versions: known.versions.iter().map(|one| (one.from, one.until)).collect(),
        use_of_all,
        batches: found.batches.iter().map(batch_row).collect(),
        providers,
        tariff,
        batch,
        around: known.around,
        errors,
        done,
    };
    Ok(answer(status, &page))
}

/// Lines that say nothing are left out.
fn shown(lines: Vec<(String, String)>) -> Vec<(String, String)> {
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// What the database holds of one product, by provider. Five queries, whatever their number.
struct Found {
    uses: HashMap<i64, ProviderUse>,
    batches: Vec<Batch>,
}

impl Found {
    fn load(conn: &mut Conn, actor: &Actor, id: i64, today: NaiveDate) -> Result<Found, Turn> {
        let mut uses: HashMap<i64, ProviderUse> = HashMap::new();
        for one in running::taken(conn, actor, today)?.iter().filter(|one| one.product_id == id) {
            uses.entry(one.provider_id).or_default().taken = one.places;
        }
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        for one in used::between(conn, actor, first, today)?.iter().filter(|one| one.product_id == id) {
            let usage = uses.entry(one.provider_id).or_default();
            (usage.delivered, usage.amount) = (one.quantity, one.amount);
        }
        for one in assortment::all(conn, actor)?.iter().filter(|one| one.product_id == id && one.covers(today)) {
            uses.entry(one.provider_id).or_default().offers = Some(one.profiles.join(", "));
        }
        let mut all = batches::all(conn, actor)?;
        all.retain(|one| one.product_id == id);
        let drawn = used::drawn(conn, actor)?;
        for sum in batches::bought(&all) {
            let of = drawn.iter().find(|one| (one.product_id, one.provider_id) == (id, sum.provider_id));
            let drawn = of.map_or(Hundredths(0), |one| one.quantity);
            uses.entry(sum.provider_id).or_default().prepaid = Some((sum.quantity, drawn));
        }
        Ok(Found { uses, batches: all })
    }
}
