//! Table `cost_line`: what was charged (kosten), per client and per contact person.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::schema::cost_line;
use crate::statement::CostLine;
use crate::statement::known::Known;

/// Puts these lines in the place of those stated before. `case` gives the trajectory of a case number.
pub(super) fn replace(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
    costs: &[CostLine],
    known: &Known,
    case: impl Fn(&str) -> QueryResult<i64>,
) -> QueryResult<()> {
    let quarter = quarter.to_string();
    let here = cost_line::municipality_id
        .eq(actor.tenant())
        .and(cost_line::provider_id.eq(provider_id))
        .and(cost_line::quarter.eq(&quarter));
    diesel::delete(cost_line::table.filter(here)).execute(conn)?;
    for line in costs {
        let row = NewCostLine {
            municipality_id: actor.tenant(),
            provider_id,
            quarter: &quarter,
            line: &line.line,
            trajectory_id: case(&line.case_ref)?,
            contact_id: known.contact(&line.contact)?,
            product_id: known.product(&line.product)?,
            from_on: line.from,
            until_on: line.until,
            unit: &line.unit,
            quantity: line.quantity,
            tariff_cents: line.tariff,
            amount_cents: line.amount,
            vat_cents: line.vat,
            invoice: &line.invoice,
            corrects: line.corrects.as_deref(),
        };
        diesel::insert_into(cost_line::table).values(&row).execute(conn)?;
    }
    Ok(())
}

/// What was charged for one product from one day, summed over the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct CostSum {
    pub provider_id: i64,
    pub quarter: Quarter,
    pub product_id: i64,
    pub from: NaiveDate,
    pub amount: Cents,
}

/// What these providers charged from one quarter to another, both included, in the order of product and day.
pub fn costs(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    from: Quarter,
    to: Quarter,
) -> QueryResult<Vec<CostSum>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()))
        .filter(cost_line::quarter.between(from.to_string(), to.to_string()))
        .filter(cost_line::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .group_by((cost_line::provider_id, cost_line::quarter, cost_line::product_id, cost_line::from_on))
        .order((cost_line::provider_id, cost_line::quarter, cost_line::product_id, cost_line::from_on))
        .select((
            cost_line::provider_id,
            cost_line::quarter,
            cost_line::product_id,
            cost_line::from_on,
            // A plain SUM of whole numbers is of another type on PostgreSQL.
            diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(amount_cents) AS BIGINT)"),
        ))
        .load(conn)
}

#[derive(Insertable)]
#[diesel(table_name = cost_line)]
struct NewCostLine<'a> {
    municipality_id: i64,
    provider_id: i64,
    quarter: &'a str,
    line: &'a str,
    trajectory_id: i64,
    contact_id: i64,
    product_id: i64,
    from_on: NaiveDate,
    until_on: NaiveDate,
    unit: &'a str,
    quantity: Hundredths,
    tariff_cents: Cents,
    amount_cents: Cents,
    vat_cents: Option<Cents>,
    invoice: &'a str,
    corrects: Option<&'a str>,
}
