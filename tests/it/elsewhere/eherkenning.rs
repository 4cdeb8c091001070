//! A provider's person with eHerkenning: for the organisation that it names, at a level that is high enough.

use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user};
use openhouse::actor::{Actor, Role};
use openhouse::provider::access;
use openhouse::provider::store::register;
use serde_json::{Value, json};

use super::issuer::issuer;
use super::{EHERKENNING, place, sign_in, sign_ins};
use crate::account::{ANJA, Place, visitor};
use crate::ground::{every, now};

/// Where a provider's person begins.
const HOME: &str = "/mijn";
const OWN: &str = "/aanbieders/1001-eigen-weg";

fn agent(kvk: &str, level: &str) -> Value {
    json!({
        "sub": "vluchtig",
        "urn:etoegang:core:ActingSubjectID": "pseudoniem-1",
        "urn:etoegang:1.9:EntityConcernedID:KvKnr": kvk,
        "acr": format!("urn:etoegang:core:assurance-class:{level}"),
    })
}

#[actix_web::test]
async fn who_is_invited_chooses_eherkenning_and_comes_in_with_it_from_then_on() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let path = format!(
            "/inloggen/uitnodiging/{}",
            place.invite(place.give(ANJA, Role::ProviderAdmin, place.here)).as_str()
        );
        let mut browser = visitor(&place).await;
        browser.get(&path).await.ok().says(&format!("{path}/eherkenning"));
        // With another organisation, or at a low level, the invitation is not used up.
        issuer.serves(agent("90009002", "loa3"));
        let start = format!("{path}/eherkenning");
        sign_in(&mut browser, &issuer, &start).await.is(403).says("Wij kennen uw organisatie nog niet");
        issuer.serves(agent("90009001", "loa2plus"));
        sign_in(&mut browser, &issuer, &start).await.is(403).says("niveau EH2+").says("minstens EH3");
        issuer.serves(agent("9000 9001", "loa3"));
        sign_in(&mut browser, &issuer, &start).await.leads_to(HOME);
        browser.get(&path).await.is(410);
        browser.get(OWN).await.ok().says("Eigen Weg").says("beheerder bij de aanbieder");
        let out = browser.post("/uitloggen", &[]).await.ok().says("Bij eHerkenning bent u nog ingelogd");
        assert!(out.text.contains("href=\"/uit/eherkenning\""), "{}", out.text);
        let sent = browser.get("/uit/eherkenning").await.is(303).location.unwrap();
        assert!(sent.contains("%2Fuit%2Feherkenning%2Fterug") && sent.starts_with(&issuer.url), "{sent}");
        issuer.serves(agent("90009001", "loa4"));
        sign_in(&mut browser, &issuer, EHERKENNING).await.leads_to(HOME);
        assert_eq!(sign_ins(&place).last().unwrap(), &("done".to_owned(), "eHerkenning EH4".to_owned()));
    }
}

#[actix_web::test]
async fn who_has_an_account_links_it_from_inside() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let invitation = place.invite(place.give(ANJA, Role::ProviderUser, place.here));
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        browser.get("/account").await.ok().says("href=\"/account/eherkenning\"");
        browser.get("/account/eherkenning").await.is(403);
        issuer.serves(agent("90009001", "loa3"));
        sign_in(&mut visitor(&place).await, &issuer, EHERKENNING)
            .await
            .is(403)
            .says("u nog niet")
            .says("beheerder van uw organisatie");
        sign_in(&mut browser, &issuer, "/account/eherkenning").await.leads_to(HOME);
        let mut other = visitor(&place).await;
        sign_in(&mut other, &issuer, EHERKENNING).await.leads_to(HOME);
        // The password still works: small providers may be without eHerkenning.
        browser.sign_in(&place, ANJA, 0).await.leads_to(HOME);
        assert_eq!(place.mails(ANJA).last().unwrap().0, "E32", "she is told of the other device");
    }
}

#[actix_web::test]
async fn eherkenning_opens_the_organisation_it_names_and_no_other_of_the_same_person() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let start = |token: &openhouse::account::Token| format!("/inloggen/uitnodiging/{}/eherkenning", token.as_str());
        let invitation = place.invite(place.give(ANJA, Role::ProviderUser, place.here));
        let other = another_provider(&place, Some(ANJA));
        let mut browser = visitor(&place).await;
        issuer.serves(agent("90009001", "loa3"));
        sign_in(&mut browser, &issuer, &start(&invitation)).await.leads_to(HOME);
        assert!(!browser.get(OWN).await.ok().text.contains("/wisselen"));
        browser.post("/wisselen", &[("rol", &other.to_string())]).await.is(404);
        issuer.serves(agent("90009002", "loa3"));
        sign_in(&mut browser, &issuer, EHERKENNING).await.leads_to(HOME);
        browser.get("/aanbieders/1002-andere-weg").await.ok();
        browser.get(OWN).await.is(404);
    }
}

#[actix_web::test]
async fn who_works_for_another_organisation_asks_for_access_and_gets_it_from_its_administrator() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        another_provider(&place, None);
        let invitation = place.invite(place.give(ANJA, Role::ProviderUser, place.here));
        let mut browser = visitor(&place).await;
        issuer.serves(agent("90009001", "loa3"));
        let start = format!("/inloggen/uitnodiging/{}/eherkenning", invitation.as_str());
        sign_in(&mut browser, &issuer, &start).await.leads_to(HOME);
        issuer.serves(agent("90009002", "loa3"));
        for _ in 0..2 {
            sign_in(&mut browser, &issuer, EHERKENNING).await.is(403).says("Uw toegang wacht op uw organisatie");
        }
        let manager = Actor::of_municipality("M. de Wit", Role::ContractManager, place.here, "test");
        let let_in = place.house.db.write(|conn| {
            let waiting = access::waiting(conn, &manager)?;
            assert_eq!(waiting.len(), 1, "asking twice asks once");
            assert_eq!((waiting[0].provider.as_str(), waiting[0].email.as_str()), ("Andere Weg", ANJA));
            access::answer(conn, &manager, now(), waiting[0].id, Some(Role::ProviderUser), "Gebeld.")
        });
        let_in.unwrap().expect("nobody answered before");
        sign_in(&mut browser, &issuer, EHERKENNING).await.leads_to(HOME);
        browser.get("/aanbieders/1002-andere-weg").await.ok();
    }
}

#[actix_web::test]
async fn an_invitation_of_one_organisation_is_not_accepted_with_another() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        another_provider(&place, None);
        let invitation = place.invite(place.give(ANJA, Role::ProviderAdmin, place.here));
        let mut browser = visitor(&place).await;
        issuer.serves(agent("90009002", "loa4"));
        let start = format!("/inloggen/uitnodiging/{}/eherkenning", invitation.as_str());
        sign_in(&mut browser, &issuer, &start).await.is(403).says("werkt niet voor de organisatie");
        browser.get("/account").await.leads_to("/inloggen");
    }
}

#[actix_web::test]
async fn what_eherkenning_leaves_out_or_says_wrong_is_told_in_words() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut browser = visitor(&place).await;
        let without = |claim: &str| {
            let mut person = agent("90009001", "loa3");
            person.as_object_mut().unwrap().remove(claim);
            person
        };
        for (person, words) in [
            (without("urn:etoegang:1.9:EntityConcernedID:KvKnr"), "geen KvK-nummer of geen persoon"),
            (without("urn:etoegang:core:ActingSubjectID"), "geen KvK-nummer of geen persoon"),
            (without("acr"), "niet mee op welk niveau"),
            (agent("90009001", "loa9"), "niet mee op welk niveau"),
            (agent("9000900", "loa3"), "geen acht cijfers"),
            (agent("NL90009001", "loa3"), "geen acht cijfers"),
            (agent("90009001", "loa2"), "U logde in op niveau EH2."),
            (agent("90009003", "loa3"), "Bekijk hoe u zich aanmeldt"),
            (agent("90009001", "loa3"), "Vraag de beheerder van uw organisatie"),
        ] {
            issuer.serves(person);
            sign_in(&mut browser, &issuer, EHERKENNING).await.is(403).says(words);
            browser.get(OWN).await.leads_to("/inloggen");
        }
        let results: Vec<String> = sign_ins(&place).into_iter().map(|(result, _)| result).collect();
        let claim = "claim missing";
        let (level, kvk) = ("level unknown", "wrong KvK number");
        let told = [claim, claim, level, level, kvk, kvk, "level too low", "organisation unknown", "person unknown"];
        assert_eq!(results, told);
    }
}

/// A second organisation, and a role there when somebody is named; answers its number.
fn another_provider(place: &Place, email: Option<&str>) -> i64 {
    let made: QueryResult<i64> = place.house.db.write(|conn| {
        let system = Actor::system(place.here);
        let other = register(conn, &system, now(), &"90009002".parse().unwrap(), "Andere Weg", 1002)?;
        let Some(email) = email else { return Ok(0) };
        let (role, municipality_id, provider_id) = (Role::ProviderUser, place.here, Some(other.id));
        add_user(conn, &system, now(), &NewUser { name: "Anja Prins", email, role, municipality_id, provider_id })
    });
    made.unwrap()
}
