//! A town hall with its people signed in, and what each of them gets (gemeentehuis).

use std::cell::RefCell;
use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{grants, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::db::Db;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::schema::audit_event;

use crate::dossier::town::{Town, account, write};
use crate::ground::{Ground, sqlite, vault};

pub struct Office {
    pub town: Town,
    /// Another municipality, and its contract manager.
    pub elsewhere: Town,
    pub admin: Actor,
    pub viewer: Actor,
    pub house: Data<House>,
    keys: RefCell<HashMap<Option<i64>, Token>>,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

/// What came back: its status, where it leads, and the page.
pub struct Answered {
    pub status: StatusCode,
    pub leads: String,
    pub page: String,
}

impl Office {
    pub fn new() -> Office {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let files = Files::open(&folder.path().join("files")).unwrap();
        let mut uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        uploads.program = env!("CARGO_BIN_EXE_openhouse").into();
        let db = ground.db.clone();
        let house = House::open(db, files, vault(), uploads, Sending::default(), "http://127.0.0.1:8080");
        let town = Town::settle(&ground.db, "Noordermeer");
        let elsewhere = Town::settle(&ground.db, "Zuidermeer");
        let (admin, viewer) = write(&ground.db, |conn| {
            let admin = account(conn, town.tenant, Role::FunctionalAdmin, "Esther Postma");
            Ok((admin, account(conn, town.tenant, Role::Viewer, "Anke Jansen")))
        });
        let keys = RefCell::default();
        Office { town, elsewhere, admin, viewer, house: Data::new(house), keys, _ground: ground, _folder: folder }
    }

    pub fn db(&self) -> &Db {
        &self.house.db
    }

    /// How many lines of the audit tell of this act.
    pub fn acts(&self, action: &str) -> i64 {
        let lines = audit_event::table.filter(audit_event::action.eq(action)).count();
        self.db().read(|conn| lines.get_result(conn)).expect("the database answers")
    }

    fn key(&self, who: &Actor) -> Token {
        if let Some(key) = self.keys.borrow().get(&who.account_id()) {
            return key.clone();
        }
        // Sessions begin now: the house reads the clock.
        let present = chrono::Utc::now().naive_utc();
        let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
        write(self.db(), |conn| {
            let all = grants(conn)?;
            let grant =
                all.iter().rfind(|one| Some(one.account_id) == who.account_id()).expect("somebody of this town");
            make_link(conn, present, grant.id, &token)?;
            sign_in(conn, present, "test", &token, &key)?.expect("the link is good");
            Ok(())
        });
        self.keys.borrow_mut().insert(who.account_id(), key.clone());
        key
    }

    pub async fn get(&self, who: &Actor, path: &str) -> Answered {
        self.send(who, test::TestRequest::get().uri(path)).await
    }

    pub async fn page(&self, who: &Actor, path: &str) -> String {
        let answered = self.get(who, path).await;
        assert_eq!(answered.status, StatusCode::OK, "{path}");
        answered.page
    }

    pub async fn post(&self, who: &Actor, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(who, test::TestRequest::post().uri(path).set_form(fields)).await
    }

    pub async fn send(&self, who: &Actor, request: test::TestRequest) -> Answered {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let key = self.key(who);
        let request = request.insert_header(("cookie", format!("openhouse={}", key.as_str()))).to_request();
        let answer = test::call_service(&app, request).await;
        let leads = answer.headers().get("location").map_or("", |to| to.to_str().unwrap()).to_owned();
        let status = answer.status();
        let page = String::from_utf8_lossy(&test::read_body(answer).await).into_owned();
        Answered { status, leads, page }
    }
}

/// The fields of the form on a page, as a browser would send them, without its buttons.
pub fn fields_of(page: &str) -> Vec<(String, String)> {
    let (_, main) = page.split_once("<main").expect("a page has a main part");
    let mut fields = Vec::new();
    for tag in main.split('<').skip(1) {
        let part = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(plain(rest.split('"').next()?))
        };
        let Some(name) = part("name") else { continue };
        if tag.starts_with("input") {
            let tickable = matches!(part("type").as_deref(), Some("checkbox" | "radio"));
            if !tickable || tag.contains(" checked") {
                fields.push((name, part("value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea") {
            let (_, text) = tag.split_once(">\n").expect("a text begins on a line of its own");
            fields.push((name, plain(text)));
        } else if tag.starts_with("select") {
            let (_, rest) = main.split_once(&format!("name=\"{name}\"")).expect("it stands there");
            let list = rest.split("</select>").next().unwrap_or_default();
            let chosen = list.split("<option value=\"").skip(1).find(|one| {
                let end = one.find('>').unwrap_or(0);
                one[..end].contains(" selected")
            });
            let value = chosen.and_then(|one| one.split('"').next()).unwrap_or_default();
            fields.push((name, plain(value)));
        }
    }
    fields
}

fn plain(html: &str) -> String {
    let escapes = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    escapes.iter().fold(html.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

/// The same fields with some of them changed, and a button.
pub fn filled<'a>(fields: &'a [(String, String)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let untouched = |name: &str| !changes.iter().any(|(changed, _)| *changed == name);
    let kept = fields.iter().filter(|(name, _)| untouched(name)).map(|(name, value)| (name.as_str(), value.as_str()));
    kept.chain(changes.iter().copied()).collect()
}

/// A form with these fields and at most one file.
pub fn form(path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> test::TestRequest {
    const EDGE: &str = "edge-of-a-part";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    if let Some((name, content)) = file {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={EDGE}");
    test::TestRequest::post().uri(path).insert_header(("content-type", kind)).set_payload(body)
}
