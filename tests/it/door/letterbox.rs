//! What comes in by a form: signs that nobody can see, numbers that may not be kept, and texts without measure.

use std::net::TcpListener;

use diesel::prelude::*;
use openhouse::app::routes;
use openhouse::schema::procedure_question;

use super::server::{Answer, Server, manners};
use crate::dossier::town::Town;
use crate::ground::{Ground, every};

const QUESTIONS: &str = "/gemeenten/noordermeer/vragen";

fn house_with(ground: Ground) -> Server {
    Town::settle(&ground.db, "Noordermeer");
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    Server::on(ground, listener, &url, manners(), routes)
}

fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = format!("content-type: application/x-www-form-urlencoded\r\norigin: http://{}\r\n", server.host());
    server.ask("POST", path, &headers, &serde_urlencoded::to_string(fields).unwrap())
}

fn questions(server: &Server) -> Vec<String> {
    let asked: QueryResult<Vec<String>> =
        server.house.db.read(|conn| procedure_question::table.select(procedure_question::question).load(conn));
    asked.unwrap()
}

#[test]
fn signs_that_nobody_can_see_are_taken_out_of_every_text_on_each_database() {
    for ground in every() {
        let (backend, server) = (ground.backend, house_with(ground));
        let sent = post(&server, QUESTIONS, &[("vraag", "Mag dit\0 ook\u{1b}[2J\r\nlater?\u{7}"), ("naam", "An\0ja")]);
        assert_eq!(sent.status, 303, "{backend}: {}", sent.text);
        assert_eq!(questions(&server), ["Mag dit ook[2J\nlater?"], "{backend}");
        for (path, status) in [
            ("/gemeenten/noordermeer%00/vragen", 404),
            ("/gemeenten/noordermeer/eisen?datum=2026%00", 400),
            ("/aanbieders?q=a%1Fb", 400),
        ] {
            let answer = server.ask("GET", path, "", "");
            assert_eq!((answer.status, answer.text.contains("<h1>")), (status, true), "{backend}: {path}");
        }
    }
}

#[test]
fn a_number_that_may_be_a_bsn_comes_back_at_its_field_with_everything_that_was_typed() {
    let server = house_with(crate::ground::sqlite());
    let answer = post(&server, QUESTIONS, &[("naam", "Anja Prins"), ("vraag", "Geldt dit voor 111.222.333?")]);
    assert_eq!(answer.status, 422);
    for part in [
        "<h1>Verbeter uw tekst</h1>",
        "burgerservicenummer",
        r##"<a href="#veld-1">Vraag: "##,
        r#"<input type="hidden" name="naam" value="Anja Prins">"#,
        "Geldt dit voor 111.222.333?</textarea>",
        r#"action="/gemeenten/noordermeer/vragen""#,
    ] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    assert_eq!(questions(&server), Vec::<String>::new());
    let name = post(&server, "/gemeenten/noordermeer/aanmelden", &[("organisatie", "Zorg 111222333")]);
    assert!(name.status == 422 && name.text.contains("Organisatie: "), "{}", name.text);
    // Mended it goes where it was going.
    assert_eq!(post(&server, QUESTIONS, &[("naam", "Anja Prins"), ("vraag", "Geldt dit ook?")]).status, 303);
}

#[test]
fn a_text_without_measure_comes_back_to_be_made_shorter() {
    let server = house_with(crate::ground::sqlite());
    let long = "Waarom? ".repeat(600);
    let answer = post(&server, QUESTIONS, &[("vraag", &long)]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("4.800 tekens. Er passen er 4.000") && answer.text.contains(&long), "{}", answer.text);
    // Between what this field takes and what any field takes, its own page says so.
    let answer = post(&server, QUESTIONS, &[("vraag", &long[..2400])]);
    assert!(answer.status == 400 && answer.text.contains("Hoogstens 2.000 tekens"), "{}", answer.text);
}

#[test]
fn a_form_of_thirty_megabytes_is_told_to_be_too_large() {
    let server = house_with(crate::ground::sqlite());
    let answer = post(&server, QUESTIONS, &[("vraag", &"x".repeat(30 * 1024 * 1024))]);
    assert_eq!(answer.status, 413);
    assert!(answer.text.contains("<h1>Dit formulier is te groot</h1>"), "{}", answer.text);
    assert_eq!(questions(&server), Vec::<String>::new());
}

#[test]
fn the_way_back_from_a_form_leads_to_the_page_it_stands_on() {
    let server = house_with(crate::ground::sqlite());
    let host = server.host();
    let headers = |from: &str| {
        format!("content-type: application/x-www-form-urlencoded\r\norigin: http://{host}\r\nreferer: {from}\r\n")
    };
    let body = "x".repeat(2 * 1024 * 1024);
    let back = |from: &str| server.ask("POST", "/uitloggen", &headers(from), &body).text;
    let own = back(&format!("http://{host}/gemeenten/noordermeer/vragen"));
    assert!(own.contains(r#"<a class="button" href="/gemeenten/noordermeer/vragen">Terug</a>"#), "{own}");
    let elsewhere = back("http://elders.example/vragen");
    assert!(elsewhere.contains(r#"<a class="button" href="/">Terug</a>"#), "{elsewhere}");
}
