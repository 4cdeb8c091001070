//! What was delivered of each product (afname), added up from the cost lines: in a year, against a batch that was paid in
//! advance, and per trajectory. A correction takes back what it corrects. Of all providers, for it counts against what they
//! share; no more than the sum is told.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::actor::Actor;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::schema::cost_line;

/// A plain SUM of whole numbers is of another type on PostgreSQL.
const QUANTITY: &str = "CAST(SUM(quantity) AS BIGINT)";
const AMOUNT: &str = "CAST(SUM(amount_cents) AS BIGINT)";

/// What one provider delivered of one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Delivered {
    pub product_id: i64,
    pub provider_id: i64,
    pub quantity: Hundredths,
    pub amount: Cents,
}

/// What was delivered from one day to another, both included.
pub fn between(conn: &mut Conn, actor: &Actor, from: NaiveDate, until: NaiveDate) -> QueryResult<Vec<Delivered>> {
    cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::from_on.between(from, until)))
        .group_by((cost_line::product_id, cost_line::provider_id))
        .order((cost_line::product_id, cost_line::provider_id))
        .select((cost_line::product_id, cost_line::provider_id, sql::<BigInt>(QUANTITY), sql::<BigInt>(AMOUNT)))
        .load(conn)
}

/// What was drawn from the batches: the lines of a product and provider from the first day of their first batch on.
pub fn drawn(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Delivered>> {
    let since = "cost_line.from_on >= (SELECT MIN(b.bought_on) FROM product_batch b \
                 WHERE b.municipality_id = cost_line.municipality_id AND b.product_id = cost_line.product_id \
                 AND b.provider_id = cost_line.provider_id)";
    cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(sql::<Bool>(since)))
        .group_by((cost_line::product_id, cost_line::provider_id))
        .order((cost_line::product_id, cost_line::provider_id))
        .select((cost_line::product_id, cost_line::provider_id, sql::<BigInt>(QUANTITY), sql::<BigInt>(AMOUNT)))
        .load(conn)
}

/// How much of a product was charged for each of its trajectories.
pub fn by_trajectory(conn: &mut Conn, actor: &Actor, product_id: i64) -> QueryResult<HashMap<i64, Hundredths>> {
    let rows: Vec<(i64, Hundredths)> = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::product_id.eq(product_id)))
        .group_by(cost_line::trajectory_id)
        .select((cost_line::trajectory_id, sql::<BigInt>(QUANTITY)))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Whether a line about this product stands on this day or later.
pub fn charged_since(conn: &mut Conn, actor: &Actor, product_id: i64, from: NaiveDate) -> QueryResult<i64> {
    cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::product_id.eq(product_id)))
        .filter(cost_line::from_on.ge(from))
        .count()
        .get_result(conn)
}
