//! How a finding is shown: verdict (oordeel) as shape, word and colour, figures net and strict, labels and codes.

use i18n_embed_fl::fl;

use crate::assessment::counts::Expiring;
use crate::assessment::history::Figure;
use crate::indicator::{Label, Outcome, Verdict};
use crate::page::{Status, Tone};
use crate::text::Lang;

/// The figures of a finding, without its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub indicator: u8,
    pub numerator: u32,
    pub denominator: u32,
    pub strict_numerator: u32,
    pub strict_denominator: u32,
    pub target_pct: Option<u32>,
    pub verdict: Verdict,
    pub label: Option<Label>,
}

impl Figures {
    pub fn of(indicator: u8, figure: &Figure) -> Figures {
        Figures {
            indicator,
            numerator: figure.numerator,
            denominator: figure.denominator,
            strict_numerator: figure.strict_numerator,
            strict_denominator: figure.strict_denominator,
            target_pct: figure.target_pct,
            verdict: figure.verdict,
            label: figure.label,
        }
    }

    pub fn tone(&self) -> Tone {
        tone(self.verdict)
    }

    pub fn status(&self, lang: Lang) -> Status {
        Status::new(self.tone(), word(lang, self.verdict))
    }

    /// `97,1%`; none without cases.
    pub fn share(&self, lang: Lang) -> Option<String> {
        lang.share(self.numerator, self.denominator, self.target_pct)
    }

    /// `33 van 34 trajecten`.
    pub fn count(&self, lang: Lang) -> String {
        count(lang, self.indicator, self.numerator, self.denominator)
    }

    /// The strict figure in words, when it says something else than the net one.
    pub fn strict(&self, lang: Lang) -> Option<String> {
        let differs = (self.strict_numerator, self.strict_denominator) != (self.numerator, self.denominator);
        let share = lang.share(self.strict_numerator, self.strict_denominator, self.target_pct)?;
        let (part, whole) = (self.strict_numerator, self.strict_denominator);
        differs.then(|| fl!(lang.texts(), "assessment-strict", share = share, part = part, whole = whole))
    }

    pub fn label(&self, lang: Lang) -> Option<String> {
        self.label.map(|label| match label {
            Label::Indicative => fl!(lang.texts(), "assessment-label-indicative"),
            Label::Small => fl!(lang.texts(), "assessment-label-small"),
        })
    }

    /// `80%`, or that there is none.
    pub fn target(&self, lang: Lang) -> String {
        match self.target_pct {
            Some(pct) => format!("{pct}%"),
            None => fl!(lang.texts(), "assessment-no-target"),
        }
    }

    /// "An indicative figure is shown beside the rolling four quarters" (indicators.md, rule 7).
    pub fn rolling(&self, lang: Lang, rolling: Option<(u32, u32)>) -> Option<String> {
        let (part, whole) = rolling.filter(|_| self.label == Some(Label::Indicative))?;
        let share = lang.share(part, whole, self.target_pct)?;
        Some(fl!(lang.texts(), "assessment-rolling", share = share, part = part, whole = whole))
    }
}

/// Colour and shape of a verdict.
pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Ok,
        Verdict::Attention => Tone::Warn,
        Verdict::Missed => Tone::Bad,
        Verdict::NotApplicable => Tone::Idle,
        Verdict::Monitored => Tone::Watch,
    }
}

/// A verdict in a word, with a capital.
pub fn word(lang: Lang, verdict: Verdict) -> String {
    let t = lang.texts();
    match verdict {
        Verdict::Met => fl!(t, "assessment-met"),
        Verdict::Attention => fl!(t, "assessment-attention"),
        Verdict::Missed => fl!(t, "assessment-missed"),
        Verdict::NotApplicable => fl!(t, "assessment-not-applicable"),
        Verdict::Monitored => fl!(t, "assessment-monitored"),
    }
}

/// What became of one case, as shape and word.
pub fn outcome(lang: Lang, outcome: Outcome) -> Status {
    let t = lang.texts();
    match outcome {
        Outcome::Met => Status::new(Tone::Ok, fl!(t, "assessment-case-met")).plain(),
        Outcome::Missed => Status::new(Tone::Bad, fl!(t, "assessment-case-missed")).plain(),
        Outcome::Excluded => Status::new(Tone::Idle, fl!(t, "assessment-case-excluded")).plain(),
    }
}

/// Numerator and denominator with the word for what is counted: `19 van 25 trajecten`.
pub fn count(lang: Lang, indicator: u8, numerator: u32, denominator: u32) -> String {
    let t = lang.texts();
    let (met, all) = (numerator, denominator);
    match (indicator, denominator) {
        (_, 0) => fl!(t, "assessment-no-cases"),
        (2, _) => fl!(t, "assessment-count-plans", met = met, all = all),
        (4, _) => fl!(t, "assessment-count-surveys", met = met, all = all),
        (5, _) => fl!(t, "assessment-count-persons", met = met, all = all),
        (7, _) => fl!(t, "assessment-count-elements", met = met, all = all),
        (8 | 9, _) => fl!(t, "assessment-count-clients", met = met, all = all),
        (10, _) => fl!(t, "assessment-count-statements", met = met, all = all),
        _ => fl!(t, "assessment-count-trajectories", met = met, all = all),
    }
}

/// Why a case left the count, in words. A code this version does not know is shown as it is.
pub fn code_words(lang: Lang, code: &str) -> String {
    let t = lang.texts();
    match code {
        "N1" => fl!(t, "assessment-code-N1"),
        "N2" => fl!(t, "assessment-code-N2"),
        "N3" => fl!(t, "assessment-code-N3"),
        "N4" => fl!(t, "assessment-code-N4"),
        "N5" => fl!(t, "assessment-code-N5"),
        "N6" => fl!(t, "assessment-code-N6"),
        "R1" => fl!(t, "assessment-code-R1"),
        "R2" => fl!(t, "assessment-code-R2"),
        "R3" => fl!(t, "assessment-code-R3"),
        "R4" => fl!(t, "assessment-code-R4"),
        "R5" => fl!(t, "assessment-code-R5"),
        "R6" => fl!(t, "assessment-code-R6"),
        "ended_before_due" => fl!(t, "assessment-code-ended-before-due"),
        "dropout" => fl!(t, "assessment-code-dropout"),
        other => other.to_owned(),
    }
}

/// Something that ends, in words.
pub fn expiring_words(lang: Lang, what: Expiring) -> String {
    let t = lang.texts();
    match what {
        Expiring::ComplaintsProcedure => fl!(t, "assessment-expiring-procedure"),
        Expiring::Agreement => fl!(t, "assessment-expiring-agreement"),
    }
}

/// A duty beside the indicators, in words: its key, then what it asks.
pub fn duty_words(lang: Lang, key: &str) -> String {
    let t = lang.texts();
    match key {
        "1b" => fl!(t, "assessment-duty-1b"),
        "6b" => fl!(t, "assessment-duty-6b"),
        "6c" => fl!(t, "assessment-duty-6c"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trajectory::ExclusionCode;

    #[test]
    fn every_verdict_has_a_shape_and_a_word_of_its_own() {
        for lang in [Lang::Nl, Lang::En] {
            let mut seen: Vec<(Tone, String)> = Vec::new();
            for verdict in Verdict::ALL {
                let shown = (tone(*verdict), word(lang, *verdict));
                assert!(seen.iter().all(|(tone, word)| *tone != shown.0 && *word != shown.1), "{shown:?} twice");
                seen.push(shown);
            }
        }
    }

    #[test]
    fn every_exclusion_code_is_told_in_words() {
        for code in ExclusionCode::ALL {
            assert_ne!(code_words(Lang::Nl, code.as_str()), code.as_str());
        }
    }

    #[test]
    fn the_strict_figure_is_told_only_when_it_differs() {
        let mut figures = Figures {
            indicator: 1,
            numerator: 33,
            denominator: 34,
            strict_numerator: 33,
            strict_denominator: 34,
            target_pct: Some(100),
            verdict: Verdict::Attention,
            label: None,
        };
        assert_eq!(figures.strict(Lang::Nl), None);
        figures.strict_denominator = 36;
        assert_eq!(figures.strict(Lang::Nl).unwrap(), "zonder uitsluitingen 91,7% (33 van 36)");
    }

    #[test]
    fn rolling_quarters_stand_beside_an_indicative_figure_only() {
        let mut figures = Figures {
            indicator: 8,
            numerator: 2,
            denominator: 3,
            strict_numerator: 2,
            strict_denominator: 3,
            target_pct: Some(70),
            verdict: Verdict::Attention,
            label: Some(Label::Indicative),
        };
        assert_eq!(figures.rolling(Lang::Nl, Some((8, 11))).unwrap(), "vier kwartalen samen 72,7% (8 van 11)");
        figures.label = Some(Label::Small);
        assert_eq!(figures.rolling(Lang::Nl, Some((8, 11))), None);
    }
}
