//! Tables `budget_count` and `budget_figure` as they are read (telling lezen), and what follows from them for each source.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Booking, Budget, percent};
use crate::actor::Actor;
use crate::db::Conn;
use crate::money::Cents;
use crate::schema::{budget_count, budget_figure, submission};

codes! {
    /// What the figures are told by.
    pub enum FigureKind {
        /// The id of a product.
        Product = "product",
        /// The code of a client profile; empty for what has none.
        Profile = "profile",
        /// The id of a provider.
        Provider = "provider",
        /// `2026-03`
        Month = "month",
    }
}

/// What is counted of one product, profile, provider or month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// Besteed: lines that were approved, and batches that were paid.
    pub spent: Cents,
    /// Niet bevestigd: lines that nobody approved yet.
    pub open: Cents,
    /// Verplicht, until the end of the year.
    pub committed: Cents,
    /// Verplicht, after the year.
    pub later: Cents,
    /// With a line that was approved; of a month it is not told.
    pub trajectories: i64,
    pub running: i64,
    /// Running, but what is to come cannot be computed.
    pub unknown: i64,
}

impl Figure {
    /// "Prognose voor het jaar: besteed + niet bevestigd + verplicht tot en met 31 december. Trajecten die nog moeten beginnen
    /// tellen niet mee."
    pub fn forecast(&self) -> Cents {
        self.spent + self.open + self.committed
    }

    pub fn and(self, other: Figure) -> Figure {
        Figure {
            spent: self.spent + other.spent,
            open: self.open + other.open,
            committed: self.committed + other.committed,
            later: self.later + other.later,
            trajectories: self.trajectories + other.trajectories,
            running: self.running + other.running,
            unknown: self.unknown + other.unknown,
        }
    }
}

/// The last count of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub on: NaiveDate,
    pub at: NaiveDateTime,
    pub by: String,
    pub outflows: i64,
    /// A statement came in after it.
    pub overtaken: bool,
    /// In the order of kind and of what.
    pub figures: Vec<(FigureKind, String, Figure)>,
}

impl Counted {
    pub fn of(&self, kind: FigureKind) -> impl Iterator<Item = (&str, &Figure)> {
        let own = self.figures.iter().filter(move |(found, ..)| *found == kind);
        own.map(|(_, what, figure)| (what.as_str(), figure))
    }

    /// Everything of one kind together: the same for each of them.
    pub fn total(&self, kind: FigureKind) -> Figure {
        self.of(kind).fold(Figure::default(), |sum, (_, one)| sum.and(*one))
    }
}

/// The last count of a year with the figures of these kinds; none when the year was never counted.
pub fn read(conn: &mut Conn, actor: &Actor, year: i32, kinds: &[FigureKind]) -> QueryResult<Option<Counted>> {
    if !actor.may_see_money() {
        return Ok(None);
    }
    let head: Option<(NaiveDate, NaiveDateTime, String, i64)> = budget_count::table
        .filter(budget_count::municipality_id.eq(actor.tenant()).and(budget_count::year.eq(year)))
        .select((budget_count::counted_on, budget_count::counted_at, budget_count::counted_by, budget_count::outflows))
        .first(conn)
        .optional()?;
    let Some((on, at, by, outflows)) = head else { return Ok(None) };
    let newest: Option<NaiveDateTime> = submission::table
        .filter(submission::municipality_id.eq(actor.tenant()))
        .select(diesel::dsl::max(submission::received_at))
        .first(conn)?;
    type Row = (FigureKind, String, Cents, Cents, Cents, Cents, i64, i64, i64);
    let rows: Vec<Row> = budget_figure::table
        .filter(budget_figure::municipality_id.eq(actor.tenant()).and(budget_figure::year.eq(year)))
        .filter(budget_figure::kind.eq_any(kinds.to_vec()))
        .order((budget_figure::kind, budget_figure::of_what))
        .select((
            budget_figure::kind,
            budget_figure::of_what,
            budget_figure::spent_cents,
            budget_figure::open_cents,
            budget_figure::committed_cents,
            budget_figure::later_cents,
            budget_figure::trajectories,
            budget_figure::running,
            budget_figure::unknown,
        ))
        .load(conn)?;
    let figure = |(kind, what, spent, open, committed, later, trajectories, running, unknown): Row| {
        (kind, what, Figure { spent, open, committed, later, trajectories, running, unknown })
    };
    let figures = rows.into_iter().map(figure).collect();
    Ok(Some(Counted { on, at, by, outflows, overtaken: newest.is_some_and(|newest| newest > at), figures }))
}

/// How one source stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// None for products that no source pays yet.
    pub source: Option<(i64, String)>,
    /// None while nobody set it for this year.
    pub budget: Option<Cents>,
    pub figure: Figure,
    pub other: Cents,
}

impl SourceRow {
    /// Besteed, with the other costs.
    pub fn spent(&self) -> Cents {
        self.figure.spent + self.other
    }

    pub fn forecast(&self) -> Cents {
        self.figure.forecast() + self.other
    }

    /// "Over: het budget min de prognose."
    pub fn left(&self) -> Option<Cents> {
        Some(self.budget? - self.forecast())
    }

    /// How much of the budget is spent, in whole percents.
    pub fn percent(&self) -> Option<i64> {
        percent(self.spent(), self.budget?)
    }

    pub fn rings(&self, alarm: u32) -> bool {
        self.percent().is_some_and(|reached| reached >= i64::from(alarm))
    }
}

/// Every source with what its products and its bookings come to, and at the end what no source pays yet, if there is any.
pub fn by_source(
    sources: &[(i64, String)],
    budgets: &[Budget],
    bookings: &[Booking],
    counted: Option<&Counted>,
) -> Vec<SourceRow> {
    let products: Vec<(i64, Figure)> = match counted {
        Some(counted) => {
            counted.of(FigureKind::Product).filter_map(|(id, figure)| Some((id.parse().ok()?, *figure))).collect()
        }
        None => Vec::new(),
    };
    let sum = |paid: &dyn Fn(i64) -> bool| {
        let own = products.iter().filter(|(id, _)| paid(*id));
        own.fold(Figure::default(), |sum, (_, one)| sum.and(*one))
    };
    let mut rows: Vec<SourceRow> = Vec::new();
    for (id, name) in sources {
        let budget = budgets.iter().find(|one| one.source_id == *id);
        let other: Cents = bookings.iter().filter(|one| one.source_id == *id).map(|one| one.amount).sum();
        if budget.is_none() && other == Cents(0) {
            continue;
        }
        let figure = sum(&|product| budget.is_some_and(|one| one.products.contains(&product)));
        rows.push(SourceRow { source: Some((*id, name.clone())), budget: budget.map(|one| one.amount), figure, other });
    }
    let unpaid = sum(&|product| !budgets.iter().any(|one| one.products.contains(&product)));
    if unpaid != Figure::default() {
        rows.push(SourceRow { source: None, budget: None, figure: unpaid, other: Cents(0) });
    }
    rows
}
