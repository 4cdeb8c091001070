//! Answering: batches, places and the waiting list, putting somebody on it and taking somebody off.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::overview_handlers::DoneQuery;
use super::places::{EndForm, EndPage, JoinForm, PlacesPage};
use super::{below, or_refusal, path, refusal_in_words, too_long, writing};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::budget::places::{self, Ending};
use crate::budget::{Refusal, days_of, may_write};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer};
use crate::procedure::store::catalogue;
use crate::provider;

/// GET `/begroting/{jaar}/plaatsen`
pub async fn places(who: Insider, year: Path<i32>, query: Query<DoneQuery>) -> HttpResponse {
    let (shown, done) = (page(&who, *year).await, query.is_done());
    who.answer(shown.map(|page| answer(StatusCode::OK, &PlacesPage { done, ..page })))
}

async fn page(who: &Insider, year: i32) -> Result<PlacesPage, Turn> {
    let frame = below(who, year, format!("{}/plaatsen", path(year)))?;
    let (actor, lang) = (who.actor(), who.lang);
    let (first, last) = days_of(year).ok_or(Turn::NotFound)?;
    // Of a year that is over its last day, of one that is to come its first.
    let on: NaiveDate = who.house.today().clamp(first, last);
    let writes = may_write(&actor);
    house::read(&who.house, move |conn| {
        let products = catalogue(conn, &actor)?.into_iter();
        let providers = provider::store::all(conn, &actor)?.into_iter();
        Ok(PlacesPage {
            frame,
            year,
            writes,
            products: products.map(|one| (one.id, one.code, one.name.in_lang(lang).to_owned())).collect(),
            providers: providers.map(|one| (one.id, one.name)).collect(),
            batches: places::batches(conn, &actor)?,
            limited: places::limited(conn, &actor, year, on)?,
            waiting: places::waiting(conn, &actor, year)?,
            form: JoinForm::default(),
            errors: FormErrors::default(),
            done: false,
        })
    })
    .await
}

/// POST `/begroting/{jaar}/plaatsen`: puts somebody on the waiting list.
pub async fn join(who: Insider, year: Path<i32>, form: Form<JoinForm>) -> HttpResponse {
    who.answer(put_on(&who, *year, form.into_inner()).await)
}

async fn put_on(who: &Insider, year: i32, form: JoinForm) -> Result<HttpResponse, Turn> {
    let page = page(who, year).await?;
    let back = format!("{}/plaatsen", path(year));
    writing(who, year, back.clone())?;
    let mut errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    let (product, day) = (form.product.parse::<i64>().ok(), read_day(&form.indicatie));
    if day.is_none() {
        errors.fields.push(("indicatie".to_owned(), refusal_in_words(who.lang, &Refusal::DayWrong)));
    }
    let (Some(product), Some(day)) = (product, day.filter(|_| errors.is_empty())) else {
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &PlacesPage { form, errors, ..page }));
    };
    let (actor, now, today, typed) = (who.actor(), who.house.now(), who.house.today(), form.client.clone());
    let to = format!("{back}?klaar=ja");
    let done = house::write(&who.house, move |conn| {
        or_refusal(places::join(conn, &actor, now, today, product, &typed, day), &back)
    })
    .await?;
    match done {
        Ok(_) => Ok(see_other(&to)),
        Err(refusal) => {
            let field = if refusal == Refusal::DayWrong { "indicatie" } else { "client" };
            let fields = vec![(field.to_owned(), refusal_in_words(who.lang, &refusal))];
            let errors = FormErrors { fields, whole: Vec::new() };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &PlacesPage { form, errors, ..page }))
        }
    }
}

/// GET `/begroting/{jaar}/wachtlijst/{id}`
pub async fn waits(who: Insider, at: Path<(i32, i64)>) -> HttpResponse {
    let (year, id) = at.into_inner();
    who.answer(end_page(&who, year, id).await.map(|page| answer(StatusCode::OK, &page)))
}

async fn end_page(who: &Insider, year: i32, id: i64) -> Result<EndPage, Turn> {
    let list = format!("{}/plaatsen", path(year));
    let here = format!("{}/wachtlijst/{id}", path(year));
    let frame = writing(who, year, here)?.crumb(fl!(who.lang.texts(), "budget-tab-places"), list);
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let (waits, product) = house::read(&who.house, move |conn| {
        let found = places::waiting(conn, &actor, year)?.into_iter().find(|one| one.id == Some(id));
        let waits = found.ok_or(Turn::NotFound)?;
        let product = catalogue(conn, &actor)?.into_iter().find(|one| one.id == waits.product_id);
        Ok((waits, product.map(|one| one.name.in_lang(lang).to_owned()).unwrap_or_default()))
    })
    .await?;
    let form = EndForm { einde: "geplaatst".into(), dag: today.to_string(), reden: String::new() };
    Ok(EndPage { frame, year, id, waits, product, form, errors: FormErrors::default() })
}

/// POST `/begroting/{jaar}/wachtlijst/{id}`
pub async fn end(who: Insider, at: Path<(i32, i64)>, form: Form<EndForm>) -> HttpResponse {
    let (year, id) = at.into_inner();
    who.answer(take_off(&who, year, id, form.into_inner()).await)
}

async fn take_off(who: &Insider, year: i32, id: i64, form: EndForm) -> Result<HttpResponse, Turn> {
    let page = end_page(who, year, id).await?;
    let mut errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    let day = read_day(&form.dag);
    if day.is_none() {
        errors.fields.push(("dag".to_owned(), refusal_in_words(who.lang, &Refusal::DayWrong)));
    }
    let Some(day) = day.filter(|_| errors.is_empty()) else {
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &EndPage { form, errors, ..page }));
    };
    let ending = match form.einde.as_str() {
        "eraf" => Ending::Left(day, form.reden.clone()),
        _ => Ending::Placed(day),
    };
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let back = format!("{}/plaatsen", path(year));
    let to = format!("{back}?klaar=ja");
    let done =
        house::write(&who.house, move |conn| or_refusal(places::end(conn, &actor, now, today, id, &ending), &back))
            .await?;
    match done {
        Ok(()) => Ok(see_other(&to)),
        Err(refusal) => {
            let field = if refusal == Refusal::ReasonMissing { "reden" } else { "dag" };
            let fields = vec![(field.to_owned(), refusal_in_words(who.lang, &refusal))];
            let errors = FormErrors { fields, whole: Vec::new() };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &EndPage { form, errors, ..page }))
        }
    }
}
