//! The press (rapporten): a `Document` becomes a tagged, archivable PDF, and the same `Document` an HTML page.
//! No database and no clock: what is missing here is gathered earlier and carried.

pub mod agreement;
pub mod compliance;
pub mod document;
pub mod gather;
pub mod indexation;
pub mod letter;
pub mod print;
pub mod quarter;
pub mod seal;
pub mod shelf;
pub mod signing;
pub mod store;
pub mod web;

mod chart;
mod check;
mod contents;
mod data_table;
mod fact_list;
mod flow;
mod font;
mod html;
mod layout;
mod list;
mod paper;
mod pdf;
mod shapes;
mod svg;
mod table;
mod wrap;

use document::Document;

pub use check::{PressError, unprintable};
pub use html::html;

/// Prints a document as one PDF/UA-1 and PDF/A-2a file. The same document gives the same bytes.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PressError> {
    let extra = check::check(document)?;
    pdf::print(document, &layout::layout(document), &extra)
}
