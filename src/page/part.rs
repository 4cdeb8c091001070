//! The parts that pages are made of: status, icon, date, field, error summary, timeline, paging. Each draws itself:
//! `{{ row.status }}` in a template.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::assets;
use crate::money::Cents;
use crate::quarter::Quarter;
use crate::text::Lang;

/// The meanings a status can have. Shape and word carry it; colour only helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Green check: good.
    Ok,
    /// Amber triangle: needs attention.
    Warn,
    /// Red octagon: failed.
    Bad,
    /// Blue dashed circle: yours to do.
    Todo,
    /// Grey clock: the other party's turn.
    Wait,
    /// Grey dash: does not apply.
    Idle,
    /// Grey eye: watched, without a target.
    Watch,
}

impl Tone {
    /// The class and, after `i-`, the icon.
    pub const fn word(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Todo => "todo",
            Tone::Wait => "wait",
            Tone::Idle => "idle",
            Tone::Watch => "watch",
        }
    }

    pub fn icon(self) -> Icon {
        Icon(self.word())
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl HtmlSafe for Tone {}

/// An icon of the sprite; the word beside it says the same.
#[derive(Debug, Clone, Copy)]
pub struct Icon(pub &'static str);

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r##"<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>"##, assets::icons(), self.0)
    }
}

impl HtmlSafe for Icon {}

/// Who looks at a page about a provider: it decides which buttons there are and whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The contract manager, who decides.
    Manager,
    /// The municipality's other people, who read.
    Viewer,
    /// The provider's own people.
    Provider,
}

/// A badge: shape, word and colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub tone: Tone,
    pub word: String,
    /// A dashed edge: a computed proposal. A solid badge is a person's decision or a plain fact.
    pub proposed: bool,
    /// Without a ground, for what is done and needs no eye.
    pub plain: bool,
}

impl Status {
    pub fn new(tone: Tone, word: impl Into<String>) -> Status {
        Status { tone, word: word.into(), proposed: false, plain: false }
    }

    pub fn proposed(self) -> Status {
        Status { proposed: true, ..self }
    }

    pub fn plain(self) -> Status {
        Status { plain: true, ..self }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proposed = if self.proposed { " proposed" } else { "" };
        let plain = if self.plain { " plain" } else { "" };
        let word = askama::filters::escape(&self.word, askama::filters::Html).map_err(|_| fmt::Error)?;
        write!(f, r#"<span class="status {}{proposed}{plain}">{}{word}</span>"#, self.tone, Icon(self.tone.word()))
    }
}

impl HtmlSafe for Status {}

/// A date that machines can read too; `table` picks the short form.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    pub lang: Lang,
    pub day: NaiveDate,
    pub table: bool,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = if self.table { self.lang.day_in_table(self.day) } else { self.lang.day(self.day) };
        write!(f, r#"<time datetime="{}">{written}</time>"#, self.day)
    }
}

impl HtmlSafe for Day {}

/// A moment, in the municipality's own time.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub lang: Lang,
    pub at: NaiveDateTime,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"<time datetime="{}">{}</time>"#, self.at.format("%Y-%m-%dT%H:%M"), self.lang.moment(self.at))
    }
}

impl HtmlSafe for Moment {}

/// What templates write with. Askama hands fields over by reference, so these take references.
impl super::Frame {
    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn icon(&self, name: &'static str) -> Icon {
        Icon(name)
    }

    /// A date in running text.
    pub fn day(&self, day: &NaiveDate) -> Day {
        Day { lang: self.lang, day: *day, table: false }
    }

    /// A date in a table.
    pub fn table_day(&self, day: &NaiveDate) -> Day {
        Day { lang: self.lang, day: *day, table: true }
    }

    pub fn moment(&self, at: &NaiveDateTime) -> Moment {
        Moment { lang: self.lang, at: *at }
    }

    pub fn money(&self, amount: &Cents) -> String {
        self.lang.money(*amount)
    }

    pub fn quarter(&self, quarter: &Quarter) -> String {
        self.lang.quarter(*quarter)
    }

    /// With a capital.
    pub fn quarter_first(&self, quarter: &Quarter) -> String {
        self.lang.quarter_first(*quarter)
    }
}

/// What is wrong with a form: at its fields, or with the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors {
    /// The id of the field and what to do about it, in the order of the fields.
    pub fields: Vec<(String, String)>,
    pub whole: Vec<String>,
}

impl FormErrors {
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_empty()
    }

    pub fn at(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(id, _)| id == field).map(|(_, text)| text.as_str())
    }

    /// Above the heading of the page, with the same words as at the fields.
    pub fn summary(&self, lang: Lang) -> ErrorSummary<'_> {
        ErrorSummary { lang, errors: self }
    }
}

#[derive(Template)]
#[template(path = "parts/error-summary.html")]
pub struct ErrorSummary<'a> {
    lang: Lang,
    errors: &'a FormErrors,
}

impl HtmlSafe for ErrorSummary<'_> {}

/// One text field with its label, hint and error. The server judges; the browser's own checks are off.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/field.html")]
pub struct Field<'a> {
    pub id: &'a str,
    /// `text`, `search`, `email`, `password` or `file`.
    pub kind: &'a str,
    pub label: String,
    pub hint: Option<String>,
    /// What was typed, kept when the form comes back.
    pub value: &'a str,
    pub error: Option<&'a str>,
    /// The word before an error that is read aloud.
    pub error_word: String,
    /// For a file: the endings that are accepted.
    pub accept: &'a str,
    /// What a browser or password manager may fill in: `email`, `current-password`, `one-time-code`.
    pub autocomplete: &'a str,
    pub many: bool,
}

impl HtmlSafe for Field<'_> {}

/// A line of a timeline, newest first.
#[derive(Debug, Clone)]
pub struct Event {
    pub title: String,
    pub at: NaiveDateTime,
    /// Empty when nobody did it: the system.
    pub by: Option<String>,
    pub tone: Option<Tone>,
}

/// Links to the page before and the page after, for a list in keyset pages.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Paging {
    pub fn drawn(&self, lang: Lang) -> DrawnPaging<'_> {
        DrawnPaging { lang, paging: self }
    }
}

#[derive(Template)]
#[template(path = "parts/paging.html")]
pub struct DrawnPaging<'a> {
    lang: Lang,
    paging: &'a Paging,
}

impl HtmlSafe for DrawnPaging<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_shape_word_and_colour_and_escapes_its_word() {
        let drawn = Status::new(Tone::Warn, "Let <op>").proposed().to_string();
        assert!(drawn.starts_with(r#"<span class="status warn proposed">"#), "{drawn}");
        assert!(drawn.contains("#i-warn"), "{drawn}");
        assert!(drawn.contains("Let &#60;op&#62;"), "{drawn}");
    }

    #[test]
    fn a_date_is_for_people_and_for_machines() {
        let day = Day { lang: Lang::Nl, day: "2026-10-09".parse().unwrap(), table: false };
        assert_eq!(day.to_string(), r#"<time datetime="2026-10-09">9 oktober 2026</time>"#);
    }

    #[test]
    fn an_error_is_found_at_its_field() {
        let errors = FormErrors { fields: vec![("bestand".into(), "Kies een bestand".into())], whole: vec![] };
        assert_eq!(errors.at("bestand"), Some("Kies een bestand"));
        assert_eq!(errors.at("anders"), None);
        assert!(!errors.is_empty());
    }
}
