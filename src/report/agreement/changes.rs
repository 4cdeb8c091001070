//! What changed between two versions as a document (wijzigingen): only the articles that changed, with what was added
//! underlined and what was taken out struck through.

use i18n_embed_fl::fl;

use super::super::check::printable;
use super::super::document::{Block, Document, Fact, Level, List, Span};
use super::compose::{about, born, document, head, not_yet};
use super::{Changed, PAPER, body};
use crate::agreement::text::diff::{ArticleChange, ChangeKind, compare};

/// Puts the changes together.
pub fn compose(changed: &Changed) -> Document {
    let (t, now) = (PAPER.texts(), &changed.now);
    let (before, number) = (changed.before.number, now.version.number);
    let title = printable(&now.text.title.nl);
    let title = fl!(t, "report-agreement-changes-title", title = title, before = before, now = number);
    let all = compare(&changed.before_articles, &now.articles);
    let shown: Vec<&ArticleChange<'_>> = all.iter().filter(|one| one.kind != ChangeKind::Same).collect();
    let mut facts = head(now);
    facts.push(Fact::new(fl!(t, "report-agreement-compared"), before.to_string()));
    let mut blocks = vec![Block::Heading(Level::H1, title.clone()), Block::Facts(facts)];
    blocks.extend(not_yet(&now.version));
    if !now.version.explanation.trim().is_empty() {
        blocks.push(Block::Heading(Level::H2, fl!(t, "report-agreement-why")));
        blocks.push(Block::text(printable(&now.version.explanation)));
    }
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-agreement-changes")));
    blocks.push(key(shown.len()));
    for change in shown {
        let word = format!(" ({})", change.kind.in_words(PAPER));
        blocks.push(Block::Heading(Level::H3, format!("{}{word}", heading(change))));
        if change.heading.iter().any(|part| part.tag != crate::agreement::text::diff::Tag::Kept)
            && matches!(change.kind, ChangeKind::Changed | ChangeKind::Renumbered)
        {
            let mut line = vec![Span::Text(format!("{} ", fl!(t, "report-agreement-heading-changed")))];
            line.extend(body::changed(&change.heading));
            blocks.push(Block::Paragraph(line));
        }
        blocks.extend(change.lines.iter().map(|line| Block::Paragraph(body::changed(line))));
        blocks.extend(change.after.and_then(|article| born(now, article)));
    }
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-agreement-about")));
    blocks.push(Block::text(fl!(t, "report-agreement-changes-about")));
    blocks.push(Block::Facts(about(now)));
    document(now, title, changed.file_name(), blocks)
}

/// How the changes are drawn.
fn key(count: usize) -> Block {
    let t = PAPER.texts();
    if count == 0 {
        return Block::text(fl!(t, "report-agreement-no-changes"));
    }
    let item = |span: Span| vec![Block::Paragraph(vec![span])];
    let items = vec![
        item(Span::Added(fl!(t, "report-agreement-key-added"))),
        item(Span::Removed(fl!(t, "report-agreement-key-removed"))),
    ];
    Block::List(List { first: None, items })
}

/// The heading as it is now; of a dropped article as it was.
fn heading(change: &ArticleChange<'_>) -> String {
    change.after.or(change.before).map(super::compose::heading).unwrap_or_default()
}
