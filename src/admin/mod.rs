//! The pages of who looks after the house (beheer): the criteria, the procedures, the outages, how the mail does and what
//! the mails say. Who may change what stands at the verbs of each chapter.

pub mod web;
