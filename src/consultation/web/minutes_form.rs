//! The minutes on the page of a meeting (verslag): writing, establishing, correcting; and establishing a version on them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::meetings::{Typed, find, page};
use super::reach::Reach;
use super::{carry_out, required, status_for, too_long, whole};
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::text::markdown;
use crate::calendar::wall_clock;
use crate::consultation::{Minutes, Refusal, minutes};
use crate::house::{self, Turn};
use crate::page::FormErrors;
use crate::page::entry::{Entry, EntryKind};
use crate::text::Lang;

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct MinutesForm {
    pub versie: i32,
    #[validate(length(max = 40000))]
    pub verslag: String,
    pub actie: Pressed,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    #[default]
    Bewaren,
    Vaststellen,
    /// Begin a correction of what was established.
    Verbeteren,
}

/// Minutes as the page shows them; moments on the Dutch wall clock.
#[derive(Debug, Clone)]
pub struct MinutesLine {
    pub number: i32,
    pub body: String,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    pub established: Option<(NaiveDateTime, String)>,
}

impl MinutesLine {
    pub(super) fn of(one: &Minutes) -> MinutesLine {
        MinutesLine {
            number: one.number,
            body: one.body.clone(),
            changed_at: wall_clock(one.changed_at),
            changed_by: one.changed_by.clone(),
            established: one.established.as_ref().map(|(at, by)| (wall_clock(*at), by.clone())),
        }
    }
}

impl MinutesForm {
    /// What stands in the form: the minutes that are written, or nothing yet.
    pub(super) fn of(newest: Option<&Minutes>) -> MinutesForm {
        match newest.filter(|one| one.established.is_none()) {
            Some(one) => MinutesForm { versie: one.version, verslag: one.body.clone(), actie: Pressed::default() },
            None => MinutesForm::default(),
        }
    }

    pub(super) fn entry(&self, lang: Lang, errors: &FormErrors) -> Entry {
        let t = lang.texts();
        let area = EntryKind::Area { rows: 14, value: self.verslag.clone() };
        Entry::new(lang, "verslag", fl!(t, "consultation-minutes-words"), area)
            .hint(fl!(t, "consultation-markdown-hint"))
            .told(errors)
    }
}

/// What is written that neither an article nor minutes can hold, told at the field.
pub(super) fn markdown_faults(lang: Lang, errors: &mut FormErrors, field: &str, body: &str) {
    for (line, fault) in markdown::placed(body) {
        errors.fields.push((field.to_owned(), fault.at_line(lang, line)));
    }
}

pub(super) async fn write(at: Reach, number: i32, form: MinutesForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let mut errors = FormErrors::default();
    if form.actie != Pressed::Verbeteren {
        required(at.lang, &mut errors, ("verslag", fl!(at.lang.texts(), "consultation-minutes-words")), &form.verslag);
        markdown_faults(at.lang, &mut errors, "verslag", &form.verslag);
        errors.fields.extend(too_long(at.lang, &form));
    }
    if !errors.is_empty() {
        let typed = Typed { written: Some(form), errors, ..Typed::default() };
        return page(at, number, typed, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let looked = at.clone();
    let meeting = house::read(&at.house, move |conn| find(conn, &looked, number)).await?;
    let (actor, now, sent) = (at.actor.clone(), at.now(), form.clone());
    let done = carry_out(&at.house, move |conn| match sent.actie {
        Pressed::Verbeteren => minutes::correct(conn, &actor, now, meeting.id),
        Pressed::Bewaren => minutes::write(conn, &actor, now, meeting.id, sent.versie, &sent.verslag),
        // What stands in the form is what is established, both in one transaction.
        Pressed::Vaststellen => {
            minutes::write(conn, &actor, now, meeting.id, sent.versie, &sent.verslag)?;
            minutes::establish(conn, &actor, now, meeting.id, sent.versie + 1)
        }
    });
    match done.await? {
        Ok(()) => {
            let done = if form.actie == Pressed::Vaststellen { "vastgesteld" } else { "verslag" };
            Ok(see_other(&format!("{}/bijeenkomsten/{number}?klaar={done}#verslag", at.base)))
        }
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            // Who was late keeps what he typed, and sees beside it what stands there now.
            let current = current_version(&at, meeting_id(&at, number).await?).await?;
            let written = Some(MinutesForm { versie: current, ..form });
            page(at, number, Typed { written, errors, ..Typed::default() }, status_for(&refusal)).await
        }
    }
}

async fn meeting_id(at: &Reach, number: i32) -> Result<i64, Turn> {
    let looked = at.clone();
    house::read(&at.house, move |conn| Ok(find(conn, &looked, number)?.id)).await
}

async fn current_version(at: &Reach, meeting_id: i64) -> Result<i32, Turn> {
    let actor = at.actor.clone();
    house::read(&at.house, move |conn| {
        let newest = minutes::of_meetings(conn, &actor, &[meeting_id])?.into_iter().next();
        Ok(newest.filter(|one| one.established.is_none()).map_or(0, |one| one.version))
    })
    .await
}

/// Which version is established on these minutes.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EstablishForm {
    #[validate(range(min = 0))]
    pub tekst: i64,
    #[validate(range(min = 0))]
    pub versie: i32,
}

pub(super) async fn establish_version(at: Reach, number: i32, form: EstablishForm) -> Result<HttpResponse, Turn> {
    if at.actor.role() != Role::DecisionMaker {
        return Err(Turn::NotAllowed);
    }
    let meeting = meeting_id(&at, number).await?;
    let (actor, now) = (at.actor.clone(), at.now());
    let done =
        carry_out(&at.house, move |conn| minutes::establish_with(conn, &actor, now, meeting, form.tekst, form.versie));
    let refusal = match done.await {
        Ok(Ok(_)) => return Ok(see_other(&format!("{}/bijeenkomsten/{number}?klaar=vastgesteld", at.base))),
        Ok(Err(refusal)) => refusal,
        Err(Turn::NotFound) => Refusal::NotConsulted,
        Err(turn) => return Err(turn),
    };
    let errors = whole(at.lang, &refusal);
    page(at, number, Typed { errors, ..Typed::default() }, status_for(&refusal)).await
}
