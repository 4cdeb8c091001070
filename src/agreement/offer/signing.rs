//! The provider signs or refuses (tekenen, weigeren). What was on his page is what he signs: the SHA-256 comes along, and
//! of two who press at once one has signed and the other is told by whom.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::notice::{not_accepted, something_to_change};
use super::offering::touch;
use super::store::{Fault, party, signatures};
use super::{Offer, OfferRefusal, OfferVerb, Party, PartyState, Side, SigningWay, digest_over, mails};
use crate::account::once::CodeKind;
use crate::actor::{Actor, Role};
use crate::agreement::text::store::{articles, version};
use crate::agreement::text::{AgreementText, digest};
use crate::db::Conn;
use crate::ids::{Sha256Hex, holds_bsn};
use crate::provider;
use crate::schema::signature;

/// What somebody sends with his signature.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// The SHA-256 that was on his page.
    pub seen: &'a str,
    /// "Ik heb deze versie gelezen."
    pub read: bool,
    /// "Ik mag namens de organisatie tekenen."
    pub authorised: bool,
    /// What he is in his organisation.
    pub position: &'a str,
    /// How he showed that it was he: tried before, in the same transaction.
    pub code: CodeKind,
}

/// Whether everything but the one-time code is as it should be: asked before a code is used up.
pub fn ready(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    party_id: i64,
    signing: &Signing<'_>,
) -> Result<(Offer, Party), Fault> {
    let (offer, found) = open_to(conn, actor, today, party_id)?;
    found.state.sign(actor.role())?;
    if signing.seen != offer.digest.as_str() {
        return Err(OfferRefusal::OtherText.into());
    }
    unchanged(conn, actor, &offer)?;
    something_to_change(conn, actor, &offer, &found)?;
    declared(signing.read, signing.authorised, signing.position)?;
    Ok((offer, found))
}

/// What is asked of everybody who signs, here or elsewhere: the two ticks, and what he is in his organisation.
pub(super) fn declared(read: bool, authorised: bool, position: &str) -> Result<(), OfferRefusal> {
    let missing = [
        (!read, OfferRefusal::NotRead),
        (!authorised, OfferRefusal::NotAuthorised),
        (position.trim().is_empty(), OfferRefusal::PositionMissing),
        (holds_bsn(position), OfferRefusal::HoldsBsn),
    ];
    missing.into_iter().find(|(missing, _)| *missing).map_or(Ok(()), |(_, refusal)| Err(refusal))
}

/// Signs for the provider.
pub fn sign(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    party_id: i64,
    signing: &Signing<'_>,
) -> Result<(), Fault> {
    let (offer, found) = ready(conn, actor, today, party_id, signing)?;
    let to = found.state.sign(actor.role())?;
    let account_id = actor.account_id().ok_or(OfferRefusal::NotYours)?;
    let Some(organisation) = provider::store::find_by_id(conn, actor, found.provider_id)? else {
        return Err(OfferRefusal::NotFound.into());
    };
    let new = NewSignature {
        side: Side::Provider,
        name: actor.name(),
        position: signing.position.trim(),
        organisation: &organisation.name,
        kvk: organisation.kvk.as_str(),
        account_id,
        digest: &offer.digest,
        way: SigningWay::Portal,
        code: Some(signing.code),
        upload: None,
    };
    put(conn, actor, now, &found, &new)?;
    touch(conn, actor, now, &found, OfferVerb::Sign, to, "")?;
    let text = text_of(conn, actor, &offer)?;
    Ok(mails::signed_by_provider(conn, actor, now, &text, &offer, &found)?)
}

/// Refuses, with a reason. Of a change it counts as notice: the agreement ends on the day before the change begins.
pub fn decline(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    party_id: i64,
    reason: &str,
) -> Result<(), Fault> {
    let (offer, found) = open_to(conn, actor, today, party_id)?;
    if holds_bsn(reason) {
        return Err(OfferRefusal::HoldsBsn.into());
    }
    let to = found.state.decline(actor.role(), reason)?;
    touch(conn, actor, now, &found, OfferVerb::Decline, to, reason.trim())?;
    Ok(not_accepted(conn, actor, now, &offer, &found, reason.trim())?)
}

/// The offer, when it still waits for the provider; else the refusal that tells what became of it.
pub(super) fn open_to(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    party_id: i64,
) -> Result<(Offer, Party), Fault> {
    let Some((offer, found)) = party(conn, actor, party_id)? else { return Err(OfferRefusal::NotFound.into()) };
    if actor.own_provider() != Some(found.provider_id) || actor.role() != Role::ProviderSignatory {
        return Err(OfferRefusal::NotYours.into());
    }
    match found.state {
        PartyState::Offered if found.term.is_over(today) => Err(OfferRefusal::TermOver(found.term.due).into()),
        PartyState::Offered => Ok((offer, found)),
        PartyState::Withdrawn => {
            let reason = offer.withdrawn.map(|one| one.reason).unwrap_or_default();
            Err(OfferRefusal::Withdrawn { reason }.into())
        }
        PartyState::SignedByProvider | PartyState::Signed => {
            let all = signatures(conn, actor, &[found.id])?;
            match all.into_iter().find(|one| one.side == Side::Provider) {
                Some(one) => Err(OfferRefusal::AlreadySigned { by: one.name, at: one.at }.into()),
                None => Err(OfferRefusal::NotNow(found.state).into()),
            }
        }
        PartyState::Lapsed => Err(OfferRefusal::TermOver(found.term.due).into()),
        PartyState::Uploaded | PartyState::Declined => Err(OfferRefusal::NotNow(found.state).into()),
    }
}

/// Whether the texts are still those that were offered: each is hashed anew.
pub(super) fn unchanged(conn: &mut Conn, actor: &Actor, offer: &Offer) -> Result<(), Fault> {
    let house = Actor::system(actor.tenant());
    if digest_over(&offer.documents, offer.tariffs.as_ref()) != offer.digest {
        return Err(OfferRefusal::TextChanged.into());
    }
    for document in &offer.documents {
        let now = match version(conn, &house, document.version_id)? {
            Some((text, version)) => Some(digest(&text, &version, &articles(conn, &house, version.id)?)),
            None => None,
        };
        if now.as_ref() != Some(&document.digest) {
            return Err(OfferRefusal::TextChanged.into());
        }
    }
    Ok(())
}

pub(super) fn text_of(conn: &mut Conn, actor: &Actor, offer: &Offer) -> Result<AgreementText, Fault> {
    let found = version(conn, &Actor::system(actor.tenant()), offer.version_id)?;
    found.map(|(text, _)| text).ok_or_else(|| OfferRefusal::NotFound.into())
}

pub(super) struct NewSignature<'a> {
    pub side: Side,
    pub name: &'a str,
    pub position: &'a str,
    pub organisation: &'a str,
    pub kvk: &'a str,
    pub account_id: i64,
    pub digest: &'a Sha256Hex,
    pub way: SigningWay,
    pub code: Option<CodeKind>,
    pub upload: Option<i64>,
}

pub(super) fn put(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    new: &NewSignature<'_>,
) -> QueryResult<()> {
    diesel::insert_into(signature::table)
        .values((
            (signature::municipality_id.eq(actor.tenant()), signature::provider_id.eq(party.provider_id)),
            (signature::party_id.eq(party.id), signature::side.eq(new.side), signature::name.eq(new.name)),
            (signature::position.eq(new.position), signature::organisation.eq(new.organisation)),
            (signature::kvk.eq(new.kvk), signature::account_id.eq(new.account_id), signature::at.eq(now)),
            (signature::digest.eq(new.digest), signature::way.eq(new.way), signature::code.eq(new.code)),
            signature::signed_upload_id.eq(new.upload),
        ))
        .execute(conn)?;
    Ok(())
}
