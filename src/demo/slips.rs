//! Where it goes wrong (wat misgaat): bends the lives of one provider's trajectories, quarter by quarter, as often
//! as its habits say.

use chrono::NaiveDate;

use crate::calendar::{add_days, add_months};
use crate::client::{BenefitEndReason, Outflow};
use crate::demo::days::{some_working_day, working_day_from};
use crate::demo::habits::{Habits, Share};
use crate::demo::life::Life;
use crate::demo::random::Random;
use crate::quarter::Quarter;
use crate::trajectory::EndReason;

/// What is left over of each share for the next quarter.
#[derive(Default)]
pub struct Slips {
    agreement: Share,
    outflow: Share,
    term: Share,
    contact: Share,
    placement: Share,
    extensions: usize,
    misfortunes: usize,
}

impl Slips {
    /// In this order: an end that moves changes which feedback moments lapse.
    pub fn strike(&mut self, lives: &mut [Life], quarter: Quarter, habits: Habits, random: &mut Random) {
        self.outflow(lives, quarter, habits, random);
        self.placement(lives, quarter, random);
        self.term(lives, quarter, habits, random);
        self.agreement(lives, quarter, habits, random);
    }

    /// Indicator 2: no agreed result, or an agreement that came too late or not at all.
    fn agreement(&mut self, lives: &mut [Life], quarter: Quarter, habits: Habits, random: &mut Random) {
        let agreed_by = |life: &Life| life.line.plan_agreed_on.map(|plan| add_days(plan, 14));
        let cohort = falling_in(lives, quarter, agreed_by, random);
        let wrong = self.agreement.of(cohort.len(), habits.plans_not_agreed);
        for case in cohort.into_iter().take(wrong) {
            let line = &mut lives[case].line;
            let Some(plan) = line.plan_agreed_on else { continue };
            match random.below(3) {
                0 => line.agreed_results = 0,
                1 => line.client_agreed_on = Some(some_working_day(random, add_days(plan, 15), add_days(plan, 26))),
                _ => line.client_agreed_on = None,
            }
        }
    }

    /// Indicator 8: no work within four months. Who never turned up or dropped out counts among them.
    fn outflow(&mut self, lives: &mut [Life], quarter: Quarter, habits: Habits, random: &mut Random) {
        let due = |life: &Life| (life.line.profile == "P1").then(|| life.outflow_due());
        let cohort = falling_in(lives, quarter, due, random);
        let wrong = self.outflow.of(cohort.len(), habits.no_outflow);
        let already = cohort.iter().filter(|case| lives[**case].outflow.is_none()).count();
        let working = cohort.into_iter().filter(|case| lives[*case].outflow.is_some()).collect::<Vec<_>>();
        for case in working.into_iter().take(wrong.saturating_sub(already)) {
            let life = &mut lives[case];
            life.line.work_started_on = None;
            life.line.hours_per_week = None;
            self.misfortunes += 1;
            match self.misfortunes % 4 {
                0 => {
                    let benefit_ended_on = life.line.ended_on.unwrap_or(life.outflow_due());
                    life.outflow = Some(Outflow { benefit_ended_on, reason: BenefitEndReason::Study });
                    life.end_with(EndReason::Study, random);
                }
                2 => {
                    // Work came after all, and too late: only the municipality knows of it.
                    let late = working_day_from(add_days(life.outflow_due(), random.between(5, 24)));
                    life.outflow = Some(Outflow { benefit_ended_on: late, reason: BenefitEndReason::Work });
                    life.end_with(EndReason::Completed, random);
                }
                _ => {
                    life.outflow = None;
                    life.end_with(EndReason::Completed, random);
                }
            }
        }
    }

    /// Indicator 9: one in four is placed after the deadline; for one of those the waiting list explains it.
    fn placement(&mut self, lives: &mut [Life], quarter: Quarter, random: &mut Random) {
        let cohort = falling_in(lives, quarter, Life::placement_due, random);
        let wrong = self.placement.of(cohort.len(), 25);
        for case in cohort.into_iter().take(wrong) {
            let life = &mut lives[case];
            let Some(due) = life.placement_due() else { continue };
            let Some(placement) = &mut life.placement else { continue };
            let placed = some_working_day(random, add_days(due, 8), add_days(due, 40));
            self.misfortunes += 1;
            if self.misfortunes.is_multiple_of(2) {
                placement.waiting_list_days = 60;
            }
            life.line.placed_on = Some(placed);
            life.line.work_started_on = Some(placed);
            life.line.ended_on = Some(some_working_day(random, add_days(placed, 25), add_days(placed, 40)));
        }
    }

    /// Indicator 6: the trajectory goes on after its term, half of them with leave (verlenging toegestaan).
    fn term(&mut self, lives: &mut [Life], quarter: Quarter, habits: Habits, random: &mut Random) {
        let in_time = |life: &Life| {
            let runs_its_term = life.line.end_reason != Some(EndReason::Dropout) && life.line.term_ends_on.is_some();
            life.line.ended_on.filter(|ended| runs_its_term && life.term().is_some_and(|term| *ended <= term))
        };
        let mut cohort = falling_in(lives, quarter, in_time, random);
        // Who found no work is the first to need more time.
        cohort.sort_by_key(|case| lives[*case].outflow.is_some());
        let wrong = self.term.of(cohort.len(), habits.terms_overrun);
        for case in cohort.into_iter().take(wrong) {
            let life = &mut lives[case];
            let Some(term) = life.term() else { continue };
            self.extensions += 1;
            if self.extensions.is_multiple_of(2) {
                let asked = some_working_day(random, add_days(term, -20), add_days(term, -4));
                life.line.extension_permitted_on = Some(asked);
            }
            life.line.ended_on = Some(some_working_day(random, add_days(term, 20), add_days(term, 85)));
        }
    }

    /// Indicator 3, when all ends are known: the contact person hears of the plan or of the progress too late.
    pub fn contact(&mut self, lives: &mut [Life], quarter: Quarter, habits: Habits, random: &mut Random) {
        let mut cohort: Vec<usize> = (0..lives.len()).filter(|case| has_duty_in(&lives[*case], quarter)).collect();
        random.shuffle(&mut cohort);
        let wrong = self.contact.of(cohort.len(), habits.contact_late);
        for case in cohort.into_iter().take(wrong) {
            let never = random.chance(25);
            let life = &mut lives[case];
            let late = |due: NaiveDate, days| (!never).then(|| working_day_from(add_days(due, days)));
            let days = random.between(1, 9);
            match life.moments.iter_mut().find(|moment| quarter.contains(moment.due_on)) {
                Some(moment) => moment.done_on = late(moment.due_on, days),
                None => life.line.contact_informed_on = informed_by(life).and_then(|due| late(due, days)),
            }
        }
    }
}

/// "Contactpersoon geïnformeerd binnen 7 dagen na het plan."
fn informed_by(life: &Life) -> Option<NaiveDate> {
    life.line.plan_agreed_on.map(|plan| add_days(plan, 7))
}

fn has_duty_in(life: &Life, quarter: Quarter) -> bool {
    let before_the_end = |due: NaiveDate| life.line.ended_on.is_none_or(|ended| due <= ended);
    let told = informed_by(life).filter(|due| before_the_end(*due));
    told.is_some_and(|due| quarter.contains(due))
        || life.moments.iter().any(|moment| quarter.contains(moment.due_on) && before_the_end(moment.due_on))
}

/// The cases of which a date falls in the quarter, in random order.
fn falling_in(
    lives: &[Life],
    quarter: Quarter,
    date: impl Fn(&Life) -> Option<NaiveDate>,
    random: &mut Random,
) -> Vec<usize> {
    let falls = |case: &usize| date(&lives[*case]).is_some_and(|day| quarter.contains(day));
    let mut cohort: Vec<usize> = (0..lives.len()).filter(falls).collect();
    random.shuffle(&mut cohort);
    cohort
}

/// A pause of two to four weeks for illness, in one of every ten longer trajectories: the term moves along.
pub fn suspend(life: &mut Life, random: &mut Random) {
    let long = matches!(life.line.profile.as_str(), "P2" | "P3");
    let (true, Some(plan), Some(ended)) = (long && random.chance(10), life.line.plan_agreed_on, life.line.ended_on)
    else {
        return;
    };
    let from = some_working_day(random, add_days(plan, 20), add_days(ended, -10));
    if from <= add_months(plan, 1) || from >= ended {
        return;
    }
    life.suspended_from = Some(from);
    life.line.suspended_days = random.pick(&[14, 21, 28]);
}
