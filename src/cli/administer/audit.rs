//! `openhouse audit verify`: whether the audit is what it was (logboek nakijken): the chain line by line, and the signed head
//! that tells whether the last lines are still there.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::Utc;
use i18n_embed_fl::fl;
use serde_json::json;

use super::standing;
use crate::audit::head::{self, Kept, Verdict};
use crate::cli::out::say;
use crate::cli::{Ending, key_place};
use crate::config::Config;
use crate::db::Db;
use crate::text::Lang;
use crate::vault::{Vault, VaultTrouble};

#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    #[command(about = "help-audit-verify")]
    Verify {
        #[arg(long, value_name = "FILE", help = "help-audit-head")]
        head: Option<PathBuf>,
        #[arg(long, help = "help-as-json")]
        json: bool,
    },
}

pub fn audit(command: AuditCommand, config: &Config) -> anyhow::Result<Ending> {
    let AuditCommand::Verify { head, json: as_json } = command;
    let db = match standing(config)? {
        Ok(db) => db,
        Err(refusal) => return Ok(refusal),
    };
    let path = head.unwrap_or_else(|| config.audit_head());
    let kept = match kept(config, &db, &path)? {
        Ok(kept) => kept,
        Err(message) => return Ok(Ending::Refused(vec![message])),
    };
    let verdict = db.read(|conn| head::verify(conn, &kept))?;
    match as_json {
        true => say!("{}", serde_json::to_string_pretty(&told(&verdict))?),
        false => say!("{}", in_words(&verdict, &path, config.lang)),
    }
    Ok(if is_good(&verdict) { Ending::Done } else { Ending::ProblemsFound })
}

/// The signed head of this installation, or why the key to it is not the right one.
pub fn kept(config: &Config, db: &Db, path: &Path) -> anyhow::Result<Result<Kept, String>> {
    let held = Vault::look(db, key_place(config)).and_then(|()| Vault::of(key_place(config)));
    match held {
        Ok(vault) => Ok(Ok(head::read(path, &vault).with_context(|| path.display().to_string())?)),
        // The look above found that nothing was ever sealed here.
        Err(VaultTrouble::NoKey(_)) if Vault::look(db, key_place(config)).is_ok() => Ok(Ok(Kept::NoKey)),
        Err(trouble) => match trouble.in_lang(config.lang) {
            Some(message) => Ok(Err(message)),
            None => Err(trouble.into()),
        },
    }
}

/// Signs what a command added. Without a key there is nothing to sign with; the first start of the server makes one.
pub fn sign(config: &Config) -> anyhow::Result<()> {
    match Vault::of(key_place(config)) {
        Ok(vault) => {
            let db = Db::open(&config.database_url.address())?;
            head::sign(&db, &vault, &config.audit_head(), Utc::now().naive_utc())?;
            Ok(())
        }
        Err(VaultTrouble::NoKey(_)) => Ok(()),
        Err(trouble) => Err(trouble.into()),
    }
}

pub fn is_good(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Proven { .. } | Verdict::Unsigned { .. })
}

pub fn in_words(verdict: &Verdict, path: &Path, lang: Lang) -> String {
    let (t, path) = (lang.texts(), path.display().to_string());
    let whole = |lines: &u64, head: &str| fl!(t, "cli-audit-whole", lines = lines, head = head);
    match verdict {
        Verdict::Proven { lines, head, signed } => {
            format!("{}\n{}", whole(lines, head), fl!(t, "cli-audit-signed", signed = signed, path = path))
        }
        Verdict::Unsigned { lines: 0, head } => whole(&0, head),
        Verdict::Unsigned { lines, head } => format!("{}\n{}", whole(lines, head), fl!(t, "cli-audit-unsigned")),
        Verdict::Broken { id } => fl!(t, "cli-audit-broken", id = id.to_string()),
        Verdict::Cut { lines, signed } => fl!(t, "cli-audit-cut", lines = lines, signed = signed),
        Verdict::Rewritten { signed } => fl!(t, "cli-audit-rewritten", signed = signed),
        Verdict::HeadMissing => fl!(t, "cli-audit-head-missing", path = path),
        Verdict::HeadForged => fl!(t, "cli-audit-head-forged", path = path),
    }
}

fn told(verdict: &Verdict) -> serde_json::Value {
    match verdict {
        Verdict::Proven { lines, head, signed } => {
            json!({ "whole": true, "lines": lines, "head": head, "signed_lines": signed })
        }
        Verdict::Unsigned { lines, head } => {
            json!({ "whole": true, "lines": lines, "head": head, "signed_lines": null })
        }
        Verdict::Broken { id } => json!({ "whole": false, "found": "changed", "first_broken_line": id }),
        Verdict::Cut { lines, signed } => {
            json!({ "whole": false, "found": "cut", "lines": lines, "signed_lines": signed })
        }
        Verdict::Rewritten { signed } => json!({ "whole": false, "found": "rewritten", "signed_lines": signed }),
        Verdict::HeadMissing => json!({ "whole": false, "found": "head_missing" }),
        Verdict::HeadForged => json!({ "whole": false, "found": "head_forged" }),
    }
}
