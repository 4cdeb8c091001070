//! How long judging takes: provider-quarters of 100 trajectories, reading the facts not included.
//! `cargo bench --bench judge`; the aim is a median under 50 µs.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use openhouse::calendar::add_days;
use openhouse::facts::{QuarterFacts, read};
use openhouse::indicator::judge;
use serde_json::{Value, json};

/// Enough different ones that the processor cannot learn the answers by heart.
const PROVIDERS: usize = 64;
const TRAJECTORIES: i64 = 100;
const ROUNDS: usize = 500;

fn main() {
    let providers: Vec<QuarterFacts> = (0..PROVIDERS as u64).map(provider_quarter).collect();
    let mut cases = 0;
    let mut times = Vec::with_capacity(PROVIDERS * ROUNDS);
    for _ in 0..ROUNDS {
        for facts in &providers {
            let started = Instant::now();
            let findings = black_box(judge(black_box(facts)));
            times.push(started.elapsed());
            cases += findings.findings.iter().map(|finding| finding.cases.len()).sum::<usize>();
        }
    }
    times.sort_unstable();
    let at = |share: f64| micros(times[(times.len() as f64 * share) as usize]);
    println!(
        "judge: {} times, {} trajectories each, {} cases on average",
        times.len(),
        TRAJECTORIES,
        cases / times.len()
    );
    println!("median {:.1} µs, p99 {:.1} µs", at(0.5), at(0.99));
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// An invented provider: trajectories of up to a year and a half, most things in time, some late or missing.
fn provider_quarter(seed: u64) -> QuarterFacts {
    let mut dice = Dice(seed);
    let first = NaiveDate::from_ymd_opt(2026, 7, 1).expect("it is a day");
    let day = |days: i64| json!(add_days(first, days));
    let trajectories: Vec<Value> = (0..TRAJECTORIES).map(|number| trajectory(number, &mut dice, &day)).collect();
    let professionals: Vec<Value> = (0..12)
        .map(|number| {
            let vog = dice.roll(-1000, -10);
            json!({
                "ref": format!("M{number:03}"), "kind": "employee", "client_contact": true,
                "active_from": day(dice.roll(-900, 60)),
                "vogs": [
                    {"valid_from": day(vog), "valid_until": day(vog + 1095)},
                    {"valid_from": day(vog + 1090), "valid_until": day(vog + 2185)}
                ]
            })
        })
        .collect();
    let complaints: Vec<Value> = (0..3)
        .map(|number| {
            let received = dice.roll(-30, 90);
            json!({"ref": format!("K{number}"), "received_on": day(received), "reported_on": day(received + 5)})
        })
        .collect();
    let facts = json!({
        "format": "openhouse-quarter-facts/1", "quarter": "2026-Q3",
        "provider": {"kvk": "12345678", "name": "Voorbeeld BV"}, "agreement": {"active_from": "2025-01-01"},
        "trajectories": trajectories, "professionals": professionals,
        "surveys": [{"ref": "O1", "due_on": "2026-09-01", "had_active_clients": true, "cooperated_on": "2026-08-20"}],
        "complaints": {
            "procedure_valid_until": "2027-12-31", "adviser_named": true, "statement_due_on": "2026-10-28",
            "statement_received_on": "2026-10-20", "items": complaints
        },
        "cost_statement": {"due_on": "2026-10-28", "received_on": "2026-10-20", "complete": true}
    });
    read(facts.to_string().as_bytes()).expect("the invented facts are well formed")
}

fn trajectory(number: i64, dice: &mut Dice, day: &impl Fn(i64) -> Value) -> Value {
    let referred = dice.roll(-450, 85);
    let plan = referred + dice.roll(7, 24);
    let term = plan + dice.roll(90, 400);
    let feedback: Vec<Value> = (1..=4)
        .map(|month| {
            let due = plan + 60 * month;
            json!({"due_on": day(due), "done_on": day(due + dice.roll(-10, 1))})
        })
        .collect();
    let mut trajectory = json!({
        "case_ref": format!("T-2026-{number:04}"), "profile": format!("P{}", dice.roll(1, 5)),
        "referred_on": day(referred), "plan_agreed_on": day(plan), "agreed_results": dice.roll(0, 4),
        "client_agreed_on": day(plan + dice.roll(0, 16)), "contact_informed_on": day(plan + dice.roll(0, 9)),
        "feedback": feedback, "term_ends_on": day(term), "suspended_days": dice.roll(0, 3) * 7
    });
    if dice.roll(0, 1) == 0 {
        let ended = plan + dice.roll(60, 420);
        trajectory["ended_on"] = day(ended);
        trajectory["end_reason"] = json!(["completed", "work", "dropout", "other"][dice.roll(0, 3) as usize]);
        trajectory["benefit_ended_on"] = day(referred + dice.roll(60, 150));
        trajectory["benefit_end_reason"] = json!("work");
        trajectory["outflow_confirmed"] = json!(true);
    }
    if dice.roll(0, 9) == 0 {
        trajectory["indication_on"] = day(referred + 5);
        trajectory["placed_on"] = day(referred + dice.roll(100, 220));
        trajectory["placement_confirmed"] = json!(true);
    }
    if dice.roll(0, 9) == 0 {
        trajectory["exclusions"] = json!([{"code": "R2", "accepted": true}, {"code": "N3", "accepted": false}]);
    }
    trajectory
}

/// The same numbers at every run (a linear congruential generator).
struct Dice(u64);

impl Dice {
    /// A number from `low` to `high`, both ends included.
    fn roll(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) as i64) % (high - low + 1)
    }
}
