//! A thousand quarter reports in one loop, then a thousand letters and dossier reports: processor time per paper, with
//! fonts read and cut once.
//! `cargo bench --features postgres --bench report`

use std::hint::black_box;
use std::time::Instant;

use openhouse::report;
use openhouse::report::document::Document;
use openhouse::report::letter::sample::Sample as Letter;
use openhouse::report::quarter::{Sample, quarter_report};
use openhouse::report::{compliance, letter};
use openhouse::text::Lang;

const REPORTS: u32 = 1_000;

fn main() {
    let first = Instant::now();
    black_box(report::pdf(&quarter_report(&Sample::AllMet.material(0), Lang::Nl)).expect("the sample prints"));
    println!("first report, fonts included: {:.1} ms", first.elapsed().as_secs_f64() * 1e3);

    let mut composed = Vec::with_capacity(REPORTS as usize);
    let mut printed = Vec::with_capacity(REPORTS as usize);
    let mut size = 0;
    let before = processor_seconds();
    for seed in 0..REPORTS {
        let material = Sample::AllMet.material(seed);
        let start = Instant::now();
        let document = quarter_report(&material, Lang::Nl);
        composed.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let pdf = black_box(report::pdf(&document).expect("the sample prints"));
        printed.push(start.elapsed().as_secs_f64() * 1e3);
        size += pdf.len();
    }
    let processor = (processor_seconds() - before) * 1e3 / f64::from(REPORTS);
    let pages = pages(&report::pdf(&quarter_report(&Sample::AllMet.material(0), Lang::Nl)).expect("the sample prints"));
    println!("{REPORTS} reports of {pages} pages, {} bytes each", size / REPORTS as usize);
    println!("processor time per report, making the document and the PDF: {processor:.2} ms");
    println!("document: median {:.2} ms · PDF: median {:.2} ms", median(&mut composed), median(&mut printed));
    for sample in Letter::ALL {
        measure(&format!("letter ({sample})"), || letter::compose(&sample.letter(), Lang::Nl));
    }
    measure("dossier report", || compliance::compose(&compliance::sample::material(), Lang::Nl));
}

/// A thousand times the same kind of paper, made and printed.
fn measure(name: &str, document: impl Fn() -> Document) {
    let before = processor_seconds();
    for _ in 0..REPORTS {
        black_box(report::pdf(&document()).expect("the sample prints"));
    }
    let processor = (processor_seconds() - before) * 1e3 / f64::from(REPORTS);
    println!("processor time per {name}: {processor:.2} ms");
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// User and system time of this process, from the kernel's own accounting (100 ticks a second).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the kernel keeps accounts");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).map(|t| t.parse().unwrap_or(0.0)).sum();
    ticks / 100.0
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).map(|file| file.get_pages().len()).unwrap_or(0)
}
