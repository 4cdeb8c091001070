//! The form with files (formulier): its fields into memory, its files into quarantine, each within its limits.

use std::collections::HashMap;

use actix_multipart::{Field, Multipart};
use actix_web::web::{self, Bytes, Data};
use futures_util::StreamExt;

use crate::evidence::check::{MAX_FILE, Refusal};
use crate::files::Quarantine;
use crate::house::{House, Turn};
use crate::text::without_controls;

/// What a form sent.
#[derive(Debug, Default)]
pub struct Sent {
    pub fields: HashMap<String, String>,
    pub files: Vec<Incoming>,
}

/// A file as it came, with the name its user gave it.
#[derive(Debug)]
pub struct Incoming {
    pub label: String,
    /// Refused already when it was too large.
    pub content: Result<Quarantine, Refusal>,
    /// Its owner looked: the numbers in it are no citizen service numbers.
    pub looked_at: bool,
}

/// Of one form.
const MAX_FILES: usize = 20;
const MAX_FIELDS: usize = 40;
const MAX_FIELD: usize = 4096;

/// All files of one form together.
pub const MAX_FORM: u64 = 200 * 1024 * 1024;

/// So many bytes are gathered before they are written: few steps, little memory.
const PIECE: usize = 512 * 1024;

/// Reads the parts of a form. The parts called `file_field` are files, the others are fields.
pub async fn collect(house: &Data<House>, mut parts: Multipart, file_field: &str) -> Result<Sent, Turn> {
    let (mut sent, mut total) = (Sent::default(), 0);
    while let Some(part) = parts.next().await {
        let part = part.map_err(Turn::of_upload)?;
        let name = part.name().unwrap_or_default().to_owned();
        let label = part.content_disposition().and_then(|about| about.get_filename()).map(str::to_owned);
        match label {
            Some(label) if name == file_field => {
                if sent.files.len() == MAX_FILES {
                    return Err(Turn::TooLarge { limit_mb: (MAX_FORM / 1024 / 1024) as u32 });
                }
                // A browser sends an unnamed, empty part when nothing was chosen; an empty file has a name.
                if let Some(content) = receive(house, part, label.is_empty(), &mut total).await? {
                    sent.files.push(Incoming { label, content, looked_at: false });
                }
            }
            _ => {
                let text = field(part).await?;
                if sent.fields.len() == MAX_FIELDS {
                    return Err(Turn::BadRequest);
                }
                sent.fields.insert(name, text);
            }
        }
    }
    let looked_at = sent.field("geen_bsn") == "ja";
    sent.files.iter_mut().for_each(|file| file.looked_at = looked_at);
    Ok(sent)
}

impl Sent {
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }
}

async fn next(part: &mut Field) -> Result<Option<Bytes>, Turn> {
    part.next().await.transpose().map_err(Turn::of_upload)
}

async fn field(mut part: Field) -> Result<String, Turn> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next(&mut part).await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_FIELD {
            return Err(Turn::BadRequest);
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| Turn::BadRequest)?;
    Ok(without_controls(&text))
}

/// The content of one file. Of one that is too large the rest is read and thrown away, so that the others still count.
async fn receive(
    house: &Data<House>,
    mut part: Field,
    unnamed: bool,
    total: &mut u64,
) -> Result<Option<Result<Quarantine, Refusal>>, Turn> {
    let at = house.clone();
    let mut content = Ok(web::block(move || at.files.receive()).await??);
    let (mut piece, mut size) = (Vec::new(), 0_u64);
    loop {
        let chunk = next(&mut part).await?;
        let over = chunk.is_none();
        if let Some(chunk) = chunk {
            size += chunk.len() as u64;
            *total += chunk.len() as u64;
            if *total > MAX_FORM {
                return Err(Turn::TooLarge { limit_mb: (MAX_FORM / 1024 / 1024) as u32 });
            }
            if size > MAX_FILE {
                (content, piece) = (Err(Refusal::TooLarge), Vec::new());
                continue;
            }
            piece.extend_from_slice(&chunk);
        }
        content = match content {
            Ok(mut quarantine) if over || piece.len() >= PIECE => {
                let bytes = std::mem::take(&mut piece);
                Ok(web::block(move || quarantine.write(&bytes).map(|()| quarantine)).await??)
            }
            other => other,
        };
        if over {
            return Ok((!unnamed || size > 0).then_some(content));
        }
    }
}
