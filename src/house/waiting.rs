//! The waiting room (wachtkamer): files that were not taken in yet wait a while in memory, so that their sender can take the
//! good rows, get the file back marked, or say yes to what was found in it. They are never written to disk: such a file may
//! hold what must not be kept.

use std::sync::Mutex;

use chrono::{NaiveDateTime, TimeDelta};

use crate::ids::Sha256Hex;

/// A file that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Whose it is: nobody else gets it back.
    pub holder: Holder,
    pub digest: Sha256Hex,
    pub name: String,
    pub bytes: Vec<u8>,
    /// In UTC.
    pub since: NaiveDateTime,
}

/// Who brought a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Anybody of this provider, or of the municipality for it.
    Provider(i64),
    /// One person.
    Account(i64),
}

/// The files that wait, the oldest first.
#[derive(Debug, Default)]
pub struct WaitingRoom(Mutex<Vec<Waiting>>);

/// After so long a file is gone.
const PATIENCE: TimeDelta = TimeDelta::minutes(60);

/// All files together take no more memory than this; the oldest make room.
const ROOM_BYTES: usize = 64 * 1024 * 1024;

impl WaitingRoom {
    pub fn admit(&self, file: Waiting) {
        let mut room = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let now = file.since;
        room.retain(|one| now - one.since < PATIENCE && (one.holder, &one.digest) != (file.holder, &file.digest));
        room.push(file);
        while room.iter().map(|one| one.bytes.len()).sum::<usize>() > ROOM_BYTES && room.len() > 1 {
            room.remove(0);
        }
    }

    /// The file with this digest that they sent, if it still waits.
    pub fn find(&self, holder: Holder, digest: &Sha256Hex, now: NaiveDateTime) -> Option<Waiting> {
        let room = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let sent = |one: &&Waiting| one.holder == holder && one.digest == *digest && now - one.since < PATIENCE;
        room.iter().find(sent).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(provider_id: i64, size: usize, minute: i64) -> Waiting {
        let bytes = vec![u8::try_from(minute).unwrap(); size];
        let digest = Sha256Hex::of(&bytes);
        Waiting { holder: Holder::Provider(provider_id), digest, name: "opgave.xlsx".into(), bytes, since: at(minute) }
    }

    fn at(minute: i64) -> NaiveDateTime {
        "2026-10-09T10:00:00".parse::<NaiveDateTime>().unwrap() + TimeDelta::minutes(minute)
    }

    #[test]
    fn only_its_sender_gets_a_file_back_and_not_for_ever() {
        let room = WaitingRoom::default();
        let one = file(7, 10, 0);
        room.admit(one.clone());
        assert!(room.find(Holder::Provider(7), &one.digest, at(59)).is_some());
        assert!(room.find(Holder::Provider(8), &one.digest, at(1)).is_none());
        assert!(room.find(Holder::Account(7), &one.digest, at(1)).is_none());
        assert!(room.find(Holder::Provider(7), &one.digest, at(60)).is_none());
    }

    #[test]
    fn the_oldest_makes_room() {
        let room = WaitingRoom::default();
        let (first, second) = (file(7, ROOM_BYTES / 2 + 1, 0), file(7, ROOM_BYTES / 2 + 1, 1));
        room.admit(first.clone());
        room.admit(second.clone());
        assert!(room.find(Holder::Provider(7), &first.digest, at(2)).is_none());
        assert!(room.find(Holder::Provider(7), &second.digest, at(2)).is_some());
    }
}
