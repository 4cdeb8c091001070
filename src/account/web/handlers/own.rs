//! Answering: somebody's own account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::setting_up::{NewPasswordForm, new_codes};
use super::signing_in::{CodeForm, at_code, code_fits, failed, into_porch, until_then, wait_words};
use super::{known_of, see_other};
use crate::account::entrance::Insider;
use crate::account::factor::recovery_codes;
use crate::account::password::{self, Password, Tested};
use crate::account::store::credential::{self, Holder};
use crate::account::store::{failure, identity, porch, session};
use crate::account::web::own::{AccountPage, ChangePasswordPage, NewCodesPage};
use crate::account::web::role_word;
use crate::account::{Step, Token, Way};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::house::{self, House, Turn};
use crate::page::{FormErrors, Frame, answer};

codes! {
    /// What was just done, for the page that says so.
    pub enum Done {
        Password = "wachtwoord",
        Codes = "herstelcodes",
        Session = "sessie",
        Everywhere = "overal",
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct DoneQuery {
    klaar: Option<String>,
}

/// GET `/account`
pub async fn account(who: Insider, query: Query<DoneQuery>) -> HttpResponse {
    let done = query.klaar.as_deref().and_then(|word| word.parse().ok());
    who.answer(show(&who, done).await)
}

async fn show(who: &Insider, done: Option<Done>) -> Result<HttpResponse, Turn> {
    let (now, key, account) = (who.house.now(), who.key.clone(), who.person().account_id);
    let (sessions, holder, left, issuers) = house::read(&who.house, move |conn| {
        Ok((
            session::open(conn, now, account, key.as_ref())?,
            credential::holder(conn, account)?,
            credential::recovery_left(conn, account)?,
            identity::issuers_of(conn, account)?,
        ))
    })
    .await?;
    let (t, person) = (who.lang.texts(), who.person());
    let role = match &person.provider {
        Some((_, _, name)) => format!("{name}, {}", role_word(who.lang, person.role)),
        None => role_word(who.lang, person.role),
    };
    let municipality = fl!(t, "page-municipality", name = person.municipality.as_str());
    let page = AccountPage {
        frame: who.frame(None),
        name: person.name.clone(),
        email: person.email.clone(),
        role: format!("{role}, {municipality}"),
        recovery_left: holder.is_some_and(|holder| holder.factor.is_some()).then_some(left),
        sessions,
        linked: !issuers.is_empty(),
        link: to_link(who, &issuers),
        done: done.map(|done| match done {
            Done::Password => fl!(t, "account-done-password"),
            Done::Codes => fl!(t, "account-done-codes"),
            Done::Session => fl!(t, "account-done-session"),
            Done::Everywhere => fl!(t, "account-done-everywhere"),
        }),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// Staff signs in at its organisation, a provider's person with eHerkenning; who does so already has nothing to link.
fn to_link(who: &Insider, issuers: &[String]) -> Option<(&'static str, String)> {
    if who.way != Some(Way::Own) {
        return None;
    }
    let (t, identity) = (who.lang.texts(), &who.house.identity);
    let (issuer, path, words) = match who.person().provider {
        None => (&identity.staff.as_ref()?.1, "/account/organisatie", fl!(t, "elsewhere-link-organisation")),
        Some(_) => (&identity.eherkenning.as_ref()?.1, "/account/eherkenning", fl!(t, "elsewhere-link-eherkenning")),
    };
    let known = issuers.iter().any(|one| one == issuer.name());
    (!known).then_some((path, words))
}

fn within(who: &Insider) -> Frame {
    who.frame(None).crumb(fl!(who.lang.texts(), "account-own"), "/account")
}

/// GET `/account/wachtwoord`
pub async fn password_form(who: Insider) -> HttpResponse {
    answer(StatusCode::OK, &ChangePasswordPage { frame: within(&who), errors: FormErrors::default() })
}

/// The old password, a code, and the new password twice.
#[derive(Debug, Deserialize, Validate)]
pub struct ChangeForm {
    #[validate(length(min = 1, max = 1000))]
    oud: String,
    #[validate(length(min = 1, max = 100))]
    code: String,
    #[serde(flatten)]
    #[validate(nested)]
    new: NewPasswordForm,
}

/// POST `/account/wachtwoord`
pub async fn change_password(who: Insider, form: Form<ChangeForm>) -> HttpResponse {
    who.answer(take_new_password(&who, &form).await)
}

async fn take_new_password(who: &Insider, form: &ChangeForm) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    let page = |status, errors| answer(status, &ChangePasswordPage { frame: within(who), errors });
    let whole = |text| FormErrors { fields: Vec::new(), whole: vec![text] };
    let Some(holder) = holder(who).await? else {
        return Ok(page(StatusCode::BAD_REQUEST, whole(fl!(t, "account-no-password"))));
    };
    let mut errors = FormErrors::default();
    if form.oud.is_empty() {
        errors.fields.push(("oud".into(), fl!(t, "account-old-password-empty")));
    }
    if form.code.is_empty() {
        errors.fields.push(("code".into(), fl!(t, "account-code-empty")));
    }
    if !form.oud.is_empty() && Password::typed(&form.oud) == Password::typed(&form.new.nieuw) {
        errors.fields.push(("nieuw".into(), fl!(t, "account-password-same")));
    }
    errors.fields.extend(form.new.errors(who.lang, &known_of(&who.house, &holder).await?).fields);
    if !errors.is_empty() || form.validate().is_err() {
        return Ok(page(StatusCode::BAD_REQUEST, errors));
    }
    let name = failure::digest(&holder.email);
    if let Err(wait) = who.house.door.knock(&who.origin, &name) {
        return Ok(page(StatusCode::TOO_MANY_REQUESTS, whole(wait_words(who.lang, wait))));
    }
    let kept = holder.password_hash.clone();
    let right = match password::test(&who.house.door, Password::typed(&form.oud), kept).await? {
        Tested::Right { .. } => true,
        Tested::Wrong => false,
        Tested::Busy => return Ok(page(StatusCode::TOO_MANY_REQUESTS, whole(fl!(t, "account-busy")))),
    };
    let Some(hash) = password::keep(&who.house.door, Password::typed(&form.new.nieuw)).await? else {
        return Ok(page(StatusCode::TOO_MANY_REQUESTS, whole(fl!(t, "account-busy"))));
    };
    let (house, now, actor, key) = (who.house.clone(), who.house.now(), who.actor(), who.key.clone());
    let code = form.code.clone();
    let outcome = house::write(&who.house, move |conn| {
        if let Some(refused) = show_again(conn, &house, now, &holder.account_id, right, &code, &actor)? {
            return Ok(Some(refused));
        }
        credential::keep_password(conn, now, holder.account_id, &hash)?;
        let object = format!("account/{}", holder.account_id);
        let act = Act { action: "account.password", object: &object, result: "done", detail: "changed" };
        audit::record(conn, &actor, now, act)?;
        session::end_all(conn, &actor, now, holder.account_id, key.as_ref())?;
        Ok(None)
    })
    .await?;
    Ok(match outcome {
        None => see_other("/account?klaar=wachtwoord"),
        Some(Shown::Blocked(until)) => {
            page(StatusCode::TOO_MANY_REQUESTS, whole(wait_words(who.lang, until_then(who.house.now(), until))))
        }
        // Which of the two was wrong is not told: who sits at an open screen may not learn it piece by piece.
        Some(Shown::Wrong) => page(StatusCode::BAD_REQUEST, whole(fl!(t, "account-old-or-code-wrong"))),
    })
}

/// Why somebody who is inside did not show that it is still him.
enum Shown {
    Wrong,
    Blocked(NaiveDateTime),
}

/// Asks again for what he came in with, before something that only he may do.
fn show_again(
    conn: &mut Conn,
    house: &House,
    now: NaiveDateTime,
    account: &i64,
    right: bool,
    code: &str,
    actor: &crate::actor::Actor,
) -> Result<Option<Shown>, Turn> {
    let Some(holder) = credential::holder(conn, *account)? else { return Ok(Some(Shown::Wrong)) };
    let name = failure::digest(&holder.email);
    if let Some(until) = failure::blocked_until(conn, now, &name)? {
        return Ok(Some(Shown::Blocked(until)));
    }
    // A code is only used up beside a right password.
    if right && code_fits(conn, house, now, &holder, code)?.is_some() {
        failure::forget(conn, &name)?;
        return Ok(None);
    }
    let object = format!("account/{account}");
    Ok(Some(match failed(conn, actor, now, &name, &object)? {
        Some(until) => Shown::Blocked(until),
        None => Shown::Wrong,
    }))
}

/// His account with its password; none when he comes in by one-time links alone.
async fn holder(who: &Insider) -> Result<Option<Holder>, Turn> {
    let account = who.person().account_id;
    let holder = house::read(&who.house, move |conn| Ok(credential::holder(conn, account)?)).await?;
    Ok(holder.filter(|holder| holder.factor.is_some()))
}

/// GET `/account/herstelcodes`
pub async fn codes_form(who: Insider) -> HttpResponse {
    answer(StatusCode::OK, &NewCodesPage { frame: within(&who), errors: FormErrors::default() })
}

/// POST `/account/herstelcodes`
pub async fn make_codes(who: Insider, form: Form<CodeForm>) -> HttpResponse {
    who.answer(give_codes(&who, &form).await)
}

async fn give_codes(who: &Insider, form: &CodeForm) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    let page = |status, errors| answer(status, &NewCodesPage { frame: within(who), errors });
    let errors = form.errors(who.lang);
    if !errors.is_empty() {
        return Ok(page(StatusCode::BAD_REQUEST, errors));
    }
    let (house, now, actor) = (who.house.clone(), who.house.now(), who.actor());
    let (key, codes) = (Token::new()?, recovery_codes()?);
    let (given, typed, account) = (key.clone(), form.code.clone(), who.person().account_id);
    let refused = house::write(&who.house, move |conn| {
        if let Some(refused) = show_again(conn, &house, now, &account, true, &typed, &actor)? {
            return Ok(Some(refused));
        }
        let brought = new_codes(conn, &house, now, account, &codes)?;
        porch::enter(conn, now, &given, account, Step::Codes, brought)?;
        let object = format!("account/{account}");
        let act = Act { action: "account.recovery_codes", object: &object, result: "done", detail: "" };
        audit::record(conn, &actor, now, act)?;
        Ok(None)
    })
    .await?;
    match refused {
        None => into_porch(who, &key, "/inloggen/herstelcodes"),
        Some(Shown::Wrong) => Ok(page(StatusCode::BAD_REQUEST, at_code(fl!(t, "account-code-wrong")))),
        Some(Shown::Blocked(until)) => {
            let whole = vec![wait_words(who.lang, until_then(who.house.now(), until))];
            Ok(page(StatusCode::TOO_MANY_REQUESTS, FormErrors { fields: Vec::new(), whole }))
        }
    }
}

/// POST `/account/sessies/{sessie}/beeindigen`
pub async fn end_session(who: Insider, reference: Path<String>) -> HttpResponse {
    who.answer(end_one(&who, reference.into_inner()).await)
}

async fn end_one(who: &Insider, reference: String) -> Result<HttpResponse, Turn> {
    let (now, actor, account) = (who.house.now(), who.actor(), who.person().account_id);
    let ended =
        house::write(&who.house, move |conn| Ok(session::end_one(conn, &actor, now, account, &reference)?)).await?;
    if ended { Ok(see_other("/account?klaar=sessie")) } else { Err(Turn::NotFound) }
}

/// POST `/account/sessies/beeindigen`: everywhere but here.
pub async fn end_sessions(who: Insider) -> HttpResponse {
    who.answer(end_all(&who).await)
}

async fn end_all(who: &Insider) -> Result<HttpResponse, Turn> {
    let (now, actor, account, key) = (who.house.now(), who.actor(), who.person().account_id, who.key.clone());
    house::write(&who.house, move |conn| Ok(session::end_all(conn, &actor, now, account, key.as_ref())?)).await?;
    Ok(see_other("/account?klaar=overal"))
}
