//! `openhouse migrate`, `check`, `config`, `audit` and `user`: looking after an installation (beheer).

pub(super) mod audit;
mod check;
pub(super) mod references;
mod users;

use i18n_embed_fl::fl;

pub(super) use self::check::check;
pub(super) use self::users::{UserCommand, tell_link, user};
use super::{Ending, open};
use crate::cli::out::{say, say_whole};
use crate::config::{self, Config};
use crate::db::{self, Db};

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

/// The database as it stands. A look at a mistyped address must not make an empty database there, and find it in order.
fn standing(config: &Config) -> anyhow::Result<Result<Db, Ending>> {
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
