//! How the words of an article are drawn on a page: its body, and a line in which words changed. All is escaped here.

use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};
use i18n_embed_fl::fl;

use crate::agreement::text::diff::{Segment, Tag};
use crate::agreement::text::markdown::{self, Block, Inline};
use crate::text::Lang;

/// A body; it draws itself: `{{ article.body }}` in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(Vec<Block>);

impl Body {
    pub fn of(written: &str) -> Body {
        Body(markdown::blocks(written))
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|block| draw(block, f))
    }
}

impl HtmlSafe for Body {}

fn draw(block: &Block, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match block {
        Block::Paragraph(line) => {
            f.write_str("<p>")?;
            line.iter().try_for_each(|part| draw_part(part, f))?;
            f.write_str("</p>")
        }
        Block::List { first, items } => {
            let end = match first {
                Some(first) => {
                    write!(f, "<ol start=\"{first}\">")?;
                    "</ol>"
                }
                None => {
                    f.write_str("<ul class=\"dots\">")?;
                    "</ul>"
                }
            };
            for item in items {
                f.write_str("<li>")?;
                item.iter().try_for_each(|block| draw(block, f))?;
                f.write_str("</li>")?;
            }
            f.write_str(end)
        }
    }
}

fn draw_part(part: &Inline, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match part {
        Inline::Text(words) => write!(f, "{}", safe(words)?),
        Inline::Strong(words) => write!(f, "<strong>{}</strong>", safe(words)?),
        Inline::Emphasis(words) => write!(f, "<em>{}</em>", safe(words)?),
        Inline::Link { text, url } => write!(f, "<a href=\"{}\">{}</a>", safe(url)?, safe(text)?),
        Inline::Break => f.write_str("<br>"),
    }
}

fn safe(words: &str) -> Result<String, fmt::Error> {
    escape(words, Html).map(|safe| safe.to_string()).map_err(|_| fmt::Error)
}

/// A line in which words changed, with a word for who does not see how they are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub lang: Lang,
    pub line: Vec<Segment>,
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.lang.texts();
        let (added, removed) = (fl!(t, "agreement-page-added"), fl!(t, "agreement-page-removed"));
        for one in &self.line {
            let words = safe(&one.words)?;
            match one.tag {
                Tag::Kept => f.write_str(&words)?,
                Tag::Added => write!(f, "<ins><span class=\"hidden\">{added}: </span>{words}</ins>")?,
                Tag::Removed => write!(f, "<del><span class=\"hidden\">{removed}: </span>{words}</del>")?,
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Changed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_drawn_with_its_lists_and_nothing_of_it_is_trusted() {
        let drawn = Body::of("**Let** op <b>:\n\n3. een\n   - twee & drie").to_string();
        assert_eq!(
            drawn,
            "<p><strong>Let</strong> op &#60;b&#62;:</p><ol start=\"3\"><li><p>een</p><ul class=\"dots\"><li><p>twee &#38; \
             drie</p></li></ul></li></ol>"
        );
    }

    #[test]
    fn a_change_has_a_word_beside_its_colour() {
        let line = crate::agreement::text::diff::words("binnen vier weken", "binnen drie weken");
        let drawn = Changed { lang: Lang::Nl, line }.to_string();
        assert!(drawn.contains("<del><span class=\"hidden\">vervallen: </span>vier</del>"), "{drawn}");
        assert!(drawn.contains("<ins><span class=\"hidden\">toegevoegd: </span>drie</ins>"), "{drawn}");
    }
}
