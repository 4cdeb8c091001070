//! What runs of each product (lopende trajecten): how many places are taken on a day, and by which trajectories.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::trajectory;

/// How many trajectories of one product run with one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Taken {
    pub product_id: i64,
    pub provider_id: i64,
    pub places: i64,
}

/// The places taken on a day: a trajectory takes one from the day it started until the day it ended. Of all providers, for
/// it counts against what they share; no more than the count is told.
pub fn taken(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<Taken>> {
    trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::started_on.le(on)))
        .filter(trajectory::ended_on.is_null().or(trajectory::ended_on.ge(on)))
        .group_by((trajectory::product_id, trajectory::provider_id))
        .order((trajectory::product_id, trajectory::provider_id))
        .select((trajectory::product_id, trajectory::provider_id, count_star()))
        .load(conn)
}

/// A trajectory that runs.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Running {
    pub id: i64,
    pub product_id: i64,
    pub provider_id: i64,
    pub case_ref: String,
    pub profile: String,
    pub started_on: Option<NaiveDate>,
}

/// The trajectories of these products that run on a day. A provider's person gets only his own.
pub fn of_products(conn: &mut Conn, actor: &Actor, products: &[i64], on: NaiveDate) -> QueryResult<Vec<Running>> {
    let rows: Vec<Running> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::product_id.eq_any(products.to_vec())))
        .filter(trajectory::started_on.le(on))
        .filter(trajectory::ended_on.is_null().or(trajectory::ended_on.ge(on)))
        .order((trajectory::product_id, trajectory::provider_id, trajectory::id))
        .select((
            trajectory::id,
            trajectory::product_id,
            trajectory::provider_id,
            trajectory::case_ref,
            trajectory::profile,
            trajectory::started_on,
        ))
        .load(conn)?;
    Ok(rows.into_iter().filter(|one| actor.may_see(one.provider_id)).collect())
}
