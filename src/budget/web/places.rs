//! Batches, places and the waiting list (plaatsen en partijen).

use std::borrow::Borrow;

use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{BudgetTabs, Place, path};
use crate::budget::places::{Drawn, Limited, Waits};
use crate::money::{Cents, Hundredths};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, Tone};
use crate::sheet::shown_hundredths;

/// Who is put on the list, as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct JoinForm {
    #[validate(length(max = 20))]
    pub product: String,
    /// The municipality's own number.
    #[validate(length(max = 40))]
    pub client: String,
    #[validate(length(max = 20))]
    pub indicatie: String,
}

/// GET and POST `/begroting/{jaar}/plaatsen`
#[derive(Template)]
#[template(path = "budget/places.html")]
pub struct PlacesPage {
    pub frame: Frame,
    pub year: i32,
    pub writes: bool,
    /// Id, code and name.
    pub products: Vec<(i64, String, String)>,
    /// Id and name.
    pub providers: Vec<(i64, String)>,
    pub batches: Vec<Drawn>,
    pub limited: Vec<Limited>,
    pub waiting: Vec<Waits>,
    pub form: JoinForm,
    pub errors: FormErrors,
    pub done: bool,
}

impl PlacesPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Places }
    }

    fn address(&self) -> String {
        format!("{}/plaatsen", path(self.year))
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn quantity(&self, quantity: impl Borrow<Hundredths>) -> String {
        shown_hundredths(quantity.borrow().0)
    }

    fn product(&self, id: &i64) -> String {
        let found = self.products.iter().find(|(known, ..)| known == id);
        found.map(|(_, code, name)| format!("{code} {name}")).unwrap_or_default()
    }

    fn provider(&self, id: &i64) -> &str {
        self.providers.iter().find(|(known, _)| known == id).map_or("", |(_, name)| name.as_str())
    }

    fn left(&self, one: &Drawn) -> Hundredths {
        Hundredths(one.bought.0 - one.drawn.0)
    }

    fn batch_status(&self, one: &Drawn) -> Status {
        let t = self.frame.t();
        match self.left(one).0 {
            ..0 => Status::new(Tone::Bad, fl!(t, "budget-batch-over")),
            0 => Status::new(Tone::Warn, fl!(t, "budget-batch-empty")),
            _ => Status::new(Tone::Ok, fl!(t, "budget-batch-left")).plain(),
        }
    }

    /// How many wait for this product.
    fn waits(&self, product: &i64) -> usize {
        self.waiting.iter().filter(|one| one.product_id == *product && one.is_waiting()).count()
    }

    fn wait_status(&self, one: &Waits) -> Status {
        let (lang, t) = (self.frame.lang, self.frame.t());
        match (one.placed_on, one.left_on) {
            (Some(day), _) => Status::new(Tone::Ok, fl!(t, "budget-placed", day = lang.day_in_table(day))).plain(),
            (None, Some(day)) => {
                Status::new(Tone::Idle, fl!(t, "budget-off-list", day = lang.day_in_table(day))).plain()
            }
            (None, None) => Status::new(Tone::Wait, fl!(t, "budget-waits")),
        }
    }

    /// Where who waits is taken off the list, for who writes.
    fn href(&self, one: &Waits) -> Option<String> {
        let id = one.id.filter(|_| self.writes && one.is_waiting())?;
        Some(format!("{}/wachtlijst/{id}", path(self.year)))
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let choice = |(id, code, name): &(i64, String, String)| {
            let value = id.to_string();
            Choice::new(&value, format!("{code} {name}"), value == self.form.product)
        };
        let products = EntryKind::Select(self.products.iter().map(choice).collect());
        let entries = [
            Entry::new(lang, "product", fl!(t, "budget-product"), products),
            Entry::line(lang, "client", fl!(t, "budget-client-number"), &self.form.client)
                .hint(fl!(t, "budget-client-hint")),
            Entry::day(lang, "indicatie", fl!(t, "budget-indication"), &self.form.indicatie),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// How the waiting ends, as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndForm {
    /// `geplaatst` or `eraf`.
    #[validate(length(max = 20))]
    pub einde: String,
    #[validate(length(max = 20))]
    pub dag: String,
    #[validate(length(max = 300))]
    pub reden: String,
}

/// GET and POST `/begroting/{jaar}/wachtlijst/{id}`
#[derive(Template)]
#[template(path = "budget/waits.html")]
pub struct EndPage {
    pub frame: Frame,
    pub year: i32,
    pub id: i64,
    pub waits: Waits,
    pub product: String,
    pub form: EndForm,
    pub errors: FormErrors,
}

impl EndPage {
    fn address(&self) -> String {
        format!("{}/wachtlijst/{}", path(self.year), self.id)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let choice = |value: &str, label: String| Choice::new(value, label, self.form.einde == value);
        let how = vec![choice("geplaatst", fl!(t, "budget-end-placed")), choice("eraf", fl!(t, "budget-end-left"))];
        let entries = [
            Entry::new(lang, "einde", fl!(t, "budget-end-how"), EntryKind::Radio(how)),
            Entry::day(lang, "dag", fl!(t, "budget-end-day"), &self.form.dag),
            Entry::area(lang, "reden", fl!(t, "budget-end-reason"), &self.form.reden),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}
