//! The device (apparaat) somebody works on: a short name for the list of sessions, made of what the browser says of
//! itself, and a cookie by which it is known again.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;

use crate::account::Token;
use crate::house::House;

/// `Firefox · Windows`: the same in every language, and never the whole text that a browser sends.
pub fn name(user_agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // Browsers claim to be each other: whoever is claimed by most comes last.
    let browser = first(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of the device that sent a request; empty when it does not say.
pub fn of(request: &HttpRequest) -> String {
    request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(name).unwrap_or_default()
}

/// The mark by which the device is known, when it has one.
pub fn mark(house: &House, request: &HttpRequest) -> Option<Token> {
    request.cookie(cookie_name(house)).and_then(|cookie| Token::read(cookie.value()))
}

/// Marks the device for a year.
pub fn cookie(house: &House, mark: &Token) -> Cookie<'static> {
    Cookie::build(cookie_name(house), mark.as_str().to_owned())
        .path("/")
        .http_only(true)
        .secure(house.https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(365))
        .finish()
}

fn cookie_name(house: &House) -> &'static str {
    if house.https() { "__Host-openhouse-apparaat" } else { "openhouse-apparaat" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_after_what_it_is_and_not_after_what_it_claims_to_be() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36";
        assert_eq!(name(&format!("{windows} {chrome} Edg/150.0")), "Edge · Windows");
        assert_eq!(name(&format!("{windows} {chrome}")), "Chrome · Windows");
        assert_eq!(name("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"), "Firefox · Linux");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1 Version/26.0 Safari/604.1";
        assert_eq!(name(phone), "Safari · iPhone");
        assert_eq!(name("<script>"), "");
    }
}
