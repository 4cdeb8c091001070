//! A minimum quality criterion (minimale kwaliteitseis): what a provider shows to be admitted and to stay so.

use serde::{Deserialize, Serialize};

use super::{Domain, Validity};
use crate::money::Cents;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// `M01` to `M24` in the defaults.
    pub code: String,
    pub name: Bilingual,
    pub text: Bilingual,
    pub evidence: Bilingual,
    pub evidence_kind: EvidenceKind,
    pub evidence_valid: ValidityRule,
    /// What an insurance must cover at least; only for insurances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insured_cents: Option<InsuredAmounts>,
    /// "Of gelijkwaardig": other evidence of the same worth is accepted too.
    #[serde(default)]
    pub equivalent_allowed: bool,
    /// Asked only of who delivers one of these products; empty means of everyone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_products: Vec<String>,
    /// Asked only of whom this is true of, by his own answer in the form; of the others it does not apply (nvt).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_when: Option<Condition>,
    pub ask: AskMoment,
    pub checked_by: Checker,
    /// Knock-out-eis: without it no admission.
    pub knock_out: bool,
    /// May be repaired (herstel) within the term of the procedure.
    pub repairable: bool,
    pub domains: Vec<Domain>,
    /// Asked in a new procedure unless the municipality says otherwise.
    pub active: bool,
    pub valid: Validity,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

impl Criterion {
    /// Whether it is asked of who offers these products.
    pub fn is_for(&self, products: &[String]) -> bool {
        self.only_products.is_empty() || products.iter().any(|code| self.concerns(code))
    }

    /// Whether it is tied to this product, or to its kind.
    pub fn concerns(&self, product: &str) -> bool {
        self.only_products.iter().any(|kind| is_of_kind(product, kind))
    }

    /// The products or kinds that it is tied to and that a catalogue does not know: nobody will ever be asked.
    pub fn unknown_products(&self, catalogue: &[String]) -> Vec<&str> {
        let unknown = |kind: &&String| !catalogue.iter().any(|code| is_of_kind(code, kind));
        self.only_products.iter().filter(unknown).map(String::as_str).collect()
    }
}

/// A municipality writes the client profile between the words of a code: `RE-P2-JC` is of the kind `RE-JC`.
fn is_of_kind(code: &str, kind: &str) -> bool {
    let mut parts = code.split('-');
    let ends_alike = code.rsplit('-').next() == kind.rsplit('-').next();
    let starts_alike = code.split('-').next() == kind.split('-').next();
    starts_alike && ends_alike && kind.split('-').all(|word| parts.any(|part| part == word))
}

impl EvidenceKind {
    /// Answered in the application itself, with a tick or in words (akkoord en toelichting).
    pub fn is_said(self) -> bool {
        use EvidenceKind::*;
        matches!(self, AgreementTick | Statement | SeenNotStored | VogRegister)
    }
}

codes! {
    /// An answer in the form on which a criterion depends.
    pub enum Condition {
        /// "Wij werken met onderaannemers."
        Subcontractors = "subcontractors",
    }
}

codes! {
    /// The form of the evidence (bewijsstuk).
    pub enum EvidenceKind {
        Document = "document",
        /// A document, or a look by us in the public register.
        DocumentOrRegister = "document_or_register",
        SignedForm = "signed_form",
        /// Shown to a person, who records that; no copy is kept.
        SeenNotStored = "seen_not_stored",
        List = "list",
        VogRegister = "vog_register",
        Statement = "statement",
        AgreementTick = "agreement_tick",
    }
}

/// How long a piece of evidence counts (geldigheid). Months are counted from the date on the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum ValidityRule {
    /// At most so many months old on the day of receipt, and then it counts.
    ReceivedWithin {
        months: u32,
    },
    /// As long as the agreement runs; looked at again every so many months.
    WholeTerm {
        review_months: Option<u32>,
    },
    /// Once for every application.
    PerApplication {},
    /// Again for every new version of the agreement's text.
    PerVersion {},
    /// Until the end date that stands on it, yet no longer than `max_months`; without such a date `without_date_months`.
    UntilItsDate {
        max_months: Option<u32>,
        without_date_months: Option<u32>,
    },
    Months {
        months: u32,
    },
    /// By the terms of the VOG register.
    Vog {},
}

codes! {
    /// When a criterion's evidence is asked: at the application only what must be there then, the rest on request.
    pub enum AskMoment {
        AtApplication = "at_application",
        OnRequest = "on_request",
        BeforeStart = "before_start",
        Periodic = "periodic",
    }
}

codes! {
    /// Who judges the evidence.
    pub enum Checker {
        Assessor = "assessor",
        ContractManager = "contract_manager",
        PrivacyOfficer = "privacy_officer",
        Automatic = "automatic",
    }
}

codes! {
    /// Where a criterion comes from.
    pub enum Source {
        /// The national contract standard (contractstandaarden Wmo en Jeugd).
        NationalStandard = "national_standard",
        UsualPractice = "usual_practice",
        Startdocument = "startdocument",
        CaseLaw = "case_law",
        LocalPolicy = "local_policy",
        Proposal = "proposal",
    }
}

/// The least an insurance covers, for a micro firm (fewer than 10 staff, turnover at most 2 million euros) and others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsuredAmounts {
    pub micro: Insured,
    pub other: Insured,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insured {
    pub event: Cents,
    pub year: Cents,
}

#[cfg(test)]
mod tests {
    use super::is_of_kind;

    #[test]
    fn a_product_is_of_its_kind_whatever_profile_its_code_names() {
        for (code, kind) in [("RE-JC", "RE-JC"), ("RE-P2-JC", "RE-JC"), ("RE-P1-P2-JC", "RE-JC")] {
            assert!(is_of_kind(code, kind), "{code} is not of {kind}");
        }
        for (code, kind) in [("RE-JH", "RE-JC"), ("RE-JC-P2", "RE-JC"), ("WM-P2-JC", "RE-JC"), ("RE-JC", "RE-P2-JC")] {
            assert!(!is_of_kind(code, kind), "{code} is of {kind}");
        }
    }
}
