//! The life of one trajectory (traject) with hindsight: from referral to end as it should go. `slips` bends it
//! where something goes wrong; `known` shows what was known on a day.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{add_days, add_months};
use crate::client::{BenefitEndReason, Outflow, Placement};
use crate::demo::Product;
use crate::demo::days::{some_working_day, working_day_from, working_day_until};
use crate::demo::people::{Client, Desk};
use crate::demo::random::Random;
use crate::money::Hundredths;
use crate::quarter::Quarter;
use crate::statement::{FeedbackLine, TrajectoryLine};
use crate::trajectory::{Achieved, EndReason};

#[derive(Debug, Clone)]
pub struct Life {
    pub client: Client,
    /// Everything that was or will be stated, future dates and all.
    pub line: TrajectoryLine,
    pub moments: Vec<FeedbackLine>,
    pub suspended_from: Option<NaiveDate>,
    pub outflow: Option<Outflow>,
    pub placement: Option<Placement>,
}

/// "Trajectplan < 3 weken na aanmelding."
pub const PLAN_WITHIN_DAYS: i64 = 21;
/// "Uitstroom binnen 4 maanden."
pub const OUTFLOW_WITHIN_MONTHS: u32 = 4;
/// "Geplaatst binnen 6 maanden."
pub const PLACED_WITHIN_MONTHS: u32 = 6;

/// What happens to a case right at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    PlanInTime,
    PlanLate,
    /// The client never turns up and the trajectory ends before the plan was due.
    NoShow,
}

impl Life {
    /// A referral of which nothing is known yet.
    pub fn referred(
        case_ref: String,
        client: Client,
        desks: &[Desk],
        product: &Product,
        profile: &str,
        on: NaiveDate,
    ) -> Life {
        let ladder_start = match profile {
            "P1" | "P2" | "P5" => 4,
            "P3" => 2 + (on.day() % 2) as u8,
            _ => 1,
        };
        let line = TrajectoryLine {
            row: 0,
            case_ref,
            client_ref: client.number.clone(),
            client_name: None,
            contact: desks[client.desk].holder(on).email.clone(),
            profile: profile.to_owned(),
            product: product.code.to_owned(),
            referred_on: on,
            started_on: None,
            plan_agreed_on: None,
            agreed_results: 0,
            client_agreed_on: None,
            coach_involved: desks[client.desk].holder(on).position == "activeringscoach",
            coach_agreed_on: None,
            contact_informed_on: None,
            term_ends_on: None,
            suspended_days: 0,
            extension_permitted_on: None,
            ended_on: None,
            end_reason: None,
            results_achieved: None,
            reason_recorded: false,
            work_started_on: None,
            hours_per_week: None,
            indication_on: None,
            capacity_available_on: None,
            placed_on: None,
            ladder_start: Some(ladder_start),
            ladder_now: Some(ladder_start),
        };
        Life { client, line, moments: Vec::new(), suspended_from: None, outflow: None, placement: None }
    }

    pub fn begin(&mut self, beginning: Beginning, random: &mut Random) {
        let referred = self.line.referred_on;
        let after = |days| add_days(referred, days);
        match beginning {
            Beginning::NoShow => {
                self.line.ended_on = Some(some_working_day(random, after(12), after(19)));
                self.line.end_reason = Some(EndReason::Dropout);
                self.line.results_achieved = Some(Achieved::None);
                self.line.reason_recorded = true;
                return;
            }
            Beginning::PlanInTime => self.line.plan_agreed_on = Some(some_working_day(random, after(8), after(20))),
            Beginning::PlanLate => self.line.plan_agreed_on = Some(some_working_day(random, after(23), after(33))),
        }
        self.line.started_on = Some(some_working_day(random, after(2), after(7)));
        self.agree(random);
    }

    /// Everybody agrees with the plan and the contact person hears of it within the week.
    fn agree(&mut self, random: &mut Random) {
        let Some(plan) = self.line.plan_agreed_on else { return };
        let mut within = |from, until| Some(some_working_day(random, add_days(plan, from), add_days(plan, until)));
        self.line.client_agreed_on = within(0, 9);
        self.line.contact_informed_on = within(1, 6);
        if self.line.coach_involved {
            self.line.coach_agreed_on = within(1, 12);
        }
        self.line.agreed_results = random.between(1, 4) as u32;
    }

    /// The term and an end shortly before it. `quarters` after the one in which the plan was due.
    pub fn run(&mut self, due: Quarter, quarters: usize, random: &mut Random) {
        let referred = self.line.referred_on;
        let mut term_quarter = due;
        for _ in 0..quarters {
            term_quarter = term_quarter.next();
        }
        // In the very next quarter not the first month: the plan must have had time to work.
        let month = random.between(if quarters == 1 { 1 } else { 0 }, 2) as u32;
        let end_of_month = add_days(add_months(term_quarter.first_day(), month + 1), -1);
        match self.line.profile.as_str() {
            "P1" => self.line.term_ends_on = Some(add_months(referred, OUTFLOW_WITHIN_MONTHS)),
            "P4" => self.line.term_ends_on = Some(end_of_month.max(add_months(referred, 24))),
            "P5" => return self.place(random),
            _ => self.line.term_ends_on = Some(end_of_month),
        }
        let Some(term) = self.line.term_ends_on else { return };
        let earliest = add_days(term, -25).max(Quarter::of(term).first_day());
        let ended = some_working_day(random, earliest, term);
        self.line.ended_on = Some(ended);
        let reason = match self.line.profile.as_str() {
            "P1" => EndReason::Work,
            "P2" => random.pick(&[
                EndReason::Work,
                EndReason::MovedOn,
                EndReason::Completed,
                EndReason::Completed,
                EndReason::Study,
            ]),
            "P3" => random.pick(&[EndReason::MovedOn, EndReason::Completed, EndReason::Completed]),
            _ => EndReason::Completed,
        };
        self.end_with(reason, random);
        if reason == EndReason::Work {
            let earliest = add_days(ended, -40).max(add_days(self.line.plan_agreed_on.unwrap_or(referred), 7));
            self.start_work(some_working_day(random, earliest, add_days(ended, -3)), random);
        }
    }

    pub fn end_with(&mut self, reason: EndReason, random: &mut Random) {
        self.line.end_reason = Some(reason);
        let achieved = match reason {
            EndReason::Dropout => random.pick(&[Achieved::Part, Achieved::None]),
            EndReason::Work | EndReason::MovedOn => random.pick(&[Achieved::All, Achieved::All, Achieved::Part]),
            _ => random.pick(&[Achieved::All, Achieved::Part]),
        };
        self.line.results_achieved = Some(achieved);
        self.line.reason_recorded = achieved != Achieved::All && random.chance(85);
        let step = self.line.ladder_start.unwrap_or(1);
        self.line.ladder_now = Some(match (reason, achieved) {
            (EndReason::Work, _) if self.line.profile == "P1" => 6,
            (EndReason::Work, _) => 5,
            (EndReason::Dropout, _) | (_, Achieved::None) => step,
            _ => (step + 1).min(5),
        });
    }

    /// Work begins and the benefit ends with it: on the municipality's own authority.
    pub fn start_work(&mut self, on: NaiveDate, random: &mut Random) {
        self.line.work_started_on = Some(on);
        self.line.hours_per_week = Some(Hundredths(random.pick(&[1600, 2000, 2400, 2800, 3200, 3600])));
        self.outflow = Some(Outflow { benefit_ended_on: on, reason: BenefitEndReason::Work });
    }

    /// Profile 5: from indication to a place of work.
    fn place(&mut self, random: &mut Random) {
        let referred = self.line.referred_on;
        self.line.indication_on = Some(some_working_day(random, add_days(referred, -40), add_days(referred, -6)));
        if random.chance(30) {
            self.line.capacity_available_on =
                Some(some_working_day(random, add_days(referred, 20), add_days(referred, 60)));
        }
        let placed = some_working_day(random, add_days(referred, 70), add_days(referred, 175));
        self.line.placed_on = Some(placed);
        self.placement = Some(Placement { confirmed: true, waiting_list_days: 0 });
        self.line.ended_on = Some(some_working_day(random, add_days(placed, 25), add_days(placed, 40)));
        self.end_with(EndReason::Work, random);
        self.line.work_started_on = Some(placed);
        self.line.hours_per_week = Some(Hundredths(random.pick(&[1600, 1800, 2000, 2400])));
    }

    /// The client stops half-way, in the quarter after the one in which the plan was due.
    pub fn drop_out(&mut self, due: Quarter, random: &mut Random) {
        let Some(plan) = self.line.plan_agreed_on else { return };
        let next = due.next();
        let last = self.term().map_or(next.last_day(), |term| next.last_day().min(add_days(term, -1)));
        let ended = some_working_day(random, next.first_day().max(add_days(plan, 14)), last);
        self.line.ended_on = Some(ended);
        self.end_with(EndReason::Dropout, random);
        self.line.work_started_on = None;
        self.line.hours_per_week = None;
        self.line.placed_on = None;
        self.outflow = None;
        self.placement = None;
    }

    /// Every six weeks for profile 1, every quarter for the others, until the end or the last day of `horizon`.
    pub fn report_back(&mut self, horizon: Quarter, random: &mut Random) {
        let Some(plan) = self.line.plan_agreed_on else { return };
        let every = if self.line.profile == "P1" { 42 } else { 91 };
        let last = self.line.ended_on.unwrap_or(NaiveDate::MAX).min(horizon.last_day());
        let mut due_on = working_day_from(add_days(plan, every));
        while due_on <= last {
            let done_on = working_day_until(add_days(due_on, -random.between(0, 6)));
            let manner = random.pick(&["telefoon", "gesprek", "gesprek", "e-mail", "videogesprek"]).to_owned();
            let case_ref = self.line.case_ref.clone();
            self.moments.push(FeedbackLine { row: 0, case_ref, due_on, done_on: Some(done_on), manner });
            due_on = working_day_from(add_days(due_on, every));
        }
    }

    pub fn plan_due(&self) -> NaiveDate {
        add_days(self.line.referred_on, PLAN_WITHIN_DAYS)
    }

    pub fn outflow_due(&self) -> NaiveDate {
        add_months(self.line.referred_on, OUTFLOW_WITHIN_MONTHS)
    }

    /// The end of the term with the days of suspension.
    pub fn term(&self) -> Option<NaiveDate> {
        self.line.term_ends_on.map(|term| add_days(term, self.line.suspended_days.into()))
    }

    /// The clock of indicator 9 runs from the latest of the three dates.
    pub fn placement_due(&self) -> Option<NaiveDate> {
        let clock = self.line.indication_on?.max(self.line.referred_on);
        let clock = self.line.capacity_available_on.map_or(clock, |capacity| clock.max(capacity));
        let waiting = self.placement.as_ref().map_or(0, |placement| placement.waiting_list_days);
        Some(add_days(add_months(clock, PLACED_WITHIN_MONTHS), waiting.into()))
    }
}
