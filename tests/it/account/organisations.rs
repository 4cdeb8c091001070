//! One account, several roles: choosing one, switching between them, and never into somebody else's.

use openhouse::actor::Role;

use super::{ANJA, Place, visitor};
use crate::ground::every;

#[actix_web::test]
async fn with_more_than_one_role_one_is_chosen_and_another_switched_to() {
    for ground in every() {
        let place = Place::new(&ground);
        let here = place.give(ANJA, Role::ContractManager, place.here);
        let there = place.give(ANJA, Role::Viewer, place.there);
        let foreign = place.give("iemand@anders.example", Role::FunctionalAdmin, place.here);
        let invitation = place.invite(here);
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        browser.sign_in(&place, ANJA, 0).await.leads_to("/inloggen/kiezen");
        browser.get("/aanbieders").await.leads_to("/inloggen");
        let choice =
            browser.get("/inloggen/kiezen").await.ok().says("Gemeente Noordermeer").says("Gemeente Zuidermeer");
        assert!(!choice.text.contains(&format!("value=\"{foreign}\"")));
        let chosen = |grant: i64| grant.to_string();
        browser.post("/inloggen/kiezen", &[("rol", &chosen(foreign))]).await.is(404);
        browser.post("/inloggen/kiezen", &[("rol", &chosen(there))]).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("Gemeente Zuidermeer").says("raadpleger").says("href=\"/wisselen\"");

        browser.get("/wisselen").await.ok().says("Hier werkt u nu");
        browser.post("/wisselen", &[("rol", &chosen(foreign))]).await.is(404);
        browser.get("/aanbieders").await.ok().says("Gemeente Zuidermeer");
        browser.post("/wisselen", &[("rol", &chosen(here))]).await.leads_to("/aanbieders");
        browser.get("/aanbieders").await.ok().says("Gemeente Noordermeer").says("contractmanager");
    }
}
