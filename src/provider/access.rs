//! Table `access_request`: somebody with an account asks to work for an organisation that is known already (verzoek om
//! toegang). Nobody takes an organisation over: its own administrator or the municipality lets him in, or not.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::account::store::{NewUser, add_user};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{access_request, account, provider};

/// A request that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AccessRequest {
    pub id: i64,
    pub provider_id: i64,
    pub provider: String,
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub asked_at: NaiveDateTime,
}

/// Notes that an account asks to work for a provider; asking again changes nothing.
pub fn ask(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, provider_id: i64, account_id: i64) -> QueryResult<()> {
    let known: Option<i64> = access_request::table
        .filter(access_request::municipality_id.eq(actor.tenant()))
        .filter(access_request::provider_id.eq(provider_id).and(access_request::account_id.eq(account_id)))
        .select(access_request::id)
        .first(conn)
        .optional()?;
    if known.is_some() {
        return Ok(());
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
    audit::record(conn, actor, now, Act { action: "provider.ask_access", object: &object, result: "done", detail: "" })
}

/// What waits for an answer of this actor: all of the municipality for its contract manager, those of his own provider
/// for its administrator.
pub fn waiting(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<AccessRequest>> {
    if !may_answer(actor) {
        return Ok(Vec::new());
    }
    let mut query = access_request::table
        .inner_join(provider::table.on(provider::id.eq(access_request::provider_id)))
        .inner_join(account::table.on(account::id.eq(access_request::account_id)))
        .filter(access_request::municipality_id.eq(actor.tenant()).and(access_request::answered_at.is_null()))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(access_request::provider_id.eq(own));
    }
    query
        .order(access_request::id)
        .select((
            access_request::id,
            access_request::provider_id,
            provider::name,
            access_request::account_id,
            account::name,
            account::email,
            access_request::asked_at,
        ))
        .load(conn)
}

/// Lets somebody in with a role of a provider's person, or refuses when none is given. Not found when it is not the
/// actor's to answer, or was answered before.
pub fn answer(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, role: Option<Role>) -> QueryResult<()> {
    let Some(request) = waiting(conn, actor)?.into_iter().find(|one| one.id == id) else {
        return Err(QueryError::NotFound);
    };
    if role.is_some_and(|role| !role.is_of_provider()) {
        return Err(QueryError::NotFound);
    }
    diesel::update(access_request::table.find(id))
        .set((
            access_request::answered_at.eq(now),
            access_request::answered_by.eq(actor.name()),
            access_request::granted_role.eq(role),
        ))
        .execute(conn)?;
    if let Some(role) = role {
        let (municipality_id, provider_id) = (actor.tenant(), Some(request.provider_id));
        let user = NewUser { name: &request.name, email: &request.email, role, municipality_id, provider_id };
        add_user(conn, actor, now, &user)?;
    }
    let object = format!("provider/{}/account/{}", request.provider_id, request.account_id);
    let result = role.map_or("refused", Role::as_str);
    audit::record(conn, actor, now, Act { action: "provider.answer_access", object: &object, result, detail: "" })
}

fn may_answer(actor: &Actor) -> bool {
    matches!(actor.role(), Role::ContractManager | Role::ProviderAdmin)
}
