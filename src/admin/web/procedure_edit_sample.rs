//! The pages on which a procedure is made and published, with invented contents.

use i18n_embed_fl::fl;

use super::procedure_edit::{ProcedureCheckPage, ProcedureFormPage};
use super::procedure_form::ProcedureForm;
use super::procedure_sample::procedure;
use super::procedure_state::ProcedureStatePage;
use crate::page::FormErrors;
use crate::page::sample::{Sample, manager};
use crate::procedure::admission::{Gap, Procedure, ProcedureState, ProcedureVerb, Proposal};
use crate::procedure::defaults::defaults;
use crate::text::Lang;

fn draft() -> Procedure {
    let mut draft = Procedure { state: ProcedureState::Draft, ..procedure() };
    draft.details.contact.phone = "0500 <000> 001".into();
    draft
}

fn proposed() -> Procedure {
    let at = "2026-11-18T09:30:00".parse().expect("a moment");
    Procedure { proposed: Some(Proposal { at, by: "M. de Wit".into(), account_id: 1 }), ..draft() }
}

fn form(lang: Lang, known: Option<Procedure>) -> ProcedureFormPage {
    let here = if known.is_some() { "/beheer/procedures/re-integratie/gegevens" } else { "/beheer/procedures/nieuw" };
    ProcedureFormPage {
        frame: manager(lang, here).crumb(fl!(lang.texts(), "admin-tab-procedures"), "/beheer/procedures"),
        form: known.as_ref().map_or_else(ProcedureForm::default, ProcedureForm::of),
        known,
        errors: FormErrors::default(),
    }
}

fn check(lang: Lang, procedure: Procedure, open: Option<ProcedureVerb>, looks_after: bool) -> ProcedureCheckPage {
    ProcedureCheckPage {
        frame: manager(lang, "/beheer/procedures/re-integratie/publiceren"),
        procedure,
        gaps: vec![],
        criteria: 21,
        documents: vec![],
        terms: defaults().terms.clone(),
        history: vec![],
        open,
        own_proposal: false,
        looks_after,
        errors: FormErrors::default(),
    }
}

fn moved(lang: Lang, state: ProcedureState, verbs: &[ProcedureVerb]) -> ProcedureStatePage {
    ProcedureStatePage {
        frame: manager(lang, "/beheer/procedures/re-integratie/status"),
        procedure: Procedure { state, ..procedure() },
        verbs: verbs.to_vec(),
        told: 3,
        reason: "De <eisen> worden herzien.".to_owned(),
        looks_after: true,
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let t = lang.texts();
    let typed = ProcedureForm { code: "Met <spatie>".into(), sluit: "2020-01-01".into(), ..ProcedureForm::default() };
    let errors = typed.read(lang, None).err().unwrap_or_default();
    let wrong = ProcedureFormPage { form: typed, errors, ..form(lang, None) };
    let half = ProcedureCheckPage {
        gaps: vec![Gap::Contact, Gap::Intro],
        errors: FormErrors { whole: vec![fl!(t, "procedure-refused-not-proposed")], fields: vec![] },
        ..check(lang, draft(), Some(ProcedureVerb::Propose), true)
    };
    let both = [ProcedureVerb::Pause, ProcedureVerb::Close];
    let unsaid = fl!(t, "procedure-refused-reason");
    let paused = ProcedureStatePage {
        reason: String::new(),
        errors: FormErrors { fields: vec![("reden".to_owned(), unsaid)], whole: vec![] },
        ..moved(lang, ProcedureState::Paused, &[ProcedureVerb::Resume])
    };
    let waits = ProcedureCheckPage { own_proposal: true, ..check(lang, proposed(), None, true) };
    vec![
        Sample::of("procedure-new", &form(lang, None)),
        Sample::of("procedure-new-wrong", &wrong),
        Sample::of("procedure-edit", &form(lang, Some(proposed()))),
        Sample::of("procedure-edit-public", &form(lang, Some(procedure()))),
        Sample::of("procedure-check", &check(lang, draft(), Some(ProcedureVerb::Propose), true)),
        Sample::of("procedure-check-half", &half),
        Sample::of("procedure-check-waits", &waits),
        Sample::of("procedure-check-publish", &check(lang, proposed(), Some(ProcedureVerb::Publish), false)),
        Sample::of("procedure-check-not-yet", &check(lang, draft(), None, false)),
        Sample::of("procedure-check-public", &check(lang, procedure(), None, true)),
        Sample::of("procedure-state", &moved(lang, ProcedureState::Open, &both)),
        Sample::of("procedure-state-unsaid", &paused),
        Sample::of("procedure-state-end", &moved(lang, ProcedureState::Closed, &[ProcedureVerb::End])),
        Sample::of("procedure-state-nothing", &moved(lang, ProcedureState::Ended, &[])),
    ]
}
