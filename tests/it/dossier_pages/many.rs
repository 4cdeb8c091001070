//! One verdict on one criterion of many providers, with a page that names them all before anything is written.

use actix_web::http::StatusCode;
use openhouse::dossier::CriterionState;
use openhouse::dossier::workbench::{self, Across};

use super::street::{Street, version_on};
use crate::dossier::town::{Town, day, read};

const PAGE: &str = "/kwaliteitseisen/M13/beoordelen";

/// Three applications that are under review.
fn three() -> Street {
    let street = Street::new();
    let names = [
        ("Sanne Bakker", "12345678", "Stichting Werkpad Noord"),
        ("Iris Mulder", "87654321", "Stap Vooruit B.V."),
        ("Bram Visser", "11223344", "De Brug"),
    ];
    for (name, kvk, organisation) in names {
        street.town.under_review(street.db(), name, kvk, organisation);
    }
    street
}

fn across(street: &Street) -> Vec<Across> {
    read(street.db(), |conn| workbench::across(conn, &street.town.assessor, day("2026-11-19"), "M13"))
}

fn states(street: &Street) -> Vec<CriterionState> {
    across(street).iter().map(|one| one.entry.row.state).collect()
}

/// What stands behind the ticks of a page.
fn tickets(page: &str) -> Vec<String> {
    let ticks = page.split("name=\"gekozen\" value=\"").skip(1);
    ticks.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn form<'a>(tickets: &'a [String], verdict: &'a str, reason: &'a str, step: &'a str) -> Vec<(&'a str, &'a str)> {
    let ticks = tickets.iter().map(|ticket| ("gekozen", ticket.as_str()));
    ticks.chain([("oordeel", verdict), ("motivering", reason), ("stap", step)]).collect()
}

#[actix_web::test]
async fn one_verdict_on_many_is_shown_with_every_name_before_it_is_written() {
    let street = three();
    let assessor = &street.town.assessor;
    let queue = street.page(assessor, "/werkvoorraad").await;
    assert!(queue.contains("Per eis, bij alle aanbieders") && queue.contains(PAGE), "{queue}");
    let page = street.page(assessor, PAGE).await;
    let all = tickets(&page);
    assert_eq!(all.len(), 3, "{page}");
    assert!(!page.contains("value=\"not_met\""), "a refusal is never given to many");

    let two = &all[..2];
    let check = street.post(assessor, PAGE, &form(two, "met", "Gezien.", "controleren")).await;
    assert_eq!((check.status, tickets(&check.page)), (StatusCode::OK, two.to_vec()));
    assert!(check.page.contains("De Brug") && check.page.contains("Stap Vooruit B.V."), "{}", check.page);
    assert!(!check.page.contains("Stichting Werkpad Noord") && check.page.contains("U geeft 2 aanbieders"));
    assert_eq!(states(&street), [CriterionState::HandedIn; 3], "looking once more writes nothing");

    let done = street.post(assessor, PAGE, &form(two, "met", "Gezien.", "vastleggen")).await;
    assert_eq!(
        (done.status, done.leads.as_str()),
        (StatusCode::SEE_OTHER, "/kwaliteitseisen/M13/beoordelen?beoordeeld=2")
    );
    assert_eq!(states(&street), [CriterionState::Met, CriterionState::Met, CriterionState::HandedIn]);
    let first = &across(&street)[0];
    assert_eq!(first.entry.row.holds_until, first.holds.and_then(|holds| holds.until()), "its own last day");
    let after = street.page(assessor, &done.leads).await;
    assert!(after.contains("2 oordelen bewaard") && tickets(&after).len() == 1, "{after}");
}

#[actix_web::test]
async fn nothing_is_written_for_anybody_when_something_is_wrong_with_one() {
    let street = three();
    let assessor = &street.town.assessor;
    let all = tickets(&street.page(assessor, PAGE).await);
    let nobody = street.post(assessor, PAGE, &form(&[], "met", "", "controleren")).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    assert!(nobody.page.contains("Vink minstens één aanbieder aan"), "{}", nobody.page);
    let silent = street.post(assessor, PAGE, &form(&all, "repair_asked", " ", "controleren")).await;
    assert_eq!((silent.status, tickets(&silent.page).len()), (StatusCode::BAD_REQUEST, 3));
    assert_eq!(silent.page.matches(" checked").count(), 4, "three ticks and the verdict are kept");
    let refusal = street.post(assessor, PAGE, &form(&all, "not_met", "Te kort.", "vastleggen")).await;
    assert_eq!(refusal.status, StatusCode::CONFLICT);

    let brug = across(&street)[0].entry.application.number;
    let place = format!("/aanmeldingen/{brug}/eisen/M13");
    let seen = version_on(&street.page(&street.town.colleague, &place).await);
    let verdict =
        [("versie", seen.as_str()), ("rij", "eis"), ("oordeel", "met"), ("motivering", ""), ("geldig_tot", "")];
    assert_eq!(street.post(&street.town.colleague, &place, &verdict).await.status, StatusCode::SEE_OTHER);
    let late = street.post(assessor, PAGE, &form(&all, "met", "", "vastleggen")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains(&brug.to_string()), "{}", late.page);
    assert_eq!(states(&street), [CriterionState::Met, CriterionState::HandedIn, CriterionState::HandedIn]);
    let strange = street.post(assessor, PAGE, &form(&["4711/1".to_owned()], "met", "", "vastleggen")).await;
    assert_eq!(strange.status, StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn who_does_not_judge_looks_and_has_no_button() {
    let street = three();
    let decider = &street.town.decider;
    let page = street.page(decider, PAGE).await;
    assert!(page.contains("De Brug") && !page.contains("<button class=\"button\""), "{page}");
    assert_eq!(street.post(decider, PAGE, &form(&[], "met", "", "vastleggen")).await.status, StatusCode::FORBIDDEN);
    let foreign = street.page(&Town::settle(street.db(), "Zuidermeer").assessor, PAGE).await;
    assert!(!foreign.contains("De Brug"), "another municipality sees its own alone");
}
