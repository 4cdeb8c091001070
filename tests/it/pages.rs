//! Pages as the people of the house get them: what they say when a quarter is closed, when there was no agreement, and
//! by which codes products go.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use openhouse::actor::Actor;
use openhouse::agreement::{Accession, store::accede};
use openhouse::app::routes;
use openhouse::assessment;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::money::Cents;
use openhouse::procedure::product::{Tariff, Unit};
use openhouse::procedure::{Validity, store as procedure};
use openhouse::provider::Provider;
use openhouse::sheet::{Cell, Source, open};
use openhouse::statement::store::{Submission, SubmissionResult, record_submission};
use openhouse::text::Bilingual;

use crate::ground::{Ground, now, sqlite, vault};
use crate::hearing::heard;
use crate::who_may_enter::{Who, people};

/// A house with the people of `who_may_enter`, and what each of them gets.
pub struct Town {
    house: Data<House>,
    keys: Vec<(Who, openhouse::account::Token)>,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

pub fn town() -> Town {
    let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
    let house = House::open(
        ground.db.clone(),
        Files::open(&folder.path().join("files")).unwrap(),
        vault(),
        Uploads::new(1024 * 1024, Scan::Off).unwrap(),
        openhouse::mail::sending::Sending::default(),
        "http://127.0.0.1:8080",
    );
    let keys = people(&house);
    Town { house: Data::new(house), keys, _ground: ground, _folder: folder }
}

impl Town {
    pub async fn get(&self, who: Who, path: &str) -> (StatusCode, Vec<u8>) {
        self.send(who, test::TestRequest::get().uri(path)).await
    }

    pub async fn page(&self, who: Who, path: &str) -> String {
        let (status, bytes) = self.get(who, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        String::from_utf8(bytes).unwrap()
    }

    /// What the form comes to: its status, and the page.
    pub async fn post(
        &self,
        who: Who,
        path: &str,
        fields: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> (StatusCode, String) {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        let (status, bytes) = self.send(who, test::TestRequest::post().uri(path).set_form(fields)).await;
        (status, String::from_utf8(bytes).unwrap())
    }

    async fn send(&self, who: Who, request: test::TestRequest) -> (StatusCode, Vec<u8>) {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let (_, key) = self.keys.iter().find(|(one, _)| *one == who).unwrap();
        let request = request.insert_header(("cookie", format!("openhouse={}", key.as_str()))).to_request();
        let answer = test::call_service(&app, request).await;
        (answer.status(), test::read_body(answer).await.to_vec())
    }

    /// Does something to provider 1001.
    pub fn with_own(&self, work: impl FnOnce(&mut openhouse::db::Conn, &Actor, &Provider)) {
        let done: Result<(), diesel::result::Error> = self.house.db.write(|conn| {
            let actor = Actor::system(1);
            let own = openhouse::provider::store::find(conn, &actor, 1001)?.expect("provider 1001");
            work(conn, &actor, &own);
            Ok(())
        });
        done.unwrap();
    }
}

const QUARTER: &str = "/aanbieders/1001/kwartalen/2026-3";

#[actix_web::test]
async fn a_closed_quarter_takes_nothing_in_and_shows_its_receipt() {
    let town = town();
    let statement = format!("{QUARTER}/opgave");
    assert!(town.page(Who::OwnProvider, &statement).await.contains("type=\"file\""));
    town.with_own(|conn, actor, own| {
        let handed_in = Submission {
            provider_id: own.id,
            quarter: "2026-3".parse().unwrap(),
            received_at: "2026-10-09T14:31:00".parse().unwrap(),
            file_name: "opgave-k3.xlsx".into(),
            file_digest: "9f2c".repeat(16),
            kept_digest: None,
            result: SubmissionResult::Taken,
            good_rows: 190,
            refused_rows: 0,
            form_key: None,
        };
        record_submission(conn, actor, &handed_in).unwrap();
        let refused = Submission {
            file_name: "later.xlsx".into(),
            result: SubmissionResult::Refused,
            received_at: "2026-10-10T14:31:00".parse().unwrap(),
            ..handed_in
        };
        record_submission(conn, actor, &refused).unwrap();
        heard(conn, actor.tenant(), own.id, "2026-3".parse().unwrap());
        assessment::store::finalise(conn, actor, now(), own.id, "2026-3".parse().unwrap(), 1).unwrap();
    });
    let closed = town.page(Who::OwnProvider, &statement).await;
    assert!(closed.contains("Dit kwartaal is vastgesteld op 2 november 2026"), "{closed}");
    assert!(closed.contains("opgave-k3.xlsx") && closed.contains(&"9f2c".repeat(16)), "{closed}");
    assert!(!closed.contains("later.xlsx"), "the receipt of a file that was refused");
    assert!(!closed.contains("type=\"file\"") && !closed.contains("/opgave/sjabloon"), "{closed}");

    let form = "--x\r\ncontent-disposition: form-data; name=\"sleutel\"\r\n\r\nk1\r\n\
                --x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\na\r\n--x--\r\n";
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let sent = test::TestRequest::post().uri(&statement).insert_header(kind).set_payload(form);
    let (status, bytes) = town.send(Who::OwnProvider, sent).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(String::from_utf8(bytes).unwrap().contains("Dit kwartaal is vastgesteld op 2 november 2026"));
}

#[actix_web::test]
async fn products_go_by_the_codes_of_the_agreement_on_the_page_and_in_the_template() {
    let town = town();
    town.with_own(|conn, actor, own| {
        let offer = |conn: &mut _, code: &str, name: &str| {
            let valid = Validity::new("2025-01-01".parse().unwrap(), None).unwrap();
            let tariffs = vec![Tariff { product: code.into(), amount: Cents(6_255), valid }];
            let name = Bilingual { nl: name.into(), en: name.into() };
            let product = procedure::OfferedProduct { id: 0, code: code.into(), name, unit: Unit::Hour, tariffs };
            procedure::add_product(conn, actor, &product).unwrap()
        };
        let offered = offer(conn, "NM-07", "Jobcoaching");
        offer(conn, "NM-99", "Van een ander");
        let accession = Accession {
            id: 0,
            provider_id: own.id,
            number: "2025-001".into(),
            version: 2,
            active_from: "2025-01-01".parse().unwrap(),
            active_until: None,
        };
        accede(conn, actor, now(), &accession, &[offered]).unwrap();
    });
    let overview = town.page(Who::Manager, "/aanbieders/1001").await;
    assert!(overview.contains("NM-07") && overview.contains("Jobcoaching"), "{overview}");
    assert!(!overview.contains("NM-99"));

    let (_, bytes) = town.get(Who::OwnProvider, &format!("{QUARTER}/opgave/sjabloon")).await;
    let book = open(Source::File(&bytes)).unwrap();
    let sheet = |name: &str| book.sheets.iter().find(|sheet| sheet.name == name).unwrap();
    let listed: Vec<String> =
        sheet("Lijsten").rows.iter().flat_map(|row| row.cells.iter().map(|(_, cell)| cell.shown())).collect();
    assert!(listed.contains(&"NM-07".to_owned()) && !listed.contains(&"NM-99".to_owned()), "{listed:?}");
    let examples: Vec<String> = sheet("Uitleg")
        .rows
        .iter()
        .filter(|row| row.cell(1).map(Cell::shown).as_deref() == Some("product"))
        .map(|row| row.cell(4).unwrap().shown())
        .collect();
    assert_eq!(examples, ["NM-07", "NM-07"]);
}

#[actix_web::test]
async fn a_quarter_without_an_agreement_asks_for_nothing() {
    let town = town();
    let before = town.page(Who::Manager, "/aanbieders/1002/kwartalen/2026-2").await;
    assert!(before.contains("Over dit kwartaal hoeft geen opgave te komen"), "{before}");
    let list = town.page(Who::Manager, "/aanbieders?kwartaal=2026-2").await;
    let other = list.split("Andere Weg").nth(1).unwrap();
    assert!(!other.contains("Wacht op opgave") && other.contains("Niet nodig"), "{other}");
}

#[actix_web::test]
async fn a_heading_begins_with_a_capital_and_the_menu_tells_where_one_is() {
    let town = town();
    let finalise = town.page(Who::Manager, &format!("{QUARTER}/vaststellen")).await;
    assert!(finalise.contains("<h1>Vaststellen van het 3e kwartaal 2026, Eigen Weg</h1>"), "{finalise}");
    let statement = town.page(Who::OwnProvider, &format!("{QUARTER}/opgave")).await;
    let menu = statement.split("<nav class=\"main-nav\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let current = menu.lines().find(|line| line.contains("aria-current")).unwrap();
    assert!(current.contains("Kwartaalopgave"), "{menu}");
}
