//! What the counter says about a statement: faults that send a row back, and warnings that ask to look again.

use i18n_embed_fl::fl;

use crate::quarter::Quarter;
use crate::sheet::{self, Remark, Wording};
use crate::text::Lang;

pub type Fault = Remark<Problem>;
pub type Warning = Remark<Concern>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The cell itself cannot be read.
    Cell(sheet::Problem),
    HeadMissing,
    HeadTwice,
    NilWithLines {
        lines: usize,
    },
    NothingStated,
    NothingInFile,
    Duplicate {
        row: u32,
    },
    UntilBeforeFrom,
    /// The row leans on one that was refused: `of` is the number of the dossier or the line.
    RestsOnRefused {
        of: String,
    },
    OtherProvider {
        expected: String,
    },
    OtherQuarter {
        expected: String,
    },
    /// The quarter is not over yet, or there was no agreement in it.
    QuarterNotOpen,
    QuarterClosed,
    /// None of the sheets is one of ours.
    NoKnownSheet {
        known: String,
    },
    /// A nil return in the place of a statement with so many cost lines.
    NilOverFilled {
        lines: usize,
    },
    /// No cost lines in the place of so many.
    CostsDropped {
        lines: usize,
    },
    UnknownCase,
    UnknownProfile,
    UnknownContact,
    ContactNotActive {
        day: String,
    },
    ProductNotAgreed,
    NoTariff {
        day: String,
    },
    OtherUnit {
        units: String,
    },
    OtherTariff {
        tariff: String,
        day: String,
    },
    /// Actual cost above what may be charged of it.
    AboveCap {
        tariff: String,
        day: String,
    },
    NegativeTariff,
    /// Another provider delivers the product alone.
    ReservedProduct,
    /// More for one trajectory than the catalogue allows.
    MoreThanMost {
        charged: String,
        most: String,
    },
    /// More than was paid in advance.
    MoreThanPrepaid {
        charged: String,
        bought: String,
    },
    NoAgreement,
    OutsideAgreement {
        period: String,
    },
    BeforeTrajectory {
        start: String,
    },
    AfterTrajectory {
        end: String,
    },
    MoreThanApproved {
        charged: String,
        approved: String,
    },
    ChargedTwice {
        line: String,
        stands: Stands,
    },
    MonthTwice {
        line: String,
        stands: Stands,
    },
    OtherAmount {
        amount: String,
    },
    NegativeWithoutLine,
    CorrectsNothing,
    UnknownVogCode,
    /// In the municipality's own file, as the two below: this row and another cannot both be true.
    Contradicts {
        row: u32,
    },
    UnknownClient,
    /// Nobody has this case, or more than one provider has.
    UnclearCase,
    UnknownProvider,
}

/// Where another line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    InRow(u32),
    /// In the statement about an earlier quarter.
    In(Quarter),
}

impl Stands {
    fn words(self, lang: Lang) -> String {
        match self {
            Stands::InRow(row) => fl!(lang.texts(), "statement-in-row", row = row.to_string()),
            Stands::In(quarter) => fl!(lang.texts(), "statement-in-quarter", quarter = quarter.to_string()),
        }
    }
}

impl From<sheet::Problem> for Problem {
    fn from(problem: sheet::Problem) -> Problem {
        Problem::Cell(problem)
    }
}

impl Wording for Problem {
    fn wording(&self, lang: Lang) -> String {
        let texts = lang.texts();
        match self {
            Problem::Cell(problem) => problem.wording(lang),
            Problem::HeadMissing => fl!(texts, "statement-head-missing"),
            Problem::HeadTwice => fl!(texts, "statement-head-twice"),
            Problem::NilWithLines { lines } => fl!(texts, "statement-nil-with-lines", lines = lines.to_string()),
            Problem::NothingStated => fl!(texts, "statement-nothing-stated"),
            Problem::NothingInFile => fl!(texts, "statement-nothing-in-file"),
            Problem::Duplicate { row } => fl!(texts, "statement-duplicate", row = row.to_string()),
            Problem::UntilBeforeFrom => fl!(texts, "statement-until-before-from"),
            Problem::RestsOnRefused { of } => fl!(texts, "statement-rests-on-refused", of = of.as_str()),
            Problem::OtherProvider { expected } => {
                fl!(texts, "statement-other-provider", expected = expected.as_str())
            }
            Problem::OtherQuarter { expected } => fl!(texts, "statement-other-quarter", expected = expected.as_str()),
            Problem::QuarterNotOpen => fl!(texts, "statement-quarter-not-open"),
            Problem::QuarterClosed => fl!(texts, "statement-quarter-closed"),
            Problem::NoKnownSheet { known } => fl!(texts, "statement-no-known-sheet", known = known.as_str()),
            Problem::NilOverFilled { lines } => fl!(texts, "statement-nil-over-filled", lines = lines.to_string()),
            Problem::CostsDropped { lines } => fl!(texts, "statement-costs-dropped", lines = lines.to_string()),
            Problem::UnknownCase => fl!(texts, "statement-unknown-case"),
            Problem::UnknownProfile => fl!(texts, "statement-unknown-profile"),
            Problem::UnknownContact => fl!(texts, "statement-unknown-contact"),
            Problem::ContactNotActive { day } => fl!(texts, "statement-contact-not-active", day = day.as_str()),
            Problem::ProductNotAgreed => fl!(texts, "statement-product-not-agreed"),
            Problem::NoTariff { day } => fl!(texts, "statement-no-tariff", day = day.as_str()),
            Problem::OtherUnit { units } => fl!(texts, "statement-other-unit", units = units.as_str()),
            Problem::OtherTariff { tariff, day } => {
                fl!(texts, "statement-other-tariff", tariff = tariff.as_str(), day = day.as_str())
            }
            Problem::AboveCap { tariff, day } => {
                fl!(texts, "catalogue-check-above-cap", tariff = tariff.as_str(), day = day.as_str())
            }
            Problem::ReservedProduct => fl!(texts, "catalogue-check-reserved"),
            Problem::MoreThanMost { charged, most } => {
                fl!(texts, "catalogue-check-most", charged = charged.as_str(), most = most.as_str())
            }
            Problem::MoreThanPrepaid { charged, bought } => {
                fl!(texts, "catalogue-check-prepaid", charged = charged.as_str(), bought = bought.as_str())
            }
            Problem::NegativeTariff => fl!(texts, "statement-negative-tariff"),
            Problem::NoAgreement => fl!(texts, "statement-no-agreement"),
            Problem::OutsideAgreement { period } => fl!(texts, "statement-outside-agreement", period = period.as_str()),
            Problem::BeforeTrajectory { start } => fl!(texts, "statement-before-trajectory", start = start.as_str()),
            Problem::AfterTrajectory { end } => fl!(texts, "statement-after-trajectory", end = end.as_str()),
            Problem::MoreThanApproved { charged, approved } => {
                fl!(texts, "statement-more-than-approved", charged = charged.as_str(), approved = approved.as_str())
            }
            Problem::ChargedTwice { line, stands } => {
                fl!(texts, "statement-charged-twice", line = line.as_str(), place = stands.words(lang))
            }
            Problem::MonthTwice { line, stands } => {
                fl!(texts, "statement-month-twice", line = line.as_str(), place = stands.words(lang))
            }
            Problem::OtherAmount { amount } => fl!(texts, "statement-other-amount", amount = amount.as_str()),
            Problem::NegativeWithoutLine => fl!(texts, "statement-negative-without-line"),
            Problem::CorrectsNothing => fl!(texts, "statement-corrects-nothing"),
            Problem::UnknownVogCode => fl!(texts, "statement-unknown-vog-code"),
            Problem::Contradicts { row } => fl!(texts, "statement-contradicts", row = row.to_string()),
            Problem::UnknownClient => fl!(texts, "statement-stranger-client"),
            Problem::UnclearCase => fl!(texts, "statement-stranger-case"),
            Problem::UnknownProvider => fl!(texts, "statement-stranger-provider"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// About a sheet, a column or a file as such.
    Sheet(sheet::Concern),
    /// This day lies before the one of the column `than`.
    EarlierThan {
        than: &'static str,
    },
    /// A day of something that has been done, after the quarter.
    AfterQuarter,
    /// The end is filled in without its reason, or the other way round: `other` is the empty column.
    Incomplete {
        other: &'static str,
    },
    OtherThanInRow {
        row: u32,
    },
    SameAsRow {
        row: u32,
    },
    SameAmount {
        row: u32,
    },
    OutsideQuarter,
    PositiveCorrection,
    CorrectsMore,
    CorrectsOther,
    FarFromLastYear {
        last_year: String,
        percentage: u32,
    },
    /// More trajectories at the same time than there are places.
    OverPlaces {
        taken: usize,
        places: u32,
    },
    /// More in the year than was agreed for all together.
    OverYear {
        delivered: String,
        yearly: String,
    },
}

impl From<sheet::Concern> for Concern {
    fn from(concern: sheet::Concern) -> Concern {
        Concern::Sheet(concern)
    }
}

impl Wording for Concern {
    fn wording(&self, lang: Lang) -> String {
        let texts = lang.texts();
        match self {
            Concern::Sheet(concern) => concern.wording(lang),
            Concern::EarlierThan { than } => fl!(texts, "statement-earlier-than", than = than.to_string()),
            Concern::AfterQuarter => fl!(texts, "statement-after-quarter"),
            Concern::Incomplete { other } => fl!(texts, "statement-incomplete", other = other.to_string()),
            Concern::OtherThanInRow { row } => fl!(texts, "statement-other-than-in-row", row = row.to_string()),
            Concern::SameAsRow { row } => fl!(texts, "statement-same-as-row", row = row.to_string()),
            Concern::SameAmount { row } => fl!(texts, "statement-same-amount", row = row.to_string()),
            Concern::OutsideQuarter => fl!(texts, "statement-outside-quarter"),
            Concern::PositiveCorrection => fl!(texts, "statement-positive-correction"),
            Concern::CorrectsMore => fl!(texts, "statement-corrects-more"),
            Concern::CorrectsOther => fl!(texts, "statement-corrects-other"),
            Concern::OverPlaces { taken, places } => {
                fl!(texts, "catalogue-check-places", taken = taken.to_string(), places = places.to_string())
            }
            Concern::OverYear { delivered, yearly } => {
                fl!(texts, "catalogue-check-year", delivered = delivered.as_str(), yearly = yearly.as_str())
            }
            Concern::FarFromLastYear { last_year, percentage } => {
                fl!(
                    texts,
                    "statement-far-from-last-year",
                    last_year = last_year.as_str(),
                    percentage = percentage.to_string()
                )
            }
        }
    }
}
