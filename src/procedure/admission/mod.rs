//! The admission procedure as it is announced and opened (toelatingsprocedure): what it is called, when who may enter,
//! and what an applicant can do against a decision. Its states are those of the status model.

pub mod documents;
pub mod first;
pub mod history;
pub mod questions;
pub mod store;
mod words;

use chrono::{NaiveDate, NaiveDateTime};

use super::Domain;
use super::terms::Terms;
use crate::actor::Role;
use crate::term::TermRule;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub id: i64,
    pub municipality_id: i64,
    pub details: Details,
    /// The municipality in public addresses: `noordermeer`.
    pub slug: String,
    pub state: ProcedureState,
    /// Counts up with every change; who saw an older one is told who changed it meanwhile.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// Who proposed to publish it, and when.
    pub proposed: Option<Proposal>,
}

/// What is told of a procedure, and may be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// In addresses: `re-integratie-2027`.
    pub code: String,
    pub name: Bilingual,
    pub domain: Domain,
    pub entry: Entry,
    /// The first day on which an application can come in; none: from the day it is opened.
    pub opens_on: Option<NaiveDate>,
    /// The last day; none with continuous entry.
    pub closes_on: Option<NaiveDate>,
    pub remedy: Remedy,
    /// The court that remedy A names; empty otherwise.
    pub court: String,
    pub contact: Contact,
    pub intro: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub phone: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub at: NaiveDateTime,
    pub by: String,
    pub account_id: i64,
}

codes! {
    /// When an application can come in (toetreding). All three are allowed when announced beforehand.
    pub enum Entry {
        /// At any moment (doorlopend).
        Continuous = "continuous",
        /// Between fixed days (vaste momenten).
        Fixed = "fixed",
        /// Only at the start.
        AtStart = "at_start",
    }
}

codes! {
    /// What can be done against a decision (rechtsmiddel); mails.md, texts A, B and C.
    pub enum Remedy {
        /// A, civil: "een kort geding starten bij de rechtbank {{rechtbank}}".
        Court = "court",
        /// B, Awb: "bezwaar maken bij het college. Dat kan binnen 6 weken".
        Objection = "objection",
        /// C: "een klacht indienen bij ons klachtenmeldpunt. U krijgt binnen 6 weken antwoord".
        Complaint = "complaint",
    }
}

impl Remedy {
    /// The term in which the remedy is open: 20 days for the court and for a complaint, 6 weeks for an objection.
    pub fn term(self, terms: &Terms) -> TermRule {
        match self {
            Remedy::Court | Remedy::Complaint => terms.legal_protection,
            Remedy::Objection => terms.objection,
        }
    }
}

codes! {
    /// The states of a procedure; the Dutch word of the status model behind each.
    pub enum ProcedureState {
        /// concept
        Draft = "draft",
        /// gepubliceerd
        Published = "published",
        Open = "open",
        /// gepauzeerd
        Paused = "paused",
        /// gesloten
        Closed = "closed",
        /// beeindigd
        Ended = "ended",
    }
}

codes! {
    /// What is done to a procedure.
    pub enum ProcedureVerb {
        /// Made, as a draft.
        Make = "make",
        /// Changed in what is told of it.
        Edit = "edit",
        /// The contract manager finds it complete; publishing it takes a second person.
        Propose = "propose",
        Publish = "publish",
        Open = "open",
        Pause = "pause",
        Resume = "resume",
        Close = "close",
        End = "end",
    }
}

/// Why something cannot be done to a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcedureRefusal {
    NotFound,
    /// Not in this role.
    NotYours,
    /// Not in this state.
    NotNow(ProcedureState),
    /// What is still missing, as codes of [`Gap`].
    Incomplete(Vec<Gap>),
    /// Nobody proposed to publish it yet.
    NotProposed,
    /// Who proposed it does not publish it (vier ogen); and it takes an account.
    FourEyes,
    ReasonMissing,
    /// The day on which it opens has not come.
    TooEarly(NaiveDate),
    /// Only a procedure with an end can be closed by the calendar.
    NoEnd,
    /// Agreements under it still run: so many.
    AgreementsRun(u32),
    /// The code is used by another procedure of the municipality, or the address by another municipality.
    CodeTaken,
    /// Everybody was told the code, the domain and the days: these stay.
    Announced,
    /// Somebody changed it meanwhile.
    ChangedMeanwhile {
        by: String,
        at: NaiveDateTime,
        current: i32,
    },
}

codes! {
    /// What a procedure lacks before it can be published: "criteria, texts, deadlines complete".
    pub enum Gap {
        Code = "code",
        Name = "name",
        Intro = "intro",
        Contact = "contact",
        Court = "court",
        Days = "days",
        Criteria = "criteria",
    }
}

impl Details {
    /// What an applicant reckons with once it is announced: what it is, and when an application can come in.
    pub fn announced(&self) -> (&str, Domain, Entry, Option<NaiveDate>, Option<NaiveDate>) {
        (&self.code, self.domain, self.entry, self.opens_on, self.closes_on)
    }

    /// What is missing. `criteria` is how many hold for its domain.
    pub fn gaps(&self, criteria: usize) -> Vec<Gap> {
        let empty = |text: &Bilingual| text.nl.trim().is_empty() || text.en.trim().is_empty();
        let contact = [&self.contact.name, &self.contact.phone, &self.contact.email];
        let wrong_way = self.opens_on.zip(self.closes_on).is_some_and(|(opens, closes)| closes < opens);
        let dateless = self.entry != Entry::Continuous && (self.opens_on.is_none() || self.closes_on.is_none());
        let code = self.code.is_empty() || !self.code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        [
            (code, Gap::Code),
            (empty(&self.name), Gap::Name),
            (empty(&self.intro), Gap::Intro),
            (contact.iter().any(|part| part.trim().is_empty()), Gap::Contact),
            (self.remedy == Remedy::Court && self.court.trim().is_empty(), Gap::Court),
            (wrong_way || dateless, Gap::Days),
            (criteria == 0, Gap::Criteria),
        ]
        .into_iter()
        .filter_map(|(missing, gap)| missing.then_some(gap))
        .collect()
    }
}

impl Procedure {
    /// Everybody may read it.
    pub fn is_public(&self) -> bool {
        self.state != ProcedureState::Draft
    }

    /// Whether an application can come in on this day.
    pub fn takes_applications(&self, today: NaiveDate) -> bool {
        self.state == ProcedureState::Open
            && self.details.opens_on.is_none_or(|from| from <= today)
            && (self.details.entry == Entry::Continuous || self.details.closes_on.is_none_or(|last| today <= last))
    }
}

/// The verbs of the office; each takes the state it found and gives the next, or refuses.
impl ProcedureState {
    pub fn edit(self, by: Role) -> Result<ProcedureState, ProcedureRefusal> {
        match self {
            ProcedureState::Ended => Err(ProcedureRefusal::NotNow(self)),
            _ => self.when(true, by, &[Role::ContractManager], self),
        }
    }

    pub fn propose(self, by: Role, gaps: Vec<Gap>) -> Result<ProcedureState, ProcedureRefusal> {
        let next = self.when(self == ProcedureState::Draft, by, &[Role::ContractManager], self)?;
        if gaps.is_empty() { Ok(next) } else { Err(ProcedureRefusal::Incomplete(gaps)) }
    }

    /// concept → gepubliceerd: "contract_manager + decision_maker".
    pub fn publish(
        self,
        by: Role,
        account: Option<i64>,
        proposed: Option<&Proposal>,
        gaps: Vec<Gap>,
    ) -> Result<ProcedureState, ProcedureRefusal> {
        let draft = self == ProcedureState::Draft;
        let next = self.when(draft, by, &[Role::DecisionMaker], ProcedureState::Published)?;
        if !gaps.is_empty() {
            return Err(ProcedureRefusal::Incomplete(gaps));
        }
        match (proposed, account) {
            (None, _) => Err(ProcedureRefusal::NotProposed),
            (Some(proposal), Some(account)) if proposal.account_id != account => Ok(next),
            (Some(_), _) => Err(ProcedureRefusal::FourEyes),
        }
    }

    /// gepubliceerd → open: by the system on the day.
    pub fn open(
        self,
        by: Role,
        today: NaiveDate,
        opens_on: Option<NaiveDate>,
    ) -> Result<ProcedureState, ProcedureRefusal> {
        let next = self.when(self == ProcedureState::Published, by, &[Role::System], ProcedureState::Open)?;
        match opens_on {
            Some(day) if today < day => Err(ProcedureRefusal::TooEarly(day)),
            _ => Ok(next),
        }
    }

    pub fn pause(self, by: Role, reason: &str) -> Result<ProcedureState, ProcedureRefusal> {
        let next = self.when(self == ProcedureState::Open, by, &[Role::ContractManager], ProcedureState::Paused)?;
        with_reason(next, reason)
    }

    pub fn resume(self, by: Role, reason: &str) -> Result<ProcedureState, ProcedureRefusal> {
        let next = self.when(self == ProcedureState::Paused, by, &[Role::ContractManager], ProcedureState::Open)?;
        with_reason(next, reason)
    }

    /// open → gesloten: "fixed dates mode", by the contract manager or, after the last day, by the system.
    pub fn close(
        self,
        by: Role,
        entry: Entry,
        today: NaiveDate,
        closes_on: Option<NaiveDate>,
    ) -> Result<ProcedureState, ProcedureRefusal> {
        let roles = [Role::ContractManager, Role::System];
        let next = self.when(self == ProcedureState::Open, by, &roles, ProcedureState::Closed)?;
        match (entry, closes_on) {
            (Entry::Continuous, _) | (_, None) => Err(ProcedureRefusal::NoEnd),
            (_, Some(last)) if by == Role::System && today <= last => Err(ProcedureRefusal::TooEarly(last)),
            _ => Ok(next),
        }
    }

    /// gesloten → beeindigd: "no active agreements".
    pub fn end(self, by: Role, agreements: u32) -> Result<ProcedureState, ProcedureRefusal> {
        let next = self.when(self == ProcedureState::Closed, by, &[Role::DecisionMaker], ProcedureState::Ended)?;
        if agreements == 0 { Ok(next) } else { Err(ProcedureRefusal::AgreementsRun(agreements)) }
    }

    fn when(
        self,
        now: bool,
        by: Role,
        roles: &[Role],
        next: ProcedureState,
    ) -> Result<ProcedureState, ProcedureRefusal> {
        match (roles.contains(&by), now) {
            (false, _) => Err(ProcedureRefusal::NotYours),
            (true, false) => Err(ProcedureRefusal::NotNow(self)),
            (true, true) => Ok(next),
        }
    }
}

fn with_reason(next: ProcedureState, reason: &str) -> Result<ProcedureState, ProcedureRefusal> {
    if reason.trim().is_empty() { Err(ProcedureRefusal::ReasonMissing) } else { Ok(next) }
}
