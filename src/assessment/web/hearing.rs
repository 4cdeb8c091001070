//! Hearing both sides on screen (hoor en wederhoor): putting a quarter before the provider, what was said per indicator, and the
//! page on which the provider reacts and the municipality answers.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::{IndicatorRow, QuarterState};
use crate::assessment::RemarkKind;
use crate::assessment::hearing::Hearing;
use crate::assessment::reacting::Piece;
use crate::assessment::remarks::Remark;
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Moment, ProviderLink, Side, Status, Tab, Tone};
use crate::quarter::Quarter;
use crate::term::Term;
use crate::text::Lang;

/// The longest that somebody may write, in characters.
pub const LONGEST: usize = 4000;

/// GET and, when something is wrong, POST `/aanbieders/{nr}/kwartalen/{k}/voorleggen`. Posts `versie`.
#[derive(Template)]
#[template(path = "assessment/put-before.html")]
pub struct PutBeforePage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub errors: FormErrors,
    /// The ten findings as the provider sees them.
    pub rows: Vec<IndicatorRow>,
    pub version: i32,
    /// The term as it would begin today.
    pub term: Term,
    /// An earlier time that it was put before the provider, and does not count any more.
    pub again: bool,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/reactie`. Posts `zeker` to `…/geen-opmerkingen`.
#[derive(Template)]
#[template(path = "assessment/hearing.html")]
pub struct HearingPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub state: QuarterState,
    pub today: NaiveDate,
    /// The one that counts.
    pub hearing: Option<Hearing>,
    /// The ten findings, each with what was said of it.
    pub rows: Vec<(IndicatorRow, Vec<SaidShown>)>,
    /// Whether the reader can react now.
    pub reacts: bool,
    pub errors: FormErrors,
}

/// GET and POST `/aanbieders/{nr}/kwartalen/{k}/reactie/{n}`. The provider posts `tekst` and any number of `stuk`, the
/// municipality `reactie`, `oordeel` and `tekst`.
#[derive(Template)]
#[template(path = "assessment/reaction.html")]
pub struct ReactionPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub row: IndicatorRow,
    pub said: Vec<SaidShown>,
    pub form: Saying,
    pub errors: FormErrors,
}

/// What the reader can say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    Nothing,
    /// The provider reacts until this day; its own pieces that can be shown, by key and title.
    React {
        until: NaiveDate,
        typed: String,
        pieces: Vec<(String, String, bool)>,
    },
    /// The municipality answers this reaction.
    Answer {
        reaction: i64,
        adopted: Option<bool>,
        typed: String,
    },
}

/// A reason, a reaction or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "assessment/said.html")]
pub struct SaidShown {
    pub lang: Lang,
    pub id: i64,
    pub kind: RemarkKind,
    pub words: String,
    pub by: String,
    /// In UTC.
    pub at: NaiveDateTime,
    /// The files that were shown with it: where they are opened, for who may, and their name.
    pub pieces: Vec<(Option<String>, String)>,
    /// A reaction within a hearing that nobody answered yet.
    pub waits: bool,
}

impl HtmlSafe for SaidShown {}

/// What was said of one indicator, oldest first, without the files.
pub fn said_of(remarks: &[Remark], number: u8, lang: Lang) -> Vec<SaidShown> {
    let about = remarks.iter().filter(|one| one.indicator == i64::from(number));
    about.map(|one| SaidShown::of(one, remarks, lang)).collect()
}

impl SaidShown {
    fn of(one: &Remark, all: &[Remark], lang: Lang) -> SaidShown {
        let asks = one.kind == RemarkKind::Reaction && one.hearing_id.is_some();
        SaidShown {
            lang,
            id: one.id,
            kind: one.kind,
            words: one.body.clone(),
            by: one.author.clone(),
            at: one.written_at,
            pieces: Vec::new(),
            waits: asks && !all.iter().any(|other| other.answers == Some(one.id)),
        }
    }

    /// With its files; `below` is the address of the indicator's page for who may open them.
    pub fn with(mut self, pieces: &HashMap<i64, Vec<Piece>>, below: Option<&str>) -> SaidShown {
        let shown = |piece: &Piece| {
            let href = below.map(|below| format!("{below}/bewijs/{}", piece.version_id));
            (href, piece.label.clone())
        };
        self.pieces = pieces.get(&self.id).into_iter().flatten().map(shown).collect();
        self
    }

    fn who(&self) -> String {
        let t = self.lang.texts();
        match self.kind {
            RemarkKind::Reason => fl!(t, "assessment-reason"),
            RemarkKind::Reaction => fl!(t, "assessment-reaction"),
            RemarkKind::Adopted => fl!(t, "hearing-adopted"),
            RemarkKind::NotAdopted => fl!(t, "hearing-not-adopted"),
        }
    }

    fn moment(&self) -> Moment {
        Moment { lang: self.lang, at: wall_clock(self.at) }
    }

    fn status(&self) -> Option<Status> {
        self.waits.then(|| Status::new(Tone::Todo, fl!(self.lang.texts(), "hearing-waits")).plain())
    }
}

impl PutBeforePage {
    fn title(&self) -> String {
        let quarter = self.frame.lang.quarter(self.quarter);
        fl!(self.frame.t(), "hearing-put-title", quarter = quarter, name = self.provider.name.as_str())
    }

    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }
}

impl HearingPage {
    fn title(&self) -> String {
        let quarter = self.frame.lang.quarter(self.quarter);
        fl!(self.frame.t(), "hearing-title", quarter = quarter, name = self.provider.name.as_str())
    }

    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    fn status(&self) -> Status {
        self.state.status(self.frame.lang, self.side)
    }

    /// Until when, counted how, and how much of it is left.
    fn term(&self) -> Option<(String, String, Option<String>)> {
        let (lang, heard) = (self.frame.lang, self.hearing.as_ref()?);
        let left = heard.runs(self.today).then(|| heard.term.left_in_words(lang, self.today));
        Some((lang.day(heard.term.due), heard.term.rule_in_words(lang), left))
    }

    fn opened(&self) -> Option<(Moment, String)> {
        let heard = self.hearing.as_ref()?;
        Some((Moment { lang: self.frame.lang, at: wall_clock(heard.opened_at) }, heard.opened_by.clone()))
    }

    fn done(&self) -> Option<String> {
        let (at, by) = self.hearing.as_ref()?.done.as_ref()?;
        let day = self.frame.lang.day(wall_clock(*at).date());
        Some(fl!(self.frame.t(), "hearing-done", day = day, name = by.as_str()))
    }

    fn one_path(&self, row: &IndicatorRow) -> String {
        format!("{}/reactie/{}", self.path(), row.number)
    }

    /// What the reader does on the page of one indicator.
    fn act(&self, said: &[SaidShown]) -> String {
        let t = self.frame.t();
        match self.side {
            Side::Provider if self.reacts => fl!(t, "hearing-react"),
            Side::Manager if said.iter().any(|one| one.waits) => fl!(t, "hearing-answer"),
            _ => fl!(t, "hearing-read"),
        }
    }

    fn sure(&self) -> Entry {
        let lang = self.frame.lang;
        Entry::tick(lang, "zeker", fl!(lang.texts(), "hearing-sure"), false).told(&self.errors)
    }
}

impl ReactionPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "assessment-indicator", number = self.row.number, name = self.row.name.as_str())
    }

    fn back(&self) -> String {
        format!("{}/reactie", self.provider.quarter_path(self.quarter))
    }

    fn path(&self) -> String {
        format!("{}/{}", self.back(), self.row.number)
    }

    fn cases_path(&self) -> String {
        self.provider.indicator_path(self.quarter, self.row.number)
    }

    /// The fields of what the reader can say.
    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let entries = match &self.form {
            Saying::Nothing => Vec::new(),
            Saying::React { typed, pieces, .. } => {
                let words = Entry::area(lang, "tekst", fl!(t, "hearing-words"), typed);
                let choice = |(key, title, chosen): &(String, String, bool)| Choice::new(key, title.clone(), *chosen);
                let shelf = EntryKind::Many(pieces.iter().map(choice).collect());
                let shelf = Entry::new(lang, "stuk", fl!(t, "hearing-pieces"), shelf);
                let words = words.hint(fl!(t, "hearing-words-hint")).at_most(LONGEST);
                match pieces.is_empty() {
                    true => vec![words],
                    false => vec![words, shelf.hint(fl!(t, "hearing-pieces-hint"))],
                }
            }
            Saying::Answer { adopted, typed, .. } => {
                let choices = vec![
                    Choice::new("ja", fl!(t, "hearing-adopted"), *adopted == Some(true)),
                    Choice::new("nee", fl!(t, "hearing-not-adopted"), *adopted == Some(false)),
                ];
                let words = Entry::area(lang, "tekst", fl!(t, "hearing-answer-words"), typed);
                vec![
                    Entry::new(lang, "oordeel", fl!(t, "hearing-answer-choice"), EntryKind::Radio(choices)),
                    words.hint(fl!(t, "hearing-answer-hint")).at_most(LONGEST),
                ]
            }
        };
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}
