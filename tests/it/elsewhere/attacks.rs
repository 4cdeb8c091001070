//! Everything that must not let anybody in: answers that are forged, stale, stolen or not for us, and an issuer that does
//! not do its work. The house goes on in every case.

use std::time::{Duration, Instant};

use chrono::Utc;
use openhouse::house::identity::IdentityProviders;
use serde_json::{Value, json};

use super::issuer::{Ways, issuer};
use super::signing::Signs;
use super::staff::anja;
use super::{STAFF, go, place, settings, sign_in, sign_ins};
use crate::account::{Place, visitor};
use crate::ground::{every, sqlite};

#[actix_web::test]
async fn a_token_that_is_not_for_us_now_and_from_its_issuer_lets_nobody_in() {
    let issuer = issuer();
    let ground = sqlite();
    let place = place(&ground, &issuer);
    issuer.serves(anja(&["oh-contract"]));
    let past = Utc::now().timestamp() - 1;
    let with = |instead: Value| Ways { instead, ..Ways::default() };
    let signs = |signs| Ways { signs, ..Ways::default() };
    for (what, ways) in [
        ("another nonce", with(json!({ "nonce": "0".repeat(64) }))),
        ("no nonce", with(json!({ "nonce": null }))),
        ("another audience", with(json!({ "aud": "iemand-anders" }))),
        ("one audience more", with(json!({ "aud": ["openhouse", "iemand-anders"] }))),
        ("another issuer", with(json!({ "iss": "https://login.anders.example" }))),
        ("expired", with(json!({ "exp": past }))),
        ("signed with another key", signs(Signs::WithAnother)),
        ("not signed", signs(Signs::NotAtAll)),
        ("signed with the secret of the client", signs(Signs::WithTheSecret)),
    ] {
        issuer.behaves(ways);
        let mut browser = visitor(&place).await;
        let page = sign_in(&mut browser, &issuer, STAFF).await;
        assert_eq!(page.status, 400, "{what}: {}", page.text);
        page.says("Het antwoord van uw organisatie klopt niet");
        browser.get("/aanbieders").await.leads_to("/inloggen");
    }
    assert_eq!(sign_ins(&place), []);
    issuer.behaves(Ways::default());
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.leads_to("/aanbieders");
}

#[actix_web::test]
async fn an_answer_counts_once_and_only_in_the_browser_that_asked() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        issuer.serves(anja(&["oh-contract"]));
        let (mut one, mut other) = (visitor(&place).await, visitor(&place).await);
        let back = go(&mut one, &issuer, STAFF).await;
        // Somebody else's browser, with a journey of its own and without.
        other.get(&back).await.is(400).says("Begin opnieuw");
        go(&mut other, &issuer, STAFF).await;
        other.get(&back).await.is(400).says("Begin opnieuw");
        // Another state, none, and the state of the other way in.
        let code = back.split_once('?').unwrap().1.split('&').next().unwrap().to_owned();
        for state in ["", "&state=", &format!("&state={}", "0".repeat(64))] {
            one.get(&format!("{STAFF}/terug?{code}{state}")).await.is(400).says("Begin opnieuw");
        }
        one.get(&back.replace("organisatie", "eherkenning")).await.is(400).says("Begin opnieuw");
        one.get(&back).await.leads_to("/aanbieders");
        // The same answer again, and the code of it on a journey of another.
        one.get(&back).await.is(400).says("Begin opnieuw");
        let next = go(&mut one, &issuer, STAFF).await;
        let state = next.split('&').find(|part| part.starts_with("state=")).unwrap().to_owned();
        one.get(&format!("{STAFF}/terug?{code}&{state}")).await.is(400).says("klopt niet");
    }
}

#[actix_web::test]
async fn a_code_of_somebody_elses_journey_is_worth_nothing_here() {
    let issuer = issuer();
    let ground = sqlite();
    let place = place(&ground, &issuer);
    issuer.serves(anja(&["oh-contract"]));
    let (mut one, mut other) = (visitor(&place).await, visitor(&place).await);
    let stolen = go(&mut one, &issuer, STAFF).await;
    let own = go(&mut other, &issuer, STAFF).await;
    let part =
        |address: &str, name: &str| address.split(['?', '&']).find(|part| part.starts_with(name)).unwrap().to_owned();
    let mixed = format!("{STAFF}/terug?{}&{}", part(&stolen, "code="), part(&own, "state="));
    other.get(&mixed).await.is(400).says("klopt niet");
    other.get("/aanbieders").await.leads_to("/inloggen");
    // An answer in the name of another issuer is not taken to this one.
    let next = go(&mut other, &issuer, STAFF).await;
    let iss = format!("{}&iss=https%3A%2F%2Flogin.anders.example", next.split("&iss=").next().unwrap());
    other.get(&iss).await.is(400).says("klopt niet");
}

#[actix_web::test]
async fn who_is_refused_there_or_changes_his_mind_is_told_so() {
    let issuer = issuer();
    let ground = sqlite();
    let place = place(&ground, &issuer);
    let mut browser = visitor(&place).await;
    issuer.behaves(Ways { refuses: Some("access_denied"), ..Ways::default() });
    sign_in(&mut browser, &issuer, STAFF).await.is(400).says("U bent niet ingelogd");
    issuer.behaves(Ways { refuses: Some("temporarily_unavailable"), ..Ways::default() });
    sign_in(&mut browser, &issuer, STAFF).await.is(503).says("Inloggen lukt nu niet");
}

#[actix_web::test]
async fn a_slow_broken_or_absent_issuer_is_told_of_and_stops_nothing_else() {
    let issuer = issuer();
    let ground = sqlite();
    let patience = Duration::from_millis(300);
    let house = || Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), patience));
    issuer.serves(anja(&["oh-contract"]));
    issuer.behaves(Ways { slow: Duration::from_secs(3), ..Ways::default() });
    let place = house();
    let mut browser = visitor(&place).await;
    let began = Instant::now();
    browser.get(STAFF).await.is(503).says("Inloggen lukt nu niet").says("wachtwoord en een code");
    // Who comes right after does not wait for the same.
    browser.get(STAFF).await.is(503);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    browser.get("/inloggen").await.ok();
}

#[actix_web::test]
async fn an_issuer_that_fails_half_way_or_speaks_nonsense_is_told_of_too() {
    let issuer = issuer();
    let ground = sqlite();
    let place = place(&ground, &issuer);
    let mut browser = visitor(&place).await;
    issuer.behaves(Ways { broken: true, ..Ways::default() });
    browser.get(STAFF).await.is(503).says("Inloggen lukt nu niet");

    let place = Place::with_identity(&sqlite(), IdentityProviders::of(&settings(&issuer), Duration::from_millis(500)));
    issuer.behaves(Ways::default());
    issuer.serves(anja(&["oh-contract"]));
    let mut browser = visitor(&place).await;
    let back = go(&mut browser, &issuer, STAFF).await;
    issuer.behaves(Ways { slow: Duration::from_secs(2), ..Ways::default() });
    browser.get(&back).await.is(503).says("Inloggen lukt nu niet");

    let nobody = settings(&issuer);
    drop(issuer);
    let place = Place::with_identity(&sqlite(), IdentityProviders::of(&nobody, Duration::from_secs(2)));
    visitor(&place).await.get(STAFF).await.is(503).says("Inloggen lukt nu niet");
}

#[actix_web::test]
async fn a_new_key_of_the_issuer_is_fetched_when_a_token_needs_it() {
    let (issuer, ground, patience) = (issuer(), sqlite(), Duration::from_millis(500));
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), patience));
    issuer.serves(anja(&["oh-contract"]));
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.leads_to("/aanbieders");
    assert_eq!(issuer.keys_asked(), 1);
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.leads_to("/aanbieders");
    assert_eq!(issuer.keys_asked(), 1, "keys are kept");
    // Fresh keys are not asked for again for every token that does not fit them.
    issuer.behaves(Ways { signs: Signs::WithANewKey, ..Ways::default() });
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.is(400);
    assert_eq!(issuer.keys_asked(), 1);
    actix_web::rt::time::sleep(patience * 4).await;
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.leads_to("/aanbieders");
    assert_eq!(issuer.keys_asked(), 2);
}

#[actix_web::test]
async fn nothing_is_asked_of_an_issuer_before_somebody_wants_to_sign_in() {
    let issuer = issuer();
    let ground = sqlite();
    let place = place(&ground, &issuer);
    let mut browser = visitor(&place).await;
    browser.get("/inloggen").await.ok();
    browser.get("/").await.ok();
    assert_eq!(issuer.keys_asked(), 0);
}
