//! The press (rapporten): a `Document` becomes a tagged, archivable PDF, and the same `Document` an HTML page.
//! No database and no clock: what is missing here is gathered earlier and carried.

pub mod document;
pub mod quarter;
