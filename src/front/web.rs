//! The public pages of a municipality (openbare pagina's): what Open House is, the criteria on a day, documents, questions
//! and answers, the register, and the form to apply.

pub mod agreement_handlers;
pub mod apply_handlers;
pub mod handlers;
pub mod products;
pub mod register;
pub mod register_handlers;
pub mod sample;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::agreement::text::{AgreementText, TextVersion};
use crate::agreement::web::reading::Door;
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
    Products,
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
            item(fl!(t, "catalogue-tab"), "/producten", Place::Products),
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
    /// The catalogue: codes and names.
    pub products: Vec<(String, String)>,
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

    /// How many of them are asked of some applicants only.
    fn of_some(&self) -> usize {
        self.groups.iter().flat_map(|(_, criteria)| criteria).filter(|one| !one.only_products.is_empty()).count()
    }

    /// Who is asked, when that is not everybody.
    fn only_for(&self, criterion: &Criterion) -> Option<String> {
        let names = self.products.iter().filter(|(code, _)| criterion.concerns(code)).map(|(_, name)| name.as_str());
        let names: Vec<&str> = names.collect();
        let products = names.join(", ");
        (!names.is_empty()).then(|| fl!(self.frame.t(), "front-criterion-only", products = products.as_str()))
    }
}

/// GET `/gemeenten/{slug}/documenten`: each procedure with what is published with it.
#[derive(Template)]
#[template(path = "front/documents.html")]
pub struct DocumentsPage {
    pub frame: Frame,
    pub town: Town,
    pub documents: Vec<(Procedure, Vec<ProcedureDocument>)>,
    /// The texts of these procedures that are established, each with its newest version.
    pub texts: Vec<(AgreementText, TextVersion)>,
}

impl DocumentsPage {
    fn title_of<'a>(&self, document: &'a ProcedureDocument) -> &'a str {
        self.frame.lang.pick(&document.title_nl, &document.title_en)
    }

    /// The texts of one procedure: title, kind, number and where it is read.
    fn texts_of(&self, procedure: &Procedure) -> Vec<(String, String, i32, String)> {
        let (lang, door) = (self.frame.lang, Door::Front(self.town.slug.clone()));
        let of_this = self.texts.iter().filter(|(text, _)| text.procedure_id == procedure.id);
        let line = |(text, version): &(AgreementText, TextVersion)| {
            let href = door.version(&text.code, version.number);
            (text.title.in_lang(lang).to_owned(), text.kind.in_words(lang), version.number, href)
        };
        of_this.map(line).collect()
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
