//! Numbers that identify someone, and one that must never come in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

/// A KvK number (nummer in het Handelsregister): eight digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Kvk(String);

/// What was typed is not a KvK number; expected are eight digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAKvk(pub String);

impl Kvk {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kvk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Kvk {
    type Err = NotAKvk;

    fn from_str(typed: &str) -> Result<Kvk, NotAKvk> {
        let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.')).collect();
        match digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
            true => Ok(Kvk(digits)),
            false => Err(NotAKvk(typed.to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Kvk {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for NotAKvk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a KvK number; expected are eight digits", self.0)
    }
}

impl std::error::Error for NotAKvk {}

/// The SHA-256 of some bytes in lower-case hexadecimals (vingerafdruk): the name under which a file is stored, and
/// what shows later that nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
#[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Sha256Hex(String);

/// Not 64 lower-case hexadecimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotASha256(pub String);

impl Sha256Hex {
    pub fn of(bytes: &[u8]) -> Sha256Hex {
        use std::fmt::Write;
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        }
        Sha256Hex(hex)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Sha256Hex {
    type Err = NotASha256;

    fn from_str(written: &str) -> Result<Sha256Hex, NotASha256> {
        let fits = written.len() == 64 && written.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Sha256Hex(written.to_owned())) } else { Err(NotASha256(written.to_owned())) }
    }
}

impl<'de> Deserialize<'de> for Sha256Hex {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for Sha256Hex
where
    DB: diesel::backend::Backend,
    str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.as_str().to_sql(out)
    }
}

impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for Sha256Hex
where
    DB: diesel::backend::Backend,
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(String::from_sql(value)?.parse()?)
    }
}

impl fmt::Display for NotASha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a SHA-256; expected are 64 lower-case hexadecimals", self.0)
    }
}

impl std::error::Error for NotASha256 {}

/// True when the text holds a run of exactly nine digits that passes the elfproef: a citizen service number
/// (BSN), or so like one that it may not be stored. Points and spaces inside the run do not hide it.
pub fn holds_bsn(text: &str) -> bool {
    let mut run = Vec::with_capacity(9);
    let mut separators = 0;
    for c in text.chars().chain(std::iter::once('\n')) {
        match c.to_digit(10) {
            Some(digit) => {
                run.push(digit);
                separators = 0;
            }
            None if matches!(c, '.' | ' ' | '-') && separators == 0 && !run.is_empty() => separators = 1,
            None => {
                if passes_elfproef(&run) {
                    return true;
                }
                run.clear();
                separators = 0;
            }
        }
    }
    false
}

/// "Elfproef": 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i is a multiple of eleven and not all are nought.
fn passes_elfproef(digits: &[u32]) -> bool {
    let [a, b, c, d, e, f, g, h, i] = match <[u32; 9]>::try_from(digits) {
        Ok(nine) => nine.map(i64::from),
        Err(_) => return false,
    };
    let sum = 9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i;
    sum % 11 == 0 && digits.iter().any(|d| *d != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kvk_number_has_eight_digits() {
        assert_eq!("12345678".parse::<Kvk>().unwrap().as_str(), "12345678");
        assert_eq!("1234 5678".parse::<Kvk>().unwrap().as_str(), "12345678");
        for typed in ["", "1234567", "123456789", "1234567a", "１２３４５６７８"] {
            assert!(typed.parse::<Kvk>().is_err(), "{typed:?} was accepted");
        }
    }

    #[test]
    fn a_sha256_is_the_one_of_the_standard() {
        let abc = Sha256Hex::of(b"abc");
        assert_eq!(abc.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(abc.as_str().parse(), Ok(abc));
        for written in ["", "BA7816BF", &"g".repeat(64), "../../etc/passwd", &"A".repeat(64)] {
            assert!(written.parse::<Sha256Hex>().is_err(), "{written:?} was accepted");
        }
    }

    #[test]
    fn a_number_that_passes_the_elfproef_is_seen() {
        assert!(holds_bsn("111222333"));
        assert!(holds_bsn("bsn: 111.222.333, graag bellen"));
        assert!(holds_bsn("111 222 333"));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in ["123456789", "1112223334", "11122233", "2026-09-30", "000000000", "06 12345678", "€ 1.234,56"] {
            assert!(!holds_bsn(text), "{text:?} was taken for a BSN");
        }
    }
}
