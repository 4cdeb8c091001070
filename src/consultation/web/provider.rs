//! Answering a provider's people (`/mijn/tafels/{id}…`).

use actix_web::HttpResponse;
use actix_web::web::{Form, Path, Query};

use super::meetings::SeenForm;
use super::proposals::ReactionForm;
use super::propose::{Asked, ProposalForm};
use super::table::Done;
use super::{invitations, meetings, proposals, propose, reach, register, table};
use crate::account::entrance::Insider;
use crate::house::Turn;

type Answered = Result<HttpResponse, Turn>;

/// GET `/mijn/tafels/{id}`
pub async fn table(who: Insider, id: Path<i64>, done: Query<Done>) -> HttpResponse {
    let at = reach::provider(&who, *id).await;
    who.answer(match at {
        Ok(at) => table::show(at, done.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/mijn/tafels/{id}/berichten`
pub async fn messages(who: Insider, id: Path<i64>, done: Query<Done>) -> HttpResponse {
    who.answer(show_messages(&who, *id, &done).await)
}

async fn show_messages(who: &Insider, id: i64, done: &Done) -> Answered {
    register::show(reach::provider(who, id).await?, done.in_words(who.lang)).await
}

/// GET `/mijn/tafels/{id}/bijeenkomsten/{nr}`
pub async fn meeting(who: Insider, place: Path<(i64, i32)>, done: Query<Done>) -> HttpResponse {
    who.answer(show_meeting(&who, *place, &done).await)
}

async fn show_meeting(who: &Insider, (id, number): (i64, i32), done: &Done) -> Answered {
    meetings::show(reach::provider(who, id).await?, number, done.in_words(who.lang)).await
}

/// GET `/mijn/tafels/{id}/bijeenkomsten/{nr}/agenda.ics`
pub async fn calendar(who: Insider, place: Path<(i64, i32)>) -> HttpResponse {
    let at = reach::provider(&who, place.0).await;
    who.answer(match at {
        Ok(at) => invitations::give(at, place.1).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/mijn/tafels/{id}/voorstellen/nieuw`
pub async fn new_proposal(who: Insider, id: Path<i64>, asked: Query<Asked>) -> HttpResponse {
    let at = reach::provider(&who, *id).await;
    who.answer(match at {
        Ok(at) => propose::new(at, asked.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/mijn/tafels/{id}/voorstellen`
pub async fn propose(who: Insider, id: Path<i64>, form: Form<ProposalForm>) -> HttpResponse {
    let at = reach::provider(&who, *id).await;
    who.answer(match at {
        Ok(at) => propose::propose(at, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/mijn/tafels/{id}/voorstellen/{nr}`
pub async fn proposal(who: Insider, place: Path<(i64, i32)>, done: Query<Done>) -> HttpResponse {
    who.answer(show_proposal(&who, *place, &done).await)
}

async fn show_proposal(who: &Insider, (id, number): (i64, i32), done: &Done) -> Answered {
    proposals::show(reach::provider(who, id).await?, number, done.in_words(who.lang)).await
}

/// POST `/mijn/tafels/{id}/voorstellen/{nr}/reacties`
pub async fn react(who: Insider, place: Path<(i64, i32)>, form: Form<ReactionForm>) -> HttpResponse {
    let at = reach::provider(&who, place.0).await;
    who.answer(match at {
        Ok(at) => proposals::react(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/mijn/tafels/{id}/voorstellen/{nr}/intrekken`
pub async fn withdraw(who: Insider, place: Path<(i64, i32)>, form: Form<SeenForm>) -> HttpResponse {
    let at = reach::provider(&who, place.0).await;
    who.answer(match at {
        Ok(at) => proposals::withdraw(at, place.1, form.versie).await,
        Err(turn) => Err(turn),
    })
}
