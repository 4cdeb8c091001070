//! What a command says (uitvoer). Whoever reads the output may stop reading, as `head` does: that is no fault, and no reason
//! to leave the work undone, so the rest is said to nobody. An output that cannot be written, on a full disk, is a fault.

use std::fmt::Arguments;
use std::io::{self, Write};
use std::sync::OnceLock;

/// Says a line on standard output.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::out::write(format_args!("{}\n", format_args!($($words)*))) };
}

/// Says something on standard output that ends its own lines: a document.
macro_rules! say_whole {
    ($($words:tt)*) => { $crate::cli::out::write(format_args!($($words)*)) };
}

/// Says a line on standard error.
macro_rules! complain {
    ($($words:tt)*) => { $crate::cli::out::complaint(format_args!("{}\n", format_args!($($words)*))) };
}

pub(super) use {complain, say, say_whole};

/// Why the output could not be written, the first time.
static TROUBLE: OnceLock<io::Error> = OnceLock::new();

pub fn write(words: Arguments<'_>) {
    keep(io::stdout().lock().write_fmt(words));
}

/// When there is nobody to complain to, the exit code tells.
pub fn complaint(words: Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(words);
}

/// Why not everything could be said, when somebody was still there to hear it.
pub fn trouble() -> Option<&'static io::Error> {
    keep(io::stdout().lock().flush());
    TROUBLE.get()
}

fn keep(written: io::Result<()>) {
    if let Err(cause) = written
        && cause.kind() != io::ErrorKind::BrokenPipe
    {
        let _ = TROUBLE.set(cause);
    }
}
