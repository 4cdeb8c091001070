//! What a report says of a quarter beside the ten figures (wat ernaast staat): agreement, definitions, costs, complaints,
//! VOGs and what expires. It is frozen and hashed with facts and findings, so that neither a later file nor a later program
//! changes what was printed under a hash.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::assessment::counts::{self, Expiring, Vogs};
use crate::db::Conn;
use crate::facts::QuarterFacts;
use crate::money::Cents;
use crate::procedure::definition::IndicatorDefinition;
use crate::quarter::Quarter;
use crate::statement::charged::CostSum;
use crate::text::Bilingual;
use crate::{complaint, procedure, statement};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "openhouse-quarter-beside/1")]
pub struct Beside {
    pub quarter: Quarter,
    /// The agreement that held last in the quarter; none when none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementNamed>,
    pub indicators: Vec<IndicatorWords>,
    /// In the order of the Dutch names.
    pub costs: Vec<ProductCosts>,
    /// Received in the quarter, per category.
    pub complaints: Vec<ComplaintCount>,
    pub vogs: Vogs,
    /// Soonest first.
    pub expiring: Vec<Expires>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementNamed {
    pub number: String,
    pub version: i32,
}

/// The words of an indicator that were in force on the last day of the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorWords {
    pub number: u8,
    pub name: Bilingual,
    /// What is counted.
    pub measure: Bilingual,
}

/// What was charged for one product in one quarter, in cents and without VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCosts {
    pub product: String,
    pub name: Bilingual,
    /// By the month in which the line begins; what was delivered earlier and charged now counts in the first.
    pub months: [Cents; 3],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintCount {
    pub category: String,
    pub count: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expires {
    pub what: Expiring,
    pub on: NaiveDate,
}

impl Beside {
    /// The one written form, with a line feed at the end.
    pub fn to_json(&self) -> String {
        let mut written = serde_json::to_string_pretty(self).expect("it holds only texts, numbers and lists");
        written.push('\n');
        written
    }
}

/// Code and names of every product, by its id.
pub type Products = HashMap<i64, (String, Bilingual)>;

/// What all providers of a municipality share in a quarter.
#[derive(Debug, Clone)]
pub struct Shared {
    definitions: Vec<IndicatorDefinition>,
    pub products: Products,
}

impl Shared {
    pub fn load(conn: &mut Conn, actor: &Actor, quarter: Quarter) -> QueryResult<Shared> {
        let products = procedure::store::catalogue(conn, actor)?.into_iter();
        Ok(Shared {
            definitions: procedure::store::indicators(conn, actor, quarter.last_day())?,
            products: products.map(|product| (product.id, (product.code, product.name))).collect(),
        })
    }
}

/// What stands beside these facts, in their order. Every table is read once for all of them.
pub fn gather(
    conn: &mut Conn,
    actor: &Actor,
    quarter: Quarter,
    shared: &Shared,
    facts: &[(i64, QuarterFacts)],
) -> QueryResult<Vec<Beside>> {
    let ids: Vec<i64> = facts.iter().map(|(id, _)| *id).collect();
    let accessions = agreement::store::of(conn, actor, &ids)?;
    let costs = statement::charged::costs(conn, actor, &ids, quarter, quarter)?;
    let complaints = complaint::store::per_category(conn, actor, &ids, quarter.first_day(), quarter.last_day())?;
    let beside = |(id, facts): &(i64, QuarterFacts)| {
        let own = accessions.iter().rfind(|one| one.provider_id == *id && one.is_active_in(quarter));
        let expiring = counts::expiring(quarter, &facts.agreement, &facts.complaints).into_iter();
        Beside {
            quarter,
            agreement: own.map(AgreementNamed::of),
            indicators: shared.definitions.iter().map(IndicatorWords::of).collect(),
            costs: charged(&shared.products, costs.iter().filter(|sum| sum.provider_id == *id), quarter),
            complaints: complaints
                .iter()
                .filter(|(owner, _, _)| owner == id)
                .map(|(_, category, count)| ComplaintCount {
                    category: category.clone(),
                    count: u32::try_from(*count).unwrap_or(u32::MAX),
                })
                .collect(),
            vogs: counts::vogs(quarter, &facts.settings, &facts.agreement, &facts.professionals),
            expiring: expiring.map(|(on, what)| Expires { what, on }).collect(),
        }
    };
    Ok(facts.iter().map(beside).collect())
}

/// The sums of one quarter per product and month, in the order of the Dutch names.
pub fn charged<'a>(
    products: &Products,
    sums: impl Iterator<Item = &'a CostSum>,
    quarter: Quarter,
) -> Vec<ProductCosts> {
    let mut charged: Vec<(i64, ProductCosts)> = Vec::new();
    for sum in sums.filter(|sum| sum.quarter == quarter) {
        let at = charged.iter().position(|(id, _)| *id == sum.product_id).unwrap_or_else(|| {
            let (product, name) = products.get(&sum.product_id).cloned().unwrap_or_default();
            charged.push((sum.product_id, ProductCosts { product, name, months: [Cents(0); 3] }));
            charged.len() - 1
        });
        let month = if quarter.contains(sum.from) { (sum.from.month0() % 3) as usize } else { 0 };
        let months = &mut charged[at].1.months;
        months[month] = months[month] + sum.amount;
    }
    let mut charged: Vec<ProductCosts> = charged.into_iter().map(|(_, line)| line).collect();
    charged.sort_by(|one, other| (&one.name.nl, &one.product).cmp(&(&other.name.nl, &other.product)));
    charged
}

impl AgreementNamed {
    fn of(accession: &Accession) -> AgreementNamed {
        AgreementNamed { number: accession.number.clone(), version: accession.version }
    }
}

impl IndicatorWords {
    fn of(definition: &IndicatorDefinition) -> IndicatorWords {
        IndicatorWords {
            number: definition.number,
            name: definition.short.clone(),
            measure: definition.measure.clone(),
        }
    }
}
