//! `openhouse backup verify`: whether a backup is what was written (nakijken): every hash, every file that the database names,
//! and the chain of the audit.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::Context;
use i18n_embed_fl::fl;
use zip::ZipArchive;

use super::{AUDIT_HEAD, DATABASE, FILES, FORM, Kind, MANIFEST, Manifest, clean, tempfile_beside};
use crate::audit::head::{self, Kept};
use crate::cli::administer::audit::{in_words, is_good};
use crate::cli::administer::references;
use crate::cli::out::say;
use crate::cli::{Ending, key_place};
use crate::config::Config;
use crate::db::Db;
use crate::files::digest_of;
use crate::text::Lang;
use crate::vault::{Vault, VaultTrouble};

pub fn verify(path: &Path, config: &Config) -> anyhow::Result<Ending> {
    let lang = config.lang;
    let (mut zip, manifest) = match open(path, lang)? {
        Ok(opened) => opened,
        Err(message) => return Ok(Ending::Refused(vec![message])),
    };
    let mut wrong = entries(&mut zip, &manifest, lang)?;
    if wrong.is_empty() && manifest.database == Kind::Sqlite {
        let working = tempfile_beside(path)?;
        let found = database(&mut zip, &manifest, &working, config);
        clean(&working);
        wrong.extend(found?);
    }
    let t = lang.texts();
    if !wrong.is_empty() {
        wrong.iter().for_each(|line| say!("{line}"));
        return Ok(Ending::ProblemsFound);
    }
    let (files, made_at) = (manifest.files(), manifest.made_at.as_str());
    say!("{}", fl!(t, "cli-backup-whole", files = files, at = made_at));
    if manifest.database == Kind::Postgres {
        say!("{}", fl!(t, "cli-backup-audit-later"));
    }
    Ok(Ending::Done)
}

type Opened = (ZipArchive<File>, Manifest);

/// The backup and its list, or why this is no backup of ours.
pub fn open(path: &Path, lang: Lang) -> anyhow::Result<Result<Opened, String>> {
    let shown = path.display().to_string();
    let file = File::open(path).with_context(|| shown.clone())?;
    let none = || fl!(lang.texts(), "cli-backup-none", path = shown.clone());
    let Ok(mut zip) = ZipArchive::new(file) else { return Ok(Err(none())) };
    let manifest: Option<Manifest> = zip.by_name(MANIFEST).ok().and_then(|entry| serde_json::from_reader(entry).ok());
    Ok(match manifest {
        Some(manifest) if manifest.form == FORM && manifest.entries.first().is_some_and(|e| e.name == DATABASE) => {
            Ok((zip, manifest))
        }
        _ => Err(none()),
    })
}

/// Every entry is there with its own hash, and nothing else is.
pub fn entries(zip: &mut ZipArchive<File>, manifest: &Manifest, lang: Lang) -> anyhow::Result<Vec<String>> {
    let t = lang.texts();
    let mut wrong = Vec::new();
    for entry in &manifest.entries {
        let name = entry.name.as_str();
        let found = match zip.by_name(name) {
            Ok(contents) => digest_of(contents),
            Err(_) => {
                wrong.push(fl!(t, "cli-backup-lacks", name = name));
                continue;
            }
        };
        let own_name = name.strip_prefix(FILES).is_none_or(|hash| hash == entry.sha256.as_str());
        if !own_name || !found.is_ok_and(|found| found == entry.sha256) {
            wrong.push(fl!(t, "cli-backup-changed", name = name));
        }
    }
    if zip.len() != manifest.entries.len() + 1 {
        wrong.push(fl!(t, "cli-backup-more"));
    }
    Ok(wrong)
}

/// The database opens, its audit is whole, and every file it names is in the backup.
fn database(
    zip: &mut ZipArchive<File>,
    manifest: &Manifest,
    working: &Path,
    config: &Config,
) -> anyhow::Result<Vec<String>> {
    let path = working.join(DATABASE);
    unpack(zip, DATABASE, &path)?;
    let db = Db::open(&format!("sqlite:{}", path.display()))?;
    let (mut wrong, lang) = (Vec::new(), config.lang);
    let kept = head(zip, manifest, working, config)?;
    let verdict = db.read(|conn| head::verify(conn, &kept))?;
    if !is_good(&verdict) {
        wrong.push(in_words(&verdict, Path::new(AUDIT_HEAD), lang));
    }
    let held: HashSet<&str> = manifest.entries.iter().filter_map(|entry| entry.name.strip_prefix(FILES)).collect();
    references::each(&db, |named| {
        if !held.contains(named.digest.as_str()) {
            wrong.push(named.wrong(&crate::files::FilesTrouble::Missing(named.digest.clone()), lang));
        }
    })?;
    Ok(wrong)
}

/// The signed head that went along; none when there was no key, here or where the backup was made.
fn head(zip: &mut ZipArchive<File>, manifest: &Manifest, working: &Path, config: &Config) -> anyhow::Result<Kept> {
    let path = working.join(AUDIT_HEAD);
    match Vault::of(key_place(config)) {
        Ok(vault) if manifest.has_head() => {
            unpack(zip, AUDIT_HEAD, &path)?;
            head::read(&path, &vault).with_context(|| path.display().to_string())
        }
        Ok(_) | Err(VaultTrouble::NoKey(_)) => Ok(Kept::NoKey),
        Err(trouble) => Err(trouble.into()),
    }
}

pub fn unpack(zip: &mut ZipArchive<File>, name: &str, to: &Path) -> anyhow::Result<()> {
    let shown = || to.display().to_string();
    let mut file = File::create_new(to).with_context(shown)?;
    io::copy(&mut zip.by_name(name)?, &mut file).with_context(shown)?;
    file.sync_all().with_context(shown)
}
