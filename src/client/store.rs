//! Tables `municipal_contact`, `client`, `outflow` and `placement`.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::client::{Channel, MunicipalContact, Outflow, Placement};
use crate::db::Conn;
use crate::schema::{client, municipal_contact, outflow, placement};

/// Adds a contact person of the municipality.
pub fn add_contact(conn: &mut Conn, actor: &Actor, contact: &MunicipalContact) -> QueryResult<()> {
    diesel::insert_into(municipal_contact::table)
        .values((
            municipal_contact::municipality_id.eq(actor.tenant()),
            municipal_contact::email.eq(&contact.email),
            municipal_contact::name.eq(&contact.name),
            municipal_contact::active_from.eq(contact.active_from),
            municipal_contact::active_until.eq(contact.active_until),
        ))
        .execute(conn)?;
    Ok(())
}

/// Brings the contact person with this address up to date.
pub fn change_contact(conn: &mut Conn, actor: &Actor, contact: &MunicipalContact) -> QueryResult<()> {
    diesel::update(municipal_contact::table)
        .filter(municipal_contact::municipality_id.eq(actor.tenant()).and(municipal_contact::email.eq(&contact.email)))
        .set((
            municipal_contact::name.eq(&contact.name),
            municipal_contact::active_from.eq(contact.active_from),
            municipal_contact::active_until.eq(contact.active_until),
        ))
        .execute(conn)?;
    Ok(())
}

/// All contact persons of the municipality, with the id that other rows point to.
pub fn contacts(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<(i64, MunicipalContact)>> {
    let rows: Vec<(i64, String, String, NaiveDate, Option<NaiveDate>)> = municipal_contact::table
        .filter(municipal_contact::municipality_id.eq(actor.tenant()))
        .order(municipal_contact::email)
        .select((
            municipal_contact::id,
            municipal_contact::email,
            municipal_contact::name,
            municipal_contact::active_from,
            municipal_contact::active_until,
        ))
        .load(conn)?;
    let contact = |(id, email, name, active_from, active_until)| {
        (id, MunicipalContact { email, name, active_from, active_until })
    };
    Ok(rows.into_iter().map(contact).collect())
}

/// The ids of these clients by the municipality's own number; who is new is added.
pub fn enrol<'a>(
    conn: &mut Conn,
    actor: &Actor,
    client_refs: impl Iterator<Item = &'a str>,
) -> QueryResult<HashMap<String, i64>> {
    let mut ids: HashMap<String, i64> = client::table
        .filter(client::municipality_id.eq(actor.tenant()))
        .select((client::client_ref, client::id))
        .load(conn)?
        .into_iter()
        .collect();
    for client_ref in client_refs {
        if !ids.contains_key(client_ref) {
            let id = diesel::insert_into(client::table)
                .values((client::municipality_id.eq(actor.tenant()), client::client_ref.eq(client_ref)))
                .returning(client::id)
                .get_result(conn)?;
            ids.insert(client_ref.to_owned(), id);
        }
    }
    Ok(ids)
}

/// The client with this number; none when the municipality has no such client.
pub fn find(conn: &mut Conn, actor: &Actor, client_ref: &str) -> QueryResult<Option<i64>> {
    client::table
        .filter(client::municipality_id.eq(actor.tenant()).and(client::client_ref.eq(client_ref)))
        .select(client::id)
        .first(conn)
        .optional()
}

/// Lays down whose client this is, by the municipality's own list; it goes before what a provider states.
pub fn assign(conn: &mut Conn, actor: &Actor, client_id: i64, contact_id: i64) -> QueryResult<()> {
    diesel::update(client::table.filter(client::id.eq(client_id).and(client::municipality_id.eq(actor.tenant()))))
        .set(client::contact_id.eq(contact_id))
        .execute(conn)?;
    Ok(())
}

/// The contact person with this address; none when the municipality has no such person.
pub fn contact_with(conn: &mut Conn, actor: &Actor, email: &str) -> QueryResult<Option<i64>> {
    municipal_contact::table
        .filter(municipal_contact::municipality_id.eq(actor.tenant()))
        .filter(municipal_contact::email.eq(email.to_lowercase()))
        .select(municipal_contact::id)
        .first(conn)
        .optional()
}

/// The municipality's own numbers of these clients, by their ids.
pub fn refs(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> = client::table
        .filter(client::municipality_id.eq(actor.tenant()).and(client::id.eq_any(ids.to_vec())))
        .select((client::id, client::client_ref))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Records the end of a benefit. The last word counts: an earlier record is replaced, whichever way it came.
pub fn record_outflow(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    channel: Channel,
    client_id: i64,
    ended: &Outflow,
) -> QueryResult<()> {
    diesel::delete(outflow::table.filter(outflow::client_id.eq(client_id))).execute(conn)?;
    diesel::insert_into(outflow::table)
        .values((
            outflow::client_id.eq(client_id),
            outflow::municipality_id.eq(actor.tenant()),
            outflow::benefit_ended_on.eq(ended.benefit_ended_on),
            outflow::reason.eq(ended.reason),
            outflow::told_at.eq(now),
            outflow::told_by.eq(actor.name()),
            outflow::channel.eq(channel),
        ))
        .execute(conn)?;
    Ok(())
}

/// Records a placement in sheltered work. The last word counts.
pub fn record_placement(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    channel: Channel,
    client_id: i64,
    placed: &Placement,
) -> QueryResult<()> {
    diesel::delete(placement::table.filter(placement::client_id.eq(client_id))).execute(conn)?;
    diesel::insert_into(placement::table)
        .values((
            placement::client_id.eq(client_id),
            placement::municipality_id.eq(actor.tenant()),
            placement::confirmed.eq(placed.confirmed),
            placement::waiting_list_days.eq(i64::from(placed.waiting_list_days)),
            placement::told_at.eq(now),
            placement::told_by.eq(actor.name()),
            placement::channel.eq(channel),
        ))
        .execute(conn)?;
    Ok(())
}
