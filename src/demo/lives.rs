//! All trajectories of one provider (trajecten van een aanbieder), from the quarters before the eight to the last.

use chrono::{Datelike, NaiveDate};

use crate::calendar::add_days;
use crate::demo::Product;
use crate::demo::days::{some_working_day, working_day_until};
use crate::demo::firms::{Firm, HISTORY};
use crate::demo::habits::Share;
use crate::demo::life::{Beginning, Life, PLAN_WITHIN_DAYS};
use crate::demo::people::{Desk, Pile};
use crate::demo::random::Random;
use crate::demo::slips::{Slips, suspend};
use crate::quarter::Quarter;
use crate::trajectory::EndReason;

/// What everybody shares.
pub struct Surroundings<'a> {
    pub last: Quarter,
    pub desks: &'a [Desk],
    pub products: &'a [Product],
}

impl Surroundings<'_> {
    pub fn product(&self, code: &str) -> &Product {
        self.products.iter().find(|product| product.code == code).expect("a firm offers what is in the catalogue")
    }
}

/// In the order of referral. No trajectory outlives the agreement, which runs from `active.0` to `active.1`.
pub fn trajectories_of(
    firm: &Firm,
    active: (NaiveDate, Option<NaiveDate>),
    around: &Surroundings,
    pile: &mut Pile,
    random: &mut Random,
) -> Vec<Life> {
    let mut lives = Vec::new();
    let mut slips = Slips::default();
    let mut beginnings = Beginnings::default();
    let history = around.last.run_up(HISTORY);

    for (place, quarter) in history.iter().enumerate() {
        lives.extend(beginnings.refer(firm, active.0, around, (*quarter, HISTORY - 1 - place), pile, random));
    }
    lives.sort_by_key(|life| life.line.referred_on);
    number(&mut lives, firm);

    let habits = |place: usize| firm.habits(HISTORY - 1 - place);
    for (place, quarter) in history.iter().enumerate() {
        slips.strike(&mut lives, *quarter, habits(place), random);
    }
    for life in &mut lives {
        if let Some(end) = active.1 {
            hand_over(life, end, random);
        }
        if !firm.in_groups() {
            suspend(life, random);
        }
        life.report_back(around.last.next(), random);
    }
    for (place, quarter) in history.iter().enumerate() {
        slips.contact(&mut lives, *quarter, habits(place), random);
    }
    for life in &lives {
        if let (Some(EndReason::MovedOn), Some(ended)) = (life.line.end_reason, life.line.ended_on) {
            pile.hand_back(life.client.clone(), ended);
        }
    }
    lives
}

/// Counts what has begun, so that products, terms and bad beginnings take turns.
#[derive(Default)]
struct Beginnings {
    no_shows: Share,
    late: Share,
    dropouts: Share,
    /// How many of each profile there were.
    of_profile: [usize; 6],
}

impl Beginnings {
    /// The referrals of which the plan is due in the quarter.
    fn refer(
        &mut self,
        firm: &Firm,
        active_from: NaiveDate,
        around: &Surroundings,
        (quarter, ago): (Quarter, usize),
        pile: &mut Pile,
        random: &mut Random,
    ) -> Vec<Life> {
        let habits = firm.habits(ago);
        let profiles = firm.referrals(ago);
        let no_shows = self.no_shows.of(profiles.len(), habits.no_shows);
        let late = self.late.of(profiles.len() - no_shows, habits.plans_late);
        let dropouts = self.dropouts.of(profiles.len() - no_shows, habits.dropouts);
        let mut turns: Vec<usize> = (0..profiles.len()).collect();
        random.shuffle(&mut turns);

        let mut lives = Vec::new();
        for (profile, turn) in profiles.iter().zip(turns) {
            let beginning = match turn {
                _ if turn < no_shows => Beginning::NoShow,
                _ if turn < no_shows + late => Beginning::PlanLate,
                _ => Beginning::PlanInTime,
            };
            let referred_on = referral_day(firm, quarter, active_from, random);
            let before = &mut self.of_profile[profile_number(profile)];
            let fitting: Vec<&Product> = (firm.offers.iter().map(|code| around.product(code)))
                .filter(|product| product.profiles.contains(profile))
                .collect();
            let product = fitting[*before % fitting.len()];
            let client = pile.refer(profile, referred_on);
            let mut life = Life::referred(String::new(), client, around.desks, product, profile, referred_on);
            life.begin(beginning, random);
            if beginning != Beginning::NoShow {
                life.run(quarter, quarters_to_run(profile, *before), random);
                if profiles.len() - turn <= dropouts {
                    life.drop_out(quarter, random);
                }
            }
            *before += 1;
            lives.push(life);
        }
        lives
    }
}

/// So that the plan is due in the quarter. Who works in groups starts early enough for everything that follows
/// on a plan to be due in the same quarter too.
fn referral_day(firm: &Firm, quarter: Quarter, active_from: NaiveDate, random: &mut Random) -> NaiveDate {
    let from = add_days(quarter.first_day(), -PLAN_WITHIN_DAYS).max(active_from);
    let until = add_days(quarter.last_day(), -PLAN_WITHIN_DAYS - if firm.in_groups() { 27 } else { 0 });
    some_working_day(random, from, until)
}

/// How many quarters after the plan the term ends, for the n-th client of a profile.
fn quarters_to_run(profile: &str, nth: usize) -> usize {
    match profile {
        "P2" => [1, 2, 3][nth % 3],
        "P3" => [5, 6, 7][nth % 3],
        "P4" => [8, 9][nth % 2],
        _ => 1,
    }
}

fn profile_number(profile: &str) -> usize {
    profile.strip_prefix('P').and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Case references as a provider keeps them: `WN-26031` is the 31st of 2026.
fn number(lives: &mut [Life], firm: &Firm) {
    let (mut year, mut count) = (0, 0);
    for life in lives {
        let referred = life.line.referred_on.year();
        count = if referred == year { count + 1 } else { 1 };
        year = referred;
        life.line.case_ref = format!("{}-{:02}{count:03}", firm.mark, year % 100);
    }
}

/// Who still runs when the agreement ends is handed over to another provider.
fn hand_over(life: &mut Life, agreement_ends: NaiveDate, random: &mut Random) {
    if life.line.ended_on.is_some_and(|ended| ended <= agreement_ends) {
        return;
    }
    life.line.ended_on = Some(working_day_until(agreement_ends));
    life.end_with(EndReason::Other, random);
    life.line.work_started_on = None;
    life.line.hours_per_week = None;
    life.outflow = None;
}
