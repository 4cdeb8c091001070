//! A statement about the third quarter of 2026, and the town in which it is handed in: what several tests stand on.

use openhouse::money::{Cents, Hundredths};
use openhouse::provider::Provider;
use openhouse::statement::{CostLine, Head, Statement, TrajectoryLine};

use crate::gather::town::{Town, day, q3, town};
use crate::ground::Ground;

/// A town with one provider whose agreement runs.
pub fn town_of(ground: &Ground) -> (Town, Provider) {
    let made: diesel::QueryResult<(Town, Provider)> = ground.db.write(|conn| {
        let town = town(conn, "Noordermeer")?;
        let id = town.provider(conn, 1)?;
        let provider = openhouse::provider::store::find_by_id(conn, &town.actor, id)?.expect("it was registered");
        Ok((town, provider))
    });
    made.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend))
}

/// One trajectory, and so many hours charged for it in August.
pub fn statement(provider: &Provider, hours: i64) -> Statement {
    let contact = "contact@gemeente.example".to_owned();
    let trajectory = TrajectoryLine {
        row: 2,
        case_ref: "D-1".to_owned(),
        client_ref: "C-1".to_owned(),
        client_name: None,
        contact: contact.clone(),
        profile: "P2".to_owned(),
        product: "RE-1".to_owned(),
        referred_on: day("2026-07-06"),
        started_on: None,
        plan_agreed_on: Some(day("2026-07-20")),
        agreed_results: 1,
        client_agreed_on: Some(day("2026-07-20")),
        coach_involved: false,
        coach_agreed_on: None,
        contact_informed_on: Some(day("2026-07-21")),
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
        ladder_start: None,
        ladder_now: None,
    };
    let charged = CostLine {
        row: 2,
        line: "1".to_owned(),
        case_ref: "D-1".to_owned(),
        contact,
        product: "RE-1".to_owned(),
        from: day("2026-08-03"),
        until: day("2026-08-28"),
        unit: "uur".to_owned(),
        quantity: Hundredths(hours * 100),
        tariff: Cents(5_000),
        amount: Cents(hours * 5_000),
        vat: None,
        invoice: String::new(),
        corrects: None,
    };
    let head = Head { kvk: provider.kvk.clone(), quarter: q3(), nil_return: false, note: String::new() };
    Statement {
        head,
        trajectories: vec![trajectory],
        feedback: Vec::new(),
        staff: Vec::new(),
        complaints: Vec::new(),
        costs: vec![charged],
    }
}

/// Nothing to state.
pub fn nil_return(provider: &Provider) -> Statement {
    let mut nil = statement(provider, 1);
    nil.head.nil_return = true;
    Statement { trajectories: Vec::new(), costs: Vec::new(), ..nil }
}
