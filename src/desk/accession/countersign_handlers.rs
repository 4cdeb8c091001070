//! Answering: the decision maker signs one or many. What he chose comes back on a page that names every provider; only
//! there the code is asked, and all of it is signed or nothing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::countersign::{CountersignPage, Line};
use super::{code_errors, errors_of, frame, or_refusal, purpose};
use crate::account::entrance::Insider;
use crate::account::once::{self, CodeKind, Tried};
use crate::account::web::handlers::see_other;
use crate::account::web::handlers::signing_in::wait_words;
use crate::account::web::role_word;
use crate::actor::{Actor, Role};
use crate::agreement::offer::countersigning::{self, Countersigning};
use crate::agreement::offer::store::{Wanted, parties, signatures};
use crate::agreement::offer::{OfferRefusal, PartyState, Side, office_path};
use crate::agreement::text::store::version;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::provider;
use crate::text::Lang;

/// What was sent: pairs, as there is a tick for every provider.
#[derive(Debug, Default, Clone, Validate)]
struct Sent {
    #[validate(length(max = 500))]
    tickets: Vec<(i64, i32)>,
    #[validate(length(max = 120))]
    position: String,
    #[validate(length(max = 100))]
    code: String,
    #[validate(length(max = 20))]
    step: String,
    sent: bool,
}

impl Sent {
    fn read(pairs: Vec<(String, String)>) -> Result<Sent, Turn> {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            match name.as_str() {
                "gekozen" => sent.tickets.push(ticket(&value).ok_or(Turn::BadRequest)?),
                "functie" => sent.position = value,
                "code" => sent.code = value,
                "stap" => sent.step = value,
                _ => {}
            }
        }
        if sent.validate().is_err() { Err(Turn::BadRequest) } else { Ok(sent) }
    }

    fn ids(&self) -> Vec<i64> {
        self.tickets.iter().map(|(id, _)| *id).collect()
    }
}

fn ticket(written: &str) -> Option<(i64, i32)> {
    let (id, seen) = written.split_once('/')?;
    Some((id.parse().ok()?, seen.parse().ok()?))
}

/// What waits for the municipality's signature, in alphabetical order of the providers.
fn lines(conn: &mut Conn, actor: &Actor, lang: Lang, ticked: &[(i64, i32)]) -> Result<Vec<Line>, Turn> {
    let all = parties(conn, actor, Wanted::In(&[PartyState::SignedByProvider]))?;
    let ids: Vec<i64> = all.iter().map(|(_, party)| party.id).collect();
    let signed = signatures(conn, actor, &ids)?;
    let providers = provider::store::all(conn, actor)?;
    let mut lines = Vec::with_capacity(all.len());
    for provider in providers {
        for (offer, party) in all.iter().filter(|(_, party)| party.provider_id == provider.id) {
            let mut mine = signed.iter().filter(|one| one.party_id == party.id && one.side == Side::Provider);
            let Some(signature) = mine.next() else { continue };
            let Some((text, of_offer)) = version(conn, actor, offer.version_id)? else { continue };
            lines.push(Line {
                ticket: format!("{}/{}", party.id, party.version),
                ticked: ticked.contains(&(party.id, party.version)),
                href: office_path(party.id),
                provider: provider.name.clone(),
                text: fl!(lang.texts(), "offer-document", title = text.title.in_lang(lang), number = of_offer.number),
                kind: party.kind.in_words(lang),
                signed_by: signature.name.clone(),
                signed_at: signature.at,
                starts_on: offer.starts_on,
                digest: offer.digest.to_string(),
            });
        }
    }
    Ok(lines)
}

async fn page(
    who: &Insider,
    sent: &Sent,
    checking: bool,
    status: StatusCode,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let mut frame = frame(who)?;
    frame.here = "/toetreding/tekenen".to_owned();
    let (actor, lang, ticked) = (who.actor(), who.lang, sent.tickets.clone());
    let account = who.person().account_id;
    let (lines, asked) =
        house::read(&who.house, move |conn| Ok((lines(conn, &actor, lang, &ticked)?, once::asked(conn, account)?)))
            .await?;
    let position = match sent.position.as_str() {
        "" => role_word(lang, who.person().role),
        typed => typed.to_owned(),
    };
    let page = CountersignPage { frame, errors, lines, checking, position, asked, sent: sent.sent };
    Ok(answer(status, &page))
}

fn decides(who: &Insider) -> Result<(), Turn> {
    frame(who)?;
    if who.person().role == Role::DecisionMaker { Ok(()) } else { Err(Turn::NotAllowed) }
}

/// Begun from the page of one offer, that one is ticked; else everything is.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct FormQuery {
    #[validate(range(min = 1))]
    een: Option<i64>,
}

/// GET `/toetreding/tekenen`
pub async fn form(who: Insider, query: Query<FormQuery>) -> HttpResponse {
    who.answer(show(&who, &query).await)
}

async fn show(who: &Insider, query: &FormQuery) -> Result<HttpResponse, Turn> {
    decides(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, only) = (who.actor(), query.een);
    let all =
        house::read(&who.house, move |conn| Ok(parties(conn, &actor, Wanted::In(&[PartyState::SignedByProvider]))?))
            .await?;
    let chosen = all.iter().filter(|(_, party)| only.is_none_or(|only| only == party.id));
    let tickets = chosen.map(|(_, party)| (party.id, party.version)).collect();
    page(who, &Sent { tickets, ..Sent::default() }, false, StatusCode::OK, FormErrors::default()).await
}

/// POST `/toetreding/tekenen`
pub async fn sign(who: Insider, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, pairs.into_inner()).await)
}

async fn carry_out(who: &Insider, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    decides(who)?;
    let mut sent = Sent::read(pairs)?;
    let none = FormErrors::default();
    if sent.step == "wijzigen" {
        return page(who, &sent, false, StatusCode::OK, none).await;
    }
    if sent.tickets.is_empty() {
        let (status, errors) = errors_of(who.lang, &OfferRefusal::NobodyChosen);
        return page(who, &sent, false, status, errors).await;
    }
    if sent.step == "code" {
        return match send_code(who, &sent).await? {
            true => {
                sent.sent = true;
                page(who, &sent, true, StatusCode::OK, none).await
            }
            false => {
                let whole = vec![fl!(who.lang.texts(), "offer-code-too-many")];
                page(who, &sent, true, StatusCode::TOO_MANY_REQUESTS, FormErrors { whole, ..none }).await
            }
        };
    }
    if sent.step != "vastleggen" {
        return page(who, &sent, true, StatusCode::OK, none).await;
    }
    if sent.code.trim().is_empty() {
        let fields = vec![("code".to_owned(), fl!(who.lang.texts(), "account-code-empty"))];
        return page(who, &sent, true, StatusCode::BAD_REQUEST, FormErrors { fields, ..none }).await;
    }
    if let Err(wait) = who.house.door.knock(&who.origin, &format!("sign/{}", who.person().account_id)) {
        let whole = vec![wait_words(who.lang, wait)];
        return page(who, &sent, true, StatusCode::TOO_MANY_REQUESTS, FormErrors { whole, ..none }).await;
    }
    match put(who, &sent).await? {
        Ok(Tried::Good(_)) => Ok(see_other("/toetreding")),
        Ok(tried) => {
            let (status, errors) = code_errors(who.lang, who.house.now(), tried).ok_or(Turn::BadRequest)?;
            page(who, &sent, true, status, errors).await
        }
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            page(who, &sent, refusal == OfferRefusal::PositionMissing, status, errors).await
        }
    }
}

async fn send_code(who: &Insider, sent: &Sent) -> Result<bool, Turn> {
    let (now, to, origin, purpose) = (who.house.now(), who.person().clone(), who.origin.clone(), purpose(&sent.ids()));
    house::write(&who.house, move |conn| {
        // Who has an app is asked for its code, and gets none by mail.
        match once::asked(conn, to.account_id)? {
            CodeKind::App => Ok(true),
            CodeKind::Mail => Ok(once::send(conn, now, &to, &origin, &purpose, "/toetreding/tekenen#")?),
        }
    })
    .await
}

/// The code is tried only when everything else is as it should be, and all is one transaction.
async fn put(who: &Insider, sent: &Sent) -> Result<Result<Tried, OfferRefusal>, Turn> {
    let (house, actor, sent) = (who.house.clone(), who.actor(), sent.clone());
    let (now, today) = (who.house.now(), who.house.today());
    house::write(&who.house, move |conn| {
        if let Err(refusal) = or_refusal(countersigning::ready(conn, &actor, &sent.tickets, &sent.position))? {
            return Ok(Err(refusal));
        }
        let tried = once::try_code(conn, &house.vault, now, &actor, &purpose(&sent.ids()), &sent.code)?;
        let Tried::Good(code) = tried else { return Ok(Ok(tried)) };
        let signing = Countersigning { parties: &sent.tickets, position: &sent.position, code };
        let done = or_refusal(countersigning::countersign(conn, &actor, now, today, &signing))?;
        Ok(done.map(|_| tried))
    })
    .await
}
