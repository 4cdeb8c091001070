//! The name of a file (bestandsnaam): only a label for people. It is never a path here, but somebody will save the file
//! under it one day, so what could mislead him is refused.

use super::Refusal;
use crate::evidence::MediaType;
use crate::ids::holds_bsn;

/// In characters.
pub const MAX_NAME: usize = 200;

/// Whether a name may stand on a page and in a header.
pub fn check(label: &str) -> Result<(), Refusal> {
    if label.trim_matches(['.', ' ']).is_empty() {
        return Err(Refusal::NameMissing);
    }
    if label.chars().count() > MAX_NAME {
        return Err(Refusal::NameTooLong);
    }
    if label.chars().any(misleads) {
        return Err(Refusal::NameCharacters);
    }
    if label.contains(['/', '\\', ':']) || label.starts_with("..") {
        return Err(Refusal::NamePath);
    }
    // The name becomes the title of the piece, and goes along wherever the file goes.
    if holds_bsn(label) {
        return Err(Refusal::NameBsn);
    }
    Ok(())
}

/// Control characters, and those that turn the direction of writing or take no room: with one of them `polis…fdp.exe`
/// looks like a PDF.
fn misleads(c: char) -> bool {
    let unseen = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    c.is_control() || unseen || matches!(c, '\u{061C}' | '\u{00AD}' | '\u{FFFD}')
}

/// What the ending says it is.
pub fn kind(label: &str) -> Result<MediaType, Refusal> {
    let ending = label.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "pdf" => Ok(MediaType::Pdf),
        "jpg" | "jpeg" => Ok(MediaType::Jpeg),
        "png" => Ok(MediaType::Png),
        "docx" => Ok(MediaType::Docx),
        "xlsx" => Ok(MediaType::Xlsx),
        "csv" => Ok(MediaType::Csv),
        "docm" | "xlsm" | "dotm" | "xltm" | "xlsb" => Err(Refusal::OfficeMacros),
        "doc" | "xls" => Err(Refusal::OfficeOld),
        _ => Err(Refusal::UnknownKind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_name_is_a_good_label() {
        for label in ["Polis 2027.pdf", "verzekering (kopie) – getekend.PDF", "Überweisung_é.csv", "a.b.c.docx"] {
            assert_eq!(check(label), Ok(()), "{label:?}");
        }
    }

    #[test]
    fn a_name_that_misleads_is_refused() {
        for (label, reason) in [
            ("", Refusal::NameMissing),
            (" . ", Refusal::NameMissing),
            ("polis\u{202E}fdp.exe", Refusal::NameCharacters),
            ("polis\u{200B}.pdf", Refusal::NameCharacters),
            ("polis\r\nX-Header: ja.pdf", Refusal::NameCharacters),
            ("polis\0.pdf", Refusal::NameCharacters),
            ("../../etc/passwd.pdf", Refusal::NamePath),
            ("C:\\polis.pdf", Refusal::NamePath),
            ("polis.pdf:verborgen.pdf", Refusal::NamePath),
            ("vog 111222333.pdf", Refusal::NameBsn),
            ("111.222.333_getekend.pdf", Refusal::NameBsn),
        ] {
            assert_eq!(check(label), Err(reason), "{label:?}");
        }
        assert_eq!(check(&format!("{}.pdf", "a".repeat(MAX_NAME))), Err(Refusal::NameTooLong));
    }

    #[test]
    fn only_the_last_ending_counts() {
        assert_eq!(kind("polis.PDF"), Ok(MediaType::Pdf));
        assert_eq!(kind("polis.pdf.exe"), Err(Refusal::UnknownKind));
        assert_eq!(kind("polis"), Err(Refusal::UnknownKind));
        assert_eq!(kind("begroting.xlsm"), Err(Refusal::OfficeMacros));
    }
}
