//! Answering: on the way to an identity provider and back. What is the same for staff and for eHerkenning.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;
use diesel::result::QueryResult;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::see_other;
use crate::account::elsewhere::Refusal;
use crate::account::entrance::{Insider, Visit, journey_cookie};
use crate::account::store::credential::Holder;
use crate::account::store::identity::{self, Leaving, Linking};
use crate::account::store::roles_of;
use crate::account::web::elsewhere::{ElsewherePage, start_of};
use crate::account::{Token, Way};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::house::{self, House, Turn};
use crate::oidc::{Issuer, Marks, Said, Trouble};
use crate::page::answer;

/// Sends somebody on his way; what he comes back with is linked to an account, when he asks for that.
pub async fn depart(visit: &Visit, way: Way, linking: Linking) -> Result<HttpResponse, Turn> {
    let issuer = issuer(&visit.house, way).ok_or(Turn::NotFound)?;
    if visit.house.door.knock_from(&visit.origin).is_err() {
        return Err(Turn::Busy);
    }
    let (state, nonce) = (Token::new()?, Token::new()?);
    // Two tabs of one browser are each on a journey of their own.
    let browser = visit.journey.clone().map_or_else(Token::new, Ok)?;
    let marks = Marks { state: state.as_str(), nonce: nonce.as_str() };
    let departure = match issuer.depart(&back_at(&visit.house, way), marks).await {
        Ok(departure) => departure,
        Err(trouble) => return Ok(refused(visit, way, told(issuer, trouble))),
    };
    let kept = Kept { nonce: nonce.as_str().to_owned(), verifier: departure.verifier };
    let sealed = visit.house.vault.seal(&purpose(&state), &serde_json::to_vec(&kept)?)?;
    let (now, known_by) = (visit.house.now(), browser.clone());
    house::write(&visit.house, move |conn| {
        let leaving = Leaving { way, state: &state, browser: &known_by, sealed: &sealed, linking: &linking };
        Ok(identity::depart(conn, now, &leaving)?)
    })
    .await?;
    let mut answer = see_other(&departure.url);
    answer.add_cookie(&journey_cookie(&visit.house, &browser))?;
    Ok(answer)
}

/// What a browser brings back (RFC 6749, 4.1.2; `iss` by RFC 9207).
#[derive(Debug, Deserialize, Validate)]
pub struct Back {
    #[validate(length(max = 4096))]
    code: Option<String>,
    #[validate(length(max = 200))]
    state: Option<String>,
    #[validate(length(max = 200))]
    error: Option<String>,
    #[validate(length(max = 2000))]
    iss: Option<String>,
}

/// What the identity provider says of who comes back, and what he wants to link; or why that is not known.
pub async fn come_back(visit: &Visit, way: Way, back: &Back) -> Result<Result<(Said, Linking), Refusal>, Turn> {
    let issuer = issuer(&visit.house, way).ok_or(Turn::NotFound)?;
    back.validate().map_err(|_| Turn::BadRequest)?;
    let state = back.state.as_deref().and_then(Token::read);
    let (Some(state), Some(browser)) = (state, visit.journey.clone()) else { return Ok(Err(Refusal::Lost)) };
    let (now, looked_up) = (visit.house.now(), state.clone());
    let found =
        house::write(&visit.house, move |conn| Ok(identity::come_back(conn, now, way, &looked_up, &browser)?)).await?;
    let Some((sealed, linking)) = found else { return Ok(Err(Refusal::Lost)) };
    let inside = visit.person.as_ref().map(|person| person.account_id);
    if linking.account_id.is_some() && linking.account_id != inside {
        return Ok(Err(Refusal::Lost));
    }
    if back.iss.as_deref().is_some_and(|iss| iss != issuer.name()) {
        tracing::warn!(issuer = issuer.name(), "an answer came back in the name of another issuer");
        return Ok(Err(Refusal::NotBelieved));
    }
    if let Some(error) = &back.error {
        tracing::info!(issuer = issuer.name(), error, "signing in elsewhere ended");
        let down = matches!(error.as_str(), "server_error" | "temporarily_unavailable");
        return Ok(Err(if down { Refusal::Unreachable } else { Refusal::Cancelled }));
    }
    let Some(code) = &back.code else { return Ok(Err(Refusal::NotBelieved)) };
    let kept: Kept = serde_json::from_slice(&visit.house.vault.open(&purpose(&state), &sealed)?)?;
    let (back, wanted) = (back_at(&visit.house, way), claims(&visit.house, way));
    match issuer.arrive(&back, code, &kept.verifier, &kept.nonce, &wanted).await {
        Ok(said) => Ok(Ok((said, linking))),
        Err(trouble) => Ok(Err(told(issuer, trouble))),
    }
}

/// Sealed until he is back.
#[derive(Serialize, Deserialize)]
struct Kept {
    nonce: String,
    verifier: String,
}

fn purpose(state: &Token) -> String {
    format!("journey/{}", state.digest())
}

pub fn issuer(house: &House, way: Way) -> Option<&Issuer> {
    match way {
        Way::Own => None,
        Way::Organisation => house.identity.staff.as_ref().map(|(_, issuer)| issuer),
        Way::EHerkenning => house.identity.eherkenning.as_ref().map(|(_, issuer)| issuer),
    }
}

/// The claims that the settings name for this way.
fn claims(house: &House, way: Way) -> Vec<&str> {
    let (staff, eherkenning) = (&house.identity.staff, &house.identity.eherkenning);
    match way {
        Way::Own => Vec::new(),
        Way::Organisation => staff.iter().flat_map(|(settings, _)| settings.claims()).collect(),
        Way::EHerkenning => eherkenning.iter().flat_map(|(settings, _)| settings.claims()).collect(),
    }
}

/// Whether another site sends him here: then he begins with a click of his own, so that nobody is signed in by a link.
pub fn sent_by_another_site(request: &HttpRequest) -> bool {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    matches!(site, Some("cross-site" | "same-site"))
}

/// The address that is registered with the identity provider.
fn back_at(house: &House, way: Way) -> String {
    format!("{}{}/terug", house.public_url, start_of(way))
}

/// The visitor is told that it does not work; whoever looks after the installation finds why in the log.
fn told(issuer: &Issuer, trouble: Trouble) -> Refusal {
    let (refusal, cause) = match trouble {
        Trouble::Unreachable(cause) => (Refusal::Unreachable, cause),
        Trouble::CodeRefused(cause) => (Refusal::NotBelieved, cause.context("the code was refused")),
        Trouble::NotBelieved(cause) => (Refusal::NotBelieved, cause.context("the token is not good")),
    };
    tracing::warn!(issuer = issuer.name(), cause = format!("{cause:#}"), "signing in elsewhere failed");
    refusal
}

/// Writes down that somebody who is known elsewhere did not come in here.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    account: Option<i64>,
    refusal: Refusal,
) -> QueryResult<()> {
    let Some(result) = refusal.in_audit() else { return Ok(()) };
    let object = account.map_or_else(|| "account/unknown".to_owned(), |id| format!("account/{id}"));
    audit::record(conn, actor, now, Act { action: "account.sign_in", object: &object, result, detail: "elsewhere" })
}

pub fn refused(visit: &Visit, way: Way, refusal: Refusal) -> HttpResponse {
    let page = ElsewherePage { frame: visit.frame(None), way, refusal };
    answer(page.status(), &page)
}

/// Linking begins with a click on a page of ours, by somebody who came in with his own password: another site cannot send
/// him off to link what is not his, and no identity provider opens the account to another.
pub fn link_from_inside(who: &Insider, request: &HttpRequest) -> Result<Linking, Turn> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let ours = match header("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            let page = format!("{}/account", who.house.public_url);
            header(header::REFERER.as_str()).is_some_and(|from| from == page || from.starts_with(&format!("{page}?")))
        }
    };
    match ours && who.way == Some(Way::Own) {
        true => Ok(Linking { account_id: Some(who.person().account_id), link_digest: None }),
        false => Err(Turn::NotAllowed),
    }
}

/// The same from an invitation; none when it no longer works.
pub async fn link_by_invitation(visit: &Visit, written: &str) -> Result<Option<Linking>, Turn> {
    let Some(token) = Token::read(written) else { return Ok(None) };
    let now = visit.house.now();
    house::read(&visit.house, move |conn| Ok(identity::invitation(conn, now, &token)?)).await
}

/// Where else an invitation may be accepted: a provider's person with eHerkenning, others at their organisation.
pub async fn for_invitation(visit: &Visit, holder: &Holder, action: &str) -> Result<Vec<(String, String)>, Turn> {
    let (t, identity, account) = (visit.lang.texts(), &visit.house.identity, holder.account_id);
    let roles = house::read(&visit.house, move |conn| Ok(roles_of(conn, account)?)).await?;
    let of_provider = roles.iter().any(|role| role.provider.is_some());
    Ok(match of_provider {
        true if identity.eherkenning.is_some() => {
            vec![(format!("{action}/eherkenning"), fl!(t, "elsewhere-accept-eherkenning"))]
        }
        false if identity.staff.is_some() => {
            vec![(format!("{action}/organisatie"), fl!(t, "elsewhere-accept-organisation"))]
        }
        _ => Vec::new(),
    })
}
