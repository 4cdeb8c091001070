//! Tables on paper: how wide the columns are, rows that stay whole, and a heading repeated on every page.

use super::document::{Cell, Column, Kind, Row, Table};
use super::flow::{BOTTOM, CELL, Flow, LEFT, SMALL, STATUS_AFTER, STATUS_BEFORE, Setting, Size, TOP, WIDTH, baseline};
use super::font::Weight;
use super::paper::{Artifact, Ink, Mark, Role};
use super::wrap::{Piece, extent};

const PAD: f32 = 3.4;
const GUTTER: f32 = 5.0;
/// A table that takes no more of a page than this is never split.
const SMALL_TABLE: f32 = 0.3;
/// No column is made narrower than this for the sake of another.
const NARROWEST: f32 = 26.0;

/// A table whose cells are broken into lines.
pub struct SetTable<'a> {
    table: &'a Table,
    caption: Setting<'a>,
    columns: Vec<SetColumn<'a>>,
    heading_height: f32,
    rows: Vec<SetRow<'a>>,
}

struct SetColumn<'a> {
    x: f32,
    width: f32,
    kind: Kind,
    heading: Setting<'a>,
}

struct SetRow<'a> {
    cells: Vec<Setting<'a>>,
    height: f32,
    total: bool,
}

impl<'a> SetTable<'a> {
    pub fn new(table: &'a Table) -> SetTable<'a> {
        let widths = column_widths(table);
        let mut x = LEFT;
        let columns: Vec<SetColumn> = table
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| {
                let heading = Setting::text(&column.heading, Weight::SemiBold, Ink::Soft, SMALL, width - 2.0 * GUTTER);
                let set = SetColumn { x, width: *width, kind: column.kind, heading };
                x += width;
                set
            })
            .collect();
        let heading_height = columns.iter().map(|c| c.heading.height()).fold(0.0, f32::max) + 2.0 * 3.0;
        let rows = table.rows.iter().map(|row| SetRow::new(row, &columns)).collect();
        let caption = Setting::text(&table.caption, Weight::Regular, Ink::Soft, SMALL, WIDTH);
        SetTable { table, caption, columns, heading_height, rows }
    }

    /// What must stand on the page where the table begins: the whole of a small one, and caption, heading and two
    /// rows of another; three rows cannot be split without leaving one alone. Of a row longer than a page, its first
    /// lines.
    pub fn least_height(&self) -> f32 {
        let above = self.caption.height() + 3.0 + self.heading_height;
        let rows = |count: usize| above + self.rows.iter().take(count).map(|row| row.height).sum::<f32>();
        let page = BOTTOM - TOP;
        if rows(self.rows.len()) <= page * SMALL_TABLE {
            return rows(self.rows.len());
        }
        let least = if self.rows.len() == 3 { rows(3) } else { rows(2) };
        let least = [least, rows(1)].into_iter().find(|height| *height <= page);
        least.unwrap_or(above + 4.0 * CELL.lead)
    }

    /// What must stand on one page from this row on: the last row, or a sum, is not torn from the row above it.
    fn together(&self, number: usize) -> f32 {
        let next = self.rows.get(number + 1).filter(|next| next.total || number + 2 == self.rows.len());
        self.rows[number].height + next.map_or(0.0, |next| next.height)
    }

    pub fn place(&self, flow: &mut Flow) {
        flow.need(self.least_height().min(BOTTOM - TOP));
        let node = flow.node(Role::Table, 0);
        flow.paper.nodes[node].alt = Some(self.table.summary.clone());
        if !self.caption.lines.is_empty() {
            let caption = flow.node(Role::Caption, node);
            flow.run(&self.caption, caption);
            flow.y += 3.0;
        }
        let head = flow.node(Role::TableHead, node);
        let head_row = flow.node(Role::TableRow, head);
        self.place_heading(flow, Some(head_row));
        let body = flow.node(Role::TableBody, node);
        for (number, row) in self.rows.iter().enumerate() {
            let wanted = self.together(number);
            if wanted <= BOTTOM - TOP - self.heading_height && flow.need(wanted) {
                self.place_heading(flow, None);
            }
            self.place_row(flow, row, body);
        }
        flow.space(10.0);
    }

    /// The heading of the columns: for the tree once, and as decoration on every page that follows.
    fn place_heading(&self, flow: &mut Flow, row: Option<usize>) {
        let (top, page) = (flow.y, flow.page());
        let bottom = top + self.heading_height;
        for column in &self.columns {
            let x = column.x + GUTTER;
            let right_of = column.right_of();
            let y = bottom - 3.0 - column.heading.height();
            match row {
                Some(row) => {
                    let node = flow.node(Role::ColumnHeader, row);
                    flow.put(&column.heading, 0..column.heading.lines.len(), node, (x, y), right_of);
                }
                None => {
                    let marks = column.heading.lines.iter().enumerate().flat_map(|(number, (line, size))| {
                        let left = x + right_of.map_or(0.0, |width| width - line.width);
                        let baseline = y + number as f32 * size.lead + baseline(*size);
                        line.runs.iter().map(move |run| Mark::Text {
                            x: left,
                            y: baseline,
                            size: size.letter,
                            weight: run.weight,
                            ink: run.ink,
                            text: run.text.clone(),
                        })
                    });
                    let marks: Vec<Mark> = marks.collect();
                    flow.paper.artifact(page, Artifact::Header, marks);
                }
            }
        }
        flow.decorate(vec![self.rule(bottom, 0.8, Ink::Control)]);
        flow.y = bottom;
    }

    /// A row stays whole, unless it is longer than a page.
    fn place_row(&self, flow: &mut Flow, row: &SetRow, body: usize) {
        let node = flow.node(Role::TableRow, body);
        let cells: Vec<usize> = (0..row.cells.len())
            .map(|column| {
                let role = if column == self.table.row_header { Role::RowHeader } else { Role::TableCell };
                flow.node(role, node)
            })
            .collect();
        if row.total {
            let top = flow.y;
            flow.decorate(vec![self.rule(top, 0.8, Ink::Control)]);
        }
        let mut next = vec![0; row.cells.len()];
        loop {
            let (top, room) = (flow.y, flow.room() - 2.0 * PAD);
            let mut height = 0.0f32;
            let mut progress = false;
            for ((cell, column), (next, node)) in row.cells.iter().zip(&self.columns).zip(next.iter_mut().zip(&cells)) {
                let fits = cell.fit(*next, room);
                let place = (column.x + GUTTER, top + PAD);
                if fits > 0 {
                    height = height.max(flow.put(cell, *next..*next + fits, *node, place, column.right_of()));
                    *next += fits;
                    progress = true;
                }
            }
            flow.y = top + height + 2.0 * PAD;
            let done = row.cells.iter().zip(&next).all(|(cell, next)| *next == cell.lines.len());
            if done {
                break;
            }
            debug_assert!(progress || !flow.at_top(), "a line always fits on an empty page");
            flow.turn();
            self.place_heading(flow, None);
        }
        let bottom = flow.y;
        flow.decorate(vec![self.rule(bottom, 0.5, Ink::Line)]);
    }
}

impl SetTable<'_> {
    fn rule(&self, y: f32, thickness: f32, ink: Ink) -> Mark {
        let right = self.columns.last().map_or(LEFT, |column| column.x + column.width);
        Mark::Line { from: (LEFT, y), to: (right, y), thickness, dashed: false, ink }
    }
}

impl SetColumn<'_> {
    fn right_of(&self) -> Option<f32> {
        (self.kind == Kind::Number).then_some(self.width - 2.0 * GUTTER)
    }
}

impl<'a> SetRow<'a> {
    fn new(row: &'a Row, columns: &[SetColumn]) -> SetRow<'a> {
        let cells: Vec<Setting> =
            row.cells.iter().zip(columns).map(|(cell, c)| set_cell(cell, row.total, c.width)).collect();
        let height = cells.iter().map(Setting::height).fold(CELL.lead, f32::max) + 2.0 * PAD;
        SetRow { cells, height, total: row.total }
    }
}

fn set_cell<'a>(cell: &'a Cell, total: bool, width: f32) -> Setting<'a> {
    let width = width - 2.0 * GUTTER;
    let mut setting = match cell.mark {
        None => {
            let weight = if cell.strong || total { Weight::SemiBold } else { Weight::Regular };
            Setting::text(&cell.text, weight, Ink::Text, CELL, width)
        }
        Some(status) => {
            let (ink, _) = super::shapes::inks(status.tone);
            let room = width - STATUS_BEFORE - STATUS_AFTER;
            let mut word = Setting::text(&cell.text, Weight::SemiBold, ink, CELL, room);
            word.status = Some(status);
            word
        }
    };
    // Below the ground of a status there is a little more air.
    let lead = if cell.mark.is_some() { SMALL.lead + 3.4 } else { SMALL.lead };
    setting.add(&[Piece::plain(&cell.below, Weight::Regular, Ink::Soft)], Size { lead, ..SMALL }, width);
    setting
}

/// Every column as wide as its text when that fits. Otherwise figures and statuses keep their width and the text
/// columns share what is left, each at least as wide as its longest word where that can be.
fn column_widths(table: &Table) -> Vec<f32> {
    let count = table.columns.len();
    let wishes: Vec<(f32, f32)> = (0..count).map(|column| wish(&table.columns[column], table, column)).collect();
    let wanted: f32 = wishes.iter().map(|(_, line)| line).sum();
    if wanted <= WIDTH {
        return loose(table, &wishes, wanted);
    }
    let least: Vec<f32> = wishes.iter().map(|(word, _)| word.clamp(NARROWEST, WIDTH / 3.0)).collect();
    let needed: f32 = least.iter().sum();
    if needed >= WIDTH {
        return capped(least);
    }
    let longing: f32 = wishes.iter().zip(&least).map(|((_, line), least)| (line - least).max(0.0)).sum();
    let share = (WIDTH - needed) / longing;
    wishes.iter().zip(&least).map(|((_, line), least)| least + (line - least).max(0.0) * share).collect()
}

/// Too much for the page: the widest columns give way first, to one common width.
fn capped(mut widths: Vec<f32>) -> Vec<f32> {
    let mut narrow: Vec<f32> = widths.clone();
    narrow.sort_by(f32::total_cmp);
    let mut room = WIDTH;
    for (place, width) in narrow.iter().enumerate() {
        let fair = room / (narrow.len() - place) as f32;
        if *width > fair {
            widths.iter_mut().for_each(|width| *width = width.min(fair));
            break;
        }
        room -= width;
    }
    widths
}

/// Room to spare goes to the text columns, but a small table is not pulled apart over the whole page.
fn loose(table: &Table, wishes: &[(f32, f32)], wanted: f32) -> Vec<f32> {
    let rest = (wanted * 1.5).clamp(WIDTH * 0.6, WIDTH) - wanted;
    let is_text = |column: &Column| column.kind == Kind::Text;
    let texts: f32 = table.columns.iter().zip(wishes).filter(|(c, _)| is_text(c)).map(|(_, (_, line))| line).sum();
    let widths = table.columns.iter().zip(wishes).map(|(column, (_, line))| {
        if texts == 0.0 {
            line + rest / wishes.len() as f32
        } else if is_text(column) {
            line + rest.max(0.0) * line / texts
        } else {
            *line
        }
    });
    widths.collect()
}

/// The least and the full width a column asks for.
fn wish(column: &Column, table: &Table, number: usize) -> (f32, f32) {
    let heading = extent(&column.heading, Weight::SemiBold, SMALL.letter);
    // A heading may be broken where its figures are narrow.
    let (mut word, mut line) = (heading.0, heading.0);
    for row in &table.rows {
        let cell = &row.cells[number];
        let weight = if cell.strong || row.total || cell.mark.is_some() { Weight::SemiBold } else { Weight::Regular };
        let (text_word, text_line) = extent(&cell.text, weight, CELL.letter);
        let (below_word, below_line) = extent(&cell.below, Weight::Regular, SMALL.letter);
        let room = if cell.mark.is_some() { STATUS_BEFORE + STATUS_AFTER } else { 0.0 };
        // A figure stays on one line, and so does the word of a status.
        let figure = column.kind == Kind::Number;
        word = word.max(if figure || cell.mark.is_some() { text_line + room } else { text_word });
        word = word.max(if figure { below_line } else { below_word });
        line = line.max(text_line + room).max(below_line);
    }
    (word + 2.0 * GUTTER, line + 2.0 * GUTTER)
}
