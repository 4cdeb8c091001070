//! The sheets of a statement (werkbladen van de opgave): per sheet its columns, and how a line is read and written.

pub mod complaints;
pub mod costs;
pub mod feedback;
pub mod head;
pub mod municipality;
pub mod staff;
pub mod trajectories;

use crate::sheet::{Line, Table};
use crate::statement::{ComplaintLine, CostLine, FeedbackLine, Head, StaffLine, TrajectoryLine};

/// In the order in which they stand in the workbook.
pub const TABLES: [&Table; 6] =
    [Head::TABLE, TrajectoryLine::TABLE, FeedbackLine::TABLE, StaffLine::TABLE, ComplaintLine::TABLE, CostLine::TABLE];

/// Sheets of our own making that may come back with the file and say nothing.
pub const ASIDE: [&str; 3] = ["Uitleg", "Fouten", "Lijsten"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_column_is_explained_in_both_languages() {
        for table in TABLES.iter().chain(&crate::statement::municipal::TABLES) {
            for column in table.columns {
                for lang in Lang::ALL {
                    let key = format!("{}-{}", table.texts, column.name);
                    assert!(lang.texts().has(&key), "{key} is missing in {lang}");
                }
            }
        }
    }

    #[test]
    fn the_first_column_of_every_table_is_required() {
        for table in TABLES.iter().chain(&crate::statement::municipal::TABLES) {
            assert!(table.columns[0].required, "{}", table.name);
        }
    }
}
