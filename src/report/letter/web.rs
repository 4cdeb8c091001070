//! The letter on screen (brief): the press's own HTML inside a page, with the PDF and the other language beside it.

pub mod handlers;

use askama::Template;
use i18n_embed_fl::fl;

use super::sample::Sample as Invented;
use crate::page::Frame;
use crate::page::sample::{Sample, manager};
use crate::text::Lang;

/// GET `/aanmeldingen/{nr}/brieven/{soort}` and `/mijn/aanmeldingen/{nr}/brieven/{soort}`, and the dossier report.
#[derive(Template)]
#[template(path = "report/paper.html")]
pub struct PaperPage {
    pub frame: Frame,
    pub title: String,
    /// Address of this page, without a query.
    pub path: String,
    /// The language of the paper, which may differ from that of the page.
    pub language: Lang,
    /// The paper as the press drew it: one trusted `article` that brings the page its `h1`.
    pub html: String,
}

impl PaperPage {
    /// Address of the PDF in the language shown.
    fn pdf(&self) -> String {
        format!("{}.pdf?taal={}", self.path, self.language)
    }

    /// The choice of language: address, language, its own name, whether it is shown now.
    fn languages(&self) -> Vec<(String, Lang, &'static str, bool)> {
        [(Lang::Nl, "Nederlands"), (Lang::En, "English")]
            .map(|(lang, name)| (format!("{}?taal={lang}", self.path), lang, name, lang == self.language))
            .to_vec()
    }
}

/// The page around an invented letter.
pub fn samples(lang: Lang) -> Vec<Sample> {
    let letter = Invented::RefusedCourt.letter();
    let path = format!("/aanmeldingen/{}/brieven/{}", letter.application, letter.written.path());
    let page = PaperPage {
        frame: manager(lang, path.as_str())
            .crumb(letter.application.to_string(), format!("/aanmeldingen/{}", letter.application)),
        title: fl!(lang.texts(), "report-letter-title", reference = letter.reference()),
        path,
        language: Lang::Nl,
        html: crate::report::html(&super::compose(&letter, Lang::Nl)),
    };
    vec![Sample::of("letter", &page)]
}
