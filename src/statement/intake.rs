//! A statement at the counter (indienen), step by step: weighed against what is known, kept as a file, taken in with its
//! receipt. Whether the quarter is still open stands in a later chapter, which carries out the steps in one transaction.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;

use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::client::names::{self, SealedName};
use crate::db::Conn;
use crate::files::Files;
use crate::ids::Sha256Hex;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::sheet::{Refusal, Source, mark};
use crate::statement::store::{Recorded, Submission, SubmissionResult, receive, record_submission};
use crate::statement::{CheckContext, Fault, Reading, Statement, Warning, checks, read, send_back, write_workbook};
use crate::text::Lang;
use crate::vault::Vault;

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
    /// Seals the names of clients; without it no name is kept.
    pub vault: Option<&'a Vault>,
    /// The key of the form (idempotency key): what is sent again with it is not taken again.
    pub form_key: Option<&'a str>,
    /// "Neem de goede rijen, stuur de rest terug."
    pub take_good_rows: bool,
    /// The user knows that cost lines stated before are dropped when this file states none.
    pub drop_earlier_lines: bool,
    /// Look, and store nothing.
    pub dry_run: bool,
    /// In UTC.
    pub now: NaiveDateTime,
    pub lang: Lang,
}

/// What came of it.
#[derive(Debug, Clone)]
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
    /// The form was sent before with another file, or it is no longer known what came of it.
    FormUsed,
    Trouble(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Fate {
    fn from(cause: E) -> Fate {
        Fate::Trouble(cause.into())
    }
}

/// Checks what was read against what the municipality knows.
pub fn weigh(reading: &Reading, known: &CheckContext, file: &HandedIn<'_>) -> Result<Outcome, Fate> {
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
            let (found, odd) = checks(&statement, known);
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
    Ok(Outcome { result, receipt: None, taken, good_rows, faults, warnings, marked })
}

/// What was taken is kept as a workbook of our own, without the names of clients; of what came in, only the hash. The
/// file comes first, fsynced, then its row: a row never names a file that is not there.
pub fn keep(files: &Files, file: &HandedIn<'_>, outcome: &Outcome) -> anyhow::Result<Submission> {
    let kept = match &outcome.taken {
        Some(statement) => Some(files.put(&write_workbook(statement, &BTreeMap::new()))?.as_str().to_owned()),
        None => None,
    };
    Ok(Submission {
        provider_id: file.provider.id,
        quarter: file.quarter,
        received_at: file.now,
        file_name: file.file_name.to_owned(),
        file_digest: Sha256Hex::of(file.bytes).as_str().to_owned(),
        kept_digest: kept,
        result: outcome.result,
        good_rows: outcome.taken.as_ref().map_or(0, |statement| statement.rows() as i64),
        refused_rows: i64::from(outcome.refused_rows()),
        form_key: file.form_key.map(str::to_owned),
    })
}

/// The names of the clients in what was taken, each sealed.
pub fn names(actor: &Actor, file: &HandedIn<'_>, outcome: &Outcome) -> anyhow::Result<Vec<SealedName>> {
    let (Some(vault), Some(statement)) = (file.vault, &outcome.taken) else { return Ok(Vec::new()) };
    let mut sealed = BTreeMap::new();
    for line in &statement.trajectories {
        if let Some(name) = &line.client_name {
            sealed.insert(&line.client_ref, names::seal(vault, actor, file.provider.id, &line.client_ref, name)?);
        }
    }
    Ok(sealed.into_values().collect())
}

/// Writes down that the file came in, and takes what is good of it.
pub fn take(
    conn: &mut Conn,
    actor: &Actor,
    new: &Submission,
    taken: Option<&Statement>,
    names: &[SealedName],
) -> QueryResult<Receipt> {
    let number = record_submission(conn, actor, new)?;
    if let Some(statement) = taken {
        let received_on: NaiveDate = wall_clock(new.received_at).date();
        receive(conn, actor, new.provider_id, new.received_at, received_on, statement)?;
        names::keep(conn, actor, new.received_at, new.provider_id, names)?;
    }
    Ok(Receipt { number, received_at: new.received_at, digest: new.file_digest.clone() })
}

/// What came of a file that was sent before with the same form: its own receipt, and what was taken of it. What was wrong
/// with it, or odd in it, is read from the file that was sent again, which must be the same.
pub fn again(files: &Files, file: &HandedIn<'_>, first: &Recorded, weighed: Outcome) -> Result<Outcome, Fate> {
    let new = &first.submission;
    let same = new.file_digest == Sha256Hex::of(file.bytes).as_str() && new.quarter == file.quarter;
    if !same || (new.result == SubmissionResult::Refused && weighed.faults.is_empty()) {
        return Err(Fate::FormUsed);
    }
    let taken = match &new.kept_digest {
        Some(kept) => read(Source::File(&files.get(&kept.parse()?)?)).map_err(Fate::Refused)?.statement,
        None => None,
    };
    let receipt = Receipt { number: first.number, received_at: new.received_at, digest: new.file_digest.clone() };
    let (faults, marked) = match new.result {
        SubmissionResult::Taken => (Vec::new(), None),
        SubmissionResult::PartlyTaken | SubmissionResult::Refused => (weighed.faults, weighed.marked),
    };
    Ok(Outcome { result: new.result, receipt: Some(receipt), taken, faults, marked, ..weighed })
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
