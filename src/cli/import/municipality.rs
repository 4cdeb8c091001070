//! `openhouse import municipality`: taking in what only the municipality knows (gemeentebestand).

use std::path::PathBuf;

use chrono::Utc;
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;

use super::{Incoming, counts};
use crate::cli::{Ending, WhichMunicipality, open};
use crate::config::Config;
use crate::sheet::Line;
use crate::statement::municipal_intake::{Fate, take};
use crate::statement::{ExclusionLine, Municipal, OutflowLine, PlacementLine, SurveyLine, read_municipal};

#[derive(Debug, clap::Args)]
pub struct ImportMunicipality {
    /// An XLSX workbook, a ZIP of CSV files or a folder of CSV files
    file: PathBuf,
    #[command(flatten)]
    municipality: WhichMunicipality,
    /// Read and check, and store nothing
    #[arg(long)]
    dry_run: bool,
}

impl ImportMunicipality {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let lang = config.lang;
        let incoming = Incoming::read(&self.file)?;
        let reading = match read_municipal(incoming.source()) {
            Ok(reading) => reading,
            Err(refusal) => return Ok(Ending::Refused(vec![incoming.told(&refusal.message(lang))])),
        };
        let warnings = incoming.warnings(&reading.warnings, lang);
        let Some(municipal) = &reading.municipal else {
            let faults = incoming.faults(&reading.faults, lang);
            return Ok(Ending::Refused(faults.into_iter().chain(warnings).collect()));
        };
        let (db, _) = open(config)?;
        let (actor, name) = match self.municipality.actor(&db, lang)? {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal),
        };
        let now = Utc::now().naive_utc();
        let taken = db.write(|conn| {
            take(conn, &actor, now, municipal)?;
            match self.dry_run {
                // Carried out as far as the last line, and taken back.
                true => Err(Fate::Trouble(QueryError::RollbackTransaction)),
                false => Ok(()),
            }
        });
        match taken {
            Ok(()) => println!("{}", fl!(lang.texts(), "cli-import-municipality", name = name)),
            Err(Fate::Trouble(QueryError::RollbackTransaction)) => {
                println!("{}", fl!(lang.texts(), "cli-import-dry-run"));
                println!("{}", fl!(lang.texts(), "cli-import-municipality-good", name = name));
            }
            Err(Fate::Trouble(cause)) => return Err(cause.into()),
            Err(Fate::Strangers(strangers)) => {
                let fault = |message: String| incoming.told(&fl!(lang.texts(), "cli-import-fault", message = message));
                let faults = strangers.iter().map(|stranger| fault(stranger.message(lang)));
                return Ok(Ending::Refused(faults.chain(warnings).collect()));
            }
        }
        counts(&rows(municipal)).iter().chain(&warnings).for_each(|line| println!("{line}"));
        Ok(if warnings.is_empty() { Ending::Done } else { Ending::ProblemsFound })
    }
}

fn rows(told: &Municipal) -> [(&'static str, usize); 4] {
    [
        (OutflowLine::TABLE.name, told.outflows.len()),
        (PlacementLine::TABLE.name, told.placements.len()),
        (ExclusionLine::TABLE.name, told.exclusions.len()),
        (SurveyLine::TABLE.name, told.surveys.len()),
    ]
}
