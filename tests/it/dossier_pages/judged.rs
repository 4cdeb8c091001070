//! From the work queue to a decision by somebody else, for who is admitted and for who is refused.

use actix_web::http::StatusCode;
use openhouse::dossier::ApplicationState;
use openhouse::dossier::decision;

use super::street::{Street, version_on};
use crate::dossier::town::{Applicant, read};

/// Takes up and judges everything on which an advice waits: `not_met` is the code that is not met, where there is one.
async fn judge_all(street: &Street, applicant: &Applicant, path: &str, not_met: Option<&str>) {
    let assessor = &street.town.assessor;
    let taken = street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    assert_eq!((taken.status, taken.leads.as_str()), (StatusCode::SEE_OTHER, path));
    let waiting = read(street.db(), |conn| decision::unjudged(conn, assessor, applicant.started.application));
    assert!(waiting.len() > 5, "{waiting:?}");
    for code in waiting {
        let (verdict, reason) = match not_met == Some(code.as_str()) {
            true => ("not_met", "De polis dekt te weinig."),
            false => ("met", ""),
        };
        let fields = [("rij", "aanmelding"), ("oordeel", verdict), ("motivering", reason), ("geldig_tot", "")];
        let judged = street.fill(assessor, &format!("{path}/eisen/{code}"), &fields).await;
        assert_eq!(judged.status, StatusCode::SEE_OTHER, "{code}: {}", judged.page);
    }
}

#[actix_web::test]
async fn an_applicant_is_judged_advised_and_admitted_by_another_person() {
    let street = Street::new();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let (assessor, decider) = (&street.town.assessor, &street.town.decider);
    let home = street.get(assessor, "/").await;
    assert_eq!(home.leads, "/werkvoorraad");
    let queue = street.page(assessor, "/werkvoorraad").await;
    assert!(queue.contains("Werkvoorraad (1)") && queue.contains("Stichting Werkpad Noord"), "{queue}");
    assert!(queue.contains("Nieuwe aanmelding in toetsing nemen") && queue.contains("werkdagen na"), "{queue}");
    judge_all(&street, &applicant, &path, None).await;

    let advice = format!("{path}/handelingen/advies");
    let nothing_chosen = street.fill(assessor, &advice, &[("woorden", ""), ("stap", "controleren")]).await;
    assert_eq!(nothing_chosen.status, StatusCode::BAD_REQUEST);
    assert!(nothing_chosen.page.contains("Kies een voorstel"), "{}", nothing_chosen.page);
    let fields = [("voorstel", "admitted"), ("woorden", "Alles is gezien.")];
    let check = street.fill(assessor, &advice, &[fields[0], fields[1], ("stap", "controleren")]).await;
    assert_eq!(check.status, StatusCode::OK);
    assert!(check.page.contains("Controleren: Advies geven") && check.page.contains("Alles is gezien."));
    assert_eq!(street.application(&applicant).state, ApplicationState::UnderReview, "looking once more writes nothing");
    let advised = street.fill(assessor, &advice, &[fields[0], fields[1], ("stap", "vastleggen")]).await;
    assert_eq!(advised.status, StatusCode::SEE_OTHER, "{}", advised.page);

    let admit = format!("{path}/handelingen/toelaten");
    assert_eq!(street.get(assessor, &admit).await.status, StatusCode::FORBIDDEN);
    let page = street.page(decider, &path).await;
    assert!(page.contains("Alles is gezien.") && page.contains(&admit), "{page}");
    let admitted = street.fill(decider, &admit, &[("woorden", ""), ("stap", "vastleggen")]).await;
    assert_eq!(admitted.status, StatusCode::SEE_OTHER, "{}", admitted.page);
    assert_eq!(street.application(&applicant).state, ApplicationState::Admitted);
    assert!(street.page(decider, &path).await.contains("Toegelaten"));
}

#[actix_web::test]
async fn who_does_not_meet_a_criterion_is_refused_with_the_reason_and_what_he_can_do() {
    let street = Street::new();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let (assessor, decider, manager) = (&street.town.assessor, &street.town.decider, &street.town.manager);
    judge_all(&street, &applicant, &path, Some("M09")).await;
    let fields = [("voorstel", "refused"), ("woorden", "De verzekering is te laag."), ("stap", "vastleggen")];
    let advised = street.fill(assessor, &format!("{path}/handelingen/advies"), &fields).await;
    assert_eq!(advised.status, StatusCode::SEE_OTHER, "{}", advised.page);

    let admit =
        street.fill(decider, &format!("{path}/handelingen/toelaten"), &[("woorden", ""), ("stap", "vastleggen")]).await;
    assert_eq!(admit.status, StatusCode::CONFLICT);
    assert!(admit.page.contains("voldoet nog niet aan: M09"), "{}", admit.page);

    let refuse = format!("{path}/handelingen/afwijzen");
    let silent = street.fill(decider, &refuse, &[("woorden", " "), ("stap", "controleren")]).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST);
    let words = ("woorden", "U voldoet niet aan eis M09.");
    let check = street.fill(decider, &refuse, &[words, ("stap", "controleren")]).await;
    assert!(check.page.contains("De polis dekt te weinig."), "the check page names the reason: {}", check.page);
    assert!(check.page.contains("kort geding starten bij de rechtbank Noordermeer"), "{}", check.page);
    let refused = street.fill(decider, &refuse, &[words, ("stap", "vastleggen")]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.page);
    assert_eq!(street.application(&applicant).state, ApplicationState::Refused);

    let case = [("woorden", "Rechtbank Noordermeer, C/17/1234"), ("stap", "vastleggen")];
    let noted = street.fill(manager, &format!("{path}/handelingen/kort-geding"), &case).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.page);
    let page = street.page(manager, &path).await;
    assert!(page.contains("Kort geding") && page.contains("C/17/1234"), "{page}");
}

#[actix_web::test]
async fn of_two_who_judge_one_criterion_the_second_gets_both_versions() {
    let street = Street::new();
    let (_, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let (first, second) = (&street.town.assessor, &street.town.colleague);
    street.fill(first, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let place = format!("{path}/eisen/M09");
    let seen = version_on(&street.page(first, &place).await);
    let page = street.page(second, &place).await;
    assert!(page.contains("Karim El Idrissi is hiermee bezig sinds"), "{page}");
    let common = [("versie", seen.as_str()), ("rij", "eis"), ("geldig_tot", "")];
    let with = |verdict, reason| [common[0], common[1], common[2], ("oordeel", verdict), ("motivering", reason)];
    let one = street.post(first, &place, &with("met", "De polis is goed.")).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.page);
    let other = street.post(second, &place, &with("not_met", "De dekking is te laag.")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(other.page.contains("De polis is goed.") && other.page.contains("De dekking is te laag."));
    let again = version_on(&other.page);
    let fields = [("versie", again.as_str()), ("rij", "eis"), ("geldig_tot", ""), ("oordeel", "not_met")];
    let silent = street.post(second, &place, &[&fields[..], &[("motivering", "")]].concat()).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST, "a reason is asked for");
    let chosen = street.post(second, &place, &[&fields[..], &[("motivering", "Te laag.")]].concat()).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.page);
    let page = street.page(first, &place).await;
    assert!(page.contains("De polis is goed.") && page.contains("Te laag."), "both stand in the history");
}

#[actix_web::test]
async fn a_supplement_is_asked_with_words_and_a_term_after_one_more_look() {
    let street = Street::new();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let place = format!("{path}/aanvulling");
    let ticked = ("onderdeel", "criterion/M09");
    let silent = street.fill(assessor, &place, &[ticked, ("stap", "controleren")]).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST);
    assert!(silent.page.contains("Schrijf erbij wat er moet gebeuren"), "{}", silent.page);
    let words = ("woorden/criterion/M09", "Stuur de polis van dit jaar.");
    let check = street.fill(assessor, &place, &[ticked, words, ("stap", "controleren")]).await;
    assert!(
        check.page.contains("Stuur de polis van dit jaar.") && check.page.contains("14 dagen na"),
        "{}",
        check.page
    );
    assert_eq!(street.application(&applicant).state, ApplicationState::UnderReview);
    let asked = street.fill(assessor, &place, &[ticked, words, ("stap", "vastleggen")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page);
    let page = street.page(assessor, &path).await;
    assert!(page.contains("Gevraagd aan de aanbieder") && page.contains("Stuur de polis van dit jaar."), "{page}");
    assert_eq!(street.get(&street.town.decider, &place).await.status, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn agreement_and_explanation_are_answered_at_their_criteria_when_they_are_asked() {
    let street = Street::new();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let (assessor, applicants) = (&street.town.assessor, &applicant.actor);
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let words = [("onderdeel", "step/statements"), ("woorden/step/statements", "Wie is de vertrouwenspersoon?")];
    let asked =
        street.fill(assessor, &format!("{path}/aanvulling"), &[&words[..], &[("stap", "vastleggen")]].concat()).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page);
    let own = format!("/mijn{path}");
    let list = street.page(applicants, &own).await;
    let (_, asked) = list.split_once("id=\"aanvulling\"").expect("what is asked");
    let (asked, _) = asked.split_once("</section>").unwrap();
    for code in ["M14", "M18"] {
        assert!(asked.contains(&format!("href=\"{own}/eisen/{code}\"")), "{code}: {asked}");
        let page = street.page(applicants, &format!("{own}/eisen/{code}")).await;
        assert!(page.contains("/verklaring\"") && page.contains("Wie is de vertrouwenspersoon?"), "{code}: {page}");
    }
    assert!(asked.contains("Zo rekenen wij: 14 dagen na"), "{asked}");
    assert!(!asked.contains("/stappen/organisatie"), "{asked}");
    let stated = [("verklaring", "R. Jansen, te bereiken op het kantoor.")];
    let stated = street.post(applicants, &format!("{own}/eisen/M14/verklaring"), &[("versie", "1"), stated[0]]).await;
    assert_eq!(stated.status, StatusCode::SEE_OTHER, "{}", stated.page);
    let check = street.page(applicants, &format!("{own}/indienen")).await;
    assert!(check.contains(&format!("href=\"{own}/eisen/M14\"")), "{check}");
    let version = version_on(&check);
    let sent = [("sleutel", "0123456789abcdef"), ("versie", version.as_str())];
    let done = street.post(applicants, &format!("{own}/indienen"), &sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert_eq!(street.application(&applicant).state, ApplicationState::UnderReview);
}
