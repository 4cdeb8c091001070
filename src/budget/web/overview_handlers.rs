//! Answering: the year that it is, one year, the same by provider, and counting anew.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use chrono::Datelike;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::overview::{ProvidersPage, YearPage};
use super::{below, frame, or_refusal, path, writing};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::budget::figures::{FigureKind, by_source, read};
use crate::budget::{alarm, count, may_write, store};
use crate::house::{self, Turn};
use crate::page::{Frame, answer};
use crate::procedure::store::{active_scheme, catalogue, terms};
use crate::provider;

/// What was just done.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    klaar: String,
}

impl DoneQuery {
    pub fn is_done(&self) -> bool {
        !self.klaar.is_empty()
    }
}

/// GET `/begroting`: the year that it is.
pub async fn home(who: Insider) -> HttpResponse {
    let year = who.house.today().year();
    who.answer(frame(&who, year).map(|_| see_other(&path(year))))
}

/// GET `/begroting/{jaar}`
pub async fn year(who: Insider, year: Path<i32>, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, *year, &query.klaar).await)
}

async fn show(who: &Insider, year: i32, done: &str) -> Result<HttpResponse, Turn> {
    let frame = frame(who, year)?;
    let (actor, lang, today, t) = (who.actor(), who.lang, who.house.today(), who.lang.texts());
    let done = match done {
        "geteld" => Some(fl!(t, "budget-done-counted")),
        "bewaard" => Some(fl!(t, "budget-done-set")),
        _ => None,
    };
    let writes = may_write(&actor);
    let kinds = [FigureKind::Product, FigureKind::Profile, FigureKind::Month];
    let page = house::read(&who.house, move |conn| {
        let counted = read(conn, &actor, year, &kinds)?;
        let (sources, budgets) = (store::sources(conn, &actor)?, store::budgets(conn, &actor, year)?);
        let bookings = store::bookings(conn, &actor, year)?;
        let products = catalogue(conn, &actor)?.into_iter();
        let products = products.map(|one| (one.id, one.code, one.name.in_lang(lang).to_owned())).collect();
        let scheme = active_scheme(conn, &actor, today)?;
        let profiles = scheme.into_iter().flat_map(|one| one.profiles);
        let profiles = profiles.map(|one| (one.code, one.name.in_lang(lang).to_owned())).collect();
        let alarm = terms(conn, &actor, today)?.budget_alarm_percent;
        let sources = by_source(&sources, &budgets, &bookings, counted.as_ref());
        Ok(YearPage { frame, year, now: today.year(), writes, alarm, sources, counted, products, profiles, done })
    })
    .await?;
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/begroting/{jaar}/tellen`
pub async fn count(who: Insider, year: Path<i32>) -> HttpResponse {
    who.answer(count_anew(&who, *year).await)
}

async fn count_anew(who: &Insider, year: i32) -> Result<HttpResponse, Turn> {
    writing(who, year, path(year))?;
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    house::write(&who.house, move |conn| {
        // Who may count was looked at above.
        or_refusal(count::run(conn, &actor, now, today, year), &path(year))?.map_err(|_| Turn::BadRequest)?;
        if year == today.year() {
            alarm::ring(conn, &actor, now, today)?;
        }
        Ok(())
    })
    .await?;
    Ok(see_other(&format!("{}?klaar=geteld", path(year))))
}

/// GET `/begroting/{jaar}/aanbieders`
pub async fn providers(who: Insider, year: Path<i32>) -> HttpResponse {
    who.answer(show_providers(&who, *year).await)
}

async fn show_providers(who: &Insider, year: i32) -> Result<HttpResponse, Turn> {
    let frame: Frame = below(who, year, format!("{}/aanbieders", path(year)))?;
    let actor = who.actor();
    let rows = house::read(&who.house, move |conn| {
        let counted = read(conn, &actor, year, &[FigureKind::Provider])?;
        let figures: std::collections::HashMap<String, _> = match &counted {
            Some(counted) => counted.of(FigureKind::Provider).map(|(id, one)| (id.to_owned(), *one)).collect(),
            None => Default::default(),
        };
        let all = provider::store::all(conn, &actor)?.into_iter();
        let row = |one: provider::Provider| Some((one.number, one.name, *figures.get(&one.id.to_string())?));
        Ok(all.filter_map(row).collect())
    })
    .await?;
    Ok(answer(StatusCode::OK, &ProvidersPage { frame, year, rows }))
}
