//! Mail (post): what the house tells people outside it. A mail is written into the outbox in the transaction of the act
//! it tells of ([`store::post`]); a worker sends it later. Rules: nothing about a person in it but the name of who gets
//! it, no client, no amount, only a link to a page behind sign-in; what is formal is kept as a message in the portal.

pub mod inbox;
pub mod letter;
pub mod look;
pub mod queue;
pub mod sending;
pub mod store;
pub mod text;
pub mod versions;
pub mod worker;

use chrono::{NaiveDateTime, TimeDelta};

use crate::actor::{Actor, Role};
use crate::text::Lang;

codes! {
    /// What a mail is about; its texts stand in `defaults/mails.yaml` under the same code.
    pub enum MailKind {
        /// Asked for by whoever looks after the mail, to see that it works.
        Test = "E00",
        AccountInvited = "E01",
        ApplicationReceived = "E02",
        NewApplication = "E03",
        SupplementAsked = "E04",
        /// Three days before the last day.
        SupplementReminder = "E05",
        NotTreatedFurther = "E06",
        Admitted = "E07",
        NotAdmitted = "E08",
        AgreementReadyToSign = "E09",
        AgreementSigned = "E10",
        NewVersionAfterConsultation = "E11",
        /// 60, 30 and 7 days before.
        EvidenceExpires = "E12",
        EvidenceExpired = "E13",
        VogToCheck = "E14",
        StatementOpen = "E15",
        /// Seven days before the last day.
        StatementReminder = "E16",
        StatementLate = "E17",
        StatementReturned = "E18",
        StatementAccepted = "E19",
        LinesToConfirm = "E20",
        ProvisionalResult = "E21",
        ReportFinal = "E22",
        ImprovementPlanAsked = "E23",
        MeasureIntended = "E24",
        ComplaintReported = "E25",
        AgreementEndsOrIsExtended = "E26",
        ConsultationInvitation = "E27",
        NoticeReceived = "E28",
        ApplicationWithdrawn = "E29",
        NoClientsForLong = "E30",
        DestructionList = "E31",
        NewDevice = "E32",
        PasswordReset = "E33",
        SupplementReceived = "E34",
        /// E13, in words for the municipality.
        EvidenceOfProviderExpired = "E35",
        /// E30, in words for the municipality.
        ProviderWithoutClients = "E36",
        /// An announcement, a proposal, a decision, minutes: to all at the table at the same moment.
        ConsultationNews = "E37",
        /// Three days before the last day to react.
        ConsultationReminder = "E38",
        /// The one-time code of a signatory without an app.
        SigningCode = "E41",
        /// The signatory's own proof, before the municipality signs.
        SignedByProvider = "E42",
        OfferWithdrawn = "E43",
        SignedFileSentBack = "E44",
        /// What is asked before the start, after an admission.
        BeforeStart = "E50",
        /// A term ends on another day, because of an outage.
        TermMoved = "E51",
        /// A procedure is paused, goes on, is closed or has ended.
        ProcedureMoved = "E52",
        /// Beside E26 to E30: a client stop, and what else is decided about an agreement.
        AgreementDecided = "E40",
        /// What a provider sent in about its agreement has arrived.
        AgreementMessageReceived = "E45",
        /// A provider stops with one client, in words for the municipality.
        DeliveryStops = "E46",
        /// E26, in words for the municipality.
        AgreementOfProviderEnds = "E47",
        /// What a provider said of a provisional quarter has arrived.
        ReactionReceived = "E60",
        /// The municipality answered a reaction.
        ReactionAnswered = "E61",
        /// The term to react to a provisional quarter runs.
        ReactionReminder = "E62",
        /// So much of a budget is spent, for finance: once a year for each source.
        BudgetAlarm = "E63",
    }
}

codes! {
    /// How far a mail is.
    pub enum MailState {
        /// To be sent, or to be tried again.
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server refused it for good (5xx), or its address is none.
        Bounced = "bounced",
        /// Three days long the mail server did not take it.
        GivenUp = "given_up",
    }
}

/// Who gets a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub language: Lang,
}

/// A mail to be posted.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    pub municipality_id: i64,
    pub kind: MailKind,
    pub to: Address<'a>,
    /// What the text fills in, in the language of the recipient: the placeholders that `defaults/mails.yaml` lists for
    /// this kind, without `naam`, `gemeente` and `systeem`, which the house knows; and [`LINK`].
    pub values: &'a [(&'static str, String)],
    /// The provider in whose portal a formal mail is kept.
    pub provider_id: Option<i64>,
}

/// The name of the value with the page the mail leads to, as a path within the house: `/aanbieders/1042`.
pub const LINK: &str = "link";

/// "at most 3 days"
pub const PATIENCE: TimeDelta = TimeDelta::days(3);

/// When to try again after so many attempts: 1, 5 and 30 minutes, 2 hours, and from then on every 6 hours. None when
/// that is later than anybody waits.
pub fn next_attempt(now: NaiveDateTime, attempts: i64, patience_until: NaiveDateTime) -> Option<NaiveDateTime> {
    let pause = match attempts {
        ..=1 => TimeDelta::minutes(1),
        2 => TimeDelta::minutes(5),
        3 => TimeDelta::minutes(30),
        4 => TimeDelta::hours(2),
        _ => TimeDelta::hours(6),
    };
    Some(now + pause).filter(|next| *next <= patience_until)
}

/// Who sees how the mail does, and its texts.
pub fn may_look(actor: &Actor) -> bool {
    matches!(actor.role(), Role::ContractManager | Role::FunctionalAdmin)
}

/// Who sends again, asks for a test mail and writes texts.
pub fn may_manage(actor: &Actor) -> bool {
    actor.role() == Role::FunctionalAdmin
}

/// A text that stands on one line: in a subject, or in a header, where a line break would begin another header.
pub fn on_one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_until_patience_is_over() {
        let posted: NaiveDateTime = "2026-11-02T09:00:00".parse().unwrap();
        let (mut now, mut pauses) = (posted, Vec::new());
        while let Some(next) = next_attempt(now, pauses.len() as i64 + 1, posted + PATIENCE) {
            pauses.push((next - now).num_minutes());
            now = next;
        }
        assert_eq!(pauses[..6], [1, 5, 30, 120, 360, 360]);
        assert!(now <= posted + PATIENCE && now > posted + PATIENCE - TimeDelta::hours(6), "{now}");
    }

    #[test]
    fn a_line_break_does_not_get_into_a_header() {
        assert_eq!(on_one_line("Kim\r\nBcc: ander@voorbeeld.example\u{85}\0"), "Kim Bcc: ander@voorbeeld.example");
    }
}
