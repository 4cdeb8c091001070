//! A delivery as the file that came in (bestand): the workbook of any provider, and where cells were deliberately
//! filled in wrong, those.

use std::path::Path;
use std::slice::from_ref;

use anyhow::Context;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::demo::Delivery;
use crate::sheet::{Line, RowWriter, add_sheet};
use crate::statement::{ComplaintLine, CostLine, FeedbackLine, StaffLine, TrajectoryLine, write_workbook};

impl Delivery {
    /// The XLSX file, byte for byte what the provider sends.
    pub fn file(&self) -> Vec<u8> {
        match self.spoilings.is_empty() {
            true => write_workbook(&self.statement, &self.client_names),
            false => self.spoiled().expect("sheet names are ours and every text fits its cell"),
        }
    }

    fn spoiled(&self) -> Result<Vec<u8>, XlsxError> {
        let statement = &self.statement;
        let mut workbook = Workbook::new();
        add_sheet(&mut workbook, from_ref(&statement.head), |_, _| {})?;
        add_sheet(&mut workbook, &statement.trajectories, |line, row| {
            row.put("clientnaam", self.client_names.get(&line.client_ref));
            self.spoil::<TrajectoryLine>(line.row, row);
        })?;
        add_sheet(&mut workbook, &statement.feedback, |line, row| self.spoil::<FeedbackLine>(line.row, row))?;
        add_sheet(&mut workbook, &statement.staff, |line, row| self.spoil::<StaffLine>(line.row, row))?;
        add_sheet(&mut workbook, &statement.complaints, |line, row| self.spoil::<ComplaintLine>(line.row, row))?;
        add_sheet(&mut workbook, &statement.costs, |line, row| self.spoil::<CostLine>(line.row, row))?;
        workbook.save_to_buffer()
    }

    fn spoil<L: Line>(&self, number: u32, row: &mut RowWriter) {
        let here = self.spoilings.iter().filter(|wrong| wrong.sheet == L::TABLE.name && wrong.row == number);
        for wrong in here {
            row.put(wrong.column, wrong.written);
        }
    }
}

/// The file as it stands in the folder; it is made when it is not there.
pub fn written_once(path: &Path, make: impl FnOnce() -> Vec<u8>) -> anyhow::Result<Vec<u8>> {
    if let Ok(bytes) = std::fs::read(path) {
        return Ok(bytes);
    }
    let bytes = make();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    std::fs::write(path, &bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(bytes)
}
