//! A field of a longer form (invulveld): a line, a text, a tick or a choice, with its label, hint and error; and how the
//! days and times that people type are read. The server judges; the browser's own checks are off.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Datelike, NaiveDate, NaiveTime};
use i18n_embed_fl::fl;

use super::correction::at_most;
use super::{FormErrors, Icon};
use crate::text::Lang;

/// Draws itself: `{{ entry }}` in a template.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/entry.html")]
pub struct Entry {
    /// Its name in the form and its id on the page.
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub kind: EntryKind,
    pub error: Option<String>,
    /// The language of the page, and of what is written in the field when that is another.
    pub lang: Lang,
    pub of: Option<Lang>,
}

impl HtmlSafe for Entry {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// `kind` is that of an input: `text`, `date`, `time`, `email`, `file`.
    Line {
        kind: &'static str,
        value: String,
    },
    Area {
        rows: u8,
        value: String,
    },
    /// A box that says `ja` when it is ticked, and nothing otherwise.
    Tick {
        ticked: bool,
    },
    /// One of a list.
    Select(Vec<Choice>),
    /// One of a few that all stand on the page.
    Radio(Vec<Choice>),
    /// Any of these; each sends its own value under the name of the field.
    Many(Vec<Choice>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: &str, label: String, chosen: bool) -> Choice {
        Choice { value: value.to_owned(), label, chosen }
    }
}

impl Entry {
    pub fn new(lang: Lang, id: &str, label: String, kind: EntryKind) -> Entry {
        Entry { id: id.to_owned(), label, hint: None, kind, error: None, lang, of: None }
    }

    pub fn line(lang: Lang, id: &str, label: String, value: &str) -> Entry {
        Entry::new(lang, id, label, EntryKind::Line { kind: "text", value: value.to_owned() })
    }

    pub fn day(lang: Lang, id: &str, label: String, value: &str) -> Entry {
        Entry::new(lang, id, label, EntryKind::Line { kind: "date", value: value.to_owned() })
    }

    pub fn time(lang: Lang, id: &str, label: String, value: &str) -> Entry {
        Entry::new(lang, id, label, EntryKind::Line { kind: "time", value: value.to_owned() })
    }

    pub fn area(lang: Lang, id: &str, label: String, value: &str) -> Entry {
        Entry::new(lang, id, label, EntryKind::Area { rows: 4, value: value.to_owned() })
    }

    pub fn tick(lang: Lang, id: &str, label: String, ticked: bool) -> Entry {
        Entry::new(lang, id, label, EntryKind::Tick { ticked })
    }

    pub fn hint(self, hint: String) -> Entry {
        Entry { hint: Some(hint), ..self }
    }

    /// How much fits, behind the hint.
    pub fn at_most(self, most: usize) -> Entry {
        let fits = at_most(self.lang, most);
        Entry { hint: Some(self.hint.map_or(fits.clone(), |hint| format!("{hint} {fits}"))), ..self }
    }

    /// Written in this language, whatever that of the page.
    pub fn of(self, lang: Lang) -> Entry {
        Entry { of: Some(lang), ..self }
    }

    /// With what is wrong with it, if anything is.
    pub fn told(self, errors: &FormErrors) -> Entry {
        Entry { error: errors.at(&self.id).map(str::to_owned), ..self }
    }

    fn error_word(&self) -> String {
        fl!(self.lang.texts(), "page-error-word")
    }

    fn bad(&self) -> Icon {
        Icon("bad")
    }

    /// What tells more of the field: the ids of its hint and its error.
    fn described(&self) -> Option<String> {
        let parts = [(self.hint.is_some(), "uitleg"), (self.error.is_some(), "fout")];
        let there = parts.into_iter().filter(|(there, _)| *there);
        let ids: Vec<String> = there.map(|(_, part)| format!("{}-{part}", self.id)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// A day as a browser sends it or as people write it; nothing for anything else.
pub fn read_day(typed: &str) -> Option<NaiveDate> {
    let forms = ["%Y-%m-%d", "%d-%m-%Y"];
    let read = forms.iter().find_map(|form| NaiveDate::parse_from_str(typed.trim(), form).ok());
    read.filter(|day| (1990..=2100).contains(&day.year()))
}

/// A time of the clock: `09:30`, `9.30`.
pub fn read_time(typed: &str) -> Option<NaiveTime> {
    let forms = ["%H:%M", "%H.%M", "%H:%M:%S"];
    forms.iter().find_map(|form| NaiveTime::parse_from_str(typed.trim(), form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_browsers_and_people_write_them() {
        for written in ["2027-12-31", "31-12-2027", " 31-12-2027 "] {
            assert_eq!(read_day(written), NaiveDate::from_ymd_opt(2027, 12, 31), "{written}");
        }
        for written in ["", "gisteren", "31-12-27", "2027-02-30"] {
            assert_eq!(read_day(written), None, "{written}");
        }
        for written in ["09:30", "9.30", "09:30:00"] {
            assert_eq!(read_time(written), NaiveTime::from_hms_opt(9, 30, 0), "{written}");
        }
        assert_eq!(read_time("25:00"), None);
    }

    #[test]
    fn a_field_keeps_what_was_typed_and_points_at_what_is_wrong() {
        let errors = FormErrors { fields: vec![("naam".into(), "Vul een naam in.".into())], whole: vec![] };
        let entry = Entry::line(Lang::Nl, "naam", "Naam".into(), "<b>").hint("Kort.".into()).told(&errors);
        let html = entry.to_string();
        assert!(html.contains("value=\"&#60;b&#62;\""), "{html}");
        assert!(html.contains("aria-describedby=\"naam-uitleg naam-fout\" aria-invalid=\"true\""), "{html}");
        let choices = vec![Choice::new("a", "Alfa".into(), false), Choice::new("b", "Bravo".into(), true)];
        let radio = Entry::new(Lang::Nl, "keus", "Keus".into(), EntryKind::Radio(choices)).to_string();
        assert!(radio.contains("value=\"b\" checked"), "{radio}");
    }
}
