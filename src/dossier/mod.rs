//! The dossier (dossier): a provider's application to a procedure, its completeness, the review per criterion, the advice
//! and the decision.
//!
//! Dry pages, which know no database: `state` (the application and its verbs), `criterion` (one criterion and its
//! verdicts), `form` (what an applicant fills in), `fields` (what
//! a field of it takes), `holds` (how long evidence counts), `words`.
//! The verbs on the tables, each in one transaction with its audit line, each with the version that was looked at:
//!
//! | Page | What it does |
//! |---|---|
//! | `start` | a newcomer or a known provider begins an application |
//! | `drafting` | saves and reads the steps of the form |
//! | `showing` | shows evidence for a criterion, and tells whether a version may be opened by who asks |
//! | `submit` | hands in, with a receipt |
//! | `supplement` | asks for what is missing, takes it in, reminds, sets aside |
//! | `review` | who is at work on a criterion, and the verdicts |
//! | `bulk` | one verdict on one criterion of many applications |
//! | `decision` | takes up, advises, sends back, admits, refuses, and what comes after |
//! | `recheck` | evidence that expires during the agreement: marks it, and asks for its successor |
//!
//! And to look at, each a few queries whatever the number of applications: `store` (one application, all of one
//! provider), `tasks` (the list of one dossier), `desk` (the work queue), `workbench` (what an assessor has before him),
//! `timeline`, `handler` (who handled it last), `asking` (what was never asked), `before_start` (what an admitted provider is still asked), `told` (what the applicant filled in), `eyes` (who may not, as he works for the provider or judged it), `ends` (until when a verdict holds), `register` (who is admitted), `impact` (what a new version of a criterion would do), `postponed` (which terms
//! an outage would make longer).

pub mod asking;
pub mod before_start;
pub mod bulk;
pub mod criterion;
pub mod decision;
pub mod desk;
pub mod drafting;
pub mod ends;
pub mod eyes;
pub mod fields;
pub mod form;
pub mod handler;
pub mod holds;
pub mod impact;
pub mod mails;
mod moving;
pub mod postponed;
pub mod receipt;
pub mod recheck;
pub mod register;
pub mod resting;
pub mod review;
pub mod showing;
pub mod start;
pub mod state;
pub mod store;
pub mod submit;
pub mod supplement;
pub mod tasks;
pub mod timeline;
pub mod told;
mod words;
pub mod workbench;

use chrono::{NaiveDate, NaiveDateTime};

pub use criterion::{CriterionResult, CriterionState};
pub use form::Step;
pub use state::{ApplicationState, Eyes, Verb};

use crate::term::Term;

/// An application (aanmelding) of one provider to one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    pub id: i64,
    pub number: ApplicationNumber,
    pub provider_id: i64,
    pub procedure_id: i64,
    pub channel: Channel,
    pub state: ApplicationState,
    /// Counts up with every act; what was looked at is sent along with the next act.
    pub version: i32,
    /// The last act: when, in UTC, and by whom.
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    pub started_at: NaiveDateTime,
    /// When it was handed in, in UTC, and the day that counts as its receipt: of paper the day on which it came.
    pub submitted_at: Option<NaiveDateTime>,
    pub received_on: Option<NaiveDate>,
    /// The term that runs now, with what it is for.
    pub term: Option<(TermKind, Term)>,
    /// The one before it, when this is a new application after a refusal or a withdrawal.
    pub previous: Option<i64>,
}

/// The number of an application, per municipality and year: `2026-0014`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationNumber {
    pub year: i32,
    pub sequence: i32,
}

impl std::fmt::Display for ApplicationNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:04}", self.year, self.sequence)
    }
}

impl ApplicationNumber {
    /// As it stands in an address; anything else is no number.
    pub fn read(written: &str) -> Option<ApplicationNumber> {
        let (year, sequence) = written.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = year.len() == 4 && (4..=9).contains(&sequence.len()) && digits(year) && digits(sequence);
        let number = ApplicationNumber { year: year.parse().ok()?, sequence: sequence.parse().ok()? };
        (fits && number.sequence > 0).then_some(number)
    }
}

codes! {
    /// How an application came in.
    pub enum Channel {
        Portal = "portal",
        /// On paper, entered by the municipality (Wmebv: paper stays possible).
        Paper = "paper",
    }
}

codes! {
    /// What the term of an application is for.
    pub enum TermKind {
        /// Is the application complete?
        Completeness = "completeness",
        Supplement = "supplement",
        Assessment = "assessment",
        /// Against a refusal (rechtsbescherming).
        LegalProtection = "legal_protection",
        /// To show what is asked before the start, once somebody is admitted.
        BeforeStart = "before_start",
    }
}

/// What is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// A field of a step: the step and the name of the field.
    Field(Step, &'static str),
    /// Evidence, agreement or a statement for the criterion with this code.
    Criterion(String),
}

/// A part of a dossier that can be asked for: a criterion by its code, or a step of the form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Criterion(String),
    Step(Step),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Criterion(code) => write!(f, "criterion/{code}"),
            Part::Step(step) => write!(f, "step/{step}"),
        }
    }
}

impl Part {
    pub fn read(written: &str) -> Option<Part> {
        match written.split_once('/')? {
            ("criterion", code) => Some(Part::Criterion(code.to_owned())),
            ("step", step) => step.parse().ok().map(Part::Step),
            _ => None,
        }
    }
}

/// Why the office says no. Always before anything is written. [`Refusal::in_words`] says it to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is not there, or it is not the actor's to see.
    NotFound,
    /// Not in this role.
    NotYours,
    /// Not in this state of the application.
    NotNow(ApplicationState),
    /// Not in this state of the criterion.
    CriterionNotNow(CriterionState),
    /// It takes an account, as it must be known later who did it.
    NoAccount,
    /// Who advised does not decide (vier ogen).
    OwnAdvice,
    /// Who judged a criterion does not decide (vier ogen).
    OwnVerdict,
    /// Who has a role with this provider, or had one in so many months, has no say about it (eigen belang).
    OwnInterest(u32),
    Incomplete(Vec<Missing>),
    NothingAsked,
    /// Nobody asked for this evidence, so nothing can be found wanting: first it is asked.
    NeverAsked,
    ReasonMissing,
    /// The term ended on this day.
    TermOver(NaiveDate),
    /// The term runs until this day.
    TermRuns(NaiveDate),
    /// Criteria without a result.
    Unjudged(Vec<String>),
    /// Knock-out criteria that are not met.
    NotAllMet(Vec<String>),
    /// "Voldoet" until a day that is over.
    EndInPast(NaiveDate),
    /// "Voldoet" for longer than the evidence, which ends on this day, without a reason.
    BeyondEvidence(NaiveDate),
    /// The criterion leaves no room for repair.
    NotRepairable,
    /// The procedure takes no applications now.
    ClosedToEntry,
    /// There is an application already.
    AlreadyApplied(ApplicationNumber),
    /// The organisation is known; a request to work for it was noted (again).
    KnownOrganisation,
    /// The part was not asked for, so it stays as it is.
    NotAsked(Part),
    /// The evidence is blocked, waits for its scan, or was withdrawn.
    EvidenceNotUsable,
    /// A verdict on many at once is never a refusal.
    NeverInBulk,
    /// Somebody acted meanwhile: who, when in UTC, and the version it has now.
    ChangedMeanwhile {
        by: String,
        at: NaiveDateTime,
        current: i32,
    },
    /// In bulk: these applications were changed meanwhile.
    SomeChanged(Vec<ApplicationNumber>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_and_nothing_else_does() {
        let number = ApplicationNumber { year: 2026, sequence: 14 };
        assert_eq!(number.to_string(), "2026-0014");
        assert_eq!(ApplicationNumber::read("2026-0014"), Some(number));
        assert_eq!(ApplicationNumber::read("2026-12345").map(|one| one.sequence), Some(12345));
        for written in ["", "2026", "2026-14", "2026-0000", "26-0014", "2026-00a4", "2026-9999999999", "+026-0014"] {
            assert_eq!(ApplicationNumber::read(written), None, "{written:?} was read");
        }
    }

    #[test]
    fn a_part_reads_back() {
        for part in [Part::Criterion("M07".into()), Part::Step(Step::Contact)] {
            assert_eq!(Part::read(&part.to_string()), Some(part));
        }
        assert_eq!(Part::read("step/nothing"), None);
    }
}
