//! The check before a quarter is set final (vaststellen): what is open, what becomes final, one button.

use askama::Template;
use i18n_embed_fl::fl;

use super::{IndicatorRow, QuarterState};
use crate::assessment::Refusal;
use crate::confirmation::Tally;
use crate::page::{FormErrors, Frame, ProviderLink, Tab};
use crate::quarter::Quarter;
use crate::statement::web::StatementState;

/// GET and, when something is wrong, POST `/aanbieders/{nr}/kwartalen/{k}/vaststellen`. Posts `versie` and `sleutel`.
#[derive(Template)]
#[template(path = "assessment/finalise.html")]
pub struct FinalisePage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub errors: FormErrors,
    pub statement: StatementState,
    pub state: QuarterState,
    /// What the contact persons said of the cost lines.
    pub lines: Tally,
    /// The ten findings as they become final.
    pub rows: Vec<IndicatorRow>,
    /// The version of the draft that was looked at; another one is a conflict.
    pub version: i64,
    /// Makes a second press of the button do nothing (idempotency key).
    pub key: String,
}

impl FinalisePage {
    fn title(&self) -> String {
        let quarter = self.frame.lang.quarter(self.quarter);
        fl!(self.frame.t(), "assessment-finalise-title", quarter = quarter, name = self.provider.name.as_str())
    }

    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    fn indicator_path(&self, number: &u8) -> String {
        self.provider.indicator_path(self.quarter, *number)
    }

    /// Why it cannot be set final now: the provider was not heard, or not out.
    fn in_the_way(&self) -> Option<String> {
        let refusal = match self.state {
            QuarterState::Provisional { .. } => Refusal::NotHeard,
            QuarterState::Hearing { until } => Refusal::HearingRuns(until),
            QuarterState::ToAnswer { count } => Refusal::Unanswered(count as usize),
            _ => return None,
        };
        Some(refusal.in_words(self.frame.lang))
    }

    /// What was not confirmed of the cost lines, in words; nothing when all of it was. It keeps nobody from setting the quarter
    /// final.
    fn lines_open(&self) -> Option<String> {
        let Tally { lines, contested, corrected, .. } = self.lines;
        let waiting = self.lines.waiting();
        let words = || {
            let t = self.frame.t();
            fl!(
                t,
                "finalise-lines-tally",
                waiting = waiting,
                lines = lines,
                contested = contested,
                corrected = corrected
            )
        };
        (waiting + contested > 0).then(words)
    }

    /// What is still open; it keeps nobody from setting the quarter final.
    fn open_points(&self) -> Vec<&IndicatorRow> {
        self.rows.iter().filter(|row| row.needs_verdict()).collect()
    }
}
