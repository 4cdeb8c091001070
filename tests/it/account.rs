//! Accounts and access: signing in as a browser does, against the real house, on each database.

mod entering;
mod forgotten;
mod organisations;
mod people;
mod stores;

use std::pin::Pin;
use std::rc::Rc;

use actix_web::dev::ServiceResponse;
use actix_web::test::TestRequest;
use actix_web::web::Data;
use actix_web::{App, test};
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use openhouse::account::factor::Factor;
use openhouse::account::store::credential::{holder_named, make_account_link};
use openhouse::account::store::{NewUser, add_municipality, add_user, person};
use openhouse::account::{LinkKind, Token};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::identity::IdentityProviders;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::provider::store::register;
use openhouse::schema::outbox;

use crate::ground::{Ground, now, vault};

pub const PASSWORD: &str = "trommel veert onder zeewier";
pub const ANJA: &str = "a.prins@noordermeer.example";

/// A house with a municipality, a provider of it, and another municipality.
pub struct Place {
    pub house: Data<House>,
    pub here: i64,
    pub there: i64,
    pub provider: i64,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn new(ground: &Ground) -> Place {
        Place::with_identity(ground, IdentityProviders::default())
    }

    /// The same, where people may also sign in elsewhere.
    pub fn with_identity(ground: &Ground, identity: IdentityProviders) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&folder.path().join("files")).unwrap();
        let mail = Sending::default();
        let house = House::open(
            ground.db.clone(),
            files,
            vault(),
            Uploads::new(1024 * 1024, Scan::Off).unwrap(),
            mail,
            "http://127.0.0.1:8080",
        );
        let house = Data::new(House { identity, ..house });
        let made: QueryResult<_> = ground.db.write(|conn| {
            let here = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
            let there = add_municipality(conn, &Actor::installer(), now(), "Zuidermeer")?;
            let kvk = "90009001".parse().unwrap();
            let provider = register(conn, &Actor::system(here), now(), &kvk, "Eigen Weg", 1001)?;
            Ok((here, there, provider.id))
        });
        let (here, there, provider) = made.unwrap();
        Place { house, here, there, provider, _folder: folder }
    }

    /// Gives somebody a role; answers the number of the grant.
    pub fn give(&self, email: &str, role: Role, municipality_id: i64) -> i64 {
        let provider_id = role.is_of_provider().then_some(self.provider);
        let new = NewUser { name: "Anja Prins", email, role, municipality_id, provider_id };
        self.house.db.write(|conn| add_user(conn, &Actor::system(municipality_id), now(), &new)).unwrap()
    }

    pub fn invite(&self, grant: i64) -> Token {
        let token = Token::new().unwrap();
        let made: QueryResult<_> = self.house.db.write(|conn| {
            let account = person(conn, grant)?.unwrap().account_id;
            make_account_link(conn, Utc::now().naive_utc(), account, LinkKind::Invitation, &token)
        });
        made.unwrap();
        token
    }

    /// The code of somebody's app, so many steps from now: a step is accepted once, and one before and after it too.
    pub fn code(&self, email: &str, steps: i64) -> String {
        let holder = self.house.db.read(|conn| holder_named(conn, email)).unwrap().unwrap();
        let bits = self.house.vault.open(&Factor::purpose(holder.account_id), &holder.factor.unwrap()).unwrap();
        Factor::opened(bits).code_at(Utc::now().naive_utc() + TimeDelta::seconds(30 * steps))
    }

    /// The kinds of the mails that wait to be sent to this address, with where each leads, the oldest first.
    pub fn mails(&self, email: &str) -> Vec<(String, String)> {
        let mails = |conn: &mut openhouse::db::Conn| {
            outbox::table
                .filter(outbox::to_email.eq(email))
                .order(outbox::id)
                .select((outbox::kind, outbox::link))
                .load(conn)
        };
        self.house.db.read::<_, diesel::result::Error>(mails).unwrap()
    }
}

/// Somebody's browser: it keeps cookies, and does not follow redirects.
pub struct Browser {
    house: Answering,
    pub cookies: Vec<(String, String)>,
}

type Answering = Box<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = ServiceResponse>>>>;

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<String>,
    pub text: String,
}

/// A new browser before the house.
pub async fn visitor(place: &Place) -> Browser {
    let app = Rc::new(test::init_service(App::new().app_data(place.house.clone()).configure(routes)).await);
    let house = move |request: TestRequest| -> Pin<Box<dyn Future<Output = ServiceResponse>>> {
        let app = app.clone();
        Box::pin(async move { test::call_service(&*app, request.to_request()).await })
    };
    Browser { house: Box::new(house), cookies: Vec::new() }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(TestRequest::get().uri(path)).await
    }

    /// Follows a link on a page of the house.
    pub async fn click(&mut self, path: &str) -> Page {
        self.get_from(path, "same-origin").await
    }

    /// Follows a link on a page of some site, in the words of `Sec-Fetch-Site`.
    pub async fn get_from(&mut self, path: &str, site: &str) -> Page {
        self.ask(TestRequest::get().uri(path).insert_header(("sec-fetch-site", site))).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        self.ask(TestRequest::post().uri(path).set_form(form)).await
    }

    async fn ask(&mut self, request: TestRequest) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .insert_header(("cookie", cookies.join("; ")))
            .insert_header(("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"))
            .peer_addr("192.0.2.7:4711".parse().unwrap());
        let answer = (self.house)(request).await;
        for cookie in answer.response().cookies() {
            self.cookies.retain(|(name, _)| name != cookie.name());
            if !cookie.value().is_empty() {
                self.cookies.push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (location, retry_after) = (header("location"), header("retry-after"));
        let status = answer.status().as_u16();
        let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        Page { status, location, retry_after, text }
    }

    /// Accepts the invitation: password, second factor, recovery codes. Answers those.
    pub async fn set_up(&mut self, place: &Place, email: &str, invitation: &Token) -> Vec<String> {
        let path = format!("/inloggen/uitnodiging/{}", invitation.as_str());
        self.post(&path, &[("nieuw", PASSWORD), ("nogmaals", PASSWORD)]).await.leads_to("/inloggen/instellen");
        let key = self.get("/inloggen/instellen").await.ok().between("<p class=\"mono\">", "</p>");
        let code = app_code(&key, -1);
        self.post("/inloggen/instellen", &[("code", &code)]).await.leads_to("/inloggen/herstelcodes");
        let shown = self.get("/inloggen/herstelcodes").await.ok();
        let codes: Vec<String> =
            shown.text.split("<li class=\"mono\">").skip(1).map(|rest| rest[..29].to_owned()).collect();
        self.post("/inloggen/herstelcodes", &[]).await;
        assert!(place.house.db.read(|conn| holder_named(conn, email)).unwrap().unwrap().factor.is_some());
        codes
    }

    pub async fn password(&mut self, email: &str, password: &str) -> Page {
        self.post("/inloggen", &[("email", email), ("wachtwoord", password)]).await
    }

    /// Signs in with the code of so many steps from now.
    pub async fn sign_in(&mut self, place: &Place, email: &str, steps: i64) -> Page {
        self.password(email, PASSWORD).await.leads_to("/inloggen/code");
        let code = place.code(email, steps);
        self.post("/inloggen/code", &[("code", &code)]).await
    }
}

/// What an app shows for a key that was typed over.
pub fn app_code(key: &str, steps: i64) -> String {
    let letters: String = key.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = totp_rs::Secret::try_from_base32(&letters).unwrap();
    Factor::opened(secret.as_ref().to_vec()).code_at(Utc::now().naive_utc() + TimeDelta::seconds(30 * steps))
}

impl Page {
    #[track_caller]
    pub fn ok(self) -> Page {
        assert_eq!(self.status, 200, "{self:?}");
        self
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Page {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    pub fn leads_to(self, path: &str) -> Page {
        assert_eq!((self.status, self.location.as_deref()), (303, Some(path)), "{self:?}");
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Page {
        assert!(self.text.contains(words), "{words:?} is not in {}", self.text);
        self
    }

    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let rest = self.text.split_once(before).unwrap_or_else(|| panic!("{before} is not in {}", self.text)).1;
        rest.split_once(after).expect("an end").0.to_owned()
    }
}
