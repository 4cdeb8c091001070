//! Answering: signing out (uitloggen), here and where somebody signed in, and what an identity provider tells of who signed
//! out there.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Form, Query};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::elsewhere::issuer;
use super::see_other;
use crate::account::entrance::{Visit, journey_cookie, session_cookie};
use crate::account::store::{identity, session};
use crate::account::web::{SignedOutPage, There};
use crate::account::{Token, Way, hex};
use crate::house::{self, Turn};
use crate::oidc::Trouble;
use crate::page::{Frame, answer};

/// POST `/uitloggen`
pub async fn sign_out(visit: Visit) -> HttpResponse {
    visit.answer(end_session(&visit).await)
}

async fn end_session(visit: &Visit) -> Result<HttpResponse, Turn> {
    if let (Some(key), Some(person)) = (visit.key.clone(), &visit.person) {
        let (now, actor) = (visit.house.now(), person.actor(&visit.origin));
        house::write(&visit.house, move |conn| Ok(session::sign_out(conn, &actor, now, &key)?)).await?;
    }
    // A browser holds the answer to a form to the addresses of this site, so going on elsewhere is a click of his own; and
    // he reads first what is ended and what is not.
    let way = visit.way.filter(|way| issuer(&visit.house, *way).is_some());
    let mut answer = signed_out(visit, StatusCode::OK, way.map_or(There::Nowhere, There::StillIn));
    answer.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        // Not the cookies: by one of them the device stays known.
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    answer.add_cookie(&session_cookie(&visit.house, None))?;
    Ok(answer)
}

fn signed_out(visit: &Visit, status: StatusCode, there: There) -> HttpResponse {
    answer(status, &SignedOutPage { frame: Frame::public(visit.lang, "/"), there })
}

/// GET `/uit/organisatie`
pub async fn leave_organisation(visit: Visit) -> HttpResponse {
    visit.answer(leave(&visit, Way::Organisation).await)
}

/// GET `/uit/eherkenning`
pub async fn leave_eherkenning(visit: Visit) -> HttpResponse {
    visit.answer(leave(&visit, Way::EHerkenning).await)
}

/// Sends somebody who signed out here on to sign out there.
async fn leave(visit: &Visit, way: Way) -> Result<HttpResponse, Turn> {
    let issuer = issuer(&visit.house, way).ok_or(Turn::NotFound)?;
    if visit.person.is_some() {
        return Ok(see_other("/"));
    }
    if visit.house.door.knock_from(&visit.origin).is_err() {
        return Err(Turn::Busy);
    }
    let browser = visit.journey.clone().map_or_else(Token::new, Ok)?;
    let back = format!("{}{}/terug", visit.house.public_url, way_out(way));
    let page = match issuer.farewell(&back, &state(&browser)).await {
        Ok(Some(page)) => page,
        Ok(None) => return Ok(signed_out(visit, StatusCode::OK, There::NotFromHere(way))),
        Err(trouble) => {
            tracing::warn!(issuer = issuer.name(), ?trouble, "signing out elsewhere failed");
            return Ok(signed_out(visit, StatusCode::SERVICE_UNAVAILABLE, There::NotFromHere(way)));
        }
    };
    let mut answer = see_other(&page);
    answer.add_cookie(&journey_cookie(&visit.house, &browser))?;
    Ok(answer)
}

/// Where somebody begins who signs out there as well.
pub fn way_out(way: Way) -> &'static str {
    match way {
        Way::EHerkenning => "/uit/eherkenning",
        Way::Organisation | Way::Own => "/uit/organisatie",
    }
}

/// Known to this browser alone, and worth nothing else.
fn state(browser: &Token) -> String {
    hex(&Sha256::digest(format!("uit/{}", browser.as_str()).as_bytes()))
}

/// What a browser brings back (RP-Initiated Logout 1.0, 3).
#[derive(Debug, Deserialize, Validate)]
pub struct Returned {
    #[validate(length(max = 200))]
    state: Option<String>,
}

/// GET `/uit/organisatie/terug`
pub async fn back_from_organisation(visit: Visit, returned: Query<Returned>) -> HttpResponse {
    visit.answer(back(&visit, Way::Organisation, &returned))
}

/// GET `/uit/eherkenning/terug`
pub async fn back_from_eherkenning(visit: Visit, returned: Query<Returned>) -> HttpResponse {
    visit.answer(back(&visit, Way::EHerkenning, &returned))
}

/// Says that he is out in both places, but only to the browser that was sent to sign out.
fn back(visit: &Visit, way: Way, returned: &Returned) -> Result<HttpResponse, Turn> {
    issuer(&visit.house, way).ok_or(Turn::NotFound)?;
    returned.validate().map_err(|_| Turn::BadRequest)?;
    let asked = visit.journey.as_ref().map(state);
    Ok(match asked.is_some() && asked == returned.state && visit.person.is_none() {
        true => signed_out(visit, StatusCode::OK, There::OutToo(way)),
        false => see_other("/"),
    })
}

/// What an identity provider sends (Back-Channel Logout 1.0, 2.5).
#[derive(Debug, Deserialize, Validate)]
pub struct Told {
    #[validate(length(min = 1, max = 16384))]
    logout_token: String,
}

/// POST `/inloggen/organisatie/afmelden`: from the identity provider itself, not from a browser. No cookie counts here; what
/// it says is proven by its signature.
pub async fn told(visit: Visit, form: Form<Told>) -> HttpResponse {
    let answered = match end_there(&visit, &form).await {
        Ok(status) => status,
        // A machine asks: the words of a page are lost on it.
        Err(turn) => return visit.answer(Err(turn)),
    };
    HttpResponseBuilder::new(answered).insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

async fn end_there(visit: &Visit, form: &Told) -> Result<StatusCode, Turn> {
    let issuer = issuer(&visit.house, Way::Organisation).ok_or(Turn::NotFound)?;
    if visit.house.door.tell_from(&visit.origin).is_err() {
        return Err(Turn::Busy);
    }
    if form.validate().is_err() {
        return Ok(StatusCode::BAD_REQUEST);
    }
    let gone = match issuer.told_of_farewell(&form.logout_token).await {
        Ok(gone) => gone,
        Err(Trouble::Unreachable(cause)) => {
            tracing::warn!(issuer = issuer.name(), cause = format!("{cause:#}"), "a farewell could not be looked at");
            return Ok(StatusCode::SERVICE_UNAVAILABLE);
        }
        Err(Trouble::NotBelieved(cause) | Trouble::CodeRefused(cause)) => {
            tracing::warn!(issuer = issuer.name(), cause = format!("{cause:#}"), "a farewell was not believed");
            return Ok(StatusCode::BAD_REQUEST);
        }
    };
    let (now, origin) = (visit.house.now(), visit.origin.clone());
    house::write(&visit.house, move |conn| Ok(identity::farewell(conn, now, &gone, &origin)?)).await?;
    Ok(StatusCode::OK)
}
