//! The farewell (afmelden) at an identity provider: where somebody goes to sign out there as well (RP-Initiated Logout 1.0),
//! and what it tells us when somebody signed out there (Back-Channel Logout 1.0).
//!
//! No token of theirs is kept here, so none goes along as a hint: the provider knows its visitor by his own session there.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use openidconnect::{
    ClaimsVerificationError, ClientId, CsrfToken, JsonWebTokenType, LogoutRequest, Nonce, NormalizedJsonWebTokenType,
    PostLogoutRedirectUrl,
};

use super::said::Said;
use super::{Issuer, Token, Trouble};

/// Somebody who signed out there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub issuer: String,
    pub subject: String,
    /// What began after this is not ended by it.
    pub at: NaiveDateTime,
}

/// A message is told within so long after it was written; what is older was kept by somebody.
const MESSAGE_LASTS: TimeDelta = TimeDelta::minutes(5);
/// So far their clock may be ahead of ours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);

/// "events: … a JSON object … that contains the member name http://schemas.openid.net/event/backchannel-logout" (2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What such a message may call itself; many providers still say only that it is a token. An access token says otherwise.
const TYPES: [&str; 2] = ["logout+jwt", "jwt"];

impl Issuer {
    /// Where somebody goes to sign out there; he comes back to `back`, an address of ours, with `state`. None when it has
    /// no such page.
    pub async fn farewell(&self, back: &str, state: &str) -> Result<Option<String>, Trouble> {
        let metadata = self.metadata(None).await?;
        let Some(page) = metadata.additional_metadata().end_session_endpoint.clone() else { return Ok(None) };
        let back = PostLogoutRedirectUrl::new(back.to_owned()).map_err(|cause| Trouble::Unreachable(cause.into()))?;
        let asked = LogoutRequest::from(page)
            .set_client_id(ClientId::new(self.client.id.clone()))
            .set_post_logout_redirect_uri(back)
            .set_state(CsrfToken::new(state.to_owned()));
        Ok(Some(asked.http_get_url().into()))
    }

    /// Who signed out there, by its own word (logout token): signed by it, for us, of this moment, told for the first time,
    /// and about nothing else. A token of somebody's sign-in has a nonce and no event: it is no such word.
    pub async fn told_of_farewell(&self, written: &str) -> Result<Gone, Trouble> {
        let token: Token = written.parse().map_err(|cause: serde_json::Error| Trouble::NotBelieved(cause.into()))?;
        let (gone, id) = self
            .believe(|verifier| {
                let verifier = verifier.set_allowed_jose_types(types()).set_issue_time_verifier_fn(is_of_now);
                let claims = token.claims(&verifier, has_no_nonce)?;
                let said = Said::of(claims).map_err(|cause| ClaimsVerificationError::Other(cause.to_string()))?;
                let unfit = |cause: &str| ClaimsVerificationError::Other(cause.to_owned());
                if !said.has_event(EVENT) {
                    return Err(unfit("it does not tell of a farewell"));
                }
                let id = said.text("jti").ok_or_else(|| unfit("it has no name of its own (jti)"))?.to_owned();
                let at = (claims.issue_time() + CLOCKS_DIFFER).naive_utc();
                Ok((Gone { issuer: said.issuer, subject: said.subject, at }, id))
            })
            .await?;
        match self.heard.first_time(&id, Utc::now()) {
            true => Ok(gone),
            false => Err(Trouble::NotBelieved(anyhow::anyhow!("it was told before"))),
        }
    }
}

fn types() -> impl Iterator<Item = NormalizedJsonWebTokenType> {
    TYPES.into_iter().filter_map(|name| JsonWebTokenType::new(name.to_owned()).normalize().ok())
}

fn is_of_now(written: DateTime<Utc>) -> Result<(), String> {
    let age = Utc::now() - written;
    match age <= MESSAGE_LASTS && age >= -CLOCKS_DIFFER {
        true => Ok(()),
        false => Err(format!("it was written {} seconds ago", age.num_seconds())),
    }
}

fn has_no_nonce(nonce: Option<&Nonce>) -> Result<(), String> {
    nonce.map_or(Ok(()), |_| Err("it has a nonce, so it is of a sign-in".to_owned()))
}

/// The messages that were heard, for as long as they could be told again. Only what was believed comes in, so nobody but the
/// provider fills it. Another process, or this one begun anew, has not heard them: told again there, a message still ends
/// only what began before it.
#[derive(Default)]
pub(super) struct Heard(Mutex<HashMap<String, DateTime<Utc>>>);

impl Heard {
    fn first_time(&self, id: &str, now: DateTime<Utc>) -> bool {
        let mut heard = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        heard.retain(|_, at| now - *at <= MESSAGE_LASTS + CLOCKS_DIFFER);
        heard.insert(id.to_owned(), now).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_counts_once_and_is_forgotten_when_it_is_too_old_to_be_told_again() {
        let (heard, now) = (Heard::default(), Utc::now());
        assert!(heard.first_time("a", now) && heard.first_time("b", now));
        assert!(!heard.first_time("a", now + MESSAGE_LASTS));
        assert!(heard.first_time("c", now + MESSAGE_LASTS * 3));
        assert_eq!(heard.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_message_is_of_now() {
        for (minutes, fits) in [(0, true), (4, true), (6, false), (-2, false)] {
            assert_eq!(is_of_now(Utc::now() - TimeDelta::minutes(minutes)).is_ok(), fits, "{minutes}");
        }
    }
}
