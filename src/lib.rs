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
pub mod written;
pub mod term;
pub mod actor;

// Ground: the world outside; knows no chapter.
pub mod log;
pub mod config;
pub mod schema;
pub mod db;
pub mod files;
pub mod vault;
pub mod seal;
pub mod sheet;
pub mod page;
pub mod audit;
pub mod mail;
pub mod oidc;
pub mod house;

// People.
pub mod account;

// The contract.
pub mod procedure;
pub mod provider;
pub mod evidence;
pub mod dossier;
pub mod agreement;
pub mod consultation;
pub mod planning;
pub mod staff;

// The work.
pub mod client;
pub mod trajectory;
pub mod complaint;
pub mod survey;
pub mod confirmation;
pub mod statement;
pub mod register;

// The judgement.
pub mod facts;
pub mod indicator;
pub mod assessment;
pub mod report;

// The house.
pub mod budget;
pub mod goals;
pub mod desk;
pub mod front;
pub mod mine;
pub mod admin;
pub mod reminder;
pub mod demo;
pub mod app;
pub mod cli;

// Every page with invented contents.
pub mod samples;
