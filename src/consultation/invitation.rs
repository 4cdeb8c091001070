//! The calendar file of a meeting (agendabestand, RFC 5545): what a calendar takes in, and by its stable UID and its
//! SEQUENCE moves or takes out again later.

use std::fmt::Write;

use chrono::NaiveDateTime;

/// What the file tells; all moments in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation<'a> {
    pub uid: &'a str,
    pub sequence: i32,
    /// When it was changed last.
    pub stamp: NaiveDateTime,
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub summary: &'a str,
    pub location: &'a str,
    pub description: &'a str,
    /// The page of the meeting.
    pub url: &'a str,
    /// Who holds it: a name, and its address as a URI.
    pub organiser: (&'a str, &'a str),
    pub called_off: bool,
}

/// "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break." (RFC 5545, 3.1)
const LINE: usize = 75;

impl Invitation<'_> {
    pub fn written(&self) -> String {
        let mut out = String::new();
        let mut line = |text: &str| fold(&mut out, text);
        let (method, status) = if self.called_off { ("CANCEL", "CANCELLED") } else { ("PUBLISH", "CONFIRMED") };
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//openhouse//consultation//NL");
        line("CALSCALE:GREGORIAN");
        line(&format!("METHOD:{method}"));
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(self.uid)));
        line(&format!("SEQUENCE:{}", self.sequence));
        line(&format!("DTSTAMP:{}", moment(self.stamp)));
        line(&format!("DTSTART:{}", moment(self.starts_at)));
        line(&format!("DTEND:{}", moment(self.ends_at)));
        line(&format!("SUMMARY:{}", escaped(self.summary)));
        for (name, value) in [("LOCATION", self.location), ("DESCRIPTION", self.description)] {
            if !value.is_empty() {
                line(&format!("{name}:{}", escaped(value)));
            }
        }
        let (name, address) = self.organiser;
        line(&format!("ORGANIZER;CN=\"{}\":{}", quotable(name), uri(address)));
        line(&format!("URL:{}", uri(self.url)));
        line(&format!("STATUS:{status}"));
        line("END:VEVENT");
        line("END:VCALENDAR");
        out
    }
}

/// "FORM #2: DATE WITH UTC TIME": 19980119T070000Z (3.3.5)
fn moment(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A TEXT value (3.3.11): backslash, semicolon and comma with a backslash before them, a new line as `\n`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// A parameter between quotes takes neither quotes nor controls (3.2).
fn quotable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() || letter == '"' { ' ' } else { letter }).collect()
}

/// An address takes nothing that would end its line.
fn uri(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii_graphic() => out.push(letter),
            letter => {
                let mut bytes = [0; 4];
                for byte in letter.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    out
}

/// A long line is cut, and goes on after a line break and one space; never inside a letter.
fn fold(out: &mut String, text: &str) {
    let mut room = LINE;
    for letter in text.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(letter);
        room -= letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn invitation() -> Invitation<'static> {
        Invitation {
            uid: "5f5f@openhouse",
            sequence: 0,
            stamp: "2026-11-02T09:30:00".parse().unwrap(),
            starts_at: "2026-11-18T13:00:00".parse().unwrap(),
            ends_at: "2026-11-18T14:30:00".parse().unwrap(),
            summary: "Overlegtafel re-integratie, bijeenkomst 1",
            location: "Gemeentehuis; zaal 2",
            description: "1. Opening\n2. Voorstellen, \\ en reacties",
            url: "https://openhouse.noordermeer.example/tafels/1",
            organiser: ("Gemeente \"Noordermeer\"", "mailto:openhouse@noordermeer.example"),
            called_off: false,
        }
    }

    /// As a calendar reads it: folded lines whole again.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_meeting_is_told_to_a_calendar() {
        let file = invitation().written();
        assert_eq!(
            unfolded(&file),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//openhouse//consultation//NL",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "BEGIN:VEVENT",
                "UID:5f5f@openhouse",
                "SEQUENCE:0",
                "DTSTAMP:20261102T093000Z",
                "DTSTART:20261118T130000Z",
                "DTEND:20261118T143000Z",
                "SUMMARY:Overlegtafel re-integratie\\, bijeenkomst 1",
                "LOCATION:Gemeentehuis\\; zaal 2",
                "DESCRIPTION:1. Opening\\n2. Voorstellen\\, \\\\ en reacties",
                "ORGANIZER;CN=\"Gemeente  Noordermeer \":mailto:openhouse@noordermeer.example",
                "URL:https://openhouse.noordermeer.example/tafels/1",
                "STATUS:CONFIRMED",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
        assert!(file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_meeting_that_is_called_off_is_taken_out_under_the_same_uid() {
        let file = unfolded(&Invitation { called_off: true, sequence: 2, ..invitation() }.written());
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:5f5f@openhouse"] {
            assert!(file.iter().any(|one| one == line), "{line} is not in {file:?}");
        }
    }

    #[test]
    fn a_long_line_is_folded_between_letters() {
        let long = "é".repeat(100);
        let file = Invitation { summary: &long, ..invitation() }.written();
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        assert!(unfolded(&file).contains(&format!("SUMMARY:{long}")));
    }

    proptest! {
        #[test]
        fn no_words_begin_a_property_of_their_own(words in "(?s).{0,200}", address in "(?s).{0,80}") {
            let hostile = Invitation {
                summary: &words, location: &words, description: &words, url: &address,
                organiser: (&words, &address), ..invitation()
            };
            let file = hostile.written();
            prop_assert!(file.split("\r\n").all(|line| line.len() <= LINE));
            let lines = unfolded(&file);
            let names = ["BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "DTSTAMP",
                "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "URL", "STATUS"];
            let known = |line: &String| names.iter().any(|name| line.starts_with(name));
            prop_assert!(lines.len() <= 19 && lines.iter().all(known), "{lines:?}");
            prop_assert!(lines.iter().all(|line| !line.contains(['\r', '\n'])));
        }
    }
}
