//! Handing in a statement at the counter (indienen): the same way for the web page, the command line and the demo. The
//! file is read and checked whole; it is taken in one transaction, or it is not; and in either case there is a receipt.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Db;
use crate::files::Files;
use crate::ids::Sha256Hex;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::sheet::{Refusal, Source, mark};
use crate::statement::store::{Submission, SubmissionResult, receive, record_submission};
use crate::statement::{Fault, Statement, Warning, checks, context, read, send_back, write_workbook};
use crate::text::Lang;

/// One file as it came in.
#[derive(Debug, Clone, Copy)]
pub struct HandedIn<'a> {
    /// A label for people.
    pub file_name: &'a str,
    pub source: Source<'a>,
    /// The bytes that are hashed for the receipt: the file itself, or the files of a folder one after the other.
    pub bytes: &'a [u8],
    pub provider: &'a Provider,
    pub quarter: Quarter,
    /// The quarter was set final.
    pub closed: bool,
    /// "Neem de goede rijen, stuur de rest terug."
    pub take_good_rows: bool,
    /// Look, and store nothing.
    pub dry_run: bool,
    /// In UTC.
    pub now: NaiveDateTime,
    pub lang: Lang,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    pub result: SubmissionResult,
    /// None after a dry run.
    pub receipt: Option<Receipt>,
    /// What was taken.
    pub taken: Option<Statement>,
    /// How many rows are good, taken or not.
    pub good_rows: u32,
    pub faults: Vec<Fault>,
    pub warnings: Vec<Warning>,
    /// The user's own file with the refused cells marked, when there are faults.
    pub marked: Option<Vec<u8>>,
}

/// Proof of receipt (ontvangstbewijs).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub number: i64,
    /// In UTC.
    pub received_at: NaiveDateTime,
    /// SHA-256 of the file as it came.
    pub digest: String,
}

/// The file is no spreadsheet that can be read, or the house is broken.
#[derive(Debug)]
pub enum Fate {
    Refused(Refusal),
    Trouble(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Fate {
    fn from(cause: E) -> Fate {
        Fate::Trouble(cause.into())
    }
}

/// Reads, checks and takes a file.
pub fn hand_in(db: &Db, files: &Files, actor: &Actor, file: HandedIn<'_>) -> Result<Outcome, Fate> {
    let reading = read(file.source).map_err(Fate::Refused)?;
    let known = db.read(|conn| {
        context::load(conn, actor, file.provider, file.quarter, file.closed, wall_clock(file.now).date())
    })?;
    // The rows that could be read are checked too, so that every fault is told at once and nothing wrong slips in beside
    // what was sent back.
    let whole = reading.faults.is_empty();
    let (draft, mut faults) = match reading.statement.clone() {
        Some(statement) => (Some(statement), Vec::new()),
        None => match reading.good_rows() {
            Some(good) => (Some(good.statement), good.faults),
            None => (None, reading.faults.clone()),
        },
    };
    let mut warnings = reading.warnings.clone();
    let good = match draft {
        Some(statement) => {
            let (found, odd) = checks(&statement, &known);
            warnings.extend(odd);
            let good = match found.is_empty() {
                true => Some(statement),
                false => send_back(statement, &found).map(|good| good.statement),
            };
            faults.extend(found);
            good
        }
        None => None,
    };
    let wanted = (whole && faults.is_empty()) || file.take_good_rows;
    let taken = good.clone().filter(|_| wanted);
    let marked = match faults.is_empty() {
        true => None,
        false => Some(mark(file.source, &faults, file.lang).map_err(Fate::Refused)?),
    };
    let result = match (&taken, faults.is_empty()) {
        (None, _) => SubmissionResult::Refused,
        (Some(_), true) => SubmissionResult::Taken,
        (Some(_), false) => SubmissionResult::PartlyTaken,
    };
    let good_rows = good.map_or(0, |statement| statement.rows() as u32);
    let mut outcome = Outcome { result, receipt: None, taken, good_rows, faults, warnings, marked };
    if !file.dry_run {
        outcome.receipt = Some(store(db, files, actor, &file, &outcome)?);
    }
    Ok(outcome)
}

/// What was taken is kept as a workbook of our own, without the names of clients; of what came in, only the hash. The
/// file first, fsynced, then the rows: a row never names a file that is not there.
fn store(
    db: &Db,
    files: &Files,
    actor: &Actor,
    file: &HandedIn<'_>,
    outcome: &Outcome,
) -> Result<Receipt, anyhow::Error> {
    let digest = Sha256Hex::of(file.bytes).as_str().to_owned();
    let kept = match &outcome.taken {
        Some(statement) => Some(files.put(&write_workbook(statement, &BTreeMap::new()))?.as_str().to_owned()),
        None => None,
    };
    let new = Submission {
        provider_id: file.provider.id,
        quarter: file.quarter,
        received_at: file.now,
        file_name: file.file_name.to_owned(),
        file_digest: digest.clone(),
        kept_digest: kept,
        result: outcome.result,
        good_rows: outcome.taken.as_ref().map_or(0, |statement| statement.rows() as i64),
        refused_rows: i64::from(outcome.refused_rows()),
    };
    let received_on: NaiveDate = wall_clock(file.now).date();
    let number = db.write(|conn| {
        let number = record_submission(conn, actor, &new)?;
        if let Some(statement) = &outcome.taken {
            receive(conn, actor, file.provider.id, file.now, received_on, statement)?;
        }
        Ok::<i64, diesel::result::Error>(number)
    })?;
    Ok(Receipt { number, received_at: file.now, digest })
}

impl Outcome {
    /// How many rows have a fault.
    pub fn refused_rows(&self) -> u32 {
        let mut rows: Vec<_> = self.faults.iter().map(|fault| (&fault.place.sheet, fault.place.row)).collect();
        rows.sort();
        rows.dedup();
        rows.len() as u32
    }
}

impl Statement {
    /// The number of lines on all sheets, the head not counted.
    pub fn rows(&self) -> usize {
        self.trajectories.len() + self.feedback.len() + self.staff.len() + self.complaints.len() + self.costs.len()
    }
}
