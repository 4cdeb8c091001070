//! Uploads (bestanden die binnenkomen): how much may come in, who looks for viruses, and where the looking is done.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// The settings of an installation, and the gate that holds the work back.
#[derive(Debug)]
pub struct Uploads {
    /// In bytes: all files of one provider together.
    pub quota: u64,
    pub scan: Scan,
    /// This program itself: files are looked at in a process of their own.
    pub program: PathBuf,
    pub gate: Gate,
}

/// Whether a virus scanner looks at every file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    Off,
    /// The address of clamd, `127.0.0.1:3310`. What it has not seen is not opened.
    Required(String),
}

impl Uploads {
    pub fn new(quota: u64, scan: Scan) -> std::io::Result<Uploads> {
        Ok(Uploads { quota, scan, program: std::env::current_exe()?, gate: Gate::new(AT_ONCE) })
    }
}

/// So many files are looked at at once; a core each on a small server.
const AT_ONCE: u32 = 2;

/// Lets a few through at a time; the others wait at the gate.
#[derive(Debug)]
pub struct Gate {
    free: Mutex<u32>,
    left: Condvar,
}

/// Held while at work.
#[derive(Debug)]
pub struct Pass<'a>(&'a Gate);

impl Gate {
    pub fn new(places: u32) -> Gate {
        Gate { free: Mutex::new(places), left: Condvar::new() }
    }

    /// A place, or none when none came free in time. For a thread that may wait.
    pub fn enter(&self, patience: Duration) -> Option<Pass<'_>> {
        let until = Instant::now() + patience;
        let mut free = self.free();
        while *free == 0 {
            let left = until.checked_duration_since(Instant::now())?;
            free = self.left.wait_timeout(free, left).unwrap_or_else(|poisoned| poisoned.into_inner()).0;
        }
        *free -= 1;
        Some(Pass(self))
    }

    fn free(&self) -> MutexGuard<'_, u32> {
        self.free.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.free() += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_finds_no_place_waits_and_gives_up_in_time() {
        let gate = Gate::new(1);
        let first = gate.enter(Duration::ZERO);
        assert!(first.is_some());
        assert!(gate.enter(Duration::from_millis(5)).is_none());
        std::thread::scope(|scope| {
            let second = scope.spawn(|| gate.enter(Duration::from_secs(10)).is_some());
            drop(first);
            assert!(second.join().unwrap());
        });
    }
}
