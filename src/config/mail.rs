//! The settings of mail (post): the server it is sent through, from whom it comes, and where its reader may ask.

use std::collections::BTreeMap;
use std::fmt;

use lettre::message::Mailbox;

use super::{Fault, Key, Source, fit};

/// How mail leaves this installation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mail {
    /// None: mails wait, and are seen to wait.
    pub server: Option<MailServer>,
    /// Name and address of the sender: `Open House <openhouse@gemeente.example>`. There when there is a server.
    pub from: String,
    /// Where the reader of a mail may ask; may be empty.
    pub contact: String,
}

/// A mail server (SMTP).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: Option<(String, Secret)>,
}

codes! {
    /// How the line to the mail server is secured.
    pub enum Tls {
        /// Not at all: for a server on this computer, or one that wants no password.
        None = "none",
        /// Begins in the open and must turn to TLS.
        StartTls = "starttls",
        /// TLS from the first byte.
        Tls = "tls",
    }
}

impl Tls {
    fn usual_port(self) -> u16 {
        match self {
            Tls::None => 25,
            Tls::StartTls => 587,
            Tls::Tls => 465,
        }
    }
}

/// A word that is never shown.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "" } else { "***" })
    }
}

type Chosen = BTreeMap<Key, (String, Source)>;

pub(super) fn read(chosen: &Chosen, faults: &mut Vec<Fault>) -> Option<Mail> {
    // Everything is read before anything is decided, so that all faults are told at once.
    let host = fit(chosen, Key::MailSmtpHost, read_host, faults);
    let port = fit(chosen, Key::MailSmtpPort, read_port, faults);
    let tls = fit(chosen, Key::MailSmtpTls, |written| written.parse::<Tls>().ok(), faults);
    let user = fit(chosen, Key::MailSmtpUser, one_line, faults);
    let password = fit(chosen, Key::MailSmtpPassword, one_line, faults);
    let from = fit(chosen, Key::MailFrom, read_from, faults);
    let contact = fit(chosen, Key::MailContact, one_line, faults);
    let (host, port, tls, user, password) = (host?, port?, tls?, user?, password?);
    let (from, contact) = (from?, contact?);
    let mut misses = |key: Key| {
        let (found, source) = chosen.get(&key).cloned().unwrap_or((key.default().to_owned(), Source::Default));
        faults.push(Fault::unfit(key, source, &found));
    };
    if !host.is_empty() && from.is_empty() {
        misses(Key::MailFrom);
    }
    // A password does not go over a network in the open.
    if tls == Tls::None && !user.is_empty() && !is_this_computer(&host) {
        misses(Key::MailSmtpTls);
    }
    let user = (!user.is_empty()).then_some((user, Secret(password)));
    let server = MailServer { host, port: port.unwrap_or(tls.usual_port()), tls, user };
    Some(Mail { server: (!server.host.is_empty()).then_some(server), from, contact })
}

fn is_this_computer(host: &str) -> bool {
    matches!(host, "" | "localhost" | "127.0.0.1" | "::1")
}

fn read_host(written: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    written.chars().all(fits).then(|| written.to_owned())
}

/// Nothing: the usual port of the kind of TLS.
fn read_port(written: &str) -> Option<Option<u16>> {
    match written {
        "" => Some(None),
        _ => written.parse().ok().filter(|port| *port > 0).map(Some),
    }
}

fn read_from(written: &str) -> Option<String> {
    let from = one_line(written)?;
    (from.is_empty() || from.parse::<Mailbox>().is_ok()).then_some(from)
}

fn one_line(written: &str) -> Option<String> {
    (!written.chars().any(char::is_control)).then(|| written.trim().to_owned())
}
