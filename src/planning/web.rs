//! The pages of the planning (planning op het scherm): the boards, one activity, and the register of college decisions.

pub mod activity;
pub mod activity_handlers;
pub mod board;
pub mod board_handlers;
pub mod decision_form;
pub mod decision_handlers;
pub mod decisions;
pub mod sample;

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use validator::Validate;

use super::acting::{Fault, may_plan};
use super::{Activity, Board, PlanRefusal, Standing};
use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::db::Conn;
use crate::house::Turn;
use crate::page::{Frame, Section, Status, Tone};
use crate::procedure::admission::{self, Procedure};
use crate::text::Lang;

/// What a page of the planning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Boards,
    Decisions,
}

/// The tabs over these pages: `{{ self.tabs() }}` in a template.
#[derive(Template)]
#[template(path = "planning/tabs.html")]
pub struct PlanningTabs {
    pub lang: Lang,
    pub current: Place,
}

impl HtmlSafe for PlanningTabs {}

impl PlanningTabs {
    fn all(&self) -> [(&'static str, String, bool); 2] {
        let t = self.lang.texts();
        [
            ("/planning", fl!(t, "planning-tab-boards"), self.current == Place::Boards),
            ("/besluiten", fl!(t, "planning-tab-decisions"), self.current == Place::Decisions),
        ]
    }

    fn label(&self) -> String {
        fl!(self.lang.texts(), "planning-tabs")
    }
}

/// The frame of these pages, for who may read dossiers.
pub fn frame(who: &Insider) -> Result<Frame, Turn> {
    if who.actor().own_provider().is_some() {
        return Err(Turn::NotFound);
    }
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    Ok(who.frame(Some(Section::Planning)))
}

/// Where the board of a procedure stands.
pub fn path(code: &str) -> String {
    format!("/planning/{code}")
}

/// The procedure with this code, of the actor's own municipality.
pub fn procedure(conn: &mut Conn, actor: &Actor, code: &str) -> Result<Procedure, Turn> {
    let found = admission::store::all(conn, actor)?.into_iter().find(|one| one.details.code == code);
    found.ok_or(Turn::NotFound)
}

/// Only the contract manager plans.
pub fn plans(actor: &Actor) -> Result<(), Turn> {
    may_plan(actor).map_err(|_| Turn::NotAllowed)
}

/// How an activity stands, as shape, word and colour.
pub fn status(lang: Lang, standing: Standing) -> Status {
    let t = lang.texts();
    // In a narrow badge the line breaks before the day, never within it: what joins words stands behind every hyphen.
    let whole = |day: NaiveDate| lang.day_in_table(day).replace('-', "-\u{2060}");
    match standing {
        Standing::Delivered(on) => Status::new(Tone::Ok, fl!(t, "planning-delivered", day = whole(on))).plain(),
        Standing::Dropped => Status::new(Tone::Idle, fl!(t, "planning-dropped")).plain(),
        Standing::Late(_, days) => Status::new(Tone::Warn, fl!(t, "planning-late", count = days)),
        Standing::Running(due) => Status::new(Tone::Todo, fl!(t, "planning-running", day = whole(due))),
        Standing::Planned(from) => {
            Status::new(Tone::Wait, fl!(t, "planning-planned", month = month(lang, from))).plain()
        }
    }
}

/// A month in words: `november 2026`.
pub fn month(lang: Lang, day: NaiveDate) -> String {
    format!("{} {}", lang.month(day), day.format("%Y"))
}

/// From which month until which: `november 2026`, or `november 2026 t/m januari 2027`.
pub fn months(lang: Lang, board: &Board, activity: &Activity) -> String {
    let (first, last) = (board.month(activity.plan.first_month), board.month(activity.plan.last_month));
    match first == last {
        true => month(lang, first),
        false => fl!(lang.texts(), "planning-months", first = month(lang, first), last = month(lang, last)),
    }
}

/// Why nothing was done, in words.
pub fn refusal_in_words(lang: Lang, refusal: &PlanRefusal) -> String {
    let t = lang.texts();
    match refusal {
        PlanRefusal::ReasonMissing => fl!(t, "planning-reason-missing"),
        PlanRefusal::NameMissing => fl!(t, "planning-name-missing"),
        PlanRefusal::MonthsWrong => fl!(t, "planning-months-wrong"),
        PlanRefusal::InTheFuture => fl!(t, "planning-day-future"),
        PlanRefusal::AlreadyLaidOut | PlanRefusal::Over | PlanRefusal::ChangedMeanwhile(_) => {
            fl!(t, "planning-changed-meanwhile")
        }
        PlanRefusal::NotFound | PlanRefusal::NotYours => fl!(t, "planning-not-yours"),
    }
}

/// A refusal comes before the first write, so what is answered with it commits nothing; trouble ends the request, and who
/// looked at an older version is told who changed it.
pub fn or_refusal<T>(result: Result<T, Fault>, back: &str) -> Result<Result<T, PlanRefusal>, Turn> {
    let conflict = |by| Err(Turn::Conflict { by, back: back.to_owned() });
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(PlanRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(PlanRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(PlanRefusal::ChangedMeanwhile(by))) => conflict(Some(by)),
        Err(Fault::Refused(PlanRefusal::AlreadyLaidOut | PlanRefusal::Over)) => conflict(None),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// The fields that hold more than they take, each with what to do about it.
pub fn too_long(lang: Lang, form: &impl Validate) -> Vec<(String, String)> {
    let Err(faults) = form.validate() else { return Vec::new() };
    let most = |faults: &[validator::ValidationError]| {
        faults.iter().find_map(|fault| fault.params.get("max")?.as_u64()).unwrap_or(0)
    };
    let told = |(field, faults): (_, &Vec<_>)| {
        let (field, most): (std::borrow::Cow<'static, str>, u64) = (field, most(faults));
        (field.to_string(), fl!(lang.texts(), "planning-too-long", count = most))
    };
    faults.field_errors().into_iter().map(told).collect()
}
