//! Answering: the check before a quarter is set final, and setting it final.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Form;
use serde::Deserialize;
use validator::Validate;

use super::finalise::FinalisePage;
use super::handlers::{QuarterPath, find, link, read, within};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::assessment::Refusal;
use crate::assessment::store::{self, Fault};
use crate::confirmation::Tally;
use crate::confirmation::lines::{Whose, of};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Side, answer};

/// GET `/aanbieders/{nr}/kwartalen/{k}/vaststellen`
pub async fn finalise(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_finalise(&who, path.into_inner(), FormErrors::default()).await)
}

async fn show_finalise(who: &Insider, path: (String, String), errors: FormErrors) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let (read, lines) = house::read(&who.house, move |conn| {
        let read = read(conn, &actor, &path)?;
        let lines = of(conn, &actor, read.quarter, Whose::Provider(read.provider.id))?;
        Ok::<_, Turn>((read, Tally::of(&lines)))
    })
    .await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    if assessment.finalised.is_some() {
        return Ok(see_other(&link.quarter_path(read.quarter)));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = FinalisePage {
        frame: within(who, &link).crumb(lang.quarter_first(read.quarter), link.quarter_path(read.quarter)),
        quarter: read.quarter,
        errors,
        statement: read.statement(today),
        lines,
        rows: read.rows(lang),
        state: read.state(today),
        version: i64::from(assessment.version),
        key: Token::new()?.as_str().to_owned(),
        provider: link,
    };
    Ok(answer(status, &page))
}

/// What the check page sends.
#[derive(Debug, Deserialize, Validate)]
pub struct FinaliseForm {
    #[validate(range(min = 1))]
    versie: i32,
    #[validate(length(max = 100))]
    sleutel: String,
}
/// POST `/aanbieders/{nr}/kwartalen/{k}/vaststellen`
pub async fn set_final(who: Insider, path: QuarterPath, form: Form<FinaliseForm>) -> HttpResponse {
    who.answer(carry_out(&who, path.into_inner(), &form).await)
}

async fn carry_out(who: &Insider, path: (String, String), form: &FinaliseForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, version) = (who.actor(), who.house.now(), form.versie);
    let named = path.clone();
    let (back, outcome) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &named)?;
        let back = link(&provider).quarter_path(quarter);
        match store::finalise(conn, &actor, now, provider.id, quarter, version) {
            Ok(()) => Ok((back, Ok(()))),
            Err(Fault::Refused(refusal)) => Ok((back, Err(refusal))),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match outcome {
        Ok(()) => Ok(see_other(&back)),
        // A second press of the button changes nothing, and says nothing new.
        Err(Refusal::AlreadyFinal(_, by)) if by == who.person().name => Ok(see_other(&back)),
        Err(Refusal::AlreadyFinal(_, by)) => Err(Turn::Conflict { by: Some(by), back }),
        Err(Refusal::NotFound) => Err(Turn::NotFound),
        Err(Refusal::NotYours) => Err(Turn::NotAllowed),
        Err(refusal) => {
            let said = refusal.in_words(who.lang);
            show_finalise(who, path, FormErrors { fields: Vec::new(), whole: vec![said] }).await
        }
    }
}
