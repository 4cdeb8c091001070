//! What is said about a register that comes in (fouten en waarschuwingen): where it stands, and what is expected.

use i18n_embed_fl::fl;

use crate::sheet::{self, Remark, Wording};
use crate::text::Lang;

pub type Fault = Remark<Problem>;
pub type Warning = Remark<sheet::Concern>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The cell itself cannot be read.
    Cell(sheet::Problem),
    NothingInFile,
    /// The same provider, agreement, product, price, contact person or VOG stands in another row.
    Duplicate {
        row: u32,
    },
    /// The same professional, told otherwise in another row.
    OtherThanInRow {
        row: u32,
    },
    EndsBeforeItBegins,
    NegativeTariff,
    /// Another provider has this number.
    NumberTaken {
        name: String,
    },
    /// The provider is known by another number, which stands in addresses of pages and in reports.
    OtherNumber {
        number: String,
    },
    /// Other municipalities know the provider too, by this name.
    OtherName {
        name: String,
    },
    UnknownProvider,
    UnknownProduct {
        code: String,
    },
    NoProducts,
    /// Charged before by another unit.
    UnitInUse {
        unit: String,
    },
    /// Another provider holds this agreement.
    OtherHolder {
        name: String,
    },
    /// Two prices of one product on one day; the other holds in this period.
    TariffsOverlap {
        period: String,
    },
    UnknownVogCode {
        code: String,
    },
}

impl From<sheet::Problem> for Problem {
    fn from(problem: sheet::Problem) -> Problem {
        Problem::Cell(problem)
    }
}

impl Wording for Problem {
    fn wording(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Problem::Cell(problem) => problem.wording(lang),
            Problem::NothingInFile => fl!(t, "register-nothing-in-file"),
            Problem::Duplicate { row } => fl!(t, "register-duplicate", row = row.to_string()),
            Problem::OtherThanInRow { row } => fl!(t, "register-other-than-in-row", row = row.to_string()),
            Problem::EndsBeforeItBegins => fl!(t, "register-ends-before-it-begins"),
            Problem::NegativeTariff => fl!(t, "register-negative-tariff"),
            Problem::NumberTaken { name } => fl!(t, "register-number-taken", name = name.as_str()),
            Problem::OtherNumber { number } => fl!(t, "register-other-number", number = number.as_str()),
            Problem::OtherName { name } => fl!(t, "register-other-name", name = name.as_str()),
            Problem::UnknownProvider => fl!(t, "register-unknown-provider"),
            Problem::UnknownProduct { code } => fl!(t, "register-unknown-product", code = code.as_str()),
            Problem::NoProducts => fl!(t, "register-no-products"),
            Problem::UnitInUse { unit } => fl!(t, "register-unit-in-use", unit = unit.as_str()),
            Problem::OtherHolder { name } => fl!(t, "register-other-holder", name = name.as_str()),
            Problem::TariffsOverlap { period } => fl!(t, "register-tariffs-overlap", period = period.as_str()),
            Problem::UnknownVogCode { code } => fl!(t, "register-unknown-vog-code", code = code.as_str()),
        }
    }
}
