//! eHerkenning: somebody comes in for the organisation whose KvK number it names. An organisation is known, or applies; a
//! person of it is invited by its administrator, as everybody else is.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::account::elsewhere::{Agent, Refusal};
use crate::account::store::credential::holder;
use crate::account::store::identity::{self, Linking};
use crate::account::store::{Person, Reach, roles_within};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::provider::access;
use crate::schema::{provider, registration};

/// Somebody comes in for an organisation: answers him in each of the roles he has there. A refusal may have asked for
/// access: what was written is to be kept.
pub fn agent(
    conn: &mut Conn,
    now: NaiveDateTime,
    who: &Agent,
    linking: &Linking,
    origin: &str,
) -> QueryResult<Result<Vec<Person>, Refusal>> {
    let known: Vec<(i64, i64)> = registration::table
        .inner_join(provider::table.on(provider::id.eq(registration::provider_id)))
        .filter(provider::kvk.eq(who.kvk.as_str()))
        .order(registration::id)
        .select((provider::id, registration::municipality_id))
        .load(conn)?;
    let Some((provider_id, _)) = known.first().copied() else { return Ok(Err(Refusal::UnknownOrganisation)) };
    let linked = identity::linked(conn, &who.issuer, &who.subject)?;
    let wanted = identity::to_link(conn, now, linking)?;
    if *linking != Linking::default() && wanted.is_none() {
        return Ok(Err(Refusal::Lost));
    }
    let account_id = match (linked, wanted) {
        (Some(linked), Some(wanted)) if linked != wanted => return Ok(Err(Refusal::LinkedElsewhere)),
        (Some(linked), _) => linked,
        (None, None) => return Ok(Err(Refusal::UnknownPerson)),
        (None, Some(wanted)) => {
            // None too when the account was shut: nothing is linked to that.
            let Some(person) = roles_within(conn, wanted, Reach::Provider(provider_id))?.pop() else {
                return Ok(Err(Refusal::OtherOrganisation));
            };
            identity::link(conn, &person.actor(origin), now, wanted, (&who.issuer, &who.subject), linking)?;
            wanted
        }
    };
    let Some(holder) = holder(conn, account_id)?.filter(|holder| holder.disabled_at.is_none()) else {
        return Ok(Err(Refusal::Disabled));
    };
    let roles = roles_within(conn, account_id, Reach::Provider(provider_id))?;
    if !roles.is_empty() {
        return Ok(Ok(roles));
    }
    let mut waits = false;
    for (_, municipality_id) in known {
        let actor = Actor::of_municipality(&holder.name, Role::ProviderUser, municipality_id, origin);
        waits |= access::ask(conn, &actor.with_account(account_id), now, provider_id, account_id)?;
    }
    Ok(Err(if waits { Refusal::AccessAsked } else { Refusal::AccessAnswered }))
}
