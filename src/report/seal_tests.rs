//! A seal is read back by hand: the message is over the file, signed by the key, and one bit more breaks it.

use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::{Decode, Encode};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::*;
use crate::report::{compliance, pdf};
use crate::seal::NotASeal;
use crate::text::Lang;

fn town() -> (String, String) {
    let (certificate, key, _) = town_with_public_key();
    (certificate, key)
}

fn town_with_public_key() -> (String, String, Vec<u8>) {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    let mut about = CertificateParams::default();
    about.distinguished_name.push(DnType::CommonName, "Gemeente Noordermeer");
    (about.self_signed(&key).unwrap().pem(), key.serialize_pem(), key.public_key_raw().to_vec())
}

fn sealed() -> (Vec<u8>, Vec<u8>) {
    let (certificate, key, public) = town_with_public_key();
    let seal = Seal::read(certificate.as_bytes(), key.as_bytes()).unwrap();
    assert_eq!(seal.owner(), "CN=Gemeente Noordermeer");
    let made = pdf(&compliance::compose(&compliance::sample::material(), Lang::Nl)).unwrap();
    let at = "2026-11-20T10:00:00+01:00".parse().unwrap();
    let closed = close(&made, &seal, "Zegel van Gemeente Noordermeer", at).unwrap();
    (closed, public)
}

/// The message, and the SHA-256 of what it is over.
fn opened(file: &[u8]) -> (SignedData, Vec<u8>) {
    let text = String::from_utf8_lossy(file);
    let range = text.split("/ByteRange[").nth(1).unwrap().split(']').next().unwrap();
    let range: Vec<usize> = range.split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert_eq!((range[0], range[2] + range[3]), (0, file.len()), "all of the file is under the seal");
    let hex = &file[range[1] + 1..range[2] - 1];
    let bytes: Vec<u8> =
        hex.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
    let length = 4 + usize::from(u16::from_be_bytes([bytes[2], bytes[3]]));
    let message = ContentInfo::from_der(&bytes[..length]).unwrap();
    let digest = Sha256::new().chain_update(&file[..range[1]]).chain_update(&file[range[2]..]).finalize().to_vec();
    (message.content.decode_as().unwrap(), digest)
}

#[test]
fn the_key_signed_the_digest_of_the_whole_file() {
    let (file, public) = sealed();
    let (data, digest) = opened(&file);
    let signer = data.signer_infos.0.get(0).unwrap();
    let attributes = signer.signed_attrs.as_ref().unwrap();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, public);
    key.verify(&attributes.to_der().unwrap(), signer.signature.as_bytes()).unwrap();
    let said = attributes.iter().find(|one| one.oid.to_string() == "1.2.840.113549.1.9.4").unwrap();
    let said: der::asn1::OctetString = said.values.get(0).unwrap().decode_as().unwrap();
    assert_eq!(said.as_bytes(), digest);

    let mut changed = file.clone();
    changed[200] ^= 1;
    assert_ne!(opened(&changed).1, digest, "one bit shows");
}

#[test]
fn a_key_of_somebody_else_makes_no_seal() {
    let ((certificate, _), (_, key)) = (town(), town());
    assert_eq!(Seal::read(certificate.as_bytes(), key.as_bytes()).unwrap_err(), NotASeal::NotItsKey);
    assert_eq!(Seal::read(b"", key.as_bytes()).unwrap_err(), NotASeal::Certificate);
    assert_eq!(Seal::read(certificate.as_bytes(), b"niets").unwrap_err(), NotASeal::Key);
}

#[test]
fn what_is_no_pdf_of_ours_is_not_sealed() {
    let (certificate, key) = town();
    let seal = Seal::read(certificate.as_bytes(), key.as_bytes()).unwrap();
    let at = "2026-11-20T10:00:00+01:00".parse().unwrap();
    assert!(close(b"%PDF-1.7 niets", &seal, "Zegel", at).is_err());
}
