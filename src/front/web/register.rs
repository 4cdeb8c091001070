//! The page of the register (register van toegelaten aanbieders): filters, the order and its rows.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::Town;
use crate::front::register::search::{Order, Search, places};
use crate::front::register::{Listed, Register};
use crate::page::Frame;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::provider::listing::{Waiting, languages};
use crate::text::Bilingual;

/// GET `/gemeenten/{slug}/register`: who is admitted, alphabetical or at random, and nothing that ranks.
#[derive(Template)]
#[template(path = "front/register.html")]
pub struct RegisterPage {
    pub frame: Frame,
    pub town: Town,
    pub today: NaiveDate,
    /// Everybody in it, to choose from.
    pub register: Register,
    /// What fits, in its order.
    pub rows: Vec<Listed>,
    pub search: Search,
    pub order: Order,
}

impl RegisterPage {
    fn path(&self) -> String {
        format!("{}/register", self.town.path())
    }

    fn query(&self) -> String {
        self.search.query()
    }

    /// The same filters in alphabetical order, or at random by a number that is still to be drawn.
    fn ordered(&self, order: &str) -> String {
        let asked = Search { volgorde: order.to_owned(), zaad: String::new(), ..self.search.clone() };
        format!("{}{}", self.path(), asked.query())
    }

    fn seed(&self) -> Option<u32> {
        match self.order {
            Order::Random(seed) => Some(seed),
            Order::Alphabetical => None,
        }
    }

    fn name<'a>(&self, name: &'a Bilingual) -> &'a str {
        name.in_lang(self.frame.lang)
    }

    fn products(&self, row: &Listed) -> String {
        row.products.values().map(|name| self.name(name)).collect::<Vec<_>>().join(", ")
    }

    /// What it offers today, where that is not all it may deliver; said too when that is nothing.
    fn offered(&self, row: &Listed) -> Option<String> {
        let offered = row.offered.as_ref().filter(|offered| offered.len() < row.products.len())?;
        let names: Vec<&str> = offered.values().map(|name| self.name(name)).collect();
        Some(match names.is_empty() {
            true => fl!(self.frame.t(), "front-register-offers-none"),
            false => fl!(self.frame.t(), "front-register-offers", products = names.join(", ")),
        })
    }

    fn languages(&self, row: &Listed) -> String {
        let known = row.told.languages.iter().filter_map(|code| languages::find(code));
        known.map(|one| self.name(&one.name)).collect::<Vec<_>>().join(", ")
    }

    fn weeks(&self, waiting: &Waiting) -> String {
        fl!(self.frame.t(), "front-register-weeks", count = waiting.weeks)
    }

    /// "opgegeven door de aanbieder op …", and what to think of it when that is long ago.
    fn told_on(&self, waiting: &Waiting) -> String {
        fl!(self.frame.t(), "front-register-told-on", day = self.frame.lang.day(waiting.told_on))
    }

    fn is_old(&self, waiting: &Waiting) -> bool {
        waiting.is_old(self.today)
    }

    /// What can be filtered on is what somebody in the register has.
    fn filters(&self) -> Vec<Entry> {
        let (lang, t, rows) = (self.frame.lang, self.frame.t(), &self.register.rows);
        let select = |id: &str, label: String, typed: &str, own: Vec<(String, String)>| {
            let every = Choice::new("", fl!(t, "front-register-all"), typed.is_empty());
            let choices = own.into_iter().map(|(code, name)| {
                let chosen = code == typed;
                Choice::new(&code, name, chosen)
            });
            Entry::new(lang, id, label, EntryKind::Select(std::iter::once(every).chain(choices).collect()))
        };
        let mut products: Vec<(String, String)> = Vec::new();
        for (code, name) in rows.iter().flat_map(|row| &row.products) {
            if !products.iter().any(|(known, _)| known == code) {
                products.push((code.clone(), self.name(name).to_owned()));
            }
        }
        products.sort_by(|one, other| one.1.cmp(&other.1));
        let profiles = self.register.profiles.iter();
        let profiles = profiles.map(|(code, name)| (code.clone(), format!("{code} {}", self.name(name)))).collect();
        let places = places(rows).into_iter().map(|place| (place.clone(), place)).collect();
        let spoken = |code: &str| rows.iter().any(|row| row.told.languages.iter().any(|known| known == code));
        let tongues = languages::all().iter().filter(|one| spoken(&one.code));
        let tongues = tongues.map(|one| (one.code.clone(), self.name(&one.name).to_owned())).collect();
        let search = &self.search;
        vec![
            select("product", fl!(t, "front-register-product"), &search.product, products),
            select("profiel", fl!(t, "front-register-profile"), &search.profiel, profiles),
            select("plaats", fl!(t, "front-register-place"), &search.plaats, places),
            select("spreektaal", fl!(t, "front-register-language"), &search.spreektaal, tongues),
        ]
    }
}
