//! The pages of the outages (storingen): what is known, what a new one would do to running terms, and its end.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::outage_form::OutageForm;
use super::tabs::{AdminTabs, Place};
use crate::dossier::postponed::Postponed;
use crate::page::entry::Entry;
use crate::page::{FormErrors, Frame, Status, Tone};

/// GET and POST `/beheer/storingen`: the outages, and the form to note one.
#[derive(Template)]
#[template(path = "admin/outages.html")]
pub struct OutagesPage {
    pub frame: Frame,
    pub rows: Vec<OutageRow>,
    pub form: OutageForm,
    pub errors: FormErrors,
    /// Whether one was just noted or ended.
    pub done: bool,
}

/// An outage; moments on the Dutch wall clock.
#[derive(Debug, Clone)]
pub struct OutageRow {
    pub id: i64,
    pub from: NaiveDateTime,
    /// None while it lasts.
    pub until: Option<NaiveDateTime>,
    pub explanation: String,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
    pub withdrawn: bool,
    /// The oldest first.
    pub corrections: Vec<CorrectionLine>,
}

/// What was changed about it later, why, and by whom.
#[derive(Debug, Clone)]
pub struct CorrectionLine {
    pub words: String,
    pub reason: String,
    pub by: String,
    pub at: NaiveDateTime,
}

impl OutagesPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Outages }
    }

    fn start(&self) -> Vec<Entry> {
        self.form.start(self.frame.lang, &self.errors)
    }

    fn end(&self) -> Vec<Entry> {
        self.form.end(self.frame.lang, &self.errors)
    }

    fn explanation(&self) -> Entry {
        self.form.explanation(self.frame.lang, &self.errors)
    }

    fn lasting(&self) -> Status {
        Status::new(Tone::Warn, fl!(self.frame.t(), "admin-outage-lasts"))
    }
}

/// GET and POST `/beheer/storingen/{id}`: one outage, with the form to tell its end or to correct it.
#[derive(Template)]
#[template(path = "admin/outage.html")]
pub struct OutagePage {
    pub frame: Frame,
    pub outage: OutageRow,
    pub form: OutageForm,
    pub errors: FormErrors,
}

impl OutagePage {
    fn lasts(&self) -> bool {
        self.outage.until.is_none()
    }

    fn reason(&self) -> Entry {
        self.form.reason(self.frame.lang, &self.errors)
    }

    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Outages }
    }

    fn end(&self) -> Vec<Entry> {
        self.form.end(self.frame.lang, &self.errors)
    }
}

/// What came of either form before anything is written down: the terms that would move.
#[derive(Template)]
#[template(path = "admin/outage-check.html")]
pub struct OutageCheckPage {
    pub frame: Frame,
    /// Where the second press goes.
    pub address: String,
    /// On the Dutch wall clock.
    pub from: NaiveDateTime,
    pub until: Option<NaiveDateTime>,
    pub explanation: String,
    pub moved: Vec<Postponed>,
    /// The form, to be sent once more.
    pub hidden: Vec<(String, String)>,
    /// It is withdrawn, and not noted or ended.
    pub withdraws: bool,
    /// It began longer ago than somebody usually looks back.
    pub long_ago: bool,
}

impl OutageCheckPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Outages }
    }

    fn kind(&self, one: &Postponed) -> String {
        one.kind.in_words(self.frame.lang)
    }

    fn rule(&self, one: &Postponed) -> String {
        one.after.rule_in_words(self.frame.lang)
    }
}
