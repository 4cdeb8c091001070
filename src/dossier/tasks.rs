//! The list of one dossier (takenlijst): the steps of the form and every criterion, with where it stands and what is asked.
//! A provider sees the same verdicts as the municipality, but not before they are told: with a request for a supplement,
//! with the decision, and during the agreement.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::drafting::form;
use super::form::{Form, Step};
use super::holds::{Holds, evidence_holds};
use super::review::{self, CriterionRow, Verdict};
use super::showing::{self, ShownEvidence};
use super::submit::{asked_criteria, is_there, looked_up_by_us};
use super::supplement::{SupplementRequest, open_request};
use super::{Application, ApplicationState, CriterionState, Missing, Part};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::procedure::admission;
use crate::procedure::criterion::{AskMoment, Criterion};

/// A whole dossier, to be laid on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskList {
    pub form: Form,
    /// What every step still misses.
    pub steps: Vec<StepTask>,
    pub criteria: Vec<CriterionTask>,
    /// The request that waits for a supplement.
    pub request: Option<SupplementRequest>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTask {
    pub step: Step,
    pub missing: Vec<Missing>,
    /// It may be changed now.
    pub open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionTask {
    pub criterion: Criterion,
    /// None in a draft: the criteria are frozen when it is handed in.
    pub row: Option<CriterionRow>,
    /// As the one who looks may know it.
    pub state: CriterionState,
    /// The newest first; none that was not told yet.
    pub verdicts: Vec<Verdict>,
    pub shown: Vec<ShownCheck>,
    /// There is something to judge.
    pub is_there: bool,
    /// By the applicant's own answers it is not about him (niet van toepassing).
    pub ruled_out: bool,
    /// What the municipality asks of it now.
    pub asked: Option<String>,
    /// Evidence may be shown for it now.
    pub open: bool,
    /// The provider is admitted, and this is asked before it may start.
    pub before_start: bool,
}

/// Evidence with what the rule says of its days: on the day of receipt, and today while it was not handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCheck {
    pub evidence: ShownEvidence,
    pub holds: Holds,
    /// A newer version of it was shown: it stands last, and nothing is checked of it any more.
    pub replaced: bool,
}

/// Who has to do something with a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Ready,
    Provider,
    Municipality,
    Later,
}

/// How far a dossier is: `9 of 14 are ready`, split into whose turn it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub all: usize,
    pub ready: usize,
    pub with_provider: usize,
    pub with_municipality: usize,
    /// Asked on request, before the start or during the agreement, and not now.
    pub later: usize,
}

impl TaskList {
    pub fn progress(&self) -> Progress {
        let mut progress = Progress { all: self.criteria.len(), ..Progress::default() };
        for task in &self.criteria {
            match task.turn() {
                Turn::Ready => progress.ready += 1,
                Turn::Municipality => progress.with_municipality += 1,
                Turn::Later => progress.later += 1,
                Turn::Provider => progress.with_provider += 1,
            }
        }
        progress
    }
}

impl CriterionTask {
    /// Who has to do something with it now.
    pub fn turn(&self) -> Turn {
        match self.state {
            state if state.is_good() => Turn::Ready,
            state if state.waits_for_a_verdict() => Turn::Municipality,
            // Judged: what comes of it is the municipality's to decide, until it asks for a supplement.
            CriterionState::NotMet if !self.open_now() => Turn::Municipality,
            CriterionState::Open if self.is_there => Turn::Ready,
            _ if self.is_looked_up() => Turn::Municipality,
            _ if self.comes_later() => Turn::Later,
            _ => Turn::Provider,
        }
    }

    /// Not asked now, but before the start, during the agreement or on request: nobody has anything to do with it yet.
    pub fn comes_later(&self) -> bool {
        let later = self.criterion.ask != AskMoment::AtApplication && self.state == CriterionState::Open;
        later && !self.is_there && !self.is_looked_up() && !self.open_now()
    }

    /// "Wij zoeken dit zelf op": the municipality looks in the register, once the application was handed in.
    pub fn is_looked_up(&self) -> bool {
        let ours = looked_up_by_us(self.criterion.evidence_kind) && self.criterion.ask == AskMoment::OnRequest;
        ours && self.row.is_some() && self.state == CriterionState::Open && !self.is_there && !self.open_now()
    }

    fn open_now(&self) -> bool {
        self.asked.is_some() || self.before_start
    }
}

/// The list of one application; none when it is not the actor's to see. `term_until` is the last day of the agreement,
/// where there is one. Thirteen queries, whatever the number of criteria.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    found: &Application,
    term_until: Option<NaiveDate>,
) -> QueryResult<TaskList> {
    let form = form(conn, actor, found.id)?;
    let request = open_request(conn, actor, found.id)?;
    let shown = showing::of_application(conn, actor, found.id)?;
    let criteria: Vec<(Option<CriterionRow>, Criterion)> = match found.submitted_at {
        Some(_) => review::of_application(conn, actor, found.id)?
            .into_iter()
            .map(|(row, criterion)| (Some(row), criterion))
            .collect(),
        None => match admission::store::find(conn, actor, found.procedure_id)? {
            Some(procedure) => asked_criteria(conn, actor, &procedure, &form.offer(), today)?
                .into_iter()
                .map(|one| (None, one.criterion))
                .collect(),
            None => Vec::new(),
        },
    };
    let mut verdicts = review::verdicts(conn, actor, &[found.id])?;
    let told = told(conn, actor, found)?;
    let is_asked = |part: &Part| {
        let items = request.iter().flat_map(|request| &request.items);
        items.into_iter().find(|(asked, _)| asked == part).map(|(_, words)| words.clone())
    };
    let draft = found.state == ApplicationState::Draft;
    let criteria = criteria
        .into_iter()
        .map(|(row, criterion)| {
            let mut verdicts = row.as_ref().and_then(|row| verdicts.remove(&row.id)).unwrap_or_default();
            let own: Vec<ShownEvidence> = shown.iter().filter(|one| one.code == criterion.code).cloned().collect();
            let is_there = is_there(&criterion, &form, &own);
            let ruled_out = form.rules_out(&criterion);
            let kept = row.as_ref().map(|row| row.state);
            // What the program itself found is no secret.
            let automatic = verdicts.first().is_some_and(|verdict| verdict.role == Role::System);
            let state = match (kept, told) {
                (Some(state), Some(until)) if !automatic => {
                    verdicts.retain(|verdict| verdict.judged_at <= until);
                    as_told(state, row.as_ref(), until)
                }
                (Some(state), _) => state,
                (None, _) => CriterionState::Open,
            };
            let row = row.map(|row| CriterionRow { state, ..row });
            // "Akkoord en toelichting" has no page of its own: it is answered at the criteria that are agreed to or explained.
            let said = criterion.evidence_kind.is_said();
            let asked = is_asked(&Part::Criterion(criterion.code.clone()))
                .or_else(|| is_asked(&Part::Step(Step::Statements)).filter(|_| said));
            let renewable =
                found.state == ApplicationState::Admitted && kept.is_some_and(|state| state.hand_in().is_ok());
            let open = draft || renewable || asked.is_some();
            let check = |evidence: ShownEvidence| {
                let (received, rule) = (evidence.received_on.unwrap_or(today), &criterion.evidence_valid);
                let holds =
                    evidence_holds(rule, evidence.document_date, evidence.valid_until, received, today, term_until);
                let replaced = evidence.is_replaced(&shown);
                ShownCheck { evidence, holds, replaced }
            };
            let mut shown: Vec<ShownCheck> = own.into_iter().map(check).collect();
            shown.sort_by_key(|one| one.replaced);
            let before_start = found.state == ApplicationState::Admitted
                && criterion.ask == AskMoment::BeforeStart
                && matches!(state, CriterionState::Open | CriterionState::RepairAsked);
            CriterionTask { criterion, row, state, verdicts, shown, is_there, ruled_out, asked, open, before_start }
        })
        .collect();
    let missing = form.missing(found.channel);
    let steps = Step::ALL
        .iter()
        .map(|step| StepTask {
            step: *step,
            missing: missing.iter().filter(|one| matches!(one, Missing::Field(of, _) if of == step)).cloned().collect(),
            open: draft || is_asked(&Part::Step(*step)).is_some(),
        })
        .collect();
    Ok(TaskList { form, steps, criteria, request })
}

/// Until when verdicts were told to the one who looks; none for the municipality, which sees all.
fn told(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<Option<chrono::NaiveDateTime>> {
    if actor.own_provider().is_none() || found.state == ApplicationState::Admitted {
        return Ok(None);
    }
    let asked = super::supplement::requests(conn, actor, found.id)?.first().map(|request| request.asked_at);
    let decided = super::decision::decisions(conn, actor, found.id)?.first().map(|decision| decision.decided_at);
    Ok(Some(asked.max(decided).unwrap_or(chrono::NaiveDateTime::MIN)))
}

/// A verdict that was not told yet reads as under review.
fn as_told(state: CriterionState, row: Option<&CriterionRow>, until: chrono::NaiveDateTime) -> CriterionState {
    let judged = !matches!(state, CriterionState::Open | CriterionState::HandedIn | CriterionState::UnderReview);
    match row {
        Some(row) if judged && row.changed_at > until => CriterionState::UnderReview,
        _ => state,
    }
}
