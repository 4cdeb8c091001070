//! Answering: an invitation or a forgotten password leads to a new password; an invitation goes on to the second factor
//! and the recovery codes.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::arriving::{Arrival, Arrived};
use super::elsewhere;
use super::signing_in::{CodeForm, at_code, in_porch, into_porch, wait_words};
use super::{known_of, link_gone, see_other};
use crate::account::entrance::{Visit, porch_cookie};
use crate::account::factor::{Factor, recovery_codes, recovery_digest};
use crate::account::password::{self, Password, Tested};
use crate::account::store::credential::{self, Holder};
use crate::account::store::porch::{self, Brought};
use crate::account::store::{failure, roles_of, session};
use crate::account::web::entry::{CodesPage, ForgottenPage, NewPasswordPage, SetUpPage};
use crate::account::{AGAIN_AFTER, LinkKind, Step, Token, notice};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::text::Lang;

/// GET `/inloggen/uitnodiging/{token}`
pub async fn invited(visit: Visit, token: Path<String>) -> HttpResponse {
    visit.answer(show_new_password(&visit, &token, LinkKind::Invitation).await)
}

/// GET `/inloggen/wachtwoord/{token}`
pub async fn forgot(visit: Visit, token: Path<String>) -> HttpResponse {
    visit.answer(show_new_password(&visit, &token, LinkKind::NewPassword).await)
}

async fn show_new_password(visit: &Visit, token: &str, kind: LinkKind) -> Result<HttpResponse, Turn> {
    let Some((token, holder)) = open_link(visit, token, kind).await? else { return Ok(link_gone(visit)) };
    let mut page = password_page(visit, &token, kind, &holder, FormErrors::default());
    if kind == LinkKind::Invitation {
        page.elsewhere = elsewhere::for_invitation(visit, &holder, &page.action).await?;
    }
    Ok(answer(StatusCode::OK, &page))
}

/// Opening a link uses nothing up: a mail scanner that follows it does no harm.
async fn open_link(visit: &Visit, written: &str, kind: LinkKind) -> Result<Option<(Token, Holder)>, Turn> {
    let Some(token) = Token::read(written) else { return Ok(None) };
    let (now, looked_up) = (visit.house.now(), token.clone());
    let holder =
        house::read(&visit.house, move |conn| Ok(credential::open_account_link(conn, now, kind, &looked_up)?)).await?;
    Ok(holder.map(|holder| (token, holder)))
}

fn password_page(visit: &Visit, token: &Token, kind: LinkKind, holder: &Holder, errors: FormErrors) -> NewPasswordPage {
    let invited = kind == LinkKind::Invitation;
    let place = if invited { "uitnodiging" } else { "wachtwoord" };
    let action = format!("/inloggen/{place}/{}", token.as_str());
    NewPasswordPage {
        frame: visit.frame(None),
        errors,
        action,
        name: holder.name.clone(),
        email: holder.email.clone(),
        invited,
        elsewhere: Vec::new(),
    }
}

/// A new password, typed twice.
#[derive(Debug, Deserialize, Validate)]
pub struct NewPasswordForm {
    #[validate(length(max = 1000))]
    pub nieuw: String,
    #[validate(must_match(other = "nieuw"))]
    pub nogmaals: String,
}

impl NewPasswordForm {
    /// What is wrong with it for somebody of whom this is known.
    pub fn errors(&self, lang: Lang, known: &[String]) -> FormErrors {
        let mut errors = FormErrors::default();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if let Some(fault) = Password::typed(&self.nieuw).fault(lang, &known) {
            errors.fields.push(("nieuw".into(), fault));
        } else if self.validate().is_err() {
            errors.fields.push(("nogmaals".into(), fl!(lang.texts(), "account-password-differs")));
        }
        errors
    }
}

/// POST `/inloggen/uitnodiging/{token}`
pub async fn accept_invitation(visit: Visit, token: Path<String>, form: Form<NewPasswordForm>) -> HttpResponse {
    visit.answer(take_password(&visit, &token, LinkKind::Invitation, &form).await)
}

/// POST `/inloggen/wachtwoord/{token}`
pub async fn choose_password(visit: Visit, token: Path<String>, form: Form<NewPasswordForm>) -> HttpResponse {
    visit.answer(take_password(&visit, &token, LinkKind::NewPassword, &form).await)
}

async fn take_password(
    visit: &Visit,
    token: &str,
    kind: LinkKind,
    form: &NewPasswordForm,
) -> Result<HttpResponse, Turn> {
    let Some((token, holder)) = open_link(visit, token, kind).await? else { return Ok(link_gone(visit)) };
    let again = |status, errors| answer(status, &password_page(visit, &token, kind, &holder, errors));
    let errors = form.errors(visit.lang, &known_of(&visit.house, &holder).await?);
    if !errors.is_empty() {
        return Ok(again(StatusCode::BAD_REQUEST, errors));
    }
    if holder.password_hash.is_some() {
        let (typed, kept) = (Password::typed(&form.nieuw), holder.password_hash.clone());
        if let Tested::Right { .. } = password::test(&visit.house.door, typed, kept).await? {
            let fields = vec![("nieuw".to_owned(), fl!(visit.lang.texts(), "account-password-same"))];
            return Ok(again(StatusCode::BAD_REQUEST, FormErrors { fields, ..FormErrors::default() }));
        }
    }
    let Some(hash) = password::keep(&visit.house.door, Password::typed(&form.nieuw)).await? else {
        let whole = vec![fl!(visit.lang.texts(), "account-busy")];
        return Ok(again(StatusCode::TOO_MANY_REQUESTS, FormErrors { whole, ..FormErrors::default() }));
    };
    let (house, now, key) = (visit.house.clone(), visit.house.now(), Token::new()?);
    let (given, digest, actor) = (key.clone(), token.digest(), Actor::visitor(&visit.origin));
    let account = holder.account_id;
    let went = house::write(&visit.house, move |conn| {
        let object = format!("account/{account}");
        credential::keep_password(conn, now, account, &hash)?;
        let act = Act { action: "account.password", object: &object, result: "done", detail: kind.as_str() };
        audit::record(conn, &actor, now, act)?;
        session::end_all(conn, &actor, now, account, None)?;
        match kind {
            LinkKind::NewPassword => {
                if !credential::use_account_link(conn, now, &digest)? {
                    return Err(Turn::NotFound);
                }
                porch::enter(conn, now, &given, account, Step::Code, Brought::default())?;
                Ok("/inloggen/code")
            }
            // The link is used up when the second factor is set up: whoever stops halfway can begin again.
            LinkKind::Invitation => {
                let sealed = house.vault.seal(&Factor::purpose(account), Factor::new()?.bits())?;
                let brought = Brought { sealed: Some(sealed), link_digest: Some(digest) };
                porch::enter(conn, now, &given, account, Step::SetUp, brought)?;
                Ok("/inloggen/instellen")
            }
        }
    })
    .await;
    match went {
        Ok(path) => into_porch(visit, &key, path),
        Err(Turn::NotFound) => Ok(link_gone(visit)),
        Err(other) => Err(other),
    }
}

/// GET `/inloggen/instellen`
pub async fn set_up(visit: Visit) -> HttpResponse {
    visit.answer(show_set_up(&visit, StatusCode::OK, FormErrors::default()).await)
}

async fn show_set_up(visit: &Visit, status: StatusCode, errors: FormErrors) -> Result<HttpResponse, Turn> {
    Ok(match factor_being_set_up(visit).await? {
        Some((factor, _)) => answer(status, &SetUpPage { frame: visit.frame(None), errors, key: factor.written() }),
        None => see_other("/inloggen"),
    })
}

async fn factor_being_set_up(visit: &Visit) -> Result<Option<(Factor, Holder)>, Turn> {
    let Some((_, waiting)) = in_porch(visit, Step::SetUp).await? else { return Ok(None) };
    let Some(sealed) = waiting.sealed else { return Ok(None) };
    let bits = visit.house.vault.open(&Factor::purpose(waiting.holder.account_id), &sealed)?;
    Ok(Some((Factor::opened(bits), waiting.holder)))
}

/// GET `/inloggen/instellen/qr.svg`
pub async fn picture(visit: Visit) -> HttpResponse {
    visit.answer(draw(&visit).await)
}

async fn draw(visit: &Visit) -> Result<HttpResponse, Turn> {
    let (factor, holder) = factor_being_set_up(visit).await?.ok_or(Turn::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(factor.picture(&holder.email)?))
}

/// What came of the code that confirms a second factor.
enum Confirmed {
    Yes,
    Wrong { again: bool },
    Gone,
}

/// POST `/inloggen/instellen`
pub async fn confirm_factor(visit: Visit, form: Form<CodeForm>) -> HttpResponse {
    visit.answer(take_factor(&visit, &form).await)
}

async fn take_factor(visit: &Visit, form: &CodeForm) -> Result<HttpResponse, Turn> {
    let errors = form.errors(visit.lang);
    if !errors.is_empty() {
        return show_set_up(visit, StatusCode::BAD_REQUEST, errors).await;
    }
    let Some(key) = visit.porch.clone() else { return Ok(see_other("/inloggen")) };
    let (house, now, next, typed) = (visit.house.clone(), visit.house.now(), Token::new()?, form.code.clone());
    let (given, actor, codes) = (next.clone(), Actor::visitor(&visit.origin), recovery_codes()?);
    let confirmed = house::write(&visit.house, move |conn| {
        let Some(waiting) = porch::who(conn, now, &key, Step::SetUp)? else { return Ok(Confirmed::Gone) };
        let (account, Some(sealed)) = (waiting.holder.account_id, waiting.sealed) else { return Ok(Confirmed::Gone) };
        let factor = Factor::opened(house.vault.open(&Factor::purpose(account), &sealed)?);
        let Some(step) = factor.accepts(&typed, now, None) else {
            return Ok(Confirmed::Wrong { again: porch::wrong_code(conn, now, &key)? });
        };
        if let Some(link) = &waiting.link_digest
            && !credential::use_account_link(conn, now, link)?
        {
            return Ok(Confirmed::Gone);
        }
        credential::set_factor(conn, account, &sealed, step)?;
        let brought = new_codes(conn, &house, now, account, &codes)?;
        session::end_all(conn, &actor, now, account, None)?;
        failure::forget(conn, &failure::digest(&waiting.holder.email))?;
        let object = format!("account/{account}");
        let act = Act { action: "account.set_up", object: &object, result: "done", detail: "second factor" };
        audit::record(conn, &actor, now, act)?;
        porch::advance(conn, now, &key, &given, account, Step::Codes, brought)?;
        Ok(Confirmed::Yes)
    })
    .await?;
    match confirmed {
        Confirmed::Yes => into_porch(visit, &next, "/inloggen/herstelcodes"),
        Confirmed::Wrong { again: true } => {
            let errors = at_code(fl!(visit.lang.texts(), "account-code-wrong"));
            show_set_up(visit, StatusCode::BAD_REQUEST, errors).await
        }
        Confirmed::Wrong { again: false } | Confirmed::Gone => Ok(link_gone(visit)),
    }
}

/// Keeps the digests of new recovery codes, and what is shown of them sealed in the porch.
pub fn new_codes(
    conn: &mut crate::db::Conn,
    house: &house::House,
    now: chrono::NaiveDateTime,
    account: i64,
    codes: &[String],
) -> Result<Brought, Turn> {
    let digests: Vec<String> = codes.iter().filter_map(|code| recovery_digest(account, code)).collect();
    credential::set_recovery(conn, now, account, &digests)?;
    let sealed = house.vault.seal(&codes_purpose(account), codes.join("\n").as_bytes())?;
    Ok(Brought { sealed: Some(sealed), link_digest: None })
}

fn codes_purpose(account: i64) -> String {
    format!("account.codes/{account}")
}

async fn codes_shown(visit: &Visit) -> Result<Option<Vec<String>>, Turn> {
    let Some((_, waiting)) = in_porch(visit, Step::Codes).await? else { return Ok(None) };
    let Some(sealed) = waiting.sealed else { return Ok(None) };
    let text = String::from_utf8(visit.house.vault.open(&codes_purpose(waiting.holder.account_id), &sealed)?)?;
    Ok(Some(text.lines().map(str::to_owned).collect()))
}

/// GET `/inloggen/herstelcodes`
pub async fn codes(visit: Visit) -> HttpResponse {
    visit.answer(show_codes(&visit).await)
}

async fn show_codes(visit: &Visit) -> Result<HttpResponse, Turn> {
    Ok(match codes_shown(visit).await? {
        Some(codes) => answer(StatusCode::OK, &CodesPage { frame: visit.frame(None), codes }),
        None => see_other("/inloggen"),
    })
}

/// GET `/inloggen/herstelcodes/bestand`
pub async fn codes_file(visit: Visit) -> HttpResponse {
    visit.answer(send_codes(&visit).await)
}

async fn send_codes(visit: &Visit) -> Result<HttpResponse, Turn> {
    let codes = codes_shown(visit).await?.ok_or(Turn::NotFound)?;
    let heading = fl!(visit.lang.texts(), "account-codes-file");
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"herstelcodes.txt\""))
        .body(format!("{heading}\r\n{}\r\n\r\n{}\r\n", visit.house.public_url, codes.join("\r\n"))))
}

/// What comes after the recovery codes.
enum Next {
    In(Arrived),
    Choose(Token),
    Account,
    Begin,
}

/// POST `/inloggen/herstelcodes`: he has kept them; they are not shown again.
pub async fn codes_kept(visit: Visit) -> HttpResponse {
    visit.answer(go_in(&visit).await)
}

async fn go_in(visit: &Visit) -> Result<HttpResponse, Turn> {
    let Some(key) = visit.porch.clone() else { return Ok(see_other("/inloggen")) };
    let (arrival, next, now) = (Arrival::of(visit)?, Token::new()?, visit.house.now());
    let inside = visit.person.as_ref().map(|person| person.account_id);
    let came = house::write(&visit.house, move |conn| {
        let Some(waiting) = porch::who(conn, now, &key, Step::Codes)? else { return Ok(Next::Begin) };
        let account = waiting.holder.account_id;
        if inside == Some(account) {
            porch::leave(conn, now, &key)?;
            return Ok(Next::Account);
        }
        let mut roles = roles_of(conn, account)?;
        match roles.len() {
            0 => Ok(Next::Begin),
            1 => {
                porch::leave(conn, now, &key)?;
                arrival.enter(conn, roles.remove(0), "second factor set up").map(Next::In)
            }
            _ => {
                porch::advance(conn, now, &key, &next, account, Step::Choose, Brought::default())?;
                Ok(Next::Choose(next))
            }
        }
    })
    .await?;
    match came {
        Next::In(arrived) => arrived.answer(visit),
        Next::Choose(key) => into_porch(visit, &key, "/inloggen/kiezen"),
        Next::Begin => Ok(see_other("/inloggen")),
        Next::Account => {
            let mut answer = see_other("/account?klaar=herstelcodes");
            answer.add_cookie(&porch_cookie(&visit.house, None))?;
            Ok(answer)
        }
    }
}

/// GET `/inloggen/vergeten`
pub async fn forgotten(visit: Visit) -> HttpResponse {
    let page =
        ForgottenPage { frame: visit.frame(None), errors: FormErrors::default(), email: String::new(), sent: false };
    answer(StatusCode::OK, &page)
}

#[derive(Debug, Deserialize, Validate)]
pub struct ForgottenForm {
    #[validate(email, length(max = 254))]
    email: String,
}

/// POST `/inloggen/vergeten`
pub async fn send_new_password(visit: Visit, form: Form<ForgottenForm>) -> HttpResponse {
    let t = visit.lang.texts();
    let page = |status, errors: FormErrors, sent| {
        answer(status, &ForgottenPage { frame: visit.frame(None), errors, email: form.email.clone(), sent })
    };
    if form.validate().is_err() {
        let errors = FormErrors { fields: vec![("email".into(), fl!(t, "account-email-wrong"))], whole: Vec::new() };
        return page(StatusCode::BAD_REQUEST, errors, false);
    }
    if let Err(wait) = visit.house.door.knock(&visit.origin, &failure::digest(&form.email)) {
        let errors = FormErrors { fields: Vec::new(), whole: vec![wait_words(visit.lang, wait)] };
        return page(StatusCode::TOO_MANY_REQUESTS, errors, false);
    }
    // Whoever asks is answered before it is known whether the address is: in the words and the time of everybody.
    let (house, now, email) = (visit.house.clone(), visit.house.now(), form.email.clone());
    actix_web::rt::spawn(async move {
        let posted = match Token::new() {
            Ok(token) => house::write(&house, move |conn| post_link(conn, now, &email, &token)).await,
            Err(cause) => Err(cause.into()),
        };
        if let Err(turn) = posted {
            tracing::error!(?turn, "a link for a new password could not be posted");
        }
    });
    page(StatusCode::OK, FormErrors::default(), true)
}

/// Who never finished his invitation gets a new one; whoever is unknown, disabled or without a role gets nothing.
fn post_link(conn: &mut crate::db::Conn, now: chrono::NaiveDateTime, email: &str, token: &Token) -> Result<(), Turn> {
    let Some(holder) = credential::holder_named(conn, email)? else { return Ok(()) };
    let kind = if holder.factor.is_some() { LinkKind::NewPassword } else { LinkKind::Invitation };
    let recent = credential::last_link(conn, now, holder.account_id, kind)?.is_some_and(|at| now - at < AGAIN_AFTER);
    if let (false, Some(person)) = (recent, roles_of(conn, holder.account_id)?.into_iter().next()) {
        notice::send_link(conn, now, &person, kind, token)?;
    }
    Ok(())
}
