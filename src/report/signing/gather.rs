//! Gathering a certificate (bewijs verzamelen): from what was kept of both signatures. It is gathered as the house itself,
//! after it was seen that the actor may have it.

use chrono::TimeZone;
use chrono_tz::Europe::Amsterdam;
use diesel::prelude::*;
use i18n_embed_fl::fl;

use super::paper::Paper;
use super::{Certificate, Signed, SignedFile};
use crate::actor::Actor;
use crate::agreement::offer::store::{party, signatures, uploads};
use crate::agreement::offer::{OfferVerb, PartyKind, PartyState, Side, TariffAnnex, uploading};
use crate::agreement::text::store::version;
use crate::agreement::web::reading::Door;
use crate::db::Conn;
use crate::evidence::store::open_shown;
use crate::provider;
use crate::report::agreement;
use crate::report::letter::gather::Sender;
use crate::schema::{accession, audit_event, municipality};
use crate::text::{Bilingual, Lang};

/// The text that was signed with its annexes, and its certificate; none before both did, and none for who may not see it.
pub fn agreement_of(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    party_id: i64,
) -> QueryResult<Option<(Paper, Certificate)>> {
    whole(conn, actor, sender, party_id, PartyState::Signed)
}

/// The same while the provider can still sign, to be signed elsewhere.
pub fn to_sign(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    party_id: i64,
) -> QueryResult<Option<(Paper, Certificate)>> {
    whole(conn, actor, sender, party_id, PartyState::Offered)
}

fn whole(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    party_id: i64,
    state: PartyState,
) -> QueryResult<Option<(Paper, Certificate)>> {
    let seen = party(conn, actor, party_id)?.filter(|(_, one)| one.state == state);
    let Some((offer, one)) = seen else { return Ok(None) };
    let door = if actor.own_provider().is_some() { Door::Mine } else { Door::Office };
    let mut all = Vec::with_capacity(offer.documents.len());
    for document in &offer.documents {
        let Some((text, version)) = version(conn, actor, document.version_id)? else { return Ok(None) };
        let page = door.version(&text.code, version.number);
        all.extend(agreement::gather::material(conn, actor, sender, &text.code, version.number, &page)?);
    }
    // One that is not there is not left out of what was signed: then there is no paper.
    if all.is_empty() || all.len() != offer.documents.len() {
        return Ok(None);
    }
    let text = all.remove(0);
    let delivers = match one.follows.filter(|_| one.kind == PartyKind::Change) {
        Some(follows) => crate::agreement::store::products(conn, actor, follows)?,
        None => Vec::new(),
    };
    let own = offer.tariffs.as_ref().map(|annex| annex.only(&delivers)).unwrap_or_default();
    let own = own.into_iter().map(|line| line.name.nl.clone()).collect();
    let paper = Paper { text, annexes: all, tariffs: offer.tariffs.clone(), own };
    Ok(certified(conn, actor, party_id, state)?.map(|certificate| (paper, certificate)))
}

/// The certificate, when both signed and the actor may see the offer.
pub fn certificate(conn: &mut Conn, actor: &Actor, party_id: i64) -> QueryResult<Option<Certificate>> {
    certified(conn, actor, party_id, PartyState::Signed)
}

/// What is known of an offer in this state; before anybody signed it has no signatures.
fn certified(conn: &mut Conn, actor: &Actor, party_id: i64, state: PartyState) -> QueryResult<Option<Certificate>> {
    let seen = party(conn, actor, party_id)?.filter(|(_, one)| one.state == state);
    let Some((offer, one)) = seen else { return Ok(None) };
    let house = Actor::system(actor.tenant());
    let Some((text, of_offer)) = version(conn, &house, offer.version_id)? else { return Ok(None) };
    let mut documents = Vec::new();
    for document in &offer.documents {
        let found = version(conn, &house, document.version_id)?;
        documents.extend(found.map(|(text, version)| (text.title, Some(version.number), document.digest.to_string())));
    }
    let tariffs = |annex: &TariffAnnex| {
        let title = |lang: Lang| fl!(lang.texts(), "offer-tariffs");
        (Bilingual { nl: title(Lang::Nl), en: title(Lang::En) }, None, annex.digest.to_string())
    };
    documents.extend(offer.tariffs.as_ref().map(tariffs));
    let mut signed = Vec::new();
    for signature in signatures(conn, &house, &[one.id])? {
        let verb = match (signature.side, signature.upload) {
            (Side::Municipality, _) => OfferVerb::Countersign,
            (Side::Provider, None) => OfferVerb::Sign,
            (Side::Provider, Some(_)) => OfferVerb::Accept,
        };
        let mut file = None;
        if let Some(id) = signature.upload
            && let Some(upload) = uploads(conn, &house, one.id)?.into_iter().find(|upload| upload.id == id)
        {
            let version = open_shown(conn, uploading::shown(&upload))?;
            let brought_by = match upload.position.as_str() {
                "" => upload.by,
                position => format!("{}, {position}", upload.by),
            };
            file = version.map(|version| SignedFile {
                digest: version.file.to_string(),
                found: upload.found,
                brought_by,
                signed_on: upload.signed_on,
            });
        }
        signed.push(Signed { line: line(conn, &house, one.id, verb)?, signature, file });
    }
    let last = signed.iter().map(|one| one.signature.at).max().unwrap_or(offer.offered_at);
    let agreed: Option<(String, chrono::NaiveDate)> = match one.accession {
        Some(id) => accession::table
            .filter(accession::id.eq(id).and(accession::municipality_id.eq(house.tenant())))
            .select((accession::number, accession::active_from))
            .first(conn)
            .optional()?,
        None => None,
    };
    let Some(provider) = provider::store::find_by_id(conn, &house, one.provider_id)? else { return Ok(None) };
    let kvk = signed.iter().map(|one| one.signature.kvk.as_str()).find(|kvk| !kvk.is_empty());
    let kvk = kvk.unwrap_or(provider.kvk.as_str()).to_owned();
    Ok(Some(Certificate {
        party: one.id,
        starts_on: agreed.as_ref().map_or(offer.starts_on, |(_, from)| *from),
        number: agreed.map(|(number, _)| number),
        municipality: municipality::table.find(house.tenant()).select(municipality::name).first(conn)?,
        provider: provider.name,
        kvk,
        title: text.title,
        version: of_offer.number,
        documents,
        digest: offer.digest.to_string(),
        signatures: signed,
        made_on: Amsterdam.from_utc_datetime(&last).fixed_offset(),
    }))
}

/// The hash of the newest line of the audit about this act.
fn line(conn: &mut Conn, house: &Actor, party_id: i64, verb: OfferVerb) -> QueryResult<String> {
    audit_event::table
        .filter(audit_event::municipality_id.eq(house.tenant()))
        .filter(audit_event::object.eq(format!("offer-party/{party_id}")))
        .filter(audit_event::detail.eq(verb.as_str()))
        .order(audit_event::id.desc())
        .select(audit_event::hash)
        .first(conn)
}
