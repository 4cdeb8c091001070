//! How long evidence counts (geldigheid van bewijs): the rule of a criterion laid beside the days of a document. What an
//! assessor sees as automatic check; the verdict stays with him.

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::showing::ShownEvidence;
use crate::calendar::{add_months, sub_months};
use crate::procedure::criterion::ValidityRule;
use crate::text::Lang;

/// What the rule says of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It counts until this day, that day included; without an end when none is known, and then nothing was checked.
    Until(Option<NaiveDate>),
    /// It was at most so many months old on the day of receipt, and then it counts.
    NewEnough(u32),
    Not(WhyNot),
    /// The days of a document tell nothing: the VOG register does.
    ByRegister,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// The rule needs the date on the document.
    NoDocumentDate,
    /// The rule needs the end date that stands on it.
    NoEndDate,
    /// The document is dated after the day on which it was received.
    DatedAfterReceipt(NaiveDate),
    /// It was older on receipt than the rule allows: the oldest date that would have done.
    TooOld(NaiveDate),
    /// It ended on this day.
    Ended(NaiveDate),
}

/// Whether evidence counts under a rule. `received_on` is the municipality's own day of receipt; `term_until` the last
/// day of the agreement, where there is one.
pub fn evidence_holds(
    rule: &ValidityRule,
    document_date: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    received_on: NaiveDate,
    today: NaiveDate,
    term_until: Option<NaiveDate>,
) -> Holds {
    if let Some(date) = document_date.filter(|date| *date > received_on) {
        return Holds::Not(WhyNot::DatedAfterReceipt(date));
    }
    let end = match rule {
        // "At most so many months old on the day of receipt, and then it counts."
        ValidityRule::ReceivedWithin { months } => match document_date {
            None => return Holds::Not(WhyNot::NoDocumentDate),
            Some(date) if add_months(date, *months) < received_on => {
                return Holds::Not(WhyNot::TooOld(sub_months(received_on, *months)));
            }
            Some(_) => None,
        },
        ValidityRule::WholeTerm { review_months } => {
            earliest(term_until, review_months.map(|months| add_months(received_on, months)))
        }
        ValidityRule::PerApplication {} | ValidityRule::PerVersion {} => None,
        ValidityRule::UntilItsDate { max_months, without_date_months } => {
            let counted_from = document_date.unwrap_or(received_on);
            match (valid_until, without_date_months) {
                (Some(end), _) => earliest(Some(end), max_months.map(|months| add_months(counted_from, months))),
                (None, Some(months)) => Some(add_months(counted_from, *months)),
                (None, None) => return Holds::Not(WhyNot::NoEndDate),
            }
        }
        // A statement has no date of its own: it was made when it was received.
        ValidityRule::Months { months } => Some(add_months(document_date.unwrap_or(received_on), *months)),
        ValidityRule::Vog {} => return Holds::ByRegister,
    };
    // A file that says itself when it ends counts no longer than that, whatever the rule would allow.
    match (earliest(valid_until, end), rule) {
        (Some(end), _) if end < today => Holds::Not(WhyNot::Ended(end)),
        (None, ValidityRule::ReceivedWithin { months }) => Holds::NewEnough(*months),
        (end, _) => Holds::Until(end),
    }
}

/// How the last day of a document comes about, with its start: the day that stands on it, or so many months of the rule.
/// None when it has no last day.
pub fn reckoned(lang: Lang, rule: &ValidityRule, one: &ShownEvidence, end: Option<NaiveDate>) -> Option<String> {
    let (t, end) = (lang.texts(), end?);
    if one.valid_until == Some(end) {
        return Some(fl!(t, "dossier-reckoned-written"));
    }
    let months = match rule {
        ValidityRule::UntilItsDate { max_months, .. } if one.valid_until.is_some() => *max_months,
        ValidityRule::UntilItsDate { without_date_months, .. } => *without_date_months,
        ValidityRule::WholeTerm { review_months } => *review_months,
        ValidityRule::Months { months } => Some(*months),
        ValidityRule::ReceivedWithin { .. }
        | ValidityRule::PerApplication {}
        | ValidityRule::PerVersion {}
        | ValidityRule::Vog {} => None,
    }?;
    let written = one.valid_until.map(|day| lang.day(day));
    match one.document_date.filter(|_| !matches!(rule, ValidityRule::WholeTerm { .. })) {
        Some(day) => {
            let start = lang.day(day);
            Some(match written {
                Some(on_it) => fl!(t, "dossier-reckoned-sooner", months = months, start = start, written = on_it),
                None => fl!(t, "dossier-reckoned-dated", months = months, start = start),
            })
        }
        None => {
            let start = lang.day(one.received_on?);
            Some(fl!(t, "dossier-reckoned-received", months = months, start = start))
        }
    }
}

/// The last day of all that was shown for one criterion: of what holds longest, and of what ended last when nothing
/// holds any more. None when there is no end, or none that the dates can tell.
pub fn last_day(all: impl Iterator<Item = Holds>) -> Option<NaiveDate> {
    let (mut counts, mut ended) = (None, None);
    for one in all {
        match one {
            Holds::Until(None) | Holds::NewEnough(_) | Holds::ByRegister => return None,
            Holds::Until(Some(day)) => counts = counts.max(Some(day)),
            Holds::Not(WhyNot::Ended(day)) => ended = ended.max(Some(day)),
            Holds::Not(_) => {}
        }
    }
    counts.or(ended)
}

fn earliest(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Holds {
    pub fn counts(self) -> bool {
        matches!(self, Holds::Until(_) | Holds::NewEnough(_))
    }

    /// A day was looked at and it is good: of what has no end date nothing was checked.
    pub fn was_checked(self) -> bool {
        matches!(self, Holds::Until(Some(_)) | Holds::NewEnough(_))
    }

    /// The last day, when it counts and has one.
    pub fn until(self) -> Option<NaiveDate> {
        match self {
            Holds::Until(end) => end,
            Holds::NewEnough(_) | Holds::Not(_) | Holds::ByRegister => None,
        }
    }

    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Holds::Until(Some(end)) => fl!(t, "dossier-holds-until", day = lang.day(end)),
            Holds::Until(None) => fl!(t, "dossier-holds-no-end-given"),
            Holds::NewEnough(months) => fl!(t, "dossier-holds-new-enough", months = months),
            Holds::ByRegister => fl!(t, "dossier-holds-register"),
            Holds::Not(WhyNot::NoDocumentDate) => fl!(t, "dossier-holds-no-date"),
            Holds::Not(WhyNot::NoEndDate) => fl!(t, "dossier-holds-no-end"),
            Holds::Not(WhyNot::DatedAfterReceipt(day)) => fl!(t, "dossier-holds-future", day = lang.day(day)),
            Holds::Not(WhyNot::TooOld(day)) => fl!(t, "dossier-holds-too-old", day = lang.day(day)),
            Holds::Not(WhyNot::Ended(day)) => fl!(t, "dossier-holds-ended", day = lang.day(day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn holds(rule: ValidityRule, document: &str, until: &str) -> Holds {
        let read = |written: &str| (!written.is_empty()).then(|| day(written));
        evidence_holds(&rule, read(document), read(until), day("2026-11-18"), day("2026-11-20"), None)
    }

    #[test]
    fn an_extract_may_be_six_months_old_on_the_day_of_receipt() {
        let rule = || ValidityRule::ReceivedWithin { months: 6 };
        assert_eq!(holds(rule(), "2026-05-18", ""), Holds::NewEnough(6));
        assert_eq!(holds(rule(), "2026-05-17", ""), Holds::Not(WhyNot::TooOld(day("2026-05-18"))));
        assert_eq!(holds(rule(), "", ""), Holds::Not(WhyNot::NoDocumentDate));
        assert_eq!(holds(rule(), "2026-11-19", ""), Holds::Not(WhyNot::DatedAfterReceipt(day("2026-11-19"))));
    }

    #[test]
    fn a_policy_counts_until_its_date_and_no_longer_than_a_year() {
        let rule = |max, without| ValidityRule::UntilItsDate { max_months: max, without_date_months: without };
        assert_eq!(holds(rule(Some(12), None), "2026-01-01", "2026-12-31"), Holds::Until(Some(day("2026-12-31"))));
        assert_eq!(holds(rule(Some(12), None), "2026-01-01", "2029-12-31"), Holds::Until(Some(day("2027-01-01"))));
        assert_eq!(holds(rule(Some(12), None), "", ""), Holds::Not(WhyNot::NoEndDate));
        assert_eq!(holds(rule(None, Some(12)), "2026-03-01", ""), Holds::Until(Some(day("2027-03-01"))));
        assert_eq!(holds(rule(None, None), "", "2026-11-19"), Holds::Not(WhyNot::Ended(day("2026-11-19"))));
        assert_eq!(holds(rule(None, None), "", "2026-11-20"), Holds::Until(Some(day("2026-11-20"))));
    }

    #[test]
    fn without_an_end_date_nothing_is_said_to_be_checked() {
        let silent = holds(ValidityRule::PerApplication {}, "", "");
        assert_eq!(
            (silent.was_checked(), silent.in_words(Lang::Nl).as_str()),
            (false, "Er is geen einddatum opgegeven.")
        );
        let dated = holds(ValidityRule::ReceivedWithin { months: 6 }, "2026-06-01", "");
        assert!(dated.was_checked() && dated.in_words(Lang::Nl).contains("hoogstens 6 maanden oud"), "{dated:?}");
    }

    #[test]
    fn what_holds_for_the_whole_term_is_looked_at_again_on_the_way() {
        let rule = ValidityRule::WholeTerm { review_months: Some(24) };
        let (received, today) = (day("2026-11-18"), day("2026-11-20"));
        let until = |term| evidence_holds(&rule, None, None, received, today, term).until();
        assert_eq!(until(Some(day("2027-12-31"))), Some(day("2027-12-31")));
        assert_eq!(until(Some(day("2030-12-31"))), Some(day("2028-11-18")));
        assert_eq!(holds(ValidityRule::WholeTerm { review_months: None }, "", ""), Holds::Until(None));
    }

    #[test]
    fn a_statement_counts_from_the_day_it_came() {
        assert_eq!(holds(ValidityRule::Months { months: 12 }, "", ""), Holds::Until(Some(day("2027-11-18"))));
        assert_eq!(
            holds(ValidityRule::Months { months: 12 }, "2025-06-01", ""),
            Holds::Not(WhyNot::Ended(day("2026-06-01")))
        );
        assert_eq!(holds(ValidityRule::PerApplication {}, "", ""), Holds::Until(None));
        assert_eq!(holds(ValidityRule::Vog {}, "", ""), Holds::ByRegister);
    }

    #[test]
    fn a_file_that_says_when_it_ends_counts_no_longer_under_any_rule() {
        let rules = [
            ValidityRule::Months { months: 36 },
            ValidityRule::ReceivedWithin { months: 6 },
            ValidityRule::WholeTerm { review_months: Some(24) },
            ValidityRule::PerApplication {},
            ValidityRule::UntilItsDate { max_months: None, without_date_months: Some(24) },
        ];
        for rule in rules {
            assert_eq!(
                holds(rule.clone(), "2026-11-01", "2026-11-23"),
                Holds::Until(Some(day("2026-11-23"))),
                "{rule:?}"
            );
            assert_eq!(holds(rule, "2026-11-01", "2026-11-19"), Holds::Not(WhyNot::Ended(day("2026-11-19"))));
        }
    }

    #[test]
    fn of_many_files_the_one_that_holds_longest_counts() {
        let until = |written: &str| Holds::Until(Some(day(written)));
        let ended = |written: &str| Holds::Not(WhyNot::Ended(day(written)));
        assert_eq!(last_day([until("2026-12-01"), until("2027-03-01")].into_iter()), Some(day("2027-03-01")));
        assert_eq!(last_day([until("2026-12-01"), Holds::Until(None)].into_iter()), None);
        assert_eq!(last_day([ended("2026-10-01"), until("2026-12-01")].into_iter()), Some(day("2026-12-01")));
        assert_eq!(last_day([ended("2026-10-01"), ended("2026-09-01")].into_iter()), Some(day("2026-10-01")));
        assert_eq!(last_day([Holds::Not(WhyNot::NoEndDate)].into_iter()), None);
    }

    fn any_rule() -> impl Strategy<Value = ValidityRule> {
        let months = || prop::option::of(1u32..60);
        prop_oneof![
            (1u32..60).prop_map(|months| ValidityRule::ReceivedWithin { months }),
            months().prop_map(|review_months| ValidityRule::WholeTerm { review_months }),
            (months(), months()).prop_map(|(max_months, without_date_months)| ValidityRule::UntilItsDate {
                max_months,
                without_date_months
            }),
            (1u32..60).prop_map(|months| ValidityRule::Months { months }),
        ]
    }

    proptest! {
        /// What counts later counted earlier too, and until the day that is told.
        #[test]
        fn evidence_does_not_come_back_to_life(
            rule in any_rule(), age in prop::option::of(0i64..2000), left in prop::option::of(-400i64..2000),
            waited in 0i64..2000, later in 0i64..2000,
        ) {
            let received = day("2026-11-18");
            let days = |count: i64| crate::calendar::add_days(received, count);
            let on = |today: i64| evidence_holds(&rule, age.map(|age| days(-age)), left.map(days), received, days(today), None);
            if on(waited + later).counts() {
                prop_assert_eq!(on(waited), on(waited + later));
            }
            if let Holds::Until(Some(end)) = on(waited) {
                let last = (end - received).num_days();
                prop_assert!(on(last).counts() && !on(last + 1).counts());
            }
        }
    }
}
