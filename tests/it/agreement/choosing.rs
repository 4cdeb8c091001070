//! Which version is offered: the one that holds, or the one that begins later, each within its own days; and a check page
//! that refuses what its last button would refuse.

use actix_web::http::StatusCode;
use openhouse::agreement::offer::offering::offerable;
use openhouse::agreement::offer::{OfferRefusal, PartyKind};
use openhouse::agreement::text::store::versions;
use openhouse::calendar::add_days;

use super::paper::{newest, next_version, offered, paper, signatory};
use super::scene::scenes;
use crate::dossier::town::{at, day, read};
use crate::dossier_pages::street::Street;

const AT: &str = "/overeenkomsten/re-integratie-2027/aanbod";

#[test]
fn the_version_in_force_is_offered_until_the_day_before_the_next_one_begins() {
    for scene in scenes() {
        let (db, town, paper) = (&scene.ground.db, &scene.town, &scene.paper);
        let second = next_version(db, town, paper.text, "2027-04-01");
        let all = read(db, |conn| versions(conn, &town.manager, &[paper.text]));
        let can = |on: &str| -> Vec<_> {
            offerable(&all, day(on)).into_iter().map(|(one, last)| (one.number, last)).collect()
        };
        assert_eq!(can("2027-03-31"), [(2, None), (1, Some(day("2027-03-31")))]);
        assert_eq!(can("2027-04-01"), [(2, None)], "the first one holds no more");

        let providers = [scene.firm.started.provider_id];
        let offer = |version, from: &str| offered(db, town, paper, version, &providers, (day("2026-12-01"), day(from)));
        assert_eq!(offer(paper.version, "2027-04-01"), Err(OfferRefusal::StartsAfter(day("2027-03-31"))));
        assert_eq!(offer(second, "2027-03-31"), Err(OfferRefusal::StartsBefore(day("2027-04-01"))));
        offer(paper.version, "2027-03-31").unwrap();
        let (made, party) = newest(db, town, &scene.firm);
        assert_eq!((made.version_id, party.kind), (paper.version, PartyKind::First));
    }
}

#[actix_web::test]
async fn the_office_chooses_the_version_and_the_form_tells_what_the_last_button_would_refuse() {
    let street = Street::new();
    let firm = street.town.admitted(street.db(), "Sanne Bakker", "12345678", "Werkpad Noord");
    let paper = paper(street.db(), &street.town, "re-integratie-2027", "2026-11-01");
    let today = street.house.today();
    let begins = add_days(today, 60);
    let second = next_version(street.db(), &street.town, paper.text, &begins.to_string());
    let manager = &street.town.manager;
    let (one, two) =
        (format!("name=\"versie\" value=\"{}\"", paper.version), format!("name=\"versie\" value=\"{second}\""));
    assert!(street.page(manager, AT).await.contains(&one), "what holds now, when nothing is chosen");
    assert!(street.page(manager, &format!("{AT}?ingang={begins}")).await.contains(&two), "what holds on the first day");
    let chosen = street.page(manager, &format!("{AT}?versie=2")).await;
    assert!(chosen.contains(&two) && chosen.contains(&format!("href=\"{AT}?versie=1\"")), "{chosen}");
    assert_eq!(street.get(manager, &format!("{AT}?versie=7")).await.status, StatusCode::NOT_FOUND);

    let (version, provider) = (paper.version.to_string(), firm.started.provider_id.to_string());
    let product = paper.product.to_string();
    let check = async |day: &str, step: &str| {
        let fields = [
            ("versie", version.as_str()),
            ("ingang", day),
            ("aanbieder", provider.as_str()),
            ("product", product.as_str()),
            ("stap", step),
        ];
        street.post(manager, AT, &fields).await
    };
    let late = check(&begins.to_string(), "controleren").await;
    assert_eq!(late.status, StatusCode::BAD_REQUEST);
    let said = "Deze versie geldt tot en met";
    assert!(late.page.contains(said) && late.page.contains("value=\"controleren\""), "{}", late.page);
    let good = check(&today.to_string(), "controleren").await;
    assert_eq!(good.status, StatusCode::OK);
    let written = openhouse::text::Lang::Nl.day(today);
    assert!(good.page.contains(&format!("<dd>{written}</dd>")) && good.page.contains("Jobcoaching"), "{}", good.page);
    assert!(street.page(manager, "/toetreding").await.contains("Niet aangeboden"), "looking offers nothing");
    let made = check(&today.to_string(), "vastleggen").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.page);
    assert_eq!(newest(street.db(), &street.town, &firm).0.version_id, paper.version);
}

#[actix_web::test]
async fn a_change_of_version_says_that_the_products_stay_the_same() {
    let street = Street::new();
    let firm = street.town.admitted(street.db(), "Sanne Bakker", "12345678", "Werkpad Noord");
    let paper = paper(street.db(), &street.town, "re-integratie-2027", "2026-11-01");
    let (town, db, today) = (&street.town, street.db(), street.house.today());
    let providers = [firm.started.provider_id];
    offered(db, town, &paper, paper.version, &providers, (today, today)).unwrap();
    let director = signatory(db, town, &firm, "Femke Dijkstra");
    let (offer, party) = newest(db, town, &firm);
    let on = today.to_string();
    super::paper::tried(db, |conn| {
        use openhouse::agreement::offer::signing::sign;
        sign(conn, &director, at(&on), today, party.id, &super::paper::good(offer.digest.as_str()))
    })
    .unwrap();
    let (_, party) = newest(db, town, &firm);
    super::paper::tried(db, |conn| {
        use openhouse::account::once::CodeKind;
        use openhouse::agreement::offer::countersigning::{Countersigning, countersign};
        let parties = [(party.id, party.version)];
        let signing = Countersigning { parties: &parties, position: "afdelingshoofd", code: CodeKind::App };
        countersign(conn, &town.decider, at(&on), today, &signing)
    })
    .unwrap();
    let begins = add_days(today, 60).to_string();
    let second = next_version(db, town, paper.text, &begins).to_string();
    // Everybody has the version in force: the coming one is what can be offered.
    let form = street.page(&town.manager, AT).await;
    assert!(form.contains(&format!("name=\"versie\" value=\"{second}\"")), "{form}");
    assert!(!form.contains("name=\"product\""), "a change does not change the products");
    let provider = firm.started.provider_id.to_string();
    let fields = [("versie", second.as_str()), ("ingang", &begins), ("aanbieder", &provider), ("stap", "controleren")];
    let check = street.post(&town.manager, AT, &fields).await;
    assert!(check.status == StatusCode::OK && check.page.contains("blijven gelijk"), "{}", check.page);
    assert!(!check.page.contains("Jobcoaching"), "{}", check.page);
}
