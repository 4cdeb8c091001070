//! Names of clients: they come in with a statement, stand sealed, are shown to the provider and to the client's own contact
//! person, and every look is told in the audit.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{App, test as client};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_user, make_link, sign_in};
use openhouse::actor::Role;
use openhouse::app::routes;
use openhouse::assessment::handing_in::{Judging, hand_in};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::provider::{Provider, store::register};
use openhouse::schema::{audit_event, client_name};
use openhouse::sheet::Source;
use openhouse::statement::intake::HandedIn;
use openhouse::statement::{read, write_workbook};
use openhouse::text::Lang;

use crate::gather::town::{Town, q3};
use crate::ground::{Ground, every, now, vault};
use crate::statement::{statement, town_of};

const NAME: &str = "Wim Zonderling";

/// A house in which one statement came in, with the name of its only client.
struct Told {
    house: Data<House>,
    town: Town,
    provider: Provider,
    ground: Ground,
    folder: tempfile::TempDir,
}

impl Told {
    fn on(ground: Ground) -> Told {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path()).expect("a folder for files");
        let (town, provider) = town_of(&ground);
        let names = BTreeMap::from([("C-1".to_owned(), NAME.to_owned())]);
        let bytes = write_workbook(&statement(&provider, 10), &names);
        let uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        let mail = openhouse::mail::sending::Sending::default();
        let house = House::open(ground.db.clone(), files, vault(), uploads, mail, "http://127.0.0.1:8080");
        let file = HandedIn {
            file_name: "opgave.xlsx",
            source: Source::File(&bytes),
            bytes: &bytes,
            provider: &provider,
            quarter: q3(),
            vault: Some(&house.vault),
            form_key: None,
            take_good_rows: false,
            drop_earlier_lines: false,
            dry_run: false,
            now: now(),
            lang: Lang::Nl,
        };
        let outcome = hand_in(&house.db, &house.files, &town.actor, Judging::AtOnce, file).expect("it is answered");
        assert!(outcome.taken.is_some(), "{outcome:?}");
        assert!(!format!("{outcome:?}").contains(NAME), "a name prints itself");
        Told { house: Data::new(house), town, provider, ground, folder }
    }

    /// The status and the page that somebody in this role gets.
    async fn page(&self, email: &str, role: Role, provider_id: Option<i64>) -> (u16, String) {
        let (link, key) = (Token::new().unwrap(), Token::new().unwrap());
        let present = chrono::Utc::now().naive_utc();
        let entered: QueryResult<()> = self.ground.db.write(|conn| {
            let municipality_id = self.town.actor.tenant();
            let user = NewUser { name: "Noor", email, role, municipality_id, provider_id };
            let grant = add_user(conn, &self.town.actor, now(), &user)?;
            make_link(conn, present, grant, &link)?;
            sign_in(conn, present, "test", &link, &key)?.expect("the link is good");
            Ok(())
        });
        entered.expect("somebody can sign in");
        let app = client::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let request = client::TestRequest::get()
            .uri(&format!("/aanbieders/{}/clienten", self.provider.number))
            .insert_header(("cookie", format!("openhouse={}", key.as_str())));
        let answer = client::call_service(&app, request.to_request()).await;
        let status = answer.status().as_u16();
        (status, String::from_utf8(client::read_body(answer).await.to_vec()).expect("a page is text"))
    }

    /// Who looked, at what, and at which clients.
    fn looks(&self) -> Vec<(String, String, String)> {
        let looks = audit_event::table
            .filter(audit_event::action.eq("client.see_names"))
            .order(audit_event::id)
            .select((audit_event::role, audit_event::object, audit_event::detail));
        self.ground.db.read(|conn| looks.load(conn)).expect("the audit can be read")
    }
}

#[actix_web::test]
async fn a_name_is_for_its_provider_and_its_contact_person_and_every_look_is_told() {
    for ground in every() {
        let told = Told::on(ground);
        let own = Some(told.provider.id);
        let rival: QueryResult<Provider> = told
            .ground
            .db
            .write(|conn| register(conn, &told.town.actor, now(), &"90009002".parse().unwrap(), "Andere Weg", 4002));
        let rival = rival.expect("there is another provider");

        assert_eq!(told.page("rivaal@voorbeeld.example", Role::ProviderUser, Some(rival.id)).await.0, 404);
        for role in [Role::ContractManager, Role::Assessor, Role::Auditor, Role::FunctionalAdmin, Role::Viewer] {
            let (status, page) = told.page(&format!("{role}@gemeente.example"), role, None).await;
            assert!(status == 403 && !page.contains(NAME), "{role}: {status}");
        }
        let (status, page) = told.page("ander@gemeente.example", Role::ContactPerson, None).await;
        assert!(status == 200 && !page.contains(NAME) && !page.contains("C-1"), "another contact person: {page}");
        assert_eq!(told.looks(), [], "{}: nobody saw a name yet", told.ground.backend);

        let (status, page) = told.page("noor@aanbieder.example", Role::ProviderUser, own).await;
        assert!(status == 200 && page.contains(NAME), "{page}");
        let (status, page) = told.page("Contact@gemeente.example", Role::ContactPerson, None).await;
        assert!(status == 200 && page.contains(NAME), "{page}");
        let object = format!("provider/{}/clients", told.provider.id);
        let look = |role: &str| (role.to_owned(), object.clone(), "C-1".to_owned());
        assert_eq!(told.looks(), [look("provider_user"), look("contact_person")], "{}", told.ground.backend);
    }
}

#[actix_web::test]
async fn a_name_stands_nowhere_as_it_is_written() {
    for ground in every() {
        let told = Told::on(ground);
        told.page("noor@aanbieder.example", Role::ProviderUser, Some(told.provider.id)).await;
        let sealed: QueryResult<Vec<String>> =
            told.ground.db.read(|conn| client_name::table.select(client_name::sealed).load(conn));
        let sealed = sealed.expect("the names can be read");
        assert!(sealed.len() == 1 && !sealed[0].contains("Zonderling"), "{sealed:?}");

        let files = Files::open(told.folder.path()).expect("a folder for files");
        for (hash, _) in files.all().expect("the files can be listed") {
            let bytes = files.get(&hash).expect("it is there");
            let kept = read(Source::File(&bytes)).expect("it is a workbook of ours").statement.expect("it is whole");
            assert!(kept.trajectories.iter().all(|line| line.client_name.is_none()), "a workbook of ours has a name");
        }
        if let Some(path) = told.ground.url.strip_prefix("sqlite:") {
            let mut read = 0;
            for end in ["", "-wal"] {
                let bytes = std::fs::read(format!("{path}{end}")).unwrap_or_default();
                read += bytes.len();
                let found = bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes());
                assert!(!found, "{path}{end} holds the name");
            }
            assert!(read > 10_000, "the database was not read");
        }
    }
}
