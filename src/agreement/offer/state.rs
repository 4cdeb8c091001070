//! The states of an offer to one provider (aangeboden, getekend, niet aanvaard) and the verbs between them. A verb takes
//! the state it found and gives the next one, or refuses.

use chrono::{NaiveDate, NaiveDateTime};

use super::PartyKind;
use crate::actor::Role;
use crate::procedure::terms::Silence;

codes! {
    /// How far an offer to one provider is; the Dutch word of the status model behind each.
    pub enum PartyState {
        /// aangeboden, wijziging_aangeboden
        Offered = "offered",
        /// A signed file came in, and the decision maker looks at it.
        Uploaded = "uploaded",
        /// getekend_aanbieder, aanvaard
        SignedByProvider = "signed_by_provider",
        /// getekend_gemeente: the agreement is there.
        Signed = "signed",
        /// niet_aanvaard
        Declined = "declined",
        /// Nobody signed in time (vervallen).
        Lapsed = "lapsed",
        /// ingetrokken
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What is done to it.
    pub enum OfferVerb {
        Offer = "offer",
        Sign = "sign",
        /// A file that was signed elsewhere comes in.
        HandIn = "hand_in",
        /// That file is accepted in the place of a signature here.
        Accept = "accept",
        SendBack = "send_back",
        Countersign = "countersign",
        Decline = "decline",
        Lapse = "lapse",
        Withdraw = "withdraw",
    }
}

/// Why something cannot be done to an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfferRefusal {
    NotFound,
    /// Not in this role.
    NotYours,
    /// Not in this state.
    NotNow(PartyState),
    /// Only an established version of a text that is signed by itself can be offered.
    NotEstablished,
    NobodyChosen,
    /// These providers cannot be offered this now.
    NotOffered(Vec<String>),
    /// The agreements of these providers end before it would begin.
    EndBefore(Vec<String>),
    /// The agreement that it would change ends on this day, before the change begins.
    NothingToChange(NaiveDate),
    NoProducts,
    /// It cannot begin before this day.
    StartsBefore(NaiveDate),
    /// The text holds until this day.
    StartsAfter(NaiveDate),
    /// A change begins after the term in which one can refuse it.
    StartsWithinTerm(NaiveDate),
    Withdrawn {
        reason: String,
    },
    /// The last day was this.
    TermOver(NaiveDate),
    AlreadySigned {
        by: String,
        at: NaiveDateTime,
    },
    /// What was on the page is another text than the one offered.
    OtherText,
    /// The text is not the one that was offered any more.
    TextChanged,
    /// The box "gelezen" is not ticked.
    NotRead,
    /// The box "bevoegd" is not ticked.
    NotAuthorised,
    PositionMissing,
    /// The day that stands on the paper is not told.
    DayMissing,
    ReasonMissing,
    /// A file is accepted with a reason of at least so many characters.
    ReasonTooShort(usize),
    /// It may be a citizen service number; that comes nowhere.
    HoldsBsn,
    /// Somebody was before him.
    ChangedMeanwhile {
        provider: String,
        by: String,
    },
}

/// "x" says nothing of what was looked at: so many letters and digits a reason to accept a file has at least.
pub const LEAST_REASON: usize = 25;

/// The verbs; each takes the state it found and gives the next, or refuses.
impl PartyState {
    /// What still waits for somebody.
    pub const OPEN: [PartyState; 3] = [PartyState::Offered, PartyState::Uploaded, PartyState::SignedByProvider];

    pub fn is_open(self) -> bool {
        PartyState::OPEN.contains(&self)
    }

    /// aangeboden → getekend_aanbieder: "provider_signatory, text hash unchanged".
    pub fn sign(self, by: Role) -> Result<PartyState, OfferRefusal> {
        self.when(self == PartyState::Offered, by, &[Role::ProviderSignatory], PartyState::SignedByProvider)
    }

    pub fn hand_in(self, by: Role) -> Result<PartyState, OfferRefusal> {
        self.when(self == PartyState::Offered, by, &[Role::ProviderSignatory], PartyState::Uploaded)
    }

    /// "Never silently trusted": the decision maker says what he looked at, and why the file will do.
    pub fn accept(self, by: Role, reason: &str) -> Result<PartyState, OfferRefusal> {
        let next = self.when(self == PartyState::Uploaded, by, &[Role::DecisionMaker], PartyState::SignedByProvider)?;
        let next = with_reason(next, reason)?;
        let letters = reason.chars().filter(|one| one.is_alphanumeric()).count();
        if letters < LEAST_REASON { Err(OfferRefusal::ReasonTooShort(LEAST_REASON)) } else { Ok(next) }
    }

    pub fn send_back(self, by: Role, reason: &str) -> Result<PartyState, OfferRefusal> {
        let next = self.when(self == PartyState::Uploaded, by, &[Role::DecisionMaker], PartyState::Offered)?;
        with_reason(next, reason)
    }

    /// getekend_aanbieder → getekend_gemeente: by the decision maker, and never before the provider.
    pub fn countersign(self, by: Role) -> Result<PartyState, OfferRefusal> {
        self.when(self == PartyState::SignedByProvider, by, &[Role::DecisionMaker], PartyState::Signed)
    }

    /// aangeboden → niet_aanvaard, with a reason; of a change it counts as notice.
    pub fn decline(self, by: Role, reason: &str) -> Result<PartyState, OfferRefusal> {
        let next = self.when(self == PartyState::Offered, by, &[Role::ProviderSignatory], PartyState::Declined)?;
        with_reason(next, reason)
    }

    /// The term is over. A first offer lapses; a change does what the setting says.
    pub fn lapse(self, by: Role, kind: PartyKind, silence: Silence) -> Result<PartyState, OfferRefusal> {
        let next = match (kind, silence) {
            (PartyKind::Change, Silence::NotAccepted) => PartyState::Declined,
            (PartyKind::First, _) | (PartyKind::Change, Silence::Lapses) => PartyState::Lapsed,
        };
        self.when(self == PartyState::Offered, by, &[Role::System], next)
    }

    /// What the provider signed here is not taken back any more.
    pub fn withdraw(self, by: Role, reason: &str) -> Result<PartyState, OfferRefusal> {
        let now = matches!(self, PartyState::Offered | PartyState::Uploaded);
        with_reason(self.when(now, by, &[Role::ContractManager], PartyState::Withdrawn)?, reason)
    }

    fn when(self, now: bool, by: Role, roles: &[Role], next: PartyState) -> Result<PartyState, OfferRefusal> {
        match (roles.contains(&by), now) {
            (false, _) => Err(OfferRefusal::NotYours),
            (true, false) => Err(OfferRefusal::NotNow(self)),
            (true, true) => Ok(next),
        }
    }
}

fn with_reason(next: PartyState, reason: &str) -> Result<PartyState, OfferRefusal> {
    if reason.trim().is_empty() { Err(OfferRefusal::ReasonMissing) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_signatory_signs_and_the_municipality_never_before_him() {
        for role in Role::ALL.iter().filter(|role| **role != Role::ProviderSignatory) {
            assert_eq!(PartyState::Offered.sign(*role), Err(OfferRefusal::NotYours), "{role}");
        }
        assert_eq!(PartyState::Offered.sign(Role::ProviderSignatory), Ok(PartyState::SignedByProvider));
        for state in PartyState::ALL.iter().filter(|state| **state != PartyState::SignedByProvider) {
            assert_eq!(state.countersign(Role::DecisionMaker), Err(OfferRefusal::NotNow(*state)));
        }
        assert_eq!(PartyState::SignedByProvider.countersign(Role::ContractManager), Err(OfferRefusal::NotYours));
    }

    #[test]
    fn what_is_not_answered_lapses_or_counts_as_not_accepted() {
        let after = |kind, silence| PartyState::Offered.lapse(Role::System, kind, silence).unwrap();
        assert_eq!(after(PartyKind::First, Silence::NotAccepted), PartyState::Lapsed);
        assert_eq!(after(PartyKind::Change, Silence::NotAccepted), PartyState::Declined);
        assert_eq!(after(PartyKind::Change, Silence::Lapses), PartyState::Lapsed);
        let signed = PartyState::SignedByProvider;
        assert!(signed.lapse(Role::System, PartyKind::First, Silence::Lapses).is_err());
    }

    #[test]
    fn what_was_signed_is_not_withdrawn_and_nothing_is_refused_without_a_reason() {
        let (manager, reason) = (Role::ContractManager, "Fout in artikel 3.");
        assert_eq!(PartyState::Offered.withdraw(manager, reason), Ok(PartyState::Withdrawn));
        let signed = PartyState::SignedByProvider;
        assert_eq!(signed.withdraw(manager, reason), Err(OfferRefusal::NotNow(signed)));
        assert_eq!(PartyState::Offered.withdraw(manager, " "), Err(OfferRefusal::ReasonMissing));
        assert_eq!(PartyState::Offered.decline(Role::ProviderSignatory, ""), Err(OfferRefusal::ReasonMissing));
        assert_eq!(PartyState::Uploaded.accept(Role::DecisionMaker, ""), Err(OfferRefusal::ReasonMissing));
    }
}
