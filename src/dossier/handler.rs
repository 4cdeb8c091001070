//! Who handled an application last (behandelaar): the person of the municipality who judged in it, or took a step with it,
//! most recently. Nobody is put to an application; whoever did something with it knows it best.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::schema::{account, application_history, criterion_verdict, role_grant};

/// A person by his account.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Handler {
    pub account_id: i64,
    pub name: String,
}

/// The roles that handle applications.
const ROLES: [Role; 4] = [Role::ContractManager, Role::Assessor, Role::PrivacyOfficer, Role::DecisionMaker];

/// By the id of the application; one that nobody of the municipality handled yet is not in it.
pub fn last(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<HashMap<i64, Handler>> {
    // A provider does not read who of the municipality did what.
    if actor.own_provider().is_some() {
        return Ok(HashMap::new());
    }
    let verdicts: Vec<(i64, Option<i64>, String, NaiveDateTime)> = criterion_verdict::table
        .filter(criterion_verdict::municipality_id.eq(actor.tenant()))
        .filter(criterion_verdict::application_id.eq_any(applications))
        .filter(criterion_verdict::role.eq_any(ROLES))
        .select((
            criterion_verdict::application_id,
            criterion_verdict::account_id,
            criterion_verdict::judged_by,
            criterion_verdict::judged_at,
        ))
        .load(conn)?;
    let steps: Vec<(i64, Option<i64>, String, NaiveDateTime)> = application_history::table
        .filter(application_history::municipality_id.eq(actor.tenant()))
        .filter(application_history::application_id.eq_any(applications))
        .filter(application_history::role.eq_any(ROLES))
        .select((
            application_history::application_id,
            application_history::account_id,
            application_history::actor,
            application_history::at,
        ))
        .load(conn)?;
    let mut last: HashMap<i64, (NaiveDateTime, Handler)> = HashMap::new();
    for (application, account, name, at) in verdicts.into_iter().chain(steps) {
        let Some(account_id) = account else { continue };
        if last.get(&application).is_none_or(|(before, _)| *before <= at) {
            last.insert(application, (at, Handler { account_id, name }));
        }
    }
    Ok(last.into_iter().map(|(application, (_, handler))| (application, handler)).collect())
}

/// Everybody in the actor's municipality who handles applications, by name.
pub fn colleagues(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Handler>> {
    role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::provider_id.is_null()))
        .filter(role_grant::ended_at.is_null().and(role_grant::role.eq_any(ROLES)))
        .order((account::name, account::id))
        .select((account::id, account::name))
        .distinct()
        .load(conn)
}
