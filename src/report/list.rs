//! Lists on paper (opsommingen): a number or a dot, and what belongs to it at one edge; a list may stand in an item.

use super::document::{Block, List};
use super::flow::{BODY, BOTTOM, Flow, LEFT, Setting, TOP, WIDTH};
use super::font::Weight;
use super::paper::{Ink, Role};
use crate::text::Lang;

/// Between a number and what belongs to it.
const GAP: f32 = 6.0;
/// A list at this depth moves no further to the right: words need room too.
const DEEPEST: usize = 6;
/// Between two blocks of one item.
const BETWEEN: f32 = 3.0;

/// A list whose texts are broken into lines.
pub struct SetList<'a> {
    role: Role,
    /// Where the numbers stand, and where the items begin.
    left: f32,
    indent: f32,
    items: Vec<SetItem<'a>>,
}

struct SetItem<'a> {
    label: Setting<'a>,
    blocks: Vec<SetBlock<'a>>,
}

enum SetBlock<'a> {
    Text(Setting<'a>),
    List(SetList<'a>),
}

impl<'a> SetList<'a> {
    pub fn new(list: &'a List, lang: Lang) -> SetList<'a> {
        SetList::at(list, lang, LEFT, 1)
    }

    fn at(list: &'a List, lang: Lang, left: f32, depth: usize) -> SetList<'a> {
        let labels: Vec<String> = (0..list.items.len()).map(|at| list.label(at)).collect();
        let widest = labels.iter().map(|label| Weight::Regular.width(label, BODY.letter)).fold(0.0, f32::max);
        let indent = left + widest + GAP;
        let width = LEFT + WIDTH - indent;
        let items = list.items.iter().zip(&labels).map(|(blocks, label)| SetItem {
            label: Setting::text(label, Weight::Regular, Ink::Text, BODY, WIDTH),
            blocks: blocks.iter().filter_map(|block| set(block, lang, (left, indent), width, depth)).collect(),
        });
        let role = if list.first.is_some() { Role::NumberedList } else { Role::BulletedList };
        SetList { role, left, indent, items: items.collect() }
    }

    /// What must stand on the page where the list begins: the beginning of its first item.
    pub fn least_height(&self) -> f32 {
        self.items.first().map_or(0.0, SetItem::least_height)
    }

    pub fn place(&self, flow: &mut Flow) {
        self.place_in(flow, 0);
        flow.space(3.0);
    }

    fn place_in(&self, flow: &mut Flow, parent: usize) {
        flow.need(self.least_height().min(BOTTOM - TOP));
        let list = flow.node(self.role, parent);
        for item in &self.items {
            flow.need(item.least_height().min(BOTTOM - TOP));
            let node = flow.node(Role::ListItem, list);
            let label = flow.node(Role::Label, node);
            let y = flow.y;
            flow.put(&item.label, 0..item.label.lines.len(), label, (self.left, y), None);
            let body = flow.node(Role::ListBody, node);
            for block in &item.blocks {
                match block {
                    SetBlock::Text(lines) => {
                        let paragraph = flow.node(Role::Paragraph, body);
                        flow.run_at(self.indent, lines, paragraph);
                        flow.space(BETWEEN);
                    }
                    SetBlock::List(inner) => inner.place_in(flow, body),
                }
            }
        }
    }
}

fn set<'a>(block: &'a Block, lang: Lang, (left, indent): (f32, f32), width: f32, depth: usize) -> Option<SetBlock<'a>> {
    match block {
        Block::Paragraph(spans) => Some(SetBlock::Text(Setting::spans(spans, Ink::Text, BODY, width, lang))),
        Block::List(inner) => {
            let left = if depth < DEEPEST { indent } else { left };
            Some(SetBlock::List(SetList::at(inner, lang, left, depth + 1)))
        }
        // A well-built list holds nothing else.
        _ => None,
    }
}

impl SetItem<'_> {
    /// Its first two lines; the number stands beside the first.
    fn least_height(&self) -> f32 {
        match self.blocks.first() {
            Some(SetBlock::Text(lines)) => lines.lines.iter().take(2).map(|(_, size)| size.lead).sum(),
            Some(SetBlock::List(inner)) => inner.least_height(),
            None => BODY.lead,
        }
    }
}
