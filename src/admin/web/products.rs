//! The pages of the catalogue (productenboek): the products of a day, one product with its versions, tariffs and what of it
//! is used, the form of its next version, and what that would do before it is published.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::criterion_words::{Change, domain};
use super::product_acts::{BatchForm, TariffForm};
use super::product_form::{Around, ProductForm};
use super::tabs::{AdminTabs, Place};
use crate::money::{Cents, Hundredths};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, Tone};
use crate::procedure::Domain;
use crate::procedure::product::{Pricing, Unit};
use crate::text::Lang;

/// GET `/beheer/producten`: the products that can be delivered on a day.
#[derive(Template)]
#[template(path = "admin/products.html")]
pub struct ProductsPage {
    pub frame: Frame,
    pub on: NaiveDate,
    /// The day as it was typed.
    pub typed: String,
    pub errors: FormErrors,
    pub rows: Vec<ProductRow>,
    /// Known by code and name alone: what holds for them was never written down.
    pub undescribed: Vec<(String, String)>,
    /// The code of what was just published.
    pub published: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ProductRow {
    pub code: String,
    pub name: String,
    pub unit: String,
    pub pricing: String,
    /// Of that day; none while there is none.
    pub tariff: Option<Cents>,
    pub profiles: String,
    /// Exclusive, places, volume: what limits it, in words.
    pub limits: Vec<String>,
}

impl ProductsPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Products }
    }

    fn day_entry(&self) -> Entry {
        Entry::day(self.frame.lang, "op", fl!(self.frame.t(), "catalogue-on"), &self.typed).told(&self.errors)
    }
}

/// GET `/beheer/producten/{code}`
#[derive(Template)]
#[template(path = "admin/product.html")]
pub struct ProductPage {
    pub frame: Frame,
    pub code: String,
    pub name: String,
    /// What holds today or, where nothing does, what is to hold or held last: its first day, and every line of it.
    pub holds: Option<(NaiveDate, Vec<(String, String)>)>,
    pub unit: String,
    /// The newest first.
    pub tariffs: Vec<(Cents, NaiveDate, Option<NaiveDate>)>,
    /// The newest first: from when, and until when where that is known.
    pub versions: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub use_of_all: UseOfAll,
    pub providers: Vec<ProviderUse>,
    pub batches: Vec<BatchRow>,
    pub tariff: TariffForm,
    pub batch: BatchForm,
    pub around: Around,
    pub errors: FormErrors,
    pub done: bool,
}

/// What all providers together use of what they share.
#[derive(Debug, Clone, Copy, Default)]
pub struct UseOfAll {
    pub year: i32,
    pub taken: i64,
    pub places: Option<u32>,
    pub delivered: Hundredths,
    pub yearly: Option<Hundredths>,
    pub amount: Cents,
}

/// What one provider offers and uses of the product.
#[derive(Debug, Clone, Default)]
pub struct ProviderUse {
    pub name: String,
    /// Its page.
    pub path: String,
    /// Codes of the profiles it offers it for; none when it does not offer it.
    pub offers: Option<String>,
    pub taken: i64,
    pub delivered: Hundredths,
    pub amount: Cents,
    /// Bought ahead, and drawn from it.
    pub prepaid: Option<(Hundredths, Hundredths)>,
}

impl ProviderUse {
    fn left(&self) -> Option<Hundredths> {
        self.prepaid.map(|(bought, drawn)| Hundredths(bought.0 - drawn.0))
    }
}

#[derive(Debug, Clone)]
pub struct BatchRow {
    pub provider: String,
    pub bought_on: NaiveDate,
    pub quantity: Hundredths,
    pub paid: Option<Cents>,
    pub reason: String,
}

impl ProductPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Products }
    }

    fn quantity(&self, quantity: &Hundredths) -> String {
        self.frame.lang.quantity(*quantity)
    }

    /// Whether anything limits what all together deliver.
    fn is_shared(&self) -> bool {
        self.use_of_all.places.is_some() || self.use_of_all.yearly.is_some()
    }

    fn places_state(&self) -> Option<Status> {
        let places = i64::from(self.use_of_all.places?);
        Some(self.state(
            places - self.use_of_all.taken,
            self.frame.lang.quantity(Hundredths((places - self.use_of_all.taken) * 100)),
        ))
    }

    fn year_state(&self) -> Option<Status> {
        let left = self.use_of_all.yearly?.0 - self.use_of_all.delivered.0;
        Some(self.state(left, self.frame.lang.quantity(Hundredths(left))))
    }

    fn batch_state(&self, one: &ProviderUse) -> Option<Status> {
        let left = one.left()?;
        Some(self.state(left.0, self.frame.lang.quantity(left)))
    }

    fn state(&self, left: i64, written: String) -> Status {
        let t = self.frame.t();
        match left {
            1.. => Status::new(Tone::Ok, fl!(t, "catalogue-left", left = written)),
            0 => Status::new(Tone::Warn, fl!(t, "catalogue-full")),
            _ => Status::new(Tone::Bad, fl!(t, "catalogue-over", over = written.trim_start_matches('-'))),
        }
    }

    fn tariff_entries(&self) -> Vec<Entry> {
        self.tariff.entries(self.frame.lang, &self.unit, &self.errors)
    }

    fn batch_entries(&self) -> Vec<Entry> {
        self.batch.entries(self.frame.lang, &self.around, &self.unit, &self.errors)
    }
}

/// GET and POST `/beheer/producten/{code}/versie`: the form of the next version.
#[derive(Template)]
#[template(path = "admin/product-form.html")]
pub struct ProductFormPage {
    pub frame: Frame,
    /// In the address: `RE-JC`, or `nieuw`.
    pub code: String,
    pub is_new: bool,
    pub form: ProductForm,
    pub around: Around,
    pub errors: FormErrors,
}

impl ProductFormPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Products }
    }

    fn heading(&self) -> String {
        match self.is_new {
            true => fl!(self.frame.t(), "catalogue-new"),
            false => fl!(self.frame.t(), "catalogue-next-version", code = self.code.as_str()),
        }
    }

    fn back(&self) -> String {
        match self.is_new {
            true => "/beheer/producten".to_owned(),
            false => format!("/beheer/producten/{}", self.code),
        }
    }

    /// The fields in groups, each under its heading.
    fn groups(&self) -> Vec<(String, Vec<Entry>)> {
        let (lang, form, t) = (self.frame.lang, &self.form, self.frame.t());
        let line = |id: &str, label: String, value: &str| Entry::line(lang, id, label, value);
        let tick = |id: &str, label: String, value: &str| Entry::tick(lang, id, label, value == "ja");
        let mut what = vec![
            line("naam_nl", fl!(t, "catalogue-name-nl"), &form.naam_nl).of(Lang::Nl),
            line("naam_en", fl!(t, "catalogue-name-en"), &form.naam_en).of(Lang::En),
        ];
        if self.is_new {
            what.insert(0, line("code", fl!(t, "catalogue-code"), &form.code).hint(fl!(t, "catalogue-code-hint")));
            let domains = choices(&form.domein, Domain::ALL, |one| domain(lang, one));
            what.push(Entry::new(lang, "domein", fl!(t, "catalogue-domain"), EntryKind::Radio(domains)));
            let units = with_none(lang, choices(&form.eenheid, Unit::ALL, |one| one.word(lang)));
            what.push(
                Entry::new(lang, "eenheid", fl!(t, "catalogue-unit"), EntryKind::Select(units))
                    .hint(fl!(t, "catalogue-unit-hint")),
            );
        }
        let codes = self.around.profiles.join(", ");
        let first = Entry::day(lang, "ingang", fl!(t, "catalogue-first-day"), &form.ingang).hint(fl!(
            t,
            "catalogue-first-day-hint",
            day = lang.day(self.around.earliest)
        ));
        let last = Entry::day(lang, "tot", fl!(t, "catalogue-until"), &form.tot).hint(fl!(t, "catalogue-until-hint"));
        let pricing = choices(&form.bekostiging, Pricing::ALL, |one| one.in_words(lang));
        let vat = [
            ("", fl!(t, "catalogue-vat-none")),
            ("vrij", fl!(t, "catalogue-vat-exempt")),
            ("percent", fl!(t, "catalogue-vat-rate")),
        ];
        let vat = vat.into_iter().map(|(value, label)| Choice::new(value, label, form.btw == value)).collect();
        let nobody = Choice::new("", fl!(t, "catalogue-only-by-nobody"), form.alleen_door.is_empty());
        let named = |(kvk, name): &(crate::ids::Kvk, String)| {
            Choice::new(kvk.as_str(), name.clone(), kvk.as_str() == form.alleen_door)
        };
        let providers = std::iter::once(nobody).chain(self.around.providers.iter().map(named)).collect();
        let mut groups = vec![
            (fl!(t, "catalogue-group-when"), vec![first, last]),
            (fl!(t, "catalogue-group-what"), what),
            (
                fl!(t, "catalogue-group-whom"),
                vec![
                    line("profielen", fl!(t, "catalogue-profiles"), &form.profielen).hint(fl!(
                        t,
                        "catalogue-profiles-hint",
                        codes = codes
                    )),
                    line("trede_van", fl!(t, "catalogue-ladder-from"), &form.trede_van),
                    line("trede_tot", fl!(t, "catalogue-ladder-to"), &form.trede_tot),
                ],
            ),
            (
                fl!(t, "catalogue-group-pay"),
                vec![
                    Entry::new(lang, "bekostiging", fl!(t, "catalogue-pricing"), EntryKind::Radio(pricing)),
                    Entry::area(lang, "termijnen", fl!(t, "catalogue-instalments"), &form.termijnen)
                        .hint(fl!(t, "catalogue-instalments-hint")),
                    Entry::new(lang, "btw", fl!(t, "catalogue-vat"), EntryKind::Radio(vat)),
                    line("btw_percent", fl!(t, "catalogue-vat-pct"), &form.btw_percent),
                ],
            ),
            (
                fl!(t, "catalogue-group-trajectory"),
                vec![
                    line("hoogste_aantal", fl!(t, "catalogue-max-quantity"), &form.hoogste_aantal)
                        .hint(fl!(t, "catalogue-empty-free")),
                    line("hoogste_maanden", fl!(t, "catalogue-max-months-in"), &form.hoogste_maanden)
                        .hint(fl!(t, "catalogue-empty-free")),
                    tick("toestemming", fl!(t, "catalogue-approval"), &form.toestemming),
                    tick("resultaten", fl!(t, "catalogue-results"), &form.resultaten),
                ],
            ),
            (
                fl!(t, "catalogue-group-limits"),
                vec![
                    Entry::new(lang, "alleen_door", fl!(t, "catalogue-only-by"), EntryKind::Select(providers)),
                    line("plekken", fl!(t, "catalogue-places"), &form.plekken).hint(fl!(t, "catalogue-places-hint")),
                    line("per_jaar", fl!(t, "catalogue-yearly"), &form.per_jaar).hint(fl!(t, "catalogue-yearly-hint")),
                ],
            ),
        ];
        for (_, entries) in &mut groups {
            *entries = std::mem::take(entries)
                .into_iter()
                .map(|entry| Entry { of: entry.of.filter(|of| *of != lang), ..entry.told(&self.errors) })
                .collect();
        }
        groups
    }
}

fn choices<T: Copy + std::fmt::Display>(chosen: &str, all: &[T], in_words: impl Fn(T) -> String) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(&one.to_string(), in_words(*one), one.to_string() == chosen)).collect()
}

/// With a first line that chooses nothing, so that nobody sends what he did not look at.
fn with_none(lang: Lang, all: Vec<Choice>) -> Vec<Choice> {
    let none = !all.iter().any(|one| one.chosen);
    std::iter::once(Choice::new("", fl!(lang.texts(), "admin-choose-one"), none)).chain(all).collect()
}

/// What came of a form of the catalogue before anything is published: what changes, and what it does to what runs.
#[derive(Template)]
#[template(path = "admin/product-check.html")]
pub struct ProductCheckPage {
    pub frame: Frame,
    pub heading: String,
    pub from: NaiveDate,
    /// Where the second press goes.
    pub address: String,
    pub changes: Vec<Change>,
    /// What is worth a look before publishing.
    pub notes: Vec<String>,
    pub impact: Vec<ImpactRow>,
    /// The form, to be sent once more.
    pub hidden: Vec<(String, String)>,
}

/// What it would be for the trajectories of one provider.
#[derive(Debug, Clone)]
pub struct ImpactRow {
    pub name: String,
    pub path: String,
    pub running: usize,
    /// Which of them no longer fit, in words.
    pub notes: Vec<String>,
}

impl ProductCheckPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Products }
    }

    fn running(&self) -> usize {
        self.impact.iter().map(|row| row.running).sum()
    }

    fn status(&self, row: &ImpactRow) -> Status {
        match row.notes.is_empty() {
            true => Status::new(Tone::Ok, fl!(self.frame.t(), "catalogue-impact-fits")).proposed(),
            false => Status::new(Tone::Warn, fl!(self.frame.t(), "catalogue-impact-look")).proposed(),
        }
    }
}
