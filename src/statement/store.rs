//! Table `quarter_statement`, and the receiving of a statement: all of it in one transaction, or nothing.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::client;
use crate::complaint::{self, Complaint};
use crate::db::Conn;
use crate::quarter::Quarter;
use crate::schema::quarter_statement;
use crate::staff::{self, Vog};
use crate::statement::known::Known;
pub use crate::statement::submission::{
    Recorded, Submission, SubmissionResult, newest_taken, record_submission, submission_of, submissions, was_submitted,
};
use crate::statement::{StaffLine, Statement, TrajectoryLine, charged};
use crate::trajectory::{self, FeedbackMoment};

/// Takes in a checked statement: trajectories, feedback, staff, complaints and cost lines. `received_on` is the local
/// day of receipt. A statement that names what the municipality does not know was not checked, and fails as a whole.
pub fn receive(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    received_at: NaiveDateTime,
    received_on: NaiveDate,
    statement: &Statement,
) -> QueryResult<()> {
    let known = Known::load(conn, actor)?;
    let clients =
        client::store::enrol(conn, actor, statement.trajectories.iter().map(|line| line.client_ref.as_str()))?;
    let mut stated = Vec::with_capacity(statement.trajectories.len());
    for line in &statement.trajectories {
        stated.push(line.as_stated(actor, provider_id, clients[&line.client_ref], &known)?);
    }
    let cases = trajectory::store::state(conn, actor, provider_id, &stated)?;
    let case = |case_ref: &str| cases.get(case_ref).copied().ok_or(diesel::result::Error::NotFound);

    let mut moments = Vec::with_capacity(statement.feedback.len());
    for line in &statement.feedback {
        let moment = FeedbackMoment { due_on: line.due_on, done_on: line.done_on };
        moments.push((case(&line.case_ref)?, moment, line.manner.clone()));
    }
    trajectory::store::state_feedback(conn, actor, provider_id, &moments)?;
    staff::store::state(conn, actor, provider_id, &people(&statement.staff))?;
    complaint::store::state(conn, actor, provider_id, &complaints(statement))?;
    charged::replace(conn, actor, provider_id, statement.head.quarter, &statement.costs, &known, case)?;
    note_receipt(conn, actor, provider_id, received_at, received_on, statement)?;

    let object = format!("provider/{provider_id}/quarter/{}", statement.head.quarter);
    let act = Act { action: "statement.receive", object: &object, result: "done", detail: "" };
    audit::record(conn, actor, received_at, act)
}

/// The first receipt is the one that counts; a later file keeps its day and brings the rest up to date.
fn note_receipt(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    received_at: NaiveDateTime,
    received_on: NaiveDate,
    statement: &Statement,
) -> QueryResult<()> {
    let quarter = statement.head.quarter.to_string();
    let known: Option<i64> = quarter_statement::table
        .filter(quarter_statement::municipality_id.eq(actor.tenant()))
        .filter(quarter_statement::provider_id.eq(provider_id).and(quarter_statement::quarter.eq(&quarter)))
        .select(quarter_statement::id)
        .first(conn)
        .optional()?;
    let latest =
        (quarter_statement::nil_return.eq(statement.head.nil_return), quarter_statement::note.eq(&statement.head.note));
    match known {
        Some(id) => {
            diesel::update(quarter_statement::table.find(id)).set(latest).execute(conn)?;
            // "Teruggestuurd en hersteld": the first good file after the return is the repair.
            diesel::update(quarter_statement::table.find(id))
                .filter(quarter_statement::returned_on.le(received_on).and(quarter_statement::repaired_on.is_null()))
                .set(quarter_statement::repaired_on.eq(received_on))
                .execute(conn)?
        }
        None => diesel::insert_into(quarter_statement::table)
            .values((
                quarter_statement::municipality_id.eq(actor.tenant()),
                quarter_statement::provider_id.eq(provider_id),
                quarter_statement::quarter.eq(&quarter),
                quarter_statement::received_at.eq(received_at),
                quarter_statement::received_on.eq(received_on),
                quarter_statement::complete.eq(true),
                latest.0,
                latest.1,
            ))
            .execute(conn)?,
    };
    Ok(())
}

/// The judgement on the cost statement: complete at first, or returned and perhaps repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    pub complete: bool,
    pub returned_on: Option<NaiveDate>,
    pub repaired_on: Option<NaiveDate>,
}

pub fn judge_completeness(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    judged: Completeness,
) -> QueryResult<()> {
    diesel::update(quarter_statement::table)
        .filter(quarter_statement::municipality_id.eq(actor.tenant()))
        .filter(quarter_statement::provider_id.eq(provider_id).and(quarter_statement::quarter.eq(quarter.to_string())))
        .set((
            quarter_statement::complete.eq(judged.complete),
            quarter_statement::returned_on.eq(judged.returned_on),
            quarter_statement::repaired_on.eq(judged.repaired_on),
        ))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/quarter/{quarter}");
    let result = if judged.complete { "complete" } else { "returned" };
    audit::record(conn, actor, now, Act { action: "statement.judge", object: &object, result, detail: "" })
}

/// When the statement of a quarter came in: the moment in UTC, and the local day.
pub fn receipt(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<(NaiveDateTime, NaiveDate)>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    quarter_statement::table
        .filter(quarter_statement::municipality_id.eq(actor.tenant()))
        .filter(quarter_statement::provider_id.eq(provider_id).and(quarter_statement::quarter.eq(quarter.to_string())))
        .select((quarter_statement::received_at, quarter_statement::received_on))
        .first(conn)
        .optional()
}

/// When the statements of these providers came in: provider, quarter, and the local day of receipt.
pub fn receipts(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    from: Quarter,
    to: Quarter,
) -> QueryResult<HashMap<(i64, Quarter), NaiveDate>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    let rows: Vec<(i64, Quarter, NaiveDate)> = quarter_statement::table
        .filter(quarter_statement::municipality_id.eq(actor.tenant()))
        .filter(quarter_statement::quarter.between(from.to_string(), to.to_string()))
        .filter(quarter_statement::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .select((quarter_statement::provider_id, quarter_statement::quarter, quarter_statement::received_on))
        .load(conn)?;
    Ok(rows.into_iter().map(|(provider, quarter, on)| ((provider, quarter), on)).collect())
}

impl TrajectoryLine {
    fn as_stated(
        &self,
        actor: &Actor,
        provider_id: i64,
        client_id: i64,
        known: &Known,
    ) -> QueryResult<trajectory::store::Stated> {
        Ok(trajectory::store::Stated {
            municipality_id: actor.tenant(),
            provider_id,
            client_id,
            contact_id: known.contact(&self.contact)?,
            product_id: known.product(&self.product)?,
            case_ref: self.case_ref.clone(),
            profile: self.profile.clone(),
            referred_on: self.referred_on,
            started_on: self.started_on,
            plan_agreed_on: self.plan_agreed_on,
            agreed_results: i64::from(self.agreed_results),
            client_agreed_on: self.client_agreed_on,
            coach_involved: self.coach_involved,
            coach_agreed_on: self.coach_agreed_on,
            contact_informed_on: self.contact_informed_on,
            term_ends_on: self.term_ends_on,
            suspended_days: i64::from(self.suspended_days),
            extension_permitted_on: self.extension_permitted_on,
            ended_on: self.ended_on,
            end_reason: self.end_reason,
            results_achieved: self.results_achieved,
            reason_recorded: self.reason_recorded,
            work_started_on: self.work_started_on,
            hours_per_week: self.hours_per_week,
            indication_on: self.indication_on,
            capacity_available_on: self.capacity_available_on,
            placed_on: self.placed_on,
            ladder_start: self.ladder_start.map(i64::from),
            ladder_now: self.ladder_now.map(i64::from),
        })
    }
}

/// One line per VOG becomes one person with all of his VOGs, in the order of the file.
fn people(lines: &[StaffLine]) -> Vec<staff::store::Stated> {
    let mut people: Vec<staff::store::Stated> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for line in lines {
        let at = *place.entry(line.staff_ref.as_str()).or_insert_with(|| {
            people.push(staff::store::Stated {
                staff_ref: line.staff_ref.clone(),
                kind: line.kind,
                client_contact: line.client_contact,
                active_from: line.active_from,
                active_until: line.active_until,
                vogs: Vec::new(),
            });
            people.len() - 1
        });
        if let Some(vog) = &line.vog {
            let shown = Vog { date: vog.date, kind: vog.kind, codes: vog.codes.clone(), checked_on: vog.checked_on };
            people[at].vogs.push(shown);
        }
    }
    people
}

fn complaints(statement: &Statement) -> Vec<Complaint> {
    let complaint = |line: &crate::statement::ComplaintLine| Complaint {
        complaint_ref: line.complaint_ref.clone(),
        received_on: line.received_on,
        reported_on: line.reported_on,
        category: line.category.clone(),
        handled_on: line.handled_on,
        outcome: line.outcome.clone(),
    };
    statement.complaints.iter().map(complaint).collect()
}
