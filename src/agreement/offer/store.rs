//! Tables `offer`, `offer_document`, `offer_product`, `offer_party`, `offer_history`, `signature` and `signed_upload`, to
//! look up. A provider's people see what was offered to their own provider, and nobody else's answer.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{
    Offer, OfferRefusal, OfferVerb, OfferedDocument, Party, PartyKind, PartyState, Side, Signature, SigningWay,
    TariffAnnex, Upload, Withdrawn,
};
use crate::account::once::CodeKind;
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::procedure::outages;
use crate::procedure::terms::Silence;
use crate::schema::{offer, offer_document, offer_history, offer_party, offer_product, signature, signed_upload};
use crate::term::TermRule;

/// Why nothing was done: the offer says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(OfferRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<OfferRefusal> for Fault {
    fn from(refusal: OfferRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// Which offers are meant.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    Party(i64),
    Offer(i64),
    /// All of one text.
    Text(i64),
    In(&'a [PartyState]),
    /// What was offered to one provider.
    Provider(i64),
}

/// The offers to single providers that are meant, the newest first, each with the offer it is part of.
pub fn parties(conn: &mut Conn, actor: &Actor, wanted: Wanted<'_>) -> QueryResult<Vec<(Offer, Party)>> {
    let mut query = offer_party::table
        .inner_join(offer::table.on(offer::id.eq(offer_party::offer_id)))
        .filter(offer_party::municipality_id.eq(actor.tenant()))
        .order(offer_party::id.desc())
        .select((OfferRow::as_select(), PartyRow::as_select()))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(offer_party::provider_id.eq(own));
    }
    query = match wanted {
        Wanted::Party(id) => query.filter(offer_party::id.eq(id)),
        Wanted::Offer(id) => query.filter(offer_party::offer_id.eq(id)),
        Wanted::Text(id) => query.filter(offer::text_id.eq(id)),
        Wanted::In(states) => query.filter(offer_party::state.eq_any(states.to_vec())),
        Wanted::Provider(id) => query.filter(offer_party::provider_id.eq(id)),
    };
    let rows: Vec<(OfferRow, PartyRow)> = query.load(conn)?;
    let mut ids: Vec<i64> = rows.iter().map(|(row, _)| row.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let (mut documents, mut products) = (documents(conn, actor, &ids)?, products(conn, actor, &ids)?);
    let down = outages::days(conn, actor)?;
    let mut offers: HashMap<i64, Offer> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for (row, party) in rows {
        let id = row.id;
        let offer = match offers.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let (documents, products) = (documents.remove(&id), products.remove(&id));
                place.insert(row.offer(&down, documents.unwrap_or_default(), products.unwrap_or_default())?)
            }
        };
        found.push((offer.clone(), party.party(&down)));
    }
    Ok(found)
}

/// One offer to one provider; none when it is not this actor's.
pub fn party(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<(Offer, Party)>> {
    Ok(parties(conn, actor, Wanted::Party(id))?.pop())
}

/// The signatures under these offers, the oldest first.
pub fn signatures(conn: &mut Conn, actor: &Actor, parties: &[i64]) -> QueryResult<Vec<Signature>> {
    let mut query = signature::table
        .filter(signature::municipality_id.eq(actor.tenant()).and(signature::party_id.eq_any(parties.to_vec())))
        .order(signature::id)
        .select(SignatureRow::as_select())
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(signature::provider_id.eq(own));
    }
    let rows: Vec<SignatureRow> = query.load(conn)?;
    Ok(rows.into_iter().map(SignatureRow::signature).collect())
}

/// The files that were signed elsewhere, of one offer to one provider, the newest first.
pub fn uploads(conn: &mut Conn, actor: &Actor, party_id: i64) -> QueryResult<Vec<Upload>> {
    let mut query = signed_upload::table
        .filter(signed_upload::municipality_id.eq(actor.tenant()).and(signed_upload::party_id.eq(party_id)))
        .order(signed_upload::id.desc())
        .select(UploadRow::as_select())
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(signed_upload::provider_id.eq(own));
    }
    let rows: Vec<UploadRow> = query.load(conn)?;
    rows.into_iter().map(UploadRow::upload).collect()
}

/// What was done to one offer to one provider.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Event {
    pub verb: OfferVerb,
    pub to: PartyState,
    pub at: NaiveDateTime,
    pub actor: String,
    pub role: Role,
    pub reason: String,
}

/// Its history, the newest first.
pub fn history(conn: &mut Conn, actor: &Actor, party_id: i64) -> QueryResult<Vec<Event>> {
    let mut query = offer_history::table
        .filter(offer_history::municipality_id.eq(actor.tenant()).and(offer_history::party_id.eq(party_id)))
        .order(offer_history::id.desc())
        .select((
            offer_history::verb,
            offer_history::to_state,
            offer_history::at,
            offer_history::actor,
            offer_history::role,
            offer_history::reason,
        ))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(offer_history::provider_id.eq(own));
    }
    query.load(conn)
}

fn documents(conn: &mut Conn, actor: &Actor, offers: &[i64]) -> QueryResult<HashMap<i64, Vec<OfferedDocument>>> {
    let rows: Vec<(i64, i64, Sha256Hex)> = offer_document::table
        .filter(offer_document::municipality_id.eq(actor.tenant()))
        .filter(offer_document::offer_id.eq_any(offers.to_vec()))
        .order((offer_document::offer_id, offer_document::position))
        .select((offer_document::offer_id, offer_document::text_version_id, offer_document::digest))
        .load(conn)?;
    let mut found: HashMap<i64, Vec<OfferedDocument>> = HashMap::new();
    for (offer, version_id, digest) in rows {
        found.entry(offer).or_default().push(OfferedDocument { version_id, digest });
    }
    Ok(found)
}

fn products(conn: &mut Conn, actor: &Actor, offers: &[i64]) -> QueryResult<HashMap<i64, Vec<i64>>> {
    let rows: Vec<(i64, i64)> = offer_product::table
        .filter(offer_product::municipality_id.eq(actor.tenant()))
        .filter(offer_product::offer_id.eq_any(offers.to_vec()))
        .order((offer_product::offer_id, offer_product::product_id))
        .select((offer_product::offer_id, offer_product::product_id))
        .load(conn)?;
    let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
    for (offer, product) in rows {
        found.entry(offer).or_default().push(product);
    }
    Ok(found)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offer)]
struct OfferRow {
    id: i64,
    text_id: i64,
    text_version_id: i64,
    digest: Sha256Hex,
    starts_on: NaiveDate,
    term_rule: TermRule,
    term_start: NaiveDate,
    silence: Silence,
    notice_months: Option<i32>,
    offered_at: NaiveDateTime,
    offered_by: String,
    withdrawn_at: Option<NaiveDateTime>,
    withdrawn_by: Option<String>,
    withdrawn_reason: Option<String>,
    tariffs: Option<String>,
}

impl OfferRow {
    /// `outages` are the days on which the channel was down: they make a term longer.
    fn offer(self, outages: &[NaiveDate], documents: Vec<OfferedDocument>, products: Vec<i64>) -> QueryResult<Offer> {
        let withdrawn = self.withdrawn_at.zip(self.withdrawn_by).zip(self.withdrawn_reason);
        let tariffs = self.tariffs.map(TariffAnnex::read).transpose();
        let tariffs = tariffs.map_err(|cause| QueryError::DeserializationError(cause.into()))?;
        Ok(Offer {
            id: self.id,
            text_id: self.text_id,
            version_id: self.text_version_id,
            digest: self.digest,
            starts_on: self.starts_on,
            term: self.term_rule.begin(self.term_start, outages),
            silence: self.silence,
            notice_months: self.notice_months.and_then(|months| u32::try_from(months).ok()),
            offered_at: self.offered_at,
            offered_by: self.offered_by,
            withdrawn: withdrawn.map(|((at, by), reason)| Withdrawn { at, by, reason }),
            documents,
            products,
            tariffs,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offer_party)]
struct PartyRow {
    id: i64,
    offer_id: i64,
    provider_id: i64,
    kind: PartyKind,
    state: PartyState,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    term_rule: TermRule,
    term_start: NaiveDate,
    follows_id: Option<i64>,
    accession_id: Option<i64>,
}

impl PartyRow {
    fn party(self, outages: &[NaiveDate]) -> Party {
        Party {
            id: self.id,
            offer_id: self.offer_id,
            provider_id: self.provider_id,
            kind: self.kind,
            state: self.state,
            version: self.version,
            changed_at: self.changed_at,
            changed_by: self.changed_by,
            term: self.term_rule.begin(self.term_start, outages),
            follows: self.follows_id,
            accession: self.accession_id,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = signature)]
struct SignatureRow {
    id: i64,
    party_id: i64,
    side: Side,
    name: String,
    position: String,
    organisation: String,
    kvk: String,
    account_id: i64,
    at: NaiveDateTime,
    digest: Sha256Hex,
    way: SigningWay,
    code: Option<CodeKind>,
    signed_upload_id: Option<i64>,
}

impl SignatureRow {
    fn signature(self) -> Signature {
        Signature {
            id: self.id,
            party_id: self.party_id,
            side: self.side,
            name: self.name,
            position: self.position,
            organisation: self.organisation,
            kvk: self.kvk,
            account_id: self.account_id,
            at: self.at,
            digest: self.digest,
            way: self.way,
            code: self.code,
            upload: self.signed_upload_id,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = signed_upload)]
struct UploadRow {
    id: i64,
    party_id: i64,
    provider_id: i64,
    evidence_version_id: i64,
    received_at: NaiveDateTime,
    received_by: String,
    received_account: i64,
    found: String,
    position: String,
    signed_on: Option<NaiveDate>,
}

impl UploadRow {
    fn upload(self) -> QueryResult<Upload> {
        Ok(Upload {
            id: self.id,
            party_id: self.party_id,
            provider_id: self.provider_id,
            version_id: self.evidence_version_id,
            at: self.received_at,
            by: self.received_by,
            account_id: self.received_account,
            position: self.position,
            signed_on: self.signed_on,
            found: serde_json::from_str(&self.found).map_err(|cause| QueryError::DeserializationError(cause.into()))?,
        })
    }
}
