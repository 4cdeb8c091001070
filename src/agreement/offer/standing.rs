//! Who stands where with a text (stand van zaken): every provider that was admitted or works under it, under which version
//! it works, and what was offered to it. In alphabetical order and nothing that ranks.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{Wanted, parties};
use super::{Offer, Party, PartyState};
use crate::actor::Actor;
use crate::agreement::text::store::{texts, versions};
use crate::agreement::text::{AgreementText, TextKind};
use crate::agreement::{self, Accession};
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
    /// The accessions under the text that have not ended, the oldest first.
    pub accessions: Vec<Accession>,
    /// The highest version that both sides signed, of a text that makes no accession.
    pub signed: Option<i32>,
    /// What still waits for somebody.
    pub open: Option<(Offer, Party)>,
    /// The newest offer, whatever became of it.
    pub newest: Option<(Offer, Party)>,
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
        self.newest_accession().map(|one| one.version).max(self.signed)
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
    let mut accessions: HashMap<i64, Vec<Accession>> = HashMap::new();
    for one in accessions_of(conn, actor, text)? {
        if one.active_until.is_none_or(|last| last >= today) {
            accessions.entry(one.provider_id).or_default().push(one);
        }
    }
    let numbers: HashMap<i64, i32> =
        versions(conn, actor, &[text.id])?.into_iter().map(|one| (one.id, one.number)).collect();
    let mut offers: HashMap<i64, Vec<(Offer, Party)>> = HashMap::new();
    for (offer, party) in parties(conn, actor, Wanted::Text(text.id))? {
        offers.entry(party.provider_id).or_default().push((offer, party));
    }
    let providers = provider::store::all(conn, actor)?;
    let concerned =
        |one: &Provider| admitted.contains(&one.id) || accessions.contains_key(&one.id) || offers.contains_key(&one.id);
    let concerned: Vec<Provider> = providers.into_iter().filter(concerned).collect();
    Ok(concerned
        .into_iter()
        .map(|provider| {
            let mine = offers.remove(&provider.id).unwrap_or_default();
            let signed =
                mine.iter().filter(|(_, party)| party.state == PartyState::Signed && party.accession.is_none());
            Standing {
                admitted: admitted.contains(&provider.id),
                accessions: accessions.remove(&provider.id).unwrap_or_default(),
                signed: signed.filter_map(|(offer, _)| numbers.get(&offer.version_id).copied()).max(),
                open: mine.iter().find(|(_, party)| party.state.is_open()).cloned(),
                newest: mine.first().cloned(),
                provider,
            }
        })
        .collect())
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
