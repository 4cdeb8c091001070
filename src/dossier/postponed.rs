//! What an outage would do (gevolgen van een storing): the terms it makes longer, each with its last day before and after.
//! Looked at before it is noted; it decides nothing.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::all;
use super::{Application, TermKind};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::outages;
use crate::provider::{self, Provider};
use crate::term::Term;

/// A running term that ends later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    pub application: Application,
    pub provider: Provider,
    pub kind: TermKind,
    pub before: Term,
    pub after: Term,
}

/// The terms that run now and that these days make longer, the soonest first. Days that are known as an outage already
/// count once. Four queries, whatever the number of applications.
pub fn by(conn: &mut Conn, actor: &Actor, down: &[NaiveDate]) -> QueryResult<Vec<Postponed>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let mut days = outages::days(conn, actor)?;
    days.extend_from_slice(down);
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let moved = |application: Application| {
        let (kind, before) = application.term?;
        let after = before.rule.begin(before.start, &days);
        let provider = providers.get(&application.provider_id)?.clone();
        (after.due != before.due).then_some(Postponed { application, provider, kind, before, after })
    };
    let mut found: Vec<Postponed> = all(conn, actor, &[])?.into_iter().filter_map(moved).collect();
    found.sort_by_key(|one| (one.before.due, one.application.number));
    Ok(found)
}
