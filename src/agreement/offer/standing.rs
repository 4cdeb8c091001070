//! Who stands where with a text (stand van zaken): every provider that was admitted or works under it, under which version
//! it works, and what was offered to it. In alphabetical order and nothing that ranks.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{Wanted, parties};
use super::{Offer, Party, PartyState};
use crate::actor::Actor;
use crate::agreement::life::LifeState;
use crate::agreement::text::store::{texts, versions};
use crate::agreement::text::{AgreementText, TextKind};
use crate::agreement::{self, Accession, life};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::register;
use crate::procedure::admission;
use crate::provider::{self, Provider};
use crate::schema::{accession, offer, offer_party};

/// One provider and one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub provider: Provider,
    /// Admitted under the procedure of the text.
    pub admitted: bool,
    /// The accessions under the text that have not ended, the oldest first. One that was over before it could begin is none.
    pub accessions: Vec<Accession>,
    /// The newest version that both sides signed, of a text that makes no accession.
    pub signed: Option<Signed>,
    /// How its last agreement under the text ended; none while one runs or is still to begin.
    pub ended: Option<Ended>,
    /// What still waits for somebody.
    pub open: Option<(Offer, Party)>,
    /// The newest offer, whatever became of it.
    pub newest: Option<(Offer, Party)>,
}

/// A version, and the day on which the second of both signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    pub version: i32,
    pub on: NaiveDate,
}

/// An agreement that is over (beëindigd, ontbonden).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub number: String,
    /// Whether it ended by itself or was dissolved.
    pub state: LifeState,
    /// Its last day.
    pub on: NaiveDate,
}

impl Standing {
    /// What it works under on this day.
    pub fn works_under(&self, today: NaiveDate) -> Option<&Accession> {
        self.accessions.iter().filter(|one| one.covers(today)).max_by_key(|one| one.version)
    }

    /// The accession that a change would follow: the last one, begun or not.
    pub fn newest_accession(&self) -> Option<&Accession> {
        self.accessions.iter().max_by_key(|one| (one.version, one.active_from))
    }

    pub fn newest_version(&self) -> Option<i32> {
        self.newest_accession().map(|one| one.version).max(self.signed.map(|one| one.version))
    }
}

/// Every provider with something to do with this text.
pub fn standings(conn: &mut Conn, actor: &Actor, today: NaiveDate, text: &AgreementText) -> QueryResult<Vec<Standing>> {
    let procedure = admission::store::find(conn, actor, text.procedure_id)?.map(|one| one.details.code);
    let admitted: Vec<i64> = register::of(conn, actor)?
        .into_iter()
        .filter(|one| Some(&one.procedure_code) == procedure.as_ref())
        .map(|one| one.provider_id)
        .collect();
    let mut all: HashMap<i64, Vec<Accession>> = HashMap::new();
    for one in accessions_of(conn, actor, text)? {
        all.entry(one.provider_id).or_default().push(one);
    }
    let over: HashMap<(i64, String), LifeState> =
        life::store::all(conn, actor, &[LifeState::Ended, LifeState::Dissolved])?
            .into_iter()
            .map(|one| ((one.provider_id, one.number), one.state))
            .collect();
    let numbers: HashMap<i64, i32> =
        versions(conn, actor, &[text.id])?.into_iter().map(|one| (one.id, one.number)).collect();
    let mut offers: HashMap<i64, Vec<(Offer, Party)>> = HashMap::new();
    for (offer, party) in parties(conn, actor, Wanted::Text(text.id))? {
        offers.entry(party.provider_id).or_default().push((offer, party));
    }
    let providers = provider::store::all(conn, actor)?;
    let concerned =
        |one: &Provider| admitted.contains(&one.id) || all.contains_key(&one.id) || offers.contains_key(&one.id);
    let concerned: Vec<Provider> = providers.into_iter().filter(concerned).collect();
    Ok(concerned
        .into_iter()
        .map(|provider| {
            let mine = offers.remove(&provider.id).unwrap_or_default();
            let known = all.remove(&provider.id).unwrap_or_default();
            let runs = |one: &&Accession| {
                one.active_until.is_none_or(|last| last >= today && last >= one.active_from)
                    && !over.contains_key(&(one.provider_id, one.number.clone()))
            };
            let accessions: Vec<Accession> = known.iter().filter(runs).cloned().collect();
            Standing {
                admitted: admitted.contains(&provider.id),
                ended: if accessions.is_empty() { ended(&known, &over) } else { None },
                accessions,
                signed: signed(&mine, &numbers),
                open: mine.iter().find(|(_, party)| party.state.is_open()).cloned(),
                newest: mine.first().cloned(),
                provider,
            }
        })
        .collect())
}

/// Of a text that makes no accession. The last act on what both signed was the signature of the second.
fn signed(offers: &[(Offer, Party)], numbers: &HashMap<i64, i32>) -> Option<Signed> {
    let both = offers.iter().filter(|(_, party)| party.state == PartyState::Signed && party.accession.is_none());
    let signed = both.filter_map(|(offer, party)| {
        Some(Signed { version: *numbers.get(&offer.version_id)?, on: wall_clock(party.changed_at).date() })
    });
    signed.max_by_key(|one| one.version)
}

/// The agreement that ended last. Its last version may have been over before it began, and has its last day all the same.
fn ended(known: &[Accession], over: &HashMap<(i64, String), LifeState>) -> Option<Ended> {
    let last = known.iter().max_by_key(|one| one.active_until)?;
    let state = over.get(&(last.provider_id, last.number.clone())).copied().unwrap_or(LifeState::Ended);
    Some(Ended { number: last.number.clone(), state, on: last.active_until? })
}

/// The accessions under a text: those that were signed through an offer of it, and for the first deelovereenkomst of the
/// municipality those too that came in otherwise, from a list of its own.
fn accessions_of(conn: &mut Conn, actor: &Actor, text: &AgreementText) -> QueryResult<Vec<Accession>> {
    if text.kind != TextKind::Domain {
        return Ok(Vec::new());
    }
    let first = texts(conn, actor)?.iter().filter(|one| one.kind == TextKind::Domain).map(|one| one.id).min();
    let signed: Vec<(String, i64)> = offer_party::table
        .inner_join(offer::table.on(offer::id.eq(offer_party::offer_id)))
        .inner_join(accession::table.on(accession::id.nullable().eq(offer_party::accession_id)))
        .filter(offer_party::municipality_id.eq(actor.tenant()))
        .select((accession::number, offer::text_id))
        .load(conn)?;
    let by_number: HashMap<String, i64> = signed.into_iter().collect();
    let providers: Vec<i64> = provider::store::all(conn, actor)?.into_iter().map(|one| one.id).collect();
    let all = agreement::store::of(conn, actor, &providers)?;
    let belongs = |one: &Accession| by_number.get(&one.number).map_or(first == Some(text.id), |id| *id == text.id);
    Ok(all.into_iter().filter(belongs).collect())
}
