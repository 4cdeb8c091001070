//! Answering: a new tariff of a product and a batch that was paid in advance. Both are looked at before they are written down.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::amounts::read_euros;
use super::criterion_words::Change;
use super::entries::{hidden, too_long};
use super::product_form::{Around, Pressed, read_quantity};
use super::product_handlers::{Known, LIST, below, show_product};
use super::product_writing::rows;
use super::products::ProductCheckPage;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::add_days;
use crate::house::{self, Turn};
use crate::money::{Cents, Hundredths};
use crate::page::entry::{Choice, Entry, EntryKind, read_day};
use crate::page::{FormErrors, answer};
use crate::procedure::batches::{self, Batch};
use crate::procedure::catalogue::{self, NotPublished};
use crate::statement::used;
use crate::text::Lang;
use crate::trajectory::running;

/// A tariff as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct TariffForm {
    #[validate(length(max = 20))]
    pub tarief: String,
    #[validate(length(max = 20))]
    pub tarief_ingang: String,
    #[serde(skip_serializing)]
    pub actie: Pressed,
}

/// A batch as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct BatchForm {
    /// The KvK number of the provider.
    #[validate(length(max = 8))]
    pub aanbieder: String,
    #[validate(length(max = 20))]
    pub dag: String,
    #[validate(length(max = 12))]
    pub aantal: String,
    #[validate(length(max = 20))]
    pub betaald: String,
    #[validate(length(max = 500))]
    pub reden: String,
    #[serde(skip_serializing)]
    pub actie: Pressed,
}

impl TariffForm {
    pub fn entries(&self, lang: Lang, unit: &str, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        vec![
            Entry::line(lang, "tarief", fl!(t, "catalogue-tariff-per", unit = unit), &self.tarief)
                .hint(fl!(t, "catalogue-tariff-hint"))
                .told(errors),
            Entry::day(lang, "tarief_ingang", fl!(t, "catalogue-first-day"), &self.tarief_ingang).told(errors),
        ]
    }

    fn read(&self, lang: Lang, earliest: Option<NaiveDate>) -> Result<(Cents, NaiveDate), FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let amount = read_euros(&self.tarief);
        if amount.is_none() {
            errors.fields.push(("tarief".to_owned(), fl!(t, "catalogue-form-amount")));
        }
        let from = read_day(&self.tarief_ingang);
        let told = match (from, earliest) {
            (None, _) => Some(fl!(t, "catalogue-form-first-day")),
            (Some(from), Some(earliest)) if from < earliest => {
                Some(fl!(t, "catalogue-form-too-early", day = lang.day(earliest)))
            }
            _ => None,
        };
        errors.fields.extend(told.map(|told| ("tarief_ingang".to_owned(), told)));
        match (amount, from) {
            (Some(amount), Some(from)) if errors.is_empty() => Ok((amount, from)),
            _ => Err(errors),
        }
    }
}

impl BatchForm {
    pub fn entries(&self, lang: Lang, around: &Around, unit: &str, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        let nobody = Choice::new("", fl!(t, "admin-choose-one"), self.aanbieder.is_empty());
        let named = around
            .providers
            .iter()
            .map(|(kvk, name)| Choice::new(kvk.as_str(), name.clone(), kvk.as_str() == self.aanbieder));
        let providers = std::iter::once(nobody).chain(named).collect();
        let line = |id: &str, label: String, value: &str| Entry::line(lang, id, label, value);
        let entries = vec![
            Entry::new(lang, "aanbieder", fl!(t, "catalogue-provider"), EntryKind::Select(providers)),
            line("aantal", fl!(t, "catalogue-batch-quantity", unit = unit), &self.aantal)
                .hint(fl!(t, "catalogue-batch-hint")),
            Entry::day(lang, "dag", fl!(t, "catalogue-batch-day"), &self.dag),
            line("betaald", fl!(t, "catalogue-batch-paid"), &self.betaald).hint(fl!(t, "catalogue-batch-paid-hint")),
            line("reden", fl!(t, "catalogue-batch-reason"), &self.reden),
        ];
        entries.into_iter().map(|entry| entry.told(errors)).collect()
    }

    /// A quantity below nought takes back what was noted wrongly, and says why.
    fn read(
        &self,
        lang: Lang,
        known: &Known,
        today: NaiveDate,
        by: &str,
        at: chrono::NaiveDateTime,
    ) -> Result<Batch, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let mut wrong = |field: &str, told: String| errors.fields.push((field.to_owned(), told));
        let chosen = known.around.providers.iter().any(|(kvk, _)| kvk.as_str() == self.aanbieder);
        let provider = known.providers.iter().find(|one| chosen && one.kvk.as_str() == self.aanbieder);
        if provider.is_none() {
            wrong("aanbieder", fl!(t, "catalogue-form-choose"));
        }
        let (back, typed) = match self.aantal.trim().strip_prefix(['-', '−']) {
            Some(typed) => (true, typed),
            None => (false, self.aantal.trim()),
        };
        let quantity = read_quantity(typed).map(|size| Hundredths(if back { -size.0 } else { size.0 }));
        if quantity.is_none() {
            wrong("aantal", fl!(t, "catalogue-form-quantity"));
        }
        if back && self.reden.trim().is_empty() {
            wrong("reden", fl!(t, "catalogue-batch-why"));
        }
        let day = read_day(&self.dag).filter(|day| *day <= add_days(today, 366));
        if day.is_none() {
            wrong("dag", fl!(t, "catalogue-form-first-day"));
        }
        let paid = read_euros(&self.betaald);
        if paid.is_none() && !self.betaald.trim().is_empty() {
            wrong("betaald", fl!(t, "catalogue-form-amount"));
        }
        match (provider, quantity, day) {
            (Some(provider), Some(quantity), Some(bought_on)) if errors.is_empty() => Ok(Batch {
                product_id: known.row.as_ref().map_or(0, |row| row.id),
                provider_id: provider.id,
                bought_on,
                quantity,
                paid: paid.map(|paid| if back { -paid } else { paid }),
                reason: self.reden.trim().to_owned(),
                noted_at: at,
                noted_by: by.to_owned(),
            }),
            _ => Err(errors),
        }
    }
}

async fn load(who: &Insider, code: &str) -> Result<Known, Turn> {
    let (actor, today, code) = (who.actor(), who.house.today(), code.to_owned());
    house::read(&who.house, move |conn| Known::load(conn, &actor, &code, today)).await
}

fn told(done: Result<(), NotPublished>, code: &str) -> Result<(), Turn> {
    match done {
        Ok(()) => Ok(()),
        Err(NotPublished::NotYours) => Err(Turn::NotAllowed),
        Err(NotPublished::NotFound) => Err(Turn::NotFound),
        Err(NotPublished::Trouble(cause)) => Err(cause.into()),
        Err(NotPublished::BeginsTooEarly(_) | NotPublished::OtherUnit) => {
            Err(Turn::Conflict { by: None, back: format!("{LIST}/{code}") })
        }
    }
}

/// POST `/beheer/producten/{code}/tarief`
pub async fn tariff(who: Insider, code: Path<String>, form: Form<TariffForm>) -> HttpResponse {
    who.answer(new_tariff(&who, &code, form.into_inner()).await)
}

async fn new_tariff(who: &Insider, code: &str, form: TariffForm) -> Result<HttpResponse, Turn> {
    let frame = below(who, format!("{LIST}/{code}"))?.crumb(code, format!("{LIST}/{code}"));
    let known = load(who, code).await?;
    let row = known.row.as_ref().ok_or(Turn::NotFound)?;
    let (newest, lang, t) = (row.tariffs.last(), who.lang, who.lang.texts());
    let again = |errors| show_product(who, code, form.clone(), BatchForm::default(), errors, false);
    if form.actie == Pressed::Aanpassen {
        return again(FormErrors::default()).await;
    }
    // A second press of the button finds it written down already.
    let written = newest.is_some_and(|one| {
        (Some(one.amount), Some(one.valid.from())) == (read_euros(&form.tarief), read_day(&form.tarief_ingang))
    });
    if written && form.actie == Pressed::Publiceren {
        return Ok(see_other(&format!("{LIST}/{code}?klaar=ja")));
    }
    let (amount, from) = match form.read(lang, newest.map(|one| add_days(one.valid.from(), 1))) {
        Ok(read) => read,
        Err(errors) => return again(errors).await,
    };
    if form.actie == Pressed::Publiceren {
        let (actor, now, code) = (who.actor(), who.house.now(), code.to_owned());
        let to = format!("{LIST}/{code}?klaar=ja");
        house::write(&who.house, move |conn| {
            told(catalogue::set_tariff(conn, &actor, now, &code, amount, from), &code)
        })
        .await?;
        return Ok(see_other(&to));
    }
    let (actor, today, id) = (who.actor(), who.house.today(), row.id);
    let (found, charged) = house::read(&who.house, move |conn| {
        Ok((running::of_products(conn, &actor, &[id], today)?, used::charged_since(conn, &actor, id, from)?))
    })
    .await?;
    let before = newest.map_or(String::new(), |one| lang.money(one.amount));
    let mut notes = Vec::new();
    if charged > 0 {
        notes.push(fl!(t, "catalogue-impact-charged", count = charged, day = lang.day(from)));
    }
    if let Some(share) = newest.and_then(|one| per_mille(one.amount, amount)) {
        notes.push(fl!(t, "catalogue-impact-share", share = share));
    }
    let page = ProductCheckPage {
        frame,
        heading: fl!(t, "catalogue-check-tariff", code = code),
        from,
        address: format!("{LIST}/{code}/tarief"),
        changes: vec![Change {
            label: fl!(t, "catalogue-tariff-per", unit = row.unit.word(lang)),
            before: Some(before),
            after: lang.money(amount),
        }],
        notes,
        impact: rows(&known.providers, &found, |_, _| Vec::new()),
        hidden: hidden(&form),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// How much more, in percents with one decimal; nothing when it stays the same.
fn per_mille(before: Cents, after: Cents) -> Option<String> {
    let tenths = (i128::from((after - before).0) * 1000).checked_div(i128::from(before.0))?;
    let (sign, size) = (if tenths < 0 { "-" } else { "+" }, tenths.unsigned_abs());
    (tenths != 0).then(|| format!("{sign}{},{}%", size / 10, size % 10))
}

/// POST `/beheer/producten/{code}/partijen`
pub async fn batch(who: Insider, code: Path<String>, form: Form<BatchForm>) -> HttpResponse {
    who.answer(new_batch(&who, &code, form.into_inner()).await)
}

async fn new_batch(who: &Insider, code: &str, form: BatchForm) -> Result<HttpResponse, Turn> {
    let frame = below(who, format!("{LIST}/{code}"))?.crumb(code, format!("{LIST}/{code}"));
    let known = load(who, code).await?;
    let row = known.row.as_ref().ok_or(Turn::NotFound)?;
    let (lang, t, today) = (who.lang, who.lang.texts(), who.house.today());
    let again = |errors| show_product(who, code, TariffForm::default(), form.clone(), errors, false);
    if form.actie == Pressed::Aanpassen {
        return again(FormErrors::default()).await;
    }
    let new = match form.read(lang, &known, today, who.actor().name(), who.house.now()) {
        Ok(new) => new,
        Err(errors) => return again(errors).await,
    };
    let (actor, now) = (who.actor(), who.house.now());
    if form.actie == Pressed::Publiceren {
        let (to, code) = (format!("{LIST}/{code}?klaar=ja"), code.to_owned());
        house::write(&who.house, move |conn| told(batches::note(conn, &actor, now, &code, &new), &code)).await?;
        return Ok(see_other(&to));
    }
    let (product, provider) = (new.product_id, new.provider_id);
    let (all, drawn) =
        house::read(&who.house, move |conn| Ok((batches::all(conn, &actor)?, used::drawn(conn, &actor)?))).await?;
    let bought = batches::bought(&all);
    let bought = bought.iter().find(|one| (one.product_id, one.provider_id) == (product, provider));
    let bought = bought.map_or(Hundredths(0), |one| one.quantity);
    let drawn = drawn.iter().find(|one| (one.product_id, one.provider_id) == (product, provider));
    let drawn = drawn.map_or(Hundredths(0), |one| one.quantity);
    let name = known.providers.iter().find(|one| one.id == provider).map(|one| one.name.as_str()).unwrap_or_default();
    let change = |label: String, before: Hundredths, after: Hundredths| Change {
        label,
        before: Some(lang.quantity(before)),
        after: lang.quantity(after),
    };
    let after = Hundredths(bought.0 + new.quantity.0);
    let mut notes = vec![fl!(t, "catalogue-batch-for", name = name)];
    if new.bought_on.year() < today.year() {
        notes.push(fl!(t, "catalogue-batch-back", day = lang.day(new.bought_on)));
    }
    let page = ProductCheckPage {
        frame,
        heading: fl!(t, "catalogue-check-batch", code = code),
        from: new.bought_on,
        address: format!("{LIST}/{code}/partijen"),
        changes: vec![
            change(fl!(t, "catalogue-batch-quantity", unit = row.unit.word(lang)), bought, after),
            change(fl!(t, "catalogue-batch-left"), Hundredths(bought.0 - drawn.0), Hundredths(after.0 - drawn.0)),
        ],
        notes,
        impact: Vec::new(),
        hidden: hidden(&form),
    };
    Ok(answer(StatusCode::OK, &page))
}
