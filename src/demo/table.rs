//! The facts of one provider and quarter, straight from the invented data and without a database: what import, stores
//! and `facts::gather` must come to. The tests hold the two beside each other.

use std::collections::BTreeMap;

use crate::calendar::add_days;
use crate::demo::{Delivery, Municipality, Provider};
use crate::facts::{
    Agreement, Complaint, Complaints, CostStatement, Exclusion, Professional, Provider as Named, QuarterFacts,
    Settings, Survey, Trajectory,
};
use crate::quarter::Quarter;
use crate::staff::{Vog, VogRules};
use crate::statement::{StaffLine, Statement, TrajectoryLine};
use crate::trajectory::FeedbackMoment;

/// "Uiterlijk 28 dagen na het kwartaal."
const DUE_DAYS: i64 = 28;

/// What was accepted of a quarter: refused files leave nothing behind.
pub fn accepted(provider: &Provider, quarter: Quarter) -> Vec<&Delivery> {
    let stated = provider.quarters.iter().find(|stated| stated.quarter == quarter);
    stated.iter().flat_map(|stated| &stated.deliveries).filter(|delivery| delivery.spoilings.is_empty()).collect()
}

/// What was known when the quarter was judged, all of it: also what plays no part in the quarter.
pub fn lay_out(municipality: &Municipality, provider: &Provider, quarter: Quarter) -> QuarterFacts {
    let stated: Vec<&Statement> = (municipality.quarters.iter())
        .filter(|earlier| **earlier <= quarter)
        .flat_map(|earlier| accepted(provider, *earlier))
        .map(|delivery| &delivery.statement)
        .collect();
    let mut lines: BTreeMap<&str, &TrajectoryLine> = BTreeMap::new();
    let mut feedback: BTreeMap<&str, BTreeMap<_, _>> = BTreeMap::new();
    let mut staff: BTreeMap<&str, Vec<&StaffLine>> = BTreeMap::new();
    for statement in &stated {
        lines.extend(statement.trajectories.iter().map(|line| (line.case_ref.as_str(), line)));
        for moment in &statement.feedback {
            feedback.entry(&moment.case_ref).or_default().insert(moment.due_on, moment.done_on);
        }
        for line in &statement.staff {
            let person = staff.entry(&line.staff_ref).or_default();
            person.retain(|known| known.vog.as_ref().map(|vog| vog.date) != line.vog.as_ref().map(|vog| vog.date));
            person.push(line);
        }
    }
    let trajectories = lines.values().map(|line| {
        let moments = feedback.get(line.case_ref.as_str()).into_iter().flatten();
        trajectory(
            municipality,
            quarter,
            line,
            moments.map(|(due_on, done_on)| FeedbackMoment { due_on: *due_on, done_on: *done_on }),
        )
    });
    let due_on = add_days(quarter.last_day(), DUE_DAYS);
    let received_on = accepted(provider, quarter).first().map(|delivery| delivery.received.date());
    let judgement = provider.quarters.iter().find(|s| s.quarter == quarter).and_then(|s| s.judgement.as_ref());
    QuarterFacts {
        quarter,
        provider: Named { kvk: provider.kvk.clone(), name: provider.name.to_owned() },
        settings: Settings::default(),
        agreement: Agreement {
            active_from: provider.agreement.active_from,
            active_until: provider.agreement.active_until,
        },
        trajectories: trajectories.collect(),
        professionals: staff.values().map(|lines| professional(provider, lines)).collect(),
        surveys: surveys(municipality, provider),
        complaints: Complaints {
            procedure_valid_until: provider.complaints.procedure_valid_until,
            adviser_named: provider.complaints.adviser.is_some(),
            statement_due_on: due_on,
            statement_received_on: received_on,
            items: stated
                .iter()
                .flat_map(|statement| &statement.complaints)
                .map(|line| Complaint {
                    complaint_ref: line.complaint_ref.clone(),
                    received_on: line.received_on,
                    reported_on: line.reported_on,
                })
                .collect(),
        },
        cost_statement: CostStatement {
            due_on,
            received_on,
            complete: judgement.is_some_and(|judgement| judgement.complete),
            returned_on: judgement.and_then(|judgement| judgement.returned_on),
            repaired_on: judgement.and_then(|judgement| judgement.repaired_on),
        },
    }
}

fn trajectory(
    municipality: &Municipality,
    quarter: Quarter,
    line: &TrajectoryLine,
    feedback: impl Iterator<Item = FeedbackMoment>,
) -> Trajectory {
    let facts = || municipality.municipal_facts.iter().filter(|told| told.quarter <= quarter);
    let outflow = facts().flat_map(|told| &told.outflow).rfind(|known| known.client_ref == line.client_ref);
    let outflow = outflow.filter(|known| known.outflow.benefit_ended_on >= line.referred_on);
    let placement = facts().flat_map(|told| &told.placements).rfind(|known| known.client_ref == line.client_ref);
    let exclusions = facts().flat_map(|told| &told.exclusions).filter(|known| known.case_ref == line.case_ref);
    Trajectory {
        case_ref: line.case_ref.clone(),
        profile: line.profile.clone(),
        referred_on: line.referred_on,
        plan_agreed_on: line.plan_agreed_on,
        agreed_results: line.agreed_results,
        client_agreed_on: line.client_agreed_on,
        coach_involved: line.coach_involved,
        coach_agreed_on: line.coach_agreed_on,
        contact_informed_on: line.contact_informed_on,
        feedback: feedback.collect(),
        term_ends_on: line.term_ends_on,
        suspended_days: line.suspended_days,
        extension_permitted_on: line.extension_permitted_on,
        ended_on: line.ended_on,
        end_reason: line.end_reason,
        results_achieved: line.results_achieved,
        reason_recorded: line.reason_recorded,
        work_started_on: line.work_started_on,
        benefit_ended_on: outflow.map(|known| known.outflow.benefit_ended_on),
        benefit_end_reason: outflow.map(|known| known.outflow.reason),
        outflow_confirmed: outflow.is_some(),
        indication_on: line.indication_on,
        capacity_available_on: line.capacity_available_on,
        waiting_list_days: placement.map_or(0, |known| known.placement.waiting_list_days),
        placed_on: line.placed_on,
        placement_confirmed: placement.is_some_and(|known| known.placement.confirmed),
        ladder_start: line.ladder_start,
        ladder_now: line.ladder_now,
        exclusions: exclusions
            .map(|known| Exclusion { code: known.code, indicator: known.indicator, accepted: known.accepted })
            .collect(),
    }
}

fn professional(provider: &Provider, lines: &[&StaffLine]) -> Professional {
    let person = lines[lines.len() - 1];
    let periods = lines.iter().filter_map(|line| line.vog.as_ref()).filter_map(|seen| {
        let vog = Vog { date: seen.date, kind: seen.kind, codes: seen.codes.clone(), checked_on: seen.checked_on };
        VogRules::default().period(&vog, person.active_from, provider.agreement.active_from).ok()
    });
    Professional {
        staff_ref: person.staff_ref.clone(),
        kind: person.kind,
        client_contact: person.client_contact,
        active_from: person.active_from,
        active_until: person.active_until,
        vogs: periods.collect(),
    }
}

fn surveys(municipality: &Municipality, provider: &Provider) -> Vec<Survey> {
    let mine = municipality.surveys.iter().filter_map(|survey| {
        let asked = survey.participants.iter().find(|one| one.kvk == provider.kvk)?;
        Some(Survey {
            survey_ref: survey.reference.clone(),
            due_on: survey.due_on,
            had_active_clients: asked.had_active_clients,
            cooperated_on: asked.cooperated_on,
        })
    });
    mine.collect()
}
