//! Looking after users: who may, what he may not do to himself, and what belongs to another organisation.

use openhouse::actor::Role;

use super::{ANJA, Place, visitor};
use crate::ground::every;

const NEW: &str = "n.ieuw@noordermeer.example";

#[actix_web::test]
async fn an_administrator_invites_reviews_resets_disables_and_ends() {
    for ground in every() {
        let place = Place::new(&ground);
        let own = place.give(ANJA, Role::FunctionalAdmin, place.here);
        let invitation = place.invite(own);
        let mut admin = visitor(&place).await;
        admin.set_up(&place, ANJA, &invitation).await;
        let base = "/beheer/gebruikers";
        let form = |email: &'static str, role: &'static str, number: &'static str| {
            [("naam", "Noor Ieuw"), ("email", email), ("rol", role), ("aanbieder", number)]
        };
        let wrong = admin.post(base, &form("geen adres", "", "")).await.is(400);
        wrong.says("Kies een rol").says("Noor Ieuw").says("geen adres");
        admin.post(base, &form(NEW, "system", "")).await.is(400);
        admin.post(base, &form(NEW, "provider_user", "")).await.is(400).says("nummer in van een aanbieder");
        admin.post(base, &form(NEW, "provider_user", "4711")).await.is(400).says("nummer in van een aanbieder");
        admin.post(base, &form(ANJA, "decision_maker", "")).await.is(400).says("niet bij uzelf");
        admin.post(base, &form(NEW, "decision_maker", "")).await.leads_to("/beheer/gebruikers?klaar=uitnodigen");
        admin.post(base, &form(NEW, "decision_maker", "")).await.is(400).says("heeft deze rol al");
        let mails = place.mails(NEW);
        assert_eq!((mails.len(), mails[0].0.as_str()), (1, "E01"));
        admin
            .get("/beheer/gebruikers?klaar=uitnodigen")
            .await
            .ok()
            .says("De uitnodiging is verstuurd")
            .says("Vier ogen");

        let mut guest = visitor(&place).await;
        let token = openhouse::account::Token::read(mails[0].1.rsplit('/').next().unwrap()).unwrap();
        guest.set_up(&place, NEW, &token).await;
        guest.get("/beheer/gebruikers").await.is(403);
        guest.get("/aanbieders").await.ok();
        let page = admin.get(base).await.ok();
        let theirs = page.text.split("/nagekeken").next().and_then(|before| before.rsplit('/').next()).unwrap();
        let deed = |what: &str| format!("{base}/{theirs}/{what}");
        admin.post(&deed("nagekeken"), &[]).await.leads_to("/beheer/gebruikers?klaar=nagekeken");
        admin.get(base).await.ok().says("door Anja Prins");
        admin.post(&deed("tweede-stap"), &[]).await.leads_to("/beheer/gebruikers?klaar=tweede-stap");
        guest.get("/aanbieders").await.leads_to("/inloggen");
        assert_eq!(place.mails(NEW).len(), 2, "{}", ground.backend);
        guest.password(NEW, super::PASSWORD).await.is(400).says("nog niet klaar");
        admin.post(&deed("uitschakelen"), &[]).await.leads_to("/beheer/gebruikers?klaar=uitschakelen");
        admin.get(base).await.ok().says("Uitgeschakeld");
        admin.post(&deed("inschakelen"), &[]).await.leads_to("/beheer/gebruikers?klaar=inschakelen");
        admin.post(&deed("beeindigen"), &[]).await.leads_to("/beheer/gebruikers?klaar=beeindigen");
        admin.post(&deed("beeindigen"), &[]).await.is(404);
        admin.post(&deed("weggooien"), &[]).await.is(404);

        // And nothing of it to himself.
        for what in ["nagekeken", "uitschakelen", "tweede-stap"] {
            admin.post(&format!("{base}/{own}/{what}"), &[]).await.is(409).says("niet bij uzelf");
        }
        admin.post(&format!("{base}/{own}/beeindigen"), &[]).await.is(409).says("laatste rol als beheerder");
    }
}

#[actix_web::test]
async fn an_administrator_of_a_provider_looks_after_its_own_people_alone() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::ProviderAdmin, place.here));
        let manager = place.give("m@noordermeer.example", Role::ContractManager, place.here);
        let mut admin = visitor(&place).await;
        admin.set_up(&place, ANJA, &invitation).await;
        let base = "/aanbieders/1001-eigen-weg/gebruikers";
        let page = admin.get(base).await.ok();
        assert!(!page.text.contains("m@noordermeer.example"), "he sees the municipality's people");
        admin.get("/beheer/gebruikers").await.is(403);
        admin.get("/aanbieders/4711/gebruikers").await.is(404);
        let form = [("naam", "Noor Ieuw"), ("email", NEW), ("rol", "contract_manager")];
        admin.post(base, &form).await.is(400).says("Kies een rol");
        let form = [("naam", "Noor Ieuw"), ("email", NEW), ("rol", "provider_signatory")];
        admin.post(base, &form).await.leads_to(&format!("{base}?klaar=uitnodigen"));
        admin.get(base).await.ok().says(NEW);
        for what in ["beeindigen", "uitschakelen", "tweede-stap", "nagekeken"] {
            admin.post(&format!("{base}/{manager}/{what}"), &[]).await.is(404);
        }
    }
}

#[actix_web::test]
async fn an_account_that_works_elsewhere_too_is_not_one_administrators_to_shut() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::FunctionalAdmin, place.here));
        let shared = place.give("beide@meer.example", Role::Viewer, place.here);
        let foreign = place.give("beide@meer.example", Role::Viewer, place.there);
        let mut admin = visitor(&place).await;
        admin.set_up(&place, ANJA, &invitation).await;
        for what in ["uitschakelen", "tweede-stap"] {
            let path = format!("/beheer/gebruikers/{shared}/{what}");
            admin.post(&path, &[]).await.is(409).says("werkt ook voor een andere organisatie");
        }
        admin.post(&format!("/beheer/gebruikers/{foreign}/beeindigen"), &[]).await.is(404);
        let path = format!("/beheer/gebruikers/{shared}/beeindigen");
        admin.post(&path, &[]).await.leads_to("/beheer/gebruikers?klaar=beeindigen");
    }
}

#[actix_web::test]
async fn who_works_for_a_provider_is_invited_to_the_office_only_after_a_warning() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::FunctionalAdmin, place.here));
        place.give(NEW, Role::ProviderUser, place.here);
        let mut admin = visitor(&place).await;
        admin.set_up(&place, ANJA, &invitation).await;
        let base = "/beheer/gebruikers";
        let form = [("naam", "Noor Ieuw"), ("email", NEW), ("rol", "assessor"), ("aanbieder", "")];
        let warned = admin.post(base, &form).await.is(409);
        warned.says("Deze persoon heeft een rol bij een aanbieder").says("aanbieder 1001").says("Noor Ieuw");
        assert!(place.mails(NEW).is_empty(), "{}: nobody is told yet", ground.backend);
        let knowing = [&form[..], &[("toch", "ja")]].concat();
        admin.post(base, &knowing).await.leads_to("/beheer/gebruikers?klaar=uitnodigen");
        // A role with the provider itself needs no warning.
        let own = [("naam", "Noor Ieuw"), ("email", NEW), ("rol", "provider_admin"), ("aanbieder", "1001")];
        admin.post(base, &own).await.leads_to("/beheer/gebruikers?klaar=uitnodigen");
    }
}
