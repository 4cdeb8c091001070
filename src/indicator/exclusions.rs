//! Exclusions (uitzonderingen): codes from a closed list that take a trajectory out of the net count. The provider
//! proposes, the contract manager accepts or refuses.

use crate::facts::{Exclusion, Trajectory};
use crate::trajectory::ExclusionCode;

/// Of several that apply, the first in the order of the facts.
pub(super) fn applying(trajectory: &Trajectory, indicator: u8) -> Option<ExclusionCode> {
    let applies =
        |e: &&Exclusion| e.accepted && e.indicator.is_none_or(|only| only == indicator) && works_for(e.code, indicator);
    trajectory.exclusions.iter().find(applies).map(|exclusion| exclusion.code)
}

/// Neutral codes work for 1, 2, 3, 6, 8 and 9: the indicators that count trajectories. Accepted reasons work for
/// 1 and 2 only, as the other targets leave room (indicators.md, rule 4). Which targets are set plays no part.
fn works_for(code: ExclusionCode, indicator: u8) -> bool {
    match code.is_neutral() {
        true => matches!(indicator, 1 | 2 | 3 | 6 | 8 | 9),
        false => matches!(indicator, 1 | 2),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::indicator::sample::trajectory;

    #[test]
    fn neutral_codes_work_wherever_trajectories_are_counted_and_reasons_for_plans_only() {
        let working = |code: ExclusionCode| (1..=10).filter(|i| works_for(code, *i)).collect::<Vec<u8>>();
        assert_eq!(working(ExclusionCode::N6), [1, 2, 3, 6, 8, 9]);
        assert_eq!(working(ExclusionCode::R1), [1, 2]);
    }

    #[test]
    fn only_an_accepted_code_works() {
        let refused = trajectory(json!({"exclusions": [{"code": "N1", "accepted": false}]}));
        assert_eq!(applying(&refused, 1), None);
    }

    #[test]
    fn a_code_for_one_indicator_leaves_the_others_alone() {
        let moved = trajectory(json!({"exclusions": [{"code": "N2", "indicator": 6, "accepted": true}]}));
        assert_eq!((applying(&moved, 6), applying(&moved, 1)), (Some(ExclusionCode::N2), None));
    }

    #[test]
    fn of_several_that_apply_the_first_is_printed() {
        let twice = trajectory(json!({"exclusions": [
            {"code": "N3", "accepted": false}, {"code": "R2", "accepted": true}, {"code": "N1", "accepted": true}
        ]}));
        assert_eq!(applying(&twice, 2), Some(ExclusionCode::R2));
        assert_eq!(applying(&twice, 3), Some(ExclusionCode::N1));
    }
}
