//! Answering: the page on which is signed, the code by mail, the signature itself, and its receipt.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{SignPage, SignedPage, Typed};
use crate::account::entrance::{Insider, users_page};
use crate::account::once::{self, CodeKind, Tried};
use crate::account::web::handlers::see_other;
use crate::account::web::handlers::signing_in::wait_words;
use crate::actor::{Actor, Role};
use crate::agreement::offer::signing::{self, Signing};
use crate::agreement::offer::store::signatures;
use crate::agreement::offer::{OfferRefusal, PartyState, Side, provider_path};
use crate::db::Conn;
use crate::desk::accession::offered::{Offered, gather};
use crate::desk::accession::{code_errors, errors_of, or_refusal, purpose};
use crate::dossier::form::{Filled, Step};
use crate::dossier::{drafting, store::of_provider};
use crate::house::{self, Turn};
use crate::page::correction::at_most;
use crate::page::{FormErrors, Frame, Section, answer};
use crate::text::Lang;

/// What somebody is in his organisation, in characters.
const LONGEST_POSITION: usize = 120;

/// The municipality has pages of its own; what was offered to another provider does not exist.
pub fn own(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Offered, Turn> {
    if actor.own_provider().is_none() {
        return Err(Turn::NotAllowed);
    }
    gather(conn, actor, id)
}

/// The frame of a page below the overview.
pub fn frame(who: &Insider, here: String) -> Frame {
    let frame = who.frame(Some(Section::Mine)).crumb(fl!(who.lang.texts(), "page-menu-mine"), "/mijn");
    Frame { here, ..frame }
}

/// After a code was asked for. The code itself never stands here: an address is written into logs.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct SignQuery {
    #[serde(default)]
    #[validate(length(max = 5))]
    verzonden: String,
}

/// GET `/mijn/overeenkomst/{id}/tekenen`
pub async fn page(who: Insider, id: Path<i64>, query: Query<SignQuery>) -> HttpResponse {
    let query = query.into_inner();
    match query.validate() {
        Ok(()) => {
            let (typed, sent) = (Typed::default(), query.verzonden == "ja");
            who.answer(show(&who, id.into_inner(), StatusCode::OK, typed, sent, FormErrors::default()).await)
        }
        Err(_) => who.answer(Err(Turn::BadRequest)),
    }
}

async fn show(
    who: &Insider,
    id: i64,
    status: StatusCode,
    typed: Typed,
    sent: bool,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let (actor, person) = (who.actor(), who.person().clone());
    let account = person.account_id;
    let (offered, asked, position) = house::read(&who.house, move |conn| {
        let offered = own(conn, &actor, id)?;
        let position = known_position(conn, &actor, &offered)?;
        Ok((offered, once::asked(conn, account)?, position))
    })
    .await?;
    let typed = match typed.position.as_str() {
        "" => Typed { position, ..typed },
        _ => typed,
    };
    let page = SignPage {
        frame: frame(who, provider_path(id)),
        errors,
        offered,
        today: who.house.today(),
        role: person.role,
        users: users_page(&person),
        name: person.name,
        typed,
        asked,
        sent,
    };
    Ok(answer(status, &page))
}

/// What the signatory is, as the application told of somebody with this name.
pub fn known_position(conn: &mut Conn, actor: &Actor, offered: &Offered) -> Result<String, Turn> {
    for application in of_provider(conn, actor, offered.party.provider_id)? {
        let form = drafting::form(conn, actor, application.id)?;
        if let Some(Filled::Signatory(one)) = form.steps.get(&Step::Signatory)
            && one.name == actor.name()
        {
            return Ok(one.function.clone());
        }
    }
    Ok(String::new())
}

/// What was filled in before the code was asked for: it stays.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BeforeCode {
    #[validate(length(max = 10))]
    gelezen: String,
    #[validate(length(max = 10))]
    bevoegd: String,
    #[validate(length(max = 2000))]
    functie: String,
}

/// POST `/mijn/overeenkomst/{id}/tekencode`: a code by mail, for who has no app.
pub async fn send_code(who: Insider, id: Path<i64>, form: Form<BeforeCode>) -> HttpResponse {
    who.answer(post_code(&who, id.into_inner(), form.into_inner()).await)
}

async fn post_code(who: &Insider, id: i64, form: BeforeCode) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (read, authorised) = (!form.gelezen.is_empty(), !form.bevoegd.is_empty());
    let typed = Typed { read, authorised, position: form.functie, code: String::new() };
    let (actor, to, now, origin) = (who.actor(), who.person().clone(), who.house.now(), who.origin.clone());
    let sent = house::write(&who.house, move |conn| {
        let offered = own(conn, &actor, id)?;
        if actor.role() != Role::ProviderSignatory {
            return Err(Turn::NotAllowed);
        }
        let waits = offered.party.state == PartyState::Offered;
        match once::asked(conn, to.account_id)? {
            CodeKind::Mail if waits => {
                // Behind the `#` it is for the reader alone: no browser sends it along.
                let path = format!("{}#", provider_path(id));
                Ok(once::send(conn, now, &to, &origin, &purpose(&[id]), &path)?)
            }
            CodeKind::Mail | CodeKind::App => Ok(true),
        }
    })
    .await?;
    match sent {
        true if read || authorised || !typed.position.is_empty() => {
            show(who, id, StatusCode::OK, typed, true, FormErrors::default()).await
        }
        true => Ok(see_other(&format!("{}?verzonden=ja", provider_path(id)))),
        false => {
            let whole = vec![fl!(who.lang.texts(), "offer-code-too-many")];
            let errors = FormErrors { whole, ..FormErrors::default() };
            show(who, id, StatusCode::TOO_MANY_REQUESTS, typed, false, errors).await
        }
    }
}

/// The two ticks, the code, and what was on the page.
#[derive(Debug, Clone, Deserialize, Validate)]
pub struct SignForm {
    #[validate(length(max = 64))]
    gezien: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    gelezen: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    bevoegd: String,
    #[serde(default)]
    #[validate(length(max = 2000))]
    functie: String,
    #[serde(default)]
    #[validate(length(max = 100))]
    code: String,
}

/// POST `/mijn/overeenkomst/{id}/tekenen`. A second press leads to the same receipt.
pub async fn sign(who: Insider, id: Path<i64>, form: Form<SignForm>) -> HttpResponse {
    who.answer(take(&who, id.into_inner(), form.into_inner()).await)
}

/// What came of it.
enum Outcome {
    Signed,
    Code(Tried),
    Refused(OfferRefusal),
}

async fn take(who: &Insider, id: i64, form: SignForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let typed = Typed {
        read: !form.gelezen.is_empty(),
        authorised: !form.bevoegd.is_empty(),
        position: form.functie.clone(),
        code: String::new(),
    };
    if let Some(errors) = lacking(who, &typed, &form.code) {
        return show(who, id, StatusCode::BAD_REQUEST, typed, false, errors).await;
    }
    if let Err(wait) = who.house.door.knock(&who.origin, &format!("sign/{}", who.person().account_id)) {
        let errors = FormErrors { whole: vec![wait_words(who.lang, wait)], ..FormErrors::default() };
        return show(who, id, StatusCode::TOO_MANY_REQUESTS, typed, false, errors).await;
    }
    match put(who, id, form, typed.clone()).await? {
        Outcome::Signed => Ok(see_other(&format!("/mijn/overeenkomst/{id}/ontvangst"))),
        Outcome::Code(tried) => {
            let (status, errors) = code_errors(who.lang, who.house.now(), tried).ok_or(Turn::BadRequest)?;
            show(who, id, status, typed, false, errors).await
        }
        Outcome::Refused(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            show(who, id, status, typed, false, errors).await
        }
    }
}

/// Everything that a signatory left out, at once; none when it is all there.
fn lacking(who: &Insider, typed: &Typed, code: &str) -> Option<FormErrors> {
    if who.actor().role() != Role::ProviderSignatory {
        return None;
    }
    let mut fields = undeclared(who.lang, typed);
    if code.trim().is_empty() {
        fields.push(("code".to_owned(), fl!(who.lang.texts(), "account-code-empty")));
    }
    (!fields.is_empty()).then(|| FormErrors { fields, ..FormErrors::default() })
}

/// What is missing of the two ticks and the position, each at its field.
pub fn undeclared(lang: Lang, typed: &Typed) -> Vec<(String, String)> {
    let told = |refusal: OfferRefusal| refusal.in_words(lang);
    let missing = [
        (!typed.read, "gelezen", told(OfferRefusal::NotRead)),
        (!typed.authorised, "bevoegd", told(OfferRefusal::NotAuthorised)),
        (typed.position.trim().is_empty(), "functie", told(OfferRefusal::PositionMissing)),
        (typed.position.chars().count() > LONGEST_POSITION, "functie", at_most(lang, LONGEST_POSITION)),
    ];
    let fields = missing.into_iter().filter(|(missing, ..)| *missing);
    fields.map(|(_, field, words)| (field.to_owned(), words)).collect()
}

/// The code is tried only when everything else is as it should be, so that none is used up in vain; all of it is one
/// transaction.
async fn put(who: &Insider, id: i64, form: SignForm, typed: Typed) -> Result<Outcome, Turn> {
    let (house, actor) = (who.house.clone(), who.actor());
    let (now, today) = (who.house.now(), who.house.today());
    house::write(&who.house, move |conn| {
        own(conn, &actor, id)?;
        let signing = |code| Signing {
            seen: &form.gezien,
            read: typed.read,
            authorised: typed.authorised,
            position: &form.functie,
            code,
        };
        if let Err(refusal) = or_refusal(signing::ready(conn, &actor, today, id, &signing(CodeKind::App)))? {
            return match is_own(conn, &actor, id, &refusal)? {
                true => Ok(Outcome::Signed),
                false => Ok(Outcome::Refused(refusal)),
            };
        }
        let tried = once::try_code(conn, &house.vault, now, &actor, &purpose(&[id]), &form.code)?;
        let Tried::Good(code) = tried else { return Ok(Outcome::Code(tried)) };
        let done = or_refusal(signing::sign(conn, &actor, now, today, id, &signing(code)))?;
        Ok(done.map_or_else(Outcome::Refused, |()| Outcome::Signed))
    })
    .await
}

/// The same person pressed twice: the first press signed.
fn is_own(conn: &mut Conn, actor: &Actor, id: i64, refusal: &OfferRefusal) -> Result<bool, Turn> {
    if !matches!(refusal, OfferRefusal::AlreadySigned { .. }) {
        return Ok(false);
    }
    let put = signatures(conn, actor, &[id])?.into_iter().find(|one| one.side == Side::Provider);
    Ok(put.is_some_and(|one| Some(one.account_id) == actor.account_id()))
}

/// GET `/mijn/overeenkomst/{id}/ontvangst`
pub async fn receipt(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show_receipt(&who, id.into_inner()).await)
}

async fn show_receipt(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let offered = house::read(&who.house, move |conn| own(conn, &actor, id)).await?;
    if offered.of_side(Side::Provider).is_none() {
        return Err(Turn::NotFound);
    }
    let frame = frame(who, format!("/mijn/overeenkomst/{id}/ontvangst"));
    Ok(answer(StatusCode::OK, &SignedPage { frame, offered }))
}
