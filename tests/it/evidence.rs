//! Evidence: files come in through the whole house, are judged apart, stored once, and given to nobody else.

pub mod corpus;
mod disk;
pub mod firm;
mod kept;
mod pages;
mod scanning;
mod sending;
