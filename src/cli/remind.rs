//! `openhouse remind run`: the daily round by hand, or by the clock of the operating system where no server runs.

use chrono::Utc;
use i18n_embed_fl::fl;
use serde_json::json;

use super::Ending;
use super::administer::standing;
use crate::cli::out::say;
use crate::config::Config;
use crate::reminder::{self, Done, Report};
use crate::text::Lang;

#[derive(Debug, clap::Subcommand)]
pub enum Remind {
    #[command(about = "help-remind-run")]
    Run {
        #[arg(long, help = "help-remind-dry-run")]
        dry_run: bool,
        #[arg(long, help = "help-as-json")]
        json: bool,
    },
}

impl Remind {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let Remind::Run { dry_run, json } = self;
        let db = match standing(config)? {
            Ok(db) => db,
            Err(refusal) => return Ok(refusal),
        };
        let now = Utc::now().naive_utc();
        let report = if *dry_run { reminder::try_out(&db, now)? } else { reminder::run(&db, now)? };
        match json {
            true => say!("{}", serde_json::to_string_pretty(&as_json(&report))?),
            false => tell(&report, *dry_run, config.lang),
        }
        Ok(Ending::Done)
    }
}

fn tell(report: &Report, dry_run: bool, lang: Lang) {
    let t = lang.texts();
    if dry_run {
        say!("{}", fl!(t, "cli-remind-dry-run"));
    }
    for (name, done) in report {
        say!("{name}");
        if *done == Done::default() {
            say!("  {}", fl!(t, "cli-remind-nothing"));
            continue;
        }
        let Done {
            procedures,
            reminders,
            refusals,
            criteria,
            successors,
            without_clients,
            tables,
            offers,
            agreements,
            budgets,
        } = *done;
        let lines = [
            (procedures, fl!(t, "cli-remind-procedures", count = procedures)),
            (reminders, fl!(t, "cli-remind-reminders", count = reminders)),
            (refusals, fl!(t, "cli-remind-refusals", count = refusals)),
            (criteria, fl!(t, "cli-remind-criteria", count = criteria)),
            (successors, fl!(t, "cli-remind-successors", count = successors)),
            (without_clients, fl!(t, "cli-remind-without-clients", count = without_clients)),
            (offers, fl!(t, "offer-remind-lapsed", count = offers)),
            (tables, fl!(t, "cli-remind-tables", count = tables)),
            (agreements, fl!(t, "cli-remind-agreements", count = agreements)),
            (budgets, fl!(t, "budget-remind", count = budgets)),
        ];
        for (_, line) in lines.iter().filter(|(count, _)| *count > 0) {
            say!("  {line}");
        }
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    let one = |(name, done): &(String, Done)| {
        json!({
            "municipality": name,
            "procedures": done.procedures,
            "reminders": done.reminders,
            "refusals": done.refusals,
            "criteria": done.criteria,
            "successors": done.successors,
            "without_clients": done.without_clients,
            "offers": done.offers,
            "tables": done.tables,
            "agreements": done.agreements,
            "budgets": done.budgets,
        })
    };
    report.iter().map(one).collect()
}
