//! Tables `accession` and `accession_product`. What is written here begins or follows the life of the agreement (`life`).

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement::{Accession, life};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::schema::{accession, accession_product};

/// Records that a provider acceded, with the products it may deliver.
pub fn accede(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    new: &Accession,
    products: &[i64],
) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(accession::table)
        .values((
            accession::municipality_id.eq(actor.tenant()),
            accession::provider_id.eq(new.provider_id),
            accession::number.eq(&new.number),
            accession::version.eq(new.version),
            accession::active_from.eq(new.active_from),
            accession::active_until.eq(new.active_until),
        ))
        .returning(accession::id)
        .get_result(conn)?;
    allow(conn, actor, id, products)?;
    let object = format!("agreement/{}/version/{}", new.number, new.version);
    audit::record(conn, actor, now, Act { action: "agreement.accede", object: &object, result: "done", detail: "" })?;
    life::making::acceded(conn, actor, now, new)?;
    Ok(id)
}

/// Brings an accession up to date: from when until when, and which products. A last day that was decided on here stays.
pub fn revise(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    known: &Accession,
    products: &[i64],
) -> QueryResult<()> {
    let decided = life::making::decided_end(conn, actor, known)?;
    let until = known.active_until.into_iter().chain(decided).min();
    diesel::update(accession::table)
        .filter(accession::municipality_id.eq(actor.tenant()).and(accession::id.eq(known.id)))
        .set((accession::active_from.eq(known.active_from), accession::active_until.eq(until)))
        .execute(conn)?;
    let allowed =
        accession_product::municipality_id.eq(actor.tenant()).and(accession_product::accession_id.eq(known.id));
    diesel::delete(accession_product::table.filter(allowed)).execute(conn)?;
    allow(conn, actor, known.id, products)?;
    let object = format!("agreement/{}/version/{}", known.number, known.version);
    audit::record(conn, actor, now, Act { action: "agreement.revise", object: &object, result: "done", detail: "" })?;
    life::making::revised(conn, actor, now, known)
}

/// The agreement ends on this day, under every version that would run on: everything that asks on which days it runs
/// sees it.
pub(super) fn end_on(conn: &mut Conn, actor: &Actor, newest: &Accession, last: NaiveDate) -> QueryResult<()> {
    let same = accession::provider_id.eq(newest.provider_id).and(accession::number.eq(&newest.number));
    diesel::update(accession::table)
        .filter(accession::municipality_id.eq(actor.tenant()).and(same))
        .filter(accession::active_until.is_null().or(accession::active_until.gt(last)))
        .set(accession::active_until.eq(last))
        .execute(conn)?;
    Ok(())
}

/// The newest version runs on until this day.
pub(super) fn run_on_until(conn: &mut Conn, actor: &Actor, newest: &Accession, last: NaiveDate) -> QueryResult<()> {
    diesel::update(accession::table)
        .filter(accession::municipality_id.eq(actor.tenant()).and(accession::id.eq(newest.id)))
        .set(accession::active_until.eq(last))
        .execute(conn)?;
    Ok(())
}

/// The versions before this one end on the day before it begins, where they would run on.
pub(super) fn end_the_versions_before(conn: &mut Conn, actor: &Actor, new: &Accession) -> QueryResult<()> {
    let same = accession::provider_id.eq(new.provider_id).and(accession::number.eq(&new.number));
    let runs_on = accession::active_until.is_null().or(accession::active_until.ge(new.active_from));
    diesel::update(accession::table)
        .filter(accession::municipality_id.eq(actor.tenant()).and(same))
        .filter(accession::version.lt(new.version).and(accession::active_from.lt(new.active_from)))
        .filter(runs_on)
        .set(accession::active_until.eq(add_days(new.active_from, -1)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn allow(conn: &mut Conn, actor: &Actor, accession_id: i64, products: &[i64]) -> QueryResult<()> {
    for product in products {
        let row = (
            accession_product::municipality_id.eq(actor.tenant()),
            accession_product::accession_id.eq(accession_id),
            accession_product::product_id.eq(product),
        );
        diesel::insert_into(accession_product::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Every version of the agreement with this number, as far as somebody acceded to it.
pub fn numbered(conn: &mut Conn, actor: &Actor, number: &str) -> QueryResult<Vec<Accession>> {
    let rows: Vec<Row> = accession::table
        .filter(accession::municipality_id.eq(actor.tenant()).and(accession::number.eq(number)))
        .order(accession::version)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Accession::from).filter(|known| actor.may_see(known.provider_id)).collect())
}

/// The accessions of these providers, oldest first. A provider's person gets only his own.
pub fn of(conn: &mut Conn, actor: &Actor, providers: &[i64]) -> QueryResult<Vec<Accession>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<Row> = accession::table
        .filter(accession::municipality_id.eq(actor.tenant()))
        .filter(accession::provider_id.eq_any(providers))
        .order((accession::provider_id, accession::active_from, accession::version))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Accession::from).collect())
}

/// Whether the actor's own provider has an agreement with this municipality, running or not.
pub fn has_one(conn: &mut Conn, actor: &Actor) -> QueryResult<bool> {
    let own = accession::provider_id.nullable().eq(actor.own_provider());
    diesel::select(diesel::dsl::exists(
        accession::table.filter(accession::municipality_id.eq(actor.tenant())).filter(own),
    ))
    .get_result(conn)
}

/// The products that this accession allows.
pub fn products(conn: &mut Conn, actor: &Actor, accession_id: i64) -> QueryResult<Vec<i64>> {
    accession_product::table
        .filter(accession_product::municipality_id.eq(actor.tenant()))
        .filter(accession_product::accession_id.eq(accession_id))
        .select(accession_product::product_id)
        .load(conn)
}

/// The products that each of these accessions allows.
pub fn products_of(conn: &mut Conn, actor: &Actor, accessions: &[i64]) -> QueryResult<HashMap<i64, Vec<i64>>> {
    let rows: Vec<(i64, i64)> = accession_product::table
        .filter(accession_product::municipality_id.eq(actor.tenant()))
        .filter(accession_product::accession_id.eq_any(accessions.to_vec()))
        .order((accession_product::accession_id, accession_product::product_id))
        .select((accession_product::accession_id, accession_product::product_id))
        .load(conn)?;
    let mut products: HashMap<i64, Vec<i64>> = HashMap::new();
    for (accession, product) in rows {
        products.entry(accession).or_default().push(product);
    }
    Ok(products)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = accession)]
struct Row {
    id: i64,
    provider_id: i64,
    number: String,
    version: i32,
    active_from: NaiveDate,
    active_until: Option<NaiveDate>,
}

impl From<Row> for Accession {
    fn from(row: Row) -> Accession {
        Accession {
            id: row.id,
            provider_id: row.provider_id,
            number: row.number,
            version: row.version,
            active_from: row.active_from,
            active_until: row.active_until,
        }
    }
}
