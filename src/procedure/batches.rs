//! Table `product_batch`: what of a product was paid in advance (vooraf betaalde partijen), per provider. How much of it is
//! used follows from the cost lines.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::catalogue::{NotPublished, may_write};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::schema::product_batch;

/// A batch; below nought it takes back what was noted wrongly.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_batch)]
pub struct Batch {
    pub product_id: i64,
    pub provider_id: i64,
    /// The first day whose lines draw it down.
    pub bought_on: NaiveDate,
    pub quantity: Hundredths,
    /// None when it is not known here.
    #[diesel(column_name = paid_cents)]
    pub paid: Option<Cents>,
    pub reason: String,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
}

/// Every batch of the municipality, the oldest first. A provider's person gets only his own.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Batch>> {
    let rows: Vec<Batch> = product_batch::table
        .filter(product_batch::municipality_id.eq(actor.tenant()))
        .order((product_batch::product_id, product_batch::provider_id, product_batch::bought_on, product_batch::id))
        .select(Batch::as_select())
        .load(conn)?;
    Ok(rows.into_iter().filter(|one| actor.may_see(one.provider_id)).collect())
}

/// Notes a batch. The same once more, as after a second press, changes nothing.
pub fn note(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, code: &str, new: &Batch) -> Result<(), NotPublished> {
    if !may_write(actor) {
        return Err(NotPublished::NotYours);
    }
    let same = |one: &Batch| {
        let told = (one.product_id, one.provider_id, one.bought_on, one.quantity, one.paid, &one.reason);
        told == (new.product_id, new.provider_id, new.bought_on, new.quantity, new.paid, &new.reason)
    };
    if all(conn, actor)?.iter().any(same) {
        return Ok(());
    }
    lay_down(conn, actor, new)?;
    let detail = format!("{} {}", new.bought_on, new.quantity.0);
    let object = format!("product/{code}");
    let act = Act { action: "product.batch", object: &object, result: "done", detail: &detail };
    Ok(audit::record(conn, actor, now, act)?)
}

/// Notes a batch without a person behind it, as at setting up.
pub fn lay_down(conn: &mut Conn, actor: &Actor, new: &Batch) -> QueryResult<()> {
    diesel::insert_into(product_batch::table)
        .values((product_batch::municipality_id.eq(actor.tenant()), new))
        .execute(conn)?;
    Ok(())
}

/// What one provider bought ahead of one product, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bought {
    pub product_id: i64,
    pub provider_id: i64,
    /// The first day of the first batch.
    pub since: NaiveDate,
    pub quantity: Hundredths,
    pub paid: Cents,
}

/// The batches added up per product and provider, in that order; `batches` as [`all`] gives them.
pub fn bought(batches: &[Batch]) -> Vec<Bought> {
    let mut sums: Vec<Bought> = Vec::new();
    for one in batches {
        let (paid, quantity) = (one.paid.unwrap_or_default(), one.quantity);
        match sums.last_mut().filter(|sum| (sum.product_id, sum.provider_id) == (one.product_id, one.provider_id)) {
            Some(sum) => {
                sum.quantity = Hundredths(sum.quantity.0 + quantity.0);
                sum.paid = sum.paid + paid;
            }
            None => sums.push(Bought {
                product_id: one.product_id,
                provider_id: one.provider_id,
                since: one.bought_on,
                quantity,
                paid,
            }),
        }
    }
    sums
}
