//! The signed head (ondertekende kop): how many lines the audit had and what the hash of the last one was, under a seal
//! that only the vault makes. It stands in a file outside the database.
//!
//! The chain alone shows a line that was changed, taken out or moved. It does not show that the last lines were cut off,
//! nor that somebody who has the database computed all of it again: the head does. It is signed within
//! [`ROUND`] after the last line; a line that is younger stands in the chain only.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use serde::{Deserialize, Serialize};

use super::{Chain, walk};
use crate::db::{Conn, Db};
use crate::schema::audit_event;
use crate::vault::{Vault, VaultTrouble};

/// As it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub lines: u64,
    /// The id of the last line.
    pub last: i64,
    pub hash: String,
    /// In UTC.
    pub signed_at: String,
    /// Nothing, sealed with the rest as its purpose: it opens for no other head and with no other key.
    seal: String,
}

/// What was found where the head should stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// There is no key, so nobody ever signed.
    NoKey,
    Missing,
    /// Not signed with a key of this installation, or changed since.
    Forged,
    Signed(Head),
}

/// What the lines and the head together say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every line follows from the one before it, and the first `signed` of them are the ones that were signed.
    Proven {
        lines: u64,
        head: String,
        signed: u64,
    },
    /// Every line follows from the one before it; more cannot be said without a key.
    Unsigned {
        lines: u64,
        head: String,
    },
    /// This line was changed or moved, or the one before it was taken out.
    Broken {
        id: i64,
    },
    /// Lines were cut off at the end: more were signed than there are.
    Cut {
        lines: u64,
        signed: u64,
    },
    /// The chain was computed again: the last line that was signed had another hash.
    Rewritten {
        signed: u64,
    },
    HeadMissing,
    HeadForged,
}

/// Compares the lines with the head.
pub fn verify(conn: &mut Conn, kept: &Kept) -> QueryResult<Verdict> {
    let signed = match kept {
        Kept::Signed(head) => head.lines,
        Kept::NoKey | Kept::Missing | Kept::Forged => 0,
    };
    let (chain, at_signed) = walk(conn, signed)?;
    Ok(match (chain, kept) {
        (Chain::Broken { id }, _) => Verdict::Broken { id },
        (Chain::Whole { lines, head }, Kept::NoKey) => Verdict::Unsigned { lines, head },
        (Chain::Whole { lines: 0, head }, Kept::Missing) => Verdict::Unsigned { lines: 0, head },
        (Chain::Whole { .. }, Kept::Missing) => Verdict::HeadMissing,
        (Chain::Whole { .. }, Kept::Forged) => Verdict::HeadForged,
        (Chain::Whole { lines, .. }, Kept::Signed(_)) if lines < signed => Verdict::Cut { lines, signed },
        (Chain::Whole { lines, head }, Kept::Signed(known)) => match at_signed.as_ref() == Some(&known.hash) {
            true => Verdict::Proven { lines, head, signed },
            false => Verdict::Rewritten { signed },
        },
    })
}

/// The head in this file, if it is one that this vault signed.
pub fn read(path: &Path, vault: &Vault) -> io::Result<Kept> {
    let text = match fs::read(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Kept::Missing),
        text => text?,
    };
    Ok(match serde_json::from_slice::<Head>(&text) {
        Ok(head) if vault.open(&head.purpose(), &head.seal).is_ok() => Kept::Signed(head),
        _ => Kept::Forged,
    })
}

impl Head {
    fn purpose(&self) -> String {
        let Head { lines, last, hash, signed_at, .. } = self;
        format!("audit head {lines} {last} {hash} {signed_at}")
    }
}

/// Why a head was not signed.
#[derive(Debug)]
pub enum HeadTrouble {
    /// The head that stands there tells of lines that are no longer in the database. A new one would hide that.
    Contradicted(PathBuf),
    Vault(VaultTrouble),
    Query(QueryError),
    Io {
        path: PathBuf,
        cause: io::Error,
    },
}

/// Signs the last line there is, and puts the head in its place. Answers false when it stands there already.
pub fn sign(db: &Db, vault: &Vault, path: &Path, now: NaiveDateTime) -> Result<bool, HeadTrouble> {
    let trouble = |cause| HeadTrouble::Io { path: path.to_owned(), cause };
    let before = match read(path, vault).map_err(trouble)? {
        Kept::Signed(head) => Some(head),
        Kept::Missing | Kept::NoKey => None,
        Kept::Forged => return Err(HeadTrouble::Contradicted(path.to_owned())),
    };
    let signed_at = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let Some(mut head) = db.read(|conn| next(conn, before.as_ref(), path, signed_at))? else { return Ok(false) };
    head.seal = vault.seal(&head.purpose(), b"").map_err(HeadTrouble::Vault)?;
    put(path, &head).map_err(trouble)?;
    Ok(true)
}

/// The head to sign after this one, without its seal; none when there is no new line.
fn next(conn: &mut Conn, before: Option<&Head>, path: &Path, signed_at: String) -> Result<Option<Head>, HeadTrouble> {
    let (known, counted) = before.map_or((0, 0), |head| (head.last, head.lines));
    if let Some(head) = before {
        let there: Option<String> =
            audit_event::table.find(head.last).select(audit_event::hash).first(conn).optional()?;
        if there.as_ref() != Some(&head.hash) {
            return Err(HeadTrouble::Contradicted(path.to_owned()));
        }
    }
    let newest: Option<(i64, String)> = audit_event::table
        .filter(audit_event::id.gt(known))
        .order(audit_event::id.desc())
        .select((audit_event::id, audit_event::hash))
        .first(conn)
        .optional()?;
    let Some((last, hash)) = newest else { return Ok(None) };
    let more: i64 = audit_event::table.filter(audit_event::id.gt(known)).count().get_result(conn)?;
    let lines = counted + u64::try_from(more).unwrap_or(0);
    Ok(Some(Head { lines, last, hash, signed_at, seal: String::new() }))
}

/// Written beside its place and moved into it: whoever reads finds the old head or the new one.
fn put(path: &Path, head: &Head) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let unfinished = path.with_extension(format!("part{}", std::process::id()));
    let mut file = File::create(&unfinished)?;
    file.write_all(format!("{}\n", serde_json::to_string_pretty(head)?).as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    File::open(folder)?.sync_all()
}

/// How soon a new line is signed.
pub const ROUND: Duration = Duration::from_secs(1);

/// Signs for as long as it stands, and once more when it is dropped.
#[derive(Debug)]
pub struct Signer {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a signer of its own thread; no page waits for it.
pub fn keep_signing(db: Db, vault: Vault, path: PathBuf) -> io::Result<Signer> {
    let (stop, asked) = channel::<()>();
    let thread = std::thread::Builder::new().name("audit".to_owned()).spawn(move || {
        let mut told = false;
        loop {
            let last_round = asked.recv_timeout(ROUND) != Err(RecvTimeoutError::Timeout);
            match sign(&db, &vault, &path, Utc::now().naive_utc()) {
                Ok(_) => told = false,
                // Once is enough: it stays so until somebody looks into it.
                Err(cause) if !told => {
                    told = true;
                    tracing::error!(cause = format!("{:#}", anyhow::Error::from(cause)), "the audit is not signed");
                }
                Err(_) => {}
            }
            if last_round {
                return;
            }
        }
    })?;
    Ok(Signer { stop: Some(stop), thread: Some(thread) })
}

impl Drop for Signer {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl From<QueryError> for HeadTrouble {
    fn from(cause: QueryError) -> HeadTrouble {
        HeadTrouble::Query(cause)
    }
}

impl std::fmt::Display for HeadTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            HeadTrouble::Contradicted(path) => {
                write!(
                    f,
                    "the signed head {} does not belong to this audit: see openhouse audit verify",
                    path.display()
                )
            }
            HeadTrouble::Vault(_) => f.write_str("the head of the audit cannot be sealed"),
            HeadTrouble::Query(_) => f.write_str("the audit cannot be read"),
            HeadTrouble::Io { path, .. } => write!(f, "the signed head {}", path.display()),
        }
    }
}

impl std::error::Error for HeadTrouble {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            HeadTrouble::Contradicted(_) => None,
            HeadTrouble::Vault(cause) => Some(cause),
            HeadTrouble::Query(cause) => Some(cause),
            HeadTrouble::Io { cause, .. } => Some(cause),
        }
    }
}
