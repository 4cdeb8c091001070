//! The page of a meeting (bijeenkomst): when and where, its agenda, its calendar file, the decisions taken in it and its
//! minutes; for the office with the forms to invite, to move and to call off.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::meeting_form::MeetingForm;
use super::minutes_form::{MinutesForm, MinutesLine};
use super::reach::Reach;
use super::table::meeting_status;
use super::{Side, carry_out, status_for, whole};
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::text::TextState;
use crate::agreement::web::shown::Body;
use crate::calendar::wall_clock;
use crate::consultation::{Fault, Meeting, Proposal, deciding, meeting, minutes, proposing, store, telling};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::Entry;
use crate::page::{FormErrors, Frame, Status, answer};

/// GET `…/bijeenkomsten/{nr}`, and what its forms come back with.
#[derive(Template)]
#[template(path = "consultation/meeting.html")]
pub struct MeetingPage {
    pub frame: Frame,
    pub base: String,
    pub side: Side,
    pub manages: bool,
    pub meeting: Meeting,
    /// On the Dutch wall clock.
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: String,
    pub status: Status,
    pub held: bool,
    pub decisions: Vec<DecisionLine>,
    /// The newest first; of who is not of the office only what is established.
    pub minutes: Vec<MinutesLine>,
    /// What the decision maker can establish on the minutes: title, number, id and the version that is looked at.
    pub establishable: Vec<(String, i32, i64, i32)>,
    pub form: MeetingForm,
    pub written: MinutesForm,
    pub errors: FormErrors,
    pub done: Option<String>,
}

#[derive(Debug, Clone)]
pub struct DecisionLine {
    pub number: i32,
    pub outcome: Status,
    pub proposal: i32,
    pub article: String,
    pub reason: String,
}

impl MeetingPage {
    fn path(&self) -> String {
        format!("{}{}", self.base, meeting::place_of(&self.meeting))
    }

    fn title(&self) -> String {
        fl!(self.frame.t(), "consultation-meeting-number", number = self.meeting.number)
    }

    fn until(&self) -> String {
        self.frame.lang.time(self.ends_at.time())
    }

    fn moment(&self) -> Vec<Entry> {
        self.form.moment(self.frame.lang, &self.errors)
    }

    fn about(&self) -> Vec<Entry> {
        self.form.about(self.frame.lang, &self.errors)
    }

    fn body(&self, one: &MinutesLine) -> Body {
        Body::of(&one.body)
    }

    fn minutes_entry(&self) -> Entry {
        self.written.entry(self.frame.lang, &self.errors)
    }

    /// Minutes that are still written, or none at all.
    fn to_write(&self) -> bool {
        self.minutes.first().is_none_or(|one| one.established.is_none())
    }

    fn begun(&self) -> bool {
        !self.minutes.is_empty()
    }

    fn is_established(&self) -> bool {
        self.minutes.iter().any(|one| one.established.is_some())
    }
}

/// What a form of this page came back with.
#[derive(Default)]
pub(super) struct Typed {
    pub form: Option<MeetingForm>,
    pub written: Option<MinutesForm>,
    pub errors: FormErrors,
    pub done: Option<String>,
}

pub(super) async fn show(at: Reach, number: i32, done: Option<String>) -> Result<HttpResponse, Turn> {
    page(at, number, Typed { done, ..Typed::default() }, StatusCode::OK).await
}

pub(super) async fn page(at: Reach, number: i32, typed: Typed, status: StatusCode) -> Result<HttpResponse, Turn> {
    let (house, lang, now) = (at.house.clone(), at.lang, at.now());
    let page = house::read(&house, move |conn| {
        let meeting = find(conn, &at, number)?;
        let mut shown = minutes::of_meetings(conn, &at.actor, &[meeting.id])?;
        if at.side != Side::Office {
            shown.retain(|one| one.established.is_some());
        }
        let proposals = proposing::of_table(conn, &at.actor, at.table.id)?;
        let all = deciding::of_table(conn, &at.actor, at.table.id)?;
        let decided = all.into_iter().rev().filter(|one| one.meeting_id == meeting.id);
        let decisions = decided.filter_map(|one| {
            let proposal: &Proposal = proposals.iter().find(|proposal| proposal.id == one.proposal_id)?;
            let wording = one.wording.as_ref().unwrap_or(&proposal.wording);
            Some(DecisionLine {
                number: one.number,
                outcome: super::status_of(outcome_state(one.outcome), lang),
                proposal: proposal.number,
                article: format!("{} {}", wording.number, wording.heading),
                reason: one.reason,
            })
        });
        let decisions = decisions.collect();
        let decides = at.side == Side::Office && at.actor.role() == Role::DecisionMaker;
        let establishable = match decides && shown.iter().any(|one| one.established.is_some()) {
            true => establishable(conn, &at)?,
            false => Vec::new(),
        };
        let newest = shown.first();
        let written = typed.written.unwrap_or_else(|| MinutesForm::of(newest));
        let place = meeting::place_of(&meeting);
        let entry = |day| MinutesLine::of(day);
        Ok(MeetingPage {
            frame: at.below(&place),
            side: at.side,
            manages: at.manages(),
            starts_at: wall_clock(meeting.starts_at),
            ends_at: wall_clock(meeting.ends_at),
            place: telling::place_in_words(&meeting, lang),
            status: meeting_status(&meeting, now, lang),
            held: meeting.was_held(now),
            decisions,
            minutes: shown.iter().map(entry).collect(),
            establishable,
            form: typed.form.unwrap_or_else(|| MeetingForm::of(&meeting)),
            written,
            errors: typed.errors,
            done: typed.done,
            base: at.base,
            meeting,
        })
    })
    .await?;
    Ok(answer(status, &page))
}

fn outcome_state(outcome: crate::consultation::Outcome) -> crate::consultation::ProposalState {
    use crate::consultation::{Outcome, ProposalState};
    match outcome {
        Outcome::Adopted => ProposalState::Adopted,
        Outcome::Amended => ProposalState::Amended,
        Outcome::Rejected => ProposalState::Rejected,
        Outcome::CarriedOver => ProposalState::CarriedOver,
    }
}

/// The versions of this procedure that can be established.
fn establishable(conn: &mut Conn, at: &Reach) -> Result<Vec<(String, i32, i64, i32)>, Turn> {
    let all = store::consulted(conn, &at.actor, &at.table)?;
    let open = all.into_iter().filter(|(_, version)| version.state == TextState::Consultation);
    let line = |(text, version): (crate::agreement::text::AgreementText, crate::agreement::text::TextVersion)| {
        (text.title.in_lang(at.lang).to_owned(), version.number, version.id, version.version)
    };
    Ok(open.map(line).collect())
}

/// The meeting with this number of the table; for who is not of the office only when he was invited, or it was held.
pub(super) fn find(conn: &mut Conn, at: &Reach, number: i32) -> Result<Meeting, Turn> {
    let all = meeting::of_table(conn, &at.actor, at.table.id)?;
    let found = all.into_iter().find(|one| one.number == number).ok_or(Turn::NotFound)?;
    let shown = at.side == Side::Office || found.invited_at.is_some() || found.was_held(at.now());
    if shown { Ok(found) } else { Err(Turn::NotFound) }
}

/// GET `/tafels/{id}/bijeenkomsten/nieuw`, and POST `/tafels/{id}/bijeenkomsten` with faults.
#[derive(Template)]
#[template(path = "consultation/new-meeting.html")]
pub struct NewMeetingPage {
    pub frame: Frame,
    pub base: String,
    pub form: MeetingForm,
    pub errors: FormErrors,
}

impl NewMeetingPage {
    fn moment(&self) -> Vec<Entry> {
        self.form.moment(self.frame.lang, &self.errors)
    }

    fn about(&self) -> Vec<Entry> {
        self.form.about(self.frame.lang, &self.errors)
    }
}

pub(super) async fn new(at: Reach) -> Result<HttpResponse, Turn> {
    show_new(at, MeetingForm::default(), FormErrors::default(), StatusCode::OK)
}

fn show_new(at: Reach, form: MeetingForm, errors: FormErrors, status: StatusCode) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let frame = at.below("/bijeenkomsten/nieuw");
    Ok(answer(status, &NewMeetingPage { frame, base: at.base, form, errors }))
}

pub(super) async fn plan(at: Reach, form: MeetingForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let plan = match form.read(at.lang) {
        Ok(plan) => plan,
        Err(errors) => return show_new(at, form, errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let (actor, now, table, base) = (at.actor.clone(), at.now(), at.table.id, at.base.clone());
    match carry_out(&at.house, move |conn| meeting::plan(conn, &actor, now, table, &plan)).await? {
        Ok(number) => Ok(see_other(&format!("{base}/bijeenkomsten/{number}?klaar=gepland"))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            show_new(at, form, errors, status_for(&refusal))
        }
    }
}

pub(super) async fn change(at: Reach, number: i32, form: MeetingForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let plan = match form.read(at.lang) {
        Ok(plan) => plan,
        Err(errors) => {
            let typed = Typed { form: Some(form), errors, ..Typed::default() };
            return page(at, number, typed, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let seen = form.versie;
    act(at, number, Some(form), "gewijzigd", move |conn, at, id| {
        meeting::change(conn, &at.actor, at.now(), id, seen, &plan)
    })
    .await
}

/// The version that was looked at; all that the buttons send.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SeenForm {
    #[validate(range(min = 0))]
    pub versie: i32,
}

pub(super) async fn invite(at: Reach, number: i32, seen: i32) -> Result<HttpResponse, Turn> {
    act(at, number, None, "uitgenodigd", move |conn, at, id| meeting::invite(conn, &at.actor, at.now(), id, seen)).await
}

pub(super) async fn call_off(at: Reach, number: i32, seen: i32) -> Result<HttpResponse, Turn> {
    act(at, number, None, "afgelast", move |conn, at, id| meeting::call_off(conn, &at.actor, at.now(), id, seen)).await
}

/// One act of the chair on a meeting; a refusal comes back on its page, with what was typed.
async fn act(
    at: Reach,
    number: i32,
    form: Option<MeetingForm>,
    done: &str,
    work: impl FnOnce(&mut Conn, &Reach, i64) -> Result<(), Fault> + Send + 'static,
) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let (reach, looked) = (at.clone(), at.clone());
    let meeting = house::read(&at.house, move |conn| find(conn, &looked, number)).await?;
    match carry_out(&at.house, move |conn| work(conn, &reach, meeting.id)).await? {
        Ok(()) => Ok(see_other(&format!("{}/bijeenkomsten/{number}?klaar={done}", at.base))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            let current = meeting_version(&at, number).await?;
            let form = form.map(|form| MeetingForm { versie: current, ..form });
            page(at, number, Typed { form, errors, ..Typed::default() }, status_for(&refusal)).await
        }
    }
}

/// The version as it is now: who was late has read who changed it, and can press again.
async fn meeting_version(at: &Reach, number: i32) -> Result<i32, Turn> {
    let looked = at.clone();
    house::read(&at.house, move |conn| Ok(find(conn, &looked, number)?.version)).await
}
