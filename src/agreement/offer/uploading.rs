//! What was signed elsewhere (extern getekend): a PDF comes in through the gate of all evidence, its signature is read, and
//! the decision maker accepts it with a reason or sends it back. It is never trusted by itself.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::offering::touch;
use super::signing::{NewSignature, declared, open_to, put, unchanged};
use super::store::{Fault, party, uploads};
use super::{Offer, OfferRefusal, OfferVerb, Party, Side, SigningWay, Upload, mails};
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::evidence::Shown;
use crate::evidence::signed::PdfSignature;
use crate::ids::holds_bsn;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::provider;
use crate::schema::{offer_party, signed_upload};

/// Whether a signed file can come in now: asked before one is read.
pub fn may_hand_in(conn: &mut Conn, actor: &Actor, today: NaiveDate, party_id: i64, seen: &str) -> Result<(), Fault> {
    let (offer, found) = open_to(conn, actor, today, party_id)?;
    found.state.hand_in(actor.role())?;
    if seen != offer.digest.as_str() {
        return Err(OfferRefusal::OtherText.into());
    }
    unchanged(conn, actor, &offer)
}

/// A file that stands among the provider's evidence, and what who brings it declares: the same as who signs here.
#[derive(Debug, Clone, Copy)]
pub struct HandIn<'a> {
    /// The SHA-256 that was on his page.
    pub seen: &'a str,
    pub read: bool,
    pub authorised: bool,
    pub position: &'a str,
    /// The day that stands on the paper.
    pub signed_on: Option<NaiveDate>,
    pub version_id: i64,
    /// The signatures that were read in it.
    pub found: &'a [PdfSignature],
}

/// Takes it in.
pub fn hand_in(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    party_id: i64,
    new: &HandIn<'_>,
) -> Result<(), Fault> {
    may_hand_in(conn, actor, today, party_id, new.seen)?;
    declared(new.read, new.authorised, new.position)?;
    let signed_on = new.signed_on.ok_or(OfferRefusal::DayMissing)?;
    let (_, one) = open_to(conn, actor, today, party_id)?;
    let account_id = actor.account_id().ok_or(OfferRefusal::NotYours)?;
    let written = serde_json::to_string(new.found).map_err(|cause| QueryError::SerializationError(cause.into()))?;
    diesel::insert_into(signed_upload::table)
        .values((
            (signed_upload::municipality_id.eq(actor.tenant()), signed_upload::provider_id.eq(one.provider_id)),
            (signed_upload::party_id.eq(one.id), signed_upload::evidence_version_id.eq(new.version_id)),
            (signed_upload::received_at.eq(now), signed_upload::received_by.eq(actor.name())),
            (signed_upload::received_account.eq(account_id), signed_upload::found.eq(written)),
            (signed_upload::position.eq(new.position.trim()), signed_upload::signed_on.eq(signed_on)),
        ))
        .execute(conn)?;
    let to = one.state.hand_in(actor.role())?;
    Ok(touch(conn, actor, now, &one, OfferVerb::HandIn, to, "")?)
}

/// Accepts the file in the place of a signature here.
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party_id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let (offer, one, upload) = looked_at(conn, actor, party_id, seen, reason)?;
    let to = one.state.accept(actor.role(), reason)?;
    unchanged(conn, actor, &offer)?;
    let Some(organisation) = provider::store::find_by_id(conn, actor, one.provider_id)? else {
        return Err(OfferRefusal::NotFound.into());
    };
    // Who signed stands in the file; without a signature that can be read it is who brought it.
    let signer = upload.found.iter().rev().find(|one| !one.signer.is_empty()).map(|one| one.signer.as_str());
    let name = signer.unwrap_or(&upload.by);
    let new = NewSignature {
        side: Side::Provider,
        name,
        // What he is was told by who brought it, and of himself alone.
        position: if name == upload.by { &upload.position } else { "" },
        organisation: &organisation.name,
        kvk: organisation.kvk.as_str(),
        account_id: upload.account_id,
        digest: &offer.digest,
        way: SigningWay::Upload,
        code: None,
        upload: Some(upload.id),
    };
    put(conn, actor, now, &one, &new)?;
    Ok(touch(conn, actor, now, &one, OfferVerb::Accept, to, reason.trim())?)
}

/// Sends it back: the provider signs again. "Text returned with strike-outs is invalid, then 3 weeks for a clean copy"
/// (national contract standard 3.24): its term becomes no shorter by it.
pub fn send_back(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    party_id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let (_, one, _) = looked_at(conn, actor, party_id, seen, reason)?;
    let to = one.state.send_back(actor.role(), reason)?;
    touch(conn, actor, now, &one, OfferVerb::SendBack, to, reason.trim())?;
    let again = terms(conn, actor, today)?.clean_copy.begin(today, &outages::days(conn, actor)?);
    if again.due > one.term.due {
        diesel::update(offer_party::table.find(one.id))
            .set((offer_party::term_rule.eq(again.rule.to_string()), offer_party::term_start.eq(again.start)))
            .execute(conn)?;
    }
    Ok(mails::sent_back(conn, actor, now, &one, again.due.max(one.term.due))?)
}

/// What is odd about a day of signing; remarked on, and no more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddDay {
    /// Signed before there was anything to sign.
    BeforeOffer(NaiveDate),
    /// Signed after the file came in.
    AfterReceipt(NaiveDate),
}

/// Every odd day of a file: the one that stands on the paper, and those in its electronic signatures.
pub fn odd_days(offer: &Offer, upload: &Upload) -> Vec<OddDay> {
    let (offered, received) = (wall_clock(offer.offered_at).date(), wall_clock(upload.at).date());
    let read = upload.found.iter().filter_map(|one| one.at).map(|at| wall_clock(at).date());
    let odd = |day: NaiveDate| match () {
        () if day < offered => Some(OddDay::BeforeOffer(day)),
        () if day > received => Some(OddDay::AfterReceipt(day)),
        () => None,
    };
    let mut found: Vec<OddDay> = upload.signed_on.into_iter().chain(read).filter_map(odd).collect();
    found.dedup();
    found
}

/// The proof that this file was shown to the municipality: it may be opened by who reads the signing.
pub fn shown(upload: &Upload) -> Shown {
    Shown { provider_id: upload.provider_id, version_id: upload.version_id }
}

fn looked_at(
    conn: &mut Conn,
    actor: &Actor,
    party_id: i64,
    seen: i32,
    reason: &str,
) -> Result<(Offer, Party, Upload), Fault> {
    let Some((offer, one)) = party(conn, actor, party_id)? else { return Err(OfferRefusal::NotFound.into()) };
    if holds_bsn(reason) {
        return Err(OfferRefusal::HoldsBsn.into());
    }
    if one.version != seen {
        let known = provider::store::find_by_id(conn, actor, one.provider_id)?;
        let (provider, by) = (known.map(|one| one.name).unwrap_or_default(), one.changed_by);
        return Err(OfferRefusal::ChangedMeanwhile { provider, by }.into());
    }
    let newest = uploads(conn, actor, one.id)?.into_iter().next();
    let upload = newest.ok_or(OfferRefusal::NotNow(one.state))?;
    Ok((offer, one, upload))
}
