//! Tables `credential`, `recovery_code` and `account_link`: by what somebody shows that he is who he says.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::account::{INVITATION_LASTS, LinkKind, RESET_LASTS, Token};
use crate::db::Conn;
use crate::schema::{account, account_link, credential, recovery_code};
use crate::text::Lang;

/// An account with what it is held by.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Holder {
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub language: Lang,
    pub disabled_at: Option<NaiveDateTime>,
    pub password_hash: Option<String>,
    /// Sealed.
    pub factor: Option<String>,
    pub last_step: Option<i64>,
}

pub fn holder(conn: &mut Conn, account_id: i64) -> QueryResult<Option<Holder>> {
    Ok(holders(conn, Some(account_id), None)?.pop())
}

/// By e-mail address, as it was typed.
pub fn holder_named(conn: &mut Conn, email: &str) -> QueryResult<Option<Holder>> {
    Ok(holders(conn, None, Some(email.trim().to_lowercase()))?.pop())
}

fn holders(conn: &mut Conn, account_id: Option<i64>, email: Option<String>) -> QueryResult<Vec<Holder>> {
    let mut found = account::table
        .left_join(credential::table.on(credential::account_id.eq(account::id)))
        .select((
            account::id,
            account::name,
            account::email,
            account::language,
            account::disabled_at,
            credential::password_hash.nullable(),
            credential::totp_secret.nullable(),
            credential::totp_step.nullable(),
        ))
        .into_boxed();
    if let Some(account_id) = account_id {
        found = found.filter(account::id.eq(account_id));
    }
    if let Some(email) = email {
        found = found.filter(account::email.eq(email));
    }
    found.load(conn)
}

/// Keeps the hash of a new password.
pub fn keep_password(conn: &mut Conn, now: NaiveDateTime, account_id: i64, hash: &str) -> QueryResult<()> {
    let row = (credential::password_hash.eq(hash), credential::password_set_at.eq(now));
    if diesel::update(credential::table.find(account_id)).set(row).execute(conn)? == 0 {
        diesel::insert_into(credential::table).values((credential::account_id.eq(account_id), row)).execute(conn)?;
    }
    Ok(())
}

/// Keeps the same password by the measures of today.
pub fn keep_again(conn: &mut Conn, account_id: i64, before: &str, hash: &str) -> QueryResult<()> {
    diesel::update(credential::table.find(account_id))
        .filter(credential::password_hash.eq(before))
        .set(credential::password_hash.eq(hash))
        .execute(conn)?;
    Ok(())
}

/// Takes a step of the second factor. False when it, or a later one, was taken before: also by somebody else just now.
pub fn take_step(conn: &mut Conn, account_id: i64, step: i64) -> QueryResult<bool> {
    let later = credential::totp_step.is_null().or(credential::totp_step.lt(step));
    let taken = diesel::update(credential::table.find(account_id))
        .filter(later)
        .set(credential::totp_step.eq(step))
        .execute(conn)?;
    Ok(taken == 1)
}

/// A second factor that was confirmed with the code of this step.
pub fn set_factor(conn: &mut Conn, account_id: i64, sealed: &str, step: i64) -> QueryResult<()> {
    diesel::update(credential::table.find(account_id))
        .set((credential::totp_secret.eq(sealed), credential::totp_step.eq(step)))
        .execute(conn)?;
    Ok(())
}

/// The second factor and the recovery codes no longer count.
pub fn forget_factor(conn: &mut Conn, account_id: i64) -> QueryResult<()> {
    diesel::update(credential::table.find(account_id))
        .set((credential::totp_secret.eq(None::<String>), credential::totp_step.eq(None::<i64>)))
        .execute(conn)?;
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(account_id))).execute(conn)?;
    Ok(())
}

/// Neither password nor second factor nor recovery codes.
pub fn forget(conn: &mut Conn, account_id: i64) -> QueryResult<()> {
    forget_factor(conn, account_id)?;
    diesel::delete(credential::table.find(account_id)).execute(conn)?;
    Ok(())
}

/// New recovery codes; the old ones no longer count.
pub fn set_recovery(conn: &mut Conn, now: NaiveDateTime, account_id: i64, digests: &[String]) -> QueryResult<()> {
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(account_id))).execute(conn)?;
    for digest in digests {
        let row = (
            recovery_code::account_id.eq(account_id),
            recovery_code::code_digest.eq(digest),
            recovery_code::made_at.eq(now),
        );
        diesel::insert_into(recovery_code::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Uses a recovery code up. False when it is none of this account, or was used.
pub fn use_recovery(conn: &mut Conn, now: NaiveDateTime, account_id: i64, digest: &str) -> QueryResult<bool> {
    let used = diesel::update(recovery_code::table.find((account_id, digest)))
        .filter(recovery_code::used_at.is_null())
        .set(recovery_code::used_at.eq(now))
        .execute(conn)?;
    Ok(used == 1)
}

pub fn recovery_left(conn: &mut Conn, account_id: i64) -> QueryResult<i64> {
    recovery_code::table
        .filter(recovery_code::account_id.eq(account_id).and(recovery_code::used_at.is_null()))
        .count()
        .get_result(conn)
}

/// Makes a link; an earlier one of the same kind works no more. Answers until when it works.
pub fn make_account_link(
    conn: &mut Conn,
    now: NaiveDateTime,
    account_id: i64,
    kind: LinkKind,
    token: &Token,
) -> QueryResult<NaiveDateTime> {
    diesel::update(account_link::table)
        .filter(account_link::account_id.eq(account_id).and(account_link::kind.eq(kind)))
        .filter(account_link::used_at.is_null())
        .set(account_link::used_at.eq(now))
        .execute(conn)?;
    let until = match kind {
        LinkKind::Invitation => now + INVITATION_LASTS,
        LinkKind::NewPassword => now + RESET_LASTS,
    };
    diesel::insert_into(account_link::table)
        .values((
            account_link::token_digest.eq(token.digest()),
            account_link::account_id.eq(account_id),
            account_link::kind.eq(kind),
            account_link::made_at.eq(now),
            account_link::expires_at.eq(until),
        ))
        .execute(conn)?;
    Ok(until)
}

/// Whose link this is; none when it was used, has expired, is for something else, or never was.
pub fn open_account_link(
    conn: &mut Conn,
    now: NaiveDateTime,
    kind: LinkKind,
    token: &Token,
) -> QueryResult<Option<Holder>> {
    let account: Option<i64> = account_link::table
        .find(token.digest())
        .filter(account_link::kind.eq(kind).and(account_link::used_at.is_null()))
        .filter(account_link::expires_at.gt(now))
        .select(account_link::account_id)
        .first(conn)
        .optional()?;
    match account {
        Some(account) => Ok(holder(conn, account)?.filter(|holder| holder.disabled_at.is_none())),
        None => Ok(None),
    }
}

/// Uses a link up. False when it was used, or has expired, meanwhile.
pub fn use_account_link(conn: &mut Conn, now: NaiveDateTime, digest: &str) -> QueryResult<bool> {
    let used = diesel::update(account_link::table.find(digest))
        .filter(account_link::used_at.is_null().and(account_link::expires_at.gt(now)))
        .set(account_link::used_at.eq(now))
        .execute(conn)?;
    Ok(used == 1)
}

/// When the last link of this kind was made that still works.
pub fn last_link(
    conn: &mut Conn,
    now: NaiveDateTime,
    account_id: i64,
    kind: LinkKind,
) -> QueryResult<Option<NaiveDateTime>> {
    account_link::table
        .filter(account_link::account_id.eq(account_id).and(account_link::kind.eq(kind)))
        .filter(account_link::used_at.is_null().and(account_link::expires_at.gt(now)))
        .order(account_link::made_at.desc())
        .select(account_link::made_at)
        .first(conn)
        .optional()
}
