//! The quarterly assessment (kwartaalbeoordeling): the findings of one provider and one quarter, proposed by the
//! system, looked at by both sides, set final by a person.

pub mod web;
