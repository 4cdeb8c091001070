//! Sending files in and getting them back: good ones stored, bad ones told, nothing twice, nothing to strangers.

use openhouse::evidence::VersionState;

use super::corpus::make::{pdf, pdf_with, png, stream};
use super::firm::{Firm, LIST};

#[actix_web::test]
async fn good_files_are_stored_and_bad_ones_told_with_what_was_typed_kept() {
    let firm = Firm::ordinary();
    let (good, bad) = (pdf("", &[]), pdf("/OpenAction 4 0 R", &["<< /S /JavaScript /JS (x) >>"]));
    let fields = [("sleutel", "k1"), ("naam", "Polis"), ("documentdatum", "2026-11-02"), ("geldig_tot", "31-12-2027")];
    let files = [("polis.pdf", &good[..]), ("formulier.pdf", &bad), ("foto.png", &png(1, 1, b""))];
    let answered = firm.send(LIST, &fields, &files).await;
    assert_eq!(answered.status, 422, "{}", answered.text);
    assert!(answered.text.contains("JavaScript") && answered.text.contains("value=\"Polis\""), "{}", answered.text);
    let pieces = firm.pieces();
    let titles: Vec<&str> = pieces.iter().map(|piece| piece.title.as_str()).collect();
    assert_eq!(titles, ["Polis – foto", "Polis – polis"]);
    let version = pieces[1].newest().unwrap();
    assert_eq!((version.pages, version.state), (Some(1), VersionState::Received));
    assert_eq!(version.dates.valid_until, "2027-12-31".parse().ok());
    assert_eq!(firm.files_on_disk(), 2);
}

#[actix_web::test]
async fn all_good_leads_to_the_list_and_a_second_press_stores_nothing_twice() {
    let firm = Firm::ordinary();
    let good = pdf("", &[]);
    for _ in 0..2 {
        let answered = firm.send(LIST, &[("sleutel", "k1")], &[("polis.pdf", &good), ("keurmerk.pdf", &good)]).await;
        assert_eq!(
            (answered.status.as_u16(), answered.header("location")),
            (303, "/aanbieders/1001/bewijsstukken?ontvangen=2")
        );
        assert_eq!(firm.pieces().len(), 2);
    }
    let list = firm.get(&format!("{LIST}?ontvangen=2")).await;
    assert!(list.text.contains("2 bestanden opgeslagen") && list.text.contains("keurmerk"), "{}", list.text);
}

#[actix_web::test]
async fn fifty_presses_at_once_with_one_key_make_one_piece() {
    let firm = Firm::ordinary();
    let good = pdf("", &[]);
    let (fields, files) = ([("sleutel", "k1")], [("polis.pdf", &good[..])]);
    let presses = (0..50).map(|_| firm.send(LIST, &fields, &files));
    let answered = futures_util::future::join_all(presses).await;
    assert!(
        answered.iter().all(|one| one.status == 303),
        "{:?}",
        answered.iter().map(|one| one.status).collect::<Vec<_>>()
    );
    assert_eq!(firm.pieces().len(), 1);
}

#[actix_web::test]
async fn a_form_with_faults_comes_back_whole() {
    let firm = Firm::ordinary();
    let none = firm.send(LIST, &[("sleutel", "k1"), ("naam", "Polis"), ("geldig_tot", "morgen")], &[]).await;
    assert_eq!(none.status, 400);
    for kept in ["value=\"Polis\"", "value=\"morgen\"", "id=\"bestand-fout\"", "id=\"geldig_tot-fout\""] {
        assert!(none.text.contains(kept), "{kept} is missing in {}", none.text);
    }
    let told = firm.send_by_script(LIST, &[("sleutel", "k1"), ("geldig_tot", "morgen")], &[("a.pdf", b"x")]).await;
    let told: serde_json::Value = serde_json::from_slice(&told.bytes).unwrap();
    assert_eq!(told["errors"].as_array().map(Vec::len), Some(1));
    assert!(firm.pieces().is_empty());
}

#[actix_web::test]
async fn the_script_is_told_about_each_file() {
    let firm = Firm::ordinary();
    let answered = firm.send_by_script(LIST, &[("sleutel", "k1-0")], &[("polis.exe", b"MZ")]).await;
    let told: serde_json::Value = serde_json::from_slice(&answered.bytes).unwrap();
    assert_eq!((answered.status.as_u16(), &told["files"][0]["stored"]), (422, &false.into()));
    assert!(told["files"][0]["message"].as_str().unwrap().contains("PDF, JPG, PNG"));
    let page = firm.get(LIST).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && policy.contains("connect-src 'self'"), "{policy}");
}

#[actix_web::test]
async fn a_newer_file_becomes_a_version_until_the_piece_is_withdrawn() {
    let firm = Firm::ordinary();
    let good = pdf("", &[]);
    firm.send(LIST, &[("sleutel", "k1")], &[("polis-2026.pdf", &good)]).await;
    let here = format!("{LIST}/{}", firm.pieces()[0].key);
    let two = firm.send(&here, &[("sleutel", "k2")], &[("a.pdf", &good), ("b.pdf", &good)]).await;
    assert_eq!(two.status, 400);
    let one = firm.send(&here, &[("sleutel", "k3")], &[("polis-2027.pdf", &good)]).await;
    assert_eq!(one.status, 303);
    let page = firm.get(&here).await;
    assert!(page.text.contains("Versie 2") && page.text.contains("polis-2026.pdf"), "{}", page.text);
    assert_eq!(firm.send(&format!("{here}/intrekken"), &[], &[]).await.status, 303);
    assert_eq!(firm.send(&here, &[("sleutel", "k4")], &[("polis-2028.pdf", &good)]).await.status, 404);
    assert_eq!(firm.pieces()[0].versions.len(), 2);
}

#[actix_web::test]
async fn a_file_goes_out_to_be_saved_and_to_nobody_else() {
    let firm = Firm::ordinary();
    let good = pdf("", &[]);
    firm.send(LIST, &[("sleutel", "k1")], &[("polis é.pdf", &good)]).await;
    let address = format!("/aanbieders/1001/bewijs/{}/bestand", firm.pieces()[0].versions[0].key);
    let file = firm.get(&address).await;
    assert_eq!((file.status.as_u16(), &file.bytes), (200, &good));
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"polis _.pdf\"; filename*=UTF-8''polis%20%C3%A9.pdf"
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(firm.get_as_other(&address).await.status, 404);
    assert_eq!(firm.get_as_other(&address.replace("1001", "1002")).await.status, 404);
}

#[actix_web::test]
async fn a_provider_stores_no_more_than_its_quota() {
    let firm = Firm::ordinary();
    let large = pdf_with("", &[stream("", &vec![b' '; 700_000])]);
    assert_eq!(firm.send(LIST, &[("sleutel", "k1")], &[("a.pdf", &large)]).await.status, 303);
    let second = firm.send(LIST, &[("sleutel", "k2")], &[("b.pdf", &large)]).await;
    assert_eq!(second.status, 422);
    assert!(second.text.contains("geen ruimte meer"), "{}", second.text);
    assert_eq!(firm.pieces().len(), 1);
}

#[actix_web::test]
async fn a_file_whose_name_holds_a_citizen_service_number_is_refused_and_nothing_is_kept() {
    let firm = Firm::ordinary();
    let good = pdf("", &[]);
    let sent = firm.send(LIST, &[("sleutel", "k1")], &[("vog 111222333.pdf", &good)]).await;
    assert_eq!(sent.status, 422);
    assert!(
        sent.text.contains("In de naam van het bestand") && sent.text.contains("burgerservicenummer"),
        "{}",
        sent.text
    );
    assert!(firm.pieces().is_empty());
}
