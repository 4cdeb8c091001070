//! The desk (bureau): the pages that look across chapters.

pub mod web;
