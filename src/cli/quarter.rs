//! `openhouse assess`, `facts` and `report`: the judging of a quarter, seen from the command line.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::Utc;
use i18n_embed_fl::fl;

use super::{Ending, WhichMunicipality, open};
use crate::actor::Actor;
use crate::assessment;
use crate::calendar::wall_clock;
use crate::cli::out::{say, say_whole};
use crate::config::Config;
use crate::db::Conn;
use crate::facts::gather;
use crate::ids::Kvk;
use crate::indicator::{Findings, judge};
use crate::provider::{self, Provider};
use crate::quarter::Quarter;
use crate::report::gather::Publisher;
use crate::report::print::{self, Paper};
use crate::report::shelf::Shelf;
use crate::seal::Seals;
use crate::text::Lang;

/// Which provider or providers.
#[derive(Debug, Clone, clap::Args)]
struct WhichProvider {
    #[arg(long, alias = "aanbieder", value_name = "KVK", help = "help-one-provider")]
    provider: Option<Kvk>,
}

impl WhichProvider {
    fn find(&self, conn: &mut Conn, actor: &Actor, lang: Lang) -> anyhow::Result<Result<Vec<Provider>, Ending>> {
        let Some(kvk) = &self.provider else { return Ok(Ok(provider::store::all(conn, actor)?)) };
        Ok(match provider::store::find_by_kvk(conn, actor, kvk)? {
            Some(provider) => Ok(vec![provider]),
            None => Err(Ending::Refused(vec![fl!(lang.texts(), "cli-unknown-provider", kvk = kvk.to_string())])),
        })
    }
}

#[derive(Debug, clap::Args)]
pub struct Assess {
    #[arg(help = "help-quarter")]
    quarter: Quarter,
    #[command(flatten)]
    provider: WhichProvider,
    #[command(flatten)]
    municipality: WhichMunicipality,
    #[arg(long, help = "help-assess-json")]
    json: bool,
    #[arg(long, help = "help-assess-dry-run")]
    dry_run: bool,
}

impl Assess {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let lang = config.lang;
        let now = Utc::now().naive_utc();
        if self.quarter.last_day() >= wall_clock(now).date() {
            let quarter = lang.quarter(self.quarter);
            return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-not-over", quarter = quarter)]));
        }
        let (db, _) = open(config)?;
        let (actor, _) = match self.municipality.actor(&db, lang)? {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal),
        };
        let providers = match db.read(|conn| self.provider.find(conn, &actor, lang))? {
            Ok(providers) => providers,
            Err(refusal) => return Ok(refusal),
        };
        if !self.dry_run {
            db.write(|conn| match &self.provider.provider {
                Some(_) => providers.iter().try_for_each(|one| {
                    assessment::store::assess_one(conn, &actor, now, one.id, self.quarter).map(|_| ())
                }),
                None => assessment::store::assess_all(conn, &actor, now, self.quarter).map(|_| ()),
            })?;
        }
        db.read(|conn| {
            let terms = gather::terms(conn, &actor, self.quarter)?;
            for provider in &providers {
                if let Some(facts) = gather::one(conn, &actor, provider.id, self.quarter, &terms)? {
                    self.show(&judge(&facts), lang);
                }
            }
            anyhow::Ok(Ending::Done)
        })
    }

    fn show(&self, findings: &Findings, lang: Lang) {
        if self.json {
            say_whole!("{}", findings.to_json());
            return;
        }
        say!("{} ({})", findings.provider.name, findings.provider.kvk);
        for finding in &findings.findings {
            let share = finding.shown_percentage().map_or("–".to_owned(), |share| share.written(lang));
            let verdict = assessment::web::verdict::word(lang, finding.verdict);
            let (n, d) = (finding.numerator, finding.denominator);
            say!("  {:>2}  {n:>4} / {d:<4} {share:>8}  {verdict}", finding.indicator);
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Facts {
    #[arg(help = "help-quarter")]
    quarter: Quarter,
    #[arg(long, alias = "aanbieder", value_name = "KVK", help = "help-provider")]
    provider: Kvk,
    #[command(flatten)]
    municipality: WhichMunicipality,
}

impl Facts {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let (db, _) = open(config)?;
        let lang = config.lang;
        let (actor, _) = match self.municipality.actor(&db, lang)? {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal),
        };
        db.read(|conn| {
            let kvk = self.provider.to_string();
            let Some(provider) = provider::store::find_by_kvk(conn, &actor, &self.provider)? else {
                return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-unknown-provider", kvk = kvk)]));
            };
            let terms = gather::terms(conn, &actor, self.quarter)?;
            Ok(match gather::one(conn, &actor, provider.id, self.quarter, &terms)? {
                Some(facts) => {
                    say_whole!("{}", facts.to_json());
                    Ending::Done
                }
                None => Ending::Refused(vec![fl!(lang.texts(), "cli-no-agreement", kvk = kvk)]),
            })
        })
    }
}

#[derive(Debug, clap::Args)]
pub struct Report {
    #[arg(help = "help-quarter")]
    quarter: Quarter,
    #[command(flatten)]
    provider: WhichProvider,
    #[command(flatten)]
    municipality: WhichMunicipality,
    #[arg(long, value_name = "DIR", help = "help-report-out")]
    out: PathBuf,
}

impl Report {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let (db, files) = open(config)?;
        let (lang, now) = (config.lang, Utc::now().naive_utc());
        let (actor, municipality) = match self.municipality.actor(&db, lang)? {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal),
        };
        let publisher =
            Publisher { municipality: &municipality, public_url: &config.public_url, today: wall_clock(now).date() };
        let providers = match db.read(|conn| self.provider.find(conn, &actor, lang))? {
            Ok(providers) => providers,
            Err(refusal) => return Ok(refusal),
        };
        let reports = db.read(|conn| print::quarter(conn, &actor, publisher, &providers, self.quarter, lang))?;
        if reports.is_empty() {
            let quarter = lang.quarter(self.quarter);
            return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-not-judged", quarter = quarter)]));
        }
        let seals = Seals::of(config.seal.as_ref())?;
        let shelf = Shelf { db: &db, files: &files, seals: &seals };
        for report in reports {
            let pdf = shelf.report(&actor, now, &report)?;
            for (extension, bytes) in [("pdf", &pdf), ("html", &report.html_page(lang).into_bytes())] {
                let path = write(&self.out, &report, extension, bytes)?;
                say!("{}", path.display());
            }
        }
        Ok(Ending::Done)
    }
}

/// Writes a report into the folder, whole or not at all.
pub(super) fn write(folder: &Path, report: &Paper, extension: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join(format!("{}.{extension}", report.file_name()));
    let unfinished = path.with_extension(format!("{extension}.part"));
    std::fs::write(&unfinished, bytes).with_context(|| format!("{} cannot be written", unfinished.display()))?;
    std::fs::rename(&unfinished, &path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}
