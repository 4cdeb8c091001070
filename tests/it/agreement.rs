//! The agreement on real databases: its text from the first draft to what is signed.

mod changes;
mod life;
mod offers;
mod pages;
pub mod paper;
mod scene;
mod signing_pages;
mod stating;
mod text;
