//! `openhouse backup restore`: a backup back in its place (terugzetten). Only into a database and a folder that are empty, so
//! that nothing is ever written over.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use i18n_embed_fl::fl;

use super::verify::{entries, open, unpack};
use super::{AUDIT_HEAD, DATABASE, FILES, Kind, succeeded, with_password};
use crate::audit::head;
use crate::cli::Ending;
use crate::cli::administer::audit::{in_words, is_good, kept};
use crate::cli::out::{complain, say};
use crate::config::{Config, DatabaseUrl};
use crate::db::{self, Db};
use crate::files::Files;

pub fn restore(path: &Path, config: &Config) -> anyhow::Result<Ending> {
    let t = config.lang.texts();
    let (mut zip, manifest) = match open(path, config.lang)? {
        Ok(opened) => opened,
        Err(message) => return Ok(Ending::Refused(vec![message])),
    };
    let fits = match (&config.database_url, manifest.database) {
        (DatabaseUrl::Sqlite(_), Kind::Sqlite) | (DatabaseUrl::Postgres(_), Kind::Postgres) => true,
        (DatabaseUrl::Sqlite(_), Kind::Postgres) | (DatabaseUrl::Postgres(_), Kind::Sqlite) => false,
    };
    if !fits {
        return Ok(Ending::Refused(vec![fl!(t, "cli-backup-other-database")]));
    }
    let database = config.database_url.to_string();
    if !db::is_empty(&config.database_url.address())? {
        return Ok(Ending::Refused(vec![fl!(t, "cli-backup-database-full", database = database)]));
    }
    if config.files.exists() && !Files::open(&config.files)?.all()?.is_empty() {
        let folder = config.files.display().to_string();
        return Ok(Ending::Refused(vec![fl!(t, "cli-backup-folder-full", folder = folder)]));
    }
    let wrong = entries(&mut zip, &manifest, config.lang)?;
    if !wrong.is_empty() {
        return Ok(Ending::Refused(wrong));
    }
    // The files first: a row never names a file that is not there.
    let files = Files::open(&config.files)?;
    for entry in manifest.entries.iter().filter(|entry| entry.name.starts_with(FILES)) {
        let mut bytes = Vec::new();
        zip.by_name(&entry.name)?.read_to_end(&mut bytes)?;
        let stored = files.put(&bytes)?;
        ensure!(stored == entry.sha256, "{} changed while it was put back", entry.name);
    }
    match &config.database_url {
        DatabaseUrl::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            let unfinished = path.with_extension(format!("part{}", std::process::id()));
            unpack(&mut zip, DATABASE, &unfinished)?;
            fs::rename(&unfinished, path).with_context(|| path.display().to_string())?;
        }
        DatabaseUrl::Postgres(url) => {
            let dump = config.files.join(format!("restore.{}", std::process::id()));
            unpack(&mut zip, DATABASE, &dump)?;
            let done = with_password(Command::new("pg_restore"), url, |command, url| {
                command.args(["--no-owner", "--single-transaction", "--exit-on-error", "--dbname"]).arg(url).arg(&dump);
            });
            let removed = fs::remove_file(&dump).with_context(|| dump.display().to_string());
            match done {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    return Ok(Ending::Refused(vec![fl!(t, "cli-backup-no-pg", program = "pg_restore")]));
                }
                done => succeeded(done.context("pg_restore")?, "pg_restore")?,
            }
            removed?;
        }
    }
    let (db, path) = (Db::open(&config.database_url.address())?, config.audit_head());
    if manifest.has_head() {
        // One that stood here was about the database that is gone.
        let _ = fs::remove_file(&path);
        unpack(&mut zip, AUDIT_HEAD, &path)?;
    }
    let kept = match kept(config, &db, &path)? {
        Ok(kept) => kept,
        // The data are back; they open once their key is put beside them.
        Err(message) => {
            complain!("{message}");
            head::Kept::NoKey
        }
    };
    let verdict = db.read(|conn| head::verify(conn, &kept))?;
    let files = manifest.files();
    say!("{}", fl!(t, "cli-backup-back", database = database, files = files));
    say!("{}", in_words(&verdict, &path, config.lang));
    Ok(if is_good(&verdict) { Ending::Done } else { Ending::ProblemsFound })
}
