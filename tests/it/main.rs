//! The tests that need more than one page: real databases, real files, the whole house. One binary, a file per subject.

mod account;
mod cluster;
mod command_line;
mod gather;
mod ground;
mod indicator_pages;
mod ledger;
mod settings;
mod tidy;
mod users;
mod vectors;
mod who_may_enter;
