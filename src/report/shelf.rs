//! The shelf (plank): what counts is printed once, closed with the municipality's seal when one is configured, and stored
//! under its hash; who downloads it later gets exactly those bytes. A provisional report is made at each look.

use anyhow::Context;
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;
use i18n_embed_fl::fl;

use crate::actor::Actor;
use crate::db::Db;
use crate::files::Files;
use crate::house::House;
use crate::report::document::Document;
use crate::report::print::Paper;
use crate::report::{pdf, seal, store};
use crate::seal::Seals;

/// Where what is printed is kept, and the seals that close it.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    pub db: &'a Db,
    pub files: &'a Files,
    pub seals: &'a Seals,
}

impl<'a> Shelf<'a> {
    pub fn of(house: &'a House) -> Shelf<'a> {
        Shelf { db: &house.db, files: &house.files, seals: &house.seals }
    }

    /// The bytes of the report. A stored file that is missing or was changed on disk is trouble, and is never made anew.
    pub fn report(self, actor: &Actor, now: NaiveDateTime, paper: &Paper) -> anyhow::Result<Vec<u8>> {
        let (assessment, lang) = (&paper.assessment, paper.document.lang);
        if assessment.finalised.is_none() {
            return paper.pdf();
        }
        let gone = || format!("the stored report of {} in {} is not there", paper.provider.name, assessment.quarter);
        if let Some(stored) = self.db.read(|conn| store::find(conn, actor, assessment, lang))? {
            return self.files.get(&stored).with_context(gone);
        }
        let made = self.sealed(&paper.document, &paper.municipality, now)?;
        // The file first, fsynced, then its row; of two at once the row that came first counts.
        let digest = self.files.put(&made)?;
        let counts = self.db.write(|conn| store::record(conn, actor, now, assessment, lang, &digest))?;
        if counts == digest { Ok(made) } else { self.files.get(&counts).with_context(gone) }
    }

    /// Prints what counts, under the seal of the municipality with this name if it has one.
    pub fn sealed(self, document: &Document, town: &str, now: NaiveDateTime) -> anyhow::Result<Vec<u8>> {
        let printed = || format!("{} cannot be printed", document.identity.id);
        let made = pdf(document).with_context(printed)?;
        let Some(own) = self.seals.of_town(town) else { return Ok(made) };
        let words = fl!(document.lang.texts(), "report-seal", town = town);
        seal::close(&made, own, &words, Amsterdam.from_utc_datetime(&now).fixed_offset()).with_context(printed)
    }
}
