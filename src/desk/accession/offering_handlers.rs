//! Answering: offering a version, first shown once more with everybody's name; and taking an offer back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::offering::{Line, OfferPage, OfferingPage, ProductLine};
use super::standing::offers;
use super::{errors_of, frame, or_refusal};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::offer::offering::{self, Candidate, NewOffer};
use crate::agreement::offer::store::{Wanted, parties};
use crate::agreement::offer::{Offer, OfferRefusal, Party, PartyKind};
use crate::agreement::text::store::{find, version, versions};
use crate::agreement::text::{AgreementText, TextKind, TextState, TextVersion};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::procedure::outages;
use crate::procedure::store::{OfferedProduct, catalogue, terms};
use crate::provider::{self, Provider};
use crate::term::Term;

/// What was sent: pairs, as there is a tick for every provider and every product.
#[derive(Debug, Default, Clone, Validate)]
struct Sent {
    #[validate(length(max = 2000))]
    providers: Vec<i64>,
    #[validate(length(max = 500))]
    products: Vec<i64>,
    #[validate(length(max = 20))]
    starts_on: String,
    forced: bool,
    version: i64,
    #[validate(length(max = 20))]
    step: String,
}

impl Sent {
    fn read(pairs: Vec<(String, String)>) -> Result<Sent, Turn> {
        let mut sent = Sent::default();
        let number = |value: String| value.parse().map_err(|_| Turn::BadRequest);
        for (name, value) in pairs {
            match name.as_str() {
                "aanbieder" => sent.providers.push(number(value)?),
                "product" => sent.products.push(number(value)?),
                "versie" => sent.version = number(value)?,
                "ingang" => sent.starts_on = value.trim().to_owned(),
                "verplicht" => sent.forced = value == "ja",
                "stap" => sent.step = value,
                _ => {}
            }
        }
        if sent.validate().is_err() { Err(Turn::BadRequest) } else { Ok(sent) }
    }

    /// As a browser sends it, or as it is typed by hand.
    fn day(&self) -> Option<NaiveDate> {
        ["%Y-%m-%d", "%d-%m-%Y"].iter().find_map(|form| NaiveDate::parse_from_str(&self.starts_on, form).ok())
    }
}

struct Known {
    text: AgreementText,
    version: Option<TextVersion>,
    documents: Vec<(AgreementText, TextVersion)>,
    term: Term,
    notice_months: u32,
    candidates: Vec<Candidate>,
    products: Vec<OfferedProduct>,
    earlier: Vec<(Offer, usize)>,
}

fn known(conn: &mut Conn, actor: &Actor, today: NaiveDate, code: &str) -> Result<Known, Turn> {
    let text = find(conn, actor, code)?.filter(|one| one.kind.is_signed()).ok_or(Turn::NotFound)?;
    let all = versions(conn, actor, &[text.id])?;
    let newest = all.into_iter().filter(|one| one.state == TextState::Established).max_by_key(|one| one.number);
    let (documents, candidates) = match &newest {
        Some(newest) => {
            (offering::documents(conn, actor, &text, newest)?, offering::candidates(conn, actor, today, &text, newest)?)
        }
        None => (Vec::new(), Vec::new()),
    };
    let mut earlier: Vec<(Offer, usize)> = Vec::new();
    for (offer, _) in parties(conn, actor, Wanted::Text(text.id))? {
        match earlier.iter_mut().find(|(known, _)| known.id == offer.id) {
            Some((_, count)) => *count += 1,
            None => earlier.push((offer, 1)),
        }
    }
    let products = if text.kind == TextKind::Domain { catalogue(conn, actor)? } else { Vec::new() };
    let terms = terms(conn, actor, today)?;
    let (term, notice_months) = (terms.signing.begin(today, &outages::days(conn, actor)?), terms.forced_notice_months);
    Ok(Known { text, version: newest, documents, term, notice_months, candidates, products, earlier })
}

impl Known {
    /// Before anything was chosen everybody who can be offered it is ticked, and every product.
    fn first(&self, today: NaiveDate) -> Sent {
        let free = self.candidates.iter().filter(|one| one.hindrance.is_none());
        let from = self.version.as_ref().and_then(|one| one.holds_from).map_or(today, |from| from.max(today));
        // A change begins after the term in which one can refuse it.
        let changes = free.clone().any(|one| one.kind == PartyKind::Change);
        let from = if changes { from.max(add_days(self.term.due, 1)) } else { from };
        Sent {
            providers: free.map(|one| one.provider.id).collect(),
            products: self.products.iter().map(|one| one.id).collect(),
            starts_on: from.to_string(),
            forced: false,
            version: self.version.as_ref().map_or(0, |one| one.id),
            step: String::new(),
        }
    }

    fn page(&self, who: &Insider, sent: &Sent, checking: bool, errors: FormErrors) -> Result<OfferingPage, Turn> {
        let lang = who.lang;
        let mut frame = frame(who)?;
        frame.here = format!("/overeenkomsten/{}/aanbod", self.text.code);
        let line = |one: &Candidate| Line {
            provider_id: one.provider.id,
            name: one.provider.name.clone(),
            kind: one.kind.in_words(lang),
            is_change: one.kind == PartyKind::Change,
            hindrance: one.hindrance.map(|one| one.in_words(lang)),
            ticked: one.hindrance.is_none() && sent.providers.contains(&one.provider.id),
        };
        let product = |one: &OfferedProduct| ProductLine {
            id: one.id,
            name: one.name.in_lang(lang).to_owned(),
            ticked: sent.products.contains(&one.id),
        };
        let document =
            |(text, version): &(AgreementText, TextVersion)| (text.title.in_lang(lang).to_owned(), version.number);
        Ok(OfferingPage {
            frame,
            errors,
            text: self.text.clone(),
            version: self.version.clone(),
            documents: self.documents.iter().map(document).collect(),
            term: self.term,
            lines: self.candidates.iter().map(line).collect(),
            products: self.products.iter().map(product).collect(),
            starts_on: sent.starts_on.clone(),
            forced: sent.forced,
            notice_months: self.notice_months,
            checking,
            may: offers(who.person().role),
            earlier: self.earlier.clone(),
        })
    }
}

/// GET `/overeenkomsten/{code}/aanbod`
pub async fn form(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show(&who, code.into_inner()).await)
}

async fn show(who: &Insider, code: String) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &code)).await?;
    let page = known.page(who, &known.first(today), false, FormErrors::default())?;
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/overeenkomsten/{code}/aanbod`
pub async fn make(who: Insider, code: Path<String>, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, code.into_inner(), pairs.into_inner()).await)
}

async fn carry_out(who: &Insider, code: String, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let wanted = code.clone();
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &wanted)).await?;
    if !offers(who.person().role) {
        return Err(Turn::NotAllowed);
    }
    let sent = Sent::read(pairs)?;
    if sent.step == "wijzigen" {
        return Ok(answer(StatusCode::OK, &known.page(who, &sent, false, FormErrors::default())?));
    }
    let Some(starts_on) = sent.day() else {
        let said = fl!(who.lang.texts(), "offer-start-wrong");
        let errors = FormErrors { fields: vec![("ingang".to_owned(), said)], ..FormErrors::default() };
        return Ok(answer(StatusCode::BAD_REQUEST, &known.page(who, &sent, false, errors)?));
    };
    // A newer version was established meanwhile: who offers sees it first.
    if known.version.as_ref().map(|one| one.id) != Some(sent.version) {
        return Err(Turn::Conflict { by: None, back: format!("/overeenkomsten/{code}/aanbod") });
    }
    if sent.step != "vastleggen" && !sent.providers.is_empty() {
        return Ok(answer(StatusCode::OK, &known.page(who, &sent, true, FormErrors::default())?));
    }
    let (actor, new) = (who.actor(), sent.clone());
    let done = house::write(&who.house, move |conn| {
        let (providers, products) = (&new.providers[..], &new.products[..]);
        let new = NewOffer { version_id: new.version, providers, products, starts_on, forced: new.forced };
        or_refusal(offering::offer(conn, &actor, now, today, &new))
    })
    .await?;
    match done {
        Ok(id) => Ok(see_other(&format!("/overeenkomsten/{code}/aanbod/{id}"))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            Ok(answer(status, &known.page(who, &sent, false, errors)?))
        }
    }
}

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
