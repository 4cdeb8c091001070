//! A quarter of all providers (kwartaaloverzicht): one line each, always alphabetical, with how far the quarter is and for whom it
//! waits. Nothing here ranks: no sorting by a figure, no total per provider.

pub mod handlers;
pub mod remind;
pub mod sample;
pub mod what_if;
pub mod what_if_handlers;

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use crate::assessment::history::Judged;
use crate::assessment::reminding::ReminderKind;
use crate::assessment::web::verdict::{tone, word};
use crate::assessment::web::{QuarterState, WaitsFor};
use crate::calendar::wall_clock;
use crate::indicator::Verdict;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Icon, Paging, ProviderLink, Side, Status};
use crate::quarter::Quarter;
use crate::sheet::{Export, Value};
use crate::text::Lang;

/// GET `/kwartalen?kwartaal=2026-3&wacht=aanbieder&blad=2`. Posts any number of `wie` to `/kwartalen/herinneren`.
#[derive(Template)]
#[template(path = "desk/matrix.html")]
pub struct MatrixPage {
    pub frame: Frame,
    pub side: Side,
    pub quarter: Quarter,
    /// Quarters to choose from, newest first.
    pub quarters: Vec<Quarter>,
    pub waits: Option<WaitsFor>,
    /// How many providers there are, and how many fit the filter.
    pub all: usize,
    pub found: usize,
    /// This page of them, by name.
    pub rows: Vec<Line>,
    pub paging: Paging,
    /// So many were reminded just now.
    pub reminded: Option<usize>,
    pub errors: FormErrors,
}

/// One provider.
#[derive(Debug, Clone)]
pub struct Line {
    pub provider: ProviderLink,
    pub number: i64,
    pub kvk: String,
    pub state: QuarterState,
    /// The last day of what waits for the provider.
    pub due: Option<NaiveDate>,
    pub received_on: Option<NaiveDate>,
    /// When we reminded it last, in UTC, and of what.
    pub reminded: Option<(NaiveDateTime, ReminderKind)>,
    /// The ten verdicts that count, with numerator and denominator; empty as long as nothing was judged.
    pub cells: Vec<Mark>,
}

/// What counts of one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub number: u8,
    pub verdict: Verdict,
    pub share: (u32, u32),
    pub target_pct: Option<u32>,
    /// A person decided otherwise than was computed.
    pub overridden: bool,
}

impl Mark {
    /// The ten of one provider, in their order.
    pub fn all(judged: &Judged) -> Vec<Mark> {
        let mark = |(number, figure): (&u8, &crate::assessment::history::Figure)| {
            let instead = judged.overrides.get(number).and_then(|one| one.verdict);
            Mark {
                number: *number,
                verdict: instead.unwrap_or(figure.verdict),
                share: (figure.numerator, figure.denominator),
                target_pct: figure.target_pct,
                overridden: instead.is_some(),
            }
        };
        judged.figures.iter().map(mark).collect()
    }

    fn icon(&self) -> Icon {
        Icon(tone(self.verdict).word())
    }

    fn tone(&self) -> &'static str {
        tone(self.verdict).word()
    }

    /// "Gehaald, 33 van 34"
    fn words(&self, lang: Lang) -> String {
        let (part, whole) = self.share;
        let verdict = word(lang, self.verdict);
        let t = lang.texts();
        let words = match whole {
            0 => verdict,
            _ => fl!(t, "quarters-mark", verdict = verdict, part = part, whole = whole),
        };
        if self.overridden { fl!(t, "quarters-overridden", words = words) } else { words }
    }

    fn share(&self, lang: Lang) -> String {
        lang.share(self.share.0, self.share.1, self.target_pct).unwrap_or_else(|| "–".to_owned())
    }
}

impl Line {
    /// Whether it can be reminded now.
    pub fn can_be_reminded(&self, today: NaiveDate) -> bool {
        match self.state {
            QuarterState::Hearing { until } => today <= until,
            QuarterState::Awaiting => true,
            _ => false,
        }
    }

    fn path(&self, quarter: &Quarter) -> String {
        self.provider.quarter_path(*quarter)
    }

    fn state(&self, lang: Lang) -> Status {
        self.state.status(lang, Side::Manager)
    }

    /// For whom it waits, and for what.
    pub fn waits(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self.state {
            QuarterState::Awaiting => fl!(t, "quarters-waits-statement"),
            QuarterState::Hearing { .. } => fl!(t, "quarters-waits-reaction"),
            QuarterState::Received => fl!(t, "quarters-waits-judging"),
            QuarterState::Provisional { .. } => fl!(t, "quarters-waits-opening"),
            QuarterState::ToAnswer { .. } => fl!(t, "quarters-waits-answer"),
            QuarterState::Heard => fl!(t, "quarters-waits-final"),
            QuarterState::NotNeeded | QuarterState::Final { .. } => fl!(t, "quarters-waits-nobody"),
        }
    }

    pub fn last_reminded(&self, lang: Lang) -> Option<String> {
        let (at, _) = self.reminded?;
        Some(fl!(lang.texts(), "quarters-reminded-on", day = lang.day_in_table(wall_clock(at).date())))
    }
}

impl MatrixPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "quarters-title")
    }

    fn quarter_entry(&self) -> Entry {
        let lang = self.frame.lang;
        let choice = |one: &Quarter| Choice::new(&one.path(), lang.quarter_first(*one), *one == self.quarter);
        let kind = EntryKind::Select(self.quarters.iter().map(choice).collect());
        Entry::new(lang, "kwartaal", fl!(lang.texts(), "desk-quarter"), kind)
    }

    fn waits_entry(&self) -> Entry {
        let lang = self.frame.lang;
        let t = lang.texts();
        let every = Choice::new("", fl!(t, "quarters-everybody"), self.waits.is_none());
        let choice = |one: &WaitsFor| {
            let words = match one {
                WaitsFor::Us => fl!(t, "quarters-filter-us"),
                WaitsFor::Provider => fl!(t, "quarters-filter-provider"),
                WaitsFor::Nobody => fl!(t, "quarters-filter-nobody"),
            };
            Choice::new(one.as_str(), words, self.waits == Some(*one))
        };
        let kind = EntryKind::Select(std::iter::once(every).chain(WaitsFor::ALL.iter().map(choice)).collect());
        Entry::new(lang, "wacht", fl!(t, "quarters-filter"), kind)
    }

    /// The same choice, behind the address of a file.
    fn query(&self) -> String {
        let waits = self.waits.map_or("", WaitsFor::as_str);
        format!("kwartaal={}&wacht={waits}", self.quarter.path())
    }

    fn reminds(&self, line: &Line) -> bool {
        self.side == Side::Manager && line.state.waits_for() == WaitsFor::Provider
    }

    fn any_to_remind(&self) -> bool {
        self.rows.iter().any(|line| self.reminds(line))
    }

    fn numbers(&self) -> std::ops::RangeInclusive<u8> {
        1..=10
    }
}

/// The list as a file, with the headings in the language of the reader.
pub fn export(lang: Lang, quarter: Quarter, lines: &[Line]) -> Export {
    let t = lang.texts();
    let mut headings = vec![
        fl!(t, "desk-own-number"),
        fl!(t, "desk-provider"),
        fl!(t, "desk-kvk"),
        fl!(t, "desk-quarter"),
        fl!(t, "quarters-received-on"),
        fl!(t, "desk-state"),
        fl!(t, "quarters-waits"),
        fl!(t, "quarters-due"),
    ];
    headings.extend((1..=10u8).map(|number| format!("{} {number}", fl!(t, "assessment-indicator-word"))));
    let row = |line: &Line| {
        let mut row = vec![
            Value::Text(line.number.to_string()),
            Value::from(&line.provider.name),
            Value::from(&line.kvk),
            Value::Text(quarter.to_string()),
            Value::from(line.received_on),
            Value::Text(line.state(lang).word),
            Value::Text(line.waits(lang)),
            Value::from(line.due),
        ];
        let cell = |number: u8| line.cells.iter().find(|one| one.number == number);
        row.extend((1..=10).map(|number| cell(number).map_or(Value::Empty, |one| Value::Text(one.words(lang)))));
        row
    };
    Export { name: "kwartaal", headings, rows: lines.iter().map(row).collect() }
}
