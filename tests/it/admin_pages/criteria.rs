//! The criteria on the pages of the administrator: a new version is looked at before it is published, and never lost.

use actix_web::http::StatusCode;
use openhouse::calendar::add_days;
use openhouse::procedure::criterion::ValidityRule;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::store::install_catalogue;
use openhouse::procedure::{Validity, criteria};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::{Town, at, day, read, show, upload, write};
use crate::ground::every;

const M13: &str = "/beheer/eisen/M13";

/// So many days from now, as a form takes it: the house reads the clock.
fn in_days(office: &Office, days: i64) -> String {
    add_days(office.house.today(), days).to_string()
}

#[actix_web::test]
async fn a_new_version_shows_who_meets_it_and_is_published_by_a_second_press() {
    let office = Office::new();
    let (db, town) = (office.db(), &office.town);
    town.admitted(db, "Sanne Bakker", "10000001", "Alfa");
    let second = town.complete(db, "Iris Mulder", "10000002", "Bravo");
    // Of another date than what every applicant of this town shows, so that a stricter rule tells them apart.
    show(db, &second, "M13", upload(db, &second, "Nieuwe klachtenregeling", "2026-11-10", Some("2099-12-31")));
    finish(&office, &second);
    let first_day = in_days(&office, 30);
    let form = fields_of(&office.page(&town.manager, M13).await);
    let stricter = [
        ("ingang", first_day.as_str()),
        ("regel", "received_within"),
        ("maanden", "1"),
        ("waarom_nl", "Wij moeten weten of de regeling klopt."),
        ("waarom_en", "We must know whether the procedure is right."),
    ];
    let looked =
        office.post(&town.manager, M13, &filled(&form, &[&stricter[..], &[("actie", "gevolgen")]].concat())).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.page);
    assert!(looked.page.contains("Bij ontvangst niet ouder dan 1 maand"), "{}", looked.page);
    assert!(looked.page.contains("1 aanbieder voldoet, 1 nog niet."), "{}", looked.page);
    let (alfa, bravo) = (row_of(&looked.page, "Alfa"), row_of(&looked.page, "Bravo"));
    assert!(alfa.contains("Voldoet nog niet") && alfa.contains("te oud bij ontvangst"), "{alfa}");
    assert!(bravo.contains("Voldoet al") && bravo.contains("Nieuwe klachtenregeling"), "{bravo}");
    assert_eq!(office.acts("criterion.publish"), 0, "looking publishes nothing");
    let rule = |days: i64| {
        let on = add_days(office.house.today(), days);
        let all = read(db, |conn| criteria::in_force(conn, &town.manager, on));
        all.into_iter().find(|one| one.criterion.code == "M13").unwrap().criterion.evidence_valid
    };
    let before = rule(30);

    let check = fields_of(&looked.page);
    let done = office.post(&town.manager, M13, &filled(&check, &[("actie", "publiceren")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    let again = office.post(&town.manager, M13, &filled(&check, &[("actie", "publiceren")])).await;
    assert_eq!((again.leads, office.acts("criterion.publish")), (done.leads.clone(), 1), "pressed twice");
    assert_eq!((rule(29), rule(30)), (before, ValidityRule::ReceivedWithin { months: 1 }));
    let list = office.page(&town.manager, &done.leads).await;
    assert!(list.contains("Eis M13 is gepubliceerd"), "{list}");
    let today = office.page(&town.manager, "/beheer/eisen").await;
    assert!(today.contains("Wat er verandert") && today.contains("M13 "), "{today}");
}

fn finish(office: &Office, applicant: &crate::dossier::town::Applicant) {
    use crate::dossier::town::{act, hand_in};
    use openhouse::dossier::{CriterionResult, decision};
    let (db, town, id) = (office.db(), &office.town, applicant.started.application);
    hand_in(db, applicant, "sleutel-1").unwrap();
    let (when, on) = (at("2026-11-18"), day("2026-11-18"));
    let (assessor, decider) = (&town.assessor, &town.decider);
    act(db, |conn, seen| decision::take_up(conn, assessor, when, on, id, seen), applicant, assessor).unwrap();
    town.judge_all(db, applicant, CriterionResult::Met);
    let outcome = decision::Outcome::Admitted;
    let advise = |conn: &mut _, seen| decision::advise(conn, assessor, when, on, id, seen, outcome, "Zie de oordelen.");
    act(db, advise, applicant, assessor).unwrap();
    act(db, |conn, seen| decision::admit(conn, decider, when, on, id, seen, ""), applicant, decider).unwrap();
}

/// The row of the table that begins with this name.
fn row_of<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.find(&format!(">{name}</a></th>")).unwrap_or_else(|| panic!("no row of {name}: {page}"));
    page[at..].split("</tr>").next().unwrap()
}

#[actix_web::test]
async fn insured_amounts_and_products_are_part_of_a_version() {
    let office = Office::new();
    let (manager, path) = (&office.town.manager, "/beheer/eisen/M07");
    write(office.db(), |conn| Ok(install_catalogue(conn, &office.town.system, defaults())?));
    let first_day = in_days(&office, 30);
    let form = fields_of(&office.page(manager, path).await);
    let stands = form.iter().find(|(name, _)| name == "dekking_ander_jaar").expect("it is asked");
    assert_eq!(stands.1, "5000000", "what holds now stands in the form");
    let typed = [("ingang", first_day.as_str()), ("dekking_ander_jaar", "6.000.000"), ("producten", "RE-JC")];
    let wrong = [&typed[..1], &[("dekking_ander_jaar", "veel"), ("producten", "bestaat-niet")]].concat();
    let refused = office.post(manager, path, &filled(&form, &[&wrong[..], &[("actie", "gevolgen")]].concat())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["dekking_ander_jaar", "producten"] {
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.page);
    }
    let looked = office.post(manager, path, &filled(&form, &[&typed[..], &[("actie", "gevolgen")]].concat())).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.page);
    assert!(looked.page.contains("6.000.000") && looked.page.contains("Alleen voor wie dit levert"), "{}", looked.page);
    let check = fields_of(&looked.page);
    for _ in 0..2 {
        let done = office.post(manager, path, &filled(&check, &[("actie", "publiceren")])).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    }
    let on = add_days(office.house.today(), 30);
    let all = read(office.db(), |conn| criteria::in_force(conn, manager, on));
    let now = all.into_iter().find(|one| one.criterion.code == "M07").unwrap().criterion;
    assert_eq!(now.insured_cents.map(|amounts| amounts.other.year.0), Some(600_000_000));
    assert_eq!((now.only_products, office.acts("criterion.publish")), (vec!["RE-JC".to_owned()], 1));
}

#[actix_web::test]
async fn what_is_wrong_is_told_and_what_was_typed_stays() {
    let office = Office::new();
    let manager = &office.town.manager;
    let form = fields_of(&office.page(manager, M13).await);
    let wrong = [
        ("ingang", "2020-01-01"),
        ("naam_nl", ""),
        ("tekst_nl", "Een <b>andere</b> tekst"),
        ("maanden", "veel"),
        ("actie", "publiceren"),
    ];
    let refused = office.post(manager, M13, &filled(&form, &wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["ingang", "naam_nl", "maanden"] {
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.page);
    }
    assert!(refused.page.contains("Een &#60;b&#62;andere&#60;/b&#62; tekst"), "{}", refused.page);
    assert!(refused.page.contains("value=\"veel\""), "{}", refused.page);
    let (first_day, long) = (in_days(&office, 3), "x".repeat(2001));
    let too_long = [("ingang", first_day.as_str()), ("tekst_nl", long.as_str())];
    let refused = office.post(manager, M13, &filled(&form, &too_long)).await;
    assert!(refused.page.contains("hoogstens 2000 tekens"), "{}", refused.page);
    let nothing = office.post(manager, M13, &filled(&form, &[("ingang", first_day.as_str())])).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.page.contains("U hebt niets veranderd"), "{}", nothing.page);
    assert_eq!(office.acts("criterion.publish"), 0);
    let wrong_day = office.get(manager, "/beheer/eisen?op=gisteren").await;
    assert_eq!(wrong_day.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong_day.page.contains("value=\"gisteren\""), "{}", wrong_day.page);
}

#[actix_web::test]
async fn the_second_of_two_colleagues_is_told_and_keeps_his_text() {
    let office = Office::new();
    let form = fields_of(&office.page(&office.town.manager, M13).await);
    let (soon, later) = (in_days(&office, 10), in_days(&office, 20));
    let publish = |who, day, name| {
        let (office, form) = (&office, &form);
        async move {
            let changes = [("ingang", day), ("naam_nl", name), ("actie", "publiceren")];
            office.post(who, M13, &filled(form, &changes)).await
        }
    };
    assert_eq!(publish(&office.admin, soon.as_str(), "Klachten en hoe dat gaat").await.status, StatusCode::SEE_OTHER);
    let second = publish(&office.town.manager, later.as_str(), "Mijn naam voor deze eis").await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.page.contains("intussen veranderd") && second.page.contains("Mijn naam voor deze eis"));
    assert_eq!(office.acts("criterion.publish"), 1);
    // Once he has seen it, his own version may follow; never before or on the same day as the other.
    let seen = fields_of(&second.page);
    let same_day = office
        .post(&office.town.manager, M13, &filled(&seen, &[("ingang", soon.as_str()), ("actie", "publiceren")]))
        .await;
    assert_eq!(same_day.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same_day.page.contains("Er begint al een versie"), "{}", same_day.page);
    let after = office.post(&office.town.manager, M13, &filled(&seen, &[("actie", "publiceren")])).await;
    assert_eq!((after.status, office.acts("criterion.publish")), (StatusCode::SEE_OTHER, 2));
}

#[actix_web::test]
async fn a_new_criterion_gets_the_next_code_and_nobody_meets_it_yet() {
    let office = Office::new();
    let manager = &office.town.manager;
    office.town.admitted(office.db(), "Sanne Bakker", "10000001", "Alfa");
    let form = fields_of(&office.page(manager, "/beheer/eisen/nieuw").await);
    let first_day = in_days(&office, 5);
    let new = [
        ("ingang", first_day.as_str()),
        ("naam_nl", "Duurzaam vervoer"),
        ("naam_en", "Sustainable transport"),
        ("tekst_nl", "U rijdt elektrisch."),
        ("tekst_en", "You drive electric cars."),
        ("herkomst", "local_policy"),
        ("moment", "before_start"),
        ("vorm", "document"),
        ("bewijs_nl", "Lijst van voertuigen"),
        ("bewijs_en", "List of vehicles"),
        ("regel", "months"),
        ("maanden", "12"),
        ("controle", "assessor"),
    ];
    let looked = office.post(manager, "/beheer/eisen/nieuw", &filled(&form, &new)).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.page);
    assert!(looked.page.contains("0 aanbieders voldoen, 1 nog niet."), "{}", looked.page);
    assert!(looked.page.contains("nog niets laten zien"), "{}", looked.page);
    let check = fields_of(&looked.page);
    let done = office.post(manager, "/beheer/eisen/nieuw", &filled(&check, &[("actie", "publiceren")])).await;
    assert!(done.leads.ends_with("gepubliceerd=M25"), "{} {}", done.status, done.leads);
    let again = office.post(manager, "/beheer/eisen/nieuw", &filled(&check, &[("actie", "publiceren")])).await;
    assert_eq!((again.leads, office.acts("criterion.publish")), (done.leads, 1), "pressed twice");
    let page = office.page(manager, "/beheer/eisen/M25").await;
    assert!(page.contains("Duurzaam vervoer"), "{page}");
    assert_eq!(office.get(&office.elsewhere.manager, "/beheer/eisen/M25").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn only_who_looks_after_the_house_comes_here() {
    let office = Office::new();
    for path in ["/beheer/eisen", "/beheer/eisen/nieuw", M13] {
        for who in [&office.town.manager, &office.admin] {
            assert_eq!(office.get(who, path).await.status, StatusCode::OK, "{path}");
        }
        for who in [&office.town.assessor, &office.viewer] {
            assert_eq!(office.get(who, path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let form = [("versie", "0"), ("actie", "publiceren")];
    assert_eq!(office.post(&office.viewer, M13, &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(office.get(&office.admin, "/beheer/eisen/M99").await.status, StatusCode::NOT_FOUND);
    let stranger = office.post(&office.elsewhere.manager, "/beheer/eisen/M99", &form).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_version_with_a_last_day_makes_way_for_its_successor() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let publish = |from: &str, until: Option<&str>| {
            let mut one = defaults().criteria.iter().find(|one| one.code == "M13").unwrap().clone();
            one.valid = Validity::new(day(from), until.map(day)).unwrap();
            ground.db.write(|conn| criteria::publish(conn, &town.manager, at("2026-11-18"), &one)).unwrap();
        };
        publish("2027-01-01", Some("2027-12-31"));
        publish("2027-07-01", None);
        let held = read(&ground.db, |conn| criteria::in_force(conn, &town.manager, day("2027-08-01")));
        assert_eq!(held.iter().filter(|one| one.criterion.code == "M13").count(), 1, "{}", ground.backend);
        let versions = read(&ground.db, |conn| criteria::versions(conn, &town.manager, "M13"));
        let days: Vec<_> = versions.iter().map(|(_, from, until)| (*from, *until)).collect();
        assert_eq!(days[..2], [(day("2027-07-01"), None), (day("2027-01-01"), Some(day("2027-06-30")))]);
        let coming = read(&ground.db, |conn| criteria::coming(conn, &town.manager, day("2026-11-18")));
        assert_eq!(coming.len(), 2, "{}", ground.backend);
    }
}
