//! From invitation to work: password, second factor, recovery codes; and everything that must not let anybody in.

use diesel::prelude::*;
use openhouse::account::store::people;
use openhouse::actor::{Actor, Role};
use openhouse::db::Conn;
use openhouse::procedure::admission::first;
use openhouse::schema::outbox;

use super::{ANJA, PASSWORD, Place, app_code, now, visitor};
use crate::ground::every;

#[actix_web::test]
async fn an_invitation_leads_to_a_password_a_second_factor_and_recovery_codes() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::ContractManager, place.here));
        let path = format!("/inloggen/uitnodiging/{}", invitation.as_str());
        let mut browser = visitor(&place).await;
        browser.get(&path).await.ok().says("Anja Prins");
        let weak = browser.post(&path, &[("nieuw", "password1234"), ("nogmaals", "password1234")]).await.is(400);
        assert!(weak.text.contains("vaak gebruikt") && !weak.text.contains("password1234"), "{weak:?}");
        browser
            .post(&path, &[("nieuw", PASSWORD), ("nogmaals", "iets anders")])
            .await
            .is(400)
            .says("hetzelfde wachtwoord");
        // The name of a municipality of this house is the first thing that somebody tries.
        let town = browser.post(&path, &[("nieuw", "zuidermeer12"), ("nogmaals", "zuidermeer12")]).await.is(400);
        assert!(!town.text.contains("zuidermeer12"), "{town:?}");
        browser.get("/inloggen/instellen").await.leads_to("/inloggen");

        browser.post(&path, &[("nieuw", PASSWORD), ("nogmaals", PASSWORD)]).await.leads_to("/inloggen/instellen");
        let key = browser.get("/inloggen/instellen").await.ok().between("<p class=\"mono\">", "</p>");
        let picture = browser.get("/inloggen/instellen/qr.svg").await.ok();
        assert!(picture.text.contains("<svg") && !picture.text.contains(&key.replace(' ', "")));
        browser.get("/aanbieders").await.leads_to("/inloggen");
        browser.post("/inloggen/instellen", &[("code", "000000")]).await.is(400).says("Deze code klopt niet");
        let code = app_code(&key, 0);
        browser.post("/inloggen/instellen", &[("code", &code)]).await.leads_to("/inloggen/herstelcodes");
        browser.get("/inloggen/instellen").await.leads_to("/inloggen");

        let shown = browser.get("/inloggen/herstelcodes").await.ok();
        assert_eq!(shown.text.matches("<li class=\"mono\">").count(), 10);
        let file = browser.get("/inloggen/herstelcodes/bestand").await.ok();
        assert!(file.text.contains(&shown.between("<li class=\"mono\">", "</li>")));
        browser.get("/aanbieders").await.leads_to("/inloggen");
        browser.post("/inloggen/herstelcodes", &[]).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("contractmanager");
        browser.get("/inloggen/herstelcodes").await.leads_to("/inloggen");
        // The link was used; nobody follows it a second time.
        browser.get(&path).await.is(410);
        browser.post(&path, &[("nieuw", PASSWORD), ("nogmaals", PASSWORD)]).await.is(410);
    }
}

#[actix_web::test]
async fn a_code_works_once_and_a_recovery_code_too() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
        let mut browser = visitor(&place).await;
        let recovery = browser.set_up(&place, ANJA, &invitation).await;
        let code = place.code(ANJA, 0);
        browser.password(ANJA, PASSWORD).await.leads_to("/inloggen/code");
        browser.post("/inloggen/code", &[("code", "")]).await.is(400).says("Vul de code in");
        browser.post("/inloggen/code", &[("code", &code)]).await.leads_to("/aanbieders");
        browser.get("/inloggen/code").await.leads_to("/inloggen");

        browser.password(ANJA, PASSWORD).await.leads_to("/inloggen/code");
        browser.post("/inloggen/code", &[("code", &code)]).await.is(400).says("al gebruikt");
        let typed = recovery[0].to_uppercase().replace('-', " ");
        browser.post("/inloggen/code", &[("code", &typed)]).await.leads_to("/aanbieders");
        browser.get("/account").await.ok().says("nog 9 over");
        browser.password(ANJA, PASSWORD).await.leads_to("/inloggen/code");
        browser.post("/inloggen/code", &[("code", &recovery[0])]).await.is(400);
        browser.post("/inloggen/code", &[("code", &recovery[1])]).await.leads_to("/aanbieders");
    }
}

#[actix_web::test]
async fn after_five_wrong_codes_he_begins_again() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        browser.password(ANJA, PASSWORD).await.leads_to("/inloggen/code");
        for _ in 0..4 {
            browser.post("/inloggen/code", &[("code", "000000")]).await.is(400).says("Deze code klopt niet");
        }
        browser.post("/inloggen/code", &[("code", "000000")]).await.is(400).says("Log opnieuw in");
        let code = place.code(ANJA, 0);
        browser.post("/inloggen/code", &[("code", &code)]).await.leads_to("/inloggen");
    }
}

#[actix_web::test]
async fn an_unknown_name_gets_the_same_page_after_the_same_work() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
        let unknown = "b.prins@noordermeer.example";
        let (mut one, mut other) = (visitor(&place).await, visitor(&place).await);
        one.set_up(&place, ANJA, &invitation).await;
        one.cookies.clear();
        for attempt in 1..=8 {
            let before = place.house.door.tested();
            let known = one.password(ANJA, "dit is het verkeerde wachtwoord").await;
            let between = place.house.door.tested();
            let unknown_page = other.password(unknown, "dit is het verkeerde wachtwoord").await;
            let after = place.house.door.tested();
            assert_eq!(known.status, unknown_page.status, "{attempt}");
            assert_eq!(known.text.replace(ANJA, "…"), unknown_page.text.replace(unknown, "…"), "{attempt}");
            assert_eq!(between - before, after - between, "{attempt}: one of them costs another number of hashes");
            assert_eq!(between - before, u64::from(attempt <= 7), "{attempt}");
            match attempt {
                ..7 => known.is(400).says("kennen wij niet"),
                _ => known.is(429).says("Wacht"),
            };
        }
        // Also the right password waits.
        let blocked = one.password(ANJA, PASSWORD).await.is(429);
        assert!(blocked.retry_after.is_some_and(|wait| (1..=121).contains(&wait.parse::<u64>().unwrap())));
    }
}

#[actix_web::test]
async fn who_is_disabled_at_work_is_out_at_once_and_does_not_come_back() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let invitation = place.invite(grant);
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        browser.get("/aanbieders").await.ok();
        let admin = Actor::of_municipality("B. Vos", Role::FunctionalAdmin, place.here, "test");
        let now = place.house.now();
        let disable = |disabled| {
            place.house.db.write(|conn| {
                let seat = people::seat(conn, &admin, grant)?.unwrap();
                people::disable(conn, &admin, now, &seat, disabled)
            })
        };
        disable(true).unwrap().unwrap();
        browser.get("/aanbieders").await.leads_to("/inloggen");
        browser.password(ANJA, PASSWORD).await.is(400).says("kennen wij niet");
        disable(false).unwrap().unwrap();
        browser.get("/aanbieders").await.leads_to("/inloggen");
        browser.sign_in(&place, ANJA, 0).await.leads_to("/aanbieders");
    }
}

#[actix_web::test]
async fn a_role_that_ends_at_work_ends_the_session() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let invitation = place.invite(grant);
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        let admin = Actor::of_municipality("B. Vos", Role::FunctionalAdmin, place.here, "test");
        let now = place.house.now();
        let ended = place.house.db.write(|conn| {
            let seat = people::seat(conn, &admin, grant)?.unwrap();
            people::end(conn, &admin, now, &seat)
        });
        ended.unwrap().unwrap();
        browser.get("/aanbieders").await.leads_to("/inloggen");
        browser.sign_in(&place, ANJA, 0).await.is(403).says("geen toegang tot een organisatie");
    }
}

#[actix_web::test]
async fn who_signs_in_on_another_device_is_told_whom_to_call_and_on_the_same_is_not() {
    // The number is that of the contact of a procedure; before there is one, the municipality is named.
    for (phone, told) in [("", "Bel de gemeente."), ("0500 000 000", "Bel 0500 000 000.")] {
        for ground in every() {
            let place = Place::new(&ground);
            let mut details = first::usual("Marloes de Wit", "contract@voorbeeld.example");
            details.contact.phone = phone.to_owned();
            let (system, day) = (Actor::system(place.here), now().date());
            let opened = place.house.db.write(|conn| first::open(conn, &system, now(), day, &details));
            opened.unwrap_or_else(|fault| panic!("{fault:?}"));
            let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
            let mut browser = visitor(&place).await;
            browser.set_up(&place, ANJA, &invitation).await;
            browser.post("/uitloggen", &[]).await.ok();
            browser.sign_in(&place, ANJA, 0).await.leads_to("/aanbieders");
            assert_eq!(place.mails(ANJA), []);
            let mut other = visitor(&place).await;
            other.sign_in(&place, ANJA, 1).await.leads_to("/aanbieders");
            assert_eq!(place.mails(ANJA), [("E32".to_owned(), "/account".to_owned())]);
            assert!(newest_mail(&place).ends_with(&format!("Was u dit niet? {told}")), "{}", newest_mail(&place));
        }
    }
}

fn newest_mail(place: &Place) -> String {
    let body = |conn: &mut Conn| outbox::table.order(outbox::id.desc()).select(outbox::body).first(conn);
    place.house.db.read::<String, diesel::result::Error>(body).unwrap()
}

#[actix_web::test]
async fn own_sessions_are_listed_and_ended_and_a_new_password_ends_the_others() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
        let (mut one, mut other) = (visitor(&place).await, visitor(&place).await);
        let recovery = one.set_up(&place, ANJA, &invitation).await;
        other.sign_in(&place, ANJA, 0).await.leads_to("/aanbieders");
        let page = one.get("/account").await.ok().says("Firefox · Linux");
        let reference = page.between("/account/sessies/", "/beeindigen");
        one.post(&format!("/account/sessies/{reference}/beeindigen"), &[]).await.leads_to("/account?klaar=sessie");
        other.get("/account").await.leads_to("/inloggen");
        one.post(&format!("/account/sessies/{reference}/beeindigen"), &[]).await.is(404);

        other.sign_in(&place, ANJA, 1).await.leads_to("/aanbieders");
        let chosen = "kapstok, mist en 3 anjers";
        let form = |old: &'static str, code| [("oud", old), ("code", code), ("nieuw", chosen), ("nogmaals", chosen)];
        one.post("/account/wachtwoord", &form("een ander wachtwoord", &recovery[0])).await.is(400);
        one.post("/account/wachtwoord", &form(PASSWORD, "000000")).await.is(400).says("of de code klopt niet");
        one.post("/account/wachtwoord", &form(PASSWORD, &recovery[0])).await.leads_to("/account?klaar=wachtwoord");
        one.get("/account").await.ok();
        other.get("/account").await.leads_to("/inloggen");
        other.password(ANJA, PASSWORD).await.is(400);
        other.password(ANJA, chosen).await.leads_to("/inloggen/code");

        one.post("/account/herstelcodes", &[("code", &recovery[1])]).await.leads_to("/inloggen/herstelcodes");
        let fresh = one.get("/inloggen/herstelcodes").await.ok().between("<li class=\"mono\">", "</li>");
        one.post("/inloggen/herstelcodes", &[]).await.leads_to("/account?klaar=herstelcodes");
        other.post("/inloggen/code", &[("code", &recovery[2])]).await.is(400);
        other.post("/inloggen/code", &[("code", &fresh)]).await.leads_to("/aanbieders");
    }
}
