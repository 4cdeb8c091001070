//! What an identity provider says of somebody (claims), once it is believed. Names of claims are settings: every provider
//! has its own.

use openidconnect::core::CoreGenderClaim;
use openidconnect::{AdditionalClaims, IdTokenClaims};
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
}

impl Said {
    pub(super) fn of(claims: &IdTokenClaims<Everything, CoreGenderClaim>) -> serde_json::Result<Said> {
        let (issuer, subject) = (claims.issuer().to_string(), claims.subject().to_string());
        match serde_json::to_value(claims)? {
            Value::Object(claims) => Ok(Said { issuer, subject, claims }),
            _ => Ok(Said { issuer, subject, claims: Map::new() }),
        }
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

    /// Whether a claim says no: `email_verified` is false, or the word for it.
    pub fn denies(&self, name: &str) -> bool {
        matches!(self.claim(name), Some(Value::Bool(false))) || self.text(name) == Some("false")
    }

    /// A claim under its own name, which may have dots in it, or inside others: `realm_access.roles`.
    fn claim(&self, name: &str) -> Option<&Value> {
        if let Some(found) = self.claims.get(name) {
            return Some(found);
        }
        let mut steps = name.split('.');
        let first = self.claims.get(steps.next()?)?;
        steps.try_fold(first, |within, step| within.get(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(claims: Value) -> Said {
        let Value::Object(claims) = claims else { panic!("claims are an object") };
        Said { issuer: "https://login.voorbeeld.example".into(), subject: "4711".into(), claims }
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
