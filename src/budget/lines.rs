//! The cost lines that the figures rest on (regels), found by product, profile, provider, month and state. A client stands in
//! them under its number.

use chrono::NaiveDate;
use diesel::dsl::{not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

use super::LineState;
use super::approval::APPROVED;
use super::gather::not_drawn;
use crate::actor::Actor;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::procedure::batches;
use crate::schema::{client, cost_line, municipal_contact, trajectory};

/// Which lines are wanted; what is none does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The first and the last day on which what is charged begins.
    pub days: (NaiveDate, NaiveDate),
    pub product: Option<i64>,
    pub provider: Option<i64>,
    pub profile: Option<String>,
    pub state: Option<LineState>,
}

/// A line as finance sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Line {
    pub id: i64,
    pub provider_id: i64,
    pub quarter: String,
    /// The provider's own number of it.
    pub line: String,
    pub case_ref: String,
    pub client_ref: String,
    pub profile: String,
    /// The e-mail address of the municipal contact person.
    pub contact: String,
    pub product_id: i64,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub unit: String,
    pub quantity: Hundredths,
    pub tariff: Cents,
    pub amount: Cents,
    pub vat: Option<Cents>,
    pub invoice: String,
    pub approved: bool,
}

impl Line {
    pub fn state(&self) -> LineState {
        if self.approved { LineState::Approved } else { LineState::Open }
    }
}

/// Puts what is wanted on a query of lines with their trajectories. Lines that draw on a batch are left out: they were paid.
macro_rules! narrowed {
    ($query:expr, $wanted:expr, $prepaid:expr) => {{
        let mut query = $query.filter(sql::<Bool>(&not_drawn($prepaid)));
        if let Some(product) = $wanted.product {
            query = query.filter(cost_line::product_id.eq(product));
        }
        if let Some(provider) = $wanted.provider {
            query = query.filter(cost_line::provider_id.eq(provider));
        }
        if let Some(profile) = &$wanted.profile {
            query = query.filter(trajectory::profile.eq(profile.clone()));
        }
        match $wanted.state {
            Some(LineState::Approved) => query.filter(sql::<Bool>(APPROVED)),
            Some(LineState::Open) => query.filter(not(sql::<Bool>(APPROVED))),
            None => query,
        }
    }};
}

/// The lines in the order of their days: so many at most, after so many.
pub fn list(conn: &mut Conn, actor: &Actor, wanted: &Wanted, after: i64, most: i64) -> QueryResult<Vec<Line>> {
    if !actor.may_see_money() {
        return Ok(Vec::new());
    }
    let prepaid = batches::all(conn, actor)?;
    let query = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .inner_join(municipal_contact::table.on(municipal_contact::id.eq(cost_line::contact_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()))
        .filter(cost_line::from_on.between(wanted.days.0, wanted.days.1))
        .select((
            cost_line::id,
            cost_line::provider_id,
            cost_line::quarter,
            cost_line::line,
            trajectory::case_ref,
            client::client_ref,
            trajectory::profile,
            municipal_contact::email,
            cost_line::product_id,
            cost_line::from_on,
            cost_line::until_on,
            cost_line::unit,
            cost_line::quantity,
            cost_line::tariff_cents,
            cost_line::amount_cents,
            cost_line::vat_cents,
            cost_line::invoice,
            sql::<Bool>(APPROVED),
        ))
        .order((cost_line::from_on, cost_line::id))
        .into_boxed();
    narrowed!(query, wanted, &prepaid).offset(after).limit(most).load(conn)
}

/// How many lines there are, and what they come to.
pub fn total(conn: &mut Conn, actor: &Actor, wanted: &Wanted) -> QueryResult<(i64, Cents)> {
    if !actor.may_see_money() {
        return Ok((0, Cents(0)));
    }
    let prepaid = batches::all(conn, actor)?;
    let query = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()))
        .filter(cost_line::from_on.between(wanted.days.0, wanted.days.1))
        .select((
            diesel::dsl::count_star(),
            // A plain SUM of whole numbers is of another type on PostgreSQL.
            sql::<Nullable<BigInt>>("CAST(SUM(amount_cents) AS BIGINT)"),
        ))
        .into_boxed();
    let (count, sum): (i64, Option<Cents>) = narrowed!(query, wanted, &prepaid).first(conn)?;
    Ok((count, sum.unwrap_or_default()))
}
