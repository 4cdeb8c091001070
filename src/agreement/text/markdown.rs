//! How the body of an article is written: a small part of Markdown, enough for a contract and no more. Paragraphs, lists,
//! bold, italic and links; whatever else is written is a fault, so that nothing is shown otherwise than it was meant.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A body as it is shown, on screen and on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    List {
        /// The first number (`1.`), or bullets.
        first: Option<u64>,
        /// Each item with its own blocks, for a list may stand in a list.
        items: Vec<Vec<Block>>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(String),
    Emphasis(String),
    /// Only addresses that begin with `https://`.
    Link {
        text: String,
        url: String,
    },
    /// A new line within the paragraph.
    Break,
}

codes! {
    /// What is written that an article cannot hold.
    pub enum Fault {
        /// HTML
        Html = "html",
        /// A heading: the article itself is one.
        Heading = "heading",
        Image = "image",
        Code = "code",
        Quote = "quote",
        Rule = "rule",
        /// A link that does not begin with `https://`.
        Link = "link",
        /// A table: paper and screen would print its bars.
        Table = "table",
    }
}

/// The blocks of a body. With faults in it nothing is lost: what could not be shown as meant stands there as its words.
pub fn blocks(body: &str) -> Vec<Block> {
    let mut reader = Reader { frames: vec![Frame::default()], ..Reader::default() };
    for event in Parser::new_ext(body, Options::empty()) {
        reader.take(event);
    }
    reader.frames.pop().unwrap_or_default().blocks
}

/// What is written that an article cannot hold, each once.
pub fn faults(body: &str) -> Vec<Fault> {
    let mut found: Vec<Fault> = placed(body).into_iter().map(|(_, fault)| fault).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The same with the line each stands on, the first line being 1.
pub fn placed(body: &str) -> Vec<(usize, Fault)> {
    let line = |at: usize| body.bytes().take(at).filter(|sign| *sign == b'\n').count() + 1;
    let events = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
    let mut found: Vec<(usize, Fault)> =
        events.filter_map(|(event, at)| Some((line(at.start), fault_in(&event)?))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn fault_in(event: &Event<'_>) -> Option<Fault> {
    match event {
        Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => Some(Fault::Code),
        Event::Html(_) | Event::InlineHtml(_) => Some(Fault::Html),
        Event::Rule => Some(Fault::Rule),
        Event::Start(Tag::Link { link_type, dest_url, .. }) if !leads_safely(*link_type, dest_url) => Some(Fault::Link),
        Event::Start(Tag::Image { .. }) => Some(Fault::Image),
        Event::Start(Tag::Heading { .. }) => Some(Fault::Heading),
        Event::Start(Tag::BlockQuote(_)) => Some(Fault::Quote),
        Event::Start(Tag::Table(_)) => Some(Fault::Table),
        _ => None,
    }
}

fn leads_safely(link_type: LinkType, url: &str) -> bool {
    link_type != LinkType::Email && url.starts_with("https://")
}

/// What is being read: the whole, or an item of a list.
#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    line: Vec<Inline>,
}

#[derive(Default)]
struct Reader {
    frames: Vec<Frame>,
    lists: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    strong: u32,
    emphasis: u32,
    link: Option<(String, String)>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => self.say(&words),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.frame().line.push(Inline::Break),
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => self.say(&words),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.close_line();
                self.lists.push((first, Vec::new()));
            }
            Tag::Item => self.frames.push(Frame::default()),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { link_type, dest_url, .. } if leads_safely(link_type, &dest_url) => {
                self.link = Some((String::new(), dest_url.into_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.close_line(),
            TagEnd::Item => {
                self.close_line();
                if let (Some(item), Some((_, items))) = (self.frames.pop(), self.lists.last_mut()) {
                    items.push(item.blocks);
                }
            }
            TagEnd::List(_) => {
                if let Some((first, items)) = self.lists.pop() {
                    self.frame().blocks.push(Block::List { first, items });
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => {
                if let Some((text, url)) = self.link.take() {
                    self.frame().line.push(Inline::Link { text, url });
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if let Some((text, _)) = &mut self.link {
            text.push_str(words);
            return;
        }
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        let line = &mut self.frame().line;
        match line.last_mut() {
            Some(Inline::Strong(said)) if strong => said.push_str(words),
            Some(Inline::Emphasis(said)) if emphasis && !strong => said.push_str(words),
            Some(Inline::Text(said)) if !strong && !emphasis => said.push_str(words),
            _ if strong => line.push(Inline::Strong(words.to_owned())),
            _ if emphasis => line.push(Inline::Emphasis(words.to_owned())),
            _ => line.push(Inline::Text(words.to_owned())),
        }
    }

    fn close_line(&mut self) {
        let frame = self.frame();
        if !frame.line.is_empty() {
            let line = std::mem::take(&mut frame.line);
            frame.blocks.push(Block::Paragraph(line));
        }
    }

    /// The innermost; the whole is always there.
    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }
}

/// The words of a body without their dress, a line for each paragraph and each item with its mark before it.
pub fn plain(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    put_plain(blocks, "", &mut lines);
    lines
}

fn put_plain(blocks: &[Block], mark: &str, lines: &mut Vec<String>) {
    let mut mark = mark.to_owned();
    for block in blocks {
        match block {
            Block::Paragraph(line) => lines.push(format!("{}{}", std::mem::take(&mut mark), said(line))),
            Block::List { first, items } => {
                for (at, item) in items.iter().enumerate() {
                    let mark = match first {
                        Some(first) => format!("{}. ", first + at as u64),
                        None => "• ".to_owned(),
                    };
                    put_plain(item, &mark, lines);
                }
            }
        }
    }
}

/// The words of a line.
pub fn said(line: &[Inline]) -> String {
    line.iter()
        .map(|part| match part {
            Inline::Text(words) | Inline::Strong(words) | Inline::Emphasis(words) => words.as_str(),
            Inline::Link { text, .. } => text.as_str(),
            Inline::Break => "\n",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_is_paragraphs_lists_and_a_bold_word() {
        let body = "Opdrachtnemer **moet**:\n\n1. het plan maken;\n2. *tijdig* overleggen:\n   - met de cliënt;\n   - met de gemeente.\n\nDat geldt altijd.";
        let blocks = blocks(body);
        assert_eq!(faults(body), []);
        let lines = [
            "Opdrachtnemer moet:",
            "1. het plan maken;",
            "2. tijdig overleggen:",
            "• met de cliënt;",
            "• met de gemeente.",
            "Dat geldt altijd.",
        ];
        assert_eq!(plain(&blocks), lines);
        assert!(matches!(&blocks[0], Block::Paragraph(line) if line[1] == Inline::Strong("moet".to_owned())));
    }

    #[test]
    fn what_an_article_cannot_hold_is_a_fault_and_its_words_stay() {
        let body = "# Kop\n\n<b>vet</b> en `code`\n\n> citaat\n\n![beeld](https://x.nl/a.png) [weg](javascript:alert(1))\n\n---\n";
        let (blocks, found) = (blocks(body), faults(body));
        for fault in [Fault::Html, Fault::Heading, Fault::Image, Fault::Code, Fault::Quote, Fault::Rule, Fault::Link] {
            assert!(found.contains(&fault), "{fault} is not among {found:?}");
        }
        let words = plain(&blocks).join("\n");
        for kept in ["Kop", "<b>vet</b>", "code", "citaat", "beeld", "weg"] {
            assert!(words.contains(kept), "{kept} is lost in {words}");
        }
        assert!(!words.contains("javascript"), "an address that runs a script is not kept as a link");
    }

    #[test]
    fn a_table_is_named_with_the_line_it_begins_on() {
        let body = "Het tarief:\r\n\r\n| Product | Tarief |\r\n| --- | --- |\r\n| Jobcoaching | 80 |\r\n\r\nEn `code`.";
        assert_eq!(placed(body), [(3, Fault::Table), (7, Fault::Code)]);
        assert!(plain(&blocks(body)).join(" ").contains("Jobcoaching"), "its words stay");
        assert_eq!(faults("Binnen 3 | 4 weken."), [], "a bar alone is no table");
    }

    #[test]
    fn a_link_leads_to_a_secure_address() {
        let body = "Zie [wetten.nl](https://wetten.overheid.nl).";
        let blocks = blocks(body);
        assert_eq!(faults(body), []);
        let link = Inline::Link { text: "wetten.nl".to_owned(), url: "https://wetten.overheid.nl".to_owned() };
        assert!(matches!(&blocks[0], Block::Paragraph(line) if line.contains(&link)));
    }
}
