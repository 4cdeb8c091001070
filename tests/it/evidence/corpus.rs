//! The corpus (proefbestanden): hostile files, each made here, each judged for its own reason; and harmless ones of every
//! kind, which must pass. A file that is taken in although it looks odd stands among the harmless, with its reason.

pub mod make;
mod office;
mod others;
mod pdfs;

use openhouse::evidence::check::{Checked, Refusal, check};
use openhouse::evidence::{Flag, MediaType};

/// A file with the name a user gave it, and what is expected of the check.
pub struct Case {
    pub what: &'static str,
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub expected: Result<Checked, Refusal>,
}

pub fn bad(what: &'static str, name: &'static str, bytes: impl Into<Vec<u8>>, why: Refusal) -> Case {
    Case { what, name, bytes: bytes.into(), expected: Err(why) }
}

pub fn good(
    what: &'static str,
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    kind: (MediaType, Option<i64>),
    flags: &[Flag],
) -> Case {
    let checked = Checked { media_type: kind.0, pages: kind.1, flags: flags.to_vec() };
    Case { what, name, bytes: bytes.into(), expected: Ok(checked) }
}

pub fn hostile() -> Vec<Case> {
    pdfs::hostile().into_iter().chain(office::hostile()).chain(others::hostile()).collect()
}

pub fn harmless() -> Vec<Case> {
    pdfs::harmless().into_iter().chain(office::harmless()).chain(others::harmless()).collect()
}

#[test]
fn every_hostile_file_is_refused_for_its_own_reason_and_every_reason_is_met() {
    let cases = hostile();
    assert!(cases.len() >= 60, "only {} hostile files", cases.len());
    assert_eq!(wrong(&cases), Vec::<String>::new());
    let met: Vec<Refusal> = cases.into_iter().filter_map(|case| case.expected.err()).collect();
    // Told by the house around the check: what is full, what came to no end, and a number that its owner has to look at.
    let elsewhere = [Refusal::QuotaFull, Refusal::NotChecked, Refusal::BsnInside];
    let missing = Refusal::ALL.iter().filter(|why| !met.contains(why) && !elsewhere.contains(why));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&Refusal>::new());
}

#[test]
fn every_harmless_file_passes() {
    let cases = harmless();
    assert!(cases.len() >= 15, "only {} harmless files", cases.len());
    assert_eq!(wrong(&cases), Vec::<String>::new());
}

#[test]
fn a_file_cut_off_anywhere_is_judged_without_a_crash() {
    for case in harmless().into_iter().chain(hostile().into_iter().filter(|case| case.bytes.len() < 200_000)) {
        let step = (case.bytes.len() / 40).max(1);
        for end in (0..case.bytes.len()).step_by(step) {
            let _judged = check(case.name, &case.bytes[..end]);
        }
    }
}

fn wrong(cases: &[Case]) -> Vec<String> {
    let judged = |case: &Case| (check(case.name, &case.bytes), case.what);
    let differs = |case: &&Case| judged(case).0 != case.expected;
    cases
        .iter()
        .filter(differs)
        .map(|case| format!("{}: {:?}, not {:?}", case.what, judged(case).0, case.expected))
        .collect()
}
