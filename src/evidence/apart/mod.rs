//! Apart (in een eigen proces): a file of somebody else is read and drawn in a process of its own, started from this same
//! program and thrown away afterwards. It may take so long and so much memory, sees no settings and no secrets, and when
//! it crashes only that file is lost. Safe code alone cannot promise that of a parser: a stack that overflows ends the
//! whole process.

pub mod child;
mod draw;

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::evidence::check::{Checked, Refusal};
use crate::evidence::signed::PdfSignature;
use crate::evidence::{Flag, MediaType};
use crate::files::{Files, Quarantine};
use crate::house::Turn;
use crate::house::uploads::Uploads;
use crate::ids::Sha256Hex;

pub use draw::PAGES_DRAWN;

/// The child ends itself before this; it is killed when it does not.
const PATIENCE: Duration = Duration::from_secs(12);

/// Who waits longer than this for a place is told to try later.
const AT_THE_GATE: Duration = Duration::from_secs(30);

/// No answer of a child is longer: the picture of a page.
const MAX_ANSWER: u64 = 32 * 1024 * 1024;

/// What the child says of a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Good { media_type: MediaType, pages: Option<i64>, flags: Vec<Flag> },
    Refused(Refusal),
}

/// The check of a file that stands in quarantine. For a thread that may wait.
pub fn inspect(uploads: &Uploads, label: &str, file: &Quarantine) -> Result<Result<Checked, Refusal>, Turn> {
    let said = run(uploads, &["inspect", "--", label], file.reader()?)?;
    // No answer within its limits is an answer too: nobody should open a file like that.
    let answer =
        said.and_then(|said| serde_json::from_slice(&said).ok()).unwrap_or(Answer::Refused(Refusal::NotChecked));
    Ok(match answer {
        Answer::Good { media_type, pages, flags } => Ok(Checked { media_type, pages, flags }),
        Answer::Refused(refusal) => Err(refusal),
    })
}

/// A page of a stored PDF as PNG, counted from one, made once and kept; none when it cannot be drawn.
pub fn page_image(uploads: &Uploads, files: &Files, file: &Sha256Hex, page: u32) -> Result<Option<Vec<u8>>, Turn> {
    if page == 0 || page > PAGES_DRAWN {
        return Ok(None);
    }
    let name = format!("page-{file}-{page}");
    if let Some(drawn) = files.derived(&name) {
        return Ok(Some(drawn));
    }
    let drawn = run(uploads, &["page", &page.to_string(), file.as_str()], files.reader(file)?)?;
    if let Some(png) = &drawn {
        files.keep_derived(&name, png)?;
    }
    Ok(drawn)
}

/// The signatures in a stored PDF; none when it could not be read within its limits.
pub fn signatures(uploads: &Uploads, files: &Files, file: &Sha256Hex) -> Result<Option<Vec<PdfSignature>>, Turn> {
    let said = run(uploads, &["signatures", file.as_str()], files.reader(file)?)?;
    Ok(said.and_then(|said| serde_json::from_slice(&said).ok()))
}

/// Runs the child on a file and gives what it said; none when it failed, crashed or was stopped.
fn run(uploads: &Uploads, task: &[&str], file: std::fs::File) -> Result<Option<Vec<u8>>, Turn> {
    let _pass = uploads.gate.enter(AT_THE_GATE).ok_or(Turn::Busy)?;
    let mut child = Command::new(&uploads.program)
        .arg("apart")
        .args(task)
        .env_clear()
        .current_dir("/")
        .stdin(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (tell, told) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let read = stdout.take(MAX_ANSWER).read_to_end(&mut said);
            // Nobody listens any more once the patience is over.
            let _ = tell.send(read.map(|_| said));
        });
    }
    let said = told.recv_timeout(PATIENCE);
    if said.is_err() {
        child.kill()?;
    }
    let ended = child.wait()?;
    Ok(said.ok().and_then(Result::ok).filter(|said| ended.success() && !said.is_empty()))
}
