//! Answering the office (`/tafels/{id}…`).

use actix_web::HttpResponse;
use actix_web::web::{Form, Path, Query};

use super::decisions::DecisionForm;
use super::meeting_form::MeetingForm;
use super::meetings::SeenForm;
use super::minutes_form::{EstablishForm, MinutesForm};
use super::proposals::ReactionForm;
use super::propose::{Asked, ProposalForm};
use super::register::AnnounceForm;
use super::seats::{LeaveForm, SeatForm};
use super::table::Done;
use super::{decisions, invitations, meetings, minutes_form, proposals, propose, reach, register, seats, table};
use crate::account::entrance::Insider;
use crate::house::Turn;

type Answered = Result<HttpResponse, Turn>;

/// GET `/tafels/{id}`
pub async fn table(who: Insider, id: Path<i64>, done: Query<Done>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => table::show(at, done.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/berichten`
pub async fn messages(who: Insider, id: Path<i64>, done: Query<Done>) -> HttpResponse {
    who.answer(show_messages(&who, *id, &done).await)
}

async fn show_messages(who: &Insider, id: i64, done: &Done) -> Answered {
    register::show(reach::office(who, id).await?, done.in_words(who.lang)).await
}

/// GET `/tafels/{id}/berichten.csv`
pub async fn messages_file(who: Insider, id: Path<i64>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => register::csv(at).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/berichten`
pub async fn announce(who: Insider, id: Path<i64>, form: Form<AnnounceForm>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => register::announce(at, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/deelnemers`
pub async fn seats(who: Insider, id: Path<i64>, done: Query<Done>) -> HttpResponse {
    who.answer(show_seats(&who, *id, &done).await)
}

async fn show_seats(who: &Insider, id: i64, done: &Done) -> Answered {
    seats::show(reach::office(who, id).await?, done.in_words(who.lang)).await
}

/// POST `/tafels/{id}/deelnemers`
pub async fn seat(who: Insider, id: Path<i64>, form: Form<SeatForm>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => seats::seat(at, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/deelnemers/{plaats}/einde`
pub async fn leave(who: Insider, place: Path<(i64, i64)>, form: Form<LeaveForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => seats::leave(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/bijeenkomsten/nieuw`
pub async fn new_meeting(who: Insider, id: Path<i64>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => meetings::new(at).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/bijeenkomsten`
pub async fn plan_meeting(who: Insider, id: Path<i64>, form: Form<MeetingForm>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => meetings::plan(at, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/bijeenkomsten/{nr}`
pub async fn meeting(who: Insider, place: Path<(i64, i32)>, done: Query<Done>) -> HttpResponse {
    who.answer(show_meeting(&who, *place, &done).await)
}

async fn show_meeting(who: &Insider, (id, number): (i64, i32), done: &Done) -> Answered {
    meetings::show(reach::office(who, id).await?, number, done.in_words(who.lang)).await
}

/// POST `/tafels/{id}/bijeenkomsten/{nr}`
pub async fn change_meeting(who: Insider, place: Path<(i64, i32)>, form: Form<MeetingForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => meetings::change(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/bijeenkomsten/{nr}/uitnodigen`
pub async fn invite(who: Insider, place: Path<(i64, i32)>, form: Form<SeenForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => meetings::invite(at, place.1, form.versie).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/bijeenkomsten/{nr}/afgelasten`
pub async fn call_off(who: Insider, place: Path<(i64, i32)>, form: Form<SeenForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => meetings::call_off(at, place.1, form.versie).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/bijeenkomsten/{nr}/agenda.ics`
pub async fn calendar(who: Insider, place: Path<(i64, i32)>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => invitations::give(at, place.1).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/bijeenkomsten/{nr}/verslag`
pub async fn minutes(who: Insider, place: Path<(i64, i32)>, form: Form<MinutesForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => minutes_form::write(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/bijeenkomsten/{nr}/vaststellen`: a version of a text, by the decision maker.
pub async fn establish(who: Insider, place: Path<(i64, i32)>, form: Form<EstablishForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => minutes_form::establish_version(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/voorstellen/nieuw`
pub async fn new_proposal(who: Insider, id: Path<i64>, asked: Query<Asked>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => propose::new(at, asked.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/voorstellen`
pub async fn propose(who: Insider, id: Path<i64>, form: Form<ProposalForm>) -> HttpResponse {
    let at = reach::office(&who, *id).await;
    who.answer(match at {
        Ok(at) => propose::propose(at, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/voorstellen/{nr}`
pub async fn proposal(who: Insider, place: Path<(i64, i32)>, done: Query<Done>) -> HttpResponse {
    who.answer(show_proposal(&who, *place, &done).await)
}

async fn show_proposal(who: &Insider, (id, number): (i64, i32), done: &Done) -> Answered {
    proposals::show(reach::office(who, id).await?, number, done.in_words(who.lang)).await
}

/// POST `/tafels/{id}/voorstellen/{nr}/reacties`
pub async fn react(who: Insider, place: Path<(i64, i32)>, form: Form<ReactionForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => proposals::react(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/voorstellen/{nr}/intrekken`
pub async fn withdraw(who: Insider, place: Path<(i64, i32)>, form: Form<SeenForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => proposals::withdraw(at, place.1, form.versie).await,
        Err(turn) => Err(turn),
    })
}

/// GET `/tafels/{id}/voorstellen/{nr}/besluit`
pub async fn decision(who: Insider, place: Path<(i64, i32)>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => decisions::form(at, place.1).await,
        Err(turn) => Err(turn),
    })
}

/// POST `/tafels/{id}/voorstellen/{nr}/besluit`
pub async fn decide(who: Insider, place: Path<(i64, i32)>, form: Form<DecisionForm>) -> HttpResponse {
    let at = reach::office(&who, place.0).await;
    who.answer(match at {
        Ok(at) => decisions::decide(at, place.1, form.into_inner()).await,
        Err(turn) => Err(turn),
    })
}
