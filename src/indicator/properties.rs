//! What holds for any facts whatever: the order of the cases changes no figure, cases add up, and what lies outside
//! the quarter changes nothing.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Finding, Findings, Outcome, judge, sample};
use crate::calendar::add_days;
use crate::client::BenefitEndReason;
use crate::facts::{Complaint, CostStatement, Exclusion, Professional, QuarterFacts, Settings, Survey, Trajectory};
use crate::staff::{ProfessionalKind, VogPeriod};
use crate::trajectory::{Achieved, EndReason, ExclusionCode, FeedbackMoment};

const QUARTER: &str = "2026-Q3";

/// A day between a year before the quarter and a quarter after it, often close to its borders.
fn day() -> impl Strategy<Value = NaiveDate> {
    let first = sample::facts(QUARTER).quarter.first_day();
    prop_oneof![-365_i64..200, -30_i64..=30, 80_i64..=110].prop_map(move |days| add_days(first, days))
}

fn code<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

prop_compose! {
    fn exclusion()(
        code in code(ExclusionCode::ALL), indicator in option::of(1_u8..=10), accepted in any::<bool>()
    ) -> Exclusion {
        Exclusion { code, indicator, accepted }
    }
}

prop_compose! {
    fn moment()(due_on in day(), done_on in option::of(day())) -> FeedbackMoment {
        FeedbackMoment { due_on, done_on }
    }
}

prop_compose! {
    fn trajectory()(
        (profile, referred_on, plan_agreed_on, agreed_results) in (select(&["P1", "P2"]), day(), option::of(day()), 0_u32..3),
        (client_agreed_on, coach_involved, coach_agreed_on) in (option::of(day()), any::<bool>(), option::of(day())),
        (contact_informed_on, feedback) in (option::of(day()), vec(moment(), 0..3)),
        (term_ends_on, suspended_days, extension_permitted_on) in (option::of(day()), 0_u32..40, option::of(day())),
        (ended_on, end_reason) in (option::of(day()), option::of(code(EndReason::ALL))),
        (results_achieved, reason_recorded) in (option::of(code(Achieved::ALL)), any::<bool>()),
        (work_started_on, benefit_ended_on) in (option::of(day()), option::of(day())),
        (benefit_end_reason, outflow_confirmed) in (option::of(code(BenefitEndReason::ALL)), any::<bool>()),
        (indication_on, capacity_available_on, waiting_list_days) in (option::of(day()), option::of(day()), 0_u32..40),
        (placed_on, placement_confirmed) in (option::of(day()), any::<bool>()),
        exclusions in vec(exclusion(), 0..3),
    ) -> Trajectory {
        Trajectory {
            case_ref: String::new(), profile: profile.to_owned(), referred_on, plan_agreed_on, agreed_results,
            client_agreed_on, coach_involved, coach_agreed_on, contact_informed_on, feedback, term_ends_on,
            suspended_days, extension_permitted_on, ended_on, end_reason, results_achieved, reason_recorded,
            work_started_on, benefit_ended_on, benefit_end_reason, outflow_confirmed, indication_on,
            capacity_available_on, waiting_list_days, placed_on, placement_confirmed, ladder_start: None,
            ladder_now: None, exclusions,
        }
    }
}

prop_compose! {
    fn professional()(
        kind in code(ProfessionalKind::ALL), client_contact in any::<bool>(), active_from in day(),
        active_until in option::of(day()), vogs in vec((day(), day()), 0..3),
    ) -> Professional {
        let vogs = vogs.into_iter().map(|(one, other)| {
            VogPeriod { valid_from: one.min(other), valid_until: one.max(other) }
        }).collect();
        // A period that ends before it begins is refused when it is read.
        let active_until = active_until.map(|until| until.max(active_from));
        Professional { staff_ref: String::new(), kind, client_contact, active_from, active_until, vogs }
    }
}

prop_compose! {
    fn facts()(
        mut trajectories in vec(trajectory(), 0..12), mut professionals in vec(professional(), 0..6),
        surveys in vec((day(), any::<bool>(), option::of(day())), 0..4),
        (active_from, active_until) in (day(), option::of(day())),
        (valid_until, adviser_named, received_on) in (option::of(day()), any::<bool>(), option::of(day())),
        complaints in vec((day(), option::of(day())), 0..4),
        (due_on, costs_received_on, complete) in (day(), option::of(day()), any::<bool>()),
        (returned_on, repaired_on) in (option::of(day()), option::of(day())),
    ) -> QuarterFacts {
        let mut facts = sample::facts(QUARTER);
        for (place, trajectory) in trajectories.iter_mut().enumerate() {
            trajectory.case_ref = format!("T{place}");
        }
        for (place, person) in professionals.iter_mut().enumerate() {
            person.staff_ref = format!("M{place}");
        }
        facts.trajectories = trajectories;
        facts.professionals = professionals;
        facts.surveys = surveys.into_iter().enumerate().map(|(place, (due_on, had_active_clients, cooperated_on))| {
            Survey { survey_ref: format!("O{place}"), due_on, had_active_clients, cooperated_on }
        }).collect();
        facts.agreement.active_from = active_from;
        facts.agreement.active_until = active_until.map(|until| until.max(active_from));
        facts.complaints.procedure_valid_until = valid_until;
        facts.complaints.adviser_named = adviser_named;
        facts.complaints.statement_due_on = due_on;
        facts.complaints.statement_received_on = received_on;
        facts.complaints.items = complaints.into_iter().enumerate().map(|(place, (received_on, reported_on))| {
            Complaint { complaint_ref: format!("K{place}"), received_on, reported_on }
        }).collect();
        facts.cost_statement = CostStatement { due_on, received_on: costs_received_on, complete, returned_on, repaired_on };
        facts
    }
}

/// Everything in a finding but the order of its cases.
fn without_order(mut findings: Findings) -> Findings {
    for finding in &mut findings.findings {
        finding.cases.sort_by(|a, b| a.case_ref.cmp(&b.case_ref));
    }
    findings
}

fn count(finding: &Finding, outcome_of: impl Fn(&super::Case) -> Outcome, wanted: &[Outcome]) -> u32 {
    let counted = finding.cases.iter().filter(|case| wanted.contains(&outcome_of(case))).count();
    u32::try_from(counted).unwrap()
}

proptest! {
    #[test]
    fn the_order_of_cases_changes_no_figure(facts in facts(), by in 0_usize..12) {
        let mut turned = facts.clone();
        turned.trajectories.reverse();
        turned.professionals.reverse();
        turned.surveys.reverse();
        turned.complaints.items.reverse();
        if !turned.trajectories.is_empty() {
            let by = by % turned.trajectories.len();
            turned.trajectories.rotate_left(by);
        }
        for trajectory in &mut turned.trajectories {
            trajectory.feedback.reverse();
        }
        for person in &mut turned.professionals {
            person.vogs.reverse();
        }
        prop_assert_eq!(without_order(judge(&turned)), without_order(judge(&facts)));
    }

    #[test]
    fn the_cases_of_a_finding_add_up_to_its_figures(facts in facts()) {
        for finding in judge(&facts).findings {
            let net = |case: &super::Case| case.outcome;
            let strict = |case: &super::Case| case.strict_outcome.unwrap_or(case.outcome);
            let counted = [Outcome::Met, Outcome::Missed];
            prop_assert_eq!(finding.numerator, count(&finding, net, &[Outcome::Met]));
            prop_assert_eq!(finding.denominator, count(&finding, net, &counted));
            prop_assert_eq!(finding.strict_numerator, count(&finding, strict, &[Outcome::Met]));
            prop_assert_eq!(finding.strict_denominator, count(&finding, strict, &counted));
            prop_assert!(finding.numerator <= finding.denominator);
        }
    }

    #[test]
    fn a_case_wholly_outside_the_quarter_changes_nothing(
        facts in facts(), mut outsider in trajectory(), place in 0_usize..12, years in prop_oneof![-9_i64..=-4, 4_i64..=9]
    ) {
        move_by(&mut outsider, years * 365);
        // Duty 1b counts whoever still lacks a plan, however long ago; one who ended does not belong to it.
        outsider.ended_on = outsider.ended_on.or(Some(add_days(facts.quarter.first_day(), years * 365)));
        let mut more = facts.clone();
        more.trajectories.insert(place % (facts.trajectories.len() + 1), outsider);
        let far = |day: NaiveDate| add_days(day, 4_000);
        more.surveys.push(Survey {
            survey_ref: "ver".into(), due_on: far(facts.cost_statement.due_on), had_active_clients: true, cooperated_on: None
        });
        more.complaints.items.push(Complaint {
            complaint_ref: "ver".into(), received_on: far(facts.complaints.statement_due_on), reported_on: None
        });
        more.professionals.push(Professional {
            staff_ref: "ver".into(), kind: ProfessionalKind::Employee, client_contact: true,
            active_from: far(facts.quarter.first_day()), active_until: None, vogs: Vec::new()
        });
        prop_assert_eq!(judge(&more), judge(&facts));
    }

    #[test]
    fn the_same_facts_written_and_read_again_give_the_same_bytes(facts in facts()) {
        let again = crate::facts::read(facts.to_json().as_bytes()).unwrap();
        prop_assert_eq!(&again, &facts);
        prop_assert_eq!(judge(&again).to_json(), judge(&facts).to_json());
    }

    #[test]
    fn a_missed_target_is_never_shown_as_reached(facts in facts(), target in 0_u32..=100, indicator in 1_u8..=10) {
        let mut settings = Settings::default();
        settings.targets.set(indicator, Some(target));
        let finding = judge(&QuarterFacts { settings, ..facts }).findings.remove(usize::from(indicator) - 1);
        if let Some(shown) = finding.shown_percentage() {
            let met = finding.numerator * 100 >= target * finding.denominator;
            prop_assert_eq!(shown.0 >= target * 10, met);
        }
    }
}

/// Moves every date of a trajectory by so many days.
fn move_by(trajectory: &mut Trajectory, days: i64) {
    let moved = |date: NaiveDate| add_days(date, days);
    trajectory.referred_on = moved(trajectory.referred_on);
    for date in [
        &mut trajectory.plan_agreed_on,
        &mut trajectory.client_agreed_on,
        &mut trajectory.coach_agreed_on,
        &mut trajectory.contact_informed_on,
        &mut trajectory.term_ends_on,
        &mut trajectory.extension_permitted_on,
        &mut trajectory.ended_on,
        &mut trajectory.work_started_on,
        &mut trajectory.benefit_ended_on,
        &mut trajectory.indication_on,
        &mut trajectory.capacity_available_on,
        &mut trajectory.placed_on,
    ] {
        *date = date.map(moved);
    }
    for moment in &mut trajectory.feedback {
        moment.due_on = moved(moment.due_on);
        moment.done_on = moment.done_on.map(moved);
    }
}
