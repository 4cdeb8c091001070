//! Every address of the table, asked for by somebody who is not signed in: what each answer carries, whatever it says.

use std::net::{Ipv4Addr, TcpListener};

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, web};
use futures_util::StreamExt;
use openhouse::app::{Known, Verb, addresses, routes};
use openhouse::house::Turn;
use openhouse::page::{Frame, assets};
use openhouse::text::Lang;

use super::FORM;
use super::server::{Answer, Server, manners};
use crate::who_may_enter::{Who, people};

/// What every answer carries, and what it begins with.
const ALWAYS: [(&str, &str); 5] = [
    ("content-security-policy", "default-src 'none'; style-src 'self'; "),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[test]
fn every_answer_carries_the_security_headers() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let server = Server::at(listener, "https://oh.noordermeer.example", manners(), routes);
    let people = people(&server.house);
    let (mut wrong, mut seen) = (Vec::new(), Vec::new());
    let mut ask = |verb: &str, path: &str, headers: &str| {
        let answer = server.ask(verb, path, headers, if verb == "POST" { "%zz" } else { "" });
        seen.push((answer.status, answer.header("content-type").unwrap_or_default().to_owned()));
        wrong.extend(lacking(&answer).into_iter().map(|lack| format!("{verb} {path} {}: {lack}", answer.status)));
    };
    for Known { path, verb } in addresses() {
        let path = path_like(path);
        match verb {
            Verb::Get => {
                for verb in ["GET", "HEAD", "DELETE"] {
                    ask(verb, &path, "");
                }
                for (_, key) in people.iter().filter(|(who, _)| matches!(who, Who::Manager | Who::OwnProvider)) {
                    ask("GET", &path, &format!("cookie: __Host-openhouse={}\r\n", key.as_str()));
                }
            }
            // A form that means nothing, from this site and from nowhere.
            Verb::Post => {
                ask("POST", &path, &format!("origin: http://{}\r\n{FORM}", server.host()));
                ask("POST", &path, FORM);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for status in [200, 303, 400, 403, 404, 405, 410] {
        assert!(seen.iter().any(|(one, _)| *one == status), "no answer was {status}: {seen:?}");
    }
    for kind in ["text/html", "text/plain", "application/pdf", "application/vnd.openxml", "font/woff2"] {
        assert!(seen.iter().any(|(_, one)| one.starts_with(kind)), "no answer was {kind}: {seen:?}");
    }
}

fn lacking(answer: &Answer) -> Vec<String> {
    let mut lacking = Vec::new();
    for (name, begins) in ALWAYS.into_iter().chain([("strict-transport-security", "max-age=63072000")]) {
        if !answer.header(name).is_some_and(|value| value.starts_with(begins)) {
            lacking.push(format!("{name}: {:?}", answer.header(name)));
        }
    }
    let policy = answer.header("content-security-policy").unwrap_or_default();
    if policy.contains("unsafe") || policy.contains('*') {
        lacking.push(format!("a policy that is not strict: {policy}"));
    }
    let is_file_for_ever = answer.status == 200 && answer.header("content-type") == Some("font/woff2");
    if !is_file_for_ever && answer.header("cache-control") != Some("no-store") {
        lacking.push(format!("cache-control: {:?}", answer.header("cache-control")));
    }
    lacking
}

/// An address that the table knows, with something in every place.
fn path_like(path: &str) -> String {
    let font = assets::fonts()[0].trim_start_matches("/middelen/");
    [
        ("{soort}", "toelating"),
        ("{token}", "x"),
        ("{nr}", "1001"),
        ("{k}", "2026-3"),
        ("{n}", "1"),
        ("{bestand}", "x"),
        ("{name}", font),
    ]
    .iter()
    .fold(path.to_owned(), |path, (place, value)| path.replace(place, value))
}

#[test]
fn the_public_pages_are_there_for_everybody() {
    let mut manners = manners();
    manners.accessibility_statement = Some("https://www.noordermeer.example/toegankelijkheid".into());
    manners.security_contact = Some("mailto:cvd@noordermeer.example".into());
    let server = Server::start(manners, routes);
    let page = server.ask("GET", "/toegankelijkheid", "", "");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("href=\"https://www.noordermeer.example/toegankelijkheid\""), "{}", page.text);
    let file = server.ask("GET", "/.well-known/security.txt", "", "");
    assert_eq!(file.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(file.text.starts_with("Contact: mailto:cvd@noordermeer.example\r\nExpires: 2"), "{}", file.text);
    for link in ["/toegankelijkheid", "/.well-known/security.txt"] {
        let footer = server.ask("GET", "/inloggen", "", "").text;
        assert!(footer.contains(&format!("<li><a href=\"{link}\">")), "{link} is not in the footer");
    }
}

/// A route of this test alone, that reads a form with a file as the house does and tells how much came.
pub fn with_a_shelf(at: &mut ServiceConfig) {
    at.route("/plank", web::post().to(shelf));
}

async fn shelf(mut parts: Multipart) -> HttpResponse {
    let mut bytes = 0;
    while let Some(part) = parts.next().await {
        let mut part = match part {
            Ok(part) => part,
            Err(cause) => return Turn::of_upload(cause).answer(Frame::public(Lang::Nl, "/")),
        };
        while let Some(chunk) = part.next().await {
            match chunk {
                Ok(chunk) => bytes += chunk.len(),
                Err(cause) => return Turn::of_upload(cause).answer(Frame::public(Lang::Nl, "/")),
            }
        }
    }
    HttpResponse::build(StatusCode::OK).body(bytes.to_string())
}
