//! A firm (aanbieder) with somebody who signed in, in a house that looks at files with the real program.

use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::evidence::{Evidence, store};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::provider::store::register;

use crate::ground::{now, sqlite, vault};

/// The real program, which looks at files.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_openhouse");

pub const LIST: &str = "/aanbieders/1001/bewijsstukken";

pub struct Firm {
    pub house: Data<House>,
    pub actor: Actor,
    key: Token,
    other: Token,
    folder: tempfile::TempDir,
    _ground: crate::ground::Ground,
}

/// What the house answered.
pub struct Answered {
    pub status: StatusCode,
    pub text: String,
    pub bytes: Vec<u8>,
    headers: actix_web::http::header::HeaderMap,
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Firm {
    pub fn new(scan: Scan, files: impl FnOnce(&std::path::Path) -> Files) -> Firm {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let mut uploads = Uploads::new(1024 * 1024, scan).unwrap();
        uploads.program = PROGRAM.into();
        let (db, files) = (ground.db.clone(), files(folder.path()));
        let house = House::open(db, files, vault(), uploads, Sending::default(), "http://127.0.0.1:8080");
        let present = chrono::Utc::now().naive_utc();
        let made: Result<_, diesel::result::Error> = house.db.write(|conn| {
            let here = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
            let mut keys = Vec::new();
            for (number, kvk) in [(1001, "90009001"), (1002, "90009002")] {
                let firm = register(conn, &Actor::system(here), now(), &kvk.parse().unwrap(), "Eigen Weg", number)?;
                let (email, role) = (format!("p{number}@voorbeeld.example"), Role::ProviderUser);
                let user = NewUser {
                    name: "S. Bakker",
                    email: &email,
                    role,
                    municipality_id: here,
                    provider_id: Some(firm.id),
                };
                let grant = add_user(conn, &Actor::system(here), now(), &user)?;
                let (link, key) = (Token::new().unwrap(), Token::new().unwrap());
                make_link(conn, present, grant, &link)?;
                sign_in(conn, present, "test", &link, &key)?.expect("the link is good");
                keys.push((Actor::of_provider("S. Bakker", here, firm.id, "test"), key));
            }
            Ok(keys)
        });
        let [(actor, key), (_, other)] = <[_; 2]>::try_from(made.unwrap()).ok().unwrap();
        Firm { house: Data::new(house), actor, key, other, folder, _ground: ground }
    }

    pub fn ordinary() -> Firm {
        Firm::new(Scan::Off, |folder| Files::open(folder).unwrap())
    }

    /// The same house with another scanner, or with another program to look at files.
    pub fn with(mut self, scan: Scan, program: &std::path::Path) -> Firm {
        let mut uploads = Uploads::new(1024 * 1024, scan).unwrap();
        uploads.program = program.to_owned();
        let House { db, files, public_url, mail, .. } = &**self.house;
        let house = House::open(db.clone(), files.clone(), vault(), uploads, mail.clone(), public_url);
        self.house = Data::new(house);
        self
    }

    pub async fn get(&self, address: &str) -> Answered {
        self.ask(test::TestRequest::get().uri(address), &self.key).await
    }

    /// The same by somebody of another firm.
    pub async fn get_as_other(&self, address: &str) -> Answered {
        self.ask(test::TestRequest::get().uri(address), &self.other).await
    }

    /// Sends the form with these fields and files.
    pub async fn send(&self, address: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answered {
        self.ask(form(address, fields, files), &self.key).await
    }

    pub async fn send_by_script(&self, address: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answered {
        self.ask(form(address, fields, files).insert_header(("accept", "application/json")), &self.key).await
    }

    async fn ask(&self, request: test::TestRequest, key: &Token) -> Answered {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let request = request.insert_header(("cookie", format!("openhouse={}", key.as_str())));
        let answer: ServiceResponse = test::call_service(&app, request.to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body()).await.unwrap().to_vec();
        Answered { status, text: String::from_utf8_lossy(&bytes).into_owned(), bytes, headers }
    }

    pub fn pieces(&self) -> Vec<Evidence> {
        let seen: Result<_, diesel::result::Error> = self.house.db.read(|conn| store::of_provider(conn, &self.actor));
        seen.unwrap()
    }

    /// How many files stand on the shelf or in quarantine.
    pub fn files_on_disk(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(self.folder.path())
    }
}

/// A form with files, as a browser sends it.
pub fn form(address: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> test::TestRequest {
    const EDGE: &str = "edge-of-a-part";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, content) in files {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={EDGE}");
    test::TestRequest::post().uri(address).insert_header(("content-type", kind)).set_payload(body)
}
