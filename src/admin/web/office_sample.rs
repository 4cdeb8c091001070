//! The pages of criteria, outages and procedures with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::criteria::{CriteriaPage, CriterionCheckPage, CriterionPage, ImpactRow};
use super::criterion_form::CriterionForm;
use super::criterion_words::changes;
use super::entries::hidden;
use super::outage_form::OutageForm;
use super::outages::{CorrectionLine, OutageCheckPage, OutagePage, OutageRow, OutagesPage};
use super::standard_texts::{StandardTextsPage, TextsForm};
use crate::dossier::postponed::Postponed;
use crate::dossier::{Application, ApplicationNumber, ApplicationState, Channel, TermKind};
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Frame};
use crate::procedure::Validity;
use crate::procedure::criterion::{Criterion, ValidityRule};
use crate::procedure::defaults::defaults;
use crate::provider::Provider;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::Lang;

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

fn below(lang: Lang, here: &str, nl: &str, en: &str, list: &str) -> Frame {
    manager(lang, here).crumb(lang.pick(nl, en), list)
}

/// The complaints procedure as a new installation asks it, and a stricter version of it.
fn criterion() -> (Criterion, Criterion) {
    let all = &defaults().criteria;
    let now = all.iter().find(|one| one.code == "M13").unwrap_or(&all[0]).clone();
    let valid = Validity::new(day("2027-01-01"), None).unwrap_or(now.valid);
    (now.clone(), Criterion { evidence_valid: ValidityRule::ReceivedWithin { months: 6 }, valid, ..now })
}

fn list(lang: Lang) -> CriteriaPage {
    let (_, new) = criterion();
    CriteriaPage {
        frame: manager(lang, "/beheer/eisen"),
        on: day("2026-11-18"),
        typed: "2026-11-18".into(),
        errors: FormErrors::default(),
        rows: defaults().criteria.clone(),
        coming: vec![new],
        published: None,
        tied_to_nothing: vec![("M11".into(), "RE-JC".into())],
    }
}

fn form(lang: Lang) -> CriterionPage {
    let (now, _) = criterion();
    CriterionPage {
        frame: below(lang, "/beheer/eisen/M13", "Eisen", "Criteria", "/beheer/eisen"),
        code: "M13".into(),
        form: CriterionForm::of(&now, 13),
        current: Some(now),
        errors: FormErrors::default(),
        versions: vec![(day("2023-01-01"), None), (day("2019-01-01"), Some(day("2022-12-31")))],
        earliest: day("2026-11-19"),
        products: vec!["jobcoaching".into(), "jobhunting".into()],
    }
}

fn check(lang: Lang) -> CriterionCheckPage {
    let (now, new) = criterion();
    let row = |name: &str, met, why: (&str, &str), evidence: Option<&str>| ImpactRow {
        name: name.into(),
        path: "/aanbieders/1042".into(),
        met,
        why: lang.pick(why.0, why.1).into(),
        evidence: evidence.map(|title| (title.to_owned(), Some(day("2026-10-01")))),
    };
    let old = ("Het document was te oud bij ontvangst.", "The document was too old on receipt.");
    let good = ("Het bewijs is geldig.", "The evidence is valid.");
    CriterionCheckPage {
        frame: below(lang, "/beheer/eisen/M13", "Eisen", "Criteria", "/beheer/eisen"),
        code: "M13".into(),
        is_new: false,
        changes: changes(lang, Some(&now), &new),
        impact: vec![
            row("Bureau Kansrijk", true, good, Some("Klachtenregeling 2026")),
            row("Stichting <Werkpad> Noord", false, old, Some("Klachtenregeling")),
        ],
        hidden: hidden(&CriterionForm::of(&new, 13)),
        new,
    }
}

fn outage(until: Option<&str>) -> OutageRow {
    OutageRow {
        id: 3,
        from: at("2026-11-17T09:00:00"),
        until: until.map(at),
        explanation: "Inloggen lukte niet door een storing bij de leverancier.".into(),
        noted_at: at("2026-11-17T09:45:00"),
        noted_by: "E. Postma".into(),
        withdrawn: false,
        corrections: vec![CorrectionLine {
            words: "Einde was 17 november 2026 12.00 uur".into(),
            reason: "Het <logboek> zegt half twaalf.".into(),
            by: "E. Postma".into(),
            at: at("2026-11-18T09:45:00"),
        }],
    }
}

fn moved() -> Postponed {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    let start = day("2026-11-10");
    let provider = Provider {
        id: 7,
        kvk: "90009001".parse().expect("it is a KvK number"),
        name: "Stichting <Werkpad> Noord".into(),
        number: 1042,
    };
    let application = Application {
        id: 14,
        number: ApplicationNumber { year: 2026, sequence: 14 },
        provider_id: 7,
        procedure_id: 1,
        channel: Channel::Portal,
        state: ApplicationState::SupplementAsked,
        version: 3,
        changed_at: at("2026-11-10T10:00:00"),
        changed_by: "K. El Idrissi".into(),
        started_at: at("2026-11-01T10:00:00"),
        submitted_at: Some(at("2026-11-02T10:00:00")),
        received_on: Some(day("2026-11-02")),
        term: None,
        previous: None,
    };
    let (before, after) = (rule.begin(start, &[]), rule.begin(start, &[day("2026-11-17")]));
    Postponed { application, provider, kind: TermKind::Supplement, before, after }
}

fn outages(lang: Lang) -> OutagesPage {
    OutagesPage {
        frame: manager(lang, "/beheer/storingen"),
        rows: vec![outage(None), outage(Some("2026-11-17T11:30:00"))],
        form: OutageForm::default(),
        errors: FormErrors::default(),
        done: false,
    }
}

fn outage_check(lang: Lang) -> OutageCheckPage {
    OutageCheckPage {
        frame: below(lang, "/beheer/storingen", "Storingen", "Outages", "/beheer/storingen"),
        address: "/beheer/storingen".into(),
        from: at("2026-11-17T09:00:00"),
        until: Some(at("2026-11-17T11:30:00")),
        explanation: "Inloggen lukte niet.".into(),
        moved: vec![moved()],
        hidden: hidden(&OutageForm::default()),
        withdraws: false,
        long_ago: true,
    }
}

fn standard_texts(lang: Lang) -> StandardTextsPage {
    let (now, _) = criterion();
    let texts = ["Het stuk is verlopen. Stuur een stuk dat nog geldig is.", "De regeling noemt <geen> termijn."];
    StandardTextsPage {
        frame: below(lang, "/beheer/eisen/M13/teksten", "Eisen", "Criteria", "/beheer/eisen"),
        code: "M13".into(),
        name: Some(now.name.in_lang(lang).to_owned()),
        form: TextsForm::of(&texts.map(str::to_owned), day("2026-11-18")),
        errors: FormErrors::default(),
        versions: vec![(day("2026-11-01"), 2), (day("2019-01-01"), 1)],
        saved: true,
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let (now, _) = criterion();
    let today = day("2026-11-18");
    let typed = CriterionForm { naam_nl: String::new(), ingang: "gisteren".into(), ..CriterionForm::of(&now, 13) };
    let errors = typed.read(lang, today, "M13", Some(&now), &[]).err().unwrap_or_default();
    let new = CriterionPage {
        code: "nieuw".into(),
        current: None,
        form: CriterionForm::empty(),
        versions: vec![],
        ..form(lang)
    };
    let first = CriterionCheckPage { is_new: true, changes: changes(lang, None, &now), impact: vec![], ..check(lang) };
    let wrong = OutageForm { van_dag: "gisteren".into(), tot_tijd: "10:00".into(), ..OutageForm::default() };
    let wrong_outage = OutagesPage {
        errors: wrong.read(lang, at("2026-11-18T12:00:00")).err().unwrap_or_default(),
        form: wrong,
        ..outages(lang)
    };
    let end = OutagePage {
        frame: below(lang, "/beheer/storingen/3", "Storingen", "Outages", "/beheer/storingen"),
        outage: outage(None),
        form: OutageForm::default(),
        errors: FormErrors::default(),
    };
    let wrong_end = FormErrors { fields: vec![("tot_dag".into(), "Vul een datum in.".into())], whole: vec![] };
    let typed_texts = TextsForm { ingang: "gisteren".into(), ..standard_texts(lang).form };
    let wrong_texts = StandardTextsPage {
        errors: typed_texts.read(lang, today, "M13").err().unwrap_or_default(),
        form: typed_texts,
        saved: false,
        ..standard_texts(lang)
    };
    let of_all =
        StandardTextsPage { code: "alle".into(), name: None, versions: vec![], saved: false, ..standard_texts(lang) };
    vec![
        Sample::of("standard-texts", &standard_texts(lang)),
        Sample::of("standard-texts-wrong", &wrong_texts),
        Sample::of("standard-texts-of-all", &of_all),
        Sample::of("criteria", &list(lang)),
        Sample::of("criteria-published", &CriteriaPage { published: Some("M13".into()), ..list(lang) }),
        Sample::of("criteria-none", &CriteriaPage { rows: vec![], coming: vec![], ..list(lang) }),
        Sample::of("criterion", &form(lang)),
        Sample::of("criterion-wrong", &CriterionPage { form: typed, errors, ..form(lang) }),
        Sample::of("criterion-new", &new),
        Sample::of("criterion-check", &check(lang)),
        Sample::of("criterion-check-new", &first),
        Sample::of("outages", &outages(lang)),
        Sample::of("outages-none", &OutagesPage { rows: vec![], done: true, ..outages(lang) }),
        Sample::of("outages-wrong", &wrong_outage),
        Sample::of("outage-end", &OutagePage { errors: wrong_end, ..end }),
        Sample::of("outage-check", &outage_check(lang)),
        Sample::of("outage-check-none", &OutageCheckPage { moved: vec![], until: None, ..outage_check(lang) }),
    ]
}
