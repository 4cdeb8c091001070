//! The tests that need more than one page: real databases, real files, the whole house. One binary, a file per subject.

mod account;
mod admin_pages;
mod applying;
mod client_names;
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
mod idor;
mod indicator_pages;
mod ledger;
mod mail;
mod pages;
mod reminder;
mod settings;
mod statement;
mod tidy;
mod users;
mod vectors;
mod who_may_enter;
