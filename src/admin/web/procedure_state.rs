//! The page on which a procedure is paused, goes on, is closed or ended (pauzeren, hervatten, sluiten, beëindigen): what
//! follows for everybody, the reason that all of them read, and one button.

use askama::Template;
use i18n_embed_fl::fl;

use super::procedures::status;
use super::tabs::{AdminTabs, Place};
use crate::page::entry::Entry;
use crate::page::{FormErrors, Frame, Status};
use crate::procedure::admission::{Procedure, ProcedureState, ProcedureVerb};

/// In characters: it becomes a part of a mail.
pub const MAX_REASON: usize = 500;

/// GET `/beheer/procedures/{code}/status`, and what comes back when something in it was not right.
#[derive(Template)]
#[template(path = "admin/procedure-state.html")]
pub struct ProcedureStatePage {
    pub frame: Frame,
    pub procedure: Procedure,
    /// What this reader can do to it now; nothing, for who came too early or too late.
    pub verbs: Vec<ProcedureVerb>,
    /// How many applicants and admitted providers hear of it.
    pub told: usize,
    pub reason: String,
    pub looks_after: bool,
    pub errors: FormErrors,
}

impl ProcedureStatePage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }

    fn name(&self) -> &str {
        self.procedure.details.name.in_lang(self.frame.lang)
    }

    fn status(&self) -> Status {
        status(self.frame.lang, self.procedure.state)
    }

    fn path(&self) -> String {
        format!("/beheer/procedures/{}", self.procedure.details.code)
    }

    /// Where the reader came from.
    fn back(&self) -> String {
        if self.looks_after { self.path() } else { format!("{}/publiceren", self.path()) }
    }

    fn heading(&self) -> String {
        match self.verbs[..] {
            [verb] => self.button(&verb),
            _ => fl!(self.frame.t(), "admin-state-title"),
        }
    }

    /// What follows from it.
    fn effect(&self, verb: &ProcedureVerb) -> String {
        let t = self.frame.t();
        match verb {
            ProcedureVerb::Pause => fl!(t, "admin-state-pause-text"),
            ProcedureVerb::Resume => fl!(t, "admin-state-resume-text"),
            ProcedureVerb::Close => fl!(t, "admin-state-close-text"),
            _ => fl!(t, "admin-state-end-text"),
        }
    }

    fn button(&self, verb: &ProcedureVerb) -> String {
        let t = self.frame.t();
        match verb {
            ProcedureVerb::Pause => fl!(t, "admin-state-pause"),
            ProcedureVerb::Resume => fl!(t, "admin-state-resume"),
            ProcedureVerb::Close => fl!(t, "admin-state-close"),
            _ => fl!(t, "admin-state-end"),
        }
    }

    /// Why nothing can be done.
    fn nothing(&self) -> String {
        let (lang, t) = (self.frame.lang, self.frame.t());
        match self.procedure.state {
            ProcedureState::Closed => fl!(t, "admin-state-nothing-closed"),
            state => fl!(t, "procedure-refused-state", state = state.in_words(lang)),
        }
    }

    fn entry(&self) -> Entry {
        let label = fl!(self.frame.t(), "admin-state-reason");
        Entry::area(self.frame.lang, "reden", label, &self.reason)
            .at_most(MAX_REASON)
            .hint(fl!(self.frame.t(), "admin-state-reason-hint"))
            .told(&self.errors)
    }
}
