//! A part of the report (onderdeel): with something in it, or with a sentence that says there is nothing. An empty
//! table leaves one in doubt, and a heading for each thing that is not there makes a long report.

use i18n_embed_fl::fl;

use crate::text::Lang;

use super::super::document::{Block, Level, Table};

pub enum Section {
    /// A heading with what stands below it.
    Filled(Vec<Block>),
    /// One whole sentence.
    Nothing(String),
}

impl Section {
    pub fn headed(heading: String, body: impl IntoIterator<Item = Block>) -> Section {
        Section::Filled(std::iter::once(Block::Heading(Level::H2, heading)).chain(body).collect())
    }

    /// A table without rows is a sentence.
    pub fn table(heading: String, table: Table, nothing: String) -> Section {
        match table.rows.is_empty() {
            true => Section::Nothing(nothing),
            false => Section::headed(heading, [Block::Table(table)]),
        }
    }
}

/// The parts in their order; what there is nothing of stands together at the end.
pub fn in_order(sections: Vec<Section>, lang: Lang) -> Vec<Block> {
    let (mut blocks, mut nothing) = (Vec::new(), Vec::new());
    for section in sections {
        match section {
            Section::Filled(filled) => blocks.extend(filled),
            Section::Nothing(sentence) => nothing.push(sentence),
        }
    }
    if !nothing.is_empty() {
        blocks.push(Block::Heading(Level::H2, fl!(lang.texts(), "report-nothing")));
        blocks.push(Block::text(nothing.join(" ")));
    }
    blocks
}
