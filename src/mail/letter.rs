//! A letter (mail) as it leaves: greeting, text, link, closing and the last line, and the headers around them.

use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox};

use super::on_one_line;
use super::sending::Sending;
use crate::text::Lang;

/// Everything a mail says, before it is known how it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub municipality: String,
    pub to_name: String,
    pub to_email: String,
    pub language: Lang,
    pub subject: String,
    pub body: String,
    /// A path within the house; empty for a mail that leads nowhere.
    pub link: String,
    /// Whether the link lets somebody in.
    pub secret: bool,
    /// The part of the Message-ID that never changes.
    pub mark: String,
    pub posted_at: NaiveDateTime,
}

impl Letter {
    /// The text as its recipient reads it.
    pub fn text(&self, sending: &Sending) -> String {
        self.around(sending, &format!("{}{}", sending.public_url(), self.link))
    }

    /// The same for everybody else: a link that lets somebody in is not in it.
    pub fn text_to_show(&self, sending: &Sending) -> String {
        match self.secret {
            true => self.around(sending, &fl!(self.language.texts(), "mail-link-hidden")),
            false => self.text(sending),
        }
    }

    fn around(&self, sending: &Sending, address: &str) -> String {
        let t = self.language.texts();
        let contact = match sending.contact() {
            "" => fl!(t, "mail-ask-municipality"),
            contact => contact.to_owned(),
        };
        let mut parts = vec![fl!(t, "mail-greeting", name = self.to_name.as_str()), self.body.trim().to_owned()];
        if self.secret || !self.link.is_empty() {
            parts.push(fl!(t, "mail-link", address = address));
        }
        let from = fl!(t, "mail-closing-from", name = self.municipality.as_str());
        parts.push(format!("{}\n{from}", fl!(t, "mail-closing")));
        parts.push(fl!(t, "mail-last-line", contact = contact));
        parts.join("\n\n") + "\n"
    }

    /// The whole message. Fails when the address is none: then no server could ever take it.
    pub fn message(&self, sending: &Sending, from: &Mailbox) -> Result<Message, String> {
        let address = self.to_email.parse().map_err(|fault| format!("{}: {fault}", on_one_line(&self.to_email)))?;
        // A line break in a name would make the writer of headers panic; names are written on one line once more here.
        let to = Mailbox::new(Some(on_one_line(&self.to_name)).filter(|name| !name.is_empty()), address);
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let text = Body::new_with_encoding(self.text(sending), ContentTransferEncoding::QuotedPrintable);
        let text = text.map_err(|_| "the text cannot be written as quoted-printable".to_owned())?;
        Message::builder()
            .from(from.clone())
            .to(to)
            .subject(on_one_line(&self.subject))
            .date(self.posted_at.and_utc().into())
            .message_id(Some(format!("<{}@{}>", self.mark, from.email.domain())))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|fault| fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            municipality: "Noordermeer".into(),
            to_name: "Kim de Vries".into(),
            to_email: "kim@voorbeeld.example".into(),
            language: Lang::Nl,
            subject: "Coöperatie toegelaten".into(),
            body: "Goed nieuws: u voldoet aan onze eisen.".into(),
            link: "/aanbieders/1042".into(),
            secret: false,
            mark: "5f".repeat(16),
            posted_at: "2026-11-02T09:30:00".parse().unwrap(),
        }
    }

    fn sending() -> Sending {
        Sending::into_folder("mail".into(), "http://127.0.0.1:8080", "0500 000 000")
    }

    fn from() -> Mailbox {
        "Open House <openhouse@noordermeer.example>".parse().unwrap()
    }

    fn written(letter: &Letter) -> String {
        String::from_utf8(letter.message(&sending(), &from()).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_has_greeting_text_link_closing_and_last_line() {
        assert_eq!(
            letter().text(&sending()),
            "Beste Kim de Vries,\n\nGoed nieuws: u voldoet aan onze eisen.\n\n\
             Open deze pagina: http://127.0.0.1:8080/aanbieders/1042\n\n\
             Met vriendelijke groet,\nGemeente Noordermeer\n\n\
             U kunt niet antwoorden op deze mail. Vragen? 0500 000 000\n"
        );
        let plain = Letter { link: String::new(), language: Lang::En, ..letter() };
        assert!(!plain.text(&sending()).contains("Open this page"));
        assert!(plain.text(&sending()).ends_with("You cannot reply to this mail. Questions? 0500 000 000\n"));
    }

    #[test]
    fn a_link_that_lets_somebody_in_is_shown_to_nobody_else() {
        let secret = Letter { secret: true, link: "/inloggen/geheim".into(), ..letter() };
        assert!(secret.text(&sending()).contains("/inloggen/geheim"));
        assert!(!secret.text_to_show(&sending()).contains("geheim"));
        assert_eq!(letter().text_to_show(&sending()), letter().text(&sending()));
    }

    #[test]
    fn the_headers_say_that_a_program_wrote_it_and_keep_their_message_id() {
        let text = written(&letter());
        for line in [
            "Auto-Submitted: auto-generated",
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Type: text/plain; charset=utf-8",
            &format!("Message-ID: <{}@noordermeer.example>", "5f".repeat(16)),
            "Date: Mon, 02 Nov 2026 09:30:00 +0000",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} is not in\n{text}");
        }
        assert_eq!(text, written(&letter()), "a mail that is sent twice is the same mail");
        assert_eq!(letter().message(&sending(), &from()).unwrap().envelope().from(), Some(&from().email));
    }

    #[test]
    fn a_name_with_a_line_break_begins_no_header() {
        let hostile = Letter {
            to_name: "Kim\r\nBcc: ander@voorbeeld.example".into(),
            subject: "Een\r\nBcc: ander@voorbeeld.example".into(),
            ..letter()
        };
        let message = hostile.message(&sending(), &from()).unwrap();
        assert_eq!(message.envelope().to().len(), 1);
        let text = String::from_utf8(message.formatted()).unwrap();
        let headers = text.split("\r\n\r\n").next().unwrap();
        assert!(!headers.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{headers}");
    }

    #[test]
    fn what_is_no_address_is_told() {
        for email in ["", "kim", "kim@", "kim@a\r\nRCPT TO:<x@y>", "kim@voorbeeld.example, b@voorbeeld.example"] {
            assert!(Letter { to_email: email.into(), ..letter() }.message(&sending(), &from()).is_err(), "{email:?}");
        }
    }
}
