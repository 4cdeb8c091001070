//! Facts on paper (gegevens): names with their values, the values from one edge on.

use super::document::Fact;
use super::flow::{BODY, BOTTOM, Flow, LEFT, Setting, TOP, WIDTH};
use super::font::Weight;
use super::paper::{Ink, Role};
use crate::text::Lang;

/// The names take no less of the line than this, and no more than that.
const NAMES: (f32, f32) = (110.0, 200.0);
/// A list no longer than this, in points, stays whole.
const SHORT: f32 = 180.0;

/// Facts whose texts are broken into lines.
pub struct SetFacts<'a> {
    /// Where the values begin.
    indent: f32,
    facts: Vec<SetFact<'a>>,
}

struct SetFact<'a> {
    name: Setting<'a>,
    value: Setting<'a>,
}

impl<'a> SetFacts<'a> {
    pub fn new(facts: &'a [Fact], lang: Lang) -> SetFacts<'a> {
        let names = facts.iter().map(|fact| Weight::Regular.width(&fact.name, BODY.letter));
        let indent = (names.fold(0.0, f32::max) + 14.0).clamp(NAMES.0, NAMES.1);
        let facts = facts.iter().map(|fact| SetFact {
            name: Setting::text(&fact.name, Weight::Regular, Ink::Soft, BODY, indent - 10.0),
            value: Setting::spans(&fact.value, Ink::Text, BODY, WIDTH - indent, lang),
        });
        SetFacts { indent, facts: facts.collect() }
    }

    /// What must stand on the page where the list begins: all of a short list, two facts of a long one.
    pub fn least_height(&self) -> f32 {
        let first = |count: usize| self.facts.iter().take(count).map(SetFact::height).sum::<f32>();
        let all = first(self.facts.len());
        if all <= SHORT { all } else { first(2) }
    }

    pub fn place(&self, flow: &mut Flow) {
        flow.need(self.least_height().min(BOTTOM - TOP));
        let list = flow.node(Role::List, 0);
        for fact in &self.facts {
            // A value longer than a page runs on below its name; any other stays whole.
            let whole = fact.height() <= BOTTOM - TOP;
            if whole {
                flow.need(fact.height());
            }
            let item = flow.node(Role::ListItem, list);
            let label = flow.node(Role::Label, item);
            let y = flow.y;
            let name_height = flow.put(&fact.name, 0..fact.name.lines.len(), label, (LEFT, y), None);
            let body = flow.node(Role::ListBody, item);
            if whole {
                flow.put(&fact.value, 0..fact.value.lines.len(), body, (LEFT + self.indent, y), None);
                flow.y += fact.height();
            } else {
                flow.y += name_height;
                flow.run(&fact.value, body);
            }
        }
        flow.space(6.0);
    }
}

impl SetFact<'_> {
    fn height(&self) -> f32 {
        self.name.height().max(self.value.height()) + 1.8
    }
}
