//! The client (klant, cliënt): a person in a trajectory, known by the municipality's own number. No BSN stands here, and a
//! name only sealed (`names.rs`). What only the municipality knows of a client, outflow and placement, does.

pub mod names;
pub mod store;

use chrono::{NaiveDate, NaiveDateTime};

codes! {
    /// Why a benefit (uitkering) ended, as the municipality recorded it.
    pub enum BenefitEndReason {
        Work = "work",
        Study = "study",
        OwnFirm = "own_firm",
        Other = "other",
    }
}

codes! {
    /// How the municipality told something: on its own screen, or in its workbook.
    pub enum Channel {
        Screen = "screen",
        File = "file",
    }
}

/// Who told something of a client, when, in UTC, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub at: NaiveDateTime,
    pub by: String,
    pub channel: Channel,
}

/// Outflow (uitstroom): the benefit ended, on the municipality's own authority. It is the confirmation that
/// indicator 8 asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outflow {
    pub benefit_ended_on: NaiveDate,
    pub reason: BenefitEndReason,
}

/// Placement in sheltered work (beschut werk), confirmed or not, with the days of the waiting list that do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub confirmed: bool,
    pub waiting_list_days: u32,
}

/// A contact person of the municipality (contactpersoon gemeente), known to providers by e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MunicipalContact {
    /// In lower case.
    pub email: String,
    pub name: String,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
}
