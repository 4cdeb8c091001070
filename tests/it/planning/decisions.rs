//! The decisions of the college (register van collegebesluiten): noted, found, corrected by a next version, taken along.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::planning::decisions::store::{self, Fault};
use openhouse::planning::decisions::{Decision, Refusal, Told};

use crate::dossier::town::{Town, at, day};
use crate::dossier_pages::street::Street;
use crate::ground::{Ground, every};

fn told(number: &str) -> Told {
    Told {
        number: number.into(),
        decided_on: day("2026-06-09"),
        subject: "Startdocument re-integratie".into(),
        decided: "Het college stelt het startdocument vast.".into(),
        procedure_id: None,
        text_version_id: None,
        criteria_from: None,
        link: "https://www.voorbeeld.example/besluiten/114".into(),
    }
}

fn note(ground: &Ground, actor: &Actor, told: &Told) -> Result<i32, Refusal> {
    let done: Result<i32, Fault> =
        ground.db.write(|conn| store::note(conn, actor, at("2026-11-02"), day("2026-11-02"), told));
    done.map_err(|fault| refusal(ground, fault))
}

fn correct(ground: &Ground, actor: &Actor, at_version: (i32, i32), told: &Told, why: &str) -> Result<(), Refusal> {
    let (now, today) = (at("2026-11-03"), day("2026-11-03"));
    let done: Result<(), Fault> =
        ground.db.write(|conn| store::correct(conn, actor, now, today, at_version, told, why));
    done.map_err(|fault| refusal(ground, fault))
}

fn refusal(ground: &Ground, fault: Fault) -> Refusal {
    match fault {
        Fault::Refused(refusal) => refusal,
        Fault::Trouble(cause) => panic!("{}: {cause}", ground.backend),
    }
}

fn versions(ground: &Ground, actor: &Actor, entry: i32) -> Vec<Decision> {
    let found: QueryResult<Vec<Decision>> = ground.db.read(|conn| store::versions(conn, actor, entry));
    found.unwrap()
}

#[test]
fn a_decision_is_corrected_by_a_next_version_and_the_first_stays_to_be_read() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let manager = &town.manager;
        let entry = note(&ground, manager, &told("2026-114")).unwrap();
        let better = Told { number: "B&W 2026-114".into(), procedure_id: Some(town.procedure), ..told("") };
        assert_eq!(correct(&ground, manager, (entry, 1), &better, " "), Err(Refusal::ReasonMissing));
        assert_eq!(correct(&ground, manager, (entry, 1), &told("2026-114"), "Zo."), Err(Refusal::Same));
        assert_eq!(correct(&ground, manager, (entry, 1), &better, "Het nummer was niet volledig."), Ok(()));
        let late = correct(&ground, manager, (entry, 1), &told("x"), "Te laat.");
        assert_eq!(late, Err(Refusal::ChangedMeanwhile("Marloes de Wit".into())));
        let all = versions(&ground, manager, entry);
        let numbers: Vec<&str> = all.iter().map(|one| one.told.number.as_str()).collect();
        assert_eq!(numbers, ["B&W 2026-114", "2026-114"], "{}", ground.backend);
        assert_eq!(all[0].reason, "Het nummer was niet volledig.");
        let holds: QueryResult<Vec<Decision>> = ground.db.read(|conn| store::all(conn, manager));
        assert_eq!(holds.unwrap().len(), 1);
    }
}

#[test]
fn a_number_is_used_once_and_what_it_belongs_to_must_be_ones_own() {
    for ground in every() {
        let (town, elsewhere) = (Town::settle(&ground.db, "Noordermeer"), Town::settle(&ground.db, "Zuidermeer"));
        let entry = note(&ground, &town.manager, &told("114")).unwrap();
        assert_eq!(note(&ground, &town.manager, &told("114")), Err(Refusal::NumberTaken(entry)));
        assert_eq!(note(&ground, &elsewhere.manager, &told("114")), Ok(1), "another municipality has its own numbers");
        let theirs = Told { procedure_id: Some(elsewhere.procedure), ..told("115") };
        assert_eq!(note(&ground, &town.manager, &theirs), Err(Refusal::Unknown));
        let no_text = Told { text_version_id: Some(99), ..told("115") };
        assert_eq!(note(&ground, &town.manager, &no_text), Err(Refusal::Unknown));
        let no_day = Told { criteria_from: Some(day("1999-01-01")), ..told("115") };
        assert_eq!(note(&ground, &town.manager, &no_day), Err(Refusal::Unknown));
        assert_eq!(note(&ground, &town.assessor, &told("115")), Err(Refusal::NotYours));
        let stranger = Actor::of_provider("Iemand", town.tenant, 1, "test");
        assert!(versions(&ground, &stranger, entry).is_empty());
    }
}

const FORM: [(&str, &str); 8] = [
    ("nummer", "=B&W 2026-114"),
    ("datum", "09-06-2026"),
    ("onderwerp", "Cliëntprofielen"),
    ("besluit", "Vastgesteld."),
    ("procedure", "re-integratie"),
    ("tekst", ""),
    ("eisen", ""),
    ("adres", "https://www.voorbeeld.example/114"),
];

#[actix_web::test]
async fn a_decision_is_noted_found_and_taken_along_without_becoming_a_formula() {
    let street = Street::new();
    let manager = &street.town.manager;
    let noted = street.fill(manager, "/besluiten/nieuw", &FORM).await;
    assert_eq!((noted.status, noted.leads.as_str()), (StatusCode::SEE_OTHER, "/besluiten?klaar=ja"), "{}", noted.page);
    let found = street.page(&street.town.assessor, "/besluiten?zoek=clientprofielen&procedure=re-integratie").await;
    assert!(found.contains("1 van 1 besluiten") && !found.contains("/besluiten/nieuw"), "{found}");
    let none = street.page(manager, "/besluiten?zoek=jeugd").await;
    assert!(none.contains("Geen besluit past"), "{none}");
    let csv = street.get(manager, "/besluiten.csv?zoek=clientprofielen").await;
    assert!(csv.page.contains("'=B&W 2026-114;2026-06-09;Cliëntprofielen"), "{}", csv.page);
    let xlsx = street.get(manager, "/besluiten.xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK") && xlsx.kind.contains("spreadsheetml"));
    let shown = street.page(&street.town.decider, "/besluiten/1").await;
    assert!(shown.contains("href=\"https://www.voorbeeld.example/114\""), "{shown}");
}

#[actix_web::test]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let street = Street::new();
    let manager = &street.town.manager;
    let with = |field: &'static str, typed: &'static str| {
        FORM.map(|(name, value)| if name == field { (name, typed) } else { (name, value) })
    };
    for (field, typed) in
        [("adres", "javascript:alert(1)"), ("datum", "straks"), ("onderwerp", ""), ("datum", "2099-01-01")]
    {
        let answer = street.fill(manager, "/besluiten/nieuw", &with(field, typed)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.page.contains(&format!("id=\"{field}-fout\"")), "{field}: {}", answer.page);
        assert!(answer.page.contains("=B&#38;W 2026-114"), "{}", answer.page);
    }
    assert_eq!(street.fill(manager, "/besluiten/nieuw", &FORM).await.status, StatusCode::SEE_OTHER);
    let mended: Vec<(&str, &str)> =
        with("besluit", "Opnieuw.").into_iter().chain([("reden", "Een woord was weg.")]).collect();
    assert_eq!(street.fill(manager, "/besluiten/1/verbeteren", &mended).await.status, StatusCode::SEE_OTHER);
    let page = street.page(manager, "/besluiten/1").await;
    assert!(
        page.contains("Opnieuw.") && page.contains("Vastgesteld.") && page.contains("Een woord was weg."),
        "{page}"
    );
}
