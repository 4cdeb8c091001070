//! The municipality's own register (stamgegevens): its providers, agreements, products, tariffs and contact persons, and
//! the VOG register (VOG-register), as somebody of the municipality keeps them in a workbook. These are the parsed rows.

mod checks;
pub mod intake;
mod read;
mod remark;
mod sheets;
pub mod vog_intake;

use chrono::NaiveDate;

pub use self::read::{Reading, read_register, read_vogs, register_template, vog_template, write_register, write_vogs};
pub use self::remark::{Fault, Problem, Warning};
use crate::ids::Kvk;
use crate::money::Cents;
use crate::procedure::product::Unit;
use crate::statement::StaffLine;

/// Any sheet may be left out: what a register does not name stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    pub providers: Vec<ProviderLine>,
    pub products: Vec<ProductLine>,
    pub tariffs: Vec<TariffLine>,
    pub agreements: Vec<AgreementLine>,
    pub contacts: Vec<ContactLine>,
}

/// Sheet `Aanbieders`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLine {
    pub row: u32,
    pub kvk: Kvk,
    pub name: String,
    /// The municipality's own number for it; a new provider without one gets the next that is free.
    pub number: Option<u32>,
    /// The last day of the complaints procedure (klachtenregeling).
    pub procedure_valid_until: Option<NaiveDate>,
    /// A confidential adviser (vertrouwenspersoon) is named.
    pub adviser_named: Option<bool>,
}

/// Sheet `Producten`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductLine {
    pub row: u32,
    pub code: String,
    pub name_nl: String,
    pub name_en: String,
    pub unit: Unit,
}

/// Sheet `Tarieven`: one row per product and per day on which a price begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffLine {
    pub row: u32,
    pub product: String,
    /// Without VAT.
    pub amount: Cents,
    pub valid_from: NaiveDate,
    /// The last day; none until the next price of the product begins.
    pub valid_until: Option<NaiveDate>,
}

/// Sheet `Overeenkomsten`: a provider acceded to a version of the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    pub row: u32,
    pub number: String,
    pub version: u32,
    pub kvk: Kvk,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
    /// Codes of products, each once.
    pub products: Vec<String>,
}

/// Sheet `Contactpersonen`: who at the municipality deals with providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactLine {
    pub row: u32,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
}

/// Sheet `VOG-register`: one row per VOG, with the provider the professional works for. Of a VOG only its date, its kind
/// and its codes are kept, and the day on which it was seen: no file, no birth date, no number of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredLine {
    pub kvk: Kvk,
    pub staff: StaffLine,
}
