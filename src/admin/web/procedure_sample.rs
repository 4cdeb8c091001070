//! The pages of the procedures with invented contents.

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::procedures::{AnswersCheckPage, DocumentTyped, ProcedurePage, ProcedureRow, ProceduresPage, QuestionRow};
use crate::ids::Sha256Hex;
use crate::page::FormErrors;
use crate::page::sample::{Sample, manager, viewer};
use crate::procedure::admission::documents::ProcedureDocument;
use crate::procedure::admission::{Procedure, ProcedureState, first};
use crate::text::Lang;

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

pub(super) fn procedure() -> Procedure {
    Procedure {
        id: 1,
        municipality_id: 1,
        details: first::usual("M. de Wit", "contract@noordermeer.example"),
        slug: "noordermeer".into(),
        state: ProcedureState::Open,
        version: 2,
        changed_at: at("2026-11-02T10:00:00"),
        changed_by: "M. de Wit".into(),
        proposed: None,
    }
}

fn question(id: i64, answer: &str, published: bool) -> QuestionRow {
    QuestionRow {
        id,
        asked_at: at("2026-11-16T10:15:00"),
        asked_by: "S. Bakker".into(),
        question: "Telt een keurmerk van een <andere> sector ook?".into(),
        answer: answer.into(),
        answered_by: (!answer.is_empty()).then(|| "M. de Wit".into()),
        published_at: published.then(|| at("2026-11-17T09:00:00")),
        asked_words: published.then(|| "Kan <Jan> zijn keurmerk gebruiken?".into()),
        removed: None,
        reason: String::new(),
    }
}

fn document(id: i64, title: (&str, &str), from: &str, until: Option<&str>) -> ProcedureDocument {
    ProcedureDocument {
        id,
        procedure_id: 1,
        title_nl: title.0.into(),
        title_en: title.1.into(),
        file: Sha256Hex::of(title.0.as_bytes()),
        file_name: "document.pdf".into(),
        size: 120_000,
        valid_from: day(from),
        valid_until: until.map(day),
        added_at: at("2026-11-02T10:00:00"),
        added_by: "M. de Wit".into(),
    }
}

fn page(lang: Lang) -> ProcedurePage {
    let crumb = lang.pick("Procedures", "Procedures");
    ProcedurePage {
        frame: manager(lang, "/beheer/procedures/re-integratie").crumb(crumb, "/beheer/procedures"),
        manages: true,
        procedure: procedure(),
        today: day("2026-11-18"),
        questions: vec![
            question(3, "", false),
            question(2, "Ja, als het gelijkwaardig is.", false),
            question(1, "Ja, als het gelijkwaardig is.", true),
        ],
        documents: vec![
            document(1, ("Aanmeldingsdocument 2026", "Application document 2026"), "2026-01-01", Some("2026-11-01")),
            document(2, ("Aanmeldingsdocument 2027", "Application document 2027"), "2026-11-02", None),
            document(3, ("Tarieven 2027", "Tariffs 2027"), "2027-01-01", None),
        ],
        typed: DocumentTyped { first_day: "2026-11-18".into(), ..DocumentTyped::default() },
        errors: FormErrors::default(),
        done: None,
    }
}

fn check(lang: Lang) -> AnswersCheckPage {
    AnswersCheckPage {
        frame: manager(lang, "/beheer/procedures/re-integratie/vragen/publiceren")
            .crumb(lang.pick("Procedures", "Procedures"), "/beheer/procedures")
            .crumb("re-integratie", "/beheer/procedures/re-integratie"),
        code: "re-integratie".into(),
        waiting: vec![question(2, "Ja, als het gelijkwaardig is.", false)],
        seen: "2-1".into(),
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let t = lang.texts();
    let row = ProcedureRow {
        code: "re-integratie".into(),
        name: lang.pick("Re-integratie", "Re-integration").into(),
        state: ProcedureState::Open,
        entry: procedure().details.entry.in_words(lang),
        documents: 2,
        unanswered: 1,
        unpublished: 1,
    };
    let list = |rows| ProceduresPage { frame: manager(lang, "/beheer/procedures"), manages: true, rows };
    let fields = vec![
        ("antwoord-3".to_owned(), fl!(t, "admin-text-empty")),
        ("laatste-2".to_owned(), fl!(t, "admin-document-last-day-wrong", day = lang.day(day("2026-11-18")))),
        ("bestand".to_owned(), fl!(t, "admin-document-file-missing")),
    ];
    let wrong = ProcedurePage {
        errors: FormErrors { fields, whole: vec![] },
        typed: DocumentTyped { last_day: Some((2, "2020-01-01".into())), ..DocumentTyped::default() },
        ..page(lang)
    };
    let look = ProcedurePage { frame: viewer(lang, "/beheer/procedures/re-integratie"), manages: false, ..page(lang) };
    let bare = ProcedurePage {
        questions: vec![],
        documents: vec![],
        done: Some(fl!(t, "admin-document-ended")),
        ..page(lang)
    };
    let changed = FormErrors { whole: vec![fl!(t, "admin-answers-changed")], ..FormErrors::default() };
    vec![
        Sample::of("procedures", &list(vec![row])),
        Sample::of("procedures-none", &list(vec![])),
        Sample::of("procedure", &page(lang)),
        Sample::of("procedure-wrong", &wrong),
        Sample::of("procedure-looked-at", &look),
        Sample::of("procedure-bare", &bare),
        Sample::of("answers-check", &check(lang)),
        Sample::of("answers-check-none", &AnswersCheckPage { waiting: vec![], errors: changed, ..check(lang) }),
    ]
}
