//! The quarantine (quarantaine): a file that comes in piece by piece, beside the stored files but not among them. Only
//! [`Files::keep`] makes it a stored file; dropped before that, it is gone.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::{Files, FilesTrouble, INCOMING, trouble};
use crate::ids::Sha256Hex;

/// A file on its way in. Its hash is computed as it comes, so it is never held in memory whole.
#[derive(Debug)]
pub struct Quarantine {
    path: PathBuf,
    file: File,
    hasher: Sha256,
    size: u64,
}

impl Quarantine {
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FilesTrouble> {
        self.file.write_all(bytes).map_err(trouble("writing the file", &self.path))?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// In bytes, so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The file from its beginning, to look at.
    pub fn reader(&self) -> Result<File, FilesTrouble> {
        File::open(&self.path).map_err(trouble("reading the file", &self.path))
    }
}

impl Drop for Quarantine {
    fn drop(&mut self) {
        // After `keep` it has moved; in any other case a leftover is swept later.
        let _ = fs::remove_file(&self.path);
    }
}

const PREFIX: &str = "quarantine";

impl Files {
    pub fn receive(&self) -> Result<Quarantine, FilesTrouble> {
        let path = self.dir.join(INCOMING).join(super::incoming_name(PREFIX));
        let file = File::create_new(&path).map_err(trouble("making the file", &path))?;
        Ok(Quarantine { path, file, hasher: Sha256::new(), size: 0 })
    }

    /// Makes it a stored file and gives its hash: on the disk before it has its place, and in its place before this
    /// returns. A file that was stored before is replaced by its equal.
    pub fn keep(&self, incoming: Quarantine) -> Result<Sha256Hex, FilesTrouble> {
        (self.sync)(&incoming.file).map_err(trouble("writing the file to disk", &incoming.path))?;
        let hex: String = incoming.hasher.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let hash: Sha256Hex = hex.parse().expect("a digest in hexadecimals is one");
        let path = self.path(&hash);
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(trouble("making the folder", folder))?;
        fs::rename(&incoming.path, &path).map_err(trouble("moving the file to its place", &path))?;
        self.sync_folders(&path)?;
        Ok(hash)
    }

    /// A stored file to read from; the reader compares the hash.
    pub fn reader(&self, hash: &Sha256Hex) -> Result<File, FilesTrouble> {
        let path = self.path(hash);
        match File::open(&path) {
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Err(FilesTrouble::Missing(hash.clone())),
            opened => opened.map_err(trouble("reading the file", &path)),
        }
    }

    /// Removes what a process that was killed left in quarantine more than a day ago, and tells how many that were.
    pub fn sweep(&self, now: SystemTime) -> Result<usize, FilesTrouble> {
        let folder = self.dir.join(INCOMING);
        let mut removed = 0;
        for entry in fs::read_dir(&folder).map_err(trouble("listing the folder", &folder))?.flatten() {
            let old = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > DAY);
            let left = entry.file_name().to_string_lossy().starts_with(PREFIX);
            if left && entry.metadata().and_then(|about| about.modified()).is_ok_and(old) {
                fs::remove_file(entry.path()).map_err(trouble("removing the file", &entry.path()))?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// What was made from a stored file before and can be made again, under a name of letters, digits and hyphens.
    pub fn derived(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.derived_path(name)).ok()
    }

    /// Keeps it for the next time. Nothing depends on it, so it is not brought to the disk.
    pub fn keep_derived(&self, name: &str, bytes: &[u8]) -> Result<(), FilesTrouble> {
        let path = self.derived_path(name);
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(trouble("making the folder", folder))?;
        let incoming = self.dir.join(INCOMING).join(super::incoming_name(PREFIX));
        fs::write(&incoming, bytes).map_err(trouble("writing the file", &incoming))?;
        fs::rename(&incoming, &path).map_err(trouble("moving the file to its place", &path))
    }

    fn derived_path(&self, name: &str) -> PathBuf {
        debug_assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{name:?} is no name");
        self.dir.join(Path::new("derived")).join(name)
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::*;

    fn shelf() -> (tempfile::TempDir, Files) {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&dir.path().join("files")).unwrap();
        (dir, files)
    }

    fn incoming(files: &Files) -> usize {
        fs::read_dir(files.dir.join(INCOMING)).unwrap().count()
    }

    #[test]
    fn what_came_in_pieces_is_stored_whole() {
        let (_dir, files) = shelf();
        let mut one = files.receive().unwrap();
        one.write(b"kwartaal").unwrap();
        one.write(b"opgave").unwrap();
        let mut seen = String::new();
        one.reader().unwrap().read_to_string(&mut seen).unwrap();
        assert_eq!((seen.as_str(), one.size()), ("kwartaalopgave", 14));
        let hash = files.keep(one).unwrap();
        assert_eq!(hash, Sha256Hex::of(b"kwartaalopgave"));
        assert_eq!(files.get(&hash).unwrap(), b"kwartaalopgave");
        assert_eq!(incoming(&files), 0);
    }

    #[test]
    fn what_is_not_kept_is_gone() {
        let (_dir, files) = shelf();
        let mut one = files.receive().unwrap();
        one.write(b"refused").unwrap();
        drop(one);
        assert_eq!(incoming(&files), 0);
        assert!(matches!(files.get(&Sha256Hex::of(b"refused")), Err(FilesTrouble::Missing(_))));
    }

    #[test]
    fn a_disk_that_does_not_take_it_stores_nothing() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
            let dir = tempfile::tempdir().unwrap();
            let broken: fn(&File) -> io::Result<()> = match kind {
                io::ErrorKind::StorageFull => |_| Err(io::ErrorKind::StorageFull.into()),
                _ => |_| Err(io::Error::other("input/output error")),
            };
            let files = Files::open_on(dir.path(), broken).unwrap();
            let mut one = files.receive().unwrap();
            one.write(b"evidence").unwrap();
            match files.keep(one).unwrap_err() {
                FilesTrouble::Io { cause, .. } => assert_eq!(cause.kind(), kind),
                other => panic!("{other}"),
            }
            assert_eq!(incoming(&files), 0);
            assert!(matches!(files.get(&Sha256Hex::of(b"evidence")), Err(FilesTrouble::Missing(_))));
        }
    }

    #[test]
    fn only_what_was_left_long_ago_is_swept() {
        let (_dir, files) = shelf();
        let one = files.receive().unwrap();
        std::mem::forget(one);
        assert_eq!(files.sweep(SystemTime::now()).unwrap(), 0);
        assert_eq!(files.sweep(SystemTime::now() + DAY + Duration::from_secs(60)).unwrap(), 1);
        assert_eq!(incoming(&files), 0);
    }

    #[test]
    fn what_was_made_from_a_file_is_found_again() {
        let (_dir, files) = shelf();
        assert_eq!(files.derived("page-1"), None);
        files.keep_derived("page-1", b"picture").unwrap();
        assert_eq!(files.derived("page-1").as_deref(), Some(&b"picture"[..]));
    }
}
