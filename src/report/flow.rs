//! The flow of lines down the pages: where the pen is, when a new page begins, and how set lines get onto it.

use i18n_embed_fl::fl;

use super::document::{Mark as Status, Span};
use super::font::Weight;
use super::paper::{Artifact, Goal, Ink, Mark, PAGE_HEIGHT, PAGE_WIDTH, Page, Paper, Role, Stroke};
use super::shapes;
use super::wrap::{self, Line, Piece};
use crate::text::Lang;

pub const LEFT: f32 = 56.0;
pub const WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
pub const TOP: f32 = 66.0;
pub const BOTTOM: f32 = PAGE_HEIGHT - 58.0;

/// A size of letters with its leading (regelafstand), in points.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub letter: f32,
    pub lead: f32,
}

pub const BODY: Size = Size { letter: 9.5, lead: 13.4 };
pub const CELL: Size = Size { letter: 8.8, lead: 11.8 };
pub const SMALL: Size = Size { letter: 7.8, lead: 10.2 };

/// Lines that follow each other in one column: a paragraph or a cell.
#[derive(Debug, Default)]
pub struct Setting<'a> {
    pub lines: Vec<(Line, Size)>,
    /// What the runs point at.
    parts: Vec<Part<'a>>,
    /// Drawn around the first line, which then has one run.
    pub status: Option<Status>,
}

/// A part of a paragraph with a meaning of its own.
#[derive(Debug, Clone)]
enum Part<'a> {
    Link {
        text: &'a str,
        url: &'a str,
    },
    /// With the word for it, said to who does not see how it is drawn.
    Added(String),
    Removed(String),
}

impl Part<'_> {
    fn role(&self) -> Role {
        match self {
            Part::Link { .. } => Role::Link,
            Part::Added(_) => Role::Added,
            Part::Removed(_) => Role::Removed,
        }
    }
}

/// Room left and right of a status word for its shape and the ground behind both.
pub const STATUS_BEFORE: f32 = 15.5;
pub const STATUS_AFTER: f32 = 6.5;

impl<'a> Setting<'a> {
    pub fn text(text: &str, weight: Weight, ink: Ink, size: Size, width: f32) -> Setting<'a> {
        let mut setting = Setting::default();
        setting.add(&[Piece::plain(text, weight, ink)], size, width);
        setting
    }

    pub fn spans(spans: &'a [Span], ink: Ink, size: Size, width: f32, lang: Lang) -> Setting<'a> {
        let mut setting = Setting::default();
        let mut pieces = Vec::with_capacity(spans.len());
        for span in spans {
            let mut part = |ink: Ink, part: Part<'a>| {
                setting.parts.push(part);
                Piece { text: span.words(), weight: Weight::Regular, ink, part: Some(setting.parts.len() - 1) }
            };
            pieces.push(match span {
                Span::Text(text) => Piece::plain(text, Weight::Regular, ink),
                Span::Strong(text) => Piece::plain(text, Weight::SemiBold, ink),
                Span::Emphasis(text) => Piece::plain(text, Weight::Slanted, ink),
                Span::Link { url, .. } | Span::OwnPage { url } => {
                    part(Ink::Action, Part::Link { text: span.words(), url })
                }
                Span::Added(_) => part(Ink::Good, Part::Added(fl!(lang.texts(), "report-added"))),
                Span::Removed(_) => part(Ink::Bad, Part::Removed(fl!(lang.texts(), "report-removed"))),
            });
        }
        setting.add(&pieces, size, width);
        setting
    }

    pub fn add(&mut self, pieces: &[Piece], size: Size, width: f32) {
        self.lines.extend(wrap::lines(pieces, size.letter, width).into_iter().map(|line| (line, size)));
    }

    pub fn height(&self) -> f32 {
        self.lines.iter().map(|(_, size)| size.lead).sum()
    }

    /// How many lines from `from` on fit in `room`.
    pub fn fit(&self, from: usize, room: f32) -> usize {
        let mut used = 0.0;
        self.lines[from..]
            .iter()
            .take_while(|(_, size)| {
                used += size.lead;
                used <= room + 0.01
            })
            .count()
    }
}

pub struct Flow {
    pub paper: Paper,
    pub y: f32,
}

impl Flow {
    pub fn new() -> Flow {
        let mut flow = Flow { paper: Paper::default(), y: TOP };
        flow.turn();
        flow.paper.node(Role::Document, 0, 0);
        flow
    }

    pub fn page(&self) -> usize {
        self.paper.pages.len() - 1
    }

    pub fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    pub fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Starts a new page.
    pub fn turn(&mut self) {
        self.paper.pages.push(Page::default());
        self.y = TOP;
    }

    /// Turns the page when `height` does not fit on it; answers whether it did.
    pub fn need(&mut self, height: f32) -> bool {
        let turns = height > self.room() && !self.at_top();
        if turns {
            self.turn();
        }
        turns
    }

    /// Space between two blocks; none at the top of a page.
    pub fn space(&mut self, height: f32) {
        if !self.at_top() {
            self.y += height;
        }
    }

    pub fn decorate(&mut self, marks: Vec<Mark>) {
        let page = self.page();
        self.paper.artifact(page, Artifact::Layout, marks);
    }

    pub fn node(&mut self, role: Role, parent: usize) -> usize {
        let page = self.page();
        self.paper.node(role, parent, page)
    }

    /// Lets lines run down the page and onto the next, never leaving one line of several alone at either side.
    pub fn run(&mut self, setting: &Setting, node: usize) {
        self.run_at(LEFT, setting, node);
    }

    /// The same, in a column that begins at `x`.
    pub fn run_at(&mut self, x: f32, setting: &Setting, node: usize) {
        let mut from = 0;
        while from < setting.lines.len() {
            let left = setting.lines.len() - from;
            let mut fits = setting.fit(from, self.room());
            if fits < left {
                if left - fits == 1 {
                    fits = fits.saturating_sub(1);
                }
                if fits < 2 && !self.at_top() {
                    self.turn();
                    continue;
                }
                fits = fits.max(1);
            }
            let y = self.y;
            self.y += self.put(setting, from..from + fits, node, (x, y), None);
            from += fits;
        }
    }

    /// Draws some lines of a setting at a place on this page, at the right of `right_of` points when given.
    /// Answers with their height.
    pub fn put(
        &mut self,
        setting: &Setting,
        lines: std::ops::Range<usize>,
        node: usize,
        (x, top): (f32, f32),
        right_of: Option<f32>,
    ) -> f32 {
        if lines.start == 0
            && let Some(status) = setting.status
        {
            self.put_status(status, setting, (x, top));
        }
        let indent = |line: usize| if line == 0 && setting.status.is_some() { STATUS_BEFORE } else { 0.0 };
        let page = self.page();
        let mut part_nodes: Vec<Option<usize>> = vec![None; setting.parts.len()];
        let mut marks = Vec::new();
        let mut y = top;
        for number in lines {
            let (line, size) = &setting.lines[number];
            let baseline = y + baseline(*size);
            let mut run_x = x + indent(number) + right_of.map_or(0.0, |width| width - line.width);
            for run in &line.runs {
                let mark = Mark::Text {
                    x: run_x,
                    y: baseline,
                    size: size.letter,
                    weight: run.weight,
                    ink: run.ink,
                    text: run.text.clone(),
                };
                match run.part {
                    None => marks.push(mark),
                    Some(number) => {
                        if !marks.is_empty() {
                            self.paper.content(node, page, std::mem::take(&mut marks));
                        }
                        let part = &setting.parts[number];
                        let inner = *part_nodes[number].get_or_insert_with(|| self.paper.node(part.role(), node, page));
                        let end = run_x + run.width;
                        let stripe = |y: f32, thickness: f32| Mark::Line {
                            from: (run_x, y),
                            to: (end, y),
                            thickness,
                            dashed: false,
                            ink: run.ink,
                        };
                        let below = baseline + 1.4;
                        match part {
                            Part::Link { text, url } => {
                                self.paper.content(inner, page, vec![mark, stripe(below, 0.5)]);
                                let goal = Goal::Url((*url).to_owned());
                                self.paper.link(inner, page, [run_x, y, end, y + size.lead], goal, text);
                            }
                            Part::Added(word) => {
                                self.say(inner, word, &run.text);
                                self.paper.content(inner, page, vec![mark, stripe(below, 0.9)]);
                            }
                            Part::Removed(word) => {
                                self.say(inner, word, &run.text);
                                let through = baseline - size.letter * 0.26;
                                self.paper.content(inner, page, vec![mark, stripe(through, 0.8)]);
                            }
                        }
                    }
                }
                run_x += run.width;
            }
            y += size.lead;
        }
        if !marks.is_empty() {
            self.paper.content(node, page, marks);
        }
        y - top
    }

    /// What is said in place of the words of a change: `[toegevoegd: drie]`. Words of a next line join those before.
    fn say(&mut self, node: usize, word: &str, words: &str) {
        let said = self.paper.nodes[node].alt.take();
        let before = said.as_deref().and_then(|said| said.strip_suffix(']')).map(str::to_owned);
        self.paper.nodes[node].alt = Some(format!("{}{words}]", before.unwrap_or_else(|| format!("[{word}: "))));
    }

    /// A solid ground under a decision, a dashed edge around a proposal.
    fn put_status(&mut self, status: Status, setting: &Setting, (x, top): (f32, f32)) {
        let Some((line, size)) = setting.lines.first() else { return };
        let (ink, wash) = shapes::inks(status.tone);
        let height = size.lead + 1.6;
        let width = STATUS_BEFORE + line.width + STATUS_AFTER;
        let points = shapes::rounded(x, top - 0.8, width, height, height / 2.0);
        let edge = Stroke { ink, thickness: 0.7, dashed: true };
        let (fill, stroke) = if status.proposed { (Ink::Paper, Some(edge)) } else { (wash, None) };
        let mut marks = vec![Mark::Path { points, closed: true, fill: Some(fill), stroke }];
        let side = 8.2;
        marks.extend(shapes::shape(status.tone, x + 4.6, top + (size.lead - side) / 2.0, side));
        self.decorate(marks);
    }
}

/// Where in its leading a line stands: capitals in the middle.
pub fn baseline(size: Size) -> f32 {
    size.lead / 2.0 + size.letter * 0.33
}
