//! The agreement on real databases: its text from the first draft to what is signed.

mod life;
mod pages;
mod text;
