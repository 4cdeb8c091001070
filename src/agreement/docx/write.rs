//! Writing a text as a Word document (uitvoeren): headings, lists and dress as Word knows them, so that people work on in it
//! and it can be read in again.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, BreakType, Docx, Hyperlink, HyperlinkType, IndentLevel, Level, LevelJc, LevelText, NumberFormat,
    Numbering, NumberingId, Paragraph, Run, SpecialIndentType, Start, Style, StyleType,
};

use crate::agreement::text::markdown::{Block, Inline, blocks};
use crate::agreement::text::{AgreementText, Article, Scope};
use crate::text::Lang;

/// The style of the line that says for whom an article is written.
pub const SCOPE: &str = "OpenHouseScope";
/// The styles of further paragraphs of an item; the depth of the list stands behind it.
pub const CONTINUES: &str = "OpenHouseContinue";

/// How far a list at this depth stands from the margin, in twentieths of a point.
const STEP: i32 = 400;
const DEEPEST: usize = 8;

/// The text of a version; the same text gives the same words.
pub fn write(text: &AgreementText, version: i32, articles: &[Article]) -> anyhow::Result<Vec<u8>> {
    let mut writer = Writer { docx: styled(Docx::new()), lists: 0 };
    let title = format!("{}, versie {version}", text.title.nl);
    writer.put(Paragraph::new().style("Title").add_run(Run::new().add_text(title)));
    for article in articles {
        writer.article(article);
    }
    let mut file = Cursor::new(Vec::new());
    writer.docx.pack(&mut file)?;
    Ok(file.into_inner())
}

struct Writer {
    docx: Docx,
    /// How many lists there are: each counts by itself.
    lists: usize,
}

impl Writer {
    fn put(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn article(&mut self, article: &Article) {
        let style = format!("Heading{}", article.depth().min(4));
        let heading = format!("Artikel {} {}", article.number, article.heading);
        self.put(Paragraph::new().style(&style).add_run(Run::new().add_text(heading)));
        if article.scope != Scope::All {
            let words = article.scope.in_words(Lang::Nl);
            self.put(Paragraph::new().style(SCOPE).add_run(Run::new().add_text(words)));
        }
        self.blocks(&blocks(&article.body), 0);
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            match block {
                Block::Paragraph(line) if depth == 0 => self.put(dressed(Paragraph::new(), line)),
                Block::Paragraph(line) => {
                    let style = format!("{CONTINUES}{}", depth.min(DEEPEST));
                    self.put(dressed(Paragraph::new().style(&style), line));
                }
                Block::List { first, items } => self.list(*first, items, depth),
            }
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], depth: usize) {
        self.lists += 1;
        // The first few belong to the format itself.
        let id = self.lists + 10;
        let level = depth.min(DEEPEST);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_abstract_numbering(numbering(id, level, first)).add_numbering(Numbering::new(id, id));
        for item in items {
            let (own, rest) = match item.split_first() {
                Some((Block::Paragraph(line), rest)) => (line.as_slice(), rest),
                _ => (&[] as &[Inline], item.as_slice()),
            };
            let paragraph = Paragraph::new().numbering(NumberingId::new(id), IndentLevel::new(level));
            self.put(dressed(paragraph, own));
            self.blocks(rest, depth + 1);
        }
    }
}

/// One level is enough for a list that counts by itself, and every level below it has to be there.
fn numbering(id: usize, level: usize, first: Option<u64>) -> AbstractNumbering {
    (0..=level).fold(AbstractNumbering::new(id), |numbering, at| {
        let (format, sign) = match first {
            Some(_) => ("decimal", format!("%{}.", at + 1)),
            None => ("bullet", "•".to_owned()),
        };
        let start = usize::try_from(first.unwrap_or(1)).unwrap_or(1);
        let left = STEP * (at as i32 + 1);
        let one =
            Level::new(at, Start::new(start), NumberFormat::new(format), LevelText::new(sign), LevelJc::new("left"))
                .indent(Some(left), Some(SpecialIndentType::Hanging(STEP)), None, None);
        numbering.add_level(one)
    })
}

fn dressed(paragraph: Paragraph, line: &[Inline]) -> Paragraph {
    line.iter().fold(paragraph, |paragraph, part| match part {
        Inline::Text(words) => paragraph.add_run(Run::new().add_text(words.as_str())),
        Inline::Strong(words) => paragraph.add_run(Run::new().add_text(words.as_str()).bold()),
        Inline::Emphasis(words) => paragraph.add_run(Run::new().add_text(words.as_str()).italic()),
        Inline::Break => paragraph.add_run(Run::new().add_break(BreakType::TextWrapping)),
        Inline::Link { text, url } => {
            let run = Run::new().add_text(text.as_str()).underline("single").color("0D4F66");
            paragraph.add_hyperlink(Hyperlink::new(url.as_str(), HyperlinkType::External).add_run(run))
        }
    })
}

fn styled(docx: Docx) -> Docx {
    let paragraph = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
    let headings = [(1, 30), (2, 25), (3, 23), (4, 22)];
    let docx = docx.add_style(paragraph("Title", "Title").size(40).bold());
    let docx = headings.into_iter().fold(docx, |docx, (level, size)| {
        let style = paragraph(&format!("Heading{level}"), &format!("heading {level}"));
        docx.add_style(style.size(size).bold().outline_lvl(level - 1).next("Normal"))
    });
    let docx = docx.add_style(paragraph(SCOPE, "Open House soort").italic());
    (1..=DEEPEST).fold(docx, |docx, depth| {
        let style = paragraph(&format!("{CONTINUES}{depth}"), &format!("Open House vervolg {depth}"));
        docx.add_style(style.indent(Some(STEP * depth as i32), None, None, None))
    })
}
