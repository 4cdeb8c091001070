//! What only the municipality knows (gemeentelijke gegevens): which benefits ended, which placements it confirms,
//! which cases may leave the count, and the client surveys.

use chrono::NaiveDate;

use crate::calendar::add_days;
use crate::client::{BenefitEndReason, Outflow};
use crate::demo::days::{some_working_day, working_day_from, working_day_until};
use crate::demo::firms::{Event, Firm};
use crate::demo::life::Life;
use crate::demo::random::Random;
use crate::demo::{ClientOutflow, ClientPlacement, Exclusion, MunicipalFacts, Provider, Survey, SurveyParticipant};
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::trajectory::ExclusionCode;

/// A provider, what it was invented from, and the trajectories it really had.
pub struct Told<'a> {
    pub firm: &'a Firm,
    pub provider: &'a Provider,
    pub lives: &'a [Life],
}

pub fn facts(told: &[Told], quarters: &[Quarter]) -> Vec<MunicipalFacts> {
    let mut asked = Asked::default();
    // The last quarter goes first, so that it has some of every kind.
    let mut facts: Vec<MunicipalFacts> = (quarters.iter().rev().enumerate())
        .map(|(quarters_ago, quarter)| MunicipalFacts {
            quarter: *quarter,
            outflow: told.iter().flat_map(|told| outflow(told.lives, *quarter)).collect(),
            placements: told.iter().flat_map(|told| placements(told.lives, *quarter)).collect(),
            exclusions: told.iter().flat_map(|told| asked.exclusions(told, *quarter, quarters_ago)).collect(),
        })
        .collect();
    facts.reverse();
    facts
}

fn outflow(lives: &[Life], quarter: Quarter) -> Vec<ClientOutflow> {
    let recorded = |life: &Life| {
        let outflow = life.outflow.clone().filter(|outflow| quarter.contains(outflow.benefit_ended_on))?;
        Some(ClientOutflow { client_ref: life.client.number.clone(), outflow })
    };
    lives.iter().filter_map(recorded).collect()
}

fn placements(lives: &[Life], quarter: Quarter) -> Vec<ClientPlacement> {
    let recorded = |life: &Life| {
        life.line.placed_on.filter(|placed| quarter.contains(*placed))?;
        Some(ClientPlacement { client_ref: life.client.number.clone(), placement: life.placement.clone()? })
    };
    lives.iter().filter_map(recorded).collect()
}

/// Counts the cases that fell short, so that the answers take turns.
#[derive(Default)]
struct Asked {
    plans: usize,
    agreements: usize,
    no_outflow: usize,
}

impl Asked {
    fn exclusions(&mut self, told: &Told, quarter: Quarter, quarters_ago: usize) -> Vec<Exclusion> {
        if !told.firm.habits(quarters_ago).asks_exclusion {
            return Vec::new();
        }
        let decided_on = working_day_from(add_days(quarter.last_day(), 36));
        let ask = |life: &Life, (indicator, code, accepted, reason)| Exclusion {
            kvk: told.provider.kvk.clone(),
            case_ref: life.line.case_ref.clone(),
            indicator,
            code,
            accepted,
            reason,
            decided_on,
        };
        let mut asked = Vec::new();
        for life in told.lives {
            asked.extend(self.for_plan(life, quarter).map(|answer| ask(life, answer)));
            asked.extend(self.for_agreement(life, quarter).map(|answer| ask(life, answer)));
            asked.extend(self.for_outflow(life, quarter).map(|answer| ask(life, answer)));
        }
        asked
    }

    fn for_plan(&mut self, life: &Life, quarter: Quarter) -> Option<Answer> {
        let late = life.line.plan_agreed_on.is_some_and(|plan| plan > life.plan_due());
        if !late || !quarter.contains(life.plan_due()) {
            return None;
        }
        self.plans += 1;
        match self.plans % 4 {
            1 => Some((Some(1), ExclusionCode::R2, true, "Cliënt was opgenomen in het ziekenhuis.")),
            2 => Some((Some(1), ExclusionCode::R1, false, "Er is maar één poging tot contact aangetoond.")),
            _ => None,
        }
    }

    fn for_agreement(&mut self, life: &Life, quarter: Quarter) -> Option<Answer> {
        let due = add_days(life.line.plan_agreed_on?, 14);
        if !quarter.contains(due) || life.line.client_agreed_on.is_some() {
            return None;
        }
        self.agreements += 1;
        match self.agreements % 3 {
            1 => Some((Some(2), ExclusionCode::R5, true, "Cliënt wil niet tekenen. De reden staat in het dossier.")),
            _ => None,
        }
    }

    fn for_outflow(&mut self, life: &Life, quarter: Quarter) -> Option<Answer> {
        if life.line.profile != "P1" || !quarter.contains(life.outflow_due()) {
            return None;
        }
        match &life.outflow {
            Some(Outflow { reason: BenefitEndReason::Work, benefit_ended_on }) => {
                let late = *benefit_ended_on > life.outflow_due();
                late.then_some((Some(8), ExclusionCode::N6, false, "Het profiel is pas na de termijn gewijzigd."))
            }
            Some(_) => Some((Some(8), ExclusionCode::N3, true, "De uitkering stopte omdat de cliënt gaat studeren.")),
            None => {
                self.no_outflow += 1;
                match self.no_outflow % 4 {
                    1 => Some((Some(8), ExclusionCode::N2, true, "Cliënt is verhuisd naar een andere gemeente.")),
                    2 => Some((Some(8), ExclusionCode::N6, false, "Het profiel is pas na de termijn gewijzigd.")),
                    _ => None,
                }
            }
        }
    }
}

type Answer = (Option<u8>, ExclusionCode, bool, &'static str);

/// A survey every half year, the last one in the last quarter.
pub fn surveys(told: &[Told], quarters: &[Quarter], random: &mut Random) -> Vec<Survey> {
    let mut held = Vec::new();
    for (quarters_ago, quarter) in quarters.iter().rev().enumerate().step_by(2) {
        let due_on = working_day_until(add_days(quarter.first_day(), 76));
        let participants = (told.iter())
            .filter(|told| told.provider.quarters.iter().any(|stated| stated.quarter == *quarter))
            .map(|told| participant(told, *quarter, quarters_ago, due_on, random))
            .collect();
        held.push(Survey { reference: format!("CO-{}", quarter.path()), due_on, participants });
    }
    held.reverse();
    held
}

fn participant(
    told: &Told,
    quarter: Quarter,
    quarters_ago: usize,
    due_on: NaiveDate,
    random: &mut Random,
) -> SurveyParticipant {
    let runs = |life: &Life| {
        life.line.referred_on <= due_on && life.line.ended_on.is_none_or(|ended| ended >= quarter.first_day())
    };
    let had_active_clients = told.lives.iter().any(runs);
    let kvk: Kvk = told.provider.kvk.clone();
    let cooperated_on = match had_active_clients {
        false => None,
        true if told.firm.has(quarters_ago, Event::SurveyIgnored) => None,
        true if told.firm.has(quarters_ago, Event::SurveyLate) => Some(working_day_from(add_days(due_on, 6))),
        true => Some(some_working_day(random, add_days(due_on, -30), add_days(due_on, -1))),
    };
    SurveyParticipant { kvk, had_active_clients, cooperated_on }
}
