//! The virus scanner, played by a thread that speaks as clamd does: clean, infected, silent, gone.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use openhouse::evidence::VersionState;
use openhouse::evidence::scan::{look, scan_waiting};
use openhouse::files::Files;
use openhouse::house::uploads::Scan;

use super::corpus::make::pdf;
use super::firm::{Firm, LIST, PROGRAM};

/// A scanner that answers every file so, after so long, and its address. It stands until the test ends.
fn scanner(answer: &'static str, after: Duration) -> Scan {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut command = [0; 10];
            connection.read_exact(&mut command).unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            loop {
                let mut length = [0; 4];
                connection.read_exact(&mut length).unwrap();
                let mut piece = vec![0; u32::from_be_bytes(length) as usize];
                connection.read_exact(&mut piece).unwrap();
                if piece.is_empty() {
                    break;
                }
            }
            std::thread::sleep(after);
            // Who lost his patience has gone.
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    Scan::Required(address)
}

const AT_ONCE: Duration = Duration::ZERO;

async fn sent(scan: Scan) -> (Firm, u16) {
    let firm = Firm::new(scan, |folder| Files::open(folder).unwrap());
    let good = pdf("", &[]);
    let answered = firm.send(LIST, &[("sleutel", "k1")], &[("polis.pdf", &good)]).await;
    (firm, answered.status.as_u16())
}

#[test]
fn every_answer_of_the_scanner_is_understood() {
    let patience = Duration::from_millis(500);
    let said = |answer| look(&scanner(answer, AT_ONCE), b"x", patience);
    assert_eq!(look(&Scan::Off, b"x", patience), VersionState::Received);
    assert_eq!(said("stream: OK\0"), VersionState::Clean);
    assert_eq!(said("stream: Win.Test.EICAR_HDB-1 FOUND\0"), VersionState::Infected);
    assert_eq!(said("INSTREAM size limit exceeded. ERROR\0"), VersionState::WaitsForScan);
    assert_eq!(said(""), VersionState::WaitsForScan);
    assert_eq!(look(&scanner("stream: OK\0", Duration::from_secs(5)), b"x", patience), VersionState::WaitsForScan);
    assert_eq!(look(&Scan::Required("127.0.0.1:1".into()), b"x", patience), VersionState::WaitsForScan);
}

#[actix_web::test]
async fn a_clean_file_may_be_opened_at_once() {
    let (firm, status) = sent(scanner("stream: OK\0", AT_ONCE)).await;
    assert_eq!(status, 303);
    assert_eq!(firm.pieces()[0].versions[0].state, VersionState::Clean);
}

#[actix_web::test]
async fn an_infected_file_is_refused_and_not_kept() {
    let (firm, status) = sent(scanner("stream: Eicar FOUND\0", AT_ONCE)).await;
    assert_eq!((status, firm.pieces().len(), firm.files_on_disk()), (422, 0, 0));
}

#[actix_web::test]
async fn what_was_not_scanned_waits_and_is_given_to_nobody_until_it_was() {
    let (firm, status) = sent(Scan::Required("127.0.0.1:1".into())).await;
    assert_eq!(status, 303);
    let version = firm.pieces()[0].versions[0].clone();
    assert_eq!(version.state, VersionState::WaitsForScan);
    let address = format!("/aanbieders/1001/bewijs/{}", version.key);
    for part in ["bestand", "paginas/1"] {
        assert_eq!(firm.get(&format!("{address}/{part}")).await.status, 404);
    }
    assert!(firm.get(LIST).await.text.contains("Wacht op virusscan"));
    // The scanner is still away: it goes on waiting.
    assert_eq!(scan_waiting(&firm.house, Duration::from_millis(200)).unwrap(), 0);
    assert_eq!(firm.pieces()[0].versions[0].state, VersionState::WaitsForScan);
}

#[actix_web::test]
async fn the_worker_judges_what_waits_once_the_scanner_answers() {
    for (answer, state, status) in
        [("stream: OK\0", VersionState::Clean, 200), ("stream: Eicar FOUND\0", VersionState::Infected, 404)]
    {
        // It is too slow for the screen, and not for the worker.
        let (firm, sent) = sent(Scan::Required("127.0.0.1:1".into())).await;
        assert_eq!(sent, 303);
        let firm = firm.with(scanner(answer, Duration::from_millis(300)), PROGRAM.as_ref());
        assert_eq!(scan_waiting(&firm.house, Duration::from_secs(10)).unwrap(), 1);
        let version = firm.pieces()[0].versions[0].clone();
        assert_eq!(version.state, state);
        let file = firm.get(&format!("/aanbieders/1001/bewijs/{}/bestand", version.key)).await;
        assert_eq!(file.status, status);
    }
}
