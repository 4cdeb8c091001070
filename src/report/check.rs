//! Before a document is drawn: is it well built, and can every character of it be printed? A missing glyph is an
//! error that names the character and its place, never an empty spot on paper.

use std::collections::BTreeSet;
use std::fmt;

use super::document::{Block, Chart, Document, Figure, Level, List, Span, Table};
use super::font::Weight;

/// Why a document cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PressError {
    /// The font has no glyph for this character.
    MissingGlyph { character: char, place: String },
    /// The document itself is not well built; the text says where.
    Malformed(String),
    /// The file could not be written.
    Pdf(String),
}

impl fmt::Display for PressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PressError::MissingGlyph { character, place } => {
                write!(f, "no glyph for {character:?} (U+{:04X}) in {place}", u32::from(*character))
            }
            PressError::Malformed(what) => write!(f, "the document is not well built: {what}"),
            PressError::Pdf(what) => write!(f, "the PDF could not be written: {what}"),
        }
    }
}

impl std::error::Error for PressError {}

/// What a page can hold; more than this is no longer a table or a drawing to read.
const MOST_COLUMNS: usize = 12;
const LONGEST_HEADING: usize = 80;
const MOST_IN_A_FIGURE: usize = 24;

/// The first character of a text that cannot be printed. For forms: ask before a text is stored.
pub fn unprintable(text: &str) -> Option<char> {
    text.chars().find(|c| Weight::Regular.face().advance(*c).is_none())
}

/// The same text with a question mark for every character that cannot be printed: for words that were written long
/// before anybody thought of paper. A decision that cannot be sent would be worse.
pub fn printable(text: &str) -> String {
    let known = |c: char| c == '\n' || Weight::ALL.iter().all(|weight| weight.face().advance(c).is_some());
    let plain = text.replace("\r\n", "\n").replace('\t', " ");
    plain.chars().map(|c| if known(c) { c } else { '?' }).collect()
}

/// Walks the whole document; answers with the characters that lie beyond the fixed set.
pub fn check(document: &Document) -> Result<BTreeSet<char>, PressError> {
    let mut extra = BTreeSet::new();
    if document.title.trim().is_empty() {
        return Err(PressError::Malformed("it has no title".into()));
    }
    check_levels(&document.blocks)?;
    let mut missing = None;
    let mut see = |text: &str, place: &dyn Fn() -> String| {
        for c in text.chars().filter(|c| !Weight::Regular.face().fixed.holds(*c)) {
            let printable = Weight::ALL.iter().all(|weight| weight.face().advance(c).is_some());
            if printable {
                extra.insert(c);
            } else if missing.is_none() {
                missing = Some(PressError::MissingGlyph { character: c, place: place() });
            }
        }
    };
    each_text(document, &mut see);
    see(&document.identity.author, &|| "the name of the author".into());
    see(&document.identity.id, &|| "the identity of the document".into());
    if let Some(refusal) = missing {
        return Err(refusal);
    }
    for block in &document.blocks {
        match block {
            Block::Table(table) => check_table(table)?,
            Block::Figure(figure) if figure.alt.trim().is_empty() => {
                return Err(PressError::Malformed(format!("figure “{}” has no alternative text", figure.title)));
            }
            Block::Figure(figure) => check_chart(&figure.title, &figure.chart)?,
            Block::Paragraph(spans) => check_links(spans)?,
            Block::Facts(facts) => facts.iter().try_for_each(|fact| check_links(&fact.value))?,
            Block::List(list) => check_list(list)?,
            _ => {}
        }
    }
    Ok(extra)
}

/// One H1, at the start; no level is skipped.
fn check_levels(blocks: &[Block]) -> Result<(), PressError> {
    let headings = || {
        blocks.iter().filter_map(|block| match block {
            Block::Heading(level, text) => Some((*level, text)),
            _ => None,
        })
    };
    if !matches!(blocks.first(), Some(Block::Heading(Level::H1, _))) {
        return Err(PressError::Malformed("it does not start with its H1".into()));
    }
    for ((above, _), (level, text)) in headings().zip(headings().skip(1)) {
        if level == Level::H1 || level as u8 > above as u8 + 1 {
            return Err(PressError::Malformed(format!("heading “{text}” has the wrong level")));
        }
    }
    Ok(())
}

/// An address in a file is plain ASCII, and leads to the web or to a mailbox.
fn check_links(spans: &[Span]) -> Result<(), PressError> {
    for span in spans {
        if let Span::Link { url, .. } | Span::OwnPage { url } = span {
            let text = span.words();
            let known = ["https://", "http://", "mailto:"].iter().any(|start| url.starts_with(start));
            if !known || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(PressError::Malformed(format!("link “{text}” does not lead to a web address")));
            }
        }
    }
    Ok(())
}

/// An item holds text and lists; nothing else keeps its place between a number and a margin.
fn check_list(list: &List) -> Result<(), PressError> {
    if list.items.is_empty() {
        return Err(PressError::Malformed("a list has no items".into()));
    }
    for (at, item) in list.items.iter().enumerate() {
        if !matches!(item.first(), Some(Block::Paragraph(_) | Block::List(_))) {
            return Err(PressError::Malformed(format!("item {} of a list does not begin with text", list.label(at))));
        }
        for block in item {
            match block {
                Block::Paragraph(spans) => check_links(spans)?,
                Block::List(inner) => check_list(inner)?,
                _ => {
                    let what = format!("item {} of a list holds more than text", list.label(at));
                    return Err(PressError::Malformed(what));
                }
            }
        }
    }
    Ok(())
}

fn check_table(table: &Table) -> Result<(), PressError> {
    let width = table.columns.len();
    if table.row_header >= width {
        return Err(PressError::Malformed(format!("table “{}” has no column to name its rows", table.caption)));
    }
    if width > MOST_COLUMNS || table.columns.iter().any(|column| column.heading.chars().count() > LONGEST_HEADING) {
        return Err(PressError::Malformed(format!("table “{}” does not fit on a page", table.caption)));
    }
    match table.rows.iter().position(|row| row.cells.len() != width) {
        Some(row) => {
            Err(PressError::Malformed(format!("row {} of table “{}” is not {width} wide", row + 1, table.caption)))
        }
        None => Ok(()),
    }
}

fn check_chart(title: &str, chart: &Chart) -> Result<(), PressError> {
    let drawn = match chart {
        Chart::Bars(bars) => bars.len(),
        Chart::Trend(trend) => trend.series.len(),
        Chart::Columns(amounts) => amounts.len(),
    };
    if drawn > MOST_IN_A_FIGURE {
        return Err(PressError::Malformed(format!("figure “{title}” does not fit on a page")));
    }
    match chart {
        Chart::Trend(trend)
            if trend
                .series
                .iter()
                .any(|s| s.points.len() != trend.periods.len() || s.shown.len() != s.points.len()) =>
        {
            Err(PressError::Malformed(format!("figure “{title}” has a series with a gap")))
        }
        _ => Ok(()),
    }
}

/// Shows every text that is printed to `see`, with the words that tell where it stands.
pub fn each_text(document: &Document, see: &mut dyn FnMut(&str, &dyn Fn() -> String)) {
    see(&document.title, &|| "the title".into());
    for (running, place) in [(&document.header, "the page header"), (&document.footer, "the page footer")] {
        see(&running.name, &|| place.into());
        see(&running.rest, &|| place.into());
    }
    each_in_blocks(&document.blocks, see);
}

fn each_in_blocks(blocks: &[Block], see: &mut dyn FnMut(&str, &dyn Fn() -> String)) {
    for block in blocks {
        match block {
            // It says the headings again.
            Block::Contents => {}
            Block::List(list) => list.items.iter().for_each(|item| each_in_blocks(item, see)),
            Block::Heading(_, text) => see(text, &|| format!("heading “{text}”")),
            Block::Paragraph(spans) => each_span(spans, "a paragraph", see),
            Block::Facts(facts) => facts.iter().for_each(|fact| {
                see(&fact.name, &|| format!("the name of fact “{}”", fact.name));
                each_span(&fact.value, &fact.name, see);
            }),
            Block::Note(note) => {
                see(&note.title, &|| "the title of a note".into());
                see(&note.text, &|| format!("note “{}”", note.title));
            }
            Block::Table(table) => each_in_table(table, see),
            Block::Figure(figure) => each_in_figure(figure, see),
        }
    }
}

fn each_span(spans: &[Span], place: &str, see: &mut dyn FnMut(&str, &dyn Fn() -> String)) {
    for span in spans {
        see(span.words(), &|| place.to_owned());
    }
}

fn each_in_table(table: &Table, see: &mut dyn FnMut(&str, &dyn Fn() -> String)) {
    see(&table.caption, &|| format!("the caption of table “{}”", table.caption));
    for column in &table.columns {
        see(&column.heading, &|| format!("a heading of table “{}”", table.caption));
    }
    for (number, row) in table.rows.iter().enumerate() {
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let place = || format!("table “{}”, row {}, column “{}”", table.caption, number + 1, column.heading);
            see(&cell.text, &place);
            see(&cell.below, &place);
        }
    }
}

fn each_in_figure(figure: &Figure, see: &mut dyn FnMut(&str, &dyn Fn() -> String)) {
    let place = || format!("figure “{}”", figure.title);
    see(&figure.title, &place);
    see(&figure.sentence, &place);
    match &figure.chart {
        Chart::Bars(bars) => bars.iter().for_each(|bar| {
            see(&bar.label, &place);
            see(&bar.shown, &place);
        }),
        Chart::Trend(trend) => {
            trend.periods.iter().for_each(|period| see(period, &place));
            for series in &trend.series {
                see(&series.label, &place);
                series.shown.iter().for_each(|shown| see(shown, &place));
            }
        }
        Chart::Columns(amounts) => amounts.iter().for_each(|amount| {
            see(&amount.label, &place);
            see(&amount.shown, &place);
        }),
    }
}
