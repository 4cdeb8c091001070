//! An invented provider for the tests of the rules. What a test is about stands in the test, written as in the document.

use serde_json::{Value, json};

use crate::facts::{FORMAT, QuarterFacts, Trajectory};
use crate::indicator::{Finding, Outcome};

/// A provider with an agreement, everything in order and no cases.
pub(super) fn facts(quarter: &str) -> QuarterFacts {
    from(json!({
        "format": FORMAT, "quarter": quarter, "provider": {"kvk": "12345678", "name": "Voorbeeld BV"},
        "agreement": {"active_from": "2019-07-01"},
        "trajectories": [], "professionals": [], "surveys": [],
        "complaints": {
            "procedure_valid_until": "2999-12-31", "adviser_named": true,
            "statement_due_on": "2026-10-28", "statement_received_on": "2026-10-01", "items": []
        },
        "cost_statement": {"due_on": "2026-10-28", "received_on": "2026-10-01", "complete": true}
    }))
}

/// A provider with these trajectories, named `T1`, `T2` and so on.
pub(super) fn with(quarter: &str, trajectories: &[Value]) -> QuarterFacts {
    let mut facts = facts(quarter);
    facts.trajectories = trajectories.iter().cloned().map(trajectory).collect();
    for (place, trajectory) in facts.trajectories.iter_mut().enumerate() {
        trajectory.case_ref = format!("T{}", place + 1);
    }
    facts
}

/// A trajectory with these fields; what is not told is referral long ago with profile P2.
pub(super) fn trajectory(told: Value) -> Trajectory {
    let mut whole = json!({"case_ref": "T1", "profile": "P2", "referred_on": "2001-01-01"});
    for (name, value) in told.as_object().expect("a trajectory is an object") {
        whole[name] = value.clone();
    }
    from(whole)
}

/// A part of the facts, written as in the document.
pub(super) fn from<T: serde::de::DeserializeOwned>(written: Value) -> T {
    serde_json::from_value(written).expect("the samples are well formed")
}

/// The outcomes of a finding's cases, in order.
pub(super) fn outcomes(finding: &Finding) -> Vec<Outcome> {
    finding.cases.iter().map(|case| case.outcome).collect()
}
