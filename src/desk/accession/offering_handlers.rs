//! Answering: offering a version, first shown once more with everybody's name.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::offering::{Line, OfferingPage, ProductLine, VersionLine};
use super::standing::offers;
use super::{errors_of, frame, or_refusal};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::offer::offering::{self, Candidate, NewOffer};
use crate::agreement::offer::store::{Wanted, parties};
use crate::agreement::offer::{Offer, PartyKind};
use crate::agreement::text::store::{find, versions};
use crate::agreement::text::{AgreementText, TextKind, TextVersion};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer, answer_to_check};
use crate::procedure::outages;
use crate::procedure::store::{OfferedProduct, catalogue, terms};
use crate::term::Term;
use crate::text::Lang;

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

/// Which version the address or the form asks for.
#[derive(Debug, Clone, Copy)]
enum Asked {
    /// What holds on this day.
    On(NaiveDate),
    /// None named: the one that holds now, or the coming one when everybody has that already.
    Any,
    Number(i32),
    Id(i64),
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct AskedQuery {
    #[serde(default)]
    #[validate(length(max = 10))]
    versie: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    ingang: String,
}

impl AskedQuery {
    fn read(&self) -> Result<Asked, Turn> {
        match (self.versie.as_str(), read_day(&self.ingang)) {
            ("", None) => Ok(Asked::Any),
            ("", Some(day)) => Ok(Asked::On(day)),
            (number, _) => number.parse().map(Asked::Number).map_err(|_| Turn::NotFound),
        }
    }
}

struct Known {
    text: AgreementText,
    version: Option<TextVersion>,
    /// What can be offered, each with its last day; the newest first.
    versions: Vec<(TextVersion, Option<NaiveDate>)>,
    documents: Vec<(AgreementText, TextVersion)>,
    term: Term,
    notice_months: u32,
    candidates: Vec<Candidate>,
    products: Vec<OfferedProduct>,
    earlier: Vec<(Offer, usize)>,
}

/// `starts_on` is the first day that was chosen; none yet.
fn known(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    code: &str,
    asked: Asked,
    starts_on: Option<NaiveDate>,
) -> Result<Known, Turn> {
    let text = find(conn, actor, code)?.filter(|one| one.kind.is_signed()).ok_or(Turn::NotFound)?;
    let all = offering::offerable(&versions(conn, actor, &[text.id])?, today);
    let holds = |day: NaiveDate| {
        let begun = all
            .iter()
            .find(|(one, last)| one.holds_from.is_some_and(|from| from <= day) && last.is_none_or(|last| day <= last));
        begun.or(all.first()).map(|(one, _)| one)
    };
    let chosen = match asked {
        Asked::On(day) => holds(day),
        Asked::Number(number) => Some(&all.iter().find(|(one, _)| one.number == number).ok_or(Turn::NotFound)?.0),
        Asked::Id(id) => all.iter().map(|(one, _)| one).find(|one| one.id == id),
        Asked::Any => {
            let now = holds(today);
            match now {
                Some(version) if !can_be_offered(conn, actor, today, &text, version)? => {
                    let coming = all.iter().rev().map(|(one, _)| one).find(|one| one.number > version.number);
                    coming.or(now)
                }
                _ => now,
            }
        }
    };
    let (documents, candidates) = match chosen {
        Some(version) => {
            let day = starts_on.or(version.holds_from).map_or(today, |day| day.max(today));
            let candidates = offering::candidates(conn, actor, today, &text, version)?;
            (offering::documents(conn, actor, &text, version, day)?, candidates)
        }
        None => (Vec::new(), Vec::new()),
    };
    let newest = chosen.cloned();
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
    Ok(Known { text, version: newest, versions: all, documents, term, notice_months, candidates, products, earlier })
}

fn can_be_offered(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    text: &AgreementText,
    version: &TextVersion,
) -> Result<bool, Turn> {
    let all = offering::candidates(conn, actor, today, text, version)?;
    Ok(all.iter().any(|one| one.hindrance.is_none()))
}

/// "Versie 3, geldt nu, tot en met 31 maart 2027"
fn version_words(lang: Lang, version: &TextVersion, last: Option<NaiveDate>, today: NaiveDate) -> String {
    let (t, number) = (lang.texts(), version.number);
    let coming = version.holds_from.filter(|from| *from > today);
    match (coming, last) {
        (None, None) => fl!(t, "offer-version-now", number = number),
        (None, Some(last)) => fl!(t, "offer-version-now-until", number = number, until = lang.day(last)),
        (Some(from), None) => fl!(t, "offer-version-from", number = number, from = lang.day(from)),
        (Some(from), Some(last)) => {
            fl!(t, "offer-version-from-until", number = number, from = lang.day(from), until = lang.day(last))
        }
    }
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
        let (lang, today) = (who.lang, who.house.today());
        let mut frame = frame(who)?;
        let number = self.version.as_ref().map(|one| one.number);
        frame.here = match number {
            Some(number) => format!("/overeenkomsten/{}/aanbod?versie={number}", self.text.code),
            None => format!("/overeenkomsten/{}/aanbod", self.text.code),
        };
        let versions = self.versions.iter().map(|(one, last)| VersionLine {
            number: one.number,
            words: version_words(lang, one, *last, today),
            current: number == Some(one.number),
        });
        let versions = if self.versions.len() > 1 { versions.collect() } else { Vec::new() };
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
            versions,
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
pub async fn form(who: Insider, code: Path<String>, asked: Query<AskedQuery>) -> HttpResponse {
    who.answer(show(&who, code.into_inner(), &asked).await)
}

async fn show(who: &Insider, code: String, query: &AskedQuery) -> Result<HttpResponse, Turn> {
    frame(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, today, asked, day) = (who.actor(), who.house.today(), query.read()?, read_day(&query.ingang));
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &code, asked, day)).await?;
    let first = known.first(today);
    let first = Sent { starts_on: day.map_or(first.starts_on, |day| day.to_string()), ..first };
    let page = known.page(who, &first, false, FormErrors::default())?;
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/overeenkomsten/{code}/aanbod`
pub async fn make(who: Insider, code: Path<String>, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, code.into_inner(), pairs.into_inner()).await)
}

async fn carry_out(who: &Insider, code: String, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let (wanted, sent) = (code.clone(), Sent::read(pairs)?);
    let (asked, day) = (Asked::Id(sent.version), sent.day());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &wanted, asked, day)).await?;
    if !offers(who.person().role) {
        return Err(Turn::NotAllowed);
    }
    // It can be offered no more, or never could: who offers sees first what can.
    if known.version.is_none() {
        return Err(Turn::Conflict { by: None, back: format!("/overeenkomsten/{code}/aanbod") });
    }
    if sent.step == "wijzigen" {
        return Ok(answer(StatusCode::OK, &known.page(who, &sent, false, FormErrors::default())?));
    }
    let Some(starts_on) = sent.day() else {
        let said = fl!(who.lang.texts(), "offer-start-wrong");
        let errors = FormErrors { fields: vec![("ingang".to_owned(), said)], ..FormErrors::default() };
        return Ok(answer(StatusCode::BAD_REQUEST, &known.page(who, &sent, false, errors)?));
    };
    let (actor, new) = (who.actor(), sent.clone());
    let make = move |conn: &mut Conn| {
        let (providers, products) = (&new.providers[..], &new.products[..]);
        let new = NewOffer { version_id: new.version, providers, products, starts_on, forced: new.forced };
        or_refusal(offering::offer(conn, &actor, now, today, &new))
    };
    let sure = sent.step == "vastleggen";
    // What the last button would refuse is told before the check page, with the form.
    let done = match sure {
        true => house::write(&who.house, make).await?,
        false => house::rehearse(&who.house, make).await?,
    };
    match done {
        Ok(_) if !sure => Ok(answer_to_check(&known.page(who, &sent, true, FormErrors::default())?)),
        Ok(id) => Ok(see_other(&format!("/overeenkomsten/{code}/aanbod/{id}"))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            Ok(answer(status, &known.page(who, &sent, false, errors)?))
        }
    }
}
