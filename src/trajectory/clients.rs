//! The clients of one provider (cliënten) for who may know their names: all of them for the provider, his own for a contact
//! person of the municipality.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::client::MunicipalContact;
use crate::client::names::may_look;
use crate::client::store::{contact_with, contacts};
use crate::db::Conn;
use crate::schema::{client, client_name, trajectory};

/// A case, whose it is, and the name as it stands sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnClient {
    pub case_ref: String,
    pub client_ref: String,
    pub contact: String,
    pub sealed: Option<String>,
}

/// Case, client, whose client it is by the list and by the statement, and the sealed name.
type Row = (String, String, Option<i64>, i64, Option<String>);

/// At most `size` cases of this provider after the one with the number `after`, in the order of their numbers. `email` is
/// the address of who asks: a contact person is known by it. Whose client somebody is, the municipality's own list says;
/// without a word there, the provider's statement.
pub fn of_provider(
    conn: &mut Conn,
    actor: &Actor,
    email: &str,
    provider_id: i64,
    after: &str,
    size: i64,
) -> QueryResult<Vec<OwnClient>> {
    if !may_look(actor) || !actor.may_see(provider_id) {
        return Ok(Vec::new());
    }
    let names = client_name::client_id
        .eq(trajectory::client_id)
        .and(client_name::provider_id.eq(trajectory::provider_id))
        .and(client_name::municipality_id.eq(trajectory::municipality_id));
    let mut query = trajectory::table
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .left_join(client_name::table.on(names))
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .filter(trajectory::case_ref.gt(after))
        .order(trajectory::case_ref)
        .limit(size)
        .select((
            trajectory::case_ref,
            client::client_ref,
            client::contact_id,
            trajectory::contact_id,
            client_name::sealed.nullable(),
        ))
        .into_boxed();
    if actor.role() == Role::ContactPerson {
        let Some(own) = contact_with(conn, actor, email)? else { return Ok(Vec::new()) };
        let stated = client::contact_id.is_null().and(trajectory::contact_id.eq(own));
        query = query.filter(client::contact_id.eq(own).or(stated));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let contacts: HashMap<i64, MunicipalContact> = contacts(conn, actor)?.into_iter().collect();
    let named = |id| contacts.get(&id).map(|contact| contact.name.clone()).unwrap_or_default();
    let own = |(case_ref, client_ref, listed, stated, sealed): Row| OwnClient {
        case_ref,
        client_ref,
        contact: named(listed.unwrap_or(stated)),
        sealed,
    };
    Ok(rows.into_iter().map(own).collect())
}
