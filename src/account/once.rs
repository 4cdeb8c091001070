//! The one-time code for an act that counts (eenmalige code): from the app of who has one, and by mail for who signs in
//! elsewhere and has none here. It is tried as a sign-in is: too often wrong, and the name waits.

use anyhow::Context;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::QueryResult;
use sha2::{Digest, Sha256};

use crate::account::factor::Factor;
use crate::account::hex;
use crate::account::store::credential::{self, Holder};
use crate::account::store::{Person, failure, once};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::mail::{self, Address, LINK, MailKind, Outgoing};
use crate::vault::Vault;

/// A code by mail is good for ten minutes.
pub const MAIL_CODE_LASTS: TimeDelta = TimeDelta::minutes(10);
/// After so many wrong tries it is good for nothing.
pub const WRONG_MAIL_CODES: i32 = 5;
/// So many codes are sent to one person within an hour.
pub const MAIL_CODES_AN_HOUR: i64 = 5;

const DIGITS: usize = 8;

codes! {
    /// By what somebody showed that it was he.
    pub enum CodeKind {
        /// The app with the second factor of his account.
        App = "app",
        /// A code that was sent to the address of his account.
        Mail = "mail",
    }
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    Good(CodeKind),
    Wrong,
    /// Too often wrong: nobody may try before this moment.
    Blocked(NaiveDateTime),
}

/// Which code this account is asked for.
pub fn asked(conn: &mut Conn, account_id: i64) -> QueryResult<CodeKind> {
    let holder = credential::holder(conn, account_id)?;
    Ok(if holder.is_some_and(|holder| holder.factor.is_some()) { CodeKind::App } else { CodeKind::Mail })
}

/// Sends a code for one purpose; an earlier one for it works no more. `path` leads to the page on which it is typed and
/// ends where the code is put. False when too many were sent.
pub fn send(
    conn: &mut Conn,
    now: NaiveDateTime,
    to: &Person,
    origin: &str,
    purpose: &str,
    path: &str,
) -> anyhow::Result<bool> {
    if once::made_since(conn, to.account_id, now - TimeDelta::hours(1))? >= MAIL_CODES_AN_HOUR {
        return Ok(false);
    }
    let code = new_code()?;
    once::make(conn, now, to.account_id, purpose, &digest(to.account_id, purpose, &code))?;
    let until = to.language.time(wall_clock(now + MAIL_CODE_LASTS).time());
    let values = [("tijd", until), (LINK, format!("{path}{code}"))];
    let address = Address { name: &to.name, email: &to.email, language: to.language };
    let kind = MailKind::SigningCode;
    let posted =
        Outgoing { municipality_id: to.municipality_id, kind, to: address, values: &values, provider_id: None };
    mail::store::post(conn, now, &posted)?;
    let object = format!("account/{}", to.account_id);
    let act = Act { action: "account.code", object: &object, result: "sent", detail: purpose };
    audit::record(conn, &to.actor(origin), now, act)?;
    Ok(true)
}

/// Tries a code. A good one is used up by this; a wrong one is counted, so the transaction must end well.
pub fn try_code(
    conn: &mut Conn,
    vault: &Vault,
    now: NaiveDateTime,
    actor: &Actor,
    purpose: &str,
    typed: &str,
) -> anyhow::Result<Tried> {
    let account_id = actor.account_id().context("only who has an account has a code")?;
    let holder = credential::holder(conn, account_id)?.context("the account is gone")?;
    let name = failure::digest(&holder.email);
    if let Some(until) = failure::blocked_until(conn, now, &name)? {
        return Ok(Tried::Blocked(until));
    }
    let fits = match &holder.factor {
        Some(sealed) => fits_app(conn, vault, now, &holder, sealed, typed)?.then_some(CodeKind::App),
        None => fits_mail(conn, now, account_id, purpose, typed)?.then_some(CodeKind::Mail),
    };
    if let Some(kind) = fits {
        failure::forget(conn, &name)?;
        return Ok(Tried::Good(kind));
    }
    let until = failure::count(conn, now, &name)?;
    let object = format!("account/{account_id}");
    let result = if until.is_some() { "blocked" } else { "refused" };
    audit::record(conn, actor, now, Act { action: "account.code", object: &object, result, detail: purpose })?;
    Ok(until.map_or(Tried::Wrong, Tried::Blocked))
}

fn fits_app(
    conn: &mut Conn,
    vault: &Vault,
    now: NaiveDateTime,
    holder: &Holder,
    sealed: &str,
    typed: &str,
) -> anyhow::Result<bool> {
    let factor = Factor::opened(vault.open(&Factor::purpose(holder.account_id), sealed)?);
    match factor.accepts(typed, now, holder.last_step) {
        Some(step) => Ok(credential::take_step(conn, holder.account_id, step)?),
        None => Ok(false),
    }
}

fn fits_mail(conn: &mut Conn, now: NaiveDateTime, account_id: i64, purpose: &str, typed: &str) -> QueryResult<bool> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    once::use_up(conn, now, account_id, purpose, &digest(account_id, purpose, &digits))
}

/// Only this is kept.
fn digest(account_id: i64, purpose: &str, code: &str) -> String {
    hex(&Sha256::digest(format!("once/{account_id}/{purpose}/{code}").as_bytes()))
}

fn new_code() -> Result<String, getrandom::Error> {
    let mut code = String::with_capacity(DIGITS);
    while code.len() < DIGITS {
        let mut bits = [0u8; 1];
        getrandom::fill(&mut bits)?;
        // Every digit as likely as another: 250 is the last whole ten.
        if bits[0] < 250 {
            code.push(char::from(b'0' + bits[0] % 10));
        }
    }
    Ok(code)
}
