//! The binary `openhouse`.

use std::process::ExitCode;

/// A page asks for memory some thousand times; with this allocator that takes a tenth less of its time.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    openhouse::cli::run()
}
