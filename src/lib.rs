//! Open House: contract management for re-integration services bought through a
//! toelatingsprocedure. This page is the table of contents, in story order:
//! a module may use only what stands above it (`tests/it/tidy.rs` holds it to that).

// Words: no I/O, know nothing of us.
#[macro_use]
pub mod codes;
pub mod calendar;
pub mod ids;
pub mod money;
pub mod quarter;
pub mod text;

// Ground: the world outside; knows no chapter.
pub mod sheet;

// The work.
pub mod client;
pub mod staff;
pub mod trajectory;

// The counter: what a provider states about a quarter.
pub mod statement;

// The judgement.
pub mod facts;
pub mod indicator;

// The house.
pub mod demo;
