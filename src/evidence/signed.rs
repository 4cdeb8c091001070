//! The signature in a PDF (handtekening in een bestand): who put it, when, and whether the file is still what was signed.
//! Whether whoever vouches for the signer can be trusted is not judged here: that is for whoever reads it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode, SliceReader};
use lopdf::{Dictionary, Document, Object};
use ring::signature::{self as sealed, UnparsedPublicKey, VerificationAlgorithm};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::name::Name;
use x509_cert::time::Time;

/// One signature, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfSignature {
    pub finding: Finding,
    /// By its certificate; empty when there is none.
    pub signer: String,
    /// Who vouches for the certificate.
    pub issuer: String,
    /// When, as the signer says. In UTC.
    pub at: Option<NaiveDateTime>,
}

codes! {
    /// Whether the file is what was signed.
    pub enum Finding {
        /// Not a byte changed since.
        Intact = "intact",
        /// What was signed stands there unchanged, and something was put behind it: a second signature, or something else.
        Extended = "extended",
        /// The file changed since, or the signature is not the signer's.
        Changed = "changed",
        /// Signed in a way that cannot be checked here.
        Unknown = "unknown",
    }
}

/// Every signature in a PDF, in the order in which they were put; none in a file without one.
pub fn signatures(file: &[u8]) -> Vec<PdfSignature> {
    let Ok(document) = Document::load_mem(file) else { return Vec::new() };
    // By where the signed part ends: a later signature covers an earlier one.
    let mut found = BTreeMap::new();
    for object in document.objects.values() {
        let Object::Dictionary(one) = object else { continue };
        if let Some(range) = byte_range(one) {
            found.insert((range[2].saturating_add(range[3]), range[0]), read(file, one, range));
        }
    }
    found.into_values().collect()
}

fn byte_range(one: &Dictionary) -> Option<[usize; 4]> {
    one.get(b"Contents").ok()?;
    let parts = one.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let parts: Vec<usize> = parts.iter().filter_map(|part| usize::try_from(part.as_i64().ok()?).ok()).collect();
    parts.try_into().ok()
}

fn read(file: &[u8], one: &Dictionary, range: [usize; 4]) -> PdfSignature {
    let claimed = one.get(b"M").and_then(Object::as_str).ok().and_then(moment);
    let unread = |finding| PdfSignature { finding, signer: String::new(), issuer: String::new(), at: claimed };
    let Some((signed, packed)) = parts(file, range) else { return unread(Finding::Changed) };
    let Some((data, signer)) = unpacked(&packed) else { return unread(Finding::Unknown) };
    let certificate = certificate_of(&data, &signer);
    let held = match &certificate {
        Some(certificate) => holds(&signed, &signer, certificate),
        None => None,
    };
    let whole = file.get(range[2] + range[3]..).is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace));
    PdfSignature {
        finding: match (held, whole) {
            (None, _) => Finding::Unknown,
            (Some(false), _) => Finding::Changed,
            (Some(true), false) => Finding::Extended,
            (Some(true), true) => Finding::Intact,
        },
        signer: certificate.as_ref().map(|one| said(&one.tbs_certificate.subject)).unwrap_or_default(),
        issuer: certificate.as_ref().map(|one| said(&one.tbs_certificate.issuer)).unwrap_or_default(),
        at: signing_time(&signer).or(claimed),
    }
}

/// What was signed, and the signature in the gap between: read from the bytes of the file, not from what an object says.
fn parts(file: &[u8], [from, first, second, last]: [usize; 4]) -> Option<(Vec<u8>, Vec<u8>)> {
    let end = second.checked_add(last).filter(|end| from == 0 && *end <= file.len() && first < second)?;
    let gap = file.get(first..second)?.strip_prefix(b"<")?.strip_suffix(b">")?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut packed = Vec::with_capacity(gap.len() / 2);
    for pair in gap.chunks_exact(2) {
        packed.push(digit(pair[0])? << 4 | digit(pair[1])?);
    }
    Some(([&file[..first], &file[second..end]].concat(), packed))
}

/// The message and its one signer. Behind the message stand noughts: room that was kept for it.
fn unpacked(packed: &[u8]) -> Option<(SignedData, SignerInfo)> {
    let mut reader = SliceReader::new(packed).ok()?;
    let message = ContentInfo::decode(&mut reader).ok()?;
    let data: SignedData = message.content.decode_as().ok()?;
    let signer = data.signer_infos.0.get(0).filter(|_| data.signer_infos.0.len() == 1)?.clone();
    Some((data, signer))
}

fn certificate_of(data: &SignedData, signer: &SignerInfo) -> Option<Certificate> {
    let SignerIdentifier::IssuerAndSerialNumber(wanted) = &signer.sid else { return None };
    let all = data.certificates.as_ref()?;
    all.0.iter().find_map(|one| match one {
        CertificateChoices::Certificate(one)
            if one.tbs_certificate.issuer == wanted.issuer
                && one.tbs_certificate.serial_number == wanted.serial_number =>
        {
            Some(one.clone())
        }
        _ => None,
    })
}

const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";

fn attribute<'a>(signer: &'a SignerInfo, id: &str) -> Option<&'a Attribute> {
    let id = ObjectIdentifier::new(id).ok()?;
    signer.signed_attrs.as_ref()?.iter().find(|one| one.oid == id)
}

/// Whether this was signed with the key of that certificate; none when it cannot be told here.
fn holds(signed: &[u8], signer: &SignerInfo, certificate: &Certificate) -> Option<bool> {
    let (digest, size) = match signer.digest_alg.oid.to_string().as_str() {
        "2.16.840.1.101.3.4.2.1" => (Sha256::digest(signed).to_vec(), 256),
        "2.16.840.1.101.3.4.2.2" => (Sha384::digest(signed).to_vec(), 384),
        "2.16.840.1.101.3.4.2.3" => (Sha512::digest(signed).to_vec(), 512),
        _ => return None,
    };
    let message = match &signer.signed_attrs {
        None => signed.to_vec(),
        Some(attributes) => {
            let told = attribute(signer, MESSAGE_DIGEST)?.values.get(0)?.decode_as::<OctetString>().ok()?;
            if told.as_bytes() != digest {
                return Some(false);
            }
            attributes.to_der().ok()?
        }
    };
    let key = &certificate.tbs_certificate.subject_public_key_info;
    let bytes = key.subject_public_key.as_bytes()?;
    let algorithm = algorithm(signer, key.algorithm.oid, key.algorithm.parameters.as_ref(), bytes.len(), size)?;
    Some(UnparsedPublicKey::new(algorithm, bytes).verify(&message, signer.signature.as_bytes()).is_ok())
}

const RSA: &str = "1.2.840.113549.1.1.1";
const ELLIPTIC: &str = "1.2.840.10045.2.1";
const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";
/// The key of 2,048 bits; a shorter one is too weak to tell anything by.
const SHORTEST_RSA: usize = 260;

fn algorithm(
    signer: &SignerInfo,
    key: ObjectIdentifier,
    parameters: Option<&Any>,
    length: usize,
    size: u32,
) -> Option<&'static dyn VerificationAlgorithm> {
    let pss = signer.signature_algorithm.oid.to_string() == "1.2.840.113549.1.1.10";
    let curve = || parameters?.decode_as::<ObjectIdentifier>().ok().map(|curve| curve.to_string());
    let (key, curve) = (key.to_string(), curve().unwrap_or_default());
    Some(match (key.as_str(), curve.as_str(), size) {
        (RSA, _, 256) if pss && length >= SHORTEST_RSA => &sealed::RSA_PSS_2048_8192_SHA256,
        (RSA, _, 384) if pss && length >= SHORTEST_RSA => &sealed::RSA_PSS_2048_8192_SHA384,
        (RSA, _, 512) if pss && length >= SHORTEST_RSA => &sealed::RSA_PSS_2048_8192_SHA512,
        (RSA, _, 256) if length >= SHORTEST_RSA => &sealed::RSA_PKCS1_2048_8192_SHA256,
        (RSA, _, 384) if length >= SHORTEST_RSA => &sealed::RSA_PKCS1_2048_8192_SHA384,
        (RSA, _, 512) if length >= SHORTEST_RSA => &sealed::RSA_PKCS1_2048_8192_SHA512,
        (ELLIPTIC, P256, 256) => &sealed::ECDSA_P256_SHA256_ASN1,
        (ELLIPTIC, P256, 384) => &sealed::ECDSA_P256_SHA384_ASN1,
        (ELLIPTIC, P384, 256) => &sealed::ECDSA_P384_SHA256_ASN1,
        (ELLIPTIC, P384, 384) => &sealed::ECDSA_P384_SHA384_ASN1,
        _ => return None,
    })
}

fn signing_time(signer: &SignerInfo) -> Option<NaiveDateTime> {
    let written = attribute(signer, SIGNING_TIME)?.values.get(0)?.to_der().ok()?;
    let time = Time::from_der(&written).ok()?;
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    DateTime::from_timestamp(seconds, 0).map(|at| at.naive_utc())
}

/// `D:20261120101500+01'00'`
fn moment(written: &[u8]) -> Option<NaiveDateTime> {
    let text: String = String::from_utf8_lossy(written).chars().filter(|c| *c != '\'').collect();
    let (digits, zone) = text.strip_prefix("D:")?.split_at_checked(14)?;
    let zone = if zone.is_empty() || zone.starts_with('Z') { "+0000" } else { zone };
    DateTime::parse_from_str(&format!("{digits}{zone}"), "%Y%m%d%H%M%S%z").ok().map(|at| at.naive_utc())
}

/// The name of somebody or something: what it is commonly called, else all that is said of it.
fn said(name: &Name) -> String {
    let whole = name.to_string();
    let common = whole.split(',').find_map(|part| part.trim().strip_prefix("CN="));
    let said = common.unwrap_or(&whole).replace(|c: char| c.is_control(), " ");
    said.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_with_its_zone() {
        let read = |written: &str| moment(written.as_bytes()).map(|at| at.to_string());
        assert_eq!(read("D:20261120101500+01'00'").as_deref(), Some("2026-11-20 09:15:00"));
        assert_eq!(read("D:20261120091500Z").as_deref(), Some("2026-11-20 09:15:00"));
        assert_eq!(read("gisteren"), None);
    }

    #[test]
    fn a_file_without_a_signature_has_none_and_a_broken_one_neither() {
        assert_eq!(signatures(b"%PDF-1.7 kapot"), []);
        assert_eq!(signatures(b""), []);
    }

    /// Signed with pyHanko by somebody invented, whose certificate an invented authority gave.
    const SIGNED: &[u8] = include_bytes!("../demo/getekend.pdf");

    fn findings(file: &[u8]) -> Vec<Finding> {
        signatures(file).into_iter().map(|one| one.finding).collect()
    }

    #[test]
    fn who_signed_and_when_is_read_and_that_nothing_changed_since() {
        let found = signatures(SIGNED);
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!((one.finding, one.signer.as_str()), (Finding::Intact, "Femke Dijkstra"));
        assert_eq!(one.issuer, "Voorbeeld Vertrouwen CA (verzonnen)");
        assert_eq!(one.at.map(|at| at.date().to_string()).as_deref(), Some("2026-11-23"));
    }

    #[test]
    fn one_changed_letter_shows_and_so_does_what_is_put_behind() {
        let at = SIGNED.windows(9).position(|part| part == b"verzonnen").unwrap();
        let mut changed = SIGNED.to_vec();
        changed[at] = b'V';
        assert_eq!(findings(&changed), [Finding::Changed]);
        let extended = [SIGNED, b"\n9 0 obj\n<< >>\nendobj\n%%EOF\n"].concat();
        assert!(!findings(&extended).contains(&Finding::Intact), "{:?}", findings(&extended));
    }

    #[test]
    fn a_signature_that_was_broken_is_nobodys() {
        let text = String::from_utf8_lossy(SIGNED).into_owned();
        let range = text.split("/ByteRange").nth(1).unwrap();
        let numbers: Vec<usize> = range
            .split(']')
            .next()
            .unwrap()
            .trim_start_matches([' ', '['])
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect();
        // Somewhere in the signature itself, behind the certificates.
        let last = SIGNED[..numbers[2] - 1].iter().rposition(|byte| !matches!(byte, b'0' | b'>')).unwrap();
        let mut broken = SIGNED.to_vec();
        broken[last - 40] = if broken[last - 40] == b'1' { b'2' } else { b'1' };
        assert_eq!(findings(&broken), [Finding::Changed]);
    }
}
