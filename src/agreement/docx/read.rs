//! Reading a document (inlezen): every heading begins an article, the paragraphs and lists below it are its body. What an
//! article cannot hold is counted and told.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use docx_rs::{
    Document, DocumentChild, FromXML, Hyperlink, HyperlinkData, InsertChild, MoveToChild, Numberings, Paragraph,
    ParagraphChild, Rels, StructuredDataTag, StructuredDataTagChild, Styles,
};
use serde::Serialize;

use super::dress::{run_words, tidy};
use super::safe::{Parts, unpack};
use super::write::{CONTINUES, SCOPE};
use super::{Found, LeftOut, Refusal};
use crate::agreement::text::markdown::{Block, Inline, said};
use crate::agreement::text::retype::retype;
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{Scope, is_number};
use crate::ids::holds_bsn;
use crate::text::Lang;

/// More than any contract has.
pub const MOST_ARTICLES: usize = 1_000;

/// So many lines before the first article are shown.
const MOST_BEFORE: usize = 20;

/// What a document holds, or why it is not read.
pub fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let parts = unpack(bytes)?;
    // The reader of the format trusts its file in places; a file that breaks it is damaged and takes nothing along.
    let found = catch_unwind(AssertUnwindSafe(|| read_parts(&parts))).map_err(|_| Refusal::Damaged)??;
    match found.articles.len() {
        0 => Err(Refusal::NoArticles),
        count if count > MOST_ARTICLES => Err(Refusal::TooManyArticles),
        _ if found.articles.iter().any(|one| holds_bsn(&one.body) || holds_bsn(&one.heading)) => Err(Refusal::HoldsBsn),
        _ => Ok(found),
    }
}

fn read_parts(parts: &Parts) -> Result<Found, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let document = Document::from_xml(&parts.document[..]).map_err(damaged)?;
    let styles = parts.styles.as_ref().map(|xml| Styles::from_xml(&xml[..])).transpose().map_err(damaged)?;
    let numbering = parts.numbering.as_ref().map(|xml| Numberings::from_xml(&xml[..])).transpose().map_err(damaged)?;
    let relations = parts.relations.as_ref().map(|xml| Rels::from_xml(&xml[..])).transpose().map_err(damaged)?;
    let mut reader = Reader {
        headings: styles.as_ref().map(Styles::create_heading_style_map).unwrap_or_default(),
        styles: styles.unwrap_or_default(),
        numbering: numbering.unwrap_or_default(),
        links: relations.map(|all| all.rels.into_iter().map(|(_, id, goal)| (id, goal)).collect()).unwrap_or_default(),
        ..Reader::default()
    };
    for child in &document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => reader.paragraph(paragraph),
            DocumentChild::StructuredDataTag(tag) => reader.tag(tag),
            _ => {}
        }
    }
    reader.close();
    let mut found = reader.found;
    found.left_out = left_out(parts, reader.dropped_links);
    Ok(found)
}

#[derive(Default)]
struct Reader {
    /// The level of each style that is a heading, from one.
    headings: HashMap<String, usize>,
    styles: Styles,
    numbering: Numberings,
    links: HashMap<String, String>,
    found: Found,
    /// The article that is being read, and its lines so far.
    current: Option<Wording>,
    lines: Vec<Line>,
    /// How many headings of each level came, for headings whose number Word counts.
    counted: [usize; 9],
    /// How many items of each list and depth came: Word counts on where a list was interrupted.
    items: HashMap<(usize, usize), u64>,
    dropped_links: usize,
}

/// A paragraph, as far as lists go.
struct Line {
    words: Vec<Inline>,
    place: Place,
}

enum Place {
    Plain,
    /// An item: the depth of its list, which list, and its first number when it has numbers.
    Item {
        depth: usize,
        list: usize,
        first: Option<u64>,
    },
    /// One more paragraph of the item before it.
    Continues {
        depth: usize,
    },
}

impl Reader {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let mut words = Vec::new();
        self.children(paragraph.children(), &mut words);
        let words = tidy(words);
        if words.is_empty() {
            return;
        }
        let style = paragraph.property.style.as_ref().map(|style| style.val.clone()).unwrap_or_default();
        if let Some(level) = self.level(paragraph, &style) {
            return self.heading(&said(&words), level);
        }
        if style == SCOPE {
            let scope = Scope::ALL.iter().find(|one| one.in_words(Lang::Nl) == said(&words).trim());
            if let (Some(scope), Some(current)) = (scope, &mut self.current) {
                current.scope = *scope;
                return;
            }
        }
        if self.current.is_none() {
            if self.found.before.len() < MOST_BEFORE {
                self.found.before.push(said(&words));
            }
            return;
        }
        let place = self.place(paragraph, &style);
        self.lines.push(Line { words, place });
    }

    /// Of a heading how deep it stands, from one.
    fn level(&self, paragraph: &Paragraph, style: &str) -> Option<usize> {
        let own = paragraph.property.outline_lvl.as_ref();
        let of_style = || self.styles.find_style_by_id(style)?.paragraph_property.outline_lvl.as_ref();
        let outline = own.or_else(of_style).map(|level| level.v + 1);
        self.headings.get(style).copied().or(outline).filter(|level| (1..=9).contains(level))
    }

    fn heading(&mut self, words: &str, level: usize) {
        self.close();
        let (number, heading) = match numbered(words) {
            Some((number, heading)) => (number.to_owned(), heading.to_owned()),
            None => {
                self.counted[level - 1] += 1;
                self.counted[level..].fill(0);
                let counts = self.counted[..level].iter().skip_while(|count| **count == 0);
                (counts.map(|count| count.max(&1).to_string()).collect::<Vec<_>>().join("."), words.to_owned())
            }
        };
        self.current = Some(Wording { number, heading, scope: Scope::All, body: String::new() });
    }

    fn close(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if let Some(article) = self.current.take() {
            let body = retype(&gathered(&mut lines.into_iter().peekable(), 0));
            self.found.articles.push(Wording { body, ..article });
        }
    }

    fn place(&mut self, paragraph: &Paragraph, style: &str) -> Place {
        if let Some(depth) = style.strip_prefix(CONTINUES) {
            return Place::Continues { depth: depth.parse().unwrap_or(1) };
        }
        let of_style = || self.styles.find_style_by_id(style)?.paragraph_property.numbering_property.as_ref();
        let numbering = paragraph.property.numbering_property.as_ref().or_else(of_style);
        let Some(id) = numbering.and_then(|one| one.id.as_ref()).map(|id| id.id).filter(|id| *id > 0) else {
            return Place::Plain;
        };
        let depth = numbering.and_then(|one| one.level.as_ref()).map_or(0, |level| level.val);
        let numbers = self.numbering.numberings.iter().find(|one| one.id == id);
        let about =
            numbers.and_then(|one| self.numbering.abstract_nums.iter().find(|kind| kind.id == one.abstract_num_id));
        let level = about.and_then(|one| one.levels.iter().find(|level| level.level == depth));
        let first = level.filter(|level| !matches!(level.format.val.as_str(), "bullet" | "none"));
        let first = first.map(|level| number_of(&level.start).unwrap_or(1));
        let first = first.map(|start| start.saturating_add(self.came_before(id, depth)));
        Place::Item { depth: depth + 1, list: id, first }
    }

    /// How many items of this list stand above, since the last item that is less deep.
    fn came_before(&mut self, list: usize, depth: usize) -> u64 {
        self.items.retain(|(one, at), _| *one != list || *at <= depth);
        let count = self.items.entry((list, depth)).or_insert(0);
        *count += 1;
        *count - 1
    }

    fn children(&mut self, children: &[ParagraphChild], words: &mut Vec<Inline>) {
        for child in children {
            match child {
                ParagraphChild::Run(run) => run_words(run, words),
                ParagraphChild::Insert(insert) => {
                    for child in &insert.children {
                        if let InsertChild::Run(run) = child {
                            run_words(run, words);
                        }
                    }
                }
                ParagraphChild::MoveTo(moved) => {
                    for child in &moved.children {
                        if let MoveToChild::Run(run) = child {
                            run_words(run, words);
                        }
                    }
                }
                ParagraphChild::Hyperlink(link) => self.link(link, words),
                ParagraphChild::StructuredDataTag(tag) => self.tag_in_line(tag, words),
                _ => {}
            }
        }
    }

    fn link(&mut self, link: &Hyperlink, words: &mut Vec<Inline>) {
        let mut inside = Vec::new();
        self.children(&link.children, &mut inside);
        let text = said(&inside).replace('\n', " ");
        let goal = match &link.link {
            HyperlinkData::External { rid, .. } => self.links.get(rid).cloned().unwrap_or_default(),
            HyperlinkData::Anchor { .. } => String::new(),
        };
        let plain = goal.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
        if goal.starts_with("https://") && plain && !text.trim().is_empty() {
            words.push(Inline::Link { text, url: goal });
        } else {
            self.dropped_links += 1;
            words.push(Inline::Text(text));
        }
    }

    fn tag(&mut self, tag: &StructuredDataTag) {
        for child in &tag.children {
            match child {
                StructuredDataTagChild::Paragraph(paragraph) => self.paragraph(paragraph),
                StructuredDataTagChild::StructuredDataTag(inner) => self.tag(inner),
                _ => {}
            }
        }
    }

    fn tag_in_line(&mut self, tag: &StructuredDataTag, words: &mut Vec<Inline>) {
        for child in &tag.children {
            match child {
                StructuredDataTagChild::Run(run) => run_words(run, words),
                StructuredDataTagChild::StructuredDataTag(inner) => self.tag_in_line(inner, words),
                _ => {}
            }
        }
    }
}

/// What the format keeps to itself stands in how it writes itself.
fn number_of(value: &impl Serialize) -> Option<u64> {
    serde_json::to_value(value).ok()?.as_u64()
}

/// `Artikel 4.2 Trajectplan`, or without the word: number and heading.
fn numbered(words: &str) -> Option<(&str, &str)> {
    let words = words.trim();
    let lower = words.to_lowercase();
    let named = ["artikel ", "art. "].iter().find(|word| lower.starts_with(**word));
    let rest = named.map_or(words, |word| words[word.len()..].trim_start());
    let (number, heading) = rest.split_once([' ', '\u{a0}', ':']).unwrap_or((rest, ""));
    let number = number.trim_end_matches(['.', ':', ')']);
    let heading = heading.trim_start_matches(['–', '-', ':', ' ']).trim();
    (is_number(number) && number.len() <= 20 && !heading.is_empty()).then_some((number, heading))
}

type Lines = std::iter::Peekable<std::vec::IntoIter<Line>>;

/// The lines from this depth on, as blocks; ends at a line that stands less deep.
fn gathered(lines: &mut Lines, depth: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Which list of Word the last block is.
    let mut open: Option<usize> = None;
    while let Some(line) = lines.peek() {
        match line.place {
            Place::Plain if depth > 0 => break,
            Place::Continues { depth: at } if at < depth => break,
            Place::Item { depth: at, .. } if at <= depth => break,
            Place::Plain | Place::Continues { .. } => {
                if let Some(line) = lines.next() {
                    blocks.push(Block::Paragraph(line.words));
                }
                open = None;
            }
            Place::Item { list, first, .. } => {
                let item = item(lines, depth + 1);
                match (blocks.last_mut(), open) {
                    (Some(Block::List { items, .. }), Some(before)) if before == list => items.push(item),
                    _ => blocks.push(Block::List { first, items: vec![item] }),
                }
                open = Some(list);
            }
        }
    }
    blocks
}

/// One item: its own line, and what stands deeper below it.
fn item(lines: &mut Lines, depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    // An item that skips a level has no words of its own on the way down.
    if let Some(Place::Item { depth: at, .. }) = lines.peek().map(|line| &line.place)
        && *at == depth
        && let Some(line) = lines.next()
    {
        blocks.push(Block::Paragraph(line.words));
    }
    blocks.extend(gathered(lines, depth));
    blocks
}

/// What stands in the document and not in the articles, from its own marks: what the reader of the format passes over in
/// silence is counted too.
fn left_out(parts: &Parts, dropped_links: usize) -> Vec<(LeftOut, usize)> {
    let xml = String::from_utf8_lossy(&parts.document);
    let count = |names: &[&str]| -> usize {
        let of = |name: &&str| {
            let tag = format!("<w:{name}");
            let ends = |at: &(usize, &str)| xml[at.0 + tag.len()..].starts_with([' ', '>', '/', '\n', '\r', '\t']);
            xml.match_indices(&tag).filter(ends).count()
        };
        names.iter().map(of).sum()
    };
    let all = [
        (LeftOut::TrackedChanges, count(&["ins", "del", "moveFrom", "moveTo"])),
        (LeftOut::Comments, count(&["commentReference"])),
        (LeftOut::Tables, count(&["tbl"])),
        (LeftOut::Images, count(&["drawing", "pict", "object"])),
        (LeftOut::Footnotes, count(&["footnoteReference", "endnoteReference"])),
        (LeftOut::TextBoxes, count(&["txbxContent"])),
        (LeftOut::HeadersFooters, usize::from(parts.running)),
        (LeftOut::Links, dropped_links),
        (LeftOut::Fields, count(&["fldSimple", "instrText"])),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}
