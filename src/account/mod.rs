//! Users and their sign-in (inloggen): a one-time link leads to a session, a session to an `Actor`.

pub mod entrance;
pub mod newcomer;
pub mod store;
pub mod web;

use chrono::TimeDelta;
use sha2::{Digest, Sha256};

/// A link is good for a day and for one sign-in.
pub const LINK_LASTS: TimeDelta = TimeDelta::hours(24);

/// A session ends after half an hour without a request, and after twelve hours in any case.
pub const SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(12);

/// A secret that is shown once and never kept: 256 random bits in hexadecimal. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub fn new() -> Result<Token, getrandom::Error> {
        let mut bits = [0u8; 32];
        getrandom::fill(&mut bits)?;
        Ok(Token(hex(&bits)))
    }

    /// What a browser sent; anything that is not of the right form is no token.
    pub fn read(sent: &str) -> Option<Token> {
        (sent.len() == 64 && sent.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Token(sent.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_no_two_are_alike() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(Token::read(one.as_str()), Some(one.clone()));
        assert_ne!(one, other);
        assert_ne!(one.digest(), one.as_str());
    }

    #[test]
    fn what_is_not_a_token_is_not_looked_up() {
        for sent in ["", "abc", &"g".repeat(64), &"a".repeat(65)] {
            assert_eq!(Token::read(sent), None);
        }
    }

    #[test]
    fn a_token_does_not_show_itself_in_a_log() {
        assert_eq!(format!("{:?}", Token::new().unwrap()), "Token(…)");
    }
}
