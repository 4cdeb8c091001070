//! Letters and the dossier report: made once from what was decided, the same bytes for ever, and for nobody else.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test as door};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::app::manners::{Manners, PATIENCE};
use openhouse::app::routes;
use openhouse::audit::{self, Chain};
use openhouse::config;
use openhouse::dossier::{CriterionResult, decision};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::ids::Sha256Hex;
use openhouse::mail::sending::Sending;
use openhouse::provider;
use openhouse::report::letter::gather::{self, Sender, written};
use openhouse::report::letter::store::Shelved;
use openhouse::report::letter::{LetterKind, Message, meant, shelf};
use openhouse::report::shelf::Shelf;
use openhouse::schema::letter_file;
use openhouse::seal::Seals;
use openhouse::text::Lang;

use super::town::{Applicant, Town, act, at, day, read};
use crate::ground::{Ground, every, sqlite, vault};

const SENDER: Sender<'_> = Sender { municipality: "Noordermeer", public_url: "https://oh.noordermeer.example" };

fn refuse(town: &Town, ground: &Ground, applicant: &Applicant) {
    let work = |conn: &mut openhouse::db::Conn, seen| {
        let (id, reason) = (applicant.started.application, "De verzekering dekt te weinig.");
        decision::refuse(conn, &town.decider, at("2026-11-23"), day("2026-11-23"), id, seen, reason)
    };
    act(&ground.db, work, applicant, &town.decider).unwrap();
}

/// The newest letter of this kind in one language, as the actor gets it from a sender.
fn shelved(ground: &Ground, files: &Files, actor: &Actor, id: i64, kind: LetterKind, sender: Sender<'_>) -> Shelved {
    sealed(ground, files, &Seals::NONE, actor, id, kind, sender)
}

fn sealed(
    ground: &Ground,
    files: &Files,
    seals: &Seals,
    actor: &Actor,
    id: i64,
    kind: LetterKind,
    sender: Sender<'_>,
) -> Shelved {
    let found = read(&ground.db, |conn| openhouse::dossier::store::find_by_id(conn, actor, id)).unwrap();
    let all = read(&ground.db, |conn| written(conn, actor, id));
    let one = meant(&all, kind.path()).expect("there is such a letter");
    let to = Shelf { db: &ground.db, files, seals };
    let got = shelf::shelved(to, actor, at("2026-11-24"), sender, &found, one, Lang::Nl);
    got.expect("it is made").expect("it is his")
}

/// The seal of Noordermeer, read from two files as at start.
fn seals(folder: &std::path::Path) -> Seals {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let own = rcgen::CertificateParams::default().self_signed(&key).unwrap();
    let (certificate, key_file) = (folder.join("zegel.pem"), folder.join("zegel.key"));
    std::fs::write(&certificate, own.pem()).unwrap();
    std::fs::write(&key_file, key.serialize_pem()).unwrap();
    Seals::of(Some(&config::Seal { municipality: "Noordermeer".into(), certificate, key: key_file })).unwrap()
}

#[test]
fn a_decision_goes_out_under_the_seal_of_its_own_municipality_and_a_receipt_does_not() {
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let seals = seals(folder.path());
        let town = Town::settle(&ground.db, "Noordermeer");
        let is_sealed = |(name, number): (&str, &str), kind, sender: Sender<'_>| {
            let applicant = town.advised(&ground.db, name, number, "Stichting Werkpad Noord", CriterionResult::NotMet);
            refuse(&town, &ground, &applicant);
            let made = sealed(&ground, &files, &seals, &town.manager, applicant.started.application, kind, sender);
            let bytes = shelf::bytes(&files, &made.pdf).unwrap();
            bytes.windows(19).any(|window| window == b"ETSI.CAdES.detached")
        };
        assert!(is_sealed(("Sanne Bakker", "12345678"), LetterKind::Refusal, SENDER), "{}", ground.backend);
        assert!(!is_sealed(("Jan Postma", "23456789"), LetterKind::Receipt, SENDER));
        let elsewhere = Sender { municipality: "Zuidermeer", ..SENDER };
        assert!(!is_sealed(("Eva de Wit", "34567890"), LetterKind::Refusal, elsewhere));
    }
}

#[test]
fn a_letter_is_made_once_from_what_was_decided_and_stays_the_same_bytes() {
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant =
            town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::NotMet);
        let id = applicant.started.application;
        refuse(&town, &ground, &applicant);

        let first = shelved(&ground, &files, &town.manager, id, LetterKind::Refusal, SENDER);
        let bytes = shelf::bytes(&files, &first.pdf).unwrap();
        assert_eq!(Sha256Hex::of(&bytes), first.pdf, "{}", ground.backend);
        assert!(bytes.starts_with(b"%PDF-1.7"));
        // Under another name, asked by the applicant: what was made stays what it is.
        let renamed = Sender { municipality: "Zuidermeer", ..SENDER };
        let again = shelved(&ground, &files, &applicant.actor, id, LetterKind::Refusal, renamed);
        assert_eq!(again, first);
        let page = String::from_utf8(shelf::bytes(&files, &first.page).unwrap()).unwrap();
        for words in ["Gemeente Noordermeer", "Gezien op 19 november.", "tot en met 14 december 2026", "kort geding"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let rows: Vec<(String, i32, String)> = read(&ground.db, |conn| {
            letter_file::table
                .order(letter_file::id)
                .select((letter_file::kind, letter_file::number, letter_file::language))
                .load(conn)
        });
        let row = |lang: &str| ("refusal".to_owned(), 1, lang.to_owned());
        assert_eq!(rows, [row("nl"), row("en")], "both languages at once, and once");
        assert!(matches!(ground.db.read(audit::verify).unwrap(), Chain::Whole { .. }));
    }
}

#[test]
fn who_ask_at_once_get_the_same_letter() {
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let id = applicant.started.application;
        let names: Vec<String> = (0..6).map(|number| format!("Gemeente {number}")).collect();
        let ask = |municipality| {
            let sender = Sender { municipality, ..SENDER };
            shelved(&ground, &files, &town.manager, id, LetterKind::Admission, sender)
        };
        let got: Vec<Shelved> = std::thread::scope(|scope| {
            let ask = &ask;
            let asked: Vec<_> = names.iter().map(|name| scope.spawn(move || ask(name))).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(got.iter().all(|one| *one == got[0]), "{}: {got:?}", ground.backend);
    }
}

#[test]
fn every_act_has_its_letter_and_what_is_judged_later_is_not_in_it() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant =
            town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::NotMet);
        let id = applicant.started.application;
        let kinds = |actor: &Actor| -> Vec<LetterKind> {
            read(&ground.db, |conn| written(conn, actor, id)).into_iter().map(|one| one.kind).collect()
        };
        assert_eq!(kinds(&applicant.actor), [LetterKind::Receipt], "{}", ground.backend);
        refuse(&town, &ground, &applicant);
        assert_eq!(kinds(&town.manager), [LetterKind::Receipt, LetterKind::Refusal]);
        let not_met = || {
            let all = read(&ground.db, |conn| written(conn, &town.manager, id));
            let one = meant(&all, "afwijzing").unwrap();
            let letter = read(&ground.db, |conn| gather::letter(conn, &applicant.actor, SENDER, id, one)).unwrap();
            assert_eq!(letter.addressee.person, "Sanne Bakker");
            let Message::Refused { not_met, .. } = letter.message else { panic!("{letter:?}") };
            not_met
        };
        let first = not_met();
        assert_eq!(first.len(), 1, "{first:?}");
        // The judge says it must be looked at again, and now everything meets.
        let turn = |words: &'static str, what| {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                decision::turn(conn, &town.manager, at("2026-11-30"), day("2026-11-30"), id, seen, what, words)
            };
            act(&ground.db, work, &applicant, &town.manager).unwrap();
        };
        turn("Rechtbank Noordermeer, C/00/123", decision::Turn::NoteCase);
        turn("De polis is voldoende.", decision::Turn::Reopen);
        assert_eq!(not_met(), first);
    }
}

/// A person's session at each door, and everybody who may not.
#[actix_web::test]
async fn the_municipality_and_the_applicant_open_letters_each_at_its_own_address() {
    let ground = sqlite();
    let folder = tempfile::tempdir().unwrap();
    let town = Town::settle(&ground.db, "Noordermeer");
    let applicant =
        town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::NotMet);
    refuse(&town, &ground, &applicant);
    let number = applicant.started.number;
    let present = chrono::Utc::now().naive_utc();
    let keys: Vec<Token> = super::town::write(&ground.db, |conn| {
        let there = add_municipality(conn, &Actor::installer(), at("2026-11-02"), "Zuidermeer")?;
        let other = provider::store::register(
            conn,
            &town.system,
            at("2026-11-02"),
            &"90009002".parse().unwrap(),
            "Andere Weg",
            1002,
        )?;
        let seats = [
            (Role::ContractManager, town.tenant, None),
            (Role::ProviderUser, town.tenant, Some(applicant.started.provider_id)),
            (Role::ProviderUser, town.tenant, Some(other.id)),
            (Role::ContractManager, there, None),
        ];
        let mut keys = Vec::new();
        for (place, (role, municipality_id, provider_id)) in seats.into_iter().enumerate() {
            let email = format!("persoon{place}@voorbeeld.example");
            let user = NewUser { name: "Iemand", email: &email, role, municipality_id, provider_id };
            let grant = add_user(conn, &Actor::system(municipality_id), at("2026-11-02"), &user)?;
            let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
            make_link(conn, present, grant, &token)?;
            sign_in(conn, present, "test", &token, &key)?.expect("the link is good");
            keys.push(key);
        }
        Ok(keys)
    });
    let house = House::open(
        ground.db.clone(),
        Files::open(&folder.path().join("files")).unwrap(),
        vault(),
        Uploads::new(1024 * 1024, Scan::Off).unwrap(),
        Sending::default(),
        "http://127.0.0.1:8080",
    );
    let manners = Manners::new("127.0.0.1:8080".parse().unwrap(), 50, PATIENCE);
    let app =
        door::init_service(App::new().app_data(Data::new(house)).app_data(Data::new(manners)).configure(routes)).await;
    // Manager, the applicant's own person, somebody of another provider, a manager elsewhere.
    let table = [
        (format!("/aanmeldingen/{number}/brieven/afwijzing"), [200, 404, 404, 404]),
        (format!("/aanmeldingen/{number}/brieven/afwijzing.pdf"), [200, 404, 404, 404]),
        (format!("/aanmeldingen/{number}/brieven/afwijzing-1.pdf?taal=en"), [200, 404, 404, 404]),
        (format!("/aanmeldingen/{number}/brieven/afwijzing-2.pdf"), [404, 404, 404, 404]),
        (format!("/aanmeldingen/{number}/brieven/toelating"), [404, 404, 404, 404]),
        (format!("/mijn/aanmeldingen/{number}/brieven/afwijzing"), [404, 200, 404, 404]),
        (format!("/mijn/aanmeldingen/{number}/brieven/afwijzing.pdf"), [404, 200, 404, 404]),
        (format!("/mijn/aanmeldingen/{number}/brieven/ontvangst"), [404, 200, 404, 404]),
        (format!("/aanmeldingen/{number}/dossierrapport"), [200, 404, 404, 404]),
        (format!("/aanmeldingen/{number}/dossierrapport.pdf?taal=en"), [200, 404, 404, 404]),
        ("/aanmeldingen/2026-0999/brieven/afwijzing".to_owned(), [404, 404, 404, 404]),
    ];
    let mut wrong = Vec::new();
    let mut bodies = Vec::new();
    for (address, expected) in &table {
        for (key, expected) in keys.iter().zip(expected) {
            let request =
                door::TestRequest::get().uri(address).insert_header(("cookie", format!("openhouse={}", key.as_str())));
            let answer = door::call_service(&app, request.to_request()).await;
            let (status, kind) = (answer.status(), answer.headers().get("content-type").cloned());
            if status != StatusCode::from_u16(*expected).unwrap() {
                wrong.push(format!("{address}: {status}, not {expected}"));
            }
            if status == StatusCode::OK {
                let pdf = address.split('?').next().is_some_and(|path| path.ends_with(".pdf"));
                assert_eq!(kind.unwrap(), if pdf { "application/pdf" } else { "text/html; charset=utf-8" });
                bodies.push((address.as_str(), door::read_body(answer).await));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The letter on screen leads each side to its own page of it, which is there for it: the link is the last part of
    // the address. What is read is the address of the addressee.
    let own =
        format!("<a href=\"afwijzing-1\">http://127.0.0.1:8080/mijn/aanmeldingen/{number}/brieven/afwijzing-1</a>");
    let read: Vec<bool> = bodies
        .iter()
        .filter(|(address, _)| address.ends_with("/brieven/afwijzing"))
        .map(|(_, body)| String::from_utf8_lossy(body).contains(&own))
        .collect();
    assert_eq!(read, [true, true]);
    let body = |begins: &str, ends: &str| {
        &bodies.iter().find(|(address, _)| address.starts_with(begins) && address.ends_with(ends)).unwrap().1
    };
    assert_eq!(body("/aanmeldingen", "afwijzing.pdf"), body("/mijn", "afwijzing.pdf"), "both have the same letter");
    let page = String::from_utf8(body("/aanmeldingen", "dossierrapport").to_vec()).unwrap();
    assert!(page.contains("beoordelaar") && !page.contains(town.assessor.name()), "the role, not the name");
}
