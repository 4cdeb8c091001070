//! Reading a Word document in (inlezen): what was found in it is shown before anything is stored.

use askama::Template;
use i18n_embed_fl::fl;

use super::reading::Door;
use super::shown::Body;
use crate::agreement::docx::Found;
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{AgreementText, TextVersion};
use crate::page::{Field, FormErrors, Frame};

/// GET and POST `/overeenkomsten/{code}/versies/{n}/inlezen`
#[derive(Template)]
#[template(path = "agreement/read-in.html")]
pub struct ReadInPage {
    pub frame: Frame,
    pub text: AgreementText,
    pub version: TextVersion,
    /// How many articles stand there now, and are replaced.
    pub standing: usize,
    pub found: Option<FoundIn>,
    pub errors: FormErrors,
}

/// What a document holds, and how the document is known until somebody says yes.
pub struct FoundIn {
    pub name: String,
    pub digest: String,
    pub found: Found,
    /// What is wrong with an article that was found.
    pub faults: Vec<String>,
}

impl ReadInPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "agreement-page-read-in-title", number = self.version.number)
    }

    fn name(&self) -> &str {
        self.text.title.in_lang(self.frame.lang)
    }

    fn path(&self) -> String {
        format!("{}/inlezen", Door::Office.version(&self.text.code, self.version.number))
    }

    fn back(&self) -> String {
        format!("{}/schrijven", Door::Office.version(&self.text.code, self.version.number))
    }

    fn field(&self) -> Field<'_> {
        let t = self.frame.t();
        Field {
            id: "bestand",
            kind: "file",
            label: fl!(t, "agreement-page-read-in-file"),
            hint: Some(fl!(t, "agreement-page-read-in-hint")),
            error: self.errors.at("bestand"),
            error_word: fl!(t, "page-error-word"),
            accept: ".docx",
            ..Field::default()
        }
    }

    fn left_out(&self, found: &FoundIn) -> Vec<String> {
        found.found.left_out.iter().map(|(what, count)| what.in_words(self.frame.lang, *count)).collect()
    }

    fn heading(&self, one: &Wording) -> String {
        let (number, heading) = (one.number.as_str(), one.heading.as_str());
        fl!(self.frame.t(), "agreement-page-article", number = number, heading = heading)
    }

    fn body(&self, one: &Wording) -> Body {
        Body::of(&one.body)
    }
}
