//! One day for one piece of evidence, the term of what is asked before the start, and no button for what cannot be done.

use openhouse::actor::Role;
use openhouse::dossier::CriterionResult;

use super::street::Street;
use crate::dossier::town::{account, hand_in, show, upload, write};

#[actix_web::test]
async fn the_card_the_check_and_the_verdict_name_one_last_day_with_its_rule() {
    let street = Street::new();
    let (town, db) = (&street.town, street.db());
    let applicant = town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    show(db, &applicant, "M07", upload(db, &applicant, "Polis", "2026-09-18", Some("2027-11-12")));
    hand_in(db, &applicant, "sleutel-1").unwrap();
    let path = format!("/aanmeldingen/{}", street.application(&applicant).number);
    street.fill(&town.assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let page = street.page(&town.assessor, &format!("{path}/eisen/M07")).await;
    assert!(page.contains("name=\"geldig_tot\" value=\"2027-09-18\""), "{page}");
    let told = "geldig tot en met 18 september 2027. Dat is 12 maanden na 18 september 2026, de datum van het bewijs. \
                De datum op het bewijs zelf, 12 november 2027, is later.";
    assert!(page.contains(told), "{page}");
    assert_eq!(page.matches("12 november 2027").count(), 1, "the card says no other day: {page}");
}

#[actix_web::test]
async fn the_page_of_who_is_admitted_names_the_term_of_what_is_asked_before_the_start() {
    let street = Street::new();
    let town = &street.town;
    let applicant = town.admitted(street.db(), "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let path = format!("/aanmeldingen/{}", street.application(&applicant).number);
    let page = street.page(&town.manager, &path).await;
    assert!(!page.contains("Er loopt geen termijn"), "{page}");
    assert!(page.contains("<b>Voor de start</b>") && page.contains("na 23 november 2026"), "{page}");
    assert!(page.contains("M13: Voldoet"), "verdicts stand in the history: {page}");
}

#[actix_web::test]
async fn what_cannot_be_done_has_a_reason_and_no_button_and_a_check_page_may_be_gone_back_to() {
    let street = Street::new();
    let (town, db) = (&street.town, street.db());
    let applicant = town.advised(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::NotMet);
    let path = format!("/aanmeldingen/{}", street.application(&applicant).number);
    let admit = street.page(&town.decider, &format!("{path}/handelingen/toelaten")).await;
    assert!(admit.contains("voldoet nog niet aan: M01") && !admit.contains("name=\"stap\""), "{admit}");
    let fields = [("woorden", "U voldoet niet."), ("stap", "controleren")];
    let check = street.fill(&town.decider, &format!("{path}/handelingen/afwijzen"), &fields).await;
    assert!(check.page.contains("value=\"vastleggen\""), "{}", check.page);
    assert_eq!(check.kept, "private, no-cache");

    let (_, other) = street.handed_in("Iris Mulder", "87654321", "Stap Vooruit B.V.");
    street.fill(&town.assessor, &format!("{other}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let advice = street.page(&town.assessor, &format!("{other}/handelingen/advies")).await;
    assert!(advice.contains("Nog niet alle eisen zijn beoordeeld") && !advice.contains("name=\"stap\""), "{advice}");
    let officer = write(db, |conn| Ok(account(conn, town.tenant, Role::PrivacyOfficer, "Femke Prins")));
    let queue = street.page(&officer, "/werkvoorraad").await;
    assert!(!queue.contains("Werkvoorraad ("), "nothing of it is his: {queue}");
}
