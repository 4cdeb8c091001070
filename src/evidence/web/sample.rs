//! The pages of evidence with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::form::Typed;
use super::{EvidencePage, FormPart, PiecePage, path};
use crate::evidence::check::Refusal;
use crate::evidence::{Dates, Evidence, Flag, Key, MediaType, Version, VersionState};
use crate::ids::Sha256Hex;
use crate::page::sample::{Sample, of_provider, provider};
use crate::page::{FormErrors, Section};
use crate::text::Lang;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a date")
}

fn moment(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

fn key(number: i64) -> Key {
    Key::read(&format!("{number:032x}")).expect("it is a key")
}

fn version(evidence_id: i64, number: i64, label: &str, until: Option<&str>, state: VersionState) -> Version {
    Version {
        id: evidence_id * 10 + number,
        evidence_id,
        key: key(evidence_id * 10 + number),
        provider_id: 1,
        number,
        file: Sha256Hex::of(label.as_bytes()),
        label: label.into(),
        media_type: MediaType::Pdf,
        size: 1_843_200,
        pages: Some(4),
        received_at: moment("2026-11-18T08:14:00"),
        received_by: "S. Bakker".into(),
        dates: Dates { document: Some(day("2026-11-02")), valid_from: None, valid_until: until.map(day) },
        state,
        flags: vec![],
    }
}

fn piece(id: i64, title: &str, versions: Vec<Version>) -> Evidence {
    Evidence {
        id,
        key: key(id),
        provider_id: 1,
        title: title.into(),
        created_at: moment("2026-10-01T09:00:00"),
        withdrawn_at: None,
        versions,
    }
}

fn policy() -> Evidence {
    let newest = Version {
        flags: vec![Flag::LinksOut, Flag::BsnInName],
        ..version(3, 2, "polis-2027.pdf", Some("2027-12-31"), VersionState::Clean)
    };
    let before = version(3, 1, "polis-2026.pdf", Some("2026-10-31"), VersionState::Received);
    piece(3, "Polis aansprakelijkheid", vec![newest, before])
}

fn pieces() -> Vec<Evidence> {
    vec![
        policy(),
        piece(4, "Keurmerk", vec![version(4, 1, "keurmerk.pdf", Some("2026-10-31"), VersionState::Received)]),
        piece(5, "Klachtenregeling", vec![version(5, 1, "klachten.pdf", None, VersionState::WaitsForScan)]),
        piece(6, "Jaarplan", vec![version(6, 1, "jaarplan.pdf", None, VersionState::Infected)]),
        Evidence {
            withdrawn_at: Some(moment("2026-11-20T10:00:00")),
            ..piece(7, "Oude folder", vec![version(7, 1, "folder.pdf", None, VersionState::Received)])
        },
    ]
}

fn list(lang: Lang, pieces: Vec<Evidence>, form: FormPart, received: u32) -> EvidencePage {
    EvidencePage {
        frame: of_provider(lang, path(&provider()), Section::Evidence).crumb(provider().name, provider().path()),
        provider: provider(),
        today: day("2026-11-22"),
        pieces,
        form,
        received,
    }
}

fn one(lang: Lang, piece: Evidence) -> PiecePage {
    let frame = of_provider(lang, path(&provider()), Section::Evidence).crumb(provider().name, provider().path());
    let title = lang.pick("Bewijsstukken", "Evidence");
    PiecePage {
        frame: frame.crumb(title, path(&provider())),
        provider: provider(),
        today: day("2026-11-22"),
        piece,
        form: form(),
        received: 0,
    }
}

fn form() -> FormPart {
    FormPart { key: "0190f2a47c117d3e9f6b2a51c7d8e901".into(), ..FormPart::default() }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let typed = Typed { title: "Polis".into(), dated: "gisteren".into(), ..Typed::default() };
    let wrong = |field: &str, text: &str| (field.to_owned(), text.to_owned());
    let errors = FormErrors {
        fields: vec![
            wrong("bestand", lang.pick("Kies een of meer bestanden.", "Choose one or more files.")),
            wrong(
                "documentdatum",
                lang.pick("Vul een datum in, zoals 31-12-2027.", "Give a date, such as 31-12-2027."),
            ),
        ],
        whole: vec![],
    };
    let outcomes = vec![
        ("polis-2027.pdf".to_owned(), None),
        ("formulier.pdf".to_owned(), Some(Refusal::PdfScript)),
        ("begroting.xlsx".to_owned(), Some(Refusal::OfficeMacros)),
    ];
    let withdrawn = pieces().pop().expect("there are pieces");
    vec![
        Sample::of("evidence", &list(lang, pieces(), form(), 0)),
        Sample::of("evidence-none", &list(lang, vec![], form(), 0)),
        Sample::of("evidence-received", &list(lang, pieces(), form(), 3)),
        Sample::of("evidence-wrong", &list(lang, pieces(), FormPart { errors, typed, ..form() }, 0)),
        Sample::of("evidence-refused", &list(lang, pieces(), FormPart { outcomes, ..form() }, 0)),
        Sample::of("evidence-piece", &one(lang, policy())),
        Sample::of("evidence-withdrawn", &one(lang, withdrawn)),
    ]
}
