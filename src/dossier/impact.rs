//! What a new version of a criterion would do (gevolgen van een nieuwe eis): which admitted providers meet it by evidence
//! that the municipality received already, and who would not. Looked at before it is published; it decides nothing.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ApplicationState;
use super::holds::{Holds, evidence_holds};
use super::showing::{ShownEvidence, of_applications};
use super::store::all;
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::admission;
use crate::procedure::criterion::Criterion;
use crate::provider::{self, Provider};

/// What it would be for one admitted provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    pub provider: Provider,
    pub application_id: i64,
    /// The evidence that holds longest under the new rule; none when nothing was ever shown for this criterion.
    pub best: Option<(ShownEvidence, Holds)>,
}

impl Impact {
    /// Whether it would still be met on the day it comes into force. Whether the content still does, a person judges.
    pub fn is_met(&self) -> bool {
        self.best.as_ref().is_some_and(|(_, holds)| holds.counts())
    }
}

/// Lays a new version beside the evidence of every provider that was admitted in one of its domains, alphabetical, on the
/// first day of its validity. A criterion with a new code was never shown anything for, so nobody meets it. Four queries.
pub fn preview(conn: &mut Conn, actor: &Actor, new: &Criterion) -> QueryResult<Vec<Impact>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let mut applications = all(conn, actor, &[ApplicationState::Admitted])?;
    let procedures = admission::store::all(conn, actor)?;
    applications.retain(|one| {
        let procedure = procedures.iter().find(|procedure| procedure.id == one.procedure_id);
        procedure.is_some_and(|procedure| new.domains.contains(&procedure.details.domain))
    });
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let shown = of_applications(conn, actor, &ids)?;
    let on = new.valid.from();
    let mut of_provider: HashMap<i64, i64> = HashMap::new();
    for one in &applications {
        of_provider.insert(one.provider_id, one.id);
    }
    let providers: Vec<Provider> = provider::store::all(conn, actor)?;
    let impact = |provider: Provider| {
        let application_id = *of_provider.get(&provider.id)?;
        let own = shown.iter().filter(|one| one.provider_id == provider.id && one.code == new.code);
        let holds = own.filter_map(|one| Some((one, one.received_on?))).map(|(one, received)| {
            let rule = &new.evidence_valid;
            (one.clone(), evidence_holds(rule, one.document_date, one.valid_until, received, on, None))
        });
        let best = holds.max_by_key(|(_, holds)| (holds.counts(), holds.until().unwrap_or(NaiveDate::MAX)));
        Some(Impact { provider, application_id, best })
    };
    Ok(providers.into_iter().filter_map(impact).collect())
}
