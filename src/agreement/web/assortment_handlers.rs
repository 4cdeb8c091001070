//! Answering: what a provider offers, stated by himself, and the agreement that follows it.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::assortment::{OfferPage, OfferRow};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement::assortment::{self, NotStated};
use crate::agreement::store;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, ProviderLink, answer};
use crate::procedure::catalogue;
use crate::procedure::store::catalogue as products;
use crate::provider::{self, Provider, number_in};
use crate::text::Lang;

/// Whether something was just written down.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 5))]
    klaar: String,
}

/// GET `/aanbieders/{nr}/aanbod`
pub async fn show(who: Insider, nr: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    let done = query.validate().is_ok() && query.klaar == "ja";
    who.answer(show_offer(&who, nr.into_inner(), None, FormErrors::default(), done).await)
}

/// What the page is made from; `sent` are the boxes as they were ticked just now.
async fn show_offer(
    who: &Insider,
    nr: String,
    sent: Option<BTreeSet<(i64, String)>>,
    errors: FormErrors,
    done: bool,
) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let (provider, rows, ended, agreement) = house::read(&who.house, move |conn| {
        let provider = find(conn, &actor, &nr)?;
        let standing = assortment::standing(conn, &actor, provider.id, today)?;
        let agreed = match &standing {
            Some(accession) => store::products(conn, &actor, accession.id)?,
            None => Vec::new(),
        };
        let rows = rows(conn, &actor, &provider, today, lang, &agreed, sent.as_ref())?;
        let ended = ended(conn, &actor, provider.id, today, lang)?;
        Ok((provider, rows, ended, standing.map(|one| one.number)))
    })
    .await?;
    let actor = who.actor();
    let (states, takes_over) = (assortment::may_state(&actor, provider.id), actor.role() == Role::ContractManager);
    let link = ProviderLink { key: provider.path(), name: provider.name };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = who.frame_within(&link);
    let frame = Frame { here: format!("{}/aanbod", link.path()), ..frame };
    let page = OfferPage { frame, provider: link, today, rows, ended, states, takes_over, agreement, errors, done };
    Ok(answer(status, &page))
}

fn find(conn: &mut Conn, actor: &Actor, nr: &str) -> Result<Provider, Turn> {
    let number = number_in(nr).ok_or(Turn::NotFound)?;
    provider::store::find(conn, actor, number)?.ok_or(Turn::NotFound)
}

/// The catalogue of today in the order of the codes; four queries, whatever its length.
fn rows(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    today: NaiveDate,
    lang: Lang,
    agreed: &[i64],
    sent: Option<&BTreeSet<(i64, String)>>,
) -> Result<Vec<OfferRow>, Turn> {
    let versions = catalogue::in_force(conn, actor, today)?;
    let known = products(conn, actor)?;
    let offered = assortment::on(conn, actor, provider.id, today)?;
    let row = |version: &catalogue::ProductVersion| {
        let row = known.iter().find(|one| one.code == version.product.code)?;
        let own = offered.iter().find(|one| one.product_id == row.id);
        let ticked = |profile: &String| match sent {
            Some(sent) => sent.contains(&(row.id, profile.clone())),
            None => own.is_some_and(|one| one.profiles.contains(profile)),
        };
        Some(OfferRow {
            product_id: row.id,
            code: row.code.clone(),
            name: version.product.name.in_lang(lang).to_owned(),
            unit: row.unit.word(lang),
            tariff: row.tariffs.iter().find(|one| one.valid.covers(today)).map(|one| one.amount),
            profiles: version.product.profiles.iter().map(|one| (one.clone(), ticked(one))).collect(),
            since: own.map(|one| one.from),
            agreed: agreed.contains(&row.id),
            closed: version.product.is_closed_to(&provider.kvk),
        })
    };
    Ok(versions.iter().filter_map(row).collect())
}

/// What was offered once and is no more, the latest first.
fn ended(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    today: NaiveDate,
    lang: Lang,
) -> Result<Vec<(String, String, NaiveDate)>, Turn> {
    let known = products(conn, actor)?;
    let mut all = assortment::all(conn, actor)?;
    all.retain(|one| one.provider_id == provider_id);
    let still: Vec<i64> = all.iter().filter(|one| one.covers(today)).map(|one| one.product_id).collect();
    let over = all.iter().filter(|one| !still.contains(&one.product_id));
    let mut ended: Vec<(String, String, NaiveDate)> = over
        .filter_map(|one| {
            let row = known.iter().find(|row| row.id == one.product_id)?;
            Some((row.code.clone(), row.name.in_lang(lang).to_owned(), one.until?))
        })
        .collect();
    ended.sort_by(|one, other| other.2.cmp(&one.2).then(one.0.cmp(&other.0)));
    ended.dedup_by(|one, other| one.0 == other.0);
    Ok(ended)
}

/// A product and a profile, as `12|P2`.
const BOX: &str = "vak";

/// POST `/aanbieders/{nr}/aanbod`: the boxes as they stand are what is offered from today on.
pub async fn state(who: Insider, nr: Path<String>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(take_down(&who, nr.into_inner(), form.into_inner()).await)
}

async fn take_down(who: &Insider, nr: String, fields: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    let read = |value: &str| value.split_once('|').and_then(|(id, one)| Some((id.parse().ok()?, one.to_owned())));
    let sent: BTreeSet<(i64, String)> =
        fields.iter().filter(|(name, _)| name == BOX).filter_map(|(_, value)| read(value)).collect();
    let (actor, now, today, lang) = (who.actor(), who.house.now(), who.house.today(), who.lang);
    let (wanted, path) = (sent.clone(), nr.clone());
    let done = house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &path)?;
        if !assortment::may_state(&actor, provider.id) {
            return Err(Turn::NotAllowed);
        }
        let rows = rows(conn, &actor, &provider, today, lang, &[], Some(&wanted))?;
        // What is not on the page for him cannot be offered: an unknown product, another's, or a profile it is not meant for.
        let on_page = |(id, profile): &(i64, String)| {
            rows.iter()
                .any(|row| row.product_id == *id && !row.closed && row.profiles.iter().any(|(one, _)| one == profile))
        };
        if !wanted.iter().all(on_page) {
            return Ok(false);
        }
        let offered = rows.iter().filter(|row| row.is_offered()).map(|row| {
            let profiles = row.profiles.iter().filter(|(_, ticked)| *ticked).map(|(one, _)| one.clone());
            (row.product_id, profiles.collect::<Vec<_>>())
        });
        let offered: Vec<_> = offered.collect();
        assortment::state(conn, &actor, now, today, provider.id, &offered).map_err(turned)?;
        Ok(true)
    })
    .await?;
    match done {
        true => Ok(see_other(&format!("/aanbieders/{nr}/aanbod?klaar=ja"))),
        false => {
            let whole = vec![fl!(lang.texts(), "catalogue-offer-changed")];
            show_offer(who, nr, Some(sent), FormErrors { whole, ..FormErrors::default() }, false).await
        }
    }
}

fn turned(cause: NotStated) -> Turn {
    match cause {
        NotStated::NotYours => Turn::NotAllowed,
        NotStated::NoAgreement => Turn::Conflict { by: None, back: "/aanbieders".to_owned() },
        NotStated::Trouble(cause) => cause.into(),
    }
}

/// POST `/aanbieders/{nr}/aanbod/overeenkomst`: what is offered beyond the agreement comes into it.
pub async fn follow(who: Insider, nr: Path<String>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(take_over(&who, nr.into_inner(), form.into_inner()).await)
}

async fn take_over(who: &Insider, nr: String, fields: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    let chosen: Vec<i64> =
        fields.iter().filter(|(name, _)| name == "product").filter_map(|(_, value)| value.parse().ok()).collect();
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    if actor.role() != Role::ContractManager {
        return Err(Turn::NotAllowed);
    }
    let path = nr.clone();
    house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &path)?;
        assortment::follow(conn, &actor, now, today, provider.id, &chosen).map_err(turned)
    })
    .await?;
    Ok(see_other(&format!("/aanbieders/{nr}/aanbod?klaar=ja")))
}
