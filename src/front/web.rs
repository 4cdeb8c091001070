//! The public pages of a municipality (openbare pagina's): what Open House is, the criteria on a day, documents, questions
//! and answers, the register, and the form to apply.

pub mod apply_handlers;
pub mod handlers;
pub mod sample;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::register::Listed;
use crate::page::{Field, FormErrors, Frame, MenuItem, Status, Tone};
use crate::procedure::admission::documents::ProcedureDocument;
use crate::procedure::admission::questions::Answered;
use crate::procedure::admission::{Procedure, ProcedureState};
use crate::procedure::criterion::{AskMoment, Criterion};
use crate::text::Lang;

/// A municipality as visitors know it: by the word in its address.
#[derive(Debug, Clone)]
pub struct Town {
    pub slug: String,
    pub name: String,
    pub procedures: Vec<Procedure>,
}

/// The public pages, in the order of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Start,
    Criteria,
    Documents,
    Questions,
    Register,
    Apply,
}

impl Town {
    pub fn path(&self) -> String {
        format!("/gemeenten/{}", self.slug)
    }

    fn menu(&self, lang: Lang, current: Place) -> Vec<MenuItem> {
        let t = lang.texts();
        let item = |text: String, word: &str, place: Place| MenuItem {
            text,
            href: format!("{}{word}", self.path()),
            current: place == current,
        };
        vec![
            item(fl!(t, "front-menu-start"), "", Place::Start),
            item(fl!(t, "front-menu-criteria"), "/eisen", Place::Criteria),
            item(fl!(t, "front-menu-documents"), "/documenten", Place::Documents),
            item(fl!(t, "front-menu-questions"), "/vragen", Place::Questions),
            item(fl!(t, "front-menu-register"), "/register", Place::Register),
            item(fl!(t, "front-menu-apply"), "/aanmelden", Place::Apply),
        ]
    }

    /// The frame of a public page; who is signed in stays so, with the menu of the visitors.
    pub fn frame(&self, around: Frame, current: Place) -> Frame {
        Frame { municipality: self.name.clone(), menu: self.menu(around.lang, current), crumbs: Vec::new(), ..around }
    }

    fn open(&self, today: NaiveDate) -> Vec<&Procedure> {
        self.procedures.iter().filter(|one| one.takes_applications(today)).collect()
    }
}

/// GET `/gemeenten/{slug}`
#[derive(Template)]
#[template(path = "front/start.html")]
pub struct StartPage {
    pub frame: Frame,
    pub town: Town,
    pub today: NaiveDate,
}

impl StartPage {
    fn takes(&self) -> bool {
        !self.town.open(self.today).is_empty()
    }

    fn status(&self, procedure: &Procedure) -> Status {
        let tone = match procedure.state {
            ProcedureState::Open => Tone::Ok,
            ProcedureState::Paused => Tone::Warn,
            ProcedureState::Draft | ProcedureState::Published => Tone::Wait,
            ProcedureState::Closed | ProcedureState::Ended => Tone::Idle,
        };
        Status::new(tone, procedure.state.in_words(self.frame.lang))
    }
}

/// GET `/gemeenten/{slug}/eisen?op=2026-12-01`
#[derive(Template)]
#[template(path = "front/criteria.html")]
pub struct CriteriaPage {
    pub frame: Frame,
    pub town: Town,
    pub on: NaiveDate,
    pub errors: FormErrors,
    /// What was typed as the day.
    pub typed: String,
    /// By the moment on which they are asked.
    pub groups: Vec<(AskMoment, Vec<Criterion>)>,
}

impl CriteriaPage {
    fn day_field(&self) -> Field<'_> {
        let t = self.frame.t();
        Field {
            id: "op",
            kind: "date",
            label: fl!(t, "front-criteria-day"),
            value: &self.typed,
            error: self.errors.at("op"),
            error_word: fl!(t, "page-error-word"),
            ..Field::default()
        }
    }

    fn count(&self) -> usize {
        self.groups.iter().map(|(_, criteria)| criteria.len()).sum()
    }
}

/// GET `/gemeenten/{slug}/documenten`: each procedure with what is published with it.
#[derive(Template)]
#[template(path = "front/documents.html")]
pub struct DocumentsPage {
    pub frame: Frame,
    pub town: Town,
    pub documents: Vec<(Procedure, Vec<ProcedureDocument>)>,
}

impl DocumentsPage {
    fn title_of<'a>(&self, document: &'a ProcedureDocument) -> &'a str {
        self.frame.lang.pick(&document.title_nl, &document.title_en)
    }

    fn about(&self, document: &ProcedureDocument) -> String {
        let kilobytes = document.size / 1024 + 1;
        let ending = document.file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase();
        format!("{ending}, {kilobytes} kB")
    }
}

/// GET and POST `/gemeenten/{slug}/vragen`
#[derive(Template)]
#[template(path = "front/questions.html")]
pub struct QuestionsPage {
    pub frame: Frame,
    pub town: Town,
    pub answered: Vec<Answered>,
    pub errors: FormErrors,
    pub name: String,
    pub question: String,
    /// A question came in just now.
    pub received: bool,
}

impl QuestionsPage {
    fn path(&self) -> String {
        format!("{}/vragen", self.town.path())
    }

    fn name_field(&self) -> Field<'_> {
        let t = self.frame.t();
        Field {
            id: "naam",
            kind: "text",
            label: fl!(t, "front-question-name"),
            hint: Some(fl!(t, "front-question-name-hint")),
            value: &self.name,
            error: self.errors.at("naam"),
            error_word: fl!(t, "page-error-word"),
            ..Field::default()
        }
    }
}

/// GET `/gemeenten/{slug}/register`: who is admitted, in alphabetical order and nothing that ranks.
#[derive(Template)]
#[template(path = "front/register.html")]
pub struct RegisterPage {
    pub frame: Frame,
    pub town: Town,
    pub rows: Vec<Listed>,
}

/// GET and POST `/gemeenten/{slug}/aanmelden`
#[derive(Template)]
#[template(path = "front/apply.html")]
pub struct ApplyPage {
    pub frame: Frame,
    pub town: Town,
    pub today: NaiveDate,
    pub errors: FormErrors,
    pub form: apply_handlers::ApplyForm,
}

impl ApplyPage {
    fn path(&self) -> String {
        format!("{}/aanmelden", self.town.path())
    }

    fn open(&self) -> Vec<&Procedure> {
        self.town.open(self.today)
    }

    fn field(&self, id: &'static str) -> Field<'_> {
        let t = self.frame.t();
        let (kind, label, hint, value) = match id {
            "naam" => ("text", fl!(t, "front-apply-name"), None, &self.form.naam),
            "email" => ("email", fl!(t, "front-apply-email"), Some(fl!(t, "front-apply-email-hint")), &self.form.email),
            "organisatie" => ("text", fl!(t, "front-apply-organisation"), None, &self.form.organisatie),
            _ => ("text", fl!(t, "front-apply-kvk"), Some(fl!(t, "front-apply-kvk-hint")), &self.form.kvk),
        };
        let error_word = fl!(t, "page-error-word");
        Field { id, kind, label, hint, value, error: self.errors.at(id), error_word, ..Field::default() }
    }
}

/// After POST `/gemeenten/{slug}/aanmelden`: the same words whether organisation and address were known or not.
#[derive(Template)]
#[template(path = "front/applied.html")]
pub struct AppliedPage {
    pub frame: Frame,
    pub town: Town,
    /// The trade register gave no answer.
    pub unchecked: bool,
}
