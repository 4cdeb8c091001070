//! The letter box (brievenbus): what comes in by a form is looked at here first, for every form alike. Signs that nobody
//! can see are taken out, a form without measure is turned away, and words that may not be kept come back on a page to be
//! mended, with everything that was typed.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::StreamExt;

use super::guard;
use crate::house::Turn;
use crate::ids::holds_bsn;
use crate::page::correction::{CorrectionPage, Fault, LONGEST_LETTER, LONGEST_TEXT};
use crate::report::unprintable;
use crate::text::without_controls;

/// Of a form without files: room for some hundreds of pages of text.
pub const LARGEST_FORM: usize = 1024 * 1024;

/// What is larger than this is not even read to its end: the line is closed.
const PATIENCE: usize = 64 * 1024 * 1024;

type Pairs = Vec<(String, String)>;

pub async fn looked_at(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if let Some(turn) = unreadable_address(&request) {
        let answer = turn.answer(guard::frame(request.request()));
        return Ok(request.into_response(answer).map_into_right_body());
    }
    if *request.method() == Method::POST && is_form(&request) {
        let body = match whole(&mut request).await {
            Ok(body) => body,
            Err(turn) => {
                let answer = turn.answer(guard::frame(request.request()));
                return Ok(request.into_response(answer).map_into_right_body());
            }
        };
        let body = match sorted(&request, body) {
            Ok(body) => body,
            Err(page) => return Ok(request.into_response(*page).map_into_right_body()),
        };
        if let Ok(length) = body.len().to_string().parse() {
            request.headers_mut().insert(header::CONTENT_LENGTH, length);
        }
        request.set_payload(Payload::from(body));
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// A sign that nobody can type or see, in the address: no page of ours has it, and no database keeps it.
fn unreadable_address(request: &ServiceRequest) -> Option<Turn> {
    let hidden = |part: &str| {
        let codes = part.as_bytes().windows(3).filter(|code| code[0] == b'%');
        let mut codes = codes.filter_map(|code| u8::from_str_radix(std::str::from_utf8(&code[1..]).ok()?, 16).ok());
        codes.any(|code| code.is_ascii_control() && !matches!(code, b'\t' | b'\n' | b'\r'))
    };
    match (hidden(request.uri().path()), request.uri().query().is_some_and(hidden)) {
        (true, _) => Some(Turn::NotFound),
        (false, true) => Some(Turn::BadRequest),
        (false, false) => None,
    }
}

fn is_form(request: &ServiceRequest) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"))
}

/// The form as it came. Of one that is too large the rest is read and thrown away: a browser that is still speaking
/// would not hear the answer.
async fn whole(request: &mut ServiceRequest) -> Result<Bytes, Turn> {
    let (mut payload, mut body, mut size) = (request.take_payload(), BytesMut::new(), 0);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|cause| Turn::of_body(&cause))?;
        size += chunk.len();
        match (size <= LARGEST_FORM, size <= PATIENCE) {
            (true, _) => body.extend_from_slice(&chunk),
            (false, true) => body.clear(),
            (false, false) => break,
        }
    }
    match size > LARGEST_FORM {
        true => Err(Turn::FormTooLarge),
        false => Ok(body.freeze()),
    }
}

/// The form as it goes on to its page, or the page on which it is mended.
fn sorted(request: &ServiceRequest, body: Bytes) -> Result<Bytes, Box<HttpResponse>> {
    // What is no form at all is refused by the page that it is meant for.
    let Ok(sent) = serde_urlencoded::from_bytes::<Pairs>(&body) else { return Ok(body) };
    let mut clean: Pairs = sent.clone();
    for (name, value) in &mut clean {
        (*name, *value) = (without_controls(name), without_controls(value));
    }
    let path = request.path();
    if !is_of_the_door(path) {
        let longest = longest(path);
        let faults: Vec<(usize, Fault)> = clean
            .iter()
            .enumerate()
            .filter_map(|(at, (name, value))| Some((at, fault(name, value, longest)?)))
            .collect();
        if !faults.is_empty() {
            let action = request.uri().path_and_query().map_or(path, |asked| asked.as_str()).to_owned();
            return Err(Box::new(CorrectionPage::answer(guard::frame(request.request()), action, clean, faults)));
        }
    }
    match clean == sent {
        true => Ok(body),
        false => Ok(serde_urlencoded::to_string(&clean).map_or(body, Bytes::from)),
    }
}

/// Passwords, codes and what identity providers send: never looked into and never shown again.
fn is_of_the_door(path: &str) -> bool {
    ["/inloggen", "/uit", "/account", "/wisselen", "/taal"]
        .iter()
        .any(|door| path.strip_prefix(door).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// The texts of mails and what is published at once are longer than what people write to each other.
fn longest(path: &str) -> usize {
    match path.starts_with("/beheer/mailteksten/") || path.ends_with("/vragen/publiceren") {
        true => LONGEST_LETTER,
        false => LONGEST_TEXT,
    }
}

/// Fields that hold no words: numbers of other kinds, and what the house itself wrote on the page.
const NO_WORDS: [&str; 9] =
    ["sleutel", "versie", "telefoon", "vestiging", "gekozen", "gezien", "bewaard", "voorstel", "rij"];

/// Fields whose words come to stand in a letter or on a report.
fn names_somebody(name: &str) -> bool {
    const NAMES: [&str; 6] = ["naam", "organisatie", "functie", "rechtsvorm", "straat", "plaats"];
    NAMES.iter().any(|known| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
        || name.starts_with("locatie-")
}

fn fault(name: &str, value: &str, longest: usize) -> Option<Fault> {
    if value.chars().count() > longest {
        return Some(Fault::TooLong { longest });
    }
    if names_somebody(name)
        && let Some(sign) = unprintable(value)
    {
        return Some(Fault::Unprintable { sign });
    }
    // "Block 9-digit values passing the elfproef in free text" (law-and-standards).
    (!NO_WORDS.contains(&name) && holds_bsn(value)).then_some(Fault::Bsn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_not_hold_a_bsn_and_keys_of_the_house_are_left_alone() {
        assert_eq!(fault("verklaring", "Cliënt 111.222.333 is tevreden", LONGEST_TEXT), Some(Fault::Bsn));
        assert_eq!(fault("woorden/criterion/M01", "111222333", LONGEST_TEXT), Some(Fault::Bsn));
        for (name, value) in [("sleutel", "111222333"), ("telefoon", "111222333"), ("reden", "123456789")] {
            assert_eq!(fault(name, value, LONGEST_TEXT), None, "{name}");
        }
        let long = "x".repeat(LONGEST_TEXT + 1);
        assert_eq!(fault("motivering", &long, LONGEST_TEXT), Some(Fault::TooLong { longest: LONGEST_TEXT }));
        assert_eq!(fault("motivering", &long, longest("/beheer/mailteksten/E01")), None);
    }

    #[test]
    fn a_name_can_be_printed_in_a_letter() {
        assert_eq!(fault("naam", "Zoë Łukasz-Çelik", LONGEST_TEXT), None);
        for (name, value, sign) in [("organisatie", "Werkpad 🚀", '🚀'), ("naam", "王芳", '王')] {
            assert_eq!(fault(name, value, LONGEST_TEXT), Some(Fault::Unprintable { sign }));
        }
        assert_eq!(fault("motivering", "Goed 👍", LONGEST_TEXT), None);
    }

    #[test]
    fn the_forms_of_the_door_are_not_looked_into() {
        for path in ["/inloggen", "/inloggen/code", "/account/wachtwoord", "/taal"] {
            assert!(is_of_the_door(path), "{path}");
        }
        for path in ["/aanmeldingen/2026-0001", "/accountants", "/mijn"] {
            assert!(!is_of_the_door(path), "{path}");
        }
    }
}
