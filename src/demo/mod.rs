//! The invented municipality (voorbeeldgemeente): everything of Noordermeer as plain data, so that a newcomer sees
//! the product work. Nobody and nothing here exists. The same quarter and seed always give the same municipality.
//!
//! What a provider would state stands in its [`Delivery`]s; what only the municipality knows, in [`MunicipalFacts`].
//! Loading goes through the same import as anyone's and is not done here.

pub mod letters;
pub mod load;
pub mod table;
mod agreements;
mod applying;
mod catalogue;
mod confirming;
mod consulting;
mod costs;
mod days;
mod domains;
mod entry;
mod file;
mod firms;
mod founding;
mod habits;
mod handing_in;
mod hearing;
mod invent;
mod known;
mod life;
mod lives;
mod money;
mod municipal;
mod offers;
mod people;
mod planning;
mod random;
mod remarks;
mod signing;
mod slips;
mod staffing;
mod terms;

#[cfg(test)]
mod guarantee;
#[cfg(test)]
mod plausible;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::client::{Outflow, Placement};
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::statement::Statement;
use crate::trajectory::ExclusionCode;

/// The number of Stichting Werkpad Noord, the provider that the demonstration signs in as.
pub const SHOWN: u32 = 1042;

pub use applying::APPLICANT;
pub use invent::{SETTLED_AFTER_DAYS, invent, settled_quarter};

/// The whole municipality with its eight quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    pub name: &'static str,
    /// The domain of its invented e-mail addresses.
    pub domain: &'static str,
    pub procedure: Procedure,
    pub benefit_files: BenefitFiles,
    /// Oldest first; the last is the quarter that was asked for.
    pub quarters: Vec<Quarter>,
    pub users: Vec<User>,
    pub contacts: Vec<Contact>,
    pub products: Vec<Product>,
    pub providers: Vec<Provider>,
    pub surveys: Vec<Survey>,
    /// One for every quarter, in the same order.
    pub municipal_facts: Vec<MunicipalFacts>,
}

/// The procedure under which all agreements were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub name_nl: &'static str,
    pub name_en: &'static str,
    pub active_from: NaiveDate,
}

/// People with a benefit (uitkeringsdossiers); only part of them is in a trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BenefitFiles {
    pub participatiewet: u32,
    pub ioaw_ioaz: u32,
}

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Only for the users of a provider.
    pub provider: Option<Kvk>,
}

codes! {
    pub enum Role {
        ContractManager = "contract_manager",
        Assessor = "assessor",
        DecisionMaker = "decision_maker",
        Viewer = "viewer",
        FunctionalAdmin = "functional_admin",
        ContactPerson = "contact_person",
        Finance = "finance",
        Provider = "provider",
    }
}

/// A municipal contact person (contactpersoon gemeente): the activation coach or consultant of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub email: String,
    pub name: String,
    /// Dutch: `activeringscoach` or `consulent`.
    pub position: &'static str,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
}

/// A product of the catalogue (productenboek).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub code: &'static str,
    pub name_nl: &'static str,
    pub name_en: &'static str,
    /// Codes of the client profiles it is meant for.
    pub profiles: &'static [&'static str],
    /// What a quantity counts: `hour`, `month`, `trajectory`, `report` …
    pub unit: &'static str,
    /// The same in Dutch, as it stands in the statements: `uur`, `maand` …
    pub unit_nl: &'static str,
    pub pricing: Pricing,
    /// At most this much per trajectory.
    pub max_quantity: Hundredths,
    /// Oldest first, without gaps: a new one every January.
    pub tariffs: Vec<Tariff>,
}

codes! {
    /// How a product is paid.
    pub enum Pricing {
        /// Hours as delivered, or so much for every calendar month in which it runs.
        PerUnit = "per_unit",
        /// Once, for the whole trajectory.
        FixedPerTrajectory = "fixed_per_trajectory",
        /// 40% at the approved plan, 40% half-way, 20% at the end.
        Instalments = "instalments",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub amount: Cents,
}

/// A provider with its agreement and everything it handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub kvk: Kvk,
    pub name: &'static str,
    /// Dutch: `stichting`, `B.V.`, `eenmanszaak` …
    pub legal_form: &'static str,
    pub place: &'static str,
    /// The number this municipality gave it (aanbiedersnummer).
    pub number: u32,
    pub agreement: Agreement,
    /// Codes of the products it offers.
    pub products: Vec<&'static str>,
    pub complaints: ComplaintsArrangement,
    /// One for every quarter in which its agreement was active for at least a day, oldest first.
    pub quarters: Vec<ProviderQuarter>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// As in `2026-014`.
    pub number: String,
    pub version: u32,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
}

/// What indicator 7 asks of every provider: a complaints procedure and a confidential adviser (vertrouwenspersoon).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintsArrangement {
    pub procedure_valid_until: Option<NaiveDate>,
    pub adviser: Option<&'static str>,
}

/// One quarter of one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderQuarter {
    pub quarter: Quarter,
    /// In the order of receipt. A delivery with spoilings is refused as a whole; the next one repairs it. Empty when
    /// nothing was handed in.
    pub deliveries: Vec<Delivery>,
    /// Missing while nobody has looked at the costs.
    pub judgement: Option<CostJudgement>,
    pub remarks: Vec<Remark>,
    pub actions: Vec<Action>,
    /// Missing while the assessment is provisional.
    pub finalised: Option<Finalised>,
}

/// One file as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Dutch local time.
    pub received: NaiveDateTime,
    /// The e-mail address of the user who handed it in.
    pub by: String,
    pub statement: Statement,
    /// The column clientnaam, by client number. It is kept sealed, and in no workbook of ours.
    pub client_names: BTreeMap<String, String>,
    pub spoilings: Vec<Spoiling>,
}

/// A cell that was deliberately filled in wrong, so that the file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoiling {
    /// As in quarter-statement.md: `Trajecten`, `plan_akkoord_op`.
    pub sheet: &'static str,
    pub column: &'static str,
    /// The row of the spreadsheet, the heading being row 1.
    pub row: u32,
    /// Written as text in that cell.
    pub written: &'static str,
}

/// The judgement of the contract manager on the cost statement (indicator 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostJudgement {
    pub on: NaiveDate,
    /// The first statement that was accepted was complete.
    pub complete: bool,
    pub returned_on: Option<NaiveDate>,
    pub repaired_on: Option<NaiveDate>,
    /// Dutch; empty when complete.
    pub reason: &'static str,
}

/// A line of reason at one finding, and what the provider answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// 1 to 10.
    pub indicator: u8,
    pub on: NaiveDate,
    /// The e-mail address of the contract manager.
    pub by: String,
    /// Dutch.
    pub reason: &'static str,
    pub reaction: Option<Reaction>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub on: NaiveDate,
    pub by: String,
    /// Dutch.
    pub text: &'static str,
}

/// An open action (openstaande actie).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub indicator: u8,
    /// Dutch.
    pub text: &'static str,
    /// The name of a person.
    pub owner: String,
    pub due_on: NaiveDate,
}

/// The assessment was set final (vastgesteld).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finalised {
    pub on: NaiveDate,
    pub by: String,
}

/// A client survey (cliëntenonderzoek) held by the municipality among all providers of that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub reference: String,
    pub due_on: NaiveDate,
    pub participants: Vec<SurveyParticipant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyParticipant {
    pub kvk: Kvk,
    pub had_active_clients: bool,
    pub cooperated_on: Option<NaiveDate>,
}

/// What the municipality recorded in one quarter (until it judged that quarter) and no provider can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MunicipalFacts {
    pub quarter: Quarter,
    pub outflow: Vec<ClientOutflow>,
    pub placements: Vec<ClientPlacement>,
    pub exclusions: Vec<Exclusion>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOutflow {
    pub client_ref: String,
    pub outflow: Outflow,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPlacement {
    pub client_ref: String,
    pub placement: Placement,
}

/// A case that may leave the count of an indicator, and what the contract manager decided on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    pub kvk: Kvk,
    pub case_ref: String,
    /// None means every indicator.
    pub indicator: Option<u8>,
    pub code: ExclusionCode,
    pub accepted: bool,
    /// Dutch: why the provider asked for it, or why it was refused.
    pub reason: &'static str,
    pub decided_on: NaiveDate,
}
