//! What stands around a version of a text that is read (lezen): the door its reader comes in by, the title with the tabs,
//! and what is known of the version beside it. The tabs themselves stand in `pages`.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;
use i18n_embed_fl::fl;

use super::status;
use crate::actor::Actor;
use crate::agreement::offer::Party;
use crate::agreement::text::origin::Origin;
use crate::agreement::text::store::Event;
use crate::agreement::text::{AgreementText, Article, TextState, TextVersion};
use crate::calendar::wall_clock;
use crate::house::Turn;
use crate::page::{Frame, Status};
use crate::procedure::admission::Procedure;
use crate::text::Lang;

/// Who reads, and by that where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// The municipality.
    Office,
    /// A provider.
    Mine,
    /// Anybody, by the word in the address of the municipality: only what is established.
    Front(String),
}

impl Door {
    /// The page of a text: its versions.
    pub fn text(&self, code: &str) -> String {
        match self {
            Door::Office => format!("/overeenkomsten/{code}"),
            Door::Mine => format!("/mijn/overeenkomst/{code}"),
            Door::Front(slug) => format!("/gemeenten/{slug}/overeenkomsten/{code}"),
        }
    }

    /// The whole text of a version; with `.pdf` behind it the same on paper.
    pub fn version(&self, code: &str, number: i32) -> String {
        format!("{}/versies/{number}", self.text(code))
    }

    pub fn changes(&self, code: &str, number: i32) -> String {
        format!("{}/wijzigingen", self.version(code, number))
    }

    pub fn annexes(&self, code: &str) -> String {
        format!("{}/bijlagen", self.text(code))
    }

    /// Each side has its own addresses, and the other's are not there.
    pub fn opens_for(&self, actor: &Actor) -> Result<(), Turn> {
        match (self, actor.own_provider().is_some()) {
            (Door::Office, false) if actor.may_read_dossiers() => Ok(()),
            (Door::Office, false) => Err(Turn::NotAllowed),
            (Door::Mine, true) | (Door::Front(_), _) => Ok(()),
            (Door::Office, true) => Err(Turn::NotFound),
            (Door::Mine, false) => Err(Turn::NotAllowed),
        }
    }

    pub(super) fn shows(&self, version: &TextVersion) -> bool {
        !matches!(self, Door::Front(_)) || version.state == TextState::Established
    }
}

/// Whether a text belongs to one of these procedures.
pub fn known_to(text: &AgreementText, procedures: &[Procedure]) -> bool {
    procedures.iter().any(|one| one.id == text.procedure_id)
}

/// What every tab shows around its own contents.
#[derive(Debug, Clone)]
pub struct Around {
    pub door: Door,
    pub text: AgreementText,
    pub version: TextVersion,
    /// All that the reader may see, the newest first.
    pub versions: Vec<TextVersion>,
    pub procedure: String,
    /// The text it is an annex to.
    pub whole: Option<AgreementText>,
    /// Its annexes, each with the version to read.
    pub annexes: Vec<(AgreementText, TextVersion)>,
    /// How many articles changed since the version before; none for a first version.
    pub changed: Option<usize>,
    /// By what the text is known.
    pub digest: String,
    /// What was offered of it to the reader's own provider, and still waits for somebody.
    pub offered: Option<(i32, Party)>,
    /// What the reader can do: the words, the address, and whether it is a form to send.
    pub acts: Vec<Act>,
    /// The decision each clause was born from, by the number that the clause keeps.
    pub origins: HashMap<i32, Origin>,
    /// What was done to it, the newest first; for the office alone.
    pub history: Vec<Event>,
}

impl Around {
    /// The decision that an article was born from, in words; with its page for who works for the municipality.
    pub(super) fn born(&self, lang: Lang, article: &Article) -> Option<(String, Option<String>)> {
        let origin = self.origins.get(&article.clause)?;
        Some((origin.in_words(lang), (self.door == Door::Office).then(|| origin.path())))
    }
}

/// Something the reader can do with a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub words: String,
    pub href: String,
    /// Done with a press, not with a page of its own.
    pub posts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Changes,
    Whole,
    Annexes,
    Versions,
}

/// The title with the tabs; it draws itself: `{{ self.head() }}`.
#[derive(Template)]
#[template(path = "agreement/head.html")]
pub struct Head<'a> {
    pub frame: &'a Frame,
    pub around: &'a Around,
    pub tab: Tab,
    /// Address and words of the PDF of this tab.
    pub pdf: Option<(String, String)>,
}

impl HtmlSafe for Head<'_> {}

impl Head<'_> {
    fn status(&self) -> Status {
        status(self.frame.lang, self.around.version.state)
    }

    fn days(&self) -> String {
        let (lang, version) = (self.frame.lang, &self.around.version);
        let (t, number) = (lang.texts(), version.number);
        match (version.holds_from, version.holds_until) {
            (None, _) => fl!(t, "agreement-page-version-first", number = number),
            (Some(from), None) => fl!(t, "agreement-page-valid-from", number = number, from = lang.day(from)),
            (Some(from), Some(until)) => {
                let (from, until) = (lang.day(from), lang.day(until));
                fl!(t, "agreement-page-valid", number = number, from = from, until = until)
            }
        }
    }

    fn respond(&self) -> Option<String> {
        let lang = self.frame.lang;
        let asked = self.around.version.consulted.as_ref();
        let asked = asked.filter(|_| self.around.version.state == TextState::Consultation)?;
        Some(fl!(lang.texts(), "agreement-page-respond", day = lang.day(asked.respond.due)))
    }

    fn tabs(&self) -> Vec<(String, String, bool)> {
        let (t, door, code) = (self.frame.t(), &self.around.door, &self.around.text.code);
        let number = self.around.version.number;
        let mut tabs = Vec::new();
        if let Some(count) = self.around.changed {
            let words = fl!(t, "agreement-page-tab-changes", count = count);
            tabs.push((door.changes(code, number), words, self.tab == Tab::Changes));
        }
        let words = fl!(t, "agreement-page-tab-whole");
        tabs.push((door.version(code, number), words, self.tab == Tab::Whole));
        if !self.around.annexes.is_empty() || self.tab == Tab::Annexes {
            let words = fl!(t, "agreement-page-tab-annexes", count = self.around.annexes.len());
            tabs.push((door.annexes(code), words, self.tab == Tab::Annexes));
        }
        let words = fl!(t, "agreement-page-tab-versions", count = self.around.versions.len());
        tabs.push((door.text(code), words, self.tab == Tab::Versions));
        tabs
    }
}

/// What stands beside the text: what can be done, what it is, and by what it is known.
#[derive(Template)]
#[template(path = "agreement/aside.html")]
pub struct Aside<'a> {
    pub frame: &'a Frame,
    pub around: &'a Around,
}

impl HtmlSafe for Aside<'_> {}

impl Aside<'_> {
    fn kind(&self) -> String {
        self.around.text.kind.in_words(self.frame.lang)
    }

    fn domain(&self) -> String {
        domain(self.frame.lang, self.around.text.domain)
    }

    fn role(&self) -> Option<String> {
        self.around.text.privacy_role.map(|role| role.in_words(self.frame.lang))
    }

    fn whole(&self) -> Option<(String, String)> {
        let whole = self.around.whole.as_ref()?;
        Some((self.around.door.text(&whole.code), whole.title.in_lang(self.frame.lang).to_owned()))
    }

    fn wall(&self, at: &chrono::NaiveDateTime) -> chrono::NaiveDateTime {
        wall_clock(*at)
    }

    fn established(&self) -> bool {
        self.around.version.state == TextState::Established
    }

    fn history(&self) -> Vec<(String, chrono::NaiveDateTime, String, String)> {
        let line = |one: &Event| {
            let by = one.actor.clone();
            (one.verb.in_words(self.frame.lang), wall_clock(one.at), by, one.reason.clone())
        };
        self.around.history.iter().map(line).collect()
    }
}

/// The name of a domain.
pub fn domain(lang: Lang, domain: crate::procedure::Domain) -> String {
    use crate::procedure::Domain;
    let t = lang.texts();
    match domain {
        Domain::Pw => fl!(t, "agreement-page-domain-pw"),
        Domain::Wmo => fl!(t, "agreement-page-domain-wmo"),
        Domain::Jeugd => fl!(t, "agreement-page-domain-jeugd"),
    }
}
