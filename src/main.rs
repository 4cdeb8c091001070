//! The binary `openhouse`.

use std::process::ExitCode;

fn main() -> ExitCode {
    openhouse::cli::run()
}
