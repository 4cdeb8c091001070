//! The body of an article as blocks of a document.

use super::super::check::printable;
use super::super::document::{Block, List, Span};
use crate::agreement::text::diff::{Segment, Tag};
use crate::agreement::text::markdown::{self, Inline};

/// The blocks of a body, as they were written.
pub fn blocks(body: &str) -> Vec<Block> {
    all(&markdown::blocks(body))
}

fn all(blocks: &[markdown::Block]) -> Vec<Block> {
    blocks.iter().filter_map(block).collect()
}

fn block(block: &markdown::Block) -> Option<Block> {
    match block {
        markdown::Block::Paragraph(line) => {
            let spans: Vec<Span> = line.iter().map(span).collect();
            (!spans.is_empty()).then_some(Block::Paragraph(spans))
        }
        markdown::Block::List { first, items } => {
            let filled = items.iter().map(|item| {
                let inside = all(item);
                // An item without words keeps its number.
                if inside.is_empty() { vec![Block::text("…")] } else { inside }
            });
            let items: Vec<Vec<Block>> = filled.collect();
            (!items.is_empty()).then_some(Block::List(List { first: *first, items }))
        }
    }
}

fn span(part: &Inline) -> Span {
    match part {
        Inline::Text(words) => Span::Text(printable(words)),
        Inline::Strong(words) => Span::Strong(printable(words)),
        Inline::Emphasis(words) => Span::Emphasis(printable(words)),
        // An address in a file is plain ASCII; of another one the words remain.
        Inline::Link { text, url } if url.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Span::Link { text: printable(text), url: url.clone() }
        }
        Inline::Link { text, .. } => Span::Text(printable(text)),
        Inline::Break => Span::Text("\n".to_owned()),
    }
}

/// A line of changed words. What came in the place of what was taken out stands apart from it.
pub fn changed(line: &[Segment]) -> Vec<Span> {
    let span = |one: &Segment| match one.tag {
        Tag::Kept => Span::Text(printable(&one.words)),
        Tag::Removed => Span::Removed(printable(&one.words)),
        Tag::Added => Span::Added(printable(&one.words)),
    };
    let mut spans = Vec::with_capacity(line.len());
    for (at, one) in line.iter().enumerate() {
        let after = at.checked_sub(1).and_then(|before| line.get(before));
        let touches = |before: &Segment| before.tag == Tag::Removed && !before.words.ends_with(' ');
        if one.tag == Tag::Added && !one.words.starts_with(' ') && after.is_some_and(touches) {
            spans.push(Span::Text(" ".to_owned()));
        }
        spans.push(span(one));
    }
    spans
}
