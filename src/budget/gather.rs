//! What a count is made of (telgegevens): the sums of the cost lines of a year, the trajectories that run, the batches and the
//! clients who left for work. The same number of queries, however many lines there are.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text};

use super::approval::APPROVED;
use super::commitment::Running;
use crate::actor::Actor;
use crate::calendar::add_days;
use crate::client::BenefitEndReason;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::procedure::batches::{self, Batch};
use crate::procedure::catalogue::{self, ProductVersion};
use crate::procedure::store::{OfferedProduct, catalogue as offered};
use crate::schema::{cost_line, outflow, trajectory};

/// The sum of the lines of one product, provider, profile and day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Sum {
    pub product_id: i64,
    pub provider_id: i64,
    pub profile: String,
    pub day: NaiveDate,
    pub amount: Cents,
}

/// A trajectory that runs, with what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    pub id: i64,
    pub product_id: i64,
    pub provider_id: i64,
    pub client_id: i64,
    pub profile: String,
    pub case_ref: String,
    pub running: Running,
}

/// The lines of these days, but for those that draw on a batch that was paid already. "Een kostenregel telt in de maand waarin
/// wat geleverd is begint."
pub fn sums(
    conn: &mut Conn,
    actor: &Actor,
    days: (NaiveDate, NaiveDate),
    prepaid: &[Batch],
    approved: bool,
) -> QueryResult<Vec<Sum>> {
    let mut query = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::from_on.between(days.0, days.1)))
        .filter(sql::<Bool>(&not_drawn(prepaid)))
        // Columns of two tables in one GROUP BY: written out, for diesel asks for a list of all such pairs.
        .group_by(sql::<Text>("cost_line.product_id, cost_line.provider_id, trajectory.profile, cost_line.from_on"))
        .select((
            sql::<BigInt>("cost_line.product_id"),
            sql::<BigInt>("cost_line.provider_id"),
            sql::<Text>("trajectory.profile"),
            sql::<Date>("cost_line.from_on"),
            // A plain SUM of whole numbers is of another type on PostgreSQL.
            sql::<BigInt>("CAST(SUM(amount_cents) AS BIGINT)"),
        ))
        .into_boxed();
    if approved {
        query = query.filter(sql::<Bool>(APPROVED));
    }
    query.load(conn)
}

/// Every line that does not draw on a batch.
pub fn not_drawn(prepaid: &[Batch]) -> String {
    let drawn = |one: batches::Bought| {
        format!(
            "NOT (cost_line.product_id = {} AND cost_line.provider_id = {} AND cost_line.from_on >= '{}')",
            one.product_id, one.provider_id, one.since
        )
    };
    let all: Vec<String> = batches::bought(prepaid).into_iter().map(drawn).collect();
    if all.is_empty() { "1 = 1".to_owned() } else { all.join(" AND ") }
}

/// The trajectories with a line of these days that was approved: each once with its product, provider and profile.
pub fn paid_trajectories(
    conn: &mut Conn,
    actor: &Actor,
    (first, last): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<(i64, i64, i64, String)>> {
    cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::from_on.between(first, last)))
        .filter(sql::<Bool>(APPROVED))
        .select((cost_line::trajectory_id, cost_line::product_id, cost_line::provider_id, trajectory::profile))
        .distinct()
        .load(conn)
}

/// The trajectories that run on a day, with what was charged of each; of one product or of all.
pub fn running(conn: &mut Conn, actor: &Actor, on: NaiveDate, product: Option<i64>) -> QueryResult<Vec<Runs>> {
    type Charged = (i64, Hundredths, Option<NaiveDate>);
    let mut lines = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::product_id.eq(trajectory::product_id)))
        .filter(trajectory::started_on.le(on).and(trajectory::ended_on.is_null().or(trajectory::ended_on.ge(on))))
        .group_by(cost_line::trajectory_id)
        .select((
            cost_line::trajectory_id,
            sql::<BigInt>("CAST(SUM(quantity) AS BIGINT)"),
            diesel::dsl::max(cost_line::until_on),
        ))
        .into_boxed();
    let mut trajectories = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::started_on.le(on)))
        .filter(trajectory::ended_on.is_null().or(trajectory::ended_on.ge(on)))
        .order((trajectory::provider_id, trajectory::id))
        .select((
            trajectory::id,
            trajectory::product_id,
            trajectory::provider_id,
            trajectory::client_id,
            trajectory::profile,
            trajectory::case_ref,
            trajectory::started_on,
            trajectory::term_ends_on,
            trajectory::suspended_days,
        ))
        .into_boxed();
    if let Some(product) = product {
        lines = lines.filter(cost_line::product_id.eq(product));
        trajectories = trajectories.filter(trajectory::product_id.eq(product));
    }
    let charged: HashMap<i64, (Hundredths, Option<NaiveDate>)> =
        lines.load::<Charged>(conn)?.into_iter().map(|(id, quantity, until)| (id, (quantity, until))).collect();
    type Row = (i64, i64, i64, i64, String, String, Option<NaiveDate>, Option<NaiveDate>, i64);
    let read = |(id, product_id, provider_id, client_id, profile, case_ref, started, term, suspended): Row| {
        let (quantity, until) = charged.get(&id).copied().unwrap_or_default();
        let running = Running {
            started_on: started?,
            term_ends_on: term.map(|term| add_days(term, suspended)),
            charged: quantity,
            charged_until: until,
        };
        Some(Runs { id, product_id, provider_id, client_id, profile, case_ref, running })
    };
    Ok(trajectories.load::<Row>(conn)?.into_iter().filter_map(read).collect())
}

/// Clients with a trajectory whose benefit ended for work in these days: "uitstroom naar werk".
pub fn outflows(conn: &mut Conn, actor: &Actor, (first, last): (NaiveDate, NaiveDate)) -> QueryResult<i64> {
    let theirs = trajectory::table
        .filter(trajectory::municipality_id.eq(outflow::municipality_id))
        .filter(trajectory::client_id.eq(outflow::client_id));
    outflow::table
        .filter(outflow::municipality_id.eq(actor.tenant()).and(outflow::reason.eq(BenefitEndReason::Work)))
        .filter(outflow::benefit_ended_on.between(first, last))
        .filter(diesel::dsl::exists(theirs))
        .count()
        .get_result(conn)
}

/// The catalogue as far as money goes: what is offered with its tariffs, and how each is paid.
pub struct Shelf {
    pub offered: Vec<OfferedProduct>,
    versions: Vec<ProductVersion>,
}

pub fn shelf(conn: &mut Conn, actor: &Actor) -> QueryResult<Shelf> {
    Ok(Shelf { offered: offered(conn, actor)?, versions: catalogue::everything(conn, actor)? })
}

impl Shelf {
    pub fn product(&self, id: i64) -> Option<&OfferedProduct> {
        self.offered.iter().find(|one| one.id == id)
    }

    /// How it is described on a day; when it is described on none, as it was last.
    pub fn version(&self, code: &str, on: NaiveDate) -> Option<&ProductVersion> {
        let own = || self.versions.iter().filter(|one| one.product.code == code);
        own().find(|one| one.covers(on)).or_else(|| own().max_by_key(|one| one.from))
    }
}
