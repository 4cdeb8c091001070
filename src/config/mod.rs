//! Configuration (instellingen van de installatie): flags > `OPENHOUSE_*` > `openhouse.toml` > defaults. What is not
//! known or does not fit is told all at once, with where it stands and what is expected.
//!
//! These are the settings of an installation. What a municipality sets (criteria, targets, tariffs) is domain data.

mod identity;
mod key;
mod mail;
mod network;
mod seal;
mod show;
mod source;
mod trade_register;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use identity::{Client, EHerkenning, Identity, Level, StaffSignIn};
pub use key::Key;
pub use mail::{Mail, MailServer, Secret, Tls};
pub use network::Network;
pub use seal::Seal;
pub use show::{Shown, example};
pub use source::{ConfigFile, Fault, Flags, Given, Source, load};
pub use trade_register::TradeRegister;

use crate::log::LogLevel;
use crate::text::Lang;

/// What holds for this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub database_url: DatabaseUrl,
    /// The folder of `files`.
    pub files: PathBuf,
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub public_url: String,
    pub log_level: LogLevel,
    pub lang: Lang,
    /// In MB: all evidence of one provider together.
    pub evidence_quota: u64,
    /// The address of clamd; none when no virus scanner looks at files.
    pub clamd: Option<String>,
    /// Seals secrets before they go into the database; when it is not given, it stands in `key_file`.
    pub key: Option<Secret>,
    pub key_file: PathBuf,
    /// So many requests are answered at the same time.
    pub max_requests: usize,
    /// The proxies that are believed when they say whom they ask for.
    pub trusted_proxies: Vec<Network>,
    /// The address of the municipality's own statement (toegankelijkheidsverklaring).
    pub accessibility_statement: Option<String>,
    /// Where a weakness is reported, as `security.txt` says it.
    pub security_contact: Option<String>,
    pub mail: Mail,
    /// None: of a KvK number only its form and whether it is known here are looked at.
    pub trade_register: Option<TradeRegister>,
    /// None: what is printed is not sealed.
    pub seal: Option<Seal>,
    /// Where people may sign in elsewhere.
    pub identity: Identity,
    /// Where each value came from.
    pub sources: BTreeMap<Key, Source>,
}

/// Where the data are. Shown, it never gives away a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    /// The whole address with its password, for the driver alone.
    Postgres(String),
}

impl Config {
    /// Where the signed head of the audit stands: on this machine, outside the database.
    pub fn audit_head(&self) -> PathBuf {
        self.files.join("audit-head.json")
    }
}

impl DatabaseUrl {
    /// The whole address with its password, to open the database with; never to be shown.
    pub fn address(&self) -> String {
        match self {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }

    /// Beside the data, or where it is by default when the data are on a server.
    pub fn key_file(&self, by_default: PathBuf) -> PathBuf {
        match (self, by_default.file_name()) {
            (DatabaseUrl::Sqlite(path), Some(name)) => path.with_file_name(name),
            _ => by_default,
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => f.write_str(&masked(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A password stands between the user and the `@`, or as a parameter behind the `?`; the parameters may hold other
/// secrets, so none of them is shown.
fn masked(url: &str) -> String {
    let (address, parameters) = match url.split_once('?') {
        Some((address, _)) => (address, "?***"),
        None => (url, ""),
    };
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
            format!("{scheme}://{user}@{host}{parameters}")
        }
        None => format!("{scheme}://{rest}{parameters}"),
    }
}

/// Decides every key from what was given, or tells everything that is wrong with it.
pub fn resolve(given: &Given) -> Result<Config, Vec<Fault>> {
    let mut faults = Vec::new();
    let chosen = source::choose(given, &mut faults);
    let database_url = fit(&chosen, Key::DatabaseUrl, read_database_url, &mut faults);
    let files = fit(&chosen, Key::Files, read_files, &mut faults);
    let listen = fit(&chosen, Key::Listen, |written| written.parse::<SocketAddr>().ok(), &mut faults);
    let public_url = fit(&chosen, Key::PublicUrl, read_public_url, &mut faults);
    let log_level = fit(&chosen, Key::LogLevel, |written| written.parse::<LogLevel>().ok(), &mut faults);
    let lang = fit(&chosen, Key::Lang, |written| written.parse::<Lang>().ok(), &mut faults);
    let evidence_quota = fit(&chosen, Key::EvidenceQuota, read_megabytes, &mut faults);
    let clamd = fit(&chosen, Key::Scan, read_scan, &mut faults);
    let key = fit(&chosen, Key::Key, read_key, &mut faults);
    let key_file = fit(&chosen, Key::KeyFile, read_path, &mut faults);
    if chosen.contains_key(&Key::Key) && chosen.contains_key(&Key::KeyFile) && key != Some(None) {
        let (first, second) = (Key::Key.as_str().to_owned(), Key::KeyFile.as_str().to_owned());
        faults.push(Fault::GivenTwice { first, second });
    }
    let max_requests = fit(&chosen, Key::MaxRequests, read_max_requests, &mut faults);
    let trusted_proxies = fit(&chosen, Key::TrustedProxies, read_networks, &mut faults);
    let accessibility_statement = fit(&chosen, Key::AccessibilityStatement, read_page, &mut faults);
    let security_contact = fit(&chosen, Key::SecurityContact, read_contact, &mut faults);
    let mail = mail::read(&chosen, &mut faults);
    let trade_register = trade_register::read(&chosen, &mut faults);
    let seal = seal::read(&chosen, &mut faults);
    let identity = identity::read(&chosen, &mut faults);
    let sources = Key::ALL.iter().map(|key| (*key, chosen.get(key).map_or(Source::Default, |(_, from)| from.clone())));
    let read = || {
        let listen = listen?;
        let public_url = match chosen.contains_key(&Key::PublicUrl) {
            true => public_url?,
            false => format!("http://{listen}"),
        };
        Some(Config {
            files: files?,
            listen,
            public_url,
            log_level: log_level?,
            lang: lang?,
            evidence_quota: evidence_quota?,
            clamd: clamd?,
            key: key?,
            key_file: if chosen.contains_key(&Key::KeyFile) {
                key_file?
            } else {
                database_url.as_ref()?.key_file(key_file?)
            },
            max_requests: max_requests?,
            trusted_proxies: trusted_proxies?,
            accessibility_statement: accessibility_statement?,
            security_contact: security_contact?,
            mail: mail?,
            trade_register: trade_register?,
            seal: seal?,
            identity: identity?,
            sources: sources.collect(),
            database_url: database_url?,
        })
    };
    read().filter(|_| faults.is_empty()).ok_or(faults)
}

/// One value, read into its type; a value that does not fit becomes a fault.
fn fit<T>(
    chosen: &BTreeMap<Key, (String, Source)>,
    key: Key,
    read: impl Fn(&str) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let Some((written, source)) = chosen.get(&key) else { return read(key.default()) };
    let value = read(written);
    if value.is_none() {
        faults.push(Fault::unfit(key, source.clone(), written));
    }
    value
}

fn read_database_url(written: &str) -> Option<DatabaseUrl> {
    if let Some(path) = written.strip_prefix("sqlite:") {
        return (!path.is_empty()).then(|| DatabaseUrl::Sqlite(PathBuf::from(path)));
    }
    let rest = written.strip_prefix("postgres://").or_else(|| written.strip_prefix("postgresql://"))?;
    (!rest.is_empty()).then(|| DatabaseUrl::Postgres(written.to_owned()))
}

fn read_files(written: &str) -> Option<PathBuf> {
    let dir = Path::new(written.strip_prefix("file:")?);
    (!dir.as_os_str().is_empty()).then(|| dir.to_owned())
}

/// At least one file of 25 MB.
fn read_megabytes(written: &str) -> Option<u64> {
    written.parse().ok().filter(|megabytes| (25..=1_000_000).contains(megabytes))
}

/// `off`, or `clamd:` with host and port.
fn read_scan(written: &str) -> Option<Option<String>> {
    if written == "off" {
        return Some(None);
    }
    let (host, port) = written.strip_prefix("clamd:")?.rsplit_once(':')?;
    port.parse::<u16>().ok()?;
    (!host.is_empty()).then(|| Some(format!("{host}:{port}")))
}

/// Nothing, or one or more keys with white space between them.
fn read_key(written: &str) -> Option<Option<Secret>> {
    let fits = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    match written.split_whitespace().collect::<Vec<_>>() {
        words if words.is_empty() => Some(None),
        words => words.into_iter().all(fits).then(|| Some(Secret(written.to_owned()))),
    }
}

fn read_path(written: &str) -> Option<PathBuf> {
    (!written.is_empty()).then(|| PathBuf::from(written))
}

fn read_public_url(written: &str) -> Option<String> {
    let trimmed = written.strip_suffix('/').unwrap_or(written);
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"))?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(fits)).then(|| trimmed.to_owned())
}

fn read_max_requests(written: &str) -> Option<usize> {
    written.parse().ok().filter(|most| (1..=100_000).contains(most))
}

/// Addresses with a comma between them, or nothing.
fn read_networks(written: &str) -> Option<Vec<Network>> {
    let words = written.split(',').map(str::trim).filter(|_| !written.trim().is_empty());
    words.map(|word| word.parse().ok()).collect()
}

/// A page elsewhere, or nothing.
fn read_page(written: &str) -> Option<Option<String>> {
    let is_page = written.starts_with("https://") || written.starts_with("http://");
    let fits = is_page && !written.chars().any(|c| c.is_whitespace() || c.is_control());
    (fits || written.is_empty()).then(|| (!written.is_empty()).then(|| written.to_owned()))
}

/// "MUST use the `mailto:`, `tel:` or `https:` scheme" (RFC 9116, 2.5.3), or nothing.
fn read_contact(written: &str) -> Option<Option<String>> {
    let is_contact = ["mailto:", "tel:", "https://"].iter().any(|scheme| written.starts_with(scheme));
    let fits = is_contact && !written.chars().any(|c| c.is_whitespace() || c.is_control());
    (fits || written.is_empty()).then(|| (!written.is_empty()).then(|| written.to_owned()))
}

#[cfg(test)]
mod tests;
