//! The quarter report (kwartaalrapport) of one provider: what it is made of.
//!
//! `Material` is gathered from the frozen assessment and carried here whole; the press looks nothing up. It holds
//! no client names and no case references, and nothing in it compares this provider with another.

mod annex;
mod around;
mod compose;
mod indicators;
mod sample;
mod section;
mod sides;

use chrono::{DateTime, FixedOffset, NaiveDate};
use i18n_embed_fl::fl;

use crate::assessment::RemarkKind;
use crate::ids::Kvk;
use crate::indicator::{Label, Verdict};
use crate::money::Cents;
use crate::quarter::Quarter;
use crate::text::Lang;
use crate::written::share_in_tenths;

pub use compose::quarter_report;
pub use sample::Sample;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub municipality: String,
    pub provider: String,
    pub kvk: Kvk,
    /// None when no agreement held on any day of the quarter.
    pub agreement: Option<AgreementLine>,
    pub quarter: Quarter,
    /// The date of the decision when final (vastgesteld); none while provisional (voorlopig).
    pub final_on: Option<NaiveDate>,
    /// 1 for the first assessment of this quarter, 2 for the one that supersedes it, and so on.
    pub version: u32,
    pub made_on: DateTime<FixedOffset>,
    /// The final version that this one takes the place of, with the reason.
    pub replaces: Option<(u32, String)>,
    /// When the quarter was put before the provider (hoor en wederhoor), oldest first.
    pub hearings: Vec<HearingLine>,
    /// The address of the same report as a web page.
    pub html_url: String,
    pub statement: StatementLine,
    /// The ten, in the order of their numbers.
    pub indicators: Vec<IndicatorLine>,
    pub duties: Vec<DutyLine>,
    /// How many cases left the count, per code.
    pub exclusions: Vec<CountLine>,
    pub costs: Costs,
    /// What expires within 90 days of the last day of the quarter, soonest first.
    pub expiring: Vec<ExpiryLine>,
    pub vogs: VogCounts,
    /// Complaints received in the quarter, per category.
    pub complaints: Vec<CountLine>,
    /// Open actions and measures of improvement plans, soonest first.
    pub actions: Vec<ActionLine>,
    /// Every setting the findings were made with.
    pub settings: Vec<SettingLine>,
    pub engine_version: String,
    /// SHA-256 of the frozen assessment in hexadecimal; none while nothing is frozen.
    pub sha256: Option<String>,
    pub coverage: Coverage,
}

/// What of the report stands under its SHA-256, and of which day the rest is (stand op).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// All of it: the quarter was set final.
    Whole,
    /// What is about the quarter itself; not what was said, nor the figures of other quarters.
    Quarter { rest_as_of: NaiveDate },
    /// Facts and findings only: it was judged before the rest was frozen with them.
    Findings { rest_as_of: NaiveDate },
}

/// A text that is data: it was written in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    pub nl: String,
    pub en: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    pub name: String,
    pub version: u32,
}

/// Whether and when the provider handed in its statement (kwartaalopgave).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementLine {
    pub due_on: NaiveDate,
    pub received_on: Option<NaiveDate>,
}

/// So many out of so many (teller en noemer).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub numerator: u32,
    pub denominator: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorLine {
    /// 1 to 10.
    pub number: u8,
    pub name: Words,
    /// What is counted, for the annex.
    pub definition: Words,
    /// The verdict rests on this one: excluded cases left out.
    pub net: Share,
    /// Exclusion codes ignored.
    pub strict: Share,
    /// In whole percents; none means monitored.
    pub target_pct: Option<u32>,
    /// What the system computed.
    pub proposed: Verdict,
    /// What was set final; none while provisional.
    pub decided: Option<Verdict>,
    /// What a person decided in the place of what was computed.
    pub instead: Option<InsteadLine>,
    pub label: Option<Label>,
    /// The last four quarters together, this one included.
    pub rolling: Share,
    /// The last quarters one by one, oldest first, this one included; eight at most.
    pub trend: Vec<(Quarter, Share)>,
    /// What both sides said, oldest first.
    pub said: Vec<SaidLine>,
}

/// A verdict of a person, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsteadLine {
    pub verdict: Verdict,
    pub reason: String,
    pub by: String,
    pub on: NaiveDate,
}

/// A reason, a reaction or an answer, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidLine {
    pub kind: RemarkKind,
    pub text: String,
    pub by: String,
    pub on: NaiveDate,
    /// The names of the files that were shown with it.
    pub evidence: Vec<String>,
}

/// One time that the quarter was put before the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingLine {
    pub version: u32,
    pub on: NaiveDate,
    pub by: String,
    pub until: NaiveDate,
    /// When and by whom it was said that there are no (further) remarks.
    pub done: Option<(NaiveDate, String)>,
}

/// A duty shown beside the indicators, without a verdict: `1b`, `6b`, `6c`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    pub key: String,
    pub name: Words,
    pub share: Share,
}

/// A code or category with its meaning and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountLine {
    pub code: String,
    pub meaning: Words,
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs {
    pub products: Vec<ProductCosts>,
    /// Totals per month up to the last of this quarter, oldest first, for the drawing; twelve at most. The day is
    /// the first of the month.
    pub months: Vec<(NaiveDate, Cents)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCosts {
    pub name: Words,
    /// One for each month of the quarter.
    pub months: [Cents; 3],
    pub previous_quarter: Cents,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiryLine {
    pub what: Words,
    pub on: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VogCounts {
    /// Professionals who work with clients.
    pub persons: u32,
    /// Of these, with a valid VOG on the last day of the quarter.
    pub valid: u32,
    /// Of these, to be renewed within 90 days.
    pub to_renew: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    pub what: String,
    pub owner: String,
    pub due_on: NaiveDate,
}

/// A setting as it was used, and what a new installation uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingLine {
    pub key: String,
    pub meaning: Words,
    pub used: Words,
    pub default: Words,
}

impl Material {
    /// The name of this report in the archive: the same provider, quarter and version give the same name.
    pub fn id(&self) -> String {
        format!("kwartaalrapport-{}-{}-{}", self.kvk, self.quarter, self.version)
    }
}

impl Share {
    /// Nothing fell within the quarter: there is nothing to divide, and nothing to decide.
    pub fn without_cases(self) -> bool {
        self.denominator == 0
    }

    /// `97,1%`, and a dash without cases.
    pub fn percentage(self, target_pct: Option<u32>, lang: Lang) -> String {
        lang.share(self.numerator, self.denominator, target_pct).unwrap_or_else(|| "–".to_owned())
    }

    /// Where the percentage stands in a drawing, in tenths of a percent.
    pub fn tenths(self, target_pct: Option<u32>) -> Option<u32> {
        share_in_tenths(self.numerator, self.denominator, target_pct)
    }

    /// `33 van 34`.
    pub fn counted(self, lang: Lang) -> String {
        if self.without_cases() {
            return fl!(lang.texts(), "report-none");
        }
        let (numerator, denominator) = (lang.count(self.numerator.into()), lang.count(self.denominator.into()));
        fl!(lang.texts(), "report-of", numerator = numerator, denominator = denominator)
    }
}

impl SettingLine {
    pub fn differs(&self) -> bool {
        self.used != self.default
    }
}

impl Words {
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Words {
        Words { nl: nl.into(), en: en.into() }
    }

    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.nl, &self.en)
    }
}

/// A text that reads the same in both languages: a number, a proper name.
impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Words {
        let text = text.into();
        Words { nl: text.clone(), en: text }
    }
}

impl IndicatorLine {
    /// What counts now: what was set final, else what a person decided, else the proposal.
    fn shown(&self) -> Verdict {
        let instead = self.instead.as_ref().map(|one| one.verdict);
        self.decided.or(instead).unwrap_or(self.proposed)
    }

    /// A person decided otherwise than the system proposed.
    pub fn overridden(&self) -> bool {
        self.shown() != self.proposed
    }
}

#[cfg(test)]
mod tests;
