//! Signing in elsewhere (inloggen bij een ander): who somebody is by what an identity provider says of him, and why he does
//! not come in.
//!
//! Nobody takes an account over by having its e-mail address. The issuer and its name for a person (subject) are who he is;
//! they are linked to an account that is there already only from inside it, or by its invitation.

use crate::actor::Role;
use crate::config::{EHerkenning, Level, StaffSignIn};
use crate::ids::Kvk;
use crate::oidc::Said;

/// Somebody of the municipality, as its identity provider tells of him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffer {
    pub issuer: String,
    pub subject: String,
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
}

/// Somebody who acts for an organisation, as eHerkenning tells of him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub issuer: String,
    pub subject: String,
    pub kvk: Kvk,
    pub level: Level,
}

/// Why somebody who was elsewhere does not come in. Each says what he can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The identity provider does not answer.
    Unreachable,
    /// He changed his mind, or was refused there.
    Cancelled,
    /// Nobody was sent there from this browser, or too long ago, or he came back already.
    Lost,
    /// What came back cannot be believed.
    NotBelieved,
    /// A claim is missing that the settings name.
    ClaimMissing,
    /// The second factor that the settings ask for was not used.
    NoSecondFactor,
    /// None of the roles he has there gives one here.
    NoRole,
    /// An account with this e-mail address is there already, and not linked.
    KnownAccount,
    /// The account to be linked has another e-mail address.
    OtherEmail,
    /// Linked to another account.
    LinkedElsewhere,
    /// The account was shut.
    Disabled,
    /// The KvK number has another form.
    WrongKvk,
    LevelUnknown,
    LevelTooLow {
        minimum: Level,
        found: Level,
    },
    /// No organisation with this KvK number is known here.
    UnknownOrganisation,
    /// The organisation is known, the person is not.
    UnknownPerson,
    /// The account to be linked works for another organisation.
    OtherOrganisation,
    /// His account does not work for this organisation; its administrator is asked.
    AccessAsked,
    /// The same, and the request was answered: he was not let in, or his role has ended since.
    AccessAnswered,
}

impl Refusal {
    /// For the audit. None for what anybody can bring about.
    pub fn in_audit(self) -> Option<&'static str> {
        Some(match self {
            Refusal::Unreachable | Refusal::Cancelled | Refusal::Lost | Refusal::NotBelieved => return None,
            Refusal::ClaimMissing => "claim missing",
            Refusal::NoSecondFactor => "no second factor",
            Refusal::NoRole => "no role",
            Refusal::KnownAccount => "account not linked",
            Refusal::OtherEmail => "other e-mail address",
            Refusal::LinkedElsewhere => "linked to another account",
            Refusal::Disabled => "disabled",
            Refusal::WrongKvk => "wrong KvK number",
            Refusal::LevelUnknown => "level unknown",
            Refusal::LevelTooLow { .. } => "level too low",
            Refusal::UnknownOrganisation => "organisation unknown",
            Refusal::UnknownPerson => "person unknown",
            Refusal::OtherOrganisation => "other organisation",
            Refusal::AccessAsked => "access asked",
            Refusal::AccessAnswered => "access answered",
        })
    }
}

impl Staffer {
    /// Who this is by the claims that the settings name.
    pub fn of(said: &Said, settings: &StaffSignIn) -> Result<Staffer, Refusal> {
        let among = |asked: &[String], found: Vec<&str>| {
            asked.is_empty() || found.iter().any(|one| asked.iter().any(|word| word == one))
        };
        if !among(&settings.acr, said.texts("acr")) || !among(&settings.amr, said.texts("amr")) {
            return Err(Refusal::NoSecondFactor);
        }
        let fits = |text: &str, most: usize| text.len() <= most && !text.chars().any(char::is_control);
        let name = said.text(&settings.claim_name).filter(|name| fits(name, 200));
        let email = said.text(&settings.claim_email).map(str::to_lowercase);
        let email = email.filter(|email| fits(email, 254) && validator::ValidateEmail::validate_email(email));
        let (Some(name), Some(email)) = (name, email.filter(|_| !said.denies("email_verified"))) else {
            return Err(Refusal::ClaimMissing);
        };
        let told = said.texts(&settings.claim_roles);
        let given = settings.roles.iter().filter(|(value, _)| told.contains(&value.as_str()));
        let mut roles: Vec<Role> = given.map(|(_, role)| *role).collect();
        roles.sort_unstable();
        roles.dedup();
        let (issuer, subject) = (said.issuer.clone(), said.subject.clone());
        Ok(Staffer { issuer, subject, name: name.to_owned(), email, roles })
    }
}

impl Agent {
    /// Who this is, for which organisation, and how sure that is.
    pub fn of(said: &Said, settings: &EHerkenning) -> Result<Agent, Refusal> {
        let subject = said.text(&settings.claim_person).ok_or(Refusal::ClaimMissing)?.to_owned();
        let kvk = said.text(&settings.claim_kvk).ok_or(Refusal::ClaimMissing)?;
        let kvk = kvk.parse().map_err(|_| Refusal::WrongKvk)?;
        let claimed = said.texts(&settings.claim_level);
        let level = claimed.into_iter().find_map(Level::said).ok_or(Refusal::LevelUnknown)?;
        match level >= settings.minimum {
            true => Ok(Agent { issuer: said.issuer.clone(), subject, kvk, level }),
            false => Err(Refusal::LevelTooLow { minimum: settings.minimum, found: level }),
        }
    }
}
