//! A step of the application form on a page (stap x van y).

use askama::Template;
use i18n_embed_fl::fl;

use super::step_fields::{Entry, Kind};
use crate::calendar::wall_clock;
use crate::dossier::drafting::SavedStep;
use crate::dossier::{Application, ApplicationNumber, Step};
use crate::page::{Field, FormErrors, Frame, Moment};

/// The steps with a page of their own, with the words in their addresses.
pub const PAGES: [(Step, &str); 6] = [
    (Step::Organisation, "organisatie"),
    (Step::Contact, "contactpersoon"),
    (Step::Locations, "locaties"),
    (Step::Offer, "aanbod"),
    (Step::Signatory, "tekenbevoegde"),
    (Step::Declaration, "verklaring"),
];

/// The word of a step in its address; statements are made at their criterion, so they lead to the dossier.
pub fn word_of(step: Step) -> &'static str {
    PAGES.iter().find(|(known, _)| *known == step).map_or("organisatie", |(_, word)| word)
}

pub fn step_of(word: &str) -> Option<Step> {
    PAGES.iter().find(|(_, known)| *known == word).map(|(step, _)| *step)
}

/// GET and POST `/mijn/aanmeldingen/{nr}/stappen/{stap}`. The form posts its fields, `versie`, and the button that was
/// pressed as `doen`.
#[derive(Template)]
#[template(path = "mine/step.html")]
pub struct StepPage {
    pub frame: Frame,
    pub application: Application,
    pub step: Step,
    pub errors: FormErrors,
    pub entries: Vec<Entry>,
    /// The version that this page was made from.
    pub version: i32,
    /// It may be changed now.
    pub open: bool,
    /// What was typed just now is kept.
    pub saved: bool,
    /// Somebody saved meanwhile: his version, with the fields as he filled them in.
    pub theirs: Option<(SavedStep, Vec<Entry>)>,
    /// The earlier application that the fields were taken from; nothing of it is saved yet.
    pub from: Option<ApplicationNumber>,
}

impl StepPage {
    fn path(&self) -> String {
        format!("{}/stappen/{}", super::path(&self.application), word_of(self.step))
    }

    fn number(&self) -> usize {
        PAGES.iter().position(|(step, _)| *step == self.step).map_or(1, |place| place + 1)
    }

    fn of(&self) -> usize {
        PAGES.len()
    }

    fn before(&self) -> Option<String> {
        let place = self.number().checked_sub(2)?;
        Some(format!("{}/stappen/{}", super::path(&self.application), PAGES[place].1))
    }

    fn field<'a>(&'a self, entry: &'a Entry, kind: &'static str, value: &'a str) -> Field<'a> {
        let error_word = fl!(self.frame.t(), "page-error-word");
        let (label, hint) = (entry.label.clone(), entry.hint.clone());
        Field { id: &entry.id, kind, label, hint, value, error: entry.error.as_deref(), error_word, ..Field::default() }
    }

    /// Saved in another window by the same person: no colleague came between.
    fn is_own(&self, theirs: &SavedStep) -> bool {
        self.frame.user.as_ref().is_some_and(|user| user.name == theirs.saved_by)
    }

    fn saved_at(&self, theirs: &SavedStep) -> Moment {
        self.frame.moment(&wall_clock(theirs.saved_at))
    }

    fn has_places(&self) -> bool {
        self.step == Step::Locations
    }
}

impl Entry {
    /// What stands in it, for reading.
    fn in_words(&self, frame: &Frame) -> String {
        match &self.kind {
            Kind::Text { value, .. } | Kind::Area { value } => value.clone(),
            Kind::Tick { ticked: true } => fl!(frame.t(), "mine-yes"),
            Kind::Tick { ticked: false } => fl!(frame.t(), "mine-no"),
            Kind::Choice { options, .. } => {
                let chosen: Vec<&str> =
                    options.iter().filter(|(_, _, on)| *on).map(|(_, name, _)| name.as_str()).collect();
                chosen.join(", ")
            }
            Kind::Heading => String::new(),
        }
    }

    fn is_heading(&self) -> bool {
        self.kind == Kind::Heading
    }
}
