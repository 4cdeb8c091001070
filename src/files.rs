//! Files (bestanden): bytes stored once under their own SHA-256, in `DIR/ab/cd/<sha>`. The name a user gave a file is
//! a label in some chapter's table and never comes here.
//!
//! What [`Files::put`] returned is on the disk: a row that names the hash may be written after it, never before.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub mod quarantine;

pub use quarantine::Quarantine;
use sha2::{Digest, Sha256};

use crate::ids::Sha256Hex;

/// A folder of stored files.
#[derive(Debug, Clone)]
pub struct Files {
    dir: PathBuf,
    /// Brings a file to the disk.
    sync: fn(&File) -> io::Result<()>,
}

/// Why a file could not be stored or read back.
#[derive(Debug)]
pub enum FilesTrouble {
    /// No file with this hash was ever stored here.
    Missing(Sha256Hex),
    /// The bytes on the disk are no longer the ones that were stored.
    Corrupted {
        expected: Sha256Hex,
        found: Sha256Hex,
    },
    Io {
        doing: &'static str,
        path: PathBuf,
        cause: io::Error,
    },
}

impl Files {
    /// Makes the folder when it is not there yet.
    pub fn open(dir: &Path) -> Result<Files, FilesTrouble> {
        Files::open_on(dir, File::sync_all)
    }

    /// The same on a disk of its own making: so a test sees what happens when a disk breaks its promise.
    pub fn open_on(dir: &Path, sync: fn(&File) -> io::Result<()>) -> Result<Files, FilesTrouble> {
        let incoming = dir.join(INCOMING);
        fs::create_dir_all(&incoming).map_err(trouble("making the folder", &incoming))?;
        Ok(Files { dir: dir.to_owned(), sync })
    }

    /// Stores the bytes and gives their hash. Storing the same bytes again, or by two at once, changes nothing; a stored
    /// file that went bad is put right.
    pub fn put(&self, bytes: &[u8]) -> Result<Sha256Hex, FilesTrouble> {
        let hash = Sha256Hex::of(bytes);
        let path = self.path(&hash);
        match self.get(&hash) {
            // Somebody else may have renamed it a moment ago; it is ours to promise that it stays.
            Ok(_) => return self.sync_folders(&path).map(|()| hash),
            Err(FilesTrouble::Missing(_) | FilesTrouble::Corrupted { .. }) => {}
            Err(other) => return Err(other),
        }
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(trouble("making the folder", folder))?;
        let incoming = self.dir.join(INCOMING).join(incoming_name(hash.as_str()));
        let stored = self
            .write_whole(&incoming, bytes)
            .and_then(|()| fs::rename(&incoming, &path).map_err(trouble("moving the file to its place", &path)))
            .and_then(|()| self.sync_folders(&path));
        if stored.is_err() {
            // The first trouble is the one to tell; a leftover here does no harm.
            let _ = fs::remove_file(&incoming);
        }
        stored.map(|()| hash)
    }

    /// The bytes, proven to be the ones that were stored.
    pub fn get(&self, hash: &Sha256Hex) -> Result<Vec<u8>, FilesTrouble> {
        let path = self.path(hash);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(FilesTrouble::Missing(hash.clone())),
            Err(cause) => return Err(trouble("reading the file", &path)(cause)),
        };
        match Sha256Hex::of(&bytes) {
            found if found == *hash => Ok(bytes),
            found => Err(FilesTrouble::Corrupted { expected: hash.clone(), found }),
        }
    }

    /// Whether the bytes on the disk are still the ones that were stored, without holding them all at once.
    pub fn verify(&self, hash: &Sha256Hex) -> Result<(), FilesTrouble> {
        let path = self.path(hash);
        let found = match File::open(&path).and_then(digest_of) {
            Ok(found) => found,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(FilesTrouble::Missing(hash.clone())),
            Err(cause) => return Err(trouble("reading the file", &path)(cause)),
        };
        if found == *hash { Ok(()) } else { Err(FilesTrouble::Corrupted { expected: hash.clone(), found }) }
    }

    /// Whether a file can be written to the disk here; nothing stays behind.
    pub fn try_writing(&self) -> Result<(), FilesTrouble> {
        let path = self.dir.join(INCOMING).join(format!("try.{}", std::process::id()));
        let written = self.write_whole(&path, b"try");
        let removed = fs::remove_file(&path).map_err(trouble("removing the file", &path));
        written.and(removed)
    }

    /// Every stored file with its hash, in the order of the hashes.
    pub fn all(&self) -> Result<Vec<(Sha256Hex, PathBuf)>, FilesTrouble> {
        let mut found = Vec::new();
        let mut folders = vec![self.dir.clone()];
        while let Some(folder) = folders.pop() {
            let listing = trouble("listing the folder", &folder);
            for entry in fs::read_dir(&folder).map_err(&listing)? {
                let path = entry.map_err(&listing)?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                match name.parse() {
                    Ok(hash) if path.is_file() => found.push((hash, path)),
                    _ if path.is_dir() && name != INCOMING => folders.push(path),
                    _ => {}
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<(), FilesTrouble> {
        let mut file = File::create(path).map_err(trouble("making the file", path))?;
        file.write_all(bytes).and_then(|()| (self.sync)(&file)).map_err(trouble("writing the file to disk", path))
    }

    /// Two levels of folders, so that no folder grows too large to list.
    fn path(&self, hash: &Sha256Hex) -> PathBuf {
        let hex = hash.as_str();
        self.dir.join(&hex[..2]).join(&hex[2..4]).join(hex)
    }

    /// A rename is only safe once its folder is written, and a new folder only once its parent is.
    fn sync_folders(&self, path: &Path) -> Result<(), FilesTrouble> {
        for folder in path.ancestors().skip(1).take(3) {
            File::open(folder)
                .and_then(|open| open.sync_all())
                .map_err(trouble("writing the folder to disk", folder))?;
        }
        Ok(())
    }
}

/// The SHA-256 of everything that can be read, a piece at a time.
pub fn digest_of(mut from: impl Read) -> io::Result<Sha256Hex> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let size = match from.read(&mut piece) {
            Ok(0) => break,
            Ok(size) => size,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        hasher.update(&piece[..size]);
    }
    let hex: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(hex.parse().expect("a digest is 64 lower-case hexadecimals"))
}

const INCOMING: &str = "incoming";

/// A name no other writer uses: the process and a counter behind its beginning.
fn incoming_name(first: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{first}.{}.{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn trouble<'a>(doing: &'static str, path: &'a Path) -> impl Fn(io::Error) -> FilesTrouble + 'a {
    move |cause| FilesTrouble::Io { doing, path: path.to_owned(), cause }
}

impl fmt::Display for FilesTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilesTrouble::Missing(hash) => write!(f, "no file is stored under {hash}"),
            FilesTrouble::Corrupted { expected, found } => {
                write!(f, "the file stored under {expected} was changed on disk: its hash is now {found}")
            }
            FilesTrouble::Io { doing, path, .. } => write!(f, "{doing} {}", path.display()),
        }
    }
}

impl std::error::Error for FilesTrouble {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FilesTrouble::Io { cause, .. } => Some(cause),
            FilesTrouble::Missing(_) | FilesTrouble::Corrupted { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

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
    fn what_was_put_comes_back() {
        let (_dir, files) = shelf();
        let hash = files.put(b"kwartaalopgave").unwrap();
        assert_eq!(files.all().unwrap(), [(hash.clone(), files.path(&hash))]);
        assert_eq!(files.get(&hash).unwrap(), b"kwartaalopgave");
        let (ab, cd) = (&hash.as_str()[..2], &hash.as_str()[2..4]);
        assert!(files.dir.join(ab).join(cd).join(hash.as_str()).is_file());
        assert_eq!(incoming(&files), 0);
    }

    #[test]
    fn an_empty_file_is_a_file() {
        let (_dir, files) = shelf();
        let hash = files.put(b"").unwrap();
        assert_eq!(files.get(&hash).unwrap(), b"");
    }

    #[test]
    fn the_same_bytes_are_stored_once() {
        let (_dir, files) = shelf();
        let first = files.put(b"twice").unwrap();
        let written = fs::metadata(files.path(&first)).unwrap().modified().unwrap();
        assert_eq!(files.put(b"twice").unwrap(), first);
        assert_eq!(fs::metadata(files.path(&first)).unwrap().modified().unwrap(), written);
    }

    #[test]
    fn a_flipped_bit_is_seen_and_storing_again_repairs_it() {
        let (_dir, files) = shelf();
        let hash = files.put(b"evidence").unwrap();
        fs::write(files.path(&hash), b"evidencf").unwrap();
        match files.get(&hash).unwrap_err() {
            FilesTrouble::Corrupted { expected, found } => {
                assert_eq!((expected, found), (hash.clone(), Sha256Hex::of(b"evidencf")));
            }
            other => panic!("{other}"),
        }
        assert!(matches!(files.verify(&hash), Err(FilesTrouble::Corrupted { .. })));
        files.put(b"evidence").unwrap();
        files.verify(&hash).unwrap();
        assert_eq!(files.get(&hash).unwrap(), b"evidence");
    }

    #[test]
    fn what_was_never_stored_is_missing() {
        let (_dir, files) = shelf();
        let hash = Sha256Hex::of(b"never stored");
        assert!(matches!(files.get(&hash), Err(FilesTrouble::Missing(named)) if named == hash));
        assert!(matches!(files.verify(&hash), Err(FilesTrouble::Missing(named)) if named == hash));
    }

    #[test]
    fn a_digest_of_pieces_is_that_of_the_whole() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        assert_eq!(digest_of(&bytes[..]).unwrap(), Sha256Hex::of(&bytes));
    }

    #[test]
    fn many_at_once_store_the_same_bytes() {
        let (_dir, files) = shelf();
        let bytes = vec![7_u8; 200_000];
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| files.put(&bytes).unwrap())).collect();
            for writer in writers {
                assert_eq!(writer.join().unwrap(), Sha256Hex::of(&bytes));
            }
        });
        assert_eq!(files.get(&Sha256Hex::of(&bytes)).unwrap(), bytes);
        assert_eq!(incoming(&files), 0);
    }

    #[test]
    fn trying_to_write_leaves_nothing_behind() {
        let (_dir, files) = shelf();
        files.try_writing().unwrap();
        assert_eq!(incoming(&files), 0);
        fs::remove_dir(files.dir.join(INCOMING)).unwrap();
        let trouble = files.try_writing().unwrap_err();
        assert!(trouble.to_string().starts_with("making the file"), "{trouble}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_with_its_cause() {
        let dir = tempfile::tempdir().unwrap();
        let in_the_way = dir.path().join("files");
        fs::write(&in_the_way, b"a file, not a folder").unwrap();
        let trouble = Files::open(&in_the_way).unwrap_err();
        assert!(trouble.to_string().starts_with("making the folder"), "{trouble}");
        assert!(trouble.source().is_some());
    }
}
