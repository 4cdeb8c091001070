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

impl ListPage {
    fn status(&self, one: &Indexation) -> Status {
        status_of(self.frame.lang, one.state)
    }

    fn may_propose(&self) -> bool {
        may_propose(self.role)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let methods = vec![
            Choice::new("vast", fl!(t, "indexation-method-fixed"), typed.methode != "aandelen"),
            Choice::new("aandelen", fl!(t, "indexation-method-shares"), typed.methode == "aandelen"),
        ];
        let percent = |id: &str, label: String, value: &str| Entry::line(lang, id, label, value);
        let entries = vec![
            Entry::day(lang, "ingang", fl!(t, "indexation-from"), &typed.ingang),
            Entry::new(lang, "methode", fl!(t, "indexation-method"), EntryKind::Radio(methods)),
            percent("percentage", fl!(t, "indexation-percentage"), &typed.percentage)
                .hint(fl!(t, "indexation-percentage-hint")),
            percent("ova_aandeel", fl!(t, "indexation-share", index = "OVA"), &typed.ova_aandeel),
            percent("ova_raming", fl!(t, "indexation-forecast", index = "OVA"), &typed.ova_raming),
            percent("ova_raming_vorig", fl!(t, "indexation-forecast-before", index = "OVA"), &typed.ova_raming_vorig),
            percent("ova_werkelijk_vorig", fl!(t, "indexation-actual", index = "OVA"), &typed.ova_werkelijk_vorig),
            percent("ppc_aandeel", fl!(t, "indexation-share", index = "PPC"), &typed.ppc_aandeel),
            percent("ppc_raming", fl!(t, "indexation-forecast", index = "PPC"), &typed.ppc_raming),
            percent("ppc_raming_vorig", fl!(t, "indexation-forecast-before", index = "PPC"), &typed.ppc_raming_vorig),
            percent("ppc_werkelijk_vorig", fl!(t, "indexation-actual", index = "PPC"), &typed.ppc_werkelijk_vorig),
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
