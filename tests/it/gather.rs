//! Gathering: what the stores hold of every provider, laid on the table, on both databases.

mod frozen;
mod invented;
mod judged;
mod owners;
mod queries;
mod terms;
pub mod town;
mod whole;
