//! What a provider offers, with invented contents: as its administrator ticks it, and as the office sees it.

use super::assortment::{OfferPage, OfferRow};
use crate::money::Cents;
use crate::page::sample::{Sample, manager, of_provider, provider};
use crate::page::{FormErrors, Frame, Section};
use crate::procedure::defaults::defaults;
use crate::text::Lang;

fn page(lang: Lang, frame: Frame, states: bool) -> OfferPage {
    let today = "2026-11-23".parse().expect("a day");
    let products = defaults().catalogue.products.iter().take(6).enumerate();
    let rows = products.map(|(place, one)| OfferRow {
        product_id: 1 + i64::try_from(place).unwrap_or_default(),
        code: one.code.clone(),
        name: one.name.in_lang(lang).to_owned(),
        unit: one.unit.word(lang),
        tariff: (place != 4).then_some(Cents(6_255)),
        profiles: one.profiles.iter().map(|profile| (profile.clone(), place < 3)).collect(),
        since: (place < 3).then_some(today),
        agreed: place != 2 && place < 4,
        closed: place == 5,
    });
    OfferPage {
        frame,
        provider: provider(),
        today,
        rows: rows.collect(),
        ended: vec![("RE-TAAL".into(), lang.pick("Taalstage", "Language work placement").into(), today)],
        states,
        takes_over: !states,
        agreement: Some("2026-014".into()),
        errors: FormErrors::default(),
        done: states,
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let here = format!("{}/aanbod", provider().path());
    let own = of_provider(lang, here.as_str(), Section::Organisation).crumb(provider().name, provider().path());
    let office = manager(lang, here.as_str()).crumb(provider().name, provider().path());
    vec![Sample::of("aanbod-eigen", &page(lang, own, true)), Sample::of("aanbod-gemeente", &page(lang, office, false))]
}
