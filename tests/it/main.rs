//! The tests that need more than one page: real databases, real files, the whole house. One binary, a file per subject.

mod account;
mod applying;
mod admin_pages;
mod cluster;
mod command_line;
mod door;
mod dossier;
mod dossier_pages;
mod elsewhere;
mod evidence;
mod gather;
mod ground;
mod handing_in;
mod indicator_pages;
mod ledger;
mod mail;
mod pages;
mod settings;
mod statement;
mod tidy;
mod users;
mod vectors;
mod who_may_enter;
