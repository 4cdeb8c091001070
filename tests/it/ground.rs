//! What every test that needs a database stands on: an empty one, on each backend.

use chrono::NaiveDateTime;
use openhouse::db::Db;
use openhouse::vault::Vault;

/// A database of its own, thrown away with the value.
pub struct Ground {
    pub db: Db,
    pub backend: &'static str,
    /// As the configuration names it.
    pub url: String,
    /// Keeps the file of an SQLite database alive.
    _folder: tempfile::TempDir,
}

/// An empty SQLite database, and an empty PostgreSQL one when `OPENHOUSE_TEST_POSTGRES` names a server.
pub fn every() -> Vec<Ground> {
    let mut grounds = vec![sqlite()];
    grounds.extend(std::env::var("OPENHOUSE_TEST_POSTGRES").ok().map(|server| postgres(&server)));
    grounds
}

pub fn sqlite() -> Ground {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Ground { db: Db::open(&url).expect("SQLite opens"), backend: "sqlite", url, _folder: folder }
}

#[cfg(feature = "postgres")]
fn postgres(server: &str) -> Ground {
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    static COUNT: AtomicU32 = AtomicU32::new(0);
    // Numbers of processes come round again while the server runs on.
    let moment = std::time::UNIX_EPOCH.elapsed().expect("it is after 1970").as_nanos();
    let name = format!("t{}_{}_{moment}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut admin = diesel::PgConnection::establish(server).expect("the PostgreSQL of tests/run answers");
    admin.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database can be made");
    let (before, _) = server.rsplit_once('/').expect("the address ends with a database");
    let url = format!("{before}/{name}");
    let db = Db::open(&url).expect("PostgreSQL opens");
    Ground { db, backend: "postgres", url, _folder: tempfile::tempdir().expect("a temporary folder") }
}

#[cfg(not(feature = "postgres"))]
fn postgres(_: &str) -> Ground {
    panic!("OPENHOUSE_TEST_POSTGRES is set, but the tests were built without the feature `postgres`")
}

/// A vault with a key of its own.
pub fn vault() -> Vault {
    Vault::with_keys(&"5f".repeat(32)).expect("it is a key")
}

/// A moment at which tests happen, in UTC.
pub fn now() -> NaiveDateTime {
    "2026-11-02T09:30:00".parse().expect("a moment")
}
