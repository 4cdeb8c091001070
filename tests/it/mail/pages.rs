//! The pages of the administrator: who may do what there, and that no page waits for a mail server.

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::mail::{MailState, worker};
use openhouse::schema::audit_event;

use super::server::{Manner, Server};
use super::{Town, received, to, to_port};
use crate::ground::{now, sqlite, vault};

/// A town with people who signed in, and the files of its house.
struct Staffed {
    town: Town,
    admin: Token,
    manager: Token,
    viewer: Token,
    /// The administrator of another municipality.
    stranger: Token,
    files: tempfile::TempDir,
}

impl Staffed {
    fn new() -> Staffed {
        let town = Town::on(sqlite());
        let there = town.write(|conn, _| add_municipality(conn, &Actor::installer(), now(), "Zuidermeer"));
        let key = |role, municipality_id, email: &str| {
            // Sessions begin now: the house reads the clock.
            let present = chrono::Utc::now().naive_utc();
            let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
            town.write(|conn, _| {
                let user = NewUser { name: "E. Postma", email, role, municipality_id, provider_id: None };
                let grant = add_user(conn, &Actor::system(municipality_id), now(), &user)?;
                make_link(conn, present, grant, &token)?;
                sign_in(conn, present, "test", &token, &key)
            })
            .expect("the link is good");
            key
        };
        Staffed {
            admin: key(Role::FunctionalAdmin, town.id, "admin@voorbeeld.example"),
            manager: key(Role::ContractManager, town.id, "manager@voorbeeld.example"),
            viewer: key(Role::Viewer, town.id, "viewer@voorbeeld.example"),
            stranger: key(Role::FunctionalAdmin, there, "elders@voorbeeld.example"),
            files: tempfile::tempdir().expect("a temporary folder"),
            town,
        }
    }

    fn house(&self, mail: Sending) -> House {
        let files = Files::open(&self.files.path().join("files")).expect("the folder can be made");
        House::open(
            self.town.ground.db.clone(),
            files,
            vault(),
            Uploads::new(1024 * 1024, Scan::Off).unwrap(),
            mail,
            "http://127.0.0.1:8080",
        )
    }

    fn acts(&self, action: &str) -> i64 {
        let lines = audit_event::table.filter(audit_event::action.eq(action)).count();
        self.town.ground.db.read(|conn| lines.get_result(conn)).expect("the database answers")
    }
}

/// Asks for a page, or sends a form; answers the status, where it leads, and the page.
macro_rules! ask {
    ($app:expr, $key:expr, $uri:expr) => {
        ask!(@ $app, $key, test::TestRequest::get().uri(&$uri))
    };
    ($app:expr, $key:expr, $uri:expr, $form:expr) => {
        ask!(@ $app, $key, test::TestRequest::post().uri(&$uri).set_form($form))
    };
    (@ $app:expr, $key:expr, $request:expr) => {{
        let request = $request.insert_header(("cookie", format!("openhouse={}", $key.as_str())));
        let response = test::call_service(&$app, request.to_request()).await;
        let leads = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        let page = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
        (status, leads.unwrap_or_default(), page)
    }};
}

const NO_FORM: [(&str, &str); 0] = [];

#[actix_web::test]
async fn a_test_mail_goes_to_who_asks_for_it_and_shows_what_the_server_said() {
    let (staffed, server) = (Staffed::new(), Server::start(Manner::Good));
    let sending = to_port(server.port);
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(sending.clone()))).configure(routes)).await;
    let (status, leads, _) = ask!(app, staffed.admin, "/beheer/mail/proef", NO_FORM);
    assert_eq!((status, leads.as_str()), (StatusCode::SEE_OTHER, "/beheer/mail/1"));
    assert!(ask!(app, staffed.admin, leads).2.contains("De mail wordt vanzelf verstuurd."));
    staffed.town.work(&sending, chrono::Utc::now().naive_utc());
    assert_eq!(server.taken()[0].to, ["RCPT TO:<admin@voorbeeld.example>"]);
    assert!(ask!(app, staffed.admin, leads).2.contains("250 2.0.0 queued as 42"));
    assert_eq!(staffed.acts("mail.test"), 1);
    let (_, _, overview) = ask!(app, staffed.manager, "/beheer/mail");
    assert!(overview.contains("Proefmail van Open House") && overview.contains("127.0.0.1:"), "{overview}");
    assert!(!overview.contains("/beheer/mail/proef"), "who may only look has no button");
}

#[actix_web::test]
async fn a_manager_may_look_and_a_stranger_sees_nothing() {
    let staffed = Staffed::new();
    let id = staffed.town.post("Kim", "kim@voorbeeld.example");
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(Sending::default()))).configure(routes)).await;
    let mail = format!("/beheer/mail/{id}");
    for page in ["/beheer/mail", mail.as_str(), "/beheer/mailteksten", "/beheer/mailteksten/E02"] {
        assert_eq!(ask!(app, staffed.admin, page).0, StatusCode::OK, "{page}");
        assert_eq!(ask!(app, staffed.manager, page).0, StatusCode::OK, "{page}");
        assert_eq!(ask!(app, staffed.viewer, page).0, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(ask!(app, staffed.stranger, mail).0, StatusCode::NOT_FOUND);
    assert_eq!(ask!(app, staffed.admin, "/beheer/mailteksten/E99").0, StatusCode::NOT_FOUND);
    let again = format!("{mail}/opnieuw");
    assert_eq!(ask!(app, staffed.stranger, again, NO_FORM).0, StatusCode::NOT_FOUND);
    for address in ["/beheer/mail/proef", again.as_str()] {
        assert_eq!(ask!(app, staffed.manager, address, NO_FORM).0, StatusCode::FORBIDDEN, "{address}");
    }
    let form = form("bewaren", "0", "Bedankt");
    assert_eq!(ask!(app, staffed.manager, "/beheer/mailteksten/E02", &form).0, StatusCode::FORBIDDEN);
    assert!(ask!(app, staffed.manager, "/beheer/mail").2.contains("Er is geen mailserver ingesteld"));
}

#[actix_web::test]
async fn a_mail_that_bounced_is_sent_again_when_the_administrator_says_so() {
    let (staffed, server) = (Staffed::new(), Server::start(Manner::RefuseRecipient("550 5.1.1 no such <mailbox>")));
    let (sending, present) = (to_port(server.port), chrono::Utc::now().naive_utc());
    let id = staffed.town.post_now();
    staffed.town.work(&sending, present + chrono::TimeDelta::seconds(1));
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(sending.clone()))).configure(routes)).await;
    let mail = format!("/beheer/mail/{id}");
    let (_, _, page) = ask!(app, staffed.admin, mail);
    assert!(page.contains("no such &#60;mailbox&#62;") && page.contains("Verstuur opnieuw"), "{page}");
    let (status, leads, _) = ask!(app, staffed.admin, format!("{mail}/opnieuw"), NO_FORM);
    assert_eq!((status, leads.as_str()), (StatusCode::SEE_OTHER, mail.as_str()));
    server.behave(Manner::Good);
    staffed.town.work(&sending, chrono::Utc::now().naive_utc());
    assert_eq!((staffed.town.mail(id).state, staffed.acts("mail.again")), (MailState::Sent, 1));
    ask!(app, staffed.admin, format!("{mail}/opnieuw"), NO_FORM);
    assert_eq!((staffed.town.mail(id).state, staffed.acts("mail.again")), (MailState::Sent, 1));
}

fn form<'a>(action: &'a str, version: &'a str, subject: &'a str) -> [(&'static str, &'a str); 6] {
    [
        ("actie", action),
        ("versie", version),
        ("onderwerp_nl", subject),
        ("tekst_nl", "Op {{datum}} kwam {{nummer}} binnen.\r\n\r\nDank u wel."),
        ("onderwerp_en", "Thank you"),
        ("tekst_en", "{{nummer}} came in on {{datum}}."),
    ]
}

#[actix_web::test]
async fn a_text_with_an_unknown_placeholder_is_refused_and_kept_in_the_form() {
    let staffed = Staffed::new();
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(Sending::default()))).configure(routes)).await;
    let wrong = form("bewaren", "0", "Bedankt {{num}} {% if x %}");
    let (status, _, page) = ask!(app, staffed.admin, "/beheer/mailteksten/E02", &wrong);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("{{num}} bestaat hier niet. Bedoelt u {{nummer}}?"), "{page}");
    assert!(page.contains("value=\"Bedankt {{num}} {% if x %}\""), "{page}");
    assert_eq!(staffed.acts("mail_text.save"), 0);
    let empty = form("bewaren", "0", " ");
    assert_eq!(ask!(app, staffed.admin, "/beheer/mailteksten/E02", &empty).0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_text_is_looked_at_saved_and_from_then_on_sent() {
    let staffed = Staffed::new();
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(Sending::default()))).configure(routes)).await;
    let address = "/beheer/mailteksten/E02";
    let (status, _, page) = ask!(app, staffed.admin, address, &form("voorbeeld", "0", "Bedankt, {{naam}}"));
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("nog niet bewaard") && page.contains("Bedankt, Kim de Vries"), "{page}");
    assert!(page.contains("Op 15 maart 2027 kwam 2027-0042 binnen."), "{page}");
    assert_eq!(staffed.acts("mail_text.save"), 0, "looking saves nothing");
    let (status, leads, _) = ask!(app, staffed.admin, address, &form("bewaren", "0", "Bedankt, {{naam}}"));
    assert_eq!((status, leads.as_str()), (StatusCode::SEE_OTHER, address));
    assert_eq!(staffed.acts("mail_text.save"), 1);
    let moment = chrono::Utc::now().naive_utc();
    let id = staffed.town.write(|conn, id| received(conn, moment, id, &to("Sam", "sam@voorbeeld.example"), None));
    let letter = staffed.town.mail(id).letter;
    assert_eq!(letter.subject, "Bedankt, Sam");
    assert_eq!(letter.body, "Op 2 november 2026 kwam 2026-0042 binnen.\n\nDank u wel.");
    let (status, _, page) = ask!(app, staffed.admin, address, &form("bewaren", "0", "Anders"));
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("E. Postma heeft deze tekst intussen veranderd") && page.contains("value=\"Anders\""),
        "{page}"
    );
    let (_, _, page) = ask!(app, staffed.admin, address, &form("standaard", "1", "Anders"));
    assert!(page.contains("value=\"Wij hebben uw aanmelding ontvangen\""), "{page}");
    assert_eq!(staffed.acts("mail_text.save"), 1);
}

#[actix_web::test]
async fn pages_answer_while_the_mail_server_says_nothing() {
    let (staffed, server) = (Staffed::new(), Server::start(Manner::Slow(Duration::from_secs(5))));
    let sending = to_port(server.port);
    let app =
        test::init_service(App::new().app_data(Data::new(staffed.house(sending.clone()))).configure(routes)).await;
    let id = staffed.town.post_now();
    let worker = worker::start(staffed.town.ground.db.clone(), sending).expect("a thread starts");
    let began = Instant::now();
    while staffed.town.mail(id).attempts == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let (mut slowest, mut asked) = (Duration::ZERO, 0);
    while began.elapsed() < Duration::from_secs(4) {
        let before = Instant::now();
        assert_eq!(ask!(app, staffed.admin, "/beheer/mail").0, StatusCode::OK);
        // Posting, too: it only writes.
        assert_eq!(ask!(app, staffed.admin, "/beheer/mail/proef", NO_FORM).0, StatusCode::SEE_OTHER);
        slowest = slowest.max(before.elapsed());
        asked += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(asked > 5 && slowest < Duration::from_secs(1), "{asked} times, {slowest:?} at most");
    assert!(server.taken().is_empty(), "the server was silent all the while");
    server.behave(Manner::Good);
    server.wait_for(1 + asked);
    drop(worker);
    assert_eq!(staffed.town.mail(id).state, MailState::Sent);
}
