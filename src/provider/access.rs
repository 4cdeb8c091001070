//! Table `access_request`: somebody with an account asks to work for an organisation that is known already (verzoek om
//! toegang). Nobody takes an organisation over: its own administrator lets him in, or not. Only for one that has none, in
//! any municipality, does the municipality where it was asked answer, after it checked who he is.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::store;
use crate::account::store::{NewUser, add_user};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::Kvk;
use crate::schema::{access_request, account, municipality, provider, role_grant};

/// Somebody asks to work for a provider, in its dealings with one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    pub id: i64,
    pub municipality_id: i64,
    pub municipality: String,
    pub provider_id: i64,
    pub provider: String,
    pub kvk: Kvk,
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub asked_at: NaiveDateTime,
    /// None as long as it waits.
    pub answer: Option<Answer>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub at: NaiveDateTime,
    pub by: String,
    /// None when he was refused.
    pub role: Option<Role>,
    pub reason: String,
}

/// Who may answer: a provider's administrator for his own organisation, and the contract manager.
pub fn may_answer(actor: &Actor) -> bool {
    match actor.own_provider() {
        Some(_) => actor.role() == Role::ProviderAdmin,
        None => actor.role() == Role::ContractManager,
    }
}

/// Notes that an account asks to work for a provider, and answers whether the request waits: asking again changes nothing,
/// after the answer neither.
pub fn ask(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, provider_id: i64, account_id: i64) -> QueryResult<bool> {
    let known: Option<Option<NaiveDateTime>> = access_request::table
        .filter(access_request::municipality_id.eq(actor.tenant()))
        .filter(access_request::provider_id.eq(provider_id).and(access_request::account_id.eq(account_id)))
        .select(access_request::answered_at)
        .first(conn)
        .optional()?;
    if let Some(answered_at) = known {
        return Ok(answered_at.is_none());
    }
    diesel::insert_into(access_request::table)
        .values((
            access_request::municipality_id.eq(actor.tenant()),
            access_request::provider_id.eq(provider_id),
            access_request::account_id.eq(account_id),
            access_request::asked_at.eq(now),
        ))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/account/{account_id}");
    audit::record(
        conn,
        actor,
        now,
        Act { action: "provider.ask_access", object: &object, result: "done", detail: "" },
    )?;
    Ok(true)
}

/// What waits for an answer of this actor, the oldest first.
pub fn waiting(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<AccessRequest>> {
    let mut found = within_reach(conn, actor, None)?;
    found.retain(|one| one.answer.is_none());
    Ok(found)
}

/// What this actor may answer or may see the answer of, the oldest first.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<AccessRequest>> {
    within_reach(conn, actor, None)
}

/// One of them; what is out of reach does not exist.
pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<AccessRequest>> {
    Ok(within_reach(conn, actor, Some(id))?.pop())
}

/// Lets somebody in with a role of a provider's person, or refuses when none is given. Answers the id of the role he has
/// now, or what somebody else answered before. Not found when it is not the actor's to answer.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    role: Option<Role>,
    reason: &str,
) -> QueryResult<Result<Option<i64>, Answer>> {
    let Some(request) = find(conn, actor, id)? else { return Err(QueryError::NotFound) };
    if role.is_some_and(|role| !role.is_of_provider()) {
        return Err(QueryError::NotFound);
    }
    // Of two who answer at once the second finds the first one's answer here.
    let answered = diesel::update(access_request::table.find(id).filter(access_request::answered_at.is_null()))
        .set((
            access_request::answered_at.eq(now),
            access_request::answered_by.eq(actor.name()),
            access_request::granted_role.eq(role),
            access_request::reason.eq(reason.trim()),
        ))
        .execute(conn)?;
    if answered == 0 {
        let before = find(conn, actor, id)?.and_then(|request| request.answer);
        return before.map(Err).ok_or(QueryError::NotFound);
    }
    // He acts where it was asked, which for an organisation with several municipalities may be another of them.
    let actor = &there(actor, &request);
    let grant = role.map(|role| let_in(conn, actor, now, &request, role)).transpose()?;
    let object = format!("provider/{}/account/{}", request.provider_id, request.account_id);
    let result = role.map_or("refused", Role::as_str);
    audit::record(conn, actor, now, Act { action: "provider.answer_access", object: &object, result, detail: "" })?;
    Ok(Ok(grant))
}

/// The role, and the organisation's registration where the municipality did not know it yet.
fn let_in(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, request: &AccessRequest, role: Role) -> QueryResult<i64> {
    let (municipality_id, provider_id) = (request.municipality_id, Some(request.provider_id));
    if store::find_by_id(conn, actor, request.provider_id)?.is_none() {
        let number = store::free_number(conn, actor)?;
        store::register(conn, actor, now, &request.kvk, &request.provider, number)?;
    }
    let known: Option<i64> = role_grant::table
        .filter(role_grant::account_id.eq(request.account_id).and(role_grant::ended_at.is_null()))
        .filter(role_grant::municipality_id.eq(municipality_id).and(role_grant::provider_id.eq(provider_id)))
        .filter(role_grant::role.eq(role))
        .select(role_grant::id)
        .first(conn)
        .optional()?;
    match known {
        Some(known) => Ok(known),
        None => {
            let user = NewUser { name: &request.name, email: &request.email, role, municipality_id, provider_id };
            add_user(conn, actor, now, &user)
        }
    }
}

fn there(actor: &Actor, request: &AccessRequest) -> Actor {
    let Some(own) = actor.own_provider() else { return actor.clone() };
    let there = Actor::of_provider(actor.name(), request.municipality_id, own, actor.origin()).in_role(actor.role());
    match actor.account_id() {
        Some(account_id) => there.with_account(account_id),
        None => there,
    }
}

/// An administrator sees the requests for his own organisation, with whatever municipality: who works for it is its own
/// affair. A municipality sees what was asked of it for organisations without an administrator, and what was answered.
fn within_reach(conn: &mut Conn, actor: &Actor, id: Option<i64>) -> QueryResult<Vec<AccessRequest>> {
    if !may_answer(actor) {
        return Ok(Vec::new());
    }
    let mut query = access_request::table
        .inner_join(municipality::table.on(municipality::id.eq(access_request::municipality_id)))
        .inner_join(provider::table.on(provider::id.eq(access_request::provider_id)))
        .inner_join(account::table.on(account::id.eq(access_request::account_id)))
        .order(access_request::id)
        .select((
            (access_request::id, access_request::asked_at),
            (municipality::id, municipality::name),
            (provider::id, provider::name, provider::kvk),
            (account::id, account::name, account::email),
            (access_request::answered_at, access_request::answered_by),
            (access_request::granted_role, access_request::reason),
        ))
        .into_boxed();
    query = match actor.own_provider() {
        Some(own) => query.filter(access_request::provider_id.eq(own)),
        None => query.filter(access_request::municipality_id.eq(actor.tenant())),
    };
    if let Some(id) = id {
        query = query.filter(access_request::id.eq(id));
    }
    let mut found: Vec<AccessRequest> = query.load::<Row>(conn)?.into_iter().map(AccessRequest::from).collect();
    if actor.own_provider().is_none() && found.iter().any(|one| one.answer.is_none()) {
        let governed = with_administrator(conn, found.iter().map(|one| one.provider_id).collect())?;
        found.retain(|one| one.answer.is_some() || !governed.contains(&one.provider_id));
    }
    Ok(found)
}

/// Those of these providers that have an administrator who can come in, in any municipality.
fn with_administrator(conn: &mut Conn, providers: Vec<i64>) -> QueryResult<Vec<i64>> {
    let found: Vec<Option<i64>> = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::provider_id.eq_any(providers).and(role_grant::role.eq(Role::ProviderAdmin)))
        .filter(role_grant::ended_at.is_null().and(account::disabled_at.is_null()))
        .select(role_grant::provider_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

type Row = (
    (i64, NaiveDateTime),
    (i64, String),
    (i64, String, String),
    (i64, String, String),
    (Option<NaiveDateTime>, Option<String>),
    (Option<Role>, String),
);

impl From<Row> for AccessRequest {
    fn from((asked, town, firm, person, answered, outcome): Row) -> AccessRequest {
        let (at, by) = answered;
        AccessRequest {
            id: asked.0,
            municipality_id: town.0,
            municipality: town.1,
            provider_id: firm.0,
            provider: firm.1,
            kvk: firm.2.parse().expect("the table holds eight digits only"),
            account_id: person.0,
            name: person.1,
            email: person.2,
            asked_at: asked.1,
            answer: at.map(|at| Answer { at, by: by.unwrap_or_default(), role: outcome.0, reason: outcome.1 }),
        }
    }
}
