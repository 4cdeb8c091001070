//! The one binary of integration tests: a file per subject.

mod settings;
mod vectors;
