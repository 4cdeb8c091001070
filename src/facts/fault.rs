//! A fault (fout) in a document: where it stands, what is wrong, and what to write instead.

use std::fmt;

use i18n_embed_fl::fl;

use crate::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// For instance `trajectories[3].referred_on`; empty when it concerns the whole document.
    pub path: String,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    Empty,
    /// The first byte, counted from nought, that is not UTF-8.
    NotUtf8 {
        byte: usize,
    },
    /// The document stops halfway.
    Truncated,
    NotJson {
        line: usize,
        column: usize,
    },
    NumberTooLarge {
        line: usize,
        column: usize,
    },
    TooDeep,
    /// A field that is not known, with the known one most like it.
    Unknown {
        nearest: Option<&'static str>,
    },
    Missing,
    Duplicate,
    /// The value is not what belongs here. `found` is shortened.
    NotExpected {
        expected: Expected,
        found: String,
    },
    /// The shape is right, yet the types refuse it: a fault of the program.
    Unreadable {
        detail: String,
    },
    /// The end of a period lies before its beginning, which is named with its day.
    EndsBefore {
        start: String,
    },
    /// What a row is known by stands at an earlier row too.
    SameRef {
        found: String,
        first: String,
    },
    /// `small.small_below` lies under `small.indicative_below`.
    BelowIndicative {
        indicative_below: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Text,
    Date,
    Quarter,
    Kvk,
    Flag,
    Whole { from: u32, to: u32 },
    WholeOrNull { from: u32, to: u32 },
    OneOf(&'static [&'static str]),
    List,
    Object,
}

impl Fault {
    pub fn whole(kind: FaultKind) -> Fault {
        Fault { path: String::new(), kind }
    }

    /// One line: where, what is wrong, what to write.
    pub fn message(&self, lang: Lang) -> String {
        let path = self.path.as_str();
        let texts = lang.texts();
        match &self.kind {
            FaultKind::Empty => fl!(texts, "facts-fault-empty"),
            FaultKind::NotUtf8 { byte } => fl!(texts, "facts-fault-not-utf8", byte = byte.to_string()),
            FaultKind::Truncated => fl!(texts, "facts-fault-truncated"),
            FaultKind::NotJson { line, column } => {
                fl!(texts, "facts-fault-not-json", line = line.to_string(), column = column.to_string())
            }
            FaultKind::NumberTooLarge { line, column } => {
                fl!(texts, "facts-fault-number-too-large", line = line.to_string(), column = column.to_string())
            }
            FaultKind::TooDeep => fl!(texts, "facts-fault-too-deep"),
            FaultKind::Unknown { nearest: Some(nearest) } => {
                fl!(texts, "facts-fault-unknown-nearest", path = path, nearest = nearest.to_string())
            }
            FaultKind::Unknown { nearest: None } => fl!(texts, "facts-fault-unknown", path = path),
            FaultKind::Missing => fl!(texts, "facts-fault-missing", path = path),
            FaultKind::Duplicate => fl!(texts, "facts-fault-duplicate", path = path),
            FaultKind::NotExpected { expected, found } if path.is_empty() => {
                let expected = expected.text(lang);
                fl!(texts, "facts-fault-whole-not-expected", expected = expected, found = found.as_str())
            }
            FaultKind::NotExpected { expected, found } => {
                let expected = expected.text(lang);
                fl!(texts, "facts-fault-not-expected", path = path, expected = expected, found = found.as_str())
            }
            FaultKind::Unreadable { detail } => fl!(texts, "facts-fault-unreadable", detail = detail.as_str()),
            FaultKind::EndsBefore { start } => {
                fl!(texts, "facts-fault-ends-before", path = path, start = start.as_str())
            }
            FaultKind::SameRef { found, first } => {
                fl!(texts, "facts-fault-same-ref", path = path, found = found.as_str(), first = first.as_str())
            }
            FaultKind::BelowIndicative { indicative_below } => {
                let least = indicative_below.to_string();
                fl!(texts, "facts-fault-below-indicative", path = path, least = least)
            }
        }
    }
}

impl Expected {
    fn text(&self, lang: Lang) -> String {
        let texts = lang.texts();
        match self {
            Expected::Text => fl!(texts, "facts-expected-text"),
            Expected::Date => fl!(texts, "facts-expected-date"),
            Expected::Quarter => fl!(texts, "facts-expected-quarter"),
            Expected::Kvk => fl!(texts, "facts-expected-kvk"),
            Expected::Flag => fl!(texts, "facts-expected-flag"),
            Expected::Whole { from, to } => {
                fl!(texts, "facts-expected-whole", from = from.to_string(), to = to.to_string())
            }
            Expected::WholeOrNull { from, to } => {
                fl!(texts, "facts-expected-whole-or-null", from = from.to_string(), to = to.to_string())
            }
            Expected::OneOf([only]) => fl!(texts, "facts-expected-exactly", word = only.to_string()),
            Expected::OneOf(words) => fl!(texts, "facts-expected-one-of", words = words.join(", ")),
            Expected::List => fl!(texts, "facts-expected-list"),
            Expected::Object => fl!(texts, "facts-expected-object"),
        }
    }
}

/// For logs; people get `message` in their own language.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Fault {}
