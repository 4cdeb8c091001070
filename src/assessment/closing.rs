//! The closing document of a quarter (slotstuk): what both sides said, what was promised, and the figures of other quarters
//! that stand in the report. While the quarter is provisional all of it may still change; setting it final freezes it.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::assessment::RemarkKind;
use crate::assessment::beside::{self, ProductCosts, Products};
use crate::assessment::hearing::{self, Hearing};
use crate::assessment::history::History;
use crate::assessment::overriding::Override;
use crate::assessment::reacting::{self, Piece};
use crate::assessment::remarks::{self, OpenAction, Remark};
use crate::db::Conn;
use crate::indicator::Verdict;
use crate::quarter::Quarter;
use crate::statement;
use crate::statement::charged::CostSum;

/// How many quarters a trend shows, and how many the months of the costs; both with the quarter itself.
const TREND: usize = 8;
const YEAR: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "openhouse-quarter-closing/1")]
pub struct Closing {
    pub quarter: Quarter,
    pub version: i32,
    /// In UTC.
    pub final_at: NaiveDateTime,
    pub final_by: String,
    /// The final version that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    pub version: i32,
    pub reason: String,
}

/// What a report takes from outside the judgement of its own quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Oldest first within an indicator.
    pub remarks: Vec<Said>,
    /// Soonest first.
    pub actions: Vec<Promised>,
    /// When the quarter was put before the provider, oldest first; none in what was frozen before that was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hearings: Vec<Held>,
    /// What a person decided in the place of what was computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Overridden>,
    pub indicators: Vec<OverQuarters>,
    /// The quarters before this one, oldest first; one without costs is not there.
    pub earlier_costs: Vec<QuarterCosts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub indicator: i64,
    pub kind: RemarkKind,
    pub body: String,
    pub author: String,
    pub written_at: NaiveDateTime,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<ShownFile>,
}

/// A file that was shown with a reaction: its name, and the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownFile {
    pub name: String,
    pub sha256: String,
}

/// One time that the quarter was put before the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub version: i32,
    pub opened_at: NaiveDateTime,
    pub opened_by: String,
    pub until: NaiveDate,
    /// When and by whom it was said that there are no (further) remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<(NaiveDateTime, String)>,
}

/// A verdict of a person on one indicator; what was computed stands in the findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    pub indicator: u8,
    pub verdict: Verdict,
    pub reason: String,
    pub by: String,
    pub at: NaiveDateTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    pub body: String,
    pub owner: String,
    pub due_on: NaiveDate,
}

/// Numerator and denominator of one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverQuarters {
    pub indicator: u8,
    /// The last four quarters together, this one included.
    pub rolling: (u32, u32),
    /// Oldest first, this one included; a quarter without cases is not there.
    pub trend: Vec<(Quarter, (u32, u32))>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterCosts {
    pub quarter: Quarter,
    pub products: Vec<ProductCosts>,
}

impl Closing {
    /// The one written form, with a line feed at the end.
    pub fn to_json(&self) -> String {
        let mut written = serde_json::to_string_pretty(self).expect("it holds only texts, numbers and lists");
        written.push('\n');
        written
    }
}

/// How things stand now for these providers, read for all of them together.
pub struct Standings {
    quarter: Quarter,
    history: History,
    costs: Vec<CostSum>,
    remarks: Vec<Remark>,
    pieces: HashMap<i64, Vec<Piece>>,
    hearings: Vec<Hearing>,
    actions: Vec<OpenAction>,
}

impl Standings {
    pub fn load(conn: &mut Conn, actor: &Actor, providers: &[i64], quarter: Quarter) -> QueryResult<Standings> {
        let earliest = |count| quarter.run_up(count).first().copied().unwrap_or(quarter);
        let costs = statement::charged::costs(conn, actor, providers, earliest(YEAR), quarter.previous())?;
        Ok(Standings {
            quarter,
            history: History::load(conn, actor, providers, earliest(TREND), quarter)?,
            costs,
            remarks: remarks::remarks(conn, actor, providers, quarter)?,
            pieces: reacting::pieces(conn, actor, providers, quarter)?,
            hearings: hearing::all(conn, actor, providers, quarter, quarter)?,
            actions: remarks::open_actions(conn, actor, providers, quarter)?,
        })
    }

    pub fn of(&self, provider_id: i64, products: &Products) -> Standing {
        let said = self.remarks.iter().filter(|remark| remark.provider_id == provider_id);
        let promised = self.actions.iter().filter(|action| action.provider_id == provider_id);
        let costs: Vec<&CostSum> = self.costs.iter().filter(|sum| sum.provider_id == provider_id).collect();
        let earlier = self.quarter.run_up(YEAR).into_iter().filter(|one| *one < self.quarter);
        let earlier = earlier.map(|quarter| QuarterCosts {
            quarter,
            products: beside::charged(products, costs.iter().copied(), quarter),
        });
        let held = self.hearings.iter().filter(|heard| heard.provider_id == provider_id);
        let judged = self.history.of(provider_id, self.quarter);
        let overrides = judged.into_iter().flat_map(|judged| judged.overrides.values());
        Standing {
            remarks: said.map(|remark| Said::of(remark, self.pieces.get(&remark.id))).collect(),
            actions: promised.map(Promised::of).collect(),
            hearings: held.map(Held::of).collect(),
            overrides: overrides.filter_map(Overridden::of).collect(),
            indicators: (1..=10).map(|number| self.over_quarters(provider_id, number)).collect(),
            earlier_costs: earlier.filter(|one| !one.products.is_empty()).collect(),
        }
    }

    fn over_quarters(&self, provider_id: i64, indicator: u8) -> OverQuarters {
        let quarters = self.quarter.run_up(TREND).into_iter();
        let share = |one| Some((one, self.history.share(provider_id, one, indicator)?));
        OverQuarters {
            indicator,
            rolling: self.history.rolling(provider_id, self.quarter, indicator),
            trend: quarters.filter_map(share).collect(),
        }
    }
}

impl Held {
    fn of(heard: &Hearing) -> Held {
        Held {
            version: heard.version,
            opened_at: heard.opened_at,
            opened_by: heard.opened_by.clone(),
            until: heard.term.due,
            done: heard.done.clone(),
        }
    }
}

impl Overridden {
    fn of(one: &Override) -> Option<Overridden> {
        Some(Overridden {
            indicator: one.indicator,
            verdict: one.verdict?,
            reason: one.reason.clone(),
            by: one.decided_by.clone(),
            at: one.decided_at,
        })
    }
}

impl Said {
    fn of(remark: &Remark, pieces: Option<&Vec<Piece>>) -> Said {
        let file = |piece: &Piece| ShownFile { name: piece.label.clone(), sha256: piece.sha256.clone() };
        Said {
            indicator: remark.indicator,
            kind: remark.kind,
            body: remark.body.clone(),
            author: remark.author.clone(),
            written_at: remark.written_at,
            evidence: pieces.into_iter().flatten().map(file).collect(),
        }
    }
}

impl Promised {
    fn of(action: &OpenAction) -> Promised {
        Promised { body: action.body.clone(), owner: action.owner.clone(), due_on: action.due_on }
    }
}
