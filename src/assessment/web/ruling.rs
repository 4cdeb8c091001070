//! The word of a person on screen: another verdict than the computed one (afwijkend oordeel), and judging anew what is final
//! (herzien). Both ask for a reason.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::hearing::LONGEST;
use super::verdict::{tone, word};
use super::{IndicatorRow, QuarterState};
use crate::assessment::overriding::{CHOICES, Override};
use crate::calendar::wall_clock;
use crate::indicator::Verdict;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, ProviderLink, Status, Tab};
use crate::quarter::Quarter;
use crate::text::Lang;

/// A verdict in the place of what was computed, as it is shown everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    pub verdict: Verdict,
    pub reason: String,
    pub by: String,
    pub on: NaiveDate,
}

impl Instead {
    pub fn of(one: &Override) -> Option<Instead> {
        Some(Instead {
            verdict: one.verdict?,
            reason: one.reason.clone(),
            by: one.decided_by.clone(),
            on: wall_clock(one.decided_at).date(),
        })
    }

    pub fn status(&self, lang: Lang) -> Status {
        Status::new(tone(self.verdict), word(lang, self.verdict))
    }

    /// "Berekend: Niet gehaald. Oordeel: Gehaald, omdat …"
    pub fn sentence(&self, lang: Lang, computed: Verdict) -> String {
        let (computed, verdict, day) = (word(lang, computed), word(lang, self.verdict), lang.day(self.on));
        let (reason, name) = (self.reason.as_str(), self.by.as_str());
        fl!(
            lang.texts(),
            "hearing-instead",
            computed = computed,
            verdict = verdict,
            reason = reason,
            name = name,
            day = day
        )
    }
}

/// GET and POST `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}/oordeel`. Posts `versie`, `oordeel` and `reden`.
#[derive(Template)]
#[template(path = "assessment/ruling.html")]
pub struct RulingPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub row: IndicatorRow,
    pub state: QuarterState,
    pub version: i32,
    pub verdict: Option<Verdict>,
    pub reason: String,
    pub errors: FormErrors,
}

/// GET and POST `/aanbieders/{nr}/kwartalen/{k}/herzien`. Posts `versie` and `reden`.
#[derive(Template)]
#[template(path = "assessment/correct.html")]
pub struct CorrectPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub version: i32,
    /// It is final; otherwise a version came by itself and waits for its reason.
    pub is_final: bool,
    pub reason: String,
    pub errors: FormErrors,
}

impl RulingPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "hearing-ruling-title", number = self.row.number, name = self.row.name.as_str())
    }

    fn back(&self) -> String {
        self.provider.indicator_path(self.quarter, self.row.number)
    }

    fn computed(&self) -> String {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let verdict = word(lang, self.row.figures.verdict);
        fl!(t, "hearing-computed", verdict = verdict, count = self.row.figures.count(lang))
    }

    /// What may be said, the computed verdict first; what stands now is not offered again.
    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let (computed, shown) = (self.row.figures.verdict, self.row.shown());
        let back = (computed != shown).then(|| {
            let label = fl!(t, "hearing-ruling-back", verdict = word(lang, computed));
            Choice::new(computed.as_str(), label, self.verdict == Some(computed))
        });
        let others = CHOICES.iter().filter(|one| **one != computed && **one != shown);
        let other = |one: &Verdict| Choice::new(one.as_str(), word(lang, *one), self.verdict == Some(*one));
        let choices = back.into_iter().chain(others.map(other)).collect();
        let reason = Entry::area(lang, "reden", fl!(t, "hearing-ruling-reason"), &self.reason);
        let entries = vec![
            Entry::new(lang, "oordeel", fl!(t, "hearing-ruling-choice"), EntryKind::Radio(choices)),
            reason.hint(fl!(t, "hearing-ruling-reason-hint")).at_most(LONGEST),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    /// Whether a stricter verdict means that the provider is heard anew.
    fn is_put_before(&self) -> bool {
        use QuarterState::{Heard, Hearing, ToAnswer};
        matches!(self.state, Hearing { .. } | ToAnswer { .. } | Heard)
    }
}

impl CorrectPage {
    fn title(&self) -> String {
        let quarter = self.frame.lang.quarter(self.quarter);
        fl!(self.frame.t(), "hearing-correct-title", quarter = quarter, name = self.provider.name.as_str())
    }

    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    fn reason(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let reason = Entry::area(lang, "reden", fl!(t, "hearing-correct-reason"), &self.reason);
        reason.hint(fl!(t, "hearing-correct-hint")).at_most(LONGEST).told(&self.errors)
    }
}
