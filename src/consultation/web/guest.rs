//! Answering a client representative, who comes in by a link (`/tafel/{token}…`). Nobody signs in here: the link is the seat.

use actix_web::HttpResponse;
use actix_web::web::{Form, Path, Query};

use super::meetings::SeenForm;
use super::proposals::ReactionForm;
use super::propose::{Asked, ProposalForm};
use super::table::Done;
use super::{invitations, meetings, proposals, propose, reach, register, table};
use crate::account::entrance::Visit;
use crate::house::Turn;
use crate::page::Frame;

/// Whatever came of the request; whoever else is signed in on this machine has no part in it.
fn answered(visit: &Visit, result: Result<HttpResponse, Turn>) -> HttpResponse {
    result.unwrap_or_else(|turn| turn.answer(Frame::public(visit.lang, "/")))
}

/// GET `/tafel/{token}`
pub async fn table(visit: Visit, token: Path<String>, done: Query<Done>) -> HttpResponse {
    match reach::guest(&visit, &token).await {
        Ok(at) => answered(&visit, table::show(at, done.into_inner()).await),
        Err(gone) => gone,
    }
}

/// GET `/tafel/{token}/berichten`
pub async fn messages(visit: Visit, token: Path<String>) -> HttpResponse {
    match reach::guest(&visit, &token).await {
        Ok(at) => answered(&visit, register::show(at, None).await),
        Err(gone) => gone,
    }
}

/// GET `/tafel/{token}/bijeenkomsten/{nr}`
pub async fn meeting(visit: Visit, place: Path<(String, i32)>) -> HttpResponse {
    match reach::guest(&visit, &place.0).await {
        Ok(at) => answered(&visit, meetings::show(at, place.1, None).await),
        Err(gone) => gone,
    }
}

/// GET `/tafel/{token}/bijeenkomsten/{nr}/agenda.ics`
pub async fn calendar(visit: Visit, place: Path<(String, i32)>) -> HttpResponse {
    match reach::guest(&visit, &place.0).await {
        Ok(at) => answered(&visit, invitations::give(at, place.1).await),
        Err(gone) => gone,
    }
}

/// GET `/tafel/{token}/voorstellen/nieuw`
pub async fn new_proposal(visit: Visit, token: Path<String>, asked: Query<Asked>) -> HttpResponse {
    match reach::guest(&visit, &token).await {
        Ok(at) => answered(&visit, propose::new(at, asked.into_inner()).await),
        Err(gone) => gone,
    }
}

/// POST `/tafel/{token}/voorstellen`
pub async fn propose(visit: Visit, token: Path<String>, form: Form<ProposalForm>) -> HttpResponse {
    match reach::guest(&visit, &token).await {
        Ok(at) => match at.within_limits(&visit.origin) {
            Ok(()) => answered(&visit, propose::propose(at, form.into_inner()).await),
            Err(turn) => answered(&visit, Err(turn)),
        },
        Err(gone) => gone,
    }
}

/// GET `/tafel/{token}/voorstellen/{nr}`
pub async fn proposal(visit: Visit, place: Path<(String, i32)>, done: Query<Done>) -> HttpResponse {
    match reach::guest(&visit, &place.0).await {
        Ok(at) => answered(&visit, proposals::show(at, place.1, done.in_words(visit.lang)).await),
        Err(gone) => gone,
    }
}

/// POST `/tafel/{token}/voorstellen/{nr}/reacties`
pub async fn react(visit: Visit, place: Path<(String, i32)>, form: Form<ReactionForm>) -> HttpResponse {
    match reach::guest(&visit, &place.0).await {
        Ok(at) => match at.within_limits(&visit.origin) {
            Ok(()) => answered(&visit, proposals::react(at, place.1, form.into_inner()).await),
            Err(turn) => answered(&visit, Err(turn)),
        },
        Err(gone) => gone,
    }
}

/// POST `/tafel/{token}/voorstellen/{nr}/intrekken`
pub async fn withdraw(visit: Visit, place: Path<(String, i32)>, form: Form<SeenForm>) -> HttpResponse {
    match reach::guest(&visit, &place.0).await {
        Ok(at) => match at.within_limits(&visit.origin) {
            Ok(()) => answered(&visit, proposals::withdraw(at, place.1, form.versie).await),
            Err(turn) => answered(&visit, Err(turn)),
        },
        Err(gone) => gone,
    }
}
