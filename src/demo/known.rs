//! What was known of a trajectory on a day (stand van zaken): its life without what still lies ahead.

use chrono::NaiveDate;

use crate::demo::life::Life;
use crate::demo::people::Desk;
use crate::quarter::Quarter;
use crate::statement::{FeedbackLine, TrajectoryLine};

impl Life {
    /// The trajectory belongs in the statement of a quarter while it runs, and as long as a term of it may fall there.
    pub fn is_stated_in(&self, quarter: Quarter) -> bool {
        let over = self.line.ended_on.is_some_and(|ended| ended < quarter.first_day());
        let last_term = self.outflow_due().max(self.placement_due().unwrap_or(self.line.referred_on));
        self.line.referred_on <= quarter.last_day() && !(over && last_term < quarter.first_day())
    }

    /// What the provider could tell on that day.
    pub fn known_on(&self, day: NaiveDate, desks: &[Desk]) -> TrajectoryLine {
        let mut line = self.line.clone();
        line.contact = desks[self.client.desk].holder(day).email.clone();
        for date in [
            &mut line.started_on,
            &mut line.plan_agreed_on,
            &mut line.client_agreed_on,
            &mut line.coach_agreed_on,
            &mut line.contact_informed_on,
            &mut line.extension_permitted_on,
            &mut line.ended_on,
            &mut line.work_started_on,
            &mut line.indication_on,
            &mut line.capacity_available_on,
            &mut line.placed_on,
        ] {
            *date = date.filter(|known| *known <= day);
        }
        if line.plan_agreed_on.is_none() {
            line.agreed_results = 0;
            line.term_ends_on = None;
        }
        if self.suspended_from.is_none_or(|from| from > day) {
            line.suspended_days = 0;
        }
        if line.work_started_on.is_none() {
            line.hours_per_week = None;
        }
        if line.ended_on.is_none() {
            line.end_reason = None;
            line.results_achieved = None;
            line.reason_recorded = false;
            line.ladder_now = line.ladder_start;
        }
        line
    }

    /// The agreed moments up to that day.
    pub fn moments_known_on(&self, day: NaiveDate) -> Vec<FeedbackLine> {
        let mut known: Vec<FeedbackLine> = self.moments.iter().filter(|moment| moment.due_on <= day).cloned().collect();
        for moment in &mut known {
            moment.done_on = moment.done_on.filter(|done| *done <= day);
            if moment.done_on.is_none() {
                moment.manner.clear();
            }
        }
        known
    }
}
