//! The quarter report as a document: what it leaves out, what it says once, and how it says it.

use super::super::document::{Block, Cell, Level, Row, Span, Table};
use super::super::layout::layout;
use super::*;

fn table<'a>(blocks: &'a [Block], caption: &str) -> Option<&'a Table> {
    blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.caption == caption => Some(table),
        _ => None,
    })
}

fn headings(blocks: &[Block]) -> Vec<&str> {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(Level::H2, text) => Some(text.as_str()),
        _ => None,
    });
    headings.collect()
}

fn verdicts(material: &Material) -> Vec<Cell> {
    let report = quarter_report(material, Lang::Nl);
    let table = table(&report.blocks, "De tien prestatie-indicatoren, resultaat en oordeel").unwrap();
    table.rows.iter().map(|row: &Row| row.cells[4].clone()).collect()
}

#[test]
fn a_full_report_takes_four_pages_and_fills_them() {
    for (sample, most) in [(Sample::AllMet, 4), (Sample::EveryVerdict, 5), (Sample::NothingHandedIn, 3)] {
        let pages = layout(&quarter_report(&sample.material(1), Lang::Nl)).pages.len();
        assert!(pages <= most, "{sample} has {pages} pages");
    }
}

#[test]
fn what_there_is_nothing_of_stands_in_one_paragraph_without_headings() {
    let report = quarter_report(&Sample::NothingHandedIn.material(1), Lang::Nl);
    let at =
        report.blocks.iter().position(|block| *block == Block::Heading(Level::H2, "Niets te melden".into())).unwrap();
    let said = "Bij dit kwartaal is geen toelichting of reactie gegeven. Dit kwartaal is nog niet ter reactie voorgelegd. Voor de andere plichten waren er geen gevallen. Er zijn geen gevallen uitgesloten.";
    let Block::Paragraph(spans) = &report.blocks[at + 1] else { panic!("{:?}", report.blocks[at + 1]) };
    let [super::super::document::Span::Text(text)] = spans.as_slice() else { panic!("{spans:?}") };
    assert!(text.starts_with(said), "{text}");
    assert_eq!(
        headings(&report.blocks),
        ["Prestatie-indicatoren", "Niets te melden", "Bijlage: wat is geteld, en hoe"]
    );
}

#[test]
fn only_settings_that_differ_from_the_default_are_listed() {
    let caption = "Instellingen die anders zijn dan de standaard";
    let default = quarter_report(&Sample::AllMet.material(1), Lang::Nl);
    assert_eq!(table(&default.blocks, caption), None);
    let different = quarter_report(&Sample::EveryVerdict.material(1), Lang::Nl);
    let table = table(&different.blocks, caption).unwrap();
    let named: Vec<&str> = table.rows.iter().map(|row| row.cells[0].below.as_str()).collect();
    assert_eq!(named, ["k1.days", "attention.points"]);
}

#[test]
fn a_figure_without_cases_has_no_proposal_to_decide() {
    let mut material = Sample::EveryVerdict.material(1);
    material.final_on = None;
    material.indicators.iter_mut().for_each(|line| line.decided = None);
    let verdicts = verdicts(&material);
    let proposed = |cell: &Cell| (cell.mark.unwrap().proposed, cell.below.clone());
    assert_eq!(proposed(&verdicts[0]), (true, "voorstel".to_owned()));
    assert_eq!(verdicts[3].text, "Niet van toepassing");
    assert_eq!(proposed(&verdicts[3]), (false, String::new()));
}

#[test]
fn a_share_is_counted_in_the_words_of_the_screens() {
    let share = |numerator, denominator| Share { numerator, denominator };
    assert_eq!(share(33, 34).counted(Lang::Nl), "33 van 34");
    assert_eq!(share(1_999, 2_500).counted(Lang::En), "1,999 of 2,500");
    assert_eq!(share(0, 0).counted(Lang::Nl), "geen gevallen");
    assert_eq!(share(0, 0).percentage(Some(100), Lang::Nl), "–");
    assert_eq!(share(1_999, 2_500).tenths(Some(80)), Some(799));
}

/// Every paragraph as one text.
fn paragraphs(material: &Material) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(spans) => spans.iter().map(Span::words).collect(),
        _ => String::new(),
    };
    quarter_report(material, Lang::Nl).blocks.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_report_says_who_said_what_when_and_what_became_of_it() {
    let said = paragraphs(&Sample::EveryVerdict.material(1));
    for line in [
        "Reactie van de aanbieder: Wij herkennen de cijfers. Sinds september plant een tweede collega mee. (S. Bakker, 16 november 2026) Bewijs: planning-september.pdf.",
        "Antwoord van de gemeente: niet overgenomen. De plannen van juli zijn daarmee niet op tijd. (M. de Wit, 16 november 2026)",
        "Versie 2 is op 9 november 2026 door M. de Wit ter reactie voorgelegd. De aanbieder kon reageren tot en met 23 november 2026. Op 16 november 2026 liet S. Bakker weten geen (verdere) opmerkingen te hebben.",
        "Berekend: Niet gehaald. Oordeel: Gehaald. Omdat: De fout is binnen 14 dagen hersteld. (M. de Wit, 10 november 2026)",
    ] {
        assert!(said.contains(line), "{line}\nin\n{said}");
    }
}

#[test]
fn a_verdict_of_a_person_stands_beside_what_was_computed_also_before_it_is_final() {
    let mut material = Sample::EveryVerdict.material(1);
    let shown = |material: &Material| (verdicts(material)[9].text.clone(), verdicts(material)[9].below.clone());
    assert_eq!(shown(&material), ("Gehaald".to_owned(), "vastgesteld; berekend: Niet gehaald".to_owned()));
    material.indicators[9].decided = None;
    assert_eq!(shown(&material), ("Gehaald".to_owned(), "oordeel; berekend: Niet gehaald".to_owned()));
}
