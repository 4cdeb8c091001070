//! Contact persons confirm the lines of their own clients, their outflow and placement, and extensions: what they see, what is
//! kept, and what nobody else can do.

mod beside;

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{App, test as client};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::assessment::handing_in::{Judging, hand_in};
use openhouse::assessment::store::{finalise, latest};
use openhouse::client::{MunicipalContact, store::add_contact};
use openhouse::confirmation::lines::{Whose, of};
use openhouse::confirmation::{ChargedLine, Tally, Word};
use openhouse::db::Conn;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::provider::Provider;
use openhouse::schema::{audit_event, cost_line};
use openhouse::sheet::Source;
use openhouse::statement::intake::HandedIn;
use openhouse::statement::{Statement, write_workbook};
use openhouse::text::Lang;

use crate::gather::town::{Town, day, q3};
use crate::ground::{Ground, every, now, vault};
use crate::hearing::heard;
use crate::statement::{statement, town_of};

const OWN: &str = "contact@gemeente.example";
const OTHER: &str = "ander@gemeente.example";
const PAGE: &str = "/kosten-controleren/2026-3";

/// A house in which a statement came in about two clients, each with a contact person of his own.
struct Scene {
    house: Data<House>,
    town: Town,
    provider: Provider,
    ground: Ground,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn on(ground: Ground) -> Scene {
        println!("on {}", ground.backend);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path()).expect("a folder for files");
        let (town, provider) = town_of(&ground);
        let other = MunicipalContact {
            email: OTHER.to_owned(),
            name: "Ander".to_owned(),
            active_from: day("2020-01-01"),
            active_until: None,
        };
        ground.db.write(|conn| add_contact(conn, &town.actor, &other)).expect("there is another contact person");
        let uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        let mail = openhouse::mail::sending::Sending::default();
        let house = House::open(ground.db.clone(), files, vault(), uploads, mail, "http://127.0.0.1:8080");
        let scene = Scene { house: Data::new(house), town, provider, ground, _folder: folder };
        scene.state(&scene.stated());
        scene
    }

    /// Two lines for C-1, one for C-2 of the other contact person.
    fn stated(&self) -> Statement {
        let mut stated = statement(&self.provider, 10);
        let mut second = stated.trajectories[0].clone();
        (second.row, second.case_ref, second.client_ref, second.contact) =
            (3, "D-2".into(), "C-2".into(), OTHER.to_owned());
        stated.trajectories.push(second);
        let mut again = stated.costs[0].clone();
        (again.row, again.line) = (3, "2".into());
        (again.from, again.until) = (day("2026-09-01"), day("2026-09-25"));
        let mut others = again.clone();
        (others.row, others.line, others.case_ref, others.contact) = (4, "3".into(), "D-2".into(), OTHER.to_owned());
        stated.costs.extend([again, others]);
        stated
    }

    fn state(&self, stated: &Statement) {
        let names = BTreeMap::from([
            ("C-1".to_owned(), "Wim Zonderling".to_owned()),
            ("C-2".to_owned(), "Zus Zoals".to_owned()),
        ]);
        let bytes = write_workbook(stated, &names);
        let file = HandedIn {
            file_name: "opgave.xlsx",
            source: Source::File(&bytes),
            bytes: &bytes,
            provider: &self.provider,
            quarter: q3(),
            vault: Some(&self.house.vault),
            form_key: None,
            take_good_rows: false,
            drop_earlier_lines: false,
            dry_run: false,
            now: now(),
            lang: Lang::Nl,
        };
        let done = hand_in(&self.house.db, &self.house.files, &self.town.actor, Judging::AtOnce, file);
        let outcome = done.expect("it is answered");
        assert!(outcome.taken.is_some(), "{:?}", outcome.faults);
    }

    /// The key of somebody in this role.
    fn enters(&self, email: &str, role: Role) -> Token {
        let (link, key) = (Token::new().unwrap(), Token::new().unwrap());
        let present = chrono::Utc::now().naive_utc();
        let provider_id = role.is_of_provider().then_some(self.provider.id);
        let entered: QueryResult<()> = self.ground.db.write(|conn| {
            let municipality_id = self.town.actor.tenant();
            let user = NewUser { name: "Noor", email, role, municipality_id, provider_id };
            let grant = add_user(conn, &self.town.actor, now(), &user)?;
            make_link(conn, present, grant, &link)?;
            sign_in(conn, present, "test", &link, &key)?.expect("the link is good");
            Ok(())
        });
        entered.expect("somebody can sign in");
        key
    }

    async fn asks(&self, key: &Token, path: &str, form: Option<&[(&str, &str)]>) -> (u16, String) {
        let app = client::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        let request = match form {
            None => client::TestRequest::get(),
            Some(form) => client::TestRequest::post().set_form(form),
        };
        let request = request.uri(path).insert_header(("cookie", format!("openhouse={}", key.as_str())));
        let answer = client::call_service(&app, request.to_request()).await;
        let status = answer.status().as_u16();
        let leads = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let body = String::from_utf8(client::read_body(answer).await.to_vec()).expect("a page is text");
        (status, leads.unwrap_or(body))
    }

    async fn get(&self, key: &Token, path: &str) -> (u16, String) {
        self.asks(key, path, None).await
    }

    async fn post(&self, key: &Token, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        self.asks(key, path, Some(form)).await
    }

    fn read<T>(&self, look: impl Fn(&mut Conn) -> QueryResult<T>) -> T {
        self.ground.db.read(|conn| look(conn)).expect("it can be read")
    }

    fn lines(&self) -> Vec<ChargedLine> {
        self.read(|conn| of(conn, &self.town.actor, q3(), Whose::Provider(self.provider.id)))
    }

    /// The names of the fields of a line: what was seen, the tick, the kind, the reason, the quantity.
    fn fields(&self, line: &str) -> [String; 5] {
        let lines = self.lines();
        let about = lines.iter().find(|one| one.line == line).expect("the line is there").about(q3());
        ["gezien", "klopt", "soort", "reden", "aantal"].map(|field| format!("{field}-{about}"))
    }

    fn words(&self) -> Vec<(String, Option<Word>)> {
        let mut words: Vec<_> = self.lines().into_iter().map(|line| (line.line.clone(), line.word())).collect();
        words.sort();
        words
    }

    /// The same by the ids of the rows, in the order of the lines.
    fn words_by_id(&self) -> [Option<Word>; 3] {
        let own = || cost_line::table.filter(cost_line::provider_id.eq(self.provider.id)).order(cost_line::line);
        let ids: Vec<i64> = self.read(|conn| own().select(cost_line::id).load(conn));
        let words = self.read(|conn| openhouse::confirmation::lines::words(conn, &self.town.actor, &ids));
        [0, 1, 2].map(|at| words.get(&ids[at]).copied())
    }

    fn version(&self) -> i32 {
        let newest = self.read(|conn| latest(conn, &self.town.actor, self.provider.id, q3()));
        newest.expect("it was judged").version
    }
}

fn said(words: [Option<Word>; 3]) -> Vec<(String, Option<Word>)> {
    ["1", "2", "3"].map(str::to_owned).into_iter().zip(words).collect()
}

#[actix_web::test]
async fn a_contact_person_says_of_his_own_clients_lines_what_is_right_and_what_is_not() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let (status, page) = scene.get(&key, PAGE).await;
        assert!(status == 200 && page.contains("Wim Zonderling"), "{page}");
        assert!(!page.contains("Zus Zoals") && !page.contains("C-2") && !page.contains("D-2"), "{page}");

        let ([seen, tick, ..], [other, _, kind, reason, quantity]) = (scene.fields("1"), scene.fields("2"));
        let form = [
            (seen.as_str(), "0"),
            (tick.as_str(), "ja"),
            (other.as_str(), "0"),
            (kind.as_str(), "corrected"),
            (quantity.as_str(), "7,5"),
            (reason.as_str(), "Eén gesprek ging niet door."),
        ];
        assert_eq!(scene.post(&key, PAGE, &form).await, (303, format!("{PAGE}?bewaard=2")));
        assert_eq!(scene.words(), said([Some(Word::Confirmed), Some(Word::Corrected), None]));
        assert_eq!(scene.words_by_id(), [Some(Word::Confirmed), Some(Word::Corrected), None], "as finance reads them");
        assert_eq!(scene.version(), 1, "no fact changed, so nothing is judged again");

        let corrected = scene.lines().into_iter().find(|line| line.line == "2").and_then(|line| line.said).unwrap();
        assert_eq!((corrected.by.as_str(), corrected.answer.quantity.map(|q| q.0)), ("Noor", Some(750)));
        let looked: Vec<String> = scene.read(|conn| {
            audit_event::table.filter(audit_event::action.eq("client.see_names")).select(audit_event::detail).load(conn)
        });
        assert_eq!(looked, ["C-1"]);
    }
}

#[actix_web::test]
async fn all_is_right_of_a_client_or_a_page_in_one_press() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let ([first, ..], [second, ..]) = (scene.fields("1"), scene.fields("2"));
        let form = [(first.as_str(), "0"), (second.as_str(), "0"), ("alles", "pagina")];
        assert_eq!(scene.post(&key, PAGE, &form).await.0, 303);
        assert_eq!(scene.words(), said([Some(Word::Confirmed), Some(Word::Confirmed), None]));
    }
}

#[actix_web::test]
async fn what_is_half_said_is_not_kept_and_comes_back_as_it_was_typed() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let ([seen, tick, ..], [other, _, kind, reason, _]) = (scene.fields("1"), scene.fields("2"));
        let half = [(seen.as_str(), "0"), (tick.as_str(), "ja"), (other.as_str(), "0"), (kind.as_str(), "contested")];
        let (status, page) = scene.post(&key, PAGE, &half).await;
        assert_eq!((status, scene.words()), (400, said([None, None, None])));
        assert!(page.contains(&format!("href=\"#{reason}\"")) && page.contains("zeg waarom"), "{page}");
        assert!(page.contains(&format!("id=\"{tick}\" name=\"{tick}\" value=\"ja\" checked")), "{page}");

        let unclear = [(other.as_str(), "0"), (reason.as_str(), "Niet geweest")];
        let (status, page) = scene.post(&key, PAGE, &unclear).await;
        assert!(status == 400 && page.contains("Niet geweest"), "{page}");
        assert_eq!(scene.post(&key, PAGE, &[(seen.as_str(), "0")]).await.0, 400, "nothing was said");
        assert_eq!(scene.words(), said([None, None, None]));
    }
}

#[actix_web::test]
async fn a_line_that_a_new_statement_changed_is_told_and_not_written_over() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let ([seen, tick, ..], [other, _, kind, reason, _]) = (scene.fields("1"), scene.fields("2"));
        let mut stated = scene.stated();
        (stated.costs[1].quantity.0, stated.costs[1].amount.0) = (900, 45_000);
        scene.state(&stated);
        let form = [
            (seen.as_str(), "0"),
            (tick.as_str(), "ja"),
            (other.as_str(), "0"),
            (kind.as_str(), "contested"),
            (reason.as_str(), "Dit was geen tien uur."),
        ];
        let (status, page) = scene.post(&key, PAGE, &form).await;
        assert_eq!((status, scene.words()), (409, said([None, None, None])));
        assert!(page.contains("1 regel is veranderd") && page.contains("Dit was geen tien uur."), "{page}");

        // A line that was stated again and reads the same keeps its word; one that changed does not.
        assert_eq!(scene.post(&key, PAGE, &form[..2]).await.0, 303);
        scene.state(&stated);
        assert_eq!(scene.words(), said([Some(Word::Confirmed), None, None]));
        stated.costs[0].amount.0 = 40_000;
        stated.costs[0].quantity.0 = 800;
        scene.state(&stated);
        assert_eq!(scene.words(), said([None, None, None]));
        assert!(scene.lines().iter().any(|line| line.line == "1" && line.lapsed));
    }
}

#[actix_web::test]
async fn two_who_say_something_of_one_line_do_not_write_over_each_other() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let [seen, tick, kind, reason, _] = scene.fields("1");
        assert_eq!(scene.post(&key, PAGE, &[(&seen, "0"), (&tick, "ja")]).await.0, 303);
        let late = [(seen.as_str(), "0"), (kind.as_str(), "contested"), (reason.as_str(), "Nee")];
        assert_eq!(scene.post(&key, PAGE, &late).await.0, 409);
        assert_eq!(scene.words(), said([Some(Word::Confirmed), None, None]));
    }
}

#[actix_web::test]
async fn a_final_quarter_takes_no_word_any_more() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let manager = Actor::of_municipality("Jo", Role::ContractManager, scene.town.actor.tenant(), "test");
        let done: Result<(), diesel::result::Error> = scene.ground.db.write(|conn| {
            heard(conn, scene.town.actor.tenant(), scene.provider.id, q3());
            finalise(conn, &manager, now(), scene.provider.id, q3(), 1).unwrap_or_else(|fault| panic!("{fault:?}"));
            Ok(())
        });
        done.expect("it is set final");
        let (_, page) = scene.get(&key, PAGE).await;
        assert!(page.contains("Dit kwartaal is vastgesteld") && !page.contains("name=\"klopt-"), "{page}");
        let [seen, tick, ..] = scene.fields("1");
        let (status, page) = scene.post(&key, PAGE, &[(&seen, "0"), (&tick, "ja")]).await;
        assert!(status == 409 && page.contains("intussen vastgesteld"), "{page}");
        assert_eq!(scene.words(), said([None, None, None]));
    }
}

#[actix_web::test]
async fn no_answer_stays_not_confirmed_and_nobody_else_confirms() {
    for ground in every() {
        let scene = Scene::on(ground);
        let [seen, tick, ..] = scene.fields("1");
        let form = [(seen.as_str(), "0"), (tick.as_str(), "ja")];
        for (email, role) in [
            ("noor@aanbieder.example", Role::ProviderAdmin),
            ("jo@gemeente.example", Role::ContractManager),
            ("fin@gemeente.example", Role::Finance),
        ] {
            let key = scene.enters(email, role);
            assert_eq!(scene.get(&key, PAGE).await.0, 403, "{role}");
            assert_eq!(scene.post(&key, PAGE, &form).await.0, 403, "{role}");
        }
        let other = scene.enters(OTHER, Role::ContactPerson);
        assert_eq!(scene.post(&other, PAGE, &form).await.0, 409, "a line of another is not there");
        assert_eq!(scene.words(), said([None, None, None]));
        assert_eq!(Tally::of(&scene.lines()).waiting(), 3);
    }
}

#[actix_web::test]
async fn the_office_reads_who_said_what_and_the_provider_the_reason_without_a_name() {
    for ground in every() {
        let scene = Scene::on(ground);
        let key = scene.enters(OWN, Role::ContactPerson);
        let [seen, _, kind, reason, _] = scene.fields("1");
        let form = [(seen.as_str(), "0"), (kind.as_str(), "contested"), (reason.as_str(), "Niet gegeven")];
        assert_eq!(scene.post(&key, PAGE, &form).await.0, 303);
        let path = format!("/aanbieders/{}/kwartalen/2026-3/regels", scene.provider.number);
        let office = scene.enters("jo@gemeente.example", Role::ContractManager);
        let (_, page) = scene.get(&office, &path).await;
        for word in ["Betwist", "Niet gegeven", "Noor,", "op het scherm", "Wacht op Contact", "Wacht op Ander"] {
            assert!(page.contains(word), "{word}: {page}");
        }
        let provider = scene.enters("p@aanbieder.example", Role::ProviderUser);
        let (_, page) = scene.get(&provider, &path).await;
        assert!(page.contains("Betwist") && page.contains("Niet gegeven") && page.contains("Niet bevestigd"), "{page}");
        assert!(!page.contains("Noor,") && !page.contains("Ander") && !page.contains("Contact<"), "{page}");
        let other = scene.enters(OTHER, Role::ContactPerson);
        let (_, page) = scene.get(&other, &path).await;
        assert!(page.contains("D-2") && !page.contains("D-1") && !page.contains("Niet gegeven"), "{page}");
    }
}
