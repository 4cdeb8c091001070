//! Applying as somebody does it: from the public form and the link in the mail to a receipt.

mod everything;
mod fields;
mod register;
mod sending;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{grants, person, session};
use openhouse::app::routes;
use openhouse::dossier::start::Started;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::trade_register::TradeRegister;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::schema::{access_request, account, application_receipt, outbox, provider, role_grant};

use crate::dossier::town::{Applicant, Town, needed, show, upload};
use crate::evidence::firm::PROGRAM;
use crate::ground::{Ground, sqlite, vault};

/// A municipality with an open procedure, and who knocks at it.
struct Street {
    house: Data<House>,
    ground: Ground,
    town: Town,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    text: String,
    to: String,
}

const APPLY: &str = "/gemeenten/noordermeer/aanmelden";

impl Street {
    fn new() -> Street {
        Street::with(None)
    }

    /// The same, with a line to a trade register.
    fn with(trade_register: Option<TradeRegister>) -> Street {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let town = Town::settle(&ground.db, "Noordermeer");
        let mut uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        uploads.program = PROGRAM.into();
        let house = House::open(
            ground.db.clone(),
            Files::open(&folder.path().join("files")).unwrap(),
            vault(),
            uploads,
            Sending::default(),
            "http://127.0.0.1:8080",
        );
        let house = House { trade_register, ..house };
        Street { house: Data::new(house), ground, town, _folder: folder }
    }

    async fn send(&self, cookie: Option<&str>, request: test::TestRequest) -> Answer {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let request = match cookie {
            Some(cookie) => request.insert_header(("cookie", cookie)),
            None => request,
        };
        let answer = test::call_service(&app, request.to_request()).await;
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, to) = (answer.status(), header("location").unwrap_or_default());
        let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        Answer { status, text, to }
    }

    async fn get(&self, cookie: Option<&str>, path: &str) -> Answer {
        self.send(cookie, test::TestRequest::get().uri(path)).await
    }

    async fn post(&self, cookie: Option<&str>, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(cookie, test::TestRequest::post().uri(path).set_form(form)).await
    }

    async fn apply(&self, name: &str, email: &str, kvk: &str) -> Answer {
        let form = [("organisatie", "Werkpad Noord"), ("kvk", kvk), ("naam", name), ("email", email)];
        self.post(None, APPLY, &form).await
    }

    /// The path in the newest mail to this address.
    fn link(&self, email: &str) -> Option<String> {
        let found: QueryResult<Option<String>> = self.ground.db.read(|conn| {
            outbox::table
                .filter(outbox::to_email.eq(email))
                .order(outbox::id.desc())
                .select(outbox::link)
                .first(conn)
                .optional()
        });
        found.unwrap()
    }

    /// Applies, opens the invitation of the mail, and answers the cookie of a session as the door gives it.
    async fn newcomer(&self, email: &str, kvk: &str) -> String {
        assert_eq!(self.apply("Sanne Bakker", email, kvk).await.status, StatusCode::OK);
        let link = self.link(email).expect("a mail with a link");
        assert!(link.starts_with("/inloggen/uitnodiging/"), "{link}");
        let invited = self.get(None, &link).await;
        assert!(invited.status == StatusCode::OK && invited.text.contains(email), "{}", invited.text);
        self.session(email)
    }

    /// What a password and a code lead to; `tests/it/account` walks through that door.
    fn session(&self, email: &str) -> String {
        let (now, key) = (chrono::Utc::now().naive_utc(), Token::new().unwrap());
        let entered: QueryResult<()> = self.ground.db.write(|conn| {
            let grant = grants(conn)?.into_iter().find(|grant| grant.email == email).expect("a role");
            let person = person(conn, grant.id)?.expect("somebody");
            let way = openhouse::account::Way::Own;
            session::begin(
                conn,
                now,
                &person,
                session::Start { origin: "test", key: &key, device: "", way, by: "test" },
            )
        });
        entered.unwrap();
        format!("openhouse={}", key.as_str())
    }

    /// Of the first application of this year.
    fn dossier(&self) -> String {
        format!("/mijn/aanmeldingen/{}-0001", self.house.today().format("%Y"))
    }

    /// Every step as a browser sends it; `organisation` is the version that the first of them has.
    async fn fill_in(&self, cookie: Option<&str>, dossier: &str, organisation: &str) {
        for (word, fields) in STEPS {
            let version = if word == "organisatie" { organisation } else { "0" };
            let form: Vec<(&str, &str)> =
                fields.iter().copied().chain([("versie", version), ("doen", "verder")]).collect();
            let saved = self.post(cookie, &format!("{dossier}/stappen/{word}"), &form).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{word}: {}", saved.text);
        }
    }

    /// Something for every criterion: one piece for those that ask a document, words and a tick for the others.
    async fn show_all(&self, cookie: Option<&str>, email: &str, kvk: &str) {
        let dossier = self.dossier();
        let (account_id, provider_id, grant_id): (i64, i64, i64) = self
            .ground
            .db
            .read(|conn| -> QueryResult<_> {
                let account_id: i64 =
                    account::table.filter(account::email.eq(email)).select(account::id).first(conn)?;
                let provider_id: i64 =
                    provider::table.filter(provider::kvk.eq(kvk)).select(provider::id).first(conn)?;
                let grant_id = role_grant::table
                    .filter(role_grant::account_id.eq(account_id))
                    .select(role_grant::id)
                    .first(conn)?;
                Ok((account_id, provider_id, grant_id))
            })
            .unwrap();
        let number = openhouse::dossier::ApplicationNumber::read(dossier.rsplit('/').next().unwrap()).unwrap();
        let actor = openhouse::actor::Actor::of_provider("Sanne Bakker", self.town.tenant, provider_id, "test")
            .in_role(openhouse::actor::Role::ProviderAdmin)
            .with_account(account_id);
        let started = Started { application: 1, number, provider_id, grant_id };
        let applicant = Applicant { actor, started };
        // The file that stands behind it, for who fetches it later.
        self.house.files.put(format!("Een stuk voor alles 2026-11-01 {provider_id}").as_bytes()).unwrap();
        let version = upload(&self.ground.db, &applicant, "Een stuk voor alles", "2026-11-01", Some("2027-12-31"));
        let asked = needed(&self.ground.db, &applicant);
        for (place, code) in asked.iter().enumerate() {
            let page = self.get(cookie, &format!("{dossier}/eisen/{code}")).await.text;
            if place == 0 {
                let (path, id) = (format!("{dossier}/eisen/{code}/bewijs"), version.to_string());
                let shown = self.post(cookie, &path, &[("stuk", &id)]).await;
                assert_eq!(shown.status, StatusCode::SEE_OTHER, "{page}");
            } else {
                show(&self.ground.db, &applicant, code, version);
            }
        }
        for (place, code) in ["M14", "M18"].into_iter().enumerate() {
            let version = place.to_string();
            let form = [("versie", version.as_str()), ("verklaring", "R. Jansen"), ("akkoord", "ja")];
            let stated = self.post(cookie, &format!("{dossier}/eisen/{code}/verklaring"), &form).await;
            assert_eq!(stated.status, StatusCode::SEE_OTHER, "{code}: {}", stated.text);
        }
    }

    /// From an empty dossier to the page of its receipt.
    async fn hand_in(&self, cookie: &str, email: &str, kvk: &str) -> String {
        let dossier = self.dossier();
        self.fill_in(Some(cookie), &dossier, "0").await;
        self.show_all(Some(cookie), email, kvk).await;
        let form = [("sleutel", "0123456789abcdef"), ("versie", "1")];
        let done = self.post(Some(cookie), &format!("{dossier}/indienen"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        done.to
    }

    fn count(&self, count: impl FnOnce(&mut openhouse::db::Conn) -> QueryResult<i64>) -> i64 {
        self.ground.db.read(count).unwrap()
    }
}

/// Every step as a browser would send it.
const STEPS: [(&str, &[(&str, &str)]); 6] = [
    (
        "organisatie",
        &[
            ("naam", "Werkpad Noord"),
            ("rechtsvorm", "stichting"),
            ("straat", "Dorpsstraat 1"),
            ("postcode", "1234 AB"),
            ("plaats", "Noordermeer"),
            ("omvang", "micro"),
        ],
    ),
    ("contactpersoon", &[("naam", "Sanne Bakker"), ("telefoon", "0500 000 001"), ("email", "sanne@werkpad.example")]),
    ("locaties", &[("straat-0", "Dorpsstraat 1"), ("plaats-0", "Noordermeer"), ("toegankelijk-0", "ja")]),
    ("aanbod", &[("producten", "RE-JH"), ("profielen", "P1"), ("profielen", "P2")]),
    (
        "tekenbevoegde",
        &[
            ("naam", "Sanne Bakker"),
            ("functie", "directeur"),
            ("email", "sanne@werkpad.example"),
            ("bevoegdheid", "register"),
        ],
    ),
    ("verklaring", &[("geen-uitsluiting", "ja"), ("geschikt", "ja"), ("volledig", "ja")]),
];

#[actix_web::test]
async fn the_front_leads_a_visitor_to_the_one_municipality_and_shows_what_is_published() {
    let street = Street::new();
    assert_eq!(street.get(None, "/").await.to, "/gemeenten/noordermeer");
    let start = street.get(None, "/gemeenten/noordermeer").await.text;
    assert!(start.contains("Open House Noordermeer") && start.contains(APPLY), "{start}");
    let criteria = street.get(None, "/gemeenten/noordermeer/eisen?op=2026-12-01").await.text;
    assert!(criteria.contains("gelden op 1 december 2026") && criteria.contains("id=\"M07\""), "{criteria}");
    let before = street.get(None, "/gemeenten/noordermeer/eisen?op=1999-01-01").await.text;
    assert!(before.contains("Op deze dag gelden er geen eisen"), "{before}");
    assert_eq!(street.get(None, "/gemeenten/noordermeer/eisen?op=straks").await.status, StatusCode::BAD_REQUEST);
    for word in ["documenten", "vragen", "register"] {
        assert_eq!(street.get(None, &format!("/gemeenten/noordermeer/{word}")).await.status, StatusCode::OK, "{word}");
    }
    assert_eq!(street.get(None, "/gemeenten/elders").await.status, StatusCode::NOT_FOUND);
    let asked = street.post(None, "/gemeenten/noordermeer/vragen", &[("vraag", "Mag een combinatie?")]).await;
    assert_eq!(asked.to, "/gemeenten/noordermeer/vragen?gesteld=ja");
    let shown = street.get(None, &asked.to).await.text;
    assert!(shown.contains("Wij hebben uw vraag ontvangen") && !shown.contains("Mag een combinatie?"), "{shown}");
}

#[actix_web::test]
async fn a_newcomer_applies_fills_in_shows_evidence_and_gets_one_receipt() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let cookie = Some(cookie.as_str());
    let dossier = street.dossier();
    assert!(street.get(cookie, "/mijn").await.text.contains(&dossier));
    assert!(street.get(cookie, &dossier).await.text.contains("Nog te doen"));

    let half =
        street.post(cookie, &format!("{dossier}/stappen/organisatie"), &[("versie", "0"), ("naam", "Half")]).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    assert!(half.text.contains("Vul dit nog in: Rechtsvorm") && half.text.contains("value=\"Half\""), "{}", half.text);
    assert!(street.get(cookie, &format!("{dossier}/stappen/organisatie")).await.text.contains("value=\"Half\""));
    let old =
        street.post(cookie, &format!("{dossier}/stappen/organisatie"), &[("versie", "0"), ("naam", "Ander")]).await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    assert!(old.text.contains("Half") && old.text.contains("value=\"Ander\""), "both versions: {}", old.text);

    street.fill_in(cookie, &dossier, "1").await;
    let check = format!("{dossier}/indienen");
    let key = [("sleutel", "0123456789abcdef"), ("versie", "1")];
    let too_early = street.post(cookie, &check, &key).await;
    assert_eq!(too_early.status, StatusCode::BAD_REQUEST);
    assert!(too_early.text.contains("De aanmelding is nog niet compleet"), "{}", too_early.text);

    street.show_all(cookie, "sanne@werkpad.example", "90001042").await;
    let done = street.post(cookie, &check, &key).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let again = street.post(cookie, &check, &key).await;
    assert_eq!(again.to, done.to, "a second press gave another receipt");
    assert_eq!(street.count(|conn| application_receipt::table.count().get_result(conn)), 1);
    let receipt = street.get(cookie, &done.to).await.text;
    assert!(receipt.contains("Wij hebben uw aanmelding ontvangen") && receipt.contains("SHA-256"), "{receipt}");
    assert!(street.get(cookie, "/mijn/berichten").await.text.contains("Wij hebben uw aanmelding ontvangen"));
    let letter = format!("{dossier}/brieven/ontvangst-1");
    assert!(receipt.contains(&format!("href=\"{letter}.pdf\"")), "the receipt as a PDF: {receipt}");
    assert!(street.get(cookie, &dossier).await.text.contains(&format!("href=\"{letter}\"")), "the dossier names it");
    let drawn = street.get(cookie, &letter).await.text;
    assert!(drawn.contains("Wij hebben uw aanmelding ontvangen") && drawn.contains("Controlegetal"), "{drawn}");
    let mailed: String = street
        .ground
        .db
        .read(|conn| outbox::table.filter(outbox::kind.eq("E02")).select(outbox::link).first(conn))
        .unwrap();
    assert_eq!(mailed, done.to, "the mail leads to the receipt");

    let other = street.newcomer("kim@ander.example", "90001043").await;
    for path in ["", "/stappen/aanbod", "/eisen/M07", "/indienen", "/intrekken"] {
        let answer = street.get(Some(&other), &format!("{dossier}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(street.get(Some(&other), &done.to).await.status, StatusCode::NOT_FOUND);

    let ended = street.post(cookie, &format!("{dossier}/intrekken"), &[("versie", "2"), ("reden", "")]).await;
    assert_eq!(ended.to, dossier, "{}", ended.text);
    let after = street.get(cookie, &dossier).await.text;
    assert!(after.contains("Opnieuw aanmelden"), "{after}");
    let anew = street.post(cookie, "/mijn/aanmeldingen", &[("procedure", "re-integratie")]).await;
    assert!(anew.to.starts_with("/mijn/aanmeldingen/") && anew.to != dossier, "{}", anew.to);
}

#[actix_web::test]
async fn a_known_organisation_is_answered_in_the_same_words_and_nobody_takes_it_over() {
    let street = Street::new();
    let first = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
    let second = street.apply("Iemand Anders", "ander@voorbeeld.example", "90001042").await;
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_eq!(street.link("ander@voorbeeld.example"), None);
    assert_eq!(street.count(|conn| access_request::table.count().get_result(conn)), 1);
    // Who types the address of its own administrator begins nothing in his name.
    let third = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
    assert_eq!(third.text, first.text);
    assert_eq!(street.count(|conn| openhouse::schema::application::table.count().get_result(conn)), 1);
}

#[actix_web::test]
async fn what_is_wrong_with_the_form_is_told_at_its_field_and_what_was_typed_stays() {
    let street = Street::new();
    let form = [("organisatie", "Werkpad Noord"), ("kvk", "1234"), ("naam", ""), ("email", "geen adres")];
    let answer = street.post(None, APPLY, &form).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for text in
        ["Vul een KvK-nummer van acht cijfers in.", "Vul uw naam in.", "href=\"#email\"", "value=\"Werkpad Noord\""]
    {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
    assert_eq!(street.count(|conn| account::table.filter(account::email.eq("geen adres")).count().get_result(conn)), 0);
}

#[actix_web::test]
async fn who_sends_a_public_form_too_often_waits_and_fills_nobodys_letter_box() {
    let street = Street::new();
    for _ in 0..10 {
        assert_eq!(street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await.status, StatusCode::OK);
    }
    assert_eq!(street.count(|conn| outbox::table.count().get_result(conn)), 1, "one link is enough");
    let refused = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text.contains("te vaak geprobeerd") && refused.text.contains("Werkpad Noord"), "{}", refused.text);
    assert_eq!(street.apply("Kim Jansen", "kim@ander.example", "90001043").await.status, StatusCode::OK);

    let path = "/gemeenten/noordermeer/vragen";
    let mut asked = Vec::new();
    for _ in 0..11 {
        asked.push(street.post(None, path, &[("vraag", "Mag een combinatie?")]).await.status);
    }
    assert!(asked[..10].iter().all(|status| *status == StatusCode::SEE_OTHER), "{asked:?}");
    assert_eq!(asked[10], StatusCode::TOO_MANY_REQUESTS);
}
