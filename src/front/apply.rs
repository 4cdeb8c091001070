//! Applying (aanmelden) without an account: a visitor tells who he is and for which organisation. Who is new gets an
//! account, a draft and a link by mail. Whether an organisation or an address is known is not told: the answer on screen is
//! the same for all.

use chrono::{NaiveDate, NaiveDateTime};

use crate::account::store::{Grant, grants, invite};
use crate::account::{LINK_LASTS, Token, newcomer};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::Refusal;
use crate::dossier::start::{self, Newcomer};
use crate::dossier::store::Fault;
use crate::ids::Kvk;
use crate::mail::store::post;
use crate::mail::{Address, LINK, MailKind, Outgoing};
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
        return send_link(conn, now, wish, &own, token);
    }
    let new = Newcomer { account_id, kvk: &wish.kvk, organisation: &wish.organisation, origin: &wish.origin };
    match start::newcomer(conn, now, today, procedure.id, &new)? {
        Ok(started) => {
            let grant = grants(conn)?.into_iter().find(|one| one.id == started.grant_id);
            grant.map_or(Err(Refusal::NotFound.into()), |grant| send_link(conn, now, wish, &grant, token))
        }
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

/// E01: "Klik op de link en kies hoe u wilt inloggen."
fn send_link(conn: &mut Conn, now: NaiveDateTime, wish: &Wish, grant: &Grant, token: &Token) -> Result<(), Fault> {
    let visitor = Actor::of_municipality(&grant.name, Role::ProviderAdmin, grant.municipality_id, &wish.origin);
    invite(conn, &visitor.with_account(grant.account_id), now, grant, token)?;
    let until = wall_clock(now + LINK_LASTS);
    let values = [("datum", wish.language.moment(until)), (LINK, format!("/inloggen/{}", token.as_str()))];
    let mail = Outgoing {
        municipality_id: grant.municipality_id,
        kind: MailKind::AccountInvited,
        to: Address { name: &grant.name, email: &grant.email, language: wish.language },
        values: &values,
        provider_id: grant.provider_id,
    };
    post(conn, now, &mail)?;
    Ok(())
}
