//! Table `submission`: every file that was handed in, good or not, with its receipt number.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::quarter::Quarter;
use crate::schema::submission;

codes! {
    /// What became of a file that was handed in.
    pub enum SubmissionResult {
        /// Every row was taken.
        Taken = "taken",
        /// The good rows were taken, the rest went back.
        PartlyTaken = "partly_taken",
        /// Nothing was taken.
        Refused = "refused",
    }
}

/// A file that was handed in, good or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub provider_id: i64,
    pub quarter: Quarter,
    /// In UTC.
    pub received_at: NaiveDateTime,
    /// A label for people, never a path.
    pub file_name: String,
    /// SHA-256 of the file as it came.
    pub file_digest: String,
    /// Under which what was taken is kept, without the names of clients; none when nothing was taken.
    pub kept_digest: Option<String>,
    pub result: SubmissionResult,
    pub good_rows: i64,
    pub refused_rows: i64,
    /// The key of the form with which it was sent; a key counts once.
    pub form_key: Option<String>,
}

/// A submission under its receipt number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub number: i64,
    pub submission: Submission,
}

/// Writes down that a file came in. The receipt number is the answer.
pub fn record_submission(conn: &mut Conn, actor: &Actor, new: &Submission) -> QueryResult<i64> {
    let receipt: i64 = diesel::insert_into(submission::table)
        .values((
            submission::municipality_id.eq(actor.tenant()),
            submission::provider_id.eq(new.provider_id),
            submission::quarter.eq(new.quarter.to_string()),
            submission::received_at.eq(new.received_at),
            submission::file_name.eq(&new.file_name),
            submission::file_digest.eq(&new.file_digest),
            submission::kept_digest.eq(&new.kept_digest),
            submission::result.eq(new.result),
            submission::good_rows.eq(new.good_rows),
            submission::refused_rows.eq(new.refused_rows),
            submission::actor.eq(actor.name()),
            submission::form_key.eq(&new.form_key),
        ))
        .returning(submission::id)
        .get_result(conn)?;
    let object = format!("provider/{}/quarter/{}/submission/{receipt}", new.provider_id, new.quarter);
    let act =
        Act { action: "statement.hand_in", object: &object, result: new.result.as_str(), detail: &new.file_digest };
    audit::record(conn, actor, new.received_at, act)?;
    Ok(receipt)
}

/// Whether a file of this provider and quarter came in at this very moment before.
pub fn was_submitted(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
    received_at: NaiveDateTime,
) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        submission::table
            .filter(submission::municipality_id.eq(actor.tenant()).and(submission::provider_id.eq(provider_id)))
            .filter(submission::quarter.eq(quarter.to_string()).and(submission::received_at.eq(received_at))),
    ))
    .get_result(conn)
}

/// What was sent before with this form; none when nothing was.
pub fn submission_of(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    form_key: &str,
) -> QueryResult<Option<Recorded>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    let row: Option<Row> = submission::table
        .filter(submission::municipality_id.eq(actor.tenant()).and(submission::provider_id.eq(provider_id)))
        .filter(submission::form_key.eq(form_key))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Recorded::from))
}

/// Everything that this provider handed in, in order of receipt.
pub fn submissions(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Vec<Recorded>> {
    if !actor.may_see(provider_id) {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = submission::table
        .filter(submission::municipality_id.eq(actor.tenant()).and(submission::provider_id.eq(provider_id)))
        .order(submission::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Recorded::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = submission)]
struct Row {
    id: i64,
    provider_id: i64,
    quarter: Quarter,
    received_at: NaiveDateTime,
    file_name: String,
    file_digest: String,
    kept_digest: Option<String>,
    result: SubmissionResult,
    good_rows: i64,
    refused_rows: i64,
    form_key: Option<String>,
}

impl From<Row> for Recorded {
    fn from(row: Row) -> Recorded {
        let submission = Submission {
            provider_id: row.provider_id,
            quarter: row.quarter,
            received_at: row.received_at,
            file_name: row.file_name,
            file_digest: row.file_digest,
            kept_digest: row.kept_digest,
            result: row.result,
            good_rows: row.good_rows,
            refused_rows: row.refused_rows,
            form_key: row.form_key,
        };
        Recorded { number: row.id, submission }
    }
}

/// The newest file of which something was taken, with its receipt number.
pub fn newest_taken(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<(i64, NaiveDateTime, String, String)>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    submission::table
        .filter(submission::municipality_id.eq(actor.tenant()).and(submission::provider_id.eq(provider_id)))
        .filter(submission::quarter.eq(quarter.to_string()).and(submission::result.ne(SubmissionResult::Refused)))
        .order(submission::id.desc())
        .select((submission::id, submission::received_at, submission::file_name, submission::file_digest))
        .first(conn)
        .optional()
}
