//! What must stand in a dossier report, and what must not.

use super::sample::material;
use super::*;
use crate::report::document::{Block, Fact, Table};
use crate::report::pdf;
use crate::text::Lang;

fn table(material: &Material, caption: &str) -> Option<Table> {
    compose(material, Lang::Nl).blocks.into_iter().find_map(|block| match block {
        Block::Table(table) if table.caption == caption => Some(table),
        _ => None,
    })
}

#[test]
fn every_criterion_has_its_result_its_evidence_and_who_judged_it_by_role() {
    let table = table(&material(), "Eisen, met bewijs en oordeel").unwrap();
    let texts = |at: usize| -> Vec<(String, String)> {
        table.rows[at].cells.iter().map(|cell| (cell.text.clone(), cell.below.clone())).collect()
    };
    let met = material().criteria.iter().position(|line| line.state == CriterionState::Met).unwrap();
    let row = texts(met);
    assert_eq!(row[0].0, "M04 Verzekering beroepsaansprakelijkheid");
    assert_eq!(row[1].0, "Voldoet");
    assert_eq!(row[2].1, "en 1 ander stuk");
    assert_eq!([&row[3].0, &row[4].0, &row[5].0], ["01-10-2026", "17-11-2026", "31-12-2026"]);
    assert_eq!(row[6], ("19-11-2026".to_owned(), "beoordelaar".to_owned()));
    let open = texts(0);
    assert!(open[3..].iter().all(|(text, _)| text == "–"), "{open:?}");
    assert_eq!(table.rows.len(), 24);
}

#[test]
fn a_reason_is_told_of_what_is_not_met_and_of_nothing_else() {
    let reasons = table(&material(), "Eisen waarvan het oordeel een reden heeft").unwrap();
    let expected = material().criteria.iter().filter(|line| !line.reason.is_empty()).count();
    assert!(expected > 0 && reasons.rows.len() == expected);
    let mut clean = material();
    clean.criteria.iter_mut().for_each(|line| line.reason.clear());
    assert_eq!(table(&clean, "Eisen waarvan het oordeel een reden heeft"), None);
}

#[test]
fn the_history_holds_every_step_and_what_could_be_done_against_a_refusal() {
    let report = compose(&material(), Lang::Nl);
    let history = table(&material(), "Alle stappen, de oudste eerst").unwrap();
    assert_eq!(history.rows.len(), material().steps.len());
    let remedy = "Tegen het besluit van 23 november 2026 kon de aanbieder tot en met 14 december 2026 een kort geding starten bij de rechtbank Noordermeer.";
    assert!(report.blocks.contains(&Block::text(remedy)));
}

#[test]
fn it_prints_in_both_languages_however_little_there_is() {
    let empty = Material {
        criteria: vec![],
        steps: material().steps[..1].to_vec(),
        refusals: vec![],
        agreements: vec![],
        received_on: None,
        ..material()
    };
    for material in [material(), empty] {
        for lang in Lang::ALL {
            pdf(&compose(&material, *lang)).unwrap();
        }
    }
}

#[test]
fn what_the_applicant_filled_in_is_told_with_a_reason_to_exclude_it_and_what_a_supplement_changed() {
    let report = compose(&material(), Lang::Nl);
    let note = report.blocks.iter().find_map(|block| match block {
        Block::Note(note) => Some((note.title.as_str(), note.text.as_str())),
        _ => None,
    });
    assert_eq!(note, Some(("De aanbieder meldt een reden om uit te sluiten", "Een boete in 2024, betaald.")));
    let facts = report.blocks.iter().flat_map(|block| match block {
        Block::Facts(facts) => facts.clone(),
        _ => Vec::new(),
    });
    let phone = facts.into_iter().find(|fact| fact.name == "Telefoonnummer").expect("the telephone number");
    let told = Fact::new("Telefoonnummer", "0500 000 002\nEerder, ingediend op 17 november 2026: 0500 000 001");
    assert_eq!(phone, told);
}
