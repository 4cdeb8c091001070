//! The quarterly assessment (kwartaalbeoordeling): the findings of one provider and one quarter, proposed by the
//! system, looked at by both sides, set final by a person. Facts and findings are frozen with their hash, so that
//! anybody can compute them again.

pub mod around;
pub mod counts;
pub mod history;
pub mod remarks;
pub mod store;
pub mod web;

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use crate::facts::QuarterFacts;
use crate::indicator::{Findings, judge};
use crate::quarter::Quarter;

codes! {
    /// Who a remark is by.
    pub enum RemarkKind {
        /// The municipality's line of reason (motivering).
        Reason = "reason",
        /// What the provider says to it (reactie).
        Reaction = "reaction",
    }
}

/// Facts and the findings that follow from them, as the documents that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// `openhouse-quarter-facts/1`
    pub facts: String,
    /// `openhouse-findings/1`
    pub findings: String,
    /// SHA-256 over the bytes of the facts followed by those of the findings, in hexadecimal.
    pub digest: String,
}

impl Frozen {
    /// Judges the facts and freezes both.
    pub fn of(facts: &QuarterFacts) -> (Frozen, Findings) {
        let findings = judge(facts);
        let (facts, written) = (facts.to_json(), findings.to_json());
        let digest = digest(&facts, &written);
        (Frozen { facts, findings: written, digest }, findings)
    }

    /// Whether the documents are still the ones that were hashed.
    pub fn is_whole(&self) -> bool {
        self.digest == digest(&self.facts, &self.findings)
    }
}

fn digest(facts: &str, findings: &str) -> String {
    let hash = Sha256::new().chain_update(facts).chain_update(findings).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One version of the judgement of one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub id: i64,
    pub provider_id: i64,
    pub quarter: Quarter,
    /// Counts from 1; the highest supersedes the others.
    pub version: i32,
    pub frozen: Frozen,
    pub made_at: NaiveDateTime,
    /// When and by whom it was set final (vastgesteld), in UTC; none while it is provisional (voorlopig).
    pub finalised: Option<(NaiveDateTime, String)>,
}

/// Why an assessment cannot be set final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is none, or it is not the actor's to see.
    NotFound,
    /// Only the contract manager sets a quarter final.
    NotYours,
    /// Somebody set it final already: when, in UTC, and who.
    AlreadyFinal(NaiveDateTime, String),
    /// Meanwhile there is another version than the one that was looked at.
    Superseded { current: i32 },
}
