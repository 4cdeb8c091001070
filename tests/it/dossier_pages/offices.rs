//! What the office sees of an applicant, what it may not, and why.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user};
use openhouse::actor::{Actor, Role};
use openhouse::dossier::form::{Declaration, Filled};
use openhouse::dossier::review::NewVerdict;
use openhouse::dossier::{CriterionResult, drafting, review};
use openhouse::evidence::store::{NewEvidence, NewVersion, add, add_version, find_version};
use openhouse::evidence::{Dates, MediaType, VersionState};
use openhouse::schema::account;

use super::street::Street;
use crate::dossier::town::{Applicant, account as person, at, hand_in, read, refusable, show, write};

/// An application that tells of a reason to exclude it, handed in.
fn convicted(street: &Street) -> (Applicant, String) {
    let db = street.db();
    let applicant = street.town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let declared = Filled::Declaration(Declaration {
        no_exclusion_ground: false,
        explanation: "Veroordeeld voor fraude in 2024.".into(),
        suitable: true,
        complete_and_true: true,
    });
    let id = applicant.started.application;
    write(db, |conn| drafting::save(conn, &applicant.actor, at("2026-11-16"), id, 1, &declared));
    hand_in(db, &applicant, "sleutel-1").unwrap();
    let path = format!("/aanmeldingen/{}", street.application(&applicant).number);
    (applicant, path)
}

#[actix_web::test]
async fn what_the_applicant_filled_in_is_read_in_the_office_and_an_exclusion_ground_is_told_at_once() {
    let street = Street::new();
    let (_, path) = convicted(&street);
    let assessor = &street.town.assessor;
    let queue = street.page(assessor, "/werkvoorraad").await;
    assert!(queue.contains("Meldt een reden om uit te sluiten"), "{queue}");
    let dossier = street.page(assessor, &path).await;
    let link = format!("{path}/gegevens");
    assert!(dossier.contains("Veroordeeld voor fraude in 2024.") && dossier.contains(&link), "{dossier}");
    let page = street.page(assessor, &link).await;
    let wanted = [
        "Gegevens van de aanvraag",
        "stichting",
        "Dorpsstraat 1, 1234 AB Noordermeer",
        "0500 000 001",
        "directeur",
        "Uit het Handelsregister",
        "Hoofdlocatie",
        "RE-JH",
        "De aanbieder meldt een reden om uit te sluiten",
        "Veroordeeld voor fraude in 2024.",
    ];
    for words in wanted {
        assert!(page.contains(words), "{words}: {page}");
    }
    let report = street.page(assessor, &format!("{path}/dossierrapport")).await;
    assert!(report.contains("Veroordeeld voor fraude in 2024.") && report.contains("Eigen verklaring"), "{report}");
    let letter = street.page(assessor, &format!("{path}/brieven/ontvangst-1")).await;
    assert!(letter.contains("Wie tekent") && letter.contains("Veroordeeld voor fraude in 2024."), "{letter}");
}

#[actix_web::test]
async fn a_button_that_is_not_for_you_is_not_there_and_the_reason_is() {
    let street = Street::new();
    let db = street.db();
    let decider = &street.town.decider;
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let id = applicant.started.application;
    let row = read(db, |conn| review::rows(conn, assessor, &[id])).into_iter().find(|row| row.code == "M13").unwrap();
    let before = Actor::of_municipality("Hans Smit", Role::Assessor, street.town.tenant, "192.0.2.1")
        .with_account(decider.account_id().unwrap());
    let met = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
    refusable(db, |conn| review::judge(conn, &before, at("2026-11-18"), row.id, row.version, &met)).unwrap();
    street.town.judge_all(db, &applicant, CriterionResult::NotMet);

    // Toelaten is refused while a knock-out is not met, and the criterion has its name.
    let advice = format!("{path}/handelingen/advies");
    let admit = [("voorstel", "admitted"), ("woorden", "Goed."), ("stap", "controleren")];
    let refused = street.fill(assessor, &advice, &admit).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let named = refused.page.split("voldoet nog niet aan: ").nth(1).expect("the criteria are named");
    assert!(named.starts_with("M0") && !named[3..].starts_with(['<', ',', '.']), "{}", &named[..60]);
    let refuse = [("voorstel", "refused"), ("woorden", "Nee."), ("stap", "vastleggen")];
    assert_eq!(street.fill(assessor, &advice, &refuse).await.status, StatusCode::SEE_OTHER);

    let page = street.page(decider, &path).await;
    assert!(page.contains("U hebt een eis van deze aanmelding beoordeeld"), "{page}");
    assert!(!page.contains("handelingen/toelaten") && !page.contains("handelingen/afwijzen"), "{page}");
    let queue = street.page(decider, "/werkvoorraad").await;
    assert!(queue.contains("Bij uw collega’s") && !queue.contains("Werkvoorraad (1)"), "{queue}");
}

#[actix_web::test]
async fn who_works_for_the_provider_reads_why_he_may_not() {
    let street = Street::new();
    let db = street.db();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(&street.town.colleague, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let ended = at("2026-11-01");
    write(db, |conn| {
        let email: String = account::table.find(assessor.account_id().unwrap()).select(account::email).first(conn)?;
        let provider_id = Some(applicant.started.provider_id);
        let role = Role::ProviderUser;
        let new =
            NewUser { name: assessor.name(), email: &email, role, municipality_id: street.town.tenant, provider_id };
        let grant = add_user(conn, &street.town.system, at("2026-01-05"), &new)?;
        use openhouse::schema::role_grant;
        diesel::update(role_grant::table.find(grant)).set(role_grant::ended_at.eq(ended)).execute(conn)?;
        Ok(())
    });
    let page = street.page(assessor, &path).await;
    assert!(page.contains("U hebt een rol bij deze aanbieder") && !page.contains("/handelingen/advies"), "{page}");
    let criterion = street.page(assessor, &format!("{path}/eisen/M13")).await;
    assert!(criterion.contains("U hebt een rol bij deze aanbieder"), "{criterion}");
    assert!(!criterion.contains("name=\"oordeel\""), "{criterion}");
}

#[actix_web::test]
async fn a_verdict_without_a_reason_does_not_hold_longer_than_the_evidence() {
    let street = Street::new();
    let (_, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let place = format!("{path}/eisen/M13");
    let page = street.page(assessor, &place).await;
    assert!(page.contains("name=\"geldig_tot\" value=\"2027-10-01\""), "the end of the file is filled in: {page}");
    let judged = |until| [("rij", "aanmelding"), ("oordeel", "met"), ("motivering", ""), ("geldig_tot", until)];
    let past = street.fill(assessor, &place, &judged("2020-01-01")).await;
    assert_eq!(past.status, StatusCode::BAD_REQUEST);
    assert!(past.page.contains("1 januari 2020 is al voorbij") && past.page.contains("href=\"#geldig_tot\""));
    let beyond = street.fill(assessor, &place, &judged("2029-10-01")).await;
    assert_eq!(beyond.status, StatusCode::BAD_REQUEST);
    assert!(beyond.page.contains("Het bewijs geldt tot en met 1 oktober 2027"), "{}", beyond.page);
    assert!(beyond.page.contains("value=\"2029-10-01\""), "what was typed stays");
}

#[actix_web::test]
async fn what_was_found_wanting_is_ticked_and_filled_in_when_a_supplement_is_asked() {
    let street = Street::new();
    let (_, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let fields = [
        ("rij", "aanmelding"),
        ("oordeel", "repair_asked"),
        ("motivering", "Stuur het certificaat van uzelf."),
        ("geldig_tot", ""),
    ];
    let judged = street.fill(assessor, &format!("{path}/eisen/M09"), &fields).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.page);
    let page = street.page(assessor, &format!("{path}/aanvulling")).await;
    assert!(page.contains("value=\"criterion/M09\" checked"), "{page}");
    assert!(page.contains("value=\"Stuur het certificaat van uzelf.\""), "{page}");
    assert!(!page.contains("value=\"criterion/M13\" checked"), "{page}");
}

#[actix_web::test]
async fn what_was_not_taken_up_is_in_no_row_of_the_workbench() {
    let street = Street::new();
    let (_, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let (_, other) = street.handed_in("Iris Mulder", "87654321", "Stap Vooruit B.V.");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let page = street.page(assessor, &format!("{path}/eisen/M13?rij=alles")).await;
    assert!(!page.contains(&format!("{other}/eisen/")), "it cannot be judged yet: {page}");
}

/// A picture of one pixel, shown for M09 and handed in.
fn with_a_picture(street: &Street) -> (String, Vec<u8>) {
    let db = street.db();
    let applicant = street.town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let bytes = b"\x89PNG\r\n\x1A\nnot looked at here".to_vec();
    let file = street.house.files.put(&bytes).unwrap();
    let id = write(db, |conn| {
        let new = NewEvidence { provider_id: applicant.started.provider_id, title: "Foto van het keurmerk".into() };
        let piece = add(conn, &applicant.actor, at("2026-11-16"), &new)?;
        let version = NewVersion {
            file,
            label: "keurmerk.png".into(),
            media_type: MediaType::Png,
            size: bytes.len() as i64,
            pages: None,
            dates: Dates::default(),
            state: VersionState::Clean,
            flags: vec![],
            submission: None,
        };
        Ok(add_version(conn, &applicant.actor, at("2026-11-16"), piece, &version)?)
    });
    show(db, &applicant, "M09", id);
    hand_in(db, &applicant, "sleutel-1").unwrap();
    let key = read(db, |conn| find_version(conn, &applicant.actor, id)).unwrap().key;
    (format!("/aanmeldingen/{}/bewijs/{key}", street.application(&applicant).number), bytes)
}

#[actix_web::test]
async fn a_picture_is_shown_as_one_and_no_browser_keeps_it() {
    let street = Street::new();
    let (path, bytes) = with_a_picture(&street);
    let assessor = &street.town.assessor;
    let (dossier, _) = path.split_once("/bewijs/").unwrap();
    let page = street.page(assessor, &format!("{dossier}/eisen/M09")).await;
    assert!(page.contains(&format!("src=\"{path}/paginas/1\"")), "{page}");
    let picture = street.get(assessor, &format!("{path}/paginas/1")).await;
    assert_eq!((picture.status, picture.kind.as_str(), &picture.bytes), (StatusCode::OK, "image/png", &bytes));
    assert_eq!(picture.kept, "no-store", "whoever signs out leaves nothing behind");
    assert_eq!(picture.policy, "default-src 'none'; sandbox");
    assert_eq!(street.get(assessor, &format!("{path}/paginas/2")).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn who_only_looks_opens_no_evidence() {
    let street = Street::new();
    let (path, _) = with_a_picture(&street);
    let viewer = write(street.db(), |conn| Ok(person(conn, street.town.tenant, Role::Viewer, "Anke Jansen")));
    let (dossier, _) = path.split_once("/bewijs/").unwrap();
    let page = street.page(&viewer, &format!("{dossier}/eisen/M09")).await;
    assert!(page.contains("Foto van het keurmerk") && !page.contains(&path), "{page}");
    for what in ["bestand", "paginas/1"] {
        assert_eq!(street.get(&viewer, &format!("{path}/{what}")).await.status, StatusCode::FORBIDDEN, "{what}");
    }
}
