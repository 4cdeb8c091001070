//! Table `porch` (voorportaal): who typed a good password or opened a good link, and is not inside yet.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::credential::{Holder, holder};
use crate::account::{PORCH_LASTS, Step, Token, WRONG_CODES};
use crate::db::Conn;
use crate::schema::porch;

/// Somebody in the porch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub holder: Holder,
    pub step: Step,
    /// What is on his screen, sealed.
    pub sealed: Option<String>,
    /// The invitation that is used up once the second factor is set up.
    pub link_digest: Option<String>,
}

/// What somebody comes into the porch with.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    pub sealed: Option<String>,
    pub link_digest: Option<String>,
}

pub fn enter(
    conn: &mut Conn,
    now: NaiveDateTime,
    key: &Token,
    account_id: i64,
    step: Step,
    brought: Brought,
) -> QueryResult<()> {
    // What was shown there is of no use any more.
    diesel::delete(porch::table.filter(porch::entered_at.le(now - PORCH_LASTS))).execute(conn)?;
    diesel::insert_into(porch::table)
        .values((
            porch::key_digest.eq(key.digest()),
            porch::account_id.eq(account_id),
            porch::step.eq(step),
            porch::sealed.eq(brought.sealed),
            porch::link_digest.eq(brought.link_digest),
            porch::entered_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who stands there under this key, at this step; none when he took too long, went on, or was disabled meanwhile.
pub fn who(conn: &mut Conn, now: NaiveDateTime, key: &Token, step: Step) -> QueryResult<Option<Waiting>> {
    let found: Option<(i64, Step, Option<String>, Option<String>)> = porch::table
        .find(key.digest())
        .filter(porch::left_at.is_null().and(porch::entered_at.gt(now - PORCH_LASTS)).and(porch::step.eq(step)))
        .select((porch::account_id, porch::step, porch::sealed, porch::link_digest))
        .first(conn)
        .optional()?;
    let Some((account_id, step, sealed, link_digest)) = found else { return Ok(None) };
    let holder = holder(conn, account_id)?.filter(|holder| holder.disabled_at.is_none());
    Ok(holder.map(|holder| Waiting { holder, step, sealed, link_digest }))
}

/// Goes on to the next step under a new key: who saw the old one gets no further.
pub fn advance(
    conn: &mut Conn,
    now: NaiveDateTime,
    from: &Token,
    to: &Token,
    account_id: i64,
    step: Step,
    brought: Brought,
) -> QueryResult<()> {
    leave(conn, now, from)?;
    enter(conn, now, to, account_id, step, brought)
}

pub fn leave(conn: &mut Conn, now: NaiveDateTime, key: &Token) -> QueryResult<()> {
    diesel::update(porch::table.find(key.digest()))
        .set((porch::left_at.eq(now), porch::sealed.eq(None::<String>)))
        .execute(conn)?;
    Ok(())
}

/// Counts a wrong code; after too many he is sent out. True while he may try again.
pub fn wrong_code(conn: &mut Conn, now: NaiveDateTime, key: &Token) -> QueryResult<bool> {
    diesel::update(porch::table.find(key.digest())).set(porch::wrong_codes.eq(porch::wrong_codes + 1)).execute(conn)?;
    let wrong: i64 = porch::table.find(key.digest()).select(porch::wrong_codes).first(conn)?;
    if wrong >= WRONG_CODES {
        leave(conn, now, key)?;
    }
    Ok(wrong < WRONG_CODES)
}
