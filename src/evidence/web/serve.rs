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

/// A page of a PDF as PNG, counted from one.
pub async fn page(house: &Data<House>, version: &Version, number: u32) -> Result<HttpResponse, Turn> {
    let drawable = version.media_type == MediaType::Pdf && version.pages.is_some_and(|last| i64::from(number) <= last);
    if !version.state.may_be_opened() || !drawable {
        return Err(Turn::NotFound);
    }
    let (at, file) = (house.clone(), version.file.clone());
    let drawn = web::block(move || apart::page_image(&at.uploads, &at.files, &file, number)).await??;
    let png = drawn.ok_or(Turn::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("image/png")
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=3600"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(png))
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
