//! A PDF as bytes (de ruwe PDF): the names in it wherever they stand, also in streams of objects that no table of contents
//! leads to.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::super::raw;
use super::{MAX_OBJECT_STREAM, Refusal, ends_as_it_should};

/// Names that mean trouble, long enough never to turn up by chance in packed bytes.
const LONG: [(&[u8], Refusal); 9] = [
    (b"JavaScript", Refusal::PdfScript),
    (b"Launch", Refusal::PdfLaunch),
    (b"EmbeddedFile", Refusal::PdfEmbedded),
    (b"EmbeddedFiles", Refusal::PdfEmbedded),
    (b"FileAttachment", Refusal::PdfEmbedded),
    (b"RichMedia", Refusal::PdfMedia),
    (b"Rendition", Refusal::PdfMedia),
    (b"SubmitForm", Refusal::PdfAction),
    (b"ImportData", Refusal::PdfAction),
];

/// Looked for outside of streams alone.
const SHORT: [(&[u8], Refusal); 3] =
    [(b"JS", Refusal::PdfScript), (b"XFA", Refusal::PdfXfa), (b"Encrypt", Refusal::PdfEncrypted)];

pub(super) fn check(file: &[u8]) -> Result<(), Refusal> {
    ends_as_it_should(file)?;
    let mut rest = file;
    while let Some(at) = raw::find(rest, b"stream") {
        let (before, from) = rest.split_at(at);
        names(before, true)?;
        let content = &from[b"stream".len()..];
        let end = raw::find(content, b"endstream").unwrap_or(content.len());
        let (content, after) = content.split_at(end);
        names(content, false)?;
        if is_object_stream(before) {
            names(&unpacked_objects(before, content)?, true)?;
        }
        rest = after.get(b"endstream".len()..).unwrap_or_default();
    }
    names(rest, true)
}

/// Refuses the names that mean trouble. A name may be written with its letters as numbers: `/J#61vaScript`.
fn names(bytes: &[u8], short_too: bool) -> Result<(), Refusal> {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = &rest[at + 1..];
        let (name, length) = name(rest);
        let name = &name[..length];
        let refused = |(word, refusal): &(&[u8], Refusal)| (*word == name).then_some(*refusal);
        if let Some(refusal) = LONG.iter().find_map(refused) {
            return Err(refusal);
        }
        if let Some(refusal) = SHORT.iter().find_map(refused).filter(|_| short_too) {
            return Err(refusal);
        }
    }
    Ok(())
}

/// The name at the start of these bytes, as far as it is short enough to be one of ours.
fn name(bytes: &[u8]) -> ([u8; 20], usize) {
    let (mut name, mut length, mut at) = ([0; 20], 0, 0);
    while let Some(byte) = bytes.get(at) {
        if !byte.is_ascii_alphanumeric() && *byte != b'#' && *byte < 0x80 {
            break;
        }
        let escaped = bytes.get(at + 1..at + 3).filter(|_| *byte == b'#').and_then(|two| std::str::from_utf8(two).ok());
        let (byte, width) = match escaped.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(decoded) => (decoded, 3),
            None => (*byte, 1),
        };
        if length == name.len() {
            return (name, 0);
        }
        name[length] = byte;
        length += 1;
        at += width;
    }
    (name, length)
}

/// Whether the dictionary right before the content says so.
fn is_object_stream(before: &[u8]) -> bool {
    let mut rest = dictionary(before);
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = &rest[at + 1..];
        let (name, length) = name(rest);
        if &name[..length] == b"ObjStm" {
            return true;
        }
    }
    false
}

fn dictionary(before: &[u8]) -> &[u8] {
    &before[before.len().saturating_sub(1024)..]
}

/// The objects in a stream. One that is packed in an unusual way is not looked into, so it is not taken.
fn unpacked_objects(before: &[u8], content: &[u8]) -> Result<Vec<u8>, Refusal> {
    let content = content.strip_prefix(b"\r\n").or_else(|| content.strip_prefix(b"\n")).unwrap_or(content);
    if raw::find(dictionary(before), b"Filter").is_none() {
        return Ok(content.to_vec());
    }
    let mut objects = Vec::new();
    let limit = MAX_OBJECT_STREAM as u64 + 1;
    // Damaged packing still gives what came before the damage.
    let end = ZlibDecoder::new(content).take(limit).read_to_end(&mut objects);
    match (end, objects.len()) {
        (_, length) if length > MAX_OBJECT_STREAM => Err(Refusal::Bomb),
        (Err(_), 0) => Err(Refusal::PdfDamaged),
        _ => Ok(objects),
    }
}

/// How many bytes come out, counted to just over the limit.
pub(super) fn unpacked_size(packed: impl Read, limit: u64) -> u64 {
    let mut packed = packed.take(limit + 1);
    let (mut window, mut size) = ([0; 64 * 1024], 0);
    loop {
        match packed.read(&mut window) {
            Ok(0) | Err(_) => return size,
            Ok(read) => size += read as u64,
        }
    }
}
