//! Handing in an application (indienen): everything that must be there is there, the criteria of the day are frozen, and
//! the applicant gets a receipt. A second press of the button gives the same receipt.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use serde_json::json;

use super::drafting::form;
use super::form::{Form, Offer};
use super::receipt::{Receipt, ReceiptKind, with_key, write};
use super::review::{Asked, NewVerdict, freeze, rows, write as write_verdict};
use super::showing::{ShownEvidence, of_application, receive};
use super::store::{Fault, Move, looked_at, step};
use super::{Application, Channel, CriterionResult, CriterionState, Missing, Refusal, TermKind, Verb, mails};
use crate::actor::Actor;
use crate::db::Conn;
use crate::evidence::VersionState;
use crate::procedure::admission;
use crate::procedure::criteria::{self, CriterionVersion};
use crate::procedure::criterion::{AskMoment, Checker, Criterion, EvidenceKind};
use crate::procedure::store::terms;
use crate::schema::{application, evidence_version};

/// Hands in. `key` is the form's own (idempotency): the same key again gives the receipt that it gave the first time.
/// `paper_came_on` is the day on which paper came in; otherwise it is received today.
#[allow(clippy::too_many_arguments)]
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    application_id: i64,
    seen: i32,
    key: &str,
    paper_came_on: Option<NaiveDate>,
) -> Result<Receipt, Fault> {
    if let Some(receipt) = with_key(conn, actor, application_id, key)? {
        return Ok(receipt);
    }
    let found = looked_at(conn, actor, application_id, seen)?;
    let Some(procedure) = admission::store::find(conn, actor, found.procedure_id)? else {
        return Err(Refusal::NotFound.into());
    };
    let received_on = paper_came_on.filter(|day| found.channel == Channel::Paper && *day <= today);
    let received_on = received_on.unwrap_or(today);
    let form = form(conn, actor, found.id)?;
    let asked = asked_criteria(conn, actor, &procedure, &form.offer(), today)?;
    let shown = of_application(conn, actor, found.id)?;
    let to = found.state.submit(actor.role(), found.channel, missing(&form, found.channel, &asked, &shown))?;
    if !procedure.takes_applications(received_on) {
        return Err(Refusal::ClosedToEntry.into());
    }

    let body = written(conn, &found, &form, &asked, &shown, &procedure.details.code, received_on)?;
    let receipt = write(conn, actor, now, &found, ReceiptKind::Application, key, body)?;
    receive(conn, actor, &found, received_on)?;
    freeze_all(conn, actor, now, received_on, &found, &form, &asked, &shown)?;
    diesel::update(application::table.find(found.id))
        .set((application::submitted_at.eq(now), application::received_on.eq(received_on)))
        .execute(conn)?;
    let term = terms(conn, actor, today)?.completeness;
    let term = Some((TermKind::Completeness, term, received_on));
    let digest = Some(receipt.digest.as_str());
    step(conn, actor, now, &found, &Move { verb: Verb::Submit, to, reason: "", receipt: digest, term })?;
    mails::received(conn, actor, now, &found, &procedure, &receipt)?;
    Ok(receipt)
}

/// The criteria that an application with this offer has to do with on a day: active, of the procedure's domain, and those
/// of some products only when one of these is applied for.
pub fn asked_criteria(
    conn: &mut Conn,
    actor: &Actor,
    procedure: &admission::Procedure,
    offer: &Offer,
    on: NaiveDate,
) -> QueryResult<Vec<CriterionVersion>> {
    let mut asked = criteria::in_force(conn, actor, on)?;
    asked.retain(|one| {
        let (criterion, fits) = (&one.criterion, one.criterion.is_for(&offer.products));
        criterion.active && criterion.domains.contains(&procedure.details.domain) && fits
    });
    Ok(asked)
}

/// Whether there is something to judge for a criterion: a tick, a statement, or evidence that may be opened.
pub fn is_there(criterion: &Criterion, form: &Form, shown: &[ShownEvidence]) -> bool {
    // "Niet van toepassing", by his own answer: that is judged too.
    if form.rules_out(criterion) {
        return true;
    }
    let statements = form.statements();
    let stated = statements.statements.get(&criterion.code).is_some_and(|words| !words.trim().is_empty());
    let agreed = statements.agreed.contains(&criterion.code);
    let file = shown.iter().any(|one| one.code == criterion.code && one.state.may_be_opened());
    match criterion.evidence_kind {
        EvidenceKind::AgreementTick => agreed,
        EvidenceKind::Statement => stated || file,
        EvidenceKind::SeenNotStored | EvidenceKind::VogRegister => stated,
        EvidenceKind::Document | EvidenceKind::DocumentOrRegister | EvidenceKind::SignedForm | EvidenceKind::List => {
            file
        }
    }
}

/// What must be there at the application and is not: fields, and evidence of the criteria that are asked then. Evidence
/// that still waits for the virus scanner is not there yet.
pub fn missing(form: &Form, channel: Channel, asked: &[CriterionVersion], shown: &[ShownEvidence]) -> Vec<Missing> {
    let waits = |code: &str| shown.iter().any(|one| one.code == code && one.state == VersionState::WaitsForScan);
    let criteria = asked.iter().map(|one| &one.criterion).filter(|criterion| {
        let needed = criterion.ask == AskMoment::AtApplication && needs_something(criterion.evidence_kind);
        (needed && !is_there(criterion, form, shown)) || waits(&criterion.code)
    });
    let criteria = criteria.map(|criterion| Missing::Criterion(criterion.code.clone()));
    form.missing(channel).into_iter().chain(criteria).collect()
}

/// "Of controle door ons": without evidence the office looks in the public register itself.
pub fn looked_up_by_us(kind: EvidenceKind) -> bool {
    kind == EvidenceKind::DocumentOrRegister
}

/// The municipality looks some things up itself, or looks at them where they are.
fn needs_something(kind: EvidenceKind) -> bool {
    !looked_up_by_us(kind) && !matches!(kind, EvidenceKind::SeenNotStored | EvidenceKind::VogRegister)
}

#[allow(clippy::too_many_arguments)]
fn freeze_all(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    received_on: NaiveDate,
    found: &Application,
    form: &Form,
    asked: &[CriterionVersion],
    shown: &[ShownEvidence],
) -> QueryResult<()> {
    for one in asked {
        let handed_in = is_there(&one.criterion, form, shown);
        let row = Asked { definition_id: one.id, code: &one.criterion.code, handed_in };
        freeze(conn, actor, now, received_on, found, &row)?;
    }
    // Agreement by a tick needs nobody to look at it.
    let system = Actor::system(actor.tenant());
    for row in rows(conn, actor, &[found.id])? {
        let Some(one) = asked.iter().find(|one| one.criterion.code == row.code) else { continue };
        let ticked =
            one.criterion.evidence_kind == EvidenceKind::AgreementTick && row.state == CriterionState::HandedIn;
        if ticked && one.criterion.checked_by == Checker::Automatic {
            let new = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
            write_verdict(conn, &system, now, found, &row, CriterionState::Met, &new, &[])?;
        }
    }
    Ok(())
}

/// Everything that was handed in, to be written in one form.
fn written(
    conn: &mut Conn,
    found: &Application,
    form: &Form,
    asked: &[CriterionVersion],
    shown: &[ShownEvidence],
    procedure: &str,
    received_on: NaiveDate,
) -> QueryResult<serde_json::Value> {
    let mut steps = serde_json::Map::new();
    for (name, filled) in &form.steps {
        let value = filled.to_json().map_err(|fault| QueryError::SerializationError(fault.into()))?;
        steps.insert(name.as_str().to_owned(), value);
    }
    let criteria: Vec<_> = asked.iter().map(|one| json!({"code": one.criterion.code, "definition": one.id})).collect();
    Ok(json!({
        "format": "openhouse-application/1",
        "number": found.number.to_string(),
        "procedure": procedure,
        "channel": found.channel,
        "received_on": received_on,
        "steps": steps,
        "criteria": criteria,
        "evidence": evidence_of(conn, shown)?,
    }))
}

/// Each piece that was shown with the hash of its file.
pub(super) fn evidence_of(conn: &mut Conn, shown: &[ShownEvidence]) -> QueryResult<Vec<serde_json::Value>> {
    let ids: Vec<i64> = shown.iter().map(|one| one.version_id).collect();
    let digests: std::collections::HashMap<i64, String> = evidence_version::table
        .filter(evidence_version::id.eq_any(ids))
        .select((evidence_version::id, evidence_version::file_digest))
        .load::<(i64, String)>(conn)?
        .into_iter()
        .collect();
    let one = |one: &ShownEvidence| json!({"criterion": one.code, "version": one.version_id, "sha256": digests.get(&one.version_id)});
    Ok(shown.iter().map(one).collect())
}
