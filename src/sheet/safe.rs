//! Before a ZIP is opened by anything that trusts it: how many files, how large unpacked, and nothing in its XML that
//! makes a reader reserve memory or follow entities. What a file declares about itself is checked, and then counted.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::open::Refusal;
use super::{MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED};

/// What a ZIP turned out to be.
pub(super) enum Contents {
    /// An XLSX workbook that is safe to open. `merged`: some sheet may have merged cells.
    Workbook { merged: bool },
    /// Loose files: name and bytes.
    Files(Vec<(String, Vec<u8>)>),
}

/// A part smaller than this may be packed as tightly as it likes.
const SMALL: u64 = 1024 * 1024;

/// A shared string takes at least these bytes of XML: `<si><t/></si>` and shorter forms.
const BYTES_PER_SHARED_STRING: u64 = 5;

pub(super) fn unpack(bytes: &[u8]) -> Result<Contents, Refusal> {
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
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("xl/workbook.bin") {
        return Err(Refusal::Xlsb);
    }
    if has("mimetype") && has("content.xml") {
        return Err(Refusal::Ods);
    }
    let is_office = has("[Content_Types].xml");
    let is_workbook = is_office && names.iter().any(|name| name.to_ascii_lowercase().contains("workbook"));
    if is_office && !is_workbook {
        return Err(Refusal::NotASpreadsheet);
    }

    let mut total = 0;
    let mut merged = false;
    let mut files = Vec::new();
    let mut part = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let file = archive.by_index(index).map_err(refusal)?;
        part.clear();
        inflate(file, bytes.len() as u64, &mut total, &mut part)?;
        if !is_workbook {
            files.push((name.clone(), part.clone()));
        } else if is_xml(name) {
            merged |= inspect_xml(&part)?;
        }
    }
    match is_workbook {
        true => Ok(Contents::Workbook { merged }),
        false => Ok(Contents::Files(files)),
    }
}

/// The count in the end record of the ZIP, read before the list itself is, for the list is read into memory. A ZIP64 says
/// 65,535 here.
fn declared_entries(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let ends = tail.windows(12).filter(|window| window.starts_with(b"PK\x05\x06"));
    ends.map(|end| usize::from(u16::from_le_bytes([end[10], end[11]]))).max().unwrap_or(0)
}

/// Unpacks one part while counting, and stops as soon as it, or all parts together, come to too much.
fn inflate(
    mut file: ZipFile<'_, Cursor<&[u8]>>,
    packed_total: u64,
    total: &mut u64,
    into: &mut Vec<u8>,
) -> Result<(), Refusal> {
    let packed = file.compressed_size().max(1);
    let mut chunk = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let read = file.read(&mut chunk).map_err(|_| Refusal::Damaged)?;
        if read == 0 {
            return Ok(());
        }
        size += read as u64;
        *total += read as u64;
        let too_tight = size > SMALL && size / packed > MAX_RATIO;
        let all_too_tight = *total > SMALL && *total / packed_total > MAX_RATIO;
        if too_tight || all_too_tight || *total > MAX_UNPACKED {
            return Err(Refusal::Bomb);
        }
        into.extend_from_slice(&chunk[..read]);
    }
}

fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// A workbook's XML is UTF-8 without a document type. The count of shared strings is reserved by the reader before it
/// has seen one of them, so it must fit the part it stands in. True when there may be merged cells.
fn inspect_xml(part: &[u8]) -> Result<bool, Refusal> {
    let xml = std::str::from_utf8(part).map_err(|_| Refusal::Damaged)?;
    if xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY") {
        return Err(Refusal::Damaged);
    }
    for behind in xml.split("uniqueCount").skip(1) {
        let number = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let fits = |count: u64| count <= xml.len() as u64 / BYTES_PER_SHARED_STRING + 1;
        if !digits.is_empty() && !digits.parse().is_ok_and(fits) {
            return Err(Refusal::Damaged);
        }
    }
    Ok(xml.contains("mergeCell "))
}

fn refusal(error: zip::result::ZipError) -> Refusal {
    match error {
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        _ => Refusal::Damaged,
    }
}
