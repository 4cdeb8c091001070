//! The writing table of a draft (schrijftafel): its articles in their order, the days on which it is to hold, what changes
//! and why, and what it still lacks.

use askama::Template;
use i18n_embed_fl::fl;

use super::draft_handlers::DraftForm;
use super::reading::Door;
use crate::agreement::text::{AgreementText, Article, Lack, TextVersion, markdown};
use crate::page::entry::Entry;
use crate::page::{FormErrors, Frame};
use crate::text::Lang;

/// GET and POST `/overeenkomsten/{code}/versies/{n}/schrijven`
#[derive(Template)]
#[template(path = "agreement/draft.html")]
pub struct DraftPage {
    pub frame: Frame,
    pub text: AgreementText,
    pub version: TextVersion,
    pub articles: Vec<Article>,
    pub lacks: Vec<Lack>,
    /// A text to begin with ships with the product.
    pub has_first: bool,
    pub form: DraftForm,
    pub errors: FormErrors,
    /// What was just done.
    pub done: Option<String>,
}

impl DraftPage {
    fn title(&self) -> String {
        let (title, number) = (self.text.title.in_lang(self.frame.lang), self.version.number);
        fl!(self.frame.t(), "agreement-page-draft-title", title = title, number = number)
    }

    fn path(&self) -> String {
        Door::Office.version(&self.text.code, self.version.number)
    }

    fn article_path(&self, article: &Article) -> String {
        format!("{}/artikelen/{}", self.path(), article.clause)
    }

    fn is_first(&self, article: &Article) -> bool {
        self.articles.first() == Some(article)
    }

    fn is_last(&self, article: &Article) -> bool {
        self.articles.last() == Some(article)
    }

    fn is_faulty(&self, article: &Article) -> bool {
        !markdown::faults(&article.body).is_empty()
    }

    /// The first words of an article.
    fn begins(&self, article: &Article) -> String {
        let words = markdown::plain(&markdown::blocks(&article.body)).join(" ");
        match words.char_indices().nth(110) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words,
        }
    }

    fn lacking(&self) -> Vec<String> {
        self.lacks.iter().map(|lack| lack.in_words(self.frame.lang)).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        let (t, lang, form) = (self.frame.t(), self.frame.lang, &self.form);
        let mut explanation = Entry::area(lang, "uitleg", fl!(t, "agreement-page-explanation"), &form.uitleg)
            .of(Lang::Nl)
            .told(&self.errors);
        if self.version.number > 1 {
            explanation = explanation.hint(fl!(t, "agreement-page-explanation-hint"));
        }
        vec![
            Entry::day(lang, "ingang", fl!(t, "agreement-page-holds-from"), &form.ingang).told(&self.errors),
            Entry::day(lang, "einde", fl!(t, "agreement-page-holds-until"), &form.einde)
                .hint(fl!(t, "agreement-page-holds-until-hint"))
                .told(&self.errors),
            explanation,
        ]
    }
}
