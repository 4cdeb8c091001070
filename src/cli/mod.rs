//! The command line (opdrachtregel): one binary, a page per command. Human text by default, `--json` for machines;
//! progress only on a terminal and on standard error; exit 0 is done, 1 is done but problems found, 2 is wrong use or
//! refused input.

mod administer;
mod backup;
mod demo;
mod help;
mod import;
mod judge;
mod out;
mod quarter;
mod serve;
mod setup;
mod trouble;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context;
use chrono::Utc;
use clap::{FromArgMatches, Parser, Subcommand};
use i18n_embed_fl::fl;

use crate::account;
use crate::actor::Actor;
use crate::cli::out::{complain, say_whole};
use crate::config::{self, Config, DatabaseUrl, Flags, Key, Source};
use crate::db::Db;
use crate::evidence;
use crate::files::Files;
use crate::house::uploads::{Scan, Uploads};
use crate::log::{self, LogForm};
use crate::text::Lang;
use crate::vault::{KeyPlace, Vault};

/// Contract management for re-integration services bought through Open House.
#[derive(Debug, Parser)]
#[command(name = "openhouse", version, about = "help-about", max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "help-demo")]
    Demo(demo::Demo),
    #[command(about = "help-setup")]
    Setup(setup::Setup),
    #[command(about = "help-serve")]
    Serve,
    #[command(about = "help-judge")]
    Judge(judge::Judge),
    #[command(subcommand, about = "help-import")]
    Import(import::Import),
    #[command(about = "help-assess")]
    Assess(quarter::Assess),
    #[command(about = "help-facts")]
    Facts(quarter::Facts),
    #[command(about = "help-report")]
    Report(quarter::Report),
    #[command(about = "help-migrate")]
    Migrate,
    #[command(about = "help-check")]
    Check,
    #[command(subcommand, about = "help-config")]
    Config(administer::ConfigCommand),
    #[command(subcommand, about = "help-audit")]
    Audit(administer::audit::AuditCommand),
    #[command(subcommand, about = "help-user")]
    User(administer::UserCommand),
    #[command(subcommand, about = "help-backup")]
    Backup(backup::Backup),
    #[command(about = "help-completions")]
    Completions {
        #[arg(value_name = "SHELL", help = "help-completions-shell")]
        shell: clap_complete::Shell,
    },
    /// The server starts this itself.
    #[command(subcommand, hide = true, about = "help-apart")]
    Apart(evidence::apart::child::Task),
}

impl Command {
    /// The server signs for itself, and the demo stands elsewhere than the settings say.
    fn writes_to_the_audit(&self) -> bool {
        matches!(
            self,
            Command::Setup(_) | Command::Import(_) | Command::Assess(_) | Command::Report(_) | Command::User(_)
        )
    }
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
    let words = with_help_behind(std::env::args_os().collect());
    let lang = help::language(&words, |name| std::env::var(name).ok());
    let parsed = help::parser(lang).try_get_matches_from(words);
    let arguments = match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(fault) => return instead(&fault, lang),
    };
    // Before any setting is read: this process is to know none.
    if let Command::Apart(task) = &arguments.command {
        return evidence::apart::child::work(task);
    }
    let config = match config::load(&arguments.flags) {
        Ok(config) => config,
        Err(faults) => {
            let lang = arguments.flags.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Nl);
            faults.iter().for_each(|fault| complain!("{}", fault.in_lang(lang)));
            return ExitCode::from(2);
        }
    };
    let form = if matches!(arguments.command, Command::Serve) { LogForm::Json } else { LogForm::Human };
    if let Err(cause) = log::start(config.log_level, form) {
        complain!("{cause}");
        return ExitCode::from(2);
    }
    let lang = config.lang;
    let acts = arguments.command.writes_to_the_audit();
    let mut ending = match arguments.command {
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
        Command::Audit(command) => administer::audit::audit(command, &config),
        Command::User(command) => administer::user(command, &config),
        Command::Backup(command) => command.run(&config),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut help::parser(lang), "openhouse", &mut script);
            say_whole!("{}", String::from_utf8_lossy(&script));
            Ok(Ending::Done)
        }
        Command::Apart(task) => return evidence::apart::child::work(&task),
    };
    if acts && matches!(ending, Ok(Ending::Done | Ending::ProblemsFound)) {
        ending = administer::audit::sign(&config).and(ending);
    }
    if let Some(cause) = out::trouble() {
        complain!("{}", fl!(lang.texts(), "cli-trouble", cause = trouble::io_words(cause, lang)));
        return ExitCode::from(2);
    }
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::ProblemsFound) => ExitCode::from(1),
        Ok(Ending::Refused(messages)) => {
            messages.iter().for_each(|message| complain!("{message}"));
            ExitCode::from(2)
        }
        Err(cause) => {
            complain!("{}", fl!(lang.texts(), "cli-trouble", cause = trouble::words(&cause, lang)));
            ExitCode::from(2)
        }
    }
}

/// Help and version are answers; anything else is wrong use.
fn instead(fault: &clap::Error, lang: Lang) -> ExitCode {
    if fault.use_stderr() {
        let words = help::wrong_use(fault, lang);
        complain!("{}", words.trim_end());
        return ExitCode::from(2);
    }
    say_whole!("{}", help::asked(fault, lang));
    match out::trouble() {
        Some(_) => ExitCode::from(2),
        None => ExitCode::SUCCESS,
    }
}

/// `openhouse help import` asks what `openhouse import --help` asks.
fn with_help_behind(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|word| word == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
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

/// What holds for files that come in.
fn uploads(config: &Config) -> anyhow::Result<Uploads> {
    let scan = config.clamd.clone().map_or(Scan::Off, Scan::Required);
    Ok(Uploads::new(config.evidence_quota * 1024 * 1024, scan)?)
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
        Some(key) => KeyPlace::Given(&key.0),
        None => KeyPlace::File {
            path: &config.key_file,
            make: asked || matches!(config.database_url, DatabaseUrl::Sqlite(_)),
        },
    }
}

/// The municipality a command is about.
#[derive(Debug, Clone, clap::Args)]
struct WhichMunicipality {
    #[arg(long, alias = "gemeente", value_name = "NAME", help = "help-municipality")]
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
