//! A forgotten password: the same words for everybody, a link by mail, and still a code.

use std::time::Duration;

use openhouse::account::LinkKind;
use openhouse::actor::Role;

use super::{ANJA, PASSWORD, Place, visitor};
use crate::ground::every;

#[actix_web::test]
async fn who_asks_is_told_the_same_and_only_who_is_known_gets_a_mail() {
    for ground in every() {
        let place = Place::new(&ground);
        let invitation = place.invite(place.give(ANJA, Role::Viewer, place.here));
        let unknown = "b.prins@noordermeer.example";
        let mut browser = visitor(&place).await;
        browser.set_up(&place, ANJA, &invitation).await;
        let mut elsewhere = visitor(&place).await;
        elsewhere.post("/inloggen/vergeten", &[("email", "geen adres")]).await.is(400).says("geen adres");
        let known_page = elsewhere.post("/inloggen/vergeten", &[("email", ANJA)]).await.ok();
        let unknown_page = elsewhere.post("/inloggen/vergeten", &[("email", unknown)]).await.ok();
        assert_eq!(known_page.text.replace(ANJA, "…"), unknown_page.text.replace(unknown, "…"));
        let mails = mails_at_last(&place).await;
        assert_eq!(mails.len(), 1, "{}", ground.backend);
        assert_eq!(mails[0].0, "E33");
        assert_eq!(place.mails(unknown), []);

        let link = mails[0].1.clone();
        let chosen = "kapstok, mist en 3 anjers";
        elsewhere.get(&link).await.ok().says("Anja Prins");
        elsewhere.post(&link, &[("nieuw", chosen), ("nogmaals", chosen)]).await.leads_to("/inloggen/code");
        browser.get("/account").await.leads_to("/inloggen");
        elsewhere.get("/account").await.leads_to("/inloggen");
        elsewhere.post(&link, &[("nieuw", PASSWORD), ("nogmaals", PASSWORD)]).await.is(410);
        let code = place.code(ANJA, 0);
        elsewhere.post("/inloggen/code", &[("code", &code)]).await.leads_to("/aanbieders");
        // Asked again at once, nothing more is sent: the used link no longer counts, a working one would.
        elsewhere.post("/inloggen/vergeten", &[("email", ANJA)]).await.ok();
        elsewhere.post("/inloggen/vergeten", &[("email", ANJA)]).await.ok();
        actix_web::rt::time::sleep(Duration::from_millis(300)).await;
        let resets = place.mails(ANJA).iter().filter(|(kind, _)| kind == "E33").count();
        assert_eq!(resets, 2, "{}", ground.backend);
    }
}

#[actix_web::test]
async fn who_never_finished_his_invitation_gets_a_new_one() {
    for ground in every() {
        let place = Place::new(&ground);
        place.give(ANJA, Role::Viewer, place.here);
        let mut browser = visitor(&place).await;
        browser.post("/inloggen/vergeten", &[("email", ANJA)]).await.ok();
        let mails = mails_at_last(&place).await;
        assert_eq!(mails[0].0, "E01");
        assert!(mails[0].1.starts_with("/inloggen/uitnodiging/"), "{mails:?}");
        browser.get(&mails[0].1).await.ok();
        // A link for one thing opens nothing else.
        let other = mails[0].1.replace("uitnodiging", "wachtwoord");
        browser.get(&other).await.is(410);
        assert_eq!(LinkKind::Invitation.as_str(), "invitation");
    }
}

/// The mail is posted after the answer was given.
async fn mails_at_last(place: &Place) -> Vec<(String, String)> {
    for _ in 0..100 {
        let mails = place.mails(ANJA);
        if !mails.is_empty() {
            return mails;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no mail was posted");
}
