//! Answering: another verdict than the computed one, and judging anew what is final; by the contract manager, with a reason.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Form;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::{QuarterPath, find, link, read};
use super::hearing::LONGEST;
use super::hearing_handlers::{IndicatorPath, below, told, whole};
use super::ruling::{CorrectPage, RulingPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::assessment::{Refusal, finalising, overriding};
use crate::house::{self, Turn};
use crate::indicator::Verdict;
use crate::page::{FormErrors, Side, answer};

/// What is posted: the verdict, the reason, and the version that was looked at.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RulingForm {
    versie: i32,
    #[validate(length(max = 40))]
    oordeel: String,
    #[validate(length(max = 4000))]
    reden: String,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}/oordeel`
pub async fn form(who: Insider, path: IndicatorPath) -> HttpResponse {
    who.answer(show(&who, path.into_inner(), None, FormErrors::default()).await)
}

async fn show(
    who: &Insider,
    (provider, quarter, number): (String, String, u8),
    typed: Option<RulingForm>,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let (actor, today) = (who.actor(), who.house.today());
    let read = house::read(&who.house, move |conn| read(conn, &actor, &(provider, quarter))).await?;
    let row = read.rows(who.lang).into_iter().find(|row| row.number == number).ok_or(Turn::NotFound)?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    if assessment.finalised.is_some() {
        return Ok(see_other(&link.indicator_path(read.quarter, number)));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let crumb = fl!(who.lang.texts(), "assessment-indicator", number = number, name = row.name.as_str());
    let here = format!("indicatoren/{number}/oordeel");
    let typed = typed.unwrap_or_default();
    let page = RulingPage {
        frame: below(who, &link, &read, &here).crumb(crumb, link.indicator_path(read.quarter, number)),
        quarter: read.quarter,
        row,
        state: read.state(today),
        version: assessment.version,
        verdict: typed.oordeel.parse().ok(),
        reason: typed.reden,
        errors,
        provider: link,
    };
    Ok(answer(status, &page))
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}/oordeel`
pub async fn decide(who: Insider, path: IndicatorPath, form: Form<RulingForm>) -> HttpResponse {
    who.answer(take(&who, path.into_inner(), form.into_inner()).await)
}

async fn take(who: &Insider, path: (String, String, u8), form: RulingForm) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let t = who.lang.texts();
    let verdict: Option<Verdict> = form.oordeel.parse().ok();
    let mut errors = FormErrors::default();
    if verdict.is_none() {
        errors.fields.push(("oordeel".to_owned(), fl!(t, "hearing-ruling-missing")));
    }
    if form.validate().is_err() {
        errors.fields.push(("reden".to_owned(), fl!(t, "front-too-long", most = LONGEST)));
    }
    let Some(verdict) = verdict.filter(|_| errors.is_empty()) else {
        return show(who, path, Some(form), errors).await;
    };
    let (actor, now, named, said) = (who.actor(), who.house.now(), path.clone(), form.clone());
    let (back, done) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &(named.0, named.1))?;
        let back = link(&provider).indicator_path(quarter, named.2);
        let (id, version) = (provider.id, said.versie);
        let done = overriding::decide(conn, &actor, now, id, quarter, version, named.2, verdict, &said.reden);
        told(done, &back).map(|done| (back, done))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(refusal) => show(who, path, Some(form), errors_of(&refusal, who)).await,
    }
}

/// Where a refusal stands on the form.
fn errors_of(refusal: &Refusal, who: &Insider) -> FormErrors {
    let at =
        |field: &str| FormErrors { fields: vec![(field.to_owned(), refusal.in_words(who.lang))], whole: Vec::new() };
    match refusal {
        Refusal::WordsMissing | Refusal::HoldsBsn => at("reden"),
        Refusal::SameVerdict => at("oordeel"),
        _ => whole(refusal, who),
    }
}

/// Why it is judged anew.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CorrectForm {
    versie: i32,
    #[validate(length(max = 4000))]
    reden: String,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/herzien`
pub async fn correction(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_correction(&who, path.into_inner(), String::new(), FormErrors::default()).await)
}

async fn show_correction(
    who: &Insider,
    path: (String, String),
    reason: String,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let actor = who.actor();
    let read = house::read(&who.house, move |conn| read(conn, &actor, &path)).await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    let waits = assessment.replaces.is_some() && assessment.reason.is_empty();
    if errors.is_empty() && assessment.finalised.is_none() && !waits {
        return Ok(see_other(&link.quarter_path(read.quarter)));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CorrectPage {
        frame: below(who, &link, &read, "herzien"),
        quarter: read.quarter,
        version: assessment.version,
        is_final: assessment.finalised.is_some(),
        reason,
        errors,
        provider: link,
    };
    Ok(answer(status, &page))
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/herzien`
pub async fn correct(who: Insider, path: QuarterPath, form: Form<CorrectForm>) -> HttpResponse {
    who.answer(judge_anew(&who, path.into_inner(), form.into_inner()).await)
}

async fn judge_anew(who: &Insider, path: (String, String), form: CorrectForm) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    if form.validate().is_err() {
        let fields = vec![("reden".to_owned(), fl!(who.lang.texts(), "front-too-long", most = LONGEST))];
        return show_correction(who, path, form.reden, FormErrors { fields, whole: Vec::new() }).await;
    }
    let (actor, now, named, said) = (who.actor(), who.house.now(), path.clone(), form.clone());
    let (back, done) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &named)?;
        let back = link(&provider).quarter_path(quarter);
        let done = finalising::correct(conn, &actor, now, provider.id, quarter, said.versie, &said.reden).map(drop);
        told(done, &back).map(|done| (back, done))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(refusal) => show_correction(who, path, form.reden, errors_of(&refusal, who)).await,
    }
}
