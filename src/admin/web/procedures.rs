//! The pages of the procedures (toelatingsprocedures): the list, and one with its documents and its questions. What is
//! published, everybody reads at the same moment.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::tabs::{AdminTabs, Place};
use crate::page::entry::{Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, Tone};
use crate::procedure::admission::documents::ProcedureDocument;
use crate::procedure::admission::questions::Question;
use crate::procedure::admission::{Procedure, ProcedureState};
use crate::text::Lang;

/// GET `/beheer/procedures`
#[derive(Template)]
#[template(path = "admin/procedures.html")]
pub struct ProceduresPage {
    pub frame: Frame,
    /// Whether the reader makes procedures.
    pub manages: bool,
    pub rows: Vec<ProcedureRow>,
}

#[derive(Debug, Clone)]
pub struct ProcedureRow {
    pub code: String,
    pub name: String,
    pub state: ProcedureState,
    /// When an application can come in, in words.
    pub entry: String,
    /// Documents that hold today.
    pub documents: usize,
    /// Questions without an answer, and answers that are not published.
    pub unanswered: usize,
    pub unpublished: usize,
}

impl ProceduresPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }

    fn status(&self, row: &ProcedureRow) -> Status {
        status(self.frame.lang, row.state)
    }
}

pub fn status(lang: Lang, state: ProcedureState) -> Status {
    let tone = match state {
        ProcedureState::Open => Tone::Ok,
        ProcedureState::Paused => Tone::Warn,
        ProcedureState::Draft => Tone::Todo,
        ProcedureState::Published => Tone::Wait,
        ProcedureState::Closed | ProcedureState::Ended => Tone::Idle,
    };
    Status::new(tone, state.in_words(lang))
}

/// GET `/beheer/procedures/{code}`, and what comes back when something in it was not right.
#[derive(Template)]
#[template(path = "admin/procedure.html")]
pub struct ProcedurePage {
    pub frame: Frame,
    /// Whether the reader may change anything.
    pub manages: bool,
    pub procedure: Procedure,
    pub today: NaiveDate,
    pub questions: Vec<QuestionRow>,
    pub documents: Vec<ProcedureDocument>,
    pub typed: DocumentTyped,
    pub errors: FormErrors,
    /// What was just done, in words.
    pub done: Option<String>,
}

/// A question; moments on the Dutch wall clock.
#[derive(Debug, Clone)]
pub struct QuestionRow {
    pub id: i64,
    pub asked_at: NaiveDateTime,
    pub asked_by: String,
    pub question: String,
    /// What stands in the form: the answer, or what was typed when it was not right.
    pub answer: String,
    pub answered_by: Option<String>,
    pub published_at: Option<NaiveDateTime>,
    /// As it was asked, once staff wrote it anew.
    pub asked_words: Option<String>,
    /// Who took it away, and why.
    pub removed: Option<(String, String)>,
    /// What was typed as the reason to take it away.
    pub reason: String,
}

impl QuestionRow {
    pub fn of(one: Question) -> QuestionRow {
        QuestionRow {
            id: one.id,
            asked_at: crate::calendar::wall_clock(one.asked_at),
            asked_by: one.asked_by,
            question: one.question,
            answer: one.answer.unwrap_or_default(),
            answered_by: one.answered_by,
            published_at: one.published_at.map(crate::calendar::wall_clock),
            asked_words: one.asked_words,
            removed: one.removed_at.and(one.removed_by.zip(one.removed_reason)),
            reason: String::new(),
        }
    }
}

/// What was typed beside a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentTyped {
    pub title_nl: String,
    pub title_en: String,
    pub first_day: String,
    /// The document whose last day was typed, and that day.
    pub last_day: Option<(i64, String)>,
}

impl ProcedurePage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }

    fn name(&self) -> &str {
        self.procedure.details.name.in_lang(self.frame.lang)
    }

    fn status(&self) -> Status {
        status(self.frame.lang, self.procedure.state)
    }

    fn entry(&self) -> String {
        self.procedure.details.entry.in_words(self.frame.lang)
    }

    fn path(&self) -> String {
        format!("/beheer/procedures/{}", self.procedure.details.code)
    }

    fn is_draft(&self) -> bool {
        self.procedure.state == ProcedureState::Draft
    }

    /// What has ended is not changed any more.
    fn may_edit(&self) -> bool {
        self.manages && self.procedure.state != ProcedureState::Ended
    }

    /// What is open can be paused or closed, and what is paused can go on.
    fn may_move(&self) -> bool {
        self.manages && matches!(self.procedure.state, ProcedureState::Open | ProcedureState::Paused)
    }

    fn is_proposed(&self) -> bool {
        self.is_draft() && self.procedure.proposed.is_some()
    }

    /// Answers that wait to be published.
    fn waiting(&self) -> usize {
        let waits =
            |one: &&QuestionRow| one.answered_by.is_some() && one.published_at.is_none() && one.removed.is_none();
        self.questions.iter().filter(waits).count()
    }

    fn answer_entry(&self, row: &QuestionRow) -> Entry {
        let (id, label) = (format!("antwoord-{}", row.id), fl!(self.frame.t(), "admin-question-answer"));
        Entry::area(self.frame.lang, &id, label, &row.answer).at_most(4000).told(&self.errors)
    }

    fn question_entry(&self, row: &QuestionRow) -> Entry {
        let (id, label) = (format!("vraag-{}-woorden", row.id), fl!(self.frame.t(), "admin-question-words"));
        Entry::area(self.frame.lang, &id, label, &row.question)
            .hint(fl!(self.frame.t(), "admin-question-words-hint"))
            .told(&self.errors)
    }

    fn reason_entry(&self, row: &QuestionRow) -> Entry {
        let (id, label) = (format!("reden-{}", row.id), fl!(self.frame.t(), "admin-question-reason"));
        Entry::area(self.frame.lang, &id, label, &row.reason).told(&self.errors)
    }

    fn is_removing(&self, row: &QuestionRow) -> bool {
        self.errors.at(&format!("reden-{}", row.id)).is_some()
    }

    fn question_status(&self, row: &QuestionRow) -> Status {
        let t = self.frame.t();
        if row.removed.is_some() {
            return Status::new(Tone::Idle, fl!(t, "admin-question-removed"));
        }
        match (row.published_at, &row.answered_by) {
            (Some(_), _) => Status::new(Tone::Ok, fl!(t, "admin-question-published")).plain(),
            (None, Some(_)) => Status::new(Tone::Wait, fl!(t, "admin-question-waits")),
            (None, None) => Status::new(Tone::Todo, fl!(t, "admin-question-open")),
        }
    }

    fn title<'a>(&self, one: &'a ProcedureDocument) -> &'a str {
        self.frame.lang.pick(&one.title_nl, &one.title_en)
    }

    fn document_status(&self, one: &ProcedureDocument) -> Status {
        let t = self.frame.t();
        match (one.valid_from > self.today, one.valid_until.is_some_and(|last| last < self.today)) {
            (true, _) => Status::new(Tone::Wait, fl!(t, "admin-document-coming")),
            (_, true) => Status::new(Tone::Idle, fl!(t, "admin-document-over")),
            _ => Status::new(Tone::Ok, fl!(t, "admin-document-holds")).plain(),
        }
    }

    fn last_day_entry(&self, one: &ProcedureDocument) -> Entry {
        let typed = self.typed.last_day.as_ref().filter(|(id, _)| *id == one.id);
        let value = typed.map_or_else(|| self.today.to_string(), |(_, typed)| typed.clone());
        let id = format!("laatste-{}", one.id);
        Entry::day(self.frame.lang, &id, fl!(self.frame.t(), "admin-document-last-day"), &value).told(&self.errors)
    }

    fn is_typed(&self, one: &ProcedureDocument) -> bool {
        self.typed.last_day.as_ref().is_some_and(|(id, _)| *id == one.id)
    }

    fn document_entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let file = EntryKind::Line { kind: "file", value: String::new() };
        let entries = vec![
            Entry::new(lang, "bestand", fl!(t, "admin-document-file"), file).hint(fl!(t, "admin-document-file-hint")),
            Entry::line(lang, "titel_nl", fl!(t, "admin-document-title-nl"), &typed.title_nl),
            Entry::line(lang, "titel_en", fl!(t, "admin-document-title-en"), &typed.title_en),
            Entry::day(lang, "vanaf", fl!(t, "admin-document-first-day"), &typed.first_day)
                .hint(fl!(t, "admin-document-first-day-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// GET `/beheer/procedures/{code}/vragen/publiceren`: what everybody would read, before it is published.
#[derive(Template)]
#[template(path = "admin/answers-check.html")]
pub struct AnswersCheckPage {
    pub frame: Frame,
    pub code: String,
    pub waiting: Vec<QuestionRow>,
    /// What was looked at: only that is published.
    pub seen: String,
    pub errors: FormErrors,
}

impl AnswersCheckPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }
}
