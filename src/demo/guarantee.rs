//! What the invented municipality promises, whatever the quarter and the seed: it shows everything the product can
//! say about a provider.

use std::collections::BTreeSet;

use crate::calendar::add_days;
use crate::demo::table::{accepted, lay_out};
use crate::demo::{Municipality, Provider, invent};
use crate::indicator::{Finding, Label, Verdict, judge};
use crate::quarter::Quarter;

/// A few quarters of the year and seeds; each promise holds for all.
pub fn some_municipalities() -> Vec<Municipality> {
    let pairs = [("2026-Q3", 1), ("2026-Q3", 2027), ("2026-Q4", 3), ("2027-Q1", 4), ("2026-Q2", 5)];
    pairs.into_iter().map(|(last, seed)| invent(last.parse().unwrap(), seed)).collect()
}

fn last(municipality: &Municipality) -> Quarter {
    municipality.quarters[7]
}

fn findings(municipality: &Municipality, quarter: Quarter) -> Vec<(&Provider, Vec<Finding>)> {
    let of = |provider| (provider, judge(&lay_out(municipality, provider, quarter)).findings);
    municipality.providers.iter().map(of).collect()
}

fn all_findings(municipality: &Municipality, quarters: &[Quarter]) -> Vec<Finding> {
    quarters.iter().flat_map(|quarter| findings(municipality, *quarter)).flat_map(|(_, findings)| findings).collect()
}

#[test]
fn every_verdict_and_label_occurs_in_the_last_quarter_and_in_every_quarter_together() {
    for municipality in some_municipalities() {
        for quarters in [&municipality.quarters[7..], &municipality.quarters[..]] {
            let found = all_findings(&municipality, quarters);
            for verdict in Verdict::ALL {
                assert!(found.iter().any(|finding| finding.verdict == *verdict), "{verdict} in {quarters:?}");
            }
            for label in Label::ALL {
                assert!(found.iter().any(|finding| finding.label == Some(*label)), "{label} in {quarters:?}");
            }
        }
    }
}

#[test]
fn some_provider_meets_all_that_applies() {
    for municipality in some_municipalities() {
        let all_met = |findings: &[Finding]| {
            let met = findings.iter().filter(|finding| finding.verdict == Verdict::Met).count();
            let other = |f: &&Finding| matches!(f.verdict, Verdict::NotApplicable | Verdict::Monitored);
            met >= 7 && met + findings.iter().filter(other).count() == 10
        };
        assert!(findings(&municipality, last(&municipality)).iter().any(|(_, findings)| all_met(findings)));
    }
}

#[test]
fn werkpad_noord_looks_as_on_its_page() {
    for municipality in some_municipalities() {
        let (werkpad, findings) = findings(&municipality, last(&municipality)).remove(0);
        assert_eq!((werkpad.name, werkpad.number), ("Stichting Werkpad Noord", 1042));
        let figure = |n: usize| (findings[n - 1].numerator, findings[n - 1].denominator, findings[n - 1].verdict);
        assert_eq!(figure(1), (33, 34, Verdict::Attention));
        assert_eq!(figure(2), (34, 34, Verdict::Met));
        assert_eq!(figure(3).2, Verdict::Met);
        assert_eq!(figure(4), (1, 1, Verdict::Met));
        assert_eq!(figure(5), (12, 12, Verdict::Met));
        assert_eq!(figure(6), (13, 17, Verdict::Attention));
        assert_eq!(figure(7), (3, 3, Verdict::Met));
        assert_eq!(figure(8), (6, 8, Verdict::Met));
        assert_eq!(figure(9).2, Verdict::NotApplicable);
        assert_eq!(figure(10), (0, 1, Verdict::Missed));
    }
}

#[test]
fn exclusions_of_both_kinds_are_accepted_and_refused() {
    for municipality in some_municipalities() {
        let decided = |exclusions: &[crate::demo::Exclusion]| -> BTreeSet<(bool, bool)> {
            exclusions.iter().map(|exclusion| (exclusion.code.is_neutral(), exclusion.accepted)).collect()
        };
        let decided = decided(&municipality.municipal_facts[7].exclusions);
        assert_eq!(decided.len(), 4, "{decided:?}");
    }
}

#[test]
fn cases_leave_the_count_by_rule_and_by_code() {
    for municipality in some_municipalities() {
        let found = all_findings(&municipality, &municipality.quarters[7..]);
        let codes: BTreeSet<&str> =
            found.iter().flat_map(|finding| &finding.cases).filter_map(|case| case.code.as_deref()).collect();
        assert!(codes.contains("ended_before_due") && codes.contains("dropout"), "{codes:?}");
        let differs = |f: &Finding| (f.numerator, f.denominator) != (f.strict_numerator, f.strict_denominator);
        assert!(found.iter().any(differs));
    }
}

#[test]
fn a_vog_ends_within_ninety_days_and_somebody_has_none() {
    for municipality in some_municipalities() {
        let (mut ends_soon, mut without) = (false, false);
        let end = last(&municipality).last_day();
        for provider in &municipality.providers {
            for person in lay_out(&municipality, provider, last(&municipality)).professionals {
                let works = person.client_contact && person.active_until.is_none_or(|until| until >= end);
                let latest = person.vogs.iter().map(|vog| vog.valid_until).max();
                ends_soon |= works && latest.is_some_and(|until| end < until && until <= add_days(end, 90));
                without |= works && latest.is_none();
            }
        }
        assert!(ends_soon && without);
    }
}

#[test]
fn one_is_late_one_hands_in_nothing_one_file_is_refused_and_one_has_nothing_to_state() {
    for municipality in some_municipalities() {
        let due = add_days(last(&municipality).last_day(), 28);
        let quarters = municipality
            .providers
            .iter()
            .filter_map(|provider| provider.quarters.iter().find(|stated| stated.quarter == last(&municipality)));
        let (mut late, mut nothing, mut refused, mut nil) = (0, 0, 0, 0);
        for stated in quarters {
            match stated.deliveries.as_slice() {
                [] => nothing += 1,
                [first, rest @ ..] => {
                    late += usize::from(first.received.date() > due);
                    nil += usize::from(first.statement.head.nil_return);
                    if !first.spoilings.is_empty() {
                        refused += 1;
                        assert!(rest.iter().any(|delivery| delivery.spoilings.is_empty()));
                    }
                }
            }
        }
        assert_eq!((late, nothing, refused, nil), (1, 1, 1, 1));
    }
}

#[test]
fn remarks_stand_only_where_something_fell_short() {
    for municipality in some_municipalities() {
        let mut in_the_last = 0;
        for quarter in &municipality.quarters {
            for (provider, findings) in findings(&municipality, *quarter) {
                let stated = provider.quarters.iter().find(|stated| stated.quarter == *quarter);
                for remark in stated.iter().flat_map(|stated| &stated.remarks) {
                    let verdict = findings[usize::from(remark.indicator) - 1].verdict;
                    let short = matches!(verdict, Verdict::Attention | Verdict::Missed);
                    assert!(short, "{} {quarter} indicator {}: {verdict}", provider.name, remark.indicator);
                    in_the_last += usize::from(*quarter == last(&municipality));
                }
            }
        }
        assert!(in_the_last >= 8, "{in_the_last} remarks");
    }
}

#[test]
fn there_are_25_providers_and_about_400_trajectories_for_about_two_tons_a_year() {
    for municipality in some_municipalities() {
        assert_eq!(municipality.providers.len(), 25);
        let mut cases = BTreeSet::new();
        let mut cents = 0;
        for provider in &municipality.providers {
            for (place, quarter) in municipality.quarters.iter().enumerate() {
                let Some(delivery) = accepted(provider, *quarter).pop() else { continue };
                cases.extend(delivery.statement.trajectories.iter().map(|line| line.case_ref.clone()));
                if place >= 4 {
                    cents += delivery.statement.costs.iter().map(|line| line.amount.0).sum::<i64>();
                }
            }
        }
        assert!((380..=430).contains(&cases.len()), "{} trajectories", cases.len());
        assert!((18_000_000..=23_000_000).contains(&cents), "{cents} cents");
    }
}

#[test]
fn the_same_quarter_and_seed_give_the_same_municipality() {
    let quarter: Quarter = "2026-Q3".parse().unwrap();
    assert_eq!(invent(quarter, 8), invent(quarter, 8));
    assert_ne!(invent(quarter, 8).providers, invent(quarter, 9).providers);
}
