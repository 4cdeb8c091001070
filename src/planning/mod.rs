//! The planning board of a procedure (planningsbord): what is done in which month, from the first talk to the start; and the
//! decisions of the college (collegebesluiten) that belong to it. Nothing on it is ever lost: every step is kept.

pub mod acting;
pub mod decisions;
pub mod first;
pub mod store;
pub mod web;

use chrono::{Months, NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};

use crate::calendar::add_days;
use crate::text::{Bilingual, Lang};

/// What is done in a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    pub id: i64,
    pub procedure_id: i64,
    pub plan: Plan,
    /// The day on which its deliverable was there, and who ticked it.
    pub delivered: Option<(NaiveDate, String)>,
    /// It is not done after all; it stays to be read.
    pub dropped: bool,
    /// Counts up with every change.
    pub version: i32,
    pub changed_by: String,
}

/// What is planned of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub phase: Phase,
    pub name: Bilingual,
    /// What is there when it is done (oplevering); may be empty.
    pub deliverable: Bilingual,
    /// The first and the last month, the first of the board being 1.
    pub first_month: i32,
    pub last_month: i32,
}

/// From which month the plan of a procedure is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    pub procedure_id: i64,
    /// The first day of its first month.
    pub starts_on: NaiveDate,
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
}

codes! {
    /// A phase of the procedure, counted from nought.
    pub enum Phase {
        /// Voorbereiding
        Preparation = "preparation",
        /// Dialoog
        Dialogue = "dialogue",
        /// Toelating
        Admission = "admission",
        /// Contracteren en start
        Contract = "contract",
    }
}

codes! {
    /// What is done to a board or to one of its activities.
    pub enum PlanVerb {
        /// The board is laid out from a month.
        LayOut = "lay_out",
        /// The first month is another.
        Shift = "shift",
        Add = "add",
        /// Other months, or another phase.
        Move = "move",
        Rename = "rename",
        /// Both at once.
        Change = "change",
        Drop = "drop",
        /// It is done after all.
        Restore = "restore",
        Deliver = "deliver",
        /// It was ticked too early.
        TakeBack = "take_back",
    }
}

/// How an activity stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Delivered(NaiveDate),
    Dropped,
    /// It was due on this day, and so many days went by since.
    Late(NaiveDate, i64),
    /// It is at work, and due on this day.
    Running(NaiveDate),
    /// It begins on this day.
    Planned(NaiveDate),
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanRefusal {
    NotFound,
    NotYours,
    ReasonMissing,
    NameMissing,
    /// The last month comes before the first, or one of them is beyond what a board shows.
    MonthsWrong,
    /// A day that has not come.
    InTheFuture,
    AlreadyLaidOut,
    /// What was delivered or dropped is not changed; that is taken back first.
    Over,
    ChangedMeanwhile(String),
}

/// So many months a board shows at most.
pub const MOST_MONTHS: i32 = 36;

/// The board shows at least so many: "± 6 months lead time in total" ([S1], procedure.md 1.2 step 0).
pub const USUAL_MONTHS: i32 = 6;

impl Plan {
    /// What is wrong with it, if anything.
    pub fn refusal(&self) -> Option<PlanRefusal> {
        if self.name.nl.trim().is_empty() {
            return Some(PlanRefusal::NameMissing);
        }
        let fits = 1 <= self.first_month && self.first_month <= self.last_month && self.last_month <= MOST_MONTHS;
        (!fits).then_some(PlanRefusal::MonthsWrong)
    }

    pub fn is_in(&self, month: i32) -> bool {
        (self.first_month..=self.last_month).contains(&month)
    }

    /// What came about when this became `after`; none when nothing did.
    pub fn verb_towards(&self, after: &Plan) -> Option<PlanVerb> {
        let moved =
            (self.phase, self.first_month, self.last_month) != (after.phase, after.first_month, after.last_month);
        let renamed = (&self.name, &self.deliverable) != (&after.name, &after.deliverable);
        match (moved, renamed) {
            (false, false) => None,
            (true, false) => Some(PlanVerb::Move),
            (false, true) => Some(PlanVerb::Rename),
            (true, true) => Some(PlanVerb::Change),
        }
    }
}

impl Board {
    /// The first day of the month with this number.
    pub fn month(&self, number: i32) -> NaiveDate {
        let ahead = Months::new(number.saturating_sub(1).max(0).unsigned_abs());
        self.starts_on.checked_add_months(ahead).unwrap_or(self.starts_on)
    }

    /// The last day of the month with this number.
    pub fn end_of(&self, number: i32) -> NaiveDate {
        add_days(self.month(number + 1), -1)
    }

    /// How many months the board shows.
    pub fn width(&self, activities: &[Activity]) -> i32 {
        let last = activities.iter().filter(|one| !one.dropped).map(|one| one.plan.last_month).max();
        last.unwrap_or(0).max(USUAL_MONTHS)
    }
}

impl Activity {
    pub fn due(&self, board: &Board) -> NaiveDate {
        board.end_of(self.plan.last_month)
    }

    pub fn standing(&self, board: &Board, today: NaiveDate) -> Standing {
        if self.dropped {
            return Standing::Dropped;
        }
        if let Some((on, _)) = &self.delivered {
            return Standing::Delivered(*on);
        }
        let (begins, due) = (board.month(self.plan.first_month), self.due(board));
        if due < today {
            Standing::Late(due, (today - due).num_days())
        } else if begins <= today {
            Standing::Running(due)
        } else {
            Standing::Planned(begins)
        }
    }

    /// It waits for nobody any more.
    pub fn is_over(&self) -> bool {
        self.dropped || self.delivered.is_some()
    }
}

impl Phase {
    pub fn number(self) -> usize {
        self as usize
    }

    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Phase::Preparation => fl!(t, "planning-phase-preparation"),
            Phase::Dialogue => fl!(t, "planning-phase-dialogue"),
            Phase::Admission => fl!(t, "planning-phase-admission"),
            Phase::Contract => fl!(t, "planning-phase-contract"),
        }
    }
}

impl PlanVerb {
    /// As it stands in the audit.
    pub fn action(self) -> &'static str {
        match self {
            PlanVerb::LayOut => "planning.lay_out",
            PlanVerb::Shift => "planning.shift",
            PlanVerb::Add => "planning.add",
            PlanVerb::Move => "planning.move",
            PlanVerb::Rename => "planning.rename",
            PlanVerb::Change => "planning.change",
            PlanVerb::Drop => "planning.drop",
            PlanVerb::Restore => "planning.restore",
            PlanVerb::Deliver => "planning.deliver",
            PlanVerb::TakeBack => "planning.take_back",
        }
    }

    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            PlanVerb::LayOut => fl!(t, "planning-verb-lay-out"),
            PlanVerb::Shift => fl!(t, "planning-verb-shift"),
            PlanVerb::Add => fl!(t, "planning-verb-add"),
            PlanVerb::Move => fl!(t, "planning-verb-move"),
            PlanVerb::Rename => fl!(t, "planning-verb-rename"),
            PlanVerb::Change => fl!(t, "planning-verb-change"),
            PlanVerb::Drop => fl!(t, "planning-verb-drop"),
            PlanVerb::Restore => fl!(t, "planning-verb-restore"),
            PlanVerb::Deliver => fl!(t, "planning-verb-deliver"),
            PlanVerb::TakeBack => fl!(t, "planning-verb-take-back"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn board(starts_on: &str) -> Board {
        let changed_at = day("2026-01-01").and_hms_opt(9, 0, 0).unwrap();
        Board { procedure_id: 1, starts_on: day(starts_on), version: 1, changed_at, changed_by: String::new() }
    }

    fn activity(first_month: i32, last_month: i32) -> Activity {
        let name = Bilingual { nl: "Tafels".into(), en: "Tables".into() };
        let plan = Plan { phase: Phase::Dialogue, name, deliverable: Bilingual::default(), first_month, last_month };
        Activity {
            id: 1,
            procedure_id: 1,
            plan,
            delivered: None,
            dropped: false,
            version: 1,
            changed_by: String::new(),
        }
    }

    #[test]
    fn months_are_counted_from_the_first_one_over_the_end_of_a_year() {
        let board = board("2026-11-01");
        assert_eq!((board.month(1), board.end_of(1)), (day("2026-11-01"), day("2026-11-30")));
        assert_eq!((board.month(4), board.end_of(4)), (day("2027-02-01"), day("2027-02-28")));
    }

    #[test]
    fn an_activity_is_planned_then_at_work_and_late_from_the_day_after_its_last_month() {
        let (board, two) = (board("2026-11-01"), activity(2, 3));
        let on = |written: &str| two.standing(&board, day(written));
        assert_eq!(on("2026-11-30"), Standing::Planned(day("2026-12-01")));
        assert_eq!(on("2026-12-01"), Standing::Running(day("2027-01-31")));
        assert_eq!(on("2027-01-31"), Standing::Running(day("2027-01-31")));
        assert_eq!(on("2027-02-02"), Standing::Late(day("2027-01-31"), 2));
    }

    #[test]
    fn what_was_delivered_or_dropped_is_never_late() {
        let board = board("2026-01-01");
        let done = Activity { delivered: Some((day("2026-03-20"), "M. de Wit".into())), ..activity(1, 2) };
        assert_eq!(done.standing(&board, day("2027-01-01")), Standing::Delivered(day("2026-03-20")));
        let dropped = Activity { dropped: true, ..activity(1, 2) };
        assert_eq!(dropped.standing(&board, day("2027-01-01")), Standing::Dropped);
    }

    #[test]
    fn a_board_shows_six_months_or_as_many_as_it_needs() {
        let (board, dropped) = (board("2026-01-01"), Activity { dropped: true, ..activity(1, 30) });
        assert_eq!(board.width(&[activity(1, 2), dropped]), 6);
        assert_eq!(board.width(&[activity(7, 9)]), 9);
    }

    #[test]
    fn moving_and_renaming_are_told_apart() {
        let plan = activity(1, 2).plan;
        let moved = Plan { last_month: 3, ..plan.clone() };
        let renamed = Plan { name: Bilingual { nl: "Gesprekken".into(), en: String::new() }, ..plan.clone() };
        let both = Plan { phase: Phase::Contract, ..renamed.clone() };
        assert_eq!(plan.verb_towards(&plan), None);
        assert_eq!(plan.verb_towards(&moved), Some(PlanVerb::Move));
        assert_eq!(plan.verb_towards(&renamed), Some(PlanVerb::Rename));
        assert_eq!(plan.verb_towards(&both), Some(PlanVerb::Change));
    }

    #[test]
    fn an_activity_needs_a_name_and_months_in_their_order() {
        let with = |first, last| activity(first, last).plan.refusal();
        assert_eq!(with(1, MOST_MONTHS), None);
        for (first, last) in [(0, 1), (3, 2), (1, MOST_MONTHS + 1)] {
            assert_eq!(with(first, last), Some(PlanRefusal::MonthsWrong));
        }
        let nameless = Plan { name: Bilingual::default(), ..activity(1, 1).plan };
        assert_eq!(nameless.refusal(), Some(PlanRefusal::NameMissing));
    }
}
