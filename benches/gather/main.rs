//! How long it takes to lay the facts of every provider on the table and judge them, on SQLite, on one thread:
//! `cargo bench --bench gather`, and with `-- --large` also 10,000 providers. Each provider has 100 trajectories of
//! the last eight quarters. Aims: 1,000 providers in half a second, 10,000 in four, in memory that stays flat.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use openhouse::account;
use openhouse::actor::Actor;
use openhouse::db::{Conn, Db};
use openhouse::facts::gather::{self, Terms};
use openhouse::indicator::judge;
use openhouse::procedure::{defaults::defaults, store::install};
use openhouse::quarter::Quarter;

mod invented;

const ROUNDS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [fill, path, providers, tenant] = &arguments[..]
        && fill == FILL
    {
        let number = |written: &str| written.parse().expect("a number");
        return invented::fill(path, &Actor::system(number(tenant)), number(providers), quarter());
    }
    let large = arguments.iter().any(|argument| argument == "--large");
    let sizes: &[i64] = if large { &[250, 1_000, 10_000] } else { &[250, 1_000] };
    diesel::connection::set_default_instrumentation(|| Some(Box::new(count as fn(InstrumentationEvent<'_>))))
        .expect("nobody else counts");
    for providers in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        measure(folder.path(), *providers);
    }
}

/// The rows are made by another process, so that the memory it takes is not counted here.
const FILL: &str = "--fill";

fn quarter() -> Quarter {
    "2026-Q3".parse().expect("a quarter")
}

fn measure(folder: &Path, providers: i64) {
    let (path, quarter) = (folder.join("bench.db").display().to_string(), quarter());
    let url = format!("sqlite:{path}");
    let actor = found(&Db::open(&url).expect("SQLite opens"));
    let filled = Command::new(std::env::current_exe().expect("this program is a file"))
        .args([FILL, &path, &providers.to_string(), &actor.tenant().to_string()])
        .status();
    assert!(filled.expect("this program can be started again").success());
    println!("{providers} providers, {} trajectories, {} MB", providers * invented::EACH, size(&path) / 1_000_000);

    let db = Db::open(&url).expect("SQLite opens");
    let terms = db.read(|conn| gather::terms(conn, &actor, quarter)).expect("the terms can be read");
    judge_all(&db, &actor, quarter, &terms, "as they are");
    widen(&path);
    judge_all(&db, &actor, quarter, &terms, "every row counts");
    scan(&db);
    println!();
}

/// The municipality with its definitions.
fn found(db: &Db) -> Actor {
    let now = "2026-11-02T09:30:00".parse().expect("a moment");
    let tenant = db.write(|conn| {
        let tenant = account::store::add_municipality(conn, &Actor::installer(), now, "Noordermeer")?;
        install(conn, &Actor::system(tenant), defaults())?;
        Ok::<i64, diesel::result::Error>(tenant)
    });
    Actor::system(tenant.expect("the municipality is added"))
}

/// Gathers and judges everybody, a few times, and prints the best.
fn judge_all(db: &Db, actor: &Actor, quarter: Quarter, terms: &Terms, what: &str) {
    forget_peak();
    let mut best = f64::INFINITY;
    let mut line = String::new();
    for _ in 0..ROUNDS {
        QUERIES.store(0, Ordering::Relaxed);
        let (started, processor) = (Instant::now(), time_on_processor());
        let run = db.read(|conn| one_round(conn, actor, quarter, terms)).expect("everything can be read");
        let (wall, busy) = (started.elapsed().as_secs_f64() * 1e3, time_on_processor() - processor);
        let queries = QUERIES.load(Ordering::Relaxed);
        if busy < best {
            best = busy;
            line = format!(
                "  {what:<17} {wall:7.0} ms by the clock, {busy:7.0} ms of processor ({:.0} of it judging), {:.2} µs per \
                 trajectory; {} passed, {} cases; {} batches, {:.1} queries each",
                run.judging,
                busy * 1e3 / run.registered as f64 / invented::EACH as f64,
                run.trajectories,
                run.cases,
                run.batches,
                queries as f64 / run.batches as f64
            );
        }
    }
    println!("{line}, peak {} MB", peak() / 1_000);
}

#[derive(Default)]
struct Round {
    registered: usize,
    trajectories: usize,
    cases: usize,
    batches: usize,
    judging: f64,
}

fn one_round(conn: &mut Conn, actor: &Actor, quarter: Quarter, terms: &Terms) -> QueryResult<Round> {
    let mut round = Round::default();
    let mut after = 0;
    while let Some(batch) = gather::batch(conn, actor, after, quarter, terms)? {
        let started = Instant::now();
        for (_, facts) in &batch.providers {
            let findings = black_box(judge(black_box(facts)));
            round.cases += findings.findings.iter().map(|finding| finding.cases.len()).sum::<usize>();
            round.trajectories += facts.trajectories.len();
        }
        round.judging += started.elapsed().as_secs_f64() * 1e3;
        round.registered += batch.providers.len();
        round.batches += 1;
        after = batch.last;
    }
    Ok(round)
}

/// Makes the first and last date of every trajectory such that none is passed over.
fn widen(path: &str) {
    let mut conn = SqliteConnection::establish(path).expect("SQLite opens");
    conn.batch_execute("UPDATE trajectory SET counts_from = '1900-01-01', counts_until = '9999-12-31'")
        .expect("every row is changed");
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").expect("the log is written back");
}

/// For comparison: SQLite alone looks at the same columns of every trajectory, in the order of the table.
fn scan(db: &Db) {
    let columns = [
        "id",
        "provider_id",
        "case_ref",
        "profile",
        "referred_on",
        "plan_agreed_on",
        "agreed_results",
        "client_agreed_on",
        "coach_involved",
        "coach_agreed_on",
        "contact_informed_on",
        "term_ends_on",
        "suspended_days",
        "extension_permitted_on",
        "ended_on",
        "end_reason",
        "results_achieved",
        "reason_recorded",
        "work_started_on",
        "indication_on",
        "capacity_available_on",
        "placed_on",
        "ladder_start",
        "ladder_now",
    ];
    let all: Vec<String> = columns.iter().map(|column| format!("TOTAL(LENGTH({column}))")).collect();
    let sql = format!("SELECT CAST({} AS INTEGER) AS bytes FROM trajectory", all.join(" + "));
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let processor = time_on_processor();
        let bytes: QueryResult<Vec<Bytes>> = db.read(|conn| diesel::sql_query(&sql).load(conn));
        black_box(bytes.expect("the rows can be read")[0].bytes);
        best = best.min(time_on_processor() - processor);
    }
    println!("  one raw scan of the trajectories takes SQLite {best:.0} ms of processor");
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

static QUERIES: AtomicUsize = AtomicUsize::new(0);

fn count(event: InstrumentationEvent<'_>) {
    if matches!(event, InstrumentationEvent::StartQuery { .. }) {
        QUERIES.fetch_add(1, Ordering::Relaxed);
    }
}

/// Of this thread, in milliseconds; nought where the system does not tell.
fn time_on_processor() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    statistics
        .split(' ')
        .next()
        .and_then(|first| first.parse::<f64>().ok())
        .map_or(0.0, |nanoseconds| nanoseconds / 1e6)
}

/// The most memory the process had since [`forget_peak`], in kB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

fn forget_peak() {
    // Where this cannot be written the peak is that of the whole run.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn size(path: &str) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}
