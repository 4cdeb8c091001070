//! Indexation (indexering): new tariffs from a day on, computed from the old ones by a method whose figures are data. The
//! house proposes; a person may change a line with a reason, and another establishes.

pub mod store;
mod words;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::money::Cents;
use crate::text::{Bilingual, Lang};

/// So many hundredths of a percent: 412 is 4,12%.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub i64);

const WHOLE: i64 = 10_000;

impl Percent {
    /// As people write it: `4,12`, `4.12`, `-0,5`, `90`, with or without the sign behind it.
    pub fn read(typed: &str) -> Option<Percent> {
        let typed = typed.trim().trim_end_matches('%').trim().replace(',', ".");
        let (negative, digits) = match typed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, typed.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let fits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !fits(whole, 3) || !fits(part, 2) {
            return None;
        }
        let hundredths = format!("{part:0<2}").parse::<i64>().ok()?;
        let value = whole.parse::<i64>().ok()? * 100 + hundredths;
        Some(Percent(if negative { -value } else { value }))
    }

    pub fn in_words(self, lang: Lang) -> String {
        let (sign, value) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let point = lang.pick(",", ".");
        format!("{sign}{}{point}{:02}%", value / 100, value % 100)
    }

    /// Of a change between a loss of half and a doubling; anything else was typed wrong.
    fn is_a_change(self) -> bool {
        (-WHOLE / 2..=WHOLE).contains(&self.0)
    }

    /// As what the old amount is multiplied by: 4,12% is 104,12%.
    fn factor(self) -> i128 {
        i128::from(WHOLE + self.0)
    }
}

/// How the new tariffs are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// One percentage for all.
    Fixed { percent: Percent },
    /// "Wmo: shares to be filled in; Jeugd: 90% OVA / 10% PPC; formula corrects last year's forecast"
    /// (procedure.md 1.2, row 17).
    Shares { ova: Share, ppc: Share },
}

/// One index and the part of the tariff that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub share: Percent,
    /// Of the new year.
    pub forecast: Percent,
    /// Of the year before: what was reckoned with then, and what it became.
    pub forecast_before: Percent,
    pub actual_before: Percent,
}

impl Share {
    /// Share × (1 + forecast) × (1 + actual of last year) ÷ (1 + forecast of last year), over its denominator.
    fn part(&self) -> (i128, i128) {
        let up = i128::from(self.share.0) * self.forecast.factor() * self.actual_before.factor();
        (up, i128::from(WHOLE) * i128::from(WHOLE) * self.forecast_before.factor())
    }

    fn is_right(&self) -> bool {
        let changes = [self.forecast, self.forecast_before, self.actual_before];
        (0..=WHOLE).contains(&self.share.0) && changes.iter().all(|one| one.is_a_change())
    }

    fn in_words(&self, lang: Lang) -> String {
        let factor = |one: Percent| Percent(WHOLE + one.0).in_words(lang);
        let (share, forecast) = (self.share.in_words(lang), factor(self.forecast));
        format!("{share} × {forecast} × {} ÷ {}", factor(self.actual_before), factor(self.forecast_before))
    }
}

impl Method {
    /// What is wrong with its figures.
    pub fn fault(&self) -> Option<IndexRefusal> {
        match self {
            Method::Fixed { percent } if percent.is_a_change() => None,
            Method::Fixed { .. } => Some(IndexRefusal::OutOfRange),
            Method::Shares { ova, ppc } if !ova.is_right() || !ppc.is_right() => Some(IndexRefusal::OutOfRange),
            Method::Shares { ova, ppc } if ova.share.0 + ppc.share.0 != WHOLE => Some(IndexRefusal::SharesWrong),
            Method::Shares { .. } => None,
        }
    }

    /// The new amount, half a cent up. Figures without fault never overflow.
    pub fn applied_to(&self, old: Cents) -> Cents {
        let (up, down) = match self {
            Method::Fixed { percent } => (percent.factor(), i128::from(WHOLE)),
            Method::Shares { ova, ppc } => {
                let ((one, under_one), (other, under_other)) = (ova.part(), ppc.part());
                (one * under_other + other * under_one, under_one * under_other)
            }
        };
        let exact = i128::from(old.0).saturating_mul(up);
        let rounded = (exact.saturating_mul(2) + down).div_euclid(2 * down);
        Cents(i64::try_from(rounded).unwrap_or(old.0))
    }

    /// The formula as it stands beside an old amount.
    pub fn in_words(&self, lang: Lang) -> String {
        match self {
            Method::Fixed { percent } => format!("× {}", Percent(WHOLE + percent.0).in_words(lang)),
            Method::Shares { ova, ppc } => format!("× (OVA {} + PPC {})", ova.in_words(lang), ppc.in_words(lang)),
        }
    }
}

codes! {
    pub enum IndexState {
        /// voorstel
        Proposed = "proposed",
        /// vastgesteld
        Established = "established",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexation {
    pub id: i64,
    pub state: IndexState,
    /// Counts up with every change; what was looked at is sent along.
    pub version: i32,
    pub changed_by: String,
    /// The first day of the new tariffs.
    pub valid_from: NaiveDate,
    pub method: Method,
    pub made_at: NaiveDateTime,
    pub made_by: String,
    pub made_account: Option<i64>,
    pub established: Option<(NaiveDateTime, String)>,
    /// In the order of the codes.
    pub lines: Vec<IndexLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexLine {
    pub id: i64,
    pub product_id: i64,
    pub code: String,
    pub name: Bilingual,
    pub old: Cents,
    pub computed: Cents,
    pub new: Cents,
    /// Why a person changed what was computed.
    pub reason: String,
}

/// Why something cannot be done to an indexation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexRefusal {
    NotFound,
    NotYours,
    /// It is established.
    NotNow,
    NoAccount,
    /// Who made the proposal does not establish it.
    FourEyes,
    ReasonMissing,
    /// The new tariffs begin after today.
    DayPassed,
    /// There is a proposal for this day.
    AlreadyThere,
    /// There is no tariff to index.
    NoTariffs,
    /// The tariffs of these products changed meanwhile, or a later one is there already.
    TariffsChanged(Vec<String>),
    /// The shares are not a whole together.
    SharesWrong,
    OutOfRange,
    HoldsBsn,
    ChangedMeanwhile {
        by: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(share: i64, forecast: i64, before: i64, actual: i64) -> Share {
        Share {
            share: Percent(share),
            forecast: Percent(forecast),
            forecast_before: Percent(before),
            actual_before: Percent(actual),
        }
    }

    #[test]
    fn a_fixed_percentage_is_rounded_half_a_cent_up() {
        let fixed = |percent| Method::Fixed { percent: Percent(percent) };
        assert_eq!(fixed(350).applied_to(Cents(6_255)), Cents(6_474), "64,73925");
        assert_eq!(fixed(5_000).applied_to(Cents(1)), Cents(2), "one and a half");
        assert_eq!(fixed(4_900).applied_to(Cents(1)), Cents(1));
        assert_eq!(fixed(0).applied_to(Cents(6_255)), Cents(6_255));
        assert_eq!(fixed(-100).applied_to(Cents(10_000)), Cents(9_900));
    }

    /// 90% × 1,05 × 1,04 ÷ 1,03 + 10% × 1,02 × 1,02 ÷ 1,03 of € 100 = € 95,4174… + € 10,1009… .
    #[test]
    fn shares_correct_what_was_reckoned_with_last_year() {
        let method = Method::Shares { ova: share(9_000, 500, 300, 400), ppc: share(1_000, 200, 300, 200) };
        assert_eq!(method.fault(), None);
        assert_eq!(method.applied_to(Cents(10_000)), Cents(10_552));
        // A forecast that came out corrects nothing.
        let right = Method::Shares { ova: share(9_000, 400, 300, 300), ppc: share(1_000, 400, 250, 250) };
        assert_eq!(right.applied_to(Cents(10_000)), Cents(10_400));
    }

    #[test]
    fn figures_that_were_typed_wrong_are_refused() {
        let method = |ova, ppc| Method::Shares { ova: share(ova, 0, 0, 0), ppc: share(ppc, 0, 0, 0) };
        assert_eq!(method(9_000, 1_000).fault(), None);
        assert_eq!(method(9_000, 900).fault(), Some(IndexRefusal::SharesWrong));
        assert_eq!(method(-1_000, 11_000).fault(), Some(IndexRefusal::OutOfRange));
        assert_eq!(Method::Fixed { percent: Percent(10_001) }.fault(), Some(IndexRefusal::OutOfRange));
    }

    #[test]
    fn percentages_are_read_as_people_write_them() {
        for (typed, value) in [("4,12", 412), ("4.1", 410), (" 90 %", 9_000), ("-0,5", -50), ("0", 0)] {
            assert_eq!(Percent::read(typed), Some(Percent(value)), "{typed}");
        }
        for typed in ["", "vier", "4,123", "1e3", "--4", "4,1,2", "9999"] {
            assert_eq!(Percent::read(typed), None, "{typed}");
        }
        assert_eq!(Percent(-50).in_words(Lang::Nl), "-0,50%");
    }
}
