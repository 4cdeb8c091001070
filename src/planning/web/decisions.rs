//! The register of college decisions (collegebesluiten): the list with a search, and one decision in all its versions.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{Place, PlanningTabs};
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame};
use crate::planning::decisions::{Decision, Told};
use crate::sheet::{Export, Value};
use crate::text::Lang;

/// What decisions can belong to, as a reader sees it.
#[derive(Debug, Clone, Default)]
pub struct Belonging {
    /// Id, code and name.
    pub procedures: Vec<(i64, String, String)>,
    /// Id of the version, its name with its number, and where it is read.
    pub texts: Vec<(i64, String, String)>,
    /// The days from which criteria hold, the newest first.
    pub criteria: Vec<NaiveDate>,
}

impl Belonging {
    pub fn procedure(&self, told: &Told) -> Option<&str> {
        let id = told.procedure_id?;
        self.procedures.iter().find(|(known, ..)| *known == id).map(|(.., name)| name.as_str())
    }

    pub fn text(&self, told: &Told) -> Option<(&str, &str)> {
        let id = told.text_version_id?;
        let found = self.texts.iter().find(|(known, ..)| *known == id);
        found.map(|(_, name, href)| (name.as_str(), href.as_str()))
    }
}

/// GET `/besluiten?zoek=&procedure=`
#[derive(Template)]
#[template(path = "planning/decisions.html")]
pub struct DecisionsPage {
    pub frame: Frame,
    /// Whether the reader keeps the register.
    pub notes: bool,
    /// How many there are in all.
    pub all: usize,
    pub found: Vec<Decision>,
    pub belonging: Belonging,
    pub search: String,
    /// The code of the procedure that was chosen.
    pub procedure: String,
    /// What was searched for, as it stands behind an address.
    pub query: String,
    pub done: bool,
}

impl DecisionsPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Decisions }
    }

    fn search_entry(&self) -> Entry {
        Entry::line(self.frame.lang, "zoek", fl!(self.frame.t(), "planning-decision-search"), &self.search)
    }

    fn procedure_entry(&self) -> Entry {
        let t = self.frame.t();
        let every = Choice::new("", fl!(t, "planning-decision-every-procedure"), self.procedure.is_empty());
        let own = self.belonging.procedures.iter();
        let own = own.map(|(_, code, name)| Choice::new(code, name.clone(), *code == self.procedure));
        let choices = EntryKind::Select(std::iter::once(every).chain(own).collect());
        Entry::new(self.frame.lang, "procedure", fl!(t, "planning-procedure"), choices)
    }

    fn is_searching(&self) -> bool {
        !self.search.is_empty() || !self.procedure.is_empty()
    }

    fn about(&self, one: &Decision) -> Vec<String> {
        about(self.frame.lang, &self.belonging, &one.told)
    }
}

/// What a decision belongs to, in words.
fn about(lang: Lang, belonging: &Belonging, told: &Told) -> Vec<String> {
    let criteria = told.criteria_from.map(|day| fl!(lang.texts(), "planning-decision-criteria", day = lang.day(day)));
    let procedure = belonging.procedure(told).map(str::to_owned);
    let text = belonging.text(told).map(|(name, _)| name.to_owned());
    procedure.into_iter().chain(text).chain(criteria).collect()
}

/// The list as a file, with the headings in the language of the reader.
pub fn export(lang: Lang, found: &[Decision], belonging: &Belonging) -> Export {
    let t = lang.texts();
    let headings = vec![
        fl!(t, "planning-decision-number"),
        fl!(t, "planning-decision-day"),
        fl!(t, "planning-decision-subject"),
        fl!(t, "planning-decision-decided"),
        fl!(t, "planning-procedure"),
        fl!(t, "planning-decision-text"),
        fl!(t, "planning-decision-criteria-from"),
        fl!(t, "planning-decision-link"),
        fl!(t, "planning-decision-version"),
        fl!(t, "planning-decision-noted-on"),
        fl!(t, "planning-decision-noted-by"),
    ];
    let row = |one: &Decision| {
        let told = &one.told;
        vec![
            Value::from(&told.number),
            Value::from(told.decided_on),
            Value::from(&told.subject),
            Value::from(&told.decided),
            Value::from(belonging.procedure(told).unwrap_or_default()),
            Value::from(belonging.text(told).map_or("", |(name, _)| name)),
            Value::from(told.criteria_from),
            Value::from(&told.link),
            Value::from(one.version.unsigned_abs()),
            Value::from(wall_clock(one.noted_at).date()),
            Value::from(&one.noted_by),
        ]
    };
    Export { name: "besluiten", headings, rows: found.iter().map(row).collect() }
}

/// GET `/besluiten/{nr}`
#[derive(Template)]
#[template(path = "planning/decision.html")]
pub struct DecisionPage {
    pub frame: Frame,
    pub notes: bool,
    /// The newest first; never empty.
    pub versions: Vec<Decision>,
    pub belonging: Belonging,
}

impl DecisionPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Decisions }
    }

    fn newest(&self) -> Option<&Decision> {
        self.versions.first()
    }

    fn earlier(&self) -> &[Decision] {
        self.versions.get(1..).unwrap_or_default()
    }

    fn criteria_href(&self, day: &NaiveDate) -> String {
        format!("/beheer/eisen?op={day}")
    }

    fn moment(&self, one: &Decision) -> crate::page::Moment {
        self.frame.moment(&wall_clock(one.noted_at))
    }
}

/// GET and POST `/besluiten/nieuw` and `/besluiten/{nr}/verbeteren`
#[derive(Template)]
#[template(path = "planning/decision-form.html")]
pub struct DecisionFormPage {
    pub frame: Frame,
    /// The number in the register of the line that is entered anew; none for a new one.
    pub entry: Option<i32>,
    pub form: super::decision_form::DecisionForm,
    pub belonging: Belonging,
    pub errors: FormErrors,
}

impl DecisionFormPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Decisions }
    }

    fn title(&self) -> String {
        match self.entry {
            Some(_) => fl!(self.frame.t(), "planning-decision-correct"),
            None => fl!(self.frame.t(), "planning-decision-new"),
        }
    }

    fn entries(&self) -> Vec<Entry> {
        self.form.entries(self.frame.lang, &self.belonging, &self.errors, self.entry.is_some())
    }

    fn address(&self) -> String {
        self.entry.map_or("/besluiten/nieuw".to_owned(), |entry| format!("/besluiten/{entry}/verbeteren"))
    }
}
