//! Answering: what there is of a source, and other costs with what takes them back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use validator::Validate;

use super::forms::{BackForm, BackPage, BookingForm, OtherPage, SourceForm, SourcePage};
use super::overview_handlers::DoneQuery;
use super::{below, or_refusal, path, refusal_in_words, too_long, writing};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::budget::{Refusal, alarm, may_write, store};
use crate::calendar::wall_clock;
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::procedure::store::catalogue;

/// GET `/begroting/{jaar}/bronnen/{bron}`: a number, or `nieuw`.
pub async fn source(who: Insider, at: Path<(i32, String)>) -> HttpResponse {
    let (year, part) = at.into_inner();
    who.answer(source_page(&who, year, &part).await.map(|page| answer(StatusCode::OK, &page)))
}

async fn source_page(who: &Insider, year: i32, part: &str) -> Result<SourcePage, Turn> {
    let here = format!("{}/bronnen/{part}", path(year));
    let id = part.parse::<i64>().ok();
    if id.is_none() && part != "nieuw" {
        return Err(Turn::NotFound);
    }
    let frame = if id.is_none() { writing(who, year, here)? } else { below(who, year, here)? };
    let (actor, lang) = (who.actor(), who.lang);
    let writes = may_write(&actor);
    let (source, versions, products) = house::read(&who.house, move |conn| {
        let source = match id {
            Some(id) => {
                let found = store::sources(conn, &actor)?.into_iter().find(|(known, _)| *known == id);
                Some(found.ok_or(Turn::NotFound)?)
            }
            None => None,
        };
        let versions = match id {
            Some(id) => store::versions(conn, &actor, year, id)?,
            None => Vec::new(),
        };
        let products = catalogue(conn, &actor)?.into_iter();
        let products: Vec<_> = products.map(|one| (one.id, one.code, one.name.in_lang(lang).to_owned())).collect();
        Ok((source, versions, products))
    })
    .await?;
    let form = versions.first().map_or_else(SourceForm::default, |one| SourceForm::of(one, &products));
    Ok(SourcePage { frame, year, writes, source, versions, products, form, errors: FormErrors::default() })
}

/// POST `/begroting/{jaar}/bronnen/{bron}`
pub async fn set_source(who: Insider, at: Path<(i32, String)>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    let (year, part) = at.into_inner();
    who.answer(keep_source(&who, year, &part, SourceForm::sent(form.into_inner())).await)
}

async fn keep_source(who: &Insider, year: i32, part: &str, form: SourceForm) -> Result<HttpResponse, Turn> {
    let page = source_page(who, year, part).await?;
    writing(who, year, path(year))?;
    let new = match form.read(who.lang, &page.products) {
        Ok(new) => new,
        Err(errors) => return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &SourcePage { form, errors, ..page })),
    };
    let (actor, now) = (who.actor(), who.house.now());
    let seen = (page.source.as_ref().map(|(id, _)| *id), form.versie);
    let back = format!("{}/bronnen/{part}", path(year));
    let done = house::write(&who.house, move |conn| {
        let done = or_refusal(store::set(conn, &actor, now, year, seen, &new), &back)?;
        if done.is_ok() {
            alarm::ring(conn, &actor, now, wall_clock(now).date())?;
        }
        Ok(done)
    })
    .await?;
    match done {
        Ok(_) => Ok(see_other(&format!("{}?klaar=bewaard", path(year)))),
        Err(refusal) => {
            let errors = SourceForm::error(who.lang, &refusal);
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &SourcePage { form, errors, ..page }))
        }
    }
}

/// GET `/begroting/{jaar}/overige-kosten`
pub async fn other(who: Insider, year: Path<i32>, query: Query<DoneQuery>) -> HttpResponse {
    let shown = other_page(&who, *year).await;
    let done = query.is_done();
    who.answer(shown.map(|page| answer(StatusCode::OK, &OtherPage { done, ..page })))
}

async fn other_page(who: &Insider, year: i32) -> Result<OtherPage, Turn> {
    let frame = below(who, year, format!("{}/overige-kosten", path(year)))?;
    let actor = who.actor();
    let writes = may_write(&actor);
    let (sources, bookings) =
        house::read(&who.house, move |conn| Ok((store::sources(conn, &actor)?, store::bookings(conn, &actor, year)?)))
            .await?;
    let (form, errors) = (BookingForm::default(), FormErrors::default());
    Ok(OtherPage { frame, year, writes, sources, bookings, form, errors, done: false })
}

/// POST `/begroting/{jaar}/overige-kosten`
pub async fn book(who: Insider, year: Path<i32>, form: Form<BookingForm>) -> HttpResponse {
    who.answer(keep_booking(&who, *year, form.into_inner()).await)
}

async fn keep_booking(who: &Insider, year: i32, form: BookingForm) -> Result<HttpResponse, Turn> {
    let page = other_page(who, year).await?;
    let back = format!("{}/overige-kosten", path(year));
    writing(who, year, back.clone())?;
    let new = match form.read(who.lang) {
        Ok(new) => new,
        Err(errors) => return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &OtherPage { form, errors, ..page })),
    };
    let (actor, now, to) = (who.actor(), who.house.now(), format!("{back}?klaar=bewaard"));
    let done = house::write(&who.house, move |conn| {
        let done = or_refusal(store::book(conn, &actor, now, year, &new), &back)?;
        if done.is_ok() {
            alarm::ring(conn, &actor, now, wall_clock(now).date())?;
        }
        Ok(done)
    })
    .await?;
    match done {
        Ok(_) => Ok(see_other(&to)),
        Err(refusal) => {
            let field = if refusal == Refusal::MonthWrong { "maand" } else { "bedrag" };
            let fields = vec![(field.to_owned(), refusal_in_words(who.lang, &refusal))];
            let errors = FormErrors { fields, whole: Vec::new() };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &OtherPage { form, errors, ..page }))
        }
    }
}

/// GET `/begroting/{jaar}/overige-kosten/{id}`
pub async fn back(who: Insider, at: Path<(i32, i64)>) -> HttpResponse {
    let (year, id) = at.into_inner();
    who.answer(back_page(&who, year, id).await.map(|page| answer(StatusCode::OK, &page)))
}

async fn back_page(who: &Insider, year: i32, id: i64) -> Result<BackPage, Turn> {
    let list = format!("{}/overige-kosten", path(year));
    let frame = writing(who, year, format!("{list}/{id}"))?.crumb(fl!(who.lang.texts(), "budget-tab-other"), list);
    let actor = who.actor();
    let booking = house::read(&who.house, move |conn| {
        let found = store::bookings(conn, &actor, year)?.into_iter().find(|one| one.id == id);
        found.ok_or(Turn::NotFound)
    })
    .await?;
    Ok(BackPage { frame, year, booking, form: BackForm::default(), errors: FormErrors::default() })
}

/// POST `/begroting/{jaar}/overige-kosten/{id}`
pub async fn take_back(who: Insider, at: Path<(i32, i64)>, form: Form<BackForm>) -> HttpResponse {
    let (year, id) = at.into_inner();
    who.answer(take_back_one(&who, year, id, form.into_inner()).await)
}

async fn take_back_one(who: &Insider, year: i32, id: i64, form: BackForm) -> Result<HttpResponse, Turn> {
    let page = back_page(who, year, id).await?;
    let long = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    if form.validate().is_err() {
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &BackPage { form, errors: long, ..page }));
    }
    let (actor, now, reason) = (who.actor(), who.house.now(), form.reden.clone());
    let list = format!("{}/overige-kosten", path(year));
    let done = house::write(&who.house, {
        let list = list.clone();
        move |conn| or_refusal(store::take_back(conn, &actor, now, id, &reason), &list)
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&format!("{list}?klaar=bewaard"))),
        Err(refusal) => {
            let fields = vec![("reden".to_owned(), refusal_in_words(who.lang, &refusal))];
            let errors = FormErrors { fields, whole: Vec::new() };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &BackPage { form, errors, ..page }))
        }
    }
}
