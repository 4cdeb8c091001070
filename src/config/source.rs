//! Where a value may come from, and what can be wrong with what was given.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use i18n_embed_fl::fl;

use super::{Config, Key, resolve};
use crate::text::Lang;

/// Everything a person or a host gave, before anything was decided.
pub struct Given<'a> {
    pub flags: BTreeMap<Key, String>,
    pub env: BTreeMap<String, String>,
    pub file: Option<ConfigFile>,
    /// Reads the file that a `…_FILE` variable names.
    pub secret: &'a dyn Fn(&Path) -> io::Result<String>,
}

/// `openhouse.toml` as it was read.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    pub path: String,
    pub text: String,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Flag(String),
    Env(String),
    SecretFile { env: String, path: String },
    File { path: String, line: usize },
    Default,
}

/// What is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Unknown {
        source: Source,
        found: String,
        nearest: Option<String>,
    },
    Unfit {
        key: Key,
        source: Source,
        found: String,
    },
    GivenTwice {
        first: String,
        second: String,
    },
    /// The one does nothing without the other.
    Half {
        there: String,
        missing: String,
    },
    Unreadable {
        path: String,
        cause: String,
    },
    NotToml {
        path: String,
        line: usize,
        cause: String,
    },
}

/// The flags that every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    #[arg(long, global = true, value_name = "FILE", help = "help-flag-config")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL", help = "help-flag-database")]
    pub database_url: Option<String>,
    #[arg(long, global = true, value_name = "WHERE", help = "help-flag-files")]
    pub files: Option<String>,
    #[arg(long, global = true, value_name = "ADDRESS", help = "help-flag-listen")]
    pub listen: Option<String>,
    #[arg(long, global = true, value_name = "URL", help = "help-flag-public")]
    pub public_url: Option<String>,
    #[arg(long, global = true, value_name = "LEVEL", help = "help-flag-log")]
    pub log_level: Option<String>,
    #[arg(long, global = true, alias = "taal", help = "help-flag-lang")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "MB", help = "help-flag-evidence-quota")]
    pub evidence_quota: Option<String>,
    #[arg(long, global = true, value_name = "SCANNER", help = "help-flag-scan")]
    pub scan: Option<String>,
    #[arg(long, global = true, value_name = "KEY", help = "help-flag-key")]
    pub key: Option<String>,
    #[arg(long, global = true, value_name = "FILE", help = "help-flag-key-file")]
    pub key_file: Option<String>,
    #[arg(long, global = true, value_name = "N", help = "help-flag-max-requests")]
    pub max_requests: Option<String>,
    #[arg(long, global = true, value_name = "NETWORKS", help = "help-flag-trusted-proxies")]
    pub trusted_proxies: Option<String>,
    #[arg(long, global = true, value_name = "URL", help = "help-flag-accessibility")]
    pub accessibility_statement: Option<String>,
    #[arg(long, global = true, value_name = "ADDRESS", help = "help-flag-security")]
    pub security_contact: Option<String>,
}

impl Flags {
    fn given(&self) -> BTreeMap<Key, String> {
        let pairs = [
            (Key::DatabaseUrl, &self.database_url),
            (Key::Files, &self.files),
            (Key::Listen, &self.listen),
            (Key::PublicUrl, &self.public_url),
            (Key::LogLevel, &self.log_level),
            (Key::Lang, &self.lang),
            (Key::EvidenceQuota, &self.evidence_quota),
            (Key::Scan, &self.scan),
            (Key::Key, &self.key),
            (Key::KeyFile, &self.key_file),
            (Key::MaxRequests, &self.max_requests),
            (Key::TrustedProxies, &self.trusted_proxies),
            (Key::AccessibilityStatement, &self.accessibility_statement),
            (Key::SecurityContact, &self.security_contact),
        ];
        pairs.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect()
    }
}

/// The configuration of this process: its flags, its environment, and the settings file of its folder.
pub fn load(flags: &Flags) -> Result<Config, Vec<Fault>> {
    let env: BTreeMap<String, String> = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect();
    let named = flags.config.clone().or_else(|| env.get(CONFIG_ENV).map(PathBuf::from));
    let path = named.clone().unwrap_or_else(|| PathBuf::from("openhouse.toml"));
    let shown = path.display().to_string();
    let file = match std::fs::read_to_string(&path) {
        Ok(text) => Some(ConfigFile { path: shown, text }),
        Err(cause) if named.is_none() && cause.kind() == io::ErrorKind::NotFound => None,
        Err(cause) => return Err(vec![Fault::Unreadable { path: shown, cause: cause.to_string() }]),
    };
    resolve(&Given { flags: flags.given(), env, file, secret: &|path| std::fs::read_to_string(path) })
}

const PREFIX: &str = "OPENHOUSE_";
/// Names the settings file itself.
const CONFIG_ENV: &str = "OPENHOUSE_CONFIG";
/// Variables of the test run; no setting begins so.
const TEST_PREFIX: &str = "OPENHOUSE_TEST_";

/// The value of every key that was given, from the strongest source. Everything unknown is told along the way.
pub(super) fn choose(given: &Given, faults: &mut Vec<Fault>) -> BTreeMap<Key, (String, Source)> {
    let mut chosen = from_file(given, faults);
    chosen.extend(from_env(given, faults));
    chosen.extend(given.flags.iter().map(|(key, value)| (*key, (value.clone(), Source::Flag(key.flag())))));
    chosen
}

fn from_file(given: &Given, faults: &mut Vec<Fault>) -> BTreeMap<Key, (String, Source)> {
    let mut found = BTreeMap::new();
    let Some(ConfigFile { path, text }) = &given.file else { return found };
    let line_of = |start: usize| text[..start].matches('\n').count() + 1;
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(cause) => {
            let line = line_of(cause.span().map_or(0, |span| span.start.min(text.len())));
            faults.push(Fault::NotToml { path: path.clone(), line, cause: cause.message().to_owned() });
            return found;
        }
    };
    for (name, value) in table {
        let source = Source::File { path: path.clone(), line: line_of(name.span().start) };
        let name = name.into_inner();
        match (name.parse::<Key>(), value.get_ref()) {
            (Ok(key), toml::de::DeValue::String(text)) => {
                found.insert(key, (text.to_string(), source));
            }
            (Ok(key), _) => {
                let found = text.get(value.span()).unwrap_or_default().to_owned();
                faults.push(Fault::unfit(key, source, &found));
            }
            (Err(_), _) => {
                let nearest = nearest(&name, Key::WORDS.iter().map(|word| word.to_string()));
                faults.push(Fault::Unknown { source, found: name.into_owned(), nearest });
            }
        }
    }
    found
}

fn from_env(given: &Given, faults: &mut Vec<Fault>) -> BTreeMap<Key, (String, Source)> {
    let mut found = BTreeMap::new();
    for key in Key::ALL {
        if let Some(value) = given.env.get(&key.env()) {
            found.insert(*key, (value.clone(), Source::Env(key.env())));
        }
        let Some(env) = key.secret_file_env() else { continue };
        let Some(path) = given.env.get(&env).cloned() else { continue };
        if found.contains_key(key) {
            faults.push(Fault::GivenTwice { first: key.env(), second: env });
            continue;
        }
        match (given.secret)(Path::new(&path)) {
            Ok(text) => {
                found.insert(*key, (text.trim_end_matches(['\r', '\n']).to_owned(), Source::SecretFile { env, path }));
            }
            Err(cause) => faults.push(Fault::Unreadable { path, cause: cause.to_string() }),
        }
    }
    let known: Vec<String> = Key::ALL
        .iter()
        .flat_map(|key| [Some(key.env()), key.secret_file_env()])
        .flatten()
        .chain([CONFIG_ENV.to_owned()])
        .collect();
    for name in given.env.keys().filter(|name| name.starts_with(PREFIX) && !name.starts_with(TEST_PREFIX)) {
        if !known.contains(name) {
            let nearest = nearest(name, known.iter().cloned());
            faults.push(Fault::Unknown { source: Source::Env(name.clone()), found: name.clone(), nearest });
        }
    }
    found
}

/// The known name that looks most like it, when one does.
fn nearest(found: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let scored = known.map(|name| (strsim::jaro_winkler(&found.to_lowercase(), &name.to_lowercase()), name));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

impl Source {
    pub fn in_lang(&self, lang: Lang) -> String {
        match self {
            Source::Flag(name) => fl!(lang.texts(), "config-source-flag", name = name.as_str()),
            Source::Env(name) => fl!(lang.texts(), "config-source-env", name = name.as_str()),
            Source::SecretFile { env, path } => {
                fl!(lang.texts(), "config-source-secret-file", name = env.as_str(), path = path.as_str())
            }
            Source::File { path, line } => {
                fl!(lang.texts(), "config-source-file", path = path.as_str(), line = line.to_string())
            }
            Source::Default => fl!(lang.texts(), "config-source-default"),
        }
    }
}

impl Fault {
    /// A secret that does not fit is not kept.
    pub(super) fn unfit(key: Key, source: Source, found: &str) -> Fault {
        let found = if key.secret() { String::new() } else { found.to_owned() };
        Fault::Unfit { key, source, found }
    }

    /// One line for a person. A secret is never in it.
    pub fn in_lang(&self, lang: Lang) -> String {
        match self {
            Fault::Unknown { source, found, nearest } => {
                let what = match source {
                    Source::File { .. } => format!("{}: {found}", source.in_lang(lang)),
                    _ => source.in_lang(lang),
                };
                match nearest {
                    Some(near) => fl!(lang.texts(), "config-fault-nearest", what = what, nearest = near.as_str()),
                    None => fl!(lang.texts(), "config-fault-unknown", what = what),
                }
            }
            Fault::Unfit { key, source, found } => fl!(
                lang.texts(),
                "config-fault-unfit",
                source = source.in_lang(lang),
                key = key.as_str(),
                found = if key.secret() { fl!(lang.texts(), "config-hidden") } else { format!("“{found}”") },
                expected = key.expected(lang)
            ),
            Fault::GivenTwice { first, second } => {
                fl!(lang.texts(), "config-fault-twice", first = first.as_str(), second = second.as_str())
            }
            Fault::Half { there, missing } => {
                fl!(lang.texts(), "config-fault-half", there = there.as_str(), missing = missing.as_str())
            }
            Fault::Unreadable { path, cause } => {
                fl!(lang.texts(), "config-fault-unreadable", path = path.as_str(), cause = cause.as_str())
            }
            Fault::NotToml { path, line, cause } => fl!(
                lang.texts(),
                "config-fault-toml",
                path = path.as_str(),
                line = line.to_string(),
                cause = cause.as_str()
            ),
        }
    }
}
