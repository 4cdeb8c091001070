//! The workbench (werkbank): the municipality's pages on applications. The work queue, one dossier, the verdict per
//! criterion, the acts with their check pages, and what is noted beside them. What may be done is decided by the verbs of
//! `dossier`; these pages show it and pass its refusals on in words.

pub mod act;
pub mod acting;
pub mod application;
pub mod beside;
pub mod across;
pub mod at_once;
pub mod compare;
pub mod filled;
pub mod judge;
pub mod judging;
pub mod queue;
pub mod sample;
pub mod shown;
pub mod supplement;

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::store::{self, Fault};
use crate::dossier::tasks::CriterionTask;
use crate::dossier::{Application, ApplicationNumber, ApplicationState, CriterionState, Refusal, TermKind};
use crate::house::Turn;
use crate::page::{FormErrors, Frame, ProviderLink, Section, Status, Tone};
use crate::procedure::criterion::Criterion;
use crate::provider::{self, Provider};
use crate::term::Term;
use crate::text::Lang;

/// The address of one application.
pub fn path_of(number: ApplicationNumber) -> String {
    format!("/aanmeldingen/{number}")
}

/// A term as every page says it: what it is for, its last day, how long that is, its rule and its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermWords {
    pub kind: String,
    pub due: NaiveDate,
    pub left: Status,
    pub rule: String,
}

impl TermWords {
    pub fn of(lang: Lang, today: NaiveDate, (kind, term): (TermKind, Term)) -> TermWords {
        TermWords { kind: kind.in_words(lang), ..TermWords::of_reactions(lang, today, term) }
    }

    /// The same for the term in which the consultation table reacts.
    pub fn of_reactions(lang: Lang, today: NaiveDate, term: Term) -> TermWords {
        let tone = match term.days_left(today) {
            ..0 => Tone::Bad,
            0..4 => Tone::Warn,
            _ => Tone::Wait,
        };
        TermWords {
            kind: fl!(lang.texts(), "consultation-term"),
            due: term.due,
            left: Status::new(tone, term.left_in_words(lang, today)).plain(),
            rule: term.rule_in_words(lang),
        }
    }
}

/// The state of an application as shape, word and colour, as the municipality sees it.
pub fn status_of(lang: Lang, state: ApplicationState) -> Status {
    use ApplicationState::*;
    let word = state.in_words(lang);
    match state {
        Draft | Submitted | UnderReview | Advised => Status::new(Tone::Todo, word),
        SupplementAsked => Status::new(Tone::Wait, word),
        Admitted => Status::new(Tone::Ok, word),
        Refused | RefusalFinal => Status::new(Tone::Bad, word),
        InCourt => Status::new(Tone::Warn, word),
        SetAside | Withdrawn | Lapsed => Status::new(Tone::Idle, word),
    }
}

/// The same of one criterion.
pub fn criterion_status(lang: Lang, state: CriterionState) -> Status {
    let word = state.in_words(lang);
    match state {
        CriterionState::Open => Status::new(Tone::Wait, word),
        CriterionState::HandedIn | CriterionState::UnderReview => Status::new(Tone::Todo, word),
        CriterionState::Met => Status::new(Tone::Ok, word).plain(),
        CriterionState::NotMet | CriterionState::Expired => Status::new(Tone::Bad, word),
        CriterionState::RepairAsked | CriterionState::Expiring => Status::new(Tone::Warn, word),
        CriterionState::NotApplicable => Status::new(Tone::Idle, word).plain(),
    }
}

/// The same of a criterion of a dossier: what is not asked yet comes later, for the office as for the provider.
pub fn task_status(lang: Lang, task: &CriterionTask) -> Status {
    match task.state {
        _ if task.is_looked_up() => Status::new(Tone::Todo, fl!(lang.texts(), "dossier-looked-up")),
        _ if task.comes_later() => Status::new(Tone::Idle, fl!(lang.texts(), "mine-status-later")).plain(),
        state => criterion_status(lang, state),
    }
}

/// The frame of a page of the workbench, for who may read dossiers.
pub fn frame(who: &Insider) -> Result<Frame, Turn> {
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    Ok(who.frame(Some(Section::Queue)).crumb(fl!(who.lang.texts(), "page-menu-queue"), "/werkvoorraad"))
}

/// The same below the page of one application.
pub fn frame_below(who: &Insider, found: &Application, provider: &ProviderLink) -> Result<Frame, Turn> {
    let mut frame = frame(who)?.crumb(format!("{} {}", found.number, provider.name), path_of(found.number));
    frame.here = who.here.clone();
    Ok(frame)
}

/// The application at an address, with its provider; what is not the actor's does not exist.
pub fn found_at(conn: &mut Conn, actor: &Actor, written: &str) -> Result<(Application, Provider), Turn> {
    let number = ApplicationNumber::read(written).ok_or(Turn::NotFound)?;
    let found = store::find(conn, actor, number)?.ok_or(Turn::NotFound)?;
    let provider = provider::store::find_by_id(conn, actor, found.provider_id)?.ok_or(Turn::NotFound)?;
    Ok((found, provider))
}

pub fn link_to(provider: &Provider) -> ProviderLink {
    ProviderLink { key: provider.path(), name: provider.name.clone() }
}

/// What a criterion is called on a page that knows all of one application: nobody knows it by its code.
pub fn name_of(lang: Lang, criterion: &Criterion) -> String {
    format!("{} {}", criterion.code, criterion.name.in_lang(lang))
}

/// A refusal comes before the first write, so what is answered with it commits nothing; trouble ends the request.
pub fn or_refusal<T>(result: Result<T, Fault>) -> Result<Result<T, Refusal>, Turn> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(Refusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// Where a refusal stands on a page with a form: at the field for the words, or above the whole.
pub fn errors_of(
    lang: Lang,
    refusal: &Refusal,
    words: &str,
    named: &dyn Fn(&str) -> String,
) -> (StatusCode, FormErrors) {
    let said = refusal.in_words_with(lang, named);
    match refusal {
        Refusal::ReasonMissing | Refusal::BeyondEvidence(_) => {
            (StatusCode::BAD_REQUEST, FormErrors { fields: vec![(words.to_owned(), said)], whole: vec![] })
        }
        Refusal::NothingAsked | Refusal::EndInPast(_) => {
            (StatusCode::BAD_REQUEST, FormErrors { fields: vec![], whole: vec![said] })
        }
        _ => (StatusCode::CONFLICT, FormErrors { fields: vec![], whole: vec![said] }),
    }
}
