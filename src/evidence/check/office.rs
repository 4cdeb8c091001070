//! DOCX and XLSX: a ZIP with parts. What is refused runs (macros, ActiveX), brings another program along (OLE), or fetches
//! something from elsewhere when it is opened (a template, a workbook, a picture). A hyperlink only waits to be clicked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Checked, Refusal, raw};
use crate::evidence::{Flag, MediaType};
use crate::ids::holds_bsn;

/// "Entry count ≤ 1000, ratio ≤ 100 before opening" (security.md 4).
const MAX_PARTS: usize = 1000;
const MAX_RATIO: u64 = 100;

/// Of the parts that are read here: words, no pictures.
const MAX_READ: u64 = 32 * 1024 * 1024;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn check(file: &[u8], media_type: MediaType) -> Result<Checked, Refusal> {
    let count = count_of_parts(file)?;
    if count > MAX_PARTS {
        return Err(Refusal::OfficeTooManyParts);
    }
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| Refusal::OfficeDamaged)?;
    // Two parts with one name: a reader may take either.
    if archive.len() != count {
        return Err(Refusal::OfficeDamaged);
    }
    let names = parts(&mut archive, file.len() as u64)?;
    let types = read(&mut archive, "[Content_Types].xml")?;
    says(&types, media_type)?;
    let mut checked = Checked::plain(media_type);
    for name in &names {
        if name.ends_with(".rels") && links(&read(&mut archive, name)?)? && !checked.flags.contains(&Flag::LinksOut) {
            checked.flags.push(Flag::LinksOut);
        }
        if name.ends_with(".xml") {
            no_entities(&mut archive, name)?;
        }
        if name.starts_with("word/") && name.ends_with(".xml") && commands(&read(&mut archive, name)?) {
            return Err(Refusal::OfficeLinks);
        }
        let cells = name.starts_with("xl/worksheets/") || name == "xl/sharedStrings.xml";
        let seen = checked.flags.contains(&Flag::BsnInside);
        if cells && name.ends_with(".xml") && !seen && words_of(&read(&mut archive, name)?).any(holds_bsn) {
            checked.flags.push(Flag::BsnInside);
        }
    }
    Ok(checked)
}

/// What stands between the tags: the cells of a sheet.
fn words_of(part: &str) -> impl Iterator<Item = &str> {
    part.split('<').filter_map(|tag| tag.split_once('>').map(|(_, words)| words)).filter(|words| words.len() >= 9)
}

/// From the end of the archive: it must stand at the very end of the file, and the file must begin with a part.
fn count_of_parts(file: &[u8]) -> Result<usize, Refusal> {
    const OLE2: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if file.starts_with(OLE2) {
        // A document with a password lies encrypted in a container of the old kind.
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = raw::find(file, &encrypted).is_some();
        return Err(if found { Refusal::OfficeEncrypted } else { Refusal::OfficeOld });
    }
    if !file.starts_with(b"PK\x03\x04") {
        return Err(Refusal::NotWhatItSays);
    }
    let end = file.len().checked_sub(22).map(|at| &file[at..]).ok_or(Refusal::OfficeDamaged)?;
    match end.starts_with(b"PK\x05\x06") && end.ends_with(b"\0\0") {
        true => Ok(usize::from(u16::from_le_bytes([end[10], end[11]]))),
        false if raw::find(&file[file.len().saturating_sub(66_000)..], b"PK\x05\x06").is_some() => {
            Err(Refusal::TwoInOne)
        }
        false => Err(Refusal::OfficeDamaged),
    }
}

/// The names of the parts in small letters where they decide, after looking at what each says about itself.
fn parts(archive: &mut Archive<'_>, file_size: u64) -> Result<Vec<String>, Refusal> {
    let (mut names, mut unpacked) = (Vec::new(), 0_u64);
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Refusal::OfficeDamaged)?;
        if part.encrypted() {
            return Err(Refusal::OfficeEncrypted);
        }
        unpacked = unpacked.saturating_add(part.size());
        let name = part.name().map_err(|_| Refusal::OfficeDamaged)?.into_owned();
        if name.starts_with('/') || name.contains("..") || name.contains(['\\', ':']) {
            return Err(Refusal::OfficeDamaged);
        }
        if let Some(refusal) = refused_part(&name.to_ascii_lowercase()) {
            return Err(refusal);
        }
        names.push(name);
    }
    match unpacked > file_size.saturating_mul(MAX_RATIO) {
        true => Err(Refusal::Bomb),
        false => Ok(names),
    }
}

fn refused_part(name: &str) -> Option<Refusal> {
    const PROGRAMS: [&str; 16] = [
        ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".hta", ".jar", ".msi", ".lnk", ".html", ".htm",
        ".mht", ".rtf",
    ];
    if name.contains("vbaproject") || name.contains("vbadata") || name.contains("macrosheets/") {
        return Some(Refusal::OfficeMacros);
    }
    if name.contains("externallinks/") {
        return Some(Refusal::OfficeLinks);
    }
    let embedded = name.contains("embeddings/") && !name.ends_with(".xlsx") && !name.ends_with(".docx");
    let object = name.contains("activex") || name.contains("oleobject") || embedded;
    (object || PROGRAMS.iter().any(|ending| name.ends_with(ending))).then_some(Refusal::OfficeObjects)
}

/// A part as text. What is not plain UTF-8 would be read differently elsewhere.
fn read(archive: &mut Archive<'_>, name: &str) -> Result<String, Refusal> {
    let part = archive.by_name(name).map_err(|_| Refusal::NotWhatItSays)?;
    let mut bytes = Vec::new();
    part.take(MAX_READ + 1).read_to_end(&mut bytes).map_err(|_| Refusal::OfficeDamaged)?;
    if bytes.len() as u64 > MAX_READ {
        return Err(Refusal::Bomb);
    }
    if bytes.contains(&0) {
        return Err(Refusal::OfficeDamaged);
    }
    String::from_utf8(bytes).map_err(|_| Refusal::OfficeDamaged)
}

/// The document says what it is in its list of contents.
fn says(types: &str, media_type: MediaType) -> Result<(), Refusal> {
    let types = types.to_ascii_lowercase();
    if types.contains("macroenabled") || types.contains("vbaproject") {
        return Err(Refusal::OfficeMacros);
    }
    let main = match media_type {
        MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    };
    if types.contains(main) { Ok(()) } else { Err(Refusal::NotWhatItSays) }
}

/// Whether there are hyperlinks; anything else that lies outside is refused.
fn links(relations: &str) -> Result<bool, Refusal> {
    let mut hyperlinks = false;
    for relation in relations.split('<').filter(|tag| tag.contains("Relationship")) {
        let written: String = relation.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace('\'', "\"");
        let Some((_, mode)) = written.split_once("TargetMode=") else { continue };
        if mode.starts_with("\"Internal\"") {
            continue;
        }
        // Any other way to write `External` is there to hide it.
        if !mode.starts_with("\"External\"") || !written.contains("/relationships/hyperlink\"") {
            return Err(Refusal::OfficeLinks);
        }
        hyperlinks = true;
    }
    Ok(hyperlinks)
}

/// No part may define entities: they grow when read, or read other files.
fn no_entities(archive: &mut Archive<'_>, name: &str) -> Result<(), Refusal> {
    let part = archive.by_name(name).map_err(|_| Refusal::OfficeDamaged)?;
    let mut start = Vec::new();
    part.take(1024).read_to_end(&mut start).map_err(|_| Refusal::OfficeDamaged)?;
    let hidden = start.contains(&0);
    match hidden || raw::find_any_case(&start, b"<!doctype").is_some() || raw::find(&start, b"<!ENTITY").is_some() {
        true => Err(Refusal::OfficeDamaged),
        false => Ok(()),
    }
}

/// Whether a field of the text starts another program (DDE), also when its word is cut into pieces.
fn commands(text: &str) -> bool {
    let runs = text.split("instrText").skip(1).step_by(2).filter_map(|run| run.split(['>', '<']).nth(1));
    let simple = text.split("w:instr=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let all: String = runs.chain(simple).map(str::trim).collect::<Vec<_>>().concat();
    all.contains("DDE")
}
