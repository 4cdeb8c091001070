//! Sleeping providers (slapende aanbieders): admitted, and for a year without a client. In an Open House that may be; each
//! costs the municipality work all the same, so it is told. How long that is, stands in the terms.

use std::collections::HashSet;

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement;
use crate::db::Conn;
use crate::procedure::store::terms;
use crate::provider::{self, Provider};
use crate::schema::trajectory;

/// A provider without a client for so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sleeping {
    pub provider: Provider,
    /// The last day on which it had a client; none when it never had one.
    pub last: Option<NaiveDate>,
}

/// Whose agreement runs, and ran a year ago, without a client since then; in alphabetical order.
pub fn of(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Vec<Sleeping>> {
    let months = terms(conn, actor, today)?.sleeping_months;
    without_clients(conn, actor, today, Months::new(months))
}

/// The same for so many months.
pub fn without_clients(conn: &mut Conn, actor: &Actor, today: NaiveDate, months: Months) -> QueryResult<Vec<Sleeping>> {
    let since = today.checked_sub_months(months).unwrap_or(NaiveDate::MIN);
    let providers = provider::store::all(conn, actor)?;
    let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
    let accessions = agreement::store::of(conn, actor, &ids)?;
    let runs_on = |id: i64, day: NaiveDate| accessions.iter().any(|one| one.provider_id == id && one.covers(day));
    let awake: HashSet<i64> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::counts_until.ge(since)))
        .select(trajectory::provider_id)
        .distinct()
        .load::<i64>(conn)?
        .into_iter()
        .collect();
    let asleep: Vec<Provider> = providers
        .into_iter()
        .filter(|one| !awake.contains(&one.id) && runs_on(one.id, today) && runs_on(one.id, since))
        .collect();
    let ids: Vec<i64> = asleep.iter().map(|one| one.id).collect();
    let ended: Vec<(i64, NaiveDate)> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq_any(ids)))
        .select((trajectory::provider_id, trajectory::counts_until))
        .load(conn)?;
    let last = |id| ended.iter().filter(|(of, _)| *of == id).map(|(_, day)| *day).max();
    Ok(asleep.into_iter().map(|provider| Sleeping { last: last(provider.id), provider }).collect())
}
