//! How the provider of the tests signs: with each kind of key that is taken, and in every wrong way.

use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use super::issuer::{SECRET, base64};

const RSA: [&str; 2] = [include_str!("key.pem"), include_str!("other-key.pem")];
const RSA_PUBLIC: &str = include_str!("key-public.pem");
const ED25519: [&str; 2] = [include_str!("ed25519.pem"), include_str!("other-ed25519.pem")];
const P256: [[u8; 32]; 2] = [[7; 32], [8; 32]];

/// Of which kind its keys are; it has two of each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Kind {
    #[default]
    Rsa,
    P256,
    Ed25519,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Signs {
    #[default]
    WithItsKey,
    /// With a key that is not among those it announces, under the same name.
    WithAnother,
    /// It took a new key and announces it from now on.
    WithANewKey,
    /// With its key, under a name that it does not announce.
    UnderAnUnknownName,
    /// With its key, but the head of the token says another algorithm.
    InTheNameOf(&'static str),
    /// `alg: none`, and nothing behind the last dot.
    NotAtAll,
    /// With the secret that it shares with its client.
    WithTheSecret,
    /// As if its public key, which anybody may read, were such a secret.
    WithItsPublicKey,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Rsa, Kind::P256, Kind::Ed25519];

    fn algorithm(self) -> &'static str {
        match self {
            Kind::Rsa => "RS256",
            Kind::P256 => "ES256",
            Kind::Ed25519 => "EdDSA",
        }
    }
}

/// The key of this kind as it stands among the keys of the provider.
pub fn announced(signs: Signs, kind: Kind) -> Value {
    let (which, name) = if signs == Signs::WithANewKey { (1, "new") } else { (0, "first") };
    match kind {
        Kind::Rsa => json!(rsa(which, name).as_verification_key()),
        Kind::Ed25519 => json!(ed25519(which, name).as_verification_key()),
        Kind::P256 => {
            let point = p256(which).verifying_key().to_sec1_point(false);
            let part = |bytes: &[u8]| base64(bytes, true);
            let (x, y) = (part(&point.as_bytes()[1..33]), part(&point.as_bytes()[33..]));
            json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": name, "x": x, "y": y })
        }
    }
}

/// The token with these claims.
pub fn signed(claims: &Value, typ: &str, signs: Signs, kind: Kind) -> String {
    let (alg, name) = match signs {
        Signs::WithItsKey | Signs::WithAnother => (kind.algorithm(), "first"),
        Signs::WithANewKey => (kind.algorithm(), "new"),
        Signs::UnderAnUnknownName => (kind.algorithm(), "unknown"),
        Signs::InTheNameOf(alg) => (alg, "first"),
        Signs::NotAtAll => ("none", "first"),
        Signs::WithTheSecret | Signs::WithItsPublicKey => ("HS256", "first"),
    };
    let part = |value: &Value| base64(value.to_string().as_bytes(), true);
    let message = format!("{}.{}", part(&json!({ "alg": alg, "typ": typ, "kid": name })), part(claims));
    let hmac = |secret: &str| {
        let key = CoreHmacKey::new(secret);
        key.sign(&CoreJwsSigningAlgorithm::HmacSha256, message.as_bytes()).unwrap()
    };
    let signature = match signs {
        Signs::WithItsKey | Signs::UnderAnUnknownName | Signs::InTheNameOf(_) => with_key(kind, 0, &message),
        Signs::WithAnother | Signs::WithANewKey => with_key(kind, 1, &message),
        Signs::NotAtAll => Vec::new(),
        Signs::WithTheSecret => hmac(SECRET),
        Signs::WithItsPublicKey => hmac(RSA_PUBLIC),
    };
    format!("{message}.{}", base64(&signature, true))
}

fn with_key(kind: Kind, which: usize, message: &str) -> Vec<u8> {
    let alg = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    match kind {
        Kind::Rsa => rsa(which, "").sign(&alg, message.as_bytes()).unwrap(),
        Kind::Ed25519 => ed25519(which, "").sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).unwrap(),
        Kind::P256 => {
            let signature: Signature = p256(which).sign(message.as_bytes());
            signature.to_bytes().to_vec()
        }
    }
}

fn rsa(which: usize, name: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(RSA[which], Some(JsonWebKeyId::new(name.to_owned()))).unwrap()
}

fn ed25519(which: usize, name: &str) -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(ED25519[which], Some(JsonWebKeyId::new(name.to_owned()))).unwrap()
}

fn p256(which: usize) -> SigningKey {
    SigningKey::from_slice(&P256[which]).unwrap()
}
