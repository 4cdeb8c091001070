//! The keys of the configuration, each with its default and its explanation.

use i18n_embed_fl::fl;

use crate::text::Lang;

codes! {
    /// A key as it stands in `openhouse.toml`.
    pub enum Key {
        DatabaseUrl = "database_url",
        Files = "files",
        Listen = "listen",
        PublicUrl = "public_url",
        LogLevel = "log_level",
        Lang = "lang",
        EvidenceQuota = "evidence_quota",
        Scan = "scan",
        Key = "key",
        KeyFile = "key_file",
        MaxRequests = "max_requests",
        TrustedProxies = "trusted_proxies",
        AccessibilityStatement = "accessibility_statement",
        SecurityContact = "security_contact",
        MailSmtpHost = "mail_smtp_host",
        MailSmtpPort = "mail_smtp_port",
        MailSmtpTls = "mail_smtp_tls",
        MailSmtpUser = "mail_smtp_user",
        MailSmtpPassword = "mail_smtp_password",
        MailFrom = "mail_from",
        MailContact = "mail_contact",
        KvkApiKey = "kvk_api_key",
        KvkApiUrl = "kvk_api_url",
        KvkApiRoot = "kvk_api_root",
        SealCertificate = "seal_certificate",
        SealKey = "seal_key",
        SealMunicipality = "seal_municipality",
        OidcIssuer = "oidc_issuer",
        OidcClientId = "oidc_client_id",
        OidcClientSecret = "oidc_client_secret",
        OidcScopes = "oidc_scopes",
        OidcMunicipality = "oidc_municipality",
        OidcClaimName = "oidc_claim_name",
        OidcClaimEmail = "oidc_claim_email",
        OidcClaimRoles = "oidc_claim_roles",
        OidcRoles = "oidc_roles",
        OidcAcr = "oidc_acr",
        OidcAmr = "oidc_amr",
        EherkenningIssuer = "eherkenning_issuer",
        EherkenningClientId = "eherkenning_client_id",
        EherkenningClientSecret = "eherkenning_client_secret",
        EherkenningScopes = "eherkenning_scopes",
        EherkenningClaimPerson = "eherkenning_claim_person",
        EherkenningClaimKvk = "eherkenning_claim_kvk",
        EherkenningClaimLevel = "eherkenning_claim_level",
        EherkenningMinimum = "eherkenning_minimum",
    }
}

impl Key {
    pub fn default(self) -> &'static str {
        match self {
            Key::DatabaseUrl => "sqlite:./openhouse-data/openhouse.db",
            Key::Files => "file:./openhouse-data/files",
            Key::Listen => "127.0.0.1:8080",
            Key::PublicUrl => "http://127.0.0.1:8080",
            Key::EvidenceQuota => "500",
            Key::Scan => "off",
            Key::LogLevel => "info",
            Key::Lang => "nl",
            Key::Key => "",
            Key::KeyFile => "./openhouse-data/openhouse.key",
            Key::MaxRequests => "200",
            Key::MailSmtpTls => "starttls",
            Key::KvkApiUrl => "https://api.kvk.nl/api",
            Key::OidcScopes => "openid profile email",
            Key::OidcClaimName => "name",
            Key::OidcClaimEmail => "email",
            Key::OidcClaimRoles => "roles",
            Key::EherkenningScopes => "openid",
            Key::EherkenningClaimPerson => "sub",
            Key::EherkenningClaimKvk => "urn:etoegang:1.9:EntityConcernedID:KvKnr",
            Key::EherkenningClaimLevel => "acr",
            Key::EherkenningMinimum => "eh3",
            Key::TrustedProxies
            | Key::AccessibilityStatement
            | Key::SecurityContact
            | Key::MailSmtpHost
            | Key::MailSmtpPort
            | Key::MailSmtpUser
            | Key::MailSmtpPassword
            | Key::MailFrom
            | Key::MailContact
            | Key::KvkApiKey
            | Key::KvkApiRoot
            | Key::SealCertificate
            | Key::SealKey
            | Key::SealMunicipality
            | Key::OidcIssuer
            | Key::OidcClientId
            | Key::OidcClientSecret
            | Key::OidcMunicipality
            | Key::OidcRoles
            | Key::OidcAcr
            | Key::OidcAmr
            | Key::EherkenningIssuer
            | Key::EherkenningClientId
            | Key::EherkenningClientSecret => "",
        }
    }

    /// A secret may also stand in a file named by `…_FILE`, and is never shown.
    pub fn secret(self) -> bool {
        const SECRETS: [Key; 6] = [
            Key::DatabaseUrl,
            Key::Key,
            Key::MailSmtpPassword,
            Key::KvkApiKey,
            Key::OidcClientSecret,
            Key::EherkenningClientSecret,
        ];
        SECRETS.contains(&self)
    }

    /// `OPENHOUSE_DATABASE_URL`
    pub fn env(self) -> String {
        format!("OPENHOUSE_{}", self.as_str().to_ascii_uppercase())
    }

    /// `OPENHOUSE_DATABASE_URL_FILE`, for a secret. The file of the key is a setting of its own, under the same name.
    pub fn secret_file_env(self) -> Option<String> {
        (self.secret() && self != Key::Key).then(|| format!("{}_FILE", self.env()))
    }

    /// Whether every command takes it as a flag. Mail, the trade register, the seal and signing in elsewhere are set once, and their
    /// secrets have no place on a command line.
    pub fn has_flag(self) -> bool {
        let set_once = ["mail_", "kvk_", "seal_", "oidc_", "eherkenning_"];
        !set_once.iter().any(|chapter| self.as_str().starts_with(chapter))
    }

    /// `--database-url`
    pub fn flag(self) -> String {
        format!("--{}", self.as_str().replace('_', "-"))
    }

    pub fn about(self, lang: Lang) -> String {
        match self {
            Key::DatabaseUrl => fl!(lang.texts(), "config-about-database-url"),
            Key::Files => fl!(lang.texts(), "config-about-files"),
            Key::Listen => fl!(lang.texts(), "config-about-listen"),
            Key::PublicUrl => fl!(lang.texts(), "config-about-public-url"),
            Key::EvidenceQuota => fl!(lang.texts(), "config-about-evidence-quota"),
            Key::Scan => fl!(lang.texts(), "config-about-scan"),
            Key::LogLevel => fl!(lang.texts(), "config-about-log-level"),
            Key::Lang => fl!(lang.texts(), "config-about-lang"),
            Key::Key => fl!(lang.texts(), "config-about-key"),
            Key::KeyFile => fl!(lang.texts(), "config-about-key-file"),
            Key::MaxRequests => fl!(lang.texts(), "config-about-max-requests"),
            Key::TrustedProxies => fl!(lang.texts(), "config-about-trusted-proxies"),
            Key::AccessibilityStatement => fl!(lang.texts(), "config-about-accessibility-statement"),
            Key::SecurityContact => fl!(lang.texts(), "config-about-security-contact"),
            Key::MailSmtpHost => fl!(lang.texts(), "config-about-mail-smtp-host"),
            Key::MailSmtpPort => fl!(lang.texts(), "config-about-mail-smtp-port"),
            Key::MailSmtpTls => fl!(lang.texts(), "config-about-mail-smtp-tls"),
            Key::MailSmtpUser => fl!(lang.texts(), "config-about-mail-smtp-user"),
            Key::MailSmtpPassword => fl!(lang.texts(), "config-about-mail-smtp-password"),
            Key::MailFrom => fl!(lang.texts(), "config-about-mail-from"),
            Key::MailContact => fl!(lang.texts(), "config-about-mail-contact"),
            Key::KvkApiKey => fl!(lang.texts(), "config-about-kvk-api-key"),
            Key::KvkApiUrl => fl!(lang.texts(), "config-about-kvk-api-url"),
            Key::KvkApiRoot => fl!(lang.texts(), "config-about-kvk-api-root"),
            Key::SealCertificate => fl!(lang.texts(), "config-about-seal-certificate"),
            Key::SealKey => fl!(lang.texts(), "config-about-seal-key"),
            Key::SealMunicipality => fl!(lang.texts(), "config-about-seal-municipality"),
            Key::OidcIssuer => fl!(lang.texts(), "config-about-oidc-issuer"),
            Key::OidcClientId => fl!(lang.texts(), "config-about-oidc-client-id"),
            Key::OidcClientSecret => fl!(lang.texts(), "config-about-oidc-client-secret"),
            Key::OidcScopes => fl!(lang.texts(), "config-about-oidc-scopes"),
            Key::OidcMunicipality => fl!(lang.texts(), "config-about-oidc-municipality"),
            Key::OidcClaimName => fl!(lang.texts(), "config-about-oidc-claim-name"),
            Key::OidcClaimEmail => fl!(lang.texts(), "config-about-oidc-claim-email"),
            Key::OidcClaimRoles => fl!(lang.texts(), "config-about-oidc-claim-roles"),
            Key::OidcRoles => fl!(lang.texts(), "config-about-oidc-roles"),
            Key::OidcAcr => fl!(lang.texts(), "config-about-oidc-acr"),
            Key::OidcAmr => fl!(lang.texts(), "config-about-oidc-amr"),
            Key::EherkenningIssuer => fl!(lang.texts(), "config-about-eherkenning-issuer"),
            Key::EherkenningClientId => fl!(lang.texts(), "config-about-eherkenning-client-id"),
            Key::EherkenningClientSecret => fl!(lang.texts(), "config-about-eherkenning-client-secret"),
            Key::EherkenningScopes => fl!(lang.texts(), "config-about-eherkenning-scopes"),
            Key::EherkenningClaimPerson => fl!(lang.texts(), "config-about-eherkenning-claim-person"),
            Key::EherkenningClaimKvk => fl!(lang.texts(), "config-about-eherkenning-claim-kvk"),
            Key::EherkenningClaimLevel => fl!(lang.texts(), "config-about-eherkenning-claim-level"),
            Key::EherkenningMinimum => fl!(lang.texts(), "config-about-eherkenning-minimum"),
        }
    }

    pub fn expected(self, lang: Lang) -> String {
        match self {
            Key::DatabaseUrl => fl!(lang.texts(), "config-expected-database-url"),
            Key::Files => fl!(lang.texts(), "config-expected-files"),
            Key::Listen => fl!(lang.texts(), "config-expected-listen"),
            Key::PublicUrl => fl!(lang.texts(), "config-expected-public-url"),
            Key::EvidenceQuota => fl!(lang.texts(), "config-expected-evidence-quota"),
            Key::Scan => fl!(lang.texts(), "config-expected-scan"),
            Key::LogLevel => fl!(lang.texts(), "config-expected-log-level"),
            Key::Lang => fl!(lang.texts(), "config-expected-lang"),
            Key::Key => fl!(lang.texts(), "config-expected-key"),
            Key::KeyFile => fl!(lang.texts(), "config-expected-key-file"),
            Key::MaxRequests => fl!(lang.texts(), "config-expected-max-requests"),
            Key::TrustedProxies => fl!(lang.texts(), "config-expected-trusted-proxies"),
            Key::AccessibilityStatement => fl!(lang.texts(), "config-expected-accessibility-statement"),
            Key::SecurityContact => fl!(lang.texts(), "config-expected-security-contact"),
            Key::MailSmtpHost => fl!(lang.texts(), "config-expected-mail-smtp-host"),
            Key::MailSmtpPort => fl!(lang.texts(), "config-expected-mail-smtp-port"),
            Key::MailSmtpTls => fl!(lang.texts(), "config-expected-mail-smtp-tls"),
            Key::MailSmtpUser => fl!(lang.texts(), "config-expected-mail-smtp-user"),
            Key::MailSmtpPassword => fl!(lang.texts(), "config-expected-mail-smtp-password"),
            Key::MailFrom => fl!(lang.texts(), "config-expected-mail-from"),
            Key::MailContact => fl!(lang.texts(), "config-expected-mail-contact"),
            Key::KvkApiKey => fl!(lang.texts(), "config-expected-kvk-api-key"),
            Key::KvkApiUrl => fl!(lang.texts(), "config-expected-kvk-api-url"),
            Key::KvkApiRoot => fl!(lang.texts(), "config-expected-kvk-api-root"),
            Key::SealCertificate | Key::SealKey => fl!(lang.texts(), "config-expected-seal"),
            Key::SealMunicipality => fl!(lang.texts(), "config-expected-oidc-municipality"),
            Key::OidcIssuer => fl!(lang.texts(), "config-expected-oidc-issuer"),
            Key::OidcClientId => fl!(lang.texts(), "config-expected-oidc-client-id"),
            Key::OidcClientSecret => fl!(lang.texts(), "config-expected-oidc-client-secret"),
            Key::OidcScopes => fl!(lang.texts(), "config-expected-oidc-scopes"),
            Key::OidcMunicipality => fl!(lang.texts(), "config-expected-oidc-municipality"),
            Key::OidcClaimName => fl!(lang.texts(), "config-expected-oidc-claim-name"),
            Key::OidcClaimEmail => fl!(lang.texts(), "config-expected-oidc-claim-email"),
            Key::OidcClaimRoles => fl!(lang.texts(), "config-expected-oidc-claim-roles"),
            Key::OidcRoles => fl!(lang.texts(), "config-expected-oidc-roles"),
            Key::OidcAcr => fl!(lang.texts(), "config-expected-oidc-acr"),
            Key::OidcAmr => fl!(lang.texts(), "config-expected-oidc-amr"),
            Key::EherkenningIssuer => fl!(lang.texts(), "config-expected-eherkenning-issuer"),
            Key::EherkenningClientId => fl!(lang.texts(), "config-expected-eherkenning-client-id"),
            Key::EherkenningClientSecret => fl!(lang.texts(), "config-expected-eherkenning-client-secret"),
            Key::EherkenningScopes => fl!(lang.texts(), "config-expected-eherkenning-scopes"),
            Key::EherkenningClaimPerson => fl!(lang.texts(), "config-expected-eherkenning-claim-person"),
            Key::EherkenningClaimKvk => fl!(lang.texts(), "config-expected-eherkenning-claim-kvk"),
            Key::EherkenningClaimLevel => fl!(lang.texts(), "config-expected-eherkenning-claim-level"),
            Key::EherkenningMinimum => fl!(lang.texts(), "config-expected-eherkenning-minimum"),
        }
    }
}
