//! `openhouse config show`, and the example file that ships.

use serde::Serialize;

use super::{Config, Key, MailServer, Seal};
use crate::text::Lang;

/// One line of `config show`; a secret is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    pub key: Key,
    pub value: String,
    /// In words.
    pub source: String,
}

impl Config {
    /// Every key with its value and where that came from.
    pub fn shown(&self, lang: Lang) -> Vec<Shown> {
        let value = |key| match key {
            Key::DatabaseUrl => self.database_url.to_string(),
            Key::Files => format!("file:{}", self.files.display()),
            Key::Listen => self.listen.to_string(),
            Key::PublicUrl => self.public_url.clone(),
            Key::LogLevel => self.log_level.to_string(),
            Key::Lang => self.lang.to_string(),
            Key::EvidenceQuota => self.evidence_quota.to_string(),
            Key::Scan => self.clamd.as_ref().map_or("off".to_owned(), |address| format!("clamd:{address}")),
            Key::Key => self.key.as_ref().map_or_else(String::new, |_| "***".to_owned()),
            Key::KeyFile => self.key_file.display().to_string(),
            Key::MaxRequests => self.max_requests.to_string(),
            Key::TrustedProxies => self.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Key::AccessibilityStatement => self.accessibility_statement.clone().unwrap_or_default(),
            Key::SecurityContact => self.security_contact.clone().unwrap_or_default(),
            Key::MailFrom => self.mail.from.clone(),
            Key::MailContact => self.mail.contact.clone(),
            Key::KvkApiKey => self.trade_register.as_ref().map_or_else(String::new, |_| "***".to_owned()),
            Key::KvkApiUrl => self.trade_register.as_ref().map_or_else(String::new, |one| one.url.clone()),
            Key::KvkApiRoot => {
                let root = self.trade_register.as_ref().and_then(|one| one.root.as_ref());
                root.map_or_else(String::new, |path| path.display().to_string())
            }
            Key::SealCertificate | Key::SealKey | Key::SealMunicipality => {
                self.seal.as_ref().map_or_else(String::new, |seal| of_seal(seal, key))
            }
            key if key.as_str().starts_with("mail_") => {
                self.mail.server.as_ref().map_or(String::new(), |server| of_server(server, key))
            }
            key => self.identity.shown(key),
        };
        let lines = self.sources.iter();
        lines.map(|(key, source)| Shown { key: *key, value: value(*key), source: source.in_lang(lang) }).collect()
    }

    /// The same for a terminal, in columns.
    pub fn show(&self, lang: Lang) -> String {
        let lines = self.shown(lang);
        let width = lines.iter().map(|line| line.value.chars().count()).max().unwrap_or(0);
        let keys = Key::WORDS.iter().map(|key| key.len()).max().unwrap_or(0);
        let row = |line: &Shown| format!("{:<keys$}  {:<width$}  {}\n", line.key.as_str(), line.value, line.source);
        lines.iter().map(row).collect()
    }
}

/// Where the key of the seal is, may be told; what stands there never is.
fn of_seal(seal: &Seal, key: Key) -> String {
    match key {
        Key::SealCertificate => seal.certificate.display().to_string(),
        Key::SealKey => seal.key.display().to_string(),
        _ => seal.municipality.clone(),
    }
}

/// What is set about the mail server; the password is only shown to be there.
fn of_server(server: &MailServer, key: Key) -> String {
    match key {
        Key::MailSmtpHost => server.host.clone(),
        Key::MailSmtpPort => server.port.to_string(),
        Key::MailSmtpTls => server.tls.to_string(),
        Key::MailSmtpUser => server.user.as_ref().map_or(String::new(), |(name, _)| name.clone()),
        _ => server.user.as_ref().map_or(String::new(), |(_, password)| format!("{password:?}")),
    }
}

/// `openhouse.example.toml`: every key with its explanation in both languages, its other ways in and its default.
pub fn example() -> String {
    let mut page = String::from(
        "# openhouse.toml: de instellingen van een installatie. Zet de regels die u wilt veranderen aan.\n\
         # openhouse.toml: the settings of an installation. Uncomment the lines you want to change.\n\
         # Sterker dan dit bestand / stronger than this file: OPENHOUSE_… , --…\n",
    );
    for key in Key::ALL {
        let ways: Vec<String> = [Some(key.env()), key.secret_file_env(), key.has_flag().then(|| key.flag())]
            .into_iter()
            .flatten()
            .collect();
        let (nl, en, ways) = (key.about(Lang::Nl), key.about(Lang::En), ways.join(", "));
        page += &format!("\n# {nl}\n# {en}\n# {ways}\n#{key} = {:?}\n", key.default());
    }
    page
}
