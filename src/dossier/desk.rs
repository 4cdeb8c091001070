//! The work queue of a municipality (werkvoorraad): what waits for us, what waits for the provider, and what is near, each
//! with its term.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::recheck::{Expiring, expired, expiring};
use super::review::{CriterionRow, rows};
use super::store::all;
use super::{Application, ApplicationState, TermKind, Verb};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::store::terms;
use crate::provider::access::{self, AccessRequest};
use crate::provider::{self, Provider};
use crate::term::Term;

/// The queue, in three groups; in each the soonest term first, and what has none last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// "Bij u"
    pub ours: Vec<Item>,
    /// "Bij de aanbieder"
    pub theirs: Vec<Item>,
    /// "Binnenkort"
    pub soon: Vec<Item>,
    /// Requests for access that this actor may answer.
    pub access: Vec<AccessRequest>,
}

/// One line: one application, and what there is to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub work: Work,
    pub application: Application,
    pub provider: Provider,
    /// Since when it waits so.
    pub since: NaiveDate,
    pub term: Option<(TermKind, Term)>,
    /// Whether it is for the actor's own role; the others of his municipality he may look at.
    pub for_you: bool,
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A new application: is it complete?
    TakeUp,
    /// Criteria that wait for a verdict: so many.
    Judge(usize),
    /// Every criterion has a result: advise.
    Advise,
    Decide,
    /// The supplement did not come in time: set it aside, or not.
    SetAside,
    /// A kort geding runs.
    AwaitJudgment,
    /// During the agreement: so many criteria with new evidence.
    Recheck(usize),
    /// The provider has a supplement to hand in.
    Supplement,
    /// Evidence expired: so many pieces, and no successor.
    Renew(usize),
    /// A refusal whose term of legal protection runs.
    LegalProtection,
    /// Evidence that ends soon: so many pieces.
    Expires(usize),
}

impl Work {
    /// The roles that do it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Work::TakeUp => Verb::TakeUp.roles(),
            Work::Judge(_) | Work::Recheck(_) => &[Role::Assessor, Role::ContractManager, Role::PrivacyOfficer],
            Work::Advise => Verb::Advise.roles(),
            Work::Decide => Verb::Admit.roles(),
            Work::SetAside => Verb::SetAside.roles(),
            Work::AwaitJudgment => Verb::Reopen.roles(),
            Work::Supplement | Work::Renew(_) | Work::LegalProtection | Work::Expires(_) => &[],
        }
    }
}

/// The queue of the actor's municipality. Twelve queries, whatever the number of applications. For a provider's person
/// it is empty.
pub fn queue(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Desk> {
    if actor.own_provider().is_some() {
        return Ok(Desk::default());
    }
    let applications = all(conn, actor, &[])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let mut criteria: HashMap<i64, Vec<CriterionRow>> = HashMap::new();
    for row in rows(conn, actor, &ids)? {
        criteria.entry(row.application_id).or_default().push(row);
    }
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let mut desk = Desk { access: access::waiting(conn, actor)?, ..Desk::default() };
    let line = |work: Work, application: &Application, since: NaiveDate| {
        let provider = providers.get(&application.provider_id)?.clone();
        let for_you = work.roles().contains(&actor.role());
        Some(Item { work, application: application.clone(), provider, since, term: application.term, for_you })
    };
    for application in &applications {
        let own = criteria.get(&application.id).map_or(&[][..], Vec::as_slice);
        let waiting: Vec<&CriterionRow> = own.iter().filter(|row| row.state.waits_for_a_verdict()).collect();
        let since = wall_clock(application.changed_at).date();
        match application.state {
            ApplicationState::Submitted => {
                let since = application.received_on.unwrap_or(since);
                desk.ours.extend(line(Work::TakeUp, application, since));
            }
            ApplicationState::UnderReview if waiting.is_empty() => {
                desk.ours.extend(line(Work::Advise, application, since));
            }
            ApplicationState::UnderReview => {
                let since = waiting.iter().filter_map(|row| row.waits_since).min().unwrap_or(since);
                desk.ours.extend(line(Work::Judge(waiting.len()), application, since));
            }
            ApplicationState::Advised => desk.ours.extend(line(Work::Decide, application, since)),
            ApplicationState::SupplementAsked => match application.term {
                Some((_, term)) if term.is_over(today) => {
                    desk.ours.extend(line(Work::SetAside, application, term.due));
                }
                _ => desk.theirs.extend(line(Work::Supplement, application, since)),
            },
            ApplicationState::InCourt => desk.ours.extend(line(Work::AwaitJudgment, application, since)),
            ApplicationState::Refused => desk.soon.extend(line(Work::LegalProtection, application, since)),
            ApplicationState::Admitted if !waiting.is_empty() => {
                let since = waiting.iter().filter_map(|row| row.waits_since).min().unwrap_or(since);
                desk.ours.extend(line(Work::Recheck(waiting.len()), application, since));
            }
            _ => {}
        }
    }
    for Expiring { application, criteria } in expired(conn, actor)? {
        let since = criteria.first().map_or(today, |(_, end)| *end);
        desk.theirs.extend(line(Work::Renew(criteria.len()), &application, since));
    }
    let days = terms(conn, actor, today)?.evidence_days.iter().copied().max().unwrap_or(0);
    for Expiring { application, criteria } in expiring(conn, actor, today, days)? {
        let ends = criteria.first().map_or(today, |(_, end)| *end);
        desk.soon.extend(line(Work::Expires(criteria.len()), &application, ends));
    }
    for group in [&mut desk.ours, &mut desk.theirs, &mut desk.soon] {
        group.sort_by_key(|item| (item.term.map_or(item.since, |(_, term)| term.due), item.application.number));
    }
    Ok(desk)
}

/// How many lines wait for this actor himself: the number in the menu.
pub fn counts(desk: &Desk) -> usize {
    desk.ours.iter().filter(|item| item.for_you).count() + desk.access.len()
}
