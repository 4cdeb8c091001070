//! `openhouse import statement`: handing in a quarterly statement (kwartaalopgave) at the counter, from the command line.

use std::path::{Path, PathBuf};

use chrono::Utc;
use i18n_embed_fl::fl;
use serde_json::{Value, json};

use super::said::said_as_json;
use super::{Incoming, counts};
use crate::assessment::handing_in::{Judging, hand_in};
use crate::calendar::wall_clock;
use crate::cli::out::{complain, say};
use crate::cli::trouble::io_words;
use crate::cli::{Ending, WhichMunicipality, key_place, open};
use crate::config::Config;
use crate::ids::Kvk;
use crate::provider::{self, Provider};
use crate::quarter::Quarter;
use crate::sheet::Line;
use crate::statement::intake::{Fate, HandedIn, Outcome, Receipt};
use crate::statement::store::SubmissionResult;
use crate::statement::{ComplaintLine, CostLine, FeedbackLine, Reading, StaffLine, Statement, TrajectoryLine, read};
use crate::text::Lang;
use crate::vault::Vault;

#[derive(Debug, clap::Args)]
pub struct ImportStatement {
    #[arg(help = "help-import-file")]
    file: PathBuf,
    #[arg(long, alias = "aanbieder", value_name = "KVK", help = "help-import-provider")]
    provider: Option<Kvk>,
    #[arg(long, alias = "kwartaal", help = "help-import-quarter")]
    quarter: Option<Quarter>,
    #[command(flatten)]
    municipality: WhichMunicipality,
    #[arg(long, help = "help-import-good-rows")]
    take_good_rows: bool,
    #[arg(long, help = "help-import-drop-earlier-lines")]
    drop_earlier_lines: bool,
    #[arg(long, help = "help-import-dry-run")]
    dry_run: bool,
    #[arg(long, help = "help-import-json")]
    json: bool,
}

impl ImportStatement {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let lang = config.lang;
        let incoming = Incoming::read(&self.file)?;
        let reading = match read(incoming.source()) {
            Ok(reading) => reading,
            Err(refusal) => return Ok(Ending::Refused(vec![incoming.told(&refusal.message(lang))])),
        };
        let (kvk, quarter) = match self.about(&incoming, &reading, lang) {
            Ok(about) => about,
            Err(refusal) => return Ok(refusal),
        };
        let (db, files) = open(config)?;
        let actor = match self.municipality.actor(&db, lang)? {
            Ok((actor, _)) => actor,
            Err(refusal) => return Ok(refusal),
        };
        let Some(provider) = db.read(|conn| provider::store::find_by_kvk(conn, &actor, &kvk))? else {
            return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-unknown-provider", kvk = kvk.to_string())]));
        };
        // Without a key a name cannot be sealed, and is not kept.
        let vault = Vault::of(key_place(config)).ok();
        let file = HandedIn {
            file_name: &incoming.name(),
            source: incoming.source(),
            bytes: &incoming.bytes,
            provider: &provider,
            quarter,
            vault: vault.as_ref(),
            form_key: None,
            take_good_rows: self.take_good_rows,
            drop_earlier_lines: self.drop_earlier_lines,
            dry_run: self.dry_run,
            now: Utc::now().naive_utc(),
            lang,
        };
        match hand_in(&db, &files, &actor, Judging::AtOnce, file) {
            Ok(outcome) => self.tell(&incoming, &provider, quarter, &outcome, lang),
            Err(Fate::FormUsed) => Ok(Ending::Refused(vec![incoming.told(&fl!(lang.texts(), "statement-form-used"))])),
            Err(Fate::Refused(refusal)) => Ok(Ending::Refused(vec![incoming.told(&refusal.message(lang))])),
            Err(Fate::Trouble(cause)) => Err(cause),
        }
    }

    /// Whose statement it is, and about which quarter: as was given, or as the file says itself.
    fn about(&self, incoming: &Incoming, reading: &Reading, lang: Lang) -> Result<(Kvk, Quarter), Ending> {
        let (kvk, quarter) = reading.head();
        match (self.provider.as_ref().or(kvk), self.quarter.or(quarter)) {
            (Some(kvk), Some(quarter)) => Ok((kvk.clone(), quarter)),
            (kvk, quarter) => {
                let mut messages = incoming.faults(&reading.faults, lang);
                if kvk.is_none() {
                    messages.push(incoming.told(&fl!(lang.texts(), "cli-import-whose")));
                }
                if quarter.is_none() {
                    messages.push(incoming.told(&fl!(lang.texts(), "cli-import-when")));
                }
                Err(Ending::Refused(messages))
            }
        }
    }

    fn tell(
        &self,
        incoming: &Incoming,
        provider: &Provider,
        quarter: Quarter,
        outcome: &Outcome,
        lang: Lang,
    ) -> anyhow::Result<Ending> {
        let marked = outcome.marked.as_ref().filter(|_| !self.dry_run).map(|bytes| (incoming.marked_path(), bytes));
        // What came of the statement stands in the database by now; a folder that cannot be written does not change it.
        let unwritten = marked.as_ref().and_then(|(path, bytes)| std::fs::write(path, bytes).err());
        if let (Some((path, _)), Some(cause)) = (&marked, &unwritten) {
            let path = path.display().to_string();
            complain!("{}", fl!(lang.texts(), "cli-import-not-marked", path = path, cause = io_words(cause, lang)));
        }
        let marked = marked.filter(|_| unwritten.is_none()).map(|(path, _)| path);

        let mut refusal = Vec::new();
        if self.json {
            let told = as_json(incoming, provider, quarter, outcome, marked.as_deref(), lang);
            say!("{}", serde_json::to_string_pretty(&told)?);
        } else {
            let receipt = match &outcome.receipt {
                Some(receipt) => proof(receipt, lang),
                None => vec![fl!(lang.texts(), "cli-import-dry-run")],
            };
            receipt.iter().for_each(|line| say!("{line}"));
            let mut lines = vec![heading(provider, quarter, outcome.result, lang)];
            lines.extend(outcome.taken.iter().flat_map(|statement| counts(&rows(statement))));
            lines.extend(incoming.faults(&outcome.faults, lang));
            lines.extend(incoming.warnings(&outcome.warnings, lang));
            lines.extend(marked.map(|path| fl!(lang.texts(), "cli-import-marked", path = path.display().to_string())));
            match outcome.result {
                SubmissionResult::Refused => refusal = lines,
                SubmissionResult::Taken | SubmissionResult::PartlyTaken => {
                    lines.iter().for_each(|line| say!("{line}"));
                }
            }
        }
        Ok(match outcome.result {
            SubmissionResult::Refused => Ending::Refused(refusal),
            SubmissionResult::Taken if outcome.warnings.is_empty() => Ending::Done,
            SubmissionResult::Taken | SubmissionResult::PartlyTaken => Ending::ProblemsFound,
        })
    }
}

fn heading(provider: &Provider, quarter: Quarter, result: SubmissionResult, lang: Lang) -> String {
    let texts = lang.texts();
    let (name, quarter) = (provider.name.as_str(), lang.quarter(quarter));
    match result {
        SubmissionResult::Taken => fl!(texts, "cli-import-taken", name = name, quarter = quarter),
        SubmissionResult::PartlyTaken => fl!(texts, "cli-import-partly", name = name, quarter = quarter),
        SubmissionResult::Refused => fl!(texts, "cli-import-refused", name = name, quarter = quarter),
    }
}

/// The receipt (ontvangstbewijs), on the Dutch clock.
fn proof(receipt: &Receipt, lang: Lang) -> Vec<String> {
    let (number, at) = (receipt.number.to_string(), lang.moment(wall_clock(receipt.received_at)));
    vec![
        fl!(lang.texts(), "cli-import-receipt", number = number, at = at),
        fl!(lang.texts(), "cli-import-digest", digest = receipt.digest.as_str()),
    ]
}

fn rows(statement: &Statement) -> [(&'static str, usize); 5] {
    [
        (TrajectoryLine::TABLE.name, statement.trajectories.len()),
        (FeedbackLine::TABLE.name, statement.feedback.len()),
        (StaffLine::TABLE.name, statement.staff.len()),
        (ComplaintLine::TABLE.name, statement.complaints.len()),
        (CostLine::TABLE.name, statement.costs.len()),
    ]
}

fn as_json(
    incoming: &Incoming,
    provider: &Provider,
    quarter: Quarter,
    outcome: &Outcome,
    marked: Option<&Path>,
    lang: Lang,
) -> Value {
    let receipt = outcome.receipt.as_ref().map(|receipt| {
        let at = receipt.received_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        json!({ "number": receipt.number, "received_at": at, "sha256": receipt.digest })
    });
    let taken = outcome.taken.as_ref().map(|statement| {
        let rows = rows(statement).into_iter().map(|(sheet, rows)| (sheet.to_owned(), json!(rows)));
        Value::Object(rows.collect())
    });
    json!({
        "file": incoming.path.display().to_string(),
        "provider": provider.kvk,
        "quarter": quarter,
        "result": outcome.result,
        "receipt": receipt,
        "taken": taken,
        "faults": said_as_json(&outcome.faults, lang),
        "warnings": said_as_json(&outcome.warnings, lang),
        "marked": marked.map(|path| path.display().to_string()),
    })
}
