//! What the figures rest on (regels): the cost lines, what is committed per trajectory, and the page of what finance takes along.

use std::borrow::Borrow;
use std::collections::HashMap;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{BudgetTabs, Place, path};
use crate::budget::LineState;
use crate::budget::commitment::Due;
use crate::budget::gather::Runs;
use crate::budget::lines::Line;
use crate::confirmation::{self, Word};
use crate::money::{Cents, Hundredths};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Paging, Status, Tone};
use crate::sheet::shown_hundredths;
use crate::text::Lang;

/// Which lines are looked for.
#[derive(Debug, Clone, Default, Deserialize, Serialize, Validate)]
#[serde(default)]
pub struct LinesQuery {
    /// The code of a product.
    #[validate(length(max = 60))]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub product: String,
    #[validate(length(max = 20))]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub profiel: String,
    /// The number of a provider.
    #[validate(length(max = 20))]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub aanbieder: String,
    /// `2026-03`
    #[validate(length(max = 10))]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub maand: String,
    #[validate(length(max = 10))]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stand: String,
    #[serde(skip_serializing)]
    pub blad: u32,
    #[validate(length(max = 20))]
    #[serde(skip_serializing)]
    pub klaar: String,
}

/// What can be chosen to look for.
#[derive(Debug, Clone, Default)]
pub struct Chooses {
    /// Id, code and name.
    pub products: Vec<(i64, String, String)>,
    pub profiles: Vec<(String, String)>,
    /// Id, number and name, alphabetical.
    pub providers: Vec<(i64, i64, String)>,
}

impl Chooses {
    pub fn provider(&self, id: i64) -> &str {
        self.providers.iter().find(|(known, ..)| *known == id).map_or("", |(.., name)| name.as_str())
    }

    pub fn code(&self, id: i64) -> &str {
        self.products.iter().find(|(known, ..)| *known == id).map_or("", |(_, code, _)| code.as_str())
    }

    /// The fields to look with; that of the state only where lines are looked for.
    fn entries(&self, lang: Lang, query: &LinesQuery, states: bool) -> Vec<Entry> {
        let t = lang.texts();
        let select = |id: &str, label: String, typed: &str, own: Vec<(String, String)>| {
            let every = Choice::new("", fl!(t, "budget-every"), typed.is_empty());
            let own = own.into_iter().map(|(value, name)| Choice::new(&value, name, value == typed));
            Entry::new(lang, id, label, EntryKind::Select(std::iter::once(every).chain(own).collect()))
        };
        let products = self.products.iter().map(|(_, code, name)| (code.clone(), format!("{code} {name}")));
        let profiles = self.profiles.iter().map(|(code, name)| (code.clone(), format!("{code} {name}")));
        let providers = self.providers.iter().map(|(_, number, name)| (number.to_string(), name.clone()));
        let mut entries = vec![
            select("product", fl!(t, "budget-product"), &query.product, products.collect()),
            select("profiel", fl!(t, "budget-profile"), &query.profiel, profiles.collect()),
            select("aanbieder", fl!(t, "budget-provider"), &query.aanbieder, providers.collect()),
        ];
        if states {
            let month = EntryKind::Line { kind: "month", value: query.maand.clone() };
            entries.push(Entry::new(lang, "maand", fl!(t, "budget-month"), month));
            let states = LineState::ALL.iter().map(|one| (one.as_str().to_owned(), state_in_words(lang, *one)));
            entries.push(select("stand", fl!(t, "budget-line-state"), &query.stand, states.collect()));
        }
        entries
    }
}

pub fn state_in_words(lang: Lang, state: LineState) -> String {
    match state {
        LineState::Approved => fl!(lang.texts(), "budget-state-approved"),
        LineState::Open => fl!(lang.texts(), "budget-state-open"),
    }
}

/// GET and POST `/begroting/{jaar}/regels`
#[derive(Template)]
#[template(path = "budget/lines.html")]
pub struct LinesPage {
    pub frame: Frame,
    pub year: i32,
    pub approves: bool,
    pub query: LinesQuery,
    pub chooses: Chooses,
    pub lines: Vec<Line>,
    /// What the contact person said of a line, by its id.
    pub said: HashMap<i64, Word>,
    /// How many there are in all, and what they come to.
    pub total: (i64, Cents),
    pub paging: Paging,
    pub errors: FormErrors,
    pub done: bool,
}

impl LinesPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Lines }
    }

    fn address(&self) -> String {
        format!("{}/regels", path(self.year))
    }

    fn entries(&self) -> Vec<Entry> {
        self.chooses.entries(self.frame.lang, &self.query, true)
    }

    /// The same lines again, after something was approved.
    fn again(&self) -> String {
        serde_urlencoded::to_string(&self.query).unwrap_or_default()
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn provider(&self, one: &Line) -> &str {
        self.chooses.provider(one.provider_id)
    }

    fn code(&self, one: &Line) -> &str {
        self.chooses.code(one.product_id)
    }

    fn quantity(&self, one: &Line) -> String {
        shown_hundredths(one.quantity.0)
    }

    fn status(&self, one: &Line) -> Status {
        let word = state_in_words(self.frame.lang, one.state());
        match one.state() {
            LineState::Approved => Status::new(Tone::Ok, word).plain(),
            LineState::Open => Status::new(Tone::Todo, word),
        }
    }

    /// What the contact person of the client says of it. Finance decides, and sees this beside it.
    fn said(&self, one: &Line) -> Status {
        let word = self.said.get(&one.id).copied();
        let words = confirmation::word_in(self.frame.lang, word);
        let said = fl!(self.frame.t(), "budget-contact-said", word = words);
        match word {
            Some(Word::Confirmed) => Status::new(Tone::Ok, said).plain(),
            Some(Word::Contested | Word::Corrected) => Status::new(Tone::Warn, said),
            None => Status::new(Tone::Wait, said).plain(),
        }
    }

    fn may_tick(&self, one: &Line) -> bool {
        self.approves && !one.approved
    }

    fn any_to_tick(&self) -> bool {
        self.lines.iter().any(|one| self.may_tick(one))
    }
}

/// What is to come of one trajectory; none when it cannot be computed.
pub type Committed = (Runs, String, Option<Vec<Due>>);

/// GET `/begroting/{jaar}/verplicht`
#[derive(Template)]
#[template(path = "budget/committed.html")]
pub struct CommittedPage {
    pub frame: Frame,
    pub year: i32,
    pub query: LinesQuery,
    pub chooses: Chooses,
    /// The trajectory with the number of its client.
    pub rows: Vec<Committed>,
    /// How many there are in all, and what they come to in this year.
    pub total: (usize, Cents),
    pub paging: Paging,
}

impl CommittedPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Committed }
    }

    fn address(&self) -> String {
        format!("{}/verplicht", path(self.year))
    }

    fn entries(&self) -> Vec<Entry> {
        self.chooses.entries(self.frame.lang, &self.query, false)
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn provider(&self, one: &Committed) -> &str {
        self.chooses.provider(one.0.provider_id)
    }

    fn code(&self, one: &Committed) -> &str {
        self.chooses.code(one.0.product_id)
    }

    /// What of it falls in this year: how much of the unit, and the amount.
    fn this_year(&self, due: &[Due]) -> (String, String) {
        let own = due.iter().filter(|one| one.month.format("%Y").to_string() == self.year.to_string());
        let quantity = own.clone().map(|one| one.quantity.0).sum();
        let amount = own.map(|one| one.amount).sum();
        (shown_hundredths(Hundredths(quantity).0), self.frame.lang.money(amount))
    }

    fn ends(&self, one: &Committed) -> Option<NaiveDate> {
        one.0.running.term_ends_on
    }
}

/// The first and the last month of what is taken along.
#[derive(Debug, Clone, Default, Deserialize, Serialize, Validate)]
#[serde(default)]
pub struct PeriodQuery {
    #[validate(length(max = 10))]
    pub van: String,
    #[validate(length(max = 10))]
    pub tot: String,
}

/// GET `/begroting/{jaar}/uitvoer`
#[derive(Template)]
#[template(path = "budget/export.html")]
pub struct ExportPage {
    pub frame: Frame,
    pub year: i32,
    pub query: PeriodQuery,
    /// How many lines of the period were approved, and the control sum.
    pub total: (i64, Cents),
    /// How many are not, and what they come to: they are not in the files.
    pub open: (i64, Cents),
    pub errors: FormErrors,
}

impl ExportPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Export }
    }

    fn address(&self) -> String {
        format!("{}/uitvoer", path(self.year))
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let month = |value: &str| EntryKind::Line { kind: "month", value: value.to_owned() };
        let entries = [
            Entry::new(lang, "van", fl!(t, "budget-from-month"), month(&self.query.van)),
            Entry::new(lang, "tot", fl!(t, "budget-until-month"), month(&self.query.tot)),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    /// The files: where they are, and what they are called.
    fn files(&self) -> [(String, String); 4] {
        let t = self.frame.t();
        let period = serde_urlencoded::to_string(&self.query).unwrap_or_default();
        let file = |name: &str, text| (format!("{}/{name}?{period}", self.address()), text);
        [
            file("regels.xlsx", fl!(t, "budget-file-lines-xlsx")),
            file("regels.csv", fl!(t, "budget-file-lines-csv")),
            file("ubl.xlsx", fl!(t, "budget-file-ubl-xlsx")),
            file("ubl.csv", fl!(t, "budget-file-ubl-csv")),
        ]
    }
}
