//! Table `sign_in_failure`: how often it went wrong under a name, whether somebody has that name or not.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::account::{FAILURES_LAST, hex, wait_after};
use crate::db::Conn;
use crate::schema::sign_in_failure;

/// What a name is counted under: the table does not tell who was tried.
pub fn digest(name: &str) -> String {
    hex(&Sha256::digest(format!("sign-in/{}", name.trim().to_lowercase()).as_bytes()))
}

/// Until when nobody may try this name, when that is later than now.
pub fn blocked_until(conn: &mut Conn, now: NaiveDateTime, digest: &str) -> QueryResult<Option<NaiveDateTime>> {
    let until: Option<Option<NaiveDateTime>> = sign_in_failure::table
        .find(digest)
        .filter(sign_in_failure::last_at.gt(now - FAILURES_LAST))
        .select(sign_in_failure::blocked_until)
        .first(conn)
        .optional()?;
    Ok(until.flatten().filter(|until| *until > now))
}

/// Counts a failure. Answers until when the name is blocked by it, when it is.
pub fn count(conn: &mut Conn, now: NaiveDateTime, digest: &str) -> QueryResult<Option<NaiveDateTime>> {
    // Anybody can type any name: what is old goes out when something new comes in.
    diesel::delete(sign_in_failure::table.filter(sign_in_failure::last_at.le(now - FAILURES_LAST))).execute(conn)?;
    let before: Option<i64> =
        sign_in_failure::table.find(digest).select(sign_in_failure::failures).first(conn).optional()?;
    let failures = before.unwrap_or(0) + 1;
    let until = wait_after(failures).map(|wait| now + wait);
    let row = (
        sign_in_failure::failures.eq(failures),
        sign_in_failure::last_at.eq(now),
        sign_in_failure::blocked_until.eq(until),
    );
    match before {
        Some(_) => diesel::update(sign_in_failure::table.find(digest)).set(row).execute(conn)?,
        None => diesel::insert_into(sign_in_failure::table)
            .values((sign_in_failure::name_digest.eq(digest), row))
            .execute(conn)?,
    };
    Ok(until)
}

/// It went right.
pub fn forget(conn: &mut Conn, digest: &str) -> QueryResult<()> {
    diesel::delete(sign_in_failure::table.find(digest)).execute(conn)?;
    Ok(())
}
