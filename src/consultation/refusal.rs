//! Why something cannot be done at a table (weigering), and the words for it.

use chrono::NaiveDate;
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;

use super::{Caution, ProposalState};
use crate::agreement::text::TextRefusal;
use crate::agreement::text::store::Fault as TextFault;
use crate::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// Not in this role, or not his own.
    NotYours,
    /// He has no seat at this table.
    NotAtTable,
    NotNow(ProposalState),
    /// The term to react ended on this day.
    TooLate(NaiveDate),
    /// The version is not consulted about, or not any more.
    NotConsulted,
    /// The table has not begun, or is over.
    TableOver,
    ReasonMissing,
    WordsMissing,
    NothingChanges,
    /// It may be a citizen service number; that comes nowhere.
    HoldsBsn,
    AlreadySeated,
    /// It ends before it begins, or the table is over before it begins.
    WrongDays,
    /// Neither a place nor an address.
    NoPlace,
    NoAgenda,
    MeetingCalledOff,
    /// The meeting is yet to come.
    MeetingNotHeld,
    /// The meeting was held; it cannot move any more.
    MeetingWasHeld,
    MinutesEstablished,
    /// No established minutes of this meeting.
    MinutesMissing,
    /// What the chair was warned of and did not confirm.
    Unconfirmed(Vec<Caution>),
    /// Who made the proposal does not decide on it (vier ogen).
    OwnProposal,
    /// Nobody else chairs the table.
    LastChair,
    /// So many proposals to this version wait for a decision.
    StillOpen(usize),
    Text(TextRefusal),
    /// Somebody changed it meanwhile.
    ChangedMeanwhile(String),
}

/// Why nothing was done: the table says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(Refusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

impl From<TextFault> for Fault {
    fn from(fault: TextFault) -> Fault {
        match fault {
            TextFault::Trouble(cause) => Fault::Trouble(cause),
            TextFault::Refused(TextRefusal::NotFound) => Refusal::NotFound.into(),
            TextFault::Refused(TextRefusal::HoldsBsn) => Refusal::HoldsBsn.into(),
            TextFault::Refused(TextRefusal::ChangedMeanwhile { by, .. }) => Refusal::ChangedMeanwhile(by).into(),
            TextFault::Refused(refusal) => Refusal::Text(refusal).into(),
        }
    }
}

impl Refusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Refusal::NotFound => fl!(t, "consultation-refused-not-found"),
            Refusal::NotYours => fl!(t, "consultation-refused-role"),
            Refusal::NotAtTable => fl!(t, "consultation-refused-seat"),
            Refusal::NotNow(state) => fl!(t, "consultation-refused-state", state = state.in_words(lang)),
            Refusal::TooLate(due) => fl!(t, "consultation-refused-late", day = lang.day(*due)),
            Refusal::NotConsulted => fl!(t, "consultation-refused-version"),
            Refusal::TableOver => fl!(t, "consultation-refused-over"),
            Refusal::ReasonMissing => fl!(t, "consultation-refused-reason"),
            Refusal::WordsMissing => fl!(t, "consultation-refused-words"),
            Refusal::NothingChanges => fl!(t, "consultation-refused-same"),
            Refusal::HoldsBsn => fl!(t, "consultation-refused-bsn"),
            Refusal::AlreadySeated => fl!(t, "consultation-refused-seated"),
            Refusal::WrongDays => fl!(t, "consultation-refused-days"),
            Refusal::NoPlace => fl!(t, "consultation-refused-place"),
            Refusal::NoAgenda => fl!(t, "consultation-refused-agenda"),
            Refusal::MeetingCalledOff => fl!(t, "consultation-refused-called-off"),
            Refusal::MeetingNotHeld => fl!(t, "consultation-refused-not-held"),
            Refusal::MeetingWasHeld => fl!(t, "consultation-refused-held"),
            Refusal::MinutesEstablished => fl!(t, "consultation-refused-established"),
            Refusal::MinutesMissing => fl!(t, "consultation-refused-minutes"),
            Refusal::Unconfirmed(_) => fl!(t, "consultation-refused-unconfirmed"),
            Refusal::OwnProposal => fl!(t, "consultation-refused-own"),
            Refusal::LastChair => fl!(t, "consultation-refused-last-chair"),
            Refusal::StillOpen(count) => fl!(t, "consultation-refused-open", count = (*count)),
            Refusal::Text(refusal) => refusal.in_words(lang),
            Refusal::ChangedMeanwhile(by) => fl!(t, "consultation-refused-meanwhile", by = by.as_str()),
        }
    }
}
