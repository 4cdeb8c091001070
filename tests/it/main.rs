//! The one binary of integration tests: a file per subject.

mod indicator_pages;
mod settings;
mod vectors;
