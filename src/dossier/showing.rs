//! Table `shown_evidence`: which version of which evidence was shown for which criterion (bewijs tonen). The file stays
//! the provider's; each municipality receives it for itself, on its own day, when it is handed in.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::drafting::may_edit;
use super::review::{criterion_row, hand_in_criterion};
use super::store::{Fault, find_by_id};
use super::{Application, ApplicationState, Part, Refusal};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::evidence::{Shown, VersionState};
use crate::schema::{evidence, evidence_version, shown_evidence};

/// Evidence that was shown for a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ShownEvidence {
    pub id: i64,
    pub application_id: i64,
    pub provider_id: i64,
    /// Of the criterion.
    pub code: String,
    pub version_id: i64,
    pub shown_at: NaiveDateTime,
    /// The municipality's own day of receipt; none while it was not handed in.
    pub received_on: Option<NaiveDate>,
    pub shown_by: String,
    /// Of the document, as the provider told them.
    pub document_date: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub title: String,
    pub state: VersionState,
    /// The piece that it is a version of.
    pub evidence_id: i64,
}

impl ShownEvidence {
    /// A newer version of the same piece was shown for the same criterion: that one counts.
    pub fn is_replaced(&self, all: &[ShownEvidence]) -> bool {
        let newer = |one: &ShownEvidence| one.evidence_id == self.evidence_id && self.version_id < one.version_id;
        all.iter().any(|one| newer(one) && one.application_id == self.application_id && one.code == self.code)
    }
}

/// Shows a version for a criterion; the same version for other criteria, procedures and municipalities too. In a draft
/// and a supplement it waits to be handed in; during the agreement it is received at once, as the successor of what
/// expires. Showing what is shown already changes nothing.
pub fn show(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    application_id: i64,
    code: &str,
    version_id: i64,
) -> Result<(), Fault> {
    let Some(found) = find_by_id(conn, actor, application_id)? else { return Err(Refusal::NotFound.into()) };
    let successor = found.state == ApplicationState::Admitted;
    if !successor {
        may_edit(conn, actor, &found, &Part::Criterion(code.to_owned()))?;
    } else if !actor.role().is_of_provider() {
        return Err(Refusal::NotYours.into());
    }
    usable(conn, &found, version_id)?;
    let shown = of_application(conn, actor, application_id)?;
    if shown.iter().any(|one| one.code == code && one.version_id == version_id) {
        return Ok(());
    }
    let row = match successor {
        true => match criterion_row(conn, actor, application_id, code)? {
            Some(row) => {
                row.state.hand_in()?;
                Some(row)
            }
            None => return Err(Refusal::NotFound.into()),
        },
        false => None,
    };
    diesel::insert_into(shown_evidence::table)
        .values((
            shown_evidence::municipality_id.eq(actor.tenant()),
            shown_evidence::provider_id.eq(found.provider_id),
            shown_evidence::application_id.eq(application_id),
            shown_evidence::code.eq(code),
            shown_evidence::evidence_version_id.eq(version_id),
            shown_evidence::shown_at.eq(now),
            shown_evidence::received_on.eq(successor.then_some(today)),
            shown_evidence::shown_by.eq(actor.name()),
        ))
        .execute(conn)?;
    if let Some(row) = row {
        hand_in_criterion(conn, actor, now, today, &row)?;
    }
    let object = format!("application/{}/criterion/{code}", found.number);
    let detail = format!("evidence-version/{version_id}");
    let act = Act { action: "application.show", object: &object, result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// Takes back what was shown, as long as it was not handed in.
pub fn take_back(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, shown_id: i64) -> Result<(), Fault> {
    let found: Option<(i64, String)> = shown_evidence::table
        .filter(shown_evidence::id.eq(shown_id).and(shown_evidence::municipality_id.eq(actor.tenant())))
        .filter(shown_evidence::received_on.is_null().and(shown_evidence::taken_back_at.is_null()))
        .select((shown_evidence::application_id, shown_evidence::code))
        .first(conn)
        .optional()?;
    let Some((application_id, code)) = found else { return Err(Refusal::NotFound.into()) };
    let Some(found) = find_by_id(conn, actor, application_id)? else { return Err(Refusal::NotFound.into()) };
    may_edit(conn, actor, &found, &Part::Criterion(code.clone()))?;
    diesel::update(shown_evidence::table.find(shown_id)).set(shown_evidence::taken_back_at.eq(now)).execute(conn)?;
    let object = format!("application/{}/criterion/{code}", found.number);
    let act = Act { action: "application.take_back", object: &object, result: "done", detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// What is shown with one application, in order of criterion and receipt. The municipality sees what was handed in.
pub fn of_application(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<ShownEvidence>> {
    of_applications(conn, actor, &[application_id])
}

/// The same of many applications at once.
pub fn of_applications(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<Vec<ShownEvidence>> {
    let mut query = shown_evidence::table
        .inner_join(evidence_version::table.on(evidence_version::id.eq(shown_evidence::evidence_version_id)))
        .inner_join(evidence::table.on(evidence::id.eq(evidence_version::evidence_id)))
        .filter(shown_evidence::municipality_id.eq(actor.tenant()))
        .filter(shown_evidence::application_id.eq_any(applications.to_vec()))
        .filter(shown_evidence::taken_back_at.is_null())
        .into_boxed();
    query = match actor.own_provider() {
        Some(own) => query.filter(shown_evidence::provider_id.eq(own)),
        None => {
            let paper = crate::schema::application::table
                .filter(crate::schema::application::municipality_id.eq(actor.tenant()))
                .filter(crate::schema::application::channel.eq(super::Channel::Paper))
                .select(crate::schema::application::id);
            query.filter(shown_evidence::received_on.is_not_null().or(shown_evidence::application_id.eq_any(paper)))
        }
    };
    query
        .order((shown_evidence::application_id, shown_evidence::code, shown_evidence::id))
        .select((
            shown_evidence::id,
            shown_evidence::application_id,
            shown_evidence::provider_id,
            shown_evidence::code,
            shown_evidence::evidence_version_id,
            shown_evidence::shown_at,
            shown_evidence::received_on,
            shown_evidence::shown_by,
            evidence_version::document_date,
            evidence_version::valid_until,
            evidence::title,
            evidence_version::state,
            evidence::id,
        ))
        .load(conn)
}

/// The proof that the actor may open a version: it is his own, or it was shown to his municipality and handed in. With
/// it `evidence::store::open_shown` gives the version itself.
pub fn proof(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<Option<Shown>> {
    let shown: Option<i64> = match actor.own_provider() {
        Some(own) => evidence_version::table
            .filter(evidence_version::id.eq(version_id).and(evidence_version::provider_id.eq(own)))
            .select(evidence_version::provider_id)
            .first(conn)
            .optional()?,
        None => shown_evidence::table
            .filter(shown_evidence::municipality_id.eq(actor.tenant()))
            .filter(shown_evidence::evidence_version_id.eq(version_id))
            .filter(shown_evidence::received_on.is_not_null())
            .select(shown_evidence::provider_id)
            .first(conn)
            .optional()?,
    };
    Ok(shown.map(|provider_id| Shown { provider_id, version_id }))
}

/// What waits to be handed in is received on this day.
pub(super) fn receive(conn: &mut Conn, actor: &Actor, found: &Application, on: NaiveDate) -> QueryResult<()> {
    diesel::update(shown_evidence::table)
        .filter(shown_evidence::municipality_id.eq(actor.tenant()))
        .filter(shown_evidence::application_id.eq(found.id))
        .filter(shown_evidence::received_on.is_null().and(shown_evidence::taken_back_at.is_null()))
        .set(shown_evidence::received_on.eq(on))
        .execute(conn)?;
    Ok(())
}

/// Of the same provider, not withdrawn, and not found infected. Whether a file waits for its scan shows when it is
/// handed in.
fn usable(conn: &mut Conn, found: &Application, version_id: i64) -> Result<(), Fault> {
    let state: Option<VersionState> = evidence_version::table
        .inner_join(evidence::table.on(evidence::id.eq(evidence_version::evidence_id)))
        .filter(evidence_version::id.eq(version_id).and(evidence_version::provider_id.eq(found.provider_id)))
        .filter(evidence::withdrawn_at.is_null())
        .select(evidence_version::state)
        .first(conn)
        .optional()?;
    match state {
        None => Err(Refusal::NotFound.into()),
        Some(VersionState::Infected) => Err(Refusal::EvidenceNotUsable.into()),
        Some(_) => Ok(()),
    }
}
