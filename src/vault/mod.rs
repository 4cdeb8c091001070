//! The vault (kluis): a secret is sealed before it goes into the database and opened after it comes out. The key is
//! never in the database, so whoever reads the tables alone reads no secret.
//!
//! XChaCha20-Poly1305 with a random nonce. The purpose goes along as associated data: what was sealed for one row opens
//! for no other. The fingerprint of the key stands in front, so that a new key can be taken while the old one still opens.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use i18n_embed_fl::fl;
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::schema::vault_key;
use crate::text::Lang;

/// The keys of one installation. The first seals; all of them open.
pub struct Vault {
    keys: Vec<SealingKey>,
}

struct SealingKey {
    id: String,
    cipher: XChaCha20Poly1305,
}

/// Where the keys are: 64 hexadecimal digits each, the newest first, with white space between them.
#[derive(Clone, Copy)]
pub enum KeyPlace<'a> {
    Given(&'a str),
    /// `make`: a file that is not there may be made, when nothing was sealed yet.
    File {
        path: &'a Path,
        make: bool,
    },
}

/// Why a secret cannot be sealed or opened.
#[derive(Debug)]
pub enum VaultTrouble {
    /// What was given as a key is none.
    NotAKey,
    /// There is no key, and the data may have been sealed with one.
    NoKey(PathBuf),
    /// The data were sealed with a key that is not among these; its fingerprint.
    OtherKey(String),
    /// Not sealed by this vault for this purpose, or changed since.
    DoesNotOpen,
    Random(getrandom::Error),
    Io {
        path: PathBuf,
        cause: io::Error,
    },
    Query(diesel::result::Error),
}

impl Vault {
    /// Takes the keys of this installation, after a look whether they are the ones that its data were sealed with.
    pub fn unlock(db: &Db, place: KeyPlace<'_>, now: NaiveDateTime) -> Result<Vault, VaultTrouble> {
        let known = known(db)?;
        let text = match read(place) {
            Err(VaultTrouble::NoKey(path))
                if known.is_empty() && matches!(place, KeyPlace::File { make: true, .. }) =>
            {
                make_key_file(&path)?
            }
            text => text?,
        };
        let vault = Vault::with_keys(&text)?;
        vault.opens_all(&known)?;
        db.write(|conn| {
            for key in vault.keys.iter().filter(|key| !known.contains(&key.id)) {
                let row = (vault_key::id.eq(&key.id), vault_key::first_used_at.eq(now));
                diesel::insert_into(vault_key::table).values(row).execute(conn)?;
            }
            Ok::<_, diesel::result::Error>(())
        })?;
        Ok(vault)
    }

    /// Whether [`Vault::unlock`] would succeed; changes nothing.
    pub fn look(db: &Db, place: KeyPlace<'_>) -> Result<(), VaultTrouble> {
        let known = known(db)?;
        match read(place) {
            Err(VaultTrouble::NoKey(_)) if known.is_empty() => Ok(()),
            text => Vault::with_keys(&text?)?.opens_all(&known),
        }
    }

    /// A vault with the keys that stand there, whatever the database knows of them; makes none.
    pub fn of(place: KeyPlace<'_>) -> Result<Vault, VaultTrouble> {
        Vault::with_keys(&read(place)?)
    }

    /// A vault with these keys, whatever the database knows of them.
    pub fn with_keys(text: &str) -> Result<Vault, VaultTrouble> {
        let keys: Option<Vec<SealingKey>> = text.split_whitespace().map(SealingKey::read).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Vault { keys }),
            _ => Err(VaultTrouble::NotAKey),
        }
    }

    fn opens_all(&self, known: &[String]) -> Result<(), VaultTrouble> {
        match known.iter().find(|id| !self.keys.iter().any(|key| key.id == **id)) {
            Some(missing) => Err(VaultTrouble::OtherKey(missing.clone())),
            None => Ok(()),
        }
    }

    /// `fingerprint:nonce and ciphertext`, in hexadecimal.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<String, VaultTrouble> {
        let key = &self.keys[0];
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(VaultTrouble::Random)?;
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultTrouble::DoesNotOpen)?;
        Ok(format!("{}:{}{}", key.id, hex(&nonce), hex(&sealed)))
    }

    /// What was sealed for this purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, VaultTrouble> {
        let (id, rest) = sealed.split_once(':').ok_or(VaultTrouble::DoesNotOpen)?;
        let key = self.keys.iter().find(|key| key.id == id).ok_or_else(|| VaultTrouble::OtherKey(id.to_owned()))?;
        let bytes = unhex(rest).ok_or(VaultTrouble::DoesNotOpen)?;
        let (nonce, msg) = bytes.split_first_chunk::<NONCE>().ok_or(VaultTrouble::DoesNotOpen)?;
        let payload = Payload { msg, aad: purpose.as_bytes() };
        key.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultTrouble::DoesNotOpen)
    }
}

const NONCE: usize = 24;

impl SealingKey {
    fn read(written: &str) -> Option<SealingKey> {
        let bytes: [u8; 32] = unhex(written)?.try_into().ok()?;
        let fingerprint = Sha256::digest([b"openhouse vault key ".as_slice(), &bytes].concat());
        Some(SealingKey { id: hex(&fingerprint[..4]), cipher: XChaCha20Poly1305::new(&Key::from(bytes)) })
    }
}

/// The fingerprints of the keys that this database's secrets may be sealed with.
fn known(db: &Db) -> Result<Vec<String>, VaultTrouble> {
    Ok(db.read(|conn| vault_key::table.select(vault_key::id).order(vault_key::first_used_at).load(conn))?)
}

fn read(place: KeyPlace<'_>) -> Result<String, VaultTrouble> {
    match place {
        KeyPlace::Given(text) => Ok(text.to_owned()),
        KeyPlace::File { path, .. } => fs::read_to_string(path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => VaultTrouble::NoKey(path.to_owned()),
            _ => VaultTrouble::Io { path: path.to_owned(), cause },
        }),
    }
}

/// A new key in a file that only its owner reads. Never over one that is there.
fn make_key_file(path: &Path) -> Result<String, VaultTrouble> {
    let mut bits = [0u8; 32];
    getrandom::fill(&mut bits).map_err(VaultTrouble::Random)?;
    let text = format!("{}\n", hex(&bits));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written =
        options.open(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|cause| VaultTrouble::Io { path: path.to_owned(), cause })?;
    tracing::info!(path = %path.display(), "a key was made; keep a copy of it in a safe place, apart from the back-ups");
    Ok(text)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(written: &str) -> Option<Vec<u8>> {
    let whole = written.len().is_multiple_of(2) && written.bytes().all(|b| b.is_ascii_hexdigit());
    whole.then(|| {
        (0..written.len()).step_by(2).filter_map(|at| u8::from_str_radix(&written[at..at + 2], 16).ok()).collect()
    })
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.keys.iter().map(|key| key.id.as_str()).collect();
        write!(f, "Vault({})", ids.join(", "))
    }
}

impl From<diesel::result::Error> for VaultTrouble {
    fn from(cause: diesel::result::Error) -> VaultTrouble {
        VaultTrouble::Query(cause)
    }
}

impl VaultTrouble {
    /// What the keeper of an installation can do about it; none for what he cannot mend with a key.
    pub fn in_lang(&self, lang: Lang) -> Option<String> {
        let t = lang.texts();
        match self {
            VaultTrouble::NotAKey => Some(fl!(t, "vault-not-a-key")),
            VaultTrouble::NoKey(path) => Some(fl!(t, "vault-no-key", path = path.display().to_string())),
            VaultTrouble::OtherKey(id) => Some(fl!(t, "vault-other-key", id = id.as_str())),
            _ => None,
        }
    }
}

impl fmt::Display for VaultTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VaultTrouble::NotAKey => f.write_str("a key is 64 hexadecimal digits"),
            VaultTrouble::NoKey(path) => write!(f, "there is no key in {}", path.display()),
            VaultTrouble::OtherKey(id) => write!(f, "the data were sealed with the key {id}, which was not given"),
            VaultTrouble::DoesNotOpen => {
                f.write_str("this was not sealed by this vault for this purpose, or was changed")
            }
            VaultTrouble::Random(_) => f.write_str("the system gives no random numbers"),
            VaultTrouble::Io { path, .. } => write!(f, "the key file {}", path.display()),
            VaultTrouble::Query(_) => f.write_str("the keys of this database could not be looked up"),
        }
    }
}

impl std::error::Error for VaultTrouble {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            VaultTrouble::Random(cause) => Some(cause),
            VaultTrouble::Io { cause, .. } => Some(cause),
            VaultTrouble::Query(cause) => Some(cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
