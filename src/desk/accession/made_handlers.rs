//! Answering: the page of an offer that was made, and taking it back with a reason.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use serde::Deserialize;
use validator::Validate;

use super::offering::OfferPage;
use super::standing::offers;
use super::{errors_of, frame, or_refusal};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::offer::store::{Wanted, parties};
use crate::agreement::offer::{Offer, OfferRefusal, Party, offering};
use crate::agreement::text::store::version;
use crate::agreement::text::{AgreementText, TextVersion};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::provider::{self, Provider};

struct Made {
    text: AgreementText,
    version: i32,
    offer: Offer,
    documents: Vec<(AgreementText, TextVersion, String)>,
    parties: Vec<(Provider, Party)>,
}

fn made(conn: &mut Conn, actor: &Actor, code: &str, id: i64) -> Result<Made, Turn> {
    let all = parties(conn, actor, Wanted::Offer(id))?;
    let offer = all.first().map(|(offer, _)| offer.clone()).ok_or(Turn::NotFound)?;
    let (text, of_offer) = version(conn, actor, offer.version_id)?.ok_or(Turn::NotFound)?;
    if text.code != code {
        return Err(Turn::NotFound);
    }
    let mut documents = Vec::new();
    for one in &offer.documents {
        let found = version(conn, actor, one.version_id)?;
        documents.extend(found.map(|(text, version)| (text, version, one.digest.to_string())));
    }
    let providers = provider::store::all(conn, actor)?;
    let named = providers.into_iter().filter_map(|provider| {
        let (_, party) = all.iter().find(|(_, party)| party.provider_id == provider.id)?;
        Some((provider, party.clone()))
    });
    let parties = named.collect();
    Ok(Made { text, version: of_offer.number, offer, documents, parties })
}

impl Made {
    fn page(self, who: &Insider, reason: String, errors: FormErrors) -> Result<OfferPage, Turn> {
        let lang = who.lang;
        let path = format!("/overeenkomsten/{}/aanbod", self.text.code);
        let mut frame = frame(who)?.crumb(self.text.title.in_lang(lang), path.as_str());
        frame.here = format!("{path}/{}", self.offer.id);
        let document = |(text, version, digest): (AgreementText, TextVersion, String)| {
            (text.title.in_lang(lang).to_owned(), version.number, digest)
        };
        Ok(OfferPage {
            frame,
            errors,
            text: self.text,
            version: self.version,
            offer: self.offer,
            documents: self.documents.into_iter().map(document).collect(),
            parties: self.parties,
            reason,
            may: offers(who.person().role),
            today: who.house.today(),
        })
    }
}

/// GET `/overeenkomsten/{code}/aanbod/{id}`
pub async fn offer(who: Insider, at: Path<(String, i64)>) -> HttpResponse {
    who.answer(show_offer(&who, at.into_inner()).await)
}

async fn show_offer(who: &Insider, (code, id): (String, i64)) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let actor = who.actor();
    let made = house::read(&who.house, move |conn| made(conn, &actor, &code, id)).await?;
    Ok(answer(StatusCode::OK, &made.page(who, String::new(), FormErrors::default())?))
}

#[derive(Debug, Deserialize, Validate)]
pub struct WithdrawForm {
    #[serde(default)]
    #[validate(length(max = 2000))]
    reden: String,
}

/// POST `/overeenkomsten/{code}/aanbod/{id}/intrekken`
pub async fn withdraw(who: Insider, at: Path<(String, i64)>, form: Form<WithdrawForm>) -> HttpResponse {
    who.answer(take_back(&who, at.into_inner(), form.into_inner()).await)
}

async fn take_back(who: &Insider, (code, id): (String, i64), form: WithdrawForm) -> Result<HttpResponse, Turn> {
    frame(who)?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, reason, wanted) = (who.actor(), who.house.now(), form.reden.clone(), code.clone());
    let done: Result<usize, OfferRefusal> = house::write(&who.house, move |conn| {
        made(conn, &actor, &wanted, id)?;
        or_refusal(offering::withdraw(conn, &actor, now, id, &reason))
    })
    .await?;
    match done {
        Ok(_) => Ok(see_other(&format!("/overeenkomsten/{code}/aanbod/{id}"))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            let actor = who.actor();
            let made = house::read(&who.house, move |conn| made(conn, &actor, &code, id)).await?;
            Ok(answer(status, &made.page(who, form.reden, errors)?))
        }
    }
}
