//! Tables `municipality`, `account`, `role_grant` and `sign_in_link`; what stands around signing in has pages
//! of its own.

pub mod credential;
pub mod failure;
pub mod identity;
pub mod interest;
pub mod once;
pub mod people;
pub mod porch;
pub mod session;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::account::{LINK_LASTS, Token, Way};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{account, municipality, provider, registration, role_grant, sign_in_link};
use crate::text::Lang;

/// Adds a municipality (a tenant) and answers its id.
pub fn add_municipality(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, name: &str) -> QueryResult<i64> {
    let id = diesel::insert_into(municipality::table)
        .values((municipality::name.eq(name), municipality::created_at.eq(now)))
        .returning(municipality::id)
        .get_result(conn)?;
    let object = format!("municipality/{id}");
    audit::record(conn, actor, now, Act { action: "municipality.add", object: &object, result: "done", detail: name })?;
    Ok(id)
}

pub fn municipality_named(conn: &mut Conn, name: &str) -> QueryResult<Option<i64>> {
    municipality::table.filter(municipality::name.eq(name)).select(municipality::id).first(conn).optional()
}

/// The municipalities of this installation: id and name.
pub fn municipalities(conn: &mut Conn) -> QueryResult<Vec<(i64, String)>> {
    municipality::table.order(municipality::name).select((municipality::id, municipality::name)).load(conn)
}

/// The organisations that somebody works for: their names and their numbers in the trade register.
pub fn organisations_of(conn: &mut Conn, account_id: i64) -> QueryResult<Vec<(String, String)>> {
    role_grant::table
        .inner_join(provider::table.on(provider::id.nullable().eq(role_grant::provider_id)))
        .filter(role_grant::account_id.eq(account_id).and(role_grant::ended_at.is_null()))
        .select((provider::name, provider::kvk))
        .distinct()
        .load(conn)
}

/// Somebody to be added, with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub role: Role,
    pub municipality_id: i64,
    pub provider_id: Option<i64>,
}

/// Adds a user, or gives a known one another role; answers the id of the grant.
pub fn add_user(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &NewUser<'_>) -> QueryResult<i64> {
    let known: Option<i64> =
        account::table.filter(account::email.eq(new.email)).select(account::id).first(conn).optional()?;
    let account_id: i64 = match known {
        Some(id) => id,
        None => diesel::insert_into(account::table)
            .values((
                account::name.eq(new.name),
                account::email.eq(new.email),
                account::language.eq(Lang::Nl),
                account::created_at.eq(now),
            ))
            .returning(account::id)
            .get_result(conn)?,
    };
    let grant = diesel::insert_into(role_grant::table)
        .values((
            role_grant::account_id.eq(account_id),
            role_grant::municipality_id.eq(new.municipality_id),
            role_grant::provider_id.eq(new.provider_id),
            role_grant::role.eq(new.role),
            role_grant::granted_at.eq(now),
        ))
        .returning(role_grant::id)
        .get_result(conn)?;
    let object = format!("account/{account_id}");
    let detail = new.role.as_str();
    audit::record(conn, actor, now, Act { action: "account.grant", object: &object, result: "done", detail })?;
    Ok(grant)
}

/// Makes a link for one sign-in in this role.
pub fn make_link(conn: &mut Conn, now: NaiveDateTime, grant_id: i64, token: &Token) -> QueryResult<()> {
    diesel::insert_into(sign_in_link::table)
        .values((
            sign_in_link::token_digest.eq(token.digest()),
            sign_in_link::role_grant_id.eq(grant_id),
            sign_in_link::made_at.eq(now),
            sign_in_link::expires_at.eq(now + LINK_LASTS),
        ))
        .execute(conn)?;
    Ok(())
}

/// A role that somebody has, and where.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Grant {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub municipality_id: i64,
    pub municipality: String,
    pub provider_id: Option<i64>,
}

/// Every role that was given and has not ended, in all municipalities: for whoever keeps the installation.
pub fn grants(conn: &mut Conn) -> QueryResult<Vec<Grant>> {
    role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .inner_join(municipality::table.on(municipality::id.eq(role_grant::municipality_id)))
        .filter(role_grant::ended_at.is_null())
        .order((municipality::name, account::email, role_grant::id))
        .select((
            role_grant::id,
            account::id,
            account::name,
            account::email,
            role_grant::role,
            municipality::id,
            municipality::name,
            role_grant::provider_id,
        ))
        .load(conn)
}

/// Makes a link for one sign-in of somebody else, and writes down that it was made.
pub fn invite(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, grant: &Grant, token: &Token) -> QueryResult<()> {
    make_link(conn, now, grant.id, token)?;
    let object = format!("account/{}", grant.account_id);
    let detail = grant.role.as_str();
    audit::record(conn, actor, now, Act { action: "account.invite", object: &object, result: "done", detail })
}

/// Who signs in, in which role, where.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Person {
    pub account_id: i64,
    pub grant_id: i64,
    pub name: String,
    pub email: String,
    pub language: Lang,
    pub role: Role,
    pub municipality_id: i64,
    pub municipality: String,
    /// Of a provider's person: the provider's id, its number with the municipality, and its name.
    pub provider: Option<(i64, i64, String)>,
}

impl Person {
    pub fn actor(&self, origin: &str) -> Actor {
        let actor = match self.provider {
            Some((provider, ..)) => {
                Actor::of_provider(&self.name, self.municipality_id, provider, origin).in_role(self.role)
            }
            None => Actor::of_municipality(&self.name, self.role, self.municipality_id, origin),
        };
        actor.with_account(self.account_id)
    }
}

/// Whose link this is; none when it was used, has expired, or never was.
pub fn open_link(conn: &mut Conn, now: NaiveDateTime, token: &Token) -> QueryResult<Option<Person>> {
    let grant: Option<i64> = sign_in_link::table
        .filter(sign_in_link::token_digest.eq(token.digest()))
        .filter(sign_in_link::used_at.is_null().and(sign_in_link::expires_at.gt(now)))
        .select(sign_in_link::role_grant_id)
        .first(conn)
        .optional()?;
    match grant {
        Some(grant) => person(conn, grant),
        None => Ok(None),
    }
}

/// Uses the link up and starts a session under a new key. None when the link is not, or no longer, good.
pub fn sign_in(
    conn: &mut Conn,
    now: NaiveDateTime,
    origin: &str,
    token: &Token,
    key: &Token,
) -> QueryResult<Option<Person>> {
    let Some(person) = open_link(conn, now, token)? else { return Ok(None) };
    diesel::update(sign_in_link::table.find(token.digest())).set(sign_in_link::used_at.eq(now)).execute(conn)?;
    session::begin(conn, now, &person, session::Start { origin, key, device: "", by: "one-time link", way: Way::Own })?;
    Ok(Some(person))
}

/// Takes password, second factor, recovery codes and links to elsewhere away, and ends every session: for who lost all of
/// it.
pub fn reset(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, account_id: i64) -> QueryResult<()> {
    credential::forget(conn, account_id)?;
    identity::unlink(conn, account_id)?;
    session::end_all(conn, actor, now, account_id, None)?;
    let object = format!("account/{account_id}");
    audit::record(conn, actor, now, Act { action: "account.reset", object: &object, result: "done", detail: "" })
}

/// Remembers the language in which somebody wants to read.
pub fn prefer(conn: &mut Conn, account_id: i64, language: Lang) -> QueryResult<()> {
    diesel::update(account::table.find(account_id)).set(account::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Somebody in one of his roles; none when the role ended or the account is disabled.
pub fn person(conn: &mut Conn, grant_id: i64) -> QueryResult<Option<Person>> {
    Ok(persons(conn, Some(grant_id), None)?.pop())
}

/// Somebody in each of the roles that he reaches with his own password and code; none when he has none left or the account
/// is disabled.
pub fn roles_of(conn: &mut Conn, account_id: i64) -> QueryResult<Vec<Person>> {
    roles_within(conn, account_id, Reach::Own)
}

/// Which of his roles somebody reaches, by the way he came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach<'a> {
    /// What an administrator gave him.
    Own,
    /// What this identity provider gave him.
    Issuer(&'a str),
    /// Those at one provider.
    Provider(i64),
}

/// Somebody in each of the roles within this reach.
pub fn roles_within(conn: &mut Conn, account_id: i64, reach: Reach<'_>) -> QueryResult<Vec<Person>> {
    persons(conn, None, Some((account_id, reach)))
}

fn persons(conn: &mut Conn, grant_id: Option<i64>, account: Option<(i64, Reach<'_>)>) -> QueryResult<Vec<Person>> {
    let mut found = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .inner_join(municipality::table.on(municipality::id.eq(role_grant::municipality_id)))
        .left_join(provider::table.on(provider::id.nullable().eq(role_grant::provider_id)))
        .left_join(
            registration::table.on(registration::provider_id
                .nullable()
                .eq(role_grant::provider_id)
                .and(registration::municipality_id.eq(role_grant::municipality_id))),
        )
        .filter(role_grant::ended_at.is_null().and(account::disabled_at.is_null()))
        .order((municipality::name, role_grant::id))
        .select((
            account::id,
            role_grant::id,
            account::name,
            account::email,
            account::language,
            role_grant::role,
            municipality::id,
            municipality::name,
            (provider::id, registration::number.assume_not_null(), provider::name).nullable(),
        ))
        .into_boxed();
    if let Some(grant_id) = grant_id {
        found = found.filter(role_grant::id.eq(grant_id));
    }
    if let Some((account_id, reach)) = account {
        found = found.filter(role_grant::account_id.eq(account_id));
        found = match reach {
            Reach::Own => found.filter(role_grant::issuer.is_null()),
            Reach::Issuer(issuer) => found.filter(role_grant::issuer.eq(issuer.to_owned())),
            Reach::Provider(provider_id) => found.filter(role_grant::provider_id.eq(provider_id)),
        };
    }
    found.load(conn)
}
