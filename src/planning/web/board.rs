//! The boards (planningsborden): the list of procedures with what is done and what is late, and one board by phase and month.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::board_handlers::BoardForm;
use super::{Place, PlanningTabs, month, months, path, status};
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Icon, Status};
use crate::planning::store::{Became, Step};
use crate::planning::{Activity, Board, Phase, PlanVerb, Standing};
use crate::procedure::admission::Procedure;

/// A procedure with its board and all that stands on it, when it has one.
pub type Planned = (Procedure, Option<(Board, Vec<Activity>)>);

/// GET `/planning`
#[derive(Template)]
#[template(path = "planning/list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub today: NaiveDate,
    pub rows: Vec<Planned>,
}

impl ListPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Boards }
    }

    /// What is done of how much, and what is late, in words.
    fn counts(&self, board: &Board, activities: &[Activity]) -> (String, String) {
        let t = self.frame.t();
        let kept = activities.iter().filter(|one| !one.dropped);
        let done = kept.clone().filter(|one| one.delivered.is_some()).count();
        let is_late = |one: &&Activity| matches!(one.standing(board, self.today), Standing::Late(..));
        let late = activities.iter().filter(is_late).count();
        (fl!(t, "planning-done-of", done = done, all = kept.count()), fl!(t, "planning-late-count", count = late))
    }
}

/// GET and POST `/planning/{code}`
#[derive(Template)]
#[template(path = "planning/board.html")]
pub struct BoardPage {
    pub frame: Frame,
    pub today: NaiveDate,
    /// Whether the reader plans.
    pub plans: bool,
    pub procedure: Procedure,
    pub board: Option<Board>,
    pub activities: Vec<Activity>,
    /// The newest first.
    pub steps: Vec<Step>,
    pub form: BoardForm,
    pub errors: FormErrors,
    /// What was just done, in words.
    pub done: Option<String>,
}

/// A month on top of the board.
struct MonthHead {
    /// Its number on the board.
    number: i32,
    /// `nov`, and the whole name to be read aloud.
    short: String,
    name: String,
    year: String,
    now: bool,
}

/// A line of the history.
struct PastLine {
    title: String,
    /// What stood there afterwards.
    became: String,
    reason: String,
    by: String,
    at: NaiveDateTime,
}

impl BoardPage {
    fn tabs(&self) -> PlanningTabs {
        PlanningTabs { lang: self.frame.lang, current: Place::Boards }
    }

    fn name(&self) -> &str {
        self.procedure.details.name.in_lang(self.frame.lang)
    }

    fn path(&self) -> String {
        path(&self.procedure.details.code)
    }

    fn heads(&self, board: &Board) -> Vec<MonthHead> {
        let head = |number| {
            let first = board.month(number);
            let name = month(self.frame.lang, first);
            let now = (first..=board.end_of(number)).contains(&self.today);
            MonthHead { number, short: name.chars().take(3).collect(), name, year: first.format("%Y").to_string(), now }
        };
        (1..=board.width(&self.activities)).map(head).collect()
    }

    /// The phases with what is done in them; a phase without anything is left out.
    fn phases(&self) -> Vec<(Phase, String, Vec<&Activity>)> {
        let all = Phase::ALL.iter().map(|phase| {
            let own: Vec<&Activity> = self.activities.iter().filter(|one| one.plan.phase == *phase).collect();
            (*phase, phase.in_words(self.frame.lang), own)
        });
        all.filter(|(_, _, own)| !own.is_empty()).collect()
    }

    fn columns(&self, board: &Board) -> i32 {
        board.width(&self.activities) + 2
    }

    fn status(&self, board: &Board, one: &Activity) -> Status {
        status(self.frame.lang, one.standing(board, self.today))
    }

    /// What stands in a month in which this activity is planned.
    fn mark(&self, board: &Board, one: &Activity) -> Icon {
        self.status(board, one).tone.icon()
    }

    fn months(&self, board: &Board, one: &Activity) -> String {
        months(self.frame.lang, board, one)
    }

    fn title<'a>(&self, one: &'a Activity) -> &'a str {
        one.plan.name.in_lang(self.frame.lang)
    }

    fn deliverable<'a>(&self, one: &'a Activity) -> &'a str {
        one.plan.deliverable.in_lang(self.frame.lang)
    }

    /// How many are late, in words; none when nothing is.
    fn late(&self, board: &Board) -> Option<String> {
        let is_late = |one: &&Activity| matches!(one.standing(board, self.today), Standing::Late(..));
        let count = self.activities.iter().filter(is_late).count();
        (count > 0).then(|| fl!(self.frame.t(), "planning-late-count", count = count))
    }

    fn past(&self) -> Vec<PastLine> {
        self.steps.iter().map(|step| self.line(step)).collect()
    }

    fn line(&self, step: &Step) -> PastLine {
        let lang = self.frame.lang;
        let began = month(lang, step.starts_on);
        let became = match (&step.became, step.verb) {
            (None, _) => fl!(self.frame.t(), "planning-from-month", month = began),
            (Some(Became { delivered_on: Some(on), .. }), PlanVerb::Deliver) => lang.day(*on),
            (Some(became), _) => {
                let board = Board {
                    procedure_id: self.procedure.id,
                    starts_on: step.starts_on,
                    version: 0,
                    changed_at: step.at,
                    changed_by: String::new(),
                };
                let plan = &became.plan;
                let (first, last) =
                    (month(lang, board.month(plan.first_month)), month(lang, board.month(plan.last_month)));
                let when = match first == last {
                    true => first,
                    false => fl!(self.frame.t(), "planning-months", first = first, last = last),
                };
                format!("{}, {when}", plan.phase.in_words(lang))
            }
        };
        let title = match &step.became {
            Some(became) => format!("{}: {}", step.verb.in_words(lang), became.plan.name.in_lang(lang)),
            None => step.verb.in_words(lang),
        };
        PastLine { title, became, reason: step.reason.clone(), by: step.by.clone(), at: wall_clock(step.at) }
    }

    fn begin_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let kind = EntryKind::Line { kind: "month", value: self.form.begin.clone() };
        Entry::new(lang, "begin", fl!(t, "planning-first-month"), kind)
            .hint(fl!(t, "planning-first-month-hint"))
            .told(&self.errors)
    }

    fn with_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let choice = |value: &str, label: String| Choice::new(value, label, self.form.met == value);
        let choices =
            vec![choice("standaard", fl!(t, "planning-with-usual")), choice("leeg", fl!(t, "planning-with-nothing"))];
        Entry::new(lang, "met", fl!(t, "planning-with"), EntryKind::Radio(choices)).told(&self.errors)
    }

    fn reason_entry(&self) -> Entry {
        Entry::area(self.frame.lang, "reden", fl!(self.frame.t(), "planning-shift-reason"), &self.form.reden)
            .told(&self.errors)
    }

    fn is_shifting(&self) -> bool {
        !self.errors.is_empty()
    }
}
