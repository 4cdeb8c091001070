//! The good rows are taken, the rest goes back (goede rijen overnemen): a row goes back for a fault of its own, or
//! because it rests on a row that does.

use std::collections::{BTreeMap, BTreeSet};

use super::read::in_order;
use super::remark::{Fault, Problem};
use super::{ComplaintLine, CostLine, FeedbackLine, Head, StaffLine, Statement, TrajectoryLine};
use crate::sheet::{Line, Place, Remark, name_key};

/// The rows that are good, and every fault of the rows that go back.
#[derive(Debug, Clone)]
pub struct GoodRows {
    pub statement: Statement,
    pub faults: Vec<Fault>,
}

/// What other rows may lean on, and was refused.
#[derive(Debug, Clone, Default)]
pub(super) struct Refused {
    pub cases: BTreeSet<String>,
    pub cost_lines: BTreeSet<String>,
}

/// The same for a statement that was read, and in which the checks found faults.
pub fn send_back(statement: Statement, faults: &[Fault]) -> Option<GoodRows> {
    take_good_rows(statement, faults, Refused::default())
}

pub(super) fn take_good_rows(mut statement: Statement, faults: &[Fault], mut refused: Refused) -> Option<GoodRows> {
    let about_the_whole = |fault: &Fault| {
        fault.place.row.is_none_or(|row| row == 1) || name_key(&fault.place.sheet) == name_key(Head::TABLE.name)
    };
    if faults.iter().any(about_the_whole) {
        return None;
    }
    let mut bad: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for fault in faults {
        bad.entry(name_key(&fault.place.sheet)).or_default().extend(fault.place.row);
    }
    let is_bad = |table: &str, row: u32| bad.get(&name_key(table)).is_some_and(|rows| rows.contains(&row));
    statement.trajectories.retain(|line| {
        let bad = is_bad(TrajectoryLine::TABLE.name, line.row);
        if bad {
            refused.cases.insert(line.case_ref.clone());
        }
        !bad
    });
    statement.costs.retain(|line| {
        let bad = is_bad(CostLine::TABLE.name, line.row);
        if bad {
            refused.cost_lines.insert(line.line.clone());
        }
        !bad
    });
    statement.feedback.retain(|line| !is_bad(FeedbackLine::TABLE.name, line.row));
    statement.staff.retain(|line| !is_bad(StaffLine::TABLE.name, line.row));
    statement.complaints.retain(|line| !is_bad(ComplaintLine::TABLE.name, line.row));

    let mut faults = faults.to_vec();
    send_dependents_back(&mut statement, &mut refused, &mut faults);
    in_order(&mut faults);
    Some(GoodRows { statement, faults })
}

/// Feedback and costs go back with their trajectory, and a correction with the line that it corrects.
fn send_dependents_back(statement: &mut Statement, refused: &mut Refused, faults: &mut Vec<Fault>) {
    statement.feedback.retain(|line| {
        let rests = refused.cases.contains(&line.case_ref);
        if rests {
            faults.push(rests_on(FeedbackLine::TABLE.name, line.row, "dossiernummer", &line.case_ref));
        }
        !rests
    });
    loop {
        let before = statement.costs.len();
        statement.costs.retain(|line| {
            let case = Some(&line.case_ref).filter(|case| refused.cases.contains(*case));
            let corrected = line.corrects.as_ref().filter(|of| refused.cost_lines.contains(*of));
            if let Some(case) = case {
                faults.push(rests_on(CostLine::TABLE.name, line.row, "dossiernummer", case));
            }
            if let Some(of) = corrected {
                faults.push(rests_on(CostLine::TABLE.name, line.row, "corrigeert_regel", of));
            }
            let rests = case.is_some() || corrected.is_some();
            if rests {
                refused.cost_lines.insert(line.line.clone());
            }
            !rests
        });
        if statement.costs.len() == before {
            return;
        }
    }
}

fn rests_on(sheet: &str, row: u32, column: &str, of: &str) -> Fault {
    Remark::new(Place::cell(sheet, row, column), of, Problem::RestsOnRefused { of: of.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::text::Lang;

    #[test]
    fn good_rows_are_taken_and_the_rest_goes_back_with_what_rests_on_it() {
        let reading = Example::new()
            .again("Trajecten")
            .with_at("Trajecten", 3, "dossiernummer", "D-2")
            .with_at("Trajecten", 3, "aangemeld_op", "gisteren")
            .again("Terugkoppelingen")
            .with_at("Terugkoppelingen", 3, "dossiernummer", "D-2")
            .again("Kosten")
            .with_at("Kosten", 3, "regel", "2")
            .with_at("Kosten", 3, "dossiernummer", "D-2")
            .again("Kosten")
            .with_at("Kosten", 4, "regel", "3")
            .with_at("Kosten", 4, "dossiernummer", "D-2026-014")
            .with_at("Kosten", 4, "corrigeert_regel", "2")
            .read();
        assert_eq!(reading.statement, None);
        let good = reading.good_rows().unwrap();
        assert_eq!(good.statement, Example::new().read().statement.unwrap());
        let sent_back: Vec<_> = good.faults.iter().map(|fault| (fault.place.sheet.as_str(), fault.place.row)).collect();
        assert_eq!(
            sent_back,
            [("Trajecten", Some(3)), ("Terugkoppelingen", Some(3)), ("Kosten", Some(3)), ("Kosten", Some(4))]
        );
        assert_eq!(
            good.faults[1].message(Lang::Nl),
            r#"Blad Terugkoppelingen, rij 3, kolom dossiernummer: hier staat "D-2". Deze rij hoort bij D-2, en die rij is geweigerd. Herstel eerst die rij. Lever deze rij dan opnieuw in."#
        );
    }

    #[test]
    fn no_row_is_taken_from_a_file_whose_head_or_heading_is_wrong() {
        assert!(Example::new().with("Opgave", "kvk", "x").read().good_rows().is_none());
        let mut example = Example::new();
        example.sheet("Kosten")[0][8] = "prijs".to_owned();
        assert!(example.read().good_rows().is_none());
    }
}
