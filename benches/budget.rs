//! What the pages of the money ask of the database, on SQLite, on one thread: `cargo bench --bench budget`. 1,000 providers with
//! 100,000 trajectories and their lines. Aim: under 3 ms of processor for the look-ups of a page; the count behind it, once
//! a day and after an approval, is measured beside it.

use std::hint::black_box;

use chrono::NaiveDate;
use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use openhouse::account;
use openhouse::actor::Actor;
use openhouse::budget::figures::{FigureKind, by_source, read};
use openhouse::budget::lines::{Wanted, list, total};
use openhouse::budget::store::{NewBudget, bookings, budgets, set, sources};
use openhouse::budget::{LineState, count, gather};
use openhouse::db::{Conn, Db};
use openhouse::money::{Cents, Hundredths};
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::product::{Pricing, Product, Tariff, Unit};
use openhouse::procedure::store::{OfferedProduct, active_scheme, add_product, catalogue, install, terms};
use openhouse::procedure::{Validity, catalogue as shelf};
use openhouse::provider;

const PROVIDERS: i64 = 1_000;
const TRAJECTORIES: i64 = 100_000;
const PRODUCTS: i64 = 20;
const YEAR: i32 = 2026;
const ROUNDS: usize = 200;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bench.db").display().to_string();
    let db = Db::open(&format!("sqlite:{path}")).expect("SQLite opens");
    let actor = found(&db);
    fill(&path, actor.tenant());
    let lines: i64 = db
        .read(|conn| openhouse::schema::cost_line::table.count().get_result::<i64>(conn))
        .expect("the lines can be counted");
    println!("{PROVIDERS} providers, {TRAJECTORIES} trajectories, {lines} cost lines");

    let now = "2026-11-02T09:30:00".parse().expect("a moment");
    let before = time_on_processor();
    let counted = db.write(|conn| count::run(conn, &actor, now, today(), YEAR));
    let figures = counted.unwrap_or_else(|fault| panic!("{fault:?}"));
    println!("  the count of the year: {:.0} ms, {figures} figures", time_on_processor() - before);

    measure(&db, "the year", |conn| {
        let kinds = [FigureKind::Product, FigureKind::Profile, FigureKind::Month];
        let counted = read(conn, &actor, YEAR, &kinds)?;
        let (names, all) = (sources(conn, &actor)?, budgets(conn, &actor, YEAR)?);
        let rows = by_source(&names, &all, &bookings(conn, &actor, YEAR)?, counted.as_ref());
        let offered = catalogue(conn, &actor)?;
        let scheme = active_scheme(conn, &actor, today())?;
        let alarm = terms(conn, &actor, today())?.budget_alarm_percent;
        black_box((rows, offered, scheme, alarm));
        Ok(())
    });
    measure(&db, "its figures alone", |conn| {
        let kinds = [FigureKind::Product, FigureKind::Profile, FigureKind::Month];
        black_box(read(conn, &actor, YEAR, &kinds)?);
        Ok(())
    });
    measure(&db, "by provider, all 1,000", |conn| {
        black_box(read(conn, &actor, YEAR, &[FigureKind::Provider])?);
        black_box(provider::store::all(conn, &actor)?);
        Ok(())
    });
    let days = (day("2026-03-01"), day("2026-03-31"));
    let wanted = Wanted { days, product: Some(3), provider: None, profile: None, state: Some(LineState::Approved) };
    measure(&db, "50 lines of a product and month", |conn| {
        black_box(list(conn, &actor, &wanted, 0, 50)?);
        Ok(())
    });
    measure(&db, "the sum of those lines", |conn| {
        black_box(total(conn, &actor, &wanted)?);
        Ok(())
    });
    measure(&db, "what is committed of a product", |conn| {
        black_box(gather::running(conn, &actor, today(), Some(3))?);
        Ok(())
    });
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn today() -> NaiveDate {
    day("2026-11-02")
}

/// The mean of many rounds: the system tells the time of a thread in steps that are longer than one of them.
fn measure(db: &Db, what: &str, work: impl Fn(&mut Conn) -> QueryResult<()>) {
    db.read(&work).expect("it can be read");
    let before = time_on_processor();
    for _ in 0..ROUNDS {
        db.read(&work).expect("it can be read");
    }
    println!("  {what:<32} {:8.2} ms", (time_on_processor() - before) / ROUNDS as f64);
}

/// The municipality with its definitions, its products and a budget.
fn found(db: &Db) -> Actor {
    let now = "2026-01-05T09:30:00".parse().expect("a moment");
    let made: QueryResult<Actor> = db.write(|conn| {
        let tenant = account::store::add_municipality(conn, &Actor::installer(), now, "Noordermeer")?;
        let actor = Actor::system(tenant);
        install(conn, &actor, defaults())?;
        let valid = Validity::new(day("2024-01-01"), None).expect("it has no end");
        let mut ids = Vec::new();
        for number in 1..=PRODUCTS {
            let code = format!("RE-{number:02}");
            let tariff = Tariff { product: code.clone(), amount: Cents(5_000 + number), valid };
            let name = defaults().catalogue.products[0].name.clone();
            let offered = OfferedProduct { id: 0, code: code.clone(), name, unit: Unit::Month, tariffs: vec![tariff] };
            ids.push(add_product(conn, &actor, &offered)?);
            let known = defaults().catalogue.products[0].clone();
            let most = Some(Hundredths(1_200));
            let pricing = Pricing::PerUnit;
            shelf::lay_down(
                conn,
                &actor,
                &Product { code, unit: Unit::Month, pricing, max_quantity: most, valid, ..known },
            )?;
        }
        let new = NewBudget {
            name: "Participatiebudget".into(),
            amount: Cents(43_819_800),
            products: ids,
            reason: String::new(),
        };
        set(conn, &actor, now, YEAR, (None, 0), &new).unwrap_or_else(|fault| panic!("{fault:?}"));
        Ok(actor)
    });
    made.expect("the municipality is added")
}

/// Plausible rows, much faster than an import: trajectories that began on any day of 600, of which half ended, each with a line
/// for at most six months; what lies before July was approved.
fn fill(path: &str, tenant: i64) {
    let mut conn = SqliteConnection::establish(path).expect("SQLite opens");
    let numbers = |most: i64| {
        format!("WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {most})")
    };
    let (providers, trajectories) = (numbers(PROVIDERS), numbers(TRAJECTORIES));
    let sql = format!(
        "PRAGMA synchronous = OFF; BEGIN;
        INSERT INTO municipal_contact (id, municipality_id, email, name, active_from)
            VALUES (1, {tenant}, 'a@noordermeer.example', 'A', '2020-01-01');
        {providers} INSERT INTO provider (id, kvk, name, created_at)
            SELECT n, 10000000 + n, 'Aanbieder ' || n, '2024-01-02 09:00:00' FROM number;
        {providers} INSERT INTO registration
            (municipality_id, provider_id, number, sort_name, search_text, registered_at)
            SELECT {tenant}, n, n, 'aanbieder ' || n, 'aanbieder ' || n, '2024-01-02 09:00:00' FROM number;
        {trajectories} INSERT INTO client (id, municipality_id, client_ref)
            SELECT n, {tenant}, 'C' || n FROM number;
        {trajectories} INSERT INTO trajectory (id, municipality_id, provider_id, client_id, contact_id, product_id, case_ref,
            profile, referred_on, started_on, agreed_results, coach_involved, suspended_days, reason_recorded, term_ends_on,
            ended_on, counts_from, counts_until)
            SELECT n, {tenant}, 1 + n % {PROVIDERS}, n, 1, 1 + (n / {PROVIDERS}) % {PRODUCTS}, 'T' || n, 'P' || (1 + n % 5),
            date('2025-01-01', '+' || (n % 600) || ' days'), date('2025-01-01', '+' || (n % 600) || ' days'), 1, FALSE, 0,
            FALSE, date('2025-01-01', '+' || (n % 600 + 365) || ' days'),
            CASE WHEN n % 2 = 0 AND n % 600 < 480 THEN date('2025-01-01', '+' || (n % 600 + 180) || ' days') END,
            '2025-01-01', '9999-12-31' FROM number;
        INSERT INTO cost_line (municipality_id, provider_id, quarter, line, trajectory_id, contact_id, product_id, from_on,
            until_on, unit, quantity, tariff_cents, amount_cents, invoice)
            SELECT {tenant}, t.provider_id, 'Q' || m.month, t.id, t.id, 1, t.product_id,
            date(t.started_on, 'start of month', '+' || m.month || ' months'),
            date(t.started_on, 'start of month', '+' || (m.month + 1) || ' months', '-1 day'), 'maand', 100, 5000, 5000, ''
            FROM trajectory t JOIN (SELECT 0 AS month UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3
            UNION ALL SELECT 4 UNION ALL SELECT 5) m
            WHERE date(t.started_on, 'start of month', '+' || m.month || ' months') <= '2026-09-30' ORDER BY t.id;
        INSERT INTO line_approval (municipality_id, provider_id, quarter, line, trajectory_id, product_id, from_on,
            amount_cents, approved_at, approved_by)
            SELECT municipality_id, provider_id, quarter, line, trajectory_id, product_id, from_on, amount_cents,
            '2026-08-01 09:00:00', 'P' FROM cost_line WHERE from_on < '2026-07-01';
        COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"
    );
    conn.batch_execute(&sql).expect("the rows are good");
}

/// Of this thread, in milliseconds; nought where the system does not tell.
fn time_on_processor() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = statistics.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    first.map_or(0.0, |nanoseconds| nanoseconds / 1e6)
}
