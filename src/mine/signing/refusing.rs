//! Answering: refusing an offer, with what follows from it told before.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use serde::Deserialize;
use validator::Validate;

use super::DeclinePage;
use super::handlers::{frame, own};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::offer::{PartyState, provider_path, signing};
use crate::desk::accession::{errors_of, or_refusal};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};

/// GET `/mijn/overeenkomst/{id}/weigeren`
pub async fn form(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, id.into_inner(), StatusCode::OK, String::new(), FormErrors::default()).await)
}

async fn show(
    who: &Insider,
    id: i64,
    status: StatusCode,
    reason: String,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let offered = house::read(&who.house, move |conn| own(conn, &actor, id)).await?;
    if who.person().role != Role::ProviderSignatory {
        return Err(Turn::NotAllowed);
    }
    // Nothing is left to refuse: the page of the offer tells why.
    if offered.party.state != PartyState::Offered && errors.is_empty() {
        return Ok(see_other(&provider_path(id)));
    }
    let frame = frame(who, format!("/mijn/overeenkomst/{id}/weigeren"))
        .crumb(offered.title(who.lang).to_owned(), provider_path(id));
    Ok(answer(status, &DeclinePage { frame, errors, offered, reason }))
}

#[derive(Debug, Deserialize, Validate)]
pub struct DeclineForm {
    #[serde(default)]
    #[validate(length(max = 2000))]
    reden: String,
}

/// POST `/mijn/overeenkomst/{id}/weigeren`
pub async fn decline(who: Insider, id: Path<i64>, form: Form<DeclineForm>) -> HttpResponse {
    who.answer(take(&who, id.into_inner(), form.into_inner()).await)
}

async fn take(who: &Insider, id: i64, form: DeclineForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today, reason) = (who.actor(), who.house.now(), who.house.today(), form.reden.clone());
    let done = house::write(&who.house, move |conn| {
        own(conn, &actor, id)?;
        or_refusal(signing::decline(conn, &actor, now, today, id, &reason))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&provider_path(id))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            show(who, id, status, form.reden, errors).await
        }
    }
}
