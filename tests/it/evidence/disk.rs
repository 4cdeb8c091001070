//! A disk that is full or broken (volle of kapotte schijf): the answer says so, and nothing is written down.

use std::io;

use openhouse::files::Files;
use openhouse::house::uploads::Scan;

use super::corpus::make::pdf;
use super::firm::{Firm, LIST};

async fn sent_to(disk: fn(&std::fs::File) -> io::Result<()>) -> (Firm, u16, String) {
    let firm = Firm::new(Scan::Off, |folder| Files::open_on(folder, disk).unwrap());
    let good = pdf("", &[]);
    let answered = firm.send(LIST, &[("sleutel", "k1")], &[("a.pdf", &good), ("b.pdf", &good)]).await;
    (firm, answered.status.as_u16(), answered.text)
}

#[actix_web::test]
async fn a_full_disk_is_507_and_stores_nothing() {
    let (firm, status, text) = sent_to(|_| Err(io::ErrorKind::StorageFull.into())).await;
    assert_eq!(status, 507);
    assert!(text.contains("We kunnen nu niets opslaan") && text.contains("Er is niets opgeslagen"), "{text}");
    assert_eq!((firm.pieces().len(), firm.files_on_disk()), (0, 0));
}

#[actix_web::test]
async fn a_disk_that_breaks_its_promise_is_503_and_stores_nothing() {
    let (firm, status, text) = sent_to(|_| Err(io::Error::from_raw_os_error(5))).await;
    assert_eq!(status, 503);
    assert!(text.contains("We kunnen nu niets opslaan"), "{text}");
    assert_eq!((firm.pieces().len(), firm.files_on_disk()), (0, 0));
}
