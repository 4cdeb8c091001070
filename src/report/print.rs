//! Printing the quarter reports of many providers: gathered together, drawn one by one.

use anyhow::Context;

use crate::actor::Actor;
use crate::assessment::Assessment;
use crate::db::Conn;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::report::document::Document;
use crate::report::gather::{Publisher, material};
use crate::report::quarter::quarter_report;
use crate::report::{html, pdf};
use crate::text::Lang;

/// A report, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The name of the municipality that makes it, without the word.
    pub municipality: String,
    pub provider: Provider,
    pub assessment: Assessment,
    pub document: Document,
}

/// The quarter reports of these providers; who was not judged has none.
pub fn quarter(
    conn: &mut Conn,
    actor: &Actor,
    publisher: Publisher<'_>,
    providers: &[Provider],
    quarter: Quarter,
    lang: Lang,
) -> anyhow::Result<Vec<Paper>> {
    let gathered = material(conn, actor, publisher, providers, quarter)?;
    let paper = |(provider, assessment, material)| Paper {
        municipality: publisher.municipality.to_owned(),
        provider,
        assessment,
        document: quarter_report(&material, lang),
    };
    Ok(gathered.into_iter().map(paper).collect())
}

impl Paper {
    /// Without an extension: `2026-3-1042-stichting-werkpad-noord`.
    pub fn file_name(&self) -> String {
        format!("{}-{}", self.assessment.quarter.path(), self.provider.path())
    }

    pub fn pdf(&self) -> anyhow::Result<Vec<u8>> {
        pdf(&self.document).with_context(|| format!("the report of {} cannot be printed", self.provider.name))
    }

    /// The same as a page that stands by itself.
    pub fn html_page(&self, lang: Lang) -> String {
        let tag = lang.tag();
        let title = askama::filters::escape(&self.document.title, askama::filters::Html);
        let title = title.map(|title| title.to_string()).unwrap_or_default();
        let body = html(&self.document);
        format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main class=\"wrap\">\n{body}\n</main>\n</body>\n</html>\n"
        )
    }
}

const STYLE: &str = concat!(include_str!("../../assets/openhouse.css"), include_str!("../../assets/report.css"));
