//! Table `signing_code`: the one-time codes that were sent by mail, as their digests.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::account::once::{MAIL_CODE_LASTS, WRONG_MAIL_CODES};
use crate::db::Conn;
use crate::schema::signing_code;

/// A new code for a purpose; an earlier one works no more.
pub fn make(conn: &mut Conn, now: NaiveDateTime, account_id: i64, purpose: &str, digest: &str) -> QueryResult<()> {
    let open = signing_code::account_id.eq(account_id).and(signing_code::purpose.eq(purpose));
    diesel::update(signing_code::table.filter(open).filter(signing_code::ended_at.is_null()))
        .set(signing_code::ended_at.eq(now))
        .execute(conn)?;
    diesel::insert_into(signing_code::table)
        .values((
            (signing_code::account_id.eq(account_id), signing_code::purpose.eq(purpose)),
            (signing_code::code_digest.eq(digest), signing_code::wrong.eq(0)),
            (signing_code::made_at.eq(now), signing_code::expires_at.eq(now + MAIL_CODE_LASTS)),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many codes were made for somebody since a moment.
pub fn made_since(conn: &mut Conn, account_id: i64, since: NaiveDateTime) -> QueryResult<i64> {
    signing_code::table
        .filter(signing_code::account_id.eq(account_id).and(signing_code::made_at.gt(since)))
        .count()
        .get_result(conn)
}

/// Uses the code of this purpose up. False when it is another one, was used, or is too old; a wrong try is counted, and
/// after too many of them the code is good for nothing.
pub fn use_up(conn: &mut Conn, now: NaiveDateTime, account_id: i64, purpose: &str, digest: &str) -> QueryResult<bool> {
    let open: Option<(i64, String, i32)> = signing_code::table
        .filter(signing_code::account_id.eq(account_id).and(signing_code::purpose.eq(purpose)))
        .filter(signing_code::ended_at.is_null().and(signing_code::expires_at.gt(now)))
        .order(signing_code::id.desc())
        .select((signing_code::id, signing_code::code_digest, signing_code::wrong))
        .first(conn)
        .optional()?;
    let Some((id, kept, wrong)) = open else { return Ok(false) };
    let good = kept == digest;
    let wrong = if good { wrong } else { wrong + 1 };
    let ended = (good || wrong >= WRONG_MAIL_CODES).then_some(now);
    diesel::update(signing_code::table.find(id))
        .set((signing_code::wrong.eq(wrong), signing_code::ended_at.eq(ended)))
        .execute(conn)?;
    Ok(good)
}
