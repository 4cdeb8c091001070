//! The task list of one application (dossier): what is ready, what is asked, and whose turn it is.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::reach::Case;
use super::step::word_of;
use crate::actor::Role;
use crate::calendar::wall_clock;
use crate::dossier::decision::Decision;
use crate::dossier::receipt::Receipt;
use crate::dossier::supplement::SupplementRequest;
use crate::dossier::tasks::{CriterionTask, Progress, StepTask};
use crate::dossier::{ApplicationState, CriterionState, Part, Step, TermKind, Verb};
use crate::page::{Event, Frame, Moment, Status, Tone};
use crate::procedure::criterion::AskMoment;
use crate::report::letter::web::LetterLink;
use crate::text::Lang;

/// GET `/mijn/aanmeldingen/{nr}`
#[derive(Template)]
#[template(path = "mine/dossier.html")]
pub struct DossierPage {
    pub frame: Frame,
    pub provider: String,
    pub role: Role,
    pub today: NaiveDate,
    pub case: Case,
    /// The oldest first.
    pub receipts: Vec<Receipt>,
    pub letters: Vec<LetterLink>,
    pub decision: Option<Decision>,
    pub events: Vec<Event>,
    /// A new application to the same procedure is possible.
    pub again: bool,
    /// The last time that anything of it was saved, shown or done, in UTC.
    pub changed_at: NaiveDateTime,
}

/// Criteria that are asked at the same moment.
pub struct Group<'a> {
    pub moment: AskMoment,
    pub tasks: Vec<&'a CriterionTask>,
}

impl DossierPage {
    fn lang(&self) -> Lang {
        self.frame.lang
    }

    fn path(&self) -> String {
        super::path(&self.case.application)
    }

    fn status(&self) -> Status {
        super::status(self.lang(), &self.case.application.state)
    }

    fn draft(&self) -> bool {
        self.case.application.state == ApplicationState::Draft
    }

    /// There is something to hand in.
    fn with_provider(&self) -> bool {
        self.draft() || self.case.application.state == ApplicationState::SupplementAsked
    }

    fn may_withdraw(&self) -> bool {
        let verb = Verb::Withdraw;
        verb.roles().contains(&self.role) && verb.leads(self.case.application.state).is_some()
    }

    fn progress(&self) -> Progress {
        self.case.list.progress()
    }

    fn changed(&self) -> Moment {
        self.frame.moment(&wall_clock(self.changed_at))
    }

    fn request(&self) -> Option<&SupplementRequest> {
        self.case.list.request.as_ref()
    }

    fn asked_on(&self, request: &SupplementRequest) -> String {
        self.lang().day(wall_clock(request.asked_at).date())
    }

    /// The parts that were asked, each with where it is, its name and the words to it.
    fn asked(&self) -> Vec<(String, String, String)> {
        let items = self.request().iter().flat_map(|request| request.items.iter()).cloned().collect::<Vec<_>>();
        let said = |task: &&CriterionTask| task.criterion.evidence_kind.is_said();
        let mut all = Vec::new();
        for (part, words) in items {
            match part {
                // It has no page of its own.
                Part::Step(Step::Statements) => {
                    all.extend(self.case.list.criteria.iter().filter(said).map(|task| {
                        let part = Part::Criterion(task.criterion.code.clone());
                        (self.part_path(&part), self.part_name(&part), words.clone())
                    }));
                }
                part => all.push((self.part_path(&part), self.part_name(&part), words)),
            }
        }
        all
    }

    fn part_path(&self, part: &Part) -> String {
        match part {
            Part::Criterion(code) => format!("{}/eisen/{code}", self.path()),
            Part::Step(step) => format!("{}/stappen/{}", self.path(), word_of(*step)),
        }
    }

    fn part_name(&self, part: &Part) -> String {
        let of_code = |code: &str| self.case.list.criteria.iter().find(|task| task.criterion.code == code);
        match part {
            Part::Criterion(code) => match of_code(code) {
                Some(task) => task.criterion.name.in_lang(self.lang()).to_owned(),
                None => code.clone(),
            },
            Part::Step(step) => step.in_words(self.lang()),
        }
    }

    /// The steps that have a page of their own; statements are made at their criterion.
    fn steps(&self) -> Vec<&StepTask> {
        self.case.list.steps.iter().filter(|one| one.step != Step::Statements).collect()
    }

    fn steps_ready(&self) -> usize {
        self.steps().iter().filter(|one| one.missing.is_empty()).count()
    }

    fn step_path(&self, task: &StepTask) -> String {
        self.part_path(&Part::Step(task.step))
    }

    fn step_status(&self, task: &StepTask) -> Status {
        let t = self.lang().texts();
        let begun = self.case.list.form.steps.contains_key(&task.step);
        match (self.draft(), task.open, task.missing.is_empty(), begun) {
            (false, true, ..) => Status::new(Tone::Warn, fl!(t, "mine-status-repair")),
            (_, _, true, _) => Status::new(Tone::Ok, fl!(t, "mine-status-ready")).plain(),
            (_, _, false, true) => Status::new(Tone::Todo, fl!(t, "mine-status-begun")),
            (_, _, false, false) => Status::new(Tone::Todo, fl!(t, "mine-status-todo")),
        }
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let of = |moment: &AskMoment| {
            let tasks: Vec<_> = self.case.list.criteria.iter().filter(|one| one.criterion.ask == *moment).collect();
            (!tasks.is_empty()).then_some(Group { moment: *moment, tasks })
        };
        AskMoment::ALL.iter().filter_map(of).collect()
    }

    fn criterion_path(&self, task: &CriterionTask) -> String {
        format!("{}/eisen/{}", self.path(), task.criterion.code)
    }

    fn criterion_status(&self, task: &CriterionTask) -> Status {
        criterion_status(self.lang(), task)
    }

    /// What the applicant should know before he opens it.
    fn remark(&self, task: &CriterionTask) -> Option<String> {
        if let Some(words) = &task.asked {
            return Some(words.clone());
        }
        if task.ruled_out {
            return Some(fl!(self.lang().texts(), "mine-ruled-out"));
        }
        let told = task.verdicts.first().map(|verdict| verdict.reason.clone()).filter(|reason| !reason.is_empty());
        told.filter(|_| !task.state.is_good())
    }

    fn term(&self) -> Option<String> {
        let (kind, term) = self.case.application.term.as_ref()?;
        let (lang, left) = (self.lang(), term.left_in_words(self.lang(), self.today));
        let (what, day) = (kind.in_words(lang), term.due_in_words(lang));
        Some(fl!(lang.texts(), "mine-term", what = what, day = day, left = left))
    }

    fn term_rule(&self) -> Option<String> {
        let (_, term) = self.case.application.term.as_ref()?;
        Some(fl!(self.lang().texts(), "mine-term-rule", rule = term.rule_in_words(self.lang())))
    }

    /// Against a refusal the applicant is the one who may act; before a decision the municipality is at work.
    fn whose_turn(&self) -> String {
        match self.case.application.term {
            Some((TermKind::LegalProtection, _)) => fl!(self.lang().texts(), "mine-your-turn"),
            _ => fl!(self.lang().texts(), "mine-waiting"),
        }
    }

    /// What is still asked before the start, and until when.
    fn before_start(&self) -> Option<String> {
        let asked = self.case.before_start.as_ref()?;
        let (count, day) = (asked.criteria.len(), asked.term.due_in_words(self.lang()));
        let left = asked.term.left_in_words(self.lang(), self.today);
        Some(fl!(self.lang().texts(), "mine-before-start-text", count = count, day = day, left = left))
    }

    /// How far the whole is, for the list of what happens: 1 to 4.
    fn stage(&self) -> u8 {
        use ApplicationState::*;
        match self.case.application.state {
            Draft => 1,
            Submitted | UnderReview | SupplementAsked => 2,
            Advised | InCourt | Refused | RefusalFinal | SetAside | Withdrawn | Lapsed => 3,
            Admitted => 4,
        }
    }

    fn receipt_path(&self, receipt: &Receipt) -> String {
        format!("{}/ontvangst/{}", self.path(), receipt.number)
    }
}

impl Group<'_> {
    fn ready(&self) -> usize {
        self.tasks.iter().filter(|task| task.is_there || task.state.is_good()).count()
    }
}

/// Shape and word of a criterion, as its provider sees it.
pub fn criterion_status(lang: Lang, task: &CriterionTask) -> Status {
    let t = lang.texts();
    let new = task.shown.iter().any(|one| one.evidence.received_on.is_none());
    match task.state {
        CriterionState::Open if task.asked.is_some() && !task.is_there => {
            Status::new(Tone::Warn, fl!(t, "mine-status-repair"))
        }
        CriterionState::RepairAsked if new => Status::new(Tone::Ok, fl!(t, "mine-status-ready")).plain(),
        CriterionState::RepairAsked => Status::new(Tone::Warn, fl!(t, "mine-status-repair")),
        CriterionState::Open if task.is_there => Status::new(Tone::Ok, fl!(t, "mine-status-ready")).plain(),
        CriterionState::Open if task.is_looked_up() => Status::new(Tone::Wait, fl!(t, "dossier-looked-up")),
        CriterionState::Open if task.before_start => Status::new(Tone::Todo, fl!(t, "mine-status-todo")),
        CriterionState::Open if task.criterion.ask != AskMoment::AtApplication => {
            Status::new(Tone::Idle, fl!(t, "mine-status-later")).plain()
        }
        CriterionState::Open => Status::new(Tone::Todo, fl!(t, "mine-status-todo")),
        state @ (CriterionState::HandedIn | CriterionState::UnderReview) => {
            Status::new(Tone::Wait, state.in_words(lang))
        }
        CriterionState::Met => Status::new(Tone::Ok, CriterionState::Met.in_words(lang)).plain(),
        CriterionState::NotApplicable => Status::new(Tone::Idle, CriterionState::NotApplicable.in_words(lang)).plain(),
        CriterionState::Expiring => Status::new(Tone::Warn, CriterionState::Expiring.in_words(lang)),
        state @ (CriterionState::NotMet | CriterionState::Expired) => Status::new(Tone::Bad, state.in_words(lang)),
    }
}
