//! The year (begroting van een jaar): its sources, and what is spent, committed and left by product, profile and month; and the
//! same by provider, in the order of the alphabet.

use std::borrow::Borrow;

use askama::Template;
use i18n_embed_fl::fl;

use super::{BudgetTabs, FigureRow, FigureTable, Place, path};
use crate::budget::average;
use crate::budget::figures::{Counted, Figure, FigureKind, SourceRow};
use crate::calendar::wall_clock;
use crate::money::Cents;
use crate::page::{Frame, Moment, Status, Tone};

/// GET `/begroting/{jaar}`
#[derive(Template)]
#[template(path = "budget/year.html")]
pub struct YearPage {
    pub frame: Frame,
    pub year: i32,
    /// The year that it is.
    pub now: i32,
    /// Whether the reader types budgets and counts anew.
    pub writes: bool,
    /// In percent.
    pub alarm: u32,
    pub sources: Vec<SourceRow>,
    /// None while the year was never counted.
    pub counted: Option<Counted>,
    /// Id, code and name, in the order of the codes.
    pub products: Vec<(i64, String, String)>,
    /// Code and name.
    pub profiles: Vec<(String, String)>,
    /// What was just done, in words.
    pub done: Option<String>,
}

impl YearPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Year }
    }

    /// The years beside it: a budget is made a year ahead, and looked back at for ten.
    fn beside(&self) -> Vec<i32> {
        let known = self.now - 10..=self.now + 1;
        [self.year - 1, self.year + 1].into_iter().filter(|year| known.contains(year)).collect()
    }

    fn path(&self) -> String {
        path(self.year)
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    /// All sources together, those without a budget too.
    fn total(&self) -> SourceRow {
        let none = SourceRow { source: None, budget: Some(Cents(0)), figure: Figure::default(), other: Cents(0) };
        self.sources.iter().fold(none, |sum, one| SourceRow {
            source: None,
            budget: Some(sum.budget.unwrap_or_default() + one.budget.unwrap_or_default()),
            figure: sum.figure.and(one.figure),
            other: sum.other + one.other,
        })
    }

    fn left_of_all(&self) -> Cents {
        self.total().left().unwrap_or_default()
    }

    fn status(&self, row: &SourceRow) -> Status {
        let t = self.frame.t();
        match row.percent() {
            None => Status::new(Tone::Idle, fl!(t, "budget-no-budget")).plain(),
            Some(percent) if row.left().is_some_and(|left| left < Cents(0)) => {
                Status::new(Tone::Bad, fl!(t, "budget-over", percent = percent))
            }
            Some(percent) if row.rings(self.alarm) => {
                Status::new(Tone::Warn, fl!(t, "budget-alarm", percent = percent))
            }
            Some(percent) => Status::new(Tone::Ok, fl!(t, "budget-within", percent = percent)).plain(),
        }
    }

    /// The sources that passed the alarm, by name.
    fn ringing(&self) -> Vec<&str> {
        let ringing = self.sources.iter().filter(|row| row.rings(self.alarm));
        ringing.filter_map(|row| row.source.as_ref().map(|(_, name)| name.as_str())).collect()
    }

    fn counted_at(&self, counted: &Counted) -> Moment {
        self.frame.moment(&wall_clock(counted.at))
    }

    fn figures(&self) -> Figure {
        self.counted.as_ref().map(|counted| counted.total(FigureKind::Product)).unwrap_or_default()
    }

    /// "Gemiddelde kosten per traject: besteed aan trajecten ÷ trajecten met een goedgekeurde regel in het jaar."
    fn per_trajectory(&self) -> Option<String> {
        let all = self.figures();
        average(all.spent, all.trajectories).map(|amount| self.frame.lang.money(amount))
    }

    /// "Gemiddelde kosten per uitstroom: besteed aan trajecten ÷ cliënten met een traject die in het jaar uitstroomden naar werk."
    fn per_outflow(&self) -> Option<String> {
        let outflows = self.counted.as_ref()?.outflows;
        average(self.figures().spent, outflows).map(|amount| self.frame.lang.money(amount))
    }

    fn rows(&self, kind: FigureKind, drawn: impl Fn(&str, &Figure) -> FigureRow) -> Vec<FigureRow> {
        let Some(counted) = &self.counted else { return Vec::new() };
        counted.of(kind).map(|(what, figure)| drawn(what, figure)).collect()
    }

    fn by_product(&self) -> FigureTable {
        let mut rows = self.rows(FigureKind::Product, |what, figure| {
            let found = self.products.iter().find(|(id, ..)| id.to_string() == what);
            let (code, name) = found.map_or(("", ""), |(_, code, name)| (code.as_str(), name.as_str()));
            let query = format!("product={code}");
            FigureRow {
                name: format!("{code} {name}"),
                figure: *figure,
                lines: Some(query.clone()),
                committed: Some(query),
                year: self.year,
            }
        });
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        let t = self.frame.t();
        let (title, head) = (fl!(t, "budget-by-product"), fl!(t, "budget-product"));
        FigureTable { lang: self.frame.lang, id: "per-product", title, head, rows }
    }

    fn by_profile(&self) -> FigureTable {
        let t = self.frame.t();
        let rows = self.rows(FigureKind::Profile, |what, figure| {
            let found = self.profiles.iter().find(|(code, _)| code == what);
            let name = match (what, found) {
                ("", _) => fl!(t, "budget-without-profile"),
                (code, Some((_, name))) => format!("{code} {name}"),
                (code, None) => code.to_owned(),
            };
            let query = Some(format!("profiel={what}")).filter(|_| !what.is_empty());
            FigureRow { name, figure: *figure, lines: query.clone(), committed: query, year: self.year }
        });
        let (title, head) = (fl!(t, "budget-by-profile"), fl!(t, "budget-profile"));
        FigureTable { lang: self.frame.lang, id: "per-profiel", title, head, rows }
    }

    fn by_month(&self) -> FigureTable {
        let rows = self.rows(FigureKind::Month, |what, figure| {
            let day = format!("{what}-01").parse();
            let name = day.map_or_else(|_| what.to_owned(), |day| self.frame.lang.month(day).to_owned());
            FigureRow { name, figure: *figure, lines: Some(format!("maand={what}")), committed: None, year: self.year }
        });
        let t = self.frame.t();
        let (title, head) = (fl!(t, "budget-by-month"), fl!(t, "budget-month"));
        FigureTable { lang: self.frame.lang, id: "per-maand", title, head, rows }
    }
}

/// GET `/begroting/{jaar}/aanbieders`
#[derive(Template)]
#[template(path = "budget/providers.html")]
pub struct ProvidersPage {
    pub frame: Frame,
    pub year: i32,
    /// Number and name of each with a figure, alphabetical.
    pub rows: Vec<(i64, String, Figure)>,
}

impl ProvidersPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Providers }
    }

    fn table(&self) -> FigureTable {
        let row = |(number, name, figure): &(i64, String, Figure)| {
            let query = format!("aanbieder={number}");
            FigureRow {
                name: name.clone(),
                figure: *figure,
                lines: Some(query.clone()),
                committed: Some(query),
                year: self.year,
            }
        };
        let t = self.frame.t();
        FigureTable {
            lang: self.frame.lang,
            id: "per-aanbieder",
            title: fl!(t, "budget-by-provider"),
            head: fl!(t, "budget-provider"),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
