//! What the page of one criterion with every provider holds (één eis bij alle aanbieders): who can be ticked, one verdict,
//! and the check page that names everybody. Never a refusal: who is refused is read by himself.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::judge::{Choice, choices};
use super::{criterion_status, path_of};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::dossier::bulk::Ticked;
use crate::dossier::holds::Holds;
use crate::dossier::workbench::Across;
use crate::dossier::{ApplicationState, CriterionResult};
use crate::page::{FormErrors, Frame, Status};
use crate::procedure::criterion::Criterion;
use crate::text::Lang;

/// GET and POST `/kwaliteitseisen/{code}/beoordelen`. The form posts `gekozen` for everybody who is ticked, `oordeel`,
/// `motivering` and `stap`.
#[derive(Template)]
#[template(path = "bench/across.html")]
pub struct AcrossPage {
    pub frame: Frame,
    pub code: String,
    pub name: String,
    pub asked: String,
    pub lines: Vec<AcrossLine>,
    /// What this reader may give; empty for who does not judge.
    pub choices: Vec<Choice>,
    pub reason: String,
    /// The page on which it is done, after the one on which it was written.
    pub checking: bool,
    /// So many were judged just now.
    pub judged: usize,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct AcrossLine {
    /// What is sent when it is ticked; none when it cannot be judged now.
    pub ticket: Option<String>,
    pub ticked: bool,
    pub provider: String,
    pub number: String,
    pub href: String,
    pub status: Status,
    /// How long the evidence counts; none without evidence.
    pub holds: Option<String>,
    /// "Bezig door wie, sinds wanneer"
    pub at_work: Option<(String, NaiveDateTime)>,
}

impl AcrossPage {
    fn path(&self) -> String {
        path(&self.code)
    }

    fn waiting(&self) -> usize {
        self.lines.iter().filter(|line| line.ticket.is_some()).count()
    }

    /// There is somebody to tick, and a verdict to give.
    fn is_form(&self) -> bool {
        !self.choices.is_empty() && self.waiting() > 0
    }

    fn ticked(&self) -> impl Iterator<Item = &AcrossLine> {
        self.lines.iter().filter(|line| line.ticked)
    }

    fn chosen(&self) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.checked)
    }

    fn title(&self) -> String {
        let name = format!("{} {}", self.code, self.name);
        match self.checking {
            true => fl!(self.frame.t(), "bench-check", act = name),
            false => name,
        }
    }
}

pub fn path(code: &str) -> String {
    format!("/kwaliteitseisen/{code}/beoordelen")
}

/// The verdicts that may be given to many at once.
pub fn choices_for_many(lang: Lang, criterion: &Criterion, role: Role, chosen: Option<CriterionResult>) -> Vec<Choice> {
    let mut all = choices(lang, criterion, role, chosen);
    all.retain(|choice| choice.result != CriterionResult::NotMet);
    all
}

/// Waits for a verdict, at a point where one may be given.
pub fn may_be_ticked(one: &Across) -> bool {
    let now = matches!(one.entry.application.state, ApplicationState::UnderReview | ApplicationState::Admitted);
    now && one.entry.row.state.waits_for_a_verdict()
}

/// As it stands behind a tick: `12/3`, the criterion and the version that was looked at.
fn ticket(one: &Across) -> String {
    format!("{}/{}", one.entry.row.id, one.entry.row.version)
}

/// Its own last day comes from its own evidence.
pub fn read_ticket(written: &str, across: &[Across]) -> Option<Ticked> {
    let (id, seen) = written.split_once('/')?;
    let (criterion_id, seen) = (id.parse().ok()?, seen.parse().ok()?);
    let one = across.iter().find(|one| one.entry.row.id == criterion_id)?;
    Some(Ticked { criterion_id, seen, holds_until: one.holds.and_then(Holds::until) })
}

pub fn line(lang: Lang, actor: &Actor, now: NaiveDateTime, one: &Across, ticked: bool) -> AcrossLine {
    let (row, application) = (&one.entry.row, &one.entry.application);
    AcrossLine {
        ticket: may_be_ticked(one).then(|| ticket(one)),
        ticked: ticked && may_be_ticked(one),
        provider: one.entry.provider.name.clone(),
        number: application.number.to_string(),
        href: format!("{}/eisen/{}?rij=eis", path_of(application.number), row.code),
        status: criterion_status(lang, row.state),
        holds: one.holds.map(|holds| holds.in_words(lang)),
        at_work: row.at_work(actor, now).map(|(by, since)| (by.to_owned(), wall_clock(since))),
    }
}
