//! The seal (elektronisch zegel): the municipality's certificate with its key, and what it says over a digest. What counts,
//! as decisions, signed agreements and the report of a quarter that is final, is closed with it when one is configured
//! (`report::seal`): who sealed it shows, and that not one bit was changed since.

mod signed;

pub use signed::Fault;

use std::path::Path;

use anyhow::Context;
use der::Decode;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use x509_cert::Certificate;

use crate::config;

/// The seals of an installation: that of one municipality, or none.
#[derive(Debug)]
pub struct Seals(Option<(String, Seal)>);

impl Seals {
    pub const NONE: Seals = Seals(None);

    /// Reads both files. A seal that cannot be put is told before the first page is answered, not at the first decision.
    pub fn of(settings: Option<&config::Seal>) -> anyhow::Result<Seals> {
        let Some(config::Seal { municipality, certificate, key }) = settings else { return Ok(Seals::NONE) };
        let read = |path: &Path| std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
        let seal = Seal::read(&read(certificate)?, &read(key)?);
        let told = || format!("{} and {} make no seal", certificate.display(), key.display());
        Ok(Seals(Some((municipality.clone(), seal.with_context(told)?))))
    }

    /// The seal of the municipality with this name.
    pub fn of_town(&self, municipality: &str) -> Option<&Seal> {
        self.0.as_ref().filter(|(name, _)| name == municipality).map(|(_, seal)| seal)
    }
}

/// The certificate with its key, read once at start.
pub struct Seal {
    /// The municipality's own first, then those that lead to its root.
    chain: Vec<Certificate>,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

/// Why a certificate and a key make no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotASeal {
    /// The file of the certificate holds none that can be read.
    Certificate,
    /// The file of the key holds no key in PKCS#8 that can be read: RSA of 2048 bits or more, or P-256.
    Key,
    /// The key does not belong to the first certificate.
    NotItsKey,
}

impl std::error::Error for NotASeal {}

impl std::fmt::Display for NotASeal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NotASeal::Certificate => "there is no certificate in PEM",
            NotASeal::Key => "there is no key in PKCS#8 of RSA (2048 to 4096 bits) or P-256",
            NotASeal::NotItsKey => "the key is not that of the first certificate",
        })
    }
}

impl Seal {
    /// Both as PEM: the certificates in one file, the key in another.
    pub fn read(certificates: &[u8], key: &[u8]) -> Result<Seal, NotASeal> {
        let chain: Vec<Certificate> = CertificateDer::pem_slice_iter(certificates)
            .map(|one| one.ok().and_then(|der| Certificate::from_der(&der).ok()).ok_or(NotASeal::Certificate))
            .collect::<Result<_, _>>()?;
        let own = chain.first().ok_or(NotASeal::Certificate)?;
        let der = PrivatePkcs8KeyDer::from_pem_slice(key).map_err(|_| NotASeal::Key)?;
        let key = Key::read(der.secret_pkcs8_der())?;
        let belongs = own.tbs_certificate.subject_public_key_info.subject_public_key.raw_bytes() == key.public();
        if belongs { Ok(Seal { chain, key }) } else { Err(NotASeal::NotItsKey) }
    }

    /// Who seals, as it stands in the certificate: `CN=Gemeente Noordermeer,O=…`.
    pub fn owner(&self) -> String {
        self.chain.first().map(|own| own.tbs_certificate.subject.to_string()).unwrap_or_default()
    }

    /// The message over a file with this SHA-256: CMS SignedData, with the certificates in it.
    pub fn message(&self, digest: &[u8]) -> Result<Vec<u8>, Fault> {
        signed::message(&self.chain, digest, |attributes| self.key.sign(attributes))
    }
}

impl Key {
    fn read(pkcs8: &[u8]) -> Result<Key, NotASeal> {
        if let Ok(key) = RsaKeyPair::from_pkcs8(pkcs8) {
            return Ok(Key::Rsa(key));
        }
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, &SystemRandom::new())
            .map(Key::P256)
            .map_err(|_| NotASeal::Key)
    }

    /// As it stands in a certificate.
    fn public(&self) -> &[u8] {
        use ring::signature::KeyPair;
        match self {
            Key::Rsa(key) => key.public_key().as_ref(),
            Key::P256(key) => key.public_key().as_ref(),
        }
    }

    fn sign(&self, message: &[u8]) -> Result<signed::Signature, Fault> {
        let random = SystemRandom::new();
        match self {
            Key::Rsa(key) => {
                let mut bytes = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut bytes).map_err(|_| Fault::Key)?;
                Ok(signed::Signature { algorithm: signed::Algorithm::Rsa, bytes })
            }
            Key::P256(key) => {
                let bytes = key.sign(&random, message).map_err(|_| Fault::Key)?.as_ref().to_vec();
                Ok(signed::Signature { algorithm: signed::Algorithm::P256, bytes })
            }
        }
    }
}

impl std::fmt::Debug for Seal {
    /// Never the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seal").field("owner", &self.owner()).finish_non_exhaustive()
    }
}
