//! An agreement of sixty pages: what changed in it, word for word, and the whole of it printed.
//! `cargo bench --features postgres --bench agreement`

use std::hint::black_box;
use std::time::Instant;

use openhouse::agreement::docx;
use openhouse::agreement::text::Article;
use openhouse::agreement::text::diff::{ChangeKind, compare};
use openhouse::report;
use openhouse::report::agreement::sample::long;
use openhouse::report::agreement::{Changed, compose, compose_changes};

const ROUNDS: usize = 50;
const PAGES: usize = 60;

fn main() {
    let mut times = 1;
    let material = loop {
        let material = long(times);
        if pages(&report::pdf(&compose(&material)).expect("the sample prints")) >= PAGES {
            break material;
        }
        times += 1;
    };
    let before = material.articles.clone();
    // Every second article has other words.
    let after: Vec<Article> = before
        .iter()
        .enumerate()
        .map(|(at, one)| match at % 2 {
            0 => one.clone(),
            _ => Article {
                body: one.body.replace("De aanbieder", "De opdrachtnemer").replace(" de ", " elke "),
                ..one.clone()
            },
        })
        .collect();
    let words: usize = before.iter().map(|one| one.body.split_whitespace().count()).sum();
    let changed = compare(&before, &after).iter().filter(|one| one.kind == ChangeKind::Changed).count();
    println!("{} articles of {words} words, {changed} of them changed", before.len());
    measure("diff of all articles", || drop(black_box(compare(&before, &after))));
    measure("document and PDF of the whole text", || drop(black_box(report::pdf(&compose(&material)))));
    let pdf = report::pdf(&compose(&material)).expect("the sample prints");
    println!("  {} pages, {} bytes", pages(&pdf), pdf.len());
    let changes = Changed {
        now: openhouse::report::agreement::Material { articles: after, ..material.clone() },
        before: material.version.clone(),
        before_articles: before,
    };
    measure("document and PDF of the changes", || drop(black_box(report::pdf(&compose_changes(&changes)))));
    let write = || docx::write(&material.text, 1, &material.articles).expect("it is written");
    measure("written as a Word document", || drop(black_box(write())));
    let file = write();
    measure("read in from a Word document", || drop(black_box(docx::read(&file))));
}

fn measure(what: &str, work: impl Fn()) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what}: median {:.1} ms, slowest {:.1} ms", times[ROUNDS / 2], times[ROUNDS - 1]);
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).map(|file| file.get_pages().len()).unwrap_or(0)
}
