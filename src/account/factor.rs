//! The second factor (tweede stap): a code from an app (TOTP, RFC 6238) that works once, and recovery codes on paper for
//! who lost it. SHA-1, six digits and thirty seconds, because every app can do those.

use chrono::NaiveDateTime;
use qrcode::QrCode;
use qrcode::render::svg;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::account::hex;

/// The secret that the app and the house share: 160 bits, "at least 128 bits" (RFC 4226, 4).
#[derive(Clone)]
pub struct Factor(Vec<u8>);

/// A code is good for thirty seconds, and as long before and after: clocks differ.
const STEP_SECONDS: u64 = 30;
const SKEW: u16 = 1;

impl Factor {
    pub fn new() -> Result<Factor, getrandom::Error> {
        let mut bits = [0u8; 20];
        getrandom::fill(&mut bits)?;
        Ok(Factor(bits.to_vec()))
    }

    /// What came out of the vault.
    pub fn opened(bits: Vec<u8>) -> Factor {
        Factor(bits)
    }

    pub fn bits(&self) -> &[u8] {
        &self.0
    }

    /// The purpose it is sealed for: one account's factor opens for no other.
    pub fn purpose(account_id: i64) -> String {
        format!("account.factor/{account_id}")
    }

    /// The step this code belongs to; none when it is wrong. A step that was accepted before is not again, nor any
    /// before it: "a step is accepted once" (security.md 3).
    pub fn accepts(&self, typed: &str, now: NaiveDateTime, last_step: Option<i64>) -> Option<i64> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let time = u64::try_from(now.and_utc().timestamp()).ok()?;
        let matched = self.totp().check(&digits, time)?;
        let step = i64::try_from(matched).ok()?;
        last_step.is_none_or(|last| step > last).then_some(step)
    }

    /// The code at a moment, for tests and for nothing else.
    pub fn code_at(&self, now: NaiveDateTime) -> String {
        self.totp().generate(now.and_utc().timestamp().unsigned_abs()).to_string()
    }

    /// To type it over: `JBSW Y3DP …`.
    pub fn written(&self) -> String {
        let letters: Vec<char> = self.secret().to_base32().chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The same as a picture, for the camera of a telephone.
    pub fn picture(&self, account: &str) -> anyhow::Result<String> {
        let label = format!("{}:{}", escaped(ISSUER), escaped(account));
        let secret = self.secret().to_base32();
        let address = format!("otpauth://totp/{label}?secret={secret}&issuer={}", escaped(ISSUER));
        let code = QrCode::new(address.as_bytes())?;
        Ok(code.render::<svg::Color>().min_dimensions(240, 240).build())
    }

    fn secret(&self) -> Secret {
        Secret::from(self.0.clone())
    }

    fn totp(&self) -> Totp {
        Builder::new().with_secret(self.secret()).with_skew(SKEW).with_step_duration(STEP_SECONDS).build_noncompliant()
    }
}

/// The name in the app.
const ISSUER: &str = "Open House";

fn escaped(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').replace('+', "%20")
}

impl std::fmt::Debug for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Factor(…)")
    }
}

/// So many recovery codes are given, each for one sign-in.
pub const RECOVERY_CODES: usize = 10;

/// No letters that look alike: 32 signs, five bits each.
const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// So many signs: 120 bits, "at least 112 bits" for what is kept as a plain digest (ASVS 5.0, 6.5.2).
const RECOVERY_SIGNS: usize = 24;

/// New recovery codes: too many to try even for who has the digests.
pub fn recovery_codes() -> Result<Vec<String>, getrandom::Error> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let mut bits = [0u8; RECOVERY_SIGNS];
        getrandom::fill(&mut bits)?;
        let signs: Vec<u8> = bits.iter().map(|byte| SIGNS[usize::from(byte & 31)]).collect();
        let parts: Vec<String> = signs.chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        codes.push(parts.join("-"));
    }
    Ok(codes)
}

/// The digest of a recovery code as it was typed; none when it cannot be one.
pub fn recovery_digest(account_id: i64, typed: &str) -> Option<String> {
    let signs: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
    let fits = signs.len() == RECOVERY_SIGNS && signs.bytes().all(|sign| SIGNS.contains(&sign));
    fits.then(|| hex(&Sha256::digest(format!("{account_id}/{signs}").as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B; at second 59 its last six digits are 287082, at 1111111109 081804.
    fn of_the_rfc() -> Factor {
        Factor::opened(b"12345678901234567890".to_vec())
    }

    fn at(second: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(second, 0).unwrap().naive_utc()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        assert_eq!(of_the_rfc().accepts("287082", at(59), None), Some(1));
        assert_eq!(of_the_rfc().accepts("081 804", at(1_111_111_109), None), Some(37_037_036));
        assert_eq!(of_the_rfc().accepts("287083", at(59), None), None);
        assert_eq!(of_the_rfc().accepts("", at(59), None), None);
    }

    #[test]
    fn a_step_is_accepted_once_and_none_before_it() {
        let factor = of_the_rfc();
        assert_eq!(factor.accepts("287082", at(59), Some(1)), None);
        assert_eq!(factor.accepts("287082", at(59), Some(2)), None);
        assert_eq!(factor.accepts("287082", at(59), Some(0)), Some(1));
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        let factor = of_the_rfc();
        for (second, good) in [(0, true), (30, true), (89, true), (90, false), (120, false)] {
            assert_eq!(factor.accepts("287082", at(second), None).is_some(), good, "{second}");
        }
    }

    #[test]
    fn the_key_can_be_typed_over_and_photographed() {
        let factor = of_the_rfc();
        assert_eq!(factor.written(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let picture = factor.picture("a.prins@noordermeer.example").unwrap();
        assert!(picture.contains("<svg") && !picture.contains("script"));
        assert_eq!(escaped("a b@c:d"), "a%20b%40c%3Ad");
        assert_eq!(format!("{factor:?}"), "Factor(…)");
    }

    #[test]
    fn recovery_codes_are_all_different_and_read_back_however_they_are_typed() {
        let codes = recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let mut digests: Vec<String> = codes.iter().filter_map(|code| recovery_digest(7, code)).collect();
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(recovery_digest(7, &typed).as_ref(), digests.first());
        assert_ne!(recovery_digest(8, &codes[0]).as_ref(), digests.first(), "one account's code is not another's");
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), RECOVERY_CODES);
        let right = "abcd-".repeat(6);
        assert!(recovery_digest(7, &right).is_some());
        for wrong in ["", "123456", &right[..28], &right.replacen('a', "0", 1), &format!("{right}a")] {
            assert_eq!(recovery_digest(7, wrong), None, "{wrong}");
        }
        const { assert!(RECOVERY_SIGNS * 5 >= 112, "a sign is five bits") };
    }
}
