//! The catalogue that everybody reads (openbaar productenboek): which products there are on a day, for whom, and at what
//! tariff.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use validator::Validate;

use super::handlers::{OnDay, find};
use super::{Place, Town};
use crate::account::entrance::Visit;
use crate::actor::Actor;
use crate::house::{self, Turn};
use crate::money::Cents;
use crate::page::entry::{Entry, read_day};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::Domain;
use crate::procedure::catalogue::{self, ProductVersion};
use crate::procedure::store::{OfferedProduct, catalogue as products};
use crate::provider::{self, Provider};
use crate::text::Lang;

/// GET `/gemeenten/{slug}/producten?op=2026-12-01`
#[derive(Template)]
#[template(path = "front/products.html")]
pub struct ProductsPage {
    pub frame: Frame,
    pub town: Town,
    pub on: NaiveDate,
    /// What was typed as the day.
    pub typed: String,
    pub errors: FormErrors,
    pub rows: Vec<Product>,
}

/// A product as everybody reads it.
#[derive(Debug, Clone)]
pub struct Product {
    pub code: String,
    pub name: String,
    pub profiles: String,
    pub pricing: String,
    /// When which part is paid.
    pub instalments: Vec<String>,
    pub tariff: Option<Cents>,
    pub unit: String,
    /// What comes on top; none while it is not known.
    pub vat: Option<String>,
    /// What limits it, in words.
    pub limits: Vec<String>,
}

impl ProductsPage {
    fn day_entry(&self) -> Entry {
        Entry::day(self.frame.lang, "op", fl!(self.frame.t(), "catalogue-on"), &self.typed).told(&self.errors)
    }
}

/// GET `/gemeenten/{slug}/producten`
pub async fn products_on(visit: Visit, slug: Path<String>, asked: Query<OnDay>) -> HttpResponse {
    visit.answer(show(&visit, slug.into_inner(), asked.into_inner()).await)
}

async fn show(visit: &Visit, slug: String, asked: OnDay) -> Result<HttpResponse, Turn> {
    let today = visit.house.today();
    let read = read_day(&asked.op).filter(|_| asked.validate().is_ok());
    let (on, typed) = (read.unwrap_or(today), asked.op);
    let mut errors = FormErrors::default();
    if read.is_none() && !typed.is_empty() {
        errors.fields.push(("op".to_owned(), fl!(visit.lang.texts(), "front-criteria-day-wrong")));
    }
    let lang = visit.lang;
    let (town, rows) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let Some(first) = town.procedures.first() else { return Ok((town, Vec::new())) };
        let house = Actor::system(first.municipality_id);
        let domains: Vec<Domain> = town.procedures.iter().map(|one| one.details.domain).collect();
        let versions = catalogue::in_force(conn, &house, on)?;
        let (known, providers) = (products(conn, &house)?, provider::store::all(conn, &house)?);
        let of_procedure = versions.iter().filter(|one| domains.contains(&one.product.domain));
        let rows = of_procedure.map(|one| row(lang, one, &known, &providers, on)).collect();
        Ok((town, rows))
    })
    .await?;
    let typed = if typed.is_empty() { on.to_string() } else { typed };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = town.frame(visit.frame(None), Place::Products);
    Ok(answer(status, &ProductsPage { frame, town, on, typed, errors, rows }))
}

fn row(lang: Lang, one: &ProductVersion, known: &[OfferedProduct], providers: &[Provider], on: NaiveDate) -> Product {
    let (product, t) = (&one.product, lang.texts());
    let tariffs = known.iter().find(|row| row.code == product.code).map(|row| row.tariffs.as_slice());
    let unit = product.unit.word(lang);
    let only = product.only_by.as_ref().map(|kvk| {
        let name = providers.iter().find(|one| one.kvk == *kvk).map_or(kvk.as_str(), |one| one.name.as_str());
        fl!(t, "catalogue-only-named", name = name)
    });
    let most = product
        .max_quantity
        .map(|most| fl!(t, "catalogue-most-each", most = lang.quantity(most), unit = unit.as_str()));
    let months = product.max_months.map(|months| fl!(t, "catalogue-most-months", count = months));
    let approval = product.requires_approval.then(|| fl!(t, "catalogue-approval"));
    Product {
        code: product.code.clone(),
        name: product.name.in_lang(lang).to_owned(),
        profiles: product.profiles.join(", "),
        pricing: product.pricing.in_words(lang),
        instalments: product
            .instalments
            .iter()
            .map(|part| format!("{}% {}", part.pct, part.at.in_lang(lang)))
            .collect(),
        tariff: tariffs.unwrap_or_default().iter().find(|one| one.valid.covers(on)).map(|one| one.amount),
        vat: product.vat.map(|vat| vat.in_words(lang)),
        limits: [only, most, months, approval].into_iter().flatten().collect(),
        unit,
    }
}
