//! The town of the dossier with its people signed in, and what each gets (straat).

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use openhouse::account::Token;
use openhouse::account::store::{grants, make_link, sign_in};
use openhouse::actor::Actor;
use openhouse::app::routes;
use openhouse::db::Db;
use openhouse::dossier::Application;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;

use crate::dossier::town::{Applicant, Town, hand_in, write};
use crate::ground::{Ground, sqlite, vault};

pub struct Street {
    pub town: Town,
    pub house: Data<House>,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

/// What came back: its status, where it leads, and the page.
pub struct Answered {
    pub status: StatusCode,
    pub leads: String,
    pub kind: String,
    /// `Cache-Control` and `Content-Security-Policy`.
    pub kept: String,
    pub policy: String,
    pub bytes: Vec<u8>,
    pub page: String,
}

impl Street {
    pub fn new() -> Street {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let mut uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        uploads.program = env!("CARGO_BIN_EXE_openhouse").into();
        let house = House::open(
            ground.db.clone(),
            Files::open(&folder.path().join("files")).unwrap(),
            vault(),
            uploads,
            Sending::default(),
            "http://127.0.0.1:8080",
        );
        let town = Town::settle(&ground.db, "Noordermeer");
        Street { town, house: Data::new(house), _ground: ground, _folder: folder }
    }

    pub fn db(&self) -> &Db {
        &self.house.db
    }

    /// An application that was handed in.
    pub fn handed_in(&self, name: &str, kvk: &str, organisation: &str) -> (Applicant, String) {
        let applicant = self.town.complete(self.db(), name, kvk, organisation);
        hand_in(self.db(), &applicant, "sleutel-1").unwrap();
        let path = format!("/aanmeldingen/{}", self.application(&applicant).number);
        (applicant, path)
    }

    pub fn application(&self, applicant: &Applicant) -> Application {
        self.town.application(self.db(), applicant)
    }

    fn key(&self, who: &Actor) -> Token {
        // Sessions begin now: the house reads the clock.
        let present = chrono::Utc::now().naive_utc();
        let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
        write(self.db(), |conn| {
            let all = grants(conn)?;
            let mine = |id: i64| all.iter().find(|one| one.id == id).map(|one| one.account_id) == who.account_id();
            let grant = all.iter().rfind(|one| mine(one.id)).expect("somebody of this town");
            make_link(conn, present, grant.id, &token)?;
            sign_in(conn, present, "test", &token, &key)?.expect("the link is good");
            Ok(())
        });
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
        let key = self.key(who);
        self.answer(request.insert_header(("cookie", format!("openhouse={}", key.as_str())))).await
    }

    /// Somebody who is not signed in opens a page.
    pub async fn visit(&self, path: &str) -> Answered {
        self.answer(test::TestRequest::get().uri(path)).await
    }

    async fn answer(&self, request: test::TestRequest) -> Answered {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let answer = test::call_service(&app, request.to_request()).await;
        let header = |name| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, leads, kind) = (answer.status(), header("location"), header("content-type"));
        let (kept, policy) = (header("cache-control"), header("content-security-policy"));
        let bytes = test::read_body(answer).await.to_vec();
        Answered { status, leads, kind, kept, policy, page: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    /// Opens a page with a form and sends it with the version that stands on it.
    pub async fn fill(&self, who: &Actor, path: &str, fields: &[(&str, &str)]) -> Answered {
        let seen = version_on(&self.page(who, path).await);
        let mut all = vec![("versie", seen.as_str())];
        all.extend_from_slice(fields);
        self.post(who, path, &all).await
    }
}

/// The version that a form on the page sends along.
pub fn version_on(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"versie\" value=\"").expect("a form with a version");
    rest.split('"').next().unwrap().to_owned()
}
