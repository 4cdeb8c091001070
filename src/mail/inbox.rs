//! The messages of a provider (berichten): what was formally said to it, kept in the portal as it was sent.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::message;
use crate::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Message {
    pub id: i64,
    pub language: Lang,
    pub subject: String,
    pub body: String,
    /// In UTC.
    pub at: NaiveDateTime,
}

/// All messages of the actor's own provider in this municipality, the newest first; the municipality has none here.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Message>> {
    let Some(own) = actor.own_provider() else { return Ok(Vec::new()) };
    message::table
        .filter(message::municipality_id.eq(actor.tenant()).and(message::provider_id.eq(own)))
        .order(message::id.desc())
        .select((message::id, message::language, message::subject, message::body, message::at))
        .load(conn)
}

pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Message>> {
    Ok(all(conn, actor)?.into_iter().find(|one| one.id == id))
}
