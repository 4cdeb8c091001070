//! Gathering a certificate (bewijs verzamelen): from what was kept of both signatures. It is gathered as the house itself,
//! after it was seen that the actor may have it.

use chrono::TimeZone;
use chrono_tz::Europe::Amsterdam;
use diesel::prelude::*;

use super::{Certificate, Signed};
use crate::actor::Actor;
use crate::agreement::offer::store::{party, signatures, uploads};
use crate::agreement::offer::{OfferVerb, PartyState, Side, uploading};
use crate::agreement::text::store::version;
use crate::agreement::web::reading::Door;
use crate::db::Conn;
use crate::evidence::store::open_shown;
use crate::provider;
use crate::report::agreement::{self, Material};
use crate::report::letter::gather::Sender;
use crate::schema::{accession, audit_event, municipality};

/// The text that was signed, and its certificate; none before both did, and none for who may not see it.
pub fn agreement_of(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    party_id: i64,
) -> QueryResult<Option<(Material, Certificate)>> {
    let seen = party(conn, actor, party_id)?.filter(|(_, one)| one.state == PartyState::Signed);
    let Some((offer, _)) = seen else { return Ok(None) };
    let Some((text, version)) = version(conn, actor, offer.version_id)? else { return Ok(None) };
    let door = if actor.own_provider().is_some() { Door::Mine } else { Door::Office };
    let page = door.version(&text.code, version.number);
    let material = agreement::gather::material(conn, actor, sender, &text.code, version.number, &page)?;
    Ok(material.zip(certificate(conn, actor, party_id)?))
}

/// The certificate, when both signed and the actor may see the offer.
pub fn certificate(conn: &mut Conn, actor: &Actor, party_id: i64) -> QueryResult<Option<Certificate>> {
    let seen = party(conn, actor, party_id)?.filter(|(_, one)| one.state == PartyState::Signed);
    let Some((offer, one)) = seen else { return Ok(None) };
    let house = Actor::system(actor.tenant());
    let Some((text, of_offer)) = version(conn, &house, offer.version_id)? else { return Ok(None) };
    let mut documents = Vec::new();
    for document in &offer.documents {
        let found = version(conn, &house, document.version_id)?;
        documents.extend(found.map(|(text, version)| (text.title, version.number, document.digest.to_string())));
    }
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
            file = version.map(|version| (version.file.to_string(), upload.found));
        }
        signed.push(Signed { line: line(conn, &house, one.id, verb)?, signature, file });
    }
    let Some(last) = signed.iter().map(|one| one.signature.at).max() else { return Ok(None) };
    let agreed: Option<(String, chrono::NaiveDate)> = match one.accession {
        Some(id) => accession::table
            .filter(accession::id.eq(id).and(accession::municipality_id.eq(house.tenant())))
            .select((accession::number, accession::active_from))
            .first(conn)
            .optional()?,
        None => None,
    };
    let provider = provider::store::find_by_id(conn, &house, one.provider_id)?;
    Ok(Some(Certificate {
        party: one.id,
        starts_on: agreed.as_ref().map_or(offer.starts_on, |(_, from)| *from),
        number: agreed.map(|(number, _)| number),
        municipality: municipality::table.find(house.tenant()).select(municipality::name).first(conn)?,
        provider: provider.map(|one| one.name).unwrap_or_default(),
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
