//! Staff at its own organisation: the account is made or linked, the roles follow, and nobody takes over what is there.

use diesel::prelude::*;
use openhouse::account::store::credential::holder_named;
use openhouse::account::store::people;
use openhouse::actor::{Actor, Role};
use openhouse::config::StaffSignIn;
use openhouse::house::identity::IdentityProviders;
use openhouse::schema::{account, identity};
use serde_json::{Value, json};

use super::issuer::issuer;
use super::{STAFF, go, place, settings, sign_in, sign_ins};
use crate::account::{ANJA, Place, visitor};
use crate::ground::every;

pub fn anja(roles: &[&str]) -> Value {
    json!({ "sub": "4711", "name": "Anja Prins", "email": ANJA, "realm_access": { "roles": roles } })
}

fn accounts(place: &Place) -> Vec<(String, String)> {
    let all = |conn: &mut openhouse::db::Conn| {
        account::table.order(account::id).select((account::name, account::email)).load(conn)
    };
    place.house.db.read::<_, diesel::result::Error>(all).unwrap()
}

#[actix_web::test]
async fn who_has_a_role_there_comes_in_and_is_the_same_person_next_time() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut browser = visitor(&place).await;
        browser
            .get("/inloggen")
            .await
            .ok()
            .says("href=\"/inloggen/organisatie\"")
            .says("href=\"/inloggen/eherkenning\"");
        issuer.serves(anja(&["oh-contract", "iets anders"]));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("Anja Prins").says("contractmanager").says("Noordermeer");
        browser.get("/account").await.ok().says("U kunt ook zonder wachtwoord inloggen");
        browser.post("/uitloggen", &[]).await.ok();

        // Another name and address there: the same account here.
        let renamed = json!({ "name": "Anja de Prins", "email": "a.deprins@noordermeer.example" });
        let mut person = anja(&["oh-contract"]);
        person.as_object_mut().unwrap().extend(renamed.as_object().unwrap().clone());
        issuer.serves(person);
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        assert_eq!(accounts(&place), [("Anja de Prins".into(), "a.deprins@noordermeer.example".into())]);
        let came = ("done".to_owned(), "identity provider".to_owned());
        assert_eq!(sign_ins(&place), [came.clone(), came]);
    }
}

#[actix_web::test]
async fn roles_follow_and_a_role_that_is_taken_there_is_gone_here_also_for_who_is_at_work() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let (mut one, mut other) = (visitor(&place).await, visitor(&place).await);
        issuer.serves(anja(&["oh-contract", "oh-kijker"]));
        sign_in(&mut one, &issuer, STAFF).await.leads_to("/wisselen");
        one.get("/wisselen").await.ok().says("contractmanager").says("raadpleger");
        one.get("/aanbieders").await.ok();

        issuer.serves(anja(&["oh-kijker"]));
        sign_in(&mut other, &issuer, STAFF).await.leads_to("/aanbieders");
        other.get("/aanbieders").await.ok().says("raadpleger");
        assert!(!other.get("/aanbieders").await.ok().text.contains("/wisselen"));
        one.get("/aanbieders").await.leads_to("/inloggen");

        issuer.serves(anja(&[]));
        sign_in(&mut one, &issuer, STAFF).await.is(403).says("geen rol in Open House");
        other.get("/aanbieders").await.leads_to("/inloggen");
        issuer.serves(anja(&["oh-contract"]));
        sign_in(&mut one, &issuer, STAFF).await.leads_to("/aanbieders");
        let results: Vec<String> = sign_ins(&place).into_iter().map(|(result, _)| result).collect();
        assert_eq!(results, ["done", "done", "no role", "done"]);
    }
}

#[actix_web::test]
async fn who_has_no_role_there_gets_no_account() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut browser = visitor(&place).await;
        issuer.serves(anja(&["iets anders"]));
        sign_in(&mut browser, &issuer, STAFF).await.is(403).says("geen rol in Open House");
        for missing in ["name", "email"] {
            let mut person = anja(&["oh-contract"]);
            person.as_object_mut().unwrap().remove(missing);
            issuer.serves(person);
            sign_in(&mut browser, &issuer, STAFF)
                .await
                .is(403)
                .says("stuurt uw naam of een bevestigd e-mailadres niet mee");
        }
        let mut unconfirmed = anja(&["oh-contract"]);
        unconfirmed["email_verified"] = false.into();
        issuer.serves(unconfirmed);
        sign_in(&mut browser, &issuer, STAFF).await.is(403).says("bevestigd e-mailadres");
        assert_eq!(accounts(&place), []);
        browser.get("/aanbieders").await.leads_to("/inloggen");
    }
}

#[actix_web::test]
async fn an_address_alone_takes_no_account_over_and_its_owner_links_it_from_inside() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let invitation = place.invite(place.give(ANJA, Role::ContractManager, place.here));
        let (mut owner, mut other) = (visitor(&place).await, visitor(&place).await);
        owner.set_up(&place, ANJA, &invitation).await;
        issuer.serves(anja(&["oh-contract"]));
        sign_in(&mut other, &issuer, STAFF).await.is(403).says("U hebt hier al een account");
        other.get("/aanbieders").await.leads_to("/inloggen");

        // Another site cannot send her off to link, and what comes back with another address is not linked.
        owner.get("/account/organisatie").await.is(403);
        let mut stranger = anja(&["oh-contract"]);
        stranger["email"] = "iemand@anders.example".into();
        issuer.serves(stranger);
        sign_in(&mut owner, &issuer, "/account/organisatie").await.is(403).says("ander adres dan van dit account");
        // What she sets out to link is not linked once she is somebody else.
        issuer.serves(anja(&["oh-contract"]));
        let back = go(&mut owner, &issuer, "/account/organisatie").await;
        let session = owner.cookies.iter().position(|(name, _)| name == "openhouse").unwrap();
        let key = owner.cookies.remove(session);
        owner.get(&back).await.is(400).says("Begin opnieuw");
        owner.cookies.push(key);

        owner.get("/account").await.ok().says("href=\"/account/organisatie\"");
        sign_in(&mut owner, &issuer, "/account/organisatie").await.leads_to("/aanbieders");
        let linked = owner.get("/account").await.ok().says("U kunt ook zonder wachtwoord inloggen");
        assert!(!linked.text.contains("href=\"/account/organisatie\""));
        sign_in(&mut other, &issuer, STAFF).await.leads_to("/aanbieders");
        assert_eq!(accounts(&place).len(), 1);
        // The role is the issuer's from now on: behind the password nothing is left of it.
        let mut third = visitor(&place).await;
        third.sign_in(&place, ANJA, 1).await.is(403).says("geen toegang tot een organisatie");
    }
}

#[actix_web::test]
async fn a_role_by_hand_is_reached_by_password_alone_and_one_by_the_issuer_through_it_alone() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let invitation = place.invite(place.give(ANJA, Role::FunctionalAdmin, place.here));
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        issuer.serves(anja(&["oh-kijker"]));
        sign_in(&mut browser, &issuer, "/account/organisatie").await.leads_to("/aanbieders");
        browser.get("/beheer/gebruikers").await.is(403);
        // Nor does the issuer open the account to anything else.
        browser.click("/account/organisatie").await.is(403);
        let switches = browser.get("/wisselen").await.ok();
        assert!(!switches.text.contains("functioneel beheerder"), "{}", switches.text);
        browser.sign_in(&place, ANJA, 0).await.leads_to("/aanbieders");
        browser.get("/beheer/gebruikers").await.ok();
        assert!(!browser.get("/wisselen").await.ok().text.contains("raadpleger"));
    }
}

#[actix_web::test]
async fn an_invitation_is_accepted_at_the_organisation_and_used_up_by_it() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let path = format!("/inloggen/uitnodiging/{}", place.invite(grant).as_str());
        let mut browser = visitor(&place).await;
        browser.get(&path).await.ok().says(&format!("{path}/organisatie"));
        issuer.serves(anja(&["oh-kijker"]));
        sign_in(&mut browser, &issuer, &format!("{path}/organisatie")).await.leads_to("/aanbieders");
        browser.get(&path).await.is(410);
        browser.get(&format!("{path}/organisatie")).await.is(410);
        assert!(place.house.db.read(|conn| holder_named(conn, ANJA)).unwrap().unwrap().factor.is_none());
    }
}

#[actix_web::test]
async fn who_is_disabled_here_does_not_come_in_by_another_way() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut browser = visitor(&place).await;
        issuer.serves(anja(&["oh-kijker"]));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        let admin = Actor::of_municipality("B. Vos", Role::FunctionalAdmin, place.here, "test");
        let disabled = place.house.db.write(|conn| {
            let seat = people::seats(conn, &admin)?.pop().unwrap();
            assert!(seat.has_factor, "who signs in elsewhere is done setting up");
            people::disable(conn, &admin, place.house.now(), &seat, true)
        });
        disabled.unwrap().unwrap();
        browser.get("/aanbieders").await.leads_to("/inloggen");
        sign_in(&mut browser, &issuer, STAFF).await.is(403).says("Uw account is uitgeschakeld");
    }
}

#[actix_web::test]
async fn the_second_factor_is_the_issuers_task_and_asked_for_when_the_settings_say_so() {
    let issuer = issuer();
    for ground in every() {
        let mut settings = settings(&issuer);
        let staff = settings.staff.take().unwrap();
        let (acr, amr) = (vec!["hoog".to_owned()], vec!["mfa".to_owned(), "hwk".to_owned()]);
        settings.staff = Some(StaffSignIn { acr, amr, ..staff });
        let identity = IdentityProviders::of(&settings, std::time::Duration::from_secs(5));
        let place = Place::with_identity(&ground, identity);
        let mut browser = visitor(&place).await;
        let asked = browser.click(STAFF).await.is(303).location.unwrap();
        assert!(asked.contains("acr_values=hoog"), "{asked}");
        let told = |acr: Value, amr: Value| {
            let mut person = anja(&["oh-contract"]);
            (person["acr"], person["amr"]) = (acr, amr);
            person
        };
        for (acr, amr) in [
            (Value::Null, json!(["mfa"])),
            (json!("laag"), json!(["mfa"])),
            (json!("hoog"), json!(["pwd"])),
            (json!("hoog"), Value::Null),
        ] {
            issuer.serves(told(acr, amr));
            sign_in(&mut browser, &issuer, STAFF).await.is(403).says("zonder tweede stap");
        }
        issuer.serves(told(json!("hoog"), json!(["pwd", "hwk"])));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
    }
}

#[actix_web::test]
async fn who_begins_anew_after_a_reset_is_linked_to_nobody() {
    let issuer = issuer();
    for ground in every() {
        let place = place(&ground, &issuer);
        let mut browser = visitor(&place).await;
        issuer.serves(anja(&["oh-kijker"]));
        sign_in(&mut browser, &issuer, STAFF).await.leads_to("/aanbieders");
        let reset = place.house.db.write(|conn| {
            let account = holder_named(conn, ANJA)?.unwrap().account_id;
            openhouse::account::store::reset(conn, &Actor::system(place.here), place.house.now(), account)?;
            identity::table.count().get_result::<i64>(conn)
        });
        assert_eq!(reset.unwrap(), 0);
        sign_in(&mut browser, &issuer, STAFF).await.is(403).says("U hebt hier al een account");
    }
}
