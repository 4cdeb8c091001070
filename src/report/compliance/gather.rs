//! Gathering a dossier report (dossierrapport verzamelen), as the dossier stands now.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::{AgreementLine, CriterionLine, EvidenceLine, Material, RefusalLine, StepLine};
use crate::actor::Actor;
use crate::agreement;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::decision::{Outcome, decisions};
use crate::dossier::mails::office_path;
use crate::dossier::timeline::{self, What};
use crate::dossier::{Application, CriterionResult, ends, review, showing, told};
use crate::procedure::admission;
use crate::provider;
use crate::report::letter::gather::Sender;

/// The report on an application that the actor may see; for the municipality alone, as it holds what its people said
/// among themselves.
pub fn material(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    now: NaiveDateTime,
    found: &Application,
) -> diesel::QueryResult<Option<Material>> {
    if actor.own_provider().is_some() {
        return Ok(None);
    }
    let Some(provider) = provider::store::find_by_id(conn, actor, found.provider_id)? else { return Ok(None) };
    let Some(procedure) = admission::store::find(conn, actor, found.procedure_id)? else { return Ok(None) };
    let refused = decisions(conn, actor, found.id)?.into_iter().filter(|one| one.outcome == Outcome::Refused);
    let refusals = refused.map(|one| RefusalLine {
        decided_on: one.decided_on,
        remedy: one.remedy,
        court: one.court,
        due: one.term.map(|term| term.due),
    });
    let agreements = agreement::store::of(conn, actor, &[provider.id])?.into_iter().map(|one| AgreementLine {
        number: one.number,
        version: one.version,
        from: one.active_from,
        until: one.active_until,
    });
    Ok(Some(Material {
        municipality: sender.municipality.to_owned(),
        provider: provider.name,
        kvk: provider.kvk,
        application: found.number,
        procedure: procedure.details.name,
        state: found.state,
        received_on: found.received_on,
        made_on: Amsterdam.from_utc_datetime(&now).fixed_offset(),
        page_url: format!("{}{}/dossierrapport", sender.public_url, office_path(found.number)),
        told: told::versions(conn, actor, found)?,
        names: told::names(conn, actor, wall_clock(now).date())?,
        criteria: criteria(conn, actor, found, wall_clock(now).date())?,
        steps: steps(conn, actor, found)?,
        refusals: refusals.rev().collect(),
        agreements: agreements.collect(),
    }))
}

fn criteria(
    conn: &mut Conn,
    actor: &Actor,
    found: &Application,
    today: NaiveDate,
) -> diesel::QueryResult<Vec<CriterionLine>> {
    let verdicts = review::verdicts(conn, actor, &[found.id])?;
    let shown = showing::of_application(conn, actor, found.id)?;
    let rows = review::of_application(conn, actor, found.id)?.into_iter();
    let line = |(row, criterion): (review::CriterionRow, crate::procedure::criterion::Criterion)| {
        let last = verdicts.get(&row.id).and_then(|all| all.first());
        let seen = last.map(|verdict| verdict.looked_at());
        let received = shown.iter().filter(|one| one.code == row.code && one.received_on.is_some());
        // What came after the verdict is told apart: no dates of one version beside the end or the verdict of another.
        let (pieces, later): (Vec<_>, Vec<_>) =
            received.partition(|one| seen.as_ref().is_none_or(|seen| seen.contains(&one.version_id)));
        let newest = pieces.last();
        // The day of the verdict; without one that of the evidence, under the rule of the criterion.
        let valid_until = row.holds_until.or_else(|| ends::of_evidence(&criterion, pieces.iter().copied(), today));
        let meets = |result| result == CriterionResult::Met;
        CriterionLine {
            name: criterion.name,
            state: row.state,
            kind: criterion.evidence_kind,
            evidence: newest.map(|one| EvidenceLine { dated: one.document_date, received_on: one.received_on }),
            others: pieces.len().saturating_sub(1),
            newer: later.iter().filter_map(|one| one.received_on).max(),
            valid_until,
            judged: last.map(|one| (wall_clock(one.judged_at), one.role)),
            reason: last.filter(|one| !meets(one.result)).map(|one| one.reason.clone()).unwrap_or_default(),
            code: row.code,
        }
    };
    Ok(rows.map(line).collect())
}

fn steps(conn: &mut Conn, actor: &Actor, found: &Application) -> diesel::QueryResult<Vec<StepLine>> {
    let mut events = timeline::of(conn, actor, found.id)?;
    events.reverse();
    let words = |event: timeline::Event| match event.what {
        // The reason of a verdict stands at its criterion.
        What::Step { .. } => event.reason,
        _ => String::new(),
    };
    let line = |event: timeline::Event| {
        let (at, role, what) = (wall_clock(event.at), event.role, event.what.clone());
        StepLine { at, role, what, words: words(event) }
    };
    Ok(events.into_iter().map(line).collect())
}
