//! Everything we have of a provider: in one ZIP, whole, for its own administrators, and noted.

use std::io::{Cursor, Read};

use actix_web::http::StatusCode;
use actix_web::{App, test};
use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::assortment;
use openhouse::app::routes;
use openhouse::ids::Sha256Hex;
use openhouse::procedure::product::Unit;
use openhouse::procedure::store::{OfferedProduct, add_product};
use openhouse::schema::{audit_event, provider, role_grant};
use openhouse::text::Bilingual;
use zip::ZipArchive;

use super::Street;
use crate::evidence::corpus::make::pdf;
use crate::evidence::firm::form;

async fn download(street: &Street, cookie: &str) -> ZipArchive<Cursor<Vec<u8>>> {
    let app = test::init_service(App::new().app_data(street.house.clone()).configure(routes)).await;
    let request = test::TestRequest::get().uri("/mijn/alles/bestand").insert_header(("cookie", cookie));
    let answer = test::call_service(&app, request.to_request()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers().get("content-type").unwrap(), "application/zip");
    ZipArchive::new(Cursor::new(test::read_body(answer).await.to_vec())).expect("a whole ZIP")
}

fn names(zip: &ZipArchive<Cursor<Vec<u8>>>) -> Vec<String> {
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

fn bytes(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("{name} is missing")).read_to_end(&mut bytes).unwrap();
    bytes
}

fn text(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    String::from_utf8(bytes(zip, name)).unwrap()
}

/// The provider says that it offers job coaching.
fn offers(street: &Street, kvk: &str) {
    let system = Actor::system(street.town.tenant);
    let done: anyhow::Result<()> = street.ground.db.write(|conn| {
        let own: i64 = provider::table.filter(provider::kvk.eq(kvk)).select(provider::id).first(conn)?;
        let name = Bilingual { nl: "Jobcoaching".into(), en: "Job coaching".into() };
        let new = OfferedProduct { id: 0, code: "JC".into(), name, unit: Unit::Hour, tariffs: Vec::new() };
        let product = add_product(conn, &system, &new)?;
        let admin = Actor::of_provider("Sanne Bakker", street.town.tenant, own, "test").in_role(Role::ProviderAdmin);
        let (now, today) = (street.house.now(), street.house.today());
        let wanted = [(product, vec!["P1".to_owned()])];
        assortment::state(conn, &admin, now, today, own, &wanted).unwrap_or_else(|no| panic!("{no:?}"));
        Ok(())
    });
    done.unwrap();
}

#[actix_web::test]
async fn an_administrator_gets_all_of_his_own_and_every_hash_fits() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let other = street.newcomer("kim@ander.example", "90001043").await;
    let (dossier, good) = (street.dossier(), pdf("", &[]));
    let files = [("../polis 2027.pdf", &good[..])];
    let refused =
        street.send(Some(&cookie), form(&format!("{dossier}/eisen/M07/bestanden"), &[("sleutel", "k")], &files));
    assert_eq!(refused.await.status, StatusCode::UNPROCESSABLE_ENTITY, "a name is no path");
    let files = [("polis 2027.pdf", &good[..])];
    let sent = street.send(Some(&cookie), form(&format!("{dossier}/eisen/M07/bestanden"), &[("sleutel", "k")], &files));
    assert_eq!(sent.await.status, StatusCode::SEE_OTHER);
    let step = [("versie", "0"), ("naam", "Werkpad Noord"), ("rechtsvorm", "stichting")];
    street.post(Some(&cookie), &format!("{dossier}/stappen/organisatie"), &step).await;

    offers(&street, "90001042");

    let mut zip = download(&street, &cookie).await;
    let inside = names(&zip);
    let sums = text(&mut zip, "SHA256SUMS.txt");
    assert_eq!(sums.lines().count() + 1, inside.len(), "every file but the list itself is on the list: {inside:?}");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(Sha256Hex::of(&bytes(&mut zip, name)).as_str(), sum, "{name}");
    }
    let evidence = inside.iter().find(|name| name.starts_with("bewijsstukken/")).expect("a piece of evidence");
    assert!(evidence.ends_with("-polis 2027/1-polis 2027.pdf"), "{evidence}");
    assert_eq!(bytes(&mut zip, evidence), good);
    assert!(text(&mut zip, "organisatie.json").contains("90001042"));
    assert!(text(&mut zip, "gebruikers.json").contains("sanne@werkpad.example"));
    let number = dossier.rsplit('/').next().unwrap();
    let application = text(&mut zip, &format!("aanmeldingen/{number}/aanmelding.json"));
    for part in ["stichting", "\"M07\"", "polis 2027"] {
        assert!(application.contains(part), "{part}: {application}");
    }
    assert!(text(&mut zip, "LEESMIJ.txt").contains("Werkpad Noord"));
    let offered = text(&mut zip, "assortiment.json");
    assert!(offered.contains("Jobcoaching") && offered.contains("\"P1\""), "{offered}");

    let mut theirs = download(&street, &other).await;
    let inside = names(&theirs);
    assert!(!inside.iter().any(|name| name.starts_with("bewijsstukken/")), "{inside:?}");
    assert!(!inside.iter().any(|name| name == "assortiment.json"), "it said nothing of what it offers");
    assert!(!text(&mut theirs, "gebruikers.json").contains("sanne@werkpad.example"));

    let noted: QueryResult<Vec<(String, String)>> = street.ground.db.read(|conn| {
        audit_event::table
            .filter(audit_event::action.eq("provider.download"))
            .order(audit_event::id)
            .select((audit_event::object, audit_event::actor))
            .load(conn)
    });
    let noted = noted.unwrap();
    assert_eq!(noted.len(), 2);
    assert!(noted[0].0.starts_with("provider/") && noted[0].0 != noted[1].0, "{noted:?}");
}

#[actix_web::test]
async fn a_receipt_comes_in_the_bytes_of_its_hash() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let receipt = street.hand_in(&cookie, "sanne@werkpad.example", "90001042").await;
    let page = street.get(Some(&cookie), &receipt).await.text;
    let mut zip = download(&street, &cookie).await;
    let number = receipt.rsplit('/').next().unwrap();
    let folder = street.dossier().replace("/mijn/", "");
    let body = bytes(&mut zip, &format!("{folder}/ontvangstbewijs-{number}.json"));
    assert!(page.contains(Sha256Hex::of(&body).as_str()), "{page}");
    let message = names(&zip).into_iter().find(|name| name.starts_with("berichten/0001-"));
    assert!(text(&mut zip, &message.expect("a message")).contains("Wij hebben uw aanmelding ontvangen"));
}

#[actix_web::test]
async fn the_letters_are_in_it_as_the_pages_give_them() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    street.hand_in(&cookie, "sanne@werkpad.example", "90001042").await;
    let folder = street.dossier().replace("/mijn/", "");
    let mut zip = download(&street, &cookie).await;
    let receipt = bytes(&mut zip, &format!("{folder}/brieven/ontvangst-1.pdf"));
    assert!(receipt.starts_with(b"%PDF-1.7"));
    let app = test::init_service(App::new().app_data(street.house.clone()).configure(routes)).await;
    let address = format!("/mijn/{folder}/brieven/ontvangst-1.pdf");
    let request = test::TestRequest::get().uri(&address).insert_header(("cookie", cookie.as_str()));
    let page = test::read_body(test::call_service(&app, request.to_request()).await).await;
    assert_eq!(receipt, page.to_vec(), "the same letter, made once");
    let letters = names(&zip).iter().filter(|name| name.contains("/brieven/")).count();
    assert_eq!(letters, 1, "in Dutch alone for who reads Dutch");
    street.post(Some(&cookie), "/taal", &[("taal", "en"), ("terug", "/mijn")]).await;
    let mut english = download(&street, &cookie).await;
    assert_eq!(bytes(&mut english, &format!("{folder}/brieven/ontvangst-1.pdf")), receipt, "the Dutch one counts");
    assert!(bytes(&mut english, &format!("{folder}/brieven/ontvangst-1-en.pdf")).starts_with(b"%PDF-1.7"));
}

#[actix_web::test]
async fn a_file_that_is_gone_or_damaged_is_told_and_the_rest_is_whole() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    street.hand_in(&cookie, "sanne@werkpad.example", "90001042").await;
    let mut before = download(&street, &cookie).await;
    assert!(!names(&before).contains(&"ONTBREEKT.txt".to_owned()));
    let find = |part: &str| names(&before).into_iter().find(|name| name.contains(part)).expect(part);
    let (evidence, letter) = (find("bewijsstukken/"), find("/brieven/"));
    // On the disk the evidence is damaged, and the letter is gone.
    let damaged = Sha256Hex::of(&bytes(&mut before, &evidence));
    for (hash, path) in street.house.files.all().unwrap() {
        match hash == damaged {
            true => std::fs::write(path, b"something else").unwrap(),
            false => std::fs::remove_file(path).unwrap(),
        }
    }
    let mut zip = download(&street, &cookie).await;
    let inside = names(&zip);
    let missing: Vec<String> = names(&before).into_iter().filter(|name| !inside.contains(name)).collect();
    assert!(missing.len() == 2 && missing.contains(&evidence) && missing.contains(&letter), "{missing:?}");
    let told = text(&mut zip, "ONTBREEKT.txt");
    assert!(told.contains(&format!("{evidence}\n    Dit bestand is beschadigd.")), "{told}");
    assert!(told.contains(&format!("{letter}\n    Dit bestand staat niet meer in het systeem.")), "{told}");
    let sums = text(&mut zip, "SHA256SUMS.txt");
    assert_eq!(sums.lines().count() + 1, inside.len(), "what is missing has no hash, the list of it has: {sums}");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(Sha256Hex::of(&bytes(&mut zip, name)).as_str(), sum, "{name}");
    }
    assert!(inside.iter().any(|name| name.ends_with("/aanmelding.json")));
    street.post(Some(&cookie), "/taal", &[("taal", "en"), ("terug", "/mijn")]).await;
    let english = text(&mut download(&street, &cookie).await, "ONTBREEKT.txt");
    assert!(english.contains("This file is damaged."), "{english}");
}

#[actix_web::test]
async fn who_is_no_administrator_does_not_get_it() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let page = street.get(Some(&cookie), "/mijn").await.text;
    assert!(page.contains("href=\"/mijn/alles\""), "{page}");
    assert!(street.get(Some(&cookie), "/mijn/alles").await.text.contains("/mijn/alles/bestand"));
    let made_user: QueryResult<usize> = street.ground.db.write(|conn| {
        diesel::update(role_grant::table.filter(role_grant::role.eq(Role::ProviderAdmin)))
            .set(role_grant::role.eq(Role::ProviderUser))
            .execute(conn)
    });
    assert_eq!(made_user.unwrap(), 1);
    assert!(!street.get(Some(&cookie), "/mijn").await.text.contains("href=\"/mijn/alles\""));
    for path in ["/mijn/alles", "/mijn/alles/bestand"] {
        assert_eq!(street.get(Some(&cookie), path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
