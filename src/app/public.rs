//! What everybody may read without signing in: how accessible the site is (toegankelijkheid), and where to report a
//! weakness (`security.txt`, RFC 9116).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use i18n_embed_fl::fl;

use super::manners::Manners;
use crate::account::entrance::Visit;
use crate::house::House;
use crate::page::sample::Sample;
use crate::page::{Frame, answer};
use crate::text::Lang;

/// GET `/toegankelijkheid`. The statement itself stands where the municipality publishes all of hers.
#[derive(Template)]
#[template(path = "app/accessibility.html")]
pub struct AccessibilityPage {
    pub frame: Frame,
    pub statement: Option<String>,
}

pub async fn accessibility(visit: Visit, manners: Data<Manners>) -> HttpResponse {
    let statement = manners.accessibility_statement.clone();
    answer(StatusCode::OK, &AccessibilityPage { frame: visit.frame(None), statement })
}

/// GET `/.well-known/security.txt`. As long as nobody set a contact it says whom to turn to instead.
pub async fn security_txt(house: Data<House>, manners: Data<Manners>) -> HttpResponse {
    let text = match &manners.security_contact {
        Some(contact) => security_text(contact, &house.public_url, house.now()),
        None => NO_CONTACT.to_owned(),
    };
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

const NO_CONTACT: &str = "# Voor deze installatie is nog geen meldadres ingesteld. Meld een zwakke plek bij de gemeente.\r\n\
     # No contact was set for this installation yet. Report a weakness to the municipality.\r\n";

/// "The value of this field is RECOMMENDED to be less than a year into the future" (RFC 9116, 2.5.5): whoever runs the
/// house says by running it that the contact is still right.
const STAYS_RIGHT: TimeDelta = TimeDelta::days(90);

fn security_text(contact: &str, public_url: &str, now: NaiveDateTime) -> String {
    let expires = (now + STAYS_RIGHT).format("%Y-%m-%dT00:00:00Z");
    format!(
        "Contact: {contact}\r\nExpires: {expires}\r\nPreferred-Languages: nl, en\r\n\
         Canonical: {public_url}/.well-known/security.txt\r\n"
    )
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let page = |statement| AccessibilityPage { frame: Frame::public(lang, "/toegankelijkheid"), statement };
    let at = "https://www.noordermeer.example/toegankelijkheid".to_owned();
    vec![Sample::of("accessibility", &page(Some(at))), Sample::of("accessibility-no-statement", &page(None))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contact_comes_first_and_the_file_does_not_outlive_a_year() {
        let now = "2026-11-02T09:30:00".parse().unwrap();
        let text = security_text("mailto:cvd@noordermeer.example", "https://oh.noordermeer.example", now);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Contact: mailto:cvd@noordermeer.example");
        assert_eq!(lines[1], "Expires: 2027-01-31T00:00:00Z");
        assert_eq!(lines[3], "Canonical: https://oh.noordermeer.example/.well-known/security.txt");
    }
}
