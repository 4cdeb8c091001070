//! The money of the invented municipality (begroting): a budget from the Participatiebudget, other costs, lines that finance
//! approved, and who waits for sheltered work. What is spent and committed follows from the lines themselves.

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::load::Loading;
use crate::account::store::grants;
use crate::actor::{Actor, Role};
use crate::budget::lines::{Wanted, list};
use crate::budget::store::{self, Fault, NewBooking, NewBudget};
use crate::budget::{LineState, alarm, approval, count, days_of, places};
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::demo::settled_quarter;
use crate::money::Cents;
use crate::procedure::store::product_ids;

/// As in the Startdocument: "Participatiebudget € 438.198".
const PARTICIPATION: Cents = Cents(43_819_800);
/// For what goes with sheltered work.
const SHELTERED: (&str, &str, Cents) = ("Middelen beschut werk", "RE-P5-BW", Cents(2_600_000));
/// Month, kind, what it was for, and whole euros.
const OTHER: [(u32, &str, &str, i64); 4] = [
    (2, "Vervoer", "Busabonnementen voor stageplekken", 3_150),
    (3, "Scholing", "Drie vorkheftruckcertificaten", 1_485),
    (5, "Voorlichting", "Inloopmiddag voor werkgevers", 960),
    (9, "Vervoer", "Fietsen voor vroege diensten", 2_240),
];
/// Number of the client, and since so many days the indication.
const WAITING: [(&str, i64); 3] = [("CW-01", 212), ("CW-02", 96), ("CW-03", 31)];

/// Makes it all, once.
pub(super) fn come_in(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let finance = finance(conn, tenant)?;
        if store::budgets(conn, &finance, today.year())?.is_empty() {
            lay_out(conn, &finance, to.now, today)?;
        }
        anyhow::Ok(())
    })
}

fn finance(conn: &mut Conn, tenant: i64) -> anyhow::Result<Actor> {
    let all = grants(conn)?;
    let own = all.iter().find(|grant| grant.municipality_id == tenant && grant.role == Role::Finance);
    let own = own.context("the demo has nobody who pays")?;
    Ok(Actor::of_municipality(&own.name, Role::Finance, tenant, "demo").with_account(own.account_id))
}

fn lay_out(conn: &mut Conn, finance: &Actor, now: NaiveDateTime, today: NaiveDate) -> anyhow::Result<()> {
    let (year, products) = (today.year(), product_ids(conn, finance)?);
    let (source, code, amount) = SHELTERED;
    let sheltered = *products.get(code).context("the catalogue has sheltered work")?;
    let mut others: Vec<i64> = products.values().copied().filter(|id| *id != sheltered).collect();
    others.sort_unstable();
    let set = |conn: &mut Conn, at: (Option<i64>, i32), new: &NewBudget| {
        store::set(conn, finance, now, year, at, new).map_err(said)
    };
    let new = |name: &str, amount, products, reason: &str| NewBudget {
        name: name.to_owned(),
        amount,
        products,
        reason: reason.to_owned(),
    };
    let first = new("Participatiebudget", Cents(43_000_000), others.clone(), "");
    let main = set(conn, (None, 0), &first)?;
    set(conn, (Some(main), 1), &new("Participatiebudget", PARTICIPATION, others, "De meicirculaire geeft meer."))?;
    set(conn, (None, 0), &new(source, amount, vec![sheltered], ""))?;
    for (month, category, description, euros) in OTHER {
        let month = NaiveDate::from_ymd_opt(year, month, 1).filter(|day| *day <= today);
        let Some(month) = month else { continue };
        let amount = Cents(euros * 100);
        let booking = NewBooking {
            source_id: main,
            month,
            category: category.to_owned(),
            description: description.to_owned(),
            amount,
        };
        store::book(conn, finance, now, year, &booking).map_err(said)?;
    }
    for (client, days) in WAITING {
        places::join(conn, finance, now, today, sheltered, client, add_days(today, -days)).map_err(said)?;
    }
    approve(conn, finance, now, today)?;
    count::run(conn, finance, now, today, year).map_err(said)?;
    alarm::ring(conn, finance, now, today)?;
    Ok(())
}

/// The lines of this year from the quarters before the newest; those of the newest wait to be looked at.
fn approve(conn: &mut Conn, finance: &Actor, now: NaiveDateTime, today: NaiveDate) -> anyhow::Result<()> {
    let newest = settled_quarter(today).to_string();
    let days = days_of(today.year()).context("a year that has a budget")?;
    let wanted = Wanted { days, product: None, provider: None, profile: None, state: Some(LineState::Open) };
    let open = list(conn, finance, &wanted, 0, i64::MAX)?;
    let ready: Vec<(i64, Cents)> =
        open.iter().filter(|line| line.quarter < newest).map(|line| (line.id, line.amount)).collect();
    for part in ready.chunks(200) {
        approval::approve(conn, finance, now, part).map_err(said)?;
    }
    Ok(())
}

fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow!("{refusal:?}"),
        Fault::Trouble(cause) => cause.into(),
    }
}
