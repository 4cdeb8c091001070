//! The pages of the mail texts (mailteksten): the list, and one text with its editor, preview and versions.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use crate::mail::MailKind;
use crate::mail::text::{MailText, TextFault, check};
use crate::page::{FormErrors, Frame};
use crate::text::{Bilingual, Lang};

/// GET `/beheer/mailteksten`
#[derive(Template)]
#[template(path = "admin/mail-texts.html")]
pub struct MailTextsPage {
    pub frame: Frame,
    pub rows: Vec<TextRow>,
}

#[derive(Debug, Clone)]
pub struct TextRow {
    pub kind: MailKind,
    pub about: String,
    pub formal: bool,
    /// Whether the municipality has a text of its own.
    pub own: bool,
}

/// GET and POST `/beheer/mailteksten/{kind}`
#[derive(Template)]
#[template(path = "admin/mail-text.html")]
pub struct MailTextPage {
    pub frame: Frame,
    pub manages: bool,
    pub kind: MailKind,
    /// What stands in the form, also when it is not right.
    pub typed: MailText,
    pub errors: FormErrors,
    /// The newest version that was looked at; nought for the text that ships.
    pub seen: i64,
    /// The text with invented values in both languages; empty when it cannot be filled.
    pub preview: Vec<(Lang, String, String)>,
    /// Whether the preview is of something that was not saved.
    pub unsaved: bool,
    /// The newest first: when, and by whom.
    pub versions: Vec<(NaiveDateTime, String)>,
}

/// The fields of the form, in their order: id and whether it is a body.
const FIELDS: [(&str, Lang, bool); 4] = [
    ("onderwerp_nl", Lang::Nl, false),
    ("tekst_nl", Lang::Nl, true),
    ("onderwerp_en", Lang::En, false),
    ("tekst_en", Lang::En, true),
];

/// A subject is a line, a body a page at most.
const LONGEST: [(bool, usize); 2] = [(false, 150), (true, 5_000)];

impl MailTextPage {
    fn about(&self) -> &str {
        self.kind.definition().about.in_lang(self.frame.lang)
    }

    fn is_formal(&self) -> bool {
        self.kind.is_formal()
    }

    /// What may be filled in: the name between braces, and what it stands for.
    fn placeholders(&self) -> Vec<(String, &'static str)> {
        let lang = self.frame.lang;
        let all = self.kind.placeholders();
        all.into_iter().map(|one| (format!("{{{{{}}}}}", one.name), one.about.in_lang(lang))).collect()
    }

    fn fields(&self) -> Vec<TextField<'_>> {
        let t = self.frame.t();
        let field = |(id, of, body): (&'static str, Lang, bool)| TextField {
            id,
            body,
            of,
            label: match (of, body) {
                (Lang::Nl, false) => fl!(t, "admin-subject-nl"),
                (Lang::Nl, true) => fl!(t, "admin-body-nl"),
                (Lang::En, false) => fl!(t, "admin-subject-en"),
                (Lang::En, true) => fl!(t, "admin-body-en"),
            },
            value: part(&self.typed, of, body),
            error: self.errors.at(id),
        };
        FIELDS.into_iter().map(field).collect()
    }
}

/// One line or page of text with its label and its error.
pub struct TextField<'a> {
    pub id: &'static str,
    pub body: bool,
    /// The language of what is written in it.
    pub of: Lang,
    pub label: String,
    pub value: &'a str,
    pub error: Option<&'a str>,
}

fn part(text: &MailText, lang: Lang, body: bool) -> &str {
    let Bilingual { nl, en } = if body { &text.body } else { &text.subject };
    match lang {
        Lang::Nl => nl,
        Lang::En => en,
    }
}

/// Everything that is wrong with a text, at its fields and in the words of the reader.
pub fn faults(lang: Lang, kind: MailKind, text: &MailText) -> FormErrors {
    let fields = FIELDS.into_iter().filter_map(|(id, of, body)| {
        let written = part(text, of, body);
        let mut told = Vec::new();
        if written.trim().is_empty() {
            told.push(fl!(lang.texts(), "admin-text-empty"));
        }
        let longest = LONGEST.iter().find(|(of_body, _)| *of_body == body).map_or(0, |(_, longest)| *longest);
        if written.chars().count() > longest {
            told.push(fl!(lang.texts(), "admin-text-long", count = longest));
        }
        told.extend(check(kind, written).iter().map(|fault| in_words(lang, fault)));
        (!told.is_empty()).then(|| (id.to_owned(), told.join(" ")))
    });
    FormErrors { fields: fields.collect(), whole: Vec::new() }
}

fn in_words(lang: Lang, fault: &TextFault) -> String {
    let t = lang.texts();
    let braced = |name: &str| format!("{{{{{name}}}}}");
    match fault {
        TextFault::Unknown { found, nearest: Some(near) } => {
            fl!(t, "admin-text-nearest", found = braced(found), nearest = braced(near))
        }
        TextFault::Unknown { found, nearest: None } => fl!(t, "admin-text-unknown", found = braced(found)),
        TextFault::NotAPlaceholder { found } => fl!(t, "admin-text-braces", found = found.as_str()),
    }
}
