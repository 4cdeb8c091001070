//! Layout: headings keep company, long tables repeat their heading, nothing leaves the margins.

use super::super::document::{Cell, Column, Fact, Identity, Row, Running, Span, Table};
use super::super::paper::{Kid, Owner, PAGE_HEIGHT};
use super::super::quarter::{Sample, quarter_report};
use super::*;

fn document(blocks: Vec<Block>) -> Document {
    let made_on = chrono::DateTime::parse_from_rfc3339("2026-11-23T14:30:00+01:00").unwrap();
    let identity = Identity { id: "proef".into(), author: "Gemeente Noordermeer".into(), made_on };
    let mut all = vec![Block::Heading(Level::H1, "Proef".into())];
    all.extend(blocks);
    Document {
        identity,
        lang: Lang::Nl,
        title: "Proef".into(),
        header: Running::new("kop", "1"),
        footer: Running::new("voet", "2"),
        blocks: all,
    }
}

fn table(rows: usize) -> Block {
    let row = |number: usize| Row::of(vec![Cell::text(format!("rij {number}")), Cell::text("12,5")]);
    Block::Table(Table {
        caption: "Rijen".into(),
        summary: "Een rij per rij".into(),
        columns: vec![Column::text("Naam"), Column::number("Aantal")],
        row_header: 0,
        rows: (1..=rows).map(row).collect(),
    })
}

fn pages_of(paper: &Paper, role: Role) -> Vec<usize> {
    paper.nodes.iter().filter(|node| node.role == role).map(|node| node.page).collect()
}

#[test]
fn a_heading_never_stands_alone_at_the_bottom_of_a_page() {
    let long = "Een zin die bijna een hele regel vult en dan nog een stukje doorloopt op de volgende. ";
    let report = quarter_report(&Sample::EveryVerdict.material(1), Lang::Nl);
    let figure = report.blocks.into_iter().find(|block| matches!(block, Block::Figure(_))).unwrap();
    let followers = [Block::text(long.repeat(4)), table(40), Block::Facts(vec![Fact::new("naam", long)]), figure];
    for follower in followers {
        for filler in 0..60 {
            let mut blocks: Vec<Block> = (0..filler).map(|_| Block::text("regel")).collect();
            blocks.push(Block::Heading(Level::H2, "Hoofdstuk".into()));
            blocks.push(Block::Heading(Level::H3, "Deel".into()));
            blocks.push(follower.clone());
            let paper = layout(&document(blocks));
            let heading = paper.nodes.iter().position(|node| node.role == Role::H3).unwrap();
            let above = paper.nodes.iter().find(|node| node.role == Role::H2).unwrap();
            let next = &paper.nodes[heading + 1];
            assert_eq!(paper.nodes[heading].page, next.page, "after {filler} lines");
            assert_eq!(paper.nodes[heading].page, above.page, "after {filler} lines");
        }
    }
}

#[test]
fn three_hundred_rows_repeat_their_heading_on_every_page() {
    let paper = layout(&document(vec![table(300)]));
    assert!(paper.pages.len() > 5);
    assert_eq!(pages_of(&paper, Role::TableRow).len(), 301);
    assert_eq!(pages_of(&paper, Role::ColumnHeader), [0, 0]);
    for page in &paper.pages[1..] {
        let repeated = page.chunks.iter().filter(|chunk| chunk.owner == Owner::Artifact(Artifact::Header));
        let words: Vec<&str> = repeated.flat_map(|chunk| &chunk.marks).filter_map(word).collect();
        assert_eq!(words, ["Naam", "Aantal", "kop · 1"]);
    }
}

fn word(mark: &Mark) -> Option<&str> {
    match mark {
        Mark::Text { text, .. } => Some(text),
        _ => None,
    }
}

#[test]
fn no_mark_lies_outside_the_margins() {
    let mut documents: Vec<Document> =
        Sample::ALL.iter().map(|sample| quarter_report(&sample.material(3), Lang::Nl)).collect();
    let unbroken = "x".repeat(3_000);
    let row = Row::of(vec![Cell::text(&unbroken), Cell::text("1").below(&unbroken), Cell::text(&unbroken)]);
    let columns = vec![Column::text("a"), Column::number("b"), Column::number("c")];
    let wide = Table { caption: unbroken.clone(), summary: String::new(), columns, row_header: 0, rows: vec![row] };
    let link = Span::Link { text: unbroken.clone(), url: "https://noordermeer.example".into() };
    documents.push(document(vec![Block::Table(wide), Block::Paragraph(vec![link]), Block::text(&unbroken)]));
    for document in documents {
        for page in &layout(&document).pages {
            for mark in page.chunks.iter().flat_map(|chunk| &chunk.marks) {
                if let Mark::Text { x, y, size, weight, text, .. } = mark {
                    let right = x + weight.width(text.trim_end(), *size);
                    assert!(*x >= LEFT - 0.1 && right <= LEFT + WIDTH + 0.1, "{mark:?}");
                    assert!(*y > 0.0 && *y < PAGE_HEIGHT - 30.0, "{mark:?}");
                }
            }
        }
    }
}

#[test]
fn one_line_of_a_paragraph_never_stands_alone() {
    let long = "Een zin die bijna een hele regel vult en dan nog een stukje doorloopt. ".repeat(8);
    for filler in 0..60 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| Block::text("regel")).collect();
        blocks.push(Block::text(&long));
        let paper = layout(&document(blocks));
        let parts: Vec<usize> = paper
            .nodes
            .last()
            .unwrap()
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Marked { page, mcid } => {
                    let owner = Owner::Node { role: Role::Paragraph, mcid: *mcid };
                    paper.pages[*page].chunks.iter().find(|chunk| chunk.owner == owner).unwrap().marks.len()
                }
                _ => 0,
            })
            .collect();
        assert!(parts.iter().all(|lines| *lines >= 2), "{parts:?} after {filler} lines");
    }
}

#[test]
fn a_table_never_leaves_one_row_alone_at_either_side_of_a_page() {
    for rows in [2, 3, 4, 5, 40] {
        for filler in 0..60 {
            let mut blocks: Vec<Block> = (0..filler).map(|_| Block::text("regel")).collect();
            blocks.push(table(rows));
            let paper = layout(&document(blocks));
            let pages = pages_of(&paper, Role::TableRow);
            // The first is the heading of the columns.
            let (heading, rows) = pages.split_first().unwrap();
            assert_eq!(heading, &rows[0], "after {filler} lines");
            for page in rows {
                let beside = rows.iter().filter(|other| *other == page).count();
                assert!(beside >= 2, "{beside} of {} rows on page {page} after {filler} lines", rows.len());
            }
        }
    }
}

#[test]
fn a_small_table_and_a_short_list_of_facts_stay_whole() {
    let facts = Block::Facts(["een", "twee", "drie", "vier"].map(|name| Fact::new(name, "1")).to_vec());
    for (block, role) in [(table(6), Role::TableRow), (facts, Role::ListItem)] {
        for filler in 0..60 {
            let mut blocks: Vec<Block> = (0..filler).map(|_| Block::text("regel")).collect();
            blocks.push(Block::Heading(Level::H2, "Hoofdstuk".into()));
            blocks.push(block.clone());
            let paper = layout(&document(blocks));
            let pages = pages_of(&paper, role);
            assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?} after {filler} lines");
            assert_eq!(pages_of(&paper, Role::H2), [pages[0]], "after {filler} lines");
        }
    }
}

#[test]
fn a_long_name_gives_way_in_the_running_lines_and_the_rest_stays_whole() {
    let mut document = document(vec![Block::text("regel")]);
    document.header = Running::new("Gemeente ".repeat(40), "Kwartaalrapport · voorlopig");
    document.footer = Running::new("Coöperatie ".repeat(40), "3e kwartaal 2026 · versie 2");
    let paper = layout(&document);
    let marks: Vec<&str> = paper.pages[0].chunks.iter().flat_map(|chunk| &chunk.marks).filter_map(word).collect();
    for (start, end) in
        [("Gemeente", "… · Kwartaalrapport · voorlopig"), ("Coöperatie", "… · 3e kwartaal 2026 · versie 2")]
    {
        assert!(marks.iter().any(|mark| mark.starts_with(start) && mark.ends_with(end)), "{marks:?}");
    }
}

#[test]
fn a_closing_never_stands_alone_on_a_page() {
    for filler in 0..60 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| Block::text("regel")).collect();
        blocks.push(Block::text("U mag ons ook eerst bellen voor uitleg. ".repeat(6)));
        blocks.push(Block::text("Met vriendelijke groet,\nGemeente Noordermeer\nde beslisser"));
        let pages = pages_of(&layout(&document(blocks)), Role::Paragraph);
        let last = pages.last().unwrap();
        assert!(pages.iter().filter(|page| *page == last).count() >= 2, "{pages:?} after {filler} lines");
    }
}
