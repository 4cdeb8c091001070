//! What an identity provider says of somebody (claims), once it is believed. Names of claims are settings: every provider
//! has its own.

use openidconnect::core::CoreGenderClaim;
use openidconnect::{AdditionalClaims, IdTokenClaims, UserInfoClaims};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The claims that the standard does not name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Everything(Map<String, Value>);

impl AdditionalClaims for Everything {}

/// Everything that is said of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Who says it, and under which name it knows him: together they are of one person, for ever.
    pub issuer: String,
    pub subject: String,
    claims: Map<String, Value>,
    /// What it said when it was asked for more (userinfo). It fills gaps: the signed token comes first.
    further: Map<String, Value>,
}

/// What only a signed token says: for whom it is, and how and when somebody signed in. Userinfo tells who he is.
const OF_THE_TOKEN: [&str; 14] =
    ["iss", "sub", "aud", "azp", "exp", "nbf", "iat", "jti", "nonce", "sid", "auth_time", "acr", "amr", "at_hash"];

impl Said {
    pub(super) fn of(claims: &IdTokenClaims<Everything, CoreGenderClaim>) -> serde_json::Result<Said> {
        let (issuer, subject) = (claims.issuer().to_string(), claims.subject().to_string());
        Ok(Said { issuer, subject, claims: object(serde_json::to_value(claims)?), further: Map::new() })
    }

    /// Whether each of these claims is there, as far as it is not for the token alone to say.
    pub(super) fn tells(&self, wanted: &[&str]) -> bool {
        wanted.iter().filter(|name| !OF_THE_TOKEN.contains(name)).all(|name| self.claim(name).is_some())
    }

    /// What userinfo says of the same person.
    pub(super) fn add(&mut self, claims: &UserInfoClaims<Everything, CoreGenderClaim>) -> serde_json::Result<()> {
        self.further = object(serde_json::to_value(claims)?);
        self.further.retain(|name, _| !OF_THE_TOKEN.contains(&name.as_str()));
        Ok(())
    }

    /// The text of a claim; none when it is not there, empty, or no text.
    pub fn text(&self, name: &str) -> Option<&str> {
        let text = self.claim(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// All texts of a claim that holds one or more.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.claim(name) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a claim says no, wherever it stands: `email_verified` is false, or the word for it.
    pub fn denies(&self, name: &str) -> bool {
        let no = |found: &Value| matches!(found, Value::Bool(false)) || found.as_str().map(str::trim) == Some("false");
        [&self.claims, &self.further].into_iter().filter_map(|said| find(said, name)).any(no)
    }

    /// Whether the token tells of this event (RFC 8417).
    pub(super) fn has_event(&self, name: &str) -> bool {
        self.claims.get("events").and_then(|events| events.get(name)).is_some_and(Value::is_object)
    }

    fn claim(&self, name: &str) -> Option<&Value> {
        find(&self.claims, name).or_else(|| find(&self.further, name))
    }
}

/// A claim under its own name, which may have dots in it, or inside others: `realm_access.roles`.
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let within = || {
        let mut steps = name.split('.');
        let first = claims.get(steps.next()?)?;
        steps.try_fold(first, |within, step| within.get(step))
    };
    claims.get(name).or_else(within).filter(|found| !found.is_null())
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(claims: Value) -> Said {
        let Value::Object(claims) = claims else { panic!("claims are an object") };
        Said { issuer: "https://login.voorbeeld.example".into(), subject: "4711".into(), claims, further: Map::new() }
    }

    #[test]
    fn what_userinfo_says_fills_gaps_and_takes_nothing_over_from_the_token() {
        let mut said = said(serde_json::json!({ "sub": "4711", "name": "Anja", "realm_access": {}, "acr": "laag" }));
        assert!(said.tells(&["name", "acr"]) && !said.tells(&["name", "email"]));
        assert!(said.tells(&["amr"]), "how somebody signed in is not asked for afterwards");
        let claims: UserInfoClaims<Everything, CoreGenderClaim> = UserInfoClaims::from_json::<std::io::Error>(
            br#"{"sub": "4711", "name": "Iemand", "email": "a@voorbeeld.example", "email_verified": false,
                 "acr": "hoog", "amr": ["mfa"], "realm_access": {"roles": ["oh-contract"]}}"#,
            None,
        )
        .unwrap();
        said.add(&claims).unwrap();
        assert_eq!((said.text("name"), said.text("acr")), (Some("Anja"), Some("laag")));
        assert_eq!(said.text("email"), Some("a@voorbeeld.example"));
        assert_eq!(said.texts("realm_access.roles"), ["oh-contract"]);
        assert!(said.texts("amr").is_empty() && said.denies("email_verified"));
    }

    #[test]
    fn a_claim_is_found_under_its_own_name_and_inside_others() {
        let said = said(serde_json::json!({
            "urn:etoegang:1.9:EntityConcernedID:KvKnr": "90009001",
            "realm_access": { "roles": ["oh-contract", 7, "oh-beheer"] },
            "roles": "oh-viewer", "name": " ", "email_verified": false,
        }));
        assert_eq!(said.text("urn:etoegang:1.9:EntityConcernedID:KvKnr"), Some("90009001"));
        assert_eq!(said.texts("realm_access.roles"), ["oh-contract", "oh-beheer"]);
        assert_eq!(said.texts("roles"), ["oh-viewer"]);
        assert_eq!(said.text("name"), None);
        assert_eq!(said.text("realm_access.roles.0"), None);
        assert!(said.denies("email_verified") && !said.denies("name") && !said.denies("elsewhere"));
    }
}
