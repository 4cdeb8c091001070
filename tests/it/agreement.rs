//! The agreement on real databases: its text from the first draft to what is signed.

mod offers;
mod pages;
pub mod paper;
mod signing_pages;
mod stating;
mod text;
