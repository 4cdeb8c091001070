//! One activity of a board (activiteit): what is planned of it, its deliverable, and whether it is done at all.

use askama::Template;
use i18n_embed_fl::fl;

use super::activity_handlers::ActivityForm;
use super::{Place, PlanningTabs, month, months, path, status};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status};
use crate::planning::{Activity, Board, MOST_MONTHS, Phase};
use crate::procedure::admission::Procedure;
use crate::text::Lang;

/// GET and POST `/planning/{code}/activiteiten/{id}`, where `nieuw` is one that is not on the board yet.
#[derive(Template)]
#[template(path = "planning/activity.html")]
pub struct ActivityPage {
    pub frame: Frame,
    pub today: chrono::NaiveDate,
    pub procedure: Procedure,
    pub board: Board,
    /// None for a new one.
    pub activity: Option<Activity>,
    pub form: ActivityForm,
    pub errors: FormErrors,
}

impl ActivityPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Boards }
    }

    fn title(&self) -> String {
        match &self.activity {
            Some(one) => one.plan.name.in_lang(self.frame.lang).to_owned(),
            None => fl!(self.frame.t(), "planning-new"),
        }
    }

    fn address(&self) -> String {
        let id = self.activity.as_ref().map_or("nieuw".to_owned(), |one| one.id.to_string());
        format!("{}/activiteiten/{id}", path(&self.procedure.details.code))
    }

    fn status(&self, one: &Activity) -> Status {
        status(self.frame.lang, one.standing(&self.board, self.today))
    }

    fn when(&self, one: &Activity) -> String {
        months(self.frame.lang, &self.board, one)
    }

    /// What was delivered or dropped is not changed.
    fn is_open(&self) -> bool {
        self.activity.as_ref().is_none_or(|one| !one.is_over())
    }

    fn is_delivered(&self) -> bool {
        self.activity.as_ref().is_some_and(|one| one.delivered.is_some())
    }

    fn is_dropped(&self) -> bool {
        self.activity.as_ref().is_some_and(|one| one.dropped)
    }

    fn plan_entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let phase = |one: &Phase| Choice::new(one.as_str(), one.in_words(lang), one.as_str() == form.fase);
        let phases = EntryKind::Select(Phase::ALL.iter().map(phase).collect());
        vec![
            Entry::line(lang, "naam_nl", fl!(t, "planning-name-nl"), &form.naam_nl).of(Lang::Nl).told(&self.errors),
            Entry::line(lang, "naam_en", fl!(t, "planning-name-en"), &form.naam_en).of(Lang::En).told(&self.errors),
            Entry::line(lang, "oplevering_nl", fl!(t, "planning-deliverable-nl"), &form.oplevering_nl)
                .hint(fl!(t, "planning-deliverable-hint"))
                .of(Lang::Nl)
                .told(&self.errors),
            Entry::line(lang, "oplevering_en", fl!(t, "planning-deliverable-en"), &form.oplevering_en)
                .of(Lang::En)
                .told(&self.errors),
            Entry::new(lang, "fase", fl!(t, "planning-phase"), phases).told(&self.errors),
        ]
    }

    fn month_entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let choices = |typed: &str| {
            let choice = |number: i32| {
                let value = number.to_string();
                let chosen = value == typed;
                Choice::new(&value, month(lang, self.board.month(number)), chosen)
            };
            EntryKind::Select((1..=MOST_MONTHS).map(choice).collect())
        };
        vec![
            Entry::new(lang, "eerste", fl!(t, "planning-from"), choices(&form.eerste)).told(&self.errors),
            Entry::new(lang, "laatste", fl!(t, "planning-until"), choices(&form.laatste)).told(&self.errors),
        ]
    }

    fn day_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        Entry::day(lang, "dag", fl!(t, "planning-delivered-on"), &self.form.dag).told(&self.errors)
    }

    /// The reason of one of the forms; each has a field of its own.
    fn reason_entry(&self, id: &str) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let label = match id {
            "reden" => fl!(t, "planning-take-back-reason"),
            _ if self.is_dropped() => fl!(t, "planning-restore-reason"),
            _ => fl!(t, "planning-drop-reason"),
        };
        let typed = if id == "reden" { &self.form.reden } else { &self.form.waarom };
        Entry::area(lang, id, label, typed).told(&self.errors)
    }

    fn is_dropping(&self) -> bool {
        self.errors.at("waarom").is_some()
    }
}
