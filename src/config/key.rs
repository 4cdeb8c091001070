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
        }
    }

    /// A secret may also stand in a file named by `…_FILE`, and is never shown.
    pub fn secret(self) -> bool {
        matches!(self, Key::DatabaseUrl)
    }

    /// `OPENHOUSE_DATABASE_URL`
    pub fn env(self) -> String {
        format!("OPENHOUSE_{}", self.as_str().to_ascii_uppercase())
    }

    /// `OPENHOUSE_DATABASE_URL_FILE`, for a secret.
    pub fn secret_file_env(self) -> Option<String> {
        self.secret().then(|| format!("{}_FILE", self.env()))
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
        }
    }
}
