//! Leaving: signing out here and there, and hearing from the identity provider that somebody signed out there.

use std::time::Duration;

use diesel::prelude::*;
use openhouse::actor::Role;
use openhouse::house::identity::IdentityProviders;
use openhouse::schema::audit_event;
use serde_json::{Value, json};

use super::issuer::{Issuer, Ways, issuer};
use super::signing::Signs;
use super::staff::anja;
use super::{STAFF, place, settings, sign_in};
use crate::account::{ANJA, Browser, Place, visitor};
use crate::ground::{every, sqlite};

const TOLD: &str = "/inloggen/organisatie/afmelden";

#[actix_web::test]
async fn who_signed_in_elsewhere_reads_what_is_ended_and_signs_out_there_as_well() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let (mut browser, mut other) = (visitor(&place).await, visitor(&place).await);
        issuer.serves(anja(&["oh-contract"]));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        // Nobody is sent off by a link while he is at work.
        browser.get("/uit/organisatie").await.leads_to("/");
        browser.get("/aanbieders").await.ok();
        let out = browser.post("/uitloggen", &[]).await.ok().says("Bij uw organisatie bent u nog ingelogd");
        assert!(out.text.contains("href=\"/uit/organisatie\""), "{}", out.text);
        browser.get("/aanbieders").await.leads_to("/inloggen");

        let sent = browser.get("/uit/organisatie").await.is(303).location.unwrap();
        let (page, asked) = sent.split_once('?').unwrap();
        assert_eq!(page, format!("{}/uit", issuer.url));
        let back = "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fuit%2Forganisatie%2Fterug";
        assert!(asked.contains("client_id=openhouse") && asked.contains(back), "{asked}");
        assert!(!asked.contains("id_token_hint"), "{asked}");
        let state = asked.split('&').find_map(|part| part.strip_prefix("state=")).unwrap().to_owned();
        let returned = format!("/uit/organisatie/terug?state={state}");
        // What another browser brings back, or none of ours, says nothing.
        other.get(&returned).await.leads_to("/");
        browser.get("/uit/organisatie/terug").await.leads_to("/");
        browser.get(&format!("/uit/organisatie/terug?state={}", "0".repeat(64))).await.leads_to("/");
        browser.get(&returned).await.ok().says("U bent uitgelogd bij Open House en bij uw organisatie");
    }
}

#[actix_web::test]
async fn who_came_with_his_own_password_is_sent_nowhere() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
    let mut browser = visitor(&place).await;
    browser.set_up(&place, ANJA, &invitation).await;
    let page = browser.post("/uitloggen", &[]).await.ok().says("Sluit uw browser");
    assert!(!page.text.contains("/uit/"), "{}", page.text);
}

#[actix_web::test]
async fn an_issuer_that_cannot_end_it_is_told_of_in_words_and_nobody_asks_it_without_end() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), Duration::from_secs(2)));
    let mut browser = visitor(&place).await;
    issuer.behaves(Ways { broken: true, ..Ways::default() });
    browser.get("/uit/organisatie").await.is(503).says("Uitloggen lukt van hieruit niet");
    let ground = sqlite();
    let place = Place::with_identity(&ground, IdentityProviders::of(&settings(&issuer), Duration::from_secs(2)));
    issuer.behaves(Ways { no_farewell: true, ..Ways::default() });
    let mut browser = visitor(&place).await;
    for _ in 0..60 {
        browser.get("/uit/organisatie").await.ok().says("Log daar zelf uit");
    }
    let statuses = [browser.get("/uit/organisatie").await.status, browser.get("/uit/eherkenning").await.status];
    assert_eq!(statuses, [503, 503]);
}

/// Tells the house of a farewell, as the provider does; answers the status.
async fn tell(messenger: &mut Browser, word: &str) -> u16 {
    messenger.post(TOLD, &[("logout_token", word)]).await.status
}

/// What the audit has of sessions that were ended, the oldest first.
fn ended(place: &Place) -> Vec<String> {
    let details = |conn: &mut openhouse::db::Conn| {
        audit_event::table
            .filter(audit_event::action.eq("account.end_sessions"))
            .order(audit_event::id)
            .select(audit_event::detail)
            .load(conn)
    };
    place.house.db.read::<_, diesel::result::Error>(details).unwrap()
}

fn word(issuer: &Issuer, instead: Value) -> String {
    issuer.word_of_farewell(instead, "logout+jwt", Signs::WithItsKey)
}

#[actix_web::test]
async fn who_signs_out_there_is_out_here_in_every_browser_but_not_where_he_used_his_password() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut messenger = visitor(&place).await;
        let (mut one, mut two, mut own) = (visitor(&place).await, visitor(&place).await, visitor(&place).await);
        let invitation = place.invite(place.give(ANJA, Role::FunctionalAdmin, place.here));
        own.set_up(&place, ANJA, &invitation).await;
        issuer.serves(anja(&["oh-contract"]));
        sign_in(&mut own, &issuer, "/account/organisatie").await.leads_to("/aanbieders");
        own.sign_in(&place, ANJA, 0).await.leads_to("/aanbieders");
        for browser in [&mut one, &mut two] {
            sign_in(browser, &issuer, STAFF).await.leads_to("/aanbieders");
        }
        let before = ended(&place).len();
        // Somebody else's farewell, and one that was written before these sessions began.
        assert_eq!(tell(&mut messenger, &word(&issuer, json!({ "sub": "4712" }))).await, 200);
        let earlier = chrono::Utc::now().timestamp() - 120;
        assert_eq!(tell(&mut messenger, &word(&issuer, json!({ "iat": earlier }))).await, 200);
        one.get("/aanbieders").await.ok();
        assert_eq!(ended(&place).len(), before);

        assert_eq!(tell(&mut messenger, &word(&issuer, json!({}))).await, 200);
        one.get("/aanbieders").await.leads_to("/inloggen");
        two.get("/aanbieders").await.leads_to("/inloggen");
        own.get("/beheer/gebruikers").await.ok();
        let last = ended(&place).split_off(before);
        assert_eq!(last.len(), 1, "{last:?}");
        assert!(last[0].ends_with(&format!("sessions, signed out at {}", issuer.url)), "{last:?}");
        // A type that says only that it is a token will do: many providers say no more.
        sign_in(&mut one, &issuer, STAFF).await.leads_to("/aanbieders");
        let plain = issuer.word_of_farewell(json!({}), "JWT", Signs::WithItsKey);
        assert_eq!(tell(&mut messenger, &plain).await, 200);
        one.get("/aanbieders").await.leads_to("/inloggen");
    }
}

#[actix_web::test]
async fn a_word_of_farewell_that_is_forged_stale_told_before_or_something_else_ends_nothing() {
    let (issuer, ground) = (issuer(), sqlite());
    let place = place(&ground, &issuer);
    let (mut messenger, mut browser) = (visitor(&place).await, visitor(&place).await);
    issuer.serves(anja(&["oh-contract"]));
    let told_before = word(&issuer, json!({}));
    assert_eq!(tell(&mut messenger, &told_before).await, 200);
    sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
    let now = chrono::Utc::now().timestamp();
    let event = "http://schemas.openid.net/event/backchannel-logout";
    for (what, instead) in [
        ("with a nonce", json!({ "nonce": "n" })),
        ("without an event", json!({ "events": null })),
        ("with another event", json!({ "events": { "http://schemas.openid.net/event/anders": {} } })),
        ("with an event that is no object", json!({ "events": { event: true } })),
        ("for somebody else", json!({ "aud": "iemand-anders" })),
        ("for somebody else too", json!({ "aud": ["openhouse", "iemand-anders"] })),
        ("of another issuer", json!({ "iss": "https://login.anders.example" })),
        ("expired", json!({ "exp": now - 1 })),
        ("without an end", json!({ "exp": null })),
        ("old", json!({ "iat": now - 600 })),
        ("of tomorrow", json!({ "iat": now + 86_400 })),
        ("without a name of its own", json!({ "jti": null })),
        ("about a session we do not know", json!({ "sub": null })),
    ] {
        assert_eq!(tell(&mut messenger, &word(&issuer, instead)).await, 400, "{what}");
        browser.get("/aanbieders").await.ok();
    }
    for (typ, signs) in [
        ("at+jwt", Signs::WithItsKey),
        ("logout+jwt", Signs::WithAnother),
        ("logout+jwt", Signs::NotAtAll),
        ("logout+jwt", Signs::WithTheSecret),
        ("logout+jwt", Signs::WithItsPublicKey),
    ] {
        let forged = issuer.word_of_farewell(json!({}), typ, signs);
        assert_eq!(tell(&mut messenger, &forged).await, 400, "{typ} {signs:?}");
    }
    for nonsense in ["", "x", "a.b.c", told_before.as_str()] {
        assert_eq!(tell(&mut messenger, nonsense).await, 400, "{nonsense}");
    }
    browser.get("/aanbieders").await.ok().says("contractmanager");
    assert_eq!(ended(&place), Vec::<String>::new());
}
