//! The terms of a procedure (termijnen), with the days on which they hold: a municipality may set its own.

use serde::{Deserialize, Serialize};

use super::Validity;
use super::defaults::defaults;
use crate::term::{TermEnd, TermRule, TermUnit};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub valid: Validity,
    /// Is the application complete?
    pub completeness: TermRule,
    /// Supplement or repair (aanvulling, herstel).
    pub supplement: TermRule,
    /// Judging the criteria, from the day on which the application is complete.
    pub assessment: TermRule,
    /// To start a kort geding after a refusal (rechtsbescherming).
    pub legal_protection: TermRule,
    /// To object under the Awb (bezwaar).
    pub objection: TermRule,
    /// The municipality answers a complaint.
    pub complaint_answer: TermRule,
    /// How long the applicant is bound to its application (gestanddoening).
    pub bound: TermRule,
    /// To sign what was offered.
    pub signing: TermRule,
    /// To sign again when what came back could not be used: "3 weeks for a clean copy".
    #[serde(default = "three_weeks")]
    pub clean_copy: TermRule,
    /// What a change becomes of which a provider says nothing within its term.
    #[serde(default = "not_accepted")]
    pub silence: Silence,
    /// The notice of who does not accept a change that is forced: "3 months' notice for either side".
    #[serde(default = "three_months")]
    pub forced_notice_months: u32,
    /// To react to a text that is put before the table (consultatie).
    #[serde(default = "two_weeks")]
    pub consultation: TermRule,
    /// The shortest term that a consultation can have.
    #[serde(default = "five_working_days")]
    pub consultation_least: TermRule,
    /// To react to the provisional result of a quarter (hoor en wederhoor).
    #[serde(default = "two_weeks")]
    pub hearing: TermRule,
    /// A contact person looks at the cost lines of his clients: "Contactpersonen bevestigen hun regels in 10 dagen."
    #[serde(default = "ten_days")]
    pub confirmation: TermRule,
    /// To show what is asked before the start, once somebody is admitted.
    #[serde(default = "four_weeks")]
    pub before_start: TermRule,
    /// To replace evidence that expired.
    pub evidence_repair: TermRule,
    /// So many days before a supplement is due its reminder goes out.
    pub remind_days: u32,
    /// So many days before evidence expires its successor is asked, the most first.
    pub evidence_days: Vec<u32>,
    /// After so many months without a client a provider is told so.
    #[serde(default = "no_clients_months")]
    pub no_clients_months: u32,
    /// After so many it is called a sleeping one, and its agreement may end: "No delivery in 12 months."
    #[serde(default = "sleeping_months")]
    pub sleeping_months: u32,
    /// When so much of a budget is spent, in percent, finance is told: "alarm at 70%".
    #[serde(default = "seventy")]
    pub budget_alarm_percent: u32,
    /// Who has a role with a provider, or had one in so many months, has no say about it at the municipality.
    #[serde(default = "two_years")]
    pub own_interest_months: u32,
    /// How long after his last sign somebody is shown as at work on a criterion.
    pub claim_minutes: u32,
    /// Of an agreement that runs. Terms that were set before there were any have those of a new installation.
    #[serde(default)]
    pub life: LifeTerms,
}

/// The terms of an agreement (looptijd): notice, client stop, extension and hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeTerms {
    /// The provider gives notice (opzegtermijn).
    pub notice_provider: TermRule,
    /// The municipality gives notice because of insufficient use.
    pub notice_unused: TermRule,
    /// Either side gives notice when a new law changes the text and they do not agree on it.
    pub notice_forced: TermRule,
    /// The provider asks for a client stop at least so long ahead.
    pub stop_ahead: TermRule,
    /// The provider stops with one client at least so long ahead.
    pub delivery_stop: TermRule,
    /// To give one's views on an intention (zienswijze).
    pub views: TermRule,
    /// The provider hears of an extension at least so long before the end.
    pub extension_months: u32,
    /// Clients as satisfied as this, in tenths, keep an agreement alive without use.
    pub satisfied_tenths: u32,
}

impl Default for LifeTerms {
    fn default() -> LifeTerms {
        defaults().terms.life.clone()
    }
}

// A municipality that was set up earlier has terms of its own without these.

fn no_clients_months() -> u32 {
    9
}

fn sleeping_months() -> u32 {
    12
}

codes! {
    /// What it means that a provider says nothing about a change of the agreement (zwijgen).
    pub enum Silence {
        /// It does not accept it, and that counts as notice.
        NotAccepted = "not_accepted",
        /// The offer lapses, and nothing else follows from it.
        Lapses = "lapses",
    }
}

/// Terms that were stored before anything could be signed know nothing of it.
fn three_weeks() -> TermRule {
    TermRule { count: 3, unit: TermUnit::Weeks, end: TermEnd::NextWorkingDay }
}

fn not_accepted() -> Silence {
    Silence::NotAccepted
}

fn three_months() -> u32 {
    3
}

/// Terms that were stored before there was a table know nothing of it.
fn two_weeks() -> TermRule {
    TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay }
}

/// Of terms that were stored before contact persons were asked.
fn ten_days() -> TermRule {
    TermRule { count: 10, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay }
}

/// Of terms that were stored before a consultation had a least one.
fn five_working_days() -> TermRule {
    TermRule { count: 5, unit: TermUnit::WorkingDays, end: TermEnd::NextWorkingDay }
}

/// Of terms that were kept before this one was among them.
fn four_weeks() -> TermRule {
    TermRule { count: 28, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay }
}

fn seventy() -> u32 {
    70
}

fn two_years() -> u32 {
    24
}
