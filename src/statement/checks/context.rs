//! What the checks know beforehand, as plain data, and the same arranged for looking up.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::Statement;
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::staff::VogKind;

/// Filled from the database for one provider and one quarter. The lines of the statement itself, if it was handed in
/// before, are not among the earlier lines.
#[derive(Debug, Clone, Default)]
pub struct CheckContext {
    /// Whose statement it must be; none is not checked.
    pub kvk: Option<Kvk>,
    /// About which quarter it must be; none is not checked.
    pub quarter: Option<Quarter>,
    pub quarter_closed: bool,
    /// The quarter is over, and the provider had an agreement on at least one day of it.
    pub quarter_open: bool,
    /// The provider's agreement; none means that there is none, and every cost line is refused.
    pub agreement: Option<Term>,
    pub products: Vec<ProductTerm>,
    pub tariffs: Vec<TariffTerm>,
    /// What the catalogue lays down of products, as far as it says something of them.
    pub models: Vec<Model>,
    /// Of each product with places or a volume that all share: what others take of it.
    pub shared: Vec<Shared>,
    /// What this provider was paid in advance.
    pub prepaid: Vec<Prepaid>,
    /// Codes of the profile scheme; none is not checked.
    pub profiles: BTreeSet<String>,
    /// Municipal contact persons, in lower case; none is not checked.
    pub contacts: Vec<ContactTerm>,
    /// Of earlier quarters. A trajectory of the statement itself goes before one of the same number here.
    pub trajectories: Vec<KnownTrajectory>,
    pub earlier_lines: Vec<EarlierLine>,
    pub same_quarter_last_year: Option<Cents>,
    /// The sum may differ so much from last year's before it is warned of; in whole percents.
    pub sum_may_differ_pct: u32,
    /// Cost lines of an earlier statement about the quarter, which would be dropped when this one states none; none when
    /// there is no such statement, or when the user knows.
    pub lines_to_drop: Option<usize>,
    /// Codes that exist; none is not checked.
    pub vog_codes: Vec<(VogKind, String)>,
}

/// Both ends included; no end is still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// A product in the provider's agreement.
#[derive(Debug, Clone)]
pub struct ProductTerm {
    pub product: String,
    /// Charged once a month (maandproduct).
    pub monthly: bool,
    pub term: Term,
}

#[derive(Debug, Clone)]
pub struct TariffTerm {
    pub product: String,
    pub unit: String,
    pub tariff: Cents,
    pub term: Term,
}

/// What a version of a product in the catalogue lays down, while it is in force.
#[derive(Debug, Clone)]
pub struct Model {
    pub product: String,
    pub term: Term,
    /// Another provider delivers it alone.
    pub reserved: bool,
    /// The tariff is the most that may be charged, and not what must be.
    pub up_to: bool,
    /// At most so much for one trajectory.
    pub most: Option<Hundredths>,
    /// So many trajectories at a time, of all providers together.
    pub places: Option<u32>,
    /// So much in a calendar year, of all providers together.
    pub yearly: Option<Hundredths>,
}

/// What is taken of a product beside this statement.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    pub product: String,
    /// Places of other providers on the last day of the quarter.
    pub places_elsewhere: usize,
    /// Case numbers of this provider's own trajectories that run on that day as far as is known.
    pub own: BTreeSet<String>,
    /// Delivered in the year of the quarter by all providers, but for this provider in this quarter.
    pub delivered: Hundredths,
}

/// Batches of one product, taken together.
#[derive(Debug, Clone)]
pub struct Prepaid {
    pub product: String,
    /// Lines from this day on draw them down.
    pub since: NaiveDate,
    pub bought: Hundredths,
}

#[derive(Debug, Clone)]
pub struct ContactTerm {
    pub email: String,
    pub term: Term,
}

#[derive(Debug, Clone)]
pub struct KnownTrajectory {
    pub case_ref: String,
    pub referred_on: NaiveDate,
    pub ended_on: Option<NaiveDate>,
    /// What was approved (toegekend), per product; a product without one is not checked.
    pub approved: Vec<(String, Hundredths)>,
}

/// A cost line of an earlier quarter.
#[derive(Debug, Clone)]
pub struct EarlierLine {
    pub quarter: Quarter,
    pub line: String,
    pub case_ref: String,
    pub product: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub quantity: Hundredths,
    pub amount: Cents,
    pub corrects: Option<String>,
}

impl Term {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The context arranged by name.
pub(super) struct Known<'a> {
    pub context: &'a CheckContext,
    /// From referral to end.
    pub cases: HashMap<&'a str, Term>,
    pub approved: HashMap<(&'a str, &'a str), Hundredths>,
    pub products: HashMap<&'a str, Vec<&'a ProductTerm>>,
    pub tariffs: HashMap<&'a str, Vec<&'a TariffTerm>>,
    pub models: HashMap<&'a str, Vec<&'a Model>>,
    pub contacts: HashMap<&'a str, Vec<Term>>,
}

impl<'a> Known<'a> {
    pub fn new(statement: &'a Statement, context: &'a CheckContext) -> Known<'a> {
        let mut known = Known {
            context,
            cases: HashMap::new(),
            approved: HashMap::new(),
            products: HashMap::new(),
            tariffs: HashMap::new(),
            models: HashMap::new(),
            contacts: HashMap::new(),
        };
        for case in &context.trajectories {
            known.cases.insert(&case.case_ref, Term { from: case.referred_on, until: case.ended_on });
            for (product, quantity) in &case.approved {
                known.approved.insert((&case.case_ref, product), *quantity);
            }
        }
        for line in &statement.trajectories {
            known.cases.insert(&line.case_ref, Term { from: line.referred_on, until: line.ended_on });
        }
        for product in &context.products {
            known.products.entry(&product.product).or_default().push(product);
        }
        for tariff in &context.tariffs {
            known.tariffs.entry(&tariff.product).or_default().push(tariff);
        }
        for model in &context.models {
            known.models.entry(&model.product).or_default().push(model);
        }
        for contact in &context.contacts {
            known.contacts.entry(&contact.email).or_default().push(contact.term);
        }
        known
    }

    /// What the catalogue lays down of the product on a day.
    pub fn model(&self, product: &str, on: NaiveDate) -> Option<&'a Model> {
        self.models.get(product)?.iter().find(|model| model.term.covers(on)).copied()
    }

    pub fn is_monthly(&self, product: &str) -> bool {
        self.products.get(product).is_some_and(|terms| terms.iter().any(|term| term.monthly))
    }
}
