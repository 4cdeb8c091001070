//! The pages of an assessment: the quarter (kwartaalpagina) here, the cases behind a figure and the check before it is
//! set final in files of their own.

pub mod case_handlers;
pub mod cases;
pub mod finalise;
pub mod finalise_handlers;
pub mod handlers;
pub mod hearing;
pub mod hearing_handlers;
pub mod look;
pub mod ruling;
pub mod ruling_handlers;
pub mod sample;
pub mod sample_hearing;
pub mod state;
pub mod verdict;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::indicator::{Duty, Verdict};
use crate::money::Cents;
use crate::page::chart::{self, Bar, Drawing};
use crate::page::{Event, Frame, Icon, ProviderLink, QuarterNav, Side, Status, Tab, Tone};
use crate::quarter::Quarter;
use crate::statement::web::StatementState;
use crate::text::Lang;
use ruling::Instead;
pub use state::{QuarterState, WaitsFor};
pub use verdict::Figures;

/// GET `/aanbieders/{nr}/kwartalen/{k}`: one provider, one quarter.
#[derive(Template)]
#[template(path = "assessment/quarter.html")]
pub struct QuarterPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub state: QuarterState,
    /// Which final version it takes the place of, and why.
    pub replaces: Option<(String, String)>,
    /// That it does so, and that nobody said why yet.
    pub unexplained: bool,
    /// Whether it was ever put before the provider.
    pub heard: bool,
    pub statement: StatementState,
    /// Number and version of the agreement that held in the quarter.
    pub agreement: Option<(String, u32)>,
    /// The day before which the quarter should be final.
    pub finalise_before: Option<NaiveDate>,
    /// Whether there is a report to read and to download.
    pub report: bool,
    /// Neighbouring quarters that have a page.
    pub previous: Option<Quarter>,
    pub next: Option<Quarter>,
    /// The ten findings in their order; empty as long as nothing was judged.
    pub rows: Vec<IndicatorRow>,
    pub costs: Costs,
    /// The duties beside the indicators: 1b, 6b, 6c.
    pub duties: Vec<Duty>,
    pub register: Register,
    /// Newest first.
    pub events: Vec<Event>,
}

/// One indicator in the table.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    /// 1 to 10.
    pub number: u8,
    /// The short name from the definitions, in the language of the page.
    pub name: String,
    pub figures: Figures,
    /// Whether it was set final; otherwise it is provisional.
    pub decided: bool,
    /// What a person decided in the place of what was computed.
    pub instead: Option<Instead>,
    /// Numerator and denominator over the four quarters up to and with this one.
    pub rolling: Option<(u32, u32)>,
    /// The last five quarters, oldest first and with this one; none where there were no cases.
    pub trend: Vec<(Quarter, Option<(u32, u32)>)>,
}

/// What was charged.
#[derive(Debug, Clone, Default)]
pub struct Costs {
    /// The last five quarters, oldest first, with this one.
    pub quarters: Vec<(Quarter, Cents)>,
    pub products: Vec<ProductCosts>,
}

#[derive(Debug, Clone)]
pub struct ProductCosts {
    pub product: String,
    pub before: Cents,
    pub now: Cents,
}

/// The counts beside the indicators. No names.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Persons with client contact in the quarter, and how many of them had a valid VOG on its last day.
    pub persons: u32,
    pub with_vog: u32,
    /// VOGs that end within 90 days.
    pub renew_soon: u32,
    /// Complaints received in the quarter, per category in words.
    pub complaints: Vec<(String, u32)>,
    /// What else ends within 90 days: what, and its last day.
    pub expiring: Vec<(String, NaiveDate)>,
}

impl IndicatorRow {
    /// Whether a person still has to look: a proposal that is not simply met.
    pub fn needs_verdict(&self) -> bool {
        !self.decided && self.instead.is_none() && matches!(self.figures.verdict, Verdict::Attention | Verdict::Missed)
    }

    /// Whether there was anything to judge.
    fn is_judged(&self) -> bool {
        self.figures.denominator > 0
    }

    fn status(&self, lang: Lang) -> Status {
        let status = Status::new(self.tone(), self.verdict(lang));
        let by_a_person = self.decided || self.instead.is_some();
        if by_a_person || !self.is_judged() { status } else { status.proposed() }
    }

    /// What counts: the verdict of a person, else what was computed.
    fn shown(&self) -> Verdict {
        self.instead.as_ref().map_or(self.figures.verdict, |one| one.verdict)
    }

    fn tone(&self) -> Tone {
        verdict::tone(self.shown())
    }

    fn icon(&self) -> Icon {
        Icon(self.tone().word())
    }

    fn verdict(&self, lang: Lang) -> String {
        verdict::word(lang, self.shown())
    }

    /// "Berekend: Niet gehaald. Oordeel: Gehaald, omdat …": none where nobody decided otherwise.
    fn otherwise(&self, lang: Lang) -> Option<String> {
        self.instead.as_ref().map(|one| one.sentence(lang, self.figures.verdict))
    }

    fn rolling(&self, lang: Lang) -> Option<String> {
        self.figures.rolling(lang, self.rolling)
    }

    fn bullet(&self) -> Drawing {
        let f = &self.figures;
        chart::bullet(f.numerator, f.denominator, f.target_pct, f.tone())
    }

    fn trend(&self, lang: Lang) -> Option<Drawing> {
        self.trend.iter().any(|(_, share)| share.is_some()).then(|| {
            let shares: Vec<_> = self.trend.iter().map(|(_, share)| *share).collect();
            chart::trend(&shares, self.figures.target_pct, self.figures.tone(), &self.trend_sentence(lang))
        })
    }

    fn trend_sentence(&self, lang: Lang) -> String {
        let t = lang.texts();
        let target = self.figures.target_pct;
        let parts: Vec<String> = self
            .trend
            .iter()
            .map(|(quarter, share)| {
                let share = share.and_then(|(n, d)| lang.share(n, d, target));
                let share = share.unwrap_or_else(|| fl!(t, "assessment-no-cases-short"));
                format!("{}: {share}", lang.quarter(*quarter))
            })
            .collect();
        fl!(t, "assessment-trend-sentence", quarters = parts.join(", "))
    }
}

impl Costs {
    fn now(&self) -> Cents {
        self.quarters.last().map_or(Cents(0), |(_, amount)| *amount)
    }

    fn drawing(&self, lang: Lang) -> Drawing {
        let bars: Vec<Bar> = self
            .quarters
            .iter()
            .map(|(quarter, amount)| Bar {
                label: lang.quarter_short(*quarter),
                written: lang.thousands_of_euros(*amount),
                value: amount.0,
            })
            .collect();
        chart::bars(&bars, None, "kosten-titel kosten-tekst")
    }

    fn sentence(&self, lang: Lang) -> String {
        let t = lang.texts();
        let now = lang.money(self.now());
        match self.quarters.iter().rev().nth(1) {
            Some((before, amount)) => {
                let (quarter, amount) = (lang.quarter(*before), lang.money(*amount));
                fl!(t, "assessment-costs-against", now = now, quarter = quarter, amount = amount)
            }
            None => fl!(t, "assessment-costs-now", now = now),
        }
    }
}

impl QuarterPage {
    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    fn indicator_path(&self, number: &u8) -> String {
        self.provider.indicator_path(self.quarter, *number)
    }

    fn status(&self) -> Status {
        self.state.status(self.frame.lang, self.side)
    }

    fn agreement_line(&self) -> Option<String> {
        let (number, version) = self.agreement.as_ref()?;
        Some(fl!(self.frame.t(), "assessment-agreement", number = number, version = version))
    }

    fn other_quarters(&self) -> QuarterNav<'_> {
        QuarterNav { lang: self.frame.lang, provider: &self.provider, previous: self.previous, next: self.next }
    }

    fn manages(&self) -> bool {
        self.side == Side::Manager
    }

    fn to_judge(&self) -> Vec<&IndicatorRow> {
        self.rows.iter().filter(|row| row.needs_verdict()).collect()
    }

    /// How often each verdict occurs, in the order of the verdicts; a count per word, never a score.
    fn tally(&self) -> String {
        let t = self.frame.t();
        let parts: Vec<String> = Verdict::ALL
            .iter()
            .filter_map(|verdict| {
                let count = self.rows.iter().filter(|row| row.shown() == *verdict).count();
                (count > 0).then(|| {
                    let word = verdict::word(self.frame.lang, *verdict).to_lowercase();
                    fl!(t, "assessment-tally", count = count, verdict = word)
                })
            })
            .collect();
        parts.join(" · ")
    }

    /// What is left to decide about one indicator.
    fn left(&self, row: &IndicatorRow) -> String {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        let share = row.figures.share(lang).unwrap_or_default();
        let (target, count) = (row.figures.target(lang), row.figures.count(lang));
        fl!(t, "assessment-left-line", number = row.number, share = share, count = count, target = target)
    }

    fn complaints(&self) -> u32 {
        self.register.complaints.iter().map(|(_, count)| count).sum()
    }
}
