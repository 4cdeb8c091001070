//! The command line (opdrachtregel): one binary, a page per command. Human text by default, `--json` for machines;
//! progress only on a terminal and on standard error; exit 0 is done, 1 is done but problems found, 2 is wrong use or
//! refused input.

mod administer;
mod demo;
mod import;
mod judge;
mod quarter;
mod serve;
mod setup;

use std::process::ExitCode;

use anyhow::Context;
use chrono::Utc;
use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};
use i18n_embed_fl::fl;

use crate::account;
use crate::actor::Actor;
use crate::config::{self, Config, DatabaseUrl, Flags, Key, Source};
use crate::db::Db;
use crate::files::Files;
use crate::log::{self, LogForm};
use crate::text::Lang;
use crate::vault::{KeyPlace, Vault};

/// Contract management for re-integration services bought through Open House.
#[derive(Debug, Parser)]
#[command(name = "openhouse", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an invented municipality, judge its quarters, write its reports, and serve it
    Demo(demo::Demo),
    /// Make the first municipality with its definitions and its contract manager
    Setup(setup::Setup),
    /// Serve the web application
    Serve,
    /// Judge one QuarterFacts document: facts in, findings out
    Judge(judge::Judge),
    /// Read a spreadsheet, a ZIP or a folder of CSV files
    #[command(subcommand)]
    Import(import::Import),
    /// Gather and judge a quarter
    Assess(quarter::Assess),
    /// Write the QuarterFacts document that assess uses
    Facts(quarter::Facts),
    /// Write the report of a quarter per provider, as PDF and as HTML
    Report(quarter::Report),
    /// Bring the tables of the database up to date
    Migrate,
    /// Look whether configuration, database and files are in order
    Check,
    /// Show the configuration
    #[command(subcommand)]
    Config(administer::ConfigCommand),
    /// Look after the audit
    #[command(subcommand)]
    Audit(administer::AuditCommand),
    /// Look after users
    #[command(subcommand)]
    User(administer::UserCommand),
}

/// How a command ended.
enum Ending {
    Done,
    /// Carried out, and there is something to look at.
    ProblemsFound,
    /// Wrong use or refused input: nothing was done, and this is why.
    Refused(Vec<String>),
}

/// Reads the arguments and carries out the command.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(fault) => return wrong_use(&fault),
    };
    let config = match config::load(&arguments.flags) {
        Ok(config) => config,
        Err(faults) => {
            let lang = arguments.flags.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Nl);
            faults.iter().for_each(|fault| eprintln!("{}", fault.in_lang(lang)));
            return ExitCode::from(2);
        }
    };
    let form = if matches!(arguments.command, Command::Serve) { LogForm::Json } else { LogForm::Human };
    if let Err(cause) = log::start(config.log_level, form) {
        eprintln!("{cause}");
        return ExitCode::from(2);
    }
    let lang = config.lang;
    let ending = match arguments.command {
        Command::Demo(demo) => demo.run(&arguments.flags, &config),
        Command::Setup(setup) => setup.run(&config),
        Command::Serve => serve::serve(&config),
        Command::Judge(judge) => judge.run(lang),
        Command::Import(import) => import.run(&config),
        Command::Assess(assess) => assess.run(&config),
        Command::Facts(facts) => facts.run(&config),
        Command::Report(report) => report.run(&config),
        Command::Migrate => administer::migrate(&config),
        Command::Check => administer::check(&config),
        Command::Config(command) => administer::config(command, &config),
        Command::Audit(command) => administer::audit(command, &config),
        Command::User(command) => administer::user(command, &config),
    };
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::ProblemsFound) => ExitCode::from(1),
        Ok(Ending::Refused(messages)) => {
            messages.iter().for_each(|message| eprintln!("{message}"));
            ExitCode::from(2)
        }
        Err(cause) => {
            eprintln!("{}", fl!(lang.texts(), "cli-trouble", cause = format!("{cause:#}")));
            ExitCode::from(2)
        }
    }
}

/// Help and version are answers; anything else is told in the user's language, with the parser's own words below it.
fn wrong_use(fault: &clap::Error) -> ExitCode {
    if !fault.use_stderr() {
        print!("{fault}");
        return ExitCode::SUCCESS;
    }
    let text = |kind| match fault.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let lang = std::env::var("OPENHOUSE_LANG").ok().and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Nl);
    let message = match (argument.is_empty(), value.is_empty()) {
        (false, false) => fl!(lang.texts(), "cli-wrong-value", argument = argument, value = value),
        (false, true) => fl!(lang.texts(), "cli-wrong-argument", argument = argument),
        _ => fl!(lang.texts(), "cli-wrong-use"),
    };
    eprintln!("{message}\n\n{fault}");
    ExitCode::from(2)
}

/// The database and the files of this installation.
fn open(config: &Config) -> anyhow::Result<(Db, Files)> {
    if let DatabaseUrl::Sqlite(path) = &config.database_url
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    Ok((Db::open(&config.database_url.address())?, Files::open(&config.files)?))
}

/// The vault of this installation, or why its key is not the right one.
fn unlock(config: &Config, db: &Db) -> anyhow::Result<Result<Vault, Ending>> {
    match Vault::unlock(db, key_place(config), Utc::now().naive_utc()) {
        Ok(vault) => Ok(Ok(vault)),
        Err(trouble) => match trouble.in_lang(config.lang) {
            Some(message) => Ok(Err(Ending::Refused(vec![message]))),
            None => Err(trouble.into()),
        },
    }
}

/// A key file is made beside data on this machine, or where somebody named one; never unasked for data on a server.
fn key_place(config: &Config) -> KeyPlace<'_> {
    let asked = config.sources.get(&Key::KeyFile) != Some(&Source::Default);
    match &config.key {
        Some(key) => KeyPlace::Given(key.told()),
        None => KeyPlace::File {
            path: &config.key_file,
            make: asked || matches!(config.database_url, DatabaseUrl::Sqlite(_)),
        },
    }
}

/// The municipality a command is about.
#[derive(Debug, Clone, clap::Args)]
struct WhichMunicipality {
    /// The municipality, when there is more than one
    #[arg(long, alias = "gemeente", value_name = "NAME")]
    municipality: Option<String>,
}

impl WhichMunicipality {
    /// The program itself at work for the municipality, and its name; or why it cannot be told which.
    fn actor(&self, db: &Db, lang: Lang) -> anyhow::Result<Result<(Actor, String), Ending>> {
        let known = db.read(account::store::municipalities)?;
        let chosen = match (&self.municipality, &known[..]) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(name), all) => all.iter().find(|(_, one)| one == name),
        };
        Ok(match chosen {
            Some((id, name)) => Ok((Actor::system(*id), name.clone())),
            None => {
                let names: Vec<&str> = known.iter().map(|(_, name)| name.as_str()).collect();
                let message = match known.is_empty() {
                    true => fl!(lang.texts(), "cli-no-municipality"),
                    false => fl!(lang.texts(), "cli-which-municipality", names = names.join(", ")),
                };
                Err(Ending::Refused(vec![message]))
            }
        })
    }
}
