//! The quarter report as a document: head, indicators, what stands beside them, and the annex, in the order of
//! procedure 1.7.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::super::document::{Block, Document, Fact, Identity, Level, Note, Span, Tone};
use super::super::written;
use super::{AgreementLine, Coverage, Material, annex, around, indicators};

/// Puts the report together. Everything comes from the material; nothing is looked up.
pub fn quarter_report(material: &Material, lang: Lang) -> Document {
    let texts = lang.texts();
    let quarter = written::quarter(material.quarter, lang);
    let title = fl!(texts, "report-title", provider = material.provider.clone(), quarter = quarter.clone());
    let status = match material.final_on {
        None => fl!(texts, "report-provisional"),
        Some(_) => fl!(texts, "report-final"),
    };
    let mut blocks = vec![Block::Heading(Level::H1, title.clone())];
    blocks.extend(notes(material, lang));
    blocks.push(Block::Facts(head(material, lang)));
    blocks.extend(indicators::chapter(material, lang));
    blocks.extend(indicators::explanations(material, lang));
    blocks.extend(around::chapters(material, lang));
    blocks.extend(annex::chapter(material, lang));
    Document {
        identity: Identity { id: material.id(), author: material.municipality.clone(), made_on: material.made_on },
        lang,
        title,
        header: fl!(texts, "report-header", municipality = material.municipality.clone(), status = status),
        footer: fl!(
            texts,
            "report-footer",
            provider = material.provider.clone(),
            quarter = quarter,
            version = material.version.to_string()
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
    if let Coverage::Quarter { rest_as_of } | Coverage::Findings { rest_as_of } = material.coverage {
        let date = written::date(rest_as_of, lang);
        notes.push(Block::Note(Note {
            tone: Tone::Watch,
            title: fl!(texts, "report-note-as-of", date = date),
            text: annex::covers(material, lang),
        }));
    }
    if material.statement.received_on.is_none() {
        let due = written::date(material.statement.due_on, lang);
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
    let status = match material.final_on {
        None => fl!(texts, "report-status-provisional"),
        Some(day) => fl!(texts, "report-status-final", date = written::date(day, lang)),
    };
    let web = Span::Link { text: material.html_url.clone(), url: material.html_url.clone() };
    vec![
        Fact::new(fl!(texts, "report-fact-municipality"), &material.municipality),
        Fact::new(fl!(texts, "report-fact-provider"), &material.provider),
        Fact::new(fl!(texts, "report-fact-kvk"), material.kvk.as_str()),
        Fact::new(fl!(texts, "report-fact-agreement"), agreement),
        Fact::new(fl!(texts, "report-fact-quarter"), written::quarter_range(material.quarter, lang)),
        Fact::new(fl!(texts, "report-fact-status"), status),
        Fact::new(fl!(texts, "report-fact-version"), material.version.to_string()),
        Fact::new(fl!(texts, "report-fact-statement"), statement(material, lang)),
        Fact::new(fl!(texts, "report-fact-made-on"), written::date_time(material.made_on, lang)),
        Fact { name: fl!(texts, "report-fact-web"), value: vec![web] },
        Fact::new(fl!(texts, "report-fact-personal-data"), fl!(texts, "report-no")),
    ]
}

fn statement(material: &Material, lang: Lang) -> String {
    let texts = lang.texts();
    let due = written::date(material.statement.due_on, lang);
    match material.statement.received_on {
        None => fl!(texts, "report-statement-missing", due = due),
        Some(day) => {
            let received = written::date(day, lang);
            if day <= material.statement.due_on {
                fl!(texts, "report-statement-in-time", received = received, due = due)
            } else {
                fl!(texts, "report-statement-late", received = received, due = due)
            }
        }
    }
}
