//! Giving a file out (uitgeven): always as something to save, never as something a browser opens here; and the picture of
//! a page, which is our own. A later chapter uses the same two for what was shown to a municipality.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Data};

use crate::evidence::{MediaType, Version, apart};
use crate::house::{House, Turn};

/// Nothing of it runs, wherever it is opened.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// The file itself, proven to be the one that came in. What was not found good does not leave the house.
pub async fn attachment(house: &Data<House>, version: &Version) -> Result<HttpResponse, Turn> {
    if !version.state.may_be_opened() {
        return Err(Turn::NotFound);
    }
    let (at, file) = (house.clone(), version.file.clone());
    let bytes = web::block(move || at.files.get(&file)).await??;
    Ok(to_save(&version.label, version.media_type.content_type(), bytes))
}

/// Bytes as something to save under this name.
pub fn to_save(label: &str, content_type: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, disposition(label)))
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(bytes)
}

/// A page of a PDF as PNG, counted from one; a picture is its own and only page. Never kept by a browser: whoever signs out
/// leaves nothing behind.
pub async fn page(house: &Data<House>, version: &Version, number: u32) -> Result<HttpResponse, Turn> {
    if !version.state.may_be_opened() || i64::from(number) > pictures(version) {
        return Err(Turn::NotFound);
    }
    let (at, file) = (house.clone(), version.file.clone());
    let (kind, bytes) = match version.media_type {
        // Its header, its size and its end were checked when it came in, and nothing of it can run in the sandbox.
        MediaType::Png | MediaType::Jpeg if number == 1 => {
            (version.media_type.content_type(), web::block(move || at.files.get(&file)).await??)
        }
        _ => {
            let drawn = web::block(move || apart::page_image(&at.uploads, &at.files, &file, number)).await??;
            ("image/png", drawn.ok_or(Turn::NotFound)?)
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(bytes))
}

/// How many pages of it can be looked at here: of a PDF as many as it has, of a picture one, of anything else none.
pub fn pictures(version: &Version) -> i64 {
    match version.media_type {
        MediaType::Pdf => version.pages.unwrap_or(0),
        MediaType::Png | MediaType::Jpeg => 1,
        MediaType::Docx | MediaType::Xlsx | MediaType::Csv => 0,
    }
}

/// The name in two ways: plain for old programs, and whole.
fn disposition(label: &str) -> String {
    let plain: String =
        label.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ()".contains(c) { c } else { '_' }).collect();
    let whole: String = label
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("verklaring \"é\"; x=1.pdf"),
            "attachment; filename=\"verklaring ____ x_1.pdf\"; filename*=UTF-8''verklaring%20%22%C3%A9%22%3B%20x%3D1.pdf"
        );
    }
}
