//! `openhouse check`: whether this installation is in order (nakijken). It looks, and changes nothing.

use i18n_embed_fl::fl;

use super::audit::{in_words, is_good, kept};
use super::{behind, references};
use crate::audit::head;
use crate::cli::out::say;
use crate::cli::trouble::words;
use crate::cli::{Ending, key_place};
use crate::config::Config;
use crate::db::{self, Db};
use crate::files::Files;
use crate::vault::Vault;

/// What is in order, or why it is not.
type Found = Result<(), String>;

pub fn check(config: &Config) -> anyhow::Result<Ending> {
    let texts = config.lang.texts();
    let database = database(config);
    let audit = match &database {
        Ok(()) => audit(config),
        Err(_) => Err(fl!(texts, "cli-check-audit-unseen")),
    };
    let files = match &database {
        Ok(()) => files(config).and_then(|()| stored(config)),
        Err(_) => files(config),
    };
    // A configuration that is not in order was refused before any command began.
    let key = match &database {
        Ok(()) => key(config),
        Err(_) => Err(fl!(texts, "cli-check-key-unseen")),
    };
    let lines: [(String, Found); 5] = [
        (fl!(texts, "cli-check-configuration"), Ok(())),
        (fl!(texts, "cli-check-database"), database),
        (fl!(texts, "cli-check-files"), files),
        (fl!(texts, "cli-check-audit"), audit),
        (fl!(texts, "cli-check-key"), key),
    ];
    for (what, found) in &lines {
        let what = what.as_str();
        match found {
            Ok(()) => say!("{}", fl!(texts, "cli-check-good", what = what)),
            Err(why) => say!("{}", fl!(texts, "cli-check-wrong", what = what, why = why.as_str())),
        }
    }
    Ok(if lines.iter().all(|(_, found)| found.is_ok()) { Ending::Done } else { Ending::ProblemsFound })
}

/// It opens, and its tables are up to date.
fn database(config: &Config) -> Found {
    let pending = db::pending(&config.database_url.address()).map_err(|cause| words(&cause, config.lang))?;
    if pending.is_empty() { Ok(()) } else { Err(behind(config, &pending)) }
}

/// The folder is there and can be written.
fn files(config: &Config) -> Found {
    if !config.files.is_dir() {
        let folder = config.files.display().to_string();
        return Err(fl!(config.lang.texts(), "cli-check-no-folder", folder = folder));
    }
    let tried = Files::open(&config.files).and_then(|files| files.try_writing());
    tried.map_err(|trouble| words(&trouble.into(), config.lang))
}

/// Every file that a row names is there, and is what was stored.
fn stored(config: &Config) -> Found {
    let trouble = |cause: anyhow::Error| words(&cause, config.lang);
    let db = Db::open(&config.database_url.address()).map_err(trouble)?;
    let files = Files::open(&config.files).map_err(|cause| trouble(cause.into()))?;
    let (mut seen, mut wrong) = (0_u64, Vec::new());
    references::each(&db, |named| {
        seen += 1;
        if let Err(cause) = files.verify(&named.digest) {
            wrong.push(format!("  {}", named.wrong(&cause, config.lang)));
        }
    })
    .map_err(|cause| trouble(cause.into()))?;
    if wrong.is_empty() {
        return Ok(());
    }
    let heading = fl!(config.lang.texts(), "cli-check-stored", wrong = wrong.len(), seen = seen);
    Err(format!("{heading}\n{}", wrong.join("\n")))
}

/// It is the one that the data were sealed with; before the first start there may be none.
fn key(config: &Config) -> Found {
    let db = Db::open(&config.database_url.address()).map_err(|cause| format!("{cause:#}"))?;
    Vault::look(&db, key_place(config)).map_err(|trouble| {
        trouble.in_lang(config.lang).unwrap_or_else(|| format!("{:#}", anyhow::Error::from(trouble)))
    })
}

/// The chain is whole, and ends where it was signed or later.
fn audit(config: &Config) -> Found {
    let trouble = |cause: anyhow::Error| words(&cause, config.lang);
    let path = config.audit_head();
    let db = Db::open(&config.database_url.address()).map_err(trouble)?;
    // A key that is not the right one is told of in its own line.
    let kept = kept(config, &db, &path).map_err(trouble)?.unwrap_or(head::Kept::NoKey);
    let verdict = db.read(|conn| head::verify(conn, &kept)).map_err(|cause| trouble(cause.into()))?;
    if is_good(&verdict) { Ok(()) } else { Err(in_words(&verdict, &path, config.lang)) }
}
