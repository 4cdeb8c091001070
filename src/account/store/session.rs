//! Tables `session` and `known_device`: who is at work, on what, and since when.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Person, Reach, person, roles_within};
use crate::account::{SESSION_IDLE, SESSION_LASTS, SESSIONS_AT_ONCE, Token, Way};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{known_device, role_grant, session};

/// How a session begins.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    pub origin: &'a str,
    /// A new one at every sign-in.
    pub key: &'a Token,
    pub device: &'a str,
    /// For the audit: `password and code`.
    pub by: &'a str,
    pub way: Way,
}

pub fn begin(conn: &mut Conn, now: NaiveDateTime, person: &Person, start: Start<'_>) -> QueryResult<()> {
    let actor = person.actor(start.origin);
    for one in open(conn, now, person.account_id, None)?.iter().skip(SESSIONS_AT_ONCE - 1) {
        end_one(conn, &actor, now, person.account_id, &one.reference)?;
    }
    diesel::insert_into(session::table)
        .values((
            session::key_digest.eq(start.key.digest()),
            session::role_grant_id.eq(person.grant_id),
            session::started_at.eq(now),
            session::seen_at.eq(now),
            session::device.eq(start.device),
            session::way.eq(start.way),
        ))
        .execute(conn)?;
    let object = format!("account/{}", person.account_id);
    let act = Act { action: "account.sign_in", object: &object, result: "done", detail: start.by };
    audit::record(conn, &actor, now, act)
}

/// Somebody at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtWork {
    pub person: Person,
    pub seen_at: NaiveDateTime,
    /// Whether he has other roles to switch to.
    pub switches: bool,
    pub way: Way,
}

/// Who is at work under this key; none when the session ended, the role did, or the account was disabled.
pub fn at_work(conn: &mut Conn, now: NaiveDateTime, key: &Token) -> QueryResult<Option<AtWork>> {
    let found: Option<(i64, NaiveDateTime, Way)> = session::table
        .filter(session::key_digest.eq(key.digest()).and(session::ended_at.is_null()))
        .filter(session::seen_at.gt(now - SESSION_IDLE).and(session::started_at.gt(now - SESSION_LASTS)))
        .select((session::role_grant_id, session::seen_at, session::way))
        .first(conn)
        .optional()?;
    let Some((grant, seen_at, way)) = found else { return Ok(None) };
    let Some(person) = person(conn, grant)? else { return Ok(None) };
    let open: i64 = role_grant::table
        .filter(role_grant::account_id.eq(person.account_id).and(role_grant::ended_at.is_null()))
        .count()
        .get_result(conn)?;
    // Most have one role, of whatever reach: only for the others it is looked up which of them this way leads to.
    let switches = open > 1 && within_reach(conn, way, &person)?.len() > 1;
    Ok(Some(AtWork { person, seen_at, switches, way }))
}

/// The roles that somebody at work may switch between.
pub fn choices(conn: &mut Conn, key: &Token, who: &Person) -> QueryResult<Vec<Person>> {
    let way = session::table.find(key.digest()).select(session::way).first(conn).optional()?;
    way.map_or(Ok(Vec::new()), |way| within_reach(conn, way, who))
}

fn within_reach(conn: &mut Conn, way: Way, who: &Person) -> QueryResult<Vec<Person>> {
    let issuer: Option<String> = role_grant::table.find(who.grant_id).select(role_grant::issuer).first(conn)?;
    let reach = match (way, &issuer, &who.provider) {
        (Way::Organisation, Some(issuer), _) => Reach::Issuer(issuer),
        (Way::EHerkenning, _, Some((provider, ..))) => Reach::Provider(*provider),
        (Way::Own, ..) => Reach::Own,
        (Way::Organisation | Way::EHerkenning, ..) => return Ok(vec![who.clone()]),
    };
    roles_within(conn, who.account_id, reach)
}

/// Notes that the session is in use.
pub fn see(conn: &mut Conn, now: NaiveDateTime, key: &Token) -> QueryResult<()> {
    diesel::update(session::table.find(key.digest())).set(session::seen_at.eq(now)).execute(conn)?;
    Ok(())
}

pub fn sign_out(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, key: &Token) -> QueryResult<()> {
    diesel::update(session::table.find(key.digest())).set(session::ended_at.eq(now)).execute(conn)?;
    let act = Act { action: "account.sign_out", object: "session", result: "done", detail: "" };
    audit::record(conn, actor, now, act)
}

/// Goes on in another of his own roles, which must be open and within reach. None when it is not.
pub fn switch(
    conn: &mut Conn,
    now: NaiveDateTime,
    who: &Person,
    origin: &str,
    key: &Token,
    grant_id: i64,
) -> QueryResult<Option<Person>> {
    let Some(next) = choices(conn, key, who)?.into_iter().find(|one| one.grant_id == grant_id) else {
        return Ok(None);
    };
    diesel::update(session::table.find(key.digest())).set(session::role_grant_id.eq(grant_id)).execute(conn)?;
    let object = format!("account/{}", who.account_id);
    let detail = next.role.as_str();
    let act = Act { action: "account.switch", object: &object, result: "done", detail };
    audit::record(conn, &next.actor(origin), now, act)?;
    Ok(Some(next))
}

/// A session that has not ended, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The beginning of its digest: enough to point it out, useless to sign in with.
    pub reference: String,
    pub device: String,
    pub started_at: NaiveDateTime,
    pub seen_at: NaiveDateTime,
    pub current: bool,
}

/// The sessions of an account, the last used first.
pub fn open(conn: &mut Conn, now: NaiveDateTime, account_id: i64, current: Option<&Token>) -> QueryResult<Vec<Open>> {
    let current = current.map(Token::digest);
    let rows: Vec<(String, String, NaiveDateTime, NaiveDateTime)> = session::table
        .inner_join(role_grant::table.on(role_grant::id.eq(session::role_grant_id)))
        .filter(role_grant::account_id.eq(account_id).and(session::ended_at.is_null()))
        .filter(session::seen_at.gt(now - SESSION_IDLE).and(session::started_at.gt(now - SESSION_LASTS)))
        .order(session::seen_at.desc())
        .select((session::key_digest, session::device, session::started_at, session::seen_at))
        .load(conn)?;
    let row = |(digest, device, started_at, seen_at): (String, String, NaiveDateTime, NaiveDateTime)| Open {
        reference: digest[..REFERENCE].to_owned(),
        current: current.as_ref() == Some(&digest),
        device,
        started_at,
        seen_at,
    };
    Ok(rows.into_iter().map(row).collect())
}

const REFERENCE: usize = 16;

/// Ends one session of this account. False when there is none under this reference.
pub fn end_one(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    account_id: i64,
    reference: &str,
) -> QueryResult<bool> {
    let there = open(conn, now, account_id, None)?.iter().any(|one| one.reference == reference);
    if !there {
        return Ok(false);
    }
    let ours = role_grant::table.filter(role_grant::account_id.eq(account_id)).select(role_grant::id);
    let ended = diesel::update(session::table)
        .filter(session::key_digest.like(format!("{reference}%")).and(session::role_grant_id.eq_any(ours)))
        .filter(session::ended_at.is_null())
        .set(session::ended_at.eq(now))
        .execute(conn)?;
    told(conn, actor, now, account_id, ended)?;
    Ok(true)
}

/// Ends all sessions of an account, but for one that may stay.
pub fn end_all(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    account_id: i64,
    but: Option<&Token>,
) -> QueryResult<()> {
    let ours = role_grant::table.filter(role_grant::account_id.eq(account_id)).select(role_grant::id);
    let ended = diesel::update(session::table)
        .filter(session::role_grant_id.eq_any(ours).and(session::ended_at.is_null()))
        .filter(session::key_digest.ne(but.map(Token::digest).unwrap_or_default()))
        .set(session::ended_at.eq(now))
        .execute(conn)?;
    told(conn, actor, now, account_id, ended)
}

/// Ends the sessions in one role.
pub fn end_in_role(conn: &mut Conn, now: NaiveDateTime, grant_id: i64) -> QueryResult<()> {
    diesel::update(session::table)
        .filter(session::role_grant_id.eq(grant_id).and(session::ended_at.is_null()))
        .set(session::ended_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Ends the sessions by way of an identity provider in the roles it gave, as far as they began by then. Answers how many.
pub fn end_by_issuer(conn: &mut Conn, now: NaiveDateTime, grants: &[i64], by: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(session::table)
        .filter(session::role_grant_id.eq_any(grants).and(session::way.eq(Way::Organisation)))
        .filter(session::ended_at.is_null().and(session::started_at.le(by)))
        .set(session::ended_at.eq(now))
        .execute(conn)
}

fn told(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, account_id: i64, ended: usize) -> QueryResult<()> {
    let (object, detail) = (format!("account/{account_id}"), format!("{ended} sessions"));
    audit::record(
        conn,
        actor,
        now,
        Act { action: "account.end_sessions", object: &object, result: "done", detail: &detail },
    )
}

/// How a device is known to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    Known,
    /// The first of this account: he is setting it up himself.
    First,
    /// Another one than before: he is told.
    New,
}

/// Looks whether the device is known, and knows it from now on by the mark it will get.
pub fn greet(
    conn: &mut Conn,
    now: NaiveDateTime,
    account_id: i64,
    shown: Option<&Token>,
    given: &Token,
) -> QueryResult<Device> {
    let known: Vec<String> = known_device::table
        .filter(known_device::account_id.eq(account_id))
        .select(known_device::device_digest)
        .load(conn)?;
    if shown.is_some_and(|mark| known.contains(&mark.digest())) {
        return Ok(Device::Known);
    }
    diesel::insert_into(known_device::table)
        .values((
            known_device::account_id.eq(account_id),
            known_device::device_digest.eq(given.digest()),
            known_device::first_seen_at.eq(now),
        ))
        .execute(conn)?;
    Ok(if known.is_empty() { Device::First } else { Device::New })
}
