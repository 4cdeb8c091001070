//! What an outage would do (gevolgen van een storing): the terms it makes longer, each with its last day before and after.
//! Looked at before it is noted; it decides nothing.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::store::all;
use super::{Application, TermKind, mails};
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
    let mut days = outages::days(conn, actor)?;
    days.extend_from_slice(down);
    with(conn, actor, &days)
}

/// The terms that end on another day when these are all the days of an outage: as an outage is corrected or withdrawn.
pub fn with(conn: &mut Conn, actor: &Actor, days: &[NaiveDate]) -> QueryResult<Vec<Postponed>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let moved = |application: Application| {
        let (kind, before) = application.term?;
        let after = before.rule.begin(before.start, days);
        let provider = providers.get(&application.provider_id)?.clone();
        (after.due != before.due).then_some(Postponed { application, provider, kind, before, after })
    };
    let mut found: Vec<Postponed> = all(conn, actor, &[])?.into_iter().filter_map(moved).collect();
    found.sort_by_key(|one| (one.before.due, one.application.number));
    Ok(found)
}

/// Does what changes an outage, and tells everybody whose term ends on another day since (E51).
pub fn telling<T, E: From<diesel::result::Error>>(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    let before = all(conn, actor, &[])?;
    let done = work(conn)?;
    for after in all(conn, actor, &[])? {
        let due = |one: &Application| one.term.map(|(_, term)| term.due);
        let was = before.iter().find(|one| one.id == after.id).and_then(due);
        if was.is_some() && due(&after) != was {
            mails::term_moved(conn, actor, now, &after)?;
        }
    }
    Ok(done)
}
