//! How the kinds of tables, seats, proposals, reactions, decisions and messages are said to people (woorden).

use i18n_embed_fl::fl;

use super::telling::MessageKind;
use super::{Caution, Outcome, ProposalKind, ProposalState, SeatRole, Stance, TableKind};
use crate::text::Lang;

impl TableKind {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            TableKind::Consultation => fl!(t, "consultation-kind-consultation"),
            TableKind::Advisory => fl!(t, "consultation-kind-advisory"),
            TableKind::Digital => fl!(t, "consultation-kind-digital"),
        }
    }
}

impl SeatRole {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            SeatRole::Chair => fl!(t, "consultation-role-chair"),
            SeatRole::Municipality => fl!(t, "consultation-role-municipality"),
            SeatRole::Provider => fl!(t, "consultation-role-provider"),
            SeatRole::ClientRepresentative => fl!(t, "consultation-role-client"),
        }
    }
}

impl ProposalKind {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ProposalKind::Change => fl!(t, "consultation-proposal-change"),
            ProposalKind::Add => fl!(t, "consultation-proposal-add"),
            ProposalKind::Drop => fl!(t, "consultation-proposal-drop"),
        }
    }
}

impl ProposalState {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            ProposalState::Open => fl!(t, "consultation-state-open"),
            ProposalState::Withdrawn => fl!(t, "consultation-state-withdrawn"),
            ProposalState::Adopted => fl!(t, "consultation-outcome-adopted"),
            ProposalState::Amended => fl!(t, "consultation-outcome-amended"),
            ProposalState::Rejected => fl!(t, "consultation-outcome-rejected"),
            ProposalState::CarriedOver => fl!(t, "consultation-outcome-carried-over"),
        }
    }
}

impl Outcome {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Outcome::Adopted => fl!(t, "consultation-outcome-adopted"),
            Outcome::Amended => fl!(t, "consultation-outcome-amended"),
            Outcome::Rejected => fl!(t, "consultation-outcome-rejected"),
            Outcome::CarriedOver => fl!(t, "consultation-outcome-carried-over"),
        }
    }
}

impl Caution {
    /// As a warning before the decision.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Caution::ReactionsRun => fl!(t, "consultation-caution-reactions"),
            Caution::MeetingBeforeTerm => fl!(t, "consultation-caution-term"),
            Caution::MeetingBeforeProposal => fl!(t, "consultation-caution-proposal"),
        }
    }

    /// As a line of the decision afterwards.
    pub fn noted(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Caution::ReactionsRun => fl!(t, "consultation-despite-reactions"),
            Caution::MeetingBeforeTerm => fl!(t, "consultation-despite-term"),
            Caution::MeetingBeforeProposal => fl!(t, "consultation-despite-proposal"),
        }
    }
}

impl Stance {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Stance::Agree => fl!(t, "consultation-stance-agree"),
            Stance::Objection => fl!(t, "consultation-stance-objection"),
            Stance::Remark => fl!(t, "consultation-stance-remark"),
        }
    }
}

impl MessageKind {
    /// What was told, in a line: "Besluit 3".
    pub fn in_words(self, lang: Lang, number: Option<i32>) -> String {
        let (t, number) = (lang.texts(), number.unwrap_or(0));
        match self {
            MessageKind::Invitation => fl!(t, "consultation-told-invitation", number = number),
            MessageKind::Moved => fl!(t, "consultation-told-moved", number = number),
            MessageKind::CalledOff => fl!(t, "consultation-told-called-off", number = number),
            MessageKind::Minutes => fl!(t, "consultation-told-minutes", number = number),
            MessageKind::Proposal => fl!(t, "consultation-told-proposal", number = number),
            MessageKind::Withdrawn => fl!(t, "consultation-told-withdrawn", number = number),
            MessageKind::Decision => fl!(t, "consultation-told-decision", number = number),
            MessageKind::Established => fl!(t, "consultation-told-established", number = number),
            MessageKind::Announcement => fl!(t, "consultation-told-announcement"),
            MessageKind::Answer => fl!(t, "consultation-told-answer"),
            MessageKind::Reminder => fl!(t, "consultation-told-reminder", number = number),
        }
    }
}
