//! The whole application at work on a real port, spoken to in bare HTTP as no browser would: what it turns away, what
//! it does not wait for, and what every answer carries.

mod everywhere;
mod letterbox;
mod server;

use std::time::{Duration, Instant};

use diesel::result::QueryResult;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::{Manners, Patience, routes};
use server::{Server, manners};

use crate::ground::now;

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

#[test]
fn a_form_says_that_it_comes_from_this_site_or_is_refused() {
    let server = Server::start(manners(), routes);
    let own = format!("origin: http://{}\r\n", server.host());
    let post = |headers: &str| server.ask("POST", "/taal", &format!("{FORM}{headers}"), "taal=en&terug=/").status;
    assert_eq!(post(""), 403, "neither Origin nor Sec-Fetch-Site");
    assert_eq!(post("origin: null\r\n"), 403);
    assert_eq!(post("origin: https://elders.example\r\n"), 403);
    assert_eq!(post(&format!("{own}sec-fetch-site: cross-site\r\n")), 403);
    assert_eq!(post(&own), 303);
    assert_eq!(post("sec-fetch-site: same-origin\r\n"), 303);
    let page = server.ask("POST", "/taal", FORM, "taal=en&terug=/").text;
    assert!(page.contains("<h1>U hebt hier geen toegang</h1>"), "{page}");
}

#[test]
fn what_an_identity_provider_sends_by_itself_comes_in_and_is_not_there_where_none_is_set() {
    let server = Server::start(manners(), routes);
    let answer = server.ask("POST", "/inloggen/organisatie/afmelden", FORM, "logout_token=x");
    assert_eq!(answer.status, 404, "{}", answer.text);
}

#[test]
fn who_signs_out_leaves_nothing_in_the_browser() {
    let server = Server::start(manners(), routes);
    let own = format!("origin: http://{}\r\n", server.host());
    let answer = server.ask("POST", "/uitloggen", &own, "");
    assert_eq!((answer.status, answer.header("clear-site-data")), (200, Some("\"cache\", \"storage\"")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[test]
fn the_log_tells_of_a_sign_in_that_failed_and_to_whom_a_page_was_refused() {
    let log = server::read_along();
    let server = Server::start(manners(), routes);
    let own = format!("{FORM}origin: http://{}\r\n", server.host());
    let form = "email=niemand%40voorbeeld.example&wachtwoord=een+verkeerd+wachtwoord";
    assert_eq!(server.ask("POST", "/inloggen", &own, form).status, 400);
    let (link, key) = (Token::new().unwrap(), Token::new().unwrap());
    let account: QueryResult<i64> = server.house.db.write(|conn| {
        let here = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
        let (name, email, role) = ("Anja Prins", "a.prins@noordermeer.example", Role::Viewer);
        let new = NewUser { name, email, role, municipality_id: here, provider_id: None };
        let grant = add_user(conn, &Actor::system(here), now(), &new)?;
        let now = server.house.now();
        make_link(conn, now, grant, &link)?;
        Ok(sign_in(conn, now, "test", &link, &key)?.unwrap().account_id)
    });
    let account = account.unwrap();
    let cookie = format!("cookie: openhouse={}\r\n", key.as_str());
    assert_eq!(server.ask("GET", "/beheer/gebruikers", &cookie, "").status, 403);
    let lines = log.lines();
    let one = |part: &str| lines.iter().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {lines:?}"));
    assert!(one("a sign-in failed").contains("account/unknown"));
    assert!(one("\"status\":403").contains(&format!("\"account\":{account}")), "{}", one("\"status\":403"));
    assert!(lines.iter().all(|line| !line.contains("niemand") && !line.contains("prins")), "{lines:?}");
}

#[test]
fn another_host_is_told_where_the_house_is() {
    let server = Server::start(manners(), routes);
    let elsewhere = server.ask_host("elders.example", "GET", "/inloggen", "", "");
    assert_eq!(elsewhere.status, 421);
    assert!(elsewhere.text.contains(&format!("http://{}/", server.host())), "{}", elsewhere.text);
    assert!(!elsewhere.text.contains("elders.example"));
    let port = server.host().rsplit_once(':').unwrap().1.to_owned();
    assert_eq!(server.ask_host(&format!("localhost:{port}"), "GET", "/inloggen", "", "").status, 200);
    assert_eq!(server.ask_host("elders.example", "GET", "/healthz", "", "").status, 200);
}

#[test]
fn another_verb_is_told_apart_from_another_path() {
    let server = Server::start(manners(), routes);
    let own = format!("origin: http://{}\r\n", server.host());
    for (verb, path, status, allow) in [
        ("DELETE", "/inloggen", 405, Some("GET, HEAD, POST")),
        ("PUT", "/aanbieders/1042/kwartalen/2026-3/vaststellen", 405, Some("GET, HEAD, POST")),
        ("GET", "/uitloggen", 405, Some("POST")),
        ("POST", "/aanbieders", 405, Some("GET, HEAD")),
        ("OPTIONS", "/taal", 405, Some("POST")),
        ("DELETE", "/bestaat-niet", 404, None),
        ("GET", "/bestaat-niet", 404, None),
    ] {
        let answer = server.ask(verb, path, &own, "");
        assert_eq!((answer.status, answer.header("allow")), (status, allow), "{verb} {path}");
        assert!(answer.text.contains("<h1>"), "{verb} {path} gets no page");
    }
}

#[test]
fn an_address_without_measure_gets_a_page() {
    let server = Server::start(manners(), routes);
    let ask = |length: usize| server.ask("GET", &format!("/inloggen?q={}", "a".repeat(length)), "", "");
    assert_eq!(ask(8_000).status, 200);
    let long = ask(9_000);
    assert_eq!((long.status, long.text.contains("Dit adres is te lang")), (414, true));
    assert_eq!(ask(60_000).status, 414);
    // Beyond 64 KiB the address is refused while it is read, before there is an application: an answer without a page.
    assert_eq!(ask(70_000).status, 400);
    assert_eq!(ask(200_000).status, 431);
}

#[test]
fn a_handler_that_panics_gets_the_page_of_a_failure_with_a_number() {
    async fn breaks() -> actix_web::HttpResponse {
        panic!("the shelf fell down")
    }
    let server = Server::start(manners(), |at| {
        at.route("/valt-om", actix_web::web::get().to(breaks));
        routes(at);
    });
    let answer = server.ask("GET", "/valt-om", "", "");
    assert_eq!(answer.status, 500);
    assert!(answer.text.contains("Er ging iets mis bij ons"), "{}", answer.text);
    assert!(!answer.text.contains("shelf"), "the inside of the house is shown");
    let number = answer.text.split("<b class=\"mono\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    assert_eq!(number.len(), 8, "{number}");
    assert!(answer.header("content-security-policy").is_some() && answer.header("cache-control") == Some("no-store"));
    assert_eq!(server.ask("GET", "/inloggen", "", "").status, 200, "the house still stands");
}

#[test]
fn the_log_has_the_cause_of_a_panic_under_the_number_that_was_shown() {
    async fn breaks() -> actix_web::HttpResponse {
        panic!("the shelf fell down")
    }
    let log = server::read_along();
    let server = Server::start(manners(), |at| {
        at.route("/valt-om", actix_web::web::get().to(breaks));
    });
    let answer = server.ask("GET", "/valt-om", "", "");
    let number = answer.text.split("<b class=\"mono\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let lines = log.lines();
    let told = lines.iter().find(|line| line.contains(number)).unwrap_or_else(|| panic!("{number} in {lines:?}"));
    assert!(told.contains("the shelf fell down"), "{told}");
    assert!(lines.iter().any(|line| line.contains("answered") && line.contains("500")), "{lines:?}");
}

fn hurried() -> Manners {
    let patience =
        Patience { form: Duration::from_millis(300), files: Duration::from_millis(600), slowest: 1024 * 1024 };
    Manners::new("127.0.0.1:0".parse().unwrap(), 50, patience)
}

#[test]
fn a_form_that_does_not_come_is_not_waited_for() {
    let server = Server::start(hurried(), routes);
    let began = Instant::now();
    let head = format!("{FORM}origin: http://{}\r\ncontent-length: 100\r\n", server.host());
    let answer = server.send_slowly("POST", "/taal", &head, &["taal=", "e"], Duration::from_millis(50));
    assert_eq!((answer.status, answer.text.contains("Het versturen duurde te lang")), (408, true), "{}", answer.text);
    assert!(answer.closed && began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn a_form_that_drips_is_not_waited_for_either() {
    let server = Server::start(hurried(), routes);
    let head = format!("{FORM}origin: http://{}\r\ncontent-length: 100\r\n", server.host());
    let drops = vec!["a"; 100];
    let began = Instant::now();
    let answer = server.send_slowly("POST", "/taal", &head, &drops, Duration::from_millis(60));
    assert_eq!(answer.status, 408);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn an_upload_has_to_keep_up_and_may_then_take_its_time() {
    let server = Server::start(hurried(), everywhere::with_a_shelf);
    let kind = "content-type: multipart/form-data; boundary=x\r\n";
    let own = format!("{kind}origin: http://{}\r\n", server.host());
    let start = "--x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\n";
    let head = format!("{own}content-length: 5000000\r\n");
    let slow = server.send_slowly("POST", "/plank", &head, &[start, "a", "a", "a"], Duration::from_millis(100));
    assert_eq!(slow.status, 408, "{}", slow.text);

    // A second and more in all, at twice the least speed.
    let block = "a".repeat(256 * 1024);
    let mut parts = vec![start];
    parts.extend(std::iter::repeat_n(block.as_str(), 10));
    parts.push("\r\n--x--\r\n");
    let head = format!("{own}content-length: {}\r\n", parts.iter().map(|part| part.len()).sum::<usize>());
    let began = Instant::now();
    let kept_up = server.send_slowly("POST", "/plank", &head, &parts, Duration::from_millis(125));
    assert_eq!((kept_up.status, kept_up.text.as_str()), (200, "2621440"));
    assert!(began.elapsed() > Duration::from_millis(1000));
}

#[test]
fn a_full_house_asks_to_come_back_and_still_says_that_it_lives() {
    let one = Manners::new("127.0.0.1:0".parse().unwrap(), 1, openhouse::app::manners::PATIENCE);
    let server = Server::start(one, routes);
    let held =
        server.hold("POST", "/taal", &format!("{FORM}origin: http://{}\r\ncontent-length: 100\r\n", server.host()));
    let answer = server.ask("GET", "/inloggen", "", "");
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("60")));
    assert!(answer.text.contains("<h1>Het is nu te druk</h1>"), "{}", answer.text);
    assert!(answer.header("content-security-policy").is_some());
    assert_eq!(server.ask("GET", "/healthz", "", "").status, 200);
    drop(held);
    let free = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        server.ask("GET", "/inloggen", "", "").status == 200
    });
    assert!(free, "who left still takes a place");
}
