//! The states of an agreement (getekend, actief, cliëntenstop, opgezegd, beëindigd, ontbonden) and the verbs between them,
//! as the status model lays them down. A verb takes the state it found and gives the next one, or refuses.
//!
//! "Verlengd" is a step and no state: an agreement that was extended is active. "Vervangen" is how a version stands
//! (`VersionStanding`). Two steps stand here that the model does not draw: who is under a client stop can leave, for a
//! stop takes nobody's right away; and what turns out in the months of a notice can still be a ground to dissolve.

use chrono::NaiveDate;

use crate::actor::Role;
use crate::term::Term;

codes! {
    /// Where an agreement stands; the Dutch word of the status model behind each.
    pub enum LifeState {
        /// getekend_gemeente: both signed, and it begins on a later day.
        Signed = "signed",
        /// actief
        Active = "active",
        /// clientenstop
        ClientStop = "client_stop",
        /// opgezegd
        Notice = "notice",
        /// beeindigd
        Ended = "ended",
        /// ontbonden
        Dissolved = "dissolved",
    }
}

codes! {
    /// What is done to an agreement.
    pub enum LifeVerb {
        /// Both signed, or it was brought in from elsewhere.
        Accede = "accede",
        /// Brought up to date from elsewhere.
        Revise = "revise",
        /// Its first day has come.
        Begin = "begin",
        /// A newer version takes the place of the one before (vervangen).
        Replace = "replace",
        /// A client stop by the municipality, at once.
        StopClients = "stop_clients",
        /// The provider asks for a client stop.
        AskStop = "ask_stop",
        /// The municipality agrees with it, in writing.
        AgreeStop = "agree_stop",
        RefuseStop = "refuse_stop",
        /// New clients can come again.
        LiftStop = "lift_stop",
        /// The provider gives notice.
        GiveNotice = "give_notice",
        /// The municipality gives notice.
        Terminate = "terminate",
        /// The intention to dissolve (voornemen).
        Intend = "intend",
        /// What the provider says to it (zienswijze).
        StateViews = "state_views",
        /// The intention is given up.
        DropIntention = "drop_intention",
        Dissolve = "dissolve",
        /// Without hearing first.
        DissolveAtOnce = "dissolve_at_once",
        /// "Stop of delivery to one client by the provider" (row 25).
        StopDelivery = "stop_delivery",
        /// An indexation was established (row 17).
        NewTariffs = "new_tariffs",
        /// "tell the provider ≥ 6 months before the end"
        Warn = "warn",
        Extend = "extend",
        /// Its last day is over and its clients were handed over.
        End = "end",
    }
}

/// Why something cannot be done to an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LifeRefusal {
    NotFound,
    /// Not in this role.
    NotYours,
    /// Not in this state.
    NotNow(LifeState),
    ReasonMissing,
    /// No ground of the closed list was chosen.
    GroundMissing,
    /// A decision takes somebody with an account.
    NoAccount,
    /// Who wrote the intention does not decide on it (vier ogen).
    FourEyes,
    /// It is asked for too late: this is the first day that can be.
    StopTooSoon(NaiveDate),
    /// It takes so long: this is the first last day that can be.
    DeliveryTooSoon(NaiveDate),
    /// No client with this case number is with the provider.
    NoSuchCase,
    StopAlreadyAsked,
    /// Nobody asked for a client stop.
    NoStopAsked,
    IntentionOpen,
    NoIntention,
    /// The provider can still give its views, until this day.
    ViewsRun(NaiveDate),
    /// The term to give views was over on this day.
    ViewsOver(NaiveDate),
    /// There were clients since: this was the last day.
    WasUsed(Option<NaiveDate>),
    /// Scarce or unique, or its clients are satisfied: nobody said that it is not.
    Spared,
    /// It has no last day.
    NoEnd,
    /// The new last day is not later than the one that stands.
    NotLater(NaiveDate),
    /// The last day is not over.
    DayNotReached(NaiveDate),
    /// So many clients are not handed over.
    ClientsLeft(usize),
    /// Of these clients stands neither where they went nor why that is still open.
    Unexplained(Vec<String>),
    NoSuchLine,
    /// To whom, and on which day; both or neither.
    HalfSettled,
    /// Not a day that has been.
    InTheFuture(NaiveDate),
    ListClosed,
    NoList,
    /// Not in the trade register.
    NotRegistered,
    /// A name, a KvK number or a product is missing.
    Incomplete,
    EndBeforeBeginning,
    /// It may be a citizen service number; that comes nowhere.
    HoldsBsn,
    /// Somebody changed it meanwhile.
    ChangedMeanwhile {
        by: String,
    },
}

/// How far the hearing is, when it is decided to dissolve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    pub views: Term,
    /// The provider said what it had to say.
    pub stated: bool,
    /// Who wrote the intention.
    pub intended_by: Option<i64>,
}

impl LifeState {
    /// Clients can be with the provider under it.
    pub fn runs(self) -> bool {
        matches!(self, LifeState::Active | LifeState::ClientStop | LifeState::Notice)
    }

    /// "at once on clear signs of fraud, bad quality or unsafety", with a reason.
    pub fn stop_clients(self, by: Role, reason: &str) -> Result<LifeState, LifeRefusal> {
        with_reason(self.next(LifeVerb::StopClients, by)?, reason)
    }

    /// "by provider: 14 days ahead and written consent": `earliest` is the first day that is far enough ahead.
    pub fn ask_stop(self, by: Role, reason: &str, first: NaiveDate, earliest: NaiveDate) -> Result<(), LifeRefusal> {
        self.next(LifeVerb::AskStop, by)?;
        with_reason(self, reason)?;
        if first < earliest { Err(LifeRefusal::StopTooSoon(earliest)) } else { Ok(()) }
    }

    /// "1 month notice": `earliest` is the first day that is far enough ahead.
    pub fn stop_delivery(
        self,
        by: Role,
        reason: &str,
        last: NaiveDate,
        earliest: NaiveDate,
    ) -> Result<(), LifeRefusal> {
        self.next(LifeVerb::StopDelivery, by)?;
        with_reason(self, reason)?;
        if last < earliest { Err(LifeRefusal::DeliveryTooSoon(earliest)) } else { Ok(()) }
    }

    pub fn agree_stop(self, by: Role, asked: Option<NaiveDate>) -> Result<(LifeState, NaiveDate), LifeRefusal> {
        let next = self.next(LifeVerb::AgreeStop, by)?;
        asked.map(|first| (next, first)).ok_or(LifeRefusal::NoStopAsked)
    }

    pub fn refuse_stop(self, by: Role, asked: Option<NaiveDate>, reason: &str) -> Result<LifeState, LifeRefusal> {
        let next = self.next(LifeVerb::RefuseStop, by)?;
        asked.ok_or(LifeRefusal::NoStopAsked)?;
        with_reason(next, reason)
    }

    pub fn lift_stop(self, by: Role, reason: &str) -> Result<LifeState, LifeRefusal> {
        with_reason(self.next(LifeVerb::LiftStop, by)?, reason)
    }

    pub fn give_notice(self, by: Role) -> Result<LifeState, LifeRefusal> {
        self.next(LifeVerb::GiveNotice, by)
    }

    pub fn terminate(self, by: Role, account: Option<i64>, reason: &str) -> Result<LifeState, LifeRefusal> {
        let next = with_reason(self.next(LifeVerb::Terminate, by)?, reason)?;
        account.map(|_| next).ok_or(LifeRefusal::NoAccount)
    }

    pub fn intend(self, by: Role, account: Option<i64>, open: bool, reason: &str) -> Result<LifeState, LifeRefusal> {
        let next = with_reason(self.next(LifeVerb::Intend, by)?, reason)?;
        match (account, open) {
            (None, _) => Err(LifeRefusal::NoAccount),
            (_, true) => Err(LifeRefusal::IntentionOpen),
            (Some(_), false) => Ok(next),
        }
    }

    pub fn state_views(self, by: Role, term: Option<Term>, today: NaiveDate, words: &str) -> Result<(), LifeRefusal> {
        self.next(LifeVerb::StateViews, by)?;
        let term = term.ok_or(LifeRefusal::NoIntention)?;
        if term.is_over(today) {
            return Err(LifeRefusal::ViewsOver(term.due));
        }
        with_reason(self, words).map(drop)
    }

    pub fn drop_intention(self, by: Role, open: bool, reason: &str) -> Result<LifeState, LifeRefusal> {
        let next = self.next(LifeVerb::DropIntention, by)?;
        if open { with_reason(next, reason) } else { Err(LifeRefusal::NoIntention) }
    }

    /// "heard first": after the views, or after the term for them; by somebody else than who wrote the intention.
    pub fn dissolve(
        self,
        by: Role,
        account: Option<i64>,
        heard: Option<Heard>,
        today: NaiveDate,
        reason: &str,
    ) -> Result<LifeState, LifeRefusal> {
        let next = with_reason(self.next(LifeVerb::Dissolve, by)?, reason)?;
        let account = account.ok_or(LifeRefusal::NoAccount)?;
        let heard = heard.ok_or(LifeRefusal::NoIntention)?;
        match () {
            () if heard.intended_by == Some(account) => Err(LifeRefusal::FourEyes),
            () if !heard.stated && !heard.views.is_over(today) => Err(LifeRefusal::ViewsRun(heard.views.due)),
            () => Ok(next),
        }
    }

    /// "unless urgent", with a reason.
    pub fn dissolve_at_once(self, by: Role, account: Option<i64>, reason: &str) -> Result<LifeState, LifeRefusal> {
        let next = with_reason(self.next(LifeVerb::DissolveAtOnce, by)?, reason)?;
        account.map(|_| next).ok_or(LifeRefusal::NoAccount)
    }

    pub fn extend(
        self,
        by: Role,
        account: Option<i64>,
        ends_on: Option<NaiveDate>,
        until: NaiveDate,
    ) -> Result<LifeState, LifeRefusal> {
        let next = self.next(LifeVerb::Extend, by)?;
        account.ok_or(LifeRefusal::NoAccount)?;
        match ends_on {
            None => Err(LifeRefusal::NoEnd),
            Some(last) if until <= last => Err(LifeRefusal::NotLater(last)),
            Some(_) => Ok(next),
        }
    }

    /// "end date; client transfer list done": `left` are the clients who are not handed over.
    pub fn end(
        self,
        by: Role,
        ends_on: Option<NaiveDate>,
        today: NaiveDate,
        left: usize,
    ) -> Result<LifeState, LifeRefusal> {
        let next = self.next(LifeVerb::End, by)?;
        match ends_on {
            None => Err(LifeRefusal::NoEnd),
            Some(last) if today <= last => Err(LifeRefusal::DayNotReached(last)),
            Some(_) if left > 0 => Err(LifeRefusal::ClientsLeft(left)),
            Some(_) => Ok(next),
        }
    }

    /// The state after the verb, when this role may and it is the moment; a role that never may is told so first.
    pub fn next(self, verb: LifeVerb, by: Role) -> Result<LifeState, LifeRefusal> {
        if !verb.roles().contains(&by) {
            return Err(LifeRefusal::NotYours);
        }
        verb.leads(self).ok_or(LifeRefusal::NotNow(self))
    }
}

impl LifeVerb {
    /// Who may, as far as the role tells.
    pub fn roles(self) -> &'static [Role] {
        use Role::*;
        match self {
            LifeVerb::Accede
            | LifeVerb::Revise
            | LifeVerb::Begin
            | LifeVerb::Replace
            | LifeVerb::Warn
            | LifeVerb::End => &[System],
            LifeVerb::StopClients | LifeVerb::AgreeStop | LifeVerb::RefuseStop | LifeVerb::LiftStop => {
                &[ContractManager]
            }
            LifeVerb::AskStop | LifeVerb::StateViews | LifeVerb::StopDelivery => &[ProviderAdmin, ProviderSignatory],
            LifeVerb::GiveNotice => &[ProviderSignatory],
            LifeVerb::Intend => &[ContractManager, DecisionMaker],
            LifeVerb::Terminate
            | LifeVerb::DropIntention
            | LifeVerb::Dissolve
            | LifeVerb::DissolveAtOnce
            | LifeVerb::NewTariffs
            | LifeVerb::Extend => &[DecisionMaker],
        }
    }

    /// The state the verb leads to from this one; none where it cannot be done.
    pub fn leads(self, from: LifeState) -> Option<LifeState> {
        use LifeState::*;
        Some(match (self, from) {
            (LifeVerb::Begin, Signed) => Active,
            (LifeVerb::StopClients | LifeVerb::AgreeStop, Active) => ClientStop,
            (LifeVerb::AskStop | LifeVerb::RefuseStop | LifeVerb::Extend | LifeVerb::Warn, Active) => Active,
            (LifeVerb::LiftStop, ClientStop) => Active,
            (LifeVerb::GiveNotice | LifeVerb::Terminate, Active | ClientStop) => Notice,
            (LifeVerb::Intend | LifeVerb::StateViews | LifeVerb::DropIntention, from) if from.runs() => from,
            (LifeVerb::Dissolve | LifeVerb::DissolveAtOnce, from) if from.runs() => Dissolved,
            (LifeVerb::End, from) if from.runs() => Ended,
            (LifeVerb::StopDelivery, from) if from.runs() => from,
            (LifeVerb::Replace | LifeVerb::NewTariffs, from) if from.runs() || from == Signed => from,
            _ => return None,
        })
    }
}

fn with_reason(next: LifeState, reason: &str) -> Result<LifeState, LifeRefusal> {
    if reason.trim().is_empty() { Err(LifeRefusal::ReasonMissing) } else { Ok(next) }
}

#[cfg(test)]
mod tests;
