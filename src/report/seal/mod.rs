//! The seal (elektronisch zegel): what counts, as decisions, signed agreements and the report of a quarter that is final,
//! is closed with the municipality's certificate when one is configured. PAdES baseline-B: who sealed it shows, and that not
//! one bit was changed since. A sealed file is still PDF/UA-1 and PDF/A-2a.
//!
//! `signed` writes the cryptographic message, `place` makes room for it in the file.

mod place;
mod signed;

use chrono::{DateTime, FixedOffset};
use der::Decode;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use x509_cert::Certificate;

use super::PressError;

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

    /// Closes a PDF that our press made. `name` is what readers show of the seal, `at` the moment that stands in it.
    pub fn close(&self, pdf: &[u8], name: &str, at: DateTime<FixedOffset>) -> Result<Vec<u8>, PressError> {
        let mut sealed = place::make_room(pdf, name, at)?;
        let digest = sealed.digest();
        let message = signed::message(&self.chain, &digest, |attributes| self.key.sign(attributes))
            .map_err(|fault| PressError::Pdf(format!("the seal cannot be written: {fault}")))?;
        sealed.fill(&message)
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

    fn sign(&self, message: &[u8]) -> Result<signed::Signature, signed::Fault> {
        let random = SystemRandom::new();
        match self {
            Key::Rsa(key) => {
                let mut bytes = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut bytes).map_err(|_| signed::Fault::Key)?;
                Ok(signed::Signature { algorithm: signed::Algorithm::Rsa, bytes })
            }
            Key::P256(key) => {
                let bytes = key.sign(&random, message).map_err(|_| signed::Fault::Key)?.as_ref().to_vec();
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

#[cfg(test)]
mod tests;
