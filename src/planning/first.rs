//! The plan to begin with (standaardplanning, `defaults/planning.yaml`): phases 0 to 3 in six months.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phase, Plan};
use crate::text::Bilingual;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    activities: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    phase: Phase,
    name: Bilingual,
    deliverable: Bilingual,
    first_month: i32,
    last_month: i32,
    /// Which step or document of the procedure asks for it.
    source: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../defaults/planning.yaml")).expect("the embedded plan is well formed")
});

/// Its activities, each with where it comes from.
pub fn activities() -> impl Iterator<Item = (Plan, &'static str)> {
    FILE.activities.iter().map(|one| {
        let (name, deliverable) = (one.name.clone(), one.deliverable.clone());
        let plan =
            Plan { phase: one.phase, name, deliverable, first_month: one.first_month, last_month: one.last_month };
        (plan, one.source.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::USUAL_MONTHS;

    #[test]
    fn the_plan_fills_six_months_phase_after_phase_and_says_where_it_comes_from() {
        let all: Vec<_> = activities().collect();
        assert!(all.windows(2).all(|pair| pair[0].0.phase <= pair[1].0.phase));
        for phase in Phase::ALL {
            assert!(all.iter().any(|(plan, _)| plan.phase == *phase), "{phase}");
        }
        for month in 1..=USUAL_MONTHS {
            assert!(all.iter().any(|(plan, _)| plan.is_in(month)), "month {month}");
        }
        for (plan, source) in all {
            assert_eq!(plan.refusal(), None, "{}", plan.name.nl);
            assert!(plan.last_month <= USUAL_MONTHS && !source.is_empty());
            for text in [&plan.name, &plan.deliverable] {
                assert!(!text.nl.is_empty() && !text.en.is_empty() && text.nl != text.en, "{text:?}");
            }
        }
    }
}
