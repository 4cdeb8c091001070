//! An identity provider that keeps claims out of its token: they are asked for with the key that came along, of the same
//! person, and only then.

use std::time::Duration;

use openhouse::config::StaffSignIn;
use openhouse::house::identity::IdentityProviders;
use serde_json::{Value, json};

use super::issuer::{Further, Ways, issuer};
use super::staff::anja;
use super::{EHERKENNING, STAFF, place, settings, sign_in, sign_ins};
use crate::account::{Place, visitor};
use crate::ground::{every, sqlite};

fn with(further: Further) -> Ways {
    Ways { further, ..Ways::default() }
}

fn bare() -> Value {
    json!({ "sub": "4711" })
}

#[actix_web::test]
async fn claims_that_only_userinfo_has_are_asked_for_and_count() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let before = issuer.further_asked();
        issuer.behaves(with(Further::Says(anja(&["oh-kijker"]))));
        issuer.serves(bare());
        let mut browser = visitor(&place).await;
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("Anja Prins").says("raadpleger");
        assert_eq!(issuer.further_asked(), before + 1);
        // The rest is in the token, the roles are not.
        let mut person = anja(&[]);
        person.as_object_mut().unwrap().remove("realm_access");
        issuer.serves(person);
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        assert_eq!(issuer.further_asked(), before + 2);
        // What the token says is not asked for again, nor does userinfo go over it.
        issuer.serves(anja(&["oh-contract"]));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("contractmanager");
        assert_eq!(issuer.further_asked(), before + 2);
    }
}

#[actix_web::test]
async fn the_organisation_of_eherkenning_may_come_from_userinfo_but_the_level_only_from_the_token() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    let loa = |level: &str| format!("urn:etoegang:core:assurance-class:{level}");
    issuer.behaves(with(Further::Says(json!({
        "sub": "vluchtig", "acr": loa("loa4"),
        "urn:etoegang:core:ActingSubjectID": "pseudoniem-1",
        "urn:etoegang:1.9:EntityConcernedID:KvKnr": "90009003",
    }))));
    let mut browser = visitor(&place).await;
    issuer.serves(json!({ "sub": "vluchtig", "acr": loa("loa3") }));
    sign_in(&mut browser, &issuer, EHERKENNING).await.is(403).says("Wij kennen uw organisatie nog niet");
    issuer.serves(json!({ "sub": "vluchtig", "acr": loa("loa2") }));
    sign_in(&mut browser, &issuer, EHERKENNING).await.is(403).says("niveau EH2");
    issuer.serves(json!({ "sub": "vluchtig" }));
    sign_in(&mut browser, &issuer, EHERKENNING).await.is(403).says("niet mee op welk niveau");
}

#[actix_web::test]
async fn what_userinfo_says_of_somebody_else_lets_nobody_in() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    issuer.serves(bare());
    let with_subject = |subject: Value| {
        let mut person = anja(&["oh-contract"]);
        person["sub"] = subject;
        person
    };
    let mut nameless = anja(&["oh-contract"]);
    nameless.as_object_mut().unwrap().remove("sub");
    for further in [
        Further::Says(with_subject(json!("4712"))),
        Further::Says(with_subject(json!(4711))),
        Further::Says(with_subject(json!(""))),
        Further::Says(nameless),
        Further::Text("<h1>Onderhoud</h1>"),
    ] {
        issuer.behaves(with(further));
        let mut browser = visitor(&place).await;
        sign_in(&mut browser, &issuer, STAFF).await.is(400).says("Het antwoord van uw organisatie klopt niet");
        browser.get("/aanbieders").await.leads_to("/inloggen");
    }
    assert_eq!(sign_ins(&place), []);
}

#[actix_web::test]
async fn userinfo_that_fails_takes_nobodys_roles_away() {
    let (issuer, ground) = (issuer(), sqlite());
    let patience = Duration::from_millis(700);
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), patience));
    issuer.behaves(with(Further::Says(anja(&["oh-contract"]))));
    issuer.serves(bare());
    let (mut at_work, mut other) = (visitor(&place).await, visitor(&place).await);
    sign_in(&mut at_work, &issuer, STAFF).await.leads_to("/aanbieders");
    for further in [Further::Fails, Further::Slowly, Further::WithoutEnd] {
        issuer.behaves(with(further));
        sign_in(&mut other, &issuer, STAFF).await.is(503).says("Inloggen lukt nu niet");
        other.get("/aanbieders").await.leads_to("/inloggen");
    }
    at_work.get("/aanbieders").await.ok().says("contractmanager");
}

#[actix_web::test]
async fn an_issuer_without_userinfo_leaves_out_what_it_leaves_out() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    issuer.serves(bare());
    sign_in(&mut visitor(&place).await, &issuer, STAFF).await.is(403).says("stuurt uw naam");
    assert_eq!(issuer.further_asked(), 0);
}

#[actix_web::test]
async fn how_somebody_signed_in_is_for_the_token_to_say_and_an_address_that_userinfo_denies_is_not_believed() {
    let (issuer, ground) = (issuer(), sqlite());
    let mut settings = settings(&issuer);
    let staff = settings.staff.take().unwrap();
    settings.staff = Some(StaffSignIn { acr: vec!["hoog".into()], amr: vec!["mfa".into()], ..staff });
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings, Duration::from_secs(5)));
    let mut browser = visitor(&place).await;
    let mut person = anja(&["oh-contract"]);
    (person["acr"], person["amr"]) = (json!("hoog"), json!(["mfa"]));
    issuer.behaves(with(Further::Says(person.clone())));
    issuer.serves(bare());
    sign_in(&mut browser, &issuer, STAFF).await.is(403).says("zonder tweede stap");
    person["email_verified"] = false.into();
    issuer.behaves(with(Further::Says(person)));
    issuer.serves(json!({ "sub": "4711", "acr": "hoog", "amr": ["mfa"], "email_verified": true }));
    sign_in(&mut browser, &issuer, STAFF).await.is(403).says("bevestigd e-mailadres");
}
