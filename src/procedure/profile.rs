//! Client profiles (cliëntprofielen): a scheme groups clients by what they need, and a municipality uses one scheme.

use serde::{Deserialize, Serialize};

use super::{Origin, Validity};
use crate::text::Bilingual;

/// A set of profiles that belong together (profielindeling).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileScheme {
    pub code: String,
    pub name: Bilingual,
    /// Where it comes from.
    pub municipalities: Vec<Origin>,
    pub valid: Validity,
    /// The scheme a new installation uses; the others are examples.
    #[serde(default)]
    pub active: bool,
    pub source: Bilingual,
    pub axis: Axis,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<Bilingual>,
    /// A grouping the same source uses beside its profiles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Group>,
    pub profiles: Vec<ClientProfile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instruments: Vec<Instrument>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Bilingual>,
    /// What to know before using it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<Bilingual>,
}

impl ProfileScheme {
    /// The profiles that may be given to a client.
    pub fn selectable(&self) -> impl Iterator<Item = &ClientProfile> {
        self.profiles.iter().filter(|profile| profile.selectable)
    }
}

codes! {
    /// What a scheme orders clients by.
    pub enum Axis {
        DistanceToWork = "distance_to_work",
        SelfReliance = "self_reliance",
        /// Loonwaarde, in percents of the minimum wage (WML)
        WageValue = "wage_value_pct_wml",
        /// Verdienvermogen, in percents of the minimum wage (WML)
        EarningCapacity = "earning_capacity_pct_wml",
        TimeToMarket = "time_to_market",
        PaidWork = "paid_work_yes_no",
        SupportNeed = "support_need",
        WillingAndAble = "willing_and_able",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientProfile {
    pub code: String,
    pub name: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<Bilingual>,
    /// False: documentation only, never a label on a person.
    #[serde(default = "yes")]
    pub selectable: bool,
    /// The municipality puts its effort here first.
    #[serde(default)]
    pub focus: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Steps of the participation ladder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ladder: Vec<u8>,
    /// Percents of the minimum wage, where the scheme's axis is a wage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pct_wml: Option<PctRange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Bilingual>,
    /// Done by the municipality itself, by either, or bought in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<Bilingual>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_or_bought: Vec<Bilingual>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bought: Vec<Bilingual>,
    /// Where a client with this profile is helped, or from which money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconsider_after_months: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_size: Option<GroupSize>,
    /// How many people the source counted; left out below five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Group>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

fn yes() -> bool {
    true
}

/// How long a trajectory with this profile takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_months: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_months: Option<u32>,
    /// The day the term starts to run; missing where the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<TermStart>,
    /// What stops the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<TermPause>,
}

codes! {
    pub enum TermStart {
        /// Aanmelding
        Referral = "referral",
        /// Indicatie beschut werk
        Indication = "indication",
    }
}

codes! {
    pub enum TermPause {
        WaitingList = "waiting_list",
    }
}

/// From this percentage, below that; open at the top when `below` is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PctRange {
    pub from: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<u32>,
}

/// Clients together in one group, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSize {
    pub from: u32,
    pub to: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub months: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Bilingual>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub code: String,
    pub name: Bilingual,
}

/// A means of help that a scheme's source names (instrument).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    pub name: Bilingual,
    pub max_months: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}
