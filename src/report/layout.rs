//! From a document to pages (opmaak): first every block is set into lines, then the lines flow down the pages. A
//! heading stays with what follows it.

use crate::text::Lang;

use super::chart;
use super::contents;
use super::document::{Block, Document, Figure, Level, Note, Running};
use super::fact_list::SetFacts;
use super::flow::{BODY, BOTTOM, CELL, Flow, LEFT, SMALL, Setting, Size, TOP, WIDTH, baseline};
use super::font::Weight;
use super::list::SetList;
use super::paper::{Artifact, Entry, Ink, Mark, PAGE_WIDTH, Paper, Role};
use super::shapes;
use super::table::SetTable;
use i18n_embed_fl::fl;

const PARAGRAPH_AFTER: f32 = 6.0;
const NOTE_INDENT: f32 = 30.0;
const NOTE_PAD: f32 = 8.0;

/// Lays a well-built document out; `check` has been passed.
pub fn layout(document: &Document) -> Paper {
    let blocks: Vec<Set> = document.blocks.iter().map(|block| set(block, document.lang)).collect();
    let mut flow = Flow::new();
    let mut waiting = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        match block {
            Set::Heading { level, title, lines } => {
                let style = heading_style(*level);
                flow.space(style.before);
                flow.need(chain(&blocks[number..]).min(BOTTOM - TOP));
                let node = flow.node(style.role, 0);
                flow.paper.outline.push(Entry {
                    title: (*title).to_owned(),
                    level: *level as u8 + 1,
                    page: flow.page(),
                    y: flow.y,
                });
                flow.run(lines, node);
                flow.y += style.after;
            }
            Set::Paragraph(lines) => {
                // The closing does not stand alone on a page: the paragraph before it goes along.
                if let [Set::Paragraph(last)] = &blocks[number + 1..] {
                    flow.need((lines.height() + PARAGRAPH_AFTER + last.height()).min(BOTTOM - TOP));
                }
                let node = flow.node(Role::Paragraph, 0);
                flow.run(lines, node);
                flow.space(PARAGRAPH_AFTER);
            }
            Set::Facts(facts) => facts.place(&mut flow),
            Set::List(list) => list.place(&mut flow),
            Set::Contents => {
                let headings = flow.paper.outline.len();
                waiting.extend(contents::place(&mut flow, headings, &document.blocks[number..]));
            }
            Set::Table(table) => table.place(&mut flow),
            Set::Figure(figure) => place_figure(&mut flow, figure),
            Set::Note(note) => place_note(&mut flow, note),
        }
    }
    contents::number(&mut flow.paper, &waiting);
    number_pages(&mut flow.paper, document);
    flow.paper
}

/// A block whose text is broken into lines.
enum Set<'a> {
    Heading { level: Level, title: &'a str, lines: Setting<'a> },
    Paragraph(Setting<'a>),
    Facts(SetFacts<'a>),
    List(SetList<'a>),
    Contents,
    Table(SetTable<'a>),
    Figure(SetFigure<'a>),
    Note(SetNote<'a>),
}

struct SetFigure<'a> {
    figure: &'a Figure,
    title: Setting<'a>,
    sentence: Setting<'a>,
    drawing: chart::Drawing,
}

struct SetNote<'a> {
    note: &'a Note,
    title: Setting<'a>,
    text: Setting<'a>,
}

struct HeadingStyle {
    role: Role,
    size: Size,
    ink: Ink,
    before: f32,
    after: f32,
}

fn heading_style(level: Level) -> HeadingStyle {
    let style =
        |role, letter, lead, ink, before, after| HeadingStyle { role, size: Size { letter, lead }, ink, before, after };
    match level {
        Level::H1 => style(Role::H1, 21.0, 25.5, Ink::Text, 0.0, 8.0),
        Level::H2 => style(Role::H2, 13.5, 17.5, Ink::Action, 14.0, 4.0),
        Level::H3 => style(Role::H3, 10.0, 14.0, Ink::Text, 4.0, 1.0),
    }
}

fn set(block: &Block, lang: Lang) -> Set<'_> {
    match block {
        Block::Heading(level, title) => {
            let style = heading_style(*level);
            Set::Heading { level: *level, title, lines: balanced(title, &style) }
        }
        Block::Paragraph(spans) => Set::Paragraph(Setting::spans(spans, Ink::Text, BODY, WIDTH, lang)),
        Block::Facts(facts) => Set::Facts(SetFacts::new(facts, lang)),
        Block::List(list) => Set::List(SetList::new(list, lang)),
        Block::Contents => Set::Contents,
        Block::Table(table) => Set::Table(SetTable::new(table)),
        Block::Figure(figure) => Set::Figure(SetFigure {
            figure,
            title: Setting::text(&figure.title, Weight::SemiBold, Ink::Text, CELL, WIDTH),
            sentence: Setting::text(&figure.sentence, Weight::Regular, Ink::Soft, SMALL, WIDTH),
            drawing: chart::draw(&figure.chart, WIDTH, 8.0),
        }),
        Block::Note(note) => Set::Note(SetNote {
            note,
            title: Setting::text(&note.title, Weight::SemiBold, Ink::Text, BODY, WIDTH - NOTE_INDENT - NOTE_PAD),
            text: Setting::text(&note.text, Weight::Regular, Ink::Text, BODY, WIDTH - NOTE_INDENT - NOTE_PAD),
        }),
    }
}

/// A heading of several lines, each about as long as the others.
fn balanced<'a>(title: &str, style: &HeadingStyle) -> Setting<'a> {
    let set = |width| Setting::text(title, Weight::SemiBold, style.ink, style.size, width);
    let widest = set(WIDTH);
    let lines = widest.lines.len();
    let narrower = (5..10).map(|tenths| WIDTH * tenths as f32 / 10.0);
    match lines {
        0 | 1 => widest,
        _ => narrower.map(set).find(|setting| setting.lines.len() == lines).unwrap_or(widest),
    }
}

/// How much must stay on one page when it starts with these blocks: headings with the beginning of what follows.
fn chain(blocks: &[Set]) -> f32 {
    let Some(first) = blocks.first() else { return 0.0 };
    match first {
        Set::Heading { level, lines, .. } => {
            let before = match blocks.get(1) {
                Some(Set::Heading { level, .. }) => heading_style(*level).before,
                _ => 0.0,
            };
            lines.height() + heading_style(*level).after + before + chain(&blocks[1..])
        }
        // A sentence or two that lead a table in stay with it.
        Set::Paragraph(lines)
            if lines.lines.len() <= 3
                && matches!(blocks.get(1), Some(Set::Table(_) | Set::Facts(_) | Set::List(_))) =>
        {
            lines.height() + 6.0 + chain(&blocks[1..])
        }
        Set::Paragraph(lines) => lines.lines.iter().take(3).map(|(_, size)| size.lead).sum(),
        Set::Facts(facts) => facts.least_height(),
        Set::List(list) => list.least_height(),
        Set::Contents => 3.0 * BODY.lead,
        Set::Table(table) => table.least_height(),
        Set::Figure(figure) => figure.height(),
        Set::Note(note) => note.height(),
    }
}

impl SetFigure<'_> {
    fn height(&self) -> f32 {
        self.title.height() + 4.0 + self.drawing.height + 4.0 + self.sentence.height()
    }
}

fn place_figure(flow: &mut Flow, set: &SetFigure) {
    flow.need(set.height());
    let title = flow.node(Role::Paragraph, 0);
    flow.run(&set.title, title);
    flow.y += 4.0;
    let node = flow.node(Role::Figure, 0);
    let (top, page) = (flow.y, flow.page());
    flow.paper.nodes[node].alt = Some(set.figure.alt.clone());
    flow.paper.nodes[node].bbox = Some([LEFT, top, LEFT + WIDTH, top + set.drawing.height]);
    let marks = set.drawing.marks.iter().map(|mark| mark.moved(LEFT, top)).collect();
    flow.paper.content(node, page, marks);
    flow.y += set.drawing.height + 4.0;
    let sentence = flow.node(Role::Paragraph, 0);
    flow.run(&set.sentence, sentence);
    flow.space(10.0);
}

impl SetNote<'_> {
    fn height(&self) -> f32 {
        self.title.height() + self.text.height() + 2.0 * NOTE_PAD
    }
}

fn place_note(flow: &mut Flow, set: &SetNote) {
    flow.space(4.0);
    let height = set.height();
    let (ink, wash) = shapes::inks(set.note.tone);
    if height > BOTTOM - TOP {
        // Longer than a page: no ground can stand behind it.
        let title = flow.node(Role::Paragraph, 0);
        flow.run(&set.title, title);
        let text = flow.node(Role::Paragraph, 0);
        flow.run(&set.text, text);
        return flow.space(6.0);
    }
    flow.need(height);
    let top = flow.y;
    let mut ground = vec![
        Mark::Rect { x: LEFT, y: top, width: WIDTH, height, ink: wash },
        Mark::Rect { x: LEFT, y: top, width: 3.5, height, ink },
    ];
    ground.extend(shapes::shape(set.note.tone, LEFT + 11.5, top + NOTE_PAD + 1.2, 11.0));
    flow.decorate(ground);
    let mut y = top + NOTE_PAD;
    for lines in [&set.title, &set.text] {
        let node = flow.node(Role::Paragraph, 0);
        y += flow.put(lines, 0..lines.lines.len(), node, (LEFT + NOTE_INDENT, y), None);
    }
    flow.y = top + height;
    flow.space(10.0);
}

/// The top and the foot of every page, once it is known how many there are.
fn number_pages(paper: &mut Paper, document: &Document) {
    let count = paper.pages.len();
    let line = |y, ink, thickness| Mark::Line { from: (LEFT, y), to: (LEFT + WIDTH, y), thickness, dashed: false, ink };
    for page in 0..count {
        let number = page_of(document.lang, page + 1, count);
        let at = |x: f32, y: f32, weight, ink, text: &str| Mark::Text {
            x,
            y,
            size: SMALL.letter,
            weight,
            ink,
            text: text.to_owned(),
        };
        let header = one_line(&document.header, Weight::SemiBold, WIDTH);
        paper.artifact(
            page,
            Artifact::Header,
            vec![at(LEFT, 40.0, Weight::SemiBold, Ink::Action, &header), line(47.0, Ink::Action, 0.8)],
        );
        let number_width = Weight::Regular.width(&number, SMALL.letter);
        let footer = one_line(&document.footer, Weight::Regular, WIDTH - number_width - 20.0);
        let y = BOTTOM + 14.0;
        let text_y = y + 4.0 + baseline(SMALL);
        paper.artifact(
            page,
            Artifact::Footer,
            vec![
                line(y, Ink::Line, 0.6),
                at(LEFT, text_y, Weight::Regular, Ink::Soft, &footer),
                at(PAGE_WIDTH - LEFT - number_width, text_y, Weight::Regular, Ink::Soft, &number),
            ],
        );
    }
}

fn page_of(lang: Lang, page: usize, count: usize) -> String {
    fl!(lang.texts(), "report-page-of", page = page.to_string(), count = count.to_string())
}

/// A running line on one line of paper: the name gives way, as the document says it in full.
fn one_line(running: &Running, weight: Weight, width: f32) -> String {
    let rest = format!(" · {}", running.rest);
    let whole = |name: &str, mark: &str| format!("{name}{mark}{rest}");
    let fits = |line: &String| weight.width(line, SMALL.letter) <= width;
    let full = whole(&running.name, "");
    if fits(&full) {
        return full;
    }
    let mut name = running.name.clone();
    while name.pop().is_some() {
        let line = whole(name.trim_end(), "…");
        if fits(&line) {
            return line;
        }
    }
    running.rest.clone()
}

#[cfg(test)]
mod tests;
