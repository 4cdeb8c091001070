//! The quarter from both sides on screen: what each side sees and sends.

use actix_web::http::StatusCode;
use openhouse::db::Conn;

use crate::pages::town;
use crate::who_may_enter::Who;

const QUARTER: &str = "/aanbieders/1001/kwartalen/2026-3";

fn at(tail: &str) -> String {
    format!("{QUARTER}/{tail}")
}

/// Everything that is done to the quarter of provider 1001 is seen by both sides.
#[actix_web::test]
async fn a_quarter_is_put_forward_reacted_to_and_answered() {
    let town = town();
    let quarter = town.page(Who::Manager, QUARTER).await;
    assert!(quarter.contains("/voorleggen\"") && !quarter.contains("/vaststellen\""), "{quarter}");
    let waits = town.page(Who::Manager, &at("vaststellen")).await;
    assert!(waits.contains("Vaststellen kan nog niet") && !waits.contains("name=\"versie\""), "{waits}");

    let check = town.page(Who::Manager, &at("voorleggen")).await;
    assert!(check.contains("14 dagen na"), "the rule of the term is shown: {check}");
    assert_eq!(town.post(Who::Manager, &at("voorleggen"), &[("versie", "1")]).await.0, StatusCode::SEE_OTHER);
    let twice = town.post(Who::Manager, &at("voorleggen"), &[("versie", "1")]).await;
    assert_eq!(twice.0, StatusCode::SEE_OTHER, "a second press");

    let own = town.page(Who::OwnProvider, QUARTER).await;
    assert!(own.contains("U kunt reageren tot en met"), "{own}");
    let home = town.page(Who::OwnProvider, "/mijn").await;
    assert!(home.contains("Voorlopige uitkomst van het 3e kwartaal 2026"), "{home}");
    let (status, page) = town.post(Who::OwnProvider, &at("reactie/10"), &[("tekst", "")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Schrijf op wat u wilt zeggen"), "{page}");
    let words = [("tekst", "Onze opgave was op <tijd>.")];
    assert_eq!(town.post(Who::OwnProvider, &at("reactie/10"), &words).await.0, StatusCode::SEE_OTHER);

    let list = town.page(Who::Manager, &at("reactie")).await;
    assert!(list.contains("Onze opgave was op &#60;tijd&#62;.") && list.contains("Nog geen antwoord"), "{list}");
    let queue = town.page(Who::Manager, "/werkvoorraad").await;
    assert!(queue.contains("1 reactie op een kwartaal beantwoorden"), "{queue}");
    let form = town.page(Who::Manager, &at("reactie/10")).await;
    let reaction = form.split("name=\"reactie\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = |choice: &'static str, words: &'static str| {
        [("reactie", reaction.clone()), ("oordeel", choice.to_owned()), ("tekst", words.to_owned())]
    };
    let (status, page) = town.post(Who::Manager, &at("reactie/10"), &answer("", "Nee.")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Kies of u de reactie overneemt") && page.contains("Nee."), "kept: {page}");
    let good = answer("nee", "Zij kwam een dag te laat.");
    assert_eq!(town.post(Who::Manager, &at("reactie/10"), &good).await.0, StatusCode::SEE_OTHER);
    let again = town.post(Who::Manager, &at("reactie/10"), &good).await;
    assert_eq!(again.0, StatusCode::CONFLICT, "it has an answer");

    let read = town.page(Who::OwnProvider, &at("reactie")).await;
    assert!(read.contains("Niet overgenomen") && read.contains("Zij kwam een dag te laat."), "{read}");
    let (status, page) = town.post(Who::OwnProvider, &at("geen-opmerkingen"), &[("zeker", "")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Zet een vinkje"), "{page}");
    let (status, _) = town.post(Who::OwnProvider, &at("geen-opmerkingen"), &[("zeker", "ja")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let ready = town.page(Who::Manager, QUARTER).await;
    assert!(ready.contains("Alles is klaar om vast te stellen") && ready.contains("/vaststellen\""), "{ready}");
}

#[actix_web::test]
async fn another_verdict_stands_beside_what_was_computed_wherever_the_finding_is_shown() {
    let town = town();
    let form = town.page(Who::Manager, &at("indicatoren/7/oordeel")).await;
    assert!(form.contains("Berekend:"), "{form}");
    let missing = [("versie", "1"), ("oordeel", "met"), ("reden", "")];
    let (status, page) = town.post(Who::Manager, &at("indicatoren/7/oordeel"), &missing).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Schrijf op"), "{page}");
    let good = [("versie", "1"), ("oordeel", "met"), ("reden", "De regeling lag al bij ons.")];
    let (status, _) = town.post(Who::Manager, &at("indicatoren/7/oordeel"), &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    for (who, path) in [
        (Who::Viewer, QUARTER.to_owned()),
        (Who::OwnProvider, at("indicatoren/7")),
        (Who::OwnProvider, at("reactie")),
        (Who::Manager, at("vaststellen")),
        (Who::Manager, at("voorleggen")),
        (Who::Viewer, at("rapport")),
    ] {
        let page = town.page(who, &path).await;
        assert!(page.contains("Oordeel: Gehaald") && page.contains("De regeling lag al bij ons."), "{path}: {page}");
        assert!(page.contains("Berekend: "), "{path}");
    }
}

#[actix_web::test]
async fn a_final_quarter_is_corrected_with_a_reason_and_the_page_says_what_it_replaces() {
    let town = town();
    town.with_own(|conn: &mut Conn, actor, own| {
        super::heard(conn, actor.tenant(), own.id, "2026-3".parse().unwrap());
        openhouse::assessment::store::finalise(conn, actor, crate::ground::now(), own.id, "2026-3".parse().unwrap(), 1)
            .unwrap();
    });
    assert!(town.page(Who::Manager, QUARTER).await.contains("/herzien\""));
    let (status, page) = town.post(Who::Manager, &at("herzien"), &[("versie", "1"), ("reden", "")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Schrijf op"), "{page}");
    let why = [("versie", "1"), ("reden", "Een uitsluiting is alsnog toegestaan.")];
    assert_eq!(town.post(Who::Manager, &at("herzien"), &why).await.0, StatusCode::SEE_OTHER);
    let page = town.page(Who::OwnProvider, QUARTER).await;
    assert!(page.contains("Versie 2 komt in de plaats van versie 1, die is vastgesteld"), "{page}");
    assert!(page.contains("Een uitsluiting is alsnog toegestaan."), "{page}");
}

#[actix_web::test]
async fn who_comes_second_to_finalise_sees_who_did() {
    let town = town();
    town.with_own(|conn: &mut Conn, actor, own| {
        let quarter = "2026-3".parse().unwrap();
        super::heard(conn, actor.tenant(), own.id, quarter);
        let piet = openhouse::actor::Actor::of_municipality(
            "Piet de Groot",
            openhouse::actor::Role::ContractManager,
            actor.tenant(),
            "test",
        );
        openhouse::assessment::store::finalise(conn, &piet, crate::ground::now(), own.id, quarter, 1).unwrap();
    });
    let form = [("versie", "1"), ("sleutel", "k1")];
    let (status, page) = town.post(Who::Manager, &at("vaststellen"), &form).await;
    assert!(status == StatusCode::CONFLICT && page.contains("Piet de Groot"), "{status} {page}");
}
