//! The pages of an indexation (indexering): a proposal that the house computes, lines that a person changes with a reason,
//! and the moment at which another establishes it.

pub mod handlers;
pub mod sample;

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use crate::actor::Role;
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, EntryKind};
use crate::page::{Entry, FormErrors, Frame, Moment, Status, Tone};
use crate::procedure::indexation::store::may_propose;
use crate::procedure::indexation::{IndexLine, IndexState, Indexation};
use crate::text::Lang;

/// GET and POST `/indexaties`
#[derive(Template)]
#[template(path = "indexing/list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub role: Role,
    pub all: Vec<Indexation>,
    pub typed: NewForm,
    pub errors: FormErrors,
}

/// The figures of a proposal.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct NewForm {
    #[serde(default)]
    #[validate(length(max = 20))]
    pub ingang: String,
    /// `vast` or `aandelen`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub methode: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub percentage: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ova_aandeel: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ova_raming: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ova_raming_vorig: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ova_werkelijk_vorig: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ppc_aandeel: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ppc_raming: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ppc_raming_vorig: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub ppc_werkelijk_vorig: String,
}

pub fn status_of(lang: Lang, state: IndexState) -> Status {
    match state {
        IndexState::Proposed => Status::new(Tone::Todo, fl!(lang.texts(), "indexation-proposed")).proposed(),
        IndexState::Established => Status::new(Tone::Ok, fl!(lang.texts(), "indexation-established")),
    }
}

/// One figure of an index, as it was typed.
struct Figure<'a> {
    id: &'static str,
    value: &'a str,
    error: Option<&'a str>,
}

impl ListPage {
    fn status(&self, one: &Indexation) -> Status {
        status_of(self.frame.lang, one.state)
    }

    fn may_propose(&self) -> bool {
        may_propose(self.role)
    }

    /// What is filled in of each index, above its column.
    fn figures(&self) -> [String; 4] {
        let t = self.frame.t();
        [
            fl!(t, "indexation-share"),
            fl!(t, "indexation-forecast"),
            fl!(t, "indexation-forecast-before"),
            fl!(t, "indexation-actual"),
        ]
    }

    /// The two indexes, a row each.
    fn indexes(&self) -> [(&'static str, [Figure<'_>; 4]); 2] {
        let typed = &self.typed;
        let figure = |id: &'static str, value| Figure { id, value, error: self.errors.at(id) };
        let ova = [
            figure("ova_aandeel", &typed.ova_aandeel),
            figure("ova_raming", &typed.ova_raming),
            figure("ova_raming_vorig", &typed.ova_raming_vorig),
            figure("ova_werkelijk_vorig", &typed.ova_werkelijk_vorig),
        ];
        let ppc = [
            figure("ppc_aandeel", &typed.ppc_aandeel),
            figure("ppc_raming", &typed.ppc_raming),
            figure("ppc_raming_vorig", &typed.ppc_raming_vorig),
            figure("ppc_werkelijk_vorig", &typed.ppc_werkelijk_vorig),
        ];
        [("OVA", ova), ("PPC", ppc)]
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let methods = vec![
            Choice::new("vast", fl!(t, "indexation-method-fixed"), typed.methode != "aandelen"),
            Choice::new("aandelen", fl!(t, "indexation-method-shares"), typed.methode == "aandelen"),
        ];
        let entries = vec![
            Entry::day(lang, "ingang", fl!(t, "indexation-from"), &typed.ingang),
            Entry::new(lang, "methode", fl!(t, "indexation-method"), EntryKind::Radio(methods)),
            Entry::line(lang, "percentage", fl!(t, "indexation-percentage"), &typed.percentage)
                .hint(fl!(t, "indexation-percentage-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// GET and POST `/indexaties/{id}`
#[derive(Template)]
#[template(path = "indexing/one.html")]
pub struct OnePage {
    pub frame: Frame,
    pub role: Role,
    pub found: Indexation,
    /// The line that is changed.
    pub open: Option<IndexLine>,
    /// The page on which it is established.
    pub checking: bool,
    pub typed: LineForm,
    pub errors: FormErrors,
}

/// Which line is changed, or whether it is established.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct LineForm {
    #[serde(default)]
    pub versie: i32,
    #[serde(default)]
    pub regel: i64,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub bedrag: String,
    #[serde(default)]
    #[validate(length(max = 500))]
    pub reden: String,
    /// `wijzigen`, `controleren` or `vaststellen`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub actie: String,
}

impl OnePage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "indexation-title", day = self.frame.lang.day(self.found.valid_from))
    }

    fn status(&self) -> Status {
        status_of(self.frame.lang, self.found.state)
    }

    fn path(&self) -> String {
        format!("/indexaties/{}", self.found.id)
    }

    /// A moment of the tables as the clock on the wall shows it.
    fn on_the_wall(&self, at: &NaiveDateTime) -> Moment {
        self.frame.moment(&wall_clock(*at))
    }

    fn formula(&self) -> String {
        self.found.method.in_words(self.frame.lang)
    }

    fn may_change(&self) -> bool {
        may_propose(self.role) && self.found.state == IndexState::Proposed
    }

    fn may_establish(&self) -> bool {
        self.role == Role::DecisionMaker && self.found.state == IndexState::Proposed
    }

    fn was_changed(&self, line: &IndexLine) -> bool {
        line.new != line.computed
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let entries = vec![
            Entry::line(lang, "bedrag", fl!(t, "indexation-amount"), &typed.bedrag)
                .hint(fl!(t, "indexation-amount-hint")),
            Entry::area(lang, "reden", fl!(t, "indexation-reason"), &typed.reden),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}
