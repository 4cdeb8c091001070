//! The states of an application (status aanmelding) and the verbs between them, as the status model lays them down.
//! A verb takes the state it found and gives the next one, or refuses; there is no other way from state to state.

use chrono::NaiveDate;

use super::{Channel, Missing, Refusal};
use crate::actor::Role;
use crate::term::Term;

codes! {
    /// Where an application stands; the Dutch word of the status model behind each.
    pub enum ApplicationState {
        /// concept
        Draft = "draft",
        /// ingediend
        Submitted = "submitted",
        /// in_toetsing
        UnderReview = "under_review",
        /// aanvulling_gevraagd
        SupplementAsked = "supplement_asked",
        /// advies_gereed
        Advised = "advised",
        /// toegelaten
        Admitted = "admitted",
        /// afgewezen
        Refused = "refused",
        /// afwijzing_definitief
        RefusalFinal = "refusal_final",
        /// kort_geding
        InCourt = "in_court",
        /// buiten_behandeling
        SetAside = "set_aside",
        /// ingetrokken
        Withdrawn = "withdrawn",
        /// vervallen
        Lapsed = "lapsed",
    }
}

codes! {
    /// What is done to an application.
    pub enum Verb {
        /// Begun, as a draft.
        Start = "start",
        /// Handed in (indienen).
        Submit = "submit",
        /// Taken up for review (in toetsing nemen).
        TakeUp = "take_up",
        AskSupplement = "ask_supplement",
        HandInSupplement = "hand_in_supplement",
        /// Not treated further (buiten behandeling stellen).
        SetAside = "set_aside",
        Advise = "advise",
        /// Back to the assessor with a question.
        SendBack = "send_back",
        Admit = "admit",
        Refuse = "refuse",
        /// The term of legal protection is over: the refusal is final.
        CloseRefusal = "close_refusal",
        /// A kort geding is noted; the term stops.
        NoteCase = "note_case",
        /// The judgment: to be reviewed again.
        Reopen = "reopen",
        /// The judgment: the refusal stands.
        LoseCase = "lose_case",
        Withdraw = "withdraw",
        /// Not signed in time (vervallen).
        Lapse = "lapse",
    }
}

impl ApplicationState {
    /// The applicant still has it in hand, or the municipality at work: nothing is decided.
    pub fn is_under_way(self) -> bool {
        use ApplicationState::*;
        matches!(self, Draft | Submitted | UnderReview | SupplementAsked | Advised)
    }

    /// Who ended here may apply again (opnieuw aanmelden).
    pub fn may_apply_again(self) -> bool {
        use ApplicationState::*;
        matches!(self, Refused | RefusalFinal | SetAside | Withdrawn | Lapsed)
    }

    pub fn submit(self, by: Role, channel: Channel, missing: Vec<Missing>) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::Submit, by)?;
        if by == Role::ContractManager && channel != Channel::Paper {
            return Err(Refusal::NotYours);
        }
        if missing.is_empty() { Ok(next) } else { Err(Refusal::Incomplete(missing)) }
    }

    pub fn take_up(self, by: Role) -> Result<ApplicationState, Refusal> {
        self.next(Verb::TakeUp, by)
    }

    /// "List of missing parts": at least one, each with words.
    pub fn ask_supplement(self, by: Role, words: &[&str]) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::AskSupplement, by)?;
        if words.is_empty() {
            return Err(Refusal::NothingAsked);
        }
        if words.iter().any(|words| words.trim().is_empty()) {
            return Err(Refusal::ReasonMissing);
        }
        Ok(next)
    }

    /// "Before deadline; only the asked parts open": `missing` is what of the asked parts is not there.
    pub fn hand_in_supplement(
        self,
        by: Role,
        channel: Channel,
        term: Option<&Term>,
        today: NaiveDate,
        missing: Vec<Missing>,
    ) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::HandInSupplement, by)?;
        if by == Role::ContractManager && channel != Channel::Paper {
            return Err(Refusal::NotYours);
        }
        if let Some(term) = term.filter(|term| term.is_over(today)) {
            return Err(Refusal::TermOver(term.due));
        }
        if missing.is_empty() { Ok(next) } else { Err(Refusal::Incomplete(missing)) }
    }

    /// "Deadline passed, never automatic".
    pub fn set_aside(self, by: Role, term: Option<&Term>, today: NaiveDate) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::SetAside, by)?;
        match term {
            Some(term) if !term.is_over(today) => Err(Refusal::TermRuns(term.due)),
            _ => Ok(next),
        }
    }

    /// "Each criterion has a result and, if not met, a reason": `unjudged` are the codes without a result.
    pub fn advise(self, by: Role, account: Option<i64>, unjudged: Vec<String>) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::Advise, by)?;
        if account.is_none() {
            return Err(Refusal::NoAccount);
        }
        if unjudged.is_empty() { Ok(next) } else { Err(Refusal::Unjudged(unjudged)) }
    }

    pub fn send_back(self, by: Role, question: &str) -> Result<ApplicationState, Refusal> {
        with_reason(self.next(Verb::SendBack, by)?, question)
    }

    /// "All knock-outs voldoet or nvt", by somebody who neither advised nor judged: `not_met` are the codes that stand in the way.
    pub fn admit(
        self,
        by: Role,
        account: Option<i64>,
        eyes: &Eyes,
        not_met: Vec<String>,
    ) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::Admit, by)?;
        eyes.may_decide(account)?;
        if not_met.is_empty() { Ok(next) } else { Err(Refusal::NotAllMet(not_met)) }
    }

    pub fn refuse(
        self,
        by: Role,
        account: Option<i64>,
        eyes: &Eyes,
        reason: &str,
    ) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::Refuse, by)?;
        eyes.may_decide(account)?;
        with_reason(next, reason)
    }

    /// "Term over and no case noted": a case that was noted is another state.
    pub fn close_refusal(self, by: Role, term: Option<&Term>, today: NaiveDate) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::CloseRefusal, by)?;
        match term {
            Some(term) if !term.is_over(today) => Err(Refusal::TermRuns(term.due)),
            _ => Ok(next),
        }
    }

    pub fn note_case(self, by: Role, case: &str) -> Result<ApplicationState, Refusal> {
        with_reason(self.next(Verb::NoteCase, by)?, case)
    }

    pub fn reopen(self, by: Role, judgment: &str) -> Result<ApplicationState, Refusal> {
        with_reason(self.next(Verb::Reopen, by)?, judgment)
    }

    pub fn lose_case(self, by: Role, judgment: &str) -> Result<ApplicationState, Refusal> {
        with_reason(self.next(Verb::LoseCase, by)?, judgment)
    }

    /// By the applicant's administrator, as long as nothing is decided; and by the municipality what it is still entering
    /// from paper.
    pub fn withdraw(self, by: Role, channel: Channel) -> Result<ApplicationState, Refusal> {
        let next = self.next(Verb::Withdraw, by)?;
        let enters = channel == Channel::Paper && self == ApplicationState::Draft;
        if by == Role::ContractManager && !enters { Err(Refusal::NotYours) } else { Ok(next) }
    }

    pub fn lapse(self, by: Role, reason: &str) -> Result<ApplicationState, Refusal> {
        with_reason(self.next(Verb::Lapse, by)?, reason)
    }

    /// The state after the verb, when this role may and it is the moment; a role that never may is told so first.
    fn next(self, verb: Verb, by: Role) -> Result<ApplicationState, Refusal> {
        if !verb.roles().contains(&by) {
            return Err(Refusal::NotYours);
        }
        verb.leads(self).ok_or(Refusal::NotNow(self))
    }
}

impl Verb {
    /// Who may, as far as the role tells; `submit` and `withdraw` ask for the channel too, a decision for the account.
    pub fn roles(self) -> &'static [Role] {
        use Role::*;
        match self {
            Verb::Start => &[ProviderUser, ProviderAdmin, ProviderSignatory, ContractManager],
            Verb::Submit => &[ProviderSignatory, ProviderAdmin, ContractManager],
            Verb::HandInSupplement => &[ProviderUser, ProviderAdmin, ProviderSignatory, ContractManager],
            Verb::TakeUp | Verb::AskSupplement | Verb::Advise => &[Assessor],
            Verb::SendBack | Verb::Admit | Verb::Refuse => &[DecisionMaker],
            Verb::SetAside | Verb::NoteCase | Verb::Reopen | Verb::LoseCase | Verb::Lapse => &[ContractManager],
            Verb::CloseRefusal => &[System],
            Verb::Withdraw => &[ProviderAdmin, ContractManager],
        }
    }

    /// The state the verb leads to from this one; none where it cannot be done.
    pub fn leads(self, from: ApplicationState) -> Option<ApplicationState> {
        use ApplicationState::*;
        Some(match (self, from) {
            (Verb::Submit, Draft) => Submitted,
            (Verb::TakeUp, Submitted) => UnderReview,
            (Verb::AskSupplement, UnderReview) => SupplementAsked,
            (Verb::HandInSupplement, SupplementAsked) => UnderReview,
            (Verb::SetAside, SupplementAsked) => SetAside,
            (Verb::Advise, UnderReview) => Advised,
            (Verb::SendBack, Advised) => UnderReview,
            (Verb::Admit, Advised) => Admitted,
            (Verb::Refuse, Advised) => Refused,
            (Verb::CloseRefusal, Refused) => RefusalFinal,
            (Verb::NoteCase, Refused) => InCourt,
            (Verb::Reopen, InCourt) => UnderReview,
            (Verb::LoseCase, InCourt) => RefusalFinal,
            (Verb::Withdraw, from) if from.is_under_way() => Withdrawn,
            (Verb::Lapse, Admitted) => Lapsed,
            _ => return None,
        })
    }
}

/// Who looked at an application before it is decided (eerste paar ogen), by their accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Eyes {
    pub advisers: Vec<i64>,
    /// Who gave a verdict on any of its criteria, in whatever role.
    pub judges: Vec<i64>,
}

impl Eyes {
    /// Four eyes (vier ogen): who advised or judged does not decide, and all are known by their account.
    pub fn may_decide(&self, account: Option<i64>) -> Result<(), Refusal> {
        match account {
            None => Err(Refusal::NoAccount),
            Some(account) if self.advisers.contains(&account) => Err(Refusal::OwnAdvice),
            Some(account) if self.judges.contains(&account) => Err(Refusal::OwnVerdict),
            Some(_) => Ok(()),
        }
    }
}

fn with_reason(next: ApplicationState, reason: &str) -> Result<ApplicationState, Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(next) }
}

#[cfg(test)]
mod tests;
