//! The ledger's ground: one code base for SQLite and PostgreSQL, and two doors to it, `read` and `write`.
//! One closure is one transaction.

pub mod day;
mod migrate;

#[cfg(feature = "sqlite")]
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager, TransactionManagerStatus};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as QueryError};

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
compile_error!("openhouse needs a database: switch on the feature `sqlite`, `postgres` or both");

/// A connection to one of the two databases. Queries are written once, for this type.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    #[cfg(feature = "sqlite")]
    Sqlite(diesel::SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

/// The database: many readers, and one writer at a time.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Connector>,
    writer: Pool<Connector>,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date, under a lock.
    pub fn open(url: &str) -> anyhow::Result<Db> {
        let writer = Connector { target: Target::parse(url)?, read_only: false };
        let mut conn = writer.connect().with_context(|| format!("the database {} does not open", writer.target))?;
        writer.target.check_version(&mut conn)?;
        migrate::run(&mut conn).context("the tables of the database could not be brought up to date")?;
        drop(conn);
        let readers = Connector { target: writer.target.clone(), read_only: true };
        Ok(Db {
            readers: Pool::builder().max_size(4).min_idle(Some(1)).build(readers)?,
            writer: Pool::builder().max_size(1).min_idle(Some(1)).build(writer)?,
        })
    }

    /// Reads in one transaction: everything seen belongs to one moment.
    pub fn read<T, E: From<QueryError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = take(&self.readers)?;
        match &mut *conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")?
            }
        }
        finish(&mut conn, work)
    }

    /// Writes in one transaction that has the write lock from its first statement: a transaction that reads first and
    /// asks for the lock later fails under load ("database is locked").
    pub fn write<T, E: From<QueryError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = take(&self.writer)?;
        match &mut *conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?;
                c.batch_execute(&format!("SELECT pg_advisory_xact_lock({WRITE_LOCK})"))?;
            }
        }
        finish(&mut conn, work)
    }
}

/// The changes to its tables that the database has not had yet, by their names; an SQLite database that is not there has
/// had none. Looks, and changes nothing.
pub fn pending(url: &str) -> anyhow::Result<Vec<&'static str>> {
    let reader = Connector { target: Target::parse(url)?, read_only: true };
    match &reader.target {
        #[cfg(feature = "sqlite")]
        Target::Sqlite(path) if !std::path::Path::new(path).exists() => return Ok(migrate::names().collect()),
        _ => {}
    }
    let mut conn = reader.connect().with_context(|| format!("the database {} does not open", reader.target))?;
    reader.target.check_version(&mut conn)?;
    migrate::pending(&mut conn).context("the tables of the database cannot be looked at")
}

/// Writes an SQLite database, as it is at one moment, to a new file; people may go on working.
#[cfg(feature = "sqlite")]
pub fn snapshot(path: &std::path::Path, to: &std::path::Path) -> anyhow::Result<()> {
    let target = Target::Sqlite(path.display().to_string());
    let mut conn = Connector { target: target.clone(), read_only: false }
        .connect()
        .with_context(|| format!("the database {target} does not open"))?;
    let to = to.display().to_string().replace('\'', "''");
    conn.batch_execute(&format!("VACUUM INTO '{to}'")).context("the database cannot be copied")
}

/// Whether there is nothing in a database yet; an SQLite file that is there is never empty.
pub fn is_empty(url: &str) -> anyhow::Result<bool> {
    match Target::parse(url)? {
        #[cfg(feature = "sqlite")]
        // A log that was left behind would be taken for one of the new database.
        Target::Sqlite(path) => {
            Ok(["", "-wal"].iter().all(|end| !std::path::Path::new(&format!("{path}{end}")).exists()))
        }
        #[cfg(feature = "postgres")]
        Target::Postgres(_) => {
            let there = "NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema())";
            let reader = Connector { target: Target::parse(url)?, read_only: true };
            let mut conn = reader.connect().with_context(|| format!("the database {} does not open", reader.target))?;
            Ok(diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(there)).get_result(&mut conn)?)
        }
    }
}

/// The advisory lock on PostgreSQL that makes writers wait for each other: the audit is one chain.
#[cfg(feature = "postgres")]
const WRITE_LOCK: i64 = 0x0400_5E01;

fn take(pool: &Pool<Connector>) -> Result<PooledConnection<Connector>, QueryError> {
    pool.get().map_err(|none| {
        QueryError::DatabaseError(
            DatabaseErrorKind::UnableToSendCommand,
            Box::new(format!("no connection to the database is free: {none}")),
        )
    })
}

fn finish<T, E: From<QueryError>>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    match work(conn) {
        Ok(value) => {
            <Conn as diesel::Connection>::TransactionManager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(refusal) => {
            <Conn as diesel::Connection>::TransactionManager::rollback_transaction(conn)?;
            Err(refusal)
        }
    }
}

/// Where a database is, as written in the configuration.
#[derive(Clone)]
enum Target {
    #[cfg(feature = "sqlite")]
    Sqlite(String),
    #[cfg(feature = "postgres")]
    Postgres(String),
}

impl Target {
    fn parse(url: &str) -> anyhow::Result<Target> {
        #[cfg(feature = "sqlite")]
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(Target::Sqlite(path.to_owned()));
        }
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Target::Postgres(url.to_owned()));
        }
        bail!("this program was built for {}, not for the database that is configured", Target::KNOWN)
    }

    const KNOWN: &str = match (cfg!(feature = "sqlite"), cfg!(feature = "postgres")) {
        (true, true) => "sqlite:PATH and postgres://…",
        (true, false) => "sqlite:PATH",
        _ => "postgres://…",
    };

    /// SQLite 3.7.0 to 3.51.2 can damage a write-ahead log when it is reset; the promise of durability needs a later one.
    fn check_version(&self, conn: &mut Conn) -> anyhow::Result<()> {
        match conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(c) => {
                let version: String = diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>("sqlite_version()"))
                    .get_result(c)
                    .context("SQLite does not tell its version")?;
                let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
                if parts < vec![3, 51, 3] {
                    bail!("SQLite {version} is too old; version 3.51.3 or later is needed");
                }
                Ok(())
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => Ok(()),
        }
    }
}

impl std::fmt::Display for Target {
    /// Without the password that a PostgreSQL address may hold, before the `@` or behind the `?`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => write!(f, "sqlite:{path}"),
            #[cfg(feature = "postgres")]
            Target::Postgres(url) => {
                let address = url.split_once('?').map_or(url.as_str(), |(address, _)| address);
                write!(f, "postgres://{}", address.rsplit_once('@').map_or("…", |(_, host)| host))
            }
        }
    }
}

/// Makes the connections of a pool.
struct Connector {
    target: Target,
    read_only: bool,
}

impl Connector {
    fn connect(&self) -> Result<Conn, diesel::ConnectionError> {
        match &self.target {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => {
                let mut conn = diesel::SqliteConnection::establish(path)?;
                let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000;";
                keep_a_log(&mut conn)
                    .and_then(|()| conn.batch_execute(settings))
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                if self.read_only {
                    conn.batch_execute("PRAGMA query_only = ON")
                        .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(Conn::Sqlite(conn))
            }
            #[cfg(feature = "postgres")]
            Target::Postgres(url) => diesel::PgConnection::establish(url).map(Conn::Postgres),
        }
    }
}

/// Turns to the write-ahead log, which the file remembers. Of two that turn a new file at once SQLite refuses one
/// without waiting, whatever its busy timeout; that one asks again for as long as it would have waited.
#[cfg(feature = "sqlite")]
fn keep_a_log(conn: &mut diesel::SqliteConnection) -> QueryResult<()> {
    const PATIENCE: Duration = Duration::from_secs(10);
    conn.batch_execute(&format!("PRAGMA busy_timeout = {}", PATIENCE.as_millis()))?;
    let began = Instant::now();
    loop {
        match conn.batch_execute("PRAGMA journal_mode = WAL") {
            Err(busy) if busy.to_string().contains("locked") && began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            answer => return answer,
        }
    }
}

impl ManageConnection for Connector {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.connect().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        match conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => c.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError),
        }
    }

    /// A connection whose transaction was left open, by a panic for instance, is thrown away.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking()
            || match <Conn as diesel::Connection>::TransactionManager::transaction_manager_status_mut(conn) {
                TransactionManagerStatus::InError => true,
                TransactionManagerStatus::Valid(status) => status.transaction_depth().is_some(),
            }
    }
}
