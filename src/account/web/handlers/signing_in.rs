//! Answering: signing in with a password, a code, and the choice of a role. A known and an unknown name get the same
//! words after the same work.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::Form;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::arriving::{Arrival, Arrived};
use super::see_other;
use crate::account::entrance::{Insider, Visit, porch_cookie};
use crate::account::factor::{Factor, recovery_digest};
use crate::account::password::{self, Password, Tested};
use crate::account::store::credential::{self, Holder};
use crate::account::store::porch::{self, Brought};
use crate::account::store::{failure, roles_of, session};
use crate::account::web::entry::{Choice, ChoosePage, CodePage, SignInPage};
use crate::account::{Step, Token};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::house::{self, House, Turn};
use crate::page::{FormErrors, answer};
use crate::text::Lang;

/// GET `/inloggen`
pub async fn form(visit: Visit) -> HttpResponse {
    again(&visit, StatusCode::OK, "", FormErrors::default())
}

#[derive(Debug, Deserialize, Validate)]
pub struct SignInForm {
    #[validate(length(min = 1, max = 254))]
    email: String,
    #[validate(length(min = 1, max = 1000))]
    wachtwoord: String,
}

/// POST `/inloggen`
pub async fn with_password(visit: Visit, form: Form<SignInForm>) -> HttpResponse {
    visit.answer(test_password(&visit, &form).await)
}

async fn test_password(visit: &Visit, form: &SignInForm) -> Result<HttpResponse, Turn> {
    let errors = form.errors(visit.lang);
    if !errors.is_empty() {
        return Ok(again(visit, StatusCode::BAD_REQUEST, &form.email, errors));
    }
    let name = failure::digest(&form.email);
    if let Err(wait) = visit.house.door.knock(&visit.origin, &name) {
        return Ok(wait_page(visit, &form.email, wait));
    }
    let (now, email, looked_up) = (visit.house.now(), form.email.clone(), name.clone());
    let (blocked, holder) = house::read(&visit.house, move |conn| {
        Ok((failure::blocked_until(conn, now, &looked_up)?, credential::holder_named(conn, &email)?))
    })
    .await?;
    if let Some(until) = blocked {
        return Ok(wait_page(visit, &form.email, until_then(now, until)));
    }
    let holder = holder.filter(|holder| holder.disabled_at.is_none());
    let kept = holder.as_ref().and_then(|holder| holder.password_hash.clone());
    let tested = password::test(&visit.house.door, Password::typed(&form.wachtwoord), kept).await?;
    match (tested, holder) {
        (Tested::Busy, _) => Ok(busy(visit, &form.email)),
        (Tested::Right { again }, Some(holder)) => to_code(visit, form, holder, again).await,
        (_, holder) => wrong(visit, form, name, holder).await,
    }
}

impl SignInForm {
    fn errors(&self, lang: Lang) -> FormErrors {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        if let Err(faults) = self.validate() {
            let faults = faults.field_errors();
            if faults.contains_key("email") {
                errors.fields.push(("email".into(), fl!(t, "account-email-empty")));
            }
            if faults.contains_key("wachtwoord") {
                errors.fields.push(("wachtwoord".into(), fl!(t, "account-password-empty")));
            }
        }
        errors
    }
}

/// The password was right: on to the code. Without a second factor nobody comes in.
async fn to_code(
    visit: &Visit,
    form: &SignInForm,
    holder: Holder,
    again_hashed: Option<String>,
) -> Result<HttpResponse, Turn> {
    if holder.factor.is_none() {
        let whole = vec![fl!(visit.lang.texts(), "account-not-finished")];
        return Ok(again(visit, StatusCode::BAD_REQUEST, &form.email, FormErrors { whole, ..FormErrors::default() }));
    }
    let (now, key) = (visit.house.now(), Token::new()?);
    let given = key.clone();
    house::write(&visit.house, move |conn| {
        if let (Some(hash), Some(before)) = (&again_hashed, &holder.password_hash) {
            credential::keep_again(conn, holder.account_id, before, hash)?;
        }
        Ok(porch::enter(conn, now, &given, holder.account_id, Step::Code, Brought::default())?)
    })
    .await?;
    into_porch(visit, &key, "/inloggen/code")
}

/// Counts the failure and says so in the same words for everybody.
async fn wrong(visit: &Visit, form: &SignInForm, name: String, holder: Option<Holder>) -> Result<HttpResponse, Turn> {
    let (now, actor) = (visit.house.now(), Actor::visitor(&visit.origin));
    let object = holder.map_or_else(|| "account/unknown".to_owned(), |holder| format!("account/{}", holder.account_id));
    let blocked = house::write(&visit.house, move |conn| failed(conn, &actor, now, &name, &object)).await?;
    Ok(match blocked {
        Some(until) => wait_page(visit, &form.email, until_then(now, until)),
        None => {
            let whole = vec![fl!(visit.lang.texts(), "account-wrong")];
            again(visit, StatusCode::BAD_REQUEST, &form.email, FormErrors { whole, ..FormErrors::default() })
        }
    })
}

/// Counts a failure, and tells of it in the log. Only what blocks a name stands in the audit: anybody can fail, and the
/// audit is for ever.
pub fn failed(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    name: &str,
    object: &str,
) -> Result<Option<NaiveDateTime>, Turn> {
    let until = failure::count(conn, now, name)?;
    tracing::warn!(object, blocked = until.is_some(), "a sign-in failed");
    if until.is_some() {
        audit::record(conn, actor, now, Act { action: "account.sign_in", object, result: "blocked", detail: "" })?;
    }
    Ok(until)
}

fn again(visit: &Visit, status: StatusCode, email: &str, errors: FormErrors) -> HttpResponse {
    let identity = &visit.house.identity;
    let (organisation, eherkenning) = (identity.staff.is_some(), identity.eherkenning.is_some());
    let (frame, email) = (visit.frame(None), email.to_owned());
    answer(status, &SignInPage { frame, errors, email, organisation, eherkenning })
}

fn wait_page(visit: &Visit, email: &str, wait: Duration) -> HttpResponse {
    let whole = vec![wait_words(visit.lang, wait)];
    let errors = FormErrors { whole, ..FormErrors::default() };
    let mut page = again(visit, StatusCode::TOO_MANY_REQUESTS, email, errors);
    page.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(wait.as_secs() + 1));
    page
}

fn busy(visit: &Visit, email: &str) -> HttpResponse {
    let whole = vec![fl!(visit.lang.texts(), "account-busy")];
    again(visit, StatusCode::TOO_MANY_REQUESTS, email, FormErrors { whole, ..FormErrors::default() })
}

/// How long to wait, in words: whole minutes, or seconds below one.
pub fn wait_words(lang: Lang, wait: Duration) -> String {
    let t = lang.texts();
    match wait.as_millis().div_ceil(1000) as u64 {
        seconds @ ..60 => fl!(t, "account-wait-seconds", count = seconds),
        seconds => fl!(t, "account-wait-minutes", count = seconds.div_ceil(60)),
    }
}

pub fn until_then(now: NaiveDateTime, until: NaiveDateTime) -> Duration {
    (until - now).to_std().unwrap_or_default()
}

/// On to a page for who stands in the porch.
pub fn into_porch(visit: &Visit, key: &Token, path: &str) -> Result<HttpResponse, Turn> {
    let mut answer = see_other(path);
    answer.add_cookie(&porch_cookie(&visit.house, Some(key)))?;
    Ok(answer)
}

/// Who stands in the porch at this step; else he begins again.
pub async fn in_porch(visit: &Visit, step: Step) -> Result<Option<(Token, porch::Waiting)>, Turn> {
    let Some(key) = visit.porch.clone() else { return Ok(None) };
    let (now, looked_up) = (visit.house.now(), key.clone());
    let found = house::read(&visit.house, move |conn| Ok(porch::who(conn, now, &looked_up, step)?)).await?;
    Ok(found.map(|waiting| (key, waiting)))
}

/// GET `/inloggen/code`
pub async fn code_form(visit: Visit) -> HttpResponse {
    visit.answer(show_code_form(&visit).await)
}

async fn show_code_form(visit: &Visit) -> Result<HttpResponse, Turn> {
    Ok(match in_porch(visit, Step::Code).await? {
        Some(_) => answer(StatusCode::OK, &CodePage { frame: visit.frame(None), errors: FormErrors::default() }),
        None => see_other("/inloggen"),
    })
}

#[derive(Debug, Deserialize, Validate)]
pub struct CodeForm {
    #[validate(length(min = 1, max = 100))]
    pub code: String,
}

impl CodeForm {
    pub fn errors(&self, lang: Lang) -> FormErrors {
        match self.validate() {
            Ok(()) => FormErrors::default(),
            Err(_) => at_code(fl!(lang.texts(), "account-code-empty")),
        }
    }
}

pub fn at_code(text: String) -> FormErrors {
    FormErrors { fields: vec![("code".into(), text)], whole: Vec::new() }
}

/// What came of a code.
enum CodeTested {
    In(Arrived),
    Choose(Token),
    /// He may try again, or must begin again.
    Wrong {
        again: bool,
    },
    Blocked(NaiveDateTime),
    /// No role is left to work in.
    Nowhere,
    Gone,
}

/// POST `/inloggen/code`
pub async fn with_code(visit: Visit, form: Form<CodeForm>) -> HttpResponse {
    visit.answer(test_code(&visit, &form).await)
}

async fn test_code(visit: &Visit, form: &CodeForm) -> Result<HttpResponse, Turn> {
    let page = |status, errors| answer(status, &CodePage { frame: visit.frame(None), errors });
    let Some(key) = visit.porch.clone() else { return Ok(see_other("/inloggen")) };
    let errors = form.errors(visit.lang);
    if !errors.is_empty() {
        return Ok(page(StatusCode::BAD_REQUEST, errors));
    }
    let (arrival, next) = (Arrival::of(visit)?, Token::new()?);
    let (house, now, typed) = (visit.house.clone(), visit.house.now(), form.code.clone());
    let actor = Actor::visitor(&visit.origin);
    let tested = house::write(&visit.house, move |conn| {
        let Some(waiting) = porch::who(conn, now, &key, Step::Code)? else { return Ok(CodeTested::Gone) };
        let holder = waiting.holder;
        let name = failure::digest(&holder.email);
        if let Some(until) = failure::blocked_until(conn, now, &name)? {
            return Ok(CodeTested::Blocked(until));
        }
        let Some(by) = code_fits(conn, &house, now, &holder, &typed)? else {
            let again = porch::wrong_code(conn, now, &key)?;
            let object = format!("account/{}", holder.account_id);
            return Ok(match failed(conn, &actor, now, &name, &object)? {
                Some(until) => CodeTested::Blocked(until),
                None => CodeTested::Wrong { again },
            });
        };
        failure::forget(conn, &name)?;
        let mut roles = roles_of(conn, holder.account_id)?;
        match roles.len() {
            0 => {
                porch::leave(conn, now, &key)?;
                Ok(CodeTested::Nowhere)
            }
            1 => {
                porch::leave(conn, now, &key)?;
                arrival.enter(conn, roles.remove(0), by).map(CodeTested::In)
            }
            _ => {
                porch::advance(conn, now, &key, &next, holder.account_id, Step::Choose, Brought::default())?;
                Ok(CodeTested::Choose(next))
            }
        }
    })
    .await?;
    let t = visit.lang.texts();
    Ok(match tested {
        CodeTested::In(arrived) => arrived.answer(visit)?,
        CodeTested::Choose(key) => into_porch(visit, &key, "/inloggen/kiezen")?,
        CodeTested::Wrong { again: true } => page(StatusCode::BAD_REQUEST, at_code(fl!(t, "account-code-wrong"))),
        CodeTested::Wrong { again: false } => {
            let errors = FormErrors { whole: vec![fl!(t, "account-code-too-often")], ..FormErrors::default() };
            again(visit, StatusCode::BAD_REQUEST, "", errors)
        }
        CodeTested::Blocked(until) => wait_page(visit, "", until_then(now, until)),
        CodeTested::Nowhere => {
            let errors = FormErrors { whole: vec![fl!(t, "account-no-role")], ..FormErrors::default() };
            again(visit, StatusCode::FORBIDDEN, "", errors)
        }
        CodeTested::Gone => see_other("/inloggen"),
    })
}

/// Whether this is a code of the app that was not used yet, or an unused recovery code; then in which words the audit
/// tells of it. It is used up by this.
pub fn code_fits(
    conn: &mut Conn,
    house: &House,
    now: NaiveDateTime,
    holder: &Holder,
    typed: &str,
) -> Result<Option<&'static str>, Turn> {
    let Some(sealed) = &holder.factor else { return Ok(None) };
    let factor = Factor::opened(house.vault.open(&Factor::purpose(holder.account_id), sealed)?);
    if let Some(step) = factor.accepts(typed, now, holder.last_step) {
        return Ok(credential::take_step(conn, holder.account_id, step)?.then_some("password and code"));
    }
    let Some(digest) = recovery_digest(holder.account_id, typed) else { return Ok(None) };
    let used = credential::use_recovery(conn, now, holder.account_id, &digest)?;
    Ok(used.then_some("password and recovery code"))
}

/// GET `/inloggen/kiezen`
pub async fn choice(visit: Visit) -> HttpResponse {
    visit.answer(show_choice(&visit).await)
}

async fn show_choice(visit: &Visit) -> Result<HttpResponse, Turn> {
    let Some((_, waiting)) = in_porch(visit, Step::Choose).await? else { return Ok(see_other("/inloggen")) };
    let account = waiting.holder.account_id;
    let roles = house::read(&visit.house, move |conn| Ok(roles_of(conn, account)?)).await?;
    let choices = roles.iter().map(|role| Choice::of(visit.lang, role, None)).collect();
    Ok(answer(StatusCode::OK, &ChoosePage { frame: visit.frame(None), choices, action: "/inloggen/kiezen" }))
}

/// A role of his own, by its number.
#[derive(Debug, Deserialize, Validate)]
pub struct ChoiceForm {
    #[validate(range(min = 1))]
    rol: i64,
}

/// POST `/inloggen/kiezen`
pub async fn choose(visit: Visit, form: Form<ChoiceForm>) -> HttpResponse {
    visit.answer(begin_in(&visit, &form).await)
}

async fn begin_in(visit: &Visit, form: &ChoiceForm) -> Result<HttpResponse, Turn> {
    form.validate().map_err(|_| Turn::BadRequest)?;
    let Some(key) = visit.porch.clone() else { return Ok(see_other("/inloggen")) };
    let (arrival, now, chosen) = (Arrival::of(visit)?, visit.house.now(), form.rol);
    let arrived = house::write(&visit.house, move |conn| {
        let Some(waiting) = porch::who(conn, now, &key, Step::Choose)? else { return Ok(None) };
        let mut roles = roles_of(conn, waiting.holder.account_id)?;
        let place = roles.iter().position(|role| role.grant_id == chosen).ok_or(Turn::NotFound)?;
        porch::leave(conn, now, &key)?;
        arrival.enter(conn, roles.remove(place), "password and code").map(Some)
    })
    .await?;
    match arrived {
        Some(arrived) => arrived.answer(visit),
        None => Ok(see_other("/inloggen")),
    }
}

/// GET `/wisselen`
pub async fn switches(who: Insider) -> HttpResponse {
    who.answer(show_switches(&who).await)
}

async fn show_switches(who: &Insider) -> Result<HttpResponse, Turn> {
    let (person, current) = (who.person().clone(), who.person().grant_id);
    let key = who.key.clone().ok_or(Turn::BadRequest)?;
    let roles = house::read(&who.house, move |conn| Ok(session::choices(conn, &key, &person)?)).await?;
    let choices = roles.iter().map(|role| Choice::of(who.lang, role, Some(current))).collect();
    Ok(answer(StatusCode::OK, &ChoosePage { frame: who.frame(None), choices, action: "/wisselen" }))
}

/// POST `/wisselen`
pub async fn switch(who: Insider, form: Form<ChoiceForm>) -> HttpResponse {
    who.answer(go_on_as(&who, &form).await)
}

async fn go_on_as(who: &Insider, form: &ChoiceForm) -> Result<HttpResponse, Turn> {
    form.validate().map_err(|_| Turn::BadRequest)?;
    let (now, origin, person, chosen) = (who.house.now(), who.origin.clone(), who.person().clone(), form.rol);
    let key = who.key.clone().ok_or(Turn::BadRequest)?;
    let next =
        house::write(&who.house, move |conn| Ok(session::switch(conn, now, &person, &origin, &key, chosen)?)).await?;
    Ok(see_other(&super::start_of(&next.ok_or(Turn::NotFound)?)))
}
