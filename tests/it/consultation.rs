//! The consultation table: seats, meetings, proposals, reactions, decisions, minutes, and every message to all at once.

mod heard;
pub mod pages;
pub mod setting;
mod table;
mod telling;
