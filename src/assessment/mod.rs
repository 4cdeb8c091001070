//! The quarterly assessment (kwartaalbeoordeling): the findings of one provider and one quarter, proposed by the
//! system, looked at by both sides, set final by a person. Facts, findings and all that a report says beside them are frozen
//! under a hash, so that anybody can compute them again.

pub mod around;
pub mod beside;
pub mod closing;
pub mod counts;
pub mod finalising;
pub mod handing_in;
pub mod hearing;
pub mod history;
mod mails;
pub mod overriding;
pub mod reacting;
mod refusal;
pub mod remarks;
pub mod reminding;
pub mod store;
pub mod web;
pub mod work;

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use crate::assessment::beside::Beside;
use crate::facts::QuarterFacts;
use crate::indicator::{Findings, judge};
use crate::quarter::Quarter;
pub use refusal::Refusal;

codes! {
    /// Who a remark is by, and what it is.
    pub enum RemarkKind {
        /// The municipality's line of reason (motivering).
        Reason = "reason",
        /// What the provider says to it (reactie).
        Reaction = "reaction",
        /// The municipality goes along with a reaction (overgenomen).
        Adopted = "adopted",
        /// It does not, and says why (niet overgenomen).
        NotAdopted = "not_adopted",
    }
}

/// Facts and the findings that follow from them, with what a report says beside them, as the documents that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// `openhouse-quarter-facts/1`
    pub facts: String,
    /// `openhouse-findings/1`
    pub findings: String,
    /// `openhouse-quarter-beside/1`; none in an assessment from before it was frozen.
    pub beside: Option<String>,
    /// SHA-256 over the bytes of the three documents, in this order, in hexadecimal.
    pub digest: String,
}

impl Frozen {
    /// Judges the facts and freezes all of it.
    pub fn of(facts: &QuarterFacts, beside: &Beside) -> (Frozen, Findings) {
        let findings = judge(facts);
        let (facts, written, beside) = (facts.to_json(), findings.to_json(), beside.to_json());
        let digest = digest([&facts, &written, &beside]);
        (Frozen { facts, findings: written, beside: Some(beside), digest }, findings)
    }

    /// Whether the documents are still the ones that were hashed.
    pub fn is_whole(&self) -> bool {
        self.digest == digest(self.documents())
    }

    /// The digest as an assessment had it when nothing was frozen beside facts and findings.
    fn digest_of_judgement(&self) -> String {
        digest([&self.facts, &self.findings])
    }

    fn documents(&self) -> impl Iterator<Item = &String> {
        [&self.facts, &self.findings].into_iter().chain(&self.beside)
    }

    /// What the paper shows once the quarter is final: SHA-256 over all documents, the closing one last.
    fn final_digest(&self, closing: &String) -> String {
        digest(self.documents().chain([closing]))
    }
}

/// Every document ends in a line feed and begins with its format, so that no two rows of documents read the same.
fn digest<'a>(documents: impl IntoIterator<Item = &'a String>) -> String {
    let hash = documents.into_iter().fold(Sha256::new(), |hash, document| hash.chain_update(document)).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The document that was frozen when a quarter was set final (slotstuk): `openhouse-quarter-closing/1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub document: String,
    /// SHA-256 over everything that was frozen, this document last.
    pub digest: String,
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
    /// None while it is provisional, and when it was set final before there was such a document.
    pub closed: Option<Closed>,
    /// The final version that it takes the place of, and why; empty as long as nobody said so.
    pub replaces: Option<i32>,
    pub reason: String,
}

impl Assessment {
    /// The hash that stands on paper.
    pub fn digest(&self) -> &str {
        self.closed.as_ref().map_or(&self.frozen.digest, |closed| &closed.digest)
    }

    /// Whether every document is still the one that was hashed.
    pub fn is_whole(&self) -> bool {
        let sealed = |closed: &Closed| closed.digest == self.frozen.final_digest(&closed.document);
        self.frozen.is_whole() && self.closed.as_ref().is_none_or(sealed)
    }
}
