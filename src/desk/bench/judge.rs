//! What the page of one criterion holds (beoordelen): the queue at the left, the evidence in the middle, and at the right
//! what is asked, what was checked automatically, and the verdict.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::application::TimelineLine;
use super::shown::EvidenceLine;
use super::{TermWords, across, criterion_status};
use crate::actor::Role;
use crate::calendar::wall_clock;
use crate::dossier::review::{Theirs, Verdict};
use crate::dossier::{CriterionResult, CriterionState, criterion};
use crate::page::{FormErrors, Frame, Status, Tone};
use crate::procedure::criterion::Criterion;
use crate::text::Lang;

codes! {
    /// Along which row one goes on to the next (rij); it stands in the address, so that previous and next keep it.
    pub enum Along {
        /// Everything that waits of this application.
        Application = "aanmelding",
        /// This criterion with every provider.
        Criterion = "eis",
        /// All that waits.
        All = "alles",
    }
}

/// GET `/aanmeldingen/{nr}/eisen/{code}?rij=eis`.
#[derive(Template)]
#[template(path = "bench/judge.html")]
pub struct JudgePage {
    pub frame: Frame,
    pub number: String,
    pub provider: String,
    pub code: String,
    pub name: String,
    pub status: Status,
    pub term: Option<TermWords>,
    pub along: Along,
    /// The number in the row, from one, and how many there are; none when it does not wait.
    pub place: Option<(usize, usize)>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub row: Vec<RowGroup>,
    pub asked: String,
    pub evidence_words: String,
    pub evidence: Vec<EvidenceLine>,
    /// What the provider wrote or agreed to without a file.
    pub stated: Option<String>,
    pub checks: Vec<(Tone, String)>,
    /// "Bezig door wie, sinds wanneer"
    pub at_work: Option<(String, NaiveDateTime)>,
    /// What this reader may give now; empty when he may not judge, with the reason in `why_not`.
    pub choices: Vec<Choice>,
    pub why_not: String,
    /// The standard texts that may be put into the reason.
    pub texts: Vec<String>,
    /// One of them was put in just now: the page comes back where one goes on typing.
    pub inserted: bool,
    pub typed: Typed,
    /// The version of the criterion that was looked at.
    pub seen: i32,
    pub earlier: Vec<TimelineLine>,
    /// Somebody judged it meanwhile.
    pub theirs: Option<TheirLine>,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct RowGroup {
    pub title: String,
    pub lines: Vec<RowLine>,
    pub judged: bool,
}

#[derive(Debug, Clone)]
pub struct RowLine {
    pub label: String,
    pub status: Status,
    pub href: String,
    pub current: bool,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub result: CriterionResult,
    pub status: Status,
    pub checked: bool,
}

/// What was typed, kept when the form comes back.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub result: Option<CriterionResult>,
    pub reason: String,
    pub holds_until: String,
}

impl Typed {
    /// With a standard text below what stands there.
    pub fn with(self, text: &str) -> Typed {
        let reason = match self.reason.trim_end() {
            "" => text.to_owned(),
            typed => format!("{typed}\n{text}"),
        };
        Typed { reason, ..self }
    }
}

#[derive(Debug, Clone)]
pub struct TheirLine {
    pub by: String,
    pub at: NaiveDateTime,
    /// Their verdict; none when evidence came in or the state moved on.
    pub verdict: Option<(Status, String)>,
}

impl JudgePage {
    fn here(&self) -> String {
        format!("/aanmeldingen/{}/eisen/{}", self.number, self.code)
    }

    fn alongs(&self) -> [(Along, String); 3] {
        let t = self.frame.t();
        [
            (Along::Application, fl!(t, "bench-along-application")),
            (Along::Criterion, fl!(t, "bench-along-criterion")),
            (Along::All, fl!(t, "bench-along-all")),
        ]
    }

    fn place_words(&self) -> String {
        match self.place {
            Some((number, all)) => fl!(self.frame.t(), "bench-place", number = number, all = all),
            None => fl!(self.frame.t(), "bench-place-none"),
        }
    }

    /// Where this criterion is judged of many at once.
    fn across(&self) -> String {
        across::path(&self.code)
    }

    fn is_along(&self, along: &Along) -> bool {
        self.along == *along
    }
}

/// Whether the role judges criteria at all.
pub fn judges(role: Role) -> bool {
    matches!(role, Role::Assessor | Role::ContractManager | Role::PrivacyOfficer)
}

/// The verdicts that this role may give on this criterion.
pub fn choices(lang: Lang, definition: &Criterion, role: Role, chosen: Option<CriterionResult>) -> Vec<Choice> {
    let open = CriterionResult::ALL.iter().copied().filter(|result| {
        let repair = *result == CriterionResult::RepairAsked;
        judges(role) && criterion::may_judge(*result, definition.checked_by, role) && (!repair || definition.repairable)
    });
    open.map(|result| {
        let status = criterion_status(lang, state_of(result));
        Choice { result, status, checked: chosen == Some(result) }
    })
    .collect()
}

/// The state that a verdict leads to.
pub fn state_of(result: CriterionResult) -> CriterionState {
    match result {
        CriterionResult::Met => CriterionState::Met,
        CriterionResult::NotMet => CriterionState::NotMet,
        CriterionResult::RepairAsked => CriterionState::RepairAsked,
        CriterionResult::NotApplicable => CriterionState::NotApplicable,
    }
}

pub fn their_line(lang: Lang, theirs: &Theirs) -> TheirLine {
    let verdict = theirs.verdict.as_ref();
    TheirLine {
        by: theirs.row.changed_by.clone(),
        at: wall_clock(theirs.row.changed_at),
        verdict: verdict.map(|one| (criterion_status(lang, state_of(one.result)), one.reason.clone())),
    }
}

pub fn earlier_line(lang: Lang, verdict: &Verdict) -> TimelineLine {
    TimelineLine {
        title: verdict.result.in_words(lang),
        tone: Some(criterion_status(lang, state_of(verdict.result)).tone),
        at: wall_clock(verdict.judged_at),
        by: verdict.judged_by.clone(),
        role: crate::account::web::role_word(lang, verdict.role),
        words: verdict.reason.clone(),
    }
}
