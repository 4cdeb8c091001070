//! An invented dossier report (verzonnen dossierrapport), for tests and to look at. No name in here is anybody's.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::{AgreementLine, CriterionLine, EvidenceLine, Material, RefusalLine, StepLine};
use crate::actor::Role;
use crate::dossier::form::{Contact, Declaration, Filled, Form};
use crate::dossier::timeline::What;
use crate::dossier::told::{Names, Versions};
use crate::dossier::{ApplicationNumber, ApplicationState, CriterionResult, CriterionState, Verb};
use crate::procedure::admission::Remedy;
use crate::procedure::criterion::EvidenceKind;
use crate::text::Bilingual;

/// A dossier with every state of a criterion and every kind of evidence, refused once and admitted after it.
pub fn material() -> Material {
    let kinds = EvidenceKind::ALL.iter().cycle();
    let criteria =
        (1..=24).zip(CriterionState::ALL.iter().cycle()).zip(kinds).map(|((n, state), kind)| CriterionLine {
            code: format!("M{n:02}"),
            name: both("Verzekering beroepsaansprakelijkheid", "Professional liability insurance"),
            state: *state,
            kind: *kind,
            evidence: (*state != CriterionState::Open)
                .then(|| EvidenceLine { dated: Some(day(10, 1)), received_on: Some(day(11, 17)) }),
            others: usize::from(*state == CriterionState::Met),
            newer: (*state == CriterionState::Expiring).then(|| day(11, 28)),
            valid_until: state.is_good().then(|| day(12, 31)),
            judged: state.is_judged().then(|| (at(19, 10), Role::Assessor)),
            reason: match state {
                CriterionState::NotMet | CriterionState::RepairAsked | CriterionState::NotApplicable => {
                    "De polis dekt € 500.000 per gebeurtenis. De eis is € 1.000.000.".into()
                }
                _ => String::new(),
            },
        });
    let what = |on, what, role, words: &str| StepLine { at: at(on, 10), what, role, words: words.into() };
    let step = |on, verb, role, words: &str| {
        let to = ApplicationState::UnderReview;
        what(on, What::Step { verb, from: None, to, receipt: None }, role, words)
    };
    let code = || "M09".to_owned();
    Material {
        municipality: "Noordermeer".into(),
        provider: "Stichting Werkpad Noord".into(),
        kvk: "90009001".parse().expect("eight digits"),
        application: ApplicationNumber { year: 2026, sequence: 14 },
        procedure: both("Re-integratie 2027", "Re-integration 2027"),
        state: ApplicationState::Admitted,
        received_on: Some(day(11, 17)),
        made_on: DateTime::parse_from_rfc3339("2026-11-30T14:30:00+01:00").expect("a moment"),
        page_url: "https://openhouse.noordermeer.example/aanmeldingen/2026-0014/dossierrapport".into(),
        told: told(),
        names: Names::default(),
        criteria: criteria.collect(),
        steps: vec![
            step(17, Verb::Submit, Role::ProviderAdmin, ""),
            step(18, Verb::TakeUp, Role::Assessor, ""),
            what(
                19,
                What::Verdict { code: code(), result: CriterionResult::NotMet, replaced: true },
                Role::Assessor,
                "",
            ),
            what(19, What::Verdict { code: code(), result: CriterionResult::Met, replaced: false }, Role::Assessor, ""),
            step(20, Verb::Advise, Role::Assessor, "Eén eis laat geen ruimte."),
            step(23, Verb::Refuse, Role::DecisionMaker, "De verzekering dekt te weinig."),
            step(24, Verb::NoteCase, Role::ContractManager, "Rechtbank Noordermeer, zaak C/00/123."),
            step(26, Verb::Reopen, Role::ContractManager, "De rechter vindt de tweede polis voldoende."),
            step(27, Verb::Admit, Role::DecisionMaker, ""),
            what(28, What::SuccessorAsked { code: code(), until: day(12, 31) }, Role::System, ""),
            what(28, What::Evidence { code: code() }, Role::ProviderAdmin, ""),
            what(29, What::Expired { code: code() }, Role::System, ""),
        ],
        refusals: vec![RefusalLine {
            decided_on: day(11, 23),
            remedy: Remedy::Court,
            court: "Noordermeer".into(),
            due: Some(day(12, 14)),
        }],
        agreements: vec![AgreementLine { number: "2026-014".into(), version: 1, from: day(12, 1), until: None }],
    }
}

/// A supplement gave another telephone number; there is a reason to exclude it.
fn told() -> Versions {
    let form = |phone: &str| {
        let contact = Contact { name: "Sanne Bakker".into(), phone: phone.into(), ..Contact::default() };
        let declaration = Declaration { explanation: "Een boete in 2024, betaald.".into(), ..Declaration::default() };
        let filled = [Filled::Contact(contact), Filled::Declaration(declaration)];
        Form { steps: filled.into_iter().map(|one| (one.step(), one)).collect() }
    };
    Versions(vec![(at(17, 9), form("0500 000 001")), (at(20, 9), form("0500 000 002"))])
}

fn both(nl: &str, en: &str) -> Bilingual {
    Bilingual { nl: nl.into(), en: en.into() }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar")
}

fn at(on: u32, hour: u32) -> NaiveDateTime {
    day(11, on).and_hms_opt(hour, 0, 0).expect("a moment")
}
