//! The municipality's own pages: criteria, outages, procedures and paper, asked for as a browser asks.

mod access;
mod announcing;
mod criteria;
mod office;
mod outages;
mod paper;
mod procedures;
mod products;
mod resting;
mod standard_texts;
