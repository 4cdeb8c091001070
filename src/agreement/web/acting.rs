//! What is done to a version as a whole (handeling): put before the table, taken back, established. Each has a page on which
//! is seen what follows before it is done.

use askama::Template;
use i18n_embed_fl::fl;

use super::acting_handlers::ActForm;
use super::reading::Door;
use crate::agreement::text::{AgreementText, TextVersion};
use crate::page::entry::Entry;
use crate::page::{FormErrors, Frame};
use crate::text::Lang;

codes! {
    /// The acts that have a page of this kind; the word stands in the address.
    pub enum TextAct {
        Consult = "voorleggen",
        TakeBack = "terugnemen",
        Establish = "vaststellen",
    }
}

/// GET and POST `/overeenkomsten/{code}/versies/{n}/voorleggen`, `…/terugnemen`, `…/vaststellen`
#[derive(Template)]
#[template(path = "agreement/act.html")]
pub struct ActPage {
    pub frame: Frame,
    pub act: TextAct,
    pub text: AgreementText,
    pub version: TextVersion,
    /// What stands in the way; it may be tried all the same, and is refused with the same words.
    pub blocked: Vec<String>,
    /// Until when the table may still react; none once that is over.
    pub early: Option<String>,
    /// What follows from it, in names and values.
    pub facts: Vec<(String, String)>,
    pub form: ActForm,
    pub errors: FormErrors,
}

impl ActPage {
    fn title(&self) -> String {
        let (t, number) = (self.frame.t(), self.version.number);
        match self.act {
            TextAct::Consult => fl!(t, "agreement-page-consult-title", number = number),
            TextAct::TakeBack => fl!(t, "agreement-page-take-back-title", number = number),
            TextAct::Establish => fl!(t, "agreement-page-establish-title", number = number),
        }
    }

    fn lead(&self) -> String {
        let t = self.frame.t();
        match self.act {
            TextAct::Consult => fl!(t, "agreement-page-consult-lead"),
            TextAct::TakeBack => fl!(t, "agreement-page-take-back-lead"),
            TextAct::Establish => fl!(t, "agreement-page-establish-lead"),
        }
    }

    fn button(&self) -> String {
        let t = self.frame.t();
        match self.act {
            TextAct::Consult => fl!(t, "agreement-page-act-consult"),
            TextAct::TakeBack => fl!(t, "agreement-page-act-take-back"),
            TextAct::Establish => fl!(t, "agreement-page-act-establish"),
        }
    }

    fn name(&self) -> &str {
        self.text.title.in_lang(self.frame.lang)
    }

    fn back(&self) -> String {
        Door::Office.version(&self.text.code, self.version.number)
    }

    fn path(&self) -> String {
        format!("{}/{}", self.back(), self.act)
    }

    fn entry(&self) -> Entry {
        let (t, lang, form) = (self.frame.t(), self.frame.lang, &self.form);
        let entry = match self.act {
            TextAct::Consult => Entry::line(lang, "dagen", fl!(t, "agreement-page-days"), &form.dagen)
                .hint(fl!(t, "agreement-page-days-hint")),
            TextAct::TakeBack => Entry::area(lang, "woorden", fl!(t, "agreement-page-why"), &form.woorden)
                .hint(fl!(t, "agreement-page-why-hint"))
                .of(Lang::Nl),
            TextAct::Establish => Entry::area(lang, "woorden", fl!(t, "agreement-page-minutes"), &form.woorden)
                .hint(fl!(t, "agreement-page-minutes-hint"))
                .of(Lang::Nl),
        };
        entry.told(&self.errors)
    }
}
