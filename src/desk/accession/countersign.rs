//! What the page of signing for the municipality holds (medeondertekenen): everything that waits, ticked or not, and the
//! check page that names every provider and asks for the code.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::account::once::CodeKind;
use crate::calendar::wall_clock;
use crate::page::{Field, FormErrors, Frame, Moment};

/// GET and POST `/toetreding/tekenen`. The form posts `gekozen` for all that are ticked, `functie`, `code` and `stap`.
#[derive(Template)]
#[template(path = "accession/countersign.html")]
pub struct CountersignPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub lines: Vec<Line>,
    /// The page on which it is signed, after the one on which it was chosen.
    pub checking: bool,
    pub position: String,
    pub asked: CodeKind,
    /// A code was sent just now.
    pub sent: bool,
}

#[derive(Debug, Clone)]
pub struct Line {
    /// `12/3`: the offer to one provider, and the version of it that is on the page.
    pub ticket: String,
    pub ticked: bool,
    pub href: String,
    pub provider: String,
    pub text: String,
    pub kind: String,
    pub signed_by: String,
    pub signed_at: chrono::NaiveDateTime,
    pub starts_on: NaiveDate,
    pub digest: String,
}

impl CountersignPage {
    fn title(&self) -> String {
        match self.checking {
            true => fl!(self.frame.t(), "offer-countersign-check"),
            false => fl!(self.frame.t(), "offer-countersign-title"),
        }
    }

    fn ticked(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.ticked)
    }

    fn at(&self, line: &Line) -> Moment {
        self.frame.moment(&wall_clock(line.signed_at))
    }

    fn code(&self) -> Field<'_> {
        code_field(&self.frame, self.asked, "", &self.errors)
    }

    fn position(&self) -> Field<'_> {
        Field {
            id: "functie",
            kind: "text",
            label: fl!(self.frame.t(), "offer-position"),
            value: &self.position,
            error: self.errors.at("functie"),
            error_word: fl!(self.frame.t(), "page-error-word"),
            autocomplete: "organization-title",
            ..Field::default()
        }
    }

    fn by_mail(&self) -> bool {
        self.asked == CodeKind::Mail
    }
}

/// The field for the one-time code: from the app, or from the mail.
pub fn code_field<'a>(frame: &Frame, asked: CodeKind, value: &'a str, errors: &'a FormErrors) -> Field<'a> {
    let t = frame.t();
    let (label, hint) = match asked {
        CodeKind::App => (fl!(t, "offer-code-app"), fl!(t, "offer-code-app-hint")),
        CodeKind::Mail => (fl!(t, "offer-code-mail"), fl!(t, "offer-code-mail-hint")),
    };
    Field {
        id: "code",
        kind: "text",
        label,
        hint: Some(hint),
        value,
        error: errors.at("code"),
        error_word: fl!(t, "page-error-word"),
        autocomplete: "one-time-code",
        ..Field::default()
    }
}
