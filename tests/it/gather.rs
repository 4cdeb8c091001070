//! Gathering: what the stores hold of every provider, laid on the table, on both databases.

mod invented;
mod judged;
mod owners;
mod queries;
mod terms;
mod town;
mod whole;
