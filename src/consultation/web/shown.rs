//! How the words of articles and minutes are drawn (tekst op de pagina): simple Markdown, and changes word for word.

use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};

use crate::agreement::text::diff::{Segment, Tag};
use crate::agreement::text::markdown::{Block, Inline, blocks};

/// A body in simple Markdown, drawn.
pub struct Body<'a>(pub &'a str);

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        blocks(self.0).iter().try_for_each(|block| draw(f, block))
    }
}

impl HtmlSafe for Body<'_> {}

fn draw(f: &mut fmt::Formatter<'_>, block: &Block) -> fmt::Result {
    match block {
        Block::Paragraph(line) => {
            f.write_str("<p>")?;
            line.iter().try_for_each(|part| inline(f, part))?;
            f.write_str("</p>")
        }
        Block::List { first, items } => {
            let (open, close) = match first {
                Some(1) => ("<ol class=\"numbered\">".to_owned(), "</ol>"),
                Some(first) => (format!("<ol class=\"numbered\" start=\"{first}\">"), "</ol>"),
                None => ("<ul class=\"bullets\">".to_owned(), "</ul>"),
            };
            f.write_str(&open)?;
            for item in items {
                f.write_str("<li>")?;
                item.iter().try_for_each(|block| draw(f, block))?;
                f.write_str("</li>")?;
            }
            f.write_str(close)
        }
    }
}

fn inline(f: &mut fmt::Formatter<'_>, part: &Inline) -> fmt::Result {
    match part {
        Inline::Text(words) => write!(f, "{}", safe(words)?),
        Inline::Strong(words) => write!(f, "<strong>{}</strong>", safe(words)?),
        Inline::Emphasis(words) => write!(f, "<em>{}</em>", safe(words)?),
        Inline::Link { text, url } => write!(f, "<a href=\"{}\" rel=\"noreferrer\">{}</a>", safe(url)?, safe(text)?),
        Inline::Break => f.write_str("<br>"),
    }
}

fn safe(words: &str) -> Result<impl fmt::Display + '_, fmt::Error> {
    escape(words, Html).map_err(|_| fmt::Error)
}

/// Words that were kept, removed and added.
pub struct Words<'a>(pub &'a [Segment]);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|one| {
            let words = safe(&one.words)?;
            match one.tag {
                Tag::Kept => write!(f, "{words}"),
                Tag::Removed => write!(f, "<del>{words}</del>"),
                Tag::Added => write!(f, "<ins>{words}</ins>"),
            }
        })
    }
}

impl HtmlSafe for Words<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_drawn_and_nothing_in_it_is_html() {
        let drawn = Body("Een **plan** & <b>\n\n- een;\n- twee.").to_string();
        assert!(drawn.starts_with("<p>Een <strong>plan</strong> &#38; "), "{drawn}");
        assert!(drawn.contains("<ul class=\"bullets\"><li><p>een;</p></li>"), "{drawn}");
        assert!(!drawn.contains("<b>"), "{drawn}");
    }

    #[test]
    fn what_was_removed_and_added_is_marked() {
        let words = crate::agreement::text::diff::words("binnen vier weken", "binnen <drie> weken");
        assert_eq!(Words(&words).to_string(), "binnen <del>vier</del><ins>&#60;drie&#62;</ins> weken");
    }
}
