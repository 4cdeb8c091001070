//! Answering: the check page, the button that hands in, the receipt, and withdrawing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use serde::Deserialize;
use validator::Validate;

use super::handing_in::{CheckPage, ReceiptPage, WithdrawPage};
use super::reach::{Case, case, frame_within, own, told};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::told::{Names, Told, facts, handed_in};
use crate::dossier::{ApplicationState, Missing, Refusal, Step, Verb, decision, receipt, showing, submit, supplement};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};

/// The application with what it still misses before it can be handed in now.
fn checked(conn: &mut Conn, actor: &Actor, nr: &str, today: chrono::NaiveDate) -> Result<(Case, Vec<Missing>), Turn> {
    let case = case(conn, actor, nr, today)?;
    let missing = match (case.application.state, &case.list.request) {
        (ApplicationState::Draft, _) => {
            let offer = case.list.form.offer();
            let asked = submit::asked_criteria(conn, actor, &case.procedure, &offer, today)?;
            let shown = showing::of_application(conn, actor, case.application.id)?;
            submit::missing(&case.list.form, case.application.channel, &asked, &shown)
        }
        (_, Some(request)) => supplement::still_missing(conn, actor, &case.application, request)?,
        _ => Vec::new(),
    };
    Ok((case, missing))
}

/// GET `/mijn/aanmeldingen/{nr}/indienen`
pub async fn check(who: Insider, nr: Path<String>) -> HttpResponse {
    who.answer(show_check(&who, nr.into_inner(), FormErrors::default(), None).await)
}

async fn show_check(who: &Insider, nr: String, errors: FormErrors, key: Option<String>) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    let (case, missing) = house::read(&who.house, move |conn| checked(conn, &actor, &nr, today)).await?;
    let dossier = super::path(&case.application);
    let verb = match case.application.state {
        ApplicationState::Draft => Verb::Submit,
        ApplicationState::SupplementAsked => Verb::HandInSupplement,
        // There is nothing to hand in: the dossier says why.
        _ => return Ok(see_other(&dossier)),
    };
    let key = match key {
        Some(key) => key,
        None => Token::new()?.as_str()[..32].to_owned(),
    };
    let may = verb.roles().contains(&who.person().role);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = frame_within(who, &case.application, format!("{dossier}/indienen"));
    Ok(answer(status, &CheckPage { frame, case, errors, missing, key, may }))
}

/// The press of the button.
#[derive(Debug, Deserialize, Validate)]
pub struct HandInForm {
    #[validate(length(min = 16, max = 80))]
    sleutel: String,
    versie: i32,
}

/// POST `/mijn/aanmeldingen/{nr}/indienen`: an application, or the supplement that was asked. A second press leads to
/// the same receipt.
pub async fn hand_in(who: Insider, nr: Path<String>, form: Form<HandInForm>) -> HttpResponse {
    who.answer(take(&who, nr.into_inner(), form.into_inner()).await)
}

async fn take(who: &Insider, nr: String, form: HandInForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let (number, key) = (nr.clone(), form.sleutel.clone());
    let done = house::write(&who.house, move |conn| {
        let found = own(conn, &actor, &number)?;
        let back = super::path(&found);
        // What an earlier press of this button made says of itself what it was.
        let taken = match found.state {
            ApplicationState::Draft => submit::submit(conn, &actor, now, today, found.id, form.versie, &key, None),
            ApplicationState::SupplementAsked => {
                supplement::hand_in(conn, &actor, now, today, found.id, form.versie, &key)
            }
            _ => submit::submit(conn, &actor, now, today, found.id, form.versie, &key, None),
        };
        Ok(told(taken, &back)?.map(|receipt| (back, receipt.number)))
    })
    .await?;
    match done {
        Ok((dossier, receipt)) => Ok(see_other(&format!("{dossier}/ontvangst/{receipt}"))),
        Err(Refusal::NotYours) => Err(Turn::NotAllowed),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            show_check(who, nr, errors, Some(form.sleutel)).await
        }
    }
}

/// GET `/mijn/aanmeldingen/{nr}/ontvangst/{bewijs}`
pub async fn receipt(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (nr, bewijs) = at.into_inner();
    who.answer(show_receipt(&who, nr, bewijs).await)
}

async fn show_receipt(who: &Insider, nr: String, number: String) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let (application, receipt, answer_term, form) = house::read(&who.house, move |conn| {
        let application = own(conn, &actor, &nr)?;
        let found = receipt::find(conn, &actor, &number)?.filter(|one| one.application_id == application.id);
        let found = found.ok_or(Turn::NotFound)?;
        let (answer, form) = (receipt::answer(conn, &actor, &application, &found)?, handed_in(&found.body)?);
        Ok((application, found, answer, form))
    })
    .await?;
    let here = format!("{}/ontvangst/{}", super::path(&application), receipt.number);
    let frame = frame_within(who, &application, here);
    let steps = [Step::Signatory, Step::Declaration].into_iter().map(|step| {
        let facts = facts(who.lang, form.steps.get(&step), &Names::default());
        Told { step, facts }
    });
    let told = steps.filter(|told| !told.facts.is_empty()).collect();
    Ok(answer(StatusCode::OK, &ReceiptPage { frame, application, receipt, answer: answer_term, told }))
}

/// GET `/mijn/aanmeldingen/{nr}/intrekken`
pub async fn withdraw(who: Insider, nr: Path<String>) -> HttpResponse {
    who.answer(show_withdraw(&who, nr.into_inner(), String::new(), FormErrors::default()).await)
}

async fn show_withdraw(who: &Insider, nr: String, reason: String, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let application = house::read(&who.house, move |conn| own(conn, &actor, &nr)).await?;
    if !Verb::Withdraw.roles().contains(&who.person().role) {
        return Err(Turn::NotAllowed);
    }
    let dossier = super::path(&application);
    if Verb::Withdraw.leads(application.state).is_none() {
        return Ok(see_other(&dossier));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = frame_within(who, &application, format!("{dossier}/intrekken"));
    Ok(answer(status, &WithdrawPage { frame, application, errors, reason }))
}

#[derive(Debug, Deserialize, Validate)]
pub struct WithdrawForm {
    versie: i32,
    #[serde(default)]
    #[validate(length(max = 2000))]
    reden: String,
}

/// POST `/mijn/aanmeldingen/{nr}/intrekken`
pub async fn take_back(who: Insider, nr: Path<String>, form: Form<WithdrawForm>) -> HttpResponse {
    who.answer(end(&who, nr.into_inner(), form.into_inner()).await)
}

async fn end(who: &Insider, nr: String, form: WithdrawForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        let text = i18n_embed_fl::fl!(who.lang.texts(), "front-too-long", most = 2000);
        let errors = FormErrors { fields: vec![("reden".to_owned(), text)], ..FormErrors::default() };
        return show_withdraw(who, nr, form.reden, errors).await;
    }
    let (actor, now) = (who.actor(), who.house.now());
    let (number, reason) = (nr.clone(), form.reden.clone());
    let done = house::write(&who.house, move |conn| {
        let found = own(conn, &actor, &number)?;
        let back = super::path(&found);
        // A second press finds it withdrawn.
        if found.state == ApplicationState::Withdrawn {
            return Ok(Ok(back));
        }
        let taken = decision::withdraw(conn, &actor, now, found.id, form.versie, &reason);
        Ok(told(taken, &back)?.map(|()| back))
    })
    .await?;
    match done {
        Ok(dossier) => Ok(see_other(&dossier)),
        Err(Refusal::NotYours) => Err(Turn::NotAllowed),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            show_withdraw(who, nr, form.reden, errors).await
        }
    }
}
