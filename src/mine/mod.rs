//! The provider's own pages (mijn): what it applied for and how far that is, what is asked of it, and what was said to it.
//! They stand on the dossier; nothing is decided here.

pub mod everything;
pub mod signing;
pub mod web;
