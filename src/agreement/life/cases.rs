//! Who is with a provider now (lopende trajecten): by case number, for the list of clients to hand over, and the last day
//! on which anybody was.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::trajectory;

/// The case numbers that run on this day, per provider, in their order. A provider's person gets only his own.
pub fn cases(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<HashMap<i64, Vec<String>>> {
    let mut query = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()))
        .filter(trajectory::ended_on.is_null().or(trajectory::ended_on.gt(today)))
        .filter(trajectory::referred_on.le(today))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(trajectory::provider_id.eq(own));
    }
    let rows: Vec<(i64, String)> =
        query.order(trajectory::case_ref).select((trajectory::provider_id, trajectory::case_ref)).load(conn)?;
    let mut cases: HashMap<i64, Vec<String>> = HashMap::new();
    for (provider, case) in rows {
        cases.entry(provider).or_default().push(case);
    }
    Ok(cases)
}

/// The same of one provider.
pub fn cases_of(conn: &mut Conn, actor: &Actor, provider_id: i64, today: NaiveDate) -> QueryResult<Vec<String>> {
    Ok(cases(conn, actor, today)?.remove(&provider_id).unwrap_or_default())
}

/// The last day on which the provider had a client: today while there is one, none when there never was.
pub fn last_client(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    today: NaiveDate,
) -> QueryResult<Option<NaiveDate>> {
    let mine = trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id));
    let rows: Vec<Option<NaiveDate>> = trajectory::table
        .filter(mine.and(trajectory::referred_on.le(today)))
        .select(trajectory::ended_on)
        .load(conn)?;
    Ok(rows.into_iter().filter(|_| actor.may_see(provider_id)).map(|end| end.map_or(today, |day| day.min(today))).max())
}
