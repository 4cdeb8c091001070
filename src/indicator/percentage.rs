//! The percentage as people see it: one decimal, and never a missed target shown as reached.

use super::Finding;
use crate::text::Lang;

/// A share in tenths of a percent: 667 is shown as `66,7 %`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(pub u32);

impl Finding {
    /// None when there is no case. Rounded half up, yet "79,96 % wordt getoond als 79,9 %" where the target is 80.
    pub fn shown_percentage(&self) -> Option<Percentage> {
        let (numerator, denominator) = (u64::from(self.numerator), u64::from(self.denominator));
        if denominator == 0 {
            return None;
        }
        let rounded = (numerator * 2_000 + denominator) / (2 * denominator);
        let shown = match self.target_pct.map(u64::from) {
            Some(target) if numerator * 100 < target * denominator => rounded.min(target * 10 - 1),
            _ => rounded,
        };
        Some(Percentage(u32::try_from(shown).unwrap_or(u32::MAX)))
    }
}

impl Percentage {
    /// `66,7 %` in Dutch, with a no-break space; `66.7%` in English.
    pub fn written(self, lang: Lang) -> String {
        let (whole, tenth) = (self.0 / 10, self.0 % 10);
        match lang {
            Lang::Nl => format!("{whole},{tenth}\u{a0}%"),
            Lang::En => format!("{whole}.{tenth}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::Verdict;

    fn shown(numerator: u32, denominator: u32, target_pct: Option<u32>) -> Option<u32> {
        let finding = Finding {
            indicator: 6,
            numerator,
            denominator,
            strict_numerator: numerator,
            strict_denominator: denominator,
            target_pct,
            verdict: Verdict::Missed,
            label: None,
            cases: Vec::new(),
        };
        finding.shown_percentage().map(|percentage| percentage.0)
    }

    #[test]
    fn a_missed_target_is_never_shown_as_reached() {
        assert_eq!(shown(7996, 10_000, Some(80)), Some(799));
        assert_eq!(shown(99_999, 100_000, Some(100)), Some(999));
    }

    #[test]
    fn a_reached_target_is_never_shown_as_missed() {
        assert_eq!(shown(80_001, 100_000, Some(80)), Some(800));
        assert_eq!(shown(5, 5, Some(100)), Some(1000));
    }

    #[test]
    fn elsewhere_half_a_tenth_goes_up() {
        assert_eq!(shown(2, 3, Some(70)), Some(667));
        assert_eq!(shown(1, 3, None), Some(333));
        assert_eq!(shown(1, 2000, None), Some(1));
    }

    #[test]
    fn no_case_has_no_percentage() {
        assert_eq!(shown(0, 0, Some(80)), None);
        assert_eq!(shown(0, 3, Some(80)), Some(0));
        assert_eq!(shown(0, 3, Some(0)), Some(0));
    }

    #[test]
    fn numbers_of_any_size_are_shown() {
        assert_eq!(shown(u32::MAX, u32::MAX, Some(100)), Some(1000));
    }

    #[test]
    fn dutch_has_a_comma_and_english_a_point() {
        assert_eq!(Percentage(667).written(Lang::Nl), "66,7\u{a0}%");
        assert_eq!(Percentage(1000).written(Lang::En), "100.0%");
    }
}
