//! One version of a text as a document: what it is, its contents, every article, and at the end by what it is known.

use i18n_embed_fl::fl;

use super::super::check::printable;
use super::super::document::{Block, Document, Fact, Identity, Level, Note, Running, Span, Tone};
use super::{Material, PAPER, body};
use crate::agreement::text::{self, Article, Scope, TextState, TextVersion};
use crate::calendar::wall_clock;

/// Puts the text together. Everything comes from the material; nothing is looked up.
pub fn compose(material: &Material) -> Document {
    compose_with(material, Vec::new())
}

/// The text, and what stands behind its last article: the annexes that are signed with it.
pub fn compose_with(material: &Material, behind: Vec<Block>) -> Document {
    let t = PAPER.texts();
    let title = printable(&material.text.title.nl);
    let mut blocks = vec![Block::Heading(Level::H1, title.clone()), Block::Facts(head(material))];
    blocks.extend(not_yet(&material.version));
    if !material.articles.is_empty() {
        blocks.push(Block::Heading(Level::H2, fl!(t, "report-contents")));
        blocks.push(Block::Contents);
    }
    let mut inside = false;
    for article in &material.articles {
        blocks.push(Block::Heading(level(article, &mut inside), heading(article)));
        blocks.extend(written(material, article));
    }
    blocks.extend(behind);
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-agreement-about")));
    blocks.push(Block::text(fl!(t, "report-agreement-about-text")));
    blocks.push(Block::Facts(about(material)));
    document(material, title, material.file_name(), blocks)
}

/// An annex behind the text it belongs to: by what it is known, and every article of it below its own heading.
pub fn annex(number: usize, material: &Material) -> Vec<Block> {
    let t = PAPER.texts();
    let title = printable(&material.text.title.nl);
    let mut blocks = vec![Block::Heading(Level::H2, annex_title(number, &title))];
    let mut facts = vec![Fact::new(fl!(t, "report-agreement-kind"), material.text.kind.in_words(PAPER))];
    facts.extend(
        material.text.privacy_role.map(|role| Fact::new(fl!(t, "report-agreement-role"), role.in_words(PAPER))),
    );
    facts.push(Fact::new(fl!(t, "report-agreement-days"), days(&material.version)));
    // Number, state and digest; how many articles it has shows.
    facts.extend(about(material).into_iter().filter(|one| one.name != fl!(t, "report-agreement-count")));
    blocks.push(Block::Facts(facts));
    for article in &material.articles {
        blocks.push(Block::Heading(Level::H3, heading(article)));
        blocks.extend(written(material, article));
    }
    blocks
}

/// `Bijlage 1: Verwerkersafspraken`
pub fn annex_title(number: usize, title: &str) -> String {
    fl!(PAPER.texts(), "report-agreement-annex-title", number = number, title = title)
}

/// What stands under the heading of an article.
fn written(material: &Material, article: &Article) -> Vec<Block> {
    let mut blocks = Vec::new();
    if article.scope == Scope::Individual {
        let said = fl!(PAPER.texts(), "report-agreement-individual");
        blocks.push(Block::Paragraph(vec![Span::Emphasis(said)]));
    }
    blocks.extend(body::blocks(&article.body));
    blocks.extend(born(material, article));
    blocks
}

/// The document around the blocks; `id` is for the archive.
pub fn document(material: &Material, title: String, id: String, blocks: Vec<Block>) -> Document {
    let t = PAPER.texts();
    let version = fl!(t, "report-agreement-version", number = material.version.number);
    let rest = format!("{version} · {}", material.version.state.in_words(PAPER));
    Document {
        identity: Identity { id, author: material.municipality.clone(), made_on: material.made_on },
        lang: PAPER,
        header: Running::new(printable(&material.municipality), material.text.kind.in_words(PAPER)),
        footer: Running::new(title.clone(), rest),
        title,
        blocks,
    }
}

/// What stands under the title.
pub fn head(material: &Material) -> Vec<Fact> {
    let t = PAPER.texts();
    let page = Span::Link { text: material.page_url.clone(), url: material.page_url.clone() };
    let mut facts = vec![
        Fact::new(fl!(t, "report-fact-municipality"), printable(&material.municipality)),
        Fact::new(fl!(t, "report-letter-procedure"), printable(&material.procedure)),
        Fact::new(fl!(t, "report-agreement-kind"), material.text.kind.in_words(PAPER)),
    ];
    if let Some(whole) = &material.annex_to {
        facts.push(Fact::new(fl!(t, "report-agreement-annex-to"), printable(whole)));
    }
    if let Some(role) = material.text.privacy_role {
        facts.push(Fact::new(fl!(t, "report-agreement-role"), role.in_words(PAPER)));
    }
    facts.extend([
        Fact::new(fl!(t, "report-agreement-version-word"), material.version.number.to_string()),
        Fact::new(fl!(t, "report-agreement-state"), material.version.state.in_words(PAPER)),
        Fact::new(fl!(t, "report-agreement-days"), days(&material.version)),
        Fact { name: fl!(t, "report-fact-web"), value: vec![page] },
    ]);
    facts
}

/// From when until when it holds, or is proposed to.
pub fn days(version: &TextVersion) -> String {
    let t = PAPER.texts();
    match (version.holds_from, version.holds_until) {
        (None, _) => fl!(t, "report-agreement-no-days"),
        (Some(from), None) => fl!(t, "report-agreement-from", from = PAPER.day(from)),
        (Some(from), Some(until)) => {
            fl!(t, "report-agreement-from-until", from = PAPER.day(from), until = PAPER.day(until))
        }
    }
}

/// A text that is not established binds nobody.
pub fn not_yet(version: &TextVersion) -> Option<Block> {
    let t = PAPER.texts();
    let (title, text) = match version.state {
        TextState::Established => return None,
        TextState::Draft => (fl!(t, "report-agreement-draft"), fl!(t, "report-agreement-draft-text")),
        TextState::Consultation => (fl!(t, "report-agreement-asked"), fl!(t, "report-agreement-asked-text")),
    };
    Some(Block::Note(Note { tone: Tone::Warn, title, text }))
}

/// `Artikel 4.2 Trajectplan`
pub fn heading(article: &Article) -> String {
    let (number, heading) = (printable(&article.number), printable(&article.heading));
    fl!(PAPER.texts(), "report-agreement-article", number = number, heading = heading).trim_end().to_owned()
}

/// The decision of the table that the words of an article came of.
pub fn born(material: &Material, article: &Article) -> Option<Block> {
    let origin = material.origins.get(&article.clause)?;
    Some(Block::Paragraph(vec![Span::Emphasis(printable(&origin.in_words(PAPER)))]))
}

/// A deeper article stands below the article before it; the first one has none above it.
fn level(article: &Article, inside: &mut bool) -> Level {
    let deep = article.depth() > 1 && *inside;
    *inside = true;
    if deep { Level::H3 } else { Level::H2 }
}

/// By what the text is known: its state and its digest.
pub fn about(material: &Material) -> Vec<Fact> {
    let t = PAPER.texts();
    let (version, articles) = (&material.version, &material.articles);
    let mut facts = vec![
        Fact::new(fl!(t, "report-agreement-version-word"), version.number.to_string()),
        Fact::new(fl!(t, "report-agreement-state"), version.state.in_words(PAPER)),
        Fact::new(fl!(t, "report-agreement-count"), articles.len().to_string()),
    ];
    if let Some(done) = &version.established {
        facts.push(Fact::new(fl!(t, "report-agreement-established"), PAPER.moment(wall_clock(done.at))));
        facts.push(Fact::new(fl!(t, "report-agreement-minutes"), printable(&done.minutes)));
    }
    let sum = match &version.established {
        Some(done) => done.digest.clone(),
        None => text::digest(&material.text, version, articles),
    };
    facts.push(Fact::new(fl!(t, "report-agreement-digest"), sum.as_str()));
    facts
}
