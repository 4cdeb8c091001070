//! What is somebody else's does not exist (IDOR): every route of the house × every role × an object of another
//! municipality or another provider. The routes come from the house itself, so that a new one without a line in
//! `idor/table.rs` is seen. Beside it stands `who_may_enter.rs`, which tells what each page answers to whom.

mod charging;
mod line;
mod office;
mod signing;
mod table;
mod texts;
mod world;

use actix_web::http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use actix_web::web::Data;
use actix_web::{App, test as client};
use line::{Line, Rule};
use openhouse::account::Token;
use openhouse::app::manners::{Manners, PATIENCE};
use openhouse::app::{Known, Verb, addresses, routes};
use table::LINES;
use world::{Person, SECRET, World};

/// What a request came to.
struct Answer {
    status: u16,
    /// The page, and where it sends somebody.
    text: String,
    /// The tables that were written meanwhile.
    written: Vec<String>,
}

impl Answer {
    fn is_refusal(&self) -> bool {
        matches!(self.status, 403 | 404)
    }
}

/// The whole application at work on this world.
macro_rules! at_work {
    ($world:expr) => {{
        let manners = Data::new(Manners::new("127.0.0.1:8080".parse().unwrap(), 50, PATIENCE));
        client::init_service(App::new().app_data($world.house.clone()).app_data(manners).configure(routes)).await
    }};
}

/// What a line of the table comes to at this address, for who holds this key.
macro_rules! ask {
    ($world:expr, $app:expr, $line:expr, $address:expr, $key:expr) => {{
        $world.written();
        let answer = client::call_service(&$app, request(&$world, $line, $address, $key).to_request()).await;
        let status = answer.status().as_u16();
        let leads = answer.headers().get(LOCATION).map_or(String::new(), |to| to.to_str().unwrap().to_owned());
        let body = client::read_body(answer).await;
        Answer { status, text: format!("{leads}\n{}", String::from_utf8_lossy(&body)), written: $world.written() }
    }};
}

fn request(world: &World, line: &Line, address: &str, key: Option<&Token>) -> client::TestRequest {
    let mut request = match line.verb {
        Verb::Get => client::TestRequest::get(),
        Verb::Post => client::TestRequest::post(),
    };
    request = request.uri(address);
    if let Some(key) = key {
        request = request.insert_header((COOKIE, format!("openhouse={}", key.as_str())));
    }
    if line.verb == Verb::Get {
        return request;
    }
    let (kind, form) = match line.form.starts_with("--") {
        true => ("multipart/form-data; boundary=x", line.form.to_owned()),
        false => ("application/x-www-form-urlencoded", world.named(line.form)),
    };
    request.insert_header((CONTENT_TYPE, kind)).set_payload(form)
}

fn told(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_route_says_what_it_names_and_who_may() {
    let routes = addresses();
    let mut wrong = Vec::new();
    for Known { path, verb } in &routes {
        match LINES.iter().filter(|line| line.path == *path && line.verb == *verb).count() {
            1 => {}
            0 => wrong.push(format!(
                "{verb:?} {path} has no line in tests/it/idor/table.rs: say what of another it names, and which roles may"
            )),
            more => wrong.push(format!("{verb:?} {path} has {more} lines in tests/it/idor/table.rs: one is enough")),
        }
    }
    for line in LINES {
        if !routes.iter().any(|known| known.path == line.path && known.verb == line.verb) {
            wrong.push(format!("{:?} {} is no route any more: take its line out", line.verb, line.path));
        }
        if !fits(line.path, line.address) {
            wrong.push(format!("{} does not lead to {}", line.address, line.path));
        }
    }
    told(&wrong);
}

/// Whether an address is one of a path: part by part, a `{place}` taking anything.
fn fits(path: &str, address: &str) -> bool {
    let (path, address): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), address.split('/').collect());
    path.len() == address.len()
        && path.iter().zip(&address).all(|(asked, given)| match asked.split_once('{') {
            Some((before, rest)) => given.starts_with(before) && given.ends_with(rest.split('}').nth(1).unwrap_or("")),
            None => asked == given,
        })
}

#[actix_web::test]
async fn what_is_named_is_there_for_no_stranger_and_changes_for_none() {
    let world = World::new();
    let app = at_work!(world);
    let mut wrong = Vec::new();
    for line in LINES.iter().filter(|line| matches!(line.rule, Rule::Named(_))) {
        let (address, nowhere) = (world.named(line.address), world.unknown(line.address));
        for Person { who, key, .. } in &world.strangers {
            let answer = ask!(world, app, line, &address, Some(key));
            let mut fault =
                |what: &str| wrong.push(format!("{:?} {address} by {who}: {} {what}", line.verb, answer.status));
            if !answer.is_refusal() {
                fault("is no refusal");
            }
            if answer.text.contains(SECRET) || answer.text.contains("Noordermeer") && who.starts_with("elsewhere") {
                fault("tells of somebody else");
            }
            if !answer.written.is_empty() {
                fault(&format!("changed {}", answer.written.join(", ")));
            }
            let unknown = ask!(world, app, line, &nowhere, Some(key));
            if answer.is_refusal() && unknown.status != answer.status {
                wrong.push(format!(
                    "{:?} {address} by {who}: {} while {nowhere} is {}",
                    line.verb, answer.status, unknown.status
                ));
            }
        }
    }
    told(&wrong);
}

#[actix_web::test]
async fn a_page_of_ones_own_tells_nothing_of_others() {
    let world = World::new();
    let app = at_work!(world);
    let mut wrong = Vec::new();
    // Who delivers here is public: its name stands in the register for everybody.
    let is_public = |line: &Line| line.path.starts_with("/gemeenten/{slug}/register");
    let of_oneself = |line: &&Line| line.verb == Verb::Get && !matches!(line.rule, Rule::Named(_)) && !is_public(line);
    for line in LINES.iter().filter(of_oneself) {
        let address = world.named(line.address);
        for Person { who, key, .. } in &world.strangers {
            let answer = ask!(world, app, line, &address, Some(key));
            if answer.text.contains(SECRET) {
                wrong.push(format!("{address} by {who}: {} tells of somebody else", answer.status));
            }
        }
    }
    told(&wrong);
}

#[actix_web::test]
async fn whoever_has_no_right_at_home_changes_nothing_and_whoever_has_finds_it() {
    let world = World::new();
    let app = at_work!(world);
    let mut wrong = Vec::new();
    for line in LINES {
        let (Rule::Own(may) | Rule::Named(may)) = line.rule else { continue };
        let address = world.named(line.address);
        let nobody = ask!(world, app, line, &address, None);
        if !(nobody.is_refusal() || nobody.status == 303) || nobody.text.contains(SECRET) || !nobody.written.is_empty()
        {
            wrong.push(format!("{:?} {address} by nobody: {} {:?}", line.verb, nobody.status, nobody.written));
        }
        for Person { who, role, key } in &world.own {
            let allowed = may.contains(role);
            if allowed && line.verb == Verb::Post {
                continue;
            }
            let answer = ask!(world, app, line, &address, Some(key));
            if allowed == answer.is_refusal() {
                wrong.push(format!("{:?} {address} by {who}: {}", line.verb, answer.status));
            }
            if !allowed && !answer.written.is_empty() {
                wrong.push(format!("{:?} {address} by {who}: changed {}", line.verb, answer.written.join(", ")));
            }
        }
    }
    told(&wrong);
}

/// Without this the refusals above would prove nothing: there might have been no such object, or no such form.
#[actix_web::test]
async fn what_strangers_are_refused_is_done_for_who_may() {
    let world = World::new();
    let app = at_work!(world);
    let mut lines: Vec<&Line> = LINES.iter().filter(|line| line.verb == Verb::Post).collect();
    // What takes something away comes last: the others need it.
    lines.sort_by_key(|line| line.path.ends_with("/intrekken"));
    let mut wrong = Vec::new();
    for line in lines {
        let (Rule::Own(may) | Rule::Named(may)) = line.rule else { continue };
        let Some(first) = may.first() else { continue };
        let person = world.own.iter().find(|person| person.role == *first).expect("every role is at home");
        let answer = ask!(world, app, line, &world.named(line.address), Some(&person.key));
        if answer.is_refusal() || answer.status >= 500 {
            wrong.push(format!("POST {} by {}: {}", line.address, person.who, answer.status));
        }
    }
    told(&wrong);
}
