//! The dossier on real databases: from a newcomer's first step to a decision, and everybody who may not.

mod aside;
mod beside;
mod decided;
mod handed_in;
mod invented;
mod isolated;
mod lasting;
mod letters;
mod looked;
mod mended;
mod procedure;
mod queries;
pub mod town;
