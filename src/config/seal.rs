//! The settings of the seal: where the municipality's certificate and its key are, and whose they are.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Fault, Key, Source, fit};

/// The seal of one municipality; there only when all of it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The name of the municipality: what another one of the same installation prints is not closed with this seal.
    pub municipality: String,
    /// PEM: the municipality's own certificate first, then those that lead to its root.
    pub certificate: PathBuf,
    /// PEM: the key of the first.
    pub key: PathBuf,
}

/// Half a seal closes nothing, and nobody would see that it does not.
pub(super) fn read(chosen: &BTreeMap<Key, (String, Source)>, faults: &mut Vec<Fault>) -> Option<Option<Seal>> {
    const KEYS: [Key; 3] = [Key::SealCertificate, Key::SealKey, Key::SealMunicipality];
    let as_written = |written: &str| Some(written.trim().to_owned());
    let [certificate, key, municipality] = KEYS.map(|key| fit(chosen, key, as_written, faults));
    let (certificate, key, municipality) = (certificate?, key?, municipality?);
    let there = [!certificate.is_empty(), !key.is_empty(), !municipality.is_empty()];
    let Some(first) = there.iter().position(|there| *there) else { return Some(None) };
    if let Some(missing) = there.iter().position(|there| !there) {
        let [there, missing] = [first, missing].map(|at| KEYS[at].as_str().to_owned());
        faults.push(Fault::Half { there, missing });
        return None;
    }
    Some(Some(Seal { municipality, certificate: certificate.into(), key: key.into() }))
}
