//! The pages of who looks after the house (beheer): how the mail does, and what the mails say. A contract manager may
//! look; only a functional administrator changes anything.

pub mod web;
