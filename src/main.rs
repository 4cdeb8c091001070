//! The program `openhouse`.

fn main() {}
