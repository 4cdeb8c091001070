//! The settings of signing in elsewhere: the identity provider of the organisation (identiteitsprovider) for staff, and an
//! eHerkenning broker for providers. Both speak OpenID Connect. None of them is needed: without an issuer there is no button.

use std::collections::BTreeMap;

use super::{Fault, Key, Secret, Source, fit};
use crate::actor::Role;

/// Where people of this installation may sign in elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    pub staff: Option<StaffSignIn>,
    pub eherkenning: Option<EHerkenning>,
}

/// How this installation is known to an identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// As it names itself in its tokens.
    pub issuer: String,
    pub id: String,
    /// Empty for a public client, which has PKCE alone.
    pub secret: Secret,
    pub scopes: Vec<String>,
}

/// The identity provider of a municipality, for its staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSignIn {
    pub client: Client,
    /// By name; may be empty where there is one.
    pub municipality: String,
    pub claim_name: String,
    pub claim_email: String,
    pub claim_roles: String,
    /// What the claim of the roles may hold, and the role that it gives.
    pub roles: Vec<(String, Role)>,
    /// One of these is asked for and must come back; none: not looked at.
    pub acr: Vec<String>,
    pub amr: Vec<String>,
}

/// A broker of eHerkenning, for people of providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EHerkenning {
    pub client: Client,
    pub claim_person: String,
    pub claim_kvk: String,
    pub claim_level: String,
    pub minimum: Level,
}

impl StaffSignIn {
    /// The claims that are looked at, by name.
    pub fn claims(&self) -> [&str; 3] {
        [&self.claim_name, &self.claim_email, &self.claim_roles]
    }
}

impl EHerkenning {
    /// The same.
    pub fn claims(&self) -> [&str; 3] {
        [&self.claim_person, &self.claim_kvk, &self.claim_level]
    }
}

codes! {
    /// A level of assurance (betrouwbaarheidsniveau), the lowest first.
    pub enum Level {
        Eh2 = "eh2",
        Eh2Plus = "eh2+",
        Eh3 = "eh3",
        Eh4 = "eh4",
    }
}

impl Level {
    /// As a token tells it: `urn:etoegang:core:assurance-class:loa3`, `EH3`, or the word of eIDAS.
    pub fn said(claim: &str) -> Option<Level> {
        let last = claim.rsplit([':', '/']).next().unwrap_or(claim).to_ascii_lowercase();
        Some(match last.as_str() {
            "loa2" | "eh2" | "low" => Level::Eh2,
            "loa2plus" | "loa2+" | "eh2plus" | "eh2+" => Level::Eh2Plus,
            "loa3" | "eh3" | "substantial" => Level::Eh3,
            "loa4" | "eh4" | "high" => Level::Eh4,
            _ => return None,
        })
    }

    /// `EH2+`
    pub fn shown(self) -> String {
        self.as_str().to_ascii_uppercase()
    }
}

type Chosen = BTreeMap<Key, (String, Source)>;

pub(super) fn read(chosen: &Chosen, faults: &mut Vec<Fault>) -> Option<Identity> {
    // Everything is read before anything is decided, so that all faults are told at once.
    let staff = client(chosen, STAFF, faults);
    let municipality = fit(chosen, Key::OidcMunicipality, one_line, faults);
    let claim_name = fit(chosen, Key::OidcClaimName, claim, faults);
    let claim_email = fit(chosen, Key::OidcClaimEmail, claim, faults);
    let claim_roles = fit(chosen, Key::OidcClaimRoles, claim, faults);
    let roles = fit(chosen, Key::OidcRoles, read_roles, faults);
    let acr = fit(chosen, Key::OidcAcr, words, faults);
    let amr = fit(chosen, Key::OidcAmr, words, faults);
    let broker = client(chosen, EHERKENNING, faults);
    let claim_person = fit(chosen, Key::EherkenningClaimPerson, claim, faults);
    let claim_kvk = fit(chosen, Key::EherkenningClaimKvk, claim, faults);
    let claim_level = fit(chosen, Key::EherkenningClaimLevel, claim, faults);
    let minimum = fit(chosen, Key::EherkenningMinimum, |written| written.parse::<Level>().ok(), faults);
    let roles = roles?;
    let staff = staff?;
    if staff.is_some() && roles.is_empty() {
        missing(chosen, Key::OidcRoles, faults);
    }
    let with_client = |client, (municipality, claim_name, claim_email, claim_roles, acr, amr)| StaffSignIn {
        client,
        municipality,
        claim_name,
        claim_email,
        claim_roles,
        roles,
        acr,
        amr,
    };
    let told = (municipality?, claim_name?, claim_email?, claim_roles?, acr?, amr?);
    let (claim_person, claim_kvk, claim_level, minimum) = (claim_person?, claim_kvk?, claim_level?, minimum?);
    Some(Identity {
        staff: staff.map(|client| with_client(client, told)),
        eherkenning: broker?.map(|client| EHerkenning { client, claim_person, claim_kvk, claim_level, minimum }),
    })
}

/// The keys of a client: issuer, id, secret, scopes.
type ClientKeys = [Key; 4];
const STAFF: ClientKeys = [Key::OidcIssuer, Key::OidcClientId, Key::OidcClientSecret, Key::OidcScopes];
const EHERKENNING: ClientKeys =
    [Key::EherkenningIssuer, Key::EherkenningClientId, Key::EherkenningClientSecret, Key::EherkenningScopes];

fn client(chosen: &Chosen, keys: ClientKeys, faults: &mut Vec<Fault>) -> Option<Option<Client>> {
    let issuer = fit(chosen, keys[0], read_issuer, faults);
    let id = fit(chosen, keys[1], one_line, faults);
    let secret = fit(chosen, keys[2], one_line, faults);
    let scopes = fit(chosen, keys[3], words, faults);
    let (issuer, id, secret, scopes) = (issuer?, id?, secret?, scopes?);
    if issuer.is_empty() {
        return Some(None);
    }
    if id.is_empty() {
        missing(chosen, keys[1], faults);
    }
    Some(Some(Client { issuer, id, secret: Secret(secret), scopes }))
}

fn missing(chosen: &Chosen, key: Key, faults: &mut Vec<Fault>) {
    let (found, source) = chosen.get(&key).cloned().unwrap_or((key.default().to_owned(), Source::Default));
    faults.push(Fault::unfit(key, source, &found));
}

/// What it says is only worth something when nobody on the way can change it: https, or this computer itself.
fn read_issuer(written: &str) -> Option<String> {
    let host = |rest: &str| rest.split(['/', ':']).next().unwrap_or_default().to_owned();
    let safe = match (written.strip_prefix("https://"), written.strip_prefix("http://")) {
        (Some(rest), _) => !host(rest).is_empty(),
        (_, Some(rest)) => matches!(host(rest).as_str(), "localhost" | "127.0.0.1"),
        _ => written.is_empty(),
    };
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '?' | '#' | '@' | '"' | '<' | '>');
    (safe && written.chars().all(fits)).then(|| written.to_owned())
}

fn one_line(written: &str) -> Option<String> {
    (!written.chars().any(char::is_control)).then(|| written.trim().to_owned())
}

fn claim(written: &str) -> Option<String> {
    one_line(written).filter(|name| !name.is_empty())
}

/// With white space or commas between them.
fn words(written: &str) -> Option<Vec<String>> {
    let line = one_line(written)?;
    let words = line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    Some(words.map(str::to_owned).collect())
}

/// `oh-contract=contract_manager, oh-beheer=functional_admin`: a provider's people come in by another door.
fn read_roles(written: &str) -> Option<Vec<(String, Role)>> {
    let pairs = written.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    let read = |pair: &str| {
        let (value, role) = pair.rsplit_once('=')?;
        let (value, role) = (value.trim(), role.trim().parse::<Role>().ok()?);
        let fits = !value.is_empty() && !value.chars().any(char::is_control);
        (fits && role != Role::System && !role.is_of_provider()).then(|| (value.to_owned(), role))
    };
    pairs.map(read).collect()
}

impl Identity {
    /// What `config show` tells of these keys; a secret is only shown to be there.
    pub(super) fn shown(&self, key: Key) -> String {
        match key.as_str().starts_with("oidc_") {
            true => self.staff.as_ref().map_or_else(String::new, |staff| staff.shown(key)),
            false => self.eherkenning.as_ref().map_or_else(String::new, |broker| broker.shown(key)),
        }
    }
}

impl StaffSignIn {
    fn shown(&self, key: Key) -> String {
        match key {
            Key::OidcMunicipality => self.municipality.clone(),
            Key::OidcClaimName => self.claim_name.clone(),
            Key::OidcClaimEmail => self.claim_email.clone(),
            Key::OidcClaimRoles => self.claim_roles.clone(),
            Key::OidcRoles => {
                let pairs: Vec<String> = self.roles.iter().map(|(value, role)| format!("{value}={role}")).collect();
                pairs.join(", ")
            }
            Key::OidcAcr => self.acr.join(" "),
            Key::OidcAmr => self.amr.join(" "),
            key => self.client.shown(STAFF, key),
        }
    }
}

impl EHerkenning {
    fn shown(&self, key: Key) -> String {
        match key {
            Key::EherkenningClaimPerson => self.claim_person.clone(),
            Key::EherkenningClaimKvk => self.claim_kvk.clone(),
            Key::EherkenningClaimLevel => self.claim_level.clone(),
            Key::EherkenningMinimum => self.minimum.to_string(),
            key => self.client.shown(EHERKENNING, key),
        }
    }
}

impl Client {
    fn shown(&self, [issuer, id, secret, _]: ClientKeys, key: Key) -> String {
        match key {
            key if key == issuer => self.issuer.clone(),
            key if key == id => self.id.clone(),
            key if key == secret => format!("{:?}", self.secret),
            _ => self.scopes.join(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_in_the_words_of_etoegang_of_the_product_and_of_eidas() {
        for (claim, level) in [
            ("urn:etoegang:core:assurance-class:loa2", Level::Eh2),
            ("urn:etoegang:core:assurance-class:loa2plus", Level::Eh2Plus),
            ("EH3", Level::Eh3),
            ("http://eidas.europa.eu/LoA/substantial", Level::Eh3),
            ("urn:etoegang:core:assurance-class:loa4", Level::Eh4),
        ] {
            assert_eq!(Level::said(claim), Some(level), "{claim}");
        }
        for claim in ["", "loa", "loa5", "3", "urn:etoegang:core:assurance-class:"] {
            assert_eq!(Level::said(claim), None, "{claim}");
        }
        assert!(Level::Eh2 < Level::Eh2Plus && Level::Eh2Plus < Level::Eh3 && Level::Eh3 < Level::Eh4);
    }

    #[test]
    fn an_issuer_is_reached_over_https_or_on_this_computer() {
        for good in ["", "https://login.voorbeeld.example/tenant/v2.0", "http://127.0.0.1:9000", "http://localhost/x"] {
            assert!(read_issuer(good).is_some(), "{good}");
        }
        for wrong in [
            "http://login.voorbeeld.example",
            "https://",
            "login",
            "https://a.example?x=1",
            "http://localhost.a.example",
        ] {
            assert_eq!(read_issuer(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_of_the_claim_gives_a_role_of_the_municipality_alone() {
        let read = |written: &str| read_roles(written).map(|roles| roles.len());
        assert_eq!(read(""), Some(0));
        assert_eq!(read("oh-contract=contract_manager, cn=oh,ou=x=viewer"), None);
        assert_eq!(read("OH beheer=functional_admin,a=b=viewer"), Some(2));
        for wrong in ["oh", "oh=", "=viewer", "oh=chef", "oh=system", "oh=provider_user"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
