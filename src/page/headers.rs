//! The security headers (beveiligingskoppen) of every answer, as data for the middleware.

/// No script, no inline style, nothing from elsewhere (security.md 7).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same for a page with a script module of our own, which may send to us alone.
pub const WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Goes with every answer that does not say otherwise itself.
pub const ALWAYS: [(&str, &str); 6] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    // Nearly everything is private, a redirect too; what may be kept says so itself.
    ("Cache-Control", "no-store"),
];

/// Goes with every answer once the site is reached over https, never over http: two years.
pub const HTTPS_ONLY: (&str, &str) = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains");

/// The headers for a site that is reached in this way.
pub fn security(https: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    ALWAYS.into_iter().chain(https.then_some(HTTPS_ONLY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hsts_is_only_sent_over_https() {
        let named = |https| security(https).any(|(name, _)| name == "Strict-Transport-Security");
        assert!(named(true));
        assert!(!named(false));
    }

    #[test]
    fn nothing_inline_and_nothing_from_elsewhere_is_allowed() {
        assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none'; "));
        assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
        assert!(!CONTENT_SECURITY_POLICY.contains("script-src"));
        assert!(!CONTENT_SECURITY_POLICY.contains("://"));
        assert!(!WITH_SCRIPT.contains("unsafe") && !WITH_SCRIPT.contains("://") && !WITH_SCRIPT.contains('*'));
    }
}
