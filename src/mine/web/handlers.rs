//! Answering: the overview, the messages, the dossier, and a new application.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::dossier::DossierPage;
use super::reach::{case, told};
use super::{HomePage, MessagePage, MessagesPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement;
use crate::agreement::offer::store::{Wanted, parties};
use crate::agreement::text::store::version;
use crate::assessment::hearing;
use crate::calendar::wall_clock;
use crate::dossier::drafting::steps;
use crate::dossier::store::{Fault, of_provider};
use crate::dossier::timeline::What;
use crate::dossier::{Refusal, decision, receipt, start, timeline};
use crate::house::{self, Turn};
use crate::mail::inbox;
use crate::mine::signing::task;
use crate::page::{Event, Frame, ProviderLink, Section, Tone, answer};
use crate::procedure::admission;
use crate::provider::access;
use crate::report::letter::gather;
use crate::report::letter::web::links;
use crate::written::slug;

/// So many messages stand on the overview.
const NEWEST: usize = 5;

/// GET `/mijn`
pub async fn home(who: Insider) -> HttpResponse {
    who.answer(show_home(&who).await)
}

async fn show_home(who: &Insider) -> Result<HttpResponse, Turn> {
    let Some((own, number, name)) = who.person().provider.clone() else { return Err(Turn::NotAllowed) };
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let page = house::read(&who.house, move |conn| {
        let procedures = admission::store::all(conn, &actor)?;
        let applications = of_provider(conn, &actor, own)?;
        let closed = |id: i64| {
            let newest = applications.iter().find(|one| one.procedure_id == id);
            newest.is_none_or(|one| one.state.may_apply_again())
        };
        let takes = |one: &&admission::Procedure| one.takes_applications(today) && closed(one.id);
        let open = procedures.iter().filter(takes).cloned().collect();
        let named = |id: i64| {
            let procedure = procedures.iter().find(|one| one.id == id);
            procedure.map(|one| one.details.name.in_lang(lang).to_owned()).unwrap_or_default()
        };
        let applications = applications.iter().map(|one| (one.clone(), named(one.procedure_id))).collect();
        let mut messages = inbox::all(conn, &actor)?;
        messages.truncate(NEWEST);
        let has_agreement = !agreement::store::of(conn, &actor, &[own])?.is_empty();
        let hearings = hearing::own_running(conn, &actor, today)?;
        let requests = access::waiting(conn, &actor)?.len();
        let mut tasks = Vec::new();
        for (offer, party) in parties(conn, &actor, Wanted::Provider(own))? {
            if let Some((text, _)) = version(conn, &actor, offer.version_id)? {
                tasks.extend(task(lang, &text, &party));
            }
        }
        Ok((applications, open, messages, has_agreement, (requests, hearings), tasks))
    })
    .await?;
    let (applications, open, messages, has_agreement, (requests, hearings), tasks) = page;
    let provider = ProviderLink { key: slug(number, &name), name };
    let (frame, administrator) = (who.frame(Some(Section::Mine)), who.person().role == Role::ProviderAdmin);
    let page = HomePage {
        frame,
        provider,
        today,
        applications,
        open,
        messages,
        administrator,
        requests,
        hearings: hearings.iter().map(|heard| (heard.quarter, heard.term.due)).collect(),
        tasks,
        has_agreement,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/mijn/berichten`
pub async fn messages(who: Insider) -> HttpResponse {
    who.answer(show_messages(&who).await)
}

async fn show_messages(who: &Insider) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    if actor.own_provider().is_none() {
        return Err(Turn::NotAllowed);
    }
    let messages = house::read(&who.house, move |conn| Ok(inbox::all(conn, &actor)?)).await?;
    Ok(answer(StatusCode::OK, &MessagesPage { frame: who.frame(Some(Section::Messages)), messages }))
}

/// GET `/mijn/berichten/{id}`
pub async fn message(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show_message(&who, id.into_inner()).await)
}

async fn show_message(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let message = house::read(&who.house, move |conn| inbox::find(conn, &actor, id)?.ok_or(Turn::NotFound)).await?;
    let frame = who.frame(Some(Section::Messages));
    let frame = frame.crumb(fl!(who.lang.texts(), "page-menu-messages"), "/mijn/berichten");
    Ok(answer(StatusCode::OK, &MessagePage { frame, message }))
}

/// What one applies for.
#[derive(Debug, Deserialize, Validate)]
pub struct StartForm {
    #[validate(length(min = 1, max = 80))]
    procedure: String,
}

/// POST `/mijn/aanmeldingen`: a first application to a procedure, or a new one after the last one ended.
pub async fn begin(who: Insider, form: Form<StartForm>) -> HttpResponse {
    who.answer(take_up(&who, form.into_inner()).await)
}

async fn take_up(who: &Insider, form: StartForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    if actor.own_provider().is_none() {
        return Err(Turn::NotAllowed);
    }
    let begun = house::write(&who.house, move |conn| {
        let all = admission::store::all(conn, &actor)?;
        let chosen = all.into_iter().find(|one| one.details.code == form.procedure).ok_or(Turn::NotFound)?;
        match start::start(conn, &actor, now, today, chosen.id) {
            Ok(begun) => Ok(begun.number),
            // A second press finds what the first one began.
            Err(Fault::Refused(Refusal::AlreadyApplied(number))) => Ok(number),
            Err(other) => match told::<()>(Err(other), "/mijn")? {
                Err(_) => Err(Turn::Conflict { by: None, back: "/mijn".to_owned() }),
                Ok(()) => Err(Turn::NotFound),
            },
        }
    })
    .await?;
    Ok(see_other(&format!("/mijn/aanmeldingen/{begun}")))
}

/// GET `/mijn/aanmeldingen/{nr}`
pub async fn dossier(who: Insider, nr: Path<String>) -> HttpResponse {
    who.answer(show_dossier(&who, nr.into_inner()).await)
}

async fn show_dossier(who: &Insider, nr: String) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let provider = who.person().provider.clone().map(|(_, _, name)| name).unwrap_or_default();
    let (case, receipts, letters, decision, events, newest, changed_at) = house::read(&who.house, move |conn| {
        let case = case(conn, &actor, &nr, today)?;
        let id = case.application.id;
        let receipts = receipt::all(conn, &actor, id)?;
        let letters = gather::written(conn, &actor, id)?;
        let decision = decision::decisions(conn, &actor, id)?.into_iter().next();
        let events = timeline::of(conn, &actor, id)?;
        let of_procedure = of_provider(conn, &actor, case.application.provider_id)?;
        let mut of_procedure = of_procedure.iter().filter(|one| one.procedure_id == case.procedure.id);
        let newest = of_procedure.next().is_some_and(|one| one.id == id);
        let saved = steps(conn, &actor, id)?.into_iter().map(|step| step.saved_at);
        let shown = case.list.criteria.iter().flat_map(|task| &task.shown).map(|one| one.evidence.shown_at);
        let changed_at = saved.chain(shown).fold(case.application.changed_at, |newest, at| newest.max(at));
        Ok((case, receipts, letters, decision, events, newest, changed_at))
    })
    .await?;
    let events = events.into_iter().filter_map(|event| match event.what {
        What::Step { verb, .. } => {
            Some(Event { title: verb.in_words(lang), at: wall_clock(event.at), by: Some(event.by), tone: None::<Tone> })
        }
        _ => None,
    });
    let again = newest && case.application.state.may_apply_again() && case.procedure.takes_applications(today);
    let frame = who.frame(Some(Section::Mine)).crumb(fl!(lang.texts(), "page-menu-mine"), "/mijn");
    let page = DossierPage {
        frame: Frame { here: super::path(&case.application), ..frame },
        provider,
        role: who.person().role,
        today,
        events: events.collect(),
        receipts,
        letters: links(&letters, &super::path(&case.application), lang),
        decision,
        again,
        changed_at,
        case,
    };
    Ok(answer(StatusCode::OK, &page))
}
