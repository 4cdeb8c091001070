//! Stylesheet, icons and fonts (middelen): inside the binary, served under names that carry their own hash, so that
//! a browser may keep them for ever.

use std::borrow::Cow;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};

/// One file as it is served.
pub struct Asset {
    /// The name it has in `assets/`, without the folder.
    pub name: &'static str,
    /// `/middelen/openhouse.0f3c9a1b2d4e.css`
    pub url: String,
    pub kind: &'static str,
    pub bytes: Cow<'static, [u8]>,
}

const STYLESHEET: &str = "openhouse.css";
const ICONS: &str = "icons.svg";
const FAVICON: &str = "favicon.svg";
const UPLOAD: &str = "upload.js";
const KEYS: &str = "keys.js";
const FONT: &str = "source-sans-3-latin-400-normal.woff2";
const FONT_STRONG: &str = "source-sans-3-latin-600-normal.woff2";

const WOFF2: &str = "font/woff2";
const SVG: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! file {
    ($kind:expr, $folder:literal, $name:literal) => {
        ($name, $kind, include_bytes!(concat!("../../assets/", $folder, $name)).as_slice())
    };
}

/// The stylesheet comes last: it names the fonts by their URLs.
const FILES: [(&str, &str, &[u8]); 8] = [
    file!(SVG, "", "icons.svg"),
    file!(SVG, "", "favicon.svg"),
    file!(SCRIPT, "", "upload.js"),
    file!(SCRIPT, "", "keys.js"),
    file!(WOFF2, "fonts/", "source-sans-3-latin-400-normal.woff2"),
    file!(WOFF2, "fonts/", "source-sans-3-latin-600-normal.woff2"),
    file!(WOFF2, "fonts/", "source-sans-3-latin-ext-400-normal.woff2"),
    file!(WOFF2, "fonts/", "source-sans-3-latin-ext-600-normal.woff2"),
];

/// Every asset, the stylesheet with the hashed names of its fonts.
pub static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut assets: Vec<Asset> =
        FILES.into_iter().map(|(name, kind, bytes)| asset(name, kind, Cow::Borrowed(bytes))).collect();
    let mut style = include_str!("../../assets/openhouse.css").to_owned();
    for asset in &assets {
        style = style.replace(&format!("fonts/{}", asset.name), &asset.url);
    }
    assets.push(asset(STYLESHEET, "text/css; charset=utf-8", Cow::Owned(style.into_bytes())));
    assets
});

fn asset(name: &'static str, kind: &'static str, bytes: Cow<'static, [u8]>) -> Asset {
    let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let (stem, ending) = name.rsplit_once('.').expect("every embedded file has an ending");
    Asset { name, url: format!("/middelen/{stem}.{hash}.{ending}"), kind, bytes }
}

fn url(name: &str) -> &'static str {
    &ASSETS.iter().find(|asset| asset.name == name).expect("the names above are embedded").url
}

pub fn stylesheet() -> &'static str {
    url(STYLESHEET)
}

/// The sprite; one icon is `{icons}#i-ok`.
pub fn icons() -> &'static str {
    static ICONS_URL: LazyLock<&'static str> = LazyLock::new(|| url(ICONS));
    &ICONS_URL
}

pub fn favicon() -> &'static str {
    url(FAVICON)
}

/// Sends files with a progress bar.
pub fn upload_script() -> &'static str {
    url(UPLOAD)
}

/// Sends a form by Ctrl+Enter.
pub fn keys_script() -> &'static str {
    url(KEYS)
}

/// The two fonts that every page needs at once.
pub fn fonts() -> [&'static str; 2] {
    [url(FONT), url(FONT_STRONG)]
}

/// GET `/middelen/{name}`: only the current hash is known; an older one is gone.
pub async fn serve(name: web::Path<String>) -> HttpResponse {
    let wanted = name.into_inner();
    match ASSETS.iter().find(|asset| asset.url.strip_prefix("/middelen/") == Some(wanted.as_str())) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, asset.kind))
            .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(web::Bytes::from_static(&asset.bytes)),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_carries_the_hash_of_what_it_serves() {
        for asset in ASSETS.iter() {
            let hash: String = Sha256::digest(&asset.bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            assert!(asset.url.contains(&hash), "{} lacks {hash}", asset.url);
        }
    }

    #[test]
    fn the_stylesheet_names_only_what_is_served() {
        let style = ASSETS.iter().find(|asset| asset.name == STYLESHEET).unwrap();
        let style = std::str::from_utf8(&style.bytes).unwrap();
        let named: Vec<&str> = style.split("url(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(named.len(), 4);
        for url in named {
            assert!(ASSETS.iter().any(|asset| asset.url == url), "{url} is not served");
        }
    }

    #[actix_web::test]
    async fn an_asset_may_be_kept_for_ever_and_an_old_name_is_gone() {
        let current = stylesheet().strip_prefix("/middelen/").unwrap().to_owned();
        let found = serve(web::Path::from(current)).await;
        assert_eq!(found.headers().get(CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
        let gone = serve(web::Path::from("openhouse.000000000000.css".to_owned())).await;
        assert_eq!(gone.status(), actix_web::http::StatusCode::NOT_FOUND);
    }
}
