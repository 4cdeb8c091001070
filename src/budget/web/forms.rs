//! The forms of the money (formulieren): what there is of a source, and other costs with what takes them back.

use std::borrow::Borrow;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{BudgetTabs, Place, path, read_amount, refusal_in_words, too_long, typed_amount};
use crate::budget::store::{NewBooking, NewBudget};
use crate::budget::{Booking, Budget, Refusal};
use crate::calendar::wall_clock;
use crate::money::Cents;
use crate::page::entry::{Choice, Entry, EntryKind, read_day};
use crate::page::{FormErrors, Frame, Moment};
use crate::text::Lang;

/// What there is of a source, as it was typed.
#[derive(Debug, Clone, Default, Validate)]
pub struct SourceForm {
    #[validate(length(max = 120))]
    pub naam: String,
    #[validate(length(max = 30))]
    pub bedrag: String,
    /// The codes of the products that it pays.
    pub product: Vec<String>,
    #[validate(length(max = 500))]
    pub reden: String,
    pub versie: i32,
}

impl SourceForm {
    /// As a browser sends it: a ticked product is one pair.
    pub fn sent(pairs: Vec<(String, String)>) -> SourceForm {
        let mut form = SourceForm::default();
        for (name, value) in pairs {
            match name.as_str() {
                "naam" => form.naam = value,
                "bedrag" => form.bedrag = value,
                "product" => form.product.push(value),
                "reden" => form.reden = value,
                "versie" => form.versie = value.parse().unwrap_or(-1),
                _ => {}
            }
        }
        form
    }

    pub fn of(one: &Budget, products: &[(i64, String, String)]) -> SourceForm {
        let chosen = products.iter().filter(|(id, ..)| one.products.contains(id));
        SourceForm {
            naam: one.source.clone(),
            bedrag: typed_amount(one.amount),
            product: chosen.map(|(_, code, _)| code.clone()).collect(),
            reden: String::new(),
            versie: one.version,
        }
    }

    /// What is typed, or what is wrong at which field.
    pub fn read(&self, lang: Lang, products: &[(i64, String, String)]) -> Result<NewBudget, FormErrors> {
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let amount = read_amount(&self.bedrag);
        if amount.is_none() {
            errors.fields.push(("bedrag".to_owned(), refusal_in_words(lang, &Refusal::AmountWrong)));
        }
        let chosen = products.iter().filter(|(_, code, _)| self.product.contains(code));
        match amount {
            Some(amount) if errors.is_empty() => Ok(NewBudget {
                name: self.naam.trim().to_owned(),
                amount,
                products: chosen.map(|(id, ..)| *id).collect(),
                reason: self.reden.clone(),
            }),
            _ => Err(errors),
        }
    }

    /// The field at which a refusal is told.
    pub fn error(lang: Lang, refusal: &Refusal) -> FormErrors {
        let field = match refusal {
            Refusal::NameMissing | Refusal::NameTaken => "naam",
            Refusal::ProductTaken(_) => "product",
            Refusal::ReasonMissing => "reden",
            _ => "bedrag",
        };
        FormErrors { fields: vec![(field.to_owned(), refusal_in_words(lang, refusal))], whole: Vec::new() }
    }
}

/// GET and POST `/begroting/{jaar}/bronnen/{bron}`
#[derive(Template)]
#[template(path = "budget/source.html")]
pub struct SourcePage {
    pub frame: Frame,
    pub year: i32,
    pub writes: bool,
    /// None for a new one.
    pub source: Option<(i64, String)>,
    /// The newest first.
    pub versions: Vec<Budget>,
    /// Id, code and name.
    pub products: Vec<(i64, String, String)>,
    pub form: SourceForm,
    pub errors: FormErrors,
}

impl SourcePage {
    fn title(&self) -> String {
        match &self.source {
            Some((_, name)) => format!("{name}, {}", self.year),
            None => fl!(self.frame.t(), "budget-new-source"),
        }
    }

    fn address(&self) -> String {
        let part = self.source.as_ref().map_or("nieuw".to_owned(), |(id, _)| id.to_string());
        format!("{}/bronnen/{part}", path(self.year))
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let choice = |(_, code, name): &(i64, String, String)| {
            Choice::new(code, format!("{code} {name}"), self.form.product.contains(code))
        };
        let choices = EntryKind::Many(self.products.iter().map(choice).collect());
        let name =
            Entry::line(lang, "naam", fl!(t, "budget-source"), &self.form.naam).hint(fl!(t, "budget-source-hint"));
        let mut entries: Vec<Entry> = if self.source.is_none() { vec![name] } else { Vec::new() };
        entries.push(
            Entry::line(lang, "bedrag", fl!(t, "budget-amount-of-year"), &self.form.bedrag)
                .hint(fl!(t, "budget-amount-hint")),
        );
        entries.push(Entry::new(lang, "product", fl!(t, "budget-pays"), choices).hint(fl!(t, "budget-pays-hint")));
        if !self.versions.is_empty() {
            entries.push(Entry::area(lang, "reden", fl!(t, "budget-reason"), &self.form.reden));
        }
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn moment(&self, one: &Budget) -> Moment {
        self.frame.moment(&wall_clock(one.noted_at))
    }

    /// The codes of the products that a version pays.
    fn codes(&self, one: &Budget) -> String {
        let codes = self.products.iter().filter(|(id, ..)| one.products.contains(id)).map(|(_, code, _)| code.as_str());
        codes.collect::<Vec<_>>().join(", ")
    }
}

/// Other costs, as they were typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BookingForm {
    #[validate(length(max = 20))]
    pub bron: String,
    #[validate(length(max = 20))]
    pub maand: String,
    #[validate(length(max = 80))]
    pub soort: String,
    #[validate(length(max = 300))]
    pub omschrijving: String,
    #[validate(length(max = 30))]
    pub bedrag: String,
}

impl BookingForm {
    /// What is typed, or what is wrong at which field.
    pub fn read(&self, lang: Lang) -> Result<NewBooking, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let mut tell = |field: &str, said: String| errors.fields.push((field.to_owned(), said));
        let (source, month, amount) = (self.bron.parse().ok(), read_month(&self.maand), read_amount(&self.bedrag));
        if source.is_none() {
            tell("bron", fl!(t, "budget-choose-source"));
        }
        if month.is_none() {
            tell("maand", fl!(t, "budget-month-wrong"));
        }
        for (field, typed) in [("soort", &self.soort), ("omschrijving", &self.omschrijving)] {
            if typed.trim().is_empty() {
                tell(field, fl!(t, "budget-text-missing"));
            }
        }
        if amount.is_none() {
            tell("bedrag", fl!(t, "budget-amount-wrong"));
        }
        match (source, month, amount) {
            (Some(source_id), Some(month), Some(amount)) if errors.is_empty() => Ok(NewBooking {
                source_id,
                month,
                category: self.soort.trim().to_owned(),
                description: self.omschrijving.trim().to_owned(),
                amount,
            }),
            _ => Err(errors),
        }
    }
}

/// A month as a browser sends it or as people write it: `2026-03`, `03-2026`; its first day.
pub fn read_month(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim();
    read_day(&format!("{typed}-01")).or_else(|| read_day(&format!("01-{typed}")))
}

/// GET and POST `/begroting/{jaar}/overige-kosten`
#[derive(Template)]
#[template(path = "budget/other.html")]
pub struct OtherPage {
    pub frame: Frame,
    pub year: i32,
    pub writes: bool,
    pub sources: Vec<(i64, String)>,
    /// The newest first.
    pub bookings: Vec<Booking>,
    pub form: BookingForm,
    pub errors: FormErrors,
    pub done: bool,
}

impl OtherPage {
    fn tabs(&self) -> BudgetTabs {
        BudgetTabs { lang: self.frame.lang, year: self.year, current: Place::Other }
    }

    fn address(&self) -> String {
        format!("{}/overige-kosten", path(self.year))
    }

    fn source(&self, one: &Booking) -> &str {
        self.sources.iter().find(|(id, _)| *id == one.source_id).map_or("", |(_, name)| name.as_str())
    }

    fn month(&self, one: &Booking) -> &'static str {
        self.frame.lang.month(one.month)
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.frame.lang.money(*amount.borrow())
    }

    fn total(&self) -> Cents {
        self.bookings.iter().map(|one| one.amount).sum()
    }

    /// Neither takes something back nor was taken back.
    fn stands(&self, one: &Booking) -> bool {
        one.takes_back.is_none() && !self.bookings.iter().any(|other| other.takes_back == Some(one.id))
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let own = self.sources.iter().map(|(id, name)| {
            let value = id.to_string();
            Choice::new(&value, name.clone(), value == form.bron)
        });
        let month = EntryKind::Line { kind: "month", value: form.maand.clone() };
        let entries = [
            Entry::new(lang, "bron", fl!(t, "budget-source"), EntryKind::Select(own.collect())),
            Entry::new(lang, "maand", fl!(t, "budget-month"), month).hint(fl!(t, "budget-month-hint")),
            Entry::line(lang, "soort", fl!(t, "budget-category"), &form.soort).hint(fl!(t, "budget-category-hint")),
            Entry::line(lang, "omschrijving", fl!(t, "budget-description"), &form.omschrijving)
                .hint(fl!(t, "budget-description-hint")),
            Entry::line(lang, "bedrag", fl!(t, "budget-amount"), &form.bedrag).hint(fl!(t, "budget-amount-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// Why a booking is taken back.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BackForm {
    #[validate(length(max = 300))]
    pub reden: String,
}

/// GET and POST `/begroting/{jaar}/overige-kosten/{id}`
#[derive(Template)]
#[template(path = "budget/back.html")]
pub struct BackPage {
    pub frame: Frame,
    pub year: i32,
    pub booking: Booking,
    pub form: BackForm,
    pub errors: FormErrors,
}

impl BackPage {
    fn address(&self) -> String {
        format!("{}/overige-kosten/{}", path(self.year), self.booking.id)
    }

    fn month(&self) -> &'static str {
        self.frame.lang.month(self.booking.month)
    }

    fn entry(&self) -> Entry {
        Entry::area(self.frame.lang, "reden", fl!(self.frame.t(), "budget-reason"), &self.form.reden).told(&self.errors)
    }
}
