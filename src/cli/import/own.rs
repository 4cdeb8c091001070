//! `openhouse import municipality`, `providers` and `staff`: the municipality's own files (gemeentebestand, register,
//! VOG-register). All three come in the same way: whole, or not at all.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{NaiveDateTime, Utc};
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;
use serde_json::{Value, json};

use super::said::Said;
use super::{Incoming, counts};
use crate::actor::Actor;
use crate::cli::out::say;
use crate::cli::{Ending, WhichMunicipality, open};
use crate::config::Config;
use crate::db::Conn;
use crate::register::{self, AgreementLine, ContactLine, ProductLine, ProviderLine, RegisteredLine, TariffLine};
use crate::sheet::{Line, Refusal, Source};
use crate::statement::{
    ExclusionLine, ListedClientLine, OutflowLine, PlacementLine, SurveyLine, municipal_intake, municipal_template,
    read_municipal,
};
use crate::text::Lang;

#[derive(Debug, clap::Args)]
pub struct OwnFile {
    #[arg(required_unless_present = "template", help = "help-import-file")]
    file: Option<PathBuf>,
    #[command(flatten)]
    municipality: WhichMunicipality,
    #[arg(long, help = "help-import-dry-run")]
    dry_run: bool,
    #[arg(long, help = "help-import-json")]
    json: bool,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "dry_run", "json"], help = "help-import-template")]
    template: Option<PathBuf>,
}

/// One kind of file: how it is read, taken and told.
pub struct Kind {
    read: fn(Source<'_>, Lang) -> Result<Read, Refusal>,
    template: fn(Lang) -> Vec<u8>,
    taken: fn(&str, Lang) -> String,
    good: fn(&str, Lang) -> String,
}

/// A file as it was read.
struct Read {
    /// None as long as there is one fault.
    take: Option<Take>,
    rows: Vec<(&'static str, usize)>,
    faults: Vec<Said>,
    warnings: Vec<Said>,
}

type Take = Box<dyn FnOnce(&mut Conn, &Actor, NaiveDateTime, Lang) -> Result<(), Fate>>;

/// Why a file that was read is not taken.
enum Fate {
    Refused(Vec<Said>),
    Trouble(QueryError),
}

impl From<QueryError> for Fate {
    fn from(cause: QueryError) -> Fate {
        Fate::Trouble(cause)
    }
}

impl OwnFile {
    pub(super) fn run(&self, config: &Config, kind: &Kind) -> anyhow::Result<Ending> {
        let lang = config.lang;
        if let Some(path) = &self.template {
            return write_template(path, &(kind.template)(lang), lang);
        }
        // The parser asks for a file when there is no template to write.
        let file = self.file.as_deref().unwrap_or(Path::new(""));
        let incoming = Incoming::read(file)?;
        let mut read = match (kind.read)(incoming.source(), lang) {
            Ok(read) => read,
            Err(refusal) => return Ok(Ending::Refused(vec![incoming.told(&refusal.message(lang))])),
        };
        let Some(take) = read.take.take() else { return self.refuse(&incoming, &read, lang) };
        let (db, _) = open(config)?;
        let (actor, name) = match self.municipality.actor(&db, lang)? {
            Ok(found) => found,
            Err(refusal) => return Ok(refusal),
        };
        let now = Utc::now().naive_utc();
        let taken = db.write(|conn| {
            take(conn, &actor, now, lang)?;
            match self.dry_run {
                // Carried out as far as the last line, and taken back.
                true => Err(Fate::Trouble(QueryError::RollbackTransaction)),
                false => Ok(()),
            }
        });
        let mut lines = match taken {
            Ok(()) => vec![(kind.taken)(&name, lang)],
            Err(Fate::Trouble(QueryError::RollbackTransaction)) => {
                vec![fl!(lang.texts(), "cli-import-dry-run"), (kind.good)(&name, lang)]
            }
            Err(Fate::Trouble(cause)) => return Err(cause.into()),
            Err(Fate::Refused(faults)) => {
                read.faults = faults;
                return self.refuse(&incoming, &read, lang);
            }
        };
        if self.json {
            say!("{}", serde_json::to_string_pretty(&self.as_json(&incoming, &read, "taken"))?);
        } else {
            lines.extend(counts(&read.rows));
            lines.extend(incoming.warned(&read.warnings, lang));
            lines.iter().for_each(|line| say!("{line}"));
        }
        Ok(if read.warnings.is_empty() { Ending::Done } else { Ending::ProblemsFound })
    }

    fn refuse(&self, incoming: &Incoming, read: &Read, lang: Lang) -> anyhow::Result<Ending> {
        if self.json {
            say!("{}", serde_json::to_string_pretty(&self.as_json(incoming, read, "refused"))?);
            return Ok(Ending::Refused(Vec::new()));
        }
        let faults = incoming.faulted(&read.faults, lang).into_iter();
        Ok(Ending::Refused(faults.chain(incoming.warned(&read.warnings, lang)).collect()))
    }

    fn as_json(&self, incoming: &Incoming, read: &Read, result: &str) -> Value {
        let rows: Value = read.rows.iter().map(|(sheet, rows)| ((*sheet).to_owned(), json!(rows))).collect();
        json!({
            "file": incoming.path.display().to_string(),
            "result": result,
            "dry_run": self.dry_run,
            "rows": rows,
            "faults": read.faults.iter().map(Said::as_json).collect::<Vec<_>>(),
            "warnings": read.warnings.iter().map(Said::as_json).collect::<Vec<_>>(),
        })
    }
}

/// A template that somebody filled in is not written over.
fn write_template(path: &Path, bytes: &[u8], lang: Lang) -> anyhow::Result<Ending> {
    let shown = path.display().to_string();
    if path.exists() {
        return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-import-template-there", path = shown)]));
    }
    std::fs::write(path, bytes).with_context(|| shown.clone())?;
    say!("{}", fl!(lang.texts(), "cli-import-template", path = shown));
    Ok(Ending::Done)
}

pub const MUNICIPALITY: Kind = Kind {
    read: |source, lang| {
        let reading = read_municipal(source)?;
        let rows = reading.municipal.as_ref().map(|told| {
            vec![
                (OutflowLine::TABLE.name, told.outflows.len()),
                (PlacementLine::TABLE.name, told.placements.len()),
                (ExclusionLine::TABLE.name, told.exclusions.len()),
                (SurveyLine::TABLE.name, told.surveys.len()),
                (ListedClientLine::TABLE.name, told.clients.len()),
            ]
        });
        let take = reading.municipal.map(|told| -> Take {
            Box::new(move |conn, actor, now, lang| {
                municipal_intake::take(conn, actor, now, &told).map_err(|fate| match fate {
                    municipal_intake::Fate::Strangers(faults) => Fate::Refused(Said::of(&faults, lang)),
                    municipal_intake::Fate::Trouble(cause) => Fate::Trouble(cause),
                })
            })
        });
        Ok(Read::new(take, rows, Said::of(&reading.faults, lang), Said::of(&reading.warnings, lang)))
    },
    template: municipal_template,
    taken: |name, lang| fl!(lang.texts(), "cli-import-municipality", name = name),
    good: |name, lang| fl!(lang.texts(), "cli-import-municipality-good", name = name),
};

pub const PROVIDERS: Kind = Kind {
    read: |source, lang| {
        let reading = register::read_register(source)?;
        let rows = reading.told.as_ref().map(|told| {
            vec![
                (ProviderLine::TABLE.name, told.providers.len()),
                (ProductLine::TABLE.name, told.products.len()),
                (TariffLine::TABLE.name, told.tariffs.len()),
                (AgreementLine::TABLE.name, told.agreements.len()),
                (ContactLine::TABLE.name, told.contacts.len()),
            ]
        });
        let take = reading.told.map(|told| -> Take {
            Box::new(move |conn, actor, now, lang| {
                register::intake::take(conn, actor, now, &told).map_err(|fate| Fate::of(fate, lang))
            })
        });
        Ok(Read::new(take, rows, Said::of(&reading.faults, lang), Said::of(&reading.warnings, lang)))
    },
    template: register::register_template,
    taken: |name, lang| fl!(lang.texts(), "cli-import-providers", name = name),
    good: |name, lang| fl!(lang.texts(), "cli-import-providers-good", name = name),
};

pub const STAFF: Kind = Kind {
    read: |source, lang| {
        let reading = register::read_vogs(source)?;
        let rows = reading.told.as_ref().map(|told| vec![(RegisteredLine::TABLE.name, told.len())]);
        let take = reading.told.map(|told| -> Take {
            Box::new(move |conn, actor, now, lang| {
                register::vog_intake::take(conn, actor, now, &told).map_err(|fate| Fate::of(fate, lang))
            })
        });
        Ok(Read::new(take, rows, Said::of(&reading.faults, lang), Said::of(&reading.warnings, lang)))
    },
    template: register::vog_template,
    taken: |name, lang| fl!(lang.texts(), "cli-import-staff", name = name),
    good: |name, lang| fl!(lang.texts(), "cli-import-staff-good", name = name),
};

impl Read {
    fn new(
        take: Option<Take>,
        rows: Option<Vec<(&'static str, usize)>>,
        faults: Vec<Said>,
        warnings: Vec<Said>,
    ) -> Read {
        Read { take, rows: rows.unwrap_or_default(), faults, warnings }
    }
}

impl Fate {
    fn of(fate: register::intake::Fate, lang: Lang) -> Fate {
        match fate {
            register::intake::Fate::Refused(faults) => Fate::Refused(Said::of(&faults, lang)),
            register::intake::Fate::Trouble(cause) => Fate::Trouble(cause),
        }
    }
}
