//! Checks on what the catalogue lays down (bekostiging en grenzen): a product of one provider alone, the most for one
//! trajectory, a batch that was paid in advance, and places and volume that all providers share. What a provider can know by
//! itself is a fault; what depends on others it can only be warned of, for it delivered what was asked of it.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;

use super::super::remark::{Concern, Fault, Problem, Warning};
use super::super::{CostLine, Statement};
use super::context::{Known, Shared};
use super::cost_cell;
use crate::money::Hundredths;
use crate::sheet::{Remark, shown_hundredths};

pub(super) fn check_models(
    statement: &Statement,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Warning>,
) {
    for line in &statement.costs {
        if known.model(&line.product, line.from).is_some_and(|model| model.reserved) {
            faults.push(Remark::new(cost_cell(line, "product"), &line.product, Problem::ReservedProduct));
        }
    }
    check_most(statement, known, faults);
    check_prepaid(statement, known, faults);
    for shared in &known.context.shared {
        check_places(statement, known, shared, warnings);
        check_year(statement, known, shared, warnings);
    }
}

/// "maximum aantal" of the catalogue: all lines of a dossier and product together, those of other quarters included.
fn check_most(statement: &Statement, known: &Known<'_>, faults: &mut Vec<Fault>) {
    let mut charged: HashMap<(&str, &str), i64> = HashMap::new();
    for line in &known.context.earlier_lines {
        *charged.entry((&line.case_ref, &line.product)).or_default() += line.quantity.0;
    }
    for line in in_order_of_effect(&statement.costs) {
        let total = charged.entry((&line.case_ref, &line.product)).or_default();
        *total += line.quantity.0;
        let most = known.model(&line.product, line.from).and_then(|model| model.most);
        if let Some(most) = most.filter(|most| line.quantity > Hundredths(0) && *total > most.0) {
            let problem = Problem::MoreThanMost { charged: shown_hundredths(*total), most: shown_hundredths(most.0) };
            faults.push(Remark::new(cost_cell(line, "aantal"), &shown_hundredths(line.quantity.0), problem));
        }
    }
}

/// "vooraf betaalde partij": the lines draw it down, and nothing is delivered of what was not bought.
fn check_prepaid(statement: &Statement, known: &Known<'_>, faults: &mut Vec<Fault>) {
    for batch in &known.context.prepaid {
        let earlier = known.context.earlier_lines.iter();
        let earlier = earlier.filter(|line| line.product == batch.product && line.from >= batch.since);
        let mut drawn: i64 = earlier.map(|line| line.quantity.0).sum();
        let of_batch = |line: &&CostLine| line.product == batch.product && line.from >= batch.since;
        for line in in_order_of_effect(&statement.costs).filter(of_batch) {
            drawn += line.quantity.0;
            if line.quantity > Hundredths(0) && drawn > batch.bought.0 {
                let problem = Problem::MoreThanPrepaid {
                    charged: shown_hundredths(drawn),
                    bought: shown_hundredths(batch.bought.0),
                };
                faults.push(Remark::new(cost_cell(line, "aantal"), &shown_hundredths(line.quantity.0), problem));
            }
        }
    }
}

/// Corrections first: what a statement itself takes back makes room for its own lines.
fn in_order_of_effect(lines: &[CostLine]) -> impl Iterator<Item = &CostLine> {
    let back = lines.iter().filter(|line| line.quantity < Hundredths(0));
    back.chain(lines.iter().filter(|line| line.quantity >= Hundredths(0)))
}

/// "plekken tegelijk", counted on the last day of the quarter: a trajectory takes a place from start to end.
fn check_places(statement: &Statement, known: &Known<'_>, shared: &Shared, warnings: &mut Vec<Warning>) {
    let last_day = statement.head.quarter.last_day();
    let places = known.model(&shared.product, last_day).and_then(|model| model.places);
    let Some((places, line)) = places.zip(first_line(statement, &shared.product)) else { return };
    let stated: HashSet<&str> = statement.trajectories.iter().map(|line| line.case_ref.as_str()).collect();
    let runs_on = statement.trajectories.iter().filter(|line| {
        let started = line.started_on.is_some_and(|day| day <= last_day);
        line.product == shared.product && started && line.ended_on.is_none_or(|day| day >= last_day)
    });
    let before = shared.own.iter().filter(|case| !stated.contains(case.as_str()));
    let taken = shared.places_elsewhere + before.count() + runs_on.count();
    if taken > usize::try_from(places).unwrap_or(usize::MAX) {
        warnings.push(Remark::new(cost_cell(line, "product"), &line.product, Concern::OverPlaces { taken, places }));
    }
}

/// "volume per jaar": everything of the calendar year in which the quarter lies.
fn check_year(statement: &Statement, known: &Known<'_>, shared: &Shared, warnings: &mut Vec<Warning>) {
    let quarter = statement.head.quarter;
    let yearly = known.model(&shared.product, quarter.last_day()).and_then(|model| model.yearly);
    let Some((yearly, line)) = yearly.zip(first_line(statement, &shared.product)) else { return };
    let of_year = |line: &&CostLine| line.product == shared.product && line.from.year() == quarter.year();
    let now: i64 = statement.costs.iter().filter(of_year).map(|line| line.quantity.0).sum();
    let delivered = shared.delivered.0 + now;
    if delivered > yearly.0 {
        let (delivered, yearly) = (shown_hundredths(delivered), shown_hundredths(yearly.0));
        warnings.push(Remark::new(cost_cell(line, "product"), &line.product, Concern::OverYear { delivered, yearly }));
    }
}

fn first_line<'a>(statement: &'a Statement, product: &str) -> Option<&'a CostLine> {
    statement.costs.iter().find(|line| line.product == product && line.quantity > Hundredths(0))
}
