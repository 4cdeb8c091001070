//! The same document as a piece of an HTML page: headings, lists, tables with scopes, figures as inline SVG with
//! their data in a table beside them. No inline style and no script; everything is escaped.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::data_table::data_table;
use super::document::{Block, Cell, Column, Document, Figure, Kind, Level, List, Mark, Note, Row, Span, Table, Tone};
use super::svg::{self, Screen};

/// The document as one `article`, to stand in the `main` of a page.
pub fn html(document: &Document) -> String {
    let mut page = Writer { out: String::with_capacity(32_000), lang: document.lang, figures: 0, headings: None };
    if document.blocks.contains(&Block::Contents) {
        page.headings = Some(0);
    }
    page.push(&format!("<article class=\"report\" lang=\"{}\">\n", document.lang.tag()));
    for (number, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Contents => page.contents(&document.blocks[number..]),
            other => page.block(other),
        }
    }
    page.push("</article>\n");
    page.out
}

/// What the id of a heading begins with; its number follows.
const HEADING: &str = "kop-";

struct Writer {
    out: String,
    lang: Lang,
    /// Numbers the ids of the figures.
    figures: usize,
    /// How many headings have been written; a line of the contents finds its heading by that number. None: no contents.
    headings: Option<usize>,
}

impl Writer {
    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Running text; a line break in it becomes one on the page.
    fn text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.push("<br>");
            }
            escape(line, &mut self.out);
        }
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        self.push(&format!("<{name}{attributes}>"));
        self.text(text);
        self.push(&format!("</{name}>\n"));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let name = match level {
                    Level::H1 => "h1",
                    Level::H2 => "h2",
                    Level::H3 => "h3",
                };
                let id = match &mut self.headings {
                    Some(number) => {
                        *number += 1;
                        format!(" id=\"{HEADING}{number}\"")
                    }
                    None => String::new(),
                };
                self.element(name, &id, text);
            }
            Block::List(list) => self.list(list),
            Block::Contents => {}
            Block::Paragraph(spans) => {
                self.push("<p>");
                self.spans(spans);
                self.push("</p>\n");
            }
            Block::Facts(facts) => {
                self.push("<dl class=\"report-facts\">\n");
                for fact in facts {
                    self.element("dt", "", &fact.name);
                    self.push("<dd>");
                    self.spans(&fact.value);
                    self.push("</dd>\n");
                }
                self.push("</dl>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Note(note) => self.note(note),
        }
    }

    /// The headings among `after`, each as a link to its place.
    fn contents(&mut self, after: &[Block]) {
        let label = fl!(self.lang.texts(), "report-contents");
        self.push(&format!("<nav class=\"report-contents\" aria-label=\"{label}\">\n<ul>\n"));
        let mut number = self.headings.unwrap_or(0);
        for block in after {
            let Block::Heading(level, text) = block else { continue };
            number += 1;
            let deep = if *level == Level::H3 { " class=\"deep\"" } else { "" };
            self.push(&format!("<li{deep}><a href=\"#{HEADING}{number}\">"));
            self.text(text);
            self.push("</a></li>\n");
        }
        self.push("</ul>\n</nav>\n");
    }

    fn list(&mut self, list: &List) {
        let end = match list.first {
            Some(first) => {
                self.push(&format!("<ol start=\"{first}\">\n"));
                "</ol>\n"
            }
            None => {
                self.push("<ul class=\"dots\">\n");
                "</ul>\n"
            }
        };
        for item in &list.items {
            self.push("<li>");
            for block in item {
                self.block(block);
            }
            self.push("</li>\n");
        }
        self.push(end);
    }

    /// A change, with the word for it for who does not see how it is drawn.
    fn changed(&mut self, name: &str, word: &str, text: &str) {
        self.push(&format!("<{name}><span class=\"hidden\">{word}: </span>"));
        self.text(text);
        self.push(&format!("</{name}>"));
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(text) => self.text(text),
                Span::Strong(text) => {
                    self.push("<strong>");
                    self.text(text);
                    self.push("</strong>");
                }
                Span::Emphasis(text) => {
                    self.push("<em>");
                    self.text(text);
                    self.push("</em>");
                }
                Span::Added(text) => self.changed("ins", &fl!(self.lang.texts(), "report-added"), text),
                Span::Removed(text) => self.changed("del", &fl!(self.lang.texts(), "report-removed"), text),
                Span::Link { text, url } => self.link(url, text),
                Span::OwnPage { url } => self.link(url.rsplit('/').next().unwrap_or(url), url),
            }
        }
    }

    fn link(&mut self, to: &str, text: &str) {
        self.push("<a href=\"");
        escape(to, &mut self.out);
        self.push("\">");
        self.text(text);
        self.push("</a>");
    }

    fn note(&mut self, note: &Note) {
        self.push(&format!("<section class=\"note {}\">{}<div>\n", tone_class(note.tone), svg::icon(note.tone)));
        // Not a heading: a note may stand anywhere.
        self.push("<p><strong>");
        self.text(&note.title);
        self.push("</strong></p>\n");
        self.element("p", "", &note.text);
        self.push("</div></section>\n");
    }

    fn table(&mut self, table: &Table) {
        // On a telephone each row becomes a card. A table that is too wide all the same scrolls by itself, also with
        // the keyboard; the page does not.
        self.push("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        escape(&table.caption, &mut self.out);
        self.push("\">\n<table class=\"stacked\">\n<caption class=\"small soft\">");
        self.text(&table.caption);
        self.push("<span class=\"hidden\"> ");
        self.text(&table.summary);
        self.push("</span></caption>\n<thead><tr>");
        for column in &table.columns {
            self.push(&format!("<th scope=\"col\"{}>", class(column.kind, "r")));
            self.text(&column.heading);
            self.push("</th>");
        }
        self.push("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.row(row, &table.columns, table.row_header);
        }
        self.push("</tbody></table></div>\n");
    }

    fn row(&mut self, row: &Row, columns: &[Column], row_header: usize) {
        self.push(if row.total { "<tr class=\"total\">" } else { "<tr>" });
        for (number, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
            if number == row_header {
                self.push(&format!("<th scope=\"row\"{}>", class(column.kind, "r num")));
                self.cell(cell);
                self.push("</th>");
            } else {
                self.push(&format!("<td{} data-label=\"", class(column.kind, "r num")));
                escape(&column.heading, &mut self.out);
                self.push("\"><div>");
                self.cell(cell);
                self.push("</div></td>");
            }
        }
        self.push("</tr>\n");
    }

    fn cell(&mut self, cell: &Cell) {
        if let Some(Mark { tone, proposed }) = cell.mark {
            let proposed = if proposed { " proposed" } else { "" };
            self.push(&format!("<span class=\"status {}{proposed}\">{}", tone_class(tone), svg::icon(tone)));
            self.text(&cell.text);
            self.push("</span>");
        } else if cell.strong {
            self.push("<strong>");
            self.text(&cell.text);
            self.push("</strong>");
        } else {
            self.text(&cell.text);
        }
        if !cell.below.is_empty() {
            self.push("<br><span class=\"small soft\">");
            self.text(&cell.below);
            self.push("</span>");
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.figures += 1;
        let id = format!("report-figure-{}", self.figures);
        self.push("<figure>\n");
        self.element("figcaption", "", &figure.title);
        for screen in Screen::ALL {
            self.drawing(figure, &id, screen);
        }
        self.element("p", " class=\"small soft\"", &figure.sentence);
        let show = fl!(self.lang.texts(), "report-show-table");
        self.push("<details>");
        self.element("summary", "", &show);
        self.table(&data_table(figure, self.lang));
        self.push("</details>\n</figure>\n");
    }

    fn drawing(&mut self, figure: &Figure, id: &str, screen: Screen) {
        let drawing = svg::draw(&figure.chart, screen);
        let (id, word) = (format!("{id}-{}", screen.word()), screen.word());
        self.push(&format!(
            "<svg class=\"drawing {word}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" {}>",
            svg::view_box(&drawing)
        ));
        self.push(&format!("<title id=\"{id}-title\">"));
        self.text(&figure.title);
        self.push(&format!("</title><desc id=\"{id}-desc\">"));
        self.text(&figure.alt);
        self.push("</desc>");
        svg::marks(&drawing, &mut self.out);
        self.push("</svg>\n");
    }
}

fn class(kind: Kind, number: &str) -> String {
    match kind {
        Kind::Text => String::new(),
        Kind::Number => format!(" class=\"{number}\""),
    }
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "ok",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Idle => "idle",
        Tone::Watch => "info",
    }
}

/// Text for between tags and in attributes.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
