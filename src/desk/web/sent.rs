//! What comes in with the form that takes a file (verzonden formulier): its files, within bounds, and its fields.

use std::io::{Cursor, Write};

use actix_multipart::Multipart;
use futures_util::StreamExt;
use validator::Validate;
use zip::write::SimpleFileOptions;

use crate::house::Turn;
use crate::ids::holds_bsn;
use crate::sheet::MAX_FILE;

/// What a form with files sent.
pub struct Sent {
    pub files: Vec<(String, Vec<u8>)>,
    pub form: UploadForm,
}

/// What the form with the file sends beside it.
#[derive(Debug, Default, Validate)]
pub struct UploadForm {
    #[validate(length(min = 1, max = 100))]
    pub sleutel: String,
    /// Lines stated before may be dropped.
    pub vervallen: bool,
}

/// Reads the parts of the form, and stops as soon as they are too large together.
pub async fn collect(mut parts: Multipart) -> Result<Sent, Turn> {
    let too_large = || Turn::TooLarge { limit_mb: (MAX_FILE / 1024 / 1024) as u32 };
    let (mut files, mut form) = (Vec::new(), UploadForm::default());
    let mut total = 0;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(Turn::of_upload)?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(|about| about.get_filename()).unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(Turn::of_upload)?;
            total += chunk.len();
            if total > MAX_FILE {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        match field.as_str() {
            "sleutel" => form.sleutel = String::from_utf8(bytes).map_err(|_| Turn::BadRequest)?,
            "vervallen" => form.vervallen = bytes == b"ja",
            "bestand" => admit(&mut files, &name, bytes),
            _ => {}
        }
    }
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    Ok(Sent { files, form })
}

/// A browser sends an unnamed, empty part when nothing was chosen; an empty file has a name.
fn admit(files: &mut Vec<(String, Vec<u8>)>, name: &str, bytes: Vec<u8>) {
    if !(name.is_empty() && bytes.is_empty()) {
        files.push((label(name), bytes));
    }
}

/// A file's name as a label: its last part, without control characters, at most 200 characters. The label is kept, so of a
/// name that may hold a citizen service number (BSN) the digits are covered.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let label: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if holds_bsn(&label) { label.replace(|c: char| c.is_ascii_digit(), "x") } else { label }
}

impl Sent {
    /// Several CSV files become one ZIP, so that what is kept can be read again.
    pub fn into_one_file(mut self) -> Result<(Vec<String>, Vec<u8>), Turn> {
        let names = self.files.iter().map(|(name, _)| name.clone()).collect();
        if self.files.len() == 1 {
            return Ok((names, self.files.remove(0).1));
        }
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.files {
            zip.start_file(name.as_str(), SimpleFileOptions::default())?;
            zip.write_all(bytes)?;
        }
        Ok((names, zip.finish()?.into_inner()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_last_part_of_a_name_and_never_holds_a_bsn() {
        assert_eq!(label("C:\\opgaven\\opgave-2026-3.xlsx"), "opgave-2026-3.xlsx");
        assert_eq!(label("opgaven/opgave\r\n.xlsx"), "opgave.xlsx");
        assert_eq!(label("klant 111222333 kwartaal 3.xlsx"), "klant xxxxxxxxx kwartaal x.xlsx");
        assert_eq!(label(&"a".repeat(300)).len(), 200);
    }
}
