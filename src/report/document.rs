//! A document (stuk): what a report, a letter or an agreement says, before anybody draws it. The PDF and the HTML
//! page are two ways to draw the same `Document`; nothing of either stands here.

use chrono::{DateTime, FixedOffset};

use crate::money::Cents;
use crate::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub identity: Identity,
    pub lang: Lang,
    /// The name of the document: the title of the PDF and of its window. The first heading says it again.
    pub title: String,
    /// Stands at the top of every page of paper.
    pub header: Running,
    /// Stands at the foot of every page of paper, before "pagina x van y".
    pub footer: Running,
    pub blocks: Vec<Block>,
}

/// A line that comes back on every page. A name too long for it is shortened; what follows the name stays whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    pub name: String,
    pub rest: String,
}

/// What makes this document this one. Nothing here is taken from a clock: the same document gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// For the archive, for example `kwartaalrapport-12345678-2026-Q3-2`.
    pub id: String,
    /// Who speaks: the municipality.
    pub author: String,
    pub made_on: DateTime<FixedOffset>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(Level, String),
    Paragraph(Vec<Span>),
    List(List),
    /// Names with their values (gegevens), such as "Aanbieder: Stichting Werkpad Noord".
    Facts(Vec<Fact>),
    Table(Table),
    Figure(Figure),
    Note(Note),
    /// Every heading that follows, with its page (inhoudsopgave).
    Contents,
}

/// Items with a number or a dot before them (opsomming).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The number of the first item; none when the items have dots.
    pub first: Option<u64>,
    /// Each at least one block: paragraphs and lists, and nothing else.
    pub items: Vec<Vec<Block>>,
}

/// A document starts with its one `H1`; levels are never skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    H1,
    H2,
    H3,
}

/// A stretch of running text. A line break in it stays a line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    Text(String),
    Strong(String),
    Emphasis(String),
    /// What was added since an earlier version (ingevoegd).
    Added(String),
    /// What was taken out since an earlier version (vervallen).
    Removed(String),
    Link {
        text: String,
        url: String,
    },
    /// The page of this document itself. On paper that is its whole address. On a page it is the last part alone, so that
    /// each side of the house stays on its own page of it.
    OwnPage {
        url: String,
    },
}

impl Span {
    /// The words as they are read, without their dress.
    pub fn words(&self) -> &str {
        match self {
            Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) => text,
            Span::Added(text) | Span::Removed(text) | Span::Link { text, .. } => text,
            Span::OwnPage { url } => url,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: Vec<Span>,
}

/// A remark that must not be overlooked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub tone: Tone,
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Stands above the table.
    pub caption: String,
    /// How the table is built, for who cannot see it.
    pub summary: String,
    /// At least one.
    pub columns: Vec<Column>,
    /// Which column names its row.
    pub row_header: usize,
    /// Each with as many cells as there are columns.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub heading: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Starts at the left and may take several lines.
    Text,
    /// Stands at the right, digit under digit, in one line as long as it fits.
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// A sum of the rows above it.
    pub total: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// A status: the shape before the word.
    pub mark: Option<Mark>,
    pub text: String,
    /// A second, smaller line below the text. Empty when there is none.
    pub below: String,
    pub strong: bool,
}

/// The shape and colour of a status; the word stands beside it, so that nothing rests on colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub tone: Tone,
    /// Computed by the system and not yet decided by a person (voorstel).
    pub proposed: bool,
}

/// What a status or a bar says at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A green disc with a check
    Good,
    /// An amber triangle with an exclamation mark
    Warn,
    /// A red octagon with a cross
    Bad,
    /// A grey circle with a dash
    Idle,
    /// A blue eye: only followed
    Watch,
}

/// A drawing of figures. What it shows stands in its alternative text too, figure by figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub title: String,
    /// One sentence below the drawing: how to read it.
    pub sentence: String,
    pub alt: String,
    pub chart: Chart,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    Bars(Vec<Bar>),
    Trend(Trend),
    Columns(Vec<Amount>),
}

/// One result against its target, in tenths of a percent from 0 to 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    /// None when there was nothing to count.
    pub result: Option<u32>,
    pub target: Option<u32>,
    /// The result as it is written.
    pub shown: String,
    pub tone: Tone,
}

/// Several results over the same periods, each in a small drawing of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// Oldest first.
    pub periods: Vec<String>,
    pub series: Vec<Series>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub label: String,
    /// One for each period, in tenths of a percent; none where there was nothing to count.
    pub points: Vec<Option<u32>>,
    pub target: Option<u32>,
    /// The points as they are written, one for each period.
    pub shown: Vec<String>,
    pub tone: Tone,
}

/// One amount of money in a row of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub label: String,
    pub amount: Cents,
    pub shown: String,
    /// Belongs to the period the document is about.
    pub current: bool,
}

impl Running {
    pub fn new(name: impl Into<String>, rest: impl Into<String>) -> Running {
        Running { name: name.into(), rest: rest.into() }
    }
}

impl Block {
    pub fn text(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Span::Text(text.into())])
    }
}

impl List {
    /// What stands before an item.
    pub fn label(&self, at: usize) -> String {
        match self.first {
            Some(first) => format!("{}.", first.saturating_add(at as u64)),
            None => "•".to_owned(),
        }
    }
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact { name: name.into(), value: vec![Span::Text(value.into())] }
    }
}

impl Column {
    pub fn text(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), kind: Kind::Text }
    }

    pub fn number(heading: impl Into<String>) -> Column {
        Column { heading: heading.into(), kind: Kind::Number }
    }
}

impl Row {
    pub fn of(cells: Vec<Cell>) -> Row {
        Row { cells, total: false }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    pub fn strong(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), strong: true, ..Cell::default() }
    }

    pub fn status(tone: Tone, proposed: bool, word: impl Into<String>) -> Cell {
        Cell { mark: Some(Mark { tone, proposed }), text: word.into(), ..Cell::default() }
    }

    pub fn below(self, below: impl Into<String>) -> Cell {
        Cell { below: below.into(), ..self }
    }
}
