//! The page of one table (overlegtafel): who sits there, when it meets, what is consulted about, what was proposed and what
//! was announced.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::reach::Reach;
use super::tables::days;
use super::{Side, status_of};
use crate::calendar::wall_clock;
use crate::consultation::telling::{self, MessageKind};
use crate::consultation::{ConsultationTable, Meeting, Proposal, Seat, deciding, meeting, proposing, store};
use crate::house::{self, Turn};
use crate::page::{Frame, Status, Tone, answer};
use crate::term::Term;

/// GET `/tafels/{id}`, `/mijn/tafels/{id}` and `/tafel/{token}`.
#[derive(Template)]
#[template(path = "consultation/table.html")]
pub struct TablePage {
    pub frame: Frame,
    pub base: String,
    pub side: Side,
    pub manages: bool,
    /// Whether the reader may propose and react.
    pub speaks: bool,
    pub table: ConsultationTable,
    pub seats: Vec<Seat>,
    /// Moments on the Dutch wall clock.
    pub meetings: Vec<MeetingLine>,
    pub texts: Vec<ConsultedLine>,
    pub proposals: Vec<Proposal>,
    /// The number of decisions taken.
    pub decisions: usize,
    /// What was announced or answered, the newest first.
    pub news: Vec<NewsLine>,
    pub done: Option<String>,
}

#[derive(Debug, Clone)]
pub struct MeetingLine {
    pub number: i32,
    pub starts_at: NaiveDateTime,
    pub place: String,
    pub status: Status,
}

/// A version that this table talks about.
#[derive(Debug, Clone)]
pub struct ConsultedLine {
    pub version_id: i64,
    pub title: String,
    pub number: i32,
    pub explanation: String,
    pub term: Term,
    /// The term in words: "nog 3 dagen".
    pub left: Status,
    /// The term runs still.
    pub open: bool,
}

#[derive(Debug, Clone)]
pub struct NewsLine {
    pub what: String,
    pub words: String,
    pub at: NaiveDateTime,
    pub by: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct Done {
    #[serde(default)]
    #[validate(length(max = 20))]
    klaar: String,
}

impl Done {
    pub fn in_words(&self, lang: crate::text::Lang) -> Option<String> {
        if self.validate().is_err() {
            return None;
        }
        let t = lang.texts();
        match self.klaar.as_str() {
            "voorstel" => Some(fl!(t, "consultation-done-proposal")),
            "reactie" => Some(fl!(t, "consultation-done-reaction")),
            "ingetrokken" => Some(fl!(t, "consultation-done-withdrawn")),
            "besluit" => Some(fl!(t, "consultation-done-decision")),
            "bericht" => Some(fl!(t, "consultation-done-message")),
            "deelnemer" => Some(fl!(t, "consultation-done-seat")),
            "gepland" => Some(fl!(t, "consultation-done-planned")),
            "gewijzigd" => Some(fl!(t, "consultation-done-changed")),
            "uitgenodigd" => Some(fl!(t, "consultation-done-invited")),
            "afgelast" => Some(fl!(t, "consultation-done-called-off")),
            "verslag" => Some(fl!(t, "consultation-done-minutes")),
            "vastgesteld" => Some(fl!(t, "consultation-done-established")),
            _ => None,
        }
    }
}

impl TablePage {
    fn kind(&self) -> String {
        self.table.kind.in_words(self.frame.lang)
    }

    fn days(&self) -> String {
        days(&self.table, self.frame.lang)
    }

    fn role(&self, seat: &Seat) -> String {
        seat.role.in_words(self.frame.lang)
    }

    fn proposed(&self, one: &Proposal) -> String {
        format!("{} {}", one.wording.number, one.wording.heading)
    }

    fn proposal_kind(&self, one: &Proposal) -> String {
        one.kind.in_words(self.frame.lang)
    }

    fn side_of(&self, one: &Proposal) -> String {
        one.side.in_words(self.frame.lang)
    }

    fn status(&self, one: &Proposal) -> Status {
        status_of(one.state, self.frame.lang)
    }
}

pub(super) fn meeting_status(meeting: &Meeting, now: NaiveDateTime, lang: crate::text::Lang) -> Status {
    let t = lang.texts();
    match () {
        () if meeting.cancelled_at.is_some() => Status::new(Tone::Bad, fl!(t, "consultation-meeting-called-off")),
        () if meeting.was_held(now) => Status::new(Tone::Idle, fl!(t, "consultation-meeting-held")),
        () if meeting.invited_at.is_some() => Status::new(Tone::Ok, fl!(t, "consultation-meeting-invited")),
        () => Status::new(Tone::Todo, fl!(t, "consultation-meeting-planned")),
    }
}

pub(super) async fn show(at: Reach, done: Done) -> Result<HttpResponse, Turn> {
    let (now, today, lang) = (at.now(), at.today(), at.lang);
    let house = at.house.clone();
    let page = house::read(&house, move |conn| {
        let (actor, table) = (&at.actor, &at.table);
        let mut seats = store::seats(conn, actor, table.id)?;
        seats.retain(|seat| seat.left_at.is_none());
        let line = |one: Meeting| MeetingLine {
            number: one.number,
            starts_at: wall_clock(one.starts_at),
            place: telling::place_in_words(&one, lang),
            status: meeting_status(&one, now, lang),
        };
        // A meeting that nobody was invited to yet is the office's own.
        let shown = |one: &Meeting| at.side == Side::Office || one.invited_at.is_some() || one.was_held(now);
        let meetings = meeting::of_table(conn, actor, table.id)?.into_iter().filter(shown).map(line).collect();
        let texts = store::consulted(conn, actor, table)?;
        let consulted = texts.into_iter().filter_map(|(text, version)| {
            let term = version.consulted.as_ref()?.respond;
            let tone = if term.is_over(today) { Tone::Idle } else { Tone::Todo };
            let left = match term.is_over(today) {
                true => Status::new(tone, fl!(lang.texts(), "consultation-term-over")),
                false => Status::new(tone, term.left_in_words(lang, today)),
            };
            Some(ConsultedLine {
                version_id: version.id,
                title: text.title.in_lang(lang).to_owned(),
                number: version.number,
                explanation: version.explanation,
                term,
                left: left.plain(),
                open: !term.is_over(today) && table.runs_on(today),
            })
        });
        let announced = [MessageKind::Announcement, MessageKind::Answer];
        let messages =
            telling::messages(conn, actor, table.id)?.into_iter().filter(|one| announced.contains(&one.kind));
        let news = messages.map(|one| NewsLine {
            what: one.kind.in_words(lang, one.number),
            words: one.words,
            at: wall_clock(one.at),
            by: one.by,
        });
        Ok(TablePage {
            frame: at.frame(),
            side: at.side,
            manages: at.manages(),
            speaks: at.speaker.is_some(),
            seats,
            meetings,
            texts: consulted.collect(),
            proposals: proposing::of_table(conn, actor, table.id)?,
            decisions: deciding::of_table(conn, actor, table.id)?.len(),
            news: news.collect(),
            done: done.in_words(lang),
            base: at.base.clone(),
            table: at.table.clone(),
        })
    })
    .await?;
    Ok(answer(StatusCode::OK, &page))
}
