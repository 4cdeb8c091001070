//! The front of the house (voorkant): what everybody may read of a municipality's Open House, and the first step of who
//! wants to take part. Nobody is signed in here, so every look-up goes by the address of the municipality, and finds only
//! what is published.

pub mod apply;
pub mod register;
pub mod web;
