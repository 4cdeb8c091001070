//! Before a document is opened by anything that trusts it: how many files, how large unpacked, and well-formed XML
//! without a document type that does not go deeper than people write. The limits are those of spreadsheets (security.md).

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Refusal;
use crate::sheet::{MAX_ENTRIES, MAX_FILE, MAX_RATIO, MAX_UNPACKED};

/// The parts of a document that are read.
#[derive(Debug, Default)]
pub struct Parts {
    pub document: Vec<u8>,
    pub styles: Option<Vec<u8>>,
    pub numbering: Option<Vec<u8>>,
    pub relations: Option<Vec<u8>>,
    /// There are headers or footers.
    pub running: bool,
}

/// A part smaller than this may be packed as tightly as it likes.
const SMALL: u64 = 1024 * 1024;

/// The text of a contract unpacked; with tracked changes it is many times its words.
const MOST_XML: u64 = 30 * 1024 * 1024;

/// Elements in elements: a table in a box in a table is far below it.
const DEEPEST: usize = 80;

/// The first element of a document of Word names some forty namespaces.
const MOST_ATTRIBUTES: usize = 200;

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

pub fn unpack(bytes: &[u8]) -> Result<Parts, Refusal> {
    match bytes {
        [] => return Err(Refusal::Empty),
        _ if bytes.len() > MAX_FILE => return Err(Refusal::TooLarge),
        // A document with a password is wrapped in the old form, with this name in it.
        _ if bytes.starts_with(OLE) => {
            let wrapped: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let encrypted = bytes.windows(wrapped.len()).any(|window| window == wrapped);
            return Err(if encrypted { Refusal::Encrypted } else { Refusal::OldDoc });
        }
        _ if !bytes.starts_with(b"PK") => return Err(Refusal::NotWord),
        _ => {}
    }
    if declared_entries(bytes) > MAX_ENTRIES {
        return Err(Refusal::TooManyFiles);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(Refusal::TooManyFiles);
    }
    if archive.decompressed_size().is_some_and(|size| size > u128::from(MAX_UNPACKED)) {
        return Err(Refusal::Bomb);
    }
    let names: Vec<String> = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    if !names.iter().any(|name| name == "word/document.xml") {
        return Err(Refusal::NotWord);
    }
    let is_running = |name: &String| name.starts_with("word/header") || name.starts_with("word/footer");
    let mut parts = Parts { running: names.iter().any(is_running), ..Parts::default() };
    let mut total = 0;
    for (index, name) in names.iter().enumerate() {
        let part = inflate(&mut archive, index, &mut total)?;
        match name.as_str() {
            "word/document.xml" => parts.document = inspected(part)?,
            "word/styles.xml" => parts.styles = Some(inspected(part)?),
            "word/numbering.xml" => parts.numbering = Some(inspected(part)?),
            "word/_rels/document.xml.rels" => parts.relations = Some(inspected(part)?),
            _ => {}
        }
    }
    Ok(parts)
}

/// The count in the end record of the ZIP, read before the list itself is, for the list is read into memory.
fn declared_entries(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let ends = tail.windows(12).filter(|window| window.starts_with(b"PK\x05\x06"));
    ends.map(|end| usize::from(u16::from_le_bytes([end[10], end[11]]))).max().unwrap_or(0)
}

/// Unpacks one part while counting, and stops as soon as it, or all parts together, come to too much.
fn inflate(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, total: &mut u64) -> Result<Vec<u8>, Refusal> {
    let mut file = archive.by_index(index).map_err(|fault| match fault {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        _ => Refusal::Damaged,
    })?;
    let packed = file.compressed_size().max(1);
    let (mut chunk, mut size, mut part) = (vec![0; 64 * 1024], 0, Vec::new());
    loop {
        let read = file.read(&mut chunk).map_err(|_| Refusal::Damaged)?;
        if read == 0 {
            return Ok(part);
        }
        size += read as u64;
        *total += read as u64;
        if size > SMALL && size / packed > MAX_RATIO || *total > MAX_UNPACKED {
            return Err(Refusal::Bomb);
        }
        part.extend_from_slice(&chunk[..read]);
    }
}

/// UTF-8, not too much of it, without a document type, and not deeper than people write.
fn inspected(part: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    if part.len() as u64 > MOST_XML {
        return Err(Refusal::Bomb);
    }
    let xml = std::str::from_utf8(&part).map_err(|_| Refusal::Damaged)?;
    if xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY") {
        return Err(Refusal::Damaged);
    }
    if is_well_formed(xml) { Ok(part) } else { Err(Refusal::Damaged) }
}

/// Every element is closed by its own name and lies not too deep, and every attribute and reference can be read. What
/// reads the document after us waits forever for the end of an element that never ends.
fn is_well_formed(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut open = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if open < DEEPEST && has_few_attributes(&tag) => open += 1,
            Ok(Event::Empty(tag)) if has_few_attributes(&tag) => {}
            Ok(Event::Start(_) | Event::Empty(_)) | Err(_) => return false,
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::GeneralRef(one)) => {
                let named = ["amp", "lt", "gt", "quot", "apos"].contains(&&*one);
                if !named && !matches!(one.resolve_char_ref(), Ok(Some(_))) {
                    return false;
                }
            }
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
        }
    }
}

/// Each is held against those before it, so that many take long.
fn has_few_attributes(tag: &BytesStart<'_>) -> bool {
    let looked_at = tag.attributes().take(MOST_ATTRIBUTES + 1);
    looked_at.enumerate().all(|(before, one)| before < MOST_ATTRIBUTES && one.is_ok())
}
