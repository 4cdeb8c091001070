//! The desk (bureau): the pages that look across chapters.

pub mod paper;
pub mod web;
