//! The quarter report as a document: head, indicators, what stands beside them, and the annex, in the order of
//! procedure 1.7.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::super::document::{Block, Document, Fact, Identity, Level, Note, Running, Span, Tone};
use super::{AgreementLine, Coverage, Material, annex, around, indicators, section, sides};

/// Puts the report together. Everything comes from the material; nothing is looked up.
pub fn quarter_report(material: &Material, lang: Lang) -> Document {
    let texts = lang.texts();
    let quarter = lang.quarter(material.quarter);
    let title = fl!(texts, "report-title", provider = material.provider.clone(), quarter = quarter.clone());
    let status = match material.final_on {
        None => fl!(texts, "report-provisional"),
        Some(_) => fl!(texts, "report-final"),
    };
    let mut blocks = vec![Block::Heading(Level::H1, title.clone())];
    blocks.extend(notes(material, lang));
    blocks.push(Block::Facts(head(material, lang)));
    blocks.extend(indicators::chapter(material, lang));
    let mut sections = vec![sides::explanations(material, lang), sides::hearings(material, lang)];
    sections.extend(around::sections(material, lang));
    blocks.extend(section::in_order(sections, lang));
    blocks.extend(annex::chapter(material, lang));
    Document {
        identity: Identity { id: material.id(), author: material.municipality.clone(), made_on: material.made_on },
        lang,
        title,
        header: Running::new(&material.municipality, fl!(texts, "report-header", status = status)),
        footer: Running::new(
            &material.provider,
            fl!(texts, "report-footer", quarter = quarter, version = material.version.to_string()),
        ),
        blocks,
    }
}

/// What the reader must know before the figures.
fn notes(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let mut notes = Vec::new();
    if material.final_on.is_none() {
        notes.push(Block::Note(Note {
            tone: Tone::Warn,
            title: fl!(texts, "report-note-provisional"),
            text: fl!(texts, "report-note-provisional-text"),
        }));
    }
    if let Some((version, reason)) = &material.replaces {
        notes.push(Block::Note(Note {
            tone: Tone::Watch,
            title: fl!(texts, "report-note-replaces", version = version.to_string()),
            text: match reason.is_empty() {
                true => fl!(texts, "report-note-replaces-facts"),
                false => reason.clone(),
            },
        }));
    }
    if let Coverage::Quarter { rest_as_of } | Coverage::Findings { rest_as_of } = material.coverage {
        let date = lang.day(rest_as_of);
        notes.push(Block::Note(Note {
            tone: Tone::Watch,
            title: fl!(texts, "report-note-as-of", date = date),
            text: annex::covers(material, lang),
        }));
    }
    if material.statement.received_on.is_none() {
        let due = lang.day(material.statement.due_on);
        notes.push(Block::Note(Note {
            tone: Tone::Bad,
            title: fl!(texts, "report-note-missing"),
            text: fl!(texts, "report-note-missing-text", due = due),
        }));
    }
    notes
}

fn head(material: &Material, lang: Lang) -> Vec<Fact> {
    let texts = lang.texts();
    let agreement = match &material.agreement {
        Some(AgreementLine { name, version }) => {
            fl!(texts, "report-agreement", name = name.clone(), version = version.to_string())
        }
        None => fl!(texts, "report-no-agreement"),
    };
    let version = material.version.to_string();
    let status = match material.final_on {
        None => fl!(texts, "report-status-provisional", version = version),
        Some(day) => fl!(texts, "report-status-final", date = lang.day(day), version = version),
    };
    let provider =
        fl!(texts, "report-provider", name = material.provider.clone(), kvk = material.kvk.as_str().to_owned());
    let web = Span::Link { text: material.html_url.clone(), url: material.html_url.clone() };
    vec![
        Fact::new(fl!(texts, "report-fact-municipality"), &material.municipality),
        Fact::new(fl!(texts, "report-fact-provider"), provider),
        Fact::new(fl!(texts, "report-fact-agreement"), agreement),
        Fact::new(fl!(texts, "report-fact-quarter"), lang.quarter_with_days(material.quarter)),
        Fact::new(fl!(texts, "report-fact-status"), status),
        Fact::new(fl!(texts, "report-fact-statement"), statement(material, lang)),
        Fact::new(fl!(texts, "report-fact-made-on"), lang.moment(material.made_on.naive_local())),
        Fact { name: fl!(texts, "report-fact-web"), value: vec![web] },
        Fact::new(fl!(texts, "report-fact-personal-data"), fl!(texts, "report-no")),
    ]
}

fn statement(material: &Material, lang: Lang) -> String {
    let texts = lang.texts();
    let due = lang.day(material.statement.due_on);
    match material.statement.received_on {
        None => fl!(texts, "report-statement-missing", due = due),
        Some(day) => {
            let received = lang.day(day);
            if day <= material.statement.due_on {
                fl!(texts, "report-statement-in-time", received = received, due = due)
            } else {
                fl!(texts, "report-statement-late", received = received, due = due)
            }
        }
    }
}
