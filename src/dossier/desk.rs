//! The work queue of a municipality (werkvoorraad): what waits for us, what waits for the provider, and what is near, each
//! with its term.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::criterion::may_judge;
use super::eyes::{interests, looked_at_by};
use super::recheck::{Expiring, expired, expiring};
use super::review::{CriterionRow, Wanted, rows_of, waiting_on};
use super::store::all;
use super::{Application, ApplicationState, CriterionResult, CriterionState, TermKind, Verb, before_start, told};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::admission::{self, Procedure};
use crate::procedure::criteria;
use crate::procedure::criterion::Checker;
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
    /// Procedures that somebody else proposed, for this actor to publish.
    pub to_publish: Vec<Procedure>,
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
    /// Whether it is for the actor's own role, and he has no reason to stand aside; the others of his municipality he may
    /// look at.
    pub for_you: bool,
    /// The applicant tells of a reason to exclude it (uitsluitingsgrond).
    pub exclusion: bool,
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
    /// Admitted, and so many criteria are still asked before the start.
    BeforeStart(usize),
    /// Evidence expired: so many pieces, and no successor.
    Renew(usize),
    /// A refusal whose term of legal protection runs.
    LegalProtection,
    /// Evidence that ends soon: so many pieces.
    Expires(usize),
}

impl Work {
    /// Of what is judged per criterion there is something to do only for who may judge one of them.
    fn has_some(self, own: usize) -> bool {
        !matches!(self, Work::Judge(_) | Work::Recheck(_)) || own > 0
    }

    /// The same with the number of criteria that somebody may judge himself.
    fn of(self, own: usize) -> Work {
        match self {
            Work::Judge(_) => Work::Judge(own),
            Work::Recheck(_) => Work::Recheck(own),
            other => other,
        }
    }

    /// The roles that do it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Work::TakeUp => Verb::TakeUp.roles(),
            Work::Judge(_) | Work::Recheck(_) => &[Role::Assessor, Role::ContractManager, Role::PrivacyOfficer],
            Work::Advise => Verb::Advise.roles(),
            Work::Decide => Verb::Admit.roles(),
            Work::SetAside => Verb::SetAside.roles(),
            Work::AwaitJudgment => Verb::Reopen.roles(),
            Work::Supplement | Work::BeforeStart(_) | Work::Renew(_) | Work::LegalProtection | Work::Expires(_) => &[],
        }
    }
}

/// Which of the criteria that wait an actor may judge: an assessor all, others those of which they are the judge.
enum JudgedBy {
    All,
    Only(HashSet<i64>),
}

impl JudgedBy {
    fn of(conn: &mut Conn, actor: &Actor, definitions: impl Iterator<Item = i64>) -> QueryResult<JudgedBy> {
        let may = |checker: &Checker| may_judge(CriterionResult::Met, *checker, actor.role());
        match (Checker::ALL.iter().all(may), Checker::ALL.iter().any(may)) {
            (true, _) => Ok(JudgedBy::All),
            (false, false) => Ok(JudgedBy::Only(HashSet::new())),
            (false, true) => {
                let known = criteria::by_id(conn, actor, &definitions.collect::<Vec<_>>())?.into_iter();
                Ok(JudgedBy::Only(known.filter(|(_, one)| may(&one.checked_by)).map(|(id, _)| id).collect()))
            }
        }
    }

    fn actor(&self, definition: i64) -> bool {
        match self {
            JudgedBy::All => true,
            JudgedBy::Only(known) => known.contains(&definition),
        }
    }
}

/// What keeps an actor from work that his role could do.
struct Aside {
    interests: HashSet<i64>,
    looked_at: HashSet<i64>,
}

impl Aside {
    fn of(conn: &mut Conn, actor: &Actor, today: NaiveDate, applications: &[Application]) -> QueryResult<Aside> {
        let decides = Work::Decide.roles().contains(&actor.role());
        let advised = applications.iter().filter(|one| decides && one.state == ApplicationState::Advised);
        let advised: Vec<i64> = advised.map(|one| one.id).collect();
        let looked_at = if advised.is_empty() { HashSet::new() } else { looked_at_by(conn, actor, &advised)? };
        Ok(Aside { interests: interests(conn, actor, today)?, looked_at })
    }

    fn leaves(&self, actor: &Actor, work: Work, application: &Application) -> bool {
        let decided = work == Work::Decide && self.looked_at.contains(&application.id);
        work.roles().contains(&actor.role()) && !decided && !self.interests.contains(&application.provider_id)
    }
}

/// The queue of the actor's municipality. Twenty queries, for who judges some criteria
/// only one more, whatever the number of applications. For a provider's person
/// it is empty.
pub fn queue(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Desk> {
    if actor.own_provider().is_some() {
        return Ok(Desk::default());
    }
    let applications = all(conn, actor, &[])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let mut waits: HashMap<i64, Vec<CriterionRow>> = HashMap::new();
    let waiting = rows_of(conn, actor, &ids, Wanted::In(&CriterionState::WAITING))?;
    let judged_by = JudgedBy::of(conn, actor, waiting.iter().map(|row| row.definition_id))?;
    for row in waiting {
        waits.entry(row.application_id).or_default().push(row);
    }
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let (access, to_publish) = (access::waiting(conn, actor)?, admission::store::to_publish(conn, actor)?);
    let mut desk = Desk { access, to_publish, ..Desk::default() };
    let aside = Aside::of(conn, actor, today, &applications)?;
    let excluded = told::with_exclusion_ground(conn, actor, &ids)?;
    let line = |work: Work, application: &Application, since: NaiveDate| {
        let provider = providers.get(&application.provider_id)?.clone();
        let waiting = waits.get(&application.id).map_or(&[][..], Vec::as_slice);
        let own = waiting.iter().filter(|row| judged_by.actor(row.definition_id)).count();
        let for_you = aside.leaves(actor, work, application) && work.has_some(own);
        let (work, exclusion) = (if for_you { work.of(own) } else { work }, excluded.contains(&application.id));
        let application = application.clone();
        Some(Item { work, term: application.term, application, provider, since, for_you, exclusion })
    };
    for application in &applications {
        let waiting = waits.get(&application.id).map_or(&[][..], Vec::as_slice);
        let changed = wall_clock(application.changed_at).date();
        if let Some(work) = our_work(application.state, is_over(application, today), waiting.len()) {
            let since = match work {
                Work::TakeUp => application.received_on,
                Work::Judge(_) | Work::Recheck(_) => waiting.iter().filter_map(|row| row.waits_since).min(),
                Work::SetAside => application.term.map(|(_, term)| term.due),
                _ => None,
            };
            desk.ours.extend(line(work, application, since.unwrap_or(changed)));
        } else if application.state == ApplicationState::SupplementAsked {
            desk.theirs.extend(line(Work::Supplement, application, changed));
        } else if application.state == ApplicationState::Refused {
            // The day that comes: the last one of the term, not the one on which it began.
            let comes = application.term.map_or(changed, |(_, term)| term.due);
            desk.soon.extend(line(Work::LegalProtection, application, comes));
        }
    }
    let admitted: Vec<&Application> = applications.iter().collect();
    for (id, asked) in before_start::asked(conn, actor, &admitted)? {
        let application = applications.iter().find(|one| one.id == id);
        let item = application.and_then(|one| line(Work::BeforeStart(asked.criteria.len()), one, asked.term.start));
        desk.theirs.extend(item.map(|item| Item { term: Some((TermKind::BeforeStart, asked.term)), ..item }));
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

/// What the municipality has to do with an application, of which so many criteria wait for a verdict.
fn our_work(state: ApplicationState, term_is_over: bool, waiting: usize) -> Option<Work> {
    match state {
        ApplicationState::Submitted => Some(Work::TakeUp),
        ApplicationState::UnderReview if waiting == 0 => Some(Work::Advise),
        ApplicationState::UnderReview => Some(Work::Judge(waiting)),
        ApplicationState::Advised => Some(Work::Decide),
        ApplicationState::SupplementAsked if term_is_over => Some(Work::SetAside),
        ApplicationState::InCourt => Some(Work::AwaitJudgment),
        ApplicationState::Admitted if waiting > 0 => Some(Work::Recheck(waiting)),
        _ => None,
    }
}

fn is_over(application: &Application, today: NaiveDate) -> bool {
    application.term.is_some_and(|(_, term)| term.is_over(today))
}

/// How many lines wait for this actor himself.
pub fn counts(desk: &Desk) -> usize {
    desk.ours.iter().filter(|item| item.for_you).count() + desk.access.len() + desk.to_publish.len()
}

/// The same without the lines themselves, for the number in the menu of every page: at most seven queries, and none for a
/// role that has no work here. For a provider's administrator it counts the requests for access.
pub fn waiting_for(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<usize> {
    let is_mine = |work: Option<Work>| work.is_some_and(|work| work.roles().contains(&actor.role()));
    let mine = |state: &ApplicationState| is_mine(our_work(*state, true, 0)) || is_mine(our_work(*state, true, 1));
    let states: Vec<ApplicationState> = ApplicationState::ALL.iter().copied().filter(mine).collect();
    let besides = access::waiting(conn, actor)?.len() + admission::store::to_publish(conn, actor)?.len();
    if actor.own_provider().is_some() || states.is_empty() {
        return Ok(besides);
    }
    let applications = all(conn, actor, &states)?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let waiting = waiting_on(conn, actor, &ids)?;
    let judged_by = JudgedBy::of(conn, actor, waiting.iter().map(|(_, definition)| *definition))?;
    let aside = Aside::of(conn, actor, today, &applications)?;
    let mine = |one: &&Application| {
        let waits = || waiting.iter().filter(|(id, _)| *id == one.id);
        let own = waits().filter(|(_, definition)| judged_by.actor(*definition)).count();
        let work = our_work(one.state, is_over(one, today), waits().count());
        work.is_some_and(|work| aside.leaves(actor, work, one) && work.has_some(own))
    };
    Ok(applications.iter().filter(mine).count() + besides)
}
