//! Offering (aanbieden): an established version with its annexes, to all at the same moment; and taking an offer back.

use std::cmp::Reverse;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::standing::{Standing, standings};
use super::store::{Fault, Wanted, parties};
use super::{
    Offer, OfferRefusal, OfferVerb, OfferedDocument, Party, PartyKind, PartyState, digest_over, mails, tariffs,
};
use crate::actor::{Actor, Role};
use crate::agreement::text::store::{holding_on, texts, version, versions};
use crate::agreement::text::{AgreementText, TextKind, TextState, TextVersion};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::procedure::outages;
use crate::procedure::store::{product_ids, terms};
use crate::provider::Provider;
use crate::schema::{offer, offer_document, offer_history, offer_party, offer_product};

/// What is offered, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct NewOffer<'a> {
    pub version_id: i64,
    pub providers: &'a [i64],
    pub products: &'a [i64],
    pub starts_on: NaiveDate,
    /// A change that is forced, by a new law for example.
    pub forced: bool,
}

/// A provider that could be offered this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub provider: Provider,
    pub kind: PartyKind,
    /// The accession that a change would follow.
    pub follows: Option<i64>,
    /// The last day of that accession, where it has one.
    pub ends: Option<NaiveDate>,
    /// Why it cannot be offered now.
    pub hindrance: Option<Hindrance>,
}

/// Why a version cannot be offered to a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// An offer of this text still waits there.
    IsOffered,
    /// It works under this version, or a later one.
    HasIt,
    /// Its agreement ends on this day, before the version begins.
    Ends(NaiveDate),
}

/// Every admitted provider and every provider that works under the text, in alphabetical order.
pub fn candidates(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    text: &AgreementText,
    offered: &TextVersion,
) -> QueryResult<Vec<Candidate>> {
    let term = terms(conn, actor, today)?.signing.begin(today, &outages::days(conn, actor)?);
    // A change begins after the term in which one can refuse it.
    let after = add_days(term.due, 1);
    let change_from = offered.holds_from.map_or(after, |from| from.max(after));
    let all = standings(conn, actor, today, text)?;
    Ok(all.into_iter().map(|standing| candidate(standing, offered, change_from)).collect())
}

fn candidate(standing: Standing, offered: &TextVersion, change_from: NaiveDate) -> Candidate {
    let newest = standing.newest_version();
    let ends = standing.newest_accession().and_then(|one| one.active_until);
    let hindrance = match (&standing.open, newest, ends) {
        (Some(_), _, _) => Some(Hindrance::IsOffered),
        (None, Some(number), _) if number >= offered.number => Some(Hindrance::HasIt),
        (None, _, Some(last)) if last < change_from => Some(Hindrance::Ends(last)),
        _ => None,
    };
    Candidate {
        kind: if newest.is_some() { PartyKind::Change } else { PartyKind::First },
        follows: standing.newest_accession().map(|one| one.id),
        ends,
        provider: standing.provider,
        hindrance,
    }
}

/// What can be offered on this day, each with its last day: the version that holds, and those that are established and begin
/// later; the newest first.
pub fn offerable(all: &[TextVersion], today: NaiveDate) -> Vec<(TextVersion, Option<NaiveDate>)> {
    let established = all.iter().filter(|one| one.state == TextState::Established);
    let with_end = established.map(|one| (one.clone(), one.last_day(all)));
    let mut found: Vec<_> = with_end.filter(|(_, last)| last.is_none_or(|last| today <= last)).collect();
    found.sort_by_key(|(one, _)| Reverse(one.number));
    found
}

/// The text and of each of its annexes the established version that holds on this day, or else the newest: what would be
/// offered to begin then.
pub fn documents(
    conn: &mut Conn,
    actor: &Actor,
    text: &AgreementText,
    offered: &TextVersion,
    on: NaiveDate,
) -> QueryResult<Vec<(AgreementText, TextVersion)>> {
    let annexes: Vec<AgreementText> =
        texts(conn, actor)?.into_iter().filter(|one| one.annex_to == Some(text.id)).collect();
    let ids: Vec<i64> = annexes.iter().map(|one| one.id).collect();
    let all = versions(conn, actor, &ids)?;
    let mut found = vec![(text.clone(), offered.clone())];
    found.extend(annexes.into_iter().filter_map(|annex| {
        let established = all.iter().filter(|one| one.text_id == annex.id && one.state == TextState::Established);
        let own: Vec<TextVersion> = established.cloned().collect();
        let holds = holding_on(&own, on).or(own.iter().max_by_key(|one| one.number))?.clone();
        Some((annex, holds))
    }));
    Ok(found)
}

/// Offers it: one moment, one transaction, one mail for everybody. Answers the id of the offer.
pub fn offer(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    new: &NewOffer<'_>,
) -> Result<i64, Fault> {
    if !matches!(actor.role(), Role::ContractManager | Role::System) {
        return Err(OfferRefusal::NotYours.into());
    }
    let Some((text, version)) = version(conn, actor, new.version_id)? else {
        return Err(OfferRefusal::NotFound.into());
    };
    if version.state != TextState::Established || !text.kind.is_signed() {
        return Err(OfferRefusal::NotEstablished.into());
    }
    let chosen = chosen(conn, actor, today, &text, &version, new.providers)?;
    let gone: Vec<String> = chosen
        .iter()
        .filter(|one| one.ends.is_some_and(|last| last < new.starts_on))
        .map(|one| one.provider.name.clone())
        .collect();
    if !gone.is_empty() {
        return Err(OfferRefusal::EndBefore(gone).into());
    }
    let first = chosen.iter().any(|one| one.kind == PartyKind::First);
    let products = known_products(conn, actor, &text, new.products, first)?;
    let held = terms(conn, actor, today)?;
    let term = held.signing.begin(today, &outages::days(conn, actor)?);
    let last = version.last_day(&versions(conn, actor, &[text.id])?);
    may_begin(&version, last, &chosen, new.starts_on, today, term.due)?;
    let notice_months = new.forced.then(|| i32::try_from(held.forced_notice_months).unwrap_or(i32::MAX));
    let all = documents(conn, actor, &text, &version, new.starts_on)?;
    let tariffs = tariffs::draw_up(conn, actor, &all, &products, &chosen, new.starts_on)?;
    let documents: Vec<OfferedDocument> = all
        .into_iter()
        .filter_map(|(_, one)| Some(OfferedDocument { version_id: one.id, digest: one.established?.digest }))
        .collect();
    let id: i64 = diesel::insert_into(offer::table)
        .values((
            (offer::municipality_id.eq(actor.tenant()), offer::text_id.eq(text.id)),
            (offer::text_version_id.eq(version.id), offer::digest.eq(digest_over(&documents, tariffs.as_ref()))),
            (offer::starts_on.eq(new.starts_on), offer::silence.eq(held.silence)),
            (offer::term_rule.eq(term.rule.to_string()), offer::term_start.eq(term.start)),
            (offer::offered_at.eq(now), offer::offered_by.eq(actor.name())),
            (offer::offered_account.eq(actor.account_id()), offer::notice_months.eq(notice_months)),
            offer::tariffs.eq(tariffs.as_ref().map(|one| one.written.as_str())),
        ))
        .returning(offer::id)
        .get_result(conn)?;
    for (position, one) in (0_i32..).zip(&documents) {
        diesel::insert_into(offer_document::table)
            .values((
                (offer_document::offer_id.eq(id), offer_document::municipality_id.eq(actor.tenant())),
                (offer_document::position.eq(position), offer_document::text_version_id.eq(one.version_id)),
                offer_document::digest.eq(&one.digest),
            ))
            .execute(conn)?;
    }
    for product in products {
        diesel::insert_into(offer_product::table)
            .values((
                offer_product::offer_id.eq(id),
                offer_product::municipality_id.eq(actor.tenant()),
                offer_product::product_id.eq(product),
            ))
            .execute(conn)?;
    }
    for one in &chosen {
        let party: i64 = diesel::insert_into(offer_party::table)
            .values((
                (offer_party::municipality_id.eq(actor.tenant()), offer_party::offer_id.eq(id)),
                (offer_party::provider_id.eq(one.provider.id), offer_party::kind.eq(one.kind)),
                (offer_party::state.eq(PartyState::Offered), offer_party::version.eq(1)),
                (offer_party::changed_at.eq(now), offer_party::changed_by.eq(actor.name())),
                (offer_party::term_rule.eq(term.rule.to_string()), offer_party::term_start.eq(term.start)),
                offer_party::follows_id.eq(one.follows),
            ))
            .returning(offer_party::id)
            .get_result(conn)?;
        let at = Step { party: (party, one.provider.id), from: None, to: PartyState::Offered };
        record(conn, actor, now, at, OfferVerb::Offer, "")?;
    }
    let act = Act { action: "agreement.offer", object: &format!("offer/{id}"), result: "done", detail: &text.code };
    audit::record(conn, actor, now, act)?;
    for (whole, party) in parties(conn, actor, Wanted::Offer(id))? {
        mails::offered(conn, actor, now, &text, &whole, &party)?;
    }
    Ok(id)
}

fn chosen(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    text: &AgreementText,
    version: &TextVersion,
    wanted: &[i64],
) -> Result<Vec<Candidate>, Fault> {
    let all = candidates(conn, actor, today, text, version)?;
    let hindered = |one: &&Candidate| wanted.contains(&one.provider.id) && one.hindrance.is_some();
    let names: Vec<String> = all.iter().filter(hindered).map(|one| one.provider.name.clone()).collect();
    if !names.is_empty() {
        return Err(OfferRefusal::NotOffered(names).into());
    }
    // Who is no candidate is not of this municipality, or not admitted.
    if wanted.iter().any(|id| !all.iter().any(|one| one.provider.id == *id)) {
        return Err(OfferRefusal::NotFound.into());
    }
    let chosen: Vec<Candidate> = all.into_iter().filter(|one| wanted.contains(&one.provider.id)).collect();
    if chosen.is_empty() { Err(OfferRefusal::NobodyChosen.into()) } else { Ok(chosen) }
}

/// A deelovereenkomst allows products; what is signed beside it does not. A change keeps those of the agreement it follows:
/// only somebody's first agreement needs them.
fn known_products(
    conn: &mut Conn,
    actor: &Actor,
    text: &AgreementText,
    wanted: &[i64],
    first: bool,
) -> Result<Vec<i64>, Fault> {
    if text.kind != TextKind::Domain {
        return Ok(Vec::new());
    }
    let known: Vec<i64> = product_ids(conn, actor)?.into_values().collect();
    let mut found: Vec<i64> = wanted.iter().copied().filter(|id| known.contains(id)).collect();
    found.sort_unstable();
    found.dedup();
    if first && found.is_empty() { Err(OfferRefusal::NoProducts.into()) } else { Ok(found) }
}

/// `last` is the last day on which the version holds: the next one may have been established since.
fn may_begin(
    version: &TextVersion,
    last: Option<NaiveDate>,
    chosen: &[Candidate],
    starts_on: NaiveDate,
    today: NaiveDate,
    due: NaiveDate,
) -> Result<(), OfferRefusal> {
    let first = version.holds_from.map_or(today, |from| from.max(today));
    if starts_on < first {
        return Err(OfferRefusal::StartsBefore(first));
    }
    if let Some(last) = last.filter(|last| starts_on > *last) {
        return Err(OfferRefusal::StartsAfter(last));
    }
    // Who refuses stops the day before it begins: by then he must have had his whole term.
    let changes = chosen.iter().any(|one| one.kind == PartyKind::Change);
    if changes && starts_on <= due { Err(OfferRefusal::StartsWithinTerm(due)) } else { Ok(()) }
}

/// Takes an offer back, with a reason that the providers read. Who signed already keeps what he signed. Answers how many
/// it was taken back from.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    offer_id: i64,
    reason: &str,
) -> Result<usize, Fault> {
    if actor.role() != Role::ContractManager {
        return Err(OfferRefusal::NotYours.into());
    }
    let all = parties(conn, actor, Wanted::Offer(offer_id))?;
    let Some((whole, first)) = all.first().cloned() else { return Err(OfferRefusal::NotFound.into()) };
    if holds_bsn(reason) {
        return Err(OfferRefusal::HoldsBsn.into());
    }
    let waits = |state| matches!(state, PartyState::Offered | PartyState::Uploaded);
    let open: Vec<&(Offer, Party)> = all.iter().filter(|(_, party)| waits(party.state)).collect();
    if open.is_empty() {
        return Err(OfferRefusal::NotNow(first.state).into());
    }
    let Some((text, _)) = version(conn, actor, whole.version_id)? else { return Err(OfferRefusal::NotFound.into()) };
    for (_, party) in &open {
        let to = party.state.withdraw(actor.role(), reason)?;
        touch(conn, actor, now, party, OfferVerb::Withdraw, to, reason.trim())?;
        mails::withdrawn(conn, actor, now, &text, &whole, party)?;
    }
    diesel::update(offer::table.find(offer_id))
        .set((
            offer::withdrawn_at.eq(now),
            offer::withdrawn_by.eq(actor.name()),
            offer::withdrawn_reason.eq(reason.trim()),
        ))
        .execute(conn)?;
    Ok(open.len())
}

/// Counts the offer to one provider up and writes down what was done.
pub(super) fn touch(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    verb: OfferVerb,
    to: PartyState,
    reason: &str,
) -> QueryResult<()> {
    diesel::update(offer_party::table.find(party.id))
        .set((
            offer_party::state.eq(to),
            offer_party::version.eq(party.version + 1),
            offer_party::changed_at.eq(now),
            offer_party::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    let at = Step { party: (party.id, party.provider_id), from: Some(party.state), to };
    record(conn, actor, now, at, verb, reason)
}

struct Step {
    /// With its provider.
    party: (i64, i64),
    from: Option<PartyState>,
    to: PartyState,
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    at: Step,
    verb: OfferVerb,
    reason: &str,
) -> QueryResult<()> {
    let (party, provider) = at.party;
    diesel::insert_into(offer_history::table)
        .values((
            (offer_history::municipality_id.eq(actor.tenant()), offer_history::provider_id.eq(provider)),
            (offer_history::party_id.eq(party), offer_history::verb.eq(verb)),
            (offer_history::from_state.eq(at.from), offer_history::to_state.eq(at.to)),
            (offer_history::at.eq(now), offer_history::actor.eq(actor.name())),
            (offer_history::account_id.eq(actor.account_id()), offer_history::role.eq(actor.role())),
            offer_history::reason.eq(reason),
        ))
        .execute(conn)?;
    let object = format!("offer-party/{party}");
    let act = Act { action: "agreement.offer", object: &object, result: at.to.as_str(), detail: verb.as_str() };
    audit::record(conn, actor, now, act)
}
