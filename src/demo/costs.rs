//! What a provider charges in a quarter (kosten), as its trajectories really ran: monthly products while they run,
//! fixed prices at their milestones, hours as they were worked.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{add_days, add_months};
use crate::demo::days::{working_day_from, working_day_until};
use crate::demo::life::Life;
use crate::demo::people::Desk;
use crate::demo::random::Random;
use crate::demo::{Pricing, Product};
use crate::money::Hundredths;
use crate::quarter::Quarter;
use crate::statement::CostLine;
use crate::trajectory::EndReason;

/// A delivery of part of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub quantity: Hundredths,
}

/// All charges of one trajectory over its whole life, never more than the product allows.
pub fn charges(life: &Life, product: &Product, random: &mut Random) -> Vec<Charge> {
    let (Some(started), Some(plan)) = (life.line.started_on, life.line.plan_agreed_on) else { return Vec::new() };
    let ended = life.line.ended_on.unwrap_or(NaiveDate::MAX);
    let dropped_out = life.line.end_reason == Some(EndReason::Dropout);
    let moment = |day, quantity| Charge { from: day, until: day, quantity: Hundredths(quantity) };
    let mut charged = match product.pricing {
        Pricing::PerUnit if product.unit == "month" => {
            months(started, ended).map(|(from, until)| Charge { from, until, quantity: Hundredths(100) }).collect()
        }
        Pricing::PerUnit => months(started, ended)
            .map(|(from, until)| Charge { from, until, quantity: Hundredths(25 * random.between(2, 9)) })
            .collect(),
        Pricing::FixedPerTrajectory if product.unit == "placement" => {
            life.line.placed_on.map(|placed| moment(placed, 100)).into_iter().collect()
        }
        Pricing::FixedPerTrajectory => vec![moment(working_day_from(plan), 100)],
        Pricing::Instalments => {
            let term = life.line.term_ends_on.unwrap_or(add_months(plan, 4));
            let half_way = working_day_until(add_days(plan, (term - plan).num_days() / 2));
            let mut parts = vec![moment(plan, 40), moment(half_way, 40)];
            if !dropped_out && ended < NaiveDate::MAX {
                parts.push(moment(ended, 20));
            }
            parts
        }
    };
    charged.retain(|charge| charge.until <= ended);
    let mut left = product.max_quantity;
    charged.retain_mut(|charge| {
        charge.quantity = charge.quantity.min(left);
        left = Hundredths(left.0 - charge.quantity.0);
        charge.quantity.0 > 0
    });
    charged
}

/// The calendar months of a trajectory, cut off at its beginning and end. A month of fewer than ten days is not
/// charged, and three years are more than any product lasts.
fn months(started: NaiveDate, ended: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let first = started.with_day(1).unwrap_or(started);
    (0..37)
        .map(move |n| (add_months(first, n).max(started), add_days(add_months(first, n + 1), -1).min(ended)))
        .filter(|(from, until)| (*until - *from).num_days() >= 9)
}

/// The lines of one quarter, numbered from 1 and priced with the tariff that was valid on their first day.
pub fn lines(
    lives: &[&Life],
    charged: &[&[Charge]],
    quarter: Quarter,
    products: &[Product],
    desks: &[Desk],
) -> Vec<CostLine> {
    let mut lines: Vec<CostLine> = Vec::new();
    for (life, charges) in lives.iter().zip(charged) {
        let Some(product) = products.iter().find(|product| product.code == life.line.product) else { continue };
        for charge in charges.iter().filter(|charge| quarter.contains(charge.from)) {
            let tariff = product.tariff(charge.from);
            lines.push(CostLine {
                row: 0,
                line: (lines.len() + 1).to_string(),
                case_ref: life.line.case_ref.clone(),
                contact: desks[life.client.desk].holder(charge.from).email.clone(),
                product: product.code.to_owned(),
                from: charge.from,
                until: charge.until,
                unit: product.unit_nl.to_owned(),
                quantity: charge.quantity,
                tariff,
                amount: charge.quantity.times(tariff),
                vat: None,
                invoice: format!(
                    "F{}-{}",
                    charge.from.format("%Y%m"),
                    life.line.case_ref.split('-').next().unwrap_or("")
                ),
                corrects: None,
            });
        }
    }
    lines
}

/// Takes back part of the last line that is charged by the hour: half an hour, or all of it where it was less.
pub fn correct(lines: &mut Vec<CostLine>) {
    let Some(wrong) = lines.iter().rev().find(|line| line.unit == "uur").cloned() else { return };
    let quantity = Hundredths(-wrong.quantity.0.min(50));
    let amount = quantity.times(wrong.tariff);
    let corrects = Some(wrong.line.clone());
    let line = (lines.len() + 1).to_string();
    lines.push(CostLine { line, quantity, amount, corrects, ..wrong });
}
