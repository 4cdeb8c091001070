//! What both sides said (hoor en wederhoor): when the quarter was put before the provider, and per indicator the verdict of a
//! person, the reasons, the reactions and the answers; with who said it and when.

use i18n_embed_fl::fl;

use crate::assessment::RemarkKind;
use crate::text::Lang;

use super::super::document::{Block, Level, Span};
use super::indicators::word;
use super::section::Section;
use super::{HearingLine, IndicatorLine, Material, SaidLine};

/// When the quarter was put before the provider, and what became of that.
pub fn hearings(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let lines: Vec<Block> = material.hearings.iter().map(|heard| Block::text(hearing(heard, lang))).collect();
    match lines.is_empty() {
        true => Section::Nothing(fl!(texts, "report-no-hearing")),
        false => Section::headed(fl!(texts, "report-hearing"), lines),
    }
}

fn hearing(heard: &HearingLine, lang: Lang) -> String {
    let texts = lang.texts();
    let (on, until) = (lang.day(heard.on), lang.day(heard.until));
    let version = heard.version.to_string();
    let put = fl!(texts, "report-hearing-put", version = version, day = on, name = heard.by.as_str(), until = until);
    match &heard.done {
        None => put,
        Some((day, name)) => {
            let done = fl!(texts, "report-hearing-done", day = lang.day(*day), name = name.as_str());
            format!("{put} {done}")
        }
    }
}

/// What was said, below the name of the indicator it is about.
pub fn explanations(material: &Material, lang: Lang) -> Section {
    let texts = lang.texts();
    let mut blocks = Vec::new();
    for line in &material.indicators {
        let said = line.said.iter().map(|one| spoken(one, lang));
        let words: Vec<Block> = verdict(line, lang).into_iter().chain(said).collect();
        if !words.is_empty() {
            blocks.push(Block::Heading(Level::H3, format!("{}. {}", line.number, line.name.pick(lang))));
            blocks.extend(words);
        }
    }
    match blocks.is_empty() {
        true => Section::Nothing(fl!(texts, "report-no-explanations")),
        false => Section::headed(fl!(texts, "report-explanations"), blocks),
    }
}

/// "Berekend: Niet gehaald. Oordeel: Gehaald, omdat …": what was computed stays to be read.
fn verdict(line: &IndicatorLine, lang: Lang) -> Option<Block> {
    let one = line.instead.as_ref()?;
    let (computed, verdict) = (word(line.proposed, lang), word(one.verdict, lang));
    let (name, day) = (one.by.as_str(), lang.day(one.on));
    let what = fl!(lang.texts(), "report-instead", computed = computed, verdict = verdict);
    let why = fl!(lang.texts(), "report-instead-why", reason = one.reason.as_str(), name = name, day = day);
    Some(Block::Paragraph(vec![Span::Strong(format!("{what} ")), Span::Text(why)]))
}

fn spoken(one: &SaidLine, lang: Lang) -> Block {
    let texts = lang.texts();
    let who = match one.kind {
        RemarkKind::Reason => fl!(texts, "report-reason"),
        RemarkKind::Reaction => fl!(texts, "report-reaction"),
        RemarkKind::Adopted => fl!(texts, "report-adopted"),
        RemarkKind::NotAdopted => fl!(texts, "report-not-adopted"),
    };
    let by = fl!(texts, "report-said-by", name = one.by.as_str(), day = lang.day(one.on));
    let mut words = vec![Span::Strong(format!("{who} ")), Span::Text(format!("{} {by}", one.text).trim().to_owned())];
    if !one.evidence.is_empty() {
        let files = fl!(texts, "report-said-evidence", files = one.evidence.join(", "));
        words.push(Span::Text(format!(" {files}")));
    }
    Block::Paragraph(words)
}
