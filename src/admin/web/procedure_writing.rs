//! Answering: making a procedure, changing what is told of it, proposing to publish it, and publishing it by another
//! person (vier ogen). The decision maker comes here from his work queue, and to no other page of these.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::frame;
use super::procedure_edit::{ProcedureCheckPage, ProcedureFormPage};
use super::procedure_form::{NEW, ProcedureForm};
use super::procedure_handlers::{find, may_publish};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::house::{self, Turn};
use crate::mail::may_look;
use crate::page::{FormErrors, Frame, Section, answer};
use crate::procedure::admission::store::{self, Fault};
use crate::procedure::admission::{Procedure, ProcedureRefusal, ProcedureState, ProcedureVerb, documents, history};
use crate::procedure::store::terms;

const LIST: &str = "/beheer/procedures";

fn path_of(code: &str) -> String {
    format!("{LIST}/{code}")
}

/// GET `/beheer/procedures/nieuw`
pub async fn new(who: Insider) -> HttpResponse {
    who.answer(show_form(&who, None).await)
}

/// GET `/beheer/procedures/{code}/gegevens`
pub async fn details(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show_form(&who, Some(&code)).await)
}

async fn show_form(who: &Insider, code: Option<&str>) -> Result<HttpResponse, Turn> {
    let (frame, known) = asked_for(who, code).await?;
    let form = known.as_ref().map_or_else(ProcedureForm::default, ProcedureForm::of);
    Ok(answer(StatusCode::OK, &ProcedureFormPage { frame, known, form, errors: FormErrors::default() }))
}

/// The frame of the form and what it is about, for who writes procedures. What has ended is not changed any more.
async fn asked_for(who: &Insider, code: Option<&str>) -> Result<(Frame, Option<Procedure>), Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-tab-procedures"), LIST);
    let Some(code) = code else {
        if !may_publish(&who.actor()) {
            return Err(Turn::NotAllowed);
        }
        return Ok((Frame { here: path_of(NEW), ..frame }, None));
    };
    let (actor, written) = (who.actor(), code.to_owned());
    let known = house::read(&who.house, move |conn| find(conn, &actor, &written)).await?;
    if !may_publish(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    if known.state == ProcedureState::Ended {
        return Err(Turn::Conflict { by: Some(known.changed_by), back: path_of(code) });
    }
    let frame = frame.crumb(known.details.name.in_lang(who.lang), path_of(code));
    Ok((Frame { here: format!("{}/gegevens", path_of(code)), ..frame }, Some(known)))
}

/// POST `/beheer/procedures/nieuw`
pub async fn make(who: Insider, form: Form<ProcedureForm>) -> HttpResponse {
    who.answer(write(&who, None, form.into_inner()).await)
}

/// POST `/beheer/procedures/{code}/gegevens`
pub async fn change(who: Insider, code: Path<String>, form: Form<ProcedureForm>) -> HttpResponse {
    who.answer(write(&who, Some(&code), form.into_inner()).await)
}

async fn write(who: &Insider, code: Option<&str>, form: ProcedureForm) -> Result<HttpResponse, Turn> {
    let (frame, known) = asked_for(who, code).await?;
    let details = match form.read(who.lang, known.as_ref()) {
        Ok(details) => details,
        Err(errors) => {
            let page = ProcedureFormPage { frame, known, form, errors };
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let to = path_of(&details.code);
    let (actor, now, id, seen) = (who.actor(), who.house.now(), known.as_ref().map(|known| known.id), form.versie);
    let written = house::write(&who.house, move |conn| {
        // A second press of the button finds it as this one would leave it.
        let twin = store::all(conn, &actor)?.into_iter().find(|one| one.details.code == details.code);
        if twin.is_some_and(|one| one.details == details) {
            return Ok(Ok(()));
        }
        let written = match id {
            Some(id) => store::edit(conn, &actor, now, id, seen, &details),
            None => store::make(conn, &actor, now, &details).map(drop),
        };
        or_refusal(written)
    })
    .await?;
    let t = who.lang.texts();
    let errors = match written {
        Ok(()) if known.is_none() => return Ok(see_other(&format!("{to}?klaar=gemaakt"))),
        Ok(()) => return Ok(see_other(&format!("{to}?klaar=veranderd"))),
        Err(ProcedureRefusal::CodeTaken) => {
            FormErrors { fields: vec![("code".to_owned(), fl!(t, "procedure-refused-code"))], whole: Vec::new() }
        }
        Err(refusal) => FormErrors { fields: Vec::new(), whole: vec![refusal.in_words(who.lang)] },
    };
    // What was typed stays; the next press has seen the other's version.
    let (frame, known) = asked_for(who, code).await?;
    let form = ProcedureForm { versie: known.as_ref().map_or(0, |known| known.version), ..form };
    Ok(answer(StatusCode::CONFLICT, &ProcedureFormPage { frame, known, form, errors }))
}

/// A refusal comes before the first write, so what is answered with it commits nothing.
pub(super) fn or_refusal<T>(result: Result<T, Fault>) -> Result<Result<T, ProcedureRefusal>, Turn> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(ProcedureRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(ProcedureRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// GET `/beheer/procedures/{code}/publiceren`
pub async fn check(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show_check(&who, &code).await)
}

async fn show_check(who: &Insider, code: &str) -> Result<HttpResponse, Turn> {
    Ok(answer(StatusCode::OK, &check_page(who, code, FormErrors::default()).await?))
}

/// What this role does to a draft.
fn verb_of(actor: &Actor) -> Option<ProcedureVerb> {
    match actor.role() {
        Role::ContractManager => Some(ProcedureVerb::Propose),
        Role::DecisionMaker => Some(ProcedureVerb::Publish),
        _ => None,
    }
}

async fn check_page(who: &Insider, code: &str, errors: FormErrors) -> Result<ProcedureCheckPage, Turn> {
    let (t, actor) = (who.lang.texts(), who.actor());
    let looks_after = may_look(&actor);
    if !looks_after && actor.role() != Role::DecisionMaker {
        return Err(Turn::NotAllowed);
    }
    let frame = match looks_after {
        true => frame(who)?.crumb(fl!(t, "admin-tab-procedures"), LIST),
        false => who.frame(Some(Section::Queue)).crumb(fl!(t, "page-menu-queue"), "/werkvoorraad"),
    };
    let (reader, today, written) = (who.actor(), who.house.today(), code.to_owned());
    let (procedure, criteria, documents, terms, history) = house::read(&who.house, move |conn| {
        let procedure = find(conn, &reader, &written)?;
        let criteria = store::asked(conn, &reader, procedure.details.domain, today)?;
        let mut documents = documents::all(conn, &reader, procedure.id)?;
        documents.retain(|one| one.valid_from <= today && one.valid_until.is_none_or(|last| today <= last));
        let history = history::of(conn, &reader, procedure.id)?;
        Ok((procedure, criteria, documents, terms(conn, &reader, today)?, history))
    })
    .await?;
    let frame = match looks_after {
        true => frame.crumb(procedure.details.name.in_lang(who.lang), path_of(code)),
        false => frame,
    };
    let own_proposal =
        procedure.proposed.as_ref().is_some_and(|proposal| Some(proposal.account_id) == actor.account_id());
    let waits = procedure.proposed.is_some();
    let open = verb_of(&actor).filter(|verb| {
        let turn = if *verb == ProcedureVerb::Propose { !waits } else { waits && !own_proposal };
        procedure.state == ProcedureState::Draft && turn
    });
    Ok(ProcedureCheckPage {
        frame: Frame { here: format!("{}/publiceren", path_of(code)), ..frame },
        gaps: procedure.details.gaps(criteria),
        procedure,
        criteria,
        documents,
        terms,
        history,
        open,
        own_proposal,
        looks_after,
        errors,
    })
}

/// The version that was looked at.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CheckedForm {
    #[validate(range(min = 0))]
    versie: i32,
}

/// POST `/beheer/procedures/{code}/publiceren`: proposed by the contract manager, published by the decision maker.
pub async fn carry_out(who: Insider, code: Path<String>, form: Form<CheckedForm>) -> HttpResponse {
    who.answer(publish(&who, &code, form.into_inner()).await)
}

async fn publish(who: &Insider, code: &str, form: CheckedForm) -> Result<HttpResponse, Turn> {
    let Some(verb) = verb_of(&who.actor()) else { return Err(Turn::NotAllowed) };
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today, written) = (who.actor(), who.house.now(), who.house.today(), code.to_owned());
    let carried_out = house::write(&who.house, move |conn| {
        let found = find(conn, &actor, &written)?;
        // A second press of the button finds it done.
        let done = match verb {
            ProcedureVerb::Propose => {
                found.proposed.as_ref().is_some_and(|proposal| Some(proposal.account_id) == actor.account_id())
            }
            _ => found.state != ProcedureState::Draft,
        };
        if done {
            return Ok(Ok(()));
        }
        let carried_out = store::carry_out(conn, &actor, now, today, found.id, form.versie, verb, "", 0);
        if let Err(refusal) = or_refusal(carried_out)? {
            return Ok(Err(refusal));
        }
        if verb == ProcedureVerb::Publish {
            // Where the first day has come it opens at once, and not at the next round of the calendar.
            let opened = store::follow_the_calendar(conn, &Actor::system(actor.tenant()), now, today);
            return or_refusal(opened.map(drop));
        }
        Ok(Ok(()))
    })
    .await?;
    match carried_out {
        Ok(()) => Ok(see_other(&format!("{}/publiceren", path_of(code)))),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            Ok(answer(StatusCode::CONFLICT, &check_page(who, code, errors).await?))
        }
    }
}
