//! Checks on cost lines together: charged twice, more than approved, and corrections that find their line. Lines of
//! earlier quarters take part, but only lines of the statement itself are remarked upon.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::super::remark::{Concern, Fault, Problem, Stands, Warning};
use super::super::{CostLine, Statement};
use super::context::{EarlierLine, Known};
use super::cost_cell;
use crate::money::{Cents, Hundredths};
use crate::sheet::{Remark, shown_hundredths};

/// A cost line, of now or of before. Those of the statement carry their line.
struct Charge<'a> {
    stands: Stands,
    now: Option<&'a CostLine>,
    name: &'a str,
    case_ref: &'a str,
    product: &'a str,
    from: NaiveDate,
    until: NaiveDate,
    amount: Cents,
    quantity: Hundredths,
    corrects: Option<&'a str>,
    /// The amount less what corrections took from it.
    left: Cents,
}

pub(super) fn check_together(
    statement: &Statement,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Warning>,
) {
    let mut earlier: Vec<&EarlierLine> = known.context.earlier_lines.iter().collect();
    earlier.sort_by_key(|line| line.quarter);
    let mut charges: Vec<Charge<'_>> = earlier.into_iter().map(Charge::before).collect();
    charges.extend(statement.costs.iter().map(Charge::now));
    settle_corrections(&mut charges, faults, warnings);
    check_twice(&charges, known, faults, warnings);
    check_approved(&charges, known, faults);
    for line in statement.costs.iter().filter(|line| line.corrects.is_none()) {
        let quarter = statement.head.quarter;
        if !quarter.contains(line.from) || !quarter.contains(line.until) {
            warnings.push(Remark::new(cost_cell(line, "van"), "", Concern::OutsideQuarter));
        }
    }
}

/// Numbers of lines are unique within one statement only. A correction means the line of that number with the same dossier
/// and product: in its own statement first, then in the latest before it.
fn settle_corrections(charges: &mut [Charge<'_>], faults: &mut Vec<Fault>, warnings: &mut Vec<Warning>) {
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, charge) in charges.iter().enumerate() {
        named.entry(charge.name).or_default().push(index);
    }
    for index in 0..charges.len() {
        let Some(corrects) = charges[index].corrects else { continue };
        let charge = &charges[index];
        let amount = charge.amount;
        let candidates = || {
            let all = named.get(corrects).map(Vec::as_slice).unwrap_or_default();
            all.iter().copied().rev().filter(|other| *other != index && !charges[*other].is_later_than(charge))
        };
        let same =
            |other: &usize| charges[*other].case_ref == charge.case_ref && charges[*other].product == charge.product;
        let target = candidates().find(same);
        if let Some(line) = charge.now {
            let place = cost_cell(line, "corrigeert_regel");
            if candidates().next().is_none() {
                faults.push(Remark::new(place, corrects, Problem::CorrectsNothing));
            } else if target.is_none() {
                warnings.push(Remark::new(place, corrects, Concern::CorrectsOther));
            } else if amount > Cents(0) {
                warnings.push(Remark::new(place, corrects, Concern::PositiveCorrection));
            }
            let more = target.is_some_and(|target| charges[target].left + amount < Cents(0));
            if more && amount < Cents(0) {
                let found = shown_hundredths(amount.0);
                warnings.push(Remark::new(cost_cell(line, "bedrag"), &found, Concern::CorrectsMore));
            }
        }
        if let Some(target) = target {
            charges[target].left = charges[target].left + amount;
        }
    }
}

/// "dubbel (dossier, product, periode); overlappende maanden van een maandproduct" (quarter-statement.md). A line that
/// was wholly corrected counts no more, so that it may be charged anew.
fn check_twice<'a>(charges: &'a [Charge<'a>], known: &Known<'_>, faults: &mut Vec<Fault>, warnings: &mut Vec<Warning>) {
    let mut periods: HashMap<(&str, &str, NaiveDate, NaiveDate), &Charge<'_>> = HashMap::new();
    let mut months: HashMap<(&str, &str, i32), &Charge<'_>> = HashMap::new();
    let mut amounts: HashMap<(&str, &str, Cents, i32), u32> = HashMap::new();
    for charge in charges.iter().filter(|charge| charge.corrects.is_none() && charge.left > Cents(0)) {
        let key = (charge.case_ref, charge.product, charge.from, charge.until);
        let same_period = periods.get(&key).copied();
        periods.entry(key).or_insert(charge);
        let mut same_month = None;
        if known.is_monthly(charge.product) {
            for month in month_of(charge.from)..=month_of(charge.until) {
                let key = (charge.case_ref, charge.product, month);
                same_month = same_month.or(months.get(&key).copied());
                months.entry(key).or_insert(charge);
            }
        }
        let Some(line) = charge.now else { continue };
        let amount_key = (charge.case_ref, charge.product, charge.amount, month_of(charge.from));
        if let Some(other) = same_period {
            let problem = Problem::ChargedTwice { line: other.name.to_owned(), stands: other.stands };
            faults.push(Remark::new(cost_cell(line, "regel"), &line.line, problem));
        } else if let Some(other) = same_month {
            let problem = Problem::MonthTwice { line: other.name.to_owned(), stands: other.stands };
            faults.push(Remark::new(cost_cell(line, "van"), &crate::sheet::shown_date(line.from), problem));
        } else if let Some(row) = amounts.get(&amount_key) {
            let found = shown_hundredths(line.amount.0);
            warnings.push(Remark::new(cost_cell(line, "bedrag"), &found, Concern::SameAmount { row: *row }));
        }
        amounts.entry(amount_key).or_insert(line.row);
    }
}

/// "aantal binnen wat is toegekend": all lines of a dossier and product together, those of earlier quarters included.
fn check_approved(charges: &[Charge<'_>], known: &Known<'_>, faults: &mut Vec<Fault>) {
    let mut charged: HashMap<(&str, &str), i64> = HashMap::new();
    for charge in charges.iter().filter(|charge| charge.now.is_none() || charge.quantity < Hundredths(0)) {
        *charged.entry((charge.case_ref, charge.product)).or_default() += charge.quantity.0;
    }
    for charge in charges.iter().filter(|charge| charge.quantity > Hundredths(0)) {
        let (Some(line), key) = (charge.now, (charge.case_ref, charge.product)) else { continue };
        let total = charged.entry(key).or_default();
        *total += charge.quantity.0;
        if let Some(approved) = known.approved.get(&key).filter(|approved| *total > approved.0) {
            let problem =
                Problem::MoreThanApproved { charged: shown_hundredths(*total), approved: shown_hundredths(approved.0) };
            faults.push(Remark::new(cost_cell(line, "aantal"), &shown_hundredths(line.quantity.0), problem));
        }
    }
}

/// Months counted through the years.
fn month_of(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

impl<'a> Charge<'a> {
    fn now(line: &'a CostLine) -> Charge<'a> {
        Charge {
            stands: Stands::InRow(line.row),
            now: Some(line),
            name: &line.line,
            case_ref: &line.case_ref,
            product: &line.product,
            from: line.from,
            until: line.until,
            amount: line.amount,
            quantity: line.quantity,
            corrects: line.corrects.as_deref(),
            left: line.amount,
        }
    }

    fn before(line: &'a EarlierLine) -> Charge<'a> {
        Charge {
            stands: Stands::In(line.quarter),
            now: None,
            name: &line.line,
            case_ref: &line.case_ref,
            product: &line.product,
            from: line.from,
            until: line.until,
            amount: line.amount,
            quantity: line.quantity,
            corrects: line.corrects.as_deref(),
            left: line.amount,
        }
    }

    fn is_later_than(&self, other: &Charge<'_>) -> bool {
        match (self.stands, other.stands) {
            (Stands::In(mine), Stands::In(its)) => mine > its,
            (Stands::InRow(_), Stands::In(_)) => true,
            (_, Stands::InRow(_)) => false,
        }
    }
}
