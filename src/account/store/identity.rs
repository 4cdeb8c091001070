//! Tables `identity` and `journey` (uitstap): who is known elsewhere under which name, and who is on his way there and back.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::credential::open_account_link;
use super::{Person, Reach, roles_within};
use crate::account::elsewhere::{Refusal, Staffer};
use crate::account::store::session::{end_by_issuer, end_in_role};
use crate::account::{JOURNEY_LASTS, LinkKind, Token, Way};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::oidc::farewell::Gone;
use crate::schema::{account, account_link, credential, identity, journey, role_grant};
use crate::text::Lang;

/// To which account somebody wants to link what he comes back with: from inside it, or by its invitation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linking {
    pub account_id: Option<i64>,
    pub link_digest: Option<String>,
}

/// Somebody on his way.
pub struct Leaving<'a> {
    pub way: Way,
    pub state: &'a Token,
    /// What his browser is known by.
    pub browser: &'a Token,
    pub sealed: &'a str,
    pub linking: &'a Linking,
}

pub fn depart(conn: &mut Conn, now: NaiveDateTime, leaving: &Leaving<'_>) -> QueryResult<()> {
    // Who is not back by now does not come back.
    diesel::delete(journey::table.filter(journey::began_at.le(now - JOURNEY_LASTS))).execute(conn)?;
    diesel::insert_into(journey::table)
        .values((
            journey::state_digest.eq(leaving.state.digest()),
            journey::browser_digest.eq(leaving.browser.digest()),
            journey::way.eq(leaving.way),
            journey::sealed.eq(leaving.sealed),
            journey::account_id.eq(leaving.linking.account_id),
            journey::link_digest.eq(leaving.linking.link_digest.as_deref()),
            journey::began_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who comes back: what was sealed for him, and what he wants to link. None when nobody left so from this browser, or he
/// is back already: whoever comes a second time finds nothing.
pub fn come_back(
    conn: &mut Conn,
    now: NaiveDateTime,
    way: Way,
    state: &Token,
    browser: &Token,
) -> QueryResult<Option<(String, Linking)>> {
    let first = diesel::update(journey::table.find(state.digest()))
        .filter(journey::browser_digest.eq(browser.digest()).and(journey::way.eq(way)))
        .filter(journey::ended_at.is_null().and(journey::began_at.gt(now - JOURNEY_LASTS)))
        .set(journey::ended_at.eq(now))
        .execute(conn)?;
    if first == 0 {
        return Ok(None);
    }
    let (sealed, account_id, link_digest) = journey::table
        .find(state.digest())
        .select((journey::sealed, journey::account_id, journey::link_digest))
        .first(conn)?;
    Ok(Some((sealed, Linking { account_id, link_digest })))
}

/// The account of this person of this issuer.
pub fn linked(conn: &mut Conn, issuer: &str, subject: &str) -> QueryResult<Option<i64>> {
    identity::table.find((issuer, subject)).select(identity::account_id).first(conn).optional()
}

/// The issuers that this account signs in at.
pub fn issuers_of(conn: &mut Conn, account_id: i64) -> QueryResult<Vec<String>> {
    identity::table.filter(identity::account_id.eq(account_id)).select(identity::issuer).load(conn)
}

/// The account that is to be linked; none when the invitation no longer works.
pub fn to_link(conn: &mut Conn, now: NaiveDateTime, linking: &Linking) -> QueryResult<Option<i64>> {
    let Some(digest) = &linking.link_digest else { return Ok(linking.account_id) };
    account_link::table
        .find(digest)
        .filter(account_link::kind.eq(LinkKind::Invitation).and(account_link::used_at.is_null()))
        .filter(account_link::expires_at.gt(now))
        .select(account_link::account_id)
        .first(conn)
        .optional()
}

/// From now on this person of this issuer is this account. An invitation is used up by it.
pub fn link(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    account_id: i64,
    (issuer, subject): (&str, &str),
    linking: &Linking,
) -> QueryResult<()> {
    diesel::insert_into(identity::table)
        .values((
            identity::issuer.eq(issuer),
            identity::subject.eq(subject),
            identity::account_id.eq(account_id),
            identity::linked_at.eq(now),
        ))
        .execute(conn)?;
    if let Some(digest) = &linking.link_digest {
        super::credential::use_account_link(conn, now, digest)?;
    }
    let object = format!("account/{account_id}");
    audit::record(conn, actor, now, Act { action: "account.link", object: &object, result: "done", detail: issuer })
}

/// Nobody elsewhere is this account any more.
pub fn unlink(conn: &mut Conn, account_id: i64) -> QueryResult<()> {
    diesel::delete(identity::table.filter(identity::account_id.eq(account_id))).execute(conn)?;
    Ok(())
}

/// Whether an invitation is open under this token, for who wants to accept it elsewhere.
pub fn invitation(conn: &mut Conn, now: NaiveDateTime, token: &Token) -> QueryResult<Option<Linking>> {
    let holder = open_account_link(conn, now, LinkKind::Invitation, token)?;
    Ok(holder.map(|_| Linking { account_id: None, link_digest: Some(token.digest()) }))
}

/// Somebody of the municipality comes in: his account is found, made or linked, and has the roles that his identity
/// provider gives him, no more and no less. Answers him in each of them. A refusal may have taken roles away: what was
/// written is to be kept.
pub fn staffer(
    conn: &mut Conn,
    now: NaiveDateTime,
    municipality_id: i64,
    who: &Staffer,
    linking: &Linking,
    origin: &str,
) -> QueryResult<Result<Vec<Person>, Refusal>> {
    let actor = Actor::of_municipality(&who.name, Role::System, municipality_id, origin);
    let known = linked(conn, &who.issuer, &who.subject)?;
    let wanted = to_link(conn, now, linking)?;
    if *linking != Linking::default() && wanted.is_none() {
        return Ok(Err(Refusal::Lost));
    }
    let account_id = match (known, wanted) {
        (Some(known), Some(wanted)) if known != wanted => return Ok(Err(Refusal::LinkedElsewhere)),
        (Some(known), _) => known,
        (None, _) if who.roles.is_empty() => return Ok(Err(Refusal::NoRole)),
        (None, Some(wanted)) => {
            if is_disabled(conn, wanted)? {
                return Ok(Err(Refusal::Disabled));
            }
            let email: String = account::table.find(wanted).select(account::email).first(conn)?;
            if !email.eq_ignore_ascii_case(&who.email) {
                return Ok(Err(Refusal::OtherEmail));
            }
            let link_actor = actor.clone().with_account(wanted);
            link(conn, &link_actor, now, wanted, (&who.issuer, &who.subject), linking)?;
            hand_over(conn, municipality_id, wanted, who)?;
            wanted
        }
        (None, None) => {
            if account_of(conn, &who.email)?.is_some() {
                return Ok(Err(Refusal::KnownAccount));
            }
            let made = make(conn, now, who)?;
            link(conn, &actor.clone().with_account(made), now, made, (&who.issuer, &who.subject), linking)?;
            made
        }
    };
    if is_disabled(conn, account_id)? {
        return Ok(Err(Refusal::Disabled));
    }
    let actor = actor.with_account(account_id);
    follow_roles(conn, &actor, now, account_id, who)?;
    follow_name(conn, account_id, who)?;
    let roles = roles_within(conn, account_id, Reach::Issuer(&who.issuer))?;
    Ok(if roles.is_empty() { Err(Refusal::NoRole) } else { Ok(roles) })
}

/// Somebody signed out at his identity provider: his sessions by way of it end, as far as they began before. Sessions with
/// his own password are his own.
pub fn farewell(conn: &mut Conn, now: NaiveDateTime, gone: &Gone, origin: &str) -> QueryResult<()> {
    let Some(account_id) = linked(conn, &gone.issuer, &gone.subject)? else { return Ok(()) };
    let theirs: Vec<(i64, i64)> = role_grant::table
        .filter(role_grant::account_id.eq(account_id).and(role_grant::issuer.eq(&gone.issuer)))
        .select((role_grant::id, role_grant::municipality_id))
        .load(conn)?;
    let Some((_, municipality_id)) = theirs.first().copied() else { return Ok(()) };
    let grants: Vec<i64> = theirs.iter().map(|(grant, _)| *grant).collect();
    let ended = end_by_issuer(conn, now, &grants, gone.at)?;
    if ended == 0 {
        return Ok(());
    }
    let actor = Actor::of_municipality("identity provider", Role::System, municipality_id, origin);
    let (object, detail) =
        (format!("account/{account_id}"), format!("{ended} sessions, signed out at {}", gone.issuer));
    let act = Act { action: "account.end_sessions", object: &object, result: "done", detail: &detail };
    audit::record(conn, &actor, now, act)
}

fn account_of(conn: &mut Conn, email: &str) -> QueryResult<Option<i64>> {
    account::table.filter(account::email.eq(email)).select(account::id).first(conn).optional()
}

fn is_disabled(conn: &mut Conn, account_id: i64) -> QueryResult<bool> {
    let since: Option<NaiveDateTime> = account::table.find(account_id).select(account::disabled_at).first(conn)?;
    Ok(since.is_some())
}

fn make(conn: &mut Conn, now: NaiveDateTime, who: &Staffer) -> QueryResult<i64> {
    diesel::insert_into(account::table)
        .values((
            account::name.eq(&who.name),
            account::email.eq(&who.email),
            account::language.eq(Lang::Nl),
            account::created_at.eq(now),
        ))
        .returning(account::id)
        .get_result(conn)
}

/// The roles of a municipality that an administrator gave and that the issuer gives too are from now on the issuer's: who
/// loses them there does not keep them here behind a password.
fn hand_over(conn: &mut Conn, municipality_id: i64, account_id: i64, who: &Staffer) -> QueryResult<()> {
    diesel::update(role_grant::table)
        .filter(role_grant::account_id.eq(account_id).and(role_grant::municipality_id.eq(municipality_id)))
        .filter(role_grant::provider_id.is_null().and(role_grant::ended_at.is_null()))
        .filter(role_grant::issuer.is_null().and(role_grant::role.eq_any(who.roles.clone())))
        .set(role_grant::issuer.eq(&who.issuer))
        .execute(conn)?;
    Ok(())
}

fn follow_roles(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, account_id: i64, who: &Staffer) -> QueryResult<()> {
    let has: Vec<(i64, Role)> = role_grant::table
        .filter(role_grant::account_id.eq(account_id).and(role_grant::municipality_id.eq(actor.tenant())))
        .filter(role_grant::issuer.eq(&who.issuer).and(role_grant::ended_at.is_null()))
        .select((role_grant::id, role_grant::role))
        .load(conn)?;
    let object = format!("account/{account_id}");
    for (grant, role) in has.iter().filter(|(_, role)| !who.roles.contains(role)) {
        diesel::update(role_grant::table.find(grant)).set(role_grant::ended_at.eq(now)).execute(conn)?;
        end_in_role(conn, now, *grant)?;
        let act = Act { action: "account.end_role", object: &object, result: "done", detail: role.as_str() };
        audit::record(conn, actor, now, act)?;
    }
    for role in who.roles.iter().filter(|role| !has.iter().any(|(_, has)| has == *role)) {
        diesel::insert_into(role_grant::table)
            .values((
                role_grant::account_id.eq(account_id),
                role_grant::municipality_id.eq(actor.tenant()),
                role_grant::role.eq(role),
                role_grant::granted_at.eq(now),
                role_grant::issuer.eq(&who.issuer),
            ))
            .execute(conn)?;
        let act = Act { action: "account.grant", object: &object, result: "done", detail: role.as_str() };
        audit::record(conn, actor, now, act)?;
    }
    Ok(())
}

/// The name as it is there now. The address too, but never of an account with a password: its links go there.
fn follow_name(conn: &mut Conn, account_id: i64, who: &Staffer) -> QueryResult<()> {
    diesel::update(account::table.find(account_id)).set(account::name.eq(&who.name)).execute(conn)?;
    let password: Option<i64> =
        credential::table.find(account_id).select(credential::account_id).first(conn).optional()?;
    if password.is_none() && account_of(conn, &who.email)?.is_none() {
        diesel::update(account::table.find(account_id)).set(account::email.eq(&who.email)).execute(conn)?;
    }
    Ok(())
}
