//! Table `budget_alarm`: when so much of a source is spent, finance is told (alarm), once in a year.
//!
//! "Bestedingsruimte: alarm bij 70%, gesprek binnen 2 weken" (national contract standard 1.5.7). Spent are the lines that were
//! approved, batches and other costs; the percentage is a term that the municipality may set.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::figures::{FigureKind, by_source, read};
use super::{count, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::dossier::mails::{people, send};
use crate::mail::{LINK, MailKind};
use crate::procedure::store::terms;
use crate::schema::budget_alarm;

/// Every morning: this year is counted, where there is a budget for it, and finance is told of each source that passed the
/// alarm. Answers how many sources that were.
pub fn follow(conn: &mut Conn, system: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let year = today.year();
    if store::budgets(conn, system, year)?.is_empty() {
        return Ok(0);
    }
    count::again(conn, system, now, today, year)?;
    ring(conn, system, now, today)
}

/// Tells finance of the sources that passed the alarm since, by the last count of this year.
pub fn ring(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let year = today.year();
    let percent = terms(conn, actor, today)?.budget_alarm_percent;
    let counted = read(conn, actor, year, &[FigureKind::Product])?;
    let (sources, budgets) = (store::sources(conn, actor)?, store::budgets(conn, actor, year)?);
    let bookings = store::bookings(conn, actor, year)?;
    let mut told = 0;
    for row in by_source(&sources, &budgets, &bookings, counted.as_ref()) {
        let Some((source, name)) = row.source.as_ref().filter(|_| row.rings(percent)) else { continue };
        let known = budget_alarm::table.find((actor.tenant(), year, source));
        if diesel::select(diesel::dsl::exists(known)).get_result(conn)? {
            continue;
        }
        diesel::insert_into(budget_alarm::table)
            .values((
                (budget_alarm::municipality_id.eq(actor.tenant()), budget_alarm::year.eq(year)),
                (budget_alarm::source_id.eq(source), budget_alarm::percent.eq(i64::from(percent))),
                budget_alarm::told_at.eq(now),
            ))
            .execute(conn)?;
        tell(conn, actor, now, year, name, percent)?;
        let (object, detail) = (format!("budget/{year}/source/{source}"), format!("{percent}%"));
        let act = Act { action: "budget.alarm", object: &object, result: "done", detail: &detail };
        audit::record(conn, actor, now, act)?;
        told += 1;
    }
    Ok(told)
}

fn tell(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, year: i32, source: &str, percent: u32) -> QueryResult<()> {
    for person in people(conn, actor, &[Role::Finance], None)? {
        let values = [
            ("bron", source.to_owned()),
            ("jaar", year.to_string()),
            ("percentage", percent.to_string()),
            (LINK, format!("/begroting/{year}")),
        ];
        send(conn, actor, now, MailKind::BudgetAlarm, &person, &values, None)?;
    }
    Ok(())
}
