//! What must stand on the paper of a text, and how it is built for who cannot see it.

use super::sample::{Sample, changed, long};
use super::*;
use crate::report::document::{Block, Document, Level, Span};
use crate::report::{html, pdf};

fn headings(document: &Document) -> Vec<(Level, &str)> {
    let of = |block: &'_ Block| matches!(block, Block::Heading(..));
    let headings = document.blocks.iter().filter(|block| of(block));
    headings
        .filter_map(|block| match block {
            Block::Heading(level, text) => Some((*level, text.as_str())),
            _ => None,
        })
        .collect()
}

fn spans(document: &Document) -> Vec<&Span> {
    let lines = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(spans) => Some(spans),
        _ => None,
    });
    lines.flatten().collect()
}

#[test]
fn every_article_stands_on_the_paper_under_its_number() {
    let document = compose(&Sample::Agreement.material());
    let headings = headings(&document);
    assert!(headings.contains(&(Level::H2, "Artikel 4 Het traject van de cliënt")), "{headings:?}");
    assert!(headings.contains(&(Level::H3, "Artikel 4.2 Trajectplan")), "{headings:?}");
    assert_eq!(headings.last(), Some(&(Level::H2, "Over deze tekst")));
    let facts = document.blocks.iter().rev().find_map(|block| match block {
        Block::Facts(facts) => Some(facts),
        _ => None,
    });
    let material = Sample::Agreement.material();
    let sum = material.version.established.unwrap().digest;
    assert!(facts.unwrap().iter().any(|fact| fact.value == [Span::Text(sum.as_str().to_owned())]));
}

#[test]
fn an_article_names_the_decision_it_was_born_from_whole_and_among_the_changes() {
    let said = Span::Emphasis("Ontstaan uit besluit 3 van Overlegtafel re-integratie, 18 november 2026".to_owned());
    let times = |document: &Document| spans(document).into_iter().filter(|span| **span == said).count();
    assert_eq!(times(&compose(&Sample::Agreement.material())), 1);
    let mut both = changed();
    assert_eq!(times(&compose_changes(&both)), 1);
    both.now.origins.clear();
    assert_eq!(times(&compose_changes(&both)), 0);
}

#[test]
fn a_text_that_is_not_established_says_so_on_its_first_page() {
    let note = |sample: Sample| compose(&sample.material()).blocks.iter().any(|one| matches!(one, Block::Note(_)));
    assert!(note(Sample::Consultation));
    assert!(!note(Sample::Agreement));
}

#[test]
fn the_changes_show_only_what_changed_in_words_and_in_lines() {
    let document = compose_changes(&changed());
    let changed: Vec<&str> =
        headings(&document).into_iter().filter(|(level, _)| *level == Level::H3).map(|(_, text)| text).collect();
    assert_eq!(
        changed,
        [
            "Artikel 4.2 Trajectplan (gewijzigd)",
            "Artikel 6.3 Indexatie (vervallen)",
            "Artikel 7.1 Kostenoverzicht (gewijzigd)",
            "Artikel 7.2 Gesprek over de resultaten (gewijzigd)",
            "Artikel 9.5 Beschut werk (nieuw)",
        ]
    );
    let spans = spans(&document);
    assert!(spans.contains(&&Span::Removed("vier".to_owned())));
    assert!(spans.contains(&&Span::Added("drie".to_owned())));
}

#[test]
fn a_listener_hears_what_was_added_and_what_was_taken_out() {
    let document = compose_changes(&changed());
    let page = html(&document);
    assert!(page.contains("<ins><span class=\"hidden\">toegevoegd: </span>drie</ins>"), "{page}");
    assert!(page.contains("<del><span class=\"hidden\">vervallen: </span>vier</del>"));
    let file = lopdf::Document::load_mem(&pdf(&document).unwrap()).unwrap();
    let said: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"ActualText").ok())
        .map(|said| lopdf::decode_text_string(said).unwrap())
        .collect();
    assert!(said.contains(&"[toegevoegd: drie]".to_owned()), "{said:?}");
    assert!(said.contains(&"[vervallen: vier]".to_owned()), "{said:?}");
}

#[test]
fn the_same_version_gives_the_same_bytes() {
    for sample in Sample::ALL {
        let document = compose(&sample.material());
        assert_eq!(pdf(&document).unwrap(), pdf(&document).unwrap(), "{sample}");
    }
}

#[test]
fn a_line_of_the_contents_leads_to_the_page_it_names() {
    let file = lopdf::Document::load_mem(&pdf(&compose(&long(3))).unwrap()).unwrap();
    let pages: Vec<lopdf::ObjectId> = file.get_pages().into_values().collect();
    let goals: Vec<usize> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|one| one.get(b"Subtype").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"Link"))
        .filter_map(|link| link.get(b"Dest").ok()?.as_array().ok())
        .filter_map(|goal| goal.first()?.as_reference().ok())
        .filter_map(|page| pages.iter().position(|one| *one == page))
        .collect();
    assert!(goals.len() > 100, "{}", goals.len());
    assert!(goals.iter().any(|page| *page == pages.len() - 1), "the last article is not led to");
}

#[test]
fn lists_of_a_body_are_lists_on_the_page_and_on_the_paper() {
    let document = compose(&Sample::EveryLine.material());
    let page = html(&document);
    assert!(page.contains("<ol start=\"1\">"));
    assert!(page.contains("<ul class=\"dots\">"));
    assert!(page.contains("<em>cursief</em>"));
    let file = lopdf::Document::load_mem(&pdf(&document).unwrap()).unwrap();
    let numbering: Vec<&[u8]> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"ListNumbering").ok())
        .filter_map(|name| name.as_name().ok())
        .collect();
    assert!(numbering.contains(&&b"Decimal"[..]) && numbering.contains(&&b"Disc"[..]));
}
