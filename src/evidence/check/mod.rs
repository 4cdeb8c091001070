//! The check of a file (keuring): bytes and a name go in, what it is or why it is refused comes out. It knows no
//! database, no web and no clock. What the user can do about a refusal stands in its message.
//!
//! Content and ending must say the same: a sniffer alone calls HTML with `%PDF` inside it a PDF (security.md 4).

mod csv;
mod image;
pub mod name;
mod office;
mod pdf;
mod raw;
mod refusal;

pub use refusal::Refusal;

use crate::evidence::{Flag, MediaType};

/// "At most 25 MB a file" (security.md 4).
pub const MAX_FILE: u64 = 25 * 1024 * 1024;

/// Unpacked, no part of a file may come to more than this: a small file that grows so large is a trap.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// What a good file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub media_type: MediaType,
    /// Of a PDF.
    pub pages: Option<i64>,
    pub flags: Vec<Flag>,
}

/// Judges a file whole.
pub fn check(label: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
    name::check(label)?;
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refusal::TooLarge);
    }
    let media_type = name::kind(label)?;
    if raw::find(bytes, &eicar()).is_some() {
        return Err(Refusal::Virus);
    }
    match media_type {
        MediaType::Pdf => pdf::check(bytes),
        MediaType::Jpeg => image::jpeg(bytes),
        MediaType::Png => image::png(bytes),
        MediaType::Docx | MediaType::Xlsx => office::check(bytes, media_type),
        MediaType::Csv => csv::check(bytes),
    }
}

impl Checked {
    fn plain(media_type: MediaType) -> Checked {
        Checked { media_type, pages: None, flags: Vec::new() }
    }
}

/// The test file that every virus scanner knows, refused here too when no scanner is configured. Written backwards, so
/// that a scanner does not take this program for it.
const EICAR_BACKWARDS: &[u8] = b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";

fn eicar() -> Vec<u8> {
    EICAR_BACKWARDS.iter().rev().copied().collect()
}
