//! Tests of the house as a whole, one binary: a file per subject.

mod cluster;
mod tidy;
