//! Table `provider_listing`: rows are only added, and the last of a provider holds.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{Kept, Listing};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::provider_listing;

/// Why a listing is not kept.
#[derive(Debug)]
pub enum NotKept {
    NotYours,
    /// A colleague changed it meanwhile.
    ChangedMeanwhile(String),
    Trouble(QueryError),
}

impl From<QueryError> for NotKept {
    fn from(cause: QueryError) -> NotKept {
        NotKept::Trouble(cause)
    }
}

/// What every provider tells of itself, by its id. A provider's person gets only his own.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<HashMap<i64, Kept>> {
    let mut query = provider_listing::table
        .filter(provider_listing::municipality_id.eq(actor.tenant()))
        .order(provider_listing::version)
        .select(Row::as_select())
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(provider_listing::provider_id.eq(own));
    }
    let mut kept = HashMap::new();
    for row in query.load::<Row>(conn)? {
        let listing =
            serde_json::from_str(&row.body).map_err(|fault| QueryError::DeserializationError(fault.into()))?;
        let (version, changed_at, changed_by) = (row.version, row.changed_at, row.changed_by);
        kept.insert(row.provider_id, Kept { listing, version, changed_at, changed_by });
    }
    Ok(kept)
}

pub fn of(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Option<Kept>> {
    Ok(all(conn, actor)?.remove(&provider_id))
}

/// Keeps what a provider tells; `seen` is the version that was looked at, nought for none.
pub fn tell(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    seen: i32,
    listing: &Listing,
) -> Result<(), NotKept> {
    let own = actor.role().is_of_provider() && actor.own_provider() == Some(provider_id);
    if !own && actor.role() != Role::System {
        return Err(NotKept::NotYours);
    }
    let known = of(conn, actor, provider_id)?;
    let version = known.as_ref().map_or(0, |one| one.version);
    match known {
        Some(known) if known.version != seen => return Err(NotKept::ChangedMeanwhile(known.changed_by)),
        // A second press of the button changes nothing.
        Some(known) if known.listing == *listing => return Ok(()),
        _ => {}
    }
    let body = serde_json::to_string(listing).map_err(|fault| QueryError::SerializationError(fault.into()))?;
    diesel::insert_into(provider_listing::table)
        .values((
            provider_listing::municipality_id.eq(actor.tenant()),
            provider_listing::provider_id.eq(provider_id),
            provider_listing::version.eq(version + 1),
            provider_listing::body.eq(body),
            provider_listing::changed_at.eq(now),
            provider_listing::changed_by.eq(actor.name()),
            provider_listing::account_id.eq(actor.account_id()),
        ))
        .execute(conn)?;
    let (object, detail) = (format!("provider/{provider_id}/listing"), format!("version {}", version + 1));
    let act = Act { action: "provider.tell_listing", object: &object, result: "done", detail: &detail };
    Ok(audit::record(conn, actor, now, act)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = provider_listing)]
struct Row {
    provider_id: i64,
    version: i32,
    body: String,
    changed_at: NaiveDateTime,
    changed_by: String,
}
