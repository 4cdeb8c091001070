//! The municipality signs (medeondertekenen), one or many at once and never before the provider. With both signatures the
//! agreement is there: it gets its number, and its products can be delivered from its first day on.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::notice::{end_after, something_to_change};
use super::offering::touch;
use super::signing::{NewSignature, put, text_of, unchanged};
use super::store::{Fault, party};
use super::{Offer, OfferRefusal, OfferVerb, Party, PartyKind, Side, SigningWay, mails};
use crate::account::once::CodeKind;
use crate::actor::Actor;
use crate::agreement::text::TextKind;
use crate::agreement::text::store::version;
use crate::agreement::{self, Accession};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::provider;
use crate::schema::{accession, municipality, offer_party};

/// What the decision maker signs: each offer to one provider, with the version of it that he looked at.
#[derive(Debug, Clone, Copy)]
pub struct Countersigning<'a> {
    pub parties: &'a [(i64, i32)],
    /// What he is with the municipality.
    pub position: &'a str,
    pub code: CodeKind,
}

/// Whether everything but the one-time code is as it should be: asked before a code is used up.
pub fn ready(
    conn: &mut Conn,
    actor: &Actor,
    parties: &[(i64, i32)],
    position: &str,
) -> Result<Vec<(Offer, Party)>, Fault> {
    let mut found = Vec::with_capacity(parties.len());
    for (id, seen) in parties {
        let Some((offer, one)) = party(conn, actor, *id)? else { return Err(OfferRefusal::NotFound.into()) };
        if one.version != *seen {
            let known = provider::store::find_by_id(conn, actor, one.provider_id)?;
            let (provider, by) = (known.map(|one| one.name).unwrap_or_default(), one.changed_by);
            return Err(OfferRefusal::ChangedMeanwhile { provider, by }.into());
        }
        one.state.countersign(actor.role())?;
        unchanged(conn, actor, &offer)?;
        something_to_change(conn, actor, &offer, &one)?;
        found.push((offer, one));
    }
    match () {
        () if found.is_empty() => Err(OfferRefusal::NobodyChosen.into()),
        () if position.trim().is_empty() => Err(OfferRefusal::PositionMissing.into()),
        () if holds_bsn(position) => Err(OfferRefusal::HoldsBsn.into()),
        () => Ok(found),
    }
}

/// Signs for the municipality: all of them or none. Answers the numbers of the agreements, none for a text that makes no
/// agreement by itself.
pub fn countersign(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    signing: &Countersigning<'_>,
) -> Result<Vec<Option<String>>, Fault> {
    let all = ready(conn, actor, signing.parties, signing.position)?;
    let account_id = actor.account_id().ok_or(OfferRefusal::NotYours)?;
    let organisation: String = municipality::table.find(actor.tenant()).select(municipality::name).first(conn)?;
    let mut numbers = Vec::with_capacity(all.len());
    for (offer, one) in all {
        let to = one.state.countersign(actor.role())?;
        let new = NewSignature {
            side: Side::Municipality,
            name: actor.name(),
            position: signing.position.trim(),
            organisation: &organisation,
            kvk: "",
            account_id,
            digest: &offer.digest,
            way: SigningWay::Portal,
            code: Some(signing.code),
            upload: None,
        };
        put(conn, actor, now, &one, &new)?;
        let agreed = agree(conn, actor, now, today, &offer, &one)?;
        touch(conn, actor, now, &one, OfferVerb::Countersign, to, "")?;
        let starts_on = agreed.as_ref().map_or(offer.starts_on.max(today), |accession| accession.active_from);
        mails::signed_by_both(conn, actor, now, &one, starts_on)?;
        numbers.push(agreed.map(|accession| accession.number));
    }
    Ok(numbers)
}

/// The accession that both signatures make. It begins on its day, and never before the last signature: "never before both
/// signatures". A change keeps the number and the products of the version it follows, and takes its place.
fn agree(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    offer: &Offer,
    one: &Party,
) -> Result<Option<Accession>, Fault> {
    if text_of(conn, actor, offer)?.kind != TextKind::Domain {
        return Ok(None);
    }
    let Some((_, version)) = version(conn, actor, offer.version_id)? else { return Err(OfferRefusal::NotFound.into()) };
    let follows = match one.follows.filter(|_| one.kind == PartyKind::Change) {
        Some(id) => agreement::store::of(conn, actor, &[one.provider_id])?.into_iter().find(|known| known.id == id),
        None => None,
    };
    let active_from = offer.starts_on.max(today);
    // A last day that is known is not undone by a newer text, and what ended before the text begins gets none.
    let known_end = follows.as_ref().and_then(|before| before.active_until);
    if known_end.is_some_and(|last| last < active_from) {
        return Ok(None);
    }
    let (number, products) = match &follows {
        Some(before) => {
            let kept = agreement::store::products(conn, actor, before.id)?;
            end_after(conn, actor, now, before, add_days(active_from, -1))?;
            (before.number.clone(), if kept.is_empty() { offer.products.clone() } else { kept })
        }
        None => (next_number(conn, actor, today.year())?, offer.products.clone()),
    };
    let mut made = Accession {
        id: 0,
        provider_id: one.provider_id,
        number,
        version: version.number,
        active_from,
        active_until: version.holds_until.into_iter().chain(known_end).min(),
    };
    made.id = agreement::store::accede(conn, actor, now, &made, &products)?;
    diesel::update(offer_party::table.find(one.id)).set(offer_party::accession_id.eq(made.id)).execute(conn)?;
    Ok(Some(made))
}

/// The next number of the municipality in this year: `2026-014`.
fn next_number(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<String> {
    let begin = format!("{year}-");
    let known: Vec<String> = accession::table
        .filter(accession::municipality_id.eq(actor.tenant()).and(accession::number.like(format!("{begin}%"))))
        .select(accession::number)
        .distinct()
        .load(conn)?;
    let highest = known.iter().filter_map(|number| number.strip_prefix(&begin)?.parse::<u32>().ok()).max();
    Ok(format!("{begin}{:03}", highest.unwrap_or(0) + 1))
}
