//! What an assessor has before him (werkbank): the criteria that wait for a verdict, in one order, so that previous and next
//! stay within the filter; and one criterion laid beside that of all other providers.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::criterion::may_judge;
use super::holds::{Holds, evidence_holds};
use super::review::{CriterionRow, Wanted, rows_of};
use super::showing::{ShownEvidence, of_applications};
use super::store::all;
use super::{Application, ApplicationState, CriterionResult, CriterionState, TermKind};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::criteria;
use crate::procedure::criterion::{Checker, Criterion};
use crate::provider::{self, Provider};
use crate::term::Term;

/// What is looked for; empty means all that waits for a verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The code of a criterion.
    pub code: Option<String>,
    pub provider_id: Option<i64>,
    pub checker: Option<Checker>,
    /// Without these only what waits for a verdict.
    pub states: Vec<CriterionState>,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub row: CriterionRow,
    pub criterion: Criterion,
    pub application: Application,
    pub provider: Provider,
}

impl Entry {
    /// Whether a verdict on it is this actor's to give.
    pub fn is_for(&self, actor: &Actor) -> bool {
        may_judge(CriterionResult::Met, self.criterion.checked_by, actor.role())
    }

    /// The term under which it waits; during the agreement there is none.
    pub fn term(&self) -> Option<(TermKind, Term)> {
        self.application.term
    }
}

/// The queue under a filter: the soonest term first, then by number of the application and code. Six queries.
pub fn queue(conn: &mut Conn, actor: &Actor, filter: &Filter) -> QueryResult<Vec<Entry>> {
    // What was not taken up yet cannot be judged, so it is in no row.
    let applications = all(conn, actor, &[ApplicationState::UnderReview, ApplicationState::Admitted])?;
    let states = if filter.states.is_empty() { &CriterionState::WAITING[..] } else { &filter.states };
    let mut entries = entries(conn, actor, applications, Wanted::In(states))?;
    entries.retain(|entry| {
        filter.code.as_ref().is_none_or(|code| *code == entry.row.code)
            && filter.provider_id.is_none_or(|id| id == entry.row.provider_id)
            && filter.checker.is_none_or(|checker| checker == entry.criterion.checked_by)
    });
    entries.sort_by_key(|entry| {
        let due = entry.application.term.map_or(NaiveDate::MAX, |(_, term)| term.due);
        (due, entry.application.number, entry.row.code.clone())
    });
    Ok(entries)
}

/// The place of one criterion in a queue: the ids before and after it, and its number, from one. A criterion that left
/// the queue, as it was just judged, keeps the place it had: `next` is then what stands there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub number: usize,
    pub all: usize,
    pub previous: Option<i64>,
    pub next: Option<i64>,
}

pub fn place(queue: &[Entry], entry: &Entry) -> Place {
    let key = |entry: &Entry| {
        let due = entry.application.term.map_or(NaiveDate::MAX, |(_, term)| term.due);
        (due, entry.application.number, entry.row.code.clone())
    };
    let own = key(entry);
    let before = queue.iter().filter(|one| key(one) < own).count();
    let there = queue.get(before).is_some_and(|one| one.row.id == entry.row.id);
    let after = if there { before + 1 } else { before };
    Place {
        number: before + 1,
        all: queue.len(),
        previous: before.checked_sub(1).map(|at| queue[at].row.id),
        next: queue.get(after).map(|one| one.row.id),
    }
}

/// One line: the criterion with its application and provider; none when it is not the actor's to see.
pub fn entry(conn: &mut Conn, actor: &Actor, criterion_id: i64) -> QueryResult<Option<Entry>> {
    let Some(row) = super::review::find(conn, actor, criterion_id)? else { return Ok(None) };
    let Some(found) = super::store::find_by_id(conn, actor, row.application_id)? else { return Ok(None) };
    Ok(entries(conn, actor, vec![found], Wanted::Of(&row.code))?.pop())
}

/// One criterion with one provider, with what its evidence holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    pub entry: Entry,
    /// Of everything that was handed in for it, the one that holds longest; none without evidence.
    pub holds: Option<Holds>,
}

/// The same criterion over all providers, alphabetical: for comparing, and for a verdict on many at once. Seven queries.
pub fn across(conn: &mut Conn, actor: &Actor, today: NaiveDate, code: &str) -> QueryResult<Vec<Across>> {
    let under = [
        ApplicationState::Submitted,
        ApplicationState::UnderReview,
        ApplicationState::SupplementAsked,
        ApplicationState::Advised,
        ApplicationState::Admitted,
    ];
    let applications = all(conn, actor, &under)?;
    let mut entries = entries(conn, actor, applications, Wanted::Of(code))?;
    entries.sort_by(|one, other| {
        let name = |entry: &Entry| crate::written::plain(&entry.provider.name);
        (name(one), one.application.number).cmp(&(name(other), other.application.number))
    });
    let ids: Vec<i64> = entries.iter().map(|entry| entry.application.id).collect();
    let shown = of_applications(conn, actor, &ids)?;
    let across = |entry: Entry| {
        let rule = &entry.criterion.evidence_valid;
        let of_it = |one: &&ShownEvidence| one.application_id == entry.application.id && one.code == code;
        let own = shown.iter().filter(of_it).filter(|one| !one.is_replaced(&shown));
        let holds = own.map(|one| {
            let received = one.received_on.unwrap_or(today);
            evidence_holds(rule, one.document_date, one.valid_until, received, today, None)
        });
        let holds = holds.max_by_key(|holds| (holds.counts(), holds.until().unwrap_or(NaiveDate::MAX)));
        Across { entry, holds }
    };
    Ok(entries.into_iter().map(across).collect())
}

fn entries(
    conn: &mut Conn,
    actor: &Actor,
    applications: Vec<Application>,
    wanted: Wanted<'_>,
) -> QueryResult<Vec<Entry>> {
    // A provider has no workbench: it reads in its own list what it was told.
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let rows = rows_of(conn, actor, &ids, wanted)?;
    let definitions: Vec<i64> = rows.iter().map(|row| row.definition_id).collect();
    let definitions = criteria::by_id(conn, actor, &definitions)?;
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let applications: HashMap<i64, Application> = applications.into_iter().map(|one| (one.id, one)).collect();
    let entry = |row: CriterionRow| {
        let criterion = definitions.get(&row.definition_id)?.clone();
        let application = applications.get(&row.application_id)?.clone();
        let provider = providers.get(&row.provider_id)?.clone();
        Some(Entry { row, criterion, application, provider })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}
