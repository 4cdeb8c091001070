//! The paper desk (papieren aanmelding): the municipality enters an application that came on paper, for the same dossier,
//! received on the day it arrived. "Wmebv: paper stays possible." For the contract manager alone.

pub mod evidence;
pub mod form;
pub mod handlers;
pub mod sample;
pub mod withdrawing;

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::dossier::receipt::Receipt;
use crate::dossier::showing::ShownEvidence;
use crate::dossier::{Application, Missing, Step};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, Tone};
use crate::procedure::criterion::Criterion;
use crate::provider::Provider;
use form::{Choices, Typed, groups};

/// GET and POST `/papier`: what is being entered, and the form to begin.
#[derive(Template)]
#[template(path = "desk/paper-list.html")]
pub struct PaperListPage {
    pub frame: Frame,
    /// Applications on paper that are not handed in yet, with whose they are.
    pub rows: Vec<(Application, Provider)>,
    /// The procedures that are open now: id and name.
    pub procedures: Vec<(i64, String)>,
    pub typed: BeginTyped,
    pub errors: FormErrors,
}

/// What was typed to begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BeginTyped {
    pub procedure: String,
    pub kvk: String,
    pub name: String,
}

impl PaperListPage {
    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let choice = |(id, name): &(i64, String)| {
            let value = id.to_string();
            Choice::new(&value, name.clone(), value == typed.procedure || self.procedures.len() == 1)
        };
        let procedures = EntryKind::Radio(self.procedures.iter().map(choice).collect());
        let entries = vec![
            Entry::new(lang, "procedure", fl!(t, "desk-paper-procedure"), procedures),
            Entry::line(lang, "kvk", fl!(t, "desk-paper-kvk"), &typed.kvk).hint(fl!(t, "desk-paper-kvk-hint")),
            Entry::line(lang, "naam", fl!(t, "desk-paper-name"), &typed.name).hint(fl!(t, "desk-paper-name-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// GET `/papier/{nr}`, and what comes back when something in it was not right.
#[derive(Template)]
#[template(path = "desk/paper.html")]
pub struct PaperPage {
    pub frame: Frame,
    pub application: Application,
    pub provider: Provider,
    pub procedure: String,
    /// What stands in the form of the steps.
    pub typed: Typed,
    /// The version of every step that was looked at; nought for one that was never saved.
    pub versions: BTreeMap<Step, i32>,
    pub choices: Choices,
    /// The criteria that are asked of this application.
    pub asked: Vec<Criterion>,
    pub shown: Vec<ShownEvidence>,
    pub missing: Vec<Missing>,
    pub papers: PapersTyped,
    /// The day of receipt as it was typed.
    pub received: String,
    /// The key of the form that hands in, and of the one that takes files.
    pub key: String,
    pub errors: FormErrors,
    /// What was just done, in words.
    pub done: Option<String>,
}

/// What was typed beside scanned files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PapersTyped {
    pub criterion: String,
    pub title: String,
    pub dated: String,
    pub valid_until: String,
}

impl PaperPage {
    fn path(&self) -> String {
        path(&self.application)
    }

    fn groups(&self) -> Vec<(String, Vec<Entry>)> {
        let mut groups = groups(self.frame.lang, &self.typed, &self.choices, &self.asked);
        for (_, entries) in &mut groups {
            *entries = std::mem::take(entries).into_iter().map(|entry| entry.told(&self.errors)).collect();
        }
        groups
    }

    /// Short fields stand two by two; texts and lists below each other.
    fn layout(&self, entries: &[Entry]) -> &'static str {
        let long = |one: &Entry| matches!(one.kind, EntryKind::Area { .. } | EntryKind::Many(_));
        if entries.iter().any(long) { "stack" } else { "pair" }
    }

    fn name<'a>(&self, one: &'a Criterion) -> &'a str {
        one.name.in_lang(self.frame.lang)
    }

    fn moment(&self, one: &Criterion) -> String {
        one.ask.in_words(self.frame.lang)
    }

    fn of<'a>(&'a self, one: &'a Criterion) -> impl Iterator<Item = &'a ShownEvidence> {
        self.shown.iter().filter(move |shown| shown.code == one.code)
    }

    fn status(&self, one: &Criterion) -> Status {
        let t = self.frame.t();
        let missing = self.missing.contains(&Missing::Criterion(one.code.clone()));
        match (missing, self.of(one).next()) {
            (true, _) => Status::new(Tone::Todo, fl!(t, "desk-paper-missing")),
            (false, Some(_)) => Status::new(Tone::Ok, fl!(t, "desk-paper-there")).plain(),
            (false, None) => Status::new(Tone::Idle, fl!(t, "desk-paper-not-needed")).plain(),
        }
    }

    /// The parts of the form where something is missing, by name.
    fn missing_steps(&self) -> Vec<String> {
        let mut steps: Vec<Step> = Vec::new();
        for one in &self.missing {
            if let Missing::Field(step, _) = one
                && !steps.contains(step)
            {
                steps.push(*step);
            }
        }
        steps.into_iter().map(|step| form::step_words(self.frame.lang, step)).collect()
    }

    fn paper_entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.papers);
        let nothing = Choice::new("", fl!(t, "admin-choose-one"), typed.criterion.is_empty());
        let choice = |one: &Criterion| {
            let label = format!("{} {}", one.code, one.name.in_lang(lang));
            Choice::new(&one.code, label, one.code == typed.criterion)
        };
        let criteria = std::iter::once(nothing).chain(self.asked.iter().map(choice)).collect();
        let file = EntryKind::Line { kind: "file", value: String::new() };
        let entries = vec![
            Entry::new(lang, "eis", fl!(t, "admin-criterion"), EntryKind::Select(criteria)),
            Entry::new(lang, "bestand", fl!(t, "desk-paper-file"), file).hint(fl!(t, "desk-paper-file-hint")),
            Entry::line(lang, "titel", fl!(t, "desk-paper-file-title"), &typed.title),
            Entry::day(lang, "documentdatum", fl!(t, "desk-paper-dated"), &typed.dated),
            Entry::day(lang, "geldig_tot", fl!(t, "desk-paper-valid-until"), &typed.valid_until),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    fn received_entry(&self) -> Entry {
        let label = fl!(self.frame.t(), "desk-paper-received");
        let hint = fl!(self.frame.t(), "desk-paper-received-hint");
        Entry::day(self.frame.lang, "ontvangen", label, &self.received).hint(hint).told(&self.errors)
    }
}

/// GET `/papier/{nr}` of one that was handed in: its receipt.
#[derive(Template)]
#[template(path = "desk/paper-done.html")]
pub struct PaperDonePage {
    pub frame: Frame,
    pub application: Application,
    pub provider: Provider,
    pub received_on: Option<NaiveDate>,
    /// None when it was withdrawn before it was handed in.
    pub receipt: Option<Receipt>,
    /// Nobody of the applicant gets mail: its letters are printed and sent.
    pub by_post: bool,
}

/// GET and POST `/papier/{nr}/intrekken`: stop entering it, and why.
#[derive(Template)]
#[template(path = "desk/paper-withdraw.html")]
pub struct PaperWithdrawPage {
    pub frame: Frame,
    pub application: Application,
    pub provider: Provider,
    pub reason: String,
    pub errors: FormErrors,
}

impl PaperWithdrawPage {
    fn path(&self) -> String {
        path(&self.application)
    }

    fn reason_entry(&self) -> Entry {
        let label = fl!(self.frame.t(), "desk-paper-withdraw-reason");
        let hint = fl!(self.frame.t(), "desk-paper-withdraw-reason-hint");
        Entry::area(self.frame.lang, "reden", label, &self.reason).hint(hint).told(&self.errors)
    }
}

impl PaperDonePage {
    fn state(&self) -> String {
        self.application.state.in_words(self.frame.lang)
    }
}

pub fn path(application: &Application) -> String {
    format!("/papier/{}", application.number)
}
