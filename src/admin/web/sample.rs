//! The pages of the administrator with invented contents.

use chrono::NaiveDateTime;

use super::texts::{MailTextPage, MailTextsPage, TextRow, faults};
use super::{HealthFigures, MailPage, MailRow, OneMailPage};
use crate::mail::sending::Destination;
use crate::mail::{MailKind, MailState};
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Frame, SignedIn};
use crate::text::Lang;

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

/// The functional administrator of the invented municipality.
fn admin(lang: Lang, here: &str) -> Frame {
    let role = lang.pick("functioneel beheerder", "functional administrator").into();
    Frame { user: Some(SignedIn { name: "E. Postma".into(), role, switches: false }), ..manager(lang, here) }
}

fn row(id: i64, subject: (Lang, &str, &str), to: &str, state: MailState) -> MailRow {
    let (lang, nl, en) = subject;
    MailRow { id, subject: lang.pick(nl, en).into(), to: to.into(), state, posted_at: at("2026-11-02T10:30:00") }
}

fn rows(lang: Lang) -> Vec<MailRow> {
    vec![
        row(14, (lang, "Proefmail van Open House", "Test mail from Open House"), "E. Postma", MailState::Waiting),
        row(13, (lang, "U bent toegelaten", "You have been admitted"), "S. Bakker", MailState::Sent),
        row(12, (lang, "Controleer een VOG", "Check a VOG"), "<K. Tamminga>", MailState::Bounced),
        row(9, (lang, "U bent toegelaten", "You have been admitted"), "J. Prins", MailState::GivenUp),
    ]
}

fn health(lang: Lang) -> MailPage {
    let all = rows(lang);
    MailPage {
        frame: admin(lang, "/beheer/mail"),
        manages: true,
        destination: Some(Destination::Server("smtp.noordermeer.example:587 (starttls)".into())),
        from: Some("Open House <openhouse@noordermeer.example>".into()),
        contact: "0500 000 000".into(),
        health: HealthFigures {
            waiting: 1,
            waits_since: Some(at("2026-11-02T10:30:00")),
            stranded: 2,
            sent: 41,
            last_trouble: Some("permanent error (550): 5.1.1 no such mailbox".into()),
        },
        stranded: all[2..].to_vec(),
        rows: all,
        older: Some("/beheer/mail?voor=9".into()),
        newest: true,
    }
}

fn one(lang: Lang, state: MailState) -> OneMailPage {
    OneMailPage {
        frame: admin(lang, "/beheer/mail/12").crumb(lang.pick("Mail", "Mail"), "/beheer/mail"),
        manages: true,
        id: 12,
        kind: MailKind::Admitted,
        state,
        to_name: "<K. Tamminga>".into(),
        to_email: "k.tamminga@werkpadnoord.example".into(),
        subject: MailKind::Admitted.definition().text.subject.in_lang(lang).into(),
        text: format!("K. Tamminga,\n\n{}\n", MailKind::Admitted.definition().text.body.in_lang(lang)),
        language: lang,
        posted_at: at("2026-11-02T10:30:00"),
        attempts: 1,
        next_at: (state == MailState::Waiting).then(|| at("2026-11-02T10:31:00")),
        ended_at: (state != MailState::Waiting).then(|| at("2026-11-02T10:30:04")),
        answer: "permanent error (550): 5.1.1 no such mailbox".into(),
        in_portal: true,
        laid_down: false,
    }
}

fn text(lang: Lang) -> MailTextPage {
    let (kind, there) = (MailKind::ApplicationReceived, "/beheer/mailteksten/E02");
    let typed = kind.definition().text.clone();
    let shown = |of: &Lang| typed.shown(kind, *of).map(|(subject, body)| (*of, subject, body));
    MailTextPage {
        frame: admin(lang, there)
            .crumb(lang.pick("Mail", "Mail"), "/beheer/mail")
            .crumb(lang.pick("Mailteksten", "Mail texts"), "/beheer/mailteksten"),
        manages: true,
        kind,
        errors: FormErrors::default(),
        seen: 2,
        preview: Lang::ALL.iter().filter_map(|of| shown(of).ok()).collect(),
        unsaved: false,
        versions: vec![
            (at("2026-11-02T10:30:00"), "E. Postma".into()),
            (at("2026-10-01T09:00:00"), "E. Postma".into()),
        ],
        typed,
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let none = MailPage {
        manages: false,
        destination: None,
        from: None,
        contact: String::new(),
        health: HealthFigures::default(),
        stranded: vec![],
        rows: vec![],
        older: None,
        frame: manager(lang, "/beheer/mail"),
        newest: true,
    };
    let row = |kind: &MailKind| TextRow {
        kind: *kind,
        about: kind.definition().about.in_lang(lang).to_owned(),
        formal: kind.is_formal(),
        own: *kind == MailKind::ApplicationReceived,
    };
    let texts = MailTextsPage {
        frame: admin(lang, "/beheer/mailteksten").crumb("Mail", "/beheer/mail"),
        rows: MailKind::ALL.iter().map(row).collect(),
    };
    let mut wrong = text(lang);
    wrong.typed.body.nl = "Op {{datun}} {% if x %}".into();
    wrong.typed.subject.en = String::new();
    wrong.errors = faults(lang, wrong.kind, &wrong.typed);
    (wrong.preview, wrong.unsaved) = (vec![], true);
    let read = MailTextPage { manages: false, versions: vec![], ..text(lang) };
    vec![
        Sample::of("mail-health", &health(lang)),
        Sample::of("mail-health-none", &none),
        Sample::of(
            "mail-health-demo",
            &MailPage { destination: Some(Destination::Folder("mail".into())), ..health(lang) },
        ),
        Sample::of("mail-older", &MailPage { newest: false, older: None, ..health(lang) }),
        Sample::of("mail-waiting", &one(lang, MailState::Waiting)),
        Sample::of("mail-laid-down", &OneMailPage { laid_down: true, ..one(lang, MailState::Sent) }),
        Sample::of("mail-sent", &one(lang, MailState::Sent)),
        Sample::of("mail-bounced", &one(lang, MailState::Bounced)),
        Sample::of("mail-given-up", &OneMailPage { manages: false, ..one(lang, MailState::GivenUp) }),
        Sample::of("mail-texts", &texts),
        Sample::of("mail-text", &text(lang)),
        Sample::of("mail-text-preview", &MailTextPage { unsaved: true, ..text(lang) }),
        Sample::of("mail-text-wrong", &wrong),
        Sample::of("mail-text-read", &read),
    ]
}
