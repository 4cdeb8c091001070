//! Whose signature is believed: with each kind of key that is taken, and with nothing that only looks like it.

use std::time::Duration;

use openhouse::house::identity::IdentityProviders;

use super::issuer::{Ways, issuer};
use super::signing::{Kind, Signs};
use super::staff::anja;
use super::{STAFF, place, settings, sign_in, sign_ins};
use crate::account::{Place, visitor};
use crate::ground::sqlite;

#[actix_web::test]
async fn a_token_signed_with_any_kind_of_key_is_believed_and_a_forged_one_of_that_kind_is_not() {
    for kind in Kind::ALL {
        let (issuer, ground) = (issuer(), sqlite());
        let place = place(&ground, &issuer);
        issuer.serves(anja(&["oh-contract"]));
        let other = if kind == Kind::P256 { "RS256" } else { "ES256" };
        for signs in [
            Signs::WithAnother,
            Signs::UnderAnUnknownName,
            Signs::InTheNameOf(other),
            Signs::InTheNameOf("HS256"),
            Signs::NotAtAll,
            Signs::WithTheSecret,
            Signs::WithItsPublicKey,
        ] {
            issuer.behaves(Ways { signs, kind, ..Ways::default() });
            let mut browser = visitor(&place).await;
            let page = sign_in(&mut browser, &issuer, STAFF).await;
            assert_eq!(page.status, 400, "{kind:?} {signs:?}: {}", page.text);
            page.says("Het antwoord van uw organisatie klopt niet");
            browser.get("/aanbieders").await.leads_to("/inloggen");
        }
        assert_eq!(sign_ins(&place), [], "{kind:?}");
        issuer.behaves(Ways { kind, ..Ways::default() });
        let mut browser = visitor(&place).await;
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("Anja Prins");
    }
}

#[actix_web::test]
async fn a_key_of_another_kind_under_the_same_name_neither_helps_nor_harms() {
    for (kind, other) in [(Kind::Rsa, Kind::P256), (Kind::P256, Kind::Ed25519), (Kind::Ed25519, Kind::Rsa)] {
        let issuer = issuer();
        issuer.serves(anja(&["oh-contract"]));
        let both = Ways { kind, beside: Some(other), ..Ways::default() };
        issuer.behaves(both.clone());
        let ground = sqlite();
        let place_of_both = place(&ground, &issuer);
        sign_in(&mut visitor(&place_of_both).await, &issuer, STAFF).await.leads_to("/aanbieders");

        issuer.behaves(Ways { only_beside: true, ..both });
        let ground = sqlite();
        let place_of_one = place(&ground, &issuer);
        sign_in(&mut visitor(&place_of_one).await, &issuer, STAFF).await.is(400).says("klopt niet");
    }
}

#[actix_web::test]
async fn for_a_key_that_nobody_knows_the_keys_are_fetched_once_and_not_again() {
    let (issuer, ground, patience) = (issuer(), sqlite(), Duration::from_millis(500));
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), patience));
    issuer.serves(anja(&["oh-contract"]));
    issuer.behaves(Ways { kind: Kind::P256, ..Ways::default() });
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.leads_to("/aanbieders");
    assert_eq!(issuer.keys_asked(), 1);
    actix_web::rt::time::sleep(patience * 4).await;
    issuer.behaves(Ways { kind: Kind::P256, signs: Signs::UnderAnUnknownName, ..Ways::default() });
    for _ in 0..3 {
        sign_in(&mut visitor(&place).await, &issuer, STAFF).await.is(400).says("klopt niet");
        assert_eq!(issuer.keys_asked(), 2);
    }
}

#[actix_web::test]
async fn an_issuer_that_goes_by_another_name_than_that_of_the_settings_is_not_spoken_with() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    issuer.behaves(Ways { named: Some("https://login.anders.example"), ..Ways::default() });
    visitor(&place).await.get(STAFF).await.is(503).says("Inloggen lukt nu niet");
}

#[actix_web::test]
async fn a_link_on_another_site_sends_nobody_off_to_sign_in() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    for way in [STAFF, super::EHERKENNING] {
        let mut browser = visitor(&place).await;
        for site in ["cross-site", "same-site"] {
            browser.get_from(way, site).await.leads_to("/inloggen");
        }
        assert!(browser.get_from(way, "none").await.is(303).location.unwrap().starts_with(&issuer.url));
    }
}
