//! Files that are sent for a criterion: stored as evidence of the provider, and shown for that criterion at once.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::schema::shown_evidence;

use super::Street;
use crate::evidence::corpus::make::{pdf, pdf_with, stream};
use crate::evidence::firm::form;

fn shown(street: &Street) -> Vec<String> {
    let codes: QueryResult<Vec<String>> = street.ground.db.read(|conn| {
        shown_evidence::table.filter(shown_evidence::taken_back_at.is_null()).select(shown_evidence::code).load(conn)
    });
    codes.unwrap()
}

#[actix_web::test]
async fn the_good_file_is_shown_for_the_criterion_and_the_bad_one_is_told() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let page = format!("{}/eisen/M07", street.dossier());
    let empty = street.get(Some(&cookie), &page).await.text;
    assert!(empty.contains("data-upload") && empty.contains("multipart/form-data"), "{empty}");

    let (good, bad) = (pdf("", &[]), pdf("/OpenAction 4 0 R", &["<< /S /JavaScript /JS (x) >>"]));
    let path = format!("{page}/bestanden");
    let both = [("polis.pdf", &good[..]), ("formulier.pdf", &bad)];
    let half = street.send(Some(&cookie), form(&path, &[("sleutel", "k1"), ("naam", "Polis 2027")], &both)).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", half.text);
    assert!(half.text.contains("JavaScript") && half.text.contains("Polis 2027 – polis"), "{}", half.text);
    assert_eq!(shown(&street), ["M07"]);

    // The same form once more without the bad file: nothing is stored or shown twice.
    let again = street.send(Some(&cookie), form(&path, &[("sleutel", "k1")], &both[..1])).await;
    assert_eq!((again.status, again.to.as_str()), (StatusCode::SEE_OTHER, format!("{page}?ontvangen=1").as_str()));
    assert_eq!(shown(&street), ["M07"]);
    assert!(street.get(Some(&cookie), &again.to).await.text.contains("Uw bestand is bewaard."));
}

#[actix_web::test]
async fn the_script_sends_a_file_at_a_time_and_many_belong_to_one_criterion() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let path = format!("{}/eisen/M07/bestanden", street.dossier());
    for (place, text) in ["een", "twee", "drie"].into_iter().enumerate() {
        let (key, name) = (format!("k-{place}"), format!("{text}.pdf"));
        let file = pdf_with("", &[stream("", text.as_bytes())]);
        let request = form(&path, &[("sleutel", &key), ("meer", "ja")], &[(&name, &file)]);
        let told = street.send(Some(&cookie), request.insert_header(("accept", "application/json"))).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.text);
        assert!(told.text.contains("\"stored\":true"), "{}", told.text);
    }
    assert_eq!(shown(&street), ["M07", "M07", "M07"]);
}

#[actix_web::test]
async fn what_is_missing_not_open_or_not_his_is_told_and_nothing_is_stored() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (page, good) = (format!("{}/eisen", street.dossier()), pdf("", &[]));
    let files = [("polis.pdf", &good[..])];
    let none = street.send(Some(&cookie), form(&format!("{page}/M07/bestanden"), &[("sleutel", "k1")], &[])).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
    assert!(none.text.contains("Kies een of meer bestanden."), "{}", none.text);
    // A criterion that asks for a tick takes no file.
    let tick = street.send(Some(&cookie), form(&format!("{page}/M18/bestanden"), &[("sleutel", "k1")], &files)).await;
    assert_eq!(tick.status, StatusCode::CONFLICT, "{}", tick.text);
    let other = street.newcomer("kim@ander.example", "90001043").await;
    let theirs = street.send(Some(&other), form(&format!("{page}/M07/bestanden"), &[("sleutel", "k1")], &files)).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    assert_eq!(shown(&street), Vec::<String>::new());
}
