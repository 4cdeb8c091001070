//! The count (telling) of a year: every line and every trajectory that runs is added up once and the sums are kept, so that a
//! page has only those to read. It is made anew every morning, after each approval and whenever somebody asks.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::commitment::due;
use super::figures::{Figure, FigureKind};
use super::gather::{self, Shelf};
use super::store::Fault;
use super::{Refusal, days_of, may_write};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::procedure::batches;
use crate::schema::{budget_count, budget_figure};

/// Figures by kind and of what.
type Figures = BTreeMap<(FigureKind, String), Figure>;

/// What one thing that is counted belongs to.
struct Of<'a> {
    product_id: i64,
    provider_id: i64,
    /// Empty for what has none.
    profile: &'a str,
}

impl Of<'_> {
    /// Adds the same to product, profile and provider, and to a month where there is one: so their sums are equal.
    fn add(&self, to: &mut Figures, month: Option<NaiveDate>, change: impl Fn(&mut Figure)) {
        let month = month.map(|day| (FigureKind::Month, day.format("%Y-%m").to_string()));
        let all = [
            (FigureKind::Product, self.product_id.to_string()),
            (FigureKind::Profile, self.profile.to_owned()),
            (FigureKind::Provider, self.provider_id.to_string()),
        ];
        for key in all.into_iter().chain(month) {
            change(to.entry(key).or_default());
        }
    }
}

/// Counts a year anew, and answers how many figures that came to.
pub fn run(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate, year: i32) -> Result<usize, Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    Ok(again(conn, actor, now, today, year)?)
}

/// The same after an act that changed what is counted, whoever did it.
pub(super) fn again(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    year: i32,
) -> QueryResult<usize> {
    let Some(days) = days_of(year) else { return Ok(0) };
    let figures = figures(conn, actor, today, year, days)?;
    let outflows = gather::outflows(conn, actor, days)?;
    keep(conn, actor, now, (today, year), outflows, &figures)?;
    let (object, detail) = (format!("budget/{year}"), format!("{} figures", figures.len()));
    audit::record(conn, actor, now, Act { action: "budget.count", object: &object, result: "done", detail: &detail })?;
    Ok(figures.len())
}

fn figures(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    year: i32,
    days: (NaiveDate, NaiveDate),
) -> QueryResult<Figures> {
    let (mut found, batches, shelf) = (Figures::new(), batches::all(conn, actor)?, gather::shelf(conn, actor)?);
    for line in gather::sums(conn, actor, days, &batches, false)? {
        let of = Of { product_id: line.product_id, provider_id: line.provider_id, profile: &line.profile };
        of.add(&mut found, Some(line.day), |figure| figure.open = figure.open + line.amount);
    }
    for line in gather::sums(conn, actor, days, &batches, true)? {
        let of = Of { product_id: line.product_id, provider_id: line.provider_id, profile: &line.profile };
        of.add(&mut found, Some(line.day), |figure| {
            figure.open = figure.open - line.amount;
            figure.spent = figure.spent + line.amount;
        });
    }
    for (_, product_id, provider_id, profile) in gather::paid_trajectories(conn, actor, days)? {
        Of { product_id, provider_id, profile: &profile }.add(&mut found, None, |figure| figure.trajectories += 1);
    }
    for batch in batches.iter().filter(|one| (days.0..=days.1).contains(&one.bought_on)) {
        let of = Of { product_id: batch.product_id, provider_id: batch.provider_id, profile: "" };
        let paid = batch.paid.unwrap_or_default();
        of.add(&mut found, Some(batch.bought_on), |figure| figure.spent = figure.spent + paid);
    }
    commit(conn, actor, today, year, &shelf, &mut found)?;
    Ok(found)
}

/// What runs today, and what is still to come of it in this year and after.
fn commit(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    year: i32,
    shelf: &Shelf,
    to: &mut Figures,
) -> QueryResult<()> {
    for one in gather::running(conn, actor, today, None)? {
        let of = Of { product_id: one.product_id, provider_id: one.provider_id, profile: &one.profile };
        let offered = shelf.product(one.product_id);
        let version = offered.and_then(|offered| shelf.version(&offered.code, today));
        let due = offered
            .zip(version)
            .and_then(|(offered, version)| due(&one.running, &version.product, &offered.tariffs, today));
        let unknown = i64::from(due.is_none());
        of.add(to, None, |figure| {
            figure.running += 1;
            figure.unknown += unknown;
        });
        for part in due.unwrap_or_default() {
            match part.month.year() {
                of_part if of_part == year => {
                    of.add(to, Some(part.month), |figure| figure.committed = figure.committed + part.amount);
                }
                of_part if of_part > year => of.add(to, None, |figure| figure.later = figure.later + part.amount),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Puts the figures in the place of those of the count before.
fn keep(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    (today, year): (NaiveDate, i32),
    outflows: i64,
    figures: &Figures,
) -> QueryResult<()> {
    let tenant = actor.tenant();
    let old = budget_figure::municipality_id.eq(tenant).and(budget_figure::year.eq(year));
    diesel::delete(budget_figure::table.filter(old)).execute(conn)?;
    let before = budget_count::municipality_id.eq(tenant).and(budget_count::year.eq(year));
    diesel::delete(budget_count::table.filter(before)).execute(conn)?;
    diesel::insert_into(budget_count::table)
        .values((
            (budget_count::municipality_id.eq(tenant), budget_count::year.eq(year)),
            (budget_count::counted_on.eq(today), budget_count::counted_at.eq(now)),
            (budget_count::counted_by.eq(actor.name()), budget_count::outflows.eq(outflows)),
        ))
        .execute(conn)?;
    for ((kind, what), figure) in figures {
        diesel::insert_into(budget_figure::table)
            .values((
                (budget_figure::municipality_id.eq(tenant), budget_figure::year.eq(year)),
                (budget_figure::kind.eq(kind), budget_figure::of_what.eq(what)),
                (budget_figure::spent_cents.eq(figure.spent), budget_figure::open_cents.eq(figure.open)),
                (budget_figure::committed_cents.eq(figure.committed), budget_figure::later_cents.eq(figure.later)),
                (budget_figure::trajectories.eq(figure.trajectories), budget_figure::running.eq(figure.running)),
                budget_figure::unknown.eq(figure.unknown),
            ))
            .execute(conn)?;
    }
    Ok(())
}
