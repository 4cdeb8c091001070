//! Applying (aanmelden) without an account: a visitor tells who he is and for which organisation. Who is new gets an
//! account, a draft and a link by mail. Whether an organisation or an address is known is not told: the answer on screen is
//! the same for all.

use chrono::{NaiveDate, NaiveDateTime};

use crate::account::store::credential::holder;
use crate::account::store::{Grant, grants, person};
use crate::account::{LinkKind, Token, newcomer, notice};
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::Refusal;
use crate::dossier::start::{self, Newcomer};
use crate::dossier::store::Fault;
use crate::ids::Kvk;
use crate::procedure::admission::Procedure;
use crate::provider;
use crate::text::Lang;

/// What a visitor tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub kvk: Kvk,
    pub language: Lang,
    /// Where the request came from, for the audit.
    pub origin: String,
}

/// Begins what this wish asks for and posts the link; `token` is the link's. Refused only when the procedure takes no
/// applications, which everybody may know.
pub fn apply(
    conn: &mut Conn,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure: &Procedure,
    wish: &Wish,
    token: &Token,
) -> Result<(), Fault> {
    if !procedure.takes_applications(today) {
        return Err(Refusal::ClosedToEntry.into());
    }
    let account_id = newcomer::known_or_new(conn, now, &wish.name, &wish.email, wish.language)?;
    // Whoever types the address of somebody who works here already begins nothing in his name: he only gets a link.
    if let Some(own) = grant_of(conn, procedure.municipality_id, account_id, &wish.kvk)? {
        return tell(conn, now, own.id, token);
    }
    let new = Newcomer { account_id, kvk: &wish.kvk, organisation: &wish.organisation, origin: &wish.origin };
    match start::newcomer(conn, now, today, procedure.id, &new)? {
        Ok(started) => tell(conn, now, started.grant_id, token),
        // The request for access is noted; its own administrator or the municipality answers it.
        Err(Refusal::KnownOrganisation) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// The role in which an account works for this organisation in this municipality.
fn grant_of(
    conn: &mut Conn,
    municipality_id: i64,
    account_id: i64,
    kvk: &Kvk,
) -> Result<Option<Grant>, diesel::result::Error> {
    let known = provider::store::find_by_kvk(conn, &Actor::system(municipality_id), kvk)?;
    let Some(provider) = known else { return Ok(None) };
    let own = |grant: &Grant| {
        let here = grant.municipality_id == municipality_id && grant.provider_id == Some(provider.id);
        here && grant.account_id == account_id
    };
    Ok(grants(conn)?.into_iter().find(own))
}

/// E01: "Klik op de link en kies hoe u wilt inloggen." Who has a password and a second factor signs in with those; a link
/// that opened the door without them would be a way around.
fn tell(conn: &mut Conn, now: NaiveDateTime, grant_id: i64, token: &Token) -> Result<(), Fault> {
    // A disabled account is told nothing until it is enabled again.
    let Some(person) = person(conn, grant_id)? else { return Ok(()) };
    match holder(conn, person.account_id)?.is_some_and(|holder| holder.factor.is_some()) {
        true => notice::tell_of_role(conn, now, &person)?,
        false => notice::send_link(conn, now, &person, LinkKind::Invitation, token)?,
    }
    Ok(())
}
