//! Handing in: one form takes once, a closed quarter takes nothing whoever comes first, and what was stated is never
//! dropped by mistake.

use std::collections::BTreeMap;
use std::sync::Barrier;

use actix_web::web::Data;
use actix_web::{App, test as client};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::routes;
use openhouse::assessment::handing_in::{Judging, hand_in};
use openhouse::assessment::store::{Fault, assess_all, finalise, latest};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::provider::Provider;
use openhouse::schema::{audit_event, cost_line, submission};
use openhouse::sheet::{Source, Wording};
use openhouse::statement::intake::{Fate, HandedIn, Outcome};
use openhouse::statement::store::SubmissionResult;
use openhouse::statement::{Statement, write_workbook};
use openhouse::text::Lang;
use openhouse::vault::Vault;

use crate::gather::town::{Town, q3, quarter};
use crate::ground::{Ground, every, now, sqlite, vault};
use crate::hearing::heard;
use crate::statement::{nil_return, statement, town_of};

/// A counter of one town, on one database.
struct Counter {
    ground: Ground,
    town: Town,
    provider: Provider,
    files: Files,
    vault: Vault,
    _folder: tempfile::TempDir,
}

fn at_every_counter(scene: impl Fn(&Counter)) {
    for ground in every() {
        println!("on {}", ground.backend);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path()).expect("a folder for files");
        let (town, provider) = town_of(&ground);
        scene(&Counter { ground, town, provider, files, vault: vault(), _folder: folder });
    }
}

impl Counter {
    fn press(&self, key: Option<&str>, statement: &Statement, drop_earlier_lines: bool) -> Result<Outcome, Fate> {
        let bytes = write_workbook(statement, &BTreeMap::new());
        self.send(key, &bytes, drop_earlier_lines)
    }

    fn send(&self, key: Option<&str>, bytes: &[u8], drop_earlier_lines: bool) -> Result<Outcome, Fate> {
        let file = HandedIn {
            file_name: "opgave.xlsx",
            source: Source::File(bytes),
            bytes,
            provider: &self.provider,
            quarter: q3(),
            vault: Some(&self.vault),
            form_key: key,
            take_good_rows: false,
            drop_earlier_lines,
            dry_run: false,
            now: now(),
            lang: Lang::Nl,
        };
        hand_in(&self.ground.db, &self.files, &self.town.actor, Judging::AtOnce, file)
    }

    fn submissions(&self) -> i64 {
        let counted: QueryResult<i64> = self.ground.db.read(|conn| submission::table.count().get_result(conn));
        counted.expect("the rows can be counted")
    }

    fn cost_lines(&self) -> i64 {
        let counted: QueryResult<i64> = self.ground.db.read(|conn| cost_line::table.count().get_result(conn));
        counted.expect("the rows can be counted")
    }
}

fn number(outcome: &Outcome) -> i64 {
    outcome.receipt.as_ref().expect("there is a receipt").number
}

fn words(outcome: &Outcome) -> Vec<String> {
    outcome.faults.iter().map(|fault| fault.what.wording(Lang::Nl)).collect()
}

#[test]
fn fifty_presses_at_once_with_one_form_give_one_receipt() {
    at_every_counter(|counter| {
        let bytes = write_workbook(&statement(&counter.provider, 10), &BTreeMap::new());
        let gate = Barrier::new(50);
        let numbers: Vec<i64> = std::thread::scope(|scope| {
            let pressed: Vec<_> = (0..50)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        let outcome = counter.send(Some("sleutel-1"), &bytes, false).expect("it comes in");
                        assert_eq!(outcome.result, SubmissionResult::Taken);
                        assert_eq!(outcome.taken.as_ref().map(|taken| taken.costs.len()), Some(1));
                        number(&outcome)
                    })
                })
                .collect();
            pressed.into_iter().map(|one| one.join().expect("nobody panics")).collect()
        });
        assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
        assert_eq!((counter.submissions(), counter.cost_lines()), (1, 1));
        let told: QueryResult<i64> = counter.ground.db.read(|conn| {
            audit_event::table.filter(audit_event::action.eq("statement.hand_in")).count().get_result(conn)
        });
        assert_eq!(told.expect("the audit can be read"), 1);
    });
}

#[test]
fn a_form_that_was_refused_is_refused_again_under_its_own_receipt() {
    at_every_counter(|counter| {
        let mut wrong = statement(&counter.provider, 10);
        wrong.costs[0].product = "ONBEKEND".to_owned();
        // One file, pressed twice: a workbook written a second later carries another time of making.
        let bytes = write_workbook(&wrong, &BTreeMap::new());
        let first = counter.send(Some("sleutel-1"), &bytes, false).expect("it is answered");
        let second = counter.send(Some("sleutel-1"), &bytes, false).expect("it is answered");
        assert_eq!((first.result, second.result), (SubmissionResult::Refused, SubmissionResult::Refused));
        assert_eq!((number(&second), words(&second)), (number(&first), words(&first)));
        assert_eq!(counter.submissions(), 1);
    });
}

#[test]
fn another_file_with_a_used_form_is_not_lost_in_silence() {
    at_every_counter(|counter| {
        counter.press(Some("sleutel-1"), &statement(&counter.provider, 10), false).expect("it comes in");
        let other = counter.press(Some("sleutel-1"), &statement(&counter.provider, 12), false);
        assert!(matches!(other, Err(Fate::FormUsed)), "{other:?}");
        counter.press(Some("sleutel-2"), &statement(&counter.provider, 12), false).expect("it comes in");
        counter.press(None, &statement(&counter.provider, 12), false).expect("it comes in");
        counter.press(None, &statement(&counter.provider, 12), false).expect("without a form each file counts");
        assert_eq!(counter.submissions(), 4);
    });
}

#[test]
fn a_nil_return_takes_no_lines_away_unless_the_user_says_so() {
    at_every_counter(|counter| {
        counter.press(None, &statement(&counter.provider, 10), false).expect("it comes in");
        let refused = counter.press(None, &nil_return(&counter.provider), false).expect("it is answered");
        assert_eq!(refused.result, SubmissionResult::Refused);
        assert_eq!(
            words(&refused),
            ["Over dit kwartaal staat al een ingevulde opgave, met 1 kostenregels. Een nulopgave laat die regels \
              vervallen. Wilt u dat? Kruis dan aan dat de eerdere kostenregels mogen vervallen (op de opdrachtregel: \
              --drop-earlier-lines) en dien opnieuw in."]
        );
        let mut without_costs = statement(&counter.provider, 10);
        without_costs.costs.clear();
        let refused = counter.press(None, &without_costs, false).expect("it is answered");
        assert_eq!((refused.result, refused.faults.len()), (SubmissionResult::Refused, 1));
        assert_eq!(counter.cost_lines(), 1);

        let known = counter.press(None, &nil_return(&counter.provider), true).expect("it comes in");
        assert_eq!((known.result, counter.cost_lines()), (SubmissionResult::Taken, 0));
        let again = counter.press(None, &nil_return(&counter.provider), false).expect("it comes in");
        assert_eq!(again.result, SubmissionResult::Taken, "nothing is left to drop");
    });
}

#[test]
fn what_is_set_final_takes_nothing_whoever_comes_first() {
    at_every_counter(|counter| {
        let jo = Actor::of_municipality("Jo", Role::ContractManager, counter.town.actor.tenant(), "test");
        counter.press(None, &statement(&counter.provider, 10), false).expect("it comes in");
        let id = counter.provider.id;
        for hours in 11..31 {
            let judged: QueryResult<_> = counter.ground.db.write(|conn| {
                assess_all(conn, &counter.town.actor, now(), q3())?;
                heard(conn, counter.town.actor.tenant(), id, q3());
                latest(conn, &counter.town.actor, id, q3())
            });
            let judged = judged.expect("it is judged").expect("there is a judgement");
            let bytes = write_workbook(&statement(&counter.provider, hours), &BTreeMap::new());
            let gate = Barrier::new(2);
            let (taken, set) = std::thread::scope(|scope| {
                let sent = scope.spawn(|| {
                    gate.wait();
                    counter.send(None, &bytes, false).expect("it is answered").result == SubmissionResult::Taken
                });
                let set = scope.spawn(|| {
                    gate.wait();
                    let done = counter.ground.db.write(|conn| finalise(conn, &jo, now(), id, q3(), judged.version));
                    match done {
                        Ok(()) => true,
                        Err(Fault::Refused(_)) => false,
                        Err(Fault::Trouble(trouble)) => panic!("{trouble}"),
                    }
                });
                (sent.join().expect("nobody panics"), set.join().expect("nobody panics"))
            });
            assert!(taken != set, "taken: {taken}, set final: {set}, after {hours} hours");
            if set {
                return;
            }
        }
    });
}

#[test]
fn what_was_taken_is_judged_in_the_same_breath() {
    at_every_counter(|counter| {
        counter.press(None, &statement(&counter.provider, 10), false).expect("it comes in");
        let judged: QueryResult<_> =
            counter.ground.db.read(|conn| latest(conn, &counter.town.actor, counter.provider.id, q3()));
        let beside = judged.expect("it can be read").expect("it was judged").beside().expect("it reads back");
        assert_eq!(beside.expect("it was frozen").costs[0].months.map(|cents| cents.0), [0, 50_000, 0]);
    });
}

/// What the form posts: its key and one file.
fn form(key: &str, file: &[u8]) -> Vec<u8> {
    let mut body = format!("--grens\r\nContent-Disposition: form-data; name=\"sleutel\"\r\n\r\n{key}\r\n").into_bytes();
    let head = "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"opgave.xlsx\"\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--grens--\r\n");
    body
}

#[actix_web::test]
async fn the_second_press_shows_the_receipt_of_the_first() {
    let ground = sqlite();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = Files::open(folder.path()).expect("a folder for files");
    let (town, provider) = town_of(&ground);
    let (link, key) = (Token::new().expect("a token"), Token::new().expect("a token"));
    let present = chrono::Utc::now().naive_utc();
    let entered: QueryResult<()> = ground.db.write(|conn| {
        let user = NewUser {
            name: "Noor",
            email: "noor@voorbeeld.example",
            role: Role::ProviderUser,
            municipality_id: town.actor.tenant(),
            provider_id: Some(provider.id),
        };
        let grant = add_user(conn, &town.actor, now(), &user)?;
        make_link(conn, present, grant, &link)?;
        sign_in(conn, present, "test", &link, &key)?.expect("the link is good");
        Ok(())
    });
    entered.expect("somebody can sign in");
    let house = House::open(
        ground.db.clone(),
        files,
        vault(),
        Uploads::new(1024 * 1024, Scan::Off).unwrap(),
        openhouse::mail::sending::Sending::default(),
        "http://127.0.0.1:8080",
    );
    let app = client::init_service(App::new().app_data(Data::new(house)).configure(routes)).await;
    let mut nil = nil_return(&provider);
    nil.head.quarter = quarter("2024-Q1");
    let bytes = write_workbook(&nil, &BTreeMap::new());
    let mut pages = Vec::new();
    for (sleutel, file) in [("s-1", &bytes[..]), ("s-1", &bytes[..]), ("s-1", b"iets anders"), ("", &bytes[..])] {
        let request = client::TestRequest::post()
            .uri("/aanbieders/1/kwartalen/2024-1/opgave")
            .insert_header(("cookie", format!("openhouse={}", key.as_str())))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("content-type", "multipart/form-data; boundary=grens"))
            .set_payload(form(sleutel, file));
        let answered = client::call_service(&app, request.to_request()).await;
        let status = answered.status().as_u16();
        let page = String::from_utf8(client::read_body(answered).await.to_vec()).expect("a page is text");
        pages.push((status, receipt_in(&page)));
    }
    let statuses: Vec<u16> = pages.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [200, 200, 422, 400]);
    assert!(pages[0].1.is_some() && pages[0].1 == pages[1].1, "{pages:?}");
    let counted: QueryResult<i64> = ground.db.read(|conn| submission::table.count().get_result(conn));
    assert_eq!(counted.expect("the rows can be counted"), 1);
}

/// The card with number, moment and hash, without the rest of the page.
fn receipt_in(page: &str) -> Option<String> {
    let start = page.find("<section class=\"card\"><h2>Ontvangst")?;
    let end = page[start..].find("</section>")?;
    Some(page[start..start + end].to_owned())
}
