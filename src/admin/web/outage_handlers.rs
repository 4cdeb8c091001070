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
use super::outages::{CorrectionLine, OutageCheckPage, OutagePage, OutageRow, OutagesPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::wall_clock;
use crate::dossier::postponed::{self, Postponed};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::outages::{self, Correction, NotNoted, Outage};
use crate::text::Lang;

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
    let (all, corrections) =
        house::read(&who.house, move |conn| Ok((outages::all(conn, &actor)?, outages::corrections(conn, &actor)?)))
            .await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rows = all.into_iter().map(|one| row(who.lang, one, &corrections)).collect();
    Ok(answer(status, &OutagesPage { frame, rows, form, errors, done }))
}

fn row(lang: Lang, one: Outage, corrections: &[Correction]) -> OutageRow {
    let own = corrections.iter().filter(|line| line.outage_id == one.id);
    OutageRow {
        id: one.id,
        from: wall_clock(one.from),
        until: one.until.map(wall_clock),
        withdrawn: one.withdrawn_at.is_some(),
        corrections: own.map(|line| correction(lang, line)).collect(),
        explanation: one.explanation,
        noted_at: wall_clock(one.noted_at),
        noted_by: one.noted_by,
    }
}

fn correction(lang: Lang, line: &Correction) -> CorrectionLine {
    let t = lang.texts();
    let words = match (line.withdrawn, line.until_before) {
        (true, _) => fl!(t, "admin-outage-was-withdrawn"),
        (false, Some(until)) => fl!(t, "admin-outage-was-until", moment = lang.moment(wall_clock(until))),
        (false, None) => fl!(t, "admin-outage-was-lasting"),
    };
    CorrectionLine { words, reason: line.reason.clone(), by: line.by.clone(), at: wall_clock(line.at) }
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
        let (actor, days) = (who.actor(), outages::days_between(told.from, told.until));
        let moved = house::read(&who.house, move |conn| Ok(postponed::by(conn, &actor, &days)?)).await?;
        return Ok(answer(StatusCode::OK, &check(who, frame, LIST, told, &form, moved)));
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| {
        let same = |one: &Outage| (one.from, one.until, &one.explanation) == (told.from, told.until, &told.explanation);
        // A second press of the button finds it noted already.
        if outages::all(conn, &actor)?.iter().any(same) {
            return Ok(());
        }
        postponed::telling(conn, &actor, now, |conn| {
            let noted = outages::note(conn, &actor, now, told.from, told.until, &told.explanation);
            noted.map(drop).map_err(refused)
        })
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
        NotNoted::WrongMoments | NotNoted::ReasonMissing => Turn::BadRequest,
        NotNoted::Trouble(cause) => cause.into(),
    }
}

/// An outage that began longer ago is looked at once more: a day is easily mistyped.
const LONG_AGO: i64 = 14;

fn check(
    who: &Insider,
    frame: Frame,
    address: &str,
    told: Told,
    form: &OutageForm,
    moved: Vec<Postponed>,
) -> OutageCheckPage {
    let from = wall_clock(told.from);
    OutageCheckPage {
        frame,
        address: address.to_owned(),
        from,
        until: told.until.map(wall_clock),
        explanation: told.explanation,
        moved,
        hidden: hidden(form),
        withdraws: form.actie == Pressed::Weghalen,
        long_ago: (who.house.today() - from.date()).num_days() > LONG_AGO,
    }
}

/// GET `/beheer/storingen/{id}`
pub async fn outage(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show_one(&who, *id).await)
}

async fn show_one(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let frame = below(who, &format!("{LIST}/{id}"))?;
    let outage = known(who, id).await?;
    let form = match outage.until.map(wall_clock) {
        Some(until) => OutageForm {
            tot_dag: until.date().to_string(),
            tot_tijd: until.format("%H:%M").to_string(),
            ..OutageForm::default()
        },
        None => OutageForm::default(),
    };
    let errors = FormErrors::default();
    Ok(answer(StatusCode::OK, &OutagePage { frame, outage: row(who.lang, outage, &[]), form, errors }))
}

/// One that counts; of one that was withdrawn there is nothing to tell any more.
async fn known(who: &Insider, id: i64) -> Result<Outage, Turn> {
    let actor = who.actor();
    let all = house::read(&who.house, move |conn| Ok(outages::all(conn, &actor)?)).await?;
    all.into_iter().find(|one| one.id == id && one.withdrawn_at.is_none()).ok_or(Turn::NotFound)
}

/// POST `/beheer/storingen/{id}`: the end of it, another end, or that there was none; again with the terms that would move
/// first.
pub async fn end(who: Insider, id: Path<i64>, form: Form<OutageForm>) -> HttpResponse {
    who.answer(carry_out_end(&who, *id, form.into_inner()).await)
}

async fn carry_out_end(who: &Insider, id: i64, form: OutageForm) -> Result<HttpResponse, Turn> {
    let address = format!("{LIST}/{id}");
    let frame = below(who, &address)?;
    let outage = known(who, id).await?;
    let lang = who.lang;
    let show = |frame, outage: Outage, form, errors: FormErrors| {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(answer(status, &OutagePage { frame, outage: row(lang, outage, &[]), form, errors }))
    };
    let withdraws = matches!(form.actie, Pressed::Weghalen | Pressed::Intrekken);
    let until = match form.actie {
        Pressed::Aanpassen => return show(frame, outage, form, FormErrors::default()),
        Pressed::Weghalen | Pressed::Intrekken => None,
        Pressed::Gevolgen | Pressed::Vastleggen => match form.read_end(lang, who.house.now(), outage.from) {
            Ok(until) => Some(until),
            Err(errors) => return show(frame, outage, form, errors),
        },
    };
    // Only that an outage that lasted is over needs no words.
    let reason = match outage.lasts() && !withdraws {
        true => String::new(),
        false => match form.read_reason(lang) {
            Ok(reason) => reason,
            Err(errors) => return show(frame, outage, form, errors),
        },
    };
    let actor = who.actor();
    if matches!(form.actie, Pressed::Gevolgen | Pressed::Weghalen) {
        let from = outage.from;
        let moved = house::read(&who.house, move |conn| {
            let mut days = outages::days_without(conn, &actor, id)?;
            days.extend(until.into_iter().flat_map(|until| outages::days_between(from, Some(until))));
            Ok(postponed::with(conn, &actor, &days)?)
        })
        .await?;
        let told = Told { from, until, explanation: outage.explanation };
        return Ok(answer(StatusCode::OK, &check(who, frame, &address, told, &form, moved)));
    }
    let (now, lasted) = (who.house.now(), outage.lasts());
    house::write(&who.house, move |conn| {
        postponed::telling(conn, &actor, now, |conn| {
            let done = match until.filter(|_| lasted) {
                Some(until) => outages::end(conn, &actor, now, id, until),
                None => outages::correct(conn, &actor, now, id, until, &reason),
            };
            done.map_err(refused)
        })
    })
    .await?;
    Ok(see_other(&format!("{LIST}?klaar=ja")))
}
