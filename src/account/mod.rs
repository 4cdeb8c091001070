//! Users and their sign-in (inloggen): a password and a code lead to a session, a session to an `Actor`.

pub mod device;
pub mod elsewhere;
pub mod entrance;
pub mod factor;
pub mod newcomer;
pub mod notice;
pub mod once;
pub mod password;
pub mod store;
pub mod web;

use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::actor::Role;

/// A link is good for a day and for one sign-in.
pub const LINK_LASTS: TimeDelta = TimeDelta::hours(24);

/// A session ends after half an hour without a request, and after twelve hours in any case.
pub const SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(12);

/// So many sessions of one account at once: a new one ends the one that was used longest ago.
pub const SESSIONS_AT_ONCE: usize = 20;

/// An invitation is good for a week, a link to choose a new password for an hour.
pub const INVITATION_LASTS: TimeDelta = TimeDelta::days(7);
pub const RESET_LASTS: TimeDelta = TimeDelta::hours(1);

/// A new link is not sent again within so short a time: nobody fills somebody else's letter box.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Who typed a good password has a quarter of an hour for the rest.
pub const PORCH_LASTS: TimeDelta = TimeDelta::minutes(15);
/// After so many wrong codes he begins again with his password.
pub const WRONG_CODES: i64 = 5;

codes! {
    /// What a link by mail is for.
    pub enum LinkKind {
        /// Choose a password and set up the second factor.
        Invitation = "invitation",
        /// Choose a new password; the second factor is still asked.
        NewPassword = "new_password",
    }
}

codes! {
    /// How far somebody is between the door and the house (voorportaal).
    pub enum Step {
        /// The password was right; the code is still to come.
        Code = "code",
        /// A new second factor is on the screen, and to be confirmed with a code.
        SetUp = "set_up",
        /// The recovery codes are on the screen.
        Codes = "codes",
        /// Everything was right; in which of his roles?
        Choose = "choose",
    }
}

codes! {
    /// By which way somebody came in (weg). What he reaches depends on it: a role that an identity provider gave is reached
    /// by way of that provider alone, and who came with eHerkenning works for the organisation it named.
    pub enum Way {
        /// His own password and code, or a link.
        Own = "own",
        /// The identity provider of the municipality.
        Organisation = "organisation",
        EHerkenning = "eherkenning",
    }
}

/// Who is sent elsewhere to sign in is back within so long, or begins again.
pub const JOURNEY_LASTS: TimeDelta = TimeDelta::minutes(10);

/// "7 failures → growing wait": the seventh costs a minute, each further one twice as long, an hour at most.
pub fn wait_after(failures: i64) -> Option<TimeDelta> {
    let doublings = u32::try_from(failures - 7).ok()?;
    Some(TimeDelta::minutes((1_i64 << doublings.min(6)).min(60)))
}

/// Failures are forgotten after a day without any.
pub const FAILURES_LAST: TimeDelta = TimeDelta::hours(24);

/// Special rights, to be reviewed every quarter (BIO2: "special rights reviewed every quarter").
pub const SPECIAL_RIGHTS: [Role; 6] = [
    Role::FunctionalAdmin,
    Role::ContractManager,
    Role::DecisionMaker,
    Role::Finance,
    Role::ProviderAdmin,
    Role::ProviderSignatory,
];

/// A review is good for a quarter.
pub const REVIEW_LASTS: TimeDelta = TimeDelta::days(92);

/// Who worked for a provider not longer ago than this is asked about before he gets a role in the office. What he may do
/// there is told by the terms of the procedure, which the chapter of accounts does not know.
pub const INTEREST_LASTS: TimeDelta = TimeDelta::days(731);

/// "Four eyes: the person who records the advice (assessor) may not be the one who decides" (statuses.md): who has one of
/// these roles shares a decision with who has the other.
pub const FOUR_EYES: [Role; 2] = [Role::Assessor, Role::DecisionMaker];

/// The roles that somebody in this role may give to others and take from them.
pub fn may_give(role: Role) -> Vec<Role> {
    match role {
        Role::FunctionalAdmin => Role::ALL.iter().copied().filter(|role| *role != Role::System).collect(),
        Role::ProviderAdmin => Role::OF_PROVIDER.to_vec(),
        _ => Vec::new(),
    }
}

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

pub(crate) fn hex(bytes: &[u8]) -> String {
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
    fn the_wait_begins_at_the_seventh_failure_and_grows_to_an_hour() {
        let minutes = |failures| wait_after(failures).map(|wait| wait.num_minutes());
        assert_eq!([0, 1, 6].map(minutes), [None; 3]);
        assert_eq!([7, 8, 9, 12, 13, 100].map(minutes), [1, 2, 4, 32, 60, 60].map(Some));
    }

    #[test]
    fn only_administrators_give_roles_and_a_provider_only_its_own() {
        assert_eq!(may_give(Role::ProviderAdmin), Role::OF_PROVIDER);
        assert!(may_give(Role::FunctionalAdmin).contains(&Role::DecisionMaker));
        for role in Role::ALL {
            assert!(!may_give(*role).contains(&Role::System));
            let gives = matches!(role, Role::FunctionalAdmin | Role::ProviderAdmin);
            assert_eq!(!may_give(*role).is_empty(), gives, "{role}");
        }
    }

    #[test]
    fn a_token_does_not_show_itself_in_a_log() {
        assert_eq!(format!("{:?}", Token::new().unwrap()), "Token(…)");
    }
}
