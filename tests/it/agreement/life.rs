//! The life of an agreement: client stop, notice, exit, dissolution, extension, subcontractors; who may, when, and what is
//! left behind.

mod delivery;
mod firm;
mod left;
mod pages;
mod running;
mod subcontracting;
