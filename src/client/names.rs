//! Names of clients (namen van cliënten), table `client_name`. A name comes in with a statement, is sealed before the
//! database sees it, and is opened for its provider and for the client's own contact person alone.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::schema::{client, client_name};
use crate::vault::{Vault, VaultTrouble};

/// A client's name. It prints itself nowhere, so that no log and no fault can tell it by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientName(pub String);

impl fmt::Debug for ClientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientName(…)")
    }
}

/// A name that may be written down: the client's number, and his name sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedName {
    pub client_ref: String,
    pub sealed: String,
}

/// "Shown only to the contact person of that client and its provider": whose clients they are, the look-up tells.
pub fn may_look(actor: &Actor) -> bool {
    actor.role().is_of_provider() || actor.role() == Role::ContactPerson
}

/// Seals a name for this one client with this one provider; it opens nowhere else.
pub fn seal(
    vault: &Vault,
    actor: &Actor,
    provider_id: i64,
    client_ref: &str,
    name: &ClientName,
) -> Result<SealedName, VaultTrouble> {
    let sealed = vault.seal(&purpose(actor, provider_id, client_ref), name.0.as_bytes())?;
    Ok(SealedName { client_ref: client_ref.to_owned(), sealed })
}

pub fn open(
    vault: &Vault,
    actor: &Actor,
    provider_id: i64,
    client_ref: &str,
    sealed: &str,
) -> Result<ClientName, VaultTrouble> {
    let bytes = vault.open(&purpose(actor, provider_id, client_ref), sealed)?;
    Ok(ClientName(String::from_utf8_lossy(&bytes).into_owned()))
}

fn purpose(actor: &Actor, provider_id: i64, client_ref: &str) -> String {
    format!("client name {} {provider_id} {client_ref}", actor.tenant())
}

/// Writes down the names that a provider stated; a later word takes the place of an earlier one, and no name takes none
/// away.
pub fn keep(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    names: &[SealedName],
) -> QueryResult<()> {
    for SealedName { client_ref, sealed } in names {
        let client_id: i64 = client::table
            .filter(client::municipality_id.eq(actor.tenant()).and(client::client_ref.eq(client_ref)))
            .select(client::id)
            .first(conn)?;
        let word = (client_name::sealed.eq(sealed), client_name::stated_at.eq(now));
        let known = diesel::update(client_name::table.find((client_id, provider_id))).set(word).execute(conn)?;
        if known == 0 {
            let row = (
                client_name::client_id.eq(client_id),
                client_name::provider_id.eq(provider_id),
                client_name::municipality_id.eq(actor.tenant()),
            );
            diesel::insert_into(client_name::table).values((row, word)).execute(conn)?;
        }
    }
    Ok(())
}

/// The names of these clients with these providers as they stand sealed, by provider and client number.
pub fn sealed(
    conn: &mut Conn,
    actor: &Actor,
    wanted: &BTreeSet<(i64, String)>,
) -> QueryResult<HashMap<(i64, String), String>> {
    if !may_look(actor) {
        return Ok(HashMap::new());
    }
    let providers: BTreeSet<i64> = wanted.iter().map(|(id, _)| *id).filter(|id| actor.may_see(*id)).collect();
    let clients: BTreeSet<&str> = wanted.iter().map(|(_, client_ref)| client_ref.as_str()).collect();
    let rows: Vec<(i64, String, String)> = client_name::table
        .inner_join(client::table.on(client::id.eq(client_name::client_id)))
        .filter(client_name::municipality_id.eq(actor.tenant()).and(client_name::provider_id.eq_any(providers)))
        .filter(client::client_ref.eq_any(clients))
        .select((client_name::provider_id, client::client_ref, client_name::sealed))
        .load(conn)?;
    let named = rows.into_iter().map(|(provider_id, client_ref, sealed)| ((provider_id, client_ref), sealed));
    Ok(named.filter(|(key, _)| wanted.contains(key)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_prints_itself_nowhere_and_opens_for_its_own_client_alone() {
        let vault = Vault::with_keys(&"5f".repeat(32)).unwrap();
        let (here, there) = (Actor::system(1), Actor::system(2));
        let name = ClientName("J. Visser".to_owned());
        assert!(!format!("{name:?}").contains("Visser"));
        let sealed = seal(&vault, &here, 7, "C-1", &name).unwrap().sealed;
        assert!(!sealed.contains("Visser"));
        assert_eq!(open(&vault, &here, 7, "C-1", &sealed).unwrap(), name);
        for (actor, provider, client) in [(&there, 7, "C-1"), (&here, 8, "C-1"), (&here, 7, "C-2")] {
            assert!(open(&vault, actor, provider, client, &sealed).is_err());
        }
    }

    #[test]
    fn only_two_kinds_of_people_ever_see_a_name() {
        let may: Vec<Role> =
            Role::ALL.iter().copied().filter(|role| may_look(&Actor::system(1).in_role(*role))).collect();
        assert_eq!(may, [Role::ContactPerson, Role::ProviderUser, Role::ProviderAdmin, Role::ProviderSignatory]);
    }
}
