//! Answering: the one-time links of the installation, and the choice of language.

pub mod arriving;
pub mod elsewhere;
pub mod farewell;
pub mod organisation;
pub mod own;
pub mod people;
pub mod setting_up;
pub mod signing_in;

use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Form, Path};
use serde::Deserialize;
use validator::Validate;

use super::{ConfirmPage, LinkGonePage, role_word};
use crate::account::Token;
use crate::account::entrance::{LANGUAGE_COOKIE, Visit, session_cookie};
use crate::account::store::credential::Holder;
use crate::account::store::{self, Person};
use crate::actor::Role;
use crate::house::{self, House, Turn};
use crate::page::{answer, way_back};
use crate::text::Lang;

/// Where somebody begins: a provider at its own overview, who judges or decides applications at what waits for him, the
/// others of the municipality at the list of providers.
pub fn start_of(person: &Person) -> String {
    match &person.provider {
        Some(_) => "/mijn".to_owned(),
        None if matches!(person.role, Role::Assessor | Role::DecisionMaker | Role::PrivacyOfficer) => {
            "/werkvoorraad".to_owned()
        }
        None if person.role == Role::ContactPerson => "/kosten-controleren".to_owned(),
        None => "/aanbieders".to_owned(),
    }
}

/// GET `/inloggen/{token}`
pub async fn confirm(visit: Visit, token: Path<String>) -> HttpResponse {
    visit.answer(show_confirmation(&visit, &token).await)
}

async fn show_confirmation(visit: &Visit, written: &str) -> Result<HttpResponse, Turn> {
    let Some(token) = Token::read(written) else { return Ok(link_gone(visit)) };
    let now = visit.house.now();
    let looked_up = token.clone();
    let person = house::read(&visit.house, move |conn| Ok(store::open_link(conn, now, &looked_up)?)).await?;
    let Some(person) = person else { return Ok(link_gone(visit)) };
    let role = match &person.provider {
        Some((_, _, name)) => name.clone(),
        None => role_word(visit.lang, person.role),
    };
    let page = ConfirmPage { frame: visit.frame(None), name: person.name, role, token: token.as_str().to_owned() };
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/inloggen/{token}`
pub async fn enter(visit: Visit, token: Path<String>) -> HttpResponse {
    visit.answer(start_session(&visit, &token).await)
}

async fn start_session(visit: &Visit, written: &str) -> Result<HttpResponse, Turn> {
    let Some(token) = Token::read(written) else { return Ok(link_gone(visit)) };
    let (now, origin) = (visit.house.now(), visit.origin.clone());
    let key = Token::new()?;
    let given = key.clone();
    let person =
        house::write(&visit.house, move |conn| Ok(store::sign_in(conn, now, &origin, &token, &given)?)).await?;
    Ok(match person {
        Some(person) => {
            let mut answer = see_other(&start_of(&person));
            answer.add_cookie(&session_cookie(&visit.house, Some(&key)))?;
            answer
        }
        None => link_gone(visit),
    })
}

pub fn link_gone(visit: &Visit) -> HttpResponse {
    answer(StatusCode::GONE, &LinkGonePage { frame: visit.frame(None) })
}

/// What everybody knows of this person, and of where he works: his name and address, the organisations with their numbers
/// in the trade register, and the municipalities of this house.
pub async fn known_of(house: &Data<House>, holder: &Holder) -> Result<Vec<String>, Turn> {
    let account = holder.account_id;
    let (towns, firms) =
        house::read(house, move |conn| Ok((store::municipalities(conn)?, store::organisations_of(conn, account)?)))
            .await?;
    let towns = towns.into_iter().map(|(_, name)| name);
    let firms = firms.into_iter().flat_map(|(name, kvk)| [name, kvk]);
    Ok([holder.name.clone(), holder.email.clone()].into_iter().chain(towns).chain(firms).collect())
}

/// The choice of language, and where to go back to.
#[derive(Debug, Deserialize, Validate)]
pub struct LanguageForm {
    taal: Lang,
    #[validate(length(max = 2000))]
    terug: String,
}

/// POST `/taal`
pub async fn language(visit: Visit, form: Form<LanguageForm>) -> HttpResponse {
    visit.answer(choose_language(&visit, &form).await)
}

async fn choose_language(visit: &Visit, form: &LanguageForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let chosen = form.taal;
    if let Some(person) = &visit.person {
        let account = person.account_id;
        house::write(&visit.house, move |conn| Ok(store::prefer(conn, account, chosen)?)).await?;
    }
    let mut answer = see_other(way_back(&form.terug));
    let cookie = Cookie::build(LANGUAGE_COOKIE, chosen.as_str())
        .path("/")
        .http_only(true)
        .secure(visit.house.https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(365));
    answer.add_cookie(&cookie.finish())?;
    Ok(answer)
}

/// "Post changes and redirects."
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
