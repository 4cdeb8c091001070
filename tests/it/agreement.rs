//! The agreement on real databases: its text from the first draft to what is signed.

mod annexes;
mod changes;
mod choosing;
mod life;
mod offers;
mod pages;
pub mod paper;
mod scene;
mod signing_pages;
mod stating;
mod text;
