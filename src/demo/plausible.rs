//! A contract manager who looks closely finds nothing impossible: days, people, money and files hold together.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::{add_days, is_working_day};
use crate::client::names::ClientName;
use crate::demo::guarantee::some_municipalities;
use crate::demo::table::accepted;
use crate::demo::{Delivery, Municipality, Provider, SETTLED_AFTER_DAYS, invent, settled_quarter};
use crate::ids::holds_bsn;
use crate::quarter::Quarter;
use crate::sheet::Source;
use crate::staff::VogKind;
use crate::statement::{
    CheckContext, Concern, ContactTerm, EarlierLine, KnownTrajectory, Problem, ProductTerm, Reading, TariffTerm, Term,
    Warning, checks, read,
};

fn deliveries(municipality: &Municipality) -> impl Iterator<Item = (&Provider, Quarter, &Delivery)> {
    municipality.providers.iter().flat_map(|provider| {
        let of = move |stated| {
            let stated: &crate::demo::ProviderQuarter = stated;
            stated.deliveries.iter().map(move |delivery| (provider, stated.quarter, delivery))
        };
        provider.quarters.iter().flat_map(of)
    })
}

#[test]
fn nobody_works_on_a_sunday() {
    for municipality in some_municipalities() {
        for (provider, _, delivery) in deliveries(&municipality) {
            let mut days: Vec<NaiveDate> = vec![delivery.received.date()];
            for line in &delivery.statement.trajectories {
                days.push(line.referred_on);
                let others = [
                    line.started_on,
                    line.plan_agreed_on,
                    line.client_agreed_on,
                    line.coach_agreed_on,
                    line.contact_informed_on,
                    line.extension_permitted_on,
                    line.ended_on,
                    line.work_started_on,
                    line.placed_on,
                ];
                days.extend(others.into_iter().flatten());
            }
            days.extend(delivery.statement.feedback.iter().flat_map(|moment| moment.done_on));
            days.extend(delivery.statement.complaints.iter().map(|complaint| complaint.received_on));
            for day in days {
                assert!(is_working_day(day), "{} on {day}", provider.name);
            }
        }
    }
}

#[test]
fn files_are_received_after_the_quarter_and_judged_after_that() {
    for municipality in some_municipalities() {
        for provider in &municipality.providers {
            for stated in &provider.quarters {
                let mut before = stated.quarter.last_day().and_hms_opt(23, 59, 59).unwrap();
                for delivery in &stated.deliveries {
                    assert!(delivery.received > before);
                    before = delivery.received;
                }
                if let (Some(judgement), Some(first)) = (&stated.judgement, stated.deliveries.first()) {
                    assert!(judgement.on > first.received.date());
                }
            }
        }
    }
}

#[test]
fn nothing_lies_ahead_once_the_last_quarter_is_settled() {
    assert_eq!(settled_quarter("2026-11-19".parse().unwrap()).to_string(), "2026-Q3");
    assert_eq!(settled_quarter("2026-11-18".parse().unwrap()).to_string(), "2026-Q2");
    for municipality in some_municipalities() {
        let settled = add_days(municipality.quarters[7].last_day(), SETTLED_AFTER_DAYS);
        for provider in &municipality.providers {
            for stated in provider.quarters.iter().filter(|stated| stated.finalised.is_none()) {
                assert!(stated.deliveries.iter().all(|delivery| delivery.received.date() <= settled));
                assert!(stated.judgement.iter().all(|judgement| judgement.on <= settled));
                assert!(stated.remarks.iter().all(|remark| remark.on <= settled));
                let reactions = stated.remarks.iter().filter_map(|remark| remark.reaction.as_ref());
                assert!(reactions.into_iter().all(|reaction| reaction.on <= settled));
            }
        }
        let finals = municipality.providers.iter().flat_map(|provider| &provider.quarters);
        assert!(finals.filter_map(|stated| stated.finalised.as_ref()).all(|finalised| finalised.on <= settled));
        assert!(municipality.municipal_facts[7].exclusions.iter().all(|exclusion| exclusion.decided_on <= settled));
    }
}

#[test]
fn names_numbers_and_references_are_used_once() {
    for municipality in some_municipalities() {
        let providers = &municipality.providers;
        for count in [
            providers.iter().map(|p| p.kvk.to_string()).collect::<BTreeSet<_>>().len(),
            providers.iter().map(|p| p.name.to_owned()).collect::<BTreeSet<_>>().len(),
            providers.iter().map(|p| p.number.to_string()).collect::<BTreeSet<_>>().len(),
            providers.iter().map(|p| p.agreement.number.clone()).collect::<BTreeSet<_>>().len(),
        ] {
            assert_eq!(count, 25);
        }
        let emails: BTreeSet<&str> = municipality.users.iter().map(|user| user.email.as_str()).collect();
        assert_eq!(emails.len(), 33);
        assert!(emails.iter().all(|email| email.ends_with(".example")));
    }
}

#[test]
fn nothing_looks_like_a_bsn() {
    let plain = |written: String| !holds_bsn(&written);
    for municipality in some_municipalities() {
        for (_, _, delivery) in deliveries(&municipality) {
            assert!(delivery.client_names.iter().all(|(number, name)| plain(format!("{number};{name}"))));
            let statement = &delivery.statement;
            assert!(statement.trajectories.iter().all(|line| plain(line.case_ref.clone())));
            assert!(statement.staff.iter().all(|line| plain(line.staff_ref.clone())));
            assert!(statement.costs.iter().all(|line| plain(line.invoice.clone())));
        }
    }
}

#[test]
fn a_client_is_with_one_provider_at_a_time() {
    for municipality in some_municipalities() {
        let mut spans: Vec<(&str, NaiveDate, NaiveDate, &str)> = Vec::new();
        for provider in &municipality.providers {
            let latest = municipality.quarters.iter().flat_map(|quarter| accepted(provider, *quarter));
            let mut lines = std::collections::BTreeMap::new();
            for delivery in latest {
                lines.extend(delivery.statement.trajectories.iter().map(|line| (line.case_ref.as_str(), line)));
            }
            for line in lines.values() {
                let ended = line.ended_on.unwrap_or(municipality.quarters[7].last_day());
                spans.push((&line.client_ref, line.referred_on, ended, &line.case_ref));
            }
        }
        spans.sort();
        for pair in spans.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            assert!(pair[0].2 < pair[1].1, "{pair:?}");
        }
    }
}

#[test]
fn every_good_file_reads_back_and_passes_the_counter() {
    let municipality = invent("2026-Q3".parse().unwrap(), 1);
    let recent = |quarter: Quarter| municipality.quarters[6..].contains(&quarter);
    let good = deliveries(&municipality).filter(|(.., delivery)| delivery.spoilings.is_empty());
    for (provider, quarter, delivery) in good.filter(|(_, quarter, _)| recent(*quarter)) {
        let reading = read(Source::File(&delivery.file())).unwrap();
        let whose = format!("{} {quarter}", provider.name);
        assert!(reading.faults.is_empty(), "{whose}: {:?}", reading.faults);
        let mut stated = delivery.statement.clone();
        for line in &mut stated.trajectories {
            line.client_name = delivery.client_names.get(&line.client_ref).cloned().map(ClientName);
        }
        assert_eq!(reading.statement, Some(stated), "{whose}");
        let (faults, warnings) = checks(&delivery.statement, &known(&municipality, provider, quarter));
        assert!(faults.is_empty(), "{whose}: {faults:?}");
        let odd: Vec<&Warning> = reading.warnings.iter().chain(&warnings).filter(|warning| !may_be(warning)).collect();
        assert!(odd.is_empty(), "{whose}: {odd:?}");
    }
}

/// The same hours twice in one month do happen.
fn may_be(warning: &Warning) -> bool {
    matches!(warning.what, Concern::SameAmount { .. })
}

#[test]
fn the_spoiled_file_has_exactly_the_faults_that_were_put_in() {
    let municipality = invent("2026-Q3".parse().unwrap(), 1);
    let spoiled: Vec<_> = deliveries(&municipality).filter(|(.., d)| !d.spoilings.is_empty()).collect();
    let [(provider, quarter, delivery)] = spoiled.as_slice() else { panic!("one file is spoiled") };
    let reading = read(Source::File(&delivery.file())).unwrap();
    assert_eq!(reading.statement, None);

    let product = delivery.spoilings.last().unwrap();
    let mut expected = places_of(delivery);
    expected.remove(&(product.sheet.to_owned(), product.row, product.column.to_owned()));
    assert_eq!(places(&reading), expected);

    // The unknown product is found when the rows that can be read are held against the catalogue.
    let good = reading.good_rows().unwrap();
    let (faults, _) = checks(&good.statement, &known(&municipality, provider, *quarter));
    let found: Vec<(&str, Option<u32>)> = faults.iter().map(|f| (f.place.sheet.as_str(), f.place.row)).collect();
    assert_eq!(found, [("Kosten", Some(product.row))]);
    assert_eq!(faults[0].what, Problem::ProductNotAgreed);
}

type CellPlace = (String, u32, String);

fn places_of(delivery: &Delivery) -> BTreeSet<CellPlace> {
    delivery.spoilings.iter().map(|wrong| (wrong.sheet.to_owned(), wrong.row, wrong.column.to_owned())).collect()
}

fn places(reading: &Reading) -> BTreeSet<CellPlace> {
    let place = |fault: &crate::statement::Fault| {
        (fault.place.sheet.clone(), fault.place.row.unwrap_or(0), fault.place.column.clone().unwrap_or_default())
    };
    reading.faults.iter().map(place).collect()
}

/// What the municipality knows when this statement comes in.
fn known(municipality: &Municipality, provider: &Provider, quarter: Quarter) -> CheckContext {
    let term = |from, until| Term { from, until };
    let agreement = term(provider.agreement.active_from, provider.agreement.active_until);
    let offered = municipality.products.iter().filter(|product| provider.products.contains(&product.code));
    let contacts = municipality.contacts.iter();
    let mut context = CheckContext {
        kvk: Some(provider.kvk.clone()),
        quarter: Some(quarter),
        quarter_open: true,
        agreement: Some(agreement),
        products: (offered.clone())
            .map(|product| ProductTerm {
                product: product.code.to_owned(),
                monthly: product.unit == "month",
                term: agreement,
            })
            .collect(),
        tariffs: offered
            .flat_map(|product| {
                product.tariffs.iter().map(move |tariff| TariffTerm {
                    product: product.code.to_owned(),
                    unit: product.unit_nl.to_owned(),
                    tariff: tariff.amount,
                    term: term(tariff.valid_from, tariff.valid_until),
                })
            })
            .collect(),
        profiles: ["P1", "P2", "P3", "P4", "P5"].map(str::to_owned).into(),
        contacts: contacts
            .map(|contact| ContactTerm {
                email: contact.email.clone(),
                term: term(contact.active_from, contact.active_until),
            })
            .collect(),
        sum_may_differ_pct: u32::MAX,
        vog_codes: [(VogKind::Aspect, "85"), (VogKind::Aspect, "12"), (VogKind::Aspect, "21"), (VogKind::Aspect, "22")]
            .into_iter()
            .chain([(VogKind::Profile, "45")])
            .map(|(kind, code)| (kind, code.to_owned()))
            .collect(),
        ..CheckContext::default()
    };
    for earlier in municipality.quarters.iter().filter(|earlier| **earlier < quarter) {
        let Some(delivery) = accepted(provider, *earlier).pop() else { continue };
        context.earlier_lines.extend(delivery.statement.costs.iter().map(|line| EarlierLine {
            quarter: *earlier,
            line: line.line.clone(),
            case_ref: line.case_ref.clone(),
            product: line.product.clone(),
            from: line.from,
            until: line.until,
            quantity: line.quantity,
            amount: line.amount,
            corrects: line.corrects.clone(),
        }));
        context.trajectories.extend(delivery.statement.trajectories.iter().map(|line| {
            let approved = municipality.products.iter().find(|product| product.code == line.product);
            KnownTrajectory {
                case_ref: line.case_ref.clone(),
                referred_on: line.referred_on,
                ended_on: line.ended_on,
                approved: approved.map(|product| (line.product.clone(), product.max_quantity)).into_iter().collect(),
            }
        }));
    }
    context
}
