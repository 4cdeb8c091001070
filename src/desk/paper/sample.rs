//! The pages of the paper desk with invented contents.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::form::{Choices, Typed};
use super::{BeginTyped, PaperDonePage, PaperListPage, PaperPage, PaperWithdrawPage, PapersTyped};
use crate::dossier::receipt::{Receipt, ReceiptKind};
use crate::dossier::showing::ShownEvidence;
use crate::dossier::{Application, ApplicationNumber, ApplicationState, Channel, Missing, Step};
use crate::evidence::VersionState;
use crate::ids::Sha256Hex;
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Frame};
use crate::procedure::defaults::defaults;
use crate::provider::Provider;
use crate::text::Lang;

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

fn frame(lang: Lang, here: &str) -> Frame {
    manager(lang, here).crumb(lang.pick("Aanbieders", "Providers"), "/aanbieders")
}

fn provider() -> Provider {
    let kvk = "90009001".parse().expect("it is a KvK number");
    Provider { id: 7, kvk, name: "Eenmanszaak <De Brug>".into(), number: 1043 }
}

fn application(state: ApplicationState) -> Application {
    Application {
        id: 15,
        number: ApplicationNumber { year: 2026, sequence: 15 },
        provider_id: 7,
        procedure_id: 1,
        channel: Channel::Paper,
        state,
        version: 1,
        changed_at: at("2026-11-18T10:00:00"),
        changed_by: "M. de Wit".into(),
        started_at: at("2026-11-18T10:00:00"),
        submitted_at: None,
        received_on: None,
        term: None,
        previous: None,
    }
}

fn list(lang: Lang) -> PaperListPage {
    PaperListPage {
        frame: frame(lang, "/papier"),
        rows: vec![(application(ApplicationState::Draft), provider())],
        procedures: vec![(1, lang.pick("Re-integratie", "Re-integration").into())],
        typed: BeginTyped::default(),
        errors: FormErrors::default(),
    }
}

fn page(lang: Lang) -> PaperPage {
    let asked: Vec<_> =
        defaults().criteria.iter().filter(|one| ["M03", "M13", "M14", "M18"].contains(&one.code.as_str())).collect();
    let shown = ShownEvidence {
        id: 4,
        application_id: 15,
        provider_id: 7,
        code: "M13".into(),
        version_id: 9,
        shown_at: at("2026-11-18T10:20:00"),
        received_on: None,
        shown_by: "M. de Wit".into(),
        document_date: Some(day("2026-10-01")),
        valid_until: None,
        title: "Klachtenregeling (scan)".into(),
        state: VersionState::Clean,
        evidence_id: 9,
    };
    PaperPage {
        frame: frame(lang, "/papier/2026-0015").crumb(lang.pick("Op papier", "On paper"), "/papier"),
        application: application(ApplicationState::Draft),
        provider: provider(),
        procedure: lang.pick("Re-integratie", "Re-integration").into(),
        typed: Typed::of(vec![("organisatie-naam".into(), "Eenmanszaak <De Brug>".into())]),
        versions: BTreeMap::from([(Step::Organisation, 1)]),
        choices: Choices {
            products: vec![("jobhunting".into(), "Jobhunting".into()), ("jobcoaching".into(), "Jobcoaching".into())],
            profiles: vec![("P1".into(), "P1 – Werkfit".into())],
        },
        asked: asked.into_iter().cloned().collect(),
        shown: vec![shown],
        missing: vec![Missing::Criterion("M03".into()), Missing::Field(Step::Contact, "email")],
        papers: PapersTyped::default(),
        received: String::new(),
        key: "0123456789abcdef0123456789abcdef".into(),
        errors: FormErrors::default(),
        done: None,
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let t = lang.texts();
    let told = |field: &str, text: String| (field.to_owned(), text);
    let wrong_begin = PaperListPage {
        rows: vec![],
        typed: BeginTyped { kvk: "123".into(), ..BeginTyped::default() },
        errors: FormErrors { fields: vec![told("kvk", fl!(t, "desk-paper-kvk-wrong"))], whole: vec![] },
        ..list(lang)
    };
    let fields = vec![
        told("bestand", fl!(t, "desk-paper-file-missing")),
        told("ontvangen", fl!(t, "desk-paper-received-wrong")),
    ];
    let wrong = PaperPage {
        errors: FormErrors { fields, whole: vec![fl!(t, "desk-paper-overtaken", name = "A. Jansen")] },
        ..page(lang)
    };
    let receipt = Receipt {
        id: 1,
        application_id: 15,
        number: "2026-0015-1".into(),
        kind: ReceiptKind::Application,
        received_at: at("2026-11-18T11:00:00"),
        received_by: "M. de Wit".into(),
        digest: Sha256Hex::of(b"{}"),
        body: "{}".into(),
    };
    let done = PaperDonePage {
        frame: page(lang).frame,
        application: application(ApplicationState::Submitted),
        provider: provider(),
        received_on: Some(day("2026-11-12")),
        receipt: Some(receipt),
        by_post: true,
    };
    let withdrawn = PaperDonePage {
        frame: page(lang).frame,
        application: application(ApplicationState::Withdrawn),
        provider: provider(),
        received_on: None,
        receipt: None,
        by_post: true,
    };
    let withdraw = PaperWithdrawPage {
        frame: frame(lang, "/papier/2026-0015/intrekken"),
        application: application(ApplicationState::Draft),
        provider: provider(),
        reason: String::new(),
        errors: FormErrors { fields: vec![("reden".into(), fl!(t, "access-reason-missing"))], whole: vec![] },
    };
    vec![
        Sample::of("paper-list", &list(lang)),
        Sample::of("paper-list-wrong", &wrong_begin),
        Sample::of("paper-list-closed", &PaperListPage { procedures: vec![], ..list(lang) }),
        Sample::of("paper", &page(lang)),
        Sample::of("paper-saved", &PaperPage { done: Some(fl!(t, "desk-paper-saved")), ..page(lang) }),
        Sample::of("paper-wrong", &wrong),
        Sample::of("paper-done", &done),
        Sample::of("paper-withdrawn", &withdrawn),
        Sample::of("paper-withdraw", &withdraw),
    ]
}
