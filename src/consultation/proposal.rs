//! A proposal (voorstel) to change, add or drop an article, the reactions to it, and the decisions on it. The verbs take the
//! state they found and give the next one, or refuse.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Caution, Refusal, SeatRole};
use crate::actor::Role;
use crate::agreement::text::Scope;
use crate::agreement::text::writing::Wording;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: i64,
    pub table_id: i64,
    /// Counts from one within the table: "voorstel 2".
    pub number: i32,
    /// The version that was consulted about.
    pub version_id: i64,
    pub kind: ProposalKind,
    /// The clause that is to change or to go; of a new article the clause it is to stand behind, none for the first place.
    pub clause: Option<i32>,
    /// What is to stand there; of an article that is to go the words it has.
    pub wording: Wording,
    /// What the article said when this was proposed, and from the decision on what it said then.
    pub before: Before,
    /// Why.
    pub motive: String,
    pub state: ProposalState,
    /// Counts up with every change, and when a decision changed the article under it.
    pub version: i32,
    pub seat_id: Option<i64>,
    pub account_id: Option<i64>,
    pub side: SeatRole,
    pub by: String,
    pub at: NaiveDateTime,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
}

/// An article that a proposal is about; empty for a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    pub number: String,
    pub heading: String,
    pub body: String,
}

codes! {
    /// What is to happen to the article.
    pub enum ProposalKind {
        /// wijzigen
        Change = "change",
        /// nieuw artikel
        Add = "add",
        /// laten vervallen
        Drop = "drop",
    }
}

codes! {
    /// Where a proposal stands.
    pub enum ProposalState {
        /// wacht op besluit
        Open = "open",
        /// ingetrokken
        Withdrawn = "withdrawn",
        /// overgenomen
        Adopted = "adopted",
        /// aangepast overgenomen
        Amended = "amended",
        /// niet overgenomen
        Rejected = "rejected",
        /// aangehouden: for a next meeting
        CarriedOver = "carried_over",
    }
}

codes! {
    /// What is decided on a proposal (besluit).
    pub enum Outcome {
        /// overgenomen
        Adopted = "adopted",
        /// aangepast overgenomen: in other words than were proposed
        Amended = "amended",
        /// niet overgenomen
        Rejected = "rejected",
        /// aangehouden
        CarriedOver = "carried_over",
    }
}

impl Outcome {
    /// Whether the text changes by it.
    pub fn changes_the_text(self) -> bool {
        matches!(self, Outcome::Adopted | Outcome::Amended)
    }
}

codes! {
    /// What somebody thinks of a proposal (reactie).
    pub enum Stance {
        /// eens
        Agree = "agree",
        /// bezwaar
        Objection = "objection",
        /// opmerking
        Remark = "remark",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub id: i64,
    pub proposal_id: i64,
    pub seat_id: Option<i64>,
    pub side: SeatRole,
    pub stance: Stance,
    pub words: String,
    pub by: String,
    pub at: NaiveDateTime,
}

/// A decision of the table (besluit), taken by the chair in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: i64,
    pub table_id: i64,
    /// Counts from one within the table: "besluit 3".
    pub number: i32,
    pub proposal_id: i64,
    pub meeting_id: i64,
    pub outcome: Outcome,
    pub reason: String,
    /// The clause that was changed, added or dropped; none when the text stayed as it was.
    pub clause: Option<i32>,
    /// The words that were decided; none when the text stayed as it was, or the article was dropped.
    pub wording: Option<Wording>,
    /// What the chair was warned of, and decided all the same.
    pub cautions: Vec<Caution>,
    pub at: NaiveDateTime,
    pub by: String,
}

impl Reaction {
    /// Whether the same seat said something else later: then this one is read, and counts no more.
    pub fn is_replaced<'a>(&self, mut all: impl Iterator<Item = &'a Reaction>) -> bool {
        let same = |other: &Reaction| (other.proposal_id, other.voice()) == (self.proposal_id, self.voice());
        all.any(|other| other.id > self.id && same(other))
    }

    /// A seat speaks with one voice; a contract manager without a seat speaks for himself.
    fn voice(&self) -> (Option<i64>, &str) {
        (self.seat_id, if self.seat_id.is_some() { "" } else { &self.by })
    }
}

impl ProposalState {
    /// A decision is still to come.
    pub fn is_undecided(self) -> bool {
        matches!(self, ProposalState::Open | ProposalState::CarriedOver)
    }

    /// All react as long as nothing is decided, and within the term: the last day belongs to it.
    pub fn react(self, today: NaiveDate, due: NaiveDate) -> Result<(), Refusal> {
        match self.is_undecided() {
            false => Err(Refusal::NotNow(self)),
            true if today > due => Err(Refusal::TooLate(due)),
            true => Ok(()),
        }
    }

    /// Who proposed it takes it back, as long as nothing is decided.
    pub fn withdraw(self, own: bool) -> Result<ProposalState, Refusal> {
        match (own, self.is_undecided()) {
            (false, _) => Err(Refusal::NotYours),
            (true, false) => Err(Refusal::NotNow(self)),
            (true, true) => Ok(ProposalState::Withdrawn),
        }
    }

    /// The contract manager decides as chair, with a reason that all read.
    pub fn decide(self, by: Role, outcome: Outcome, reason: &str) -> Result<ProposalState, Refusal> {
        if !matches!(by, Role::ContractManager | Role::System) {
            return Err(Refusal::NotYours);
        }
        if !self.is_undecided() {
            return Err(Refusal::NotNow(self));
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(match outcome {
            Outcome::Adopted => ProposalState::Adopted,
            Outcome::Amended => ProposalState::Amended,
            Outcome::Rejected => ProposalState::Rejected,
            Outcome::CarriedOver => ProposalState::CarriedOver,
        })
    }
}

/// The words of an article that a proposal does not give: where it only tells that the article goes.
pub fn no_wording() -> Wording {
    Wording { number: String::new(), heading: String::new(), scope: Scope::All, body: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn the_last_day_of_the_term_belongs_to_it() {
        let due = day("2026-11-18");
        assert_eq!(ProposalState::Open.react(due, due), Ok(()));
        assert_eq!(ProposalState::Open.react(day("2026-11-19"), due), Err(Refusal::TooLate(due)));
        let decided = ProposalState::Adopted;
        assert_eq!(decided.react(due, due), Err(Refusal::NotNow(decided)));
    }

    #[test]
    fn who_changes_his_mind_counts_once_and_another_seat_beside_him() {
        let said = |id, seat_id, by: &str, stance| Reaction {
            id,
            proposal_id: 1,
            seat_id,
            side: SeatRole::Municipality,
            stance,
            words: String::new(),
            by: by.to_owned(),
            at: NaiveDateTime::default(),
        };
        let all = [
            said(1, Some(4), "Stap Vooruit", Stance::Objection),
            said(2, Some(5), "De Brug", Stance::Agree),
            said(3, Some(4), "Stap Vooruit", Stance::Agree),
            said(4, None, "M. de Wit", Stance::Remark),
            said(5, None, "A. Jansen", Stance::Remark),
        ];
        let counts: Vec<i64> = all.iter().filter(|one| !one.is_replaced(all.iter())).map(|one| one.id).collect();
        assert_eq!(counts, [2, 3, 4, 5]);
    }

    #[test]
    fn only_the_contract_manager_decides_once_and_with_a_reason() {
        let decide = |state: ProposalState, by, reason| state.decide(by, Outcome::Rejected, reason);
        assert_eq!(decide(ProposalState::Open, Role::DecisionMaker, "Nee."), Err(Refusal::NotYours));
        assert_eq!(decide(ProposalState::Open, Role::ContractManager, " "), Err(Refusal::ReasonMissing));
        assert_eq!(decide(ProposalState::CarriedOver, Role::ContractManager, "Nee."), Ok(ProposalState::Rejected));
        let late = decide(ProposalState::Withdrawn, Role::ContractManager, "Nee.");
        assert_eq!(late, Err(Refusal::NotNow(ProposalState::Withdrawn)));
    }

    #[test]
    fn a_proposal_is_taken_back_by_who_made_it_and_not_after_a_decision() {
        assert_eq!(ProposalState::Open.withdraw(true), Ok(ProposalState::Withdrawn));
        assert_eq!(ProposalState::Open.withdraw(false), Err(Refusal::NotYours));
        assert_eq!(ProposalState::Rejected.withdraw(true), Err(Refusal::NotNow(ProposalState::Rejected)));
    }
}
