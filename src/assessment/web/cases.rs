//! The cases behind one figure (gevallen): "83 %" without the cases it is about helps nobody.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::Figures;
use super::hearing::SaidShown;
use super::ruling::Instead;
use super::verdict;
use crate::indicator::Outcome;
use crate::page::{Frame, ProviderLink, Status};
use crate::quarter::Quarter;
use crate::text::Lang;

/// GET `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}`, with `?uitkomst=met|missed|excluded` to filter.
#[derive(Template)]
#[template(path = "assessment/cases.html")]
pub struct CasesPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub number: u8,
    pub definition: Definition,
    pub figures: Figures,
    pub decided: bool,
    pub rolling: Option<(u32, u32)>,
    pub filter: Option<Outcome>,
    /// How many cases there are per outcome, whatever the filter: met, missed, excluded.
    pub counts: [u32; 3],
    /// The cases that pass the filter, in the order of the facts.
    pub cases: Vec<CaseRow>,
    /// What a person decided in the place of what was computed.
    pub instead: Option<Instead>,
    /// Whether the reader can decide otherwise now.
    pub judges: bool,
    /// What both sides said, oldest first.
    pub said: Vec<SaidShown>,
}

/// The definition that held in the quarter, in the language of the page.
#[derive(Debug, Clone)]
pub struct Definition {
    pub name: String,
    /// What is asked of the provider.
    pub text: String,
    /// What is counted, and when a case is met.
    pub measure: String,
    /// Settings this figure rests on: what, and its value.
    pub settings: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct CaseRow {
    /// File number, staff number or, for 7 and 10, the name of the element.
    pub case_ref: String,
    pub outcome: Outcome,
    /// An exclusion code, `ended_before_due` or `dropout`.
    pub code: Option<String>,
    /// What an excluded case would have been.
    pub strict_outcome: Option<Outcome>,
    /// One for each of [`columns`], in that order.
    pub cells: Vec<Cell>,
}

/// What decided about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// None is "not shown": "proof decides".
    Day(Option<NaiveDate>),
    Count(u32),
    Words(String),
}

/// The facts that decide about a case, as columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    ReferredOn,
    DueOn,
    PlanAgreedOn,
    AgreedResults,
    ClientAgreedOn,
    CoachAgreedOn,
    MomentsDue,
    MomentsInTime,
    CooperatedOn,
    Kind,
    ActiveFrom,
    ActiveUntil,
    VogValidUntil,
    TermEndsOn,
    EndedOn,
    EndReason,
    ExtensionPermittedOn,
    ReceivedOn,
    BenefitEndedOn,
    BenefitEndReason,
    IndicationOn,
    PlacedOn,
    ReturnedOn,
    RepairedOn,
}

/// The columns of each indicator; `TermEndsOn` and `DueOn` are the days after suspension and waiting list.
pub fn columns(indicator: u8) -> &'static [Column] {
    use Column::*;
    match indicator {
        1 => &[ReferredOn, DueOn, PlanAgreedOn],
        2 => &[PlanAgreedOn, DueOn, AgreedResults, ClientAgreedOn, CoachAgreedOn],
        3 => &[MomentsDue, MomentsInTime],
        4 => &[DueOn, CooperatedOn],
        5 => &[Kind, ActiveFrom, ActiveUntil, VogValidUntil],
        6 => &[TermEndsOn, EndedOn, EndReason, ExtensionPermittedOn],
        7 => &[DueOn, ReceivedOn],
        8 => &[ReferredOn, DueOn, BenefitEndedOn, BenefitEndReason],
        9 => &[IndicationOn, DueOn, PlacedOn],
        10 => &[DueOn, ReceivedOn, ReturnedOn, RepairedOn],
        _ => &[],
    }
}

impl Column {
    pub fn heading(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Column::ReferredOn => fl!(t, "assessment-column-referred"),
            Column::DueOn => fl!(t, "assessment-column-due"),
            Column::PlanAgreedOn => fl!(t, "assessment-column-plan"),
            Column::AgreedResults => fl!(t, "assessment-column-results"),
            Column::ClientAgreedOn => fl!(t, "assessment-column-client-agreed"),
            Column::CoachAgreedOn => fl!(t, "assessment-column-coach-agreed"),
            Column::MomentsDue => fl!(t, "assessment-column-moments"),
            Column::MomentsInTime => fl!(t, "assessment-column-in-time"),
            Column::CooperatedOn => fl!(t, "assessment-column-cooperated"),
            Column::Kind => fl!(t, "assessment-column-kind"),
            Column::ActiveFrom => fl!(t, "assessment-column-active-from"),
            Column::ActiveUntil => fl!(t, "assessment-column-active-until"),
            Column::VogValidUntil => fl!(t, "assessment-column-vog-until"),
            Column::TermEndsOn => fl!(t, "assessment-column-term"),
            Column::EndedOn => fl!(t, "assessment-column-ended"),
            Column::EndReason => fl!(t, "assessment-column-end-reason"),
            Column::ExtensionPermittedOn => fl!(t, "assessment-column-extension"),
            Column::ReceivedOn => fl!(t, "assessment-column-received"),
            Column::BenefitEndedOn => fl!(t, "assessment-column-benefit-ended"),
            Column::BenefitEndReason => fl!(t, "assessment-column-benefit-reason"),
            Column::IndicationOn => fl!(t, "assessment-column-indication"),
            Column::PlacedOn => fl!(t, "assessment-column-placed"),
            Column::ReturnedOn => fl!(t, "assessment-column-returned"),
            Column::RepairedOn => fl!(t, "assessment-column-repaired"),
        }
    }
}

impl CaseRow {
    /// The name a reader knows: for 7 and 10 the element in words.
    fn name(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self.case_ref.as_str() {
            "procedure" => fl!(t, "assessment-element-procedure"),
            "adviser" => fl!(t, "assessment-element-adviser"),
            "statement" => fl!(t, "assessment-element-statement"),
            other => other.to_owned(),
        }
    }

    fn outcome(&self, lang: Lang) -> Status {
        verdict::outcome(lang, self.outcome)
    }

    fn why(&self, lang: Lang) -> Option<String> {
        let t = lang.texts();
        let code = self.code.as_deref()?;
        let words = verdict::code_words(lang, code);
        let closed_list = code.len() == 2;
        Some(if closed_list { fl!(t, "assessment-excluded-by-code", code = code, words = words) } else { words })
    }

    fn strictly(&self, lang: Lang) -> Option<String> {
        self.strict_outcome.map(|outcome| {
            let word = verdict::outcome(lang, outcome).word.to_lowercase();
            fl!(lang.texts(), "assessment-would-have-been", outcome = word)
        })
    }
}

impl CasesPage {
    fn path(&self) -> String {
        self.provider.indicator_path(self.quarter, self.number)
    }

    fn back(&self) -> String {
        format!("{}#indicator-{}", self.provider.quarter_path(self.quarter), self.number)
    }

    fn title(&self) -> String {
        fl!(self.frame.t(), "assessment-indicator", number = self.number, name = self.definition.name.as_str())
    }

    fn status(&self) -> Status {
        let status = self.figures.status(self.frame.lang);
        match &self.instead {
            Some(one) => one.status(self.frame.lang),
            None if self.decided || self.figures.denominator == 0 => status,
            None => status.proposed(),
        }
    }

    fn otherwise(&self) -> Option<String> {
        self.instead.as_ref().map(|one| one.sentence(self.frame.lang, self.figures.verdict))
    }

    fn columns(&self) -> &'static [Column] {
        columns(self.number)
    }

    /// The choices of the filter: address, words, whether it is the current one.
    fn filters(&self) -> Vec<(String, String, bool)> {
        let t = self.frame.t();
        let [met, missed, excluded] = self.counts;
        let one = |outcome: Outcome, words: String| {
            (format!("{}?uitkomst={outcome}", self.path()), words, self.filter == Some(outcome))
        };
        vec![
            (self.path(), fl!(t, "assessment-filter-all", count = (met + missed + excluded)), self.filter.is_none()),
            one(Outcome::Met, fl!(t, "assessment-filter-met", count = met)),
            one(Outcome::Missed, fl!(t, "assessment-filter-missed", count = missed)),
            one(Outcome::Excluded, fl!(t, "assessment-filter-excluded", count = excluded)),
        ]
    }

    /// The indicator before and the one after: address and number.
    fn previous(&self) -> Option<(String, u8)> {
        let number = self.number.checked_sub(1).filter(|number| *number >= 1)?;
        Some((self.provider.indicator_path(self.quarter, number), number))
    }

    fn next(&self) -> Option<(String, u8)> {
        let number = Some(self.number + 1).filter(|number| *number <= 10)?;
        Some((self.provider.indicator_path(self.quarter, number), number))
    }

    /// The figures above the table: what, the share, and the count behind it.
    fn tally(&self) -> Vec<(String, String, String)> {
        let (t, lang, f) = (self.frame.t(), self.frame.lang, &self.figures);
        let share = |part, whole| lang.share(part, whole, f.target_pct).unwrap_or_else(|| "–".into());
        let one = |what: String, (part, whole): (u32, u32)| {
            (what, share(part, whole), verdict::count(lang, self.number, part, whole))
        };
        let mut tally = vec![
            one(fl!(t, "assessment-result"), (f.numerator, f.denominator)),
            (fl!(t, "assessment-target"), f.target(lang), String::new()),
            one(fl!(t, "assessment-strict-word"), (f.strict_numerator, f.strict_denominator)),
        ];
        if let Some(label) = f.label(lang) {
            tally[0].2 = format!("{} · {label}", tally[0].2);
        }
        tally.extend(self.rolling.map(|rolling| one(fl!(t, "assessment-four-quarters"), rolling)));
        tally
    }
}
