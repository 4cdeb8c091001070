//! Table `line_approval`: which cost lines were approved for payment (goedgekeurd). This is the one place that says so; all
//! others ask with [`APPROVED`].

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::store::Fault;
use super::{Refusal, may_approve};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::money::Cents;
use crate::schema::{cost_line, line_approval};

/// Whether a row of `cost_line` was approved as it stands: stated anew with another amount, product, day or trajectory it
/// waits again. "Geen antwoord blijft niet bevestigd, nooit stilzwijgend goedgekeurd."
pub const APPROVED: &str = "EXISTS (SELECT 1 FROM line_approval WHERE \
    line_approval.municipality_id = cost_line.municipality_id AND line_approval.provider_id = cost_line.provider_id \
    AND line_approval.quarter = cost_line.quarter AND line_approval.line = cost_line.line \
    AND line_approval.trajectory_id = cost_line.trajectory_id AND line_approval.product_id = cost_line.product_id \
    AND line_approval.from_on = cost_line.from_on AND line_approval.amount_cents = cost_line.amount_cents)";

/// Approves these lines, each with the amount that was looked at, and answers how many were not approved before. A line that is
/// not there any more, or has another amount, was stated anew meanwhile: nothing is approved then.
pub fn approve(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, lines: &[(i64, Cents)]) -> Result<usize, Fault> {
    if !may_approve(actor) {
        return Err(Refusal::NotYours.into());
    }
    type Row = (i64, i64, String, String, i64, i64, NaiveDate, Cents, bool);
    let ids: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
    let found: Vec<Row> = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::id.eq_any(ids)))
        .select((
            cost_line::id,
            cost_line::provider_id,
            cost_line::quarter,
            cost_line::line,
            cost_line::trajectory_id,
            cost_line::product_id,
            cost_line::from_on,
            cost_line::amount_cents,
            sql::<Bool>(APPROVED),
        ))
        .load(conn)?;
    let stands = |(id, seen): &(i64, Cents)| found.iter().any(|row| row.0 == *id && row.7 == *seen);
    if lines.is_empty() || !lines.iter().all(stands) {
        return Err(Refusal::NotFound.into());
    }
    let (mut approved, mut sum) = (0, Cents(0));
    for (_, provider_id, quarter, line, trajectory_id, product_id, from_on, amount, before) in found {
        if before {
            continue;
        }
        diesel::insert_into(line_approval::table)
            .values((
                line_approval::municipality_id.eq(actor.tenant()),
                (line_approval::provider_id.eq(provider_id), line_approval::quarter.eq(quarter)),
                (line_approval::line.eq(line), line_approval::trajectory_id.eq(trajectory_id)),
                (line_approval::product_id.eq(product_id), line_approval::from_on.eq(from_on)),
                line_approval::amount_cents.eq(amount),
                (line_approval::approved_at.eq(now), line_approval::approved_by.eq(actor.name())),
                line_approval::account_id.eq(actor.account_id()),
            ))
            .execute(conn)?;
        (approved, sum) = (approved + 1, sum + amount);
    }
    let detail = format!("{approved} lines, {} cents", sum.0);
    let act = Act { action: "budget.approve", object: "cost_line", result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(approved)
}
