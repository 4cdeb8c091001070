//! Tables `complaint` and `complaint_arrangement`.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::complaint::{Arrangement, Complaint};
use crate::db::Conn;
use crate::schema::{complaint, complaint_arrangement};

/// Writes down what the provider stated; a complaint that was stated before is brought up to date.
pub fn state(conn: &mut Conn, actor: &Actor, provider_id: i64, stated: &[Complaint]) -> QueryResult<()> {
    let known: HashMap<String, i64> = complaint::table
        .filter(complaint::municipality_id.eq(actor.tenant()).and(complaint::provider_id.eq(provider_id)))
        .select((complaint::complaint_ref, complaint::id))
        .load(conn)?
        .into_iter()
        .collect();
    for one in stated {
        let row = Row {
            municipality_id: actor.tenant(),
            provider_id,
            complaint_ref: &one.complaint_ref,
            received_on: one.received_on,
            reported_on: one.reported_on,
            category: &one.category,
            handled_on: one.handled_on,
            outcome: &one.outcome,
        };
        match known.get(&one.complaint_ref) {
            Some(id) => diesel::update(complaint::table.find(id)).set(&row).execute(conn)?,
            None => diesel::insert_into(complaint::table).values(&row).execute(conn)?,
        };
    }
    Ok(())
}

/// What the provider has arranged; nothing as long as nothing was recorded.
pub fn arrangement(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Arrangement> {
    let found: Option<(Option<NaiveDate>, bool)> = complaint_arrangement::table
        .filter(complaint_arrangement::municipality_id.eq(actor.tenant()))
        .filter(complaint_arrangement::provider_id.eq(provider_id))
        .select((complaint_arrangement::procedure_valid_until, complaint_arrangement::adviser_named))
        .first(conn)
        .optional()?;
    Ok(found.map_or_else(Arrangement::default, |(procedure_valid_until, adviser_named)| Arrangement {
        procedure_valid_until,
        adviser_named,
    }))
}

/// Records what the provider has arranged for complaints.
pub fn arrange(conn: &mut Conn, actor: &Actor, provider_id: i64, arrangement: &Arrangement) -> QueryResult<()> {
    let here = complaint_arrangement::municipality_id
        .eq(actor.tenant())
        .and(complaint_arrangement::provider_id.eq(provider_id));
    diesel::delete(complaint_arrangement::table.filter(here)).execute(conn)?;
    diesel::insert_into(complaint_arrangement::table)
        .values((
            complaint_arrangement::municipality_id.eq(actor.tenant()),
            complaint_arrangement::provider_id.eq(provider_id),
            complaint_arrangement::procedure_valid_until.eq(arrangement.procedure_valid_until),
            complaint_arrangement::adviser_named.eq(arrangement.adviser_named),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many complaints these providers received from one day to another, both included, per category.
pub fn per_category(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Vec<(i64, String, i64)>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    complaint::table
        .filter(complaint::municipality_id.eq(actor.tenant()))
        .filter(complaint::received_on.between(from, to))
        .filter(complaint::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .group_by((complaint::provider_id, complaint::category))
        .order((complaint::provider_id, complaint::category))
        .select((complaint::provider_id, complaint::category, diesel::dsl::count_star()))
        .load(conn)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = complaint, treat_none_as_null = true)]
struct Row<'a> {
    municipality_id: i64,
    provider_id: i64,
    complaint_ref: &'a str,
    received_on: NaiveDate,
    reported_on: Option<NaiveDate>,
    category: &'a str,
    handled_on: Option<NaiveDate>,
    outcome: &'a str,
}
