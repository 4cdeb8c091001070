//! The child's side (het eigen proces): reads a file from its standard input, does one task, writes the answer to its
//! standard output. A watch ends it when it takes too long or too much memory.

use std::io::{Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Subcommand;

use super::{Answer, draw};
use crate::evidence::check::{self, MAX_FILE};
use crate::evidence::signed;
use crate::ids::Sha256Hex;

/// A task, as the parent writes it behind `openhouse apart`.
#[derive(Debug, Subcommand)]
pub enum Task {
    #[command(about = "help-apart-inspect")]
    Inspect {
        #[arg(allow_hyphen_values = true, value_name = "NAME", help = "help-apart-name")]
        label: String,
    },
    #[command(about = "help-apart-page")]
    Page {
        #[arg(value_name = "N", help = "help-apart-number")]
        number: u32,
        /// The PDF is drawn only if it is the one with this hash.
        #[arg(value_name = "SHA256", help = "help-apart-sha256")]
        sha256: Sha256Hex,
    },
    #[command(about = "help-apart-signatures")]
    Signatures {
        #[arg(value_name = "SHA256", help = "help-apart-sha256")]
        sha256: Sha256Hex,
    },
}

/// Of the processor and of the clock: a file waits for nothing.
const TIME: Duration = Duration::from_secs(10);

/// In memory that is really used.
const MEMORY: u64 = 768 * 1024 * 1024;

pub fn work(task: &Task) -> ExitCode {
    std::thread::spawn(|| watch(Instant::now() + TIME));
    let mut file = Vec::new();
    if std::io::stdin().take(MAX_FILE + 1).read_to_end(&mut file).is_err() {
        return ExitCode::FAILURE;
    }
    let answer = match task {
        Task::Inspect { label } => serde_json::to_vec(&inspect(label, &file)).ok(),
        Task::Page { number, sha256 } if Sha256Hex::of(&file) == *sha256 => draw::page(file, *number),
        Task::Signatures { sha256 } if Sha256Hex::of(&file) == *sha256 => {
            serde_json::to_vec(&signed::signatures(&file)).ok()
        }
        Task::Page { .. } | Task::Signatures { .. } => None,
    };
    match answer.map(|answer| std::io::stdout().write_all(&answer)) {
        Some(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn inspect(label: &str, file: &[u8]) -> Answer {
    match check::check(label, file) {
        Ok(good) => Answer::Good { media_type: good.media_type, pages: good.pages, flags: good.flags },
        Err(refusal) => Answer::Refused(refusal),
    }
}

/// Ends the process when its time is over or its memory too large. Linux tells the memory; elsewhere time alone counts.
fn watch(until: Instant) {
    loop {
        std::thread::sleep(Duration::from_millis(10));
        if Instant::now() > until || resident().is_some_and(|bytes| bytes > MEMORY) {
            std::process::exit(3);
        }
    }
}

fn resident() -> Option<u64> {
    const PAGE: u64 = 4096;
    let about = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = about.split(' ').nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}
