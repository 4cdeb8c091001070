//! Tables `budget_source`, `budget` and `budget_booking`: what there is, and what else it is spent on. Rows are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{Booking, Budget, Refusal, days_of, may_write};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::money::Cents;
use crate::procedure::store::product_names;
use crate::schema::{budget, budget_booking, budget_source};

/// Why nothing was done: the office says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(Refusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// What is typed of a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    pub name: String,
    pub amount: Cents,
    pub products: Vec<i64>,
    pub reason: String,
}

/// "So much is more than any municipality has": a slip of the keyboard, not an amount.
pub const MOST: Cents = Cents(100_000_000_000);

/// The sources of the municipality by their names. Who may not look at the money finds none.
pub fn sources(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<(i64, String)>> {
    if !actor.may_see_money() {
        return Ok(Vec::new());
    }
    budget_source::table
        .filter(budget_source::municipality_id.eq(actor.tenant()))
        .order((budget_source::name, budget_source::id))
        .select((budget_source::id, budget_source::name))
        .load(conn)
}

/// What there is in a year: of each source its newest version, by the names of the sources.
pub fn budgets(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<Vec<Budget>> {
    let mut newest: Vec<Budget> = Vec::new();
    for one in every(conn, actor, year)? {
        match newest.iter_mut().find(|known| known.source_id == one.source_id) {
            Some(known) => *known = one,
            None => newest.push(one),
        }
    }
    Ok(newest)
}

/// One budget in all its versions, the newest first.
pub fn versions(conn: &mut Conn, actor: &Actor, year: i32, source_id: i64) -> QueryResult<Vec<Budget>> {
    let mut own: Vec<Budget> = every(conn, actor, year)?.into_iter().filter(|one| one.source_id == source_id).collect();
    own.reverse();
    Ok(own)
}

/// Sets what there is of a source in a year, as the next version; `seen` is the version that was looked at, nought when there
/// was none, and a source that is not known yet begins here. Answers its id.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    year: i32,
    (source, seen): (Option<i64>, i32),
    new: &NewBudget,
) -> Result<i64, Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    days_of(year).ok_or(Refusal::NotFound)?;
    let known = budgets(conn, actor, year)?;
    let names = sources(conn, actor)?;
    let own = match source {
        Some(id) => Some(names.iter().find(|(known, _)| *known == id).ok_or(Refusal::NotFound)?.clone()),
        None => None,
    };
    let before = own.as_ref().and_then(|(id, _)| known.iter().find(|one| one.source_id == *id));
    if before.map_or(0, |one| one.version) != seen {
        return Err(Refusal::ChangedMeanwhile(before.map(|one| one.noted_by.clone()).unwrap_or_default()).into());
    }
    let name = own.as_ref().map_or(new.name.trim(), |(_, name)| name.as_str()).to_owned();
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    let taken = |(_, known): &(i64, String)| known.to_lowercase() == name.to_lowercase();
    if own.is_none() && names.iter().any(taken) {
        return Err(Refusal::NameTaken.into());
    }
    check(conn, actor, new, &known, own.as_ref().map(|(id, _)| *id), before)?;
    let source_id = match own {
        Some((id, _)) => id,
        None => diesel::insert_into(budget_source::table)
            .values((budget_source::municipality_id.eq(actor.tenant()), budget_source::name.eq(&name)))
            .returning(budget_source::id)
            .get_result(conn)?,
    };
    let products: Vec<String> = new.products.iter().map(i64::to_string).collect();
    diesel::insert_into(budget::table)
        .values((
            budget::municipality_id.eq(actor.tenant()),
            (budget::source_id.eq(source_id), budget::year.eq(year), budget::version.eq(seen + 1)),
            budget::amount_cents.eq(new.amount),
            budget::products.eq(products.join(" ")),
            budget::reason.eq(new.reason.trim()),
            (budget::noted_at.eq(now), budget::noted_by.eq(actor.name())),
            budget::account_id.eq(actor.account_id()),
        ))
        .execute(conn)?;
    let (object, detail) = (format!("budget/{year}/source/{source_id}"), new.amount.0.to_string());
    let act = Act { action: "budget.set", object: &object, result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(source_id)
}

fn check(
    conn: &mut Conn,
    actor: &Actor,
    new: &NewBudget,
    known: &[Budget],
    own: Option<i64>,
    before: Option<&Budget>,
) -> Result<(), Fault> {
    if new.amount < Cents(0) || new.amount > MOST {
        return Err(Refusal::AmountWrong.into());
    }
    let there = product_names(conn, actor)?;
    if new.products.iter().any(|id| !there.contains_key(id)) {
        return Err(Refusal::NotFound.into());
    }
    let elsewhere =
        |one: &&Budget| Some(one.source_id) != own && one.products.iter().any(|id| new.products.contains(id));
    if let Some(other) = known.iter().find(elsewhere) {
        return Err(Refusal::ProductTaken(other.source.clone()).into());
    }
    if before.is_some_and(|one| (one.amount, &one.products) == (new.amount, &new.products)) {
        return Err(Refusal::Same.into());
    }
    if before.is_some() && new.reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    Ok(())
}

/// Every version of every budget of a year: by the names of the sources, the oldest first.
fn every(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<Vec<Budget>> {
    if !actor.may_see_money() {
        return Ok(Vec::new());
    }
    type Row = (i64, String, i32, i32, Cents, String, String, NaiveDateTime, String);
    let rows: Vec<Row> = budget::table
        .inner_join(budget_source::table.on(budget_source::id.eq(budget::source_id)))
        .filter(budget::municipality_id.eq(actor.tenant()).and(budget::year.eq(year)))
        .order((budget_source::name, budget::source_id, budget::version))
        .select((
            budget::source_id,
            budget_source::name,
            budget::year,
            budget::version,
            budget::amount_cents,
            budget::products,
            budget::reason,
            budget::noted_at,
            budget::noted_by,
        ))
        .load(conn)?;
    let read = |(source_id, source, year, version, amount, products, reason, noted_at, noted_by): Row| Budget {
        source_id,
        source,
        year,
        version,
        amount,
        products: products.split(' ').filter_map(|id| id.parse().ok()).collect(),
        reason,
        noted_at,
        noted_by,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The other costs of a year, the newest month first.
pub fn bookings(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<Vec<Booking>> {
    let Some((first, last)) = days_of(year).filter(|_| actor.may_see_money()) else { return Ok(Vec::new()) };
    type Row = (i64, i64, NaiveDate, String, String, Cents, Option<i64>, NaiveDateTime, String);
    let rows: Vec<Row> = budget_booking::table
        .filter(budget_booking::municipality_id.eq(actor.tenant()).and(budget_booking::month.between(first, last)))
        .order((budget_booking::month.desc(), budget_booking::id.desc()))
        .select((
            budget_booking::id,
            budget_booking::source_id,
            budget_booking::month,
            budget_booking::category,
            budget_booking::description,
            budget_booking::amount_cents,
            budget_booking::takes_back,
            budget_booking::noted_at,
            budget_booking::noted_by,
        ))
        .load(conn)?;
    let read = |(id, source_id, month, category, description, amount, takes_back, noted_at, noted_by): Row| Booking {
        id,
        source_id,
        month,
        category,
        description,
        amount,
        takes_back,
        noted_at,
        noted_by,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What is typed of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBooking {
    pub source_id: i64,
    pub month: NaiveDate,
    pub category: String,
    pub description: String,
    pub amount: Cents,
}

/// Books other costs in a month of this year.
pub fn book(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, year: i32, new: &NewBooking) -> Result<i64, Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    let (first, last) = days_of(year).ok_or(Refusal::NotFound)?;
    if !(first..=last).contains(&new.month) || new.month != super::month_of(new.month) {
        return Err(Refusal::MonthWrong.into());
    }
    if !sources(conn, actor)?.iter().any(|(id, _)| *id == new.source_id) {
        return Err(Refusal::NotFound.into());
    }
    if new.category.trim().is_empty() || new.description.trim().is_empty() {
        return Err(Refusal::TextMissing.into());
    }
    if new.amount <= Cents(0) || new.amount > MOST {
        return Err(Refusal::AmountWrong.into());
    }
    Ok(insert(conn, actor, now, new, None)?)
}

/// Takes a booking back: a row of the same amount below nought, with the reason, in the same month.
pub fn take_back(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, reason: &str) -> Result<(), Fault> {
    if !may_write(actor) {
        return Err(Refusal::NotYours.into());
    }
    let own = budget_booking::table.filter(budget_booking::municipality_id.eq(actor.tenant()));
    type Row = (i64, NaiveDate, String, Cents, Option<i64>);
    let found: Option<Row> = own
        .filter(budget_booking::id.eq(id))
        .select((
            budget_booking::source_id,
            budget_booking::month,
            budget_booking::category,
            budget_booking::amount_cents,
            budget_booking::takes_back,
        ))
        .first(conn)
        .optional()?;
    let (source_id, month, category, amount, takes_back) = found.ok_or(Refusal::NotFound)?;
    let back: i64 = own.filter(budget_booking::takes_back.eq(id)).count().get_result(conn)?;
    if back > 0 || takes_back.is_some() {
        return Err(Refusal::AlreadyTakenBack.into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let description = reason.trim().to_owned();
    let new = NewBooking { source_id, month, category, description, amount: -amount };
    insert(conn, actor, now, &new, Some(id))?;
    Ok(())
}

fn insert(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    new: &NewBooking,
    takes_back: Option<i64>,
) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(budget_booking::table)
        .values((
            budget_booking::municipality_id.eq(actor.tenant()),
            (budget_booking::source_id.eq(new.source_id), budget_booking::month.eq(new.month)),
            budget_booking::category.eq(new.category.trim()),
            budget_booking::description.eq(new.description.trim()),
            budget_booking::amount_cents.eq(new.amount),
            budget_booking::takes_back.eq(takes_back),
            (budget_booking::noted_at.eq(now), budget_booking::noted_by.eq(actor.name())),
            budget_booking::account_id.eq(actor.account_id()),
        ))
        .returning(budget_booking::id)
        .get_result(conn)?;
    let (object, detail) = (format!("budget/booking/{id}"), format!("{} {}", new.month, new.amount.0));
    let action = if takes_back.is_some() { "budget.take_back" } else { "budget.book" };
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail: &detail })?;
    Ok(id)
}
