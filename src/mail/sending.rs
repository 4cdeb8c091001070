//! Sending (versturen): the ways a mail can leave, and what became of one that was tried.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::{Error as SmtpError, SmtpTransport};
use lettre::{Message, Transport};

use super::letter::Letter;
use super::on_one_line;
use crate::config::{Mail, MailServer, Tls};

/// How mail leaves this installation, and what stands below every mail.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    way: Way,
    from: Option<Mailbox>,
    contact: String,
    public_url: String,
}

#[derive(Debug, Clone, Default)]
enum Way {
    /// No mail server is set: mails wait.
    #[default]
    None,
    Server {
        transport: SmtpTransport,
        shown: String,
    },
    /// Written to a folder as `.eml`, to look at: the demonstration, whose people do not exist.
    Folder(PathBuf),
}

/// Where mail goes, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// `smtp.voorbeeld.nl:587 (starttls)`
    Server(String),
    /// The name of the folder; nothing is really sent.
    Folder(String),
}

/// So long a server may be silent before it counts as out of reach. The worker waits; no page does.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// For good: the server said 5xx, or the address is none.
    Refused(String),
    /// Not now: the server said 4xx.
    Later(String),
    /// There is nobody to say anything, or he does not let us in. It will go the same way with the next mail.
    Unreachable(String),
}

impl Sending {
    pub fn of(mail: &Mail, public_url: &str) -> anyhow::Result<Sending> {
        let way = match &mail.server {
            Some(server) => Way::Server {
                transport: transport(server, SILENCE)?,
                shown: format!("{}:{} ({})", server.host, server.port, server.tls),
            },
            None => Way::None,
        };
        let from = mail.server.is_some().then(|| mail.from.parse()).transpose().context("mail_from")?;
        Ok(Sending { way, from, contact: mail.contact.clone(), public_url: public_url.to_owned() })
    }

    /// For the demonstration.
    pub fn into_folder(folder: PathBuf, public_url: &str, contact: &str) -> Sending {
        let from = "Open House <openhouse@localhost>".parse().ok();
        Sending { way: Way::Folder(folder), from, contact: contact.to_owned(), public_url: public_url.to_owned() }
    }

    /// Where mail goes; none when it waits.
    pub fn destination(&self) -> Option<Destination> {
        match &self.way {
            Way::None => None,
            Way::Server { shown, .. } => Some(Destination::Server(shown.clone())),
            Way::Folder(folder) => {
                Some(Destination::Folder(folder.file_name().unwrap_or_default().to_string_lossy().into_owned()))
            }
        }
    }

    pub fn from(&self) -> Option<String> {
        self.from.as_ref().map(Mailbox::to_string)
    }

    pub fn contact(&self) -> &str {
        &self.contact
    }

    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Sends one mail and answers what the server said. `number` is its id in the outbox.
    pub fn send(&self, number: i64, letter: &Letter) -> Result<String, Failure> {
        let Some(from) = &self.from else { return Err(Failure::Unreachable("no mail server is set".to_owned())) };
        // One mail that the library cannot write must not keep all others from leaving.
        let written = catch_unwind(AssertUnwindSafe(|| letter.message(self, from)));
        let message = written.unwrap_or_else(|_| Err("this mail cannot be written".to_owned()));
        let message = message.map_err(Failure::Refused)?;
        match &self.way {
            Way::None => Err(Failure::Unreachable("no mail server is set".to_owned())),
            Way::Server { transport, .. } => match transport.send(&message) {
                Ok(answer) => Ok(words(&format!("{} {}", answer.code(), answer.first_line().unwrap_or_default()))),
                Err(fault) => Err(failure(&fault)),
            },
            Way::Folder(folder) => lay_down(folder, number, &message)
                .map_err(|fault| Failure::Unreachable(words(&format!("{}: {fault}", folder.display())))),
        }
    }
}

fn transport(server: &MailServer, silence: Duration) -> anyhow::Result<SmtpTransport> {
    let builder = match server.tls {
        Tls::None => SmtpTransport::builder_dangerous(&server.host),
        Tls::StartTls => SmtpTransport::starttls_relay(&server.host).context("mail_smtp_host")?,
        Tls::Tls => SmtpTransport::relay(&server.host).context("mail_smtp_host")?,
    };
    let builder = builder.port(server.port).timeout(Some(silence));
    Ok(match &server.user {
        Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.0.clone())),
        None => builder,
    }
    .build())
}

fn failure(fault: &SmtpError) -> Failure {
    let said = words(&fault.to_string());
    match fault.status().map(u16::from) {
        // 53x is about signing in to the server (RFC 4954): the mail itself was not judged.
        Some(530..=539) => Failure::Unreachable(said),
        Some(500..) => Failure::Refused(said),
        Some(_) => Failure::Later(said),
        None => Failure::Unreachable(said),
    }
}

/// What a server said, on one line and not without end.
fn words(said: &str) -> String {
    on_one_line(said).chars().take(500).collect()
}

/// Beside its place first: who looks never finds half a mail.
fn lay_down(folder: &Path, number: i64, message: &Message) -> std::io::Result<String> {
    std::fs::create_dir_all(folder)?;
    let (name, beside) = (format!("{number:06}.eml"), folder.join(format!(".{number:06}.part")));
    std::fs::write(&beside, message.formatted())?;
    std::fs::rename(beside, folder.join(&name))?;
    Ok(name)
}
