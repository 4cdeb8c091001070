//! How long it takes to read and check a large statement: `cargo bench --bench import`. The promise is a workbook of
//! 5,000 rows in under a second; this one has 5,000 trajectories and 5,000 cost lines.

use std::collections::BTreeMap;
use std::time::Instant;

use chrono::NaiveDate;
use openhouse::money::{Cents, Hundredths};
use openhouse::sheet::{Source, mark, open};
use openhouse::statement::{
    CheckContext, CostLine, Head, ProductTerm, Statement, TariffTerm, Term, TrajectoryLine, checks, read,
    write_workbook,
};
use openhouse::text::Lang;

const ROWS: u32 = 5_000;
const ROUNDS: usize = 7;

fn main() {
    let statement = statement();
    let context = context();
    let bytes = write_workbook(&statement, &BTreeMap::new());
    println!("{ROWS} trajectories and {ROWS} cost lines, {} kB of XLSX", bytes.len() / 1024);

    report("open only", || open(Source::File(&bytes)).map_or(0, |book| book.sheets.len()));
    report("write", || write_workbook(&statement, &BTreeMap::new()).len());
    report("read", || read(Source::File(&bytes)).map_or(0, |reading| reading.statement.map_or(0, |s| s.costs.len())));
    report("read and check", || {
        let statement = read(Source::File(&bytes)).ok().and_then(|reading| reading.statement);
        let (faults, warnings) = statement.as_ref().map(|statement| checks(statement, &context)).unwrap_or_default();
        assert!(statement.is_some() && faults.is_empty() && warnings.is_empty());
        faults.len()
    });

    let (faults, _) = checks(&statement, &CheckContext::default());
    println!("without anything known: {} faults", faults.len());
    report("mark them all", || mark(Source::File(&bytes), &faults, Lang::Nl).map_or(0, |marked| marked.len()));
}

/// The median of some rounds, in milliseconds: by the clock, and of this thread's own time on a processor, which other
/// work on the machine does not change.
fn report(what: &str, mut work: impl FnMut() -> usize) {
    let mut wall = Vec::new();
    let mut processor = Vec::new();
    for _ in 0..ROUNDS {
        let (start, busy) = (Instant::now(), time_on_processor());
        std::hint::black_box(work());
        wall.push(start.elapsed().as_secs_f64() * 1_000.0);
        processor.push(time_on_processor().zip(busy).map_or(f64::NAN, |(now, before)| now - before));
    }
    wall.sort_by(f64::total_cmp);
    processor.sort_by(f64::total_cmp);
    println!("{what:<16} {:8.1} ms by the clock, {:8.1} ms of processor", wall[ROUNDS / 2], processor[ROUNDS / 2]);
}

/// In milliseconds; none where the system does not tell.
fn time_on_processor() -> Option<f64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = statistics.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date of this file")
}

fn statement() -> Statement {
    let trajectory = |row: u32| TrajectoryLine {
        row,
        case_ref: format!("D-{row}"),
        client_ref: format!("C-{row}"),
        client_name: None,
        contact: "a.jansen@noordermeer.example".to_owned(),
        profile: "P2".to_owned(),
        product: "Jobcoaching".to_owned(),
        referred_on: day("2026-07-01"),
        started_on: Some(day("2026-07-10")),
        plan_agreed_on: Some(day("2026-07-20")),
        agreed_results: 2,
        client_agreed_on: Some(day("2026-07-20")),
        coach_involved: row.is_multiple_of(2),
        coach_agreed_on: Some(day("2026-07-21")),
        contact_informed_on: Some(day("2026-07-21")),
        term_ends_on: Some(day("2027-07-01")),
        suspended_days: 0,
        extension_permitted_on: None,
        ended_on: None,
        end_reason: None,
        results_achieved: None,
        reason_recorded: false,
        work_started_on: None,
        hours_per_week: Some(Hundredths(2_400)),
        indication_on: None,
        capacity_available_on: None,
        placed_on: None,
        ladder_start: Some(3),
        ladder_now: Some(4),
    };
    let cost = |row: u32| CostLine {
        row,
        line: row.to_string(),
        case_ref: format!("D-{row}"),
        contact: "a.jansen@noordermeer.example".to_owned(),
        product: "Jobcoaching".to_owned(),
        from: day("2026-08-01"),
        until: day("2026-08-31"),
        unit: "uur".to_owned(),
        quantity: Hundredths(150),
        tariff: Cents(6_255),
        amount: Cents(9_383),
        vat: None,
        invoice: format!("F-{row}"),
        corrects: None,
    };
    Statement {
        head: Head {
            kvk: "12345678".parse().expect("eight digits"),
            quarter: "2026-Q3".parse().expect("a quarter"),
            nil_return: false,
            note: String::new(),
        },
        trajectories: (2..ROWS + 2).map(trajectory).collect(),
        feedback: Vec::new(),
        staff: Vec::new(),
        complaints: Vec::new(),
        costs: (2..ROWS + 2).map(cost).collect(),
    }
}

fn context() -> CheckContext {
    let term = Term { from: day("2026-01-01"), until: None };
    CheckContext {
        agreement: Some(term),
        products: vec![ProductTerm { product: "Jobcoaching".to_owned(), monthly: false, term }],
        tariffs: vec![TariffTerm {
            product: "Jobcoaching".to_owned(),
            unit: "uur".to_owned(),
            tariff: Cents(6_255),
            term,
        }],
        ..CheckContext::default()
    }
}
