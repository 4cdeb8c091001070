//! Reading a statement (inlezen): the file in, the statement or all of its faults out.

use std::collections::{BTreeMap, BTreeSet};

use super::good_rows::{GoodRows, Refused, take_good_rows};
use super::odd::odd;
use super::remark::{Fault, Problem, Warning};
use super::sheets::{ASIDE, TABLES};
use super::{ComplaintLine, CostLine, FeedbackLine, Head, StaffLine, Statement, TrajectoryLine};
use crate::ids::{Kvk, holds_bsn};
use crate::quarter::Quarter;
use crate::sheet::{
    Found, Line, Lines, Place, Refusal, Remark, RowReader, Source, lay_out, name_key, open, read_lines,
};

/// "Alle fouten ineens; niets wordt opgeslagen zolang er één rij geweigerd is" (quarter-statement.md).
#[derive(Debug, Clone)]
pub struct Reading {
    /// None as long as there is one fault.
    pub statement: Option<Statement>,
    pub faults: Vec<Fault>,
    pub warnings: Vec<Warning>,
    head: (Option<Kvk>, Option<Quarter>),
    /// Every row that could be read, also when another was refused. None without a head.
    draft: Option<Statement>,
    refused: Refused,
}

pub fn read(source: Source<'_>) -> Result<Reading, Refusal> {
    let book = open(source)?;
    let (mut cell_faults, mut sheet_warnings) = (Vec::new(), Vec::new());
    let found = lay_out(&book, &TABLES, &ASIDE, &mut cell_faults, &mut sheet_warnings);
    let head = says(&found);
    let heads: Lines<Head> = read_lines(&found, &mut cell_faults);
    let trajectories: Lines<TrajectoryLine> = read_lines(&found, &mut cell_faults);
    let feedback: Lines<FeedbackLine> = read_lines(&found, &mut cell_faults);
    let staff: Lines<StaffLine> = read_lines(&found, &mut cell_faults);
    let complaints: Lines<ComplaintLine> = read_lines(&found, &mut cell_faults);
    let costs: Lines<CostLine> = read_lines(&found, &mut cell_faults);
    let mut faults: Vec<Fault> = cell_faults.into_iter().map(Remark::into).collect();

    let count =
        trajectories.keys.len() + feedback.keys.len() + staff.keys.len() + complaints.keys.len() + costs.keys.len();
    if book.sheets.iter().all(|sheet| !is_ours(&sheet.name)) {
        let first = book.sheets.first().map_or("", |sheet| sheet.name.as_str());
        let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        faults.push(Remark::new(Place::sheet(first), "", Problem::NoKnownSheet { known: known.join(", ") }));
    } else {
        check_head(&heads, count, &mut faults);
    }
    refuse_duplicates(&trajectories, &mut faults);
    refuse_duplicates(&complaints, &mut faults);
    refuse_duplicates(&costs, &mut faults);
    for line in costs.read.iter().filter(|line| line.until < line.from) {
        let found = crate::sheet::shown_date(line.until);
        faults.push(Remark::new(Place::cell(CostLine::TABLE.name, line.row, "tot"), &found, Problem::UntilBeforeFrom));
    }

    let refused = Refused { cases: names(&trajectories.refused), cost_lines: names(&costs.refused) };
    let draft = heads.read.into_iter().next().map(|head| Statement {
        head,
        trajectories: trajectories.read,
        feedback: feedback.read,
        staff: staff.read,
        complaints: complaints.read,
        costs: costs.read,
    });
    let mut warnings: Vec<Warning> = sheet_warnings.into_iter().map(Remark::into).collect();
    warnings.extend(draft.as_ref().map(odd).unwrap_or_default());
    in_order(&mut faults);
    let statement = draft.clone().filter(|_| faults.is_empty());
    Ok(Reading { statement, faults, warnings, head, draft, refused })
}

impl Reading {
    /// Whose statement it says to be, and about which quarter, as far as that could be read: also when another cell of
    /// the head was refused, so that the refusal reaches the right provider.
    pub fn head(&self) -> (Option<&Kvk>, Option<Quarter>) {
        (self.head.0.as_ref(), self.head.1)
    }

    /// "Neem de goede rijen, stuur de rest terug" (quarter-statement.md). None when the fault is in the head or in a
    /// heading: then no row can be trusted.
    pub fn good_rows(&self) -> Option<GoodRows> {
        take_good_rows(self.draft.clone()?, &self.faults, self.refused.clone())
    }
}

fn says(found: &[Found<'_>]) -> (Option<Kvk>, Option<Quarter>) {
    let Some(head) = found.iter().find(|found| found.table == Head::TABLE) else { return (None, None) };
    let Some(row) = head.rows().next() else { return (None, None) };
    // What is wrong with these cells is told when the whole row is read.
    let mut row = RowReader::new(head, row);
    (row.kvk("kvk"), row.quarter("kwartaal"))
}

fn is_ours(sheet: &str) -> bool {
    TABLES.iter().any(|table| name_key(table.name) == name_key(sheet))
}

fn check_head(heads: &Lines<Head>, lines: usize, faults: &mut Vec<Fault>) {
    let sheet = Head::TABLE.name;
    let told = faults.iter().any(|fault| name_key(&fault.place.sheet) == name_key(sheet));
    if heads.keys.is_empty() && !told {
        faults.push(Remark::new(Place::sheet(sheet), "", Problem::HeadMissing));
    }
    for (row, _) in heads.keys.iter().skip(1) {
        faults.push(Remark::new(Place::row(sheet, *row), "", Problem::HeadTwice));
    }
    let (Some(head), Some((row, _))) = (heads.read.first(), heads.keys.first()) else { return };
    let place = Place::cell(sheet, *row, "nulopgave");
    if head.nil_return && lines > 0 {
        faults.push(Remark::new(place, "ja", Problem::NilWithLines { lines }));
    } else if !head.nil_return && lines == 0 && faults.is_empty() {
        faults.push(Remark::new(place, "", Problem::NothingStated));
    }
}

/// Which of two rows with one number is right, is not guessed: both are refused.
fn refuse_duplicates<L: Line>(lines: &Lines<L>, faults: &mut Vec<Fault>) {
    let column = L::TABLE.columns[0].name;
    let mut rows: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (row, key) in lines.keys.iter().filter(|(_, key)| !key.is_empty() && !holds_bsn(key)) {
        rows.entry(key).or_default().push(*row);
    }
    for (key, rows) in rows.iter().filter(|(_, rows)| rows.len() > 1) {
        for row in rows {
            let other = if *row == rows[0] { rows[1] } else { rows[0] };
            let place = Place::cell(L::TABLE.name, *row, column);
            faults.push(Remark::new(place, key, Problem::Duplicate { row: other }));
        }
    }
}

/// As the sheets stand in the workbook, then by row.
pub(super) fn in_order(faults: &mut [Fault]) {
    faults.sort_by_key(|fault| {
        let sheet = TABLES.iter().position(|table| name_key(table.name) == name_key(&fault.place.sheet));
        (sheet.unwrap_or(TABLES.len()), fault.place.row)
    });
}

fn names(rows: &[(u32, String)]) -> BTreeSet<String> {
    rows.iter().map(|(_, key)| key.clone()).filter(|key| !key.is_empty()).collect()
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod names;
