//! `openhouse backup`: one file with the database, every stored file and the hash of each (back-up). The database is taken
//! first, as it is at one moment; the files after it. A file is stored before a row names it, so every file that the database
//! names is in the backup, also when people are at work meanwhile.

mod restore;
mod verify;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use chrono::Utc;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::out::{complain, say};
use crate::cli::trouble::words;
use crate::cli::{Ending, administer};
use crate::config::{Config, DatabaseUrl};
use crate::db;
use crate::files::{Files, digest_of};
use crate::ids::Sha256Hex;

#[derive(Debug, clap::Subcommand)]
pub enum Backup {
    #[command(about = "help-backup-create")]
    Create {
        #[arg(value_name = "FILE", help = "help-backup-out")]
        out: PathBuf,
    },
    #[command(about = "help-backup-verify")]
    Verify {
        #[arg(value_name = "FILE", help = "help-backup-file")]
        backup: PathBuf,
    },
    #[command(about = "help-backup-restore")]
    Restore {
        #[arg(value_name = "FILE", help = "help-backup-file")]
        backup: PathBuf,
    },
}

impl Backup {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        match self {
            Backup::Create { out } => create(out, config),
            Backup::Verify { backup } => verify::verify(backup, config),
            Backup::Restore { backup } => restore::restore(backup, config),
        }
    }
}

/// What stands in the backup, in the order in which it was written; the list itself stands last.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// The form of the backup.
    form: u32,
    program: String,
    /// In UTC.
    made_at: String,
    database: Kind,
    entries: Vec<Entry>,
}

/// Which database it was, and so what can read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    size: u64,
    sha256: Sha256Hex,
}

impl Manifest {
    /// How many stored files it holds.
    fn files(&self) -> usize {
        self.entries.iter().filter(|entry| entry.name.starts_with(FILES)).count()
    }

    fn has_head(&self) -> bool {
        self.entries.iter().any(|entry| entry.name == AUDIT_HEAD)
    }
}

const FORM: u32 = 1;
const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "database";
/// The signed head of the audit, when there is a key to sign with.
const AUDIT_HEAD: &str = "audit-head.json";
/// Before the hash of every stored file.
const FILES: &str = "files/";

fn create(out: &Path, config: &Config) -> anyhow::Result<Ending> {
    let t = config.lang.texts();
    let shown = out.display().to_string();
    if out.exists() {
        return Ok(Ending::Refused(vec![fl!(t, "cli-backup-there", path = shown)]));
    }
    let pending = db::pending(&config.database_url.address())?;
    if !pending.is_empty() {
        return Ok(Ending::Refused(vec![super::administer::behind(config, &pending)]));
    }
    // Beside the backup, so that moving it to its place is one step.
    let working = tempfile_beside(out)?;
    let made = make(&working, out, config);
    clean(&working);
    Ok(match made? {
        Some(files) => {
            say!("{}", fl!(t, "cli-backup-made", path = shown, files = files));
            Ending::Done
        }
        None => Ending::Refused(vec![fl!(t, "cli-backup-no-pg", program = "pg_dump")]),
    })
}

/// How many stored files went in; none when the program that copies the database is not there.
fn make(working: &Path, out: &Path, config: &Config) -> anyhow::Result<Option<usize>> {
    let (database, unfinished) = (working.join(DATABASE), working.join("backup"));
    // Before the database: every line that is signed is in it then.
    if let Err(cause) = administer::audit::sign(config) {
        // The head that stands there goes along: it tells what is wrong, and the data are to be kept all the same.
        complain!("{}", words(&cause, config.lang));
    }
    let head = config.audit_head();
    let head = if head.exists() { Some(kept_apart(&head, working)?) } else { None };
    let kind = match &config.database_url {
        DatabaseUrl::Sqlite(path) => {
            db::snapshot(path, &database)?;
            Kind::Sqlite
        }
        DatabaseUrl::Postgres(url) => {
            let done = with_password(Command::new("pg_dump"), url, |command, url| {
                command.arg("--format=custom").arg("--no-owner").arg("--file").arg(&database).arg("--dbname").arg(url);
            });
            match done {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
                done => succeeded(done.context("pg_dump")?, "pg_dump")?,
            }
            Kind::Postgres
        }
    };
    let count = write(&unfinished, &database, head.as_deref(), kind, &Files::open(&config.files)?)?;
    fs::rename(&unfinished, out).with_context(|| out.display().to_string())?;
    Ok(Some(count))
}

/// A copy that no younger head takes the place of meanwhile.
fn kept_apart(head: &Path, working: &Path) -> anyhow::Result<PathBuf> {
    let copy = working.join(AUDIT_HEAD);
    fs::copy(head, &copy).with_context(|| head.display().to_string())?;
    Ok(copy)
}

/// How many stored files went in.
fn write(path: &Path, database: &Path, head: Option<&Path>, kind: Kind, files: &Files) -> anyhow::Result<usize> {
    let shown = || path.display().to_string();
    let mut zip = ZipWriter::new(File::create(path).with_context(shown)?);
    let mut entries = vec![add(&mut zip, DATABASE.to_owned(), database)?];
    if let Some(head) = head {
        entries.push(add(&mut zip, AUDIT_HEAD.to_owned(), head)?);
    }
    let stored = files.all()?;
    for (hash, path) in &stored {
        entries.push(add(&mut zip, format!("{FILES}{hash}"), path)?);
    }
    let count = stored.len();
    let manifest = Manifest {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        database: kind,
        entries,
    };
    zip.start_file(MANIFEST, options())?;
    zip.write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    zip.finish()?.sync_all().with_context(shown)?;
    Ok(count)
}

/// One file, read twice: for its hash and for its bytes. It does not change in between, for nothing stored ever does.
fn add(zip: &mut ZipWriter<File>, name: String, path: &Path) -> anyhow::Result<Entry> {
    let shown = || path.display().to_string();
    let sha256 = File::open(path).and_then(digest_of).with_context(shown)?;
    zip.start_file(name.as_str(), options())?;
    let size = io::copy(&mut File::open(path).with_context(shown)?, zip).with_context(shown)?;
    Ok(Entry { name, size, sha256 })
}

/// A database may be larger than four gigabytes.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

/// A folder of our own in the folder of this file.
fn tempfile_beside(path: &Path) -> anyhow::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.with_file_name(format!(".{name}.{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// What was begun beside a backup; what cannot be removed does no harm.
fn clean(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Runs a program of PostgreSQL. The password goes by the environment, for everybody on the machine can see arguments.
fn with_password(
    mut command: Command,
    url: &str,
    arguments: impl FnOnce(&mut Command, &str),
) -> io::Result<std::process::Output> {
    let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
    let (secret, open): (Vec<&str>, Vec<&str>) =
        parameters.split('&').filter(|one| !one.is_empty()).partition(|one| one.starts_with("password="));
    let (before, host) = address.rsplit_once('@').unwrap_or(("", address));
    let (scheme, user) = before.split_once("://").unwrap_or(("", before));
    let (bare, password) = match user.split_once(':') {
        Some((name, password)) => (format!("{scheme}://{name}@{host}"), Some(password)),
        None => (address.to_owned(), secret.first().and_then(|one| one.split_once('=')).map(|(_, password)| password)),
    };
    if let Some(password) = password {
        command.env("PGPASSWORD", unescaped(password));
    }
    arguments(&mut command, &if open.is_empty() { bare } else { format!("{bare}?{}", open.join("&")) });
    command.output()
}

/// `%40` in an address is `@`.
fn unescaped(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn succeeded(done: std::process::Output, program: &str) -> anyhow::Result<()> {
    if !done.status.success() {
        bail!("{program}: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_among_the_arguments() {
        for url in ["postgres://oh:ge%40heim@db:5432/oh?sslmode=require", "postgres://oh@db/oh?password=ge%40heim"] {
            let mut shown = String::new();
            let done = with_password(Command::new("printenv"), url, |command, url| {
                command.arg("PGPASSWORD");
                shown = url.to_owned();
            });
            assert_eq!(done.unwrap().stdout, b"ge@heim\n");
            assert!(!shown.contains("heim") && shown.contains("oh@db"), "{shown}");
        }
    }
}
