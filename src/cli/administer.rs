//! `openhouse migrate`, `check`, `config`, `audit` and `user`: looking after an installation (beheer).

mod check;
pub(super) mod references;
mod users;

use i18n_embed_fl::fl;
use serde_json::json;

pub(super) use self::check::check;
pub(super) use self::users::{UserCommand, tell_link, user};
use super::{Ending, open};
use crate::audit::{self, Chain};
use crate::cli::out::{say, say_whole};
use crate::config::{self, Config};
use crate::db::{self, Db};
use crate::text::Lang;

#[derive(Debug, clap::Subcommand)]
pub enum ConfigCommand {
    #[command(about = "help-config-show")]
    Show {
        #[arg(long, help = "help-as-json")]
        json: bool,
    },
    #[command(about = "help-config-example")]
    Example,
}

#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    #[command(about = "help-audit-verify")]
    Verify {
        #[arg(long, help = "help-as-json")]
        json: bool,
    },
}

pub(super) fn migrate(config: &Config) -> anyhow::Result<Ending> {
    let texts = config.lang.texts();
    let pending = db::pending(&config.database_url.address())?;
    open(config)?;
    match pending.is_empty() {
        true => say!("{}", fl!(texts, "cli-migrate-nothing")),
        false => say!("{}", fl!(texts, "cli-migrate-done", changes = pending.join(", "))),
    }
    Ok(Ending::Done)
}

pub(super) fn config(command: ConfigCommand, config: &Config) -> anyhow::Result<Ending> {
    match command {
        ConfigCommand::Show { json: true } => {
            say!("{}", serde_json::to_string_pretty(&config.shown(config.lang))?);
        }
        ConfigCommand::Show { json: false } => say_whole!("{}", config.show(config.lang)),
        ConfigCommand::Example => say_whole!("{}", config::example()),
    }
    Ok(Ending::Done)
}

pub(super) fn audit(command: AuditCommand, config: &Config) -> anyhow::Result<Ending> {
    let AuditCommand::Verify { json: as_json } = command;
    let db = match standing(config)? {
        Ok(db) => db,
        Err(refusal) => return Ok(refusal),
    };
    let chain = db.read(audit::verify)?;
    if as_json {
        let told = match &chain {
            Chain::Whole { lines, head } => json!({ "whole": true, "lines": lines, "head": head }),
            Chain::Broken { id } => json!({ "whole": false, "first_broken_line": id }),
        };
        say!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        say!("{}", in_words(&chain, config.lang));
    }
    Ok(match chain {
        Chain::Whole { .. } => Ending::Done,
        Chain::Broken { .. } => Ending::ProblemsFound,
    })
}

pub(super) fn in_words(chain: &Chain, lang: Lang) -> String {
    match chain {
        Chain::Whole { lines, head } => fl!(lang.texts(), "cli-audit-whole", lines = lines, head = head.as_str()),
        Chain::Broken { id } => fl!(lang.texts(), "cli-audit-broken", id = id.to_string()),
    }
}

/// The database as it stands. A look at a mistyped address must not make an empty database there, and find it in order.
pub(super) fn standing(config: &Config) -> anyhow::Result<Result<Db, Ending>> {
    let address = config.database_url.address();
    let pending = db::pending(&address)?;
    Ok(match pending.is_empty() {
        true => Ok(Db::open(&address)?),
        false => Err(Ending::Refused(vec![behind(config, &pending)])),
    })
}

pub(super) fn behind(config: &Config, pending: &[&str]) -> String {
    let (database, changes) = (config.database_url.to_string(), pending.join(", "));
    fl!(config.lang.texts(), "cli-database-behind", database = database, changes = changes)
}
