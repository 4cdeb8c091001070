//! The verdict (oordeel) on a figure, and the label of a small one. Whole numbers are compared; nothing is rounded.

use super::{Label, Verdict};
use crate::facts::Settings;

/// Met when `numerator × 100 ≥ target × denominator`. Numerator and denominator are the net ones.
pub(super) fn verdict(indicator: u8, numerator: u32, denominator: u32, settings: &Settings) -> Verdict {
    if denominator == 0 {
        return Verdict::NotApplicable;
    }
    let Some(target) = settings.targets.of(indicator) else {
        return Verdict::Monitored;
    };
    let reaches = |numerator: u32, pct: i64| i64::from(numerator) * 100 >= pct * i64::from(denominator);
    let target = i64::from(target);
    if reaches(numerator, target) {
        return Verdict::Met;
    }
    let deserves_attention = match indicator {
        // One case short, among enough cases for one to be an accident.
        1 | 2 => denominator >= 5 && reaches(numerator + 1, target),
        3 | 6 | 8 | 9 => target < 100 && reaches(numerator, target - i64::from(settings.attention_points)),
        _ => false,
    };
    if deserves_attention { Verdict::Attention } else { Verdict::Missed }
}

/// The warning that goes with few cases. 4, 7 and 10 are duties of the provider itself and get none.
pub(super) fn label(indicator: u8, denominator: u32, settings: &Settings) -> Option<Label> {
    match denominator {
        0 => None,
        _ if matches!(indicator, 4 | 7 | 10) => None,
        n if n < settings.small_indicative_below => Some(Label::Indicative),
        n if n < settings.small_small_below => Some(Label::Small),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(indicator: u8, numerator: u32, denominator: u32) -> Verdict {
        verdict(indicator, numerator, denominator, &Settings::default())
    }

    #[test]
    fn nineteen_plans_of_twenty_is_one_short() {
        assert_eq!(of(1, 20, 20), Verdict::Met);
        assert_eq!(of(1, 19, 20), Verdict::Attention);
        assert_eq!(of(1, 18, 20), Verdict::Missed);
    }

    #[test]
    fn eleven_of_twelve_deserves_attention_for_plans_and_not_for_certificates() {
        assert_eq!(of(1, 11, 12), Verdict::Attention);
        assert_eq!(of(5, 11, 12), Verdict::Missed);
    }

    #[test]
    fn one_short_needs_five_cases() {
        assert_eq!(of(2, 4, 5), Verdict::Attention);
        assert_eq!(of(2, 3, 4), Verdict::Missed);
    }

    #[test]
    fn one_short_is_counted_in_cases_when_the_target_is_lower() {
        let mut settings = Settings::default();
        settings.targets.set(1, Some(90));
        assert_eq!(verdict(1, 18, 20, &settings), Verdict::Met);
        assert_eq!(verdict(1, 17, 20, &settings), Verdict::Attention);
        assert_eq!(verdict(1, 16, 20, &settings), Verdict::Missed);
    }

    #[test]
    fn outflow_of_seven_in_ten_is_met_and_six_is_not() {
        assert_eq!(of(8, 7, 10), Verdict::Met);
        assert_eq!(of(8, 6, 10), Verdict::Missed);
        assert_eq!(of(8, 2, 3), Verdict::Attention);
        assert_eq!(label(8, 3, &Settings::default()), Some(Label::Indicative));
    }

    #[test]
    fn five_points_short_deserves_attention_and_a_shade_more_does_not() {
        assert_eq!(of(3, 75, 100), Verdict::Attention);
        assert_eq!(of(3, 7499, 10_000), Verdict::Missed);
    }

    #[test]
    fn nothing_is_rounded_before_the_comparison() {
        assert_eq!(of(6, 7996, 10_000), Verdict::Attention);
        assert_eq!(of(6, 8000, 10_000), Verdict::Met);
    }

    #[test]
    fn a_target_of_a_hundred_leaves_no_points() {
        let mut settings = Settings::default();
        settings.targets.set(3, Some(100));
        assert_eq!(verdict(3, 99, 100, &settings), Verdict::Missed);
    }

    #[test]
    fn a_target_under_the_points_does_not_turn_round() {
        let mut settings = Settings::default();
        settings.targets.set(8, Some(3));
        assert_eq!(verdict(8, 0, 10, &settings), Verdict::Attention);
    }

    #[test]
    fn no_case_is_not_applicable_and_no_target_is_monitored() {
        assert_eq!(of(9, 0, 0), Verdict::NotApplicable);
        assert_eq!(of(9, 0, 3), Verdict::Monitored);
        assert_eq!(of(1, 0, 0), Verdict::NotApplicable);
    }

    #[test]
    fn duties_of_the_provider_itself_get_no_attention_and_no_label() {
        for indicator in [4, 7, 10] {
            assert_eq!(of(indicator, 9, 10), Verdict::Missed);
            assert_eq!(label(indicator, 3, &Settings::default()), None);
        }
    }

    #[test]
    fn small_numbers_are_labelled() {
        let labels = [0, 1, 4, 5, 9, 10].map(|denominator| label(1, denominator, &Settings::default()));
        let (indicative, small) = (Some(Label::Indicative), Some(Label::Small));
        assert_eq!(labels, [None, indicative, indicative, small, small, None]);
    }
}
