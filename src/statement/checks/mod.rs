//! Checks at the counter (controles vóór indienen): what a statement says, held against what the municipality already
//! knows. Pure: everything known is handed over as plain data.

mod charges;
mod context;
mod costs;
mod models;

use std::collections::BTreeSet;

use self::context::Known;
pub use self::context::{
    CheckContext, ContactTerm, EarlierLine, KnownTrajectory, Model, Prepaid, ProductTerm, Shared, TariffTerm, Term,
};
use super::read::in_order;
use super::remark::{Fault, Problem, Warning};
use super::{CostLine, FeedbackLine, Head, StaffLine, Statement, TrajectoryLine};
use crate::sheet::{Line, Place, Remark};

/// The heading is row 1 and the head has one row.
const HEAD_ROW: u32 = 2;

pub fn checks(statement: &Statement, context: &CheckContext) -> (Vec<Fault>, Vec<Warning>) {
    let known = Known::new(statement, context);
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    check_head(&statement.head, context, &mut faults);
    for line in &statement.trajectories {
        check_trajectory(line, &known, &mut faults);
    }
    for line in &statement.feedback {
        if !known.cases.contains_key(line.case_ref.as_str()) {
            let place = Place::cell(FeedbackLine::TABLE.name, line.row, "dossiernummer");
            faults.push(Remark::new(place, &line.case_ref, Problem::UnknownCase));
        }
    }
    for line in &statement.staff {
        check_codes(line, context, &mut faults);
    }
    for line in &statement.costs {
        costs::check_line(line, &known, &mut faults);
    }
    charges::check_together(statement, &known, &mut faults, &mut warnings);
    models::check_models(statement, &known, &mut faults, &mut warnings);
    costs::check_sum(&statement.costs, context, &mut warnings);
    faults.extend(context.lines_to_drop.and_then(|lines| drops_lines(statement, lines)));
    in_order(&mut faults);
    (faults, warnings)
}

fn check_head(head: &Head, context: &CheckContext, faults: &mut Vec<Fault>) {
    let mut refuse = |column: &str, found: &str, problem| {
        faults.push(Remark::new(Place::cell(Head::TABLE.name, HEAD_ROW, column), found, problem));
    };
    if let Some(kvk) = context.kvk.as_ref().filter(|kvk| **kvk != head.kvk) {
        refuse("kvk", head.kvk.as_str(), Problem::OtherProvider { expected: kvk.to_string() });
    }
    if let Some(quarter) = context.quarter.filter(|quarter| *quarter != head.quarter) {
        refuse("kwartaal", &head.quarter.to_string(), Problem::OtherQuarter { expected: quarter.to_string() });
    }
    if context.quarter.is_some() && !context.quarter_open {
        refuse("kwartaal", &head.quarter.to_string(), Problem::QuarterNotOpen);
    }
    if context.quarter_closed {
        refuse("kwartaal", &head.quarter.to_string(), Problem::QuarterClosed);
    }
}

/// A nil return over a statement that says something, and a file without cost lines over one with them, take away what was
/// stated. That is never done by mistake.
fn drops_lines(statement: &Statement, lines: usize) -> Option<Fault> {
    if statement.head.nil_return {
        let place = Place::cell(Head::TABLE.name, HEAD_ROW, "nulopgave");
        return Some(Remark::new(place, "ja", Problem::NilOverFilled { lines }));
    }
    let drops = statement.costs.is_empty() && lines > 0;
    drops.then(|| Remark::new(Place::sheet(CostLine::TABLE.name), "", Problem::CostsDropped { lines }))
}

fn check_trajectory(line: &TrajectoryLine, known: &Known<'_>, faults: &mut Vec<Fault>) {
    let mut refuse = |column: &str, found: &str, problem| {
        faults.push(Remark::new(Place::cell(TrajectoryLine::TABLE.name, line.row, column), found, problem));
    };
    let profiles = &known.context.profiles;
    if !profiles.is_empty() && !profiles.contains(&line.profile) {
        refuse("profiel", &line.profile, Problem::UnknownProfile);
    }
    if !known.products.contains_key(line.product.as_str()) {
        refuse("product", &line.product, Problem::ProductNotAgreed);
    }
    if !known.contacts.is_empty() && !known.contacts.contains_key(line.contact.as_str()) {
        refuse("contactpersoon", &line.contact, Problem::UnknownContact);
    }
}

fn check_codes(line: &StaffLine, context: &CheckContext, faults: &mut Vec<Fault>) {
    let Some(vog) = line.vog.as_ref().filter(|_| !context.vog_codes.is_empty()) else { return };
    let listed: BTreeSet<&str> =
        context.vog_codes.iter().filter(|(kind, _)| *kind == vog.kind).map(|(_, code)| code.as_str()).collect();
    for code in vog.codes.iter().filter(|code| !listed.contains(code.as_str())) {
        let place = Place::cell(StaffLine::TABLE.name, line.row, "vog_codes");
        faults.push(Remark::new(place, code, Problem::UnknownVogCode));
    }
}

fn cost_cell(line: &CostLine, column: &str) -> Place {
    Place::cell(CostLine::TABLE.name, line.row, column)
}

#[cfg(test)]
mod tests;
