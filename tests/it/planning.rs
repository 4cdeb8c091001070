//! The planning of a procedure, the decisions of the college, and the public register: on real databases and on their pages.

mod board;
mod decisions;
mod public_register;
