//! Answering: the outages, a new one with the terms it moves, and the end of one that lasts.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::entries::hidden;
use super::handlers::frame;
use super::outage_form::{OutageForm, Pressed, Told};
use super::outages::{OutageCheckPage, OutagePage, OutageRow, OutagesPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::wall_clock;
use crate::dossier::postponed;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::outages::{self, NotNoted, Outage};

const LIST: &str = "/beheer/storingen";

/// Whether one was just noted.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 5))]
    klaar: String,
}

/// GET `/beheer/storingen`
pub async fn list(who: Insider, query: Query<DoneQuery>) -> HttpResponse {
    let done = query.validate().is_ok() && query.klaar == "ja";
    who.answer(show_list(&who, OutageForm::default(), FormErrors::default(), done).await)
}

async fn show_list(who: &Insider, form: OutageForm, errors: FormErrors, done: bool) -> Result<HttpResponse, Turn> {
    let frame = Frame { here: LIST.to_owned(), ..frame(who)? };
    let actor = who.actor();
    let all = house::read(&who.house, move |conn| Ok(outages::all(conn, &actor)?)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rows = all.into_iter().map(OutageRow::from).collect();
    Ok(answer(status, &OutagesPage { frame, rows, form, errors, done }))
}

impl From<Outage> for OutageRow {
    fn from(one: Outage) -> OutageRow {
        OutageRow {
            id: one.id,
            from: wall_clock(one.from),
            until: one.until.map(wall_clock),
            explanation: one.explanation,
            noted_at: wall_clock(one.noted_at),
            noted_by: one.noted_by,
        }
    }
}

/// POST `/beheer/storingen`: first the terms that would move; a second press notes the outage.
pub async fn note(who: Insider, form: Form<OutageForm>) -> HttpResponse {
    who.answer(carry_out(&who, form.into_inner()).await)
}

async fn carry_out(who: &Insider, form: OutageForm) -> Result<HttpResponse, Turn> {
    let frame = below(who, LIST)?;
    if form.actie == Pressed::Aanpassen {
        return show_list(who, form, FormErrors::default(), false).await;
    }
    let told = match form.read(who.lang, who.house.now()) {
        Ok(told) => told,
        Err(errors) => return show_list(who, form, errors, false).await,
    };
    if form.actie == Pressed::Gevolgen {
        return look_ahead(who, frame, LIST, told, &form).await;
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| {
        let same = |one: &Outage| (one.from, one.until, &one.explanation) == (told.from, told.until, &told.explanation);
        // A second press of the button finds it noted already.
        if outages::all(conn, &actor)?.iter().any(same) {
            return Ok(());
        }
        let noted = outages::note(conn, &actor, now, told.from, told.until, &told.explanation);
        noted.map(drop).map_err(refused)
    })
    .await?;
    Ok(see_other(&format!("{LIST}?klaar=ja")))
}

fn below(who: &Insider, here: &str) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-tab-outages"), LIST);
    Ok(Frame { here: here.to_owned(), ..frame })
}

/// What the form could not have shown: the page was opened to somebody who may not, or the outage ended meanwhile.
fn refused(cause: NotNoted) -> Turn {
    match cause {
        NotNoted::NotYours => Turn::NotAllowed,
        NotNoted::NotFound => Turn::Conflict { by: None, back: LIST.to_owned() },
        NotNoted::WrongMoments => Turn::BadRequest,
        NotNoted::Trouble(cause) => cause.into(),
    }
}

async fn look_ahead(
    who: &Insider,
    frame: Frame,
    address: &str,
    told: Told,
    form: &OutageForm,
) -> Result<HttpResponse, Turn> {
    let (actor, days) = (who.actor(), outages::days_between(told.from, told.until));
    let moved = house::read(&who.house, move |conn| Ok(postponed::by(conn, &actor, &days)?)).await?;
    let page = OutageCheckPage {
        frame,
        address: address.to_owned(),
        from: wall_clock(told.from),
        until: told.until.map(wall_clock),
        explanation: told.explanation,
        moved,
        hidden: hidden(form),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/beheer/storingen/{id}`
pub async fn outage(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show_one(&who, *id).await)
}

async fn show_one(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let frame = below(who, &format!("{LIST}/{id}"))?;
    let outage = lasting(who, id).await?;
    let (form, errors) = (OutageForm::default(), FormErrors::default());
    Ok(answer(StatusCode::OK, &OutagePage { frame, outage: outage.into(), form, errors }))
}

/// One that lasts; of one that is over there is nothing to tell any more.
async fn lasting(who: &Insider, id: i64) -> Result<Outage, Turn> {
    let actor = who.actor();
    let all = house::read(&who.house, move |conn| Ok(outages::all(conn, &actor)?)).await?;
    all.into_iter().find(|one| one.id == id && one.until.is_none()).ok_or(Turn::NotFound)
}

/// POST `/beheer/storingen/{id}`: the end of it, again with the terms that would move first.
pub async fn end(who: Insider, id: Path<i64>, form: Form<OutageForm>) -> HttpResponse {
    who.answer(carry_out_end(&who, *id, form.into_inner()).await)
}

async fn carry_out_end(who: &Insider, id: i64, form: OutageForm) -> Result<HttpResponse, Turn> {
    let address = format!("{LIST}/{id}");
    let frame = below(who, &address)?;
    let outage = lasting(who, id).await?;
    let show = |frame, outage: Outage, form, errors: FormErrors| {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(answer(status, &OutagePage { frame, outage: outage.into(), form, errors }))
    };
    if form.actie == Pressed::Aanpassen {
        return show(frame, outage, form, FormErrors::default());
    }
    let until = match form.read_end(who.lang, who.house.now(), outage.from) {
        Ok(until) => until,
        Err(errors) => return show(frame, outage, form, errors),
    };
    if form.actie == Pressed::Gevolgen {
        let told = Told { from: outage.from, until: Some(until), explanation: outage.explanation };
        return look_ahead(who, frame, &address, told, &form).await;
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| outages::end(conn, &actor, now, id, until).map_err(refused)).await?;
    Ok(see_other(&format!("{LIST}?klaar=ja")))
}
