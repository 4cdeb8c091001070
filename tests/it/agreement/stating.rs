//! No statement line before both signatures: an admitted provider without a signed agreement states nothing.

use std::collections::BTreeMap;

use openhouse::account::once::CodeKind;
use openhouse::agreement::offer::countersigning::{Countersigning, countersign};
use openhouse::agreement::offer::signing::sign;
use openhouse::assessment::handing_in::{Judging, hand_in};
use openhouse::files::Files;
use openhouse::provider::store::find_by_id;
use openhouse::quarter::Quarter;
use openhouse::sheet::Source;
use openhouse::statement::intake::{HandedIn, Outcome};
use openhouse::statement::store::SubmissionResult;
use openhouse::statement::write_workbook;
use openhouse::text::Lang;

use super::paper::{good, newest, offered, paper, signatory, tried};
use crate::dossier::town::{Applicant, Town, at, day, read};
use crate::ground::{Ground, every};
use crate::statement::nil_return;

/// What comes of a nil return over a quarter, in April 2027.
fn state(ground: &Ground, files: &Files, town: &Town, firm: &Applicant, quarter: &str) -> Outcome {
    let quarter: Quarter = quarter.parse().unwrap();
    let provider = read(&ground.db, |conn| find_by_id(conn, &town.system, firm.started.provider_id)).unwrap();
    let mut stated = nil_return(&provider);
    stated.head.quarter = quarter;
    let bytes = write_workbook(&stated, &BTreeMap::new());
    let file = HandedIn {
        file_name: "opgave.xlsx",
        source: Source::File(&bytes),
        bytes: &bytes,
        provider: &provider,
        quarter,
        vault: None,
        form_key: None,
        take_good_rows: false,
        drop_earlier_lines: false,
        dry_run: false,
        now: at("2027-04-06"),
        lang: Lang::Nl,
    };
    hand_in(&ground.db, files, &firm.actor, Judging::Later, file).unwrap_or_else(|fate| panic!("{fate:?}"))
}

#[test]
fn nothing_is_stated_before_both_have_signed() {
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Werkpad Noord");
        let paper = paper(&ground.db, &town, "re-integratie-2027", "2026-12-01");
        let director = signatory(&ground.db, &town, &firm, "Femke Dijkstra");
        let of = |quarter: &str| state(&ground, &files, &town, &firm, quarter).result;
        let result = || of("2027-Q1");
        assert_eq!(result(), SubmissionResult::Refused, "{}: admitted, and nothing signed", ground.backend);

        let days = (day("2026-11-24"), day("2027-01-01"));
        offered(&ground.db, &town, &paper, paper.version, &[firm.started.provider_id], days).unwrap();
        let (offer, party) = newest(&ground.db, &town, &firm);
        let on = day("2026-11-25");
        tried(&ground.db, |conn| sign(conn, &director, at("2026-11-25"), on, party.id, &good(offer.digest.as_str())))
            .unwrap();
        assert_eq!(result(), SubmissionResult::Refused, "{}: one signature is none", ground.backend);

        let (_, party) = newest(&ground.db, &town, &firm);
        let all = [(party.id, party.version)];
        let signing = Countersigning { parties: &all, position: "afdelingshoofd", code: CodeKind::App };
        tried(&ground.db, |conn| countersign(conn, &town.decider, at("2026-11-26"), day("2026-11-26"), &signing))
            .unwrap();
        assert_eq!(result(), SubmissionResult::Taken, "{}: both have signed", ground.backend);
        assert_eq!(of("2026-Q4"), SubmissionResult::Refused, "{}: signed then, but not begun", ground.backend);
    }
}
