//! Pictures of pages (paginabeelden): drawn apart, kept, and never at the cost of the house.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use openhouse::evidence::check::Refusal;
use openhouse::house::uploads::Scan;

use super::corpus::hostile;
use super::corpus::make::{pdf, png};
use super::firm::{Firm, LIST, PROGRAM};

async fn sent(firm: &Firm, name: &str, file: &[u8]) -> String {
    assert_eq!(firm.send(LIST, &[("sleutel", name)], &[(name, file)]).await.status, 303);
    format!("/aanbieders/1001/bewijs/{}/paginas", firm.pieces()[0].versions[0].key)
}

#[actix_web::test]
async fn a_page_of_a_pdf_is_a_picture_that_is_made_once() {
    let firm = Firm::ordinary();
    let pages = sent(&firm, "polis.pdf", &pdf("", &[])).await;
    let first = firm.get(&format!("{pages}/1")).await;
    assert_eq!((first.status.as_u16(), first.header("content-type")), (200, "image/png"));
    // 200 points at 150 dots to the inch.
    assert_eq!(&first.bytes[..8], b"\x89PNG\r\n\x1A\n");
    assert_eq!(u32::from_be_bytes(first.bytes[16..20].try_into().unwrap()), 416);
    assert_eq!(firm.get_as_other(&format!("{pages}/1")).await.status, 404);
    // Without a program that could draw, the picture that was kept is given.
    let firm = firm.with(Scan::Off, Path::new("/bin/false"));
    assert_eq!(firm.get(&format!("{pages}/1")).await.bytes, first.bytes);
}

#[actix_web::test]
async fn there_is_no_picture_of_what_has_no_such_page() {
    let firm = Firm::ordinary();
    let pages = sent(&firm, "polis.pdf", &pdf("", &[])).await;
    for number in ["0", "2", "21", "4294967295"] {
        assert_eq!(firm.get(&format!("{pages}/{number}")).await.status, 404, "page {number}");
    }
}

#[actix_web::test]
async fn a_picture_is_its_own_and_only_page() {
    let firm = Firm::ordinary();
    let pages = sent(&firm, "foto.png", &png(1, 1, b"")).await;
    assert_eq!(firm.get(&format!("{pages}/1")).await.status, 200);
    for number in ["0", "2"] {
        assert_eq!(firm.get(&format!("{pages}/{number}")).await.status, 404, "page {number}");
    }
}

#[actix_web::test]
async fn a_file_that_breaks_its_reader_is_refused_and_the_house_stands() {
    let firm = Firm::ordinary().with(Scan::Off, Path::new("/bin/false"));
    let answered = firm.send(LIST, &[("sleutel", "k1")], &[("polis.pdf", &pdf("", &[]))]).await;
    assert_eq!(answered.status, 422);
    assert!(answered.text.contains(&Refusal::NotChecked.message(openhouse::text::Lang::Nl)), "{}", answered.text);
    assert_eq!((firm.pieces().len(), firm.files_on_disk()), (0, 0));
}

#[actix_web::test]
async fn a_file_that_holds_its_reader_for_ever_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let sleeper = folder.path().join("sleeper");
    std::fs::write(&sleeper, "#!/bin/sh\nexec /bin/sleep 600\n").unwrap();
    std::fs::set_permissions(&sleeper, std::fs::Permissions::from_mode(0o755)).unwrap();
    let firm = Firm::ordinary().with(Scan::Off, &sleeper);
    let began = Instant::now();
    let answered = firm.send(LIST, &[("sleutel", "k1")], &[("polis.pdf", &pdf("", &[]))]).await;
    assert_eq!(answered.status, 422);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

/// The process by itself, on everything of the corpus that is called a PDF: a picture, or an orderly failure in time.
#[test]
fn drawing_a_hostile_file_ends_in_time() {
    for case in hostile().into_iter().filter(|case| case.name.ends_with(".pdf")) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, &case.bytes).unwrap();
        let hash = openhouse::ids::Sha256Hex::of(&case.bytes);
        let began = Instant::now();
        let ended = std::process::Command::new(PROGRAM)
            .args(["apart", "page", "1", hash.as_str()])
            .stdin(std::fs::File::open(&file).unwrap())
            .stderr(std::process::Stdio::null())
            .output()
            .unwrap();
        assert!(began.elapsed() < Duration::from_secs(14), "{}: {:?}", case.what, began.elapsed());
        if ended.status.success() {
            assert!(ended.stdout.starts_with(b"\x89PNG"), "{}: neither a picture nor a failure", case.what);
        }
    }
}
