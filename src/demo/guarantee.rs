//! What the invented municipality promises, whatever the quarter and the seed: it shows everything the product can
//! say, and a contract manager who looks closely finds nothing impossible.

use std::collections::{BTreeMap, BTreeSet};

use crate::demo::table::{accepted, lay_out};
use crate::demo::{Municipality, Provider, invent};
use crate::indicator::{Finding, Label, Verdict, judge};
use crate::quarter::Quarter;

fn municipality(last: &str, seed: u64) -> Municipality {
    invent(last.parse().unwrap(), seed)
}

fn findings(municipality: &Municipality, quarter: Quarter) -> BTreeMap<&'static str, Vec<Finding>> {
    let of = |provider: &Provider| (provider.name, judge(&lay_out(municipality, provider, quarter)).findings);
    municipality.providers.iter().map(of).collect()
}

#[test]
fn show() {
    let noordermeer = municipality("2026-Q3", 1);
    for quarter in &noordermeer.quarters {
        println!("== {quarter}");
        let mut total = 0;
        for provider in &noordermeer.providers {
            let facts = lay_out(&noordermeer, provider, *quarter);
            let running = facts.trajectories.iter().filter(|t| t.ended_on.is_none()).count();
            let cost: i64 =
                accepted(provider, *quarter).last().map_or(0, |d| d.statement.costs.iter().map(|c| c.amount.0).sum());
            total += cost;
            let cells: Vec<String> = judge(&facts)
                .findings
                .iter()
                .map(|f| {
                    let v = match f.verdict {
                        Verdict::Met => "+",
                        Verdict::Attention => "~",
                        Verdict::Missed => "X",
                        Verdict::NotApplicable => ".",
                        Verdict::Monitored => "m",
                    };
                    let strict = if (f.numerator, f.denominator) != (f.strict_numerator, f.strict_denominator) {
                        "*"
                    } else {
                        ""
                    };
                    format!("{:>6}{}{}", format!("{}/{}", f.numerator, f.denominator), v, strict)
                })
                .collect();
            println!(
                "{:<30.30} run {:>3} all {:>3} €{:>7.2} {}",
                provider.name,
                running,
                facts.trajectories.len(),
                cost as f64 / 100.0,
                cells.join(" ")
            );
        }
        println!("total {}", total / 100);
    }
    let all: BTreeSet<&str> = noordermeer
        .providers
        .iter()
        .flat_map(|p| &p.quarters)
        .flat_map(|q| &q.deliveries)
        .flat_map(|d| &d.statement.trajectories)
        .map(|t| t.case_ref.as_str())
        .collect();
    println!("trajectories {}", all.len());
    let _: Option<Label> = None;
}
