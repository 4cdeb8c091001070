//! All rows of one table, read into lines.

use super::heading::Found;
use super::remark::{Problem, Remark};
use super::row::RowReader;
use super::write::Line;

/// What became of the rows of a table.
pub struct Lines<L> {
    pub read: Vec<L>,
    /// Row and key of every filled row, read or refused, in order.
    pub keys: Vec<(u32, String)>,
    /// Those of the rows that were refused.
    pub refused: Vec<(u32, String)>,
}

/// No lines when the table is not among those found.
pub fn read_lines<L: Line>(found: &[Found<'_>], faults: &mut Vec<Remark<Problem>>) -> Lines<L> {
    let mut lines = Lines { read: Vec::new(), keys: Vec::new(), refused: Vec::new() };
    let Some(found) = found.iter().find(|found| found.table == L::TABLE) else { return lines };
    for row in found.rows() {
        let mut reader = RowReader::new(found, row);
        let key = found.key(row);
        match L::read(&mut reader) {
            Some(line) => lines.read.push(line),
            None => lines.refused.push((row.number, key.clone())),
        }
        lines.keys.push((row.number, key));
        faults.extend(reader.into_faults());
    }
    lines
}
