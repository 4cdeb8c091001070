//! The desk (bureau): the pages that look across chapters.

pub mod accession;
pub mod bench;
pub mod confirming;
pub mod indexing;
pub mod life;
pub mod paper;
pub mod quarters;
pub mod web;
