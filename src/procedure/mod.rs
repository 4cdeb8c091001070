//! The admission procedure (toelatingsprocedure).

pub mod store;
