//! What decided about one case: the facts behind it, in the columns of its indicator, and the settings it rests on.

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::cases::{CaseRow, Cell, Column, columns};
use crate::calendar::add_days;
use crate::facts::{Professional, QuarterFacts, Settings, Survey, Trajectory, setting_value_words, setting_words};
use crate::indicator::{Case, deadline};
use crate::staff::ProfessionalKind;
use crate::text::Lang;
use crate::trajectory::EndReason;

/// The case with the facts that decided about it.
pub fn case_row(lang: Lang, facts: &QuarterFacts, indicator: u8, case: &Case) -> CaseRow {
    let cell = |column: &Column| match indicator {
        4 => facts.surveys.iter().find(|s| s.survey_ref == case.case_ref).map(|s| of_survey(s, *column)),
        5 => {
            let person = facts.professionals.iter().find(|p| p.staff_ref == case.case_ref);
            person.map(|person| of_person(lang, facts, person, *column))
        }
        7 => Some(of_complaints(lang, facts, &case.case_ref, *column)),
        10 => Some(of_statement(facts, *column)),
        _ => {
            let trajectory = facts.trajectories.iter().find(|t| t.case_ref == case.case_ref);
            trajectory.map(|trajectory| of_trajectory(lang, facts, trajectory, indicator, *column))
        }
    };
    CaseRow {
        case_ref: case.case_ref.clone(),
        outcome: case.outcome,
        code: case.code.clone(),
        strict_outcome: case.strict_outcome,
        cells: columns(indicator).iter().map(|column| cell(column).unwrap_or(Cell::Day(None))).collect(),
    }
}

fn of_trajectory(lang: Lang, facts: &QuarterFacts, t: &Trajectory, indicator: u8, column: Column) -> Cell {
    match column {
        Column::ReferredOn => Cell::Day(Some(t.referred_on)),
        Column::DueOn => Cell::Day(deadline(t, &facts.settings, indicator)),
        Column::PlanAgreedOn => Cell::Day(t.plan_agreed_on),
        Column::AgreedResults => Cell::Count(t.agreed_results),
        Column::ClientAgreedOn => Cell::Day(t.client_agreed_on),
        Column::CoachAgreedOn if !t.coach_involved => Cell::Words(fl!(lang.texts(), "assessment-no-coach")),
        Column::CoachAgreedOn => Cell::Day(t.coach_agreed_on),
        Column::MomentsDue => Cell::Count(moments(facts, t).0),
        Column::MomentsInTime => Cell::Count(moments(facts, t).1),
        Column::TermEndsOn => Cell::Day(deadline(t, &facts.settings, 6)),
        Column::EndedOn => Cell::Day(t.ended_on),
        Column::EndReason => Cell::Words(t.end_reason.map(|reason| end_reason(lang, reason)).unwrap_or_default()),
        Column::ExtensionPermittedOn => Cell::Day(t.extension_permitted_on),
        Column::BenefitEndedOn => Cell::Day(t.benefit_ended_on),
        Column::BenefitEndReason => {
            Cell::Words(t.benefit_end_reason.map(|reason| benefit_reason(lang, reason)).unwrap_or_default())
        }
        Column::IndicationOn => Cell::Day(t.indication_on),
        Column::PlacedOn => Cell::Day(t.placed_on),
        _ => Cell::Day(None),
    }
}

/// How many duties towards the contact person were due in the quarter, and how many were done in time.
fn moments(facts: &QuarterFacts, t: &Trajectory) -> (u32, u32) {
    let duties = crate::indicator::contact_duties(t, &facts.settings);
    let grace = i64::from(facts.settings.k3_grace_days);
    let stands = |due: NaiveDate| facts.quarter.contains(due) && t.ended_on.is_none_or(|ended| due <= ended);
    duties.filter(|(due, _)| stands(*due)).fold((0, 0), |(count, in_time), (due, done)| {
        let met = done.is_some_and(|done| done <= add_days(due, grace));
        (count + 1, in_time + u32::from(met))
    })
}

fn of_survey(survey: &Survey, column: Column) -> Cell {
    match column {
        Column::DueOn => Cell::Day(Some(survey.due_on)),
        Column::CooperatedOn => Cell::Day(survey.cooperated_on),
        _ => Cell::Day(None),
    }
}

fn of_person(lang: Lang, facts: &QuarterFacts, person: &Professional, column: Column) -> Cell {
    match column {
        Column::Kind => Cell::Words(kind(lang, person.kind)),
        Column::ActiveFrom => Cell::Day(Some(person.active_from)),
        Column::ActiveUntil => Cell::Words(match person.active_until {
            Some(day) if day <= facts.quarter.last_day() => lang.day_in_table(day),
            _ => fl!(lang.texts(), "assessment-still-there"),
        }),
        Column::VogValidUntil => Cell::Day(person.vogs.iter().map(|vog| vog.valid_until).max()),
        _ => Cell::Day(None),
    }
}

fn of_complaints(lang: Lang, facts: &QuarterFacts, element: &str, column: Column) -> Cell {
    let complaints = &facts.complaints;
    match (element, column) {
        ("statement", Column::DueOn) => Cell::Day(Some(complaints.statement_due_on)),
        ("statement", Column::ReceivedOn) => Cell::Day(complaints.statement_received_on),
        ("procedure", Column::DueOn) => Cell::Day(Some(facts.quarter.last_day())),
        ("procedure", Column::ReceivedOn) => Cell::Words(match complaints.procedure_valid_until {
            Some(day) => fl!(lang.texts(), "assessment-valid-until", day = lang.day_in_table(day)),
            None => String::new(),
        }),
        ("adviser", Column::ReceivedOn) if complaints.adviser_named => {
            Cell::Words(fl!(lang.texts(), "assessment-adviser-named"))
        }
        _ => Cell::Words(String::new()),
    }
}

fn of_statement(facts: &QuarterFacts, column: Column) -> Cell {
    let statement = &facts.cost_statement;
    Cell::Day(match column {
        Column::DueOn => Some(statement.due_on),
        Column::ReceivedOn => statement.received_on,
        Column::ReturnedOn => statement.returned_on,
        Column::RepairedOn => statement.repaired_on,
        _ => None,
    })
}

/// The settings that this indicator rests on, in words and with the value that was used.
pub fn settings_of(lang: Lang, settings: &Settings, indicator: u8) -> Vec<(String, String)> {
    let own = format!("k{indicator}.");
    let target = format!("targets.{indicator}");
    let entries = settings.entries().into_iter().filter(|(name, _)| name.starts_with(&own) || *name == target);
    entries.map(|(name, value)| (setting_words(lang, &name), setting_value_words(lang, &value))).collect()
}

fn end_reason(lang: Lang, reason: EndReason) -> String {
    let t = lang.texts();
    match reason {
        EndReason::Completed => fl!(t, "assessment-end-completed"),
        EndReason::Work => fl!(t, "assessment-end-work"),
        EndReason::Study => fl!(t, "assessment-end-study"),
        EndReason::Dropout => fl!(t, "assessment-end-dropout"),
        EndReason::MovedOn => fl!(t, "assessment-end-moved-on"),
        EndReason::Other => fl!(t, "assessment-end-other"),
    }
}

fn benefit_reason(lang: Lang, reason: crate::client::BenefitEndReason) -> String {
    use crate::client::BenefitEndReason::{Other, OwnFirm, Study, Work};
    let t = lang.texts();
    match reason {
        Work => fl!(t, "assessment-end-work"),
        Study => fl!(t, "assessment-end-study"),
        OwnFirm => fl!(t, "assessment-end-own-firm"),
        Other => fl!(t, "assessment-end-other"),
    }
}

fn kind(lang: Lang, kind: ProfessionalKind) -> String {
    let t = lang.texts();
    match kind {
        ProfessionalKind::Employee => fl!(t, "assessment-kind-employee"),
        ProfessionalKind::SelfEmployed => fl!(t, "assessment-kind-self-employed"),
        ProfessionalKind::Temp => fl!(t, "assessment-kind-temp"),
        ProfessionalKind::Intern => fl!(t, "assessment-kind-intern"),
        ProfessionalKind::Volunteer => fl!(t, "assessment-kind-volunteer"),
    }
}
