//! The evidence in the workbench: pictures of its pages, and the file to save; for nobody else.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::evidence::store::{NewEvidence, NewVersion, add, add_version, find_version};
use openhouse::evidence::{Dates, MediaType, VersionState};
use openhouse::schema::{audit_event, evidence_version};

use super::street::Street;
use crate::dossier::town::{Applicant, Town, at, hand_in, read, show, write};
use crate::evidence::corpus::make::pdf;

/// A real PDF of one page, shown for M09 and not handed in yet; where it stands for the municipality, and the bytes.
fn with_a_policy(street: &Street) -> (Applicant, String, Vec<u8>) {
    let db = street.db();
    let applicant = street.town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let bytes = pdf("", &[]);
    let file = street.house.files.put(&bytes).unwrap();
    let id = write(db, |conn| {
        let new = NewEvidence { provider_id: applicant.started.provider_id, title: "Polis 2027".into() };
        let piece = add(conn, &applicant.actor, at("2026-11-16"), &new)?;
        let version = NewVersion {
            file,
            label: "polis \"2027\".pdf".into(),
            media_type: MediaType::Pdf,
            size: bytes.len() as i64,
            pages: Some(1),
            dates: Dates::default(),
            state: VersionState::Clean,
            flags: vec![],
            submission: None,
        };
        Ok(add_version(conn, &applicant.actor, at("2026-11-16"), piece, &version)?)
    });
    show(db, &applicant, "M09", id);
    let key = read(db, |conn| find_version(conn, &applicant.actor, id)).unwrap().key;
    let path = format!("/aanmeldingen/{}/bewijs/{key}", street.application(&applicant).number);
    (applicant, path, bytes)
}

#[actix_web::test]
async fn an_assessor_sees_pictures_of_the_pages_and_can_save_the_file() {
    let street = Street::new();
    let (applicant, path, bytes) = with_a_policy(&street);
    let assessor = &street.town.assessor;
    assert_eq!(street.get(assessor, &format!("{path}/bestand")).await.status, StatusCode::NOT_FOUND, "a draft");
    hand_in(street.db(), &applicant, "sleutel-1").unwrap();
    let number = street.application(&applicant).number;

    let page = street.page(assessor, &format!("/aanmeldingen/{number}/eisen/M09")).await;
    let picture = |number: u32| format!("src=\"{path}/paginas/{number}\"");
    assert!(page.contains(&picture(1)) && !page.contains(&picture(2)), "{page}");
    assert!(page.contains(&format!("href=\"{path}/bestand\" download")), "{page}");
    assert!(page.contains("alt=\"Pagina 1 van polis &#34;2027&#34;.pdf\""), "{page}");
    let picture = street.get(assessor, &format!("{path}/paginas/1")).await;
    assert_eq!((picture.status, picture.kind.as_str()), (StatusCode::OK, "image/png"));
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    let file = street.get(assessor, &format!("{path}/bestand")).await;
    assert_eq!((file.kind.as_str(), file.bytes), ("application/pdf", bytes));
    for gone in ["paginas/0", "paginas/2"] {
        assert_eq!(street.get(assessor, &format!("{path}/{gone}")).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    for action in ["evidence.look", "evidence.download"] {
        let lines: Vec<(String, String)> = read(street.db(), |conn| {
            let found = audit_event::table.filter(audit_event::action.eq(action));
            found.select((audit_event::actor, audit_event::object)).load(conn)
        });
        let object = format!("application/{number}/evidence-version/");
        let own = lines.iter().filter(|(by, of)| by == "Karim El Idrissi" && of.starts_with(&object));
        assert_eq!(own.count(), 1, "{action}: {lines:?}");
    }
}

#[actix_web::test]
async fn evidence_is_not_there_for_who_was_not_shown_it_or_while_it_is_not_found_good() {
    let street = Street::new();
    let (applicant, path, _) = with_a_policy(&street);
    hand_in(street.db(), &applicant, "sleutel-1").unwrap();
    let (_, other) = street.handed_in("Iris Mulder", "87654321", "Stap Vooruit B.V.");
    let elsewhere = Town::settle(street.db(), "Zuidermeer");
    let (_, key) = path.split_once("/bewijs/").unwrap();
    for what in ["bestand", "paginas/1"] {
        let with_another = format!("{other}/bewijs/{key}/{what}");
        assert_eq!(street.get(&street.town.assessor, &with_another).await.status, StatusCode::NOT_FOUND);
        let abroad = street.get(&elsewhere.assessor, &format!("{path}/{what}")).await;
        assert_eq!(abroad.status, StatusCode::NOT_FOUND, "another municipality");
    }

    // A later look of the virus scanner found something in it.
    write(street.db(), |conn| {
        let all = diesel::update(evidence_version::table).set(evidence_version::state.eq(VersionState::Infected));
        Ok(all.execute(conn)?)
    });
    let number = street.application(&applicant).number;
    let page = street.page(&street.town.assessor, &format!("/aanmeldingen/{number}/eisen/M09")).await;
    assert!(page.contains("Geblokkeerd: er zit een virus in") && !page.contains(&path), "{page}");
    for what in ["bestand", "paginas/1"] {
        let blocked = street.get(&street.town.assessor, &format!("{path}/{what}")).await;
        assert_eq!(blocked.status, StatusCode::NOT_FOUND, "{what}");
    }
}
