//! The tabs of a version of a text: the whole text, what changed, the annexes and all versions. The same for the office, for
//! a provider and for a visitor.

use askama::Template;
use i18n_embed_fl::fl;

use super::reading::{Around, Aside, Door, Head, Tab};
use super::shown::{Body, Changed};
use super::signing::Beside;
use super::status;
use crate::agreement::text::diff::{self, ArticleChange, ChangeKind, compare};
use crate::agreement::text::{AgreementText, Article, Scope, TextVersion};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{Frame, Status, Tone};

/// The parts that every page of reading has.
macro_rules! read_page {
    ($page:ident, $tab:expr) => {
        impl $page {
            fn head(&self) -> Head<'_> {
                Head { frame: &self.frame, around: &self.around, tab: $tab, pdf: self.pdf() }
            }

            fn aside(&self) -> Aside<'_> {
                Aside { frame: &self.frame, around: &self.around }
            }

            fn beside(&self) -> Beside<'_> {
                Beside { frame: &self.frame, around: &self.around }
            }

            fn title(&self) -> &str {
                self.around.text.title.in_lang(self.frame.lang)
            }
        }
    };
}

/// GET `…/versies/{n}`
#[derive(Template)]
#[template(path = "agreement/text.html")]
pub struct TextPage {
    pub frame: Frame,
    pub around: Around,
    pub articles: Vec<Article>,
}

read_page!(TextPage, Tab::Whole);

impl TextPage {
    fn pdf(&self) -> Option<(String, String)> {
        let number = self.around.version.number;
        let href = format!("{}.pdf", self.around.door.version(&self.around.text.code, number));
        Some((href, fl!(self.frame.t(), "agreement-page-pdf", number = number)))
    }

    fn body(&self, article: &Article) -> Body {
        Body::of(&article.body)
    }

    fn is_individual(&self, article: &Article) -> bool {
        article.scope == Scope::Individual
    }

    fn born(&self, article: &Article) -> Option<(String, Option<String>)> {
        self.around.born(self.frame.lang, article)
    }

    /// The office reads the text as a Word document too.
    fn word(&self) -> Option<String> {
        let path = self.around.door.version(&self.around.text.code, self.around.version.number);
        (self.around.door == Door::Office).then(|| format!("{path}.docx"))
    }
}

/// GET `…/versies/{n}/wijzigingen?van=`
#[derive(Template)]
#[template(path = "agreement/changes.html")]
pub struct ChangesPage {
    pub frame: Frame,
    pub around: Around,
    pub before: TextVersion,
    pub before_articles: Vec<Article>,
    pub articles: Vec<Article>,
}

read_page!(ChangesPage, Tab::Changes);

/// An article that changed, ready to be drawn.
pub struct ChangedArticle {
    heading: String,
    status: Status,
    /// The heading, when that changed too.
    old_heading: Option<Changed>,
    lines: Vec<Changed>,
    /// The decision of the table that the new words were born from, and its page.
    born: Option<(String, Option<String>)>,
}

impl ChangesPage {
    fn pdf(&self) -> Option<(String, String)> {
        let path = self.around.door.changes(&self.around.text.code, self.around.version.number);
        (!matches!(self.around.door, Door::Front(_))).then(|| {
            (format!("{path}.pdf?van={}", self.before.number), fl!(self.frame.t(), "agreement-page-pdf-changes"))
        })
    }

    fn changes(&self) -> Vec<ChangedArticle> {
        let all = compare(&self.before_articles, &self.articles);
        all.iter().filter(|one| one.kind != ChangeKind::Same).map(|one| self.shown(one)).collect()
    }

    fn shown(&self, change: &ArticleChange<'_>) -> ChangedArticle {
        let lang = self.frame.lang;
        let tone = match change.kind {
            ChangeKind::New => Tone::Ok,
            ChangeKind::Dropped => Tone::Bad,
            ChangeKind::Same | ChangeKind::Changed | ChangeKind::Renumbered => Tone::Idle,
        };
        let article = change.after.or(change.before);
        let named = article.map(|one| (one.number.as_str(), one.heading.as_str())).unwrap_or_default();
        let both = change.before.is_some() && change.after.is_some();
        let moved = both && change.heading.iter().any(|part| part.tag != diff::Tag::Kept);
        ChangedArticle {
            heading: fl!(lang.texts(), "agreement-page-article", number = named.0, heading = named.1),
            status: Status::new(tone, change.kind.in_words(lang)).plain(),
            old_heading: moved.then(|| Changed { lang, line: change.heading.clone() }),
            lines: change.lines.iter().map(|line| Changed { lang, line: line.clone() }).collect(),
            born: change.after.and_then(|article| self.around.born(lang, article)),
        }
    }

    /// Which version it is compared with.
    fn before_entry(&self) -> Entry {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        let earlier = self.around.versions.iter().filter(|one| one.number < self.around.version.number);
        let choice = |one: &TextVersion| {
            let words = fl!(t, "agreement-page-version", number = one.number);
            let label = format!("{words} ({})", one.state.in_words(lang).to_lowercase());
            Choice::new(&one.number.to_string(), label, one.number == self.before.number)
        };
        let kind = EntryKind::Select(earlier.map(choice).collect());
        Entry::new(lang, "van", fl!(t, "agreement-page-compare", number = self.around.version.number), kind)
    }

    fn compare_path(&self) -> String {
        self.around.door.changes(&self.around.text.code, self.around.version.number)
    }
}

/// GET `…/bijlagen`
#[derive(Template)]
#[template(path = "agreement/annexes.html")]
pub struct AnnexesPage {
    pub frame: Frame,
    pub around: Around,
}

read_page!(AnnexesPage, Tab::Annexes);

impl AnnexesPage {
    fn pdf(&self) -> Option<(String, String)> {
        None
    }

    fn rows(&self) -> Vec<(String, String, String, i32, Status)> {
        let lang = self.frame.lang;
        let row = |(text, version): &(AgreementText, TextVersion)| {
            let href = self.around.door.version(&text.code, version.number);
            let title = text.title.in_lang(lang).to_owned();
            let kind = match text.privacy_role {
                Some(role) => format!("{}: {}", text.kind.in_words(lang), role.in_words(lang).to_lowercase()),
                None => text.kind.in_words(lang),
            };
            (href, title, kind, version.number, status(lang, version.state))
        };
        self.around.annexes.iter().map(row).collect()
    }
}

/// GET `/overeenkomsten/{code}` and the same behind the other doors: every version there is to see.
#[derive(Template)]
#[template(path = "agreement/versions.html")]
pub struct VersionsPage {
    pub frame: Frame,
    pub around: Around,
}

read_page!(VersionsPage, Tab::Versions);

impl VersionsPage {
    fn pdf(&self) -> Option<(String, String)> {
        None
    }

    fn path(&self, version: &TextVersion) -> String {
        self.around.door.version(&self.around.text.code, version.number)
    }

    fn changes_path(&self, version: &TextVersion) -> Option<String> {
        let earlier = self.around.versions.iter().any(|one| one.number < version.number);
        earlier.then(|| self.around.door.changes(&self.around.text.code, version.number))
    }

    fn status(&self, version: &TextVersion) -> Status {
        status(self.frame.lang, version.state)
    }

    fn days(&self, version: &TextVersion) -> String {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        match (version.holds_from, version.holds_until) {
            (None, _) => fl!(t, "agreement-page-no-days"),
            (Some(from), None) => fl!(t, "agreement-page-from", from = lang.day_in_table(from)),
            (Some(from), Some(until)) => {
                let (from, until) = (lang.day_in_table(from), lang.day_in_table(until));
                fl!(t, "agreement-page-from-until", from = from, until = until)
            }
        }
    }
}
