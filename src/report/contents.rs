//! The contents on paper (inhoudsopgave): a line for every heading that follows, each a link to it. Its room is known at
//! once, the numbers of the pages only when all is laid out.

use super::document::{Block, Level};
use super::flow::{BODY, Flow, LEFT, WIDTH, baseline};
use super::font::Weight;
use super::paper::{Goal, Ink, Mark, Paper, Role};

/// Room at the right for the number of the page.
const NUMBER: f32 = 36.0;
const DEEPER: f32 = 14.0;

/// A line that waits for the number of its page.
pub struct Awaiting {
    page: usize,
    chunk: usize,
    /// Which heading it names: its place in the outline.
    heading: usize,
    node: usize,
    top: f32,
    text: String,
}

/// Places the lines for the headings among `after`; `before` headings stand above them.
pub fn place(flow: &mut Flow, before: usize, after: &[Block]) -> Vec<Awaiting> {
    let list = flow.node(Role::Contents, 0);
    let mut waiting = Vec::new();
    let headings = after.iter().filter_map(|block| match block {
        Block::Heading(level, text) => Some((*level, text)),
        _ => None,
    });
    for (number, (level, text)) in headings.enumerate() {
        flow.need(BODY.lead);
        let (page, top) = (flow.page(), flow.y);
        let item = flow.node(Role::ContentsItem, list);
        let node = flow.node(Role::Link, item);
        let left = LEFT + if level == Level::H3 { DEEPER } else { 0.0 };
        let mark = Mark::Text {
            x: left,
            y: top + baseline(BODY),
            size: BODY.letter,
            weight: Weight::Regular,
            ink: Ink::Text,
            // The space keeps heading and page apart for who reads the text and not the page.
            text: format!("{} ", shortened(text, LEFT + WIDTH - NUMBER - left)),
        };
        let chunk = flow.paper.pages[page].chunks.len();
        flow.paper.content(node, page, vec![mark]);
        waiting.push(Awaiting { page, chunk, heading: before + number, node, top, text: text.clone() });
        flow.y += BODY.lead;
    }
    flow.space(8.0);
    waiting
}

/// Writes the numbers of the pages, now that they are known, and makes each line lead to its heading.
pub fn number(paper: &mut Paper, waiting: &[Awaiting]) {
    for line in waiting {
        let Some((page, y)) = paper.outline.get(line.heading).map(|entry| (entry.page, entry.y)) else { continue };
        let text = (page + 1).to_string();
        let x = LEFT + WIDTH - Weight::Regular.width(&text, BODY.letter);
        let (size, y_text) = (BODY.letter, line.top + baseline(BODY));
        let mark = Mark::Text { x, y: y_text, size, weight: Weight::Regular, ink: Ink::Soft, text };
        paper.pages[line.page].chunks[line.chunk].marks.push(mark);
        let area = [LEFT, line.top, LEFT + WIDTH, line.top + BODY.lead];
        paper.link(line.node, line.page, area, Goal::Place { page, y }, &line.text);
    }
}

fn shortened(text: &str, width: f32) -> String {
    let fits = |text: &str| Weight::Regular.width(text, BODY.letter) <= width;
    if fits(text) {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while short.pop().is_some() && !fits(&format!("{}…", short.trim_end())) {}
    format!("{}…", short.trim_end())
}
