//! The outages on the pages of the administrator: which terms move is seen before anything is noted.

use actix_web::http::StatusCode;
use openhouse::calendar::{add_days, is_working_day, wall_clock};
use openhouse::dossier::store::find_by_id;
use openhouse::dossier::{Application, decision};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::{Applicant, act, hand_in, read, refusable};

const LIST: &str = "/beheer/storingen";

/// An application that was taken up at least three days ago, so that a term runs now. Its last day and the two after it
/// are working days, so that a day of outage moves it whatever day it is today.
fn under_review(office: &Office) -> Applicant {
    let (db, town) = (office.db(), &office.town);
    let applicant = town.complete(db, "Sanne Bakker", "10000001", "Alfa");
    hand_in(db, &applicant, "sleutel-1").unwrap();
    let moves = |on: &chrono::NaiveDate| (28..=30).all(|days| is_working_day(add_days(*on, days)));
    let on = (3..40).map(|back| add_days(office.house.today(), -back)).find(moves).expect("there is such a day");
    let id = applicant.started.application;
    let moment = on.and_hms_opt(9, 0, 0).unwrap();
    let by = &town.assessor;
    act(db, |conn, seen| decision::take_up(conn, by, moment, on, id, seen), &applicant, by).unwrap();
    applicant
}

fn seen(office: &Office, applicant: &Applicant) -> Application {
    let id = applicant.started.application;
    read(office.db(), |conn| find_by_id(conn, &office.town.manager, id)).unwrap()
}

#[actix_web::test]
async fn the_terms_that_move_are_shown_and_a_second_press_moves_them() {
    let office = Office::new();
    let manager = &office.town.manager;
    let applicant = under_review(&office);
    let before = seen(&office, &applicant).term.unwrap().1;
    let day = add_days(office.house.today(), -1).to_string();
    let form = [
        ("van_dag", day.as_str()),
        ("van_tijd", "09:00"),
        ("tot_dag", day.as_str()),
        ("tot_tijd", "11.30"),
        ("uitleg", "Inloggen lukte niet."),
        ("actie", "gevolgen"),
    ];
    let looked = office.post(manager, LIST, &form).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.page);
    assert!(looked.page.contains("1 termijn wordt langer") && looked.page.contains("Alfa"), "{}", looked.page);
    assert!(looked.page.contains("1 dag langer door een storing"), "{}", looked.page);
    assert_eq!((office.acts("outage.note"), seen(&office, &applicant).term.unwrap().1), (0, before));

    let check = fields_of(&looked.page);
    let press = filled(&check, &[("actie", "vastleggen")]);
    let noted = office.post(manager, LIST, &press).await;
    assert_eq!((noted.status, noted.leads.as_str()), (StatusCode::SEE_OTHER, "/beheer/storingen?klaar=ja"));
    let after = seen(&office, &applicant).term.unwrap().1;
    assert!(after.due > before.due && after.extended == 1, "{after:?}");
    office.post(manager, LIST, &press).await;
    assert_eq!(office.acts("outage.note"), 1, "a second press of the button notes nothing more");
    let list = office.page(manager, &noted.leads).await;
    assert!(list.contains("Inloggen lukte niet.") && list.contains("De storing is vastgelegd"), "{list}");
}

#[actix_web::test]
async fn an_outage_that_lasts_gets_its_end_later() {
    let office = Office::new();
    let (manager, admin) = (&office.town.manager, &office.admin);
    let applicant = under_review(&office);
    let today = office.house.today();
    let (first, last) = (add_days(today, -2).to_string(), add_days(today, -1).to_string());
    let lasts =
        [("van_dag", first.as_str()), ("van_tijd", "09:00"), ("uitleg", "De server is stuk."), ("actie", "gevolgen")];
    let looked = office.post(admin, LIST, &lasts).await;
    assert!(looked.page.contains("Nu telt alleen de eerste dag"), "{}", looked.page);
    let check = fields_of(&looked.page);
    office.post(admin, LIST, &filled(&check, &[("actie", "vastleggen")])).await;
    assert_eq!(seen(&office, &applicant).term.unwrap().1.extended, 1);
    let list = office.page(manager, LIST).await;
    let (_, rest) = list.split_once("href=\"/beheer/storingen/").expect("a link to tell the end");
    let path = format!("{LIST}/{}", rest.split('"').next().unwrap());
    assert_eq!(office.get(&office.elsewhere.manager, &path).await.status, StatusCode::NOT_FOUND);

    let too_early = [("tot_dag", "2020-01-01"), ("tot_tijd", "10:00"), ("actie", "vastleggen")];
    let refused = office.post(manager, &path, &too_early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("value=\"2020-01-01\"") && refused.page.contains("href=\"#tot_dag\""));
    let good = [("tot_dag", last.as_str()), ("tot_tijd", "10:00"), ("actie", "gevolgen")];
    let looked = office.post(manager, &path, &good).await;
    assert!(looked.page.contains("2 dagen langer door een storing"), "{}", looked.page);
    let check = fields_of(&looked.page);
    let ended = office.post(manager, &path, &filled(&check, &[("actie", "vastleggen")])).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.page);
    assert_eq!(seen(&office, &applicant).term.unwrap().1.extended, 2);

    // It is over; its end may still be corrected, or all of it withdrawn, with a reason.
    let silent = [("tot_dag", first.as_str()), ("tot_tijd", "12:00"), ("reden", " "), ("actie", "gevolgen")];
    let refused = office.post(manager, &path, &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("href=\"#reden\""), "{}", refused.page);
    let why = [("reden", "Het was een ander systeem."), ("actie", "weghalen")];
    let looked = office.post(manager, &path, &why).await;
    assert!(looked.page.contains("De storing telt straks niet meer mee"), "{}", looked.page);
    assert_eq!(seen(&office, &applicant).term.unwrap().1.extended, 2, "looking withdraws nothing");
    let withdrawn = office.post(manager, &path, &filled(&fields_of(&looked.page), &[("actie", "intrekken")])).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.page);
    assert_eq!(seen(&office, &applicant).term.unwrap().1.extended, 0);
    let list = office.page(manager, LIST).await;
    assert!(list.contains("Het was een ander systeem.") && list.contains("Ingetrokken"), "{list}");
    assert_eq!(office.get(manager, &path).await.status, StatusCode::NOT_FOUND, "it was withdrawn");
}

#[actix_web::test]
async fn what_is_wrong_is_told_and_what_was_typed_stays() {
    let office = Office::new();
    let tomorrow = add_days(office.house.today(), 1).to_string();
    let wrong = [
        ("van_dag", tomorrow.as_str()),
        ("van_tijd", "vroeg"),
        ("tot_dag", ""),
        ("tot_tijd", "10:00"),
        ("uitleg", "  "),
        ("actie", "vastleggen"),
    ];
    let refused = office.post(&office.admin, LIST, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["van_tijd", "tot_dag", "uitleg"] {
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.page);
    }
    assert!(refused.page.contains("value=\"vroeg\"") && refused.page.contains(&format!("value=\"{tomorrow}\"")));
    assert_eq!(office.acts("outage.note"), 0);
}

#[actix_web::test]
async fn only_who_looks_after_the_house_notes_an_outage() {
    let office = Office::new();
    let now = wall_clock(office.house.now());
    let (day, time) = (now.date().to_string(), "00:00");
    let form = [("van_dag", day.as_str()), ("van_tijd", time), ("uitleg", "Stuk."), ("actie", "vastleggen")];
    for who in [&office.town.assessor, &office.viewer, &office.town.decider] {
        assert_eq!(office.get(who, LIST).await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.post(who, LIST, &form).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(office.acts("outage.note"), 0);
    assert_eq!(office.post(&office.elsewhere.manager, LIST, &form).await.status, StatusCode::SEE_OTHER);
    let own = office.page(&office.town.manager, LIST).await;
    assert!(own.contains("Er zijn geen storingen bekend"), "what happened elsewhere stays there: {own}");
    let provider = office.town.applicant(office.db(), "Iris Mulder", "10000002", "Bravo");
    let moments = (office.house.now(), office.house.today());
    let by_provider = refusable(office.db(), |conn| {
        let days = [moments.1];
        Ok(openhouse::dossier::postponed::by(conn, &provider.actor, &days)?)
    });
    assert_eq!(by_provider, Ok(Vec::new()));
}
