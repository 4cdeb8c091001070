//! The virus scanner (virusscanner): clamd, when it is configured. What it has not seen waits ("wacht op scan") and is
//! given to nobody; a worker comes back to it until the scanner answers.

use std::io::{self, ErrorKind};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use clamav_client::TransportProtocol;

use crate::actor::Actor;
use crate::evidence::VersionState;
use crate::evidence::store;
use crate::house::uploads::Scan;
use crate::house::{House, Turn};

/// Somebody waits at his screen for so long; after that the file waits for the worker.
pub const AT_THE_SCREEN: Duration = Duration::from_secs(5);

/// The worker has more patience: a scanner that loads its definitions is slow.
pub const BEHIND_THE_SCREEN: Duration = Duration::from_secs(60);

/// Between two rounds of the worker.
const ROUND: Duration = Duration::from_secs(10);

/// So many files are taken up in one round.
const AT_ONCE: i64 = 50;

/// What is known of these bytes: received without a scanner, clean, infected, or waiting because the scanner does not
/// answer in time.
pub fn look(scan: &Scan, bytes: &[u8], patience: Duration) -> VersionState {
    let Scan::Required(address) = scan else { return VersionState::Received };
    match ask(address, bytes, patience) {
        Ok(true) => VersionState::Clean,
        Ok(false) => VersionState::Infected,
        Err(cause) => {
            tracing::warn!(%cause, address, "the virus scanner gives no verdict");
            VersionState::WaitsForScan
        }
    }
}

/// Whether clamd calls it clean. Anything else than a clear yes or no is a fault, "size limit exceeded" among it.
fn ask(address: &str, bytes: &[u8], patience: Duration) -> io::Result<bool> {
    let answer = clamav_client::scan_buffer(bytes, Scanner { address, patience }, None)?;
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_end_matches(['\0', '\n']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(true),
        Some(found) if found.ends_with(" FOUND") => Ok(false),
        _ => Err(io::Error::other(format!("clamd said {answer:?}"))),
    }
}

struct Scanner<'a> {
    address: &'a str,
    patience: Duration,
}

impl TransportProtocol for Scanner<'_> {
    type Stream = TcpStream;

    fn connect(&self) -> io::Result<TcpStream> {
        let found = self.address.to_socket_addrs()?.next().ok_or(ErrorKind::NotFound)?;
        let stream = TcpStream::connect_timeout(&found, self.patience)?;
        stream.set_read_timeout(Some(self.patience))?;
        stream.set_write_timeout(Some(self.patience))?;
        Ok(stream)
    }
}

/// Scans everything that waits once, and tells how many got a verdict.
pub fn scan_waiting(house: &House, patience: Duration) -> Result<usize, Turn> {
    let waiting = house.db.read(|conn| Ok::<_, Turn>(store::waiting_for_scan(conn, AT_ONCE)?))?;
    let mut judged = 0;
    for (version_id, file) in waiting {
        let bytes = house.files.get(&file)?;
        let verdict = look(&house.uploads.scan, &bytes, patience);
        if verdict == VersionState::WaitsForScan {
            // It does not answer; the others would wait for it in vain.
            break;
        }
        let now = house.now();
        house.db.write(|conn| Ok::<_, Turn>(store::scanned(conn, &Actor::installer(), now, version_id, verdict)?))?;
        judged += 1;
    }
    Ok(judged)
}

/// Comes back to what waits for as long as the house stands. Does nothing when no scanner is configured and nothing
/// waits from the time that there was one.
pub fn keep_scanning(house: actix_web::web::Data<House>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(ROUND);
            if matches!(house.uploads.scan, Scan::Required(_))
                && let Err(turn) = scan_waiting(&house, BEHIND_THE_SCREEN)
            {
                tracing::error!(?turn, "files that wait for a scan could not be looked at");
            }
        }
    });
}
