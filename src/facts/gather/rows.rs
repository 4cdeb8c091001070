//! The rows that gathering reads, each query for a whole batch of providers, each sorted so that the rows of one owner
//! stand together: by provider, and below it by trajectory or professional.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::agreement::Accession;
use crate::client::BenefitEndReason;
use crate::db::Conn;
use crate::db::day::Day;
use crate::facts::{Exclusion, Trajectory};
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::schema::{
    accession, client_survey, complaint, complaint_arrangement, exclusion, feedback_moment, outflow, placement,
    professional, provider, quarter_statement, registration, survey_cooperation, trajectory, vog,
};
use crate::staff::{ProfessionalKind, VogKind};
use crate::trajectory::{Achieved, EndReason, ExclusionCode, FeedbackMoment};

/// Which rows: of one municipality, of the providers with ids `within`, both ends included, about one quarter.
pub struct Scope {
    pub tenant: i64,
    pub within: (i64, i64),
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// A trajectory whose last date lies before this day counts in no indicator of the quarter.
    pub still_counts_from: NaiveDate,
}

#[derive(Queryable)]
pub struct ProviderRow {
    pub id: i64,
    kvk: String,
    pub name: String,
}

impl ProviderRow {
    pub fn kvk(&self) -> Result<Kvk, diesel::result::Error> {
        self.kvk.parse().map_err(|fault| diesel::result::Error::DeserializationError(Box::new(fault)))
    }
}

pub fn providers(conn: &mut Conn, tenant: i64, after: i64, limit: usize) -> QueryResult<Vec<ProviderRow>> {
    registration::table
        .inner_join(provider::table.on(provider::id.eq(registration::provider_id)))
        .filter(registration::municipality_id.eq(tenant).and(registration::provider_id.gt(after)))
        .order(registration::provider_id)
        .limit(limit as i64)
        .select((provider::id, provider::kvk, provider::name))
        .load(conn)
}

/// Those of later too: a version that begins after the quarter may carry its agreement on.
pub fn accessions(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<Accession>> {
    let rows: Vec<(i64, i64, String, i32, NaiveDate, Option<NaiveDate>)> = accession::table
        .filter(accession::municipality_id.eq(scope.tenant))
        .filter(accession::provider_id.between(scope.within.0, scope.within.1))
        .order((accession::provider_id, accession::active_from))
        .select((
            accession::id,
            accession::provider_id,
            accession::number,
            accession::version,
            accession::active_from,
            accession::active_until,
        ))
        .load(conn)?;
    let read = |(id, provider_id, number, version, active_from, active_until)| Accession {
        id,
        provider_id,
        number,
        version,
        active_from,
        active_until,
    };
    Ok(rows.into_iter().map(read).collect())
}

#[derive(Queryable)]
pub struct TrajectoryRow {
    pub id: i64,
    pub provider_id: i64,
    case_ref: String,
    profile: String,
    referred_on: Day,
    plan: (Option<Day>, i64, Option<Day>, bool, Option<Day>, Option<Day>),
    term: (Option<Day>, i64, Option<Day>),
    end: (Option<Day>, Option<EndReason>, Option<Achieved>, bool, Option<Day>),
    sheltered: (Option<Day>, Option<Day>, Option<Day>),
    ladder: (Option<i64>, Option<i64>),
    outflow: Option<(Day, BenefitEndReason)>,
    placement: Option<(bool, i64)>,
}

pub fn trajectories(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<TrajectoryRow>> {
    trajectory::table
        .left_join(outflow::table.on(outflow::client_id.eq(trajectory::client_id)))
        .left_join(placement::table.on(placement::client_id.eq(trajectory::client_id)))
        .filter(trajectory::municipality_id.eq(scope.tenant))
        .filter(trajectory::provider_id.between(scope.within.0, scope.within.1))
        .filter(trajectory::counts_from.le(scope.last_day).and(trajectory::counts_until.ge(scope.still_counts_from)))
        .order((trajectory::municipality_id, trajectory::provider_id, trajectory::id))
        .select((
            trajectory::id,
            trajectory::provider_id,
            trajectory::case_ref,
            trajectory::profile,
            trajectory::referred_on,
            (
                trajectory::plan_agreed_on,
                trajectory::agreed_results,
                trajectory::client_agreed_on,
                trajectory::coach_involved,
                trajectory::coach_agreed_on,
                trajectory::contact_informed_on,
            ),
            (trajectory::term_ends_on, trajectory::suspended_days, trajectory::extension_permitted_on),
            (
                trajectory::ended_on,
                trajectory::end_reason,
                trajectory::results_achieved,
                trajectory::reason_recorded,
                trajectory::work_started_on,
            ),
            (trajectory::indication_on, trajectory::capacity_available_on, trajectory::placed_on),
            (trajectory::ladder_start, trajectory::ladder_now),
            (outflow::benefit_ended_on, outflow::reason).nullable(),
            (placement::confirmed, placement::waiting_list_days).nullable(),
        ))
        .load(conn)
}

impl TrajectoryRow {
    pub fn into_fact(self, feedback: Vec<FeedbackMoment>, exclusions: Vec<Exclusion>) -> Trajectory {
        let day = |day: Option<Day>| day.map(|Day(day)| day);
        let count = |number: i64| u32::try_from(number).unwrap_or(0);
        let step = |step: Option<i64>| step.and_then(|step| u8::try_from(step).ok());
        let (plan_agreed_on, agreed_results, client_agreed_on, coach_involved, coach_agreed_on, informed_on) =
            self.plan;
        let (term_ends_on, suspended_days, extension_permitted_on) = self.term;
        let (ended_on, end_reason, results_achieved, reason_recorded, work_started_on) = self.end;
        let (indication_on, capacity_available_on, placed_on) = self.sheltered;
        // A benefit that ended before the referral ended another time; this trajectory has no part in it.
        let outflow = self.outflow.filter(|(Day(ended), _)| *ended >= self.referred_on.0);
        Trajectory {
            case_ref: self.case_ref,
            profile: self.profile,
            referred_on: self.referred_on.0,
            plan_agreed_on: day(plan_agreed_on),
            agreed_results: count(agreed_results),
            client_agreed_on: day(client_agreed_on),
            coach_involved,
            coach_agreed_on: day(coach_agreed_on),
            contact_informed_on: day(informed_on),
            feedback,
            term_ends_on: day(term_ends_on),
            suspended_days: count(suspended_days),
            extension_permitted_on: day(extension_permitted_on),
            ended_on: day(ended_on),
            end_reason,
            results_achieved,
            reason_recorded,
            work_started_on: day(work_started_on),
            benefit_ended_on: outflow.map(|(Day(ended), _)| ended),
            benefit_end_reason: outflow.map(|(_, reason)| reason),
            // What the municipality recorded of its own clients is its confirmation.
            outflow_confirmed: outflow.is_some(),
            indication_on: day(indication_on),
            capacity_available_on: day(capacity_available_on),
            waiting_list_days: self.placement.map_or(0, |(_, days)| count(days)),
            placed_on: day(placed_on),
            placement_confirmed: self.placement.is_some_and(|(confirmed, _)| confirmed),
            ladder_start: step(self.ladder.0),
            ladder_now: step(self.ladder.1),
            exclusions,
        }
    }
}

#[derive(Queryable)]
pub struct FeedbackRow {
    pub provider_id: i64,
    pub trajectory_id: i64,
    pub due_on: Day,
    pub done_on: Option<Day>,
}

/// Only the moments that are due in the quarter can count in it.
pub fn feedback(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<FeedbackRow>> {
    feedback_moment::table
        .filter(feedback_moment::municipality_id.eq(scope.tenant))
        .filter(feedback_moment::provider_id.between(scope.within.0, scope.within.1))
        .filter(feedback_moment::due_on.between(scope.first_day, scope.last_day))
        .order((feedback_moment::provider_id, feedback_moment::trajectory_id, feedback_moment::due_on))
        .select((
            feedback_moment::provider_id,
            feedback_moment::trajectory_id,
            feedback_moment::due_on,
            feedback_moment::done_on,
        ))
        .load(conn)
}

#[derive(Queryable)]
pub struct ExclusionRow {
    pub provider_id: i64,
    pub trajectory_id: i64,
    pub code: ExclusionCode,
    pub indicator: Option<i64>,
    pub accepted: bool,
}

pub fn exclusions(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<ExclusionRow>> {
    exclusion::table
        .filter(exclusion::municipality_id.eq(scope.tenant))
        .filter(exclusion::provider_id.between(scope.within.0, scope.within.1))
        .order((exclusion::provider_id, exclusion::trajectory_id, exclusion::id))
        .select((
            exclusion::provider_id,
            exclusion::trajectory_id,
            exclusion::code,
            exclusion::indicator,
            exclusion::accepted,
        ))
        .load(conn)
}

#[derive(Queryable)]
pub struct ProfessionalRow {
    pub id: i64,
    pub provider_id: i64,
    pub staff_ref: String,
    pub kind: ProfessionalKind,
    pub client_contact: bool,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
}

pub fn professionals(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<ProfessionalRow>> {
    professional::table
        .filter(professional::municipality_id.eq(scope.tenant))
        .filter(professional::provider_id.between(scope.within.0, scope.within.1))
        .filter(professional::active_from.le(scope.last_day))
        .filter(professional::active_until.is_null().or(professional::active_until.ge(scope.first_day)))
        .order((professional::provider_id, professional::id))
        .select((
            professional::id,
            professional::provider_id,
            professional::staff_ref,
            professional::kind,
            professional::client_contact,
            professional::active_from,
            professional::active_until,
        ))
        .load(conn)
}

#[derive(Queryable)]
pub struct VogRow {
    pub provider_id: i64,
    pub professional_id: i64,
    pub vog_date: NaiveDate,
    pub kind: VogKind,
    pub codes: String,
}

pub fn vogs(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<VogRow>> {
    vog::table
        .filter(vog::municipality_id.eq(scope.tenant))
        .filter(vog::provider_id.between(scope.within.0, scope.within.1))
        .order((vog::provider_id, vog::professional_id, vog::vog_date))
        .select((vog::provider_id, vog::professional_id, vog::vog_date, vog::kind, vog::codes))
        .load(conn)
}

#[derive(Queryable)]
pub struct SurveyRow {
    pub provider_id: i64,
    pub survey_ref: String,
    pub due_on: NaiveDate,
    pub cooperated_on: Option<NaiveDate>,
}

pub fn surveys(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<SurveyRow>> {
    survey_cooperation::table
        .inner_join(client_survey::table.on(client_survey::id.eq(survey_cooperation::survey_id)))
        .filter(survey_cooperation::municipality_id.eq(scope.tenant))
        .filter(survey_cooperation::provider_id.between(scope.within.0, scope.within.1))
        .filter(client_survey::due_on.between(scope.first_day, scope.last_day))
        .order((survey_cooperation::provider_id, client_survey::due_on, client_survey::survey_ref))
        .select((
            survey_cooperation::provider_id,
            client_survey::survey_ref,
            client_survey::due_on,
            survey_cooperation::cooperated_on,
        ))
        .load(conn)
}

#[derive(Queryable)]
pub struct ComplaintRow {
    pub provider_id: i64,
    pub complaint_ref: String,
    pub received_on: NaiveDate,
    pub reported_on: Option<NaiveDate>,
}

pub fn complaints(conn: &mut Conn, scope: &Scope, from: NaiveDate) -> QueryResult<Vec<ComplaintRow>> {
    complaint::table
        .filter(complaint::municipality_id.eq(scope.tenant))
        .filter(complaint::provider_id.between(scope.within.0, scope.within.1))
        .filter(complaint::received_on.between(from, scope.last_day))
        .order((complaint::provider_id, complaint::received_on, complaint::complaint_ref))
        .select((complaint::provider_id, complaint::complaint_ref, complaint::received_on, complaint::reported_on))
        .load(conn)
}

#[derive(Queryable)]
pub struct ArrangementRow {
    pub provider_id: i64,
    pub procedure_valid_until: Option<NaiveDate>,
    pub adviser_named: bool,
}

pub fn arrangements(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<ArrangementRow>> {
    complaint_arrangement::table
        .filter(complaint_arrangement::municipality_id.eq(scope.tenant))
        .filter(complaint_arrangement::provider_id.between(scope.within.0, scope.within.1))
        .order(complaint_arrangement::provider_id)
        .select((
            complaint_arrangement::provider_id,
            complaint_arrangement::procedure_valid_until,
            complaint_arrangement::adviser_named,
        ))
        .load(conn)
}

#[derive(Queryable)]
pub struct StatementRow {
    pub provider_id: i64,
    pub received_on: NaiveDate,
    pub complete: bool,
    pub returned_on: Option<NaiveDate>,
    pub repaired_on: Option<NaiveDate>,
}

pub fn statements(conn: &mut Conn, scope: &Scope, quarter: Quarter) -> QueryResult<Vec<StatementRow>> {
    quarter_statement::table
        .filter(quarter_statement::municipality_id.eq(scope.tenant))
        .filter(quarter_statement::quarter.eq(quarter.to_string()))
        .filter(quarter_statement::provider_id.between(scope.within.0, scope.within.1))
        .order(quarter_statement::provider_id)
        .select((
            quarter_statement::provider_id,
            quarter_statement::received_on,
            quarter_statement::complete,
            quarter_statement::returned_on,
            quarter_statement::repaired_on,
        ))
        .load(conn)
}
