//! The shelf (plank): the PDF of a quarter that was set final is made once and stored under its hash; who downloads it later
//! gets exactly those bytes. A provisional report is made at each look.

use anyhow::Context;
use chrono::NaiveDateTime;

use crate::actor::Actor;
use crate::db::Db;
use crate::files::Files;
use crate::report::print::Paper;
use crate::report::store;

/// The bytes of the report. A stored file that is missing or was changed on disk is trouble, and is never made anew.
pub fn pdf(db: &Db, files: &Files, actor: &Actor, now: NaiveDateTime, paper: &Paper) -> anyhow::Result<Vec<u8>> {
    let (assessment, lang) = (&paper.assessment, paper.document.lang);
    if assessment.finalised.is_none() {
        return paper.pdf();
    }
    let gone = || format!("the stored report of {} in {} is not there", paper.provider.name, assessment.quarter);
    if let Some(stored) = db.read(|conn| store::find(conn, actor, assessment, lang))? {
        return files.get(&stored).with_context(gone);
    }
    let made = paper.pdf()?;
    // The file first, fsynced, then its row; of two at once the row that came first counts.
    let digest = files.put(&made)?;
    let counts = db.write(|conn| store::record(conn, actor, now, assessment, lang, &digest))?;
    if counts == digest { Ok(made) } else { files.get(&counts).with_context(gone) }
}
