//! A statement written as the workbook a provider would send. What is written reads back as the same statement,
//! if its rows are numbered from 2 without gaps.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::sheet::{Line, RowWriter, Value, add_sheet};
use crate::statement::{ComplaintLine, CostLine, FeedbackLine, Head, StaffLine, Statement, TrajectoryLine};

/// `client_names` gives the name that goes with a client number, for the column clientnaam; a client without one
/// keeps an empty cell.
pub fn write_workbook(statement: &Statement, client_names: &BTreeMap<String, String>) -> Vec<u8> {
    write_workbook_retyped(statement, client_names, &[])
}

/// A cell that somebody typed something else into, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retyped<'a> {
    pub sheet: &'a str,
    pub row: u32,
    pub column: &'a str,
    pub written: &'a str,
}

/// The same with some cells typed over: a workbook as it comes from hands.
pub fn write_workbook_retyped(
    statement: &Statement,
    client_names: &BTreeMap<String, String>,
    retyped: &[Retyped<'_>],
) -> Vec<u8> {
    write(statement, client_names, retyped).expect("sheet names are ours and every text fits its cell")
}

fn write(
    statement: &Statement,
    client_names: &BTreeMap<String, String>,
    retyped: &[Retyped<'_>],
) -> Result<Vec<u8>, XlsxError> {
    let retype = |sheet: &str, number: u32, row: &mut RowWriter| {
        for cell in retyped.iter().filter(|cell| cell.sheet == sheet && cell.row == number) {
            row.put(cell.column, Value::Text(cell.written.to_owned()));
        }
    };
    let mut workbook = Workbook::new();
    add_sheet(&mut workbook, std::slice::from_ref(&statement.head), |_, row| retype(Head::TABLE.name, 2, row))?;
    add_sheet(&mut workbook, &statement.trajectories, |line, row| {
        row.put("clientnaam", client_names.get(&line.client_ref));
        retype(TrajectoryLine::TABLE.name, line.row, row);
    })?;
    add_sheet(&mut workbook, &statement.feedback, |line, row| retype(FeedbackLine::TABLE.name, line.row, row))?;
    add_sheet(&mut workbook, &statement.staff, |line, row| retype(StaffLine::TABLE.name, line.row, row))?;
    add_sheet(&mut workbook, &statement.complaints, |line, row| retype(ComplaintLine::TABLE.name, line.row, row))?;
    add_sheet(&mut workbook, &statement.costs, |line, row| retype(CostLine::TABLE.name, line.row, row))?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::client::names::ClientName;
    use crate::money::{Cents, Hundredths};
    use crate::quarter::Quarter;
    use crate::sheet::Source;
    use crate::staff::{ProfessionalKind, VogKind};
    use crate::statement::*;
    use crate::trajectory::{Achieved, EndReason};

    fn day() -> impl Strategy<Value = NaiveDate> {
        (0..3_000_i64).prop_map(|days| crate::calendar::add_days("2020-01-01".parse().unwrap(), days))
    }

    /// Texts that people and machines write, among them some that a spreadsheet would make something else of.
    fn word() -> impl Strategy<Value = String> {
        select(vec![
            "=1+1",
            "2026-3",
            "007",
            "1.10",
            "ja",
            "+31",
            "@x",
            "Zoë & Co <b>",
            "_x000D_",
            "'t",
            "a\"b;c",
            "1e5",
        ])
        .prop_map(str::to_owned)
    }

    fn trajectory() -> impl Strategy<Value = TrajectoryLine> {
        let dates = (day(), of(day()), of(day()), of(day()), of(day()), of(day()), of(day()));
        let more = (of(day()), of(day()), of(day()), of(day()), of(day()), of(day()));
        let codes = (of(select(EndReason::ALL)), of(select(Achieved::ALL)), any::<(bool, bool)>());
        let numbers = (0..99_u32, 0..3_650_u32, of(1..=6_u8), of(1..=6_u8), of(0..16_800_i64));
        (word(), word(), dates, more, codes, numbers).prop_map(|(client_ref, product, d, m, c, n)| TrajectoryLine {
            row: 0,
            case_ref: String::new(),
            client_ref,
            client_name: None,
            contact: "a.jansen@noordermeer.example".to_owned(),
            profile: "P2".to_owned(),
            product,
            referred_on: d.0,
            started_on: d.1,
            plan_agreed_on: d.2,
            agreed_results: n.0,
            client_agreed_on: d.3,
            coach_involved: c.2.0,
            coach_agreed_on: d.4,
            contact_informed_on: d.5,
            term_ends_on: d.6,
            suspended_days: n.1,
            extension_permitted_on: m.0,
            ended_on: m.1,
            end_reason: c.0,
            results_achieved: c.1,
            reason_recorded: c.2.1,
            work_started_on: m.2,
            hours_per_week: n.4.map(Hundredths),
            indication_on: m.3,
            capacity_available_on: m.4,
            placed_on: m.5,
            ladder_start: n.2,
            ladder_now: n.3,
        })
    }

    fn staff() -> impl Strategy<Value = StaffLine> {
        let codes = vec(select(vec!["01", "12", "45", "85"]).prop_map(str::to_owned), 1..3);
        let vog = (day(), select(VogKind::ALL), codes, of(day()));
        let vog = of(vog.prop_map(|(date, kind, codes, checked_on)| VogLine { date, kind, codes, checked_on }));
        (word(), select(ProfessionalKind::ALL), any::<bool>(), day(), of(day()), vog).prop_map(
            |(staff_ref, kind, client_contact, active_from, active_until, vog)| StaffLine {
                row: 0,
                staff_ref,
                kind,
                client_contact,
                active_from,
                active_until,
                vog,
            },
        )
    }

    fn cost() -> impl Strategy<Value = CostLine> {
        let numbers = (-99_999..99_999_i64, 0..9_999_999_i64, -9_999_999..9_999_999_i64, of(-999_i64..999));
        (word(), word(), day(), 0..90_i64, numbers, of(word())).prop_map(|(product, unit, from, days, n, corrects)| {
            CostLine {
                row: 0,
                line: String::new(),
                case_ref: "D-1".to_owned(),
                contact: "f.hofstra@noordermeer.example".to_owned(),
                product,
                from,
                until: crate::calendar::add_days(from, days),
                unit,
                quantity: Hundredths(n.0),
                tariff: Cents(n.1),
                amount: Cents(n.2),
                vat: n.3.map(Cents),
                invoice: String::new(),
                corrects,
            }
        })
    }

    fn statement() -> impl Strategy<Value = Statement> {
        let feedback = (word(), day(), of(day()), word())
            .prop_map(|(case_ref, due_on, done_on, manner)| FeedbackLine { row: 0, case_ref, due_on, done_on, manner });
        let complaint =
            (day(), of(day()), word(), of(day()), word()).prop_map(|(r, reported_on, category, handled_on, o)| {
                ComplaintLine {
                    row: 0,
                    complaint_ref: String::new(),
                    received_on: r,
                    reported_on,
                    category,
                    handled_on,
                    outcome: o,
                }
            });
        let lines =
            (vec(trajectory(), 0..5), vec(feedback, 0..5), vec(staff(), 0..5), vec(complaint, 0..5), vec(cost(), 1..5));
        (lines, "[a-zé\n ]{0,40}").prop_map(|((trajectories, feedback, staff, complaints, costs), note)| {
            let note = note.trim().to_owned();
            let quarter = Quarter::new(2026, 3).unwrap();
            let head = Head { kvk: "01234567".parse().unwrap(), quarter, nil_return: false, note };
            let mut statement = Statement { head, trajectories, feedback, staff, complaints, costs };
            number(&mut statement);
            statement
        })
    }

    /// Rows from 2, and the numbers that occur once.
    fn number(statement: &mut Statement) {
        for (row, line) in (2..).zip(&mut statement.trajectories) {
            (line.row, line.case_ref) = (row, format!("D-{row}"));
        }
        for (row, line) in (2..).zip(&mut statement.feedback) {
            line.row = row;
        }
        for (row, line) in (2..).zip(&mut statement.staff) {
            line.row = row;
        }
        for (row, line) in (2..).zip(&mut statement.complaints) {
            (line.row, line.complaint_ref) = (row, format!("K-{row}"));
        }
        for (row, line) in (2..).zip(&mut statement.costs) {
            (line.row, line.line) = (row, format!("{row}"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_written_reads_back_the_same(statement in statement()) {
            let bytes = write_workbook(&statement, &BTreeMap::from([("007".to_owned(), "J. Visser".to_owned())]));
            let reading = read(Source::File(&bytes)).unwrap();
            prop_assert_eq!(&reading.faults, &vec![]);
            let mut stated = statement;
            for line in stated.trajectories.iter_mut().filter(|line| line.client_ref == "007") {
                line.client_name = Some(ClientName("J. Visser".to_owned()));
            }
            prop_assert_eq!(reading.statement, Some(stated));
        }
    }
}
