//! Looking after users (gebruikersbeheer): who has which role, and taking it from him again. Every look-up filters on the
//! municipality of the administrator, and for a provider's on his own provider.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::credential::forget_factor;
use super::{NewUser, add_user, session};
use crate::account::may_give;
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{account, credential, provider, registration, role_grant, session as sessions};

/// A role that somebody has, as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Seat {
    pub grant_id: i64,
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The provider's number and name.
    pub provider: Option<(i64, String)>,
    pub granted_at: NaiveDateTime,
    pub reviewed_at: Option<NaiveDateTime>,
    pub reviewed_by: Option<String>,
    pub disabled_at: Option<NaiveDateTime>,
    /// Or signs in elsewhere, where that is seen to.
    pub has_factor: bool,
}

/// Everybody within reach, by name.
pub fn seats(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Seat>> {
    within_reach(conn, actor, None)
}

/// One of them; what is out of reach does not exist.
pub fn seat(conn: &mut Conn, actor: &Actor, grant_id: i64) -> QueryResult<Option<Seat>> {
    Ok(within_reach(conn, actor, Some(grant_id))?.pop())
}

fn within_reach(conn: &mut Conn, actor: &Actor, grant_id: Option<i64>) -> QueryResult<Vec<Seat>> {
    let mut found = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .left_join(credential::table.on(credential::account_id.eq(account::id)))
        .left_join(provider::table.on(provider::id.nullable().eq(role_grant::provider_id)))
        .left_join(
            registration::table.on(registration::provider_id
                .nullable()
                .eq(role_grant::provider_id)
                .and(registration::municipality_id.eq(role_grant::municipality_id))),
        )
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::ended_at.is_null()))
        .filter(role_grant::role.eq_any(may_give(actor.role())))
        .order((account::name, account::id, role_grant::id))
        .select((
            role_grant::id,
            account::id,
            account::name,
            account::email,
            role_grant::role,
            (registration::number.assume_not_null(), provider::name).nullable(),
            role_grant::granted_at,
            role_grant::reviewed_at,
            role_grant::reviewed_by,
            account::disabled_at,
            diesel::dsl::sql::<Bool>(
                "(credential.totp_secret IS NOT NULL \
                 OR EXISTS (SELECT 1 FROM identity WHERE identity.account_id = account.id))",
            ),
        ))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        found = found.filter(role_grant::provider_id.eq(own));
    }
    if let Some(grant_id) = grant_id {
        found = found.filter(role_grant::id.eq(grant_id));
    }
    found.load(conn)
}

/// When each account was last at work.
pub fn last_seen(conn: &mut Conn, accounts: &[i64]) -> QueryResult<Vec<(i64, Option<NaiveDateTime>)>> {
    sessions::table
        .inner_join(role_grant::table.on(role_grant::id.eq(sessions::role_grant_id)))
        .filter(role_grant::account_id.eq_any(accounts.to_vec()))
        .group_by(role_grant::account_id)
        .select((role_grant::account_id, max(sessions::seen_at)))
        .load(conn)
}

/// The provider with this number, for who invites somebody of a provider.
pub fn provider_numbered(conn: &mut Conn, actor: &Actor, number: i64) -> QueryResult<Option<i64>> {
    registration::table
        .filter(registration::municipality_id.eq(actor.tenant()).and(registration::number.eq(number)))
        .select(registration::provider_id)
        .first(conn)
        .optional()
}

/// Why an administrator does not get his way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// "Nobody can give himself a role."
    Oneself,
    /// He has this role already.
    HasIt,
    /// His own last role as an administrator: nobody would be left to undo it.
    OwnLast,
    /// Somebody who also works elsewhere: another organisation decides about the account.
    WorksElsewhere,
}

/// Gives a role; answers the id of the grant.
pub fn give(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    new: &NewUser<'_>,
) -> QueryResult<Result<i64, Refusal>> {
    let known: Option<i64> =
        account::table.filter(account::email.eq(new.email)).select(account::id).first(conn).optional()?;
    if known.is_some() && known == actor.account_id() {
        return Ok(Err(Refusal::Oneself));
    }
    if let Some(known) = known {
        let mut same = role_grant::table
            .filter(role_grant::account_id.eq(known).and(role_grant::ended_at.is_null()))
            .filter(role_grant::municipality_id.eq(new.municipality_id).and(role_grant::role.eq(new.role)))
            .select(role_grant::id)
            .into_boxed();
        same = match new.provider_id {
            Some(provider) => same.filter(role_grant::provider_id.eq(provider)),
            None => same.filter(role_grant::provider_id.is_null()),
        };
        if same.first::<i64>(conn).optional()?.is_some() {
            return Ok(Err(Refusal::HasIt));
        }
    }
    add_user(conn, actor, now, new).map(Ok)
}

/// Ends a role, and whatever goes on in it.
pub fn end(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, seat: &Seat) -> QueryResult<Result<(), Refusal>> {
    if Some(seat.account_id) == actor.account_id() && !may_give(seat.role).is_empty() {
        let others = seats(conn, actor)?
            .iter()
            .any(|one| one.account_id == seat.account_id && one.grant_id != seat.grant_id && one.role == seat.role);
        if !others {
            return Ok(Err(Refusal::OwnLast));
        }
    }
    diesel::update(role_grant::table.find(seat.grant_id)).set(role_grant::ended_at.eq(now)).execute(conn)?;
    session::end_in_role(conn, now, seat.grant_id)?;
    record(conn, actor, now, "account.end_role", seat, seat.role.as_str())?;
    Ok(Ok(()))
}

/// Shuts an account: its sessions end at once. Or opens it again.
pub fn disable(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    seat: &Seat,
    disabled: bool,
) -> QueryResult<Result<(), Refusal>> {
    if let Some(refusal) = not_about(conn, actor, seat)? {
        return Ok(Err(refusal));
    }
    let since = disabled.then_some(now);
    diesel::update(account::table.find(seat.account_id)).set(account::disabled_at.eq(since)).execute(conn)?;
    if disabled {
        session::end_all(conn, actor, now, seat.account_id, None)?;
    }
    let action = if disabled { "account.disable" } else { "account.enable" };
    record(conn, actor, now, action, seat, "")?;
    Ok(Ok(()))
}

/// The second factor of who lost it: he sets it up anew by an invitation.
pub fn reset_factor(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    seat: &Seat,
) -> QueryResult<Result<(), Refusal>> {
    if let Some(refusal) = not_about(conn, actor, seat)? {
        return Ok(Err(refusal));
    }
    forget_factor(conn, seat.account_id)?;
    session::end_all(conn, actor, now, seat.account_id, None)?;
    record(conn, actor, now, "account.reset_factor", seat, "")?;
    Ok(Ok(()))
}

/// Somebody else looked whether the role is still needed.
pub fn review(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, seat: &Seat) -> QueryResult<Result<(), Refusal>> {
    if Some(seat.account_id) == actor.account_id() {
        return Ok(Err(Refusal::Oneself));
    }
    diesel::update(role_grant::table.find(seat.grant_id))
        .set((role_grant::reviewed_at.eq(now), role_grant::reviewed_by.eq(actor.name())))
        .execute(conn)?;
    record(conn, actor, now, "account.review", seat, seat.role.as_str())?;
    Ok(Ok(()))
}

/// The whole account is only this administrator's business when it works nowhere else, and is not his own.
fn not_about(conn: &mut Conn, actor: &Actor, seat: &Seat) -> QueryResult<Option<Refusal>> {
    if Some(seat.account_id) == actor.account_id() {
        return Ok(Some(Refusal::Oneself));
    }
    let all: i64 = role_grant::table
        .filter(role_grant::account_id.eq(seat.account_id).and(role_grant::ended_at.is_null()))
        .count()
        .get_result(conn)?;
    let ours = seats(conn, actor)?.iter().filter(|one| one.account_id == seat.account_id).count();
    Ok((all != ours as i64).then_some(Refusal::WorksElsewhere))
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    action: &'static str,
    seat: &Seat,
    detail: &str,
) -> QueryResult<()> {
    let object = format!("account/{}", seat.account_id);
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail })
}
