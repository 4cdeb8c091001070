//! Brings the tables of a database up to date. The changes stand in `migrations/`, one folder each; `up.sql` is read by
//! both databases, `sqlite.sql` and `postgres.sql` hold what differs.

use chrono::Utc;
use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::Conn;

struct Change {
    name: &'static str,
    both: &'static str,
    #[cfg(feature = "sqlite")]
    sqlite: Option<&'static str>,
    #[cfg(feature = "postgres")]
    postgres: Option<&'static str>,
}

macro_rules! change {
    ($name:literal) => {
        change!($name, None, None)
    };
    ($name:literal, differs) => {
        change!(
            $name,
            Some(include_str!(concat!("../../migrations/", $name, "/sqlite.sql"))),
            Some(include_str!(concat!("../../migrations/", $name, "/postgres.sql")))
        )
    };
    ($name:literal, $sqlite:expr, $postgres:expr) => {
        Change {
            name: $name,
            both: include_str!(concat!("../../migrations/", $name, "/up.sql")),
            #[cfg(feature = "sqlite")]
            sqlite: $sqlite,
            #[cfg(feature = "postgres")]
            postgres: $postgres,
        }
    };
}

/// In the order in which they are carried out. A change that has landed is never edited; the next one mends it.
const CHANGES: &[Change] = &[
    change!("0001_ground", differs),
    change!("0002_people"),
    change!("0003_contract"),
    change!("0004_work"),
    change!("0005_judgement"),
    change!("0006_whole_and_once"),
    change!("0007_accounts"),
    change!("0008_mail", differs),
    change!("0009_evidence"),
    change!("0010_dossier", differs),
    change!("0011_letters"),
    change!("0012_client_names"),
    change!("0013_identity"),
    change!("0014_rounds"),
    change!("0015_agreement_text"),
    change!("0016_access_reason"),
    change!("0017_no_clients"),
    change!("0021_corrections"),
    change!("0022_consultation"),
    change!("0023_offers", differs),
    change!("0024_life"),
    change!("0025_catalogue"),
    change!("0026_planning"),
    change!("0027_confirmation"),
    change!("0028_hearing"),
    change!("0029_budget"),
    change!("0030_table_rules"),
    change!("0031_signing_rules"),
];

diesel::table! {
    migration (name) {
        name -> Text,
        applied_at -> Timestamp,
    }
}

/// Carries out what has not been carried out yet, all of it or nothing. Two processes that start at once wait for each
/// other: an immediate transaction on SQLite, an advisory lock on PostgreSQL.
pub fn run(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?;
            c.batch_execute(&format!("SELECT pg_advisory_xact_lock({})", super::WRITE_LOCK))?;
        }
    }
    super::finish(conn, |conn| {
        conn.batch_execute(
            "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY NOT NULL, applied_at TIMESTAMP NOT NULL)",
        )?;
        let done: Vec<String> = migration::table.select(migration::name).load(conn)?;
        for change in CHANGES.iter().filter(|change| !done.iter().any(|name| name == change.name)) {
            change.carry_out(conn)?;
            let row = (migration::name.eq(change.name), migration::applied_at.eq(Utc::now().naive_utc()));
            diesel::insert_into(migration::table).values(row).execute(conn)?;
        }
        Ok(())
    })
}

/// What has not been carried out yet.
pub fn pending(conn: &mut Conn) -> QueryResult<Vec<&'static str>> {
    let begun: bool = match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => {
            let there = "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration')";
            diesel::select(sql::<Bool>(there)).get_result(c)?
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => diesel::select(sql::<Bool>("to_regclass('migration') IS NOT NULL")).get_result(c)?,
    };
    let done: Vec<String> = match begun {
        true => migration::table.select(migration::name).load(conn)?,
        false => Vec::new(),
    };
    Ok(names().filter(|name| !done.iter().any(|done| done == name)).collect())
}

/// Every change, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHANGES.iter().map(|change| change.name)
}

impl Change {
    fn carry_out(&self, conn: &mut Conn) -> QueryResult<()> {
        match conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(c) => {
                c.batch_execute(self.both)?;
                self.sqlite.map_or(Ok(()), |more| c.batch_execute(more))
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => {
                c.batch_execute(&self.both.replace(COUNTED_ID, "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"))?;
                self.postgres.map_or(Ok(()), |more| c.batch_execute(more))
            }
        }
    }
}

/// A number that counts up by itself, as SQLite writes it; PostgreSQL has other words for it.
#[cfg(feature = "postgres")]
const COUNTED_ID: &str = "INTEGER PRIMARY KEY";
