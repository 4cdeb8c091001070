//! Tables `application_criterion` and `criterion_verdict`: the review per criterion (beoordeling). Who is at work on it is
//! shown to others and keeps nobody out; of two who judge the same criterion the second gets both versions.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::asking::never_asked;
pub(super) use super::moving::{Asked, freeze, hand_in_criterion, move_criterion};
use super::showing::{ShownEvidence, of_applications};
use super::store::{Fault, find_by_id, visible};
use super::{Application, ApplicationState, CriterionResult, CriterionState, Refusal, ends, eyes};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::criterion::Criterion;
use crate::procedure::{criteria, store::terms};
use crate::schema::{application, application_criterion, criterion_verdict};

/// One criterion of one application, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = application_criterion)]
pub struct CriterionRow {
    pub id: i64,
    pub application_id: i64,
    pub provider_id: i64,
    /// The version of the criterion that was in force on the day of submission.
    pub definition_id: i64,
    pub code: String,
    pub state: CriterionState,
    /// Counts up with every change; sent along with a verdict.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// The last day on which `met` holds.
    pub holds_until: Option<NaiveDate>,
    /// Since when it waits to be judged.
    pub waits_since: Option<NaiveDate>,
    pub claimed_by: Option<String>,
    pub claimed_account: Option<i64>,
    pub claimed_at: Option<NaiveDateTime>,
    pub claimed_until: Option<NaiveDateTime>,
}

impl CriterionRow {
    /// "Bezig door wie, sinds wanneer": somebody else who is at work on it now.
    pub fn at_work(&self, actor: &Actor, now: NaiveDateTime) -> Option<(&str, NaiveDateTime)> {
        let until = self.claimed_until.filter(|until| now < *until)?;
        let mine = self.claimed_account.is_some() && self.claimed_account == actor.account_id();
        match (self.claimed_by.as_deref(), self.claimed_at) {
            (Some(by), Some(since)) if !mine && until > since => Some((by, since)),
            _ => None,
        }
    }
}

/// A verdict (oordeel); it is never changed, a newer one is added.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Verdict {
    pub id: i64,
    pub criterion_id: i64,
    /// Of the criterion, after it.
    pub version: i32,
    pub result: CriterionResult,
    pub reason: String,
    pub holds_until: Option<NaiveDate>,
    pub judged_at: NaiveDateTime,
    pub judged_by: String,
    pub role: Role,
    /// The versions of evidence that were looked at, as a JSON list.
    pub evidence: String,
}

impl Verdict {
    /// The ids of the versions of evidence that it is about.
    pub fn looked_at(&self) -> Vec<i64> {
        serde_json::from_str(&self.evidence).unwrap_or_default()
    }
}

/// What somebody finds of a criterion, before it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewVerdict<'a> {
    pub result: CriterionResult,
    pub reason: &'a str,
    /// The last day on which it holds; for `met` alone, and without one as long as the evidence does (`ends`).
    pub holds_until: Option<NaiveDate>,
}

/// What came of judging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// The version the criterion has now.
    Done(i32),
    /// Somebody judged it, or handed something in, meanwhile. Nothing was written.
    Theirs(Box<Theirs>),
}

/// What stands there now, to lay beside one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    pub row: CriterionRow,
    /// The other's verdict, when it was one that came between.
    pub verdict: Option<Verdict>,
}

/// The criteria of an application in the order of their codes, each with the version that was frozen.
pub fn of_application(
    conn: &mut Conn,
    actor: &Actor,
    application_id: i64,
) -> QueryResult<Vec<(CriterionRow, Criterion)>> {
    let rows = rows(conn, actor, &[application_id])?;
    let ids: Vec<i64> = rows.iter().map(|row| row.definition_id).collect();
    let mut known = criteria::by_id(conn, actor, &ids)?;
    Ok(rows.into_iter().filter_map(|row| known.remove(&row.definition_id).map(|criterion| (row, criterion))).collect())
}

/// The rows of many applications at once, by application and code.
pub fn rows(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<Vec<CriterionRow>> {
    rows_of(conn, actor, applications, Wanted::All)
}

/// Which rows are asked for: a list over all providers reads no more of them than it shows.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    All,
    In(&'a [CriterionState]),
    Of(&'a str),
    /// Those whose evidence ends on this day or before.
    EndingBy(NaiveDate),
}

pub fn rows_of(
    conn: &mut Conn,
    actor: &Actor,
    applications: &[i64],
    wanted: Wanted<'_>,
) -> QueryResult<Vec<CriterionRow>> {
    let seen: Vec<i64> =
        visible(actor).filter(application::id.eq_any(applications.to_vec())).select(application::id).load(conn)?;
    let mut query = application_criterion::table
        .filter(application_criterion::municipality_id.eq(actor.tenant()))
        .filter(application_criterion::application_id.eq_any(seen))
        .into_boxed();
    query = match wanted {
        Wanted::All => query,
        Wanted::In(states) => query.filter(application_criterion::state.eq_any(states.to_vec())),
        Wanted::Of(code) => query.filter(application_criterion::code.eq(code.to_owned())),
        Wanted::EndingBy(day) => query.filter(application_criterion::holds_until.le(day)),
    };
    query
        .order((application_criterion::application_id, application_criterion::code))
        .select(CriterionRow::as_select())
        .load(conn)
}

/// The application and the definition of every criterion that waits for a verdict.
pub(super) fn waiting_on(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<Vec<(i64, i64)>> {
    application_criterion::table
        .filter(application_criterion::municipality_id.eq(actor.tenant()))
        .filter(application_criterion::application_id.eq_any(applications.to_vec()))
        .filter(application_criterion::state.eq_any(CriterionState::WAITING))
        .select((application_criterion::application_id, application_criterion::definition_id))
        .load(conn)
}

pub fn find(conn: &mut Conn, actor: &Actor, criterion_id: i64) -> QueryResult<Option<CriterionRow>> {
    let row: Option<CriterionRow> = application_criterion::table
        .filter(
            application_criterion::municipality_id.eq(actor.tenant()).and(application_criterion::id.eq(criterion_id)),
        )
        .select(CriterionRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.filter(|row| actor.may_see(row.provider_id)))
}

pub(super) fn criterion_row(
    conn: &mut Conn,
    actor: &Actor,
    application_id: i64,
    code: &str,
) -> QueryResult<Option<CriterionRow>> {
    Ok(rows_of(conn, actor, &[application_id], Wanted::Of(code))?.pop())
}

/// Every verdict on these applications, by criterion, the newest first. A provider sees the verdicts on his own once the
/// municipality told him: see `tasks`.
pub fn verdicts(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<HashMap<i64, Vec<Verdict>>> {
    let mut query = criterion_verdict::table
        .filter(criterion_verdict::municipality_id.eq(actor.tenant()))
        .filter(criterion_verdict::application_id.eq_any(applications.to_vec()))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(criterion_verdict::provider_id.eq(own));
    }
    let rows: Vec<Verdict> = query
        .order((criterion_verdict::criterion_id, criterion_verdict::version.desc()))
        .select((
            criterion_verdict::id,
            criterion_verdict::criterion_id,
            criterion_verdict::version,
            criterion_verdict::result,
            criterion_verdict::reason,
            criterion_verdict::holds_until,
            criterion_verdict::judged_at,
            criterion_verdict::judged_by,
            criterion_verdict::role,
            criterion_verdict::evidence,
        ))
        .load(conn)?;
    let mut by_criterion: HashMap<i64, Vec<Verdict>> = HashMap::new();
    for verdict in rows {
        by_criterion.entry(verdict.criterion_id).or_default().push(verdict);
    }
    Ok(by_criterion)
}

/// Tells others that the actor is at work on it (bezig), for the minutes of the terms; a verdict, or somebody else, ends
/// that. It keeps nobody out.
pub fn claim(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    criterion_id: i64,
) -> Result<(), Fault> {
    if !judges(actor.role()) {
        return Err(Refusal::NotYours.into());
    }
    let Some(row) = find(conn, actor, criterion_id)? else { return Err(Refusal::NotFound.into()) };
    eyes::without_interest(conn, actor, today, row.provider_id)?;
    if row.at_work(actor, now).is_some() {
        return Ok(());
    }
    let minutes = terms(conn, actor, today)?.claim_minutes;
    diesel::update(application_criterion::table.find(row.id))
        .set((
            application_criterion::claimed_by.eq(actor.name()),
            application_criterion::claimed_account.eq(actor.account_id()),
            application_criterion::claimed_at.eq(now),
            application_criterion::claimed_until.eq(now + TimeDelta::minutes(i64::from(minutes))),
        ))
        .execute(conn)?;
    let object = format!("application-criterion/{}", row.id);
    audit::record(conn, actor, now, Act { action: "criterion.claim", object: &object, result: "done", detail: "" })?;
    Ok(())
}

/// Writes a verdict; never that it does not meet on what nobody asked for. `seen` is the version of the criterion that was looked at.
pub fn judge(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    criterion_id: i64,
    seen: i32,
    new: &NewVerdict<'_>,
) -> Result<Judged, Fault> {
    let Some(row) = find(conn, actor, criterion_id)? else { return Err(Refusal::NotFound.into()) };
    let Some(found) = find_by_id(conn, actor, row.application_id)? else { return Err(Refusal::NotFound.into()) };
    let (definition, today) = (definition(conn, actor, &row)?, wall_clock(now).date());
    eyes::without_interest(conn, actor, today, row.provider_id)?;
    let next = may_judge_now(actor, &found, &row, &definition, new)?;
    if new.result == CriterionResult::NotMet && never_asked(conn, actor, &found)?.contains(&row.code) {
        return Err(Refusal::NeverAsked.into());
    }
    if row.version != seen {
        let theirs = verdicts(conn, actor, &[row.application_id])?.remove(&row.id).unwrap_or_default();
        let theirs = theirs.into_iter().next().filter(|verdict| verdict.version > seen);
        return Ok(Judged::Theirs(Box::new(Theirs { row, verdict: theirs })));
    }
    let shown = of_applications(conn, actor, &[row.application_id])?;
    let evidence = ends::of_evidence(&definition, looked_at(&row, &shown), today);
    let new = NewVerdict { holds_until: ends::settle(new, evidence, today)?, ..*new };
    write(conn, actor, now, &found, &row, next, &new, &shown)?;
    Ok(Judged::Done(seen + 1))
}

/// The state that the verdict leads to, when the actor may judge this criterion of this application now.
pub(super) fn may_judge_now(
    actor: &Actor,
    found: &Application,
    row: &CriterionRow,
    definition: &Criterion,
    new: &NewVerdict<'_>,
) -> Result<CriterionState, Fault> {
    if !judges(actor.role()) {
        return Err(Refusal::NotYours.into());
    }
    // During the agreement too, when evidence was renewed.
    if !matches!(found.state, ApplicationState::UnderReview | ApplicationState::Admitted) {
        return Err(Refusal::NotNow(found.state).into());
    }
    let taken_up = row.state.take_up();
    Ok(taken_up.judge(new.result, definition.checked_by, actor.role(), new.reason, definition.repairable)?)
}

#[allow(clippy::too_many_arguments)]
pub(super) fn write(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    row: &CriterionRow,
    next: CriterionState,
    new: &NewVerdict<'_>,
    shown: &[ShownEvidence],
) -> QueryResult<()> {
    let holds_until = new.holds_until.filter(|_| new.result == CriterionResult::Met);
    diesel::update(application_criterion::table.find(row.id))
        .set((
            application_criterion::state.eq(next),
            application_criterion::version.eq(row.version + 1),
            application_criterion::changed_at.eq(now),
            application_criterion::changed_by.eq(actor.name()),
            application_criterion::holds_until.eq(holds_until),
            application_criterion::waits_since.eq(None::<NaiveDate>),
            application_criterion::claimed_by.eq(None::<String>),
            application_criterion::claimed_account.eq(None::<i64>),
            application_criterion::claimed_at.eq(None::<NaiveDateTime>),
            application_criterion::claimed_until.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    let looked_at: Vec<i64> = looked_at(row, shown).map(|one| one.version_id).collect();
    let evidence = serde_json::to_string(&looked_at).map_err(|fault| QueryError::SerializationError(fault.into()))?;
    diesel::insert_into(criterion_verdict::table)
        .values((
            criterion_verdict::municipality_id.eq(actor.tenant()),
            criterion_verdict::provider_id.eq(row.provider_id),
            criterion_verdict::application_id.eq(row.application_id),
            criterion_verdict::criterion_id.eq(row.id),
            criterion_verdict::version.eq(row.version + 1),
            criterion_verdict::result.eq(new.result),
            criterion_verdict::reason.eq(new.reason.trim()),
            criterion_verdict::holds_until.eq(holds_until),
            criterion_verdict::judged_at.eq(now),
            criterion_verdict::judged_by.eq(actor.name()),
            criterion_verdict::account_id.eq(actor.account_id()),
            criterion_verdict::role.eq(actor.role()),
            criterion_verdict::evidence.eq(evidence),
        ))
        .execute(conn)?;
    let object = format!("application/{}/criterion/{}", found.number, row.code);
    let act = Act { action: "criterion.judge", object: &object, result: new.result.as_str(), detail: "" };
    audit::record(conn, actor, now, act)
}

/// What was handed in for a criterion, of all that was shown.
pub(super) fn looked_at<'a>(row: &CriterionRow, shown: &'a [ShownEvidence]) -> impl Iterator<Item = &'a ShownEvidence> {
    let (application_id, code) = (row.application_id, row.code.clone());
    shown
        .iter()
        .filter(move |one| one.application_id == application_id && one.code == code && one.received_on.is_some())
}

pub(super) fn definition(conn: &mut Conn, actor: &Actor, row: &CriterionRow) -> QueryResult<Criterion> {
    criteria::by_id(conn, actor, &[row.definition_id])?.remove(&row.definition_id).ok_or(QueryError::NotFound)
}

fn judges(role: Role) -> bool {
    matches!(role, Role::Assessor | Role::ContractManager | Role::PrivacyOfficer)
}
