//! The clients of one provider (cliënten) for who may know their names: all of them for the provider, his own for a contact
//! person of the municipality.

use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::client::names::may_look;
use crate::db::Conn;
use crate::schema::{client, client_name, municipal_contact, trajectory};

/// A case, whose it is, and the name as it stands sealed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OwnClient {
    pub case_ref: String,
    pub client_ref: String,
    pub contact: String,
    pub sealed: Option<String>,
}

/// At most `size` cases of this provider after the one with the number `after`, in the order of their numbers. `email` is
/// the address of who asks: a contact person is known by it.
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
        .inner_join(municipal_contact::table.on(municipal_contact::id.eq(trajectory::contact_id)))
        .left_join(client_name::table.on(names))
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .filter(trajectory::case_ref.gt(after))
        .order(trajectory::case_ref)
        .limit(size)
        .select((trajectory::case_ref, client::client_ref, municipal_contact::name, client_name::sealed.nullable()))
        .into_boxed();
    if actor.role() == Role::ContactPerson {
        query = query.filter(municipal_contact::email.eq(email.to_lowercase()));
    }
    query.load(conn)
}
