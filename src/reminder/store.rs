//! Table `daily_round`: on which days a municipality had its round.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::{daily_round, municipality};

/// The municipalities that have not had their round on this day.
pub fn without_round(conn: &mut Conn, day: NaiveDate) -> QueryResult<Vec<i64>> {
    let done: Vec<i64> =
        daily_round::table.filter(daily_round::day.eq(day)).select(daily_round::municipality_id).load(conn)?;
    let rest = municipality::table.filter(municipality::id.ne_all(done));
    rest.order(municipality::id).select(municipality::id).load(conn)
}

pub fn was_done(conn: &mut Conn, municipality_id: i64, day: NaiveDate) -> QueryResult<bool> {
    let row = daily_round::table.find((municipality_id, day));
    diesel::select(diesel::dsl::exists(row)).get_result(conn)
}

/// Writes down that the round of this day was done; the first time counts.
pub fn note(conn: &mut Conn, system: &Actor, now: NaiveDateTime, day: NaiveDate) -> QueryResult<()> {
    if was_done(conn, system.tenant(), day)? {
        return Ok(());
    }
    diesel::insert_into(daily_round::table)
        .values((
            daily_round::municipality_id.eq(system.tenant()),
            daily_round::day.eq(day),
            daily_round::done_at.eq(now),
        ))
        .execute(conn)?;
    let object = format!("round/{day}");
    audit::record(conn, system, now, Act { action: "round.run", object: &object, result: "done", detail: "" })
}
