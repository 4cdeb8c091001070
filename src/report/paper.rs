//! Pages with marks on them, and the tree that says what the marks mean. Points from the top left corner of the
//! page; no backend is named here.

use super::font::Weight;

/// A4 in points.
pub const PAGE_WIDTH: f32 = 595.276;
pub const PAGE_HEIGHT: f32 = 841.89;

#[derive(Debug, Default)]
pub struct Paper {
    pub pages: Vec<Page>,
    /// The structure tree; the first node is the document.
    pub nodes: Vec<Node>,
    pub outline: Vec<Entry>,
}

#[derive(Debug, Default)]
pub struct Page {
    pub chunks: Vec<Chunk>,
    pub links: Vec<LinkArea>,
    /// How many chunks belong to the tree: the next marked-content id.
    pub marked: usize,
}

/// Marks that belong together: the content of one node, or decoration.
#[derive(Debug)]
pub struct Chunk {
    pub owner: Owner,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The marked-content id on its page; the node knows the chunk by it.
    Node {
        role: Role,
        mcid: usize,
    },
    Artifact(Artifact),
}

/// What a reader who listens passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    Header,
    Footer,
    Layout,
}

#[derive(Debug)]
pub struct Node {
    pub role: Role,
    pub parent: usize,
    pub kids: Vec<Kid>,
    /// The page on which the node starts.
    pub page: usize,
    /// Alternative text of a figure, summary of a table; of a change, what is said in place of its words.
    pub alt: Option<String>,
    /// Left, top, right, bottom; for a figure.
    pub bbox: Option<[f32; 4]>,
}

#[derive(Debug, Clone, Copy)]
pub enum Kid {
    Node(usize),
    Marked { page: usize, mcid: usize },
    Link { page: usize, index: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Document,
    H1,
    H2,
    H3,
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableRow,
    ColumnHeader,
    RowHeader,
    TableCell,
    Caption,
    Figure,
    Link,
    /// Of a list: what stands before its items.
    NumberedList,
    BulletedList,
    Added,
    Removed,
    Contents,
    ContentsItem,
}

#[derive(Debug)]
pub struct LinkArea {
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    pub goal: Goal,
    pub text: String,
    pub node: usize,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    Url(String),
    /// Within the document.
    Place {
        page: usize,
        y: f32,
    },
}

/// A line of the outline (bladwijzers).
#[derive(Debug)]
pub struct Entry {
    pub title: String,
    /// 1 for the title of the document.
    pub level: u8,
    pub page: usize,
    pub y: f32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// `y` is the baseline.
    Text {
        x: f32,
        y: f32,
        size: f32,
        weight: Weight,
        ink: Ink,
        text: String,
    },
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        thickness: f32,
        dashed: bool,
        ink: Ink,
    },
    Path {
        points: Vec<Point>,
        closed: bool,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    pub ink: Ink,
    pub thickness: f32,
    pub dashed: bool,
}

/// A corner, or a handle that bends the line between two corners (two handles to a bend).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
    pub handle: bool,
}

/// The colours of the house, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Text,
    Soft,
    Line,
    Control,
    Paper,
    Action,
    Bar,
    Good,
    GoodWash,
    Warn,
    WarnWash,
    Bad,
    BadWash,
    Idle,
    IdleWash,
    Watch,
    WatchWash,
}

impl Ink {
    /// Red, green and blue, as in the stylesheet.
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Text => [0x14, 0x21, 0x2b],
            Ink::Soft => [0x46, 0x54, 0x5f],
            Ink::Line => [0xdb, 0xe1, 0xe3],
            Ink::Control => [0x71, 0x80, 0x8a],
            Ink::Paper => [0xff, 0xff, 0xff],
            Ink::Action => [0x0d, 0x4f, 0x66],
            Ink::Bar => [0x7b, 0x96, 0xa3],
            Ink::Good => [0x1a, 0x66, 0x40],
            Ink::GoodWash => [0xe5, 0xf3, 0xea],
            Ink::Warn => [0x7a, 0x4a, 0x00],
            Ink::WarnWash => [0xfc, 0xf0, 0xd6],
            Ink::Bad => [0x9f, 0x21, 0x26],
            Ink::BadWash => [0xfb, 0xe8, 0xe7],
            Ink::Idle => [0x4b, 0x58, 0x62],
            Ink::IdleWash => [0xec, 0xef, 0xf1],
            Ink::Watch => [0x1d, 0x4d, 0x8a],
            Ink::WatchWash => [0xe7, 0xef, 0xfa],
        }
    }
}

impl Paper {
    pub fn node(&mut self, role: Role, parent: usize, page: usize) -> usize {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent, kids: Vec::new(), page, alt: None, bbox: None });
        if id != parent {
            self.nodes[parent].kids.push(Kid::Node(id));
        }
        id
    }

    /// Puts the content of a node on a page.
    pub fn content(&mut self, node: usize, page: usize, marks: Vec<Mark>) {
        let role = self.nodes[node].role;
        let mcid = self.pages[page].marked;
        self.pages[page].marked += 1;
        self.nodes[node].kids.push(Kid::Marked { page, mcid });
        self.pages[page].chunks.push(Chunk { owner: Owner::Node { role, mcid }, marks });
    }

    pub fn artifact(&mut self, page: usize, kind: Artifact, marks: Vec<Mark>) {
        self.pages[page].chunks.push(Chunk { owner: Owner::Artifact(kind), marks });
    }

    pub fn link(&mut self, node: usize, page: usize, area: [f32; 4], goal: Goal, text: &str) {
        let index = self.pages[page].links.len();
        self.pages[page].links.push(LinkArea { area, goal, text: text.to_owned(), node });
        self.nodes[node].kids.push(Kid::Link { page, index });
    }
}

impl Mark {
    /// The same mark, so far to the right and down.
    pub fn moved(&self, right: f32, down: f32) -> Mark {
        let mut mark = self.clone();
        match &mut mark {
            Mark::Text { x, y, .. } | Mark::Rect { x, y, .. } => (*x, *y) = (*x + right, *y + down),
            Mark::Line { from, to, .. } => {
                *from = (from.0 + right, from.1 + down);
                *to = (to.0 + right, to.1 + down);
            }
            Mark::Path { points, .. } => points.iter_mut().for_each(|p| (p.x, p.y) = (p.x + right, p.y + down)),
        }
        mark
    }
}

impl Point {
    pub const fn corner(x: f32, y: f32) -> Point {
        Point { x, y, handle: false }
    }

    pub const fn handle(x: f32, y: f32) -> Point {
        Point { x, y, handle: true }
    }
}
