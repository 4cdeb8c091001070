//! The consultation table (overlegtafel, adviestafel, digitale tafel): where providers, client representatives and the
//! municipality talk about the text of the agreement. Who sits there proposes, all react within the term, the contract
//! manager decides as chair in a meeting, and what is adopted grows into the version that is consulted about.
//!
//! Dry pages: this one (the table, its seats, meetings and minutes), `proposal` (proposals, reactions and decisions with
//! their states), `caution` (what the chair is warned of), `invitation` (the calendar file). On the tables: `store` (to look up), `seating`, `meeting`, `minutes`,
//! `proposing`, `deciding`, `landing` (the version a decision changes), `telling` (every message to all at the same moment), `work` (what waits).

pub mod caution;
pub mod deciding;
pub mod invitation;
pub mod landing;
pub mod meeting;
pub mod minutes;
pub mod proposal;
pub mod proposing;
mod refusal;
pub mod seating;
pub mod store;
pub mod telling;
pub mod web;
mod words;
pub mod work;

use chrono::{NaiveDate, NaiveDateTime};

pub use caution::Caution;
pub use proposal::{Decision, Outcome, Proposal, ProposalKind, ProposalState, Reaction, Stance};
pub use refusal::{Fault, Refusal};

use crate::text::Lang;

/// A table of one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultationTable {
    pub id: i64,
    pub procedure_id: i64,
    pub kind: TableKind,
    pub name: String,
    /// What it is for, in plain words.
    pub purpose: String,
    /// All at the table read each other's reactions at once; otherwise from the decision on.
    pub is_open: bool,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

codes! {
    /// What kind of table it is (soort tafel).
    pub enum TableKind {
        /// Overlegtafel: talks about the agreement itself.
        Consultation = "consultation",
        /// Adviestafel: gives advice.
        Advisory = "advisory",
        /// Digitale tafel: meets in writing.
        Digital = "digital",
    }
}

impl ConsultationTable {
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

codes! {
    /// As what somebody sits at a table (rol).
    pub enum SeatRole {
        /// Voorzitter: a contract manager.
        Chair = "chair",
        /// Somebody of the municipality.
        Municipality = "municipality",
        /// Aanbieder: all its people speak for it.
        Provider = "provider",
        /// Cliëntvertegenwoordiger: without an account, by a link of his own.
        ClientRepresentative = "client_representative",
    }
}

impl SeatRole {
    pub fn is_of_municipality(self) -> bool {
        matches!(self, SeatRole::Chair | SeatRole::Municipality)
    }
}

/// A place at a table (deelnemer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: i64,
    pub table_id: i64,
    pub role: SeatRole,
    pub provider_id: Option<i64>,
    pub account_id: Option<i64>,
    /// Of the organisation, or of the person.
    pub name: String,
    pub email: String,
    pub language: Lang,
    pub seated_at: NaiveDateTime,
    /// Since when he sits there no more.
    pub left_at: Option<NaiveDateTime>,
}

/// A meeting (bijeenkomst).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub id: i64,
    pub table_id: i64,
    /// Counts from one within the table.
    pub number: i32,
    /// Both in UTC.
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    /// Where it is; empty when it is online alone.
    pub place: String,
    /// The address of the online meeting, `https://…`; empty when there is none.
    pub online: String,
    /// What is talked about (agenda), point by point.
    pub agenda: Vec<String>,
    /// What calendars know it by; it never changes.
    pub uid: String,
    /// Counts up when it moves, so that calendars take the newest.
    pub sequence: i32,
    pub invited_at: Option<NaiveDateTime>,
    pub cancelled_at: Option<NaiveDateTime>,
    /// Counts up with every change; who saw an older one is told who changed it meanwhile.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
}

impl Meeting {
    /// It began, and was not called off: minutes and decisions can be of it.
    pub fn was_held(&self, now: NaiveDateTime) -> bool {
        self.cancelled_at.is_none() && self.starts_at <= now
    }
}

/// The minutes of a meeting (verslag). Once established they never change; a correction is the next number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    pub id: i64,
    pub meeting_id: i64,
    pub number: i32,
    /// In the simple Markdown of the articles.
    pub body: String,
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// When and by whom; none while it is written.
    pub established: Option<(NaiveDateTime, String)>,
}

/// Whoever speaks at a table (aan het woord), and from which seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// None for a contract manager who has no seat of his own.
    pub seat_id: Option<i64>,
    pub side: SeatRole,
    /// As the table reads it: the organisation for a provider, the person for the others.
    pub name: String,
}
