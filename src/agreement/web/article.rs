//! One article of a draft, to write (artikel schrijven), with how it will look beside it.

use askama::Template;
use i18n_embed_fl::fl;

use super::article_handlers::{ArticleForm, Meanwhile};
use super::reading::Door;
use super::shown::Body;
use crate::agreement::text::{AgreementText, Article, Scope, TextVersion};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame};
use crate::text::Lang;

/// GET and POST `/overeenkomsten/{code}/versies/{n}/artikelen/{clause}`, `nieuw` for one that is not there yet.
#[derive(Template)]
#[template(path = "agreement/article.html")]
pub struct ArticlePage {
    pub frame: Frame,
    pub text: AgreementText,
    pub version: TextVersion,
    /// None: a new one.
    pub clause: Option<i32>,
    /// All articles, to choose a place among.
    pub articles: Vec<Article>,
    pub form: ArticleForm,
    pub errors: FormErrors,
    /// What a colleague made of it meanwhile, beside what was typed.
    pub meanwhile: Option<Meanwhile>,
}

impl ArticlePage {
    fn title(&self) -> String {
        match self.clause {
            None => fl!(self.frame.t(), "agreement-page-article-new"),
            Some(_) => fl!(self.frame.t(), "agreement-page-article-write", number = self.form.nummer.as_str()),
        }
    }

    fn path(&self) -> String {
        let clause = self.clause.map_or("nieuw".to_owned(), |clause| clause.to_string());
        format!("{}/artikelen/{clause}", Door::Office.version(&self.text.code, self.version.number))
    }

    fn back(&self) -> String {
        format!("{}/schrijven", Door::Office.version(&self.text.code, self.version.number))
    }

    fn entries(&self) -> Vec<Entry> {
        let (t, lang, form) = (self.frame.t(), self.frame.lang, &self.form);
        let mut entries = vec![
            Entry::line(lang, "nummer", fl!(t, "agreement-page-number"), &form.nummer)
                .hint(fl!(t, "agreement-page-number-hint"))
                .told(&self.errors),
            Entry::line(lang, "kop", fl!(t, "agreement-page-heading"), &form.kop).of(Lang::Nl).told(&self.errors),
        ];
        let scopes =
            Scope::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang), one.as_str() == form.soort));
        let kind = EntryKind::Select(scopes.collect());
        entries.push(Entry::new(lang, "soort", fl!(t, "agreement-page-scope"), kind).told(&self.errors));
        if self.clause.is_none() {
            entries.push(self.place());
        }
        let kind = EntryKind::Area { rows: 14, value: form.tekst.clone() };
        entries.push(
            Entry::new(lang, "tekst", fl!(t, "agreement-page-body"), kind)
                .hint(fl!(t, "agreement-page-body-hint"))
                .of(Lang::Nl)
                .told(&self.errors),
        );
        entries
    }

    /// After which article a new one stands.
    fn place(&self) -> Entry {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        let first = Choice::new("0", fl!(t, "agreement-page-place-first"), self.form.na == "0");
        let after = self.articles.iter().map(|one| {
            let (value, name) = (one.clause.to_string(), format!("{} {}", one.number, one.heading));
            let chosen = self.form.na == value;
            Choice::new(&value, fl!(t, "agreement-page-place-after", name = name), chosen)
        });
        let kind = EntryKind::Select(std::iter::once(first).chain(after).collect());
        Entry::new(lang, "na", fl!(t, "agreement-page-place"), kind).told(&self.errors)
    }

    /// How it will look.
    fn preview(&self) -> Body {
        Body::of(&self.form.tekst)
    }

    /// A body as it stands now.
    fn body(&self, article: &Article) -> Body {
        Body::of(&article.body)
    }

    fn heading_of(&self, article: &Article) -> String {
        let (number, heading) = (article.number.as_str(), article.heading.as_str());
        fl!(self.frame.t(), "agreement-page-article", number = number, heading = heading)
    }

    fn heading(&self) -> String {
        let (number, heading) = (self.form.nummer.as_str(), self.form.kop.as_str());
        fl!(self.frame.t(), "agreement-page-article", number = number, heading = heading)
    }
}
