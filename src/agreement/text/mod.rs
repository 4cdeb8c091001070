//! The text of the agreement (tekst van de overeenkomst): one text for all providers, kept as numbered articles, in
//! versions that are consulted about and established.
//!
//! Dry pages: this one (the nouns), `state` (the verbs), `markdown` (how the body of an article is written), `diff` (what
//! changed between two versions), `first` (the texts to begin with), `retype` (blocks as Markdown again). On the tables:
//! `store` (to look up), `origin` (the decision a clause was born from), `writing` (makes and edits a draft), `establishing`
//! (consults about it and establishes it).

pub mod diff;
pub mod establishing;
pub mod first;
pub mod markdown;
pub mod origin;
pub mod retype;
mod state;
pub mod store;
mod words;
pub mod writing;

use chrono::{NaiveDate, NaiveDateTime};

pub use state::{Lack, TextRefusal, TextState, TextVerb};

use crate::calendar::add_days;
use crate::ids::Sha256Hex;
use crate::procedure::Domain;
use crate::term::Term;
use crate::text::Bilingual;

/// A text of a procedure, apart from what its versions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementText {
    pub id: i64,
    pub procedure_id: i64,
    /// The text it is an annex to (bijlage bij).
    pub annex_to: Option<i64>,
    pub kind: TextKind,
    pub domain: Domain,
    /// In addresses: `re-integratie-2027`.
    pub code: String,
    /// The Dutch title is the legal one.
    pub title: Bilingual,
    /// What the provider is under the AVG; only a privacy agreement has it.
    pub privacy_role: Option<PrivacyRole>,
}

codes! {
    /// What kind of text it is (soort document).
    pub enum TextKind {
        /// Intentieverklaring dialoog: the rules of the conversation.
        Dialogue = "dialogue",
        /// Basisovereenkomst: the shared general part.
        Framework = "framework",
        /// Deelovereenkomst: the shared part of one domain.
        Domain = "domain",
        /// Programma van eisen, an annex.
        Requirements = "requirements",
        /// Producten en tarieven, an annex.
        Tariffs = "tariffs",
        /// Verwerkersovereenkomst, or what takes its place; an annex.
        Privacy = "privacy",
        /// Any other annex.
        Annex = "annex",
    }
}

impl TextKind {
    /// Signed by itself; an annex is signed with the text it belongs to.
    pub fn is_signed(self) -> bool {
        matches!(self, TextKind::Dialogue | TextKind::Framework | TextKind::Domain)
    }
}

codes! {
    /// What a provider is to personal data under the AVG (rol). "Ship `avg_role` per deelovereenkomst with annex per
    /// choice": the contract standard names more than one form.
    pub enum PrivacyRole {
        /// Verwerker
        Processor = "processor",
        /// Gezamenlijk verwerkingsverantwoordelijke
        Joint = "joint",
        /// Zelfstandig verwerkingsverantwoordelijke
        Independent = "independent",
    }
}

/// One version of a text, without its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextVersion {
    pub id: i64,
    pub text_id: i64,
    /// Counts from one, as printed: "versie 4".
    pub number: i32,
    pub state: TextState,
    /// Counts up with every change of it or of one of its articles; who saw an older one is told who changed it.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// From when until when it holds; what is proposed, as long as it is not established.
    pub holds_from: Option<NaiveDate>,
    pub holds_until: Option<NaiveDate>,
    /// What changes and why, in plain words.
    pub explanation: String,
    /// Since when the table can react, and until when.
    pub consulted: Option<Consulted>,
    pub established: Option<Established>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consulted {
    pub at: NaiveDateTime,
    pub by: String,
    pub respond: Term,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Established {
    pub at: NaiveDateTime,
    pub by: String,
    /// The minutes of the table it rests on.
    pub minutes: String,
    /// What is signed: the SHA-256 over [`written_out`].
    pub digest: Sha256Hex,
}

impl TextVersion {
    /// Established, and holding on this day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.state == TextState::Established
            && self.holds_from.is_some_and(|from| from <= day)
            && self.holds_until.is_none_or(|until| day <= until)
    }

    /// The last day on which it is the version that holds, among `all` of its text: the day before the next one begins, or
    /// its own last day. None when no end is known.
    pub fn last_day(&self, all: &[TextVersion]) -> Option<NaiveDate> {
        let established = all.iter().filter(|one| one.text_id == self.text_id && one.state == TextState::Established);
        let next = established.filter(|one| one.number > self.number).filter_map(|one| one.holds_from).min();
        [self.holds_until, next.map(|day| add_days(day, -1))].into_iter().flatten().min()
    }
}

/// One article of one version (artikel).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What the clause is called through all versions of the text; its number may change.
    pub clause: i32,
    /// As printed: `4.2`.
    pub number: String,
    pub heading: String,
    pub scope: Scope,
    /// In the simple Markdown of `markdown`.
    pub body: String,
}

codes! {
    /// For whom an article is written. The contract standard has these three layers.
    pub enum Scope {
        /// The terms for all contractors (deel 1).
        All = "all",
        /// Terms that are filled in per contractor (deel 2).
        Individual = "individual",
        /// Generic text that nobody edits (deel 3).
        Generic = "generic",
    }
}

impl Article {
    /// How deep it stands: `4` is 1, `4.2` is 2. A number that is no number stands at the top.
    pub fn depth(&self) -> usize {
        self.number.split('.').filter(|part| !part.is_empty()).count().max(1)
    }
}

/// Whether an article can be numbered so: `4`, `4.2`, `3a`. A number in words does not show where it stands.
pub fn is_number(written: &str) -> bool {
    written.split('.').all(|part| {
        let letters = part.trim_start_matches(|sign: char| sign.is_ascii_digit());
        letters.len() < part.len() && letters.len() <= 2 && letters.chars().all(|sign| sign.is_ascii_lowercase())
    })
}

/// The text as it is hashed: title, number of the version, days and every article, each part with its length before it,
/// so that no two texts are written out alike. Only what a signer reads is in it, never who wrote it or when.
pub fn written_out(text: &AgreementText, version: &TextVersion, articles: &[Article]) -> Vec<u8> {
    let mut out = Vec::with_capacity(articles.iter().map(|one| one.body.len() + 64).sum::<usize>() + 128);
    let mut part = |written: &str| {
        out.extend_from_slice(written.len().to_string().as_bytes());
        out.push(b':');
        out.extend_from_slice(written.as_bytes());
        out.push(b'\n');
    };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    part("openhouse-text-1");
    part(&text.code);
    part(&text.title.nl);
    part(text.privacy_role.map_or("", PrivacyRole::as_str));
    part(&version.number.to_string());
    part(&day(version.holds_from));
    part(&day(version.holds_until));
    for article in articles {
        part(&article.number);
        part(&article.heading);
        part(article.scope.as_str());
        part(&article.body);
    }
    out
}

pub fn digest(text: &AgreementText, version: &TextVersion, articles: &[Article]) -> Sha256Hex {
    Sha256Hex::of(&written_out(text, version, articles))
}

#[cfg(test)]
mod tests;
