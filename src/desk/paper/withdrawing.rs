//! Answering: an application on paper that is not entered any further (papieren concept intrekken), with the reason.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::{found, on_paper};
use super::{PaperWithdrawPage, path};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::dossier::decision;
use crate::dossier::store::Fault;
use crate::dossier::{ApplicationState, Refusal};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::provider;

/// GET `/papier/{nr}/intrekken`
pub async fn form(who: Insider, nr: Path<String>) -> HttpResponse {
    who.answer(show(&who, &nr, String::new(), FormErrors::default(), StatusCode::OK).await)
}

async fn show(
    who: &Insider,
    nr: &str,
    reason: String,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let (mut frame, application) = found(who, nr).await?;
    if application.state != ApplicationState::Draft {
        return Ok(see_other(&path(&application)));
    }
    let (actor, id) = (who.actor(), application.provider_id);
    let provider =
        house::read(&who.house, move |conn| provider::store::find_by_id(conn, &actor, id)?.ok_or(Turn::NotFound))
            .await?;
    frame = frame.crumb(provider.name.clone(), path(&application));
    frame.here = format!("{}/intrekken", path(&application));
    Ok(answer(status, &PaperWithdrawPage { frame, application, provider, reason, errors }))
}

/// Why, and what was looked at.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WithdrawForm {
    #[validate(length(max = 1000))]
    reden: String,
    versie: i32,
}

/// POST `/papier/{nr}/intrekken`
pub async fn withdraw(who: Insider, nr: Path<String>, form: Form<WithdrawForm>) -> HttpResponse {
    who.answer(carry_out(&who, &nr, form.into_inner()).await)
}

async fn carry_out(who: &Insider, nr: &str, form: WithdrawForm) -> Result<HttpResponse, Turn> {
    let (_, application) = found(who, nr).await?;
    // A second press of the button finds it withdrawn.
    if application.state == ApplicationState::Withdrawn {
        return Ok(see_other(&path(&application)));
    }
    let t = who.lang.texts();
    let told = match () {
        () if form.validate().is_err() => Some(fl!(t, "admin-text-long", count = 1000)),
        () if form.reden.trim().is_empty() => Some(fl!(t, "access-reason-missing")),
        () => None,
    };
    if let Some(told) = told {
        let errors = FormErrors { fields: vec![("reden".to_owned(), told)], whole: Vec::new() };
        return show(who, nr, form.reden, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (actor, now, number, reason) = (who.actor(), who.house.now(), nr.to_owned(), form.reden.clone());
    let withdrawn = house::write(&who.house, move |conn| {
        let found = on_paper(conn, &actor, &number)?;
        match decision::withdraw(conn, &actor, now, found.id, form.versie, &reason) {
            Ok(()) => Ok(Ok(())),
            Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match withdrawn {
        Ok(()) => Ok(see_other(&path(&application))),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            show(who, nr, form.reden, errors, StatusCode::CONFLICT).await
        }
    }
}
