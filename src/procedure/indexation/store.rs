//! Tables `indexation` and `indexation_line`: proposing, changing a line, and establishing, after which the tariffs are
//! those of the catalogue.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{IndexLine, IndexRefusal, IndexState, Indexation, Method};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::money::Cents;
use crate::procedure::Validity;
use crate::procedure::product::Tariff;
use crate::procedure::store::{OfferedProduct, catalogue, from_json, price};
use crate::schema::{indexation, indexation_line};

/// Why nothing was done: the rules say no, or the house is broken. A refusal comes before the first write.
#[derive(Debug)]
pub enum Fault {
    Refused(IndexRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<IndexRefusal> for Fault {
    fn from(refusal: IndexRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// Makes a proposal for every product that has a tariff on the day before.
pub fn propose(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    valid_from: NaiveDate,
    method: &Method,
) -> Result<i64, Fault> {
    if !may_propose(actor.role()) {
        return Err(IndexRefusal::NotYours.into());
    }
    if let Some(fault) = method.fault() {
        return Err(fault.into());
    }
    if valid_from <= today {
        return Err(IndexRefusal::DayPassed.into());
    }
    if all(conn, actor)?.iter().any(|one| one.valid_from == valid_from) {
        return Err(IndexRefusal::AlreadyThere.into());
    }
    let products = catalogue(conn, actor)?;
    let priced: Vec<(&OfferedProduct, Cents)> =
        products.iter().filter_map(|one| Some((one, running_on(one, add_days(valid_from, -1))?.amount))).collect();
    if priced.is_empty() {
        return Err(IndexRefusal::NoTariffs.into());
    }
    let later: Vec<String> = priced
        .iter()
        .filter(|(one, _)| one.tariffs.iter().any(|tariff| tariff.valid.from() >= valid_from))
        .map(|(one, _)| one.code.clone())
        .collect();
    if !later.is_empty() {
        return Err(IndexRefusal::TariffsChanged(later).into());
    }
    let body = serde_json::to_string(method).map_err(|fault| QueryError::SerializationError(fault.into()))?;
    let id: i64 = diesel::insert_into(indexation::table)
        .values((
            indexation::municipality_id.eq(actor.tenant()),
            indexation::state.eq(IndexState::Proposed),
            indexation::version.eq(1),
            indexation::changed_at.eq(now),
            indexation::changed_by.eq(actor.name()),
            indexation::valid_from.eq(valid_from),
            indexation::method.eq(body),
            indexation::made_at.eq(now),
            indexation::made_by.eq(actor.name()),
            indexation::made_account.eq(actor.account_id()),
        ))
        .returning(indexation::id)
        .get_result(conn)?;
    for (product, old) in priced {
        let computed = method.applied_to(old);
        diesel::insert_into(indexation_line::table)
            .values((
                indexation_line::municipality_id.eq(actor.tenant()),
                indexation_line::indexation_id.eq(id),
                indexation_line::product_id.eq(product.id),
                indexation_line::old_cents.eq(old),
                indexation_line::computed_cents.eq(computed),
                indexation_line::new_cents.eq(computed),
                indexation_line::reason.eq(""),
            ))
            .execute(conn)?;
    }
    said(conn, actor, now, valid_from, "indexation.propose", "")?;
    Ok(id)
}

/// Changes one line: another amount than was computed takes a reason.
#[allow(clippy::too_many_arguments)]
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    seen: i32,
    line_id: i64,
    amount: Cents,
    reason: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    if !may_propose(actor.role()) {
        return Err(IndexRefusal::NotYours.into());
    }
    if found.state != IndexState::Proposed {
        return Err(IndexRefusal::NotNow.into());
    }
    let line = found.lines.iter().find(|one| one.id == line_id).ok_or(IndexRefusal::NotFound)?;
    let refusal = match () {
        () if amount.0 < 0 => Some(IndexRefusal::OutOfRange),
        () if amount != line.computed && reason.trim().is_empty() => Some(IndexRefusal::ReasonMissing),
        () if holds_bsn(reason) => Some(IndexRefusal::HoldsBsn),
        () => None,
    };
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    diesel::update(indexation_line::table.find(line_id))
        .set((indexation_line::new_cents.eq(amount), indexation_line::reason.eq(reason.trim())))
        .execute(conn)?;
    touch(conn, actor, now, &found, None)?;
    Ok(said(conn, actor, now, found.valid_from, "indexation.change", &line.code)?)
}

/// Establishes it, by somebody else than who made it: every old tariff ends on the day before, and the new one begins.
pub fn establish(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, seen: i32) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let refusal = match () {
        () if actor.role() != Role::DecisionMaker => Some(IndexRefusal::NotYours),
        () if found.state != IndexState::Proposed => Some(IndexRefusal::NotNow),
        () if actor.account_id().is_none() => Some(IndexRefusal::NoAccount),
        () if actor.account_id() == found.made_account => Some(IndexRefusal::FourEyes),
        () => None,
    };
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    let products = catalogue(conn, actor)?;
    let before = add_days(found.valid_from, -1);
    let product = |line: &IndexLine| products.iter().find(|one| one.id == line.product_id);
    let still = |line: &IndexLine| {
        product(line).is_some_and(|one| {
            let later = one.tariffs.iter().any(|tariff| tariff.valid.from() >= found.valid_from);
            !later && running_on(one, before).is_some_and(|tariff| tariff.amount == line.old)
        })
    };
    let changed: Vec<String> = found.lines.iter().filter(|line| !still(line)).map(|line| line.code.clone()).collect();
    if !changed.is_empty() {
        return Err(IndexRefusal::TariffsChanged(changed).into());
    }
    for line in &found.lines {
        let Some(product) = product(line) else { continue };
        let mut tariffs: Vec<Tariff> = Vec::new();
        for tariff in &product.tariffs {
            let until = match tariff.valid.covers(before) {
                true => Some(before),
                false => tariff.valid.until(),
            };
            tariffs.push(Tariff { valid: validity(tariff.valid.from(), until)?, ..tariff.clone() });
        }
        let valid = validity(found.valid_from, None)?;
        tariffs.push(Tariff { product: product.code.clone(), amount: line.new, valid });
        price(conn, actor, product.id, &tariffs)?;
    }
    touch(conn, actor, now, &found, Some(now))?;
    Ok(said(conn, actor, now, found.valid_from, "indexation.establish", "")?)
}

pub fn may_propose(role: Role) -> bool {
    role == Role::ContractManager
}

/// Every indexation of the municipality, the newest first.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Indexation>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = indexation::table
        .filter(indexation::municipality_id.eq(actor.tenant()))
        .order(indexation::valid_from.desc())
        .select(Row::as_select())
        .load(conn)?;
    let products = catalogue(conn, actor)?;
    let lines: Vec<LineRow> = indexation_line::table
        .filter(indexation_line::municipality_id.eq(actor.tenant()))
        .select(LineRow::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| row.whole(&lines, &products)).collect()
}

pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Indexation>> {
    Ok(all(conn, actor)?.into_iter().find(|one| one.id == id))
}

fn looked_at(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<Indexation, Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(IndexRefusal::NotFound.into()) };
    if found.version != seen {
        return Err(IndexRefusal::ChangedMeanwhile { by: found.changed_by }.into());
    }
    Ok(found)
}

/// The tariff in force on a day.
fn running_on(product: &OfferedProduct, day: NaiveDate) -> Option<&Tariff> {
    product.tariffs.iter().rfind(|tariff| tariff.valid.covers(day))
}

fn validity(from: NaiveDate, until: Option<NaiveDate>) -> QueryResult<Validity> {
    Validity::new(from, until).map_err(|fault| QueryError::SerializationError(fault.into()))
}

fn touch(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Indexation,
    established: Option<NaiveDateTime>,
) -> QueryResult<()> {
    let state = if established.is_some() { IndexState::Established } else { found.state };
    diesel::update(indexation::table.find(found.id))
        .set((
            indexation::version.eq(found.version + 1),
            indexation::state.eq(state),
            indexation::changed_at.eq(now),
            indexation::changed_by.eq(actor.name()),
            indexation::established_at.eq(established),
            indexation::established_by.eq(established.map(|_| actor.name())),
        ))
        .execute(conn)?;
    Ok(())
}

fn said(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    valid_from: NaiveDate,
    action: &'static str,
    detail: &str,
) -> QueryResult<()> {
    let object = format!("indexation/{valid_from}");
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = indexation)]
struct Row {
    id: i64,
    state: IndexState,
    version: i32,
    changed_by: String,
    valid_from: NaiveDate,
    method: String,
    made_at: NaiveDateTime,
    made_by: String,
    made_account: Option<i64>,
    established_at: Option<NaiveDateTime>,
    established_by: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = indexation_line)]
struct LineRow {
    id: i64,
    indexation_id: i64,
    product_id: i64,
    old_cents: Cents,
    computed_cents: Cents,
    new_cents: Cents,
    reason: String,
}

impl Row {
    fn whole(self, lines: &[LineRow], products: &[OfferedProduct]) -> QueryResult<Indexation> {
        let mut own = Vec::new();
        for product in products {
            let mine = |line: &&LineRow| line.indexation_id == self.id && line.product_id == product.id;
            own.extend(lines.iter().filter(mine).map(|line| IndexLine {
                id: line.id,
                product_id: product.id,
                code: product.code.clone(),
                name: product.name.clone(),
                old: line.old_cents,
                computed: line.computed_cents,
                new: line.new_cents,
                reason: line.reason.clone(),
            }));
        }
        Ok(Indexation {
            id: self.id,
            state: self.state,
            version: self.version,
            changed_by: self.changed_by,
            valid_from: self.valid_from,
            method: from_json(&self.method)?,
            made_at: self.made_at,
            made_by: self.made_by,
            made_account: self.made_account,
            established: self.established_at.zip(self.established_by),
            lines: own,
        })
    }
}
