//! Opening a file: what it is shows from its first bytes, never from its name, and what may not be opened is refused
//! with what to do instead.

use i18n_embed_fl::fl;

use super::{MAX_ENTRIES, MAX_FILE, MAX_ROWS, MAX_UNPACKED, Workbook, csv, safe, xlsx};
use crate::text::Lang;

/// Where a workbook comes from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// One XLSX workbook, or one ZIP of CSV files.
    File(&'a [u8]),
    /// The CSV files of a folder: name and bytes.
    Folder(&'a [(String, Vec<u8>)]),
}

/// Why a file is not opened at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    /// Unpacked it comes to far more than a spreadsheet does.
    Bomb,
    TooManyFiles,
    Encrypted,
    OldXls,
    Xlsb,
    Ods,
    Pdf,
    Html,
    LoneCsv,
    NotASpreadsheet,
    Damaged,
    NoSheets,
    TooManySheets,
    TooManyRows {
        sheet: String,
    },
}

pub fn open(source: Source<'_>) -> Result<Workbook, Refusal> {
    let workbook = match source {
        Source::File(bytes) => open_file(bytes)?,
        Source::Folder(files) => open_folder(files)?,
    };
    if workbook.sheets.is_empty() {
        return Err(Refusal::NoSheets);
    }
    Ok(workbook)
}

fn open_file(bytes: &[u8]) -> Result<Workbook, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_FILE {
        return Err(Refusal::TooLarge);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(not_a_zip(bytes));
    }
    match safe::unpack(bytes)? {
        safe::Contents::Workbook { merged } => {
            Ok(Workbook { sheets: xlsx::read(bytes, merged)?, ignored_files: Vec::new() })
        }
        safe::Contents::Files(files) => csv::read(&files),
    }
}

fn open_folder(files: &[(String, Vec<u8>)]) -> Result<Workbook, Refusal> {
    if files.is_empty() {
        return Err(Refusal::Empty);
    }
    if files.len() > MAX_ENTRIES {
        return Err(Refusal::TooManyFiles);
    }
    let total: u64 = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    if total > MAX_UNPACKED || files.iter().any(|(_, bytes)| bytes.len() > MAX_FILE) {
        return Err(Refusal::TooLarge);
    }
    csv::read(files)
}

/// Says what the file is instead of what it should be.
fn not_a_zip(bytes: &[u8]) -> Refusal {
    const OLE2: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    if bytes.starts_with(OLE2) {
        // A workbook with a password lies encrypted in a container of the old kind.
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = bytes.windows(encrypted.len()).any(|window| window == encrypted);
        return if found { Refusal::Encrypted } else { Refusal::OldXls };
    }
    if bytes.starts_with(b"%PDF") {
        return Refusal::Pdf;
    }
    if ["<html", "<!doctype html", "<table"].iter().any(|tag| start.contains(tag)) {
        return Refusal::Html;
    }
    match csv::is_text(bytes) && start.lines().next().is_some_and(|line| line.contains([';', ','])) {
        true => Refusal::LoneCsv,
        false => Refusal::NotASpreadsheet,
    }
}

impl Refusal {
    pub fn message(&self, lang: Lang) -> String {
        let texts = lang.texts();
        let megabytes = (MAX_FILE / 1024 / 1024).to_string();
        match self {
            Refusal::Empty => fl!(texts, "sheet-refused-empty"),
            Refusal::TooLarge => fl!(texts, "sheet-refused-too-large", max = megabytes),
            Refusal::Bomb => fl!(texts, "sheet-refused-bomb"),
            Refusal::TooManyFiles => fl!(texts, "sheet-refused-too-many-files", max = MAX_ENTRIES.to_string()),
            Refusal::Encrypted => fl!(texts, "sheet-refused-encrypted"),
            Refusal::OldXls => fl!(texts, "sheet-refused-old-xls"),
            Refusal::Xlsb => fl!(texts, "sheet-refused-xlsb"),
            Refusal::Ods => fl!(texts, "sheet-refused-ods"),
            Refusal::Pdf => fl!(texts, "sheet-refused-pdf"),
            Refusal::Html => fl!(texts, "sheet-refused-html"),
            Refusal::LoneCsv => fl!(texts, "sheet-refused-lone-csv"),
            Refusal::NotASpreadsheet => fl!(texts, "sheet-refused-not-a-spreadsheet"),
            Refusal::Damaged => fl!(texts, "sheet-refused-damaged"),
            Refusal::NoSheets => fl!(texts, "sheet-refused-no-sheets"),
            Refusal::TooManySheets => fl!(texts, "sheet-refused-too-many-sheets", max = super::MAX_SHEETS.to_string()),
            Refusal::TooManyRows { sheet } => {
                let max = crate::money::thousands(MAX_ROWS as u64, '.');
                fl!(texts, "sheet-refused-too-many-rows", sheet = sheet.as_str(), max = max)
            }
        }
    }
}
