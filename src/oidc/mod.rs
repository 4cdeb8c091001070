//! The identity provider (identiteitsprovider), spoken with in OpenID Connect: where somebody is sent to sign in, and what
//! it says of him when he comes back. Authorization code with PKCE; what comes back is believed only after signature,
//! issuer, audience, nonce and expiry were looked at. How somebody leaves there is in [`farewell`].
//!
//! Nothing is asked of it before somebody wants to sign in, and it may be slow or broken: then nobody waits long, and
//! everything else in the house goes on.

pub mod farewell;
mod line;
mod said;

use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken, IdTokenFields, IdTokenVerifier,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse, StandardTokenResponse,
    SubjectIdentifier, TokenResponse, UserInfoClaims, UserInfoError,
};
use tokio::sync::Mutex;

use crate::config;
use line::Line;
pub use line::PATIENCE;
use said::Everything;
pub use said::Said;

/// One identity provider, and what is known of it so far.
pub struct Issuer {
    client: config::Client,
    /// One of these is asked for (`acr_values`).
    acr: Vec<String>,
    patience: Duration,
    line: Line,
    known: Mutex<Known>,
    heard: farewell::Heard,
}

/// Where to send somebody, and what is to be kept until he is back.
#[derive(Debug)]
pub struct Departure {
    pub url: String,
    /// The secret half of PKCE.
    pub verifier: String,
}

/// What stands in the address of one departure; random, and of this one alone.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'a> {
    pub state: &'a str,
    pub nonce: &'a str,
}

/// Why nobody can be told apart this time.
#[derive(Debug)]
pub enum Trouble {
    /// It does not answer, or not as OpenID Connect has it.
    Unreachable(anyhow::Error),
    /// It does not take the code: used, too old, or never its own.
    CodeRefused(anyhow::Error),
    /// What it says cannot be believed.
    NotBelieved(anyhow::Error),
}

enum Known {
    Nothing,
    Found { metadata: Box<ProviderMetadataWithLogout>, at: Instant },
    Failed { at: Instant },
}

/// After so long it is asked again what its addresses and keys are.
const KNOWN_FOR: Duration = Duration::from_secs(60 * 60);
/// When it does not answer, everybody who waits is told so at once, and it is left alone for a moment.
const LEFT_ALONE_FOR: Duration = Duration::from_secs(5);
/// Keys that are newer than so many times the patience with one answer are not asked for again because a token does not
/// fit them.
const KEYS_ARE_NEW_FOR: u32 = 4;

impl Issuer {
    /// Asks nothing yet. `patience`: how long one answer may take.
    pub fn new(client: &config::Client, acr: &[String], patience: Duration) -> Issuer {
        let (client, acr, line) = (client.clone(), acr.to_vec(), Line::new(patience));
        Issuer { client, acr, patience, line, known: Mutex::new(Known::Nothing), heard: farewell::Heard::default() }
    }

    /// As it names itself.
    pub fn name(&self) -> &str {
        &self.client.issuer
    }

    /// Where somebody goes to sign in; he comes back to `back`, an address of ours.
    pub async fn depart(&self, back: &str, marks: Marks<'_>) -> Result<Departure, Trouble> {
        let client = self.talk(self.metadata(None).await?, back)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (state, nonce) = (marks.state.to_owned(), marks.nonce.to_owned());
        let mut asked = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .set_pkce_challenge(challenge)
            // `openid` is there already.
            .add_scopes(self.client.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new));
        if !self.acr.is_empty() {
            asked = asked.add_extra_param("acr_values", self.acr.join(" "));
        }
        let (url, ..) = asked.url();
        Ok(Departure { url: url.into(), verifier: verifier.into_secret() })
    }

    /// What it says of whom it sent back with this code. When it leaves one of the `wanted` claims out of the token, it is
    /// asked for more (userinfo).
    pub async fn arrive(
        &self,
        back: &str,
        code: &str,
        verifier: &str,
        nonce: &str,
        wanted: &[&str],
    ) -> Result<Said, Trouble> {
        let client = self.talk(self.metadata(None).await?, back)?;
        let asked = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|cause| Trouble::Unreachable(cause.into()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let answer = asked.request_async(&self.line).await.map_err(|cause| match cause {
            RequestTokenError::ServerResponse(said) => Trouble::CodeRefused(anyhow::anyhow!("it says {said}")),
            cause => Trouble::Unreachable(anyhow::Error::new(cause).context("the token endpoint")),
        })?;
        let Some(token) = answer.id_token() else {
            return Err(Trouble::NotBelieved(anyhow::anyhow!("there is no id_token in the answer")));
        };
        let nonce = Nonce::new(nonce.to_owned());
        let mut said = self
            .believe(|verifier| {
                let claims = token.claims(&verifier, &nonce)?;
                Said::of(claims).map_err(|cause| ClaimsVerificationError::Other(cause.to_string()))
            })
            .await?;
        if !said.tells(wanted) {
            self.ask_further(&client, answer.access_token(), &mut said).await?;
        }
        Ok(said)
    }

    /// What it says in its userinfo of the one it just told of, and of nobody else. When that fails he does not come in:
    /// without the claim of the roles he would lose those he has.
    async fn ask_further(&self, client: &Client, access: &AccessToken, said: &mut Said) -> Result<(), Trouble> {
        let subject = SubjectIdentifier::new(said.subject.clone());
        // It need not have one; then what is missing stays missing.
        let Ok(asked) = client.user_info(access.clone(), Some(subject)) else { return Ok(()) };
        let answer: Result<UserInfoClaims<Everything, CoreGenderClaim>, _> = asked.request_async(&self.line).await;
        let claims = answer.map_err(|cause| match cause {
            UserInfoError::ClaimsVerification(_) | UserInfoError::Parse(_) => {
                Trouble::NotBelieved(anyhow::Error::new(cause).context("the userinfo endpoint"))
            }
            cause => Trouble::Unreachable(anyhow::Error::new(cause).context("the userinfo endpoint")),
        })?;
        said.add(&claims).map_err(|cause| Trouble::NotBelieved(cause.into()))
    }

    /// Looks at a token by the keys that are known, and once more by those of this moment when it does not fit them: it may
    /// have taken new ones since we asked.
    async fn believe<T>(&self, look: impl Fn(Verifier) -> Result<T, ClaimsVerificationError>) -> Result<T, Trouble> {
        let believed = match look(self.verifier(&self.metadata(None).await?)) {
            Err(cause) if is_about_keys(&cause) => {
                look(self.verifier(&self.metadata(Some(self.patience * KEYS_ARE_NEW_FOR)).await?))
            }
            believed => believed,
        };
        believed.map_err(|cause| Trouble::NotBelieved(cause.into()))
    }

    /// By the issuer's own keys alone: the secret that both sides know signs nothing here, so it is not told of.
    fn verifier(&self, metadata: &ProviderMetadataWithLogout) -> Verifier {
        let (id, keys) = (ClientId::new(self.client.id.clone()), metadata.jwks().clone());
        IdTokenVerifier::new_public_client(id, metadata.issuer().clone(), keys).set_allowed_algs(SIGNED_BY)
    }

    /// What it tells about itself, asked once for all who wait. `at_most`: how old the answer may be.
    async fn metadata(&self, at_most: Option<Duration>) -> Result<ProviderMetadataWithLogout, Trouble> {
        let mut known = self.known.lock().await;
        match &*known {
            Known::Found { metadata, at } if at.elapsed() < at_most.unwrap_or(KNOWN_FOR) => {
                return Ok((**metadata).clone());
            }
            Known::Failed { at } if at.elapsed() < LEFT_ALONE_FOR => {
                return Err(Trouble::Unreachable(anyhow::anyhow!("it did not answer a moment ago")));
            }
            _ => {}
        }
        let issuer = IssuerUrl::new(self.client.issuer.clone()).map_err(|cause| Trouble::Unreachable(cause.into()))?;
        match ProviderMetadataWithLogout::discover_async(issuer, &self.line).await {
            Ok(metadata) => {
                *known = Known::Found { metadata: Box::new(metadata.clone()), at: Instant::now() };
                Ok(metadata)
            }
            Err(cause) => {
                *known = Known::Failed { at: Instant::now() };
                Err(Trouble::Unreachable(anyhow::Error::new(cause).context("the discovery document")))
            }
        }
    }

    fn talk(&self, metadata: ProviderMetadataWithLogout, back: &str) -> Result<Client, Trouble> {
        let back = RedirectUrl::new(back.to_owned()).map_err(|cause| Trouble::Unreachable(cause.into()))?;
        let methods = metadata.token_endpoint_auth_methods_supported().cloned().unwrap_or_default();
        let in_body = methods.contains(&CoreClientAuthMethod::ClientSecretPost)
            && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic);
        let secret = self.client.secret.0.as_str();
        let secret = (!secret.is_empty()).then(|| ClientSecret::new(secret.to_owned()));
        let client = Client::from_provider_metadata(metadata, ClientId::new(self.client.id.clone()), secret);
        let auth = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(client.set_redirect_uri(back).set_auth_type(auth))
    }
}

/// Signed with a key of the issuer's own, whatever it announces: never with none, nor with a secret that both sides know.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

fn is_about_keys(cause: &ClaimsVerificationError) -> bool {
    use SignatureVerificationError::{AmbiguousKeyId, CryptoError, NoMatchingKey};
    matches!(cause, ClaimsVerificationError::SignatureVerification(NoMatchingKey | CryptoError(_) | AmbiguousKeyId(_)))
}

type Verifier = IdTokenVerifier<'static, CoreJsonWebKey>;

type Token = IdToken<Everything, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

type Answer = StandardTokenResponse<
    IdTokenFields<
        Everything,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Client = openidconnect::Client<
    Everything,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
