//! The result of one criterion (status criterium): from open, by evidence and judgement, to met, and round again when the
//! evidence expires.

use super::Refusal;
use crate::actor::Role;
use crate::procedure::criterion::{AskMoment, Checker};

codes! {
    /// Where a criterion stands; the Dutch word of the status model behind each.
    pub enum CriterionState {
        Open = "open",
        /// bewijs_ingediend
        HandedIn = "handed_in",
        /// in_beoordeling
        UnderReview = "under_review",
        /// voldoet
        Met = "met",
        /// voldoet_niet
        NotMet = "not_met",
        /// herstel_gevraagd
        RepairAsked = "repair_asked",
        /// nvt
        NotApplicable = "not_applicable",
        /// verloopt: met, and its evidence ends within 60 days
        Expiring = "expiring",
        /// verlopen
        Expired = "expired",
    }
}

codes! {
    /// What is found of a criterion (oordeel).
    pub enum CriterionResult {
        /// voldoet
        Met = "met",
        /// voldoet niet
        NotMet = "not_met",
        /// herstel gevraagd
        RepairAsked = "repair_asked",
        /// niet van toepassing
        NotApplicable = "not_applicable",
    }
}

impl CriterionResult {
    /// "Reason mandatory unless it meets."
    pub fn asks_for_a_reason(self) -> bool {
        self != CriterionResult::Met
    }
}

impl CriterionState {
    /// There is a result that can stand in an advice.
    pub fn is_judged(self) -> bool {
        use CriterionState::*;
        matches!(self, Met | NotMet | NotApplicable | Expiring)
    }

    /// Does not stand in the way of an admission.
    pub fn is_good(self) -> bool {
        use CriterionState::*;
        matches!(self, Met | NotApplicable | Expiring)
    }

    /// The states in which the municipality has something to look at.
    pub const WAITING: [CriterionState; 2] = [CriterionState::HandedIn, CriterionState::UnderReview];

    /// The municipality has something to look at.
    pub fn waits_for_a_verdict(self) -> bool {
        CriterionState::WAITING.contains(&self)
    }

    /// The provider shows evidence for it. While the old evidence runs out (verloopt) its successor may come already.
    pub fn hand_in(self) -> Result<CriterionState, Refusal> {
        use CriterionState::*;
        match self {
            Open | HandedIn | RepairAsked | Expiring | Expired => Ok(HandedIn),
            UnderReview | Met | NotMet | NotApplicable => Err(Refusal::CriterionNotNow(self)),
        }
    }

    /// Somebody begins to judge it, or judges it anew: without evidence too, as some criteria are looked up in a
    /// register. Whether the application is at a point where that may be done, its own state tells.
    pub fn take_up(self) -> CriterionState {
        CriterionState::UnderReview
    }

    pub fn judge(
        self,
        result: CriterionResult,
        checker: Checker,
        by: Role,
        reason: &str,
        repairable: bool,
    ) -> Result<CriterionState, Refusal> {
        if self != CriterionState::UnderReview {
            return Err(Refusal::CriterionNotNow(self));
        }
        if !may_judge(result, checker, by) {
            return Err(Refusal::NotYours);
        }
        if result.asks_for_a_reason() && reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        match result {
            CriterionResult::Met => Ok(CriterionState::Met),
            CriterionResult::NotMet => Ok(CriterionState::NotMet),
            CriterionResult::RepairAsked if !repairable => Err(Refusal::NotRepairable),
            CriterionResult::RepairAsked => Ok(CriterionState::RepairAsked),
            CriterionResult::NotApplicable => Ok(CriterionState::NotApplicable),
        }
    }

    /// By the system, 60 days before the evidence ends (verloopt).
    pub fn expires_soon(self) -> Option<CriterionState> {
        (self == CriterionState::Met).then_some(CriterionState::Expiring)
    }

    /// By the system, on the day after the evidence ended (verlopen).
    pub fn expire(self) -> Option<CriterionState> {
        matches!(self, CriterionState::Met | CriterionState::Expiring).then_some(CriterionState::Expired)
    }
}

/// "Assessor judges; nvt needs a reason by contract_manager"; some criteria have a judge of their own.
pub fn may_judge(result: CriterionResult, checker: Checker, by: Role) -> bool {
    if result == CriterionResult::NotApplicable {
        return by == Role::ContractManager;
    }
    match by {
        Role::Assessor => true,
        Role::ContractManager => checker == Checker::ContractManager,
        Role::PrivacyOfficer => checker == Checker::PrivacyOfficer,
        Role::System => checker == Checker::Automatic && result == CriterionResult::Met,
        _ => false,
    }
}

/// Whether a decision waits for this criterion. What is asked at the application or on request must have a result; what
/// is asked before the start or during the agreement only once there is something to judge.
pub fn counts_for_decision(ask: AskMoment, state: CriterionState) -> bool {
    match ask {
        AskMoment::AtApplication | AskMoment::OnRequest => true,
        AskMoment::BeforeStart | AskMoment::Periodic => state != CriterionState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "open → bewijs_ingediend → in_beoordeling → …; herstel_gevraagd → bewijs_ingediend; verlopen → bewijs_ingediend",
    /// and while it runs out (verloopt) the successor may come.
    #[test]
    fn evidence_is_handed_in_where_it_is_asked() {
        use CriterionState::*;
        for state in CriterionState::ALL {
            let open = matches!(state, Open | HandedIn | RepairAsked | Expiring | Expired);
            let expected = if open { Ok(HandedIn) } else { Err(Refusal::CriterionNotNow(*state)) };
            assert_eq!(state.hand_in(), expected, "{state}");
        }
    }

    #[test]
    fn every_result_role_and_judge_is_as_the_status_model_says() {
        for result in CriterionResult::ALL {
            for checker in Checker::ALL {
                for role in Role::ALL {
                    let expected = match (result, checker, role) {
                        (CriterionResult::NotApplicable, _, role) => *role == Role::ContractManager,
                        (_, _, Role::Assessor) => true,
                        (_, Checker::ContractManager, Role::ContractManager) => true,
                        (_, Checker::PrivacyOfficer, Role::PrivacyOfficer) => true,
                        (CriterionResult::Met, Checker::Automatic, Role::System) => true,
                        _ => false,
                    };
                    let judged =
                        CriterionState::UnderReview.judge(*result, *checker, *role, "Dat staat in het stuk.", true);
                    assert_eq!(judged.is_ok(), expected, "{result} {checker} {role}");
                    if let Ok(state) = judged {
                        assert_eq!(state.as_str(), result.as_str());
                    }
                }
            }
        }
    }

    #[test]
    fn a_reason_is_asked_unless_it_meets() {
        for result in CriterionResult::ALL {
            let by = if *result == CriterionResult::NotApplicable { Role::ContractManager } else { Role::Assessor };
            let judged = CriterionState::UnderReview.judge(*result, Checker::Assessor, by, " ", true);
            assert_eq!(judged == Err(Refusal::ReasonMissing), *result != CriterionResult::Met, "{result}");
        }
    }

    #[test]
    fn only_what_was_taken_up_is_judged_and_only_what_can_be_is_repaired() {
        use CriterionState::*;
        for state in CriterionState::ALL.iter().filter(|state| **state != UnderReview) {
            let judged = state.judge(CriterionResult::Met, Checker::Assessor, Role::Assessor, "", true);
            assert_eq!(judged, Err(Refusal::CriterionNotNow(*state)));
        }
        let repair = UnderReview.judge(CriterionResult::RepairAsked, Checker::Assessor, Role::Assessor, "polis", false);
        assert_eq!(repair, Err(Refusal::NotRepairable));
    }

    #[test]
    fn only_what_is_met_expires() {
        use CriterionState::*;
        for state in CriterionState::ALL {
            assert_eq!(state.expires_soon(), (*state == Met).then_some(Expiring), "{state}");
            assert_eq!(state.expire(), matches!(state, Met | Expiring).then_some(Expired), "{state}");
        }
    }

    #[test]
    fn a_decision_waits_for_what_is_asked_now_and_for_what_was_handed_in_early() {
        for state in CriterionState::ALL {
            assert!(counts_for_decision(AskMoment::AtApplication, *state));
            assert!(counts_for_decision(AskMoment::OnRequest, *state));
            let handed_in = *state != CriterionState::Open;
            assert_eq!(counts_for_decision(AskMoment::BeforeStart, *state), handed_in);
            assert_eq!(counts_for_decision(AskMoment::Periodic, *state), handed_in);
        }
    }
}
